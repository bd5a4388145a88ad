"""A plan of a fictitious family with consent, and what stands in it."""

from typing import Any
from uuid import UUID, uuid4

from samenloop.core import klok
from samenloop.personen.models import Toestemming
from samenloop.plannen.models import Dossier
from samenloop.plannen.plan import grond
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Grond, Plan
from samenloop.plannen.plan.samen_schrijven import Invoer
from tests.access.accounts import actor
from tests.plannen.maken import dossier as make_dossier


def consents(dossier: Dossier, **velden: Any) -> Toestemming:
    """Let the person concerned agree to a plan."""
    velden.setdefault("gegeven_op", klok.today())
    return Toestemming.objects.create(
        persoon=dossier.betrokkene, gemeente=dossier.gemeente, categorie="plan",
        doel="regie_gezamenlijk_plan", wijze="schriftelijk", vastgelegd_door="1",
        **velden,
    )  # fmt: skip


def plan(dossier: Dossier | None = None) -> Plan:
    """An empty plan, with consent."""
    dossier = dossier or make_dossier()
    consents(dossier)
    return grond.open_plan(dossier, grond=Grond.TOESTEMMING, door=actor())


def goal(
    van: Plan, tekst: str = "Wij willen rustig slapen.", **velden: Any
) -> Doelstelling:
    """A goal; `orde` as many as there are."""
    velden.setdefault("orde", van.doelen.count() + 1)
    return Doelstelling.objects.create(plan=van, tekst=tekst, **velden)


def activity(
    doel: Doelstelling, wat: str = "Rekeningen op een rij", **velden: Any
) -> Activiteit:
    """An activity; `orde` as many as there are."""
    velden.setdefault("orde", doel.activiteiten.count() + 1)
    return Activiteit.objects.create(doelstelling=doel, wat=wat, **velden)


def typed(
    onderdeel: Doelstelling | Activiteit,
    tekst: str,
    *,
    veld: str = "",
    basis: int = 0,
    blad: UUID | None = None,
    volg: int = 1,
) -> Invoer:
    """What a page sends when somebody typed in the first field of a part."""
    soort = "doel" if isinstance(onderdeel, Doelstelling) else "activiteit"
    return Invoer(
        soort, onderdeel.pk, veld or ("tekst" if soort == "doel" else "wat"), tekst,
        basis, blad or uuid4(), volg,
    )  # fmt: skip
