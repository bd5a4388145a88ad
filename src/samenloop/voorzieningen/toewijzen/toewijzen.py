"""Allocating care to a provider, and what may be changed of it afterwards.

What comes in is what was decided; what goes out is an allocation with a number, the
provision that figures rest on, and the event by which the message leaves. A number
stays with every change. What the standard forbids is refused by the database; here it
gets a sentence. Source: iWmo and iJw 3.2, OP033x1, OP043, OP257, OP259, OP380, IV066
and TR385.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.inkoop.aanbod import contracted
from samenloop.voorzieningen.inkoop.codes import Frequentie, Variant
from samenloop.voorzieningen.inkoop.models import Contract
from samenloop.voorzieningen.models import Aanbieder, Product, Voorziening
from samenloop.voorzieningen.toewijzen import gevolg, nummers, verstrekken
from samenloop.voorzieningen.toewijzen.fouten import (
    AlGedeclareerd,
    BovenMaximum,
    MoetVerlengen,
    NietToegestaan,
    Onvolledig,
    Stapelt,
)
from samenloop.voorzieningen.toewijzen.models import (
    VERWIJDERD,
    Aanvraag,
    Beschikking,
    RedenWijziging,
    Toewijzing,
)
from samenloop.voorzieningen.toewijzen.weigeringen import explained

VASTGESTELD = "toewijzing-vastgesteld"
GEWIJZIGD = "toewijzing-gewijzigd"
ACTIVITEIT = "zorgtoewijzing"

# Says whether accepted, uncredited lines of invoices rest on this allocation.
Beletsel = Callable[[Toewijzing], bool]
_beletsels: list[Beletsel] = []


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What is to be allocated; `budget` in eurocents.

    `aanvraag` gives the provision its dates and referrer; `verwijzer` (code) does where
    there was no application, as with a referral that went straight through.
    """

    gemeente: str
    wet: str
    persoon: Persoon
    aanbieder: Aanbieder
    product: Product
    ingang: date
    eind: date | None = None
    variant: str = Variant.SPECIFIEK.value
    categorie: str = ""
    code: str = ""
    volume: int | None = None
    eenheid: str = ""
    frequentie: str = ""
    budget: int | None = None
    contract: Contract | None = None
    beschikking: Beschikking | None = None
    aanvraag: Aanvraag | None = None
    verwijzer: str = ""
    referentie_aanbieder: str = ""
    commentaar: str = ""


def register_hindrance(beletsel: Beletsel) -> None:
    """Let a room say of an allocation that care under it was invoiced and granted."""
    if beletsel not in _beletsels:
        _beletsels.append(beletsel)


def give(opdracht: Opdracht, *, door: Actor) -> Toewijzing:
    """Allocate, with a number of its own.

    Raises:
        GeenToegang: not theirs to allocate.
        Stapelt, PgbLoopt, Onvolledig: what the standard does not allow.
        MoetVerlengen: the same goes on, so the one before must be lengthened.
    """
    (uit,) = give_all([opdracht], door=door)
    return uit


def give_all(opdrachten: Sequence[Opdracht], *, door: Actor) -> list[Toewijzing]:
    """Allocate several for one municipality and law, all or nothing; see `give`."""
    besluiten.require(door, Handeling.TOEWIJZEN)
    if not opdrachten:
        return []
    eerste = opdrachten[0]
    if any((e.gemeente, e.wet) != (eerste.gemeente, eerste.wet) for e in opdrachten):
        raise ValueError("one municipality and one law at a time")
    with explained():
        _guard(opdrachten)
        reeks = nummers.take(eerste.gemeente, eerste.wet, len(opdrachten))
        nieuw = [
            _row(each, nummer, door)
            for each, nummer in zip(opdrachten, reeks, strict=True)
        ]
        adressen = gevolg.addresses(row.persoon_id for row in nieuw)
        Voorziening.objects.bulk_create(
            gevolg.of_allocation(
                row,
                adressen.get(row.persoon_id, []),
                aanvraag=opdracht.aanvraag,
                verwijzer=opdracht.verwijzer,
            )
            for row, opdracht in zip(nieuw, opdrachten, strict=True)
        )
        Toewijzing.objects.bulk_create(nieuw)
        _log(door, nieuw)
        gebeurtenissen.record_all(
            VASTGESTELD,
            onderwerpen=[row.pk for row in nieuw],
            gemeente=eerste.gemeente,
        )
    return nieuw


