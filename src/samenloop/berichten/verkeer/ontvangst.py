"""Taking in: what a carrier brings is on record before anybody looks what it is.

Row, content and the event that sets the work going stand in one transaction. The id of
the row is the id under which the carrier offers it, so that what is offered again
because somebody died in between is not taken in twice.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from samenloop.berichten.verkeer import opbergen, werkdagen
from samenloop.berichten.verkeer.dragers import Aangeboden, Gelaten
from samenloop.berichten.verkeer.models import Berichtinhoud, Ketenbericht
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import gebeurtenissen, klok

ONTVANGEN = "bericht-ontvangen"
# Of a file that cannot be read nothing is known but its name.
GEEN_INHOUD = ""


def receive_all(gemeente: str, aangeboden: Sequence[Aangeboden]) -> list[UUID]:
    """Put on record what lies ready for a municipality; the ids that are new."""
    with transaction.atomic():
        _one_at_a_time(gemeente)
        er_al = set(
            Ketenbericht.objects.filter(
                pk__in=[each.id for each in aangeboden]
            ).values_list("pk", flat=True)
        )
        nieuw = [each for each in aangeboden if each.id not in er_al]
        if not nieuw:
            return []
        nu = klok.now()
        # What it is, is not known yet; an invoice gets longer once that is.
        voor = werkdagen.after(klok.today(), werkdagen.RETOUR)
        Ketenbericht.objects.bulk_create(
            Ketenbericht(
                id=each.id,
                gemeente_id=gemeente,
                richting=Richting.IN,
                staat=Staat.ONTVANGEN,
                vastgelegd_op=nu,
                antwoord_voor=voor,
                vingerafdruk=opbergen.fingerprint(each.inhoud),
                omvang=len(each.inhoud),
                bestandsnaam=each.naam[:255],
                ggk_referentie=each.referentie[:40],
            )
            for each in nieuw
        )
        Berichtinhoud.objects.bulk_create(
            Berichtinhoud(
                bericht_id=each.id,
                gemeente_id=gemeente,
                inhoud=opbergen.lock_up(each.inhoud),
            )
            for each in nieuw
        )
        gebeurtenissen.record_all(
            ONTVANGEN, onderwerpen=[each.id for each in nieuw], gemeente=gemeente
        )
    return [each.id for each in nieuw]


def note_left(gemeente: str, gelaten: Sequence[Gelaten]) -> None:
    """Set apart, without content, which files cannot be read; all there are.

    One that was read since, or is gone, is put away by itself: as a message it has a
    row of its own.
    """
    weg = Ketenbericht.objects.filter(
        gemeente=gemeente, staat=Staat.APART, vingerafdruk=GEEN_INHOUD
    ).exclude(pk__in=[each.id for each in gelaten])
    nu = klok.now()
    with transaction.atomic():
        weg.update(
            staat=Staat.WEGGELEGD,
            reden="Het bestand is daarna gelezen of weggehaald.",
            antwoord_voor=None,
            afgehandeld_op=nu,
        )
        Ketenbericht.objects.bulk_create(
            (
                Ketenbericht(
                    id=each.id,
                    gemeente_id=gemeente,
                    richting=Richting.IN,
                    staat=Staat.APART,
                    reden=f"Het bestand is niet te lezen ({each.woord[:60]}). Laat de "
                    "beheerder van de map zorgen dat Samenloop het mag lezen; het komt "
                    "dan vanzelf binnen.",
                    vastgelegd_op=nu,
                    verwerkt_op=nu,
                    # Who sent it waits, whatever is in it.
                    antwoord_voor=werkdagen.after(klok.today(), werkdagen.RETOUR),
                    vingerafdruk=GEEN_INHOUD,
                    omvang=0,
                    bestandsnaam=each.naam[:255],
                )
                for each in gelaten
            ),
            # Noted before, and perhaps thrown away by somebody who looked.
            ignore_conflicts=True,
        )


def _one_at_a_time(gemeente: str) -> None:
    """Let who offers the same at the same moment see that it is on record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"o:{gemeente}"])
