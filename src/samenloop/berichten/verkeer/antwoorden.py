"""Our answers to requests that are not granted: the 319.

A grant is answered by the 301 itself. "In onderzoek" goes once and moves the term on to
eight weeks from the date of the request (OP346); after a refusal nothing follows.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from samenloop.berichten.regels.keuren import beoordeel
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.soorten import soort
from samenloop.berichten.verkeer import nummers, werkdagen
from samenloop.berichten.verkeer.models import Berichtlink, Ketenbericht
from samenloop.berichten.verkeer.stand import DatabaseStand, cbs
from samenloop.berichten.verkeer.staten import GEGAAN, Staat
from samenloop.berichten.verkeer.toewijzingen import close_requests, header
from samenloop.berichten.verkeer.uitgaan import Link, Uit, put
from samenloop.core import klok
from samenloop.voorzieningen.toewijzen.models import Verzoek, Verzoekstaat

_AFGEWEZEN, _ONDERZOEK = "1", "2"


@transaction.atomic
def answer(gemeente: str, verzoeken: Iterable[UUID]) -> list[Ketenbericht]:
    """Put the answers to these requests in the outbox; one that went goes no more.

    Nobody decides on them meanwhile: a refusal between reading and writing would be
    older than the message that says "in onderzoek", and count as told by it.
    """
    rijen = list(
        Verzoek.objects.select_for_update(of=("self",))
        .filter(pk__in=list(verzoeken))
        .select_related("aanbieder")
        .order_by("pk")
    )
    gegaan = defaultdict(list)
    for verzoek, op in Berichtlink.objects.filter(
        soort=Berichtlink.Soort.VERZOEK,
        onderwerp__in=[rij.pk for rij in rijen],
        bericht__soort__in=["WMO319", "JW319"],
        bericht__staat__in=GEGAAN,
    ).values_list("onderwerp", "bericht__vastgelegd_op"):
        gegaan[verzoek].append(op)
    te_gaan = [rij for rij in rijen if _is_due(rij, gegaan[rij.pk])]
    per_wet: dict[str, list[Verzoek]] = defaultdict(list)
    for rij in te_gaan:
        per_wet[rij.wet].append(rij)
    uit = []
    for wet, groep in per_wet.items():
        code = soort(wet, 319).code
        nieuwe = nummers.next_identifications(gemeente, code, len(groep))
        uit += [
            _message(gemeente, rij, identificatie)
            for rij, identificatie in zip(groep, nieuwe, strict=True)
        ]
    stand = DatabaseStand(gemeente, antwoordt=True)
    stand.load([each.inhoud for each in uit])
    for each in uit:
        each.fouten = beoordeel(each.inhoud, stand=stand, vandaag=klok.today()).fouten
    rijen_uit = put(gemeente, uit)
    gaat = {rij.antwoord_op_id for rij in rijen_uit if rij.staat == Staat.KLAAR}
    _move_terms(gemeente, [rij for rij in te_gaan if rij.bericht in gaat])
    return rijen_uit


def _is_due(rij: Verzoek, gegaan: list[Any]) -> bool:
    if rij.staat == Verzoekstaat.ONDERZOEK:
        return not gegaan
    if rij.staat == Verzoekstaat.AFGEWEZEN and rij.beantwoord_op is not None:
        return all(op < rij.beantwoord_op for op in gegaan)
    return False


def _message(gemeente: str, rij: Verzoek, identificatie: str) -> Uit:
    in_onderzoek = rij.staat == Verzoekstaat.ONDERZOEK
    antwoord: dict[str, Any] = {
        "ReferentieAanbieder": rij.referentie,
        "VerzoekAntwoord": _ONDERZOEK if in_onderzoek else _AFGEWEZEN,
    }
    if not in_onderzoek:
        antwoord["RedenAfwijzingVerzoek"] = rij.reden_afwijzing
    if rij.woonplaats and rij.wet == "jeugdwet":
        antwoord["Woonplaatsbeginsel"] = {"Gemeente": cbs(rij.woonplaats)}
    agb = rij.aanbieder.agb
    return Uit(
        Inhoud(
            soort(rij.wet, 319),
            {
                "Header": header(
                    gemeente, rij.wet, 319, agb, identificatie, klok.today()
                ),
                "Antwoord": antwoord,
            },
        ),
        aanbieder=rij.aanbieder_id,
        persoon=rij.persoon_id,
        antwoord_op=rij.bericht,
        links=[Link(Berichtlink.Soort.VERZOEK, rij.pk)],
    )


def _move_terms(gemeente: str, rijen: Iterable[Verzoek]) -> None:
    """Of requests of which an answer really goes out; what is held back moves none."""
    for rij in rijen:
        if rij.staat == Verzoekstaat.ONDERZOEK and rij.bericht:
            Ketenbericht.objects.filter(pk=rij.bericht, beantwoord_op=None).update(
                antwoord_voor=rij.dagtekening + werkdagen.ONDERZOEK, mist_op=None
            )
    close_requests(gemeente, {rij.bericht for rij in rijen if rij.bericht})
