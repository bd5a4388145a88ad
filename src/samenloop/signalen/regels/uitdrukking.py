"""A rule as an expression: read, checked with the place of the fault, and written.

The language is a small part of what the engine (zen) understands, plus calls such as
`gezin.signalen("school", 60)`. We read it ourselves first, so that a rule can only ask
what the catalogue has, cannot grow without bound, and so that each fault has a place
and a sentence. What comes out is a tree of nodes that `oordeel` gives to the engine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout
from samenloop.signalen.regels.catalogus import (
    ALLE_LEEFGEBIEDEN,
    CATALOGUS,
    LEEFGEBIEDEN,
    MEESTE_DAGEN,
    Soort,
)
from samenloop.signalen.regels.knopen import (
    Alle,
    Behoort,
    Een,
    Getal,
    Knoop,
    Niet,
    Rekenkundig,
    Som,
    Vergelijking,
    Verwijzing,
    Waarheid,
)

MEESTE_TEKENS = 4_000
MEESTE_DIEPTE = 12
MEESTE_VOORWAARDEN = 60
MEESTE_WAARDEN = 20
MEESTE_CIJFERS = 6


class UitdrukkingFout(SamenloopFout, ValueError):
    """The expression cannot be read; `positie` is the place, counted from 0."""

    def __init__(self, melding: str | Promise, positie: int, lengte: int = 1) -> None:
        super().__init__(melding)
        self.positie = positie
        self.lengte = max(1, lengte)


@dataclass(frozen=True, slots=True)
class _Teken:
    soort: str  # naam, getal, tekst, teken, einde
    waarde: str
    positie: int

    @property
    def lengte(self) -> int:
        return len(self.waarde) + (2 if self.soort == "tekst" else 0)


_LEXER = re.compile(
    r"""(?P<ruimte>\s+)
    |(?P<getal>\d+)
    |(?P<naam>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    |"(?P<tekst>[^"\n]*)"|'(?P<enkel>[^'\n]*)'
    |(?P<teken>==|!=|<=|>=|[<>()\[\],+\-])""",
    re.VERBOSE,
)

_CODE = re.compile(r"[\w.-]{1,60}")


def _tokens(bron: str) -> Iterator[_Teken]:
    plaats = 0
    while plaats < len(bron):
        gevonden = _LEXER.match(bron, plaats)
        if gevonden is None:
            if bron[plaats] in "\"'":
                raise UitdrukkingFout(_("This quotation mark is not closed."), plaats)
            if bron[plaats] in "&|!":
                raise UitdrukkingFout(_("Write and, or, not in letters."), plaats)
            raise UitdrukkingFout(_("This sign has no meaning here."), plaats)
        soort = gevonden.lastgroup or ""
        if soort != "ruimte":
            waarde = gevonden[soort]
            yield _Teken("tekst" if soort == "enkel" else soort, waarde, plaats)
        plaats = gevonden.end()
    yield _Teken("einde", "", len(bron))


def parse(bron: str, *, check_codes: bool = True) -> Knoop:
    """Read an expression.

    Args:
        check_codes: whether each code must be on its list today. For a version that was
            approved it need not: a list may have changed since, the version may not.

    Raises:
        UitdrukkingFout: with the place of the fault and what to do.
    """
    if len(bron) > MEESTE_TEKENS:
        raise UitdrukkingFout(
            _("An expression has at most 4,000 signs."),
            MEESTE_TEKENS,
            len(bron) - MEESTE_TEKENS,
        )
    return _Lezer(list(_tokens(bron)), check_codes).whole()


class _Lezer:
    """Recursive descent: or, and, not, comparison, sum, value."""

    def __init__(self, tekens: list[_Teken], check_codes: bool) -> None:
        self.tekens = tekens
        self.check_codes = check_codes
        self.plaats = 0
        self.diepte = 0
        self.voorwaarden = 0

    @property
    def nu(self) -> _Teken:
        return self.tekens[self.plaats]

    def _fail(self, melding: str | Promise, teken: _Teken | None = None) -> NoReturn:
        teken = teken or self.nu
        raise UitdrukkingFout(melding, teken.positie, teken.lengte)

    def _take(self, *waarden: str, soort: str = "teken") -> _Teken | None:
        teken = self.nu
        if teken.soort == soort and teken.waarde in waarden:
            self.plaats += 1
            return teken
        return None

    def _need(self, waarde: str) -> None:
        if self._take(waarde) is None:
            self._fail(_("A “%(sign)s” is missing here.") % {"sign": waarde})

    def whole(self) -> Knoop:
        if self.nu.soort == "einde":
            self._fail(_("Write at least one condition."))
        knoop = self._truth(self._either(), self.tekens[0])
        if self.nu.soort != "einde":
            self._fail(_("Something follows here that does not belong to it."))
        return knoop

    def _truth(self, knoop: Knoop | Rekenkundig, teken: _Teken) -> Knoop:
        if isinstance(knoop, Verwijzing):
            if knoop.gegeven.soort is Soort.WAARHEID:
                self._count(teken)
                return Waarheid(knoop)
            self._fail(_("Compare this with something: it is not yes or no."), teken)
        if isinstance(knoop, Getal | Som):
            self._fail(_("A number alone is no condition; compare it."), teken)
        return knoop

    def _count(self, teken: _Teken) -> None:
        self.voorwaarden += 1
        if self.voorwaarden > MEESTE_VOORWAARDEN:
            self._fail(_("A rule has at most 60 conditions."), teken)

    def _either(self) -> Knoop | Rekenkundig:
        begin = self.nu
        eerste = self._both()
        delen: list[Knoop] = []
        while self._take("or", soort="naam"):
            delen = delen or [self._truth(eerste, begin)]
            volgend = self.nu
            delen.append(self._truth(self._both(), volgend))
        return Een(tuple(delen)) if delen else eerste

    def _both(self) -> Knoop | Rekenkundig:
        begin = self.nu
        eerste = self._negation()
        delen: list[Knoop] = []
        while self._take("and", soort="naam"):
            delen = delen or [self._truth(eerste, begin)]
            volgend = self.nu
            delen.append(self._truth(self._negation(), volgend))
        return Alle(tuple(delen)) if delen else eerste

    def _negation(self) -> Knoop | Rekenkundig:
        if not (self.nu.soort == "naam" and self.nu.waarde == "not"):
            return self._comparison()
        self.plaats += 1
        self._deeper()
        begin = self.nu
        deel = self._truth(self._negation(), begin)
        self.diepte -= 1
        return Niet(deel)

    def _deeper(self) -> None:
        self.diepte += 1
        if self.diepte > MEESTE_DIEPTE:
            self._fail(_("This is nested too deeply; make it two rules."))

    def _comparison(self) -> Knoop | Rekenkundig:
        begin = self.nu
        links = self._sum()
        teken = self._take("==", "!=", "<", "<=", ">", ">=")
        if teken is None:
            return self._membership(links, begin)
        self._count(begin)
        if isinstance(links, Verwijzing) and links.gegeven.soort is not Soort.GETAL:
            if teken.waarde not in ("==", "!="):
                self._fail(_("Only numbers are higher or lower."), teken)
            knoop = self._equal(links)
            return knoop if teken.waarde == "==" else Niet(knoop)
        rechts_begin = self.nu
        rechts = self._sum()
        return Vergelijking(
            teken.waarde,
            self._number(links, begin),
            self._number(rechts, rechts_begin),
        )

    def _equal(self, links: Verwijzing) -> Knoop:
        if links.gegeven.soort is Soort.KEUZE:
            return Behoort(links, (self._code(links),))
        teken = self.nu
        if self._take("true", "false", soort="naam") is None:
            self._fail(_("Write true or false here."))
        return Waarheid(links) if teken.waarde == "true" else Niet(Waarheid(links))

    def _membership(
        self, links: Knoop | Rekenkundig, begin: _Teken
    ) -> Knoop | Rekenkundig:
        volgend = self.tekens[min(self.plaats + 1, len(self.tekens) - 1)]
        ontkend = (
            self.nu.soort == "naam"
            and self.nu.waarde == "not"
            and volgend.waarde == "in"
        )
        if ontkend:
            self.plaats += 1
        if self._take("in", soort="naam") is None:
            return links
        if not isinstance(links, Verwijzing) or links.gegeven.soort is not Soort.KEUZE:
            self._fail(_("Only a field with codes can be one of a list."), begin)
        self._count(begin)
        self._need("[")
        waarden = [self._code(links)]
        while self._take(","):
            waarden.append(self._code(links))
            if len(waarden) > MEESTE_WAARDEN:
                self._fail(_("A list has at most 20 values."))
        self._need("]")
        lid = Behoort(links, tuple(waarden))
        return Niet(lid) if ontkend else lid

    def _code(self, veld: Verwijzing) -> str:
        teken = self.nu
        if teken.soort != "tekst":
            self._fail(_("Write a code between quotation marks here."))
        lijst = veld.gegeven.keuzes if self.check_codes else ()
        keuzes = [code for code, _label in lijst]
        onbekend = bool(keuzes) and teken.waarde not in keuzes
        if onbekend or not _CODE.fullmatch(teken.waarde):
            self._fail(
                _("%(field)s does not know this code. It knows: %(codes)s.")
                % {"field": veld.naam, "codes": ", ".join(keuzes)}
            )
        self.plaats += 1
        return teken.waarde

    def _number(self, knoop: Knoop | Rekenkundig, teken: _Teken) -> Rekenkundig:
        if isinstance(knoop, Getal | Som):
            return knoop
        if isinstance(knoop, Verwijzing) and knoop.gegeven.soort is Soort.GETAL:
            return knoop
        self._fail(_("A number is needed here."), teken)

    def _sum(self) -> Knoop | Rekenkundig:
        begin = self.nu
        links = self._value()
        stappen = 0
        while teken := self._take("+", "-"):
            stappen += 1
            if stappen > MEESTE_DIEPTE:
                self._fail(_("This is nested too deeply; make it two rules."))
            volgend = self.nu
            rechts = self._number(self._value(), volgend)
            links = Som(teken.waarde, self._number(links, begin), rechts)
        return links

    def _value(self) -> Knoop | Rekenkundig:
        teken = self.nu
        if teken.soort == "getal":
            if len(teken.waarde) > MEESTE_CIJFERS:
                self._fail(_("This number is too large."))
            self.plaats += 1
            return Getal(int(teken.waarde))
        if self._take("("):
            self._deeper()
            binnen = self._either()
            self.diepte -= 1
            self._need(")")
            return binnen
        if teken.soort == "naam" and teken.waarde not in ("and", "or", "in", "not"):
            self.plaats += 1
            return self._reference(teken)
        if teken.soort == "einde":
            self._fail(_("The expression stops here; a value is missing."))
        self._fail(_("A field, a number or a bracket is needed here."))

    def _reference(self, teken: _Teken) -> Verwijzing:
        gegeven = CATALOGUS.get(teken.waarde)
        if gegeven is None:
            self._fail(
                _("There is no field %(field)s. Look in the list of fields.")
                % {"field": teken.waarde},
                teken,
            )
        if not (gegeven.leefgebied or gegeven.dagen):
            return Verwijzing(gegeven.naam)
        self._need("(")
        leefgebied = ""
        if gegeven.leefgebied:
            leefgebied = self._area()
            self._need(",")
        dagen = self.nu
        kort = dagen.soort == "getal" and len(dagen.waarde) <= MEESTE_CIJFERS
        if not kort or not 1 <= int(dagen.waarde) <= MEESTE_DAGEN:
            self._fail(_("Write a number of days here, from 1 to 730."))
        self.plaats += 1
        self._need(")")
        return Verwijzing(gegeven.naam, leefgebied, int(dagen.waarde))

    def _area(self) -> str:
        teken = self.nu
        bekend = [code for code, _label in LEEFGEBIEDEN] + [ALLE_LEEFGEBIEDEN]
        if teken.soort != "tekst" or teken.waarde not in bekend:
            self._fail(
                _("Write an area of life here: %(codes)s.")
                % {"codes": ", ".join(f'"{code}"' for code in bekend)}
            )
        self.plaats += 1
        return teken.waarde
