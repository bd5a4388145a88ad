"""The grounds in law: what may be seen, by whom, for which purpose and how deep.

The catalogue is data (`gegevens/grondslagen.csv`, 154 rows); this module is the rule
that reads it, and the only place where that rule stands. Denied by default: what no row
names has no ground. A row that says no (`geen`) beats every row that says yes about the
same category and purpose, whoever asks. Consent and the confirmation of a doubtful row
can open something only where the row itself says so (docs/decisions/017).
"""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.rollen import Diepte, Domein, Rol

AANTAL = 154
ALLE = "alle"

# How the catalogue names who works here. `aanbieder`, `ketenpartner:...`, `burger`,
# `analist` and the like are not among them on purpose: nobody who opens a klantbeeld
# does so in that capacity, so those rows open nothing here.
_ROLLEN: Mapping[str, Rol] = {
    "consulent": Rol.CONSULENT,
    "regisseur": Rol.REGISSEUR,
    "teamleider": Rol.TEAMLEIDER,
    "backoffice": Rol.BACKOFFICE,
    "beheerder": Rol.BEHEER,
    "fg": Rol.FG,
}


class OnvolledigeCatalogus(RuntimeError):
    """A row of the catalogue is gone, double or unreadable: better closed than open."""


class Toestemming(StrEnum):
    """Whether a row asks for consent; `nvt` where consent plays no part."""

    JA = "ja"
    NEE = "nee"
    NVT = "nvt"


class Zekerheid(StrEnum):
    """How sure the reading of the law is; what is not firm a municipality confirms."""

    VAST = "vast"
    TE_BEVESTIGEN = "te bevestigen"


class Reden(StrEnum):
    """Why an answer is as it is; pages turn it into a sentence."""

    TOEGESTAAN = "toegestaan"
    GEEN_GROND = "geen_grond"
    VERBODEN = "verboden"
    TOESTEMMING = "toestemming"
    NIET_BEVESTIGD = "niet_bevestigd"


@dataclass(frozen=True, slots=True)
class Grond:
    """One row. `diepte` None says no; `met_toestemming` is the depth with consent."""

    id: str
    categorie: str
    doel: str
    wet: str
    artikel: str
    grondslag_avg: str
    rollen: tuple[str, ...]
    diepte: Diepte | None
    toestemming: Toestemming
    met_toestemming: Diepte | None
    toelichting: str
    zekerheid: Zekerheid
    bron: tuple[str, ...]

    @property
    def is_verbod(self) -> bool:
        """Whether this row says no."""
        return self.diepte is None

    @property
    def needs_confirmation(self) -> bool:
        """Whether it opens something only once a municipality confirmed it.

        A doubtful row that says no holds at once: doubt never opens.
        """
        return self.zekerheid is Zekerheid.TE_BEVESTIGEN and (
            not self.is_verbod or self.met_toestemming is not None
        )

    def depth(self, *, consent: bool) -> Diepte | None:
        """Return what this row gives to whom it names; None is nothing."""
        if consent and self.met_toestemming is not None:
            return self.met_toestemming
        return None if self.toestemming is Toestemming.JA else self.diepte

    def names(self, actor: Actor) -> bool:
        """Whether the actor has a role of this row, in its domain if it names one."""
        return any(_has(actor, rol) for rol in self.rollen)


@dataclass(frozen=True, slots=True)
class Uitspraak:
    """What may be seen of a category, on which grounds, or why not.

    `met_toestemming` is how deep it would be with consent, if that is deeper: pages
    offer to ask for it.
    """

    diepte: Diepte | None
    gronden: tuple[Grond, ...]
    reden: Reden
    met_toestemming: Diepte | None = None

    @property
    def mag(self) -> bool:
        """Whether anything may be seen."""
        return self.diepte is not None

    def allows(self, diepte: Diepte) -> bool:
        """Whether something of this depth may be seen."""
        return self.diepte is not None and self.diepte.reaches(diepte)


def uitspraak(
    actor: Actor,
    doel: str,
    categorie: str,
    *,
    consent: bool,
    bevestigd: Collection[str] = (),
    ook: Collection[str] = (),
    gronden: Iterable[Grond] | None = None,
) -> Uitspraak:
    """Say how deep this actor may look into this category for this purpose.

    Args:
        consent: whether the person concerned gave a valid consent for the category.
        bevestigd: ids of the doubtful rows that the actor's municipality confirmed.
        ook: purposes that the context adds (weighing a melding is handling its
            signals).
        gronden: another catalogue than the real one; for tests.
    """
    passend = _fitting(doel, categorie, ook, gronden)
    besluit = _judge(actor, passend, consent, bevestigd)
    if consent:
        return besluit
    dieper = _judge(actor, passend, True, bevestigd).diepte
    if _rank(dieper) <= _rank(besluit.diepte):
        return besluit
    return Uitspraak(
        besluit.diepte,
        besluit.gronden,
        besluit.reden if besluit.mag else Reden.TOESTEMMING,
        dieper,
    )


