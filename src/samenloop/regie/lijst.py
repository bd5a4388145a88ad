"""The list of cases: which of them, in what order, and what one may read of each.

One's own come first. Of a case one takes no part in the list says that it is there, how
far it is and who directs; never whom it is about.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte
from samenloop.core import klok
from samenloop.regie import casussen, regisseurs, stappen
from samenloop.regie.models import Casus, Casusperiode, Regie, Stapstand
from samenloop.regie.soort import SOORTEN

# Further nobody reads; who looks for a case among more narrows the choice.
MEESTE = 1000


@dataclass(frozen=True, slots=True)
class Keuze:
    """What the reader wants to see; every field comes from the address.

    `wie` is `mij`, `niemand` or the number of an account.
    """

    status: str = "loopt"
    wie: str = ""
    team: str = ""
    soort: str = ""
    stap: str = ""
    sorteer: str = ""


@dataclass(frozen=True, slots=True)
class Rij:
    """A case as it stands in the list."""

    casus: Casus
    titel: str
    is_eigen: bool
    soort: str
    stappen: list[str]
    regisseur: str
    nazorg: date | None

    @property
    def gesloten_op(self) -> date | None:
        """When it was closed."""
        return self.casus.dossier.gesloten_op if self.casus.dossier else None


def title(casus: Casus) -> str:
    """Return whom a case is about, for who may read that."""
    dossier = casus.dossier
    if dossier is not None and dossier.gezin is not None and dossier.gezin.naam:
        return _("gezin %(naam)s") % {"naam": dossier.gezin.naam}
    return casus.betrokkene.volledige_naam


def own(actor: Actor) -> set[UUID]:
    """Return the cases of which this actor may read the content, with one statement."""
    return set(casussen.visible_to(actor, Diepte.WAT).values_list("pk", flat=True))


class Lijst:
    """Cases in the order of the choice, read page by page.

    One's own come first without the others being sorted for it: these are read in the
    order in which an index has them, and no further than asked. No more than `MEESTE`
    are counted and listed.
    """

    def __init__(self, eigen: QuerySet[Casus] | None, anderen: QuerySet[Casus]) -> None:
        self._eigen = [] if eigen is None else list(eigen[: MEESTE + 1])
        self._anderen = anderen

    @cached_property
    def _anderen_geteld(self) -> int:
        nog = MEESTE + 1 - len(self._eigen)
        return self._anderen.order_by()[:nog].count() if nog > 0 else 0

    @property
    def is_meer(self) -> bool:
        """Whether there are more than are listed."""
        return len(self._eigen) + self._anderen_geteld > MEESTE

    def __len__(self) -> int:
        """Return how many are listed."""
        return min(MEESTE, len(self._eigen) + self._anderen_geteld)

    def __iter__(self) -> Iterator[Casus]:
        """Give all that are listed, in order."""
        return iter(self[: len(self)])

    @overload
    def __getitem__(self, deel: int) -> Casus: ...

    @overload
    def __getitem__(self, deel: slice) -> list[Casus]: ...

    def __getitem__(self, deel: int | slice) -> Casus | list[Casus]:
        """Return a page of them, or one."""
        if isinstance(deel, int):
            return self[deel : deel + 1][0]
        deel = slice(*deel.indices(len(self)))
        eigen = len(self._eigen)
        begin, eind = max(0, deel.start - eigen), max(0, deel.stop - eigen)
        return [*self._eigen[deel], *(self._anderen[begin:eind] if eind else [])]


def filtered(actor: Actor, keuze: Keuze, eigen: set[UUID]) -> Lijst:
    """Return the cases of the choice, in its order; those of before have no page."""
    nu = klok.now()
    rijen = casussen.visible_to(actor).filter(dossier__isnull=False)
    rijen = rijen.filter(_status(keuze.status))
    if keuze.team:
        rijen = rijen.filter(team=UUID(keuze.team))
    loopt = regisseurs.directing(nu).filter(casus=OuterRef("pk"))
    if keuze.wie == "mij":
        rijen = rijen.filter(Exists(loopt.filter(account=actor.account_id)))
    elif keuze.wie == "niemand":
        rijen = rijen.filter(wacht_op_regisseur=True)
    elif keuze.wie:
        rijen = rijen.filter(Exists(loopt.filter(account=int(keuze.wie))))
    if keuze.soort:
        rijen = rijen.filter(
            Exists(
                Casusperiode.objects.current()
                .in_force(klok.today())
                .filter(casus=OuterRef("pk"), type=keuze.soort)
            )
        )
    if keuze.stap:
        rijen = rijen.filter(_under_way(keuze.stap))
    return _ordered(rijen, keuze.sorteer, eigen)


def unassigned(actor: Actor, aantal: int) -> list[Casus]:
    """Return the cases that nobody has and that run, longest waiting first."""
    return list(
        casussen.visible_to(actor)
        .filter(wacht_op_regisseur=True)
        .select_related("dossier", "team")
        .order_by("dossier__geopend_op", "pk")[:aantal]
    )


def rows(casussen_: Iterable[Casus], eigen: set[UUID]) -> list[Rij]:
    """Return the rows of a page, with as many statements for one as for all."""
    lijst = list(casussen_)
    regies = _directors(lijst)
    namen = regisseurs.names(regies.values())
    soorten = _types(lijst)
    bezig = stappen.under_way(lijst)
    return [
        Rij(
            casus=casus,
            titel=title(casus) if casus.pk in eigen else "",
            is_eigen=casus.pk in eigen,
            soort=soorten.get(casus.pk, ""),
            stappen=bezig.get(casus.pk, []),
            regisseur=namen[regies[casus.pk].pk] if casus.pk in regies else "",
            nazorg=casus.nazorg_tot if casus.nazorg_gedaan_op is None else None,
        )
        for casus in lijst
    ]


def type_in_words(soort: str) -> str:
    """Return a type of case for the reader; one of elsewhere as it was delivered."""
    return str(dict(SOORTEN).get(soort, soort))


def _status(status: str) -> Q:
    gesloten = Q(dossier__gesloten_op__isnull=False)
    nazorg = Q(nazorg_tot__isnull=False, nazorg_gedaan_op__isnull=True)
    return {
        "loopt": ~gesloten,
        "nazorg": gesloten & nazorg,
        "gesloten": gesloten,
    }.get(status, Q())


def _under_way(stap: str) -> Exists:
    later = Stapstand.objects.filter(
        casus=OuterRef("casus"), stap=stap, pk__gt=OuterRef("pk")
    )
    return Exists(
        Stapstand.objects.filter(
            ~Exists(later),
            casus=OuterRef("pk"),
            stap=stap,
            staat=Stapstand.Staat.BEZIG,
        )
    )


def _ordered(rijen: QuerySet[Casus], sorteer: str, eigen: set[UUID]) -> Lijst:
    rijen = rijen.select_related("dossier__gezin", "betrokkene", "team")
    if sorteer == "oudste":
        return Lijst(None, rijen.order_by("dossier__geopend_op", "pk"))
    if sorteer == "nummer":
        return Lijst(None, rijen.order_by("nummer"))
    rijen = rijen.order_by("-dossier__geopend_op", "pk")
    if sorteer == "nieuwste" or not eigen:
        return Lijst(None, rijen)
    return Lijst(rijen.filter(pk__in=eigen), rijen.exclude(pk__in=eigen))


def _directors(lijst: Sequence[Casus]) -> dict[UUID, Regie]:
    return {
        regie.casus_id: regie
        for regie in regisseurs.directing(klok.now())
        .filter(casus__in=lijst)
        .select_related("organisatie", "persoon")
    }


def _types(lijst: Sequence[Casus]) -> dict[UUID, str]:
    """Return per case the type it has, or had last."""
    return {
        casus: type_in_words(type_)
        for casus, type_ in Casusperiode.objects.current()
        .filter(casus__in=lijst)
        .order_by("geldig__startswith")
        .values_list("casus", "type")
    }
