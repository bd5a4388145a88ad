"""The command `samenloop`: one entrance to everything a person or a job can start.

`monitor` turns delivered files into figures, `berichten` judges messages and
`aanbieder` plays providers; these must work on a machine without any database, so they
are handled before anything of Django is imported. Every word that is not ours is a
management command of a room, or of Django itself.
"""

import difflib
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from samenloop.config.achtergrond import stop_with_parent
from samenloop.config.opties import Opties

_OWN = {
    "demo": "laadt de verzonnen regio BMWE en toont de monitor in de browser",
    "serve": "toont de pagina's in de browser",
    "monitor": "maakt de monitor van een map met geleverde bestanden, zonder server",
    "berichten": "toont de regels van iWmo en iJw, of keurt berichten",
    "aanbieder": "speelt aanbieders die met een gemeente berichten wisselen",
    "bewaar": "maakt een kopie van de gegevens in één bestand",
    "zet-terug": "zet zo'n kopie terug in een lege database",
    "help": "toont deze lijst",
}


def main(argv: list[str] | None = None) -> int:
    """Run a command; the exit status.

    0 done, 1 it could not be done here and now, 2 what was asked is not right.
    """
    arguments = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenloop.config.settings")
    word, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if word == "monitor":
        from samenloop.monitor import opdracht

        return opdracht.main(rest)
    if word == "berichten":
        from samenloop.config import berichten

        return berichten.main(rest)
    if word == "aanbieder":
        from samenloop.config import aanbieder

        return aanbieder.main(rest)
    if word.startswith("-") and word not in ("-h", "--help"):
        Opties(prog="samenloop").error(f"unrecognized arguments: {word}")
    # Asked to stop is an ordinary end: the database is left in good order.
    signal.signal(signal.SIGTERM, _stop)
    stop_with_parent()
    return _with_django(word, rest)


def _with_django(word: str, rest: list[str]) -> int:
    from samenloop.config.server import PoortBezet
    from samenloop.core.postgres import LanceerFout

    try:
        if word in ("help", "-h", "--help"):
            sys.stdout.write(_help())
            return 0
        if word == "demo":
            from samenloop.config import demo

            return demo.main(rest)
        if word == "serve":
            from samenloop.config import server

            return server.main(rest)
        if word in ("bewaar", "zet-terug"):
            return _keep(word, rest)
        return _management(word, rest)
    except (LanceerFout, PoortBezet) as fout:
        sys.stderr.write(f"samenloop: {fout}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nsamenloop: afgebroken\n")
        return 130


def _keep(word: str, rest: list[str]) -> int:
    from samenloop.core.postgres import bewaren
    from samenloop.plannen.dossier import reservekopie

    parser = Opties(prog=f"samenloop {word}", description=_OWN[word])
    parser.add_argument("bestand", type=Path, help="het bestand met de kopie")
    path = parser.parse_args(rest).bestand
    if word == "bewaar":
        bewaren.dump(path)
        try:
            files = reservekopie.pack(path)
        except BaseException:
            path.unlink(missing_ok=True)  # half a copy would pass for a whole one
            raise
        sys.stdout.write(
            f"Bewaard in {path}, de documenten ({files}) in "
            f"{reservekopie.beside(path)}. "
            "Bewaar ook de map geheimen/ en vernietigd.jsonl.\n"
        )
    else:
        bewaren.restore(path)
        try:
            put_back = reservekopie.unpack(path)
        finally:
            # Whatever became of the files: what was destroyed since goes again, and
            # its files with it.
            _destroy_again()
        sys.stdout.write(f"Teruggezet uit {path}.\n")
        if put_back is None:
            sys.stderr.write(
                f"samenloop: {reservekopie.beside(path)} is er niet; de documenten van "
                "dossiers zijn niet teruggezet.\n"
            )
    return 0


def _destroy_again() -> None:
    """What was destroyed since the copy was made must not come back with it."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="beheer", verbosity=0, interactive=False)
    call_command("vernietig", "--herhaal")


def _management(word: str, rest: list[str]) -> int:
    import django
    from django.core.management import base, execute_from_command_line, get_commands

    class Opdrachtopties(base.CommandParser, Opties):
        """What reads the options of every command: it refuses in Dutch as well."""

    django.setup()
    # Every command makes its parser of this class, and those of its parts.
    base.CommandParser = Opdrachtopties  # type: ignore[misc]
    known = get_commands()
    if word.replace("-", "_") in known:
        word = word.replace("-", "_")  # as people write it
    if word not in known:
        near = difflib.get_close_matches(word, [*_OWN, *known], n=1)
        guess = f" Bedoelde u '{near[0]}'?" if near else ""
        sys.stderr.write(
            f"samenloop: onbekende opdracht '{word}'.{guess}\nHulp: samenloop help\n"
        )
        return 2
    if word == "migrate" and not any(each.startswith("--database") for each in rest):
        # Only the owner can make tables.
        rest = [*rest, "--database", "beheer"]
    execute_from_command_line(["samenloop", word, *rest])
    return 0


def _help() -> str:
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    lines = dict(_OWN)
    for name, room in get_commands().items():
        if isinstance(room, str) and room.startswith("samenloop."):
            first = load_command_class(room, name).help.strip().splitlines() or [""]
            lines[name.replace("_", "-")] = first[0]
    lines["migrate"] = "werkt de tabellen van de database bij"
    width = max(map(len, lines))
    return "\n".join(
        [
            "Samenloop: één gezin, één plan, één regisseur.",
            "",
            "Gebruik: samenloop OPDRACHT [opties]",
            "",
            *(f"  {name:<{width}}  {text}" for name, text in lines.items()),
            "",
            "Opties van een opdracht: samenloop OPDRACHT --help. Andere opdrachten",
            "van Django werken ook; zie docs/beheer.md.",
            "",
        ]
    )


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    raise SystemExit(main())
