"""What a provider may expect of a municipality, held against what it gets.

Of each message that was sent is written down what should come back and when at the
latest. What does not come, comes twice, comes unasked or says something else than it
should, is a finding: a fault of our own side of the traffic.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from samenloop.berichten.standaard import Bericht
from samenloop.core import kalender

#: Working days within which the answer has to be there, by kind.
TERMIJN: Final = {305: 3, 307: 3, 315: 3, 317: 3, 323: 10}
#: Working days within which a request has its 301 or 319.
VERZOEKTERMIJN: Final = 5
#: An answer "being looked into" gives so much longer, from the date of the request.
ONDERZOEK: Final = timedelta(weeks=8)
_GOED: Final = frozenset({"0200", "0233", "8001"})


def werkdagen_later(dag: date, aantal: int) -> date:
    """The day so many working days after a day."""
    for _ in range(aantal):
        dag = kalender.next_working_day(dag + timedelta(days=1))
    return dag


def codes_in(inhoud: Any) -> set[str]:
    """Every return code in an answer that says that something is wrong."""
    codes: set[str] = set()
    todo = [inhoud]
    while todo:
        deel = todo.pop()
        if isinstance(deel, dict):
            codes.update(deel.get("RetourCode", ()))
            todo += deel.values()
        elif isinstance(deel, list):
            todo += deel
    return codes - _GOED


@dataclass(slots=True)
class Verzonden:
    """A message that was sent, and what should come of it.

    `verwacht` are the return codes of the answer (none: all is well); None where the
    message is so wrong that no answer may come.
    """

    bericht: Bericht
    dag: date
    verwacht: frozenset[str] | None = frozenset()
    antwoorden: list[set[str]] = field(default_factory=list)

    @property
    def uiterlijk(self) -> date:
        """The last day on which the answer is in time."""
        return werkdagen_later(self.dag, TERMIJN[self.bericht.soort.nummer])


@dataclass(slots=True)
class Verzoek:
    """A request that was accepted, and what was said to it."""

    referentie: str
    dag: date
    dagtekening: date
    onderzoek: bool = False
    klaar: bool = False

    @property
    def uiterlijk(self) -> date:
        """The last day on which it is decided in time."""
        if self.onderzoek:
            return self.dagtekening + ONDERZOEK
        return werkdagen_later(self.dag, VERZOEKTERMIJN)


@dataclass(slots=True)
class Toezicht:
    """All that was sent by one provider under one law."""

    verzonden: dict[tuple[int, str], Verzonden] = field(default_factory=dict)
    verzoeken: dict[str, Verzoek] = field(default_factory=dict)
    bevindingen: list[str] = field(default_factory=list)

    def verstuurd(
        self, bericht: Bericht, dag: date, verwacht: Iterable[str] | None
    ) -> None:
        """Note that a message went out."""
        self.verzonden[bericht.soort.nummer, bericht.identificatie] = Verzonden(
            bericht, dag, None if verwacht is None else frozenset(verwacht)
        )

    def beantwoord(self, antwoord: Bericht, dag: date) -> Verzonden | None:
        """Note an answer; what it answers, None where it answers nothing of ours."""
        nummer = 323 if antwoord.soort.nummer == 325 else antwoord.soort.nummer - 1
        kop = antwoord.header
        op = kop["DeclaratieIdentificatie" if nummer == 323 else "BerichtIdentificatie"]
        wat = f"{antwoord.soort.code} op {op['Identificatie']}"
        zelf = self.verzonden.get((nummer, op["Identificatie"]))
        if zelf is None:
            self.bevindingen.append(f"{wat}: antwoord op niets")
            return None
        codes = codes_in(antwoord.inhoud)
        zelf.antwoorden.append(codes)
        if zelf.verwacht is None:
            self.bevindingen.append(f"{wat}: antwoord op een onleesbaar bericht")
        elif len(zelf.antwoorden) > 1:
            self.bevindingen.append(f"{wat}: meer dan één antwoord")
        elif codes != zelf.verwacht:
            verwacht = ", ".join(sorted(zelf.verwacht)) or "goed"
            kreeg = ", ".join(sorted(codes)) or "goed"
            self.bevindingen.append(f"{wat}: {kreeg} in plaats van {verwacht}")
        if dag > zelf.uiterlijk:
            self.bevindingen.append(f"{wat}: na {zelf.uiterlijk} beantwoord")
        return zelf

    def gevraagd(self, bericht: Bericht, referenties: Iterable[str], dag: date) -> None:
        """Note that requests were accepted and wait for a decision."""
        for each in referenties:
            self.verzoeken[each] = Verzoek(each, dag, bericht.dagtekening)

    def besloten(self, referentie: str, dag: date, *, onderzoek: bool) -> None:
        """Note a decision about a request, or that it is being looked into."""
        verzoek = self.verzoeken.get(referentie)
        if verzoek is None:
            self.bevindingen.append("besluit over een verzoek dat er niet is")
            return
        if dag > verzoek.uiterlijk:
            self.bevindingen.append(f"verzoek {referentie}: na {verzoek.uiterlijk}")
        if verzoek.klaar:
            self.bevindingen.append(f"verzoek {referentie}: twee keer besloten")
        verzoek.onderzoek = verzoek.onderzoek or onderzoek
        verzoek.klaar = verzoek.klaar or not onderzoek

    def te_laat(self, vandaag: date) -> list[str]:
        """What should have come by now and did not."""
        berichten = [
            f"{each.bericht.soort.code} {nummer}: geen antwoord voor {each.uiterlijk}"
            for (_, nummer), each in self.verzonden.items()
            if each.verwacht is not None
            and not each.antwoorden
            and each.uiterlijk < vandaag
        ]
        return berichten + [
            f"verzoek {each.referentie}: geen besluit voor {each.uiterlijk}"
            for each in self.verzoeken.values()
            if not each.klaar and each.uiterlijk < vandaag
        ]
