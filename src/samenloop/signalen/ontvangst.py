"""Receiving a Signaal.

Every signal is registered, also when nothing follows: the weighing itself is what must
be accounted for later (VISD 4.3.3). Channels call `receive`; nothing else creates a
Signaal. In one transaction stand the signal, whom it is about, the event that sets the
rules to work, and for a safety risk the melding itself, so that nothing a rule or a
process does afterwards can hold it up (requirement B5).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from samenloop.access import logboek
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.bsn import Bsn
from samenloop.personen import taak
from samenloop.personen.models import Persoon
from samenloop.signalen import meldingen, nummers, soorten, terugmelding
from samenloop.signalen.fouten import (
    KenmerkBezet,
    OnbekendeSoort,
    OnvolledigSignaal,
)
from samenloop.signalen.models import (
    Kanaal,
    Signaal,
    SignaalBetrokkene,
    Signaalsoort,
)

ONTVANGEN = "signaal-ontvangen"
PERSOON_ZONDER = "persoon-zonder-gegevens"
_NOG_ONBEKEND = "Nog niet opgehaald uit de BRP"


@dataclass(frozen=True, slots=True)
class Betrokkene:
    """Whom it is about: a BSN, a person already on record, or a description."""

    bsn: Bsn | None = None
    persoon: UUID | None = None
    omschrijving: str = ""
    rol: str = SignaalBetrokkene.Rol.OVER


@dataclass(frozen=True, slots=True)
class Melder:
    """Who reports and how to reach them; or an organisation, by its id."""

    naam: str = ""
    contact: str = ""
    relatie: str = ""
    organisatie: UUID | None = None


@dataclass(frozen=True, slots=True)
class Invoer:
    """What a channel hands over. Empty means the reporter did not say."""

    betrokkenen: Sequence[Betrokkene]
    melder: Melder
    soort: str
    veiligheidsrisico: bool
    aanleiding: str = ""
    inhoud: str = ""
    verzoek: str = ""
    terugkoppeling_gewenst: bool = True
    kenmerk_melder: str = ""
    incident_op: datetime | None = None
    incident_plaats: str = ""
    onthouden: str = Signaal.Onthouden.NIET
    onthouden_reden: str = ""
    ontvangen_op: datetime | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Ontvangen:
    """A signal that is on record, by this call or by an earlier one."""

    signaal: Signaal
    is_nieuw: bool


def receive(invoer: Invoer, *, actor: Actor, kanaal: Kanaal) -> Ontvangen:
    """Register a signal for the municipality that the actor acts for.

    The same reference of the same organisation gives the signal that is there already,
    also when both come in at once.

    Raises:
        OnvolledigSignaal: nothing says whom it concerns or who reports it.
        OnbekendeSoort: there is no such kind of signal today.
        KenmerkBezet: the reference was used for a signal with another content.
    """
    soort = _checked(invoer)
    # Before the transaction: the counter is let go at once, and who reports for
    # the same municipality need not wait until this signal is on record.
    nummer = nummers.next_number(nummers.SIGNAAL, actor.gemeente)
    signaal = _signal(invoer, soort, nummer, actor, kanaal)
    with transaction.atomic():
        if _insert(signaal):
            _surround(signaal, invoer, actor)
            return Ontvangen(signaal, True)
    eerder = Signaal.objects.filter(
        organisatie=signaal.organisatie_id, kenmerk_melder=signaal.kenmerk_melder
    ).first()
    # Out of sight: it stands with a municipality that this is not about.
    if eerder is None or eerder.vingerafdruk != signaal.vingerafdruk:
        raise KenmerkBezet()
    return Ontvangen(eerder, False)


def fingerprint(invoer: Invoer) -> str:
    """Return by what one sees that two messages are the same, 64 hexadecimal digits.

    The keyed hash of a BSN stands in for the number itself.
    """
    inhoud = [
        invoer.soort,
        invoer.veiligheidsrisico,
        invoer.aanleiding,
        invoer.inhoud,
        invoer.verzoek,
        sorted(
            [
                b.bsn.zoeksleutel(settings.BSN_SLEUTEL) if b.bsn else "",
                str(b.persoon or ""),
                b.omschrijving,
                str(b.rol),
            ]
            for b in invoer.betrokkenen
        ),
    ]
    return hashlib.sha256(json.dumps(inhoud).encode()).hexdigest()


def _checked(invoer: Invoer) -> Signaalsoort:
    wie = [
        b for b in invoer.betrokkenen if b.bsn or b.persoon or b.omschrijving.strip()
    ]
    melder = invoer.melder
    if not wie or not (melder.organisatie or melder.naam.strip()):
        raise OnvolledigSignaal()
    soort = soorten.find(invoer.soort)
    if soort is None:
        raise OnbekendeSoort()
    return soort


def _signal(
    invoer: Invoer, soort: Signaalsoort, nummer: str, actor: Actor, kanaal: Kanaal
) -> Signaal:
    return Signaal(
        nummer=nummer,
        gemeente_id=actor.gemeente,
        soort=soort,
        kanaal=kanaal,
        ontvangen_op=invoer.ontvangen_op or klok.now(),
        organisatie_id=invoer.melder.organisatie,
        melder_naam=invoer.melder.naam.strip(),
        melder_contact=invoer.melder.contact.strip(),
        melder_relatie=invoer.melder.relatie.strip(),
        kenmerk_melder=invoer.kenmerk_melder,
        vingerafdruk=fingerprint(invoer),
        aanleiding=invoer.aanleiding,
        inhoud=invoer.inhoud,
        verzoek=invoer.verzoek,
        terugkoppeling_gewenst=invoer.terugkoppeling_gewenst,
        veiligheidsrisico=invoer.veiligheidsrisico or soort.is_veiligheid,
        incident_op=invoer.incident_op,
        incident_plaats=invoer.incident_plaats,
        onthouden=invoer.onthouden if soort.mag_onthouden else "niet",
        onthouden_reden=invoer.onthouden_reden if soort.mag_onthouden else "",
        vastgelegd_door=actor.account_id,
    )


def _insert(signaal: Signaal) -> bool:
    """Write it, unless the reference of this organisation is taken; whether it was.

    A reference that comes twice is everyday, so it is no error: that would stand in the
    log of the database with all that was sent.
    """
    velden = Signaal._meta.concrete_fields
    kolommen = ", ".join(str(veld.column) for veld in velden)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO signalen_signaal ({kolommen}) "  # noqa: S608 (own columns)
            f"VALUES ({', '.join(['%s'] * len(velden))}) "
            "ON CONFLICT (organisatie_id, kenmerk_melder) "
            "WHERE kenmerk_melder <> '' DO NOTHING",
            [
                veld.get_db_prep_save(getattr(signaal, veld.attname), connection)
                for veld in velden
            ],
        )
        geschreven: bool = cursor.rowcount == 1
    signaal._state.adding = not geschreven
    return geschreven


def _surround(signaal: Signaal, invoer: Invoer, actor: Actor) -> None:
    """Write what belongs to a signal: of whom, word back, what follows, and the log."""
    wie = _betrokkenen(signaal, invoer, actor)
    SignaalBetrokkene.objects.bulk_create(wie)
    if signaal.veiligheidsrisico:
        meldingen.of_safety(signaal)
    terugmelding.received(signaal)
    gebeurtenissen.record(ONTVANGEN, onderwerp=signaal.pk, gemeente=signaal.gemeente_id)
    logboek.record(
        actor,
        Handeling.SIGNAAL_MELDEN
        if actor.soort is ActorSoort.ORGANISATIE or signaal.kanaal == Kanaal.PARTNER
        else Handeling.SIGNAAL_REGISTREREN,
        personen=[b.persoon_id for b in wie if b.persoon_id],
        onderwerp=f"signaal:{signaal.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit="signalen-ontvangen",
    )


def _betrokkenen(
    signaal: Signaal, invoer: Invoer, actor: Actor
) -> list[SignaalBetrokkene]:
    """Find the persons; who is not found stays a description, never a new person."""
    uit: dict[UUID | str, SignaalBetrokkene] = {}
    for betrokkene in invoer.betrokkenen:
        persoon = betrokkene.persoon
        if persoon is None and betrokkene.bsn is not None:
            persoon = taak.take_on_by_bsn(betrokkene.bsn, actor.gemeente)
            persoon = persoon or _new_person(betrokkene.bsn, actor.gemeente)
        elif persoon is not None and not Persoon.objects.filter(pk=persoon).exists():
            persoon = None
        omschrijving = betrokkene.omschrijving.strip()
        if persoon is None and not omschrijving:
            continue
        uit.setdefault(
            persoon or omschrijving,
            SignaalBetrokkene(
                signaal=signaal,
                gemeente_id=signaal.gemeente_id,
                persoon_id=persoon,
                omschrijving=omschrijving,
                rol=betrokkene.rol,
            ),
        )
    return list(uit.values())


def _new_person(bsn: Bsn, gemeente: str) -> UUID:
    """Keep the number of who is not on record yet; the BRP knows the rest."""
    persoon = Persoon.objects.register(bsn, geslachtsnaam=_NOG_ONBEKEND)
    gebeurtenissen.record(PERSOON_ZONDER, onderwerp=persoon.pk, gemeente=gemeente)
    return persoon.pk
