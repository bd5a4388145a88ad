"""Replacing a decision: a next one takes its place, and what ran under it follows.

A decision is never changed. After an objection, a mistake or a changed situation a new
one says why and from which day on it holds. Of each allocation under the old one the
consultant says what becomes of it; a budget ends with the decision that granted it. All
of it and the messages that follow happen in one transaction, or nothing does.
Source: Awb 6:19, 7:11 and 8:1; Wmo 2015, 2.3.10; Jeugdwet, 2.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as with_values
from datetime import date, timedelta
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.voorzieningen.inkoop.aanbod import contracted
from samenloop.voorzieningen.inkoop.codes import Frequentie, Variant
from samenloop.voorzieningen.models import Wet
from samenloop.voorzieningen.toewijzen import beschikken, toewijzen, verstrekken
from samenloop.voorzieningen.toewijzen.beschikken import Besluit
from samenloop.voorzieningen.toewijzen.bezwaren import is_upheld
from samenloop.voorzieningen.toewijzen.fouten import BuitenContract, NietNu, Onvolledig
from samenloop.voorzieningen.toewijzen.models import (
    VERWIJDERD,
    Beschikking,
    Pgb,
    RedenWijziging,
    Toewijzing,
    Uitkomst,
    Vervangreden,
    Vorm,
)

NA_BEZWAAR = "Awb 7:11, tweede lid"
HERZIEN = {
    Wet.WMO.value: "Wmo 2015, 2.3.10",
    Wet.JEUGDWET.value: beschikken.GRONDSLAG[Wet.JEUGDWET.value],
}


class Lot(models.TextChoices):
    """What becomes of an allocation when its decision is replaced."""

    OVER = "over", gettext_lazy("goes on under the new decision")
    NIEUW = (
        "nieuw",
        gettext_lazy("ends; this provider gets a new allocation as now decided"),
    )
    EINDE = "einde", gettext_lazy("ends the day before")


@dataclass(frozen=True, slots=True)
class Vervanging:
    """Why a decision is replaced, from which day on, and what becomes of what ran.

    What is not named in `loten` ends.
    """

    reden: str
    per: date
    besluit: Besluit
    loten: Mapping[UUID, str]


def allocations(beschikking: Beschikking) -> "list[Toewijzing]":
    """Return the allocations that rest on a decision and were not removed."""
    return list(
        beschikking.toewijzingen.exclude(reden_wijziging=VERWIJDERD)
        .select_related("aanbieder", "product")
        .order_by("nummer")
    )


def budgets(beschikking: Beschikking) -> list[Pgb]:
    """Return the budgets of a decision that were not ended early."""
    return list(beschikking.pgbs.filter(beeindigd_op__isnull=True).order_by("pk"))


@transaction.atomic
def replace(
    beschikking: Beschikking, vervanging: Vervanging, *, door: Actor
) -> Beschikking:
    """Let a new decision take the place of one; returns the new one.

    Raises:
        GeenToegang: not theirs to decide.
        NietNu: it was replaced already.
        Onvolledig: something does not fit; the text says what.
        AlGedeclareerd: from its first day on nothing may be taken back (TR385).
        BuitenContract, BovenMaximum, Stapelt, MoetVerlengen, PgbLoopt, NietToegestaan:
            see `toewijzen`.
    """
    besluiten.require(door, Handeling.BESCHIKKEN)
    besluiten.require(door, Handeling.TOEWIJZEN)
    oud = (
        Beschikking.objects.select_for_update(of=("self",))
        .select_related("persoon", "product", "aanvraag__verzoek")
        .get(pk=beschikking.pk)
    )
    if Beschikking.objects.filter(vervangt=oud).exists():
        raise NietNu()
    besluit = _checked(oud, vervanging)
    per = vervanging.per
    # What ended before the new one begins was done under the old one, and stays so.
    lopend = [each for each in allocations(oud) if not each.eind or each.eind >= per]
    loten = {each.pk: vervanging.loten.get(each.pk, Lot.EINDE) for each in lopend}
    _fits(oud, besluit, [(each, loten[each.pk]) for each in lopend])
    for each in lopend:
        if loten[each.pk] != Lot.OVER:
            _let_end(each, vervanging, door)
    for budget in budgets(oud):
        if budget.eind >= per:
            _let_budget_end(budget, vervanging, door)
    nieuw = beschikken.take(
        besluit,
        gemeente=oud.gemeente_id,
        persoon=oud.persoon_id,
        wet=oud.wet,
        product=besluit.product or oud.product,
        aanvraag=oud.aanvraag,
        vervangt=oud,
        reden_vervanging=vervanging.reden,
        vervangt_per=per,
        door=door,
    )
    for each in lopend:
        if loten[each.pk] == Lot.OVER:
            _go_over(each, nieuw, vervanging.reden, door)
        elif loten[each.pk] == Lot.NIEUW:
            _anew(each, nieuw, door)
    if oud.wet == Wet.WMO:
        verstrekken.stop_contribution(oud.persoon, oud.gemeente_id, door=door)
    return nieuw


def _checked(oud: Beschikking, vervanging: Vervanging) -> Besluit:
    """Return the decision to take, with its first day and its ground."""
    if vervanging.reden not in Vervangreden.values:
        raise Onvolledig(_("Choose why the decision is replaced."))
    bezwaar = vervanging.reden == Vervangreden.BEZWAAR
    if bezwaar and not is_upheld(oud):
        raise Onvolledig(
            _(
                "No objection to this decision was upheld. Decide on the objection "
                "first, or choose another reason."
            )
        )
    if oud.eind is not None and vervanging.per > oud.eind:
        raise Onvolledig(
            _(
                "The decision has ended by then, so there is nothing to replace. "
                "Decide on a new application instead."
            )
        )
    afgewezen = vervanging.besluit.uitkomst == Uitkomst.AFGEWEZEN
    return with_values(
        vervanging.besluit,
        ingang=None if afgewezen else vervanging.per,
        grondslag=vervanging.besluit.grondslag
        or (NA_BEZWAAR if bezwaar else HERZIEN[oud.wet]),
    )


def _fits(
    oud: Beschikking, besluit: Besluit, loten: list[tuple[Toewijzing, str]]
) -> None:
    """Refuse what cannot be: care that goes on without a ground, or another volume."""
    in_natura = besluit.uitkomst != Uitkomst.AFGEWEZEN and besluit.vorm == Vorm.ZIN
    zelfde = besluit.product is None or besluit.product.pk == oud.product_id
    for toewijzing, lot in loten:
        if lot == Lot.EINDE:
            continue
        if not in_natura:
            raise Onvolledig(
                _("The new decision grants no care in kind, so every allocation ends.")
            )
        if not zelfde or toewijzing.product_id != oud.product_id:
            raise Onvolledig(
                _(
                    "The new decision is about another kind of provision. Let the "
                    "allocation end and choose a provider on the new decision."
                )
            )
        if lot == Lot.OVER and not _can_stay(toewijzing, besluit):
            raise Onvolledig(
                _(
                    "The number of an allocation cannot stay with another volume. "
                    "Choose that this provider gets a new one."
                )
            )


def _can_stay(toewijzing: Toewijzing, besluit: Besluit) -> bool:
    """Whether the standard lets the number stay (OP033x1, OP257)."""
    if toewijzing.variant != Variant.SPECIFIEK or besluit.volume is None:
        return True
    if (toewijzing.eenheid, toewijzing.frequentie) != (
        besluit.eenheid or toewijzing.eenheid,
        besluit.frequentie or toewijzing.frequentie,
    ):
        return False
    return (
        toewijzing.frequentie == Frequentie.TOTAAL
        or toewijzing.volume == besluit.volume
    )


def _let_end(toewijzing: Toewijzing, vervanging: Vervanging, door: Actor) -> None:
    """End it the day before; from its own first day on it counts as if it never was."""
    if vervanging.per <= toewijzing.ingang:
        toewijzen.remove(toewijzing, door=door)
        return
    herzien = vervanging.reden == Vervangreden.SITUATIE
    toewijzen.end(
        toewijzing,
        vervanging.per - timedelta(days=1),
        reden=RedenWijziging.VERKORTING if herzien else RedenWijziging.CORRECTIE,
        door=door,
    )


def _let_budget_end(pgb: Pgb, vervanging: Vervanging, door: Actor) -> None:
    reden = str(Vervangreden(vervanging.reden).label)
    if vervanging.per <= pgb.ingang:
        verstrekken.withdraw_budget(pgb, reden=reden, door=door)
    else:
        op = vervanging.per - timedelta(days=1)
        verstrekken.close_budget(pgb, op, reden=reden, door=door)


def _go_over(
    toewijzing: Toewijzing, nieuw: Beschikking, reden: str, door: Actor
) -> None:
    """Let it rest on the new decision, with its last day, total and amount."""
    specifiek = toewijzing.variant == Variant.SPECIFIEK
    volume = nieuw.volume if specifiek else None
    budget = None if specifiek else nieuw.budget
    if (
        toewijzing.eind == nieuw.eind
        and volume in (None, toewijzing.volume)
        and budget in (None, toewijzing.budget)
    ):
        toewijzen.go_over(toewijzing, nieuw, door=door)
        return
    langer = nieuw.eind is None or (toewijzing.eind and nieuw.eind > toewijzing.eind)
    wijziging = RedenWijziging.VERLENGING if langer else RedenWijziging.VERKORTING
    toewijzen.change(
        toewijzing,
        reden=wijziging if reden == Vervangreden.SITUATIE else RedenWijziging.CORRECTIE,
        eind=nieuw.eind,
        zonder_eind=nieuw.eind is None,
        volume=volume,
        budget=budget,
        beschikking=nieuw,
        door=door,
    )


def _anew(was: Toewijzing, nieuw: Beschikking, door: Actor) -> None:
    """Give this provider a new allocation, as far as it is under contract for it."""
    assert nieuw.ingang is not None
    keuze = contracted(
        was.gemeente_id,
        wet=was.wet,
        aanbieder=was.aanbieder_id,
        categorie=was.categorie,
        code=was.code,
        op=nieuw.ingang,
    )
    if keuze is None:
        raise BuitenContract()
    beschikken.under(nieuw, keuze, door=door)
