"""What can go wrong before there is a database, said so that one can act on it.

The server and its tools explain themselves in English in a log file that nobody
has open. Here the few causes that a user can do something about become one
sentence: what is wrong, where, and what to do.
"""

import re
from pathlib import Path


class LanceerFout(Exception):
    """The database could not be started or reached. The text is for the user."""


_NO_SPACE = re.compile(r"No space left on device|Disk quota exceeded", re.I)
_PORT = re.compile(
    r"could not bind .*: Address already in use|could not create any TCP/IP sockets",
    re.I,
)
_VERSION = re.compile(r"incompatible with server|initialized by PostgreSQL version")
_DENIED = re.compile(r"Permission denied|invalid permissions|wrong ownership", re.I)
_MEMORY = re.compile(r"Cannot allocate memory|could not .*shared memory", re.I)
_ENDING = re.compile(r"pre-existing shared memory block .* still in use")
_CONTRIB = re.compile(r'extension "(\w+)" is not available')


def is_port_taken(output: str) -> bool:
    """Whether the server said that another program has its port."""
    return _PORT.search(output) is not None


def is_still_ending(output: str) -> bool:
    """Whether processes of an earlier server on this data are not gone yet."""
    return _ENDING.search(output) is not None


def explain(output: str, *, folder: Path, port: int | None = None) -> LanceerFout:
    """The error for what a PostgreSQL tool or its log said.

    Args:
        output: text of the tool and the tail of the server's log.
        folder: where the server keeps its data.
        port: the port it was asked to listen on.
    """
    if _NO_SPACE.search(output):
        return LanceerFout(
            f"De schijf met {folder} is vol. Maak ruimte vrij en start opnieuw; "
            "wat al was vastgelegd is bewaard."
        )
    if _PORT.search(output):
        return LanceerFout(
            f"Poort {port} is bezet door een ander programma. Stop dat programma, of "
            "kies een andere poort met SAMENLOOP_POSTGRES_PORT."
        )
    if _VERSION.search(output):
        return other_version(folder, "een andere versie", "deze")
    if missing := _CONTRIB.search(output):
        return LanceerFout(
            f"De PostgreSQL-server mist de uitbreiding {missing[1]}. Installeer de "
            "aanvullende modules (in Debian: postgresql-contrib)."
        )
    if _DENIED.search(output):
        return LanceerFout(
            f"De databaseserver mag niet bij {folder}: de map of een map erboven is "
            "van een andere gebruiker. Start als de gebruiker die de map maakte, of "
            "kies een andere map met SAMENLOOP_DATA."
        )
    if _MEMORY.search(output):
        return LanceerFout(
            "Er is te weinig (gedeeld) geheugen om de databaseserver te starten. "
            "Sluit andere programma's en probeer het opnieuw."
        )
    last = [line.strip() for line in output.splitlines() if line.strip()][-3:]
    return LanceerFout(
        f"De databaseserver in {folder} start niet: {' / '.join(last) or 'geen reden'}"
    )


def other_version(folder: Path, there: str, here: str) -> LanceerFout:
    """The data folder was made by a PostgreSQL that cannot be read by this one."""
    return LanceerFout(
        f"De gegevens in {folder} zijn van PostgreSQL {there}; de server van nu is "
        f"{here} en kan ze niet lezen. Zet ze over (zie docs/beheer.md), wijs met "
        "SAMENLOOP_POSTGRES de server van toen aan, of kies een lege map met "
        "SAMENLOOP_DATA."
    )
