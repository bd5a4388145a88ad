"""Whatever a page of a case offers to somebody, it answers: no button that refuses."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.dossier import contacten
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan import grond, versies
from samenloop.plannen.plan.models import Grond
from samenloop.regie import afsluiten
from samenloop.regie.afspraken import maken
from samenloop.regie.afspraken.maken import Wanneer
from samenloop.regie.models import Casus
from samenloop.regie.overleg import agenda
from samenloop.regie.postvak import schrijven
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.opdragen import Uitvoerder
from samenloop.regie.termijnen import lopen
from tests.access.accounts import account, actor
from tests.plannen.maken import takes_part
from tests.plannen.plan.plannen import activity, goal
from tests.regie.maken import casus as make_casus

pytestmark = pytest.mark.django_db
STANDEN = ("leeg", "vol", "nazorg", "nazorg gedaan", "gesloten", "heropend")
WIE = ("regisseur", "helper", "eigen deel", "teamleider", "andere regisseur")
VOL = (Deel.PLAN, Deel.JOURNAAL, Deel.GESPREKKEN, Deel.DOCUMENTEN, Deel.TAKEN)


class Knoppen(HTMLParser):
    """The links and forms within the page itself, not in its frame."""

    def __init__(self) -> None:
        super().__init__()
        self.diep = 0
        self.links: list[str] = []
        self.vormen: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        gegeven = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "main":
            self.diep += 1
        if not self.diep:
            return
        if tag == "a" and gegeven.get("href", "#")[0] == "/":
            self.links.append(gegeven["href"].partition("#")[0])
        if tag == "form":
            self.vormen.append(
                (gegeven.get("method", "get"), gegeven.get("action", ""))
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.diep -= 1


def filled(casus: Casus, bart: Gebruiker, helper: Gebruiker) -> None:
    """Let something stand in every panel."""
    door = actor(Rol.REGISSEUR, account=bart)
    dossier = casus.dossier
    assert dossier is not None
    plan = grond.open_plan(
        dossier, grond=Grond.MEERVOUDIG, reden="Schulden en zorgen",
        herzien_op=klok.today() + timedelta(days=30), door=door,
    )  # fmt: skip
    activity(goal(plan, "Wij willen rust."), "Overzicht")
    versies.make(plan, door=door)
    contacten.note(
        dossier,
        contacten.Contact(
            wijze="telefoon", gebeurd_op=klok.now(), onderwerp="Kennisgemaakt",
            naam="moeder",
        ),
        door=door,
    )  # fmt: skip
    opdragen.give(
        casus, "Bellen", door=door, uitvoerder=Uitvoerder(account=helper.pk),
        uiterlijk=klok.today() - timedelta(days=1),
    )  # fmt: skip
    lopen.start("WMO-ONDERZOEK", casus=casus, begin=klok.today(), door=door)
    maken.make(
        casus, "gesprek", Wanneer(klok.now() + timedelta(days=1)),
        met=[each.pk for each in maken.can_come(casus)], door=door,
    )  # fmt: skip
    agenda.put_on(
        agenda.plan(door, gepland_op=klok.now() + timedelta(days=2), minuten=60),
        casus, vraag="Wat nu?", delen=[Deel.PLAN], grond="toestemming", door=door,
    )  # fmt: skip
    schrijven.write(
        dossier, van=door, onderwerp="Hoe gaat het", tekst="Bel je?",
        aan=[each for each in maken.can_come(casus) if each.account == helper.pk],
    )  # fmt: skip


def brought_to(stand: str) -> tuple[Casus, dict[str, Gebruiker]]:
    """A case in this state, and the people around it."""
    wie = {
        "regisseur": account("bart", rol=Rol.REGISSEUR, naam="Bart"),
        "helper": account("wim", rol=Rol.CONSULENT, naam="Wim"),
        "eigen deel": account("dini", rol=Rol.CONSULENT, naam="Dini"),
        "teamleider": account("jan", rol=Rol.TEAMLEIDER, naam="Jan"),
        "andere regisseur": account("els", rol=Rol.REGISSEUR, naam="Els"),
    }
    casus = make_casus(wie["regisseur"])
    assert casus.dossier is not None
    takes_part(casus.dossier, wie["helper"], Deelnemersrol.HULPVERLENER, *VOL)
    takes_part(
        casus.dossier, wie["eigen deel"], Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL
    )
    if stand == "leeg":
        return casus, wie
    filled(casus, wie["regisseur"], wie["helper"])
    door = actor(Rol.REGISSEUR, account=wie["regisseur"])
    if stand == "vol":
        return casus, wie
    nazorg = klok.today() + timedelta(days=14) if "nazorg" in stand else None
    afsluiten.close(casus, reden="doel bereikt", toch=True, nazorg_op=nazorg, door=door)
    if stand == "nazorg gedaan":
        afsluiten.aftercare_done(Casus.objects.get(pk=casus.pk), door=door)
    if stand == "heropend":
        afsluiten.reopen(Casus.objects.get(pk=casus.pk), reden="Terug", door=door)
    return casus, wie


def answers(browser: Client, pagina: str) -> Iterator[tuple[str, int]]:
    """Try all that a page offers; nothing of it stays."""
    antwoord = browser.get(pagina)
    yield pagina, antwoord.status_code
    if antwoord.status_code != 200:
        return
    gezien = Knoppen()
    gezien.feed(antwoord.content.decode())
    for adres in dict.fromkeys(gezien.links):
        yield adres, _tried(browser, "get", adres)
    for methode, adres in dict.fromkeys(gezien.vormen):
        yield adres or pagina, _tried(browser, methode, adres or pagina)


def _tried(browser: Client, methode: str, adres: str) -> int:
    punt = transaction.savepoint()
    try:
        code: int = getattr(browser, methode)(adres).status_code
        return code
    finally:
        transaction.savepoint_rollback(punt)


@pytest.mark.parametrize("stand", STANDEN)
def test_every_link_and_button_of_a_case_answers(stand: str) -> None:
    casus, wie = brought_to(stand)
    pagina = reverse("casus", args=[casus.pk])
    mis: list[tuple[Any, ...]] = []
    geprobeerd = 0
    for naam in WIE:
        browser = Client()
        browser.force_login(wie[naam], "django.contrib.auth.backends.ModelBackend")
        for adres, code in answers(browser, pagina):
            geprobeerd += 1
            if code in (403, 404, 405) or code >= 500:
                mis.append((naam, re.sub(r"[0-9a-f-]{36}", "…", adres), code))
    assert not mis
    assert geprobeerd > 10
