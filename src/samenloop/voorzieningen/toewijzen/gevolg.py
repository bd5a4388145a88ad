"""The provision that figures rest on, as it follows from allocation and delivery.

Nobody enters a Voorziening: it is made with the allocation or the budget, begins on the
day on which care really began, and ends when care ended for good or the grant is over.
Each change is a correction with time twice, in the transaction of what changed.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from samenloop.core import klok
from samenloop.core.periode import Periode
from samenloop.core.tijd import correct, correct_all, withdraw
from samenloop.personen.models import Adres
from samenloop.voorzieningen.models import Leveringsvorm, Voorziening
from samenloop.voorzieningen.toewijzen import redenen
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Pgb,
    Toewijzing,
    Verwijzer,
    Zorglevering,
)

_VORMEN = {
    Pgb.Soort.PGB.value: Leveringsvorm.PGB,
    Pgb.Soort.FINANCIEEL.value: Leveringsvorm.TOESLAG,
}
# As the deliveries for accountability name who referred.
VERWIJZERS = {
    Verwijzer.GEMEENTE.value: "gemeentelijke toegang",
    Verwijzer.HUISARTS.value: "huisarts",
    Verwijzer.JEUGDARTS.value: "jeugdarts",
    Verwijzer.GI.value: "gecertificeerde instelling",
    Verwijzer.SPECIALIST.value: "medisch specialist",
    Verwijzer.GEEN.value: "",
    Verwijzer.RECHTER.value: "rechter",
}


def addresses(personen: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Adres]]:
    """Return where people live and lived, in one statement."""
    uit: dict[uuid.UUID, list[Adres]] = {}
    for adres in Adres.objects.current().filter(persoon__in=set(personen)):
        uit.setdefault(adres.persoon_id, []).append(adres)
    return uit


def of_allocation(
    toewijzing: Toewijzing,
    adressen: Sequence[Adres],
    *,
    aanvraag: Aanvraag | None = None,
    verwijzer: str = "",
) -> Voorziening:
    """Return the provision (unsaved) that goes with a new allocation."""
    uit = _new(
        toewijzing,
        adressen,
        aanvraag,
        toewijzing.eind,
        vorm=Leveringsvorm.ZIN,
        aanbieder=toewijzing.aanbieder,
    )
    if not uit.verwijzer:
        uit.verwijzer = VERWIJZERS.get(verwijzer, "")
    toewijzing.voorziening = uit.kenmerk
    return uit


def of_budget(pgb: Pgb, *, aanvraag: Aanvraag | None = None) -> Voorziening:
    """Return the provision (unsaved) that goes with a new budget."""
    adressen = addresses([pgb.persoon_id]).get(pgb.persoon_id, [])
    uit = _new(pgb, adressen, aanvraag, pgb.eind, vorm=_VORMEN[pgb.soort])
    pgb.voorziening = uit.kenmerk
    return uit


def follow(toewijzing: Toewijzing) -> None:
    """Let the provision say what allocation and delivery say now."""
    follow_all([toewijzing])


def follow_all(toewijzingen: Iterable[Toewijzing]) -> None:
    """As `follow` for several, in a few statements whatever their number."""
    bij = {each.voorziening: each for each in toewijzingen if each.voorziening}
    if not bij:
        return
    feiten = list(Voorziening.objects.current().filter(kenmerk__in=bij))
    geleverd: dict[uuid.UUID, list[Zorglevering]] = {}
    for levering in Zorglevering.objects.filter(
        toewijzing__in=[each.pk for each in bij.values()], vervallen_op=None
    ):
        if levering.toewijzing_id is not None:
            geleverd.setdefault(levering.toewijzing_id, []).append(levering)
    correcties = []
    for feit in feiten:
        toewijzing = bij[feit.kenmerk]
        if toewijzing.is_verwijderd:
            withdraw(feit, max(klok.today(), feit.bekend.lower or klok.today()))
            continue
        periode, reden = _delivered(toewijzing, geleverd.get(toewijzing.pk, ()))
        if feit.periode != periode or feit.reden_einde != reden:
            correcties.append((feit, _better(feit, periode, reden)))
    correct_all(correcties, klok.today())


def _better(feit: Voorziening, periode: Periode, reden: str) -> dict[str, object]:
    """What changes in a provision that runs differently."""
    gevraagd = feit.aanvraagdatum
    return {
        "geldig": periode.as_range(),
        "reden_einde": reden,
        "aanvraagdatum": gevraagd if gevraagd and gevraagd <= periode.begin else None,
    }


def end_budget(pgb: Pgb) -> None:
    """Let the provision of a budget end with it."""
    feit = _current(pgb.voorziening)
    if feit is not None and pgb.beeindigd_op is not None:
        correct(
            feit,
            max(klok.today(), feit.bekend.lower or klok.today()),
            geldig=Periode(pgb.ingang, pgb.beeindigd_op).as_range(),
            reden_einde=pgb.reden_einde[:100],
        )


def _current(kenmerk: uuid.UUID | None) -> Voorziening | None:
    if kenmerk is None:
        return None
    return Voorziening.objects.current().filter(kenmerk=kenmerk).first()


def _delivered(
    toewijzing: Toewijzing, leveringen: Sequence[Zorglevering]
) -> tuple[Periode, str]:
    """From the first day of care, or of the grant, to the end of either."""
    begin = min((each.begin for each in leveringen), default=toewijzing.ingang)
    eind = toewijzing.eind
    reden = ""
    if toewijzing.reden_wijziging and eind is not None:
        reden = redenen.WIJZIGING.get(toewijzing.reden_wijziging, "")
    gestopt = [each.eind for each in leveringen if each.eind is not None]
    # A stop for the time being is no end.
    voorgoed = leveringen and all(
        each.eind is not None and not each.is_tijdelijk_gestopt for each in leveringen
    )
    if voorgoed and (eind is None or max(gestopt) <= eind):
        laatste = max(leveringen, key=lambda each: each.eind or date.min)
        eind = max(gestopt)
        reden = redenen.of_end(laatste.wet, laatste.reden_einde)
    if eind is not None and eind < begin:
        begin = min(toewijzing.ingang, eind)
    return Periode(begin, eind), reden if eind is not None else ""


def _new(
    bron: Toewijzing | Pgb,
    adressen: Sequence[Adres],
    aanvraag: Aanvraag | None,
    eind: date | None,
    **velden: object,
) -> Voorziening:
    adres = next((each for each in adressen if bron.ingang in each.periode), None)
    if adres is None:
        adres = next((each for each in adressen if each.einddatum is None), None)
    gevraagd = aanvraag.gemeld_op if aanvraag else None
    # The basisset has no application after the beginning of what was applied for.
    if gevraagd and gevraagd > min(bron.ingang, klok.today()):
        gevraagd = None
    return Voorziening(
        kenmerk=uuid.uuid4(),
        betrokkene_id=bron.persoon_id,
        gezaghebbende_id=aanvraag.gezaghebbende_id if aanvraag else None,
        gemeente_id=bron.gemeente_id,
        huishouden_id=adres.huishouden_id if adres else None,
        postcode=adres.postcode if adres else "",
        product_id=bron.product_id,
        verwijzer=VERWIJZERS.get(aanvraag.verwijzer_type, "") if aanvraag else "",
        aanvraagdatum=gevraagd,
        geldig=Periode(bron.ingang, eind).as_range(),
        **velden,
    )
