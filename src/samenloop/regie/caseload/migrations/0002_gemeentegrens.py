"""Weights belong to their case, plans and norms to a municipality."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent
from samenloop.personen.taak import keeps_task


class Migration(migrations.Migration):
    dependencies = [
        ("caseload", "0001_caseload"),
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [
        keeps_task("caseload_herindicatieplanning", "betrokkene_id"),
        by_gemeente("caseload_herindicatieplanning"),
        by_gemeente("caseload_caseloadnorm"),
        by_parent("caseload_casuszwaarte", "casus_id", "regie_casus"),
    ]
