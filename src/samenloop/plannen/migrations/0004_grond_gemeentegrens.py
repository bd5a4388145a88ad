"""What was restricted and what must be looked at again stays within its municipality."""

from django.db import migrations

from samenloop.core.afscherming import by_parent


class Migration(migrations.Migration):
    dependencies = [("plannen", "0003_grond_en_beperking")]

    operations = [
        by_parent("plannen_beperking", "dossier_id", "plannen_dossier"),
        by_parent("plannen_herbeoordeling", "dossier_id", "plannen_dossier"),
    ]
