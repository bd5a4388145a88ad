"""Our allocations as messages: the 301 for a client at a provider.

A message carries every allocation of that client at that provider that holds on the day
it is made, and every one that changed since a message told of it (OP087). What was told
is known for each allocation apart: a change in a message that was refused or held back
is still to be told, whatever else went out since. A reason of change goes along only
with what changed (IV099), the reference of the provider only where the allocation
follows a request (IV097).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef

from samenloop.berichten.regels.uitgaand import keur_uitgaand
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.soorten import SUBVERSIE, VERSIE, XSD_VERSIE, soort
from samenloop.berichten.verkeer import clienten, nummers
from samenloop.berichten.verkeer.models import Berichtlink, Ketenbericht
from samenloop.berichten.verkeer.stand import DatabaseStand, cbs
from samenloop.berichten.verkeer.staten import GEGAAN, Richting
from samenloop.berichten.verkeer.uitgaan import Link, Uit, put
from samenloop.core import klok
from samenloop.core.klok import AMSTERDAM
from samenloop.voorzieningen.toewijzen.models import Toewijzing, Verzoek

Sleutel = tuple[str, UUID, int]
"""Law, client and provider: what one message is about."""


def tell(
    gemeente: str, toewijzingen: Iterable[UUID], *, vervangt: UUID | None = None
) -> list[Ketenbericht]:
    """Put the messages about these allocations in the outbox.

    Of a client at a provider one message, whatever number of allocations changed; none
    for an allocation that is in force no longer than its own removal.
    """
    genoemd = list(
        Toewijzing.objects.filter(pk__in=list(toewijzingen)).values_list(
            "wet", "persoon", "aanbieder"
        )
    )
    sleutels: set[Sleutel] = set(genoemd)
    if not sleutels:
        return []
    rijen = _allocations(gemeente, sleutels)
    eerder = _told_before(gemeente, rijen)
    vandaag = klok.today()
    uit: list[Uit] = []
    per_soort: dict[str, list[Sleutel]] = defaultdict(list)
    for sleutel in sorted(sleutels, key=str):
        per_soort[sleutel[0]].append(sleutel)
    mensen = clienten.clients({persoon for _, persoon, _ in sleutels}, vandaag)
    for wet, groep in per_soort.items():
        code = soort(wet, 301).code
        nieuwe = nummers.next_identifications(gemeente, code, len(groep))
        for sleutel, identificatie in zip(groep, nieuwe, strict=True):
            bekend = any(rij.pk in eerder for rij in rijen[sleutel])
            mee = [
                rij
                for rij in rijen[sleutel]
                if _goes_along(rij, vandaag, eerder.get(rij.pk), bekend=bekend)
            ]
            if not mee:
                continue
            uit.append(
                _message(
                    gemeente,
                    sleutel,
                    mee,
                    identificatie=identificatie,
                    client=mensen[sleutel[1]],
                    eerder=eerder,
                )
            )
    _tie_to_requests(gemeente, uit)
    _check(gemeente, uit)
    for each in uit:
        each.vervangt = vervangt
    geschreven = put(gemeente, uit)
    close_requests(gemeente, {each.antwoord_op for each in uit if each.antwoord_op})
    return geschreven


def _allocations(
    gemeente: str, sleutels: set[Sleutel]
) -> dict[Sleutel, list[Toewijzing]]:
    uit: dict[Sleutel, list[Toewijzing]] = {sleutel: [] for sleutel in sleutels}
    for rij in (
        Toewijzing.objects.filter(
            gemeente=gemeente,
            persoon__in={persoon for _, persoon, _ in sleutels},
            aanbieder__in={aanbieder for *_, aanbieder in sleutels},
        )
        .select_related("aanbieder")
        .order_by("nummer")
    ):
        sleutel = (rij.wet, rij.persoon_id, rij.aanbieder_id)
        if sleutel in uit:
            uit[sleutel].append(rij)
    return uit


def _told_before(
    gemeente: str, rijen: Mapping[Sleutel, Sequence[Toewijzing]]
) -> dict[UUID, datetime]:
    """When each was told last; what was held back or refused was not told."""
    return dict(
        Berichtlink.objects.filter(
            soort=Berichtlink.Soort.TOEWIJZING,
            onderwerp__in=[rij.pk for groep in rijen.values() for rij in groep],
            bericht__gemeente=gemeente,
            bericht__richting=Richting.UIT,
            bericht__soort__in=[soort(wet, 301).code for wet in ("wmo", "jeugdwet")],
            bericht__staat__in=GEGAAN,
        )
        .order_by()
        .values_list("onderwerp")
        .annotate(laatst=Max("bericht__vastgelegd_op"))
    )


def _goes_along(
    rij: Toewijzing, vandaag: date, eerder: datetime | None, *, bekend: bool
) -> bool:
    if eerder is None or rij.toegewezen_op > eerder:
        # What was removed before anybody heard of the client needs no telling.
        return bekend or not rij.is_verwijderd
    return not rij.is_verwijderd and (rij.eind is None or rij.eind >= vandaag)


def _message(
    gemeente: str,
    sleutel: Sleutel,
    rijen: Sequence[Toewijzing],
    *,
    identificatie: str,
    client: clienten.Client,
    eerder: Mapping[UUID, datetime],
) -> Uit:
    wet, persoon, aanbieder = sleutel
    vandaag = klok.today()
    agb = rijen[0].aanbieder.agb
    inhoud = Inhoud(
        soort(wet, 301),
        {
            "Header": header(gemeente, wet, 301, agb, identificatie, vandaag),
            "Client": {
                **client.full(),
                "ToegewezenProducten": {
                    "ToegewezenProduct": [
                        _product(rij, eerder.get(rij.pk)) for rij in rijen
                    ]
                },
            },
        },
    )
    return Uit(
        inhoud,
        aanbieder=aanbieder,
        persoon=persoon,
        reden=client.bezwaar,
        links=[Link(Berichtlink.Soort.TOEWIJZING, rij.pk, rij.nummer) for rij in rijen],
    )


def header(
    gemeente: str, wet: str, nummer: int, agb: str, identificatie: str, dag: date
) -> dict[str, Any]:
    """Return the header of a message of ours."""
    return {
        "BerichtCode": soort(wet, nummer).berichtcode,
        "BerichtVersie": VERSIE,
        "BerichtSubversie": SUBVERSIE,
        "Afzender": cbs(gemeente),
        "Ontvanger": agb,
        "BerichtIdentificatie": {"Identificatie": identificatie, "Dagtekening": dag},
        "XsdVersie": {
            "BasisschemaXsdVersie": XSD_VERSIE,
            "BerichtXsdVersie": XSD_VERSIE,
        },
    }


def _product(rij: Toewijzing, eerder: datetime | None) -> dict[str, Any]:
    besloten = rij.toegewezen_op.astimezone(AMSTERDAM)
    nieuw = eerder is None or rij.toegewezen_op > eerder
    uit: dict[str, Any] = {"ToewijzingNummer": rij.nummer}
    if nieuw and rij.referentie_aanbieder:
        uit["ReferentieAanbieder"] = rij.referentie_aanbieder
    if rij.categorie:
        uit["Product"] = {"Categorie": rij.categorie}
        if rij.code:
            uit["Product"]["Code"] = rij.code
    uit["Toewijzingsdatum"] = besloten.date()
    uit["Toewijzingstijd"] = besloten.strftime("%H:%M:%S")
    uit["Ingangsdatum"] = rij.ingang
    if rij.eind:
        uit["Einddatum"] = rij.eind
    if nieuw and rij.reden_wijziging:
        uit["RedenWijziging"] = rij.reden_wijziging
    if rij.volume is not None:
        uit["Omvang"] = {
            "Volume": rij.volume,
            "Eenheid": rij.eenheid,
            "Frequentie": rij.frequentie,
        }
    if rij.budget is not None:
        uit["Budget"] = rij.budget
    if rij.commentaar:
        uit["Commentaar"] = rij.commentaar
    return uit


def _tie_to_requests(gemeente: str, uit: Sequence[Uit]) -> None:
    """Tie a message to the request that it grants."""
    referenties = {
        product["ReferentieAanbieder"]
        for each in uit
        for product in _products(each)
        if "ReferentieAanbieder" in product
    }
    if not referenties:
        return
    verzoeken: dict[Any, Verzoek] = {
        (v.wet, v.aanbieder_id, v.referentie): v
        for v in Verzoek.objects.filter(gemeente=gemeente, referentie__in=referenties)
    }
    for each in uit:
        for product in _products(each):
            sleutel = (
                each.inhoud.soort.wet,
                each.aanbieder,
                product.get("ReferentieAanbieder"),
            )
            if verzoek := verzoeken.get(sleutel):
                each.antwoord_op = verzoek.bericht
                each.links = [
                    *each.links,
                    Link(Berichtlink.Soort.VERZOEK, verzoek.pk),
                ]


def close_requests(gemeente: str, berichten: Iterable[UUID]) -> None:
    """Note of requests that came in which have had their last answer.

    Decided is not answered: an answer that our own check held back is not given, and
    the term runs on until one goes out.
    """
    ids = list(berichten)
    gegeven = Berichtlink.objects.filter(
        soort=Berichtlink.Soort.VERZOEK,
        onderwerp=OuterRef("pk"),
        bericht__richting=Richting.UIT,
        bericht__staat__in=GEGAAN,
        bericht__vastgelegd_op__gte=OuterRef("beantwoord_op"),
    )
    nog_open = Verzoek.objects.filter(
        ~Exists(gegeven), gemeente=gemeente, bericht__in=ids
    ).values("bericht")
    Ketenbericht.objects.filter(pk__in=ids, beantwoord_op=None).exclude(
        pk__in=nog_open
    ).update(beantwoord_op=klok.now(), mist_op=None)


def _products(uit: Uit) -> list[dict[str, Any]]:
    producten: list[dict[str, Any]] = uit.inhoud.inhoud["Client"][
        "ToegewezenProducten"
    ]["ToegewezenProduct"]
    return producten


def _check(gemeente: str, uit: Sequence[Uit]) -> None:
    """Judge our own messages as the receiver will, and as only the sender can."""
    stand = DatabaseStand(gemeente)
    stand.load([each.inhoud for each in uit])
    for each in uit:
        oordeel = keur_uitgaand(each.inhoud, stand=stand, vandaag=klok.today())
        each.fouten = oordeel.fouten
