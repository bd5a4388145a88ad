"""The options of `samenloop monitor`, read and explained in Dutch.

Everything a user can type wrong ends in one sentence that says what to type instead;
the standard messages of the command line reader are English and are replaced.
"""

import argparse
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn

from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.keuring import DREMPEL
from samenloop.monitor.uitkomst import Kwartaal, Status

_UITLEG = """\
Maakt van een of meer leveringen (mappen of zips met CSV of Parquet) de monitor sociaal
domein van een kwartaal: monitor.html, .pdf, .xlsx, .ods en .json, een CSV per tabel en
afgekeurd.csv met elke afgekeurde rij en de reden."""
_VOORBEELD = """\
voorbeelden:
  samenloop monitor levering/ --kwartaal 2017Q4 --uit monitor-2017Q4
  samenloop monitor noord.zip zuid.zip --kwartaal 2017Q4 --uit uit --status definitief
  samenloop monitor levering/ --proef

Eindigt met 0 als alles is geschreven, met 2 als de levering of de opdracht niet klopt
(er is dan niets geschreven), met 130 na Ctrl-C en met 1 bij een onverwachte fout."""
_VERTAALD = (
    (r"argument (\S+?)(?:/\S+)?: expected one argument", r"\1 mist een waarde"),
    (r"unrecognized arguments: (.*)", r"de optie \1 bestaat niet"),
    (r"ambiguous option: (\S+) .*", r"de optie \1 is niet volledig"),
    (
        r"argument (\S+?)(?:/\S+)?: ignored explicit argument .*",
        r"\1 krijgt geen waarde",
    ),
)


@dataclass(slots=True)
class Opties:
    """What the user asked for."""

    leveringen: list[Path] = field(default_factory=list)
    kwartaal: Kwartaal | None = None  # None only with `proef` or `regels`
    uit: Path | None = None
    bekend_op: date | None = None
    taal: str = "nl"
    status: Status = Status.VOORLOPIG
    drempel: float = DREMPEL  # share, 0.05 is 5 percent
    ga_door: bool = False
    proef: bool = False
    motor: str = "duckdb"
    regels: bool = False
    debug: bool = False


class _Lezer(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for patroon, zin in _VERTAALD:
            if re.fullmatch(patroon, message):
                message = re.sub(patroon, zin, message)
        raise LeveringFout(
            f"{message[:1].upper()}{message[1:]}; samenloop monitor --help geeft "
            "uitleg."
        )

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "gebruik:")

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "gebruik:", 1)


def _een_van(optie: str, mogelijk: tuple[str, ...], waarde: str) -> str:
    if waarde not in mogelijk:
        raise LeveringFout(
            f"{optie} kan niet '{waarde}' zijn; kies {' of '.join(mogelijk)}."
        )
    return waarde


def _kwartaal(waarde: str) -> Kwartaal:
    try:
        return Kwartaal.lees(waarde)
    except ValueError as fout:
        raise LeveringFout(
            f"'{waarde}' is geen kwartaal; schrijf bijvoorbeeld --kwartaal 2017Q4."
        ) from fout


def _datum(waarde: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", waarde, re.ASCII):
            raise ValueError(waarde)
        return date.fromisoformat(waarde)
    except ValueError as fout:
        raise LeveringFout(
            f"'{waarde}' is geen datum; schrijf bijvoorbeeld --bekend-op 2018-02-01."
        ) from fout


def _deel(waarde: str) -> float:
    """Read `10%`, `2,5%` or a bare number of percents."""
    getal = waarde.strip().removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", getal, re.ASCII) or float(getal) > 100:
        raise LeveringFout(
            f"'{waarde}' is geen drempel; schrijf een percentage van 0 tot en met "
            "100, bijvoorbeeld --drempel 10%."
        )
    return float(getal) / 100


def _lezer() -> _Lezer:
    lezer = _Lezer(
        prog="samenloop monitor",
        description=_UITLEG,
        epilog=_VOORBEELD,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    wat = lezer.add_argument_group("wat erin gaat en eruit komt")
    wat.add_argument(
        "leveringen", metavar="LEVERING", nargs="*", help="map of .zip van een levering"
    )
    wat.add_argument("--kwartaal", metavar="2017Q4", help="het kwartaal van de monitor")
    wat.add_argument("--uit", metavar="MAP", help="map voor de uitkomst")
    hoe = lezer.add_argument_group("hoe")
    hoe.add_argument(
        "--bekend-op",
        metavar="DATUM",
        help="tel alleen wat op deze datum bekend was (standaard: alles)",
    )
    hoe.add_argument(
        "--taal", metavar="nl|en", default="nl", help="taal van het verslag"
    )
    hoe.add_argument(
        "--status",
        metavar="STATUS",
        default=Status.VOORLOPIG.value,
        help="voorlopig (standaard), herzien of definitief",
    )
    hoe.add_argument(
        "--drempel",
        metavar="5%",
        default=f"{100 * DREMPEL:g}%",
        help="stop of vraag als een groter deel van de rijen is afgekeurd "
        "(standaard 5%%)",
    )
    hoe.add_argument(
        "--ga-door", action="store_true", help="ga door, ook boven de drempel"
    )
    hoe.add_argument(
        "--proef",
        action="store_true",
        help="alleen keuren: toon tellingen en redenen; schrijft niets, of met --uit "
        "alleen afgekeurd.csv",
    )
    hoe.add_argument(
        "--motor", metavar="duckdb|spark", default="duckdb", help="rekenmachine"
    )
    rest = lezer.add_argument_group("verder")
    rest.add_argument("--regels", action="store_true", help="toon alle keuringsregels")
    rest.add_argument(
        "--debug", action="store_true", help="toon bij een onverwachte fout alles"
    )
    rest.add_argument("-h", "--help", action="help", help="toon deze uitleg")
    return lezer


def lees(argv: list[str]) -> Opties:
    """Read the command line.

    Raises:
        LeveringFout: something is missing or cannot be; the sentence says what.
        SystemExit: help was asked for and shown.
    """
    ruw = _lezer().parse_args(argv)
    opties = Opties(
        leveringen=[Path(pad) for pad in ruw.leveringen],
        kwartaal=_kwartaal(ruw.kwartaal) if ruw.kwartaal is not None else None,
        uit=Path(ruw.uit) if ruw.uit else None,
        bekend_op=_datum(ruw.bekend_op) if ruw.bekend_op is not None else None,
        taal=_een_van("--taal", ("nl", "en"), ruw.taal),
        status=Status(_een_van("--status", tuple(Status), ruw.status)),
        drempel=_deel(ruw.drempel),
        ga_door=ruw.ga_door,
        proef=ruw.proef,
        motor=_een_van("--motor", ("duckdb", "spark"), ruw.motor),
        regels=ruw.regels,
        debug=ruw.debug,
    )
    if opties.regels:
        return opties
    if not opties.leveringen:
        raise LeveringFout(
            "Er is geen levering opgegeven; noem een map of .zip, of gebruik --help."
        )
    if not opties.proef and opties.kwartaal is None:
        raise LeveringFout(
            "Het kwartaal ontbreekt; geef bijvoorbeeld --kwartaal 2017Q4."
        )
    if not opties.proef and opties.uit is None:
        raise LeveringFout("De map voor de uitkomst ontbreekt; geef --uit MAP.")
    return opties
