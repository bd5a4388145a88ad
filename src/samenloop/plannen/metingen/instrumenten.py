"""The instruments one measures with: the national one, and those of a municipality.

The standard is loaded from a file when the tables are made. A change is a new version:
scores of before keep the domains and the words they were given with.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch, Q, prefetch_related_objects
from django.utils.text import slugify

from samenloop.plannen.metingen.models import Meetdomein, Meetinstrument, Meetniveau

STANDAARD = "zrm-2017"


@dataclass(frozen=True, slots=True)
class Trede:
    """A level: its number, what it is called, what it means in general."""

    niveau: int
    naam: str
    omschrijving: str = ""


@dataclass(frozen=True, slots=True)
class Gebied:
    """A domain, with what each level means there when that is said."""

    naam: str
    vraag: str = ""
    code: str = ""
    treden: tuple[str, ...] = ()


def load_standard(**_signaal: Any) -> None:
    """Add the national instrument where it is not there yet."""
    bron = files("samenloop.plannen.metingen") / "gegevens" / "zrm2017.json"
    gegeven = json.loads(bron.read_text("utf-8"))
    if Meetinstrument.objects.filter(
        gemeente=None, code=gegeven["code"], versie=gegeven["versie"]
    ).exists():
        return
    _make(
        gemeente=None,
        code=gegeven["code"],
        versie=gegeven["versie"],
        naam=gegeven["naam"],
        uitleg=gegeven["uitleg"],
        treden=[Trede(*trede) for trede in gegeven["niveaus"]],
        gebieden=[
            Gebied(naam, vraag, code, tuple(treden))
            for code, naam, vraag, treden in gegeven["domeinen"]
        ],
        door=None,
    )


def usable(gemeente: str) -> list[Meetinstrument]:
    """Return what a municipality measures with today, the national ones first."""
    return sorted(
        Meetinstrument.objects.filter(
            Q(gemeente=gemeente) | Q(gemeente=None), actief=True
        ),
        key=lambda each: (each.gemeente_id is not None, each.naam),
    )


def whole(instrument: Meetinstrument) -> Meetinstrument:
    """Return the instrument with domains and levels at hand, in a few statements."""
    return Meetinstrument.objects.prefetch_related("niveaus", "domeinen__niveaus").get(
        pk=instrument.pk
    )


def with_words(instrument: Meetinstrument) -> Meetinstrument:
    """Return it with its domains, and what its levels are called; two statements."""
    prefetch_related_objects(
        [instrument],
        "domeinen",
        Prefetch("niveaus", Meetniveau.objects.filter(domein__isnull=True)),
    )
    return instrument


def publish(
    gemeente: str,
    naam: str,
    *,
    uitleg: str,
    treden: Sequence[Trede],
    gebieden: Sequence[Gebied],
    door: int | None,
    vorige: Meetinstrument | None = None,
) -> Meetinstrument:
    """Add an instrument of a municipality, or the next version of one of its own.

    Args:
        gemeente: CBS code.
        naam: what it is called.
        uitleg: how to use it.
        treden: the levels, from low to high.
        gebieden: the domains, in order.
        door: account of who made it.
        vorige: the version it takes the place of; not used any more from now on.

    Raises:
        ValueError: `vorige` is not of this municipality.
    """
    if vorige is not None and vorige.gemeente_id != gemeente:
        raise ValueError("an instrument of others is not changed here")
    with transaction.atomic():
        code = vorige.code if vorige else _code(gemeente, naam)
        eigen = Meetinstrument.objects.filter(gemeente=gemeente, code=code)
        hoogste = eigen.aggregate(hoogste=Max("versie"))["hoogste"] or 0
        eigen.update(actief=False)
        return _make(
            gemeente=gemeente,
            code=code,
            versie=hoogste + 1,
            naam=naam,
            uitleg=uitleg,
            treden=treden,
            gebieden=gebieden,
            door=door,
        )


def _code(gemeente: str, naam: str) -> str:
    begin = code = slugify(naam)[:36] or "instrument"
    nummer = 1
    while Meetinstrument.objects.filter(gemeente=gemeente, code=code).exists():
        nummer += 1
        code = f"{begin}-{nummer}"
    return code


def _make(
    *,
    gemeente: str | None,
    code: str,
    versie: int,
    naam: str,
    uitleg: str,
    treden: Sequence[Trede],
    gebieden: Sequence[Gebied],
    door: int | None,
) -> Meetinstrument:
    instrument = Meetinstrument.objects.create(
        gemeente_id=gemeente,
        code=code,
        versie=versie,
        naam=naam,
        uitleg=uitleg,
        gemaakt_door=door,
    )
    niveaus = [
        Meetniveau(
            instrument=instrument,
            niveau=trede.niveau,
            naam=trede.naam,
            omschrijving=trede.omschrijving,
        )
        for trede in treden
    ]
    for orde, gebied in enumerate(gebieden, 1):
        domein = Meetdomein.objects.create(
            instrument=instrument,
            code=gebied.code or f"{orde}-{slugify(gebied.naam)}"[:40],
            naam=gebied.naam,
            vraag=gebied.vraag,
            orde=orde,
        )
        niveaus += [
            Meetniveau(
                instrument=instrument, domein=domein, niveau=niveau, omschrijving=tekst
            )
            for niveau, tekst in enumerate(gebied.treden, 1)
        ]
    Meetniveau.objects.bulk_create(niveaus)
    return instrument
