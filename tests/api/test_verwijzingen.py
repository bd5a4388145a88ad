"""Who else is involved: contact details only, and only for who is involved itself."""

from collections.abc import Callable

import pytest

from samenloop.access.logboek.models import Auditregel
from samenloop.personen.models import Persoon
from samenloop.signalen.models import Verwijzing
from tests.api.conftest import Programma, signal
from tests.personen import maken as personen

Maak = Callable[..., Programma]
WIE = {"bsn": personen.BSN.cijfers}
ONBEKEND = {"bsn": personen.ANDER_BSN.cijfers}


@pytest.fixture(autouse=True)
def kind(db: None) -> Persoon:
    """A child that the municipality knows."""
    persoon = personen.person("De Boer")
    personen.give_bsn(persoon)
    persoon.gemeenten = ["GM1651"]
    persoon.save()
    return persoon


def test_two_organisations_around_one_child_find_each_other(program: Maak) -> None:
    school, arts = program("Terpenschool"), program("Huisartsen Uithuizen")
    assert school.post("/verwijzingen", WIE).status_code == 201
    assert arts.post("/verwijzingen", WIE).status_code == 201
    (gevonden,) = school.post("/verwijzingen/_zoek", WIE).json()["resultaten"]
    assert gevonden["organisatie"]["naam"] == "Huisartsen Uithuizen"
    assert set(gevonden) == {"organisatie", "sinds"}
    assert set(gevonden["organisatie"]) == {
        "naam", "contactpersoon", "telefoon", "email",
    }  # fmt: skip


def test_reporting_a_signal_tells_nobody_else(program: Maak) -> None:
    wonen, school = program(), program("Terpenschool")
    wonen.post("/signalen", signal(betrokkenen=[WIE]))
    school.post("/verwijzingen", WIE)
    assert school.post("/verwijzingen/_zoek", WIE).json()["resultaten"] == []


def test_who_is_not_involved_cannot_tell_whether_anyone_is_or_exists(
    program: Maak,
) -> None:
    program("Terpenschool").post("/verwijzingen", WIE)
    buiten = program("Waterbedrijf")
    antwoorden = [
        buiten.post("/verwijzingen/_zoek", vraag) for vraag in (WIE, ONBEKEND)
    ]
    assert [each.status_code for each in antwoorden] == [404, 404]
    inhoud = [{**each.json(), "instance": ""} for each in antwoorden]
    assert inhoud[0] == inhoud[1]


def test_who_left_finds_nobody_any_more(program: Maak) -> None:
    school, arts = program("Terpenschool"), program("Huisartsen Uithuizen")
    nummer = school.post("/verwijzingen", WIE).json()["id"]
    arts.post("/verwijzingen", WIE)
    assert school.delete(f"/verwijzingen/{nummer}").json()["tot"] is not None
    assert school.post("/verwijzingen/_zoek", WIE).status_code == 404


def test_being_involved_twice_is_once(program: Maak) -> None:
    school = program("Terpenschool")
    eerste = school.post("/verwijzingen", WIE)
    tweede = school.post("/verwijzingen", WIE)
    assert (eerste.status_code, tweede.status_code) == (201, 200)
    assert eerste.json() == tweede.json()
    assert Verwijzing.objects.count() == 1


def test_nobody_ends_what_is_not_theirs(program: Maak) -> None:
    nummer = program("Terpenschool").post("/verwijzingen", WIE).json()["id"]
    assert program("Waterbedrijf").delete(f"/verwijzingen/{nummer}").status_code == 404
    assert Verwijzing.objects.get().tot is None


def test_ending_twice_keeps_the_first_day(program: Maak) -> None:
    school = program("Terpenschool")
    nummer = school.post("/verwijzingen", WIE).json()["id"]
    eerste = school.delete(f"/verwijzingen/{nummer}").json()
    assert school.delete(f"/verwijzingen/{nummer}").json() == eerste


def test_municipality_next_door_is_another_register(program: Maak) -> None:
    school = program("Terpenschool", gemeenten=("GM1651", "GM0005"))
    school.post("/verwijzingen", WIE, Gemeente="GM1651")
    antwoord = school.post("/verwijzingen/_zoek", WIE, Gemeente="GM0005")
    assert antwoord.status_code == 404


def test_unknown_number_is_not_registered(program: Maak) -> None:
    assert program("Terpenschool").post("/verwijzingen", ONBEKEND).status_code == 404
    assert not Verwijzing.objects.exists()


def test_looking_who_is_involved_is_in_the_log(program: Maak, kind: Persoon) -> None:
    school = program("Terpenschool")
    school.post("/verwijzingen", WIE)
    school.post("/verwijzingen/_zoek", WIE)
    regels = Auditregel.objects.filter(handeling="verwijsindex_zien")
    assert [regel.aantal_personen for regel in regels] == [1, 1]
