"""The decision table for people to read: as a page, and as markdown for the manual."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenloop.access.actor import ActorSoort, Verzoek
from samenloop.access.besluiten import TABEL, Wie
from samenloop.access.poort import voor_iedereen
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling, Rol


@dataclass(frozen=True, slots=True)
class Rij:
    """One row in words; no depth when it is not about clients."""

    handeling: str | Promise
    betrokkenheid: str | Promise
    diepte: Diepte | None
    waarom: str | Promise


@dataclass(frozen=True, slots=True)
class Groep:
    """All that one role may do."""

    wie: str
    rijen: tuple[Rij, ...]


def groups() -> Iterator[Groep]:
    """Yield the table by role, in the order of the lists of words."""
    volgorde = list(Handeling)
    for wie in (*Rol, ActorSoort.GENODIGDE, ActorSoort.BURGER, ActorSoort.SYSTEEM):
        regels = sorted(
            (regel for regel in TABEL if regel.wie == wie),
            key=lambda regel: (
                volgorde.index(regel.handeling),
                list(Betrokkenheid).index(regel.betrokkenheid),
            ),
        )
        yield Groep(
            _name(wie),
            tuple(
                Rij(
                    regel.handeling.label,
                    regel.betrokkenheid.label,
                    regel.diepte if regel.over_personen else None,
                    regel.waarom,
                )
                for regel in regels
            ),
        )


def _name(wie: Wie) -> str:
    if isinstance(wie, Rol):
        naam = str(wie.label)
    elif wie is ActorSoort.GENODIGDE:
        naam = _("somebody invited to a case conference")
    elif wie is ActorSoort.BURGER:
        naam = _("the family and its network")
    else:
        naam = _("the system itself")
    return str(naam)[:1].upper() + str(naam)[1:]


def markdown() -> str:
    """Return the table as a page of the manual, in the language that is active."""
    kop = "| {} | {} | {} | {} |\n| --- | --- | --- | --- |\n".format(
        _("May do"), _("When"), _("Depth"), _("Why")
    )
    delen = [
        f"# {_('Who may do what')}\n",
        _(
            "What does not stand here is not allowed. Depth is about clients: “dat” is "
            "only that something is the matter, “wat” is its content."
        )
        + "\n",
    ]
    for groep in groups():
        rijen = "".join(
            f"| {rij.handeling} | {rij.betrokkenheid} | "
            f"{rij.diepte.value if rij.diepte else '–'} | {rij.waarom} |\n"
            for rij in groep.rijen
        )
        delen.append(f"## {groep.wie}\n\n{kop}{rijen}")
    return "\n".join(delen)


@voor_iedereen("everyone may know who may do what")
@require_safe
def page(request: Verzoek) -> HttpResponse:
    """Show the table."""
    return render(request, "access/wie_mag_wat.html", {"groepen": list(groups())})
