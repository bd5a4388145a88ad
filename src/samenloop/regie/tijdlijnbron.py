"""What the course of a case adds to the time line of its dossier."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen.dossier.tijdlijn import MEESTE, Gebeurd, Soort
from samenloop.plannen.models import Deel, Dossier
from samenloop.regie import afsluiten, regisseurs, stappen
from samenloop.regie.casussen import meldingen_of
from samenloop.regie.models import Casus, Stapstand


def happened(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Yield steps, directors, meldingen, and beginning and ending of the case."""
    # Mostly the dossier was fetched along with its case, and brings it.
    casus: Casus | None = getattr(dossier, "casus", None)
    if casus is None:
        return
    adres = reverse("casus", args=[casus.pk])
    yield from _steps(casus, adres)
    yield from _directors(casus, adres)
    yield from _periods(casus, adres)
    for each in meldingen_of(casus):
        yield Gebeurd(
            each.op,
            Soort.SIGNAAL,
            _("Melding %(nummer)s led to this case") % {"nummer": each.melding.nummer},
            Deel.SIGNALEN,
            adres=reverse("melding", args=[each.melding_id]),
        )


def _steps(casus: Casus, adres: str) -> Iterator[Gebeurd]:
    for stand in reversed(stappen.of_case(casus)[-MEESTE:]):
        tekst = f"{stand.get_stap_display()}: {stand.get_staat_display()}"
        if stand.reden:
            tekst = f"{tekst}. {stand.reden}"
        yield Gebeurd(
            stand.op,
            Soort.CASUS,
            tekst,
            Deel.PLAN,
            "besluit" if stand.staat == Stapstand.Staat.KLAAR else "feit",
            adres,
        )


def _directors(casus: Casus, adres: str) -> Iterator[Gebeurd]:
    regies = [each for each in regisseurs.of_case(casus) if not each.geldig.isempty]
    namen = regisseurs.names(regies)
    for regie in regies:
        tekst = _("%(wie)s directs from now: %(model)s") % {
            "wie": namen[regie.pk],
            "model": regie.get_model_display(),
        }
        if regie.reden:
            tekst = f"{tekst}. {regie.reden}"
        yield Gebeurd(
            regie.geldig.lower, Soort.CASUS, tekst, Deel.TOEGANG, "besluit", adres
        )


def _periods(casus: Casus, adres: str) -> Iterator[Gebeurd]:
    for periode in afsluiten.periods(casus):
        einde = periode.einddatum
        if periode.reden_einde and einde is not None:
            yield Gebeurd(
                _moment(einde),
                Soort.CASUS,
                _("The case was closed: %(reden)s") % {"reden": periode.reden_einde},
                Deel.PLAN,
                "besluit",
                adres,
            )
        elif periode.reden_begin:
            yield Gebeurd(
                _moment(periode.startdatum),
                Soort.CASUS,
                _("The case went on: %(reden)s") % {"reden": periode.reden_begin},
                Deel.PLAN,
                "besluit",
                adres,
            )


def _moment(dag: date) -> datetime:
    """Return an hour on a day of which the hour was not kept."""
    return datetime.combine(dag, time(12), tzinfo=klok.AMSTERDAM)
