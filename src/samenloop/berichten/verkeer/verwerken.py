"""Handling what came in: judge, change our records, answer; in one transaction.

One municipality at a time, under a lock of its own, so that of two messages with one
number the second sees the first. A round of messages is cut into waves in which no two
are about the same client at the same provider: within a wave everything is loaded,
judged and written at once, and the next wave sees what this one changed.

Order of receipt means nothing (OP080). A message that is only wrong because another
may still be under way (a stop without its start) waits, is tried again when something
of that sender about that client was handled, and is judged for good after a working
day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from samenloop.berichten.regels.antwoord import antwoord
from samenloop.berichten.regels.keuren import Oordeel, beoordeel
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.fouten import Fout, SchemaFout
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.verkeer import inkomend, nummers, opbergen, retouren, werkdagen
from samenloop.berichten.verkeer.models import Berichtfout, Berichtlink, Ketenbericht
from samenloop.berichten.verkeer.stand import DatabaseStand, cbs
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.berichten.verkeer.uitgaan import Link, Uit, fault_rows, link_rows, put
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.klok import AMSTERDAM
from samenloop.voorzieningen.models import Aanbieder

# Of these the cure may be a message that is still under way.
GENEESLIJK = frozenset({"9019", "9063", "9069", "9071", "9326"})
# What handling changes of a row, and how the database knows each column.
_KOLOMMEN = {
    **dict.fromkeys(("soort", "afzender", "ontvanger", "identificatie"), "text"),
    **dict.fromkeys(("staat", "reden"), "text"),
    **dict.fromkeys(("dagtekening", "antwoord_voor"), "date"),
    **dict.fromkeys(("verwerkt_op", "beantwoord_op", "wacht_tot"), "timestamptz"),
    **dict.fromkeys(("persoon_id", "antwoord_op_id", "dubbel_van_id"), "uuid"),
    "aanbieder_id": "bigint",
}
# What a value can bring about that the schema allows and nobody thought of.
_ONVERWACHT = (ArithmeticError, LookupError, ValueError)
# One statement for a wave: the ORM would write a choice for each row and column.
_WIJZIG = (
    "UPDATE verkeer_bericht b SET "  # noqa: S608 (own columns)
    + ", ".join(f"{kolom} = v.{kolom}" for kolom in _KOLOMMEN)
    + " FROM unnest(%s::uuid[], "
    + ", ".join(f"%s::{soort}[]" for soort in _KOLOMMEN.values())
    + f") v (id, {', '.join(_KOLOMMEN)}) WHERE b.id = v.id"
)


@dataclass(slots=True)
class Werk:
    """One message that is being handled."""

    rij: Ketenbericht
    inhoud: Inhoud | None = None
    fouten: Sequence[Fout] = ()
    oordeel: Oordeel | None = None
    links: list[Link] = field(default_factory=list)

    @property
    def agb(self) -> str:
        """The provider that sent it."""
        return self.rij.afzender


def handle(gemeente: str, berichten: Iterable[UUID]) -> None:
    """Handle messages that were received, in one transaction.

    Raises:
        django.db.Error: the database cannot be written; try again.
        boeken.IntussenVerwijderd: try again.
    """
    with transaction.atomic():
        _lock(gemeente)
        rijen = list(
            Ketenbericht.objects.filter(
                pk__in=list(berichten), staat__in=[Staat.ONTVANGEN, Staat.WACHT]
            )
            .select_related("inhoud")
            .order_by("vastgelegd_op", "bestandsnaam", "id")
        )
        verwerkt = _handle(gemeente, rijen)
        _try_waiting(gemeente, [w.rij for w in verwerkt if w.rij.staat == "verwerkt"])


def judge_waiting(gemeente: str) -> int:
    """Judge for good what has waited long enough; how many."""
    with transaction.atomic():
        _lock(gemeente)
        rijen = list(_waiting(gemeente).filter(wacht_tot__lte=klok.now())[:200])
        _handle(gemeente, rijen)
        return len(rijen)


def _try_waiting(gemeente: str, verwerkt: Sequence[Ketenbericht]) -> None:
    """Try again what may have waited for one of these: of the same client and sender.

    Of who was not known when it came everything is tried.
    """
    if not verwerkt:
        return
    _handle(
        gemeente,
        list(
            _waiting(gemeente).filter(
                Q(persoon=None) | Q(persoon__in={rij.persoon_id for rij in verwerkt}),
                afzender__in={rij.afzender for rij in verwerkt},
            )
        ),
    )


def _waiting(gemeente: str) -> QuerySet[Ketenbericht]:
    return (
        Ketenbericht.objects.filter(gemeente=gemeente, staat=Staat.WACHT)
        .select_related("inhoud")
        .order_by("vastgelegd_op", "bestandsnaam", "id")
    )


def _lock(gemeente: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"v:{gemeente}"])


def _handle(gemeente: str, rijen: Sequence[Ketenbericht]) -> list[Werk]:
    if not rijen:
        return []
    werk = [_read(rij) for rij in rijen]
    aanbieders = dict(
        Aanbieder.objects.filter(agb__in={each.agb for each in werk}).values_list(
            "agb", "id"
        )
    )
    for each in werk:
        _screen(gemeente, each, aanbieders)
    _write([each for each in werk if each.rij.staat == Staat.APART])
    for golf in _waves([each for each in werk if each.rij.staat != Staat.APART]):
        _wave(gemeente, golf)
        # What the next wave is judged by.
        _write(golf)
    return werk


def _read(rij: Ketenbericht) -> Werk:
    try:
        inhoud = lees(opbergen.take_out(rij.inhoud.inhoud))
    except SchemaFout as fout:
        return Werk(rij, fouten=fout.fouten)
    except opbergen.Onleesbaar:
        _set_apart(rij, "De bewaarde inhoud is niet te openen met onze sleutel.")
        return Werk(rij)
    rij.soort = inhoud.soort.code
    rij.identificatie = inhoud.identificatie
    rij.dagtekening = inhoud.dagtekening
    rij.afzender, rij.ontvanger = inhoud.afzender, inhoud.ontvanger
    if inhoud.soort.is_retour:
        # Its header is that of what it answers.
        rij.afzender, rij.ontvanger = rij.ontvanger, rij.afzender
        # Nobody waits for an answer to an answer.
        rij.antwoord_voor = None
    elif inhoud.soort.nummer == 323:
        rij.antwoord_voor = _days_after_receipt(rij, werkdagen.DECLARATIE)
    return Werk(rij, inhoud)


def _screen(gemeente: str, werk: Werk, aanbieders: dict[str, int]) -> None:
    """Set apart what cannot be handled here, with the reason."""
    rij, inhoud = werk.rij, werk.inhoud
    rij.aanbieder_id = aanbieders.get(rij.afzender)
    if rij.staat == Staat.APART:
        return
    if inhoud is None:
        fout = werk.fouten[0]
        _set_apart(rij, f"{fout.regel}: {fout.tekst}")
    elif inhoud.soort.van != "aanbieder":
        _set_apart(rij, "Dit is geen bericht van een aanbieder aan een gemeente.")
    elif rij.ontvanger != cbs(gemeente):
        _set_apart(rij, "Dit bericht is voor een andere gemeente.")
    elif rij.aanbieder_id is None:
        _set_apart(rij, "De afzender staat niet in de lijst van aanbieders.")


def _set_apart(rij: Ketenbericht, reden: str) -> None:
    rij.staat, rij.reden = Staat.APART, reden[:300]
    rij.verwerkt_op = klok.now()


def _waves(werk: Sequence[Werk]) -> list[list[Werk]]:
    """Cut into as few waves as there are messages that depend on one another.

    Each comes in the first wave after that of what it depends on, also when others
    stand in between: those of one client keep their order, and no more than that.
    """
    golven: list[list[Werk]] = []
    vrij: dict[object, int] = {}  # the first wave in which a key is free
    for each in werk:
        sleutels = _keys(each)
        golf = max(vrij.get(sleutel, 0) for sleutel in sleutels)
        if golf == len(golven):
            golven.append([])
        golven[golf].append(each)
        vrij.update(dict.fromkeys(sleutels, golf + 1))
    return golven


def _keys(werk: Werk) -> set[object]:
    assert werk.inhoud is not None, "what cannot be read was set apart"
    soort, inhoud = werk.inhoud.soort, werk.inhoud.inhoud
    sleutels: set[object] = {(soort.code, werk.agb, werk.rij.identificatie)}
    if soort.is_retour:
        sleutels.add(
            (soort.code, werk.inhoud.header["BerichtIdentificatie"]["Identificatie"])
        )
    elif "Client" in inhoud:
        sleutels.add((werk.agb, inhoud["Client"]["Bsn"]))
    else:
        sleutels.add((soort.wet, werk.agb))
    return sleutels


def _wave(gemeente: str, golf: Sequence[Werk]) -> None:
    """Judge, change and answer at once."""
    golf = _without_doubles(gemeente, golf)
    if not golf:
        return
    heen = [w for w in golf if w.inhoud and not w.inhoud.soort.is_retour]
    retour = [w for w in golf if w.inhoud and w.inhoud.soort.is_retour]
    stand = DatabaseStand(gemeente, zonder=[w.rij.pk for w in heen])
    stand.load([w.inhoud for w in heen if w.inhoud])
    vandaag = klok.today()
    for werk in heen:
        assert werk.inhoud is not None
        try:
            werk.oordeel = beoordeel(werk.inhoud, stand=stand, vandaag=vandaag)
        except _ONVERWACHT as fout:
            # A value that no rule reckoned with: somebody must look at it.
            _set_apart(werk.rij, f"Niet te beoordelen: {type(fout).__name__}")
            continue
        werk.fouten = werk.oordeel.fouten
    oordeelt = [werk for werk in heen if not _waits(stand, werk)]
    if goed := [w for w in oordeelt if w.oordeel and w.oordeel.oordeel != "afgekeurd"]:
        _accept(stand, goed)
    _answer(gemeente, [w for w in oordeelt if w.rij.staat != Staat.APART], stand)
    retouren.handle(gemeente, [(w.rij, w.inhoud) for w in retour if w.inhoud])


def _without_doubles(gemeente: str, golf: Sequence[Werk]) -> list[Werk]:
    """Set aside what came before: the same content is not judged again.

    Whoever sends a message again misses our answer, so the answer goes out again.
    """
    eerder = {
        (each.soort, each.afzender, each.identificatie, each.vingerafdruk): each
        for each in Ketenbericht.objects.filter(
            gemeente=gemeente,
            richting=Richting.IN,
            soort__in={w.rij.soort for w in golf},
            identificatie__in={w.rij.identificatie for w in golf},
            staat__in=[Staat.VERWERKT, Staat.AFGEKEURD, Staat.WACHT],
        ).exclude(pk__in=[w.rij.pk for w in golf])
    }
    over, opnieuw = [], []
    for werk in golf:
        rij = werk.rij
        sleutel = (rij.soort, rij.afzender, rij.identificatie, rij.vingerafdruk)
        if (was := eerder.get(sleutel)) is None:
            over.append(werk)
            continue
        rij.staat, rij.dubbel_van, rij.antwoord_voor = Staat.DUBBEL, was, None
        rij.verwerkt_op = klok.now()
        opnieuw.append(was.pk)
    if opnieuw:
        retouren.again(gemeente, opnieuw)
    return over


def _waits(stand: DatabaseStand, werk: Werk) -> bool:
    """Whether it waits for a message that may still be under way; marks it so."""
    rij, oordeel = werk.rij, werk.oordeel
    if oordeel is None or oordeel.oordeel != "afgekeurd" or werk.inhoud is None:
        return False
    codes = {fout.retourcode for fout in oordeel.fouten}
    if werk.inhoud.soort.nummer not in (305, 307) or not codes <= GENEESLIJK:
        return False
    tot = rij.wacht_tot or datetime.combine(
        _days_after_receipt(rij, werkdagen.GEDULD), time(12, 0), AMSTERDAM
    )
    if klok.now() >= tot:
        return False
    rij.staat, rij.wacht_tot = Staat.WACHT, tot
    rij.persoon_id = inkomend.person(stand, werk.inhoud)
    werk.fouten = ()
    return True


def _days_after_receipt(rij: Ketenbericht, dagen: int) -> date:
    """However late it is handled, a term runs from the day on which it came."""
    return werkdagen.after(rij.vastgelegd_op.astimezone(AMSTERDAM).date(), dagen)


def _accept(stand: DatabaseStand, werk: Sequence[Werk]) -> None:
    """Change our records by all at once; when that is refused, by each alone.

    What the rooms refuse alone is set apart, and takes nothing of the others along.
    """
    try:
        with transaction.atomic():
            links = inkomend.accept_all(
                stand, [(w.rij, w.inhoud, w.fouten) for w in werk if w.inhoud]
            )
    except (SamenloopFout, IntegrityError, DataError, *_ONVERWACHT) as fout:
        if len(werk) > 1:
            for each in werk:
                _accept(stand, [each])
            return
        reden = str(fout) if isinstance(fout, SamenloopFout) else type(fout).__name__
        _set_apart(werk[0].rij, f"Niet te verwerken: {reden}")
        return
    for each, over in zip(werk, links, strict=True):
        each.links = over
        each.rij.persoon_id = inkomend.person(stand, each.inhoud)


def _answer(gemeente: str, werk: Sequence[Werk], stand: DatabaseStand) -> None:
    """Put the one answer to each in the outbox, and note what we still owe."""
    nu, vandaag = klok.now(), klok.today()
    per_soort: dict[str, list[Werk]] = {}
    for each in werk:
        assert each.inhoud is not None
        assert each.oordeel is not None
        geweigerd = each.oordeel.oordeel == "afgekeurd"
        each.rij.staat = Staat.AFGEKEURD if geweigerd else Staat.VERWERKT
        each.rij.verwerkt_op = nu
        each.rij.wacht_tot = None
        if each.inhoud.soort.nummer in (315, 317) and not geweigerd:
            each.rij.antwoord_voor = _days_after_receipt(each.rij, werkdagen.VERZOEK)
        else:
            each.rij.antwoord_voor, each.rij.beantwoord_op = None, nu
        if each.rij.persoon_id is None:
            each.rij.persoon_id = inkomend.person(stand, each.inhoud)
        per_soort.setdefault(str(each.inhoud.soort.antwoord), []).append(each)
    uit = []
    for soort, groep in per_soort.items():
        nieuwe = nummers.next_identifications(gemeente, soort, len(groep))
        for each, identificatie in zip(groep, nieuwe, strict=True):
            assert each.inhoud is not None
            assert each.oordeel is not None
            uit.append(
                Uit(
                    antwoord(
                        each.inhoud,
                        each.oordeel,
                        identificatie=identificatie,
                        dagtekening=vandaag,
                    ),
                    aanbieder=each.rij.aanbieder_id,
                    persoon=each.rij.persoon_id,
                    antwoord_op=each.rij.pk,
                )
            )
    # The rows they answer must be known as what they are by then.
    put(gemeente, uit)


def _write(werk: Sequence[Werk]) -> None:
    rijen = [each.rij for each in werk]
    if not rijen:
        return
    Berichtfout.objects.filter(bericht__in=[rij.pk for rij in rijen]).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            _WIJZIG,
            [
                [rij.pk for rij in rijen],
                *([_value(getattr(rij, k)) for rij in rijen] for k in _KOLOMMEN),
            ],
        )
    Berichtfout.objects.bulk_create(
        [fout for each in werk for fout in fault_rows(each.rij, each.fouten)]
    )
    Berichtlink.objects.bulk_create(
        [link for each in werk for link in link_rows(each.rij, each.links)],
        ignore_conflicts=True,
    )


def _value(waarde: object) -> object:
    """A choice is its text to the database."""
    return str(waarde) if isinstance(waarde, Staat) else waarde
