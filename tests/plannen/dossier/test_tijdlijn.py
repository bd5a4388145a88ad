"""One time line of all rooms, of which nobody reads more than was opened."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Rol
from samenloop.core import klok
from samenloop.plannen.dossier import contacten, paneel, tijdlijn
from samenloop.plannen.dossier.contacten import Contact
from samenloop.plannen.dossier.tijdlijn import Gebeurd, Keuze, Soort
from samenloop.plannen.models import Deel, Dossier
from tests.access.accounts import actor
from tests.plannen.dossier.maken import Zaak

NU = datetime(2026, 6, 8, 12, tzinfo=klok.AMSTERDAM)


@pytest.fixture
def bron(monkeypatch: pytest.MonkeyPatch) -> list[Gebeurd]:
    """The only source: it adds what the test puts in the list and checks no right."""
    wat: list[Gebeurd] = []

    def source(_actor: Actor, _dossier: Dossier) -> Iterator[Gebeurd]:
        yield from wat

    monkeypatch.setattr(tijdlijn, "_bronnen", {"toets": source})
    return wat


def happened(deel: Deel, soort: Soort, uren: int, **meer: Any) -> Gebeurd:
    return Gebeurd(NU + timedelta(hours=uren), soort, f"{deel} {uren}", deel, **meer)


def test_newest_comes_first_whatever_room_it_is_of(
    zaak: Zaak, bron: list[Gebeurd]
) -> None:
    bron += [
        happened(Deel.PLAN, Soort.PLAN, 1),
        happened(Deel.TAKEN, Soort.TAAK, 3),
        happened(Deel.METINGEN, Soort.METING, 2),
    ]
    gezien = tijdlijn.events(zaak.regisseur, zaak.dossier)
    assert [each.tekst for each in gezien] == ["taken 3", "metingen 2", "plan 1"]


def test_nothing_is_shown_of_a_part_that_is_closed(
    zaak: Zaak, bron: list[Gebeurd]
) -> None:
    bron += [
        happened(Deel.PLAN, Soort.PLAN, 1),
        happened(Deel.JOURNAAL, Soort.CONTACT, 2, adres="/ergens/"),
    ]
    assert {each.deel for each in tijdlijn.events(zaak.dicht, zaak.dossier)} == {
        Deel.PLAN
    }
    assert {each.deel for each in tijdlijn.events(zaak.helper, zaak.dossier)} == {
        Deel.JOURNAAL
    }
    assert tijdlijn.events(zaak.buiten, zaak.dossier) == []


def test_who_only_steers_the_work_reads_when_and_not_what(
    zaak: Zaak, bron: list[Gebeurd]
) -> None:
    bron.append(
        happened(Deel.TAKEN, Soort.TERMIJN, 1, adres="/ergens/", naam="bezwaar")
    )
    (gezien,) = tijdlijn.events(actor(Rol.TEAMLEIDER, account=77), zaak.dossier)
    assert gezien.diepte is Diepte.DAT
    assert gezien.op == NU + timedelta(hours=1)
    assert (gezien.tekst, gezien.adres, gezien.naam) == ("", "", "")


def test_another_municipality_has_no_time_line_of_it(
    zaak: Zaak, bron: list[Gebeurd]
) -> None:
    bron.append(happened(Deel.TAKEN, Soort.TAAK, 1))
    elders = actor(Rol.TEAMLEIDER, gemeente="GM0005")
    assert tijdlijn.events(elders, zaak.dossier) == []


def test_one_narrows_it_to_a_kind_a_part_or_a_person(
    zaak: Zaak, bron: list[Gebeurd]
) -> None:
    ouder = zaak.dossier.betrokkene_id
    bron += [
        happened(Deel.TAKEN, Soort.TERMIJN, 1),
        happened(Deel.JOURNAAL, Soort.CONTACT, 2, personen=(ouder,)),
        happened(Deel.JOURNAAL, Soort.CONTACT, 3, personen=(uuid4(),)),
    ]

    def shown(**keuze: Any) -> list[str]:
        gezien = tijdlijn.events(zaak.regisseur, zaak.dossier, Keuze(**keuze))
        return [each.tekst for each in gezien]

    assert shown(groep="termijnen") == ["taken 1"]
    assert shown(deel="journaal") == ["journaal 3", "journaal 2"]
    # What concerns nobody in particular concerns everyone.
    assert shown(persoon=ouder) == ["journaal 2", "taken 1"]


def test_number_of_statements_does_not_grow_with_what_happened(zaak: Zaak) -> None:
    def note(hoeveel: int) -> None:
        for keer in range(hoeveel):
            contacten.note(
                zaak.dossier,
                Contact(
                    wijze="telefoon",
                    gebeurd_op=klok.now() - timedelta(hours=keer),
                    onderwerp="Gebeld",
                    persoon=zaak.dossier.betrokkene_id,
                ),
                door=zaak.regisseur,
            )

    def asked() -> int:
        # Fetched anew: a dossier in the hand remembers its case.
        dossier = Dossier.objects.get(pk=zaak.dossier.pk)
        with CaptureQueriesContext(connection) as gevraagd:
            tijdlijn.events(zaak.regisseur, dossier)
        return len(gevraagd)

    note(1)
    een = asked()
    note(7)
    assert asked() == een
    assert len(tijdlijn.events(zaak.regisseur, zaak.dossier)) >= 8


def test_panel_shows_the_newest_and_nothing_to_who_may_see_nothing(
    zaak: Zaak, bron: list[Gebeurd]
) -> None:
    bron += [happened(Deel.JOURNAAL, Soort.CONTACT, uur) for uur in range(9)]
    vulling = paneel.panel(zaak.helper, zaak.dossier)
    assert vulling is not None
    assert [each.tekst for each in vulling["lijn"]][:2] == ["journaal 8", "journaal 7"]
    assert len(vulling["lijn"]) == paneel.GETOOND
    assert vulling["mag_noteren"]
    assert paneel.panel(actor(Rol.BEHEER, account=5), zaak.dossier) is None


def test_panel_reads_of_each_room_no_more_than_it_shows(zaak: Zaak) -> None:
    for uur in range(9):
        contacten.note(
            zaak.dossier,
            Contact(
                wijze="telefoon",
                gebeurd_op=klok.now() - timedelta(hours=uur),
                onderwerp=f"Gebeld {uur}",
                persoon=zaak.dossier.betrokkene_id,
            ),
            door=zaak.regisseur,
        )
    alles = tijdlijn.events(zaak.regisseur, zaak.dossier)
    with CaptureQueriesContext(connection) as gevraagd:
        vulling = paneel.panel(zaak.regisseur, zaak.dossier)
    assert vulling is not None
    assert vulling["lijn"] == alles[: paneel.GETOOND]
    journaal = [
        regel["sql"]
        for regel in gevraagd
        if 'FROM "dossier_contactmoment"' in regel["sql"]
    ]
    assert journaal
    assert all(f"LIMIT {paneel.GETOOND}" in sql for sql in journaal)


def test_page_filters_and_says_what_stays_closed(
    zaak: Zaak, bron: list[Gebeurd], als: Any
) -> None:
    bron += [
        happened(Deel.TAKEN, Soort.TAAK, 1),
        happened(Deel.JOURNAAL, Soort.CONTACT, 2),
    ]
    pad = f"/dossier/{zaak.dossier.pk}/tijdlijn/"
    alles = als("bart").get(pad).content.decode()
    assert "journaal 2" in alles
    assert "taken 1" in alles
    deel = als("bart").get(pad + "?groep=contacten").content.decode()
    assert "journaal 2" in deel
    assert "taken 1" not in deel
    stuk = als("bart").get(pad + "?groep=plan", headers={"HX-Request": "true"})
    assert "<html" not in stuk.content.decode()
    assert "taken 1" in stuk.content.decode()
    buiten = als("bea").get(pad).content.decode()
    assert "taken 1" not in buiten
    assert "journaal 2" not in buiten
    assert "staat niet voor u open" in buiten
