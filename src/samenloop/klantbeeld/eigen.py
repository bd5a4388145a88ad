"""Our own records about a family, in few statements and only what may be shown.

Provisions, benefits, cost, cases and the last measurements, running and ended. What
this opening does not allow of anyone is not read from the database at all. The number
of statements does not grow with the family.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.core import klok
from samenloop.core.periode import Periode
from samenloop.core.vraag import written_once
from samenloop.klantbeeld.schrijven import Regel, Schrijver
from samenloop.plannen.metingen.models import Meting
from samenloop.regie.models import Casusperiode
from samenloop.voorzieningen.declaraties.models import Prestatie
from samenloop.voorzieningen.models import (
    Leveringsvorm,
    Traject,
    Uitkering,
    Voorziening,
    Wet,
)

# The law of a provision, and how the catalogue of fields calls it.
WETTEN: Mapping[str, str] = {
    Wet.WMO: "wmo",
    Wet.JEUGDWET: "jeugdwet",
    Wet.PARTICIPATIEWET: "participatiewet",
}
Regels = dict[str, list[Regel]]
Rijen = QuerySet[Any, tuple[Any, ...]]


def read(schrijver: Schrijver, personen: Sequence[UUID]) -> Regels:
    """Return the lines per domain of life (`dossier` for the own dossier)."""
    wie = tuple(personen)
    regels: Regels = defaultdict(list)
    for deel in (_provisions, _benefits, _cost, _cases, _measurements):
        for gebied, regel in deel(schrijver, wie):
            regels[gebied].append(regel)
    return regels


@written_once
def _provisions_of(personen: Sequence[UUID], wetten: Sequence[str]) -> Rijen:
    return (
        Voorziening.objects.current()
        .filter(betrokkene__in=personen, product__wet__in=wetten)
        .order_by("-geldig", "pk")
        .values_list(
            *("betrokkene_id", "geldig", "product__wet", "product__naam"),
            *("aanbieder__naam", "vorm", "verwijzer", "reden_einde", "resultaat"),
            "vastgelegd_op",
        )
    )


@written_once
def _cases_of(personen: Sequence[UUID]) -> Rijen:
    return (
        Casusperiode.objects.current()
        .filter(casus__betrokkene__in=personen)
        .order_by("-geldig", "pk")
        .values_list(
            *("casus__betrokkene_id", "casus__nummer", "geldig", "type"),
            *("reden_einde", "vastgelegd_op", "casus_id", "casus__dossier_id"),
        )
    )


def _provisions(
    schrijver: Schrijver, personen: tuple[UUID, ...]
) -> list[tuple[str, Regel]]:
    wetten = [
        wet
        for wet, naam in WETTEN.items()
        if schrijver.may_any(f"{naam}.betrokken", personen)
    ]
    if not wetten or not personen:
        return []
    uit = []
    rijen = _provisions_of(personen, wetten)
    for wie, geldig, wet, product, aanbieder, vorm, door, einde, af, op in rijen:
        naam = WETTEN[wet]
        begin, tot = _ends(geldig)
        regel = schrijver.line(
            wie,
            {
                f"{naam}.betrokken": _runs(tot),
                f"{naam}.product": product,
                f"{naam}.aanbieder": aanbieder,
                f"{naam}.vorm": Leveringsvorm(vorm).label if vorm else "",
                f"{naam}.sinds": begin,
                f"{naam}.tot": tot,
                f"{naam}.verwijzer": door,
                f"{naam}.reden_einde": einde,
                f"{naam}.resultaat": af,
            },
            _("own records"),
            op,
        )
        if regel is not None:
            uit.append((regel.velden[0].leefgebied, regel))
    return uit


def _benefits(
    schrijver: Schrijver, personen: tuple[UUID, ...]
) -> list[tuple[str, Regel]]:
    if not schrijver.may_any("uitkering.betrokken", personen):
        return []
    rijen = (
        Uitkering.objects.current()
        .filter(betrokkene__in=personen)
        .order_by("-geldig", "pk")
        .values_list("betrokkene_id", "geldig", "spoor", "reden_einde", "vastgelegd_op")
    )
    uit = []
    for wie, geldig, spoor, einde, op in rijen:
        begin, tot = _ends(geldig)
        regel = schrijver.line(
            wie,
            {
                "uitkering.betrokken": _runs(tot),
                "uitkering.sinds": begin,
                "uitkering.tot": tot,
                "uitkering.spoor": spoor,
                "uitkering.reden_einde": einde,
            },
            _("own records"),
            op,
        )
        if regel is not None:
            uit.append(("inkomen", regel))
    return uit


def _cost(schrijver: Schrijver, personen: tuple[UUID, ...]) -> list[tuple[str, Regel]]:
    regels = [*_granted(schrijver, personen), *_tracks(schrijver, personen)]
    return [("kosten", regel) for regel in regels]


def _granted(schrijver: Schrijver, personen: tuple[UUID, ...]) -> Iterator[Regel]:
    """Yield what was granted on invoices, per person and law; a credit takes back."""
    wetten = [
        wet
        for wet in (Wet.WMO, Wet.JEUGDWET)
        if schrijver.may_any(f"kosten.{WETTEN[wet]}", personen)
    ]
    if not wetten or not personen:
        return
    sommen = (
        Prestatie.objects.filter(
            persoon__in=personen,
            wet__in=wetten,
            oordeel=Prestatie.Oordeel.TOEGEKEND,
        )
        .order_by("persoon", "wet")
        .values_list("persoon_id", "wet")
        .annotate(
            debet=Sum("bedrag", filter=Q(is_credit=False), default=0),
            credit=Sum("bedrag", filter=Q(is_credit=True), default=0),
        )
    )
    for wie, wet, debet, credit in sommen:
        regel = schrijver.line(
            wie, {f"kosten.{WETTEN[wet]}": int(debet - credit)}, _("own records")
        )
        if regel is not None:
            yield regel


def _tracks(schrijver: Schrijver, personen: tuple[UUID, ...]) -> Iterator[Regel]:
    if not schrijver.may_any("kosten.traject", personen):
        return
    sommen = (
        Traject.objects.filter(betrokkene__in=personen)
        .order_by("betrokkene")
        .values_list("betrokkene_id")
        .annotate(bedrag=Sum(F("trajectkosten") + F("loonkostensubsidie")))
    )
    for wie, bedrag in sommen:
        regel = schrijver.line(
            wie, {"kosten.traject": int(bedrag or 0)}, _("own records")
        )
        if regel is not None:
            yield regel


def _cases(schrijver: Schrijver, personen: tuple[UUID, ...]) -> list[tuple[str, Regel]]:
    if not schrijver.may_any("casus.nummer", personen):
        return []
    uit = []
    for wie, nummer, geldig, soort, einde, op, casus, dossier in _cases_of(personen):
        begin, tot = _ends(geldig)
        regel = schrijver.line(
            wie,
            {
                "casus.nummer": nummer,
                "casus.type": soort,
                "casus.sinds": begin,
                "casus.tot": tot,
                "casus.reden_einde": einde,
            },
            _("own records"),
            op,
        )
        if regel is None:
            continue
        # A case of before this system has no page; without its number there is no way.
        if dossier and "casus.nummer" in {deel.veld.code for deel in regel.gegevens}:
            regel = replace(regel, adres=reverse("casus", args=[casus]))
        uit.append(("casussen", regel))
    return uit


def _measurements(
    schrijver: Schrijver, personen: tuple[UUID, ...]
) -> list[tuple[str, Regel]]:
    """Return the last measurement of each person, as it stands after corrections."""
    if not schrijver.may_any("zelfredzaamheid.op", personen):
        return []
    laatste = (
        Meting.objects.filter(persoon__in=personen, correctie__isnull=True)
        .order_by("persoon_id", "-op", "-vastgelegd_op")
        .distinct("persoon_id")
        .select_related("instrument")
        .prefetch_related("scores__domein")
    )
    regels = (
        schrijver.line(
            meting.persoon_id,
            {
                "zelfredzaamheid.instrument": meting.instrument.naam,
                "zelfredzaamheid.op": meting.op,
                "zelfredzaamheid.scores": "; ".join(
                    f"{score.domein.naam} {score.niveau}"
                    for score in sorted(
                        meting.scores.all(), key=lambda each: each.domein.orde
                    )
                ),
            },
            _("own records"),
            meting.vastgelegd_op,
        )
        for meting in laatste
    )
    return [("metingen", regel) for regel in regels if regel is not None]


def _ends(geldig: DateRange) -> tuple[date | None, date | None]:
    """Return first and last day of a range as the database gives it."""
    periode = Periode.of_range(geldig)
    return periode.begin, periode.einde


def _runs(tot: date | None) -> str:
    return _("running") if tot is None or tot >= klok.today() else _("ended")
