"""The course of measurements as pages draw it: rows with their small drawing."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen import namen
from samenloop.plannen.metingen import instrumenten, tekening, verloop
from samenloop.plannen.metingen.models import Meetinstrument, Meting
from samenloop.plannen.metingen.verloop import Rij, Verloop
from samenloop.plannen.models import Dossier


@dataclass(frozen=True, slots=True)
class Tabelrij:
    """A row of the table with its drawing."""

    rij: Rij
    tekening: SafeString


@dataclass(frozen=True, slots=True)
class Keer:
    """One measurement in the list: when, by and with whom."""

    meting: Meting
    door: str


@dataclass(frozen=True, slots=True)
class Beeld:
    """A course, drawn."""

    verloop: Verloop
    kop: SafeString
    rijen: list[Tabelrij]
    kolommen: list[str]
    keren: list[Keer]

    @property
    def sleutel(self) -> str:
        """What makes ids of this course unique on the page."""
        return f"verloop-{self.verloop.instrument.pk}"


def address(dossier: Dossier) -> str:
    """Return where the measurements of a dossier are."""
    return reverse("metingen", args=[dossier.pk])


def instruments_of(dossier: Dossier, persoon: UUID) -> list[Meetinstrument]:
    """Return with what somebody was measured here, the last used first."""
    laatst = dict(
        Meting.objects.filter(dossier=dossier, persoon=persoon, correctie__isnull=True)
        .order_by("op", "vastgelegd_op")
        .values_list("instrument", "op")
    )
    rijen = Meetinstrument.objects.filter(pk__in=laatst)
    return sorted(rijen, key=lambda each: laatst[each.pk], reverse=True)


def course(
    dossier: Dossier, persoon: Persoon, instrument: Meetinstrument
) -> Beeld | None:
    """Return the drawn course; None when there is none."""
    gevonden = verloop.course(dossier, persoon, instrumenten.with_words(instrument))
    if gevonden is None:
        return None
    door = namen.accounts(meting.door for meting in gevonden.alle)
    return Beeld(
        gevonden,
        tekening.scale(gevonden.hoogste),
        [Tabelrij(rij, tekening.row(rij, gevonden.hoogste)) for rij in gevonden.rijen],
        [_day(meting) for meting in gevonden.metingen],
        [
            Keer(meting, door.get(meting.door or 0, ""))
            for meting in reversed(gevonden.alle)
        ],
    )


def _day(meting: Meting) -> str:
    dit_jaar = meting.op.year == klok.today().year
    return date_format(meting.op, "j b" if dit_jaar else "j b Y")
