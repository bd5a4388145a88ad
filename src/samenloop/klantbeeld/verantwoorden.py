"""The catalogue as a privacy officer reads it: per field, why it may be shown at all.

One line is a field under one ground: source, law, purpose, roles, depth, consent, and
whether it rests on a decision of this municipality. The same lines stand on the page
and in the file; nothing here decides anything.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samenloop.access.doelen import label as doel_label
from samenloop.klantbeeld.grondslagen import ALLE, Grond, Toestemming, catalogus
from samenloop.klantbeeld.models import Grondbesluit
from samenloop.klantbeeld.velden import Veld, velden

# A cell that a spreadsheet would run as a formula.
_FORMULE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Filter:
    """What one looks for; empty is everything."""

    bron: str = ""
    leefgebied: str = ""
    categorie: str = ""
    doel: str = ""
    rol: str = ""
    open: str = ""  # "besluit": rests on a decision of the municipality


@dataclass(frozen=True, slots=True)
class Verantwoording:
    """A field with the grounds on which it could be shown, and those that forbid it."""

    veld: Veld
    gronden: tuple[Grond, ...]

    @property
    def opent(self) -> tuple[Grond, ...]:
        """The rows that can open this field, as deep as it goes."""
        return tuple(grond for grond in self.gronden if reaches(grond, self.veld))

    @property
    def verbiedt(self) -> tuple[Grond, ...]:
        """The rows that say no."""
        return tuple(grond for grond in self.gronden if grond.is_verbod)

    @property
    def doelen(self) -> list[str]:
        """The purposes that can open it, in words."""
        return list(dict.fromkeys(doel_label(grond.doel) for grond in self.opent))

    @property
    def rests_on_decision(self) -> bool:
        """Whether some ground of it waits for a decision of the municipality."""
        return any(grond.needs_confirmation for grond in self.opent)

    @property
    def asks_consent(self) -> bool:
        """Whether some ground of it asks for consent."""
        return any(grond.toestemming is Toestemming.JA for grond in self.opent)


def reaches(grond: Grond, veld: Veld) -> bool:
    """Whether a row can open a field, with consent if it asks for that."""
    diepte = grond.depth(consent=True)
    return diepte is not None and diepte.reaches(veld.diepte)


def grounds_of(veld: Veld) -> tuple[Grond, ...]:
    """Return the rows about the category of a field, and those about all categories."""
    return tuple(
        grond for grond in catalogus() if grond.categorie in (veld.categorie, ALLE)
    )


def accounted(filter_: Filter) -> list[Verantwoording]:
    """Return the fields that answer to the filter, each with its grounds."""
    gevonden = []
    for veld in velden().values():
        if (
            (filter_.bron and veld.bron != filter_.bron)
            or (filter_.leefgebied and veld.leefgebied != filter_.leefgebied)
            or (filter_.categorie and veld.categorie != filter_.categorie)
        ):
            continue
        regel = Verantwoording(
            veld,
            tuple(grond for grond in grounds_of(veld) if _fits(grond, filter_)),
        )
        gezocht = filter_.doel or filter_.rol
        if (gezocht and not regel.gronden) or (
            filter_.open == "besluit" and not regel.rests_on_decision
        ):
            continue
        gevonden.append(regel)
    return gevonden


def _fits(grond: Grond, filter_: Filter) -> bool:
    if filter_.doel and grond.doel != filter_.doel:
        return False
    return not filter_.rol or filter_.rol in grond.rollen or ALLE in grond.rollen


KOPPEN = (
    *("veld", "omschrijving", "bron", "leefgebied", "categorie", "diepte"),
    *("gevoeligheid", "grond", "wet", "artikel", "grondslag_avg", "doel", "rollen"),
    *("diepte_grond", "toestemming", "diepte_met_toestemming", "zekerheid"),
    *("besluit_gemeente", "toelichting"),
)


def lines(
    regels: list[Verantwoording], besluiten: Mapping[str, Grondbesluit]
) -> Iterator[list[str]]:
    """Yield a line per field and ground, in the order of `KOPPEN`."""
    for regel in regels:
        veld = regel.veld
        for grond in regel.gronden:
            yield [
                veld.code,
                veld.nl,
                veld.bron,
                veld.leefgebied,
                veld.categorie,
                veld.diepte.value,
                veld.gevoeligheid.value,
                grond.id,
                grond.wet,
                grond.artikel,
                grond.grondslag_avg,
                grond.doel,
                "|".join(grond.rollen),
                grond.diepte.value if grond.diepte else "geen",
                grond.toestemming.value,
                grond.met_toestemming.value if grond.met_toestemming else "",
                grond.zekerheid.value,
                decision(grond, besluiten),
                grond.toelichting,
            ]


def decision(grond: Grond, besluiten: Mapping[str, Grondbesluit]) -> str:
    """Return what this municipality decided: a word of the file, empty if nothing."""
    if not grond.needs_confirmation:
        return "niet nodig"
    besluit = besluiten.get(grond.id)
    if besluit is None:
        return "geen"
    return "voorgesteld" if besluit.bevestigd_op is None else "bevestigd"


def write(regels: list[Verantwoording], besluiten: Mapping[str, Grondbesluit]) -> str:
    """Write the lines as a file for a spreadsheet (semicolons, one header row)."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(KOPPEN)
    for regel in lines(regels, besluiten):
        schrijver.writerow(
            f"'{cel}" if cel.startswith(_FORMULE) else cel for cel in regel
        )
    return uit.getvalue()
