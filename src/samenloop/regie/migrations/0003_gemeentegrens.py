"""A case is of one municipality, which has a task toward whom it is about."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent
from samenloop.personen.taak import keeps_task


class Migration(migrations.Migration):
    dependencies = [("regie", "0002_bewaking"), ("personen", "0003_gemeentegrens")]

    operations = [
        keeps_task("regie_casus", "betrokkene_id"),
        by_gemeente("regie_casus"),
        by_parent("regie_casusperiode", "casus_id", "regie_casus"),
    ]
