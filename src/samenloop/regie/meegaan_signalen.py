"""The signals that led to a case go along only where there is consent for them.

Somebody told them to this municipality, for its task. With consent for signals the
other municipality gets them as closed signals of a decided melding: what was said, not
who may be told back. Without it only stays that there were some.
"""

import uuid
from collections.abc import Iterator

from django.utils.translation import gettext as _

from samenloop.core import klok
from samenloop.plannen.models import Dossier
from samenloop.regie.casussen import casus_of
from samenloop.regie.meegaan import copy
from samenloop.regie.models import Casusmelding
from samenloop.regie.overdracht import Grond, Regel, register
from samenloop.signalen import nummers
from samenloop.signalen.models import (
    Melding,
    MeldingSignaal,
    Signaal,
    SignaalBetrokkene,
)

_REDEN = "Overgekomen van een andere gemeente met de casus"


def register_all() -> None:
    """Let the transfer know of signals."""
    register(_lines, _signals)


def _of(dossier: Dossier) -> list[Melding]:
    casus = casus_of(dossier)
    if casus is None:
        return []
    return list(Melding.objects.filter(casusmelding__casus=casus).order_by("pk"))


def _lines(dossier: Dossier, grond: Grond) -> Iterator[Regel]:
    aantal = Signaal.objects.filter(koppeling__melding__in=_of(dossier)).count()
    if aantal:
        yield Regel(
            _("Signals that led to it"),
            aantal,
            grond.signalen,
            "" if grond.signalen else _("there is no ground to pass them on"),
        )


def _signals(van: Dossier, naar: Dossier, grond: Grond) -> None:
    casus = casus_of(naar)
    if not grond.signalen or casus is None:
        return
    for melding in _of(van):
        nieuw = copy(
            melding,
            gemeente_id=naar.gemeente_id,
            nummer=nummers.next_number(nummers.MELDING, naar.gemeente_id),
            toegewezen_aan=None,
        )
        nieuw.save(force_insert=True)
        Casusmelding.objects.create(casus=casus, melding=nieuw)
        for signaal in Signaal.objects.filter(koppeling__melding=melding):
            MeldingSignaal.objects.create(
                melding=nieuw, signaal=_signal(signaal, naar.gemeente_id)
            )


def _signal(signaal: Signaal, gemeente: str) -> Signaal:
    nieuw = copy(
        signaal,
        gemeente_id=gemeente,
        nummer=nummers.next_number(nummers.SIGNAAL, gemeente),
        # The reporter gave a reference and asked word back here, not there.
        kenmerk_melder="",
        vingerafdruk="",
        melder_contact="",
        terugkoppeling_gewenst=False,
        vastgelegd_door=None,
        status=Signaal.Status.AFGESLOTEN,
        afgesloten_op=klok.now(),
        afsluitreden=_REDEN,
    )
    nieuw.save(force_insert=True)
    SignaalBetrokkene.objects.bulk_create(
        copy(each, pk=uuid.uuid4(), signaal=nieuw, gemeente_id=gemeente)
        for each in signaal.betrokkenen.all()
    )
    return nieuw
