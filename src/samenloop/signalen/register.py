"""The register: which signals led to what, and who is involved with whom.

The verwijsindex holds that an organisation is involved with a person, never why. Two
organisations around one person learn how to reach each other and nothing more
(Jeugdwet 7.1.4.3: the content has no ground, whoever asks).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.personen import taak
from samenloop.signalen.models import Melding, Signaal, Verwijzing

HOOGSTENS_DAGEN = 2 * 365


@dataclass(frozen=True, slots=True)
class Betrokken:
    """An organisation around a person, and how to reach it. Nothing else."""

    organisatie: UUID
    naam: str
    sinds: date
    contactpersoon: str
    telefoon: str
    email: str


def refer(
    organisatie: UUID, persoon: UUID, *, actor: Actor, sinds: date | None = None
) -> Verwijzing:
    """Note that an organisation is involved with a person from a day on.

    Noting it again gives the entry that runs already.
    """
    with transaction.atomic():
        taak.take_on([persoon], actor.gemeente)
        verwijzing, is_nieuw = Verwijzing.objects.get_or_create(
            organisatie_id=organisatie,
            persoon_id=persoon,
            gemeente_id=actor.gemeente,
            tot=None,
            defaults={"sinds": sinds or klok.today()},
        )
        if is_nieuw:
            _log(
                actor, [persoon], f"verwijzing:{verwijzing.pk}", logboek.Wijze.GEWIJZIGD
            )
    return verwijzing


def end(verwijzing: Verwijzing, *, actor: Actor, tot: date | None = None) -> None:
    """Note the last day of an involvement; ending it twice changes nothing."""
    with transaction.atomic():
        dag = max(tot or klok.today(), verwijzing.sinds)
        geraakt = Verwijzing.objects.filter(pk=verwijzing.pk, tot=None).update(tot=dag)
        if geraakt:
            _log(
                actor,
                [verwijzing.persoon_id],
                f"verwijzing:{verwijzing.pk}",
                logboek.Wijze.GEWIJZIGD,
            )


def leave_out(verwijzing: Verwijzing, reden: str, *, actor: Actor) -> None:
    """Keep an entry from everyone: the name of the organisation would say too much.

    Raises:
        ValueError: no reason was given.
    """
    if not reden.strip():
        raise ValueError("leaving an entry out takes a reason")
    with transaction.atomic():
        Verwijzing.objects.filter(pk=verwijzing.pk).update(
            weggelaten_reden=reden.strip()
        )
        _log(
            actor,
            [verwijzing.persoon_id],
            f"verwijzing:{verwijzing.pk}",
            logboek.Wijze.GEWIJZIGD,
        )


def around(
    personen: Sequence[UUID],
    *,
    actor: Actor,
    onderwerp: str = "verwijsindex",
    doel: str = "",
    grond: str = "",
) -> list[Betrokken]:
    """Return who is involved with these people today, for a worker of the municipality.

    The look is in the log before anything is returned, with the dossier in which, the
    purpose and the grounds where the caller knows them.
    """
    _log(
        actor,
        personen,
        onderwerp,
        logboek.Wijze.GEOPEND,
        doel=doel,
        grond=grond,
    )
    return _involved(personen)


def others_around(persoon: UUID, *, actor: Actor) -> list[Betrokken] | None:
    """Return the other organisations, for one that is involved itself.

    Being told that nobody else is involved is an answer too, so who is not involved
    gets no answer at all: None.
    """
    eigen = _running().filter(persoon=persoon, organisatie=actor.organisatie)
    if actor.organisatie is None or not eigen.exists():
        return None
    _log(actor, [persoon], "verwijsindex", logboek.Wijze.GEOPEND)
    return _involved([persoon], zonder=actor.organisatie)


def earlier(melding: Melding) -> QuerySet[Melding]:
    """Return earlier meldingen about the same gezin or person, newest first."""
    over = Q(pk__in=[])
    if melding.gezin_id:
        over |= Q(gezin=melding.gezin_id)
    if melding.betrokkene_id:
        over |= Q(betrokkene=melding.betrokkene_id)
    return (
        Melding.objects.filter(over, gemeente=melding.gemeente_id)
        .exclude(pk=melding.pk)
        .order_by("-ontstaan_op")
    )


def signals_of(melding: Melding) -> QuerySet[Signaal]:
    """Return the signals that led to a melding, newest first."""
    return (
        Signaal.objects.filter(koppeling__melding=melding)
        .select_related("soort", "organisatie")
        .prefetch_related("terugmeldingen", "regelwegingen")
        .order_by("-ontvangen_op")
    )


def _running() -> QuerySet[Verwijzing]:
    vandaag = klok.today()
    # An entry ends by law after two years (Jeugdwet 7.1.4.5).
    vervallen = vandaag - timedelta(days=HOOGSTENS_DAGEN)
    return Verwijzing.objects.filter(sinds__lte=vandaag, sinds__gt=vervallen).filter(
        Q(tot__isnull=True) | Q(tot__gte=vandaag)
    )


def _involved(
    personen: Sequence[UUID], *, zonder: UUID | None = None
) -> list[Betrokken]:
    rijen = (
        _running()
        .filter(persoon__in=personen, weggelaten_reden="")
        .exclude(organisatie=zonder)
        .select_related("organisatie")
        .order_by("organisatie__naam", "sinds")
    )
    eerste: dict[UUID, Betrokken] = {}
    for rij in rijen:
        wie = rij.organisatie
        eerste.setdefault(
            wie.pk,
            Betrokken(
                wie.pk,
                wie.naam,
                rij.sinds,
                wie.contactpersoon,
                wie.telefoon,
                wie.email,
            ),
        )
    return list(eerste.values())


def _log(
    actor: Actor,
    personen: Sequence[UUID],
    onderwerp: str,
    wijze: logboek.Wijze,
    *,
    doel: str = "",
    grond: str = "",
) -> None:
    logboek.record(
        actor,
        Handeling.VERWIJSINDEX_ZIEN,
        personen=personen,
        onderwerp=onderwerp,
        doel=doel,
        grond=grond,
        wijze=wijze,
        diepte=Diepte.DAT,
        activiteit="signalen-ontvangen",
    )
