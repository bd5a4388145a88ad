"""What was invoiced and granted before, as the rules on an invoice ask it."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Max, Q

from samenloop.berichten.regels.stand import StandPrestatie, StandPrestaties
from samenloop.berichten.verkeer import standrijen
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie


def lines(
    gemeente: str,
    wet: str,
    aanbieder: str,
    referenties: Collection[str],
    toewijzingen: Collection[int],
) -> StandPrestaties:
    """Return the granted lines of a provider on these allocations, in one statement.

    A debit that was taken back takes no volume. The volume that its credit names is not
    looked at: no rule holds the one against the other, as it does their amounts.
    """
    rijen = list(
        Prestatie.objects.filter(
            Q(toewijzingnummer__in=list(toewijzingen))
            | Q(referentie__in=list(referenties))
            | Q(vorige_referentie__in=list(referenties)),
            gemeente=gemeente,
            wet=wet,
            aanbieder__agb=aanbieder,
            oordeel=Prestatie.Oordeel.TOEGEKEND,
        ).select_related("persoon__burgerservicenummer")
    )
    vraag = set(referenties)
    weg = {rij.vorige_referentie for rij in rijen if rij.is_credit}
    volume: Counter[tuple[int, str]] = Counter()
    bedrag: Counter[int] = Counter()
    uit: dict[str, StandPrestatie] = {}
    for rij in rijen:
        bedrag[rij.toewijzingnummer] += -rij.bedrag if rij.is_credit else rij.bedrag
        if not rij.is_credit and rij.referentie not in weg:
            volume[rij.toewijzingnummer, rij.eenheid] += rij.volume
        if vraag & {rij.referentie, rij.vorige_referentie}:
            uit[rij.referentie] = standrijen.line(rij)
    return StandPrestaties(
        op_referentie=uit,
        gecrediteerd=weg,
        open_debet={
            (r.toewijzingnummer, r.categorie, r.code, r.begin, r.eind)
            for r in rijen
            if not r.is_credit and r.referentie not in weg
        },
        volume=volume,
        bedrag=bedrag,
    )


def number_used(gemeente: str, wet: str, aanbieder: str, nummer: str) -> bool:
    """Return whether a provider's invoice with this number was handled before."""
    return Declaratie.objects.filter(
        gemeente=gemeente, wet=wet, aanbieder__agb=aanbieder, nummer=nummer
    ).exists()


def latest_month(gemeente: str, wet: str, aanbieder: str) -> date | None:
    """Return the first day of the latest month that a provider invoiced."""
    laatste: date | None = Declaratie.objects.filter(
        gemeente=gemeente, wet=wet, aanbieder__agb=aanbieder
    ).aggregate(laatste=Max("begin"))["laatste"]
    return laatste
