"""The one declaration says what the official files say."""

import csv
from typing import Any

import pytest
from lxml import etree

from samenloop.berichten.standaard import SOORTEN, Knoop, Soort, model
from samenloop.berichten.standaard.soorten import WETTEN
from samenloop.berichten.standaard.typen import ENKELVOUDIG, SAMENGESTELD
from tests.berichten import bron

XS = "{http://www.w3.org/2001/XMLSchema}"
SOORTLIJST = list(SOORTEN.values())
# The published form of "something that is no space", and ours.
GELIJK = {r"([.\s]*\S+[.\s]*)+": r"[\s\S]*\S[\s\S]*"}


def boom(pad: Any) -> Any:
    """A schema file as a tree."""
    return etree.parse(str(pad)).getroot()


def bestand(naam: str) -> Any:
    """A schema file by its name."""
    return boom(next(bron.STANDAARDEN.rglob(f"{naam}.xsd")))


def velden(soort: Any) -> list[tuple[str, str, int, int | None, str | None]]:
    """Name, type, least, most and narrowing of the elements of a complex type."""
    uit = []
    for each in soort.iter(f"{XS}element"):
        grens = each.find(f".//{XS}restriction")
        type_ = each.get("type") if grens is None else grens.get("base")
        patroon = None if grens is None else grens.find(f"{XS}pattern").get("value")
        meest = each.get("maxOccurs", "1")
        uit.append(
            (
                each.get("name"),
                type_.partition(":")[2],
                int(each.get("minOccurs", "1")),
                None if meest == "unbounded" else int(meest),
                patroon,
            )
        )
    return uit


@bron.nodig
@pytest.mark.parametrize("dit", SOORTLIJST, ids=lambda dit: dit.code)
def test_classes_and_elements_are_those_of_the_schema(dit: Soort) -> None:
    officieel = bestand(dit.code)
    assert officieel.get("targetNamespace") == dit.naamruimte
    verwacht = {
        each.get("name"): velden(each) for each in officieel.findall(f"{XS}complexType")
    }
    ons = {
        naam: [(v.naam, v.type, v.min, v.max, v.patroon) for v in klasse.velden]
        for naam, klasse in model(dit).klassen.items()
    }
    assert ons == verwacht


@bron.nodig
@pytest.mark.parametrize("wet", WETTEN)
def test_basic_types_are_those_of_the_schema(wet: Any) -> None:
    standaard = "iwmo" if wet == "wmo" else "ijw"
    officieel = boom(bron.STANDAARDEN / f"xsd-{standaard}-3.2" / "basisschema.xsd")
    samengesteld = {
        each.get("name"): velden(each) for each in officieel.findall(f"{XS}complexType")
    }
    assert {
        naam: [(v.naam, v.type, v.min, v.max, v.patroon) for v in klasse.velden]
        for naam, klasse in SAMENGESTELD.items()
    } == samengesteld
    namen = set()
    for each in officieel.findall(f"{XS}simpleType"):
        namen.add(each.get("name"))
        grens = each.find(f"{XS}restriction")
        enkel = ENKELVOUDIG[each.get("name")]
        facetten: dict[str, Any] = {}
        for facet in grens.findall("*"):
            naam = etree.QName(facet).localname
            facetten.setdefault(naam, []).append(facet.get("value"))
        assert grens.get("base") == f"xs:{enkel.basis}"
        assert facetten.pop("enumeration", []) == list(enkel.codes.get(wet, ()))
        patroon = facetten.pop("pattern", [None])[0]
        assert GELIJK.get(patroon, patroon) == enkel.patroon
        assert {naam: int(waarde[0]) for naam, waarde in facetten.items()} == {
            naam: waarde
            for naam, waarde in {
                "minLength": enkel.minlengte,
                "maxLength": enkel.maxlengte,
                "minInclusive": enkel.minimum,
                "maxInclusive": enkel.maximum,
            }.items()
            if waarde is not None
        }
    assert namen == set(ENKELVOUDIG)


def regels_van(knoop: Knoop) -> set[str]:
    """The codes of the restrictions that a leaf has."""
    assert knoop.enkel is not None
    regels = set(knoop.enkel.regels.values())
    return regels | ({knoop.veld.regel} if knoop.veld.regel else set())


@bron.nodig
def test_codes_of_restrictions_are_those_of_the_rule_list() -> None:
    pad = next(bron.STANDAARDEN.rglob("regelrapport*"))
    officieel: dict[tuple[str, str, str], set[str]] = {}
    with pad.open(encoding="utf-8-sig", newline="") as tekst:
        lijst = csv.reader(tekst, delimiter=";")
        next(lijst)
        for rij in lijst:
            delen = [deel.partition("\\")[0] for deel in rij[2:5] if deel]
            sleutel = (rij[0], rij[1], "/".join(delen))
            # CS025, CS015 and CS319 are restrictions: the schema holds to them.
            if rij[9].startswith("RS") or rij[9] in {"CS025", "CS015", "CS319"}:
                officieel.setdefault(sleutel, set()).add(rij[9])
    ons: dict[tuple[str, str, str], set[str]] = {}
    for dit in SOORTLIJST:
        if dit.wet != "jeugdwet" or dit.is_retour:
            continue
        for pad_, knoop in model(dit).loop():
            if knoop.enkel is None or not regels_van(knoop):
                continue
            stukken = pad_.split("/")[2:]
            # The rule list names a class, not the way to it.
            klasse, diepte = _klasse(dit, stukken)
            sleutel = (dit.code, klasse, "/".join(stukken[diepte:]))
            ons.setdefault(sleutel, set()).update(regels_van(knoop))
    ons = {k: v for k, v in ons.items() if k[0] != "JW325" or k in officieel}
    verwacht = {k: v for k, v in officieel.items() if k[0].startswith("JW3")}
    assert ons == verwacht


def _klasse(dit: Soort, stukken: list[str]) -> tuple[str, int]:
    """The deepest class of the message's own on the way to an element."""
    klassen = model(dit).klassen
    knoop, klasse, diepte = model(dit).wortel, "Root", 0
    for nr, naam in enumerate(stukken):
        knoop = next(each for each in knoop.kinderen if each.naam == naam)
        if knoop.veld.type in klassen:
            klasse, diepte = knoop.veld.type, nr + 1
    return klasse, diepte


def test_every_answer_answers_a_message_of_the_same_law() -> None:
    for dit in SOORTLIJST:
        if dit.antwoord:
            antwoord = SOORTEN[dit.antwoord]
            assert antwoord.antwoord_op == dit.code
            assert (antwoord.van, antwoord.naar) == (dit.naar, dit.van)
    assert len(SOORTLIJST) == 28
    assert len({each.berichtcode for each in SOORTLIJST}) == 28


def test_only_jeugdwet_has_its_own_elements() -> None:
    def paden(code: str) -> set[str]:
        return {pad for pad, _ in model(SOORTEN[code]).loop()}

    assert paden("JW315") - paden("WMO315") == {"/Bericht/Client/GezagsdragerBekend"}
    assert paden("JW319") - paden("WMO319") == {
        "/Bericht/Antwoord/Woonplaatsbeginsel",
        "/Bericht/Antwoord/Woonplaatsbeginsel/Gemeente",
    }
    assert paden("JW301") == paden("WMO301")
