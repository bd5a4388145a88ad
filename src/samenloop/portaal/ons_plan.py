"""What of the plan somebody of the family reads, signs and says.

Whose goals one reads follows from who one is: the goals of all and of adults where the
whole plan was opened; of a child who has the right to read for it (Wmo 5.3.2, see
`plannen.rechten`), so a parent no longer reads those of a child of sixteen unless that
child let them in. Who was let in by somebody of the family never reads more than the
one who did. With only the own part, one reads the own goals and what one does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.personen.woonplaats import age
from samenloop.plannen import rechten, toegang
from samenloop.plannen.gronden import MEERDERJARIG
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan import inhoud, tekenen, versies
from samenloop.plannen.plan.inhoud import Inhoud
from samenloop.plannen.plan.models import (
    Activiteitstand,
    Doelstand,
    Plan,
    Planversie,
    Tekenwijze,
)
from samenloop.plannen.plan.plannen import open_plan
from samenloop.plannen.rechten import Recht, Regime
from samenloop.portaal.mij import Mij, me
from samenloop.portaal.models import Toelating

ZELFSTANDIG = 16

Woorden = tuple[str, str, str | Promise]
DOEL: dict[str, Woorden] = {
    Doelstand.GAAT_GOED: ("klaar", "klaar", gettext_lazy("This goes well")),
    Doelstand.LOOPT: ("loopt", "loopt", gettext_lazy("Busy with it")),
    Doelstand.LOOPT_VAST: ("letop", "letop", gettext_lazy("This stands still")),
    Doelstand.BEREIKT: ("klaar", "klaar", gettext_lazy("We made it")),
    Doelstand.GESTOPT: ("rust", "concept", gettext_lazy("We stopped with this")),
}
ACTIVITEIT: dict[str, str | Promise] = {
    Activiteitstand.TE_STARTEN: gettext_lazy("Still to begin"),
    Activiteitstand.LOOPT: gettext_lazy("Busy"),
    Activiteitstand.WACHT: gettext_lazy("Waits"),
    Activiteitstand.KLAAR: gettext_lazy("Done"),
    Activiteitstand.GESTOPT: gettext_lazy("Stopped"),
}


@dataclass(frozen=True, slots=True)
class Regel:
    """One activity in a line; `eigen` is its key when it is one's own."""

    woord: str
    wat: str
    wie: str
    wanneer: str
    eigen: str


@dataclass(frozen=True, slots=True)
class Doel:
    """One goal as the family reads it."""

    tekst: str
    van: str
    kleur: str
    icoon: str
    woord: str
    regels: list[Regel]


@dataclass(frozen=True, slots=True)
class Gelezen:
    """What one reads: the plan in force, and what was put forward to sign."""

    plan: Plan
    geldend: Planversie | None
    doelen: list[Doel]
    afspraken: list[str]
    voorgelegd: Planversie | None
    voorstel: list[Doel]
    voorstel_afspraken: list[str]
    tekent: bool
    heel: bool
    # Whether nothing of what was put forward is kept from this reader.
    voorstel_heel: bool


def read(mij: Mij) -> Gelezen | None:
    """Return what this citizen reads of the plan; None when there is none to read."""
    plan = open_plan(mij.dossier)
    if plan is None or not mij.leest_plan:
        return None
    plan.dossier = mij.dossier
    laatste = versies.latest(plan)
    geldend = laatste if laatste and laatste.getekend_op else versies.in_force(plan)
    voorgelegd = laatste if laatste and not laatste.getekend_op else None
    mijn = {str(each) for each in mij.mine()}
    bron = inhoud.with_how_it_goes(geldend.inhoud, plan) if geldend else None
    if mij.leidt and geldend is None:
        bron = inhoud.of_plan(plan)
    nu = readable(mij, bron, mijn) if bron else None
    straks = readable(mij, voorgelegd.inhoud, mijn) if voorgelegd else None
    return Gelezen(
        plan,
        geldend,
        _goals(nu, mijn),
        _agreements(nu),
        voorgelegd,
        _goals(straks, set()),
        _agreements(straks),
        to_sign(mij, voorgelegd),
        Deel.PLAN in mij.delen,
        voorgelegd is not None
        and straks is not None
        and Deel.PLAN in mij.delen
        and len(straks["doelen"]) == len(voorgelegd.inhoud["doelen"]),
    )