def change(
    toewijzing: Toewijzing,
    *,
    reden: str,
    door: Actor,
    eind: date | None = None,
    zonder_eind: bool = False,
    volume: int | None = None,
    budget: int | None = None,
    beschikking: Beschikking | None = None,
    referentie: str = "",
) -> Toewijzing:
    """Make an allocation longer, shorter, larger or smaller; its number stays.

    What is not named stays as it is. A reference of the provider is kept only when the
    change answers a request (TR379).

    Raises:
        NietToegestaan: the standard asks a new allocation, or nothing would change.
        Stapelt, PgbLoopt, Onvolledig: see `give`.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    if reden == VERWIJDERD or (reden and reden not in RedenWijziging.values):
        raise NietToegestaan()
    with explained():
        row = _locked(toewijzing)
        voor = (row.eind, row.volume, row.budget, row.referentie_aanbieder)
        if eind is not None or zonder_eind:
            row.eind = eind
        if volume is not None:
            row.volume = volume
        if budget is not None:
            row.budget = budget
        row.referentie_aanbieder = referentie
        na = (row.eind, row.volume, row.budget, row.referentie_aanbieder)
        if na == voor or (not reden and na[:3] != voor[:3]):
            raise NietToegestaan()
        row.reden_wijziging = reden
        if beschikking is not None:
            row.beschikking = beschikking
        _decided(row, door)
        verstrekken.resume_contribution(row, door=door)
    return row


@transaction.atomic
def go_over(
    toewijzing: Toewijzing, beschikking: Beschikking, *, door: Actor
) -> Toewijzing:
    """Let an allocation rest on another decision from now on; nothing else changes.

    No message: the standard knows no decision, so the provider hears nothing new.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    row = _locked(toewijzing)
    row.beschikking = beschikking
    row.save(update_fields=["beschikking"])
    _log(door, [row])
    return row


def end(
    toewijzing: Toewijzing, op: date, *, reden: str, door: Actor, referentie: str = ""
) -> Toewijzing:
    """Let an allocation end on a day; see `change`.

    Raises:
        NietToegestaan: it ends no later already, or never began by then.
    """
    if op < toewijzing.ingang or (toewijzing.eind and op >= toewijzing.eind):
        raise NietToegestaan()
    return change(toewijzing, eind=op, reden=reden, door=door, referentie=referentie)


