"""Measurements of one person beside each other: what changed, in a table and words.

The first and the last count for the difference, whatever lies between; a measurement
that was corrected is not there. What was not asked at one of the two has no difference.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.core import lezing
from samenloop.personen.models import Persoon
from samenloop.plannen.metingen.models import Meetdomein, Meetinstrument, Meting
from samenloop.plannen.models import Dossier

# More columns than this no longer read as a course; the first one always stays.
KOLOMMEN = 4
_LAAG = 3


@dataclass(frozen=True, slots=True)
class Rij:
    """One domain over time; None where it was not asked."""

    domein: Meetdomein
    scores: list[int | None]
    eerst: int | None
    laatst: int | None
    toelichting: str = ""

    @property
    def verschil(self) -> int | None:
        """Steps forward (back when below zero) from the first to the last."""
        if self.eerst is None or self.laatst is None:
            return None
        return self.laatst - self.eerst

    @property
    def in_woorden(self) -> str:
        """The difference with its sign, as the table shows it."""
        if self.verschil is None:
            return "–"
        if self.verschil == 0:
            return "0"
        return f"+ {self.verschil}" if self.verschil > 0 else f"− {-self.verschil}"


@dataclass(frozen=True, slots=True)
class Verloop:
    """The course of one person on one instrument."""

    persoon: Persoon
    instrument: Meetinstrument
    metingen: list[Meting]
    rijen: list[Rij]
    treden: list[tuple[int, str]]
    alle: list[Meting] = field(default_factory=list)

    @property
    def eerste(self) -> Meting:
        """The first measurement."""
        return self.metingen[0]

    @property
    def laatste(self) -> Meting:
        """The last measurement."""
        return self.metingen[-1]

    @property
    def hoogste(self) -> int:
        """The highest level there is."""
        return max(niveau for niveau, _naam in self.treden)

    @property
    def zin(self) -> str:
        """What changed, in one or two sentences."""
        return sentence(self)


@lezing.once
def of_dossier(dossier: Dossier) -> list[Meting]:
    """Return all measurements of a dossier that were not corrected, old to new."""
    return list(
        Meting.objects.filter(dossier=dossier, correctie__isnull=True)
        .select_related("persoon", "instrument")
        .order_by("op", "vastgelegd_op", "pk")
    )


def standing(dossier: Dossier, persoon: UUID, instrument: UUID) -> list[Meting]:
    """Return the measurements that were not corrected, old to new."""
    return list(
        Meting.objects.filter(
            dossier=dossier,
            persoon=persoon,
            instrument=instrument,
            correctie__isnull=True,
        ).order_by("op", "vastgelegd_op", "pk")
    )


def course(
    dossier: Dossier, persoon: Persoon, instrument: Meetinstrument
) -> Verloop | None:
    """Return the course; None when nothing was measured yet."""
    alle = [
        meting
        for meting in of_dossier(dossier)
        if (meting.persoon_id, meting.instrument_id) == (persoon.pk, instrument.pk)
    ]
    if not alle:
        return None
    getoond = alle if len(alle) <= KOLOMMEN else [alle[0], *alle[1 - KOLOMMEN :]]
    prefetch_related_objects(getoond, "scores")
    per_meting = [
        {score.domein_id: score for score in meting.scores.all()} for meting in getoond
    ]
    rijen = []
    for domein in instrument.domeinen.all():
        scores = [
            meting[domein.pk].niveau if domein.pk in meting else None
            for meting in per_meting
        ]
        if not any(scores):
            continue
        laatste = per_meting[-1].get(domein.pk)
        rijen.append(
            Rij(
                domein,
                scores,
                scores[0] if len(getoond) > 1 else None,
                scores[-1],
                laatste.toelichting if laatste else "",
            )
        )
    treden = [
        (trede.niveau, trede.naam)
        for trede in instrument.niveaus.all()
        if trede.domein_id is None
    ]
    return Verloop(persoon, instrument, getoond, rijen, treden, alle)


def sentence(verloop: Verloop) -> str:
    """Return what changed from the first measurement to the last, in words."""
    naam = (
        verloop.persoon.voornamen.split()[0]
        if verloop.persoon.voornamen
        else (verloop.persoon.volledige_naam)
    )
    if len(verloop.metingen) == 1:
        return _(
            "This is the first measurement of %(wie)s; there is nothing beside it yet."
        ) % {"wie": naam}
    vergeleken = [rij for rij in verloop.rijen if rij.verschil is not None]
    vooruit = [rij for rij in vergeleken if (rij.verschil or 0) > 0]
    achteruit = [rij for rij in vergeleken if (rij.verschil or 0) < 0]
    woorden = {
        "wie": naam,
        "n": number(len(vooruit)),
        "m": number(len(achteruit)),
        "totaal": number(len(vergeleken)),
        "stap": _("one step")
        if all(abs(rij.verschil or 0) == 1 for rij in vooruit or achteruit)
        else _("one or more steps"),
        "waar": _names(achteruit),
    }
    if not vergeleken:
        return _("No area was asked both times, so nothing can be compared.")
    if vooruit and achteruit:
        zin = _(
            "On %(n)s of the %(totaal)s areas %(wie)s went %(stap)s forward, on %(m)s "
            "back: %(waar)s."
        )
    elif vooruit:
        zin = _(
            "On %(n)s of the %(totaal)s areas %(wie)s went %(stap)s forward, nowhere "
            "back."
        )
    elif achteruit:
        zin = _(
            "On %(m)s of the %(totaal)s areas %(wie)s went %(stap)s back: %(waar)s. "
            "Nowhere forward."
        )
    else:
        zin = _("On all %(totaal)s areas %(wie)s stayed where it was.")
    return " ".join(filter(None, [zin % woorden, _stayed_low(vergeleken)]))


def _stayed_low(rijen: list[Rij]) -> str:
    """Name what stayed at the lowest level of those that did not move."""
    gelijk = [
        rij for rij in rijen if rij.verschil == 0 and (rij.laatst or _LAAG + 1) <= _LAAG
    ]
    if not gelijk or len(gelijk) == len(rijen):
        return ""
    laagst = min(rij.laatst or 0 for rij in gelijk)
    waar = [rij for rij in gelijk if rij.laatst == laagst]
    zin = ngettext(
        "%(waar)s stayed at %(niveau)s.", "%(waar)s stayed at %(niveau)s.", len(waar)
    ) % {"waar": _names(waar), "niveau": laagst}
    return zin[0].upper() + zin[1:]


def _names(rijen: list[Rij]) -> str:
    namen = [_lower(rij.domein.naam) for rij in rijen]
    if len(namen) < 2:
        return "".join(namen)
    return _("%(eerste)s and %(laatste)s") % {
        "eerste": ", ".join(namen[:-1]),
        "laatste": namen[-1],
    }


def _lower(naam: str) -> str:
    return naam[0].lower() + naam[1:] if naam[1:2].islower() else naam


def number(aantal: int) -> str:
    """Return a small number as a word, as one writes it in a sentence."""
    woorden = _(
        "none one two three four five six seven eight nine ten eleven twelve thirteen"
    ).split()
    return woorden[aantal] if aantal < len(woorden) else str(aantal)
