"""Damaged messages by the million: never a crash, never a hang, always an outcome.

    python -m tests.fuzz.berichten 1000000 --zaad 7 --kernen 2

Messages are real in form: the published examples where they lie beside the project,
and drawn from the declaration. Each is damaged in its bytes or its elements, read and
judged. What is not one of the outcomes the contract names, takes longer than a message
may take, or reads otherwise after it is written again, is printed with its seed and
ends the run.
"""

import argparse
import multiprocessing
import resource
import sys
import time
from collections import Counter
from datetime import date
from random import Random
from typing import Final

from samenloop.berichten.regels.keuren import keur
from samenloop.berichten.standaard import SOORTEN, Soort, lees, schrijf
from tests.berichten import bron
from tests.berichten.genereren import maak
from tests.berichten.muteren import beschadig, verander

VANDAAG: Final = date(2026, 11, 22)
UITSPRAKEN: Final = {"goedgekeurd", "afgekeurd", "deels", "onleesbaar"}
#: Most seconds of computing for one message of some kilobytes.
LANGST: Final = 2.0
#: Messages from one seed, so that a failure is soon found again.
PER_ZAAD: Final = 1000


class Ontspoord(AssertionError):
    """A message with which something happened that may not happen."""


def zaden() -> list[tuple[Soort, bytes]]:
    """Messages that are right, of every kind."""
    rnd = Random(1)
    goed = [
        (soort, schrijf(maak(soort, rnd)))
        for soort in SOORTEN.values()
        for _ in range(4)
    ]
    for pad in bron.voorbeelden():
        goed.append((SOORTEN[pad.stem], pad.read_bytes()))
    return goed


def beproef(data: bytes) -> str:
    """Read and judge one message; what became of it, or Ontspoord."""
    begin = time.process_time()
    oordeel = keur(data, stand=None, vandaag=VANDAAG)
    if time.process_time() - begin > LANGST:
        raise Ontspoord("te lang bezig")
    if oordeel.oordeel not in UITSPRAKEN:
        raise Ontspoord(f"onbekende uitspraak {oordeel.oordeel}")
    if (oordeel.oordeel == "goedgekeurd") != (not oordeel.fouten):
        raise Ontspoord("uitspraak en fouten zijn het niet eens")
    if oordeel.bericht is not None and lees(schrijf(oordeel.bericht)) != (
        oordeel.bericht
    ):
        raise Ontspoord("anders na schrijven")
    return oordeel.oordeel


def ronde(zaad: int, aantal: int = PER_ZAAD) -> Counter[str]:
    """So many damaged messages from one seed."""
    rnd = Random(zaad)
    goed = zaden()
    uitkomsten: Counter[str] = Counter()
    for nr in range(aantal):
        soort, data = rnd.choice(goed)
        elementen = rnd.random() < 0.4
        kapot = verander(data, soort, rnd) if elementen else beschadig(data, rnd)
        if elementen and rnd.random() < 0.1:
            kapot = beschadig(kapot, rnd)
        try:
            uitkomsten[beproef(kapot)] += 1
        except Exception as fout:
            raise Ontspoord(f"zaad {zaad}, nummer {nr}: {fout!r}\n{kapot!r}") from fout
    return uitkomsten


def main(argumenten: list[str] | None = None) -> int:
    """Run from the command line; 1 where something went wrong."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("aantal", type=int, nargs="?", default=1_000_000)
    lezer.add_argument("--zaad", type=int, default=0)
    lezer.add_argument("--kernen", type=int, default=1)
    keuze = lezer.parse_args(argumenten)
    rondes = range(keuze.zaad, keuze.zaad + -(-keuze.aantal // PER_ZAAD))
    uitkomsten: Counter[str] = Counter()
    with multiprocessing.Pool(keuze.kernen) as groep:
        for each in groep.imap_unordered(ronde, rondes):
            uitkomsten += each
    meest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{uitkomsten.total()} berichten, hoogstens {meest} MB: {dict(uitkomsten)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
