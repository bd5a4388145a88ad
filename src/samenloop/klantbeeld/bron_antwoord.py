"""Reading what a source answers under the small contract; deeper than asked is dropped.

Here, at the edge, content of a question at depth `dat` ends: nothing above ever has it,
also when a source sends it. What does not follow the contract is refused as a whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samenloop.access.rollen import Diepte

_LANGST = 300  # characters of a name or remark


class OnleesbareBron(ValueError):
    """The answer does not follow the contract; repeats nothing of it."""


class Resultaat(StrEnum):
    """Whether the source knows something, and if not, why."""

    GEVONDEN = "gevonden"
    NIETS_GEVONDEN = "niets-gevonden"
    NIET_GERECHTIGD = "niet-gerechtigd"
    NIET_VAN_TOEPASSING = "niet-van-toepassing"


class Ernst(StrEnum):
    """How bad a remark of a source is; a `fout` means it could not look."""

    FOUT = "fout"
    WAARSCHUWING = "waarschuwing"
    INFORMATIE = "informatie"


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """Whom to call at the organisation that is involved; may be empty."""

    organisatie: str = ""
    telefoon: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Dat:
    """That an organisation is involved, and since when; nothing of what it does."""

    betrokken: bool
    sinds: date | None = None
    tot: date | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Bronmelding:
    """A remark of the source; its text only at depth `wat`."""

    ernst: Ernst
    code: str
    tekst: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Gelezen:
    """An answer that follows the contract, no deeper than was asked."""

    resultaat: Resultaat
    organisatie: str
    peildatum: date | None
    dat: Dat | None
    wat: Mapping[str, Any] | None
    meldingen: tuple[Bronmelding, ...]

    @property
    def heeft_fout(self) -> bool:
        """Whether the source says that it could not look."""
        return any(melding.ernst is Ernst.FOUT for melding in self.meldingen)


def read_answer(inhoud: Any, bron: str, diepte: Diepte) -> Gelezen:
    """Read an answer of this source at this depth.

    Raises:
        OnleesbareBron: it does not follow the contract.
    """
    try:
        if inhoud["bron"] != bron:
            raise ValueError
        resultaat = Resultaat(inhoud["resultaat"])
        gevonden = resultaat is Resultaat.GEVONDEN
        wat = inhoud.get("wat") if gevonden and diepte is Diepte.WAT else None
        if wat is not None and not isinstance(wat, dict):
            raise TypeError
        return Gelezen(
            resultaat=resultaat,
            organisatie=_tekst(inhoud, "organisatie"),
            peildatum=_datum(inhoud.get("peildatum")),
            dat=_dat(inhoud["dat"]) if gevonden else _not_involved(resultaat),
            wat=wat,
            meldingen=tuple(_melding(m, diepte) for m in inhoud.get("meldingen") or ()),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise OnleesbareBron("not an answer of the contract") from None


def _not_involved(resultaat: Resultaat) -> Dat | None:
    return None if resultaat is Resultaat.NIET_GERECHTIGD else Dat(betrokken=False)


def _dat(gegeven: Mapping[str, Any]) -> Dat:
    if not isinstance(gegeven["betrokken"], bool):
        raise TypeError
    contact = gegeven.get("contact")
    return Dat(
        betrokken=gegeven["betrokken"],
        sinds=_datum(gegeven.get("sinds")),
        tot=_datum(gegeven.get("tot")),
        contact=None
        if contact is None
        else Contact(
            organisatie=_tekst(contact, "organisatie"),
            telefoon=_tekst(contact, "telefoon"),
            email=_tekst(contact, "email"),
        ),
    )


def _melding(gegeven: Mapping[str, Any], diepte: Diepte) -> Bronmelding:
    return Bronmelding(
        ernst=Ernst(gegeven["ernst"]),
        code=_tekst(gegeven, "code"),
        tekst=_tekst(gegeven, "tekst") if diepte is Diepte.WAT else "",
    )


def _datum(waarde: Any) -> date | None:
    if waarde is not None and not isinstance(waarde, str):
        raise TypeError
    return date.fromisoformat(waarde) if waarde else None


def _tekst(gegeven: Mapping[str, Any], naam: str) -> str:
    waarde = gegeven.get(naam) or ""
    if not isinstance(waarde, str) or len(waarde) > _LANGST:
        raise TypeError
    return waarde
