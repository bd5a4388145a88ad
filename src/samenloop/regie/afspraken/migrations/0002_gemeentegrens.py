"""Appointments are of one municipality; who comes and each move belong to one."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent


class Migration(migrations.Migration):
    dependencies = [("afspraken", "0001_afspraken")]

    operations = [
        by_gemeente("afspraken_casusafspraak"),
        by_parent(
            "afspraken_afspraakdeelname", "afspraak_id", "afspraken_casusafspraak"
        ),
        by_parent("afspraken_verzetting", "afspraak_id", "afspraken_casusafspraak"),
    ]
