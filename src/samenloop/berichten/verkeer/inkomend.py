"""What providers tell, in the words of this house: from a message to our records.

A message comes here after it was judged; what the rooms below refuse all the same is
their exception, and nothing of the message is kept then.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.declaraties import boeken
from samenloop.voorzieningen.models import Aanbieder
from samenloop.voorzieningen.toewijzen import leveren
from samenloop.voorzieningen.toewijzen.models import Zorglevering

_VERWIJDEREN = "3"


class LeveringOnbekend(SamenloopFout):
    """What is taken back or ended is not on record, though it was judged to be."""

    melding = _("This delivery was not found.")


def accept_all(
    stand: DatabaseStand, werk: Sequence[tuple[Ketenbericht, Inhoud, Sequence[Fout]]]
) -> Iterator[list[Link]]:
    """Change our records by messages that were accepted; of each what it is about.

    Raises:
        SamenloopFout, django.db.Error: one cannot be written.
    """
    door = Actor.systeem("berichtenverkeer", stand.gemeente)
    for rij, inhoud, fouten in werk:
        nummer = inhoud.soort.nummer
        if nummer == 305:
            yield _starts(stand, rij, inhoud, door)
        elif nummer == 307:
            yield _stops(stand, rij, inhoud, door)
        elif nummer in (315, 317):
            yield [
                Link(Berichtlink.Soort.VERZOEK, verzoek)
                for verzoek in receive(stand, rij, inhoud, door)
            ] + _allocations(stand, inhoud)
        else:
            assert rij.aanbieder_id is not None, "an unknown sender was set apart"
            declaratie = boeken.book(
                stand.gemeente,
                invoice(inhoud, fouten, stand=stand, aanbieder=rij.aanbieder_id),
                bericht=rij.pk,
            )
            yield [Link(Berichtlink.Soort.DECLARATIE, declaratie.pk)]


def person(stand: DatabaseStand, inhoud: Inhoud | None) -> UUID | None:
    """Return the client of a message about one, when we know them here."""
    client = inhoud.inhoud.get("Client") if inhoud else None
    persoon: UUID | None = stand.personen.get(client["Bsn"]) if client else None
    return persoon


def _starts(
    stand: DatabaseStand, rij: Ketenbericht, inhoud: Inhoud, door: Actor
) -> list[Link]:
    links = []
    starts = inhoud.inhoud["Client"]["StartProducten"]["StartProduct"]
    # What is taken back first, so that it may be reported anew beside it (IV008).
    for deel in sorted(starts, key=lambda d: d["StatusAanlevering"] != _VERWIJDEREN):
        if deel["StatusAanlevering"] == _VERWIJDEREN:
            leveren.take_back_start(
                _delivery(stand, rij, inhoud, deel),
                door=door,
                bericht=rij.pk,
                ontvangen_op=rij.vastgelegd_op,
            )
        else:
            _start(stand, rij, inhoud, deel, door)
        links += _about(stand, inhoud, deel)
    return links


def _start(
    stand: DatabaseStand,
    rij: Ketenbericht,
    inhoud: Inhoud,
    deel: Mapping[str, Any],
    door: Actor,
) -> None:
    product = deel.get("Product", {})
    categorie, code = product.get("Categorie", ""), product.get("Code", "")
    nummer = deel.get("ToewijzingNummer")
    if nummer is not None:
        leveren.start(
            stand.rijen[inhoud.soort.wet, nummer],
            deel["Begindatum"],
            door=door,
            categorie=categorie,
            code=code,
            bericht=rij.pk,
            ontvangen_op=rij.vastgelegd_op,
        )
        return
    persoon = person(stand, inhoud)
    if persoon is None or rij.aanbieder_id is None:
        raise LeveringOnbekend()
    leveren.start_without(
        Persoon.objects.get(pk=persoon),
        Aanbieder.objects.get(pk=rij.aanbieder_id),
        deel["Begindatum"],
        gemeente=stand.gemeente,
        wet=inhoud.soort.wet,
        categorie=categorie,
        code=code,
        door=door,
        bericht=rij.pk,
        ontvangen_op=rij.vastgelegd_op,
    )


def _stops(
    stand: DatabaseStand, rij: Ketenbericht, inhoud: Inhoud, door: Actor
) -> list[Link]:
    links = []
    stops = inhoud.inhoud["Client"]["StopProducten"]["StopProduct"]
    for deel in sorted(stops, key=lambda d: d["StatusAanlevering"] != _VERWIJDEREN):
        levering = _delivery(stand, rij, inhoud, deel)
        if deel["StatusAanlevering"] == _VERWIJDEREN:
            leveren.take_back_stop(
                levering,
                eind=deel["Einddatum"],
                reden=deel["RedenBeeindiging"],
                door=door,
                bericht=rij.pk,
                ontvangen_op=rij.vastgelegd_op,
            )
        else:
            leveren.stop(
                levering,
                deel["Einddatum"],
                reden=deel["RedenBeeindiging"],
                door=door,
                bericht=rij.pk,
                ontvangen_op=rij.vastgelegd_op,
            )
        links += _about(stand, inhoud, deel)
    return links


def _delivery(
    stand: DatabaseStand, rij: Ketenbericht, inhoud: Inhoud, deel: Mapping[str, Any]
) -> Zorglevering:
    """The delivery that a start or stop names by its key.

    Raises:
        LeveringOnbekend: there is none.
    """
    product = deel.get("Product", {})
    nummer = deel.get("ToewijzingNummer")
    gevonden = Zorglevering.objects.filter(
        gemeente=stand.gemeente,
        wet=inhoud.soort.wet,
        aanbieder=rij.aanbieder_id,
        persoon=person(stand, inhoud),
        begin=deel["Begindatum"],
        vervallen_op=None,
    )
    if nummer is None:
        gevonden = gevonden.filter(toewijzing=None)
    else:
        gevonden = gevonden.filter(toewijzing__nummer=nummer)
    if product.get("Code"):
        gevonden = gevonden.filter(code=product["Code"])
    levering = gevonden.select_related("toewijzing", "persoon").first()
    if levering is None:
        raise LeveringOnbekend()
    return levering


def _about(stand: DatabaseStand, inhoud: Inhoud, deel: Mapping[str, Any]) -> list[Link]:
    nummer = deel.get("ToewijzingNummer")
    rij = stand.rijen.get((inhoud.soort.wet, nummer)) if nummer is not None else None
    return [Link(Berichtlink.Soort.TOEWIJZING, rij.pk, rij.nummer)] if rij else []


def _allocations(stand: DatabaseStand, inhoud: Inhoud) -> list[Link]:
    """The allocations that a request to change is about."""
    verzoek = inhoud.inhoud["Client"].get("Verzoek", {})
    delen = [
        *verzoek.get("TeWijzigenProducten", {}).get("TeWijzigenProduct", []),
        *verzoek.get("OngewijzigdeProducten", {}).get("OngewijzigdProduct", []),
    ]
    return [link for deel in delen for link in _about(stand, inhoud, deel)]
