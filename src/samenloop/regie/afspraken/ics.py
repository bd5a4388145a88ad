"""One's own day as a file for another calendar (iCalendar, RFC 5545).

A calendar elsewhere is read by others and by its maker, so nothing goes along that says
whom it is about or where they live: the kind, the number of the case, and a link that
asks to sign in.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from samenloop.core import klok
from samenloop.regie.mijn_dag import Afspraak

MEDIA = "text/calendar; charset=utf-8"
_REGEL = 75  # octets, without the line break
_KORTST = timedelta(minutes=15)


def write(afspraken: Iterable[Afspraak], absoluut: Callable[[str], str]) -> bytes:
    """Return a calendar of these appointments.

    Args:
        afspraken: what goes in, each with `kaal`.
        absoluut: makes a whole address of one within this site.
    """
    regels = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Samenloop//Agenda//NL",
        "CALSCALE:GREGORIAN",
    ]
    nu = _moment(klok.now())
    for each in afspraken:
        adres = absoluut(each.adres)
        regels += [
            "BEGIN:VEVENT",
            f"UID:{_text(adres)}#{each.op:%Y%m%d}",
            f"DTSTAMP:{nu}",
            *_when(each),
            f"SUMMARY:{_text(each.kaal)}",
            f"URL:{adres}",
            "CLASS:CONFIDENTIAL",
            "END:VEVENT",
        ]
    regels.append("END:VCALENDAR")
    return b"".join(_folded(regel) for regel in regels)


def _when(afspraak: Afspraak) -> list[str]:
    if afspraak.heel_dag:
        dag: date = afspraak.op.date()
        return [
            f"DTSTART;VALUE=DATE:{dag:%Y%m%d}",
            f"DTEND;VALUE=DATE:{dag + timedelta(days=1):%Y%m%d}",
        ]
    duur = max(timedelta(minutes=afspraak.minuten), _KORTST)
    return [
        f"DTSTART:{_moment(afspraak.op)}",
        f"DTEND:{_moment(afspraak.op + duur)}",
    ]


def _moment(op: datetime) -> str:
    return op.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(tekst: str) -> str:
    for teken in "\\;,":
        tekst = tekst.replace(teken, f"\\{teken}")
    return tekst.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(regel: str) -> bytes:
    """Return a line cut in pieces of at most 75 octets, never within a character."""
    delen, hier = [], b""
    for teken in regel:
        nieuw = teken.encode()
        # A piece that goes on begins with a space, which counts.
        if len(hier) + len(nieuw) > _REGEL:
            delen.append(hier)
            hier = b" "
        hier += nieuw
    return b"\r\n".join([*delen, hier]) + b"\r\n"
