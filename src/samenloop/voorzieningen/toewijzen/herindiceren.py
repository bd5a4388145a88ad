"""Looking again at what ends: an application that knows what somebody has now.

Who, law, kind, provider and decision are on record, so nothing of it is asked. The
application is tied to the provision and to the last day it had: of one end one looks
again once, whoever begins and from whatever page. Withdrawn, it can begin anew.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.inkoop.codes import WETTEN
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen import aanvragen, bekend
from samenloop.voorzieningen.toewijzen.fouten import Onvolledig
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Aanvraagstaat,
    Beschikking,
    Kanaal,
    Pgb,
    Toewijzing,
    Vorm,
)

# Half a year at most before it has to begin, which is eight weeks before the end.
VROEGST = timedelta(weeks=26 + 8)
_EEN_KEER = "toewijzen_aanvraag_herindicatie_een_keer"
Einde = tuple[UUID, date]
"""The mark of a provision, and the last day it has."""


class AlAangevraagd(SamenloopFout, ValueError):
    """This end is looked at again already; `aanvraag` says in which application."""

    melding = gettext_lazy("This reassessment has begun already.")

    def __init__(self, aanvraag: UUID | None = None) -> None:
        self.aanvraag = aanvraag
        super().__init__()


@dataclass(frozen=True, slots=True)
class Nu:
    """What somebody has now: the provision, and what it was granted by."""

    voorziening: Voorziening
    toewijzing: Toewijzing | None
    pgb: Pgb | None

    @property
    def beschikking(self) -> Beschikking | None:
        """The decision that holds now; none where it was made before this system."""
        bron = self.toewijzing or self.pgb
        return bron.beschikking if bron else None


def present(gemeente: str, kenmerk: UUID) -> Nu | None:
    """Return what a municipality granted under this mark; None when it did not."""
    feit = (
        Voorziening.objects.current()
        .filter(kenmerk=kenmerk, gemeente=gemeente)
        .select_related("betrokkene", "product", "aanbieder")
        .first()
    )
    if feit is None:
        return None
    van: dict[str, Any] = {"gemeente": gemeente, "voorziening": kenmerk}
    return Nu(
        feit,
        Toewijzing.objects.filter(**van)
        .select_related("aanbieder", "beschikking__aanvraag")
        .first(),
        Pgb.objects.filter(**van).select_related("beschikking__aanvraag").first(),
    )


@transaction.atomic
def begin(nu: Nu, *, door: Actor, dossier: UUID | None = None) -> Aanvraag:
    """Open the application of a reassessment.

    Raises:
        GeenToegang: not theirs to deal with.
        AlAangevraagd: it began already.
        Onvolledig: it has no last day, or ended, or one does not apply for it here.
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    feit = nu.voorziening
    assert feit.gemeente_id is not None
    eind = feit.einddatum
    if eind is None:
        raise Onvolledig(_("It has no last day, so there is nothing to look at again."))
    if eind < klok.today():
        raise Onvolledig(_("It has ended. Begin a new application."))
    if feit.product.wet not in WETTEN:
        raise Onvolledig(_("Under this law one does not apply here."))
    sleutel = (feit.kenmerk, eind)
    if eerder := of_ends(feit.gemeente_id, [sleutel]).get(sleutel):
        raise AlAangevraagd(eerder.pk)
    invoer = aanvragen.Invoer(
        persoon=feit.betrokkene,
        wet=feit.product.wet,
        kanaal=Kanaal.HERINDICATIE.value,
        product=feit.product,
        vraag=_("Reassessment of %(wat)s, which ends on %(dag)s.")
        % {"wat": feit.product.naam, "dag": formats.date_format(eind, "j F Y")},
        gezaghebbende=bekend.guardian(feit.betrokkene),
        dossier=dossier or _earlier_dossier(nu),
        herindicatie_van=feit.kenmerk,
        herindicatie_eind=eind,
    )
    try:
        with transaction.atomic():
            return aanvragen.receive(invoer, door=door)
    except IntegrityError as fout:
        oorzaak = getattr(fout.__cause__, "diag", None)
        if getattr(oorzaak, "constraint_name", None) != _EEN_KEER:
            raise
        # Somebody else began at the same moment.
        ander = of_ends(feit.gemeente_id, [sleutel]).get(sleutel)
        raise AlAangevraagd(ander.pk if ander else None) from None


def of_ends(gemeente: str, eindes: Collection[Einde]) -> dict[Einde, Aanvraag]:
    """Return the applications in which these ends are looked at again; one statement.

    What was withdrawn counts as not begun.
    """
    rijen = Aanvraag.objects.filter(
        gemeente=gemeente,
        herindicatie_van__in=[kenmerk for kenmerk, _eind in eindes],
        herindicatie_eind__isnull=False,
    ).exclude(staat=Aanvraagstaat.INGETROKKEN)
    return {
        (each.herindicatie_van, each.herindicatie_eind): each
        for each in rijen
        if each.herindicatie_van and each.herindicatie_eind
    }


def decided(kenmerk: str, eind: str) -> Exists:
    """Whether was decided on a reassessment, for rows that name mark and last day."""
    return Exists(
        Aanvraag.objects.filter(
            gemeente=OuterRef("gemeente"),
            herindicatie_van=OuterRef(kenmerk),
            herindicatie_eind=OuterRef(eind),
            staat=Aanvraagstaat.BESLIST,
        )
    )


@dataclass(frozen=True, slots=True)
class Mogelijk:
    """What ends before long: its application, or that one can begin."""

    kenmerk: UUID
    aanvraag: Aanvraag | None


def possible(
    gemeente: str, rijen: Iterable[Toewijzing | Pgb | Voorziening]
) -> dict[Any, Mogelijk]:
    """Return per row (its key) that ends before long how looking again stands."""
    vandaag = klok.today()
    eindes: dict[Any, Einde] = {}
    for each in rijen:
        kenmerk, eind = _end(each)
        if kenmerk and eind and vandaag <= eind <= vandaag + VROEGST:
            eindes[each.pk] = (kenmerk, eind)
    lopend = of_ends(gemeente, list(eindes.values()))
    return {pk: Mogelijk(e[0], lopend.get(e)) for pk, e in eindes.items()}


def _end(rij: Toewijzing | Pgb | Voorziening) -> tuple[UUID | None, date | None]:
    if isinstance(rij, Voorziening):
        return rij.kenmerk, rij.einddatum
    if isinstance(rij, Pgb) and rij.beeindigd_op is not None:
        return None, None
    return rij.voorziening, rij.eind


def proposal(nu: Nu) -> dict[str, Any]:
    """Return what the next decision would say if nothing changed, for its form."""
    besluit = nu.beschikking
    eind = nu.voorziening.einddatum
    uit: dict[str, Any] = {
        "ingang": eind + timedelta(days=1) if eind else None,
        "vorm": besluit.vorm if besluit else Vorm.ZIN if nu.toewijzing else "",
    }
    if nu.toewijzing:
        uit |= {
            naam: getattr(nu.toewijzing, naam)
            for naam in ("volume", "eenheid", "frequentie")
        }
    if nu.pgb:
        uit |= {"categorie": nu.pgb.categorie, "code": nu.pgb.code}
    return uit


def _earlier_dossier(nu: Nu) -> UUID | None:
    besluit = nu.beschikking
    return besluit.aanvraag.dossier if besluit and besluit.aanvraag else None
