"""Outside sources beside our own records: asked side by side, and nothing stored.

Each source stands behind one small contract (docs/gegevens/bronnen.md): one BSN, a
purpose, a depth and a date in; that somebody is involved, and at depth `wat` the
content, out. Which sources there are and for which purposes they may be asked is data
(`bronnen.csv`): what is not named is not asked. A source that is slow, dead or broken
costs the others nothing; it has a state of its own, and its time when last reached.

The caller decides first what the ground allows (`grondslagen`) and writes the logs.
"""

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings

from samenloop.access.rollen import Diepte
from samenloop.core import klok
from samenloop.core.bronlijn import Lijn, Lijnfout, OnveiligAdres, Oproep
from samenloop.core.bsn import Bsn
from samenloop.klantbeeld.bron_antwoord import (
    Bronmelding,
    Dat,
    Gelezen,
    OnleesbareBron,
    Resultaat,
    read_answer,
)
from samenloop.personen.brp.verbinding import security


@dataclass(frozen=True, slots=True)
class Bron:
    """A source: what it is about, how long it may take, for what it may be asked.

    `limiet` and `traag_na` are seconds; `categorie` is one of the catalogue of grounds.
    """

    code: str
    naam: str
    leefgebied: str
    categorie: str
    limiet: float
    traag_na: float
    doelen: frozenset[str]


class Staat(StrEnum):
    """How it stands with a source, for this question."""

    ACTUEEL = "actueel"
    TRAAG = "traag"
    GEEN_ANTWOORD = "geen_antwoord"
    NIET_GEVRAAGD = "niet_gevraagd"  # no ground at this purpose
    NIET_GERECHTIGD = "niet_gerechtigd"  # the source refused
    NIET_INGESTELD = "niet_ingesteld"


@dataclass(frozen=True, slots=True)
class Bronvraag:
    """One question: this source, about this person, so deep."""

    bron: str
    bsn: Bsn
    doel: str
    diepte: Diepte
    peildatum: date


@dataclass(frozen=True, slots=True)
class Bronantwoord:
    """What became of a question. Content prints as nothing and is stored nowhere.

    `dat` and `wat` are None when there is nothing to say, `wat` always at depth `dat`.
    `ouderdom` is how many days the answer lags behind the date asked for.
    """

    bron: str
    staat: Staat
    op: datetime
    duur_ms: int = 0
    resultaat: Resultaat | None = None
    organisatie: str = ""
    dat: Dat | None = field(default=None, repr=False)
    wat: Mapping[str, Any] | None = field(default=None, repr=False)
    ouderdom: int | None = None
    meldingen: tuple[Bronmelding, ...] = field(default=(), repr=False)
    laatst_bereikt: datetime | None = None


class OnbekendeBron(LookupError):
    """No source has this code."""


@cache
def all_sources() -> Mapping[str, Bron]:
    """Read the sources, in the order in which pages show them."""
    bestand = resources.files(__package__) / "bronnen.csv"
    return {
        rij["code"]: Bron(
            code=rij["code"],
            naam=rij["naam"],
            leefgebied=rij["leefgebied"],
            categorie=rij["categorie"],
            limiet=float(rij["limiet_s"]),
            traag_na=float(rij["traag_na_s"]),
            doelen=frozenset(rij["doelen"].split()),
        )
        for rij in csv.DictReader(bestand.read_text("utf-8").splitlines())
    }


def source(code: str) -> Bron:
    """Return a source by its code.

    Raises:
        OnbekendeBron: there is none.
    """
    try:
        return all_sources()[code]
    except KeyError:
        raise OnbekendeBron(code) from None


def is_configured(code: str) -> bool:
    """Whether this installation has an address for the source."""
    return bool(settings.BRONNEN["URL"].get(code))


def last_reached(code: str) -> datetime | None:
    """When the source last answered this process; None when it never did."""
    lijn = _line(source(code))
    return lijn.zekering.laatst_bereikt if lijn else None


def ask(
    bronnen: Iterable[str],
    bsn: Bsn,
    doel: str,
    diepte: Diepte | Mapping[str, Diepte],
    peildatum: date | None = None,
) -> list[Bronantwoord]:
    """Ask these sources about one person, side by side.

    Args:
        bronnen: codes, in the order of the answers.
        bsn: whom it concerns.
        doel: the purpose chosen by who looks.
        diepte: how deep, for all or per source; a source it does not name is not asked.
        peildatum: the day the answer should hold for; today when left out.

    Raises:
        OnbekendeBron: one of the codes names no source.
    """
    codes = list(bronnen)
    per_bron = diepte if isinstance(diepte, Mapping) else dict.fromkeys(codes, diepte)
    dag = peildatum or klok.today()
    gevraagd = [code for code in codes if code in per_bron]
    antwoorden = dict(
        zip(
            gevraagd,
            ask_all(
                [Bronvraag(code, bsn, doel, per_bron[code], dag) for code in gevraagd]
            ),
            strict=True,
        )
    )
    return [antwoorden.get(code) or _not_asked(code) for code in codes]


