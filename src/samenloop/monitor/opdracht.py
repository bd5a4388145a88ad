"""The command `samenloop monitor`: leveringen in, a folder of figures out.

It ties the steps together (check, compute, write) for someone at a keyboard or in a
script. Errors, and a bar on a terminal, go to standard error; the rest to standard
output.
Whatever goes wrong, the outcome is there as a whole or not at all.
"""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from rich.console import Console
from rich.table import Table

from samenloop.monitor import opdracht_map, opdracht_opties, regels, voortgang
from samenloop.monitor.fouten import Afgebroken, LeveringFout
from samenloop.monitor.keuring import Keuring, keur
from samenloop.monitor.keuring_afkeur import redenen, te_veel
from samenloop.monitor.opdracht_opties import Opties
from samenloop.monitor.uitkomst import Kwaliteit, Monitor

GELUKT, ONVERWACHT, GEBRUIKERSFOUT, ONDERBROKEN = 0, 1, 2, 130


def main(argv: list[str]) -> int:
    """Carry out `samenloop monitor` and return the exit status.

    0: done; 2: the levering or the request is wrong, nothing was written; 130: the
    user stopped it, nothing was written; 1: an unexpected error.
    """
    with _luisterend() as gestopt:
        try:
            return _voer_uit(opdracht_opties.lees(argv))
        except SystemExit as einde:  # --help
            return int(einde.code or 0)
        except BrokenPipeError:
            # Who reads standard output has enough; a complaint at exit is noise.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return GELUKT
        except (KeyboardInterrupt, Afgebroken):
            _zeg("Afgebroken; er is niets geschreven.")
            return ONDERBROKEN
        except Exception as fout:
            if gestopt():
                _zeg("Afgebroken; er is niets geschreven.")
                return ONDERBROKEN
            if isinstance(fout, LeveringFout):
                _zeg(" ".join(str(fout).split()))
                return GEBRUIKERSFOUT
            if "--debug" in argv:
                traceback.print_exc()
            # Not the message: that of an engine may hold cells of the delivery.
            _zeg(
                f"Er ging iets onverwachts mis ({type(fout).__name__}) en er is niets "
                "geschreven; herhaal de opdracht met --debug voor de bijzonderheden."
            )
            return ONVERWACHT


def _voer_uit(opties: Opties) -> int:
    if opties.regels:
        _toon_regels()
        return GELUKT
    doel = opties.uit and opdracht_map.controleer(opties.uit, opties.leveringen)
    if opties.proef:
        return _proef(opties, doel)
    assert doel is not None
    from samenloop.monitor import verslag

    # Better told now than after minutes of work.
    verslag.controleer_omgeving()
    with (
        voortgang.toon() as meld,
        keur(
            opties.leveringen,
            drempel=opties.drempel,
            doorgaan=_beslisser(opties, meld),
            voortgang=meld,
        ) as keuring,
    ):
        _vereis_rijen(keuring)
        monitor = _bereken(keuring, opties, meld)
        with opdracht_map.heel(doel) as nieuw:
            verslag.schrijf(
                monitor,
                nieuw,
                taal=opties.taal,
                voortgang=lambda naam: meld(f"Schrijven van {naam}"),
            )
            keuring.schrijf_afgekeurd(nieuw / "afgekeurd.csv")
        overige = keuring.overige
    _vat_samen(monitor, doel, overige)
    return GELUKT


def _bereken(
    keuring: Keuring, opties: Opties, meld: Callable[[str, float | None], None]
) -> Monitor:
    from samenloop.monitor import cijfers

    assert opties.kwartaal is not None
    tabellen: Mapping[str, Any] = keuring.tabellen
    if opties.motor == "spark":
        from samenloop.monitor import motor

        meld("Spark starten", None)
        try:
            spark = motor.spark()
        except ImportError as fout:
            raise LeveringFout(
                "Spark is niet geïnstalleerd; installeer samenloop[spark] of laat "
                "--motor weg."
            ) from fout
        over = keuring.werkmap / "spark"
        over.mkdir()
        tabellen = motor.draag_over(tabellen, spark, over)
    return cijfers.bereken(
        tabellen,
        opties.kwartaal,
        bekend_op=opties.bekend_op,
        status=opties.status,
        kwaliteit=keuring.kwaliteit,
        invoer=keuring.invoer,
        toelichting=keuring.toelichting,
        voortgang=lambda stap, totaal, titel: meld(
            f"Rekenen: {titel}", (stap - 1) / totaal
        ),
    )


def _proef(opties: Opties, doel: Path | None) -> int:
    """Only check; say what a real run would do with it."""
    with (
        voortgang.toon() as meld,
        keur(opties.leveringen, drempel=1.0, voortgang=meld) as keuring,
    ):
        if doel is not None:
            with opdracht_map.heel(doel) as nieuw:
                keuring.schrijf_afgekeurd(nieuw / "afgekeurd.csv")
    _toon_kwaliteit(keuring)
    if doel is not None:
        _druk(f"De afgekeurde rijen staan in {doel / 'afgekeurd.csv'}.")
    if keuring.deel_afgekeurd > opties.drempel and not opties.ga_door:
        raise LeveringFout(te_veel(keuring.kwaliteit, opties.drempel))
    _vereis_rijen(keuring)
    return GELUKT


