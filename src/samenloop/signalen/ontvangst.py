"""Receiving a Signaal.

Every signal is registered, also when nothing follows: the weighing itself is what must
be accounted for later (VISD 4.3.3). Channels call `receive`, or `receive_all` for many
at once; nothing else creates a Signaal. In one transaction stand the signal, whom it is
about, the event that sets the rules to work, and for a safety risk the melding itself,
so that nothing a rule or a process does afterwards can hold it up (requirement B5).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from samenloop.access import logboek
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok, opdrachten
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import SamenloopFout
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
_BETROKKEN = """
INSERT INTO signalen_signaalbetrokkene (
    id, signaal_id, gemeente_id, persoon_id, omschrijving, rol)
SELECT * FROM unnest(
    %s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[])
"""
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
    (uitkomst,) = receive_all([invoer], actor=actor, kanaal=kanaal)
    if isinstance(uitkomst, SamenloopFout):
        raise uitkomst
    return uitkomst


@opdrachten.planned_once()
def receive_all(
    invoeren: Sequence[Invoer], *, actor: Actor, kanaal: Kanaal
) -> list[Ontvangen | SamenloopFout]:
    """Register signals in one transaction; in their order what became of each.

    Of one that is refused it is what `receive` raises; the others are on record.

    Raises:
        django.db.Error: the database refuses one of them; then none is on record.
    """
    uit: dict[int, Ontvangen | SamenloopFout] = {}
    soorten: dict[int, Signaalsoort] = {}
    for plek, invoer in enumerate(invoeren):
        try:
            soorten[plek] = _checked(invoer)
        except SamenloopFout as fout:
            uit[plek] = fout
    if soorten:
        # Before the transaction: the counter is let go at once, and who reports for
        # the same municipality need not wait until these signals are on record.
        nummers_ = nummers.next_numbers(nummers.SIGNAAL, actor.gemeente, len(soorten))
        signalen = {
            plek: _signal(invoeren[plek], soort, nummer, actor, kanaal)
            for (plek, soort), nummer in zip(soorten.items(), nummers_, strict=True)
        }
        with transaction.atomic():
            geschreven = _insert(list(signalen.values()))
            nieuw = {p: s for p, s in signalen.items() if s.pk in geschreven}
            if nieuw:
                _surround([(s, invoeren[p]) for p, s in nieuw.items()], actor)
        uit |= {plek: Ontvangen(signaal, True) for plek, signaal in nieuw.items()}
        uit |= _known({p: s for p, s in signalen.items() if p not in nieuw})
    return [uit[plek] for plek in range(len(invoeren))]


def _known(signalen: Mapping[int, Signaal]) -> dict[int, Ontvangen | SamenloopFout]:
    """What stands under references that were taken: the same signal, or another."""
    if not signalen:
        return {}
    eerder = {
        (each.organisatie_id, each.kenmerk_melder): each
        for each in Signaal.objects.filter(
            organisatie__in={signaal.organisatie_id for signaal in signalen.values()},
            kenmerk_melder__in=[each.kenmerk_melder for each in signalen.values()],
        )
    }
    uit: dict[int, Ontvangen | SamenloopFout] = {}
    for plek, signaal in signalen.items():
        er_al = eerder.get((signaal.organisatie_id, signaal.kenmerk_melder))
        # Out of sight: it stands with a municipality that this is not about.
        gelijk = er_al is not None and er_al.vingerafdruk == signaal.vingerafdruk
        uit[plek] = Ontvangen(er_al, False) if er_al and gelijk else KenmerkBezet()
    return uit


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


def _insert(signalen: Sequence[Signaal]) -> set[UUID]:
    """Write those whose reference this organisation did not use before; their ids.

    A reference that comes twice is everyday, so it is no error: that would stand in the
    log of the database with all that was sent.
    """
    velden = Signaal._meta.concrete_fields
    kolommen = ", ".join(str(veld.column) for veld in velden)
    rij = f"({', '.join(['%s'] * len(velden))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO signalen_signaal ({kolommen}) "  # noqa: S608 (own columns)
            f"VALUES {', '.join([rij] * len(signalen))} "
            "ON CONFLICT (organisatie_id, kenmerk_melder) "
            "WHERE kenmerk_melder <> '' DO NOTHING RETURNING id",
            [
                veld.get_db_prep_save(getattr(signaal, veld.attname), connection)
                for signaal in signalen
                for veld in velden
            ],
        )
        geschreven = {pk for (pk,) in cursor.fetchall()}
    for signaal in signalen:
        signaal._state.adding = signaal.pk not in geschreven
    return geschreven


def _surround(nieuw: Sequence[tuple[Signaal, Invoer]], actor: Actor) -> None:
    """Write what belongs to signals: of whom, word back, what follows, and the log."""
    signalen = [signaal for signaal, _ in nieuw]
    wie = _betrokkenen(nieuw, actor)
    with opdrachten.together() as samen:
        _write_betrokkenen(wie)
        onveilig = [signaal for signaal in signalen if signaal.veiligheidsrisico]
        if onveilig:
            # A melding looks whom its signal is about.
            samen.send()
        for signaal in onveilig:
            meldingen.of_safety(signaal)
        terugmelding.received(signalen)
        gebeurtenissen.record_all(
            ONTVANGEN,
            onderwerpen=[signaal.pk for signaal in signalen],
            gemeente=actor.gemeente,
        )
        _log(signalen, wie, actor)


def _write_betrokkenen(wie: Sequence[SignaalBetrokkene]) -> None:
    opdrachten.write(
        {"betrokken": _BETROKKEN},
        [
            [each.pk for each in wie],
            [each.signaal_id for each in wie],
            [each.gemeente_id for each in wie],
            [each.persoon_id for each in wie],
            [each.omschrijving for each in wie],
            [str(each.rol) for each in wie],
        ],
    )


def _log(
    signalen: Sequence[Signaal], wie: Sequence[SignaalBetrokkene], actor: Actor
) -> None:
    personen: dict[UUID, list[UUID]] = {signaal.pk: [] for signaal in signalen}
    for each in wie:
        if each.persoon_id:
            personen[each.signaal_id].append(each.persoon_id)
    logboek.record_each(
        actor,
        Handeling.SIGNAAL_MELDEN
        if actor.soort is ActorSoort.ORGANISATIE or signalen[0].kanaal == Kanaal.PARTNER
        else Handeling.SIGNAAL_REGISTREREN,
        [(f"signaal:{pk}", over) for pk, over in personen.items()],
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit="signalen-ontvangen",
    )


def _betrokkenen(
    nieuw: Sequence[tuple[Signaal, Invoer]], actor: Actor
) -> list[SignaalBetrokkene]:
    """Find the persons; who is not found stays a description, never a new person."""
    allen = [each for _, invoer in nieuw for each in invoer.betrokkenen]
    gevonden = taak.take_on_by_bsns(
        {each.bsn for each in allen if each.bsn and each.persoon is None},
        actor.gemeente,
    )
    bekend = _on_record({each.persoon for each in allen if each.persoon})
    uit: dict[tuple[UUID, UUID | str], SignaalBetrokkene] = {}
    for signaal, invoer in nieuw:
        for betrokkene in invoer.betrokkenen:
            persoon, bsn = betrokkene.persoon, betrokkene.bsn
            if persoon is None and bsn is not None:
                if bsn not in gevonden:
                    gevonden[bsn] = _new_person(bsn, actor.gemeente)
                persoon = gevonden[bsn]
            elif persoon not in bekend:
                persoon = None
            omschrijving = betrokkene.omschrijving.strip()
            if persoon is None and not omschrijving:
                continue
            uit.setdefault(
                (signaal.pk, persoon or omschrijving),
                SignaalBetrokkene(
                    signaal=signaal,
                    gemeente_id=signaal.gemeente_id,
                    persoon_id=persoon,
                    omschrijving=omschrijving,
                    rol=betrokkene.rol,
                ),
            )
    return list(uit.values())


def _on_record(personen: set[UUID]) -> set[UUID]:
    if not personen:
        return set()
    return set(Persoon.objects.filter(pk__in=personen).values_list("pk", flat=True))


def _new_person(bsn: Bsn, gemeente: str) -> UUID:
    """Keep the number of who is not on record yet; the BRP knows the rest."""
    persoon = Persoon.objects.register(bsn, geslachtsnaam=_NOG_ONBEKEND)
    gebeurtenissen.record(PERSOON_ZONDER, onderwerp=persoon.pk, gemeente=gemeente)
    return persoon.pk
