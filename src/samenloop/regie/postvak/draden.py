"""A thread as one reader sees it: its lines, its messages, whom an answer goes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from samenloop.access.actor import Actor
from samenloop.plannen import namen, toegang
from samenloop.plannen.dossier.models import Documentversie
from samenloop.plannen.models import LEIDEND, Deelname, Dossier
from samenloop.regie.postvak import lezen, schrijven
from samenloop.regie.postvak.models import Bericht, Bijlage, Draad, Ontvangst


@dataclass(frozen=True, slots=True)
class Regel:
    """A thread in the mailbox: the newest message one may read in it."""

    draad: Draad
    gezin: str
    van: str
    op: datetime
    ongelezen: int


@dataclass(frozen=True, slots=True)
class Gelezen:
    """A message as it stands on the page of its thread."""

    bericht: Bericht
    van: str
    eigen: bool
    aan: list[tuple[str, datetime | None]]
    bijlagen: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Uitwisseling:
    """That somebody wrote somebody; its thread only where one may read it."""

    op: datetime
    van: str
    aan: list[tuple[str, datetime | None]]
    draad: Draad | None


def rows(actor: Actor, draden: QuerySet[Draad]) -> list[Regel]:
    """Return the lines of the mailbox, unread first; the number of queries is fixed."""
    gevonden = list(draden.select_related("dossier__gezin", "dossier__betrokkene"))
    sleutels = [each.pk for each in gevonden]
    laatste = dict(
        lezen.readable(actor)
        .filter(draad__in=sleutels)
        .values_list("draad")
        .annotate(op=Max("op"))
        .values_list("draad", "op")
    )
    berichten = {
        each.draad_id: each
        for each in lezen.readable(actor)
        .filter(draad__in=sleutels, op__in=laatste.values())
        .select_related("van")
        if each.op == laatste[each.draad_id]
    }
    heten = namen.with_role(each.van for each in berichten.values())
    ongelezen = lezen.unread_per_thread(actor, sleutels)
    regels = [
        Regel(
            draad,
            family(draad.dossier),
            heten[berichten[draad.pk].van_id],
            berichten[draad.pk].op,
            ongelezen[draad.pk],
        )
        for draad in gevonden
    ]
    return sorted(regels, key=lambda each: (not each.ongelezen, -each.op.timestamp()))


def family(dossier: Dossier) -> str:
    """Return how one calls a dossier: by its gezin, or by whom it is about."""
    return dossier.gezin.naam if dossier.gezin else dossier.betrokkene.volledige_naam


def messages_of(actor: Actor, draad: Draad) -> list[Gelezen]:
    """Return what one may read in a thread, oldest first, with who read it."""
    berichten = list(
        lezen.readable(actor)
        .filter(draad=draad)
        .select_related("van")
        .order_by("op", "id")
    )
    aan = _received(berichten)
    heten = namen.with_role(
        [
            *(each.van for each in berichten),
            *(o.deelname for each in aan.values() for o in each),
        ]
    )
    bijlagen = _attached(berichten)
    return [
        Gelezen(
            each,
            heten[each.van_id],
            each.van_id in actor.deelnames
            or (each.account is not None and each.account == actor.account_id),
            [(heten[o.deelname_id], o.gelezen_op) for o in aan.get(each.pk, [])],
            bijlagen.get(each.pk, []),
        )
        for each in berichten
    ]


def exchange(actor: Actor, dossier: Dossier, meest: int = 200) -> list[Uitwisseling]:
    """Return who wrote whom in a dossier, newest first.

    Who leads it sees all of it, and of what others wrote only that they did; anybody
    else sees what they may read.
    """
    leidt = toegang.leads(actor, dossier)
    berichten = Bericht.objects.all() if leidt else lezen.readable(actor)
    gevonden = list(
        berichten.filter(draad__dossier=dossier)
        .select_related("draad", "van")
        .order_by("-op", "id")[:meest]
    )
    leesbaar = {each.pk for each in gevonden}
    if leidt and leesbaar:
        hier = lezen.readable(actor).filter(pk__in=leesbaar)
        leesbaar = set(hier.values_list("pk", flat=True))
    aan = _received(gevonden)
    heten = namen.with_role(
        [
            *(each.van for each in gevonden),
            *(o.deelname for each in aan.values() for o in each),
        ]
    )
    return [
        Uitwisseling(
            each.op,
            heten[each.van_id],
            [(heten[o.deelname_id], o.gelezen_op) for o in aan.get(each.pk, [])],
            each.draad if each.pk in leesbaar else None,
        )
        for each in gevonden
    ]


def correspondents(
    actor: Actor, dossier: Dossier
) -> tuple[list[Deelname], list[Deelname]]:
    """Return whom one can write to here, and who takes part but cannot read yet."""
    zelf = schrijven.own(actor, dossier)
    anderen = [
        each
        for each in schrijven.taking_part(dossier)
        if zelf is None or each.pk != zelf.pk
    ]
    bereikbaar = schrijven.reachable(anderen, dossier.gemeente_id)
    return (
        [each for each in anderen if each.pk in bereikbaar],
        [each for each in anderen if each.pk not in bereikbaar],
    )


def answer_to(actor: Actor, draad: Draad) -> list[Deelname]:
    """Return whom an answer goes to: who wrote or got what one can read, and is here.

    A director who handed over is no longer among them; who directs now takes the place.
    """
    berichten = list(lezen.readable(actor).filter(draad=draad).values_list("pk", "van"))
    betrokken = {van for _bericht, van in berichten}
    betrokken.update(
        Ontvangst.objects.filter(
            bericht__in=[pk for pk, _van in berichten]
        ).values_list("deelname", flat=True)
    )
    geleid = Deelname.objects.filter(pk__in=betrokken, rol__in=LEIDEND).exists()
    kan, _niet = correspondents(actor, draad.dossier)
    return [
        each for each in kan if each.pk in betrokken or (geleid and each.rol in LEIDEND)
    ]


def _attached(berichten: Iterable[Bericht]) -> dict[UUID, list[tuple[int, str]]]:
    """Return what went along with each message, with its title; two statements."""
    rijen = list(
        Bijlage.objects.filter(bericht__in=[bericht.pk for bericht in berichten])
    )
    titels = dict(
        Documentversie.objects.filter(
            pk__in=[each.document for each in rijen]
        ).values_list("pk", "document__titel")
    )
    per_bericht: dict[UUID, list[tuple[int, str]]] = {}
    for each in rijen:
        if each.document in titels:
            per_bericht.setdefault(each.bericht_id, []).append(
                (each.pk, titels[each.document])
            )
    return per_bericht


def _received(berichten: Iterable[Bericht]) -> dict[UUID, list[Ontvangst]]:
    per_bericht: dict[UUID, list[Ontvangst]] = {}
    for each in Ontvangst.objects.filter(
        bericht__in=[bericht.pk for bericht in berichten]
    ).select_related("deelname"):
        per_bericht.setdefault(each.bericht_id, []).append(each)
    return per_bericht
