"""Deciding on an application: what is granted, in what form, and what follows at once.

A decision needs a ground and a reason, tells until when one can object, and is never
changed. Granted in kind with a provider chosen, it becomes an allocation; granted in
money, a budget with what the SVB must be told. The first provision under the Wmo starts
the own contribution. All of it happens in one transaction, or nothing does.
Source: Awb 3:46, 4:13 and 6:7; Wmo 2015, 2.3.5 and 2.3.6; Jeugdwet 2.3 and 8.1.1.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.voorzieningen.inkoop.models import Contractproduct
from samenloop.voorzieningen.models import Product, Wet
from samenloop.voorzieningen.toewijzen import nummers, termijn, toewijzen, verstrekken
from samenloop.voorzieningen.toewijzen.fouten import MoetVerlengen, NietNu, Onvolledig
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Aanvraagstaat,
    Beschikking,
    RedenWijziging,
    Toewijzing,
    Uitkomst,
    Vorm,
)

GENOMEN = "beschikking-genomen"
ACTIVITEIT = "zorgtoewijzing"
GRONDSLAG = {
    Wet.WMO.value: "Wmo 2015, 2.3.5",
    Wet.JEUGDWET.value: "Jeugdwet, 2.3",
}


@dataclass(frozen=True, slots=True)
class Besluit:
    """What is decided; `budget` in eurocents for the whole period."""

    uitkomst: str
    motivering: str
    product: Product | None = None
    vorm: str = ""
    ingang: date | None = None
    eind: date | None = None
    volume: int | None = None
    eenheid: str = ""
    frequentie: str = ""
    budget: int | None = None
    grondslag: str = ""
    categorie: str = ""
    code: str = ""


@transaction.atomic
def decide(aanvraag: Aanvraag, besluit: Besluit, *, door: Actor) -> Beschikking:
    """Decide on an application.

    Raises:
        GeenToegang: not theirs to decide.
        NietNu: it was decided or withdrawn, or nobody applied yet.
        Onvolledig: no reason, no period, or a budget without an end or an amount.
        PgbLoopt: care in kind for the same product runs.
    """
    besluiten.require(door, Handeling.BESCHIKKEN)
    row = Aanvraag.objects.select_for_update().get(pk=aanvraag.pk)
    if row.staat != Aanvraagstaat.AANVRAAG:
        raise NietNu()
    beschikking = take(
        besluit,
        gemeente=row.gemeente_id,
        persoon=row.persoon_id,
        wet=row.wet,
        product=besluit.product or row.product,
        aanvraag=row,
        door=door,
    )
    row.staat, row.beeindigd_op = Aanvraagstaat.BESLIST, klok.today()
    row.save(update_fields=["staat", "beeindigd_op"])
    return beschikking


def take(
    besluit: Besluit,
    *,
    gemeente: str,
    persoon: UUID,
    wet: str,
    product: Product | None,
    aanvraag: Aanvraag | None,
    door: Actor,
    vervangt: Beschikking | None = None,
    reden_vervanging: str = "",
    vervangt_per: date | None = None,
) -> Beschikking:
    """Put a decision on record with the budget that follows from it; see `decide`."""
    _complete(besluit, product)
    assert product is not None
    toegekend = besluit.uitkomst != Uitkomst.AFGEWEZEN
    vandaag = klok.today()
    beschikking = Beschikking.objects.create(
        gemeente_id=gemeente,
        nummer=nummers.readable(nummers.BESCHIKKING, gemeente),
        aanvraag=aanvraag,
        vervangt=vervangt,
        reden_vervanging=reden_vervanging,
        vervangt_per=vervangt_per,
        persoon_id=persoon,
        wet=wet,
        product=product,
        uitkomst=besluit.uitkomst,
        vorm=besluit.vorm if toegekend else "",
        grondslag=besluit.grondslag or GRONDSLAG[wet],
        motivering=besluit.motivering,
        ingang=besluit.ingang if toegekend else None,
        eind=besluit.eind if toegekend else None,
        volume=besluit.volume if toegekend else None,
        eenheid=besluit.eenheid if toegekend else "",
        frequentie=besluit.frequentie if toegekend else "",
        budget=besluit.budget if toegekend else None,
        besloten_op=klok.now(),
        bekendgemaakt_op=vandaag,
        bezwaar_tot=termijn.weeks(vandaag, termijn.BEZWAAR_WEKEN),
        besloten_door=door.account_id,
    )
    if toegekend and besluit.vorm in (Vorm.PGB, Vorm.FINANCIEEL):
        verstrekken.grant_budget(
            beschikking,
            categorie=besluit.categorie,
            code=besluit.code,
            aanvraag=aanvraag,
            door=door,
        )
    logboek.record(
        door,
        Handeling.BESCHIKKEN,
        personen=[persoon],
        onderwerp=f"beschikking:{beschikking.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )
    gebeurtenissen.record(
        GENOMEN, onderwerp=beschikking.pk, gemeente=beschikking.gemeente_id
    )
    return beschikking


@transaction.atomic
def allocate(
    beschikking: Beschikking, keuze: Contractproduct, *, door: Actor
) -> Toewijzing:
    """Allocate what was granted in kind to the provider that was chosen.

    Raises:
        NietNu: it was granted in another form, refused, replaced, or allocated already.
        Stapelt, MoetVerlengen, PgbLoopt, Onvolledig, BovenMaximum: see `toewijzen`.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    row = Beschikking.objects.select_for_update(of=("self",)).get(pk=beschikking.pk)
    if row.vorm != Vorm.ZIN or row.ingang is None:
        raise NietNu()
    if (
        row.toewijzingen.exclude(reden_wijziging="13").exists()
        or Beschikking.objects.filter(vervangt=row).exists()
    ):
        raise NietNu()
    return under(row, keuze, door=door)


