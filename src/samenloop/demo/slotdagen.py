"""What is left to do on the first day of whoever tries out the demo.

A year in which all was dealt with leaves empty work lists. So in the last days some
providers ask for something, a retour gets lost on its way, and a file arrives that was
broken off. All of it comes in as messages do, over the same folder, and is judged by
the same rules. What is older, the back office dealt with.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from samenloop.access.actor import Actor
from samenloop.berichten.aanbieder import Aanbieders, MapPost
from samenloop.berichten.aanbieder.aanbieder import Aanbieder
from samenloop.berichten.standaard import Inhoud, SchemaFout, lees, schrijf
from samenloop.berichten.verkeer import handelen, lezen
from samenloop.voorzieningen.declaraties import betalen

#: Working days before the last one: what is asked then (315 or 317). A request must be
#: answered within five, so the first is late and the next is due.
_GEVRAAGD: Final = {7: 315, 5: 317, 4: 315, 2: 315, 1: 317}
#: Between these working days before the last one so many retours get lost: their term
#: of three has passed by now.
_KWIJT: Final = range(4, 9)
_HOEVEEL_KWIJT: Final = 2
#: What came longer ago than this was dealt with.
BEHANDELD: Final = 8
#: One invoice of so many has a line under an allocation that does not exist.
_ELKE: Final = 6
_BETAALDAG: Final = 20
_ONBEKEND: Final = 999_999_000
_RETOUREN: Final = ("WMO302", "JW302")
_DECLARATIES: Final = ("WMO323", "JW323")
_STARTEN: Final = ("WMO305", "JW305")
_ANDER_NUMMER: Final = "999000001"
_VREEMD: Final = 3
_NOGMAALS: Final = "-nogmaals"
_REDEN: Final = "De aanbieder stuurde daarna een goed bericht."


@dataclass
class Slotpost:
    """The folder of the providers, on which now and then something goes wrong."""

    post: MapPost
    kwijt: int = 0
    _vreemd: dict[str, bool] = field(default_factory=dict)
    _declaraties: int = 0
    _laatste: tuple[str, bytes] | None = None
    _start: tuple[str, bytes] | None = None

    def haal(self) -> list[tuple[str, bytes]]:
        """What the municipality brought."""
        return self.post.haal()

    def breng(self, naam: str, inhoud: bytes) -> None:
        """Bring a message, unless it gets lost."""
        if self.kwijt and any(each in naam for each in _RETOUREN):
            self.kwijt -= 1
            return
        if any(each in naam for each in _DECLARATIES):
            inhoud = self._invoice(naam, inhoud)
        if any(each in naam for each in _STARTEN) and _NOGMAALS not in naam:
            self._start = naam, inhoud
        self._laatste = naam, inhoud
        self.post.breng(naam, inhoud)

    def bring_strange_start(self) -> None:
        """Bring the last start again, as one under an allocation that nobody gave."""
        if self._start is not None:
            naam, inhoud = self._start
            self.post.breng(f"{naam.removesuffix('.xml')}-vreemd.xml", strange(inhoud))

    def break_off(self) -> None:
        """Bring the last message once more, of which the end did not arrive."""
        if self._laatste is not None:
            naam, inhoud = self._laatste
            stam = naam.removesuffix(".xml")
            self.post.breng(f"{stam}-afgebroken.xml", inhoud[: len(inhoud) * 2 // 3])

    def _invoice(self, naam: str, inhoud: bytes) -> bytes:
        """One of so many goes wrong; the second time the same one is the same."""
        # Behind the number in front stand the kind and the provider.
        wie = naam.removesuffix(".xml").removesuffix(_NOGMAALS).partition("-")[2]
        if _NOGMAALS not in naam:
            self._declaraties += 1
            self._vreemd[wie] = self._declaraties % _ELKE == 1
        return strange_line(inhoud) if self._vreemd.get(wie) else inhoud


def strange(start: bytes) -> bytes:
    """Return a start as another message, under an allocation that nobody gave.

    What cannot be read stays as it is.
    """
    try:
        bericht = lees(start)
    except SchemaFout:
        return start
    bericht.header["BerichtIdentificatie"]["Identificatie"] = _ANDER_NUMMER
    for regel in bericht.inhoud["Client"]["StartProducten"]["StartProduct"]:
        regel["ToewijzingNummer"] = _ONBEKEND
    return schrijf(bericht)


def strange_line(declaratie: bytes) -> bytes:
    """Return an invoice of which one line stands under an allocation nobody gave.

    Of an invoice with one line, and of what cannot be read, nothing changes.
    """
    try:
        bericht = lees(declaratie)
    except SchemaFout:
        return declaratie
    clienten: Sequence[Inhoud] = bericht.inhoud["Declaratie"]["Clienten"]["Client"]
    regels = [
        regel for client in clienten for regel in client["Prestaties"]["Prestatie"]
    ]
    debet = [each for each in regels if each["IngediendBedrag"]["DebetCredit"] == "D"]
    if len(regels) < 2 or not debet:
        return declaratie
    debet[-1]["ToewijzingNummer"] = _ONBEKEND
    return schrijf(bericht)


@dataclass(frozen=True)
class Slot:
    """The last days of a period, seen from its working days."""

    dagen: Sequence[date]
    post: Slotpost
    door: Actor
    collega: Actor
    gevraagd: set[str] = field(default_factory=set)

    def before(self, dag: date, aanbieders: Aanbieders) -> None:
        """Let providers have their trouble, before they do what the day asks."""
        nog = len(self.dagen) - 1 - self.dagen.index(dag)
        if nog == max(_KWIJT):
            self.post.kwijt = _HOEVEEL_KWIJT
        elif nog < min(_KWIJT):
            self.post.kwijt = 0
        if soort := _GEVRAAGD.get(nog):
            ask(aanbieders, dag, soort, self.gevraagd)
        if nog == _VREEMD:
            self.post.bring_strange_start()
        if nog == 0:
            self.post.break_off()

    def pay(self, dag: date) -> None:
        """Once a month a colleague makes a batch; the last one is still to approve."""
        betaaldagen = list(_pay_days(self.dagen))
        if dag not in betaaldagen:
            return
        with suppress(betalen.NietsTeBetalen):
            batch = betalen.make(door=self.collega)
            if dag != betaaldagen[-1]:
                betalen.approve(batch.pk, door=self.door)
                betalen.handed_over(batch.pk, door=self.door)

    def dealt_with(self) -> date:
        """Until which day all was dealt with."""
        return self.dagen[max(0, len(self.dagen) - 1 - BEHANDELD)]

    def tidy(self) -> None:
        """Take off the list what was refused or set apart long enough ago."""
        oud = lezen.messages(self.door).filter(
            vastgelegd_op__date__lte=self.dealt_with()
        )
        for pk in list(oud.filter(lezen.AFGEKEURD).values_list("pk", flat=True)):
            handelen.settle(pk, door=self.door)
        for pk in list(oud.filter(lezen.APART).values_list("pk", flat=True)):
            handelen.throw_away(pk, _REDEN, door=self.door)


def _pay_days(dagen: Sequence[date]) -> Iterator[date]:
    """The first working day of each month from the twentieth on."""
    gezien: set[tuple[int, int]] = set()
    for dag in dagen:
        if dag.day >= _BETAALDAG and (dag.year, dag.month) not in gezien:
            gezien.add((dag.year, dag.month))
            yield dag


def ask(aanbieders: Aanbieders, dag: date, soort: int, al: set[str]) -> bool:
    """Let the first provider that can ask for a client of its own; whether one did.

    Not for a client in `al`, for whom was asked already; who is asked for comes in it.
    """
    for wat in (soort, 317 if soort == 315 else 315):
        for wie, nummer in _clients(aanbieders):
            bsn = wie.leveringen.van[nummer].toewijzing.bsn
            if bsn not in al and wie.vragen.vraag(wat, nummer, dag):
                al.add(bsn)
                return True
    return False


def _clients(aanbieders: Aanbieders) -> Iterator[tuple[Aanbieder, int]]:
    for _sleutel, wie in sorted(aanbieders.wie.items(), key=lambda rij: rij[0]):
        for nummer in sorted(wie.leveringen.van):
            yield wie, nummer
