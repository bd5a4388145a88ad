"""Contracts belong to the municipalities they hold for; statements are added to only."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_gemeenten, by_parent

# Added to, never changed: a next version or statement takes its place.
BLIJVEND = ("inkoop_plafond", "inkoop_wachttijd", "inkoop_inlezing")


def _stays(tabel: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER samenloop_bewaak_boeking BEFORE UPDATE OR DELETE ON {tabel} "
        "FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_boeking()",
        f"DROP TRIGGER samenloop_bewaak_boeking ON {tabel}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inkoop", "0001_inkoop"),
        ("voorzieningen", "0003_gemeentegrens"),
    ]

    operations = [
        by_gemeenten("inkoop_contract"),
        by_parent("inkoop_contractproduct", "contract_id", "inkoop_contract"),
        by_parent("inkoop_plafond", "contract_id", "inkoop_contract"),
        by_gemeenten("inkoop_wachttijd"),
        by_gemeenten("inkoop_kwaliteit"),
        by_gemeente("inkoop_inlezing", "gemeente"),
        *(_stays(tabel) for tabel in BLIJVEND),
    ]
