"""The envelope of the knooppunt around what comes and goes (StUF-GGk).

The id of a message of ours is the reference of its envelope, so an answer or a refusal
of the knooppunt finds it back.
"""

from uuid import UUID

from samenloop.berichten.ggk import (
    EnvelopFout,
    Foutbericht,
    Systeem,
    Versies,
    lees_envelop,
    schrijf_envelop,
    uitleg,
    verpak,
)
from samenloop.berichten.standaard.soorten import SOORTEN
from samenloop.berichten.verkeer.dragers import Aangeboden
from samenloop.berichten.verkeer.models import Berichtfout, Ketenbericht
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import klok

_APPLICATIE = "Samenloop"
_VERSIES = Versies(applicatie="0001", sub_applicatie="0000")


def unwrap(aangeboden: Aangeboden) -> Aangeboden | Foutbericht:
    """Return what was in an envelope; as it came when it cannot be opened."""
    try:
        wat = lees_envelop(aangeboden.inhoud)
    except EnvelopFout:
        # Not lost: it is set apart as what cannot be read.
        return aangeboden
    if isinstance(wat, Foutbericht):
        return wat
    return Aangeboden(
        aangeboden.id, aangeboden.naam, wat.inhoud, referentie=str(wat.referentie)
    )


def wrap(inhoud: bytes, rij: Ketenbericht) -> bytes:
    """Return a message of ours in its envelope."""
    cross = rij.antwoord_op.ggk_referentie if rij.antwoord_op else ""
    soort = SOORTEN[rij.soort]
    return schrijf_envelop(
        verpak(
            soort,
            inhoud,
            zender=Systeem(rij.afzender, _APPLICATIE),
            ontvanger=rij.ontvanger,
            referentie=rij.pk,
            tijdstip=klok.now(),
            versies=_VERSIES,
            # What came without an envelope has no reference of its own.
            cross=UUID(cross or str(rij.antwoord_op_id)) if soort.is_antwoord else None,
        )
    )


def refused(gemeente: str, fout: Foutbericht) -> bool:
    """Note that the knooppunt refused a message of ours; whether it was found."""
    try:
        sleutel = UUID(fout.cross)
    except ValueError:
        return False
    rij = Ketenbericht.objects.filter(
        pk=sleutel, gemeente=gemeente, richting=Richting.UIT
    ).first()
    if rij is None:
        return False
    if rij.staat == Staat.VERZONDEN:
        rij.staat, rij.beantwoord_op = Staat.AFGEKEURD, klok.now()
        rij.reden = "Het knooppunt heeft dit bericht niet aangenomen."
        rij.save(update_fields=["staat", "beantwoord_op", "reden"])
        Berichtfout.objects.create(
            bericht=rij,
            gemeente_id=gemeente,
            volgnummer=1,
            regel=fout.code[:12],
            niveau=1,
            tekst=(uitleg(fout.code) or fout.omschrijving)[:500],
        )
    return True
