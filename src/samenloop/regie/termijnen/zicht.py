"""Terms as one reads them: which of them, tightest first, and how deep.

Who takes no part in a dossier reads of its terms which kind they are, until when and
how they stand; not what was written with them, nor whom they are about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import klok, lezing
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel
from samenloop.regie import lijst
from samenloop.regie.models import Casus, Teamlid
from samenloop.regie.termijnen import ladder, soorten
from samenloop.regie.termijnen.models import (
    OPEN,
    Escalatie,
    Opschortgrond,
    Staat,
    Termijn,
)
from samenloop.regie.termijnen.soorten import Termijnsoort
from samenloop.regie.termijnen.stand import Stand, standing
from samenloop.signalen import collegas

KRAP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Keuze:
    """What the reader narrows the list to; every field comes from the address."""

    wie: str = ""
    team: str = ""
    stand: str = ""
    soort: str = ""


@dataclass(frozen=True, slots=True)
class Rij:
    """A term as it stands in a list; `titel` and `wat` are empty without content."""

    termijn: Termijn
    soort: Termijnsoort
    stand: Stand
    titel: str
    wat: str
    regisseur: str
    wat_nu: str


def visible(actor: Actor) -> QuerySet[Termijn]:
    """Return the terms of which this actor may know that they run."""
    mag = besluiten.involvements(actor, Handeling.TERMIJN_ZIEN)
    rijen = Termijn.objects.filter(gemeente=actor.gemeente)
    if Betrokkenheid.GEMEENTE in mag:
        return rijen
    return rijen.filter(casus__in=open_to(actor)) if mag else rijen.none()


def open_to(actor: Actor) -> QuerySet[Casus]:
    """Return the cases of whose terms this actor may read the content."""
    return Casus.objects.filter(gemeente=actor.gemeente, dossier__in=_opened(actor))


def _opened(actor: Actor) -> set[UUID]:
    """Return the dossiers of which the part with tasks and terms is open to them."""
    if not besluiten.involvements(actor, Handeling.TERMIJN_ZIEN, Diepte.WAT):
        return set()
    return {
        each.dossier_id
        for each in toegang.own(actor)
        if Deel.TAKEN in toegang.open_parts(each)
    }


def may_read(actor: Actor, casus: Casus) -> bool:
    """Whether this actor may read what was written with the terms of a case."""
    return (
        casus.dossier is not None
        and toegang.depth(actor, casus.dossier, Handeling.TERMIJN_ZIEN, Deel.TAKEN)
        is Diepte.WAT
    )


def led_by(actor: Actor) -> list[UUID]:
    """Return the teams that this actor leads today."""
    if actor.account_id is None:
        return []
    return list(
        Teamlid.objects.filter(
            account=actor.account_id,
            leidt=True,
            geldig__contains=klok.today(),
            team__gemeente=actor.gemeente,
        ).values_list("team", flat=True)
    )


def filtered(actor: Actor, keuze: Keuze) -> QuerySet[Termijn]:
    """Return the open terms of the choice, the tightest first."""
    vandaag = klok.today()
    rijen = visible(actor).filter(staat__in=OPEN)
    if keuze.wie == "mij":
        # Asked first: some tens of cases, by which the terms are found. As one question
        # the planner walks along all terms of the municipality.
        eigen = list(open_to(actor).values_list("pk", flat=True))
        rijen = rijen.filter(casus__in=eigen)
    if keuze.team:
        rijen = rijen.filter(casus__team=UUID(keuze.team))
    if keuze.soort:
        rijen = rijen.filter(soort=keuze.soort)
    if keuze.stand == "te_laat":
        rijen = rijen.filter(staat=Staat.LOOPT, uiterlijk__lt=vandaag)
    elif keuze.stand == "krap":
        rijen = rijen.filter(staat=Staat.LOOPT).filter(
            Q(uiterlijk__lte=vandaag + KRAP) | Q(streef__lte=vandaag + KRAP)
        )
    elif keuze.stand == "stil":
        rijen = rijen.filter(staat=Staat.STIL)
    return tightest_first(rijen)


def tightest_first(rijen: QuerySet[Termijn]) -> QuerySet[Termijn]:
    """Order terms by the day by which they are watched; what stands still last."""
    return rijen.annotate(
        gewacht=Coalesce("streef", "uiterlijk", output_field=DateField())
    ).order_by("staat", "gewacht", "pk")


def rows(actor: Actor, termijnen: Iterable[Termijn]) -> list[Rij]:
    """Return the rows of a page, with as many statements for one as for all."""
    lijst_ = list(termijnen)
    if not lijst_:
        return []
    open_ = _opened(actor)
    eigen = {each.casus_id for each in lijst_ if each.casus.dossier_id in open_}
    kinds = soorten.in_force(actor.gemeente)
    regie = ladder.directors([each.casus_id for each in lijst_])
    verteld = _last_told(lijst_)
    namen = collegas.names(
        [*regie.values(), *(a for each in verteld.values() for a in each.accounts)]
    )
    return [
        Rij(
            termijn=each,
            soort=kinds[each.soort],
            stand=standing(each),
            titel=lijst.title(each.casus) if each.casus_id in eigen else "",
            wat=each.omschrijving if each.casus_id in eigen else "",
            regisseur=namen.get(regie.get(each.casus_id, 0), ""),
            wat_nu=_what_now(each, verteld.get(each.pk), namen),
        )
        for each in lijst_
    ]


def with_all(rijen: QuerySet[Termijn]) -> QuerySet[Termijn]:
    """Fetch along what a row needs."""
    return rijen.select_related(
        "casus__dossier__gezin", "casus__betrokkene", "casus__team"
    ).prefetch_related("opschortingen")


def of_case(casus: Casus, *, alleen_open: bool = False) -> QuerySet[Termijn]:
    """Return the terms of a case, open ones first, the tightest first."""
    rijen = with_all(Termijn.objects.filter(casus=casus))
    if alleen_open:
        rijen = rijen.filter(staat__in=OPEN)
    return rijen.order_by("beeindigd_op", "uiterlijk", "pk")


@lezing.once
def open_rows(actor: Actor, casus: Casus) -> list[Rij]:
    """Return the rows of the open terms of a case, the tightest first."""
    return rows(actor, of_case(casus, alleen_open=True))


def told(escalatie: Escalatie, namen: Mapping[int, str]) -> str:
    """Return who was told, by name; an account that is gone by what it was."""
    wie = [namen[each] for each in escalatie.accounts if each in namen]
    return ", ".join(wie) if wie else _("nobody: no one has this role")


def _last_told(termijnen: Sequence[Termijn]) -> dict[UUID, Escalatie]:
    return {
        each.termijn_id: each
        for each in Escalatie.objects.filter(termijn__in=termijnen).order_by(
            "op", "moment", "waarde"
        )
    }


def _what_now(
    termijn: Termijn, escalatie: Escalatie | None, namen: Mapping[int, str]
) -> str:
    if termijn.staat == Staat.STIL:
        gronden = {
            str(Opschortgrond(each.grond).label)
            for each in termijn.opschortingen.all()
            if each.tot is None or each.tot > klok.today()
        }
        return "; ".join(sorted(gronden))
    if escalatie is None:
        return ""
    return _("told: %(who)s") % {"who": told(escalatie, namen)}