def remove(toewijzing: Toewijzing, *, door: Actor) -> Toewijzing:
    """Remove an allocation: it counts as if it never was, and stays on record.

    Raises:
        AlGedeclareerd: care under it was invoiced and granted (TR385).
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    with explained():
        row = _locked(toewijzing)
        if row.is_verwijderd:
            raise NietToegestaan()
        if any(beletsel(row) for beletsel in _beletsels):
            raise AlGedeclareerd()
        row.eind, row.reden_wijziging = row.ingang, VERWIJDERD
        row.referentie_aanbieder = ""
        _decided(row, door)
    return row


def current(gemeente: str, wet: str, nummer: int) -> Toewijzing | None:
    """Return the allocation with this number; None when there is none."""
    return (
        Toewijzing.objects.filter(gemeente=gemeente, wet=wet, nummer=nummer)
        .select_related("aanbieder", "persoon")
        .first()
    )


def _row(opdracht: Opdracht, nummer: int, door: Actor) -> Toewijzing:
    return Toewijzing(
        nummer=nummer,
        gemeente_id=opdracht.gemeente,
        toegewezen_op=klok.now(),
        toegewezen_door=door.account_id,
        **{
            naam: getattr(opdracht, naam)
            for naam in (
                *("wet", "persoon", "aanbieder", "product", "ingang", "eind"),
                *("variant", "categorie", "code", "volume", "eenheid", "frequentie"),
                *("budget", "contract", "beschikking", "referentie_aanbieder"),
                "commentaar",
            )
        },
    )


def _guard(opdrachten: Sequence[Opdracht]) -> None:
    """Refuse what no constraint can see: category over product, and a longer same."""
    bestaand: dict[object, list[Toewijzing]] = {}
    for each in Toewijzing.objects.filter(
        gemeente=opdrachten[0].gemeente,
        wet=opdrachten[0].wet,
        persoon__in={opdracht.persoon.pk for opdracht in opdrachten},
    ).exclude(reden_wijziging=VERWIJDERD):
        bestaand.setdefault((each.persoon_id, each.aanbieder_id), []).append(each)
    for opdracht in opdrachten:
        if opdracht.variant == Variant.SPECIFIEK and not opdracht.code:
            raise Onvolledig(_("Choose a product; a volume belongs to one."))
        for each in bestaand.get((opdracht.persoon.pk, opdracht.aanbieder.pk), []):
            _guard_one(opdracht, each)


def _guard_one(opdracht: Opdracht, ander: Toewijzing) -> None:
    if Variant.GENERIEK in (opdracht.variant, ander.variant):
        return
    zelfde_soort = opdracht.categorie == ander.categorie
    overlapt = (ander.eind is None or ander.eind >= opdracht.ingang) and (
        opdracht.eind is None or ander.ingang <= opdracht.eind
    )
    if zelfde_soort and overlapt and "" in (opdracht.code, ander.code):
        raise Stapelt()
    if (
        ander.eind is not None
        # Subtracted: the last day there is has no day after it.
        and opdracht.ingang - ander.eind == timedelta(days=1)
        and ander.eind >= klok.today()
        and zelfde_soort
        and (opdracht.code, opdracht.volume, opdracht.eenheid, opdracht.frequentie)
        == (ander.code, ander.volume, ander.eenheid, ander.frequentie)
        and opdracht.frequentie != Frequentie.TOTAAL
        and opdracht.budget == ander.budget is None
    ):
        raise MoetVerlengen(ander.pk)


def within_contract(opdracht: Opdracht) -> bool:
    """Whether the provider has a contract for it on the first day.

    Raises:
        BovenMaximum: the contract allows less for one client.
    """
    product = contracted(
        opdracht.gemeente,
        wet=opdracht.wet,
        aanbieder=opdracht.aanbieder.pk,
        categorie=opdracht.categorie,
        code=opdracht.code,
        op=opdracht.ingang,
    )
    if product is None:
        return False
    if (
        product.max_volume is not None
        and product.max_frequentie == opdracht.frequentie
        and (opdracht.volume or 0) > product.max_volume
    ):
        raise BovenMaximum()
    return True


def _locked(toewijzing: Toewijzing) -> Toewijzing:
    return (
        Toewijzing.objects.select_for_update(of=("self",))
        .select_related("aanbieder", "persoon")
        .get(pk=toewijzing.pk)
    )


def _decided(row: Toewijzing, door: Actor) -> None:
    """Save a version with its moment, let the provision follow, and tell of it."""
    row.toegewezen_op = max(klok.now(), row.toegewezen_op)
    row.toegewezen_door = door.account_id
    row.save()
    gevolg.follow(row)
    _log(door, [row])
    gebeurtenissen.record(GEWIJZIGD, onderwerp=row.pk, gemeente=row.gemeente_id)


def _log(door: Actor, rows: Iterable[Toewijzing]) -> None:
    logboek.record_each(
        door,
        Handeling.TOEWIJZEN,
        [(f"toewijzing:{row.pk}", [row.persoon_id]) for row in rows],
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )


def running(persoon: Persoon, gemeente: str, op: date) -> list[Toewijzing]:
    """Return what somebody is allocated on a day or from later on."""
    return list(
        Toewijzing.objects.filter(persoon=persoon, gemeente=gemeente)
        .filter(Q(eind__isnull=True) | Q(eind__gte=op))
        .exclude(reden_wijziging=VERWIJDERD)
        .select_related("aanbieder", "product")
    )


@transaction.atomic
def told(toewijzing: Toewijzing) -> None:
    """Ask for the message again, unchanged; a repeat keeps the moment of decision."""
    gebeurtenissen.record(
        GEWIJZIGD, onderwerp=toewijzing.pk, gemeente=toewijzing.gemeente_id
    )
