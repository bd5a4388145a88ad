"""What happened to the plan, for the one time line of the dossier."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen.dossier.tijdlijn import Gebeurd, Soort
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan import evaluaties, versies


def versions(_actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Yield the versions that were made, and when everybody had signed."""
    for versie in versies.of_dossier(dossier.pk):
        adres = reverse("plan-versie", args=[dossier.pk, versie.nummer])
        if versie.getekend_op is not None:
            yield Gebeurd(
                versie.getekend_op,
                Soort.PLAN,
                _("Version %(nummer)s of the plan was signed by all.")
                % {"nummer": versie.nummer},
                Deel.PLAN,
                "besluit",
                adres,
            )
        yield Gebeurd(
            versie.gemaakt_op,
            Soort.PLAN,
            _("Version %(nummer)s of the plan was put before the family.")
            % {"nummer": versie.nummer},
            Deel.PLAN,
            adres=adres,
        )


def rounds(_actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Yield the evaluations that were held, and the one that is late."""
    for ronde in evaluaties.of_dossier(dossier.pk):
        if ronde.gehouden_op is not None:
            yield Gebeurd(
                _noon(ronde.gehouden_op),
                Soort.PLAN,
                _("The plan was evaluated with the family."),
                Deel.PLAN,
                adres=reverse("plan", args=[dossier.pk]),
            )
        elif ronde.plan.gesloten_op is None and evaluaties.is_late(ronde):
            yield Gebeurd(
                _noon(ronde.gepland_op),
                Soort.PLAN,
                _("The evaluation of the plan was not held on the day agreed."),
                Deel.PLAN,
                "gevaar",
                reverse("plan", args=[dossier.pk]),
            )


def _noon(dag: date) -> datetime:
    # Only the day is known.
    return datetime.combine(dag, time(12), klok.AMSTERDAM)
