"""On what a participation rests, asked of the database at the moment of looking.

Consent can be withdrawn or run out, gezag can change or end because a child comes of
age, and a restriction closes what was open. None of these has to reach a participation
to count: the question itself holds them all.
"""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Gezag, Toestemming
from samenloop.plannen.models import LEIDEND, Beperking, Deelname, Dossier

MEERDERJARIG = 18


class GeenGrond(SamenloopFout):
    """What a participation is to rest on does not hold today."""

    melding = _(
        "The consent or the gezag this rests on does not hold today. Choose another "
        "ground."
    )


def born_after(jaren: int, dag: date) -> date:
    """Return the last birth date of who is `jaren` years old on a day."""
    try:
        return dag.replace(year=dag.year - jaren)
    except ValueError:  # 29 February: who was born on the 28th has had a birthday
        return date(dag.year - jaren, 2, 28)


def gezag_holds(dag: date) -> QuerySet[Gezag]:
    """Return the gezag of a day over who is a minor then, as known now."""
    return (
        Gezag.objects.current()
        .in_force(dag)
        .filter(
            Q(minderjarige__geboortedatum__isnull=True)
            | Q(minderjarige__geboortedatum__gt=born_after(MEERDERJARIG, dag))
        )
    )


def holds(moment: datetime) -> Q:
    """A condition on participations: what they rest on holds at that moment."""
    dag = moment.astimezone(klok.AMSTERDAM).date()
    toestemming = Toestemming.objects.in_force(dag).filter(pk=OuterRef("toestemming"))
    gezag = gezag_holds(dag).filter(
        minderjarige=OuterRef("gezag_over"), houder=OuterRef("persoon")
    )
    return (Q(toestemming__isnull=True) | Q(Exists(toestemming))) & (
        Q(gezag_over__isnull=True) | Q(Exists(gezag))
    )


def restrictions(moment: datetime) -> QuerySet[Beperking]:
    """Return the restrictions that close something at that moment."""
    return Beperking.objects.filter(
        Q(beeindigd_op__isnull=True) | Q(beeindigd_op__gt=moment),
        van__lte=moment,
        herzien_op__gte=moment.astimezone(klok.AMSTERDAM).date(),
    )


def restricts(beperking: Beperking, moment: datetime) -> bool:
    """Whether a restriction is one of `restrictions` at that moment."""
    return (
        (beperking.beeindigd_op is None or beperking.beeindigd_op > moment)
        and beperking.van <= moment
        and beperking.herzien_op >= moment.astimezone(klok.AMSTERDAM).date()
    )


def with_restrictions(
    deelnames: QuerySet[Deelname], moment: datetime
) -> QuerySet[Deelname]:
    """Add `dicht` to each, and leave out those of which nothing is left.

    Who leads is never restricted: all they see is theirs to lead by.
    """
    zelfde = restrictions(moment).filter(
        Q(account=OuterRef("account"))
        | Q(organisatie=OuterRef("organisatie"))
        | Q(persoon=OuterRef("persoon"))
        | Q(naam=OuterRef("naam")) & ~Q(naam=""),
        dossier=OuterRef("dossier"),
    )
    alles = zelfde.filter(delen__contains=OuterRef("delen"))
    return deelnames.annotate(dicht=Subquery(zelfde.values("delen")[:1])).filter(
        Q(rol__in=LEIDEND) | ~Exists(alles)
    )


def require(
    dossier: Dossier,
    *,
    toestemming: UUID | None,
    gezag_over: UUID | None,
    persoon: UUID | None,
) -> None:
    """Refuse a ground that does not hold now.

    Raises:
        GeenGrond: the consent was withdrawn, ran out or was given to another
            municipality; or this person has no gezag over the minor today.
    """
    dag = klok.today()
    if (
        toestemming is not None
        and not Toestemming.objects.in_force(dag)
        .filter(pk=toestemming, gemeente=dossier.gemeente_id)
        .exists()
    ):
        raise GeenGrond()
    if (
        gezag_over is not None
        and not gezag_holds(dag)
        .filter(minderjarige=gezag_over, houder=persoon)
        .exists()
    ):
        raise GeenGrond()
