"""Every rule fires on what is wrong, and only there: by a table of small changes."""

from collections import defaultdict
from itertools import pairwise

import pytest

from samenloop.berichten.regels import alle_regels
from samenloop.berichten.regels.keuren import keur
from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.berichten.standaard.soorten import WETTEN, Wet
from tests.berichten.gevallen import ADRES, NAAM, PERSOON, PRODUCT, REGIE, Geval, maak
from tests.berichten.gevallen_declaratie import ANTWOORD, DECLARATIE, ZONDER_STAND
from tests.berichten.gevallen_verkeer import STAPELING, VERZOEK
from tests.berichten.goede_berichten import NUMMERS, TOEN, goed

GEVALLEN = [
    *ADRES,
    *NAAM,
    *PERSOON,
    *REGIE,
    *PRODUCT,
    *STAPELING,
    *VERZOEK,
    *DECLARATIE,
    *ANTWOORD,
    *ZONDER_STAND,
]
_PAREN = [(wet, each) for each in GEVALLEN for wet in each.wetten]


@pytest.mark.parametrize("nummer", NUMMERS)
@pytest.mark.parametrize("wet", WETTEN)
def test_a_right_message_is_accepted(wet: Wet, nummer: int) -> None:
    oordeel = keur(schrijf(goed(wet, nummer)), stand=None, vandaag=TOEN)
    assert (oordeel.oordeel, oordeel.fouten) == ("goedgekeurd", [])


@pytest.mark.parametrize(
    ("wet", "geval"), _PAREN, ids=[f"{wet}-{each.naam}" for wet, each in _PAREN]
)
def test_a_change_gives_these_codes_and_no_other(wet: Wet, geval: Geval) -> None:
    oordeel = keur(schrijf(maak(wet, geval)), stand=None, vandaag=TOEN)
    assert {each.regel for each in oordeel.fouten} == set(geval.codes.split())
    assert (oordeel.oordeel == "goedgekeurd") is (not geval.codes)
    for fout in oordeel.fouten:
        regel = alle_regels()[fout.regel]
        assert (fout.niveau, fout.retourcode) == (regel.niveau, regel.retourcode)


def test_every_rule_of_level_2_is_broken_at_every_place_where_it_holds() -> None:
    gebroken = defaultdict(set)
    for wet, geval in _PAREN:
        if geval.codes:
            oordeel = keur(schrijf(maak(wet, geval)), stand=None, vandaag=TOEN)
            for fout in oordeel.fouten:
                # The path without numbers, up to wherever the rule may have reported.
                pad = "".join(each.split("]")[-1] for each in fout.pad.split("["))
                gebroken[fout.regel, geval.nummer].add(pad.removeprefix("/Bericht/"))
    niet = [
        (regel.code, plaats.nummer, plaats.klasse, plaats.element)
        for regel in alle_regels().values()
        if regel.niveau == 2
        for plaats in regel.toepassingen
        if not any(
            pad.startswith(f"{plaats.klasse}/{plaats.element}".rstrip("/"))
            for pad in gebroken[regel.code, plaats.nummer]
        )
    ]
    assert niet == []


def test_faults_stand_in_one_level() -> None:
    geval = Geval(
        301,
        {
            "Client/Bsn": "999900007",
            "Header/Afzender": "9998",
            "Client/Naam/NaamGebruik": "2",
        },
        "",
    )
    oordeel = keur(schrijf(maak("wmo", geval)), stand=None, vandaag=TOEN)
    assert [each.regel for each in oordeel.fouten] == ["CS002", "CS050"]


def test_a_path_has_a_number_only_where_an_element_repeats() -> None:
    paden = [
        each.pad
        for geval in GEVALLEN
        for each in keur(
            schrijf(maak(geval.wetten[0], geval)), stand=None, vandaag=TOEN
        ).fouten
    ]
    assert paden
    meervoud = {
        "Contact",
        "Relatie",
        "ToegewezenProduct",
        "StartProduct",
        "StopProduct",
        "AangevraagdProduct",
        "OngewijzigdProduct",
        "TeWijzigenProduct",
        "NieuwProduct",
        "Client",
        "Prestatie",
    }
    for pad in paden:
        for boven, stap in pairwise(pad.split("/")):
            naam = stap.split("[")[0]
            herhaalt = naam in meervoud and boven not in {"Bericht"}
            if naam == "Contact" and boven.startswith("Relatie"):
                herhaalt = False
            assert ("[" in stap) is herhaalt, pad
