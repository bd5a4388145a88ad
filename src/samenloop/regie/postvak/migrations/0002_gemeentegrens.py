"""Messages belong to their dossier; when somebody was told holds no client."""

from django.db import migrations

from samenloop.core.afscherming import by_parent


class Migration(migrations.Migration):
    dependencies = [("postvak", "0001_postvak"), ("plannen", "0002_gemeentegrens")]

    operations = [
        by_parent("postvak_draad", "dossier_id", "plannen_dossier"),
        by_parent("postvak_bericht", "draad_id", "postvak_draad"),
        by_parent("postvak_ontvangst", "bericht_id", "postvak_bericht"),
        by_parent("postvak_bijlage", "bericht_id", "postvak_bericht"),
        by_parent("postvak_berichtconcept", "dossier_id", "plannen_dossier"),
    ]
