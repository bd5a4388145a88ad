"""Which requests of providers go straight through, and which are reviewed first.

The municipality sets this per referrer, provider, product and amount; the first rule in
force that fits holds. Without a rule a person looks. A rule can let through only what
is contracted, and never a request whose worth is unknown where it names an amount.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.voorzieningen.inkoop.aanbod import contracted
from samenloop.voorzieningen.inkoop.models import Contractproduct
from samenloop.voorzieningen.models import Aanbieder
from samenloop.voorzieningen.toewijzen import waarde
from samenloop.voorzieningen.toewijzen.fouten import Onvolledig
from samenloop.voorzieningen.toewijzen.models import (
    Routeregel,
    Verzoek,
    Verzoekregel,
)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes, and why in a sentence."""

    door: bool
    reden: str
    product: Contractproduct | None = None


def in_force(gemeente: str, wet: str, op: date) -> list[Routeregel]:
    """Return the rules of a municipality on a day, in the order in which they hold."""
    return [
        each
        for each in Routeregel.objects.filter(
            gemeente=gemeente, wet=wet, ingang__lte=op
        ).select_related("aanbieder")
        if each.eind is None or each.eind >= op
    ]


def choose(verzoek: Verzoek, regels: Iterable[Verzoekregel]) -> Route:
    """Say where a request for an allocation goes; every line has to go through."""
    lijst = list(regels)
    if not lijst:
        return Route(False, _("Nothing is asked for."))
    rules = in_force(verzoek.gemeente_id, verzoek.wet, verzoek.dagtekening)
    product = None
    reden = ""
    for each in lijst:
        product = contracted_line(verzoek, each)
        if product is None:
            return Route(False, _("There is no contract for this product."))
        regel = next((r for r in rules if _fits(r, verzoek, each, product)), None)
        if regel is None:
            return Route(False, _("No rule lets this through, so a person looks."))
        if regel.uitkomst != Routeregel.Uitkomst.DOOR:
            return Route(False, regel.reden)
        reden = regel.reden
    return Route(True, reden, product)


def contracted_line(verzoek: Verzoek, regel: Verzoekregel) -> Contractproduct | None:
    """Return the product under contract that a line asks for, if any."""
    if regel.ingang is None:
        return None
    return contracted(
        verzoek.gemeente_id,
        wet=verzoek.wet,
        aanbieder=verzoek.aanbieder_id,
        categorie=regel.categorie,
        code=regel.code,
        op=regel.ingang,
    )


def _fits(
    rule: Routeregel, verzoek: Verzoek, regel: Verzoekregel, product: Contractproduct
) -> bool:
    if rule.verwijzer_type and rule.verwijzer_type != verzoek.verwijzer_type:
        return False
    if rule.aanbieder_id and rule.aanbieder_id != verzoek.aanbieder_id:
        return False
    if rule.categorie and rule.categorie != regel.categorie:
        return False
    if rule.code and rule.code != regel.code:
        return False
    if rule.max_bedrag is None:
        return True
    bedrag = waarde.of(regel, product)
    return bedrag is not None and bedrag <= rule.max_bedrag


@dataclass(frozen=True, slots=True)
class Invoer:
    """A rule as it is entered; empty is any."""

    wet: str
    volgorde: int
    uitkomst: str
    reden: str
    verwijzer_type: str = ""
    aanbieder: Aanbieder | None = None
    categorie: str = ""
    code: str = ""
    max_bedrag: int | None = None
    ingang: date | None = None


@transaction.atomic
def add(invoer: Invoer, *, door: Actor) -> Routeregel:
    """Add a rule from a day on.

    Raises:
        GeenToegang: not theirs to set.
        Onvolledig: it says no reason.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    if not invoer.reden.strip():
        raise Onvolledig(_("Write why this holds: it stands with each request."))
    regel = Routeregel.objects.create(
        gemeente_id=door.gemeente,
        wet=invoer.wet,
        volgorde=invoer.volgorde,
        verwijzer_type=invoer.verwijzer_type,
        aanbieder=invoer.aanbieder,
        categorie=invoer.categorie,
        code=invoer.code,
        max_bedrag=invoer.max_bedrag,
        uitkomst=invoer.uitkomst,
        reden=invoer.reden,
        ingang=invoer.ingang or klok.today(),
        vastgesteld_door=door.account_id,
    )
    _log(door, regel)
    return regel


@transaction.atomic
def end(regel: Routeregel, *, door: Actor) -> Routeregel:
    """Let a rule hold no longer than today."""
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    regel.eind = max(klok.today(), regel.ingang)
    regel.save(update_fields=["eind"])
    _log(door, regel)
    return regel


def _log(door: Actor, regel: Routeregel) -> None:
    logboek.record(
        door,
        Handeling.CONTRACT_BEHEREN,
        onderwerp=f"routeregel:{regel.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
