"""Going round: fetch what lies ready, bring what is ready to go out.

One municipality at a time, in portions: a portion is one transaction under the lock of
the connection's row, so two workers never carry the same. Outside the database things
can happen twice when a process dies just before its commit: a file is then written
again under the same name, and what was fetched is fetched again under the same id.
A carrier that fails is left alone ever longer, and the page shows it.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, transaction
from django.db.models import F, Q

from samenloop.berichten.verkeer import envelop, opbergen, werkdagen
from samenloop.berichten.verkeer.dragers import Aangeboden, Drager, DragerFout
from samenloop.berichten.verkeer.dragers.map import MapDrager
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.berichten.verkeer.ontvangst import note_left, receive_all
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import gemeentegrens, klok
from samenloop.core.statefolder import state_folder

PORTIE = 100
# The content is on record; the file itself only helps when that is in doubt.
BEWAARD = timedelta(days=14)
_LANGST = 3600  # seconds between two tries
_log = logging.getLogger(__name__)
# These want an answer of the other side; all others are answers themselves.
MET_RETOUR = ("WMO301", "JW301", "WMO319", "JW319")


def base_folder() -> Path:
    """Return the folder below which those of all municipalities stand."""
    return state_folder() / "berichten"


def carrier(aansluiting: Aansluiting) -> Drager | None:
    """Return who carries for this connection; None when the other side comes itself."""
    if aansluiting.soort == Aansluiting.Soort.MAP:
        return MapDrager(base_folder() / aansluiting.map)
    return None


def go_round() -> int:
    """Exchange for every municipality that has a connection; how many messages."""
    with gemeentegrens.everywhere("which municipalities exchange messages"):
        gemeenten = list(
            Aansluiting.objects.filter(aan=True, soort=Aansluiting.Soort.MAP)
            .filter(Q(niet_voor=None) | Q(niet_voor__lte=klok.now()))
            .values_list("gemeente_id", flat=True)
        )
    gedaan = 0
    for gemeente in gemeenten:
        with gemeentegrens.within(gemeente):
            try:
                gedaan += exchange(gemeente)
            except Exception as fout:
                # Whatever it is, it is of this municipality: the others go on.
                _log.error("a round failed: %s", type(fout).__name__)
                with suppress(DatabaseError):
                    _note_failed(gemeente, type(fout).__name__)
    return gedaan


def exchange(gemeente: str) -> int:
    """Fetch and bring all there is for one municipality; how many messages."""
    gedaan = 0
    while (portie := _portion(gemeente)) > 0:
        gedaan += portie
    return gedaan


def _portion(gemeente: str) -> int:
    with transaction.atomic():
        aansluiting = (
            Aansluiting.objects.select_for_update(skip_locked=True)
            .filter(gemeente=gemeente, aan=True)
            .first()
        )
        if aansluiting is None or (drager := carrier(aansluiting)) is None:
            return 0
        try:
            gehaald = drager.fetch(PORTIE)
            weg = bring(aansluiting, drager)
        except DragerFout as fout:
            _failed(aansluiting, str(fout))
            return 0
        if aansluiting.fout or gehaald or weg:
            aansluiting.fout, aansluiting.pogingen = "", 0
            aansluiting.niet_voor = None
            aansluiting.laatst_gelukt_op = klok.now()
            aansluiting.save()
        receive_all(gemeente, unwrapped(aansluiting, gehaald))
        if drager.gelaten is not None:
            note_left(gemeente, drager.gelaten)
    # On record now: only after this may the carrier forget them.
    try:
        drager.let_go(gehaald)
    except DragerFout as fout:
        # They are offered again, and known then; not at once, or it never ends.
        _note_failed(gemeente, str(fout))
        return 0
    return len(gehaald) + weg


def unwrapped(
    aansluiting: Aansluiting, gehaald: Sequence[Aangeboden]
) -> list[Aangeboden]:
    """Return what was in the envelopes; what the knooppunt refused is noted."""
    if aansluiting.envelop != Aansluiting.Envelop.GGK:
        return list(gehaald)
    uit = []
    for each in gehaald:
        wat = envelop.unwrap(each)
        if isinstance(wat, Aangeboden):
            uit.append(wat)
        elif not envelop.refused(aansluiting.gemeente_id, wat):
            # About nothing of ours: kept whole, for somebody to look at.
            uit.append(each)
    return uit


def bring(aansluiting: Aansluiting, drager: Drager) -> int:
    """Deliver what is ready; how many."""
    klaar = list(
        Ketenbericht.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("inhoud", "antwoord_op")
        .filter(
            gemeente=aansluiting.gemeente_id,
            richting=Richting.UIT,
            staat=Staat.KLAAR,
        )
        .order_by("vastgelegd_op", "soort", "identificatie")[:PORTIE]
    )
    gebracht = []
    for rij in klaar:
        if (inhoud := packed(aansluiting, rij)) is not None:
            drager.bring(file_name(rij), inhoud)
            gebracht.append(rij)
    mark_sent(gebracht)
    return len(klaar)


def packed(aansluiting: Aansluiting, rij: Ketenbericht) -> bytes | None:
    """Return a message as it travels over this connection.

    None where it cannot be opened or wrapped: it is held back then, for somebody to
    look at, and the others go.
    """
    try:
        inhoud = opbergen.take_out(rij.inhoud.inhoud)
        if aansluiting.envelop == Aansluiting.Envelop.GGK:
            return envelop.wrap(inhoud, rij)
    except (opbergen.Onleesbaar, LookupError, ValueError) as fout:
        _log.error("a message cannot be packed: %s", type(fout).__name__)
        rij.staat = Staat.TEGENGEHOUDEN
        rij.reden = "De bewaarde inhoud is niet te openen of in te pakken."
        rij.save(update_fields=["staat", "reden"])
        return None
    return inhoud


def file_name(rij: Ketenbericht) -> str:
    """Return a name that says nothing of anybody and stays the same each time."""
    return f"{rij.soort}_{rij.identificatie}_{str(rij.pk)[:8]}.xml"


def mark_sent(rijen: Sequence[Ketenbericht]) -> None:
    """Note that messages went out, and until when their answer is waited for."""
    nu = klok.now()
    for rij in rijen:
        rij.staat = Staat.VERZONDEN
        rij.verzonden_op = nu
        rij.keren_verzonden += 1
        rij.mist_op = None
        if rij.soort in MET_RETOUR and rij.beantwoord_op is None:
            rij.antwoord_voor = werkdagen.after(nu.date(), werkdagen.RETOUR)
    # All went out at the same moment, so a few statements do for any number.
    for antwoord_voor in {rij.antwoord_voor for rij in rijen}:
        Ketenbericht.objects.filter(
            pk__in=[rij.pk for rij in rijen if rij.antwoord_voor == antwoord_voor]
        ).update(
            staat=Staat.VERZONDEN,
            verzonden_op=nu,
            keren_verzonden=F("keren_verzonden") + 1,
            mist_op=None,
            antwoord_voor=antwoord_voor,
        )


def clear_folders() -> int:
    """Remove files that we took in and kept for a while; how many."""
    with gemeentegrens.everywhere("folders in which messages were taken in"):
        mappen = list(
            Aansluiting.objects.filter(soort=Aansluiting.Soort.MAP).values_list(
                "map", flat=True
            )
        )
    weg = 0
    for map_ in mappen:
        try:
            weg += MapDrager(base_folder() / map_).clear(BEWAARD)
        except DragerFout as fout:
            _log.warning("a folder was not cleared: %s", fout)
    return weg


def _note_failed(gemeente: str, woord: str) -> None:
    with transaction.atomic():
        rij = Aansluiting.objects.select_for_update().filter(gemeente=gemeente).first()
        if rij is not None:
            _failed(rij, woord)


def _failed(aansluiting: Aansluiting, woord: str) -> None:
    aansluiting.pogingen = min(aansluiting.pogingen + 1, 1000)
    aansluiting.fout = woord[:60]
    wacht = min(5 * 2 ** min(aansluiting.pogingen, 12), _LANGST)
    aansluiting.niet_voor = klok.now() + timedelta(seconds=wacht)
    aansluiting.save()