def _judge(
    actor: Actor, passend: tuple[Grond, ...], consent: bool, bevestigd: Collection[str]
) -> Uitspraak:
    verboden = tuple(
        grond
        for grond in passend
        if grond.is_verbod
        and not (
            consent and grond.met_toestemming is not None and _is_firm(grond, bevestigd)
        )
    )
    if verboden:
        return Uitspraak(None, verboden, Reden.VERBODEN)
    eigen = [grond for grond in passend if grond.names(actor)]
    geldend = [grond for grond in eigen if _is_firm(grond, bevestigd)]
    diepte = max(
        (grond.depth(consent=consent) for grond in geldend),
        key=_rank,
        default=None,
    )
    if diepte is not None:
        dragend = tuple(g for g in geldend if g.depth(consent=consent) == diepte)
        return Uitspraak(diepte, dragend, Reden.TOEGESTAAN)
    wachtend = tuple(grond for grond in eigen if not _is_firm(grond, bevestigd))
    if wachtend:
        return Uitspraak(None, wachtend, Reden.NIET_BEVESTIGD)
    return Uitspraak(None, tuple(geldend), Reden.GEEN_GROND)


def _rank(diepte: Diepte | None) -> int:
    return diepte.rang if diepte else 0


def _is_firm(grond: Grond, bevestigd: Collection[str]) -> bool:
    return not grond.needs_confirmation or grond.id in bevestigd


def _fitting(
    doel: str, categorie: str, ook: Collection[str], gronden: Iterable[Grond] | None
) -> tuple[Grond, ...]:
    """Return the rows about this category and purpose, whoever they name."""
    if gronden is None:
        return _fitting_here(doel, categorie, tuple(ook))
    return _fitting_in(tuple(gronden), doel, categorie, ook)


@lru_cache(maxsize=4096)
def _fitting_here(doel: str, categorie: str, ook: tuple[str, ...]) -> tuple[Grond, ...]:
    return _fitting_in(catalogus(), doel, categorie, ook)


def _fitting_in(
    alle: tuple[Grond, ...], doel: str, categorie: str, ook: Collection[str]
) -> tuple[Grond, ...]:
    if not doel:
        return ()
    doelen = purposes(doel).union(*(purposes(ander) for ander in ook))
    # `alle` stands for each category that some row opens by name; what the law only
    # forbids (origin, orientation) no general row can open.
    kan_open = any(g.categorie == categorie and not g.is_verbod for g in alle)
    return tuple(
        grond
        for grond in alle
        if (grond.doel in doelen or grond.doel == ALLE)
        and (
            grond.categorie == categorie
            or (grond.categorie == ALLE and (kan_open or grond.is_verbod))
        )
    )


def _has(actor: Actor, rol: str) -> bool:
    if rol == ALLE:
        return True
    if rol == "systeem":
        return actor.soort is ActorSoort.SYSTEEM
    naam, _, domein = rol.partition(":")
    if naam not in _ROLLEN or _ROLLEN[naam] not in actor.rollen:
        return False
    return not domein or domein in {str(deel) for deel in actor.domeinen}


def purposes(doel: str) -> frozenset[str]:
    """Return the purpose with the wider ones it counts as; empty stays nothing."""
    return frozenset({doel, *_verbanden().get(doel, ())}) - {""}


@cache
def _verbanden() -> Mapping[str, tuple[str, ...]]:
    return {
        rij["doel"]: tuple(rij["omvat"].split("|")) for rij in table("verbanden.csv")
    }


@cache
def catalogus() -> tuple[Grond, ...]:
    """Return all rows; each of the 154 must be there, for a lost no would be a yes."""
    return read(table("grondslagen.csv"))


@cache
def by_id() -> Mapping[str, Grond]:
    """Return the rows by their id."""
    return {grond.id: grond for grond in catalogus()}


def read(rijen: Iterable[Mapping[str, str]]) -> tuple[Grond, ...]:
    """Read rows of the catalogue.

    Raises:
        OnvolledigeCatalogus: a row is missing, double, or says something unknown.
    """
    try:
        gronden = tuple(_read(rij) for rij in rijen)
    except (KeyError, ValueError) as fout:
        raise OnvolledigeCatalogus(f"catalogue of grounds: {fout}") from None
    verwacht = [f"G{nummer:03}" for nummer in range(1, AANTAL + 1)]
    if [grond.id for grond in gronden] != verwacht:
        raise OnvolledigeCatalogus("catalogue of grounds: rows missing or double")
    return gronden


def _read(rij: Mapping[str, str]) -> Grond:
    rollen = tuple(rij["rollen"].split("|"))
    for rol in rollen:
        naam, _, domein = rol.partition(":")
        if domein and naam == "consulent":
            Domein(domein)
    return Grond(
        id=rij["grond"],
        categorie=rij["categorie"],
        doel=rij["doel"],
        wet=rij["wet"],
        artikel=rij["artikel"],
        grondslag_avg=rij["grondslag_avg"],
        rollen=rollen,
        diepte=None if rij["diepte"] == "geen" else Diepte(rij["diepte"]),
        toestemming=Toestemming(rij["toestemming"]),
        met_toestemming=(
            Diepte(rij["met_toestemming"]) if rij["met_toestemming"] else None
        ),
        toelichting=rij["toelichting"],
        zekerheid=Zekerheid(rij["zekerheid"]),
        bron=tuple(rij["bron"].split("|")),
    )


def table(naam: str) -> list[dict[str, str]]:
    """Read a table of the catalogue that comes with the package."""
    bestand = resources.files("samenloop.klantbeeld") / "gegevens" / naam
    return list(csv.DictReader(bestand.read_text("utf-8").splitlines()))
