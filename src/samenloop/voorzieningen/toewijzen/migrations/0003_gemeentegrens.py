"""What is asked, decided and allocated is of the municipality that has the task."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent
from samenloop.personen.taak import keeps_task

TABELLEN = (
    "aanvraag",
    "beschikking",
    "bezwaarzaak",
    "toewijzing",
    "zorglevering",
    "verzoek",
    "routeregel",
    "pgb",
    "eigenbijdrage",
    "uitvoer",
)
GEVEN_TAAK = ("aanvraag", "beschikking", "toewijzing", "zorglevering", "verzoek", "pgb")
ONDERDELEN = (
    ("onderzoek", "aanvraag_id", "aanvraag"),
    ("uitstel", "aanvraag_id", "aanvraag"),
    ("toewijzingversie", "toewijzing_id", "toewijzing"),
    ("leveringsmelding", "zorglevering_id", "zorglevering"),
    ("verzoekregel", "verzoek_id", "verzoek"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("toewijzen", "0002_bewaking"),
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [
        *(keeps_task(f"toewijzen_{tabel}") for tabel in GEVEN_TAAK),
        *(by_gemeente(f"toewijzen_{tabel}") for tabel in TABELLEN),
        *(
            by_parent(f"toewijzen_{tabel}", sleutel, f"toewijzen_{boven}")
            for tabel, sleutel, boven in ONDERDELEN
        ),
        by_gemeente("toewijzen_nummerreeks", "gemeente"),
    ]
