"""What is sent from the page of a rule, read into the content of a version."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samenloop.signalen.regels import bouwer
from samenloop.signalen.regels.knopen import write
from samenloop.signalen.regels.models import Regelversie
from samenloop.signalen.regels.motor import HOOGSTE_BIJDRAGE
from samenloop.signalen.regels.uitdrukking import UitdrukkingFout, parse
from samenloop.signalen.regels.voorwaarde import Boom, Fout, as_tree, understand
from samenloop.signalen.regels.zinnen import sentence

LENGTES = {
    "naam": 120,
    "waarom": 2_000,
    "label": 60,
    "grond_tekst": 2_000,
    "grond_artikel": 200,
}


@dataclass
class Invoer:
    """The content to save, what is wrong with it, and how to show it again."""

    inhoud: dict[str, Any] = field(default_factory=dict)
    fouten: dict[str, str | Promise] = field(default_factory=dict)
    boomfouten: list[Fout] = field(default_factory=list)
    tekst: str = ""
    tekstfout: UitdrukkingFout | None = None


def read(data: Any, versie: Regelversie, acties: Sequence[str]) -> Invoer:
    """Read the whole form; who changed the expression means the expression."""
    invoer = Invoer()
    for veld, lengte in LENGTES.items():
        invoer.inhoud[veld] = data.get(veld, "").strip()[:lengte]
    if not invoer.inhoud["naam"]:
        invoer.fouten["naam"] = _("Give the rule a name.")
        invoer.inhoud["naam"] = versie.naam
    for veld in ("koppelt", "over_wetten"):
        invoer.inhoud[veld] = veld in data
    gewicht = data.get("gewicht", "").strip()
    if gewicht.isdigit() and len(gewicht) < 4 and int(gewicht) <= HOOGSTE_BIJDRAGE:
        invoer.inhoud["gewicht"] = int(gewicht)
    else:
        invoer.fouten["gewicht"] = _(
            "Write a whole number from 0 up to and including 50."
        )
    if invoer.inhoud["over_wetten"]:
        if not invoer.inhoud["grond_tekst"]:
            invoer.fouten["grond_tekst"] = _("Write on what ground this may be done.")
        if not invoer.inhoud["grond_artikel"]:
            invoer.fouten["grond_artikel"] = _("Name the article or decision.")
    # Line ends are sent as two signs; the place of a fault counts one.
    tekst = data.get("uitdrukking", "").replace("\r\n", "\n")
    was = data.get("uitdrukking_was", "").replace("\r\n", "\n")
    if tekst.strip() != was.strip() or versie.voorwaarde is None:
        _from_text(invoer, tekst)
    else:
        boom = bouwer.read(data)
        bouwer.act(boom, acties)
        _from_tree(invoer, boom)
    return invoer


def _from_text(invoer: Invoer, tekst: str) -> None:
    invoer.tekst = tekst
    try:
        knoop = parse(tekst)
    except UitdrukkingFout as fout:
        invoer.tekstfout = fout
        return
    boom = as_tree(knoop)
    # What only the expression can say is kept as it was typed.
    invoer.inhoud["uitdrukking"] = tekst.strip() if boom is None else write(knoop)
    invoer.inhoud["voorwaarde"] = boom
    invoer.tekst = invoer.inhoud["uitdrukking"]


def _from_tree(invoer: Invoer, boom: Boom) -> None:
    knoop, fouten = understand(boom)
    invoer.boomfouten = fouten
    invoer.inhoud["voorwaarde"] = boom
    invoer.inhoud["uitdrukking"] = "" if knoop is None else write(knoop)
    invoer.tekst = invoer.inhoud["uitdrukking"]


@dataclass(frozen=True, slots=True)
class Foutplaats:
    """Where an expression is wrong: the line, and the sign on it, counted from 1."""

    regel: int
    teken: int
    tekst: str
    wijzer: str


def place_of(tekst: str, fout: UitdrukkingFout) -> Foutplaats:
    """The line with the fault, and a pointer to put under it."""
    ervoor = tekst[: fout.positie]
    begin = ervoor.rfind("\n") + 1
    regel = tekst[begin:].partition("\n")[0]
    teken = fout.positie - begin
    lengte = min(fout.lengte, max(1, len(regel) - teken))
    return Foutplaats(
        ervoor.count("\n") + 1, teken + 1, regel, " " * teken + "^" * lengte
    )


def in_words(versie: Regelversie) -> str:
    """The condition as a sentence; empty when it cannot be read."""
    try:
        return sentence(parse(versie.uitdrukking))
    except UitdrukkingFout:
        return ""
