"""Terms belong to a municipality; what happened to one is never rewritten."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent

# Added to, never changed: the function came with the guard over signals.
BLIJVEND = (
    "termijnen_termijngebeurtenis",
    "termijnen_escalatie",
    "termijnen_verlenging",
    "termijnen_doorzetting",
    "termijnen_termijninstelling",
)


def _stays(tabel: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER samenloop_blijft_staan BEFORE UPDATE OR DELETE ON {tabel} "
        "FOR EACH ROW EXECUTE FUNCTION samenloop_blijft_staan()",
        f"DROP TRIGGER samenloop_blijft_staan ON {tabel}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("termijnen", "0001_termijnen"),
        ("signalen", "0002_bewaking"),
    ]

    operations = [
        by_gemeente("termijnen_termijninstelling"),
        by_gemeente("termijnen_termijn"),
        by_gemeente("termijnen_trede"),
        by_gemeente("termijnen_doorzetting"),
        by_parent("termijnen_opschorting", "termijn_id", "termijnen_termijn"),
        by_parent("termijnen_verlenging", "termijn_id", "termijnen_termijn"),
        by_parent("termijnen_termijngebeurtenis", "termijn_id", "termijnen_termijn"),
        by_parent("termijnen_escalatie", "termijn_id", "termijnen_termijn"),
        *(_stays(tabel) for tabel in BLIJVEND),
    ]
