"""The outbox: a message of ours is on record in the transaction that made it needed.

What goes out was checked with the rules of the standard first. What does not pass is
kept with the faults and stands on the work list; it does not go out and nothing is
lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.fouten import Fout
from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.berichten.verkeer import opbergen
from samenloop.berichten.verkeer.models import (
    Berichtfout,
    Berichtinhoud,
    Berichtlink,
    Ketenbericht,
)
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import klok

_TEKST = 500


@dataclass(slots=True)
class Link:
    """A record of ours that a message is about."""

    soort: str
    onderwerp: UUID
    nummer: int | None = None


@dataclass(slots=True)
class Uit:
    """A message of ours, with what it belongs to."""

    inhoud: Inhoud
    aanbieder: int | None
    persoon: Any = None
    antwoord_op: UUID | None = None
    vervangt: UUID | None = None
    fouten: Sequence[Fout] = ()
    reden: str = ""
    links: Sequence[Link] = field(default_factory=list)


def put(gemeente: str, uit: Sequence[Uit]) -> list[Ketenbericht]:
    """Write messages into the outbox, in the transaction of what they tell.

    One with faults or a reason is held back.
    """
    if not uit:
        return []
    nu = klok.now()
    rijen, inhouden, fouten, links = [], [], [], []
    for each in uit:
        bron = schrijf(each.inhoud)
        vast = each.fouten or each.reden
        rij = Ketenbericht(
            id=uuid4(),
            gemeente_id=gemeente,
            richting=Richting.UIT,
            soort=each.inhoud.soort.code,
            afzender=gemeente.removeprefix("GM"),
            ontvanger=receiver(each.inhoud),
            identificatie=each.inhoud.identificatie,
            dagtekening=each.inhoud.dagtekening,
            aanbieder_id=each.aanbieder,
            persoon_id=each.persoon,
            staat=Staat.TEGENGEHOUDEN if vast else Staat.KLAAR,
            reden=each.reden[:300],
            vastgelegd_op=nu,
            antwoord_op_id=each.antwoord_op,
            vervangt_id=each.vervangt,
            vingerafdruk=opbergen.fingerprint(bron),
            omvang=len(bron),
        )
        rijen.append(rij)
        inhouden.append(
            Berichtinhoud(
                bericht=rij, gemeente_id=gemeente, inhoud=opbergen.lock_up(bron)
            )
        )
        fouten += fault_rows(rij, each.fouten)
        links += link_rows(rij, each.links)
    Ketenbericht.objects.bulk_create(rijen)
    Berichtinhoud.objects.bulk_create(inhouden)
    Berichtfout.objects.bulk_create(fouten)
    Berichtlink.objects.bulk_create(links, ignore_conflicts=True)
    return rijen


def receiver(inhoud: Inhoud) -> str:
    """Return to whom it really goes: an answer keeps the sender of what it answers."""
    if inhoud.soort.is_retour:
        return inhoud.afzender
    return inhoud.ontvanger


def fault_rows(rij: Ketenbericht, fouten: Sequence[Fout]) -> list[Berichtfout]:
    """Return the faults of a message as rows (unsaved)."""
    return [
        Berichtfout(
            bericht=rij,
            gemeente_id=rij.gemeente_id,
            volgnummer=nummer,
            regel=fout.regel[:12],
            niveau=fout.niveau,
            retourcode=fout.retourcode,
            pad=fout.pad[:400],
            tekst=fout.tekst[:_TEKST],
        )
        for nummer, fout in enumerate(fouten, 1)
    ]


def link_rows(rij: Ketenbericht, links: Sequence[Link]) -> list[Berichtlink]:
    """Return what a message is about as rows (unsaved)."""
    uniek: Mapping[tuple[str, UUID], Link] = {
        (link.soort, link.onderwerp): link for link in links
    }
    return [
        Berichtlink(
            bericht=rij,
            gemeente_id=rij.gemeente_id,
            soort=link.soort,
            onderwerp=link.onderwerp,
            nummer=link.nummer,
        )
        for link in uniek.values()
    ]
