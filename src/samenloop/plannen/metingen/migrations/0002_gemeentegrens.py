"""Measurements stay within the municipality of their dossier, and stay as they are."""

from django.db import migrations

from samenloop.core.afscherming import by_parent

TABELLEN = ("metingen_meting", "metingen_meetscore")


class Migration(migrations.Migration):
    dependencies = [("metingen", "0001_metingen"), ("plannen", "0002_gemeentegrens")]

    operations = [
        by_parent("metingen_meting", "dossier_id", "plannen_dossier"),
        by_parent("metingen_meetscore", "meting_id", "metingen_meting"),
        by_parent("metingen_meetconcept", "dossier_id", "plannen_dossier"),
        migrations.RunSQL(
            """
            CREATE FUNCTION samenloop_meting_blijft() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'a measurement is corrected with a new one';
            END $$
            """,
            "DROP FUNCTION samenloop_meting_blijft()",
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER samenloop_meting_blijft BEFORE UPDATE ON {tabel} "
                "FOR EACH ROW EXECUTE FUNCTION samenloop_meting_blijft()",
                f"DROP TRIGGER samenloop_meting_blijft ON {tabel}",
            )
            for tabel in TABELLEN
        ),
    ]
