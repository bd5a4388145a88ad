"""Provisions and benefits are of the municipality that granted them, and its task."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente
from samenloop.personen.taak import keeps_task

TABELLEN = ["voorziening", "uitkering", "traject"]


class Migration(migrations.Migration):
    dependencies = [
        ("voorzieningen", "0002_bewaking"),
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [
        *(keeps_task(f"voorzieningen_{tabel}", "betrokkene_id") for tabel in TABELLEN),
        *(by_gemeente(f"voorzieningen_{tabel}") for tabel in TABELLEN),
    ]
