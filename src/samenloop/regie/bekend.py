"""What this room and the provisions know of people, for rooms that ask."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.personen.models import Gezinslid
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelname
from samenloop.plannen.plan.models import Plan
from samenloop.regie import casussen
from samenloop.regie.models import Casusperiode
from samenloop.signalen.bekend import Gevolg
from samenloop.signalen.models import SignaalBetrokkene
from samenloop.voorzieningen.models import Uitkering


def with_open_case(personen: Iterable[UUID], op: date) -> set[UUID]:
    """Return who of these, or whose gezin, had a case on that day."""
    gevraagd = list(personen)
    gezinnen = dict[UUID, set[UUID]]()
    leden = Gezinslid.objects.known_on(op).in_force(op)
    for persoon, gezin in leden.filter(persoon__in=gevraagd).values_list(
        "persoon", "gezin"
    ):
        gezinnen.setdefault(gezin, set()).add(persoon)
    in_gezin: dict[UUID, set[UUID]] = {persoon: {persoon} for persoon in gevraagd}
    for persoon, gezin in leden.filter(gezin__in=gezinnen).values_list(
        "persoon", "gezin"
    ):
        in_gezin.setdefault(persoon, set()).update(gezinnen[gezin])
    met = (
        Casusperiode.objects.known_on(op)
        .in_force(op)
        .filter(casus__betrokkene__in=in_gezin)
        .values_list("casus__betrokkene", flat=True)
    )
    return {wie for betrokkene in met for wie in in_gezin[betrokkene]} & set(gevraagd)


def with_open_plan(personen: Iterable[UUID], op: date) -> set[UUID]:
    """Return who of these had a plan that day: of their gezin, or their own.

    The last day of a plan counts, as that of a case does.
    """
    gevraagd = list(personen)
    plannen = Plan.objects.filter(
        Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=op), geopend_op__lte=op
    ).order_by()
    leden = (
        Gezinslid.objects.known_on(op)
        .in_force(op)
        .filter(gezin__in=plannen.filter(gezin__isnull=False).values("gezin"))
        .extra(where=["persoon_id = ANY (%s)"], params=[gevraagd])
        .order_by()
    )
    los = plannen.filter(gezin__isnull=True).extra(
        where=["betrokkene_id = ANY (%s)"], params=[gevraagd]
    )
    # One statement: a dry run asks this for every day of a year.
    return set(
        leden.values_list("persoon", flat=True).union(
            los.values_list("betrokkene", flat=True)
        )
    )


def with_low_income(personen: Iterable[UUID], op: date) -> set[UUID]:
    """Return who of these had a benefit on that day: what we know of a low income."""
    return set(
        Uitkering.objects.known_on(op)
        .in_force(op)
        # One array: of a list of names a hundred thousand long the reading alone costs
        # more than the answer.
        .extra(where=["betrokkene_id = ANY (%s)"], params=[list(personen)])
        .values_list("betrokkene", flat=True)
    )


def involved(account: str, personen: Collection[UUID], gemeente: str) -> set[UUID]:
    """Return with whom of these this account has to do by taking part in a dossier.

    Whoever decided to direct has no dossier for a moment, until the case is opened.
    """
    if not account.isdigit():
        return set()
    nummer = int(account)
    dossiers = toegang.running().filter(account=nummer, dossier__gemeente=gemeente)
    gevonden: set[UUID] = set()
    # The likeliest first: who is found needs no further asking.
    for bron in (_of_dossiers, _of_families, _of_decisions):
        if nog := [each for each in personen if each not in gevonden]:
            gevonden.update(bron(nummer, dossiers, nog, gemeente))
    return gevonden


def _of_dossiers(
    account: int, dossiers: QuerySet[Deelname], personen: list[UUID], gemeente: str
) -> Iterable[UUID]:
    return dossiers.filter(dossier__betrokkene__in=personen).values_list(
        "dossier__betrokkene", flat=True
    )


def _of_families(
    account: int, dossiers: QuerySet[Deelname], personen: list[UUID], gemeente: str
) -> Iterable[UUID]:
    gezinnen = dossiers.filter(dossier__gezin__isnull=False).values("dossier__gezin")
    return (
        Gezinslid.objects.current()
        .in_force(klok.today())
        .filter(persoon__in=personen, gezin__in=gezinnen)
        .values_list("persoon", flat=True)
    )


def _of_decisions(
    account: int, dossiers: QuerySet[Deelname], personen: list[UUID], gemeente: str
) -> Iterable[UUID]:
    return SignaalBetrokkene.objects.filter(
        Q(signaal__koppeling__melding__casusmelding__isnull=True),
        signaal__koppeling__melding__wegingen__regisseur=account,
        persoon__in=personen,
        gemeente=gemeente,
    ).values_list("persoon", flat=True)


def cases_of_meldingen(actor: Actor, melding: UUID) -> Gevolg | None:
    """Return the case that a melding led to, for who may know of it."""
    casus = casussen.visible_to(actor).filter(casusmeldingen__melding=melding).first()
    if casus is None or casus.dossier_id is None:
        return None
    return Gevolg(
        _("Case %(nummer)s") % {"nummer": casus.kort},
        reverse("casus", args=[casus.pk]),
    )