def ask_all(vragen: Sequence[Bronvraag]) -> list[Bronantwoord]:
    """Put all questions at once and wait for the slowest, at most its own limit.

    Raises:
        OnbekendeBron: a question names no source.
    """
    begonnen = [(vraag, _begin(vraag)) for vraag in vragen]
    return [
        _finish(vraag, deel) if isinstance(deel, Oproep) else deel
        for vraag, deel in begonnen
    ]


def _not_asked(
    code: str,
    staat: Staat = Staat.NIET_GEVRAAGD,
    lijn: Lijn | None = None,
    duur_ms: int = 0,
) -> Bronantwoord:
    source(code)
    return Bronantwoord(
        code,
        staat,
        klok.now(),
        duur_ms,
        laatst_bereikt=lijn.zekering.laatst_bereikt if lijn else None,
    )


def _begin(vraag: Bronvraag) -> Oproep | Bronantwoord:
    bron = source(vraag.bron)
    if vraag.doel not in bron.doelen:
        return _not_asked(vraag.bron)
    lijn = _line(bron)
    if lijn is None:
        return _not_asked(vraag.bron, Staat.NIET_INGESTELD)
    return lijn.begin(
        f"/{bron.code}/v1/bevragingen",
        {
            "burgerservicenummer": vraag.bsn.cijfers,
            "doel": vraag.doel,
            "diepte": vraag.diepte.value,
            "peildatum": vraag.peildatum.isoformat(),
        },
    )


def _finish(vraag: Bronvraag, oproep: Oproep) -> Bronantwoord:
    bron = source(vraag.bron)
    lijn = _line(bron)
    try:
        antwoord = oproep.wacht()
    except Lijnfout as fout:
        return _not_asked(bron.code, Staat.GEEN_ANTWOORD, lijn, fout.duur_ms)
    if antwoord.status != 200:
        geweigerd = antwoord.status in (401, 403)
        staat = Staat.NIET_GERECHTIGD if geweigerd else Staat.GEEN_ANTWOORD
        return _not_asked(bron.code, staat, lijn, antwoord.duur_ms)
    try:
        gelezen = read_answer(antwoord.inhoud, bron.code, vraag.diepte)
    except OnleesbareBron:
        return _not_asked(bron.code, Staat.GEEN_ANTWOORD, lijn, antwoord.duur_ms)
    return _answer(bron, vraag, gelezen, antwoord.duur_ms, lijn)


def _answer(
    bron: Bron, vraag: Bronvraag, gelezen: Gelezen, duur_ms: int, lijn: Lijn | None
) -> Bronantwoord:
    if gelezen.resultaat is Resultaat.NIET_GERECHTIGD:
        staat = Staat.NIET_GERECHTIGD
    elif gelezen.heeft_fout:
        # The source runs but could not look: that is no answer about the person.
        staat = Staat.GEEN_ANTWOORD
    else:
        traag = duur_ms > bron.traag_na * 1000
        staat = Staat.TRAAG if traag else Staat.ACTUEEL
    stand = gelezen.peildatum
    gaf_antwoord = staat in (Staat.ACTUEEL, Staat.TRAAG)
    return Bronantwoord(
        bron=bron.code,
        staat=staat,
        op=klok.now(),
        duur_ms=duur_ms,
        resultaat=gelezen.resultaat,
        organisatie=gelezen.organisatie,
        dat=gelezen.dat if gaf_antwoord else None,
        wat=gelezen.wat if gaf_antwoord else None,
        ouderdom=max(0, (vraag.peildatum - stand).days) if stand else None,
        meldingen=gelezen.meldingen,
        laatst_bereikt=lijn.zekering.laatst_bereikt if lijn else None,
    )


_lijnen: dict[tuple[str, str, str], Lijn | None] = {}
# A connection shared by two processes would mix up their answers.
os.register_at_fork(after_in_child=_lijnen.clear)


def _line(bron: Bron) -> Lijn | None:
    url = settings.BRONNEN["URL"].get(bron.code, "")
    sleutel = settings.BRONNEN["SLEUTEL"].get(bron.code, "")
    if not url:
        return None
    waar = (bron.code, url, sleutel)
    if waar not in _lijnen:
        try:
            _lijnen[waar] = Lijn(
                bron.code,
                url,
                limiet=bron.limiet,
                koppen={"x-api-key": sleutel} if sleutel else None,
                beveiliging=security(),
            )
        except OnveiligAdres:
            _lijnen[waar] = None
    return _lijnen[waar]
