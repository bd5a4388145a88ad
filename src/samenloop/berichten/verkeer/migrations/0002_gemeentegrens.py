from django.db import migrations

from samenloop.core.afscherming import by_gemeente

_TABELLEN = (
    "aansluiting",
    "bericht",
    "berichtinhoud",
    "berichtfout",
    "berichtlink",
    "berichtteller",
)


class Migration(migrations.Migration):
    dependencies = [
        ("verkeer", "0001_initial"),
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [by_gemeente(f"verkeer_{tabel}") for tabel in _TABELLEN]