def under(row: Beschikking, keuze: Contractproduct, *, door: Actor) -> Toewijzing:
    """Give an allocation under a decision in kind; see `allocate`."""
    assert row.ingang is not None
    specifiek = keuze.variant == "specifiek"
    opdracht = toewijzen.Opdracht(
        gemeente=row.gemeente_id,
        wet=row.wet,
        persoon=row.persoon,
        aanbieder=keuze.contract.aanbieder,
        product=row.product,
        contract=keuze.contract,
        beschikking=row,
        aanvraag=row.aanvraag,
        variant=keuze.variant,
        categorie=keuze.categorie,
        code=keuze.code if specifiek else "",
        ingang=row.ingang,
        eind=row.eind,
        volume=row.volume if specifiek else None,
        eenheid=(row.eenheid or keuze.eenheid) if specifiek else "",
        frequentie=row.frequentie if specifiek else "",
        budget=None if specifiek else row.budget,
        referentie_aanbieder=_reference(row),
    )
    toewijzen.within_contract(opdracht)
    try:
        uit = toewijzen.give(opdracht, door=door)
    except MoetVerlengen as fout:
        uit = _lengthened(row, fout, door)
    verstrekken.contribute(uit, door=door)
    return uit


def _lengthened(row: Beschikking, fout: MoetVerlengen, door: Actor) -> Toewijzing:
    """After a reassessment the same goes on: the standard lets it become longer."""
    if (
        fout.toewijzing is None
        or row.aanvraag is None
        or row.aanvraag.herindicatie_van is None
    ):
        raise fout
    was = Toewijzing.objects.get(pk=fout.toewijzing)
    return toewijzen.change(
        was,
        reden=RedenWijziging.VERLENGING,
        eind=row.eind,
        zonder_eind=row.eind is None,
        beschikking=row,
        door=door,
    )


def _reference(beschikking: Beschikking) -> str:
    """Return the provider's reference, when the allocation answers its request.

    A decision that took the place of another answers none: that was done before.
    """
    aanvraag = beschikking.aanvraag
    if beschikking.vervangt_id or aanvraag is None or aanvraag.verzoek is None:
        return ""
    return aanvraag.verzoek.referentie


def _complete(besluit: Besluit, product: Product | None) -> None:
    if besluit.uitkomst not in Uitkomst.values:
        raise Onvolledig(_("Say whether it is granted or refused."))
    if not besluit.motivering.strip():
        raise Onvolledig(_("Write in one or two sentences why it is decided so."))
    if product is None:
        raise Onvolledig(_("Choose what kind of provision it is about."))
    if besluit.uitkomst == Uitkomst.AFGEWEZEN:
        return
    if besluit.vorm not in Vorm.values or besluit.ingang is None:
        raise Onvolledig(_("Choose a form and the first day."))
    if besluit.eind is not None and besluit.eind < besluit.ingang:
        raise Onvolledig(_("The last day lies before the first."))
    if besluit.vorm != Vorm.ZIN and not (
        besluit.budget and besluit.eind and besluit.categorie
    ):
        raise Onvolledig(_("A budget needs an amount, a category and a last day."))
