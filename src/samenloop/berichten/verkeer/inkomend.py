"""What providers tell, in the words of this house: from a message to our records.

A message comes here after it was judged; what the rooms below refuse all the same is
their exception, and nothing of the message is kept then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access.actor import Actor
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.fouten import Fout
from samenloop.berichten.verkeer.declareren import invoice
from samenloop.berichten.verkeer.models import Berichtlink, Ketenbericht
from samenloop.berichten.verkeer.stand import DatabaseStand
from samenloop.berichten.verkeer.uitgaan import Link
from samenloop.berichten.verkeer.verzoeken import receive
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.declaraties import boeken
from samenloop.voorzieningen.toewijzen import leveren
from samenloop.voorzieningen.toewijzen.models import Zorglevering
from samenloop.voorzieningen.toewijzen.models.levering import TIJDELIJK

_VERWIJDEREN = "3"


class LeveringOnbekend(SamenloopFout):
    """What is taken back or ended is not on record, though it was judged to be."""

    melding = _("This delivery was not found.")


@dataclass(slots=True)
class _Samen:
    """What of several messages is written at once."""

    starts: list[leveren.Melding] = field(default_factory=list)
    stops: list[leveren.Melding] = field(default_factory=list)
    facturen: list[tuple[boeken.Invoer, UUID]] = field(default_factory=list)


def accept_all(
    stand: DatabaseStand, werk: Sequence[tuple[Ketenbericht, Inhoud, Sequence[Fout]]]
) -> list[list[Link]]:
    """Change our records by messages that were accepted; of each what it is about.

    Of messages of which none depends on another: what is most of the work is written
    for all at once.

    Raises:
        SamenloopFout, django.db.Error: one cannot be written.
    """
    door = Actor.systeem("berichtenverkeer", stand.gemeente)
    samen = _Samen()
    links = [_accept(stand, samen, each, door) for each in werk]
    leveren.start_all(samen.starts, door=door)
    leveren.stop_all(samen.stops, door=door)
    geboekt = boeken.book_all(stand.gemeente, samen.facturen)
    van = dict(zip((each[1] for each in samen.facturen), geboekt, strict=True))
    for each, over in zip(werk, links, strict=True):
        if declaratie := van.get(each[0].pk):
            over.append(Link(Berichtlink.Soort.DECLARATIE, declaratie))
    return links


def _accept(
    stand: DatabaseStand,
    samen: _Samen,
    werk: tuple[Ketenbericht, Inhoud, Sequence[Fout]],
    door: Actor,
) -> list[Link]:
    rij, inhoud, fouten = werk
    nummer = inhoud.soort.nummer
    if nummer == 305:
        return _starts(stand, samen, rij, inhoud, door)
    if nummer == 307:
        return _stops(stand, samen, rij, inhoud, door)
    if nummer in (315, 317):
        return [
            Link(Berichtlink.Soort.VERZOEK, verzoek)
            for verzoek in receive(stand, rij, inhoud, door)
        ] + _allocations(stand, inhoud)
    assert rij.aanbieder_id is not None, "an unknown sender was set apart"
    invoer = invoice(inhoud, fouten, stand=stand, aanbieder=rij.aanbieder_id)
    samen.facturen.append((invoer, rij.pk))
    return []


def person(stand: DatabaseStand, inhoud: Inhoud | None) -> UUID | None:
    """Return the client of a message about one, when we know them here."""
    client = inhoud.inhoud.get("Client") if inhoud else None
    persoon: UUID | None = stand.personen.get(client["Bsn"]) if client else None
    return persoon


def _starts(
    stand: DatabaseStand,
    samen: _Samen,
    rij: Ketenbericht,
    inhoud: Inhoud,
    door: Actor,
) -> list[Link]:
    links = []
    for deel in inhoud.inhoud["Client"]["StartProducten"]["StartProduct"]:
        # What is taken back comes first, so that it may be reported anew (IV008).
        if deel["StatusAanlevering"] == _VERWIJDEREN:
            leveren.take_back_start(
                _delivery(stand, inhoud, deel),
                door=door,
                bericht=rij.pk,
                ontvangen_op=rij.vastgelegd_op,
            )
        else:
            levering = _new_delivery(stand, rij, inhoud, deel)
            samen.starts.append(_reported(rij, levering, deel["Begindatum"]))
        links += _about(stand, inhoud, deel)
    return links


def _new_delivery(
    stand: DatabaseStand, rij: Ketenbericht, inhoud: Inhoud, deel: Mapping[str, Any]
) -> Zorglevering:
    product = deel.get("Product", {})
    categorie, code = product.get("Categorie", ""), product.get("Code", "")
    nummer = deel.get("ToewijzingNummer")
    if nummer is not None:
        gegeven = stand.rijen[inhoud.soort.wet, nummer]
        return leveren.under(gegeven, deel["Begindatum"], categorie, code)
    persoon = person(stand, inhoud)
    if persoon is None or rij.aanbieder_id is None:
        raise LeveringOnbekend()
    return Zorglevering(
        gemeente_id=stand.gemeente,
        wet=inhoud.soort.wet,
        persoon_id=persoon,
        aanbieder_id=rij.aanbieder_id,
        categorie=categorie,
        code=code,
        begin=deel["Begindatum"],
    )


def _stops(
    stand: DatabaseStand,
    samen: _Samen,
    rij: Ketenbericht,
    inhoud: Inhoud,
    door: Actor,
) -> list[Link]:
    links = []
    stops = inhoud.inhoud["Client"]["StopProducten"]["StopProduct"]
    # A pause comes before the end of the same care, wherever it stands.
    for deel in sorted(stops, key=lambda deel: deel["RedenBeeindiging"] != TIJDELIJK):
        levering = _delivery(stand, inhoud, deel)
        eind, reden = deel["Einddatum"], deel["RedenBeeindiging"]
        if deel["StatusAanlevering"] == _VERWIJDEREN:
            leveren.take_back_stop(
                levering,
                eind=eind,
                reden=reden,
                door=door,
                bericht=rij.pk,
                ontvangen_op=rij.vastgelegd_op,
            )
        else:
            samen.stops.append(_reported(rij, levering, eind, reden))
        links += _about(stand, inhoud, deel)
    return links


def _reported(
    rij: Ketenbericht, levering: Zorglevering, op: date, reden: str = ""
) -> leveren.Melding:
    return leveren.Melding(levering, op, reden, rij.pk, rij.vastgelegd_op)


def _delivery(
    stand: DatabaseStand, inhoud: Inhoud, deel: Mapping[str, Any]
) -> Zorglevering:
    """The delivery that a start or stop names by its key.

    Raises:
        LeveringOnbekend: there is none.
    """
    code = deel.get("Product", {}).get("Code")
    nummer = deel.get("ToewijzingNummer")
    bsn = inhoud.inhoud["Client"]["Bsn"]
    for each in stand.leveringen[inhoud.soort.wet, inhoud.afzender, bsn]:
        eigen = each.toewijzing.nummer if each.toewijzing else None
        zelfde = (eigen, each.begin) == (nummer, deel["Begindatum"])
        if zelfde and code in (None, "", each.code):
            return each
    raise LeveringOnbekend()


def _about(stand: DatabaseStand, inhoud: Inhoud, deel: Mapping[str, Any]) -> list[Link]:
    nummer = deel.get("ToewijzingNummer")
    if nummer is None or (inhoud.soort.wet, nummer) not in stand.sleutels:
        return []
    toewijzing, _persoon = stand.sleutels[inhoud.soort.wet, nummer]
    return [Link(Berichtlink.Soort.TOEWIJZING, toewijzing, nummer)]


def _allocations(stand: DatabaseStand, inhoud: Inhoud) -> list[Link]:
    """The allocations that a request to change is about."""
    verzoek = inhoud.inhoud["Client"].get("Verzoek", {})
    delen = [
        *verzoek.get("TeWijzigenProducten", {}).get("TeWijzigenProduct", []),
        *verzoek.get("OngewijzigdeProducten", {}).get("OngewijzigdProduct", []),
    ]
    return [link for deel in delen for link in _about(stand, inhoud, deel)]
