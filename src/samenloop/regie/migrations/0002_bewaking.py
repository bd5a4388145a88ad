"""The guard over facts, attached to the periods of a case."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("regie", "0001_initial"), ("personen", "0002_bewaking")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TRIGGER samenloop_bewaak_feit
                BEFORE UPDATE OR DELETE ON regie_casusperiode
                FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_feit()
            """,
            "DROP TRIGGER samenloop_bewaak_feit ON regie_casusperiode",
        ),
    ]
