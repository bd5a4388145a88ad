"""The command `samenloop berichten`: the rules, and the judging of files.

No database and no server: it reads files, judges and prints.
"""

import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from samenloop.config.opties import Opties

GOED, AFGEKEURD, NIET_GELUKT = 0, 1, 2


def main(argv: list[str]) -> int:
    """Carry out `samenloop berichten`; the exit status.

    0: all is well; 1: a message was refused, in part or as a whole; 2: it could not be
    done, or what was asked is not right.
    """
    parser = Opties(
        prog="samenloop berichten",
        description="toont de regels van iWmo en iJw, of keurt berichten",
    )
    delen = parser.add_subparsers(dest="deel", required=True, metavar="DEEL")
    delen.add_parser("regels", help="toont elke officiële regel en hoe die is gedekt")
    delen.add_parser(
        "retourcodes", help="schrijft docs/berichten.md: elke retourcode in gewone taal"
    )
    keuren = delen.add_parser("keur", help="keurt bestanden, zonder database")
    keuren.add_argument("bestanden", nargs="+", metavar="BESTAND")
    keuren.add_argument("--json", action="store_true", help="geeft JSON")
    keuren.add_argument(
        "--op",
        type=_dag,
        default=None,
        metavar="JJJJ-MM-DD",
        help="de dag waarop wordt gekeurd (anders: vandaag)",
    )
    keuren.add_argument(
        "--schemas",
        type=Path,
        default=None,
        metavar="MAP",
        help="map met de officiële schema's, om ook daaraan te toetsen",
    )
    gekozen = parser.parse_args(argv)
    if gekozen.deel == "regels":
        from samenloop.berichten.regels import uitvoer

        return _toon("\n".join(uitvoer.register()) + "\n")
    if gekozen.deel == "retourcodes":
        from samenloop.berichten.regels import retourcodes

        return _toon(retourcodes.handleiding())
    return _keur(
        gekozen.bestanden,
        gekozen.op or datetime.now(ZoneInfo("Europe/Amsterdam")).date(),
        gekozen.schemas,
        als_json=gekozen.json,
    )


def _dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


def _keur(
    bestanden: list[str], vandaag: date, schemas: Path | None, *, als_json: bool
) -> int:
    from samenloop.berichten.regels import uitvoer
    from samenloop.berichten.regels.keuren import Oordeel, keur
    from samenloop.berichten.standaard.fouten import Onleesbaar
    from samenloop.berichten.standaard.officieel import SchemaOntbreekt

    if schemas is not None and not schemas.is_dir():
        return _mis(f"de map {schemas} is er niet")
    oordelen = []
    status = GOED
    for naam in bestanden:
        try:
            with Path(naam).open("rb") as bron:
                oordeel = keur(bron, stand=None, vandaag=vandaag, schemamap=schemas)
        except OSError as fout:
            status = _mis(f"{naam} is niet te lezen: {fout.strerror}")
            oordeel = Oordeel(
                "onleesbaar", fouten=Onleesbaar("Het bestand is niet te lezen.").fouten
            )
        except SchemaOntbreekt as fout:
            # Nothing can be said of this one, and the others are judged all the same.
            status = _mis(f"{naam} is niet gekeurd: {fout}")
            continue
        oordelen.append((naam, oordeel))
        if oordeel.oordeel != "goedgekeurd":
            status = max(status, AFGEKEURD)
    if als_json:
        _toon(uitvoer.als_json(oordelen))
    else:
        for each in oordelen:
            _toon("\n".join(uitvoer.als_tekst(*each)) + "\n")
    return status


def _mis(zin: str) -> int:
    sys.stderr.write(f"samenloop: {zin}\n")
    return NIET_GELUKT


def _toon(tekst: str) -> int:
    sys.stdout.write(tekst)
    return GOED
