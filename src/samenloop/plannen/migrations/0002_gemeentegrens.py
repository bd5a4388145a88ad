"""A dossier is of one municipality, which has a task toward whom it is about."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent
from samenloop.personen.taak import keeps_task


class Migration(migrations.Migration):
    dependencies = [("plannen", "0001_dossier"), ("personen", "0003_gemeentegrens")]

    operations = [
        keeps_task("plannen_dossier", "betrokkene_id"),
        by_gemeente("plannen_dossier"),
        by_parent("plannen_deelname", "dossier_id", "plannen_dossier"),
    ]
