"""Whose figures an account may see.

The figures of a region are made by its municipalities together, so whoever works for
one of them reads the monitor of the region, also while acting for a neighbour; nobody
reads that of another region. A functional administrator reads all: these tables hold
nothing that leads to a person. What may not be seen is answered as if it were not
there.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.personen.models import Regio
from samenloop.verantwoording import lezen
from samenloop.verantwoording.models import Levering, Uitgave


@dataclass(frozen=True, slots=True)
class Gebiedsnaam:
    """A region as it stands in an address and as people call it."""

    code: str
    naam: str


def regions_visible_to(gebruiker: Gebruiker) -> list[Gebiedsnaam]:
    """Return the regions that have a release and that this account may see."""
    uitgegeven = lezen.regions()
    regios = Regio.objects.filter(code__in=uitgegeven)
    if not gebruiker.has_role(Rol.BEHEER):
        regios = regios.filter(deelnames__gemeente__in=gebruiker.gemeenten).distinct()
    namen = dict(regios.values_list("code", "naam"))
    if gebruiker.has_role(Rol.BEHEER):
        # A release may also be made of a delivery about a region we do not know.
        return [Gebiedsnaam(code, namen.get(code, code)) for code in uitgegeven]
    return [Gebiedsnaam(code, namen[code]) for code in uitgegeven if code in namen]


def deliveries_visible_to(gebruiker: Gebruiker) -> QuerySet[Levering]:
    """Return the deliveries about regions this account may see, newest first.

    A delivery that could not be used may have no release yet, so the regions of the
    records count here, not those of the releases.
    """
    leveringen = lezen.deliveries()
    if gebruiker.has_role(Rol.BEHEER):
        return leveringen
    regios = Regio.objects.filter(deelnames__gemeente__in=gebruiker.gemeenten)
    return leveringen.filter(regio__in=regios.values("code"))


def find_release(
    gebruiker: Gebruiker,
    regio: str | None = None,
    kwartaal: str | None = None,
    revisie: str | None = None,
) -> tuple[Gebiedsnaam, Uitgave]:
    """Return the release asked for; without words the newest of the first region.

    Raises:
        Http404: there is none, or this account may not see it.
    """
    zichtbaar = regions_visible_to(gebruiker)
    gebied = next((g for g in zichtbaar if regio in (None, "", g.code)), None)
    if gebied is None:
        raise Http404(_("There are no figures of this region for your account."))
    try:
        tijdvak = Kwartaal.lees(kwartaal) if kwartaal else None
        if revisie and tijdvak:
            return gebied, lezen.revision(gebied.code, tijdvak, int(revisie))
        return gebied, lezen.latest(gebied.code, tijdvak)
    except (lezen.GeenUitgave, ValueError):
        raise Http404(
            _("There is no monitor of this region over this quarter.")
        ) from None
