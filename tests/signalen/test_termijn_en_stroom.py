"""Terms in words, working days, and the drawing that says the same as its text."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import translation

from samenloop.core.klok import AMSTERDAM
from samenloop.signalen import stroom, termijn, werkdagen
from samenloop.signalen.pages.vastleggen import parse_query
from samenloop.signalen.stroom import Punt

NU = datetime(2026, 3, 10, 9, 14, tzinfo=AMSTERDAM)  # a Tuesday


@pytest.mark.parametrize(
    ("einde", "soort", "woorden"),
    [
        (NU + timedelta(minutes=12), "letop", "nog 12 minuten"),
        (NU + timedelta(hours=7, minutes=28), "letop", "nog 7 uur en 28 minuten"),
        (NU + timedelta(days=2), "letop", "nog 2 werkdagen"),
        (NU + timedelta(days=6), "loopt", "nog 4 werkdagen"),
        (NU - timedelta(hours=1), "gevaar", "termijn vandaag verstreken"),
        (NU - timedelta(days=2), "gevaar", "2 dagen te laat"),
    ],
)
def test_terms_are_said_in_words(einde: datetime, soort: str, woorden: str) -> None:
    with translation.override("nl"):
        stand = termijn.standing(NU - timedelta(days=1), einde, NU)
    assert (stand.soort, stand.woorden) == (soort, woorden)
    assert stand.te_laat == (einde < NU)
    assert 0 <= stand.verstreken <= 100


@pytest.mark.parametrize(
    ("dag", "open_"),
    [
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2026, 4, 27), False),  # King's Day
        (date(2025, 4, 26), False),
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 1, 10), False),  # a Saturday
    ],
)
def test_working_days_know_the_holidays(dag: date, open_: bool) -> None:
    assert werkdagen.is_working_day(dag) is open_


PUNTEN = [
    Punt(date(2025, 12, 19), "financiën", "Huurachterstand", False),
    Punt(date(2026, 1, 22), "school", "Schoolverzuim", False),
    Punt(date(2026, 3, 9), "veiligheid", "Huiselijk geweld", True),
]


def test_drawing_is_whole_and_says_the_same_in_words() -> None:
    with translation.override("nl"):
        tekening = ElementTree.fromstring(stroom.draw(PUNTEN, 85))
    titel, verhaal = tekening[0], tekening[1]
    assert titel.text == "3 signalen komen samen in één melding"
    assert verhaal.text is not None
    for deel in ("Huurachterstand, 19 december 2025", "gewicht 85"):
        assert deel in verhaal.text
    soorten = [deel.get("class") for deel in tekening]
    assert (soorten.count("sl-stip"), soorten.count("sl-ruit")) == (2, 1)
    assert "style" not in {naam for deel in tekening.iter() for naam in deel.keys()}  # noqa: SIM118


@pytest.mark.parametrize("aantal", [1, 2, 40])
def test_any_number_of_signals_stays_within_the_drawing(aantal: int) -> None:
    punten = [
        Punt(
            date(2026, 1, 1) + timedelta(days=n % 20),
            f"gebied {n % 8}",
            "<soort>",
            n % 3 == 0,
        )
        for n in range(aantal)
    ]
    tekening = ElementTree.fromstring(stroom.draw(punten, 10))
    for deel in tekening.iter("circle"):
        assert 0 <= int(deel.get("cx", "-1")) <= 900


def test_what_is_typed_in_one_box_is_understood() -> None:
    assert parse_query("9681 AB 12").huisnummer == 12
    assert parse_query("9681ab 12").postcode == "9681AB"
    gevonden = parse_query("Postma 3-2-1985")
    assert (gevonden.naam, gevonden.geboortedatum) == ("Postma", date(1985, 2, 3))
    assert parse_query("31-2-1985").naam == "31-2-1985"
    assert parse_query("de Vries").naam == "de Vries"
    assert parse_query("123456789").bsn is None
