"""The API about signals: what programs of reporters may send and ask.

Thin, like the pages: each operation checks the message, calls one function of the room
and answers. An organisation sees its own signals and nothing of how they were weighed;
even that a signal joined a melding would tell that there is more around a family.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from ninja import Router, Status

from samenloop.access import logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.koppelingen.models import Scope
from samenloop.access.koppelingen.problemen import Fout, Probleem, invalid, not_found
from samenloop.access.koppelingen.toegang import bewerking
from samenloop.access.rollen import Handeling
from samenloop.personen import taak
from samenloop.signalen import ontvangst, register, soorten, zicht
from samenloop.signalen.api_berichten import (
    Betrokkenheden,
    Ontvangst,
    SignaalIn,
    SignaalUit,
    Signalen,
    Soorten,
    TerugmeldingUit,
    Verwijsvraag,
    VerwijzingIn,
    VerwijzingUit,
    Zoekvraag,
)
from samenloop.signalen.fouten import KenmerkBezet, OnbekendeSoort
from samenloop.signalen.models import (
    Kanaal,
    Signaal,
    SignaalBetrokkene,
    Terugmelding,
    Verwijzing,
)
from samenloop.signalen.terugmelding import mark_read as mark_as_read

router = Router(by_alias=True)
_STRIJDIG = {"responses": {409: {"description": "In strijd met wat er al staat"}}}
_BEZET = (
    "Dit kenmerk gebruikte uw organisatie al voor een signaal met een andere inhoud. "
    "Geef een nieuw signaal een nieuw kenmerk."
)


@router.post(
    "/signalen",
    response={201: Ontvangst, 200: Ontvangst},
    operation_id="signaalMelden",
    summary="Meld een signaal",
    tags=["Signalen"],
    openapi_extra=_STRIJDIG,
)
@bewerking(Scope.SIGNALEN_MELDEN, Handeling.SIGNAAL_MELDEN)
def report(request: Verzoek, signaal: SignaalIn) -> Status[Any]:
    """Legt een signaal vast.

    Veilig te herhalen: hetzelfde kenmerk met dezelfde inhoud geeft hetzelfde antwoord,
    de eerste keer met status 201 en daarna met 200. Staat onder het kenmerk iets
    anders, dan volgt 409 en verandert er niets.
    """
    try:
        ontvangen = ontvangst.receive(
            _invoer(signaal, request.actor), actor=request.actor, kanaal=Kanaal.API
        )
    except OnbekendeSoort:
        invalid(
            Fout("soort", "onbekend", "Kies een code uit GET /soorten, zonder fouten.")
        )
    except KenmerkBezet:
        raise Probleem(409, _BEZET, code="kenmerk-bezet") from None
    return Status(201 if ontvangen.is_nieuw else 200, _receipt(ontvangen.signaal))


@router.get(
    "/signalen/{uuid:id}",
    response=SignaalUit,
    operation_id="signaalLezen",
    summary="Lees een eigen signaal",
    tags=["Signalen"],
)
@bewerking(Scope.SIGNALEN_LEZEN, Handeling.TERUGMELDING_LEZEN)
def read(request: Verzoek, id: UUID) -> dict[str, Any]:
    """Geeft een eigen signaal met hoe het ermee staat en wat is teruggemeld."""
    signaal = _own(request.actor).filter(pk=id).first()
    if signaal is None:
        not_found()
    _log(request.actor, [signaal], logboek.Wijze.GEOPEND)
    return _shown(signaal)


@router.post(
    "/signalen/_zoek",
    response=Signalen,
    operation_id="signalenZoeken",
    summary="Zoek eigen signalen",
    tags=["Signalen"],
)
@bewerking(Scope.SIGNALEN_LEZEN, Handeling.TERUGMELDING_LEZEN)
def search(request: Verzoek, vraag: Zoekvraag) -> dict[str, Any]:
    """Zoekt eigen signalen op uw eigen kenmerk; zonder kenmerk de nieuwste eerst."""
    rijen = _own(request.actor)
    if vraag.kenmerken:
        rijen = rijen.filter(kenmerk_melder__in=vraag.kenmerken)
    begin = (vraag.pagina - 1) * vraag.pagina_grootte
    # One more than is shown tells whether there is a next page.
    gevonden = list(rijen[begin : begin + vraag.pagina_grootte + 1])
    getoond = gevonden[: vraag.pagina_grootte]
    _log(request.actor, getoond, logboek.Wijze.GEVONDEN)
    return {
        "resultaten": [_shown(signaal) for signaal in getoond],
        "volgende": vraag.pagina + 1 if len(gevonden) > len(getoond) else None,
        "vorige": vraag.pagina - 1 if vraag.pagina > 1 else None,
    }


@router.post(
    "/terugmeldingen/{uuid:id}/_gelezen",
    response=TerugmeldingUit,
    operation_id="terugmeldingGelezen",
    summary="Zeg dat een terugmelding gelezen is",
    tags=["Signalen"],
)
@bewerking(Scope.SIGNALEN_LEZEN, Handeling.TERUGMELDING_LEZEN)
def mark_read(request: Verzoek, id: UUID) -> Terugmelding:
    """Zegt dat een terugmelding is aangekomen; de eerste keer telt."""
    eigen = Terugmelding.objects.filter(
        pk=id, signaal__organisatie=request.actor.organisatie
    ).select_related("signaal")
    terugmelding = eigen.first()
    if terugmelding is None:
        not_found()
    with transaction.atomic():
        mark_as_read(terugmelding.pk)
        _log(request.actor, [terugmelding.signaal], logboek.Wijze.GEOPEND)
    terugmelding.refresh_from_db()
    return terugmelding


@router.post(
    "/verwijzingen",
    response={201: VerwijzingUit, 200: VerwijzingUit},
    operation_id="verwijzingVastleggen",
    summary="Leg vast dat u betrokken bent",
    tags=["Verwijzingen"],
)
@bewerking(Scope.VERWIJZINGEN_SCHRIJVEN, Handeling.VERWIJZING_VASTLEGGEN)
def involve(request: Verzoek, verwijzing: VerwijzingIn) -> Status[Any]:
    """Legt vast dat uw organisatie bij iemand betrokken is; niet waarom.

    Veilig te herhalen: bent u het al, dan krijgt u die verwijzing, met status 200.
    Vindt de gemeente niemand met dit BSN, dan is het antwoord 404.
    """
    actor = request.actor
    with transaction.atomic():
        persoon = taak.take_on_by_bsn(verwijzing.bsn, actor.gemeente)
        if persoon is None:
            not_found()
        bestaat = _running(actor).filter(persoon=persoon).exists()
        eigen = register.refer(
            _organisation(actor), persoon, actor=actor, sinds=verwijzing.sinds
        )
    return Status(200 if bestaat else 201, _reference(eigen))


@router.delete(
    "/verwijzingen/{uuid:id}",
    response=VerwijzingUit,
    operation_id="verwijzingBeeindigen",
    summary="Beëindig een eigen verwijzing",
    tags=["Verwijzingen"],
)
@bewerking(Scope.VERWIJZINGEN_SCHRIJVEN, Handeling.VERWIJZING_VASTLEGGEN)
def leave(request: Verzoek, id: UUID) -> dict[str, Any]:
    """Zegt dat uw organisatie vanaf vandaag niet meer betrokken is.

    Veilig te herhalen: een verwijzing die al beëindigd was, blijft zoals zij is.
    """
    with transaction.atomic():
        eigen = (
            Verwijzing.objects.select_for_update()
            .filter(pk=id, organisatie=request.actor.organisatie)
            .first()
        )
        if eigen is None:
            not_found()
        register.end(eigen, actor=request.actor)
        eigen.refresh_from_db()
    return _reference(eigen)


@router.post(
    "/verwijzingen/_zoek",
    response=Betrokkenheden,
    operation_id="betrokkenenZoeken",
    summary="Zoek wie er nog meer betrokken is",
    tags=["Verwijzingen"],
)
@bewerking(Scope.VERWIJZINGEN_LEZEN, Handeling.VERWIJSINDEX_ZIEN)
def others(request: Verzoek, vraag: Verwijsvraag) -> dict[str, Any]:
    """Geeft de contactgegevens van andere organisaties rond dezelfde persoon.

    Alleen als uw eigen organisatie daar nu zelf betrokken is; anders 404, of de
    persoon nu bekend is of niet.
    """
    actor = request.actor
    # One question for whoever is unknown, known, or known to others: as long for each.
    eigen = (
        _running(actor)
        .filter(
            persoon__burgerservicenummer__zoeksleutel=vraag.bsn.zoeksleutel(
                settings.BSN_SLEUTEL
            )
        )
        .first()
    )
    if eigen is None:
        not_found()
    anderen = register.others_around(eigen.persoon_id, actor=actor) or []
    return {
        "resultaten": [{"organisatie": each, "sinds": each.sinds} for each in anderen]
    }


@router.get(
    "/soorten",
    response=Soorten,
    operation_id="soortenLezen",
    summary="Lees welke soorten signalen er zijn",
    tags=["Codelijsten"],
)
@bewerking(Scope.SIGNALEN_MELDEN, Handeling.SIGNAAL_MELDEN)
def kinds(request: Verzoek) -> dict[str, Any]:
    """Geeft de soorten signalen die vandaag gemeld kunnen worden."""
    return {"resultaten": list(soorten.of_today())}


def _invoer(signaal: SignaalIn, actor: Actor) -> ontvangst.Invoer:
    incident, melder = signaal.incident, signaal.melder
    return ontvangst.Invoer(
        betrokkenen=[
            ontvangst.Betrokkene(
                bsn=each.bsn,
                omschrijving=each.omschrijving.strip(),
                rol=each.rol,
            )
            for each in signaal.betrokkenen
        ],
        melder=ontvangst.Melder(
            naam=melder.naam if melder else "",
            contact=melder.contact if melder else "",
            relatie=melder.relatie if melder else "",
            organisatie=actor.organisatie,
        ),
        soort=signaal.soort,
        veiligheidsrisico=signaal.veiligheidsrisico,
        aanleiding=signaal.aanleiding,
        inhoud=signaal.inhoud,
        verzoek=signaal.verzoek,
        terugkoppeling_gewenst=signaal.terugkoppeling_gewenst,
        kenmerk_melder=signaal.kenmerk,
        incident_op=incident.op if incident else None,
        incident_plaats=incident.plaats if incident else "",
    )


def _own(actor: Actor) -> QuerySet[Signaal]:
    return (
        zicht.signals(actor)
        .filter(organisatie=_organisation(actor))
        .prefetch_related(
            "terugmeldingen",
            Prefetch(
                "betrokkenen",
                queryset=SignaalBetrokkene.objects.only("signaal_id", "persoon_id"),
            ),
        )
        .order_by("-ontvangen_op", "pk")
    )


def _running(actor: Actor) -> QuerySet[Verwijzing]:
    """Return what this organisation is involved in now, in this municipality."""
    return Verwijzing.objects.filter(
        organisatie=_organisation(actor), gemeente=actor.gemeente, tot=None
    )


def _organisation(actor: Actor) -> UUID:
    assert actor.organisatie is not None, "a program works for an organisation"
    return actor.organisatie


def _receipt(signaal: Signaal) -> dict[str, Any]:
    return {
        "id": signaal.pk,
        "nummer": signaal.nummer,
        "kenmerk": signaal.kenmerk_melder,
        "gemeente": signaal.gemeente_id,
        "soort": signaal.soort_id,
        "ontvangen_op": signaal.ontvangen_op,
    }


def _shown(signaal: Signaal) -> dict[str, Any]:
    klaar = signaal.status == Signaal.Status.AFGESLOTEN
    return {
        **_receipt(signaal),
        "status": "afgesloten" if klaar else "in-behandeling",
        "terugmeldingen": list(signaal.terugmeldingen.all()),
    }


def _reference(verwijzing: Verwijzing) -> dict[str, Any]:
    return {
        "id": verwijzing.pk,
        "gemeente": verwijzing.gemeente_id,
        "sinds": verwijzing.sinds,
        "tot": verwijzing.tot,
    }


def _log(actor: Actor, signalen: Iterable[Signaal], wijze: logboek.Wijze) -> None:
    rijen = list(signalen)
    wie = {
        betrokkene.persoon_id
        for signaal in rijen
        for betrokkene in signaal.betrokkenen.all()
        if betrokkene.persoon_id
    }
    logboek.record(
        actor,
        Handeling.TERUGMELDING_LEZEN,
        personen=wie,
        onderwerp=f"signaal:{rijen[0].pk}" if len(rijen) == 1 else "signalen",
        wijze=wijze,
    )
