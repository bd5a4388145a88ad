"""Destroying the old part of the logs, so that what stays can still be checked.

The law asks that the log is kept long enough, not for ever (retention B062: five years
after writing). What goes is always the front of a chain; an anchor keeps the number and
hash where the chain starts from then on, and the log itself says that it was done.
Only the owner of the database can do this.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

from samenloop.access.actor import Actor
from samenloop.access.logboek.ketens import Kop
from samenloop.access.logboek.models import Log
from samenloop.access.logboek.schrijven import record
from samenloop.access.logboek.wijze import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import klok

JAREN = 5


@dataclass(frozen=True, slots=True)
class Opgeruimd:
    """Up to where one chain was cleared, and how many lines went."""

    tot: Kop
    regels: int
    laatste_op: datetime


def cutoff() -> datetime:
    """Return the moment before which lines may go: five years ago."""
    now = klok.now()
    try:
        return now.replace(year=now.year - JAREN)
    except ValueError:  # 29 February
        return now.replace(year=now.year - JAREN, day=28)


def clear(voor: datetime | None = None, *, using: str = "beheer") -> list[Opgeruimd]:
    """Destroy the lines written before a moment; one entry per chain that lost some.

    Args:
        voor: not later than five years ago.
        using: the connection of the owner.

    Raises:
        ValueError: lines would go before their term has passed.
    """
    limit = cutoff()
    before = limit if voor is None else voor
    if before > limit:
        raise ValueError("the log is kept for five years")
    done: list[Opgeruimd] = []
    with transaction.atomic(using=using):
        for log in Log:
            with connections[using].cursor() as cursor:
                cursor.execute(
                    "SELECT keten, nummer, hash, regels, laatste_op"
                    " FROM logboek_ruim_op(%s, %s)",
                    [str(log), before],
                )
                done += [
                    Opgeruimd(
                        Kop(str(log), keten, nummer, bytes(digest)), regels, laatste
                    )
                    for keten, nummer, digest, regels, laatste in cursor.fetchall()
                ]
        for each in done:
            tot = each.tot
            record(
                Actor.systeem("logboek"),
                Handeling.VERNIETIGEN,
                onderwerp=f"anker:{tot.log}/{tot.keten}/{tot.nummer}:{tot.hash.hex()}",
                wijze=Wijze.VERNIETIGD,
                using=using,
            )
    return done
