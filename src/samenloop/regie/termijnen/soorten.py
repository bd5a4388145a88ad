"""The kinds of term: those of law and chain as data, and what a municipality added.

The list (`gegevens/termijnsoorten.csv`) says of each kind the law, how long, from what
event, on what grounds it may stand still, whether it can be extended, and what follows
when it passes. A municipality can set a shorter norm of its own and add kinds that were
agreed; it can make nothing of the law longer. Source: the laws named per row.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok, lezing
from samenloop.regie.termijnen import rekenen
from samenloop.regie.termijnen.fouten import NormTeLang, OnbekendeTermijn
from samenloop.regie.termijnen.models import (
    Opschortgrond,
    Telling,
    Termijninstelling,
)

EIGEN = "EIGEN-"
AFSPRAAK = "afspraak"
_CODE = re.compile(r"^EIGEN-[A-Z0-9-]{2,30}$")


@dataclass(frozen=True, slots=True)
class Termijnsoort:
    """A kind of term, as it holds in one municipality.

    `duur` is empty where the law names no number; `streefduur` is the own norm.
    """

    code: str
    naam: str
    soort: str  # wet, keten, norm or afspraak
    wet: str
    artikel: str
    duur: str
    telling: str
    begint: str
    opschorting: tuple[Opschortgrond, ...]
    verlenging: str
    verlenging_hoe: str
    gevolg: str
    zekerheid: str
    streefduur: str = ""
    in_gebruik: bool = True

    @property
    def is_of_law(self) -> bool:
        """Whether it is not ours to make longer."""
        return self.soort in ("wet", "keten")

    @property
    def is_firm(self) -> bool:
        """Whether its wording needs no lawyer any more."""
        return self.zekerheid == "vast"

    @property
    def ends_by_date(self) -> bool:
        """Whether somebody names its last day when it begins."""
        return self.telling in ("", Telling.DATUM)

    @property
    def grond(self) -> str:
        """Where it stands, as one reads it in a list."""
        return f"{self.wet}, {self.artikel}" if self.artikel else self.wet

    @property
    def duur_in_words(self) -> str:
        """How long, as people say it."""
        return in_words(self.duur) if self.duur else _("no number of days")

    @property
    def streef_in_words(self) -> str:
        """The own norm, as people say it; empty without one."""
        return in_words(self.streefduur) if self.streefduur else ""


@cache
def national() -> Mapping[str, Termijnsoort]:
    """Return the kinds that are the same everywhere, by code."""
    bron = files("samenloop.regie.termijnen") / "gegevens" / "termijnsoorten.csv"
    with bron.open(encoding="utf-8") as bestand:
        return {rij["code"]: _read(rij) for rij in csv.DictReader(bestand)}


def _read(rij: dict[str, str]) -> Termijnsoort:
    gronden = tuple(
        Opschortgrond(grond) for grond in rij.pop("opschorting").split("|") if grond
    )
    return Termijnsoort(**rij, opschorting=gronden)  # type: ignore[arg-type]


@lezing.once
def in_force(gemeente: str) -> dict[str, Termijnsoort]:
    """Return all kinds as they hold in a municipality (CBS code), in one statement."""
    uit = dict(national())
    rijen = Termijninstelling.objects.filter(gemeente=gemeente).order_by("id")
    for rij in rijen:
        uit[rij.code] = (
            _own(rij) if rij.code.startswith(EIGEN) else _with_norm(uit[rij.code], rij)
        )
    return uit


def find(code: str, gemeente: str) -> Termijnsoort:
    """Return one kind as it holds in a municipality.

    Raises:
        OnbekendeTermijn: there is none of this code.
    """
    try:
        return in_force(gemeente)[code]
    except KeyError:
        raise OnbekendeTermijn() from None


@transaction.atomic
def set_norm(code: str, duur: str, *, reden: str, door: Actor) -> None:
    """Set the own norm of a kind from now on; empty takes it away.

    Raises:
        NormTeLang: it would end after the term of the law.
        OnbekendeTermijn: there is no kind of this code.
        samenloop.regie.termijnen.rekenen.OngeldigeDuur: it cannot be read.
    """
    soort = find(code, door.gemeente)
    if duur and soort.duur and not code.startswith(EIGEN):
        if soort.telling == Telling.UREN or not rekenen.is_at_most(
            duur, soort.duur, soort.telling, klok.today()
        ):
            raise NormTeLang()
    elif duur:
        rekenen.parse(duur)
    _write(code, soort.naam if code.startswith(EIGEN) else "", duur, reden, door)


@transaction.atomic
def add_agreed(code: str, naam: str, duur: str, *, reden: str, door: Actor) -> None:
    """Add a kind of term that was agreed; the same code again changes it.

    Raises:
        OnbekendeTermijn: the code is not one of ours (`EIGEN-` and letters).
        samenloop.regie.termijnen.rekenen.OngeldigeDuur: it cannot be read.
    """
    if not _CODE.fullmatch(code):
        raise OnbekendeTermijn(_("A code of your own has letters and digits only."))
    rekenen.parse(duur)
    _write(code, naam, duur, reden, door)


def in_words(duur: str) -> str:
    """Return a duration as people say it: `6 weeks`, `5 working days`."""
    gelezen = rekenen.parse(duur)
    n = gelezen.aantal
    zinnen = {
        "D": ngettext("%(n)s day", "%(n)s days", n),
        "W": ngettext("%(n)s week", "%(n)s weeks", n),
        "M": ngettext("%(n)s month", "%(n)s months", n),
        "Y": ngettext("%(n)s year", "%(n)s years", n),
        "WD": ngettext("%(n)s working day", "%(n)s working days", n),
        "H": ngettext("%(n)s hour", "%(n)s hours", n),
    }
    zin = zinnen[gelezen.eenheid] % {"n": n}
    return _("%(duration)s before") % {"duration": zin} if gelezen.terug else zin


def _write(code: str, naam: str, duur: str, reden: str, door: Actor) -> None:
    Termijninstelling.objects.create(
        gemeente_id=door.gemeente,
        code=code,
        naam=naam,
        duur=duur,
        reden=reden,
        vastgesteld_door=door.account_id,
    )
    logboek.record(
        door,
        Handeling.TERMIJN_INSTELLEN,
        onderwerp=f"termijnsoort:{code}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )


def _own(rij: Termijninstelling) -> Termijnsoort:
    return Termijnsoort(
        code=rij.code,
        naam=rij.naam,
        soort=AFSPRAAK,
        wet=AFSPRAAK,
        artikel="",
        duur=rij.duur,
        telling=_agreed_count(rij.duur) if rij.duur else "",
        begint="",
        opschorting=(Opschortgrond.AFSPRAAK,),
        verlenging="",
        verlenging_hoe="in overleg",
        gevolg="",
        zekerheid="vast",
        in_gebruik=bool(rij.duur),
    )


def _with_norm(soort: Termijnsoort, rij: Termijninstelling) -> Termijnsoort:
    if national()[soort.code].duur:
        return replace(soort, streefduur=rij.duur)
    if soort.telling == Telling.DATUM:
        return soort
    # The law names no number: the norm is all there is.
    telling = _agreed_count(rij.duur) if rij.duur else ""
    return replace(soort, duur=rij.duur, telling=telling)


def _agreed_count(duur: str) -> Telling:
    """What was agreed does not move by itself (Atw 5)."""
    if rekenen.parse(duur).eenheid == "WD":
        return Telling.WERKDAGEN
    return Telling.KALENDER