def readable(mij: Mij, gezegd: Inhoud, mijn: set[str]) -> Inhoud:
    """Return what this citizen may read of a plan or a version."""
    if Deel.PLAN in mij.delen:
        mag = _readable_goals(mij, {d["voor"] for d in gezegd["doelen"]})
        return {
            "doelen": [d for d in gezegd["doelen"] if mag(d["voor"])],
            "afspraken": gezegd["afspraken"],
        }
    doelen = []
    for doel in gezegd["doelen"]:
        if mij.persoon is not None and doel["voor"] == str(mij.persoon.pk):
            doelen.append(doel)
            continue
        eigen = [each for each in doel["activiteiten"] if each["uitvoerder"] in mijn]
        if eigen:
            doelen.append({**doel, "activiteiten": eigen})
    return {"doelen": doelen, "afspraken": []}


def _readable_goals(mij: Mij, gevraagd: set[str]) -> Callable[[str], bool]:
    """Return a question: may one read the goals for this person (a key, or empty)?"""
    vandaag = klok.today()
    wie = {str(p.pk): p for p in Persoon.objects.filter(pk__in=gevraagd - {""})}
    lezers = in_whose_name(mij, Deel.PLAN)

    def mag(voor: str) -> bool:
        if not voor:
            return True
        persoon = wie.get(voor)
        return persoon is not None and any(
            _reads(lezer, persoon, vandaag) for lezer in lezers
        )

    return mag


def reads_all(actor: Actor, plan: Plan) -> bool:
    """Whether a citizen may read all that the editor shows, removed goals as well."""
    voor = plan.doelen.filter(voor__isnull=False).values_list("voor")
    wie = {str(persoon) for (persoon,) in voor}
    return not wie or all(map(_readable_goals(me(actor), wie), wie))


def in_whose_name(mij: Mij, deel: Deel) -> list[Persoon | None]:
    """Return in whose name one reads a part; None is somebody from outside."""
    open_ = [each for each in mij.deelnames if deel in toegang.open_parts(each)]
    gaf = {
        each.pk: each.door.persoon
        for each in Toelating.objects.filter(deelname__in=open_).select_related(
            "door__persoon"
        )
    }
    lezers: list[Persoon | None] = []
    for each in open_:
        if each.pk in gaf:
            lezers.append(gaf[each.pk])
        elif each.rol == Deelnemersrol.GEZIN or mij.leidt:
            lezers.append(mij.persoon)
        else:
            lezers.append(None)
    return lezers


def _reads(lezer: Persoon | None, wie: Persoon, dag: date) -> bool:
    leeftijd = age(wie.geboortedatum, dag) if wie.geboortedatum else MEERDERJARIG
    if leeftijd >= MEERDERJARIG:
        return True
    if lezer is None:
        return leeftijd < ZELFSTANDIG
    return lezer.pk == wie.pk or (
        rechten.who(Recht.INZAGE, Regime.WMO, wie, dag).may(lezer.pk)
    )


def to_sign(mij: Mij, versie: Planversie | None) -> bool:
    """Whether this citizen must still sign this version."""
    if versie is None or mij.persoon is None or not mij.leest_plan:
        return False
    sleutel = f"persoon:{mij.persoon.pk}"
    return any(
        stand.tekenaar.sleutel == sleutel and stand.handtekening is None
        for stand in tekenen.status(versie)
    )


def sign(mij: Mij, versie: Planversie) -> bool:
    """Sign for oneself and the children one signs for; whether everybody has now.

    Raises:
        KanNietTekenen: there is a newer version, or one need not sign.
        GeenPlangrond: the plan has no ground any more.
    """
    if mij.persoon is None or not mij.leest_plan:
        raise tekenen.KanNietTekenen(_("This person need not sign this version."))
    return tekenen.sign(
        versie,
        f"persoon:{mij.persoon.pk}",
        wijze=Tekenwijze.PORTAAL,
        op=klok.today(),
        door=mij.actor,
    )


def _goals(gezegd: Inhoud | None, mijn: set[str]) -> list[Doel]:
    return [_goal(doel, mijn) for doel in gezegd["doelen"]] if gezegd else []


def _goal(doel: dict[str, Any], mijn: set[str]) -> Doel:
    kleur, icoon, woord = DOEL[doel["stand"]]
    van = (
        _("Goal of %(wie)s") % {"wie": doel["voor_naam"]}
        if doel["voor_naam"]
        else _("Goal of the family")
    )
    return Doel(
        doel["tekst"],
        van,
        kleur,
        icoon,
        str(woord),
        [
            Regel(
                str(ACTIVITEIT[each["stand"]]),
                each["wat"],
                each["wie"],
                _until(each["tot"]),
                each["id"] if each["uitvoerder"] in mijn else "",
            )
            for each in doel["activiteiten"]
        ],
    )


def _until(iso: str) -> str:
    if not iso:
        return ""
    return _("until %(dag)s") % {"dag": date_format(date.fromisoformat(iso), "j F Y")}


def _agreements(gezegd: Inhoud | None) -> list[str]:
    return [each["tekst"] for each in gezegd["afspraken"]] if gezegd else []
