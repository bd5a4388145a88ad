"""The API over which a program brings and fetches messages with providers.

For a municipality that has no folder to share: a program of the knooppunt or of a
broker. It needs the scope, and the administrator must have connected it; one program
per municipality. Names as the outside sees them, in lowerCamelCase.
"""

import base64
import binascii
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field, field_validator
from pydantic.alias_generators import to_camel

from samenloop.access import logboek
from samenloop.access.koppelingen.models import Scope
from samenloop.access.koppelingen.problemen import Probleem
from samenloop.access.koppelingen.toegang import Aanroep, bewerking
from samenloop.access.rollen import Handeling
from samenloop.berichten.verkeer import lezen, rondgaan
from samenloop.berichten.verkeer.dragers import Aangeboden
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.berichten.verkeer.ontvangst import receive_all
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import klok

router = Router(tags=["Berichten"])
_STRIJDIG = {"responses": {409: {"description": "Dit programma is niet aangesloten"}}}
_GROOTST = 2_400_000  # characters; what is larger goes by folder


class _Deel(Schema):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid"
    )


class BerichtIn(_Deel):
    """A message for the municipality."""

    kenmerk: UUID = Field(description="Eigen kenmerk; hetzelfde kenmerk telt één keer.")
    inhoud: str = Field(
        max_length=_GROOTST, min_length=4, description="Het bericht, in base64."
    )

    @field_validator("inhoud")
    @classmethod
    def _base64(cls, inhoud: str) -> str:
        try:
            base64.b64decode(inhoud, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("Dit is geen base64.") from None
        return inhoud


class Haalvraag(_Deel):
    """How many messages at most."""

    aantal: int = Field(20, ge=1, le=100, description="Hoeveel berichten hoogstens.")


class Ontvangstbewijs(_Deel):
    """A message that is on record."""

    id: UUID = Field(description="Kenmerk van het bericht hier.")
    kenmerk: UUID = Field(description="Uw eigen kenmerk.")
    ontvangen_op: datetime = Field(description="Wanneer het is vastgelegd.")


class BerichtUit(_Deel):
    """A message of the municipality."""

    id: UUID = Field(description="Kenmerk; nodig om te zeggen dat u het hebt.")
    soort: str = Field(description="Naam van het bericht, zoals WMO301.")
    ontvanger: str = Field(description="AGB-code van de aanbieder.")
    naam: str = Field(description="Naam voor een bestand; zegt niets over iemand.")
    inhoud: str = Field(description="Het bericht, in base64.")


class Berichten(_Deel):
    """Messages that lie ready."""

    resultaten: list[BerichtUit] = Field(description="De oudste eerst.")


class Meegenomen(_Deel):
    """A message that was fetched."""

    id: UUID = Field(description="Kenmerk van het bericht.")
    verzonden_op: datetime = Field(description="Wanneer het is meegenomen.")


@router.post(
    "/berichten",
    response={201: Ontvangstbewijs, 200: Ontvangstbewijs},
    operation_id="berichtBrengen",
    summary="Breng een bericht van een aanbieder",
    openapi_extra=_STRIJDIG,
)
@bewerking(Scope.BERICHTEN_UITWISSELEN, Handeling.VERKEER_UITWISSELEN)
def bring(request: Aanroep, bericht: BerichtIn) -> Status[Any]:
    """Legt een bericht vast; beoordelen en antwoorden gebeurt daarna.

    Veilig te herhalen: hetzelfde kenmerk wordt één keer vastgelegd, de eerste keer met
    status 201 en daarna met 200. Een bericht groter dan 1,8 MB gaat via de map.
    """
    aansluiting = _connection(request)
    assert aansluiting.koppeling_id is not None, "this way goes by a connection"
    sleutel = uuid5(aansluiting.koppeling_id, str(bericht.kenmerk))
    aangeboden = Aangeboden(sleutel, "", base64.b64decode(bericht.inhoud))
    with transaction.atomic():
        nieuw = receive_all(
            request.actor.gemeente, rondgaan.unwrapped(aansluiting, [aangeboden])
        )
        _log(request, sleutel, logboek.Wijze.GEWIJZIGD)
    rij = Ketenbericht.objects.filter(pk=sleutel).first()
    return Status(
        201 if nieuw else 200,
        {
            "id": sleutel,
            "kenmerk": bericht.kenmerk,
            # What the knooppunt refused is noted with our message, not kept apart.
            "ontvangen_op": (rij.vastgelegd_op if rij else klok.now()).astimezone(UTC),
        },
    )


@router.post(
    "/berichten/_haal",
    response=Berichten,
    operation_id="berichtenHalen",
    summary="Haal berichten voor aanbieders",
    openapi_extra=_STRIJDIG,
)
@bewerking(Scope.BERICHTEN_UITWISSELEN, Handeling.VERKEER_UITWISSELEN)
def fetch(request: Aanroep, vraag: Haalvraag) -> dict[str, Any]:
    """Geeft wat klaarligt, de oudste eerst.

    Een bericht blijft klaarliggen totdat u zegt dat u het hebt.
    """
    aansluiting = _connection(request)
    rijen = list(
        Ketenbericht.objects.select_related("inhoud", "antwoord_op")
        .filter(
            gemeente=request.actor.gemeente, richting=Richting.UIT, staat=Staat.KLAAR
        )
        .order_by("vastgelegd_op", "soort", "identificatie")[: vraag.aantal]
    )
    if rijen:
        logboek.record(
            request.actor,
            Handeling.VERKEER_UITWISSELEN,
            personen={rij.persoon_id for rij in rijen if rij.persoon_id},
            onderwerp="berichtenverkeer",
            wijze=logboek.Wijze.VERSTREKT,
            activiteit=lezen.ACTIVITEIT,
        )
    ingepakt = [rondgaan.packed(aansluiting, rij) for rij in rijen]
    return {
        "resultaten": [
            {
                "id": rij.pk,
                "soort": rij.soort,
                "ontvanger": rij.ontvanger,
                "naam": rondgaan.file_name(rij),
                "inhoud": base64.b64encode(inhoud).decode(),
            }
            for rij, inhoud in zip(rijen, ingepakt, strict=True)
            if inhoud is not None
        ]
    }


@router.post(
    "/berichten/{uuid:id}/_ontvangen",
    response=Meegenomen,
    operation_id="berichtOntvangen",
    summary="Zeg dat u een bericht hebt",
    openapi_extra=_STRIJDIG,
)
@bewerking(Scope.BERICHTEN_UITWISSELEN, Handeling.VERKEER_UITWISSELEN)
def received(request: Aanroep, id: UUID) -> dict[str, Any]:
    """Zegt dat een bericht is meegenomen; vanaf dan loopt de termijn van het antwoord.

    Veilig te herhalen: de eerste keer telt.
    """
    aansluiting = _connection(request)
    with transaction.atomic():
        rij = (
            Ketenbericht.objects.select_for_update()
            .filter(pk=id, gemeente=request.actor.gemeente, richting=Richting.UIT)
            .first()
        )
        if rij is None or (rij.staat != Staat.KLAAR and rij.verzonden_op is None):
            raise Probleem(404)
        if rij.staat == Staat.KLAAR:
            rondgaan.mark_sent([rij])
            aansluiting.laatst_gelukt_op = klok.now()
            aansluiting.save(update_fields=["laatst_gelukt_op"])
            _log(request, rij.pk, logboek.Wijze.VERSTREKT)
    assert rij.verzonden_op is not None, "it was sent, now or before"
    return {"id": rij.pk, "verzonden_op": rij.verzonden_op.astimezone(UTC)}


def _connection(request: Aanroep) -> Aansluiting:
    """The connection of the municipality, if it is this program's.

    Raises:
        Probleem: messages of this municipality travel another way.
    """
    aansluiting = Aansluiting.objects.filter(
        gemeente=request.actor.gemeente,
        soort=Aansluiting.Soort.HTTP,
        koppeling=request.auth.koppeling,
        aan=True,
    ).first()
    if aansluiting is None:
        raise Probleem(
            409,
            "De gemeente heeft dit programma niet aangesloten op het berichtenverkeer.",
            code="niet-aangesloten",
        )
    return aansluiting


def _log(request: Aanroep, bericht: UUID, wijze: logboek.Wijze) -> None:
    logboek.record(
        request.actor,
        Handeling.VERKEER_UITWISSELEN,
        onderwerp=f"bericht:{bericht}",
        wijze=wijze,
        activiteit=lezen.ACTIVITEIT,
    )