def _vereis_rijen(keuring: Keuring) -> None:
    """Going on with refused rows is a choice; going on with nothing is none."""
    for telling in keuring.kwaliteit.tellingen:
        if telling.bestand == "voorzieningen" and telling.aanvaard == 0:
            raise LeveringFout(
                "Van voorzieningen is geen enkele rij aanvaard, dus er valt niets te "
                "tellen; bekijk de redenen met --proef en herstel de levering."
            )


def _beslisser(
    opties: Opties, meld: voortgang.Regels | voortgang.Balk
) -> Callable[[Kwaliteit], bool] | None:
    """Who decides when too much was refused: the option, the user, or nobody."""
    if opties.ga_door:
        return lambda kwaliteit: True
    if not (isinstance(meld, voortgang.Balk) and sys.stdin.isatty()):
        return None
    balk = meld

    def vraag(kwaliteit: Kwaliteit) -> bool:
        with balk.pauze():
            _zeg(te_veel(kwaliteit, opties.drempel))
            sys.stderr.write("Toch doorgaan? [j/N] ")
            sys.stderr.flush()
            antwoord = sys.stdin.readline().strip().lower()
        return antwoord in {"j", "ja", "y", "yes"}

    return vraag


@contextmanager
def _luisterend() -> Iterator[Callable[[], bool]]:
    """Clean up when told to stop, by the user or by the system; say if that was so.

    The engine turns a signal during a query into an error of its own, so what was
    raised does not tell.
    """
    gestopt = False

    def stop(_nummer: int, _frame: FrameType | None) -> None:
        nonlocal gestopt
        gestopt = True
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield lambda: gestopt  # signals are for someone else
        return
    seinen = (signal.SIGINT, signal.SIGTERM)
    eerder = [signal.signal(sein, stop) for sein in seinen]
    try:
        yield lambda: gestopt
    finally:
        for sein, handler in zip(seinen, eerder, strict=True):
            signal.signal(sein, handler)


def _zeg(zin: str) -> None:
    sys.stderr.write(f"{zin}\n")
    sys.stderr.flush()


def _druk(zin: str = "") -> None:
    sys.stdout.write(f"{zin}\n")


def _toon_regels() -> None:
    """Print the rules as the table of the manual, or in colour on a terminal."""
    if not sys.stdout.isatty():
        _druk(regeltabel())
        return
    tabel = Table("regel", "bestand", "kolom", "eis")
    for rij in regels.tabel():
        tabel.add_row(*rij)
    Console(file=sys.stdout, markup=False).print(tabel)


def regeltabel() -> str:
    """Return all rules as a Markdown table; the manual holds this same text."""
    kop = ["| Regel | Bestand | Kolom | Eis |", "|---|---|---|---|"]
    return "\n".join(kop + [f"| {' | '.join(rij)} |" for rij in regels.tabel()])


def _toon_kwaliteit(keuring: Keuring) -> None:
    """Print what was read, accepted and refused per file, and every reason."""
    rijen = [("bestand", "gelezen", "aanvaard", "afgekeurd")] + [
        (t.bestand, str(t.gelezen), str(t.aanvaard), str(t.afgekeurd))
        for t in keuring.kwaliteit.tellingen
    ]
    for bestand, *aantallen in rijen:
        _druk(f"{bestand:<16}" + "".join(f"{aantal:>12}" for aantal in aantallen))
    _druk()
    if keuring.kwaliteit.afkeur:
        _druk("Afgekeurd omdat:")
        for reden in redenen(keuring.kwaliteit):
            _druk(f"  {reden}")
    else:
        _druk("Er is niets afgekeurd.")
    if keuring.kwaliteit.onvolledig:
        _druk("Aanvaard, maar niet ingevuld:")
        for rij in keuring.kwaliteit.onvolledig:
            _druk(f"  {rij['aantal']} × {rij['kolom']} in {rij['bestand']}")
    _zeg_overige(keuring.overige)


def _zeg_overige(overige: list[str]) -> None:
    if overige:
        namen = ", ".join(sorted(overige)[:10]) + (" ..." if len(overige) > 10 else "")
        _druk(f"Niet gebruikt, want niet in het formaat: {namen}.")


def _vat_samen(monitor: Monitor, doel: Path, overige: list[str]) -> None:
    """Say in a few lines what was made and where it is."""
    tellingen = monitor.kwaliteit.tellingen
    gelezen = sum(telling.gelezen for telling in tellingen)
    afgekeurd = sum(telling.afgekeurd for telling in tellingen)
    _druk(f"Monitor {monitor.kwartaal} van {monitor.regio} ({monitor.status}): {doel}")
    _druk(f"Gemeenten: {', '.join(monitor.gemeenten)}.")
    _druk(
        f"Rijen: {gelezen} gelezen, {gelezen - afgekeurd} aanvaard, {afgekeurd} "
        "afgekeurd" + (" (zie afgekeurd.csv)." if afgekeurd else ".")
    )
    _druk(f"Tabellen: {len(monitor.tabellen)}, ook los in tabellen/ als CSV.")
    if monitor.onbalans:
        aantal = len(monitor.onbalans)
        _druk(f"Let op: {aantal} cellen van de stroomtabellen sluiten niet.")
    if monitor.afwezig:
        waarom: dict[str, list[str]] = {}
        for tabel, reden in monitor.afwezig.items():
            waarom.setdefault(reden, []).append(tabel)
        for reden, tabellen in waarom.items():
            _druk(f"Afwezig: {', '.join(tabellen)} ({reden.rstrip('.')}).")
    else:
        _druk("Afwezig: geen enkele tabel.")
    _zeg_overige(overige)
