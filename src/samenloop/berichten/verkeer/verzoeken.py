"""Requests of providers (315 and 317), in the words of this house.

Whom a request is about need not be known here yet: the number finds the person, or the
person is registered by what the provider says.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.stand import DatabaseStand
from samenloop.core.bsn import Bsn
from samenloop.personen import taak
from samenloop.personen.models import Geslacht, Persoon
from samenloop.voorzieningen.models import Aanbieder
from samenloop.voorzieningen.toewijzen import verzoeken
from samenloop.voorzieningen.toewijzen.models import Regelsoort, Verzoeksoort

_JA = "1"


def receive(
    stand: DatabaseStand, rij: Ketenbericht, inhoud: Inhoud, door: Actor
) -> Sequence[UUID]:
    """Put on record what is asked; the ids of the requests, one for each reference."""
    persoon = _client(stand, inhoud.inhoud["Client"])
    assert rij.aanbieder_id is not None, "an unknown sender was set apart"
    aanbieder = Aanbieder.objects.get(pk=rij.aanbieder_id)
    vast: dict[str, Any] = {
        "gemeente": stand.gemeente,
        "wet": inhoud.soort.wet,
        "persoon": persoon,
        "aanbieder": aanbieder,
        "dagtekening": inhoud.dagtekening,
        "ontvangen_op": rij.vastgelegd_op,
        "bericht": rij.pk,
    }
    delen = (
        _to_allocate(inhoud.inhoud["Client"])
        if inhoud.soort.nummer == 315
        else [_to_change(inhoud.inhoud["Client"]["Verzoek"])]
    )
    gevraagd = [
        verzoeken.receive(verzoeken.Ingekomen(**vast, **deel), door=door).pk
        for deel in delen
    ]
    # Known from now on, and not where the request was refused.
    stand.personen[inhoud.inhoud["Client"]["Bsn"]] = persoon.pk
    return gevraagd


def _client(stand: DatabaseStand, client: Mapping[str, Any]) -> Persoon:
    bsn = Bsn(client["Bsn"])
    if persoon := taak.take_on_by_bsn(bsn, stand.gemeente):
        return Persoon.objects.get(pk=persoon)
    naam = client.get("Naam", {})
    geslachtsnaam = naam.get("Geslachtsnaam", {})
    geboren = client.get("Geboortedatum", {})
    bekend = "DatumGebruik" not in geboren and geboren.get("Datum") is not None
    geslacht = client.get("Geslacht")
    return Persoon.objects.register(
        bsn,
        geslachtsnaam=geslachtsnaam.get("Achternaam", "onbekend"),
        voorvoegsel=geslachtsnaam.get("Voorvoegsel", ""),
        voornamen=naam.get("Voornamen", ""),
        geboortedatum=geboren["Datum"] if bekend else None,
        geslacht=geslacht if geslacht in Geslacht.values else Geslacht.ONBEKEND,
    )


def _to_allocate(client: Mapping[str, Any]) -> list[dict[str, Any]]:
    bekend = client.get("GezagsdragerBekend")
    return [
        {
            "soort": Verzoeksoort.TOEWIJZING.value,
            "referentie": product["ReferentieAanbieder"],
            "regels": [
                verzoeken.Regel(
                    Regelsoort.AANGEVRAAGD.value,
                    beschikking_ingang=product.get("BeschikkingIngangsdatum"),
                    ingang=product["ToewijzingIngangsdatum"],
                    eind=product.get("ToewijzingEinddatum"),
                    **_size(product),
                )
            ],
            "verwijzer_type": product["Verwijzer"]["Type"],
            "verwijzer_naam": product["Verwijzer"].get("Naam", ""),
            "verwijzer_agb": product["Verwijzer"].get("ZorgverlenerCode", ""),
            "beschikkingnummer": str(product.get("BeschikkingNummer", "")),
            "raamcontract": _yes(product.get("Raamcontract")),
            "gezagsdrager_bekend": _yes(bekend),
            "commentaar": (product.get("Commentaar") or client.get("Commentaar", ""))[
                :200
            ],
        }
        for product in client["AangevraagdeProducten"]["AangevraagdProduct"]
    ]


def _to_change(verzoek: Mapping[str, Any]) -> dict[str, Any]:
    ongewijzigd = verzoek.get("OngewijzigdeProducten", {})
    gewijzigd = verzoek.get("TeWijzigenProducten", {})
    nieuw = verzoek.get("NieuweProducten", {})
    return {
        "soort": Verzoeksoort.WIJZIGING.value,
        "referentie": verzoek["ReferentieAanbieder"],
        "reden_verzoek": verzoek["RedenVerzoek"],
        "regels": [
            *(
                verzoeken.Regel(
                    Regelsoort.ONGEWIJZIGD.value, toewijzing=deel["ToewijzingNummer"]
                )
                for deel in ongewijzigd.get("OngewijzigdProduct", [])
            ),
            *(
                verzoeken.Regel(
                    Regelsoort.TE_WIJZIGEN.value,
                    toewijzing=deel["ToewijzingNummer"],
                    ingang=deel["GewensteIngangsdatum"],
                    eind=deel.get("Einddatum"),
                    **_size(deel),
                )
                for deel in gewijzigd.get("TeWijzigenProduct", [])
            ),
            *(
                verzoeken.Regel(
                    Regelsoort.NIEUW.value,
                    ingang=deel["GewensteIngangsdatum"],
                    eind=deel.get("Einddatum"),
                    **_size(deel),
                )
                for deel in nieuw.get("NieuwProduct", [])
            ),
        ],
    }


def _size(deel: Mapping[str, Any]) -> dict[str, Any]:
    product, omvang = deel.get("Product", {}), deel.get("Omvang", {})
    return {
        "categorie": product.get("Categorie", ""),
        "code": product.get("Code", ""),
        "volume": omvang.get("Volume"),
        "eenheid": omvang.get("Eenheid", ""),
        "frequentie": omvang.get("Frequentie", ""),
        "budget": deel.get("Budget"),
    }


def _yes(waarde: str | None) -> bool | None:
    return None if waarde is None else waarde == _JA
