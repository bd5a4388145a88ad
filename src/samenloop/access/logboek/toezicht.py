"""Keeping what a check of the logs came to, and running one in the background."""

from datetime import datetime, timedelta
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.access.logboek import controle
from samenloop.access.logboek.models import Controle
from samenloop.core import gemeentegrens, klok

BEZIG = (Controle.Status.WACHT, Controle.Status.LOOPT)
_TE_LANG = timedelta(hours=6)


def keep_outcome(uitkomst: controle.Uitkomst, begonnen_op: datetime) -> Controle:
    """Keep the outcome of a check that was started on the command line."""
    return Controle.objects.create(begonnen_op=begonnen_op, **_outcome(uitkomst))


def ask(actor: Actor) -> Controle:
    """Ask for a check; the one that is busy or waits when there is one already."""
    busy = Controle.objects.filter(status__in=BEZIG)
    # A worker that died begins again by itself; one that is gone for good does not.
    busy.filter(begonnen_op__lt=klok.now() - _TE_LANG).update(
        status=Controle.Status.MISLUKT, geeindigd_op=klok.now()
    )
    return busy.first() or Controle.objects.create(
        gemeente=actor.gemeente,
        door=actor.id,
        door_naam=actor.naam,
        begonnen_op=klok.now(),
    )


def stop(controle_id: UUID) -> None:
    """Ask a check to stop; it does so after the block it is in."""
    Controle.objects.filter(pk=controle_id).update(stop_gevraagd=True)


def run(controle_id: UUID) -> Controle | None:
    """Carry out a check, or begin it again; None when it has ended already."""
    taken = Controle.objects.filter(pk=controle_id, status__in=BEZIG)
    if not taken.update(status=Controle.Status.LOOPT, begonnen_op=klok.now()):
        return None

    def progress(done: int, total: int) -> bool:
        rows = Controle.objects.filter(pk=controle_id)
        rows.update(gedaan=done, totaal=total)
        return not rows.values_list("stop_gevraagd", flat=True).get()

    outcome: dict[str, object] = {
        "status": Controle.Status.MISLUKT,
        "geeindigd_op": klok.now(),
    }
    try:
        with gemeentegrens.everywhere("checking the log"):
            outcome = _outcome(controle.verify(voortgang=progress))
    finally:
        Controle.objects.filter(pk=controle_id).update(**outcome)
    return Controle.objects.get(pk=controle_id)


def _outcome(uitkomst: controle.Uitkomst) -> dict[str, object]:
    status = Controle.Status.HEEL if uitkomst.heel else Controle.Status.FOUTEN
    if uitkomst.gestopt and not uitkomst.aantal_fouten:
        status = Controle.Status.GESTOPT
    return {
        "status": status,
        "geeindigd_op": klok.now(),
        "gedaan": uitkomst.regels,
        "totaal": uitkomst.totaal,
        "fouten": [str(fout) for fout in uitkomst.fouten[:100]],
    }
