"""Names as Dutch people look them up.

De Vries stands under the V, and Özdemir under the O. The key under which a name sorts
is stored, so every server, whatever its collation, gives the same order: geslachtsnaam,
then voorvoegsel, then voornamen, without diacritics or punctuation. The ij sorts as
i + j, also when written as one character or as ÿ.
"""

import re
import unicodedata

# Letters that have no decomposition into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ĳ": "ij", "ÿ": "ij", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d",
        "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "ng", "ŧ": "t",
    }
)  # fmt: skip
_APOSTROF = re.compile(r"['’‘`´ʼ]")
_GEEN_LETTER = re.compile(r"[\W_]+")

# Lower than the space inside a double name: Vries before Vries Bakker.
_SCHEIDING = "\t"


def normalise(tekst: str) -> str:
    """Lower case, no diacritics, runs of anything but letters and digits one space."""
    # Taking away a mark can leave a letter that has a plainer form yet.
    while (plainer := _plainer(tekst)) != tekst:
        tekst = plainer
    return tekst


def _plainer(tekst: str) -> str:
    # Compose first, so that y + diaeresis is the ÿ it stands for.
    heel = unicodedata.normalize("NFKC", _APOSTROF.sub("", tekst))
    los = unicodedata.normalize("NFKD", heel.lower().translate(_LETTERS))
    kaal = "".join(teken for teken in los if not unicodedata.combining(teken))
    return _GEEN_LETTER.sub(" ", kaal).strip()


def sorteernaam(geslachtsnaam: str, voorvoegsel: str = "", voornamen: str = "") -> str:
    """Return the key under which a person sorts, to compare byte by byte."""
    return _SCHEIDING.join(
        normalise(deel) for deel in (geslachtsnaam, voorvoegsel, voornamen)
    )
