"""What lists and pages show of a melding: its title, term and kinds, as deep as may.

Someone who only sees that something is the matter gets the number, the weight and the
areas of life; whom it is about is for who weighs it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.signalen import collegas, termijn, zicht
from samenloop.signalen.models import Melding, Regelweging, Signaal
from samenloop.signalen.termijn import Stand


@dataclass(slots=True)
class Rij:
    """One melding as one reader sees it."""

    melding: Melding
    titel: str
    waarom: str
    stand: Stand
    wie: str
    van_mij: bool
    mag_wegen: bool
    mag_toewijzen: bool
    leefgebieden: list[str] = field(default_factory=list)


def rows(actor: Actor, meldingen: Iterable[Melding]) -> list[Rij]:
    """Return the rows of a list, in the order given; few statements for all."""
    lijst = list(meldingen)
    signalen: dict[UUID, list[Signaal]] = {melding.pk: [] for melding in lijst}
    for signaal in (
        Signaal.objects.filter(koppeling__melding__in=lijst)
        .select_related("soort", "koppeling")
        .order_by("ontvangen_op")
    ):
        signalen[signaal.koppeling.melding_id].append(signaal)
    eigen = [m for m in lijst if zicht.may_weigh(actor, m)]
    labels = _labels(eigen)
    namen = collegas.names(melding.toegewezen_aan for melding in lijst)
    nu = klok.now()
    return [
        Rij(
            melding=melding,
            titel=subject(melding)
            if zicht.may_weigh(actor, melding)
            else plain(melding),
            waarom=why(signalen[melding.pk], labels.get(melding.pk, ())),
            stand=termijn.standing(melding.ontstaan_op, melding.weeg_voor, nu),
            wie=namen.get(melding.toegewezen_aan or 0, ""),
            van_mij=melding.toegewezen_aan == actor.account_id,
            mag_wegen=zicht.may_weigh(actor, melding),
            mag_toewijzen=zicht.may_assign(actor, melding),
            leefgebieden=areas(signalen[melding.pk]),
        )
        for melding in lijst
    ]


def plain(melding: Melding) -> str:
    """Return a title that says of nobody that something is the matter."""
    return _("Melding %(nummer)s") % {"nummer": melding.nummer}


def subject(melding: Melding) -> str:
    """Return whom it is about, for who weighs it."""
    if melding.gezin is not None:
        return _("gezin %(naam)s") % {"naam": melding.gezin.naam}
    if melding.betrokkene is not None:
        return melding.betrokkene.volledige_naam
    koppeling = melding.koppelingen.select_related("signaal").first()
    betrokkene = koppeling.signaal.betrokkenen.first() if koppeling else None
    return (betrokkene.omschrijving if betrokkene else "") or plain(melding)


def areas(signalen: Sequence[Signaal]) -> list[str]:
    """Return the areas of life in the order in which they came up."""
    return list(dict.fromkeys(str(s.soort.get_leefgebied_display()) for s in signalen))


def why(signalen: Sequence[Signaal], labels: Sequence[str]) -> str:
    """Return in one line why it stands there."""
    delen = [
        ngettext("%(n)s signal", "%(n)s signals", len(signalen)) % {"n": len(signalen)}
    ]
    gebieden = areas(signalen)
    if gebieden:
        delen.append(", ".join(gebieden))
    return " · ".join([*delen, *labels])


def _labels(meldingen: Iterable[Melding]) -> dict[UUID, list[str]]:
    """Return the labels that rules put on these meldingen."""
    uit: dict[UUID, dict[str, None]] = {}
    for weging in Regelweging.objects.filter(
        signaal__koppeling__melding__in=list(meldingen)
    ).select_related("signaal__koppeling"):
        voor = uit.setdefault(weging.signaal.koppeling.melding_id, {})
        for treffer in weging.treffers:
            if treffer.get("label"):
                voor[treffer["label"]] = None
    return {melding: list(labels) for melding, labels in uit.items()}


def moment(op: datetime) -> datetime:
    """Return a moment on the clock of the Netherlands."""
    return op.astimezone(klok.AMSTERDAM)
