"""Terms elsewhere: "When" on the page of a case, my day, and what keeps a case open."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.regie import afsluiten, mijn_dag, panelen
from samenloop.regie.models import Casus
from samenloop.regie.taken import vastzit
from samenloop.regie.termijnen import lopen, zicht
from samenloop.regie.termijnen.models import OPEN, Staat

_OP_DE_DAG = 5
_PUNTEN = 20


def content(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return the open terms of a case; None for who may not read them."""
    if not zicht.may_read(actor, casus):
        return None
    return {
        "rijen": zicht.open_rows(actor, casus),
        "mag_beheren": lopen.may_manage(actor, casus),
    }


def of_day(actor: Actor) -> Mapping[str, Any] | None:
    """Return the tightest terms of one's own cases; None for who has none."""
    if not besluiten.involvements(actor, Handeling.TERMIJN_ZIEN, Diepte.WAT):
        return None
    alle = zicht.filtered(actor, zicht.Keuze(wie="mij"))
    rijen = zicht.rows(actor, zicht.with_all(alle)[:_OP_DE_DAG])
    return {"rijen": rijen, "aantal": alle.count()}


def points(actor: Actor) -> Iterator[mijn_dag.Punt]:
    """Yield what passed or ends today; for a leader what went up to them."""
    if besluiten.involvements(actor, Handeling.TERMIJN_ZIEN, Diepte.WAT):
        keuze = zicht.Keuze(wie="mij", stand="krap")
        rijen = zicht.filtered(actor, keuze)
    else:
        rijen = zicht.filtered(actor, zicht.Keuze(stand="te_laat")).filter(
            escalaties__accounts__contains=[actor.account_id]
        )
    for rij in zicht.rows(actor, zicht.with_all(rijen.distinct())[:_PUNTEN]):
        termijn = rij.termijn
        gewicht = mijn_dag.Gewicht.BINNENKORT
        if rij.stand.te_laat:
            gewicht = mijn_dag.Gewicht.TERMIJN_VOORBIJ
        elif termijn.uiterlijk == klok.today():
            gewicht = mijn_dag.Gewicht.VANDAAG
        grond = f"{rij.soort.grond}. " if rij.soort.grond else ""
        yield mijn_dag.Punt(
            gewicht=gewicht,
            kleur="gevaar" if rij.stand.te_laat else "letop",
            icoon=rij.stand.icoon,
            staat=rij.stand.woorden,
            wat=f"{rij.soort.naam}: {rij.titel or termijn.casus.kort}",
            waarom=grond + (capfirst(rij.wat_nu) if rij.wat_nu else ""),
            adres=reverse("termijn", args=[termijn.pk]),
            knop=_("See the term"),
        )


def still_open(casus: Casus) -> list[str]:
    """Say how many terms still run when somebody wants to close a case."""
    n = casus.termijnen.filter(staat__in=OPEN).count()
    if not n:
        return []
    return [ngettext("%(n)s term still runs", "%(n)s terms still run", n) % {"n": n}]


def stuck(actor: Actor, casus: Casus) -> Iterator[vastzit.Vast]:
    """Yield the terms of a case that passed, for what is stuck."""
    if not zicht.may_read(actor, casus):
        return
    vandaag = klok.today()
    voorbij = [
        rij
        for rij in zicht.open_rows(actor, casus)
        if rij.termijn.staat == Staat.LOOPT and rij.termijn.uiterlijk < vandaag
    ]
    for rij in voorbij[:_OP_DE_DAG]:
        gevolg = capfirst(rij.soort.gevolg)
        verteld = capfirst(rij.wat_nu)
        yield vastzit.Vast(
            gewicht=mijn_dag.Gewicht.TERMIJN_VOORBIJ,
            staat=rij.stand.woorden,
            wat=f"{rij.soort.naam} ({rij.soort.grond})",
            waarom=". ".join(zin for zin in (gevolg, verteld) if zin),
            adres=reverse("termijn", args=[rij.termijn.pk]),
            knop=_("See the term"),
        )


def add() -> None:
    """Stand on the page of a case, on my day, and at its closing."""
    panelen.register(
        panelen.Paneel("wanneer", 120, "termijnen/paneel.html", content, terzijde=True)
    )
    mijn_dag.register(points)
    mijn_dag.register_panel(
        mijn_dag.Dagpaneel("termijnen", 20, "termijnen/dagpaneel.html", of_day)
    )
    afsluiten.register(still_open)
    vastzit.register(stuck)
