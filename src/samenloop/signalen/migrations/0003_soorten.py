"""The kinds of signal we begin with; a municipality adds its own.

Under which law a kind falls decides what may be looked at together with it, so where
no law gives a task it says `geen`.
"""

from datetime import date
from typing import Any

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

# code, naam, leefgebied, wet, gaat over veiligheid, mag onthouden worden
SOORTEN = (
    ("huurachterstand", "Huurachterstand", "financien", "wgs", False, False),
    ("energieschuld", "Achterstand energie", "financien", "wgs", False, False),
    ("zorgpremie", "Achterstand zorgpremie", "financien", "wgs", False, False),
    ("waterschuld", "Achterstand drinkwater", "financien", "wgs", False, False),
    ("verzuim", "Schoolverzuim", "school", "leerplichtwet", False, False),
    (
        "kinderopvang-zorg",
        "Zorg van kinderopvang",
        "opvoeden",
        "jeugdwet",
        False,
        False,
    ),
    ("opvoedvraag", "Vraag over opvoeden", "opvoeden", "jeugdwet", False, False),
    ("huiselijk-geweld", "Huiselijk geweld", "veiligheid", "wmo", True, True),
    (
        "zorgmelding-politie",
        "Zorgmelding politie",
        "veiligheid",
        "jeugdwet",
        True,
        True,
    ),
    ("woonoverlast", "Woonoverlast", "wonen", "geen", False, False),
    ("verwaarlozing", "Verwaarlozing", "veiligheid", "jeugdwet", True, True),
    ("eenzaamheid", "Eenzaamheid", "netwerk", "wmo", False, False),
    ("gezondheid", "Zorg over gezondheid", "gezondheid", "wmo", False, False),
    ("werkverlies", "Verlies van werk", "werk", "participatiewet", False, False),
    (
        *("stopzetting-uitkering", "Uitkering stopgezet", "financien"),
        *("participatiewet", False, False),
    ),
    ("anders", "Iets anders", "netwerk", "geen", False, False),
)
SINDS = date(2015, 1, 1)


def add(apps: Any, schema_editor: Any) -> None:
    """Add the kinds that are absent."""
    soort = apps.get_model("signalen", "Signaalsoort")
    for code, naam, leefgebied, wet, is_veiligheid, mag_onthouden in SOORTEN:
        soort.objects.using(schema_editor.connection.alias).get_or_create(
            code=code,
            defaults={
                "naam": naam,
                "leefgebied": leefgebied,
                "wet": wet,
                "is_veiligheid": is_veiligheid,
                "mag_onthouden": mag_onthouden,
                "geldig": DateRange(SINDS, None),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("signalen", "0002_bewaking")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
