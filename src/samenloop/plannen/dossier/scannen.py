"""Having a scanner of the organisation look at each file, before anyone opens it.

Which scanner is the organisation's choice: a command that gets the path of the file and
ends with 0 (clean) or 1 (infected). Any other end is no answer: the file stays closed
and is offered again. Without a command nothing is scanned, and the pages say so.
"""

import logging
import os
import shlex
import subprocess
from uuid import UUID

from django.conf import settings
from django.db import transaction

from samenloop.core import klok
from samenloop.plannen.dossier import opbergen
from samenloop.plannen.dossier.models import Documentversie

_log = logging.getLogger(__name__)
_PER_KEER = 50
SCHOON, BESMET = 0, 1


def is_set() -> bool:
    """Whether there is a scanner."""
    return bool(settings.DOCUMENTEN["SCAN"])


def may_open(versie: Documentversie) -> bool:
    """Whether a version may be handed out, as far as the scanner decides."""
    if versie.scan == Documentversie.Scan.BESMET:
        return False
    return versie.scan == Documentversie.Scan.SCHOON or not is_set()


def scan_waiting() -> int:
    """Have all that waits looked at; how many got an answer."""
    if not is_set():
        return 0
    wachtend = Documentversie.objects.filter(
        scan=Documentversie.Scan.WACHT
    ).values_list("pk", flat=True)[:_PER_KEER]
    return sum(_scan(pk) for pk in list(wachtend))


def _scan(sleutel: UUID) -> bool:
    with transaction.atomic():
        versie = (
            Documentversie.objects.select_for_update(skip_locked=True)
            .filter(pk=sleutel, scan=Documentversie.Scan.WACHT)
            .first()
        )
        if versie is None:
            return False
        stand = _ask(versie)
        if stand is None:
            return False
        Documentversie.objects.filter(pk=versie.pk).update(
            scan=stand, gescand_op=klok.now()
        )
        if stand == Documentversie.Scan.BESMET:
            # What nobody may ever open is not kept either; the row says what became
            # of it.
            transaction.on_commit(lambda: opbergen.remove(versie.opslag))
    return True


def _ask(versie: Documentversie) -> str | None:
    pad = opbergen.find(versie.opslag)
    if pad is None:
        _log.error("%s has no file to scan", versie)
        return None
    try:
        uit = subprocess.run(  # noqa: S603 (the command is the administrator's own)
            [*shlex.split(settings.DOCUMENTEN["SCAN"]), str(pad)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=settings.DOCUMENTEN["SCAN_TIJD"],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            check=False,
        ).returncode
    except (OSError, ValueError, subprocess.TimeoutExpired) as fout:
        _log.error("scanning failed: %s", type(fout).__name__)
        return None
    if uit == SCHOON:
        return str(Documentversie.Scan.SCHOON)
    if uit == BESMET:
        _log.warning("%s was found infected", versie)
        return str(Documentversie.Scan.BESMET)
    _log.error("the scanner gave no answer (status %s)", uit)
    return None
