"""What lies on the table: of one case the parts that are open to the reader now.

Read only, in short lines, without ways into the dossier: a guest has none, and a
colleague who was let in for an hour finds here what was chosen to be shared.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte
from samenloop.plannen import namen, toegang
from samenloop.plannen.dossier.models import Contactmoment, Document, Gesprekversie
from samenloop.plannen.dossier.tijdlijn import LEEST
from samenloop.plannen.metingen.models import Meting
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan import inhoud
from samenloop.plannen.plan.models.werkplan import Activiteitstand, Doelstand
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie.models import Casus
from samenloop.regie.overleg.agenda import DEELBAAR
from samenloop.regie.taken.models import Taak

_LAATSTE = 8


@dataclass(frozen=True, slots=True)
class Regel:
    """One line: what, and beside it when, who or how it stands."""

    wat: str
    erbij: str = ""


@dataclass(frozen=True, slots=True)
class Blok:
    """One part, in paragraphs with a heading of their own where it has any."""

    deel: Deel
    regels: list[Regel] = field(default_factory=list)
    koppen: list[tuple[str, list[Regel]]] = field(default_factory=list)

    @property
    def leeg(self) -> bool:
        """Whether there is nothing in this part."""
        return not self.regels and not self.koppen


def shared(actor: Actor, casus: Casus) -> list[Blok]:
    """Return what of a case is open to this actor, in the order of the dossier.

    Who directs sees it as the others do: all that can be shared.
    """
    dossier = casus.dossier
    if dossier is None:
        return []
    return [
        _MAAK[deel](dossier, casus)
        for deel in DEELBAAR
        if toegang.depth(actor, dossier, LEEST[deel], deel) is Diepte.WAT
    ]


def _plan(dossier: Dossier, _casus: Casus) -> Blok:
    plan = open_plan(dossier)
    if plan is None:
        return Blok(Deel.PLAN)
    gegeven = inhoud.of_plan(plan)
    return Blok(
        Deel.PLAN,
        regels=[Regel(each["tekst"]) for each in gegeven["afspraken"]],
        koppen=[
            (
                f"“{doel['tekst']}”",
                [
                    Regel(str(Doelstand(doel["stand"]).label), doel["voor_naam"]),
                    *(
                        Regel(
                            each["wat"],
                            _joined(each["wie"], Activiteitstand(each["stand"]).label),
                        )
                        for each in doel["activiteiten"]
                    ),
                ],
            )
            for doel in gegeven["doelen"]
        ],
    )


def _measurements(dossier: Dossier, _casus: Casus) -> Blok:
    laatste: dict[object, Meting] = {}
    for meting in (
        Meting.objects.filter(dossier=dossier, correctie__isnull=True)
        .select_related("persoon", "instrument")
        .prefetch_related("scores__domein")
        .order_by("op", "vastgelegd_op")
    ):
        laatste[(meting.persoon_id, meting.instrument_id)] = meting
    return Blok(
        Deel.METINGEN,
        koppen=[
            (
                _joined(
                    meting.persoon.volledige_naam,
                    date_format(meting.op, "j F Y"),
                ),
                [
                    Regel(score.domein.naam, str(score.niveau))
                    for score in sorted(
                        meting.scores.all(), key=lambda each: each.domein.orde
                    )
                ],
            )
            for meting in laatste.values()
        ],
    )


def _conversations(dossier: Dossier, _casus: Casus) -> Blok:
    versie = (
        Gesprekversie.objects.filter(gesprek__dossier=dossier)
        .order_by("-gesprek__begonnen_op", "-nummer")
        .first()
    )
    if versie is None:
        return Blok(Deel.GESPREKKEN)
    return Blok(
        Deel.GESPREKKEN,
        regels=[
            Regel(tekst, kop)
            for kop, tekst in (
                (_("What it comes down to"), versie.inhoud.get("kern", "")),
                (_("Agreed"), versie.inhoud.get("afspraken", "")),
            )
            if tekst
        ],
    )


def _contacts(dossier: Dossier, _casus: Casus) -> Blok:
    momenten = Contactmoment.objects.filter(
        dossier=dossier, verbeterd_door__isnull=True
    ).order_by("-gebeurd_op")[:_LAATSTE]
    return Blok(
        Deel.JOURNAAL,
        regels=[
            Regel(
                each.onderwerp,
                _joined(
                    date_format(localtime(each.gebeurd_op), "j F Y"),
                    Contactmoment.Wijze(each.wijze).label,
                    each.afspraak,
                ),
            )
            for each in momenten
        ],
    )


def _documents(dossier: Dossier, _casus: Casus) -> Blok:
    return Blok(
        Deel.DOCUMENTEN,
        regels=[
            Regel(
                each.titel,
                _joined(
                    Document.Soort(each.soort).label,
                    date_format(localtime(each.op), "j F Y"),
                ),
            )
            for each in Document.objects.filter(dossier=dossier)
        ],
    )


def _tasks(_dossier: Dossier, casus: Casus) -> Blok:
    taken = list(
        Taak.objects.filter(
            casus=casus, staat__in=(Taak.Staat.OPEN, Taak.Staat.WACHT)
        ).select_related("organisatie", "persoon")
    )
    heten = namen.of(taken)
    return Blok(
        Deel.TAKEN,
        regels=[
            Regel(
                taak.titel,
                _joined(
                    heten[taak.pk],
                    date_format(taak.uiterlijk, "j F Y") if taak.uiterlijk else "",
                    Taak.Staat(taak.staat).label,
                ),
            )
            for taak in taken
        ],
    )


def _joined(*delen: object) -> str:
    return " · ".join(str(deel) for deel in delen if deel)


_MAAK: dict[Deel, Callable[[Dossier, Casus], Blok]] = {
    Deel.PLAN: _plan,
    Deel.METINGEN: _measurements,
    Deel.GESPREKKEN: _conversations,
    Deel.JOURNAAL: _contacts,
    Deel.DOCUMENTEN: _documents,
    Deel.TAKEN: _tasks,
}
