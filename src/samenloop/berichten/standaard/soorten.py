"""The kinds of message, so that who sends what to whom stands in one table.

Two laws carry the same fourteen messages. What differs is the name, the code in the
header and a few classes; those differences stand here and in `heenberichten`, nowhere
else.
"""

from dataclasses import dataclass
from typing import Final, Literal

Wet = Literal["wmo", "jeugdwet"]
Partij = Literal["gemeente", "aanbieder"]

WETTEN: Final[tuple[Wet, ...]] = ("wmo", "jeugdwet")
#: The start of a message's name, by law.
VOORLETTERS: Final[dict[Wet, str]] = {"wmo": "WMO", "jeugdwet": "JW"}
#: The name of the standard as it stands in the namespaces, by law.
STANDAARD: Final[dict[Wet, str]] = {"wmo": "iwmo", "jeugdwet": "ijw"}
VERSIE: Final = 3
SUBVERSIE: Final = 2
#: What we write in XsdVersie.
XSD_VERSIE: Final = "1.0.0"

_NAAMRUIMTE = "http://www.istandaarden.nl/{}/3_2/{}/schema"


@dataclass(frozen=True, slots=True)
class Soort:
    """One kind of message of one law.

    `antwoord` is the code of the message that answers it (None for an answer);
    `antwoord_op` is the other way round.
    """

    code: str
    wet: Wet
    nummer: int
    berichtcode: str
    van: Partij
    naar: Partij
    antwoord: str | None
    antwoord_op: str | None
    naam: str

    @property
    def standaard(self) -> str:
        """The prefix of the basic types: iwmo or ijw."""
        return STANDAARD[self.wet]

    @property
    def voorvoegsel(self) -> str:
        """The prefix of the message's own elements, such as wmo301."""
        return self.code.lower()

    @property
    def naamruimte(self) -> str:
        """The namespace of the root and of the message's own elements."""
        return _NAAMRUIMTE.format(self.standaard, self.voorvoegsel)

    @property
    def basisruimte(self) -> str:
        """The namespace of the elements inside basic types."""
        return _NAAMRUIMTE.format(self.standaard, "basisschema")

    @property
    def is_antwoord(self) -> bool:
        """Whether this kind answers another."""
        return self.antwoord_op is not None

    @property
    def is_retour(self) -> bool:
        """Whether it is a retour (302 to 320); the 325 is an answer of its own."""
        return self.is_antwoord and self.nummer != 325


# Number of the heen message, who sends it, its codes (Wmo, Jeugdwet), the number and
# codes of the answer, and what people call it.
_PAREN: Final[tuple[tuple[int, Partij, str, str, int, str, str, str], ...]] = (
    (301, "gemeente", "414", "436", 302, "415", "437", "Toewijzing"),
    (305, "aanbieder", "418", "438", 306, "419", "439", "Start"),
    (307, "aanbieder", "420", "440", 308, "421", "441", "Stop"),
    (315, "aanbieder", "444", "446", 316, "445", "447", "Verzoek om toewijzing"),
    (317, "aanbieder", "480", "486", 318, "481", "487", "Verzoek om wijziging"),
    (319, "gemeente", "482", "488", 320, "483", "489", "Antwoord op verzoek"),
    (323, "aanbieder", "484", "490", 325, "485", "491", "Declaratie"),
)


def _alle() -> dict[str, Soort]:
    soorten: dict[str, Soort] = {}
    for heen, van, wmo, jw, retour, wmo_retour, jw_retour, naam in _PAREN:
        naar: Partij = "aanbieder" if van == "gemeente" else "gemeente"
        for wet in WETTEN:
            begin = VOORLETTERS[wet]
            heencode, retourcode = f"{begin}{heen}", f"{begin}{retour}"
            soorten[heencode] = Soort(
                code=heencode,
                wet=wet,
                nummer=heen,
                berichtcode=wmo if wet == "wmo" else jw,
                van=van,
                naar=naar,
                antwoord=retourcode,
                antwoord_op=None,
                naam=naam,
            )
            soorten[retourcode] = Soort(
                code=retourcode,
                wet=wet,
                nummer=retour,
                berichtcode=wmo_retour if wet == "wmo" else jw_retour,
                van=naar,
                naar=van,
                antwoord=None,
                antwoord_op=heencode,
                naam=f"Retour {naam.lower()}"
                if retour != 325
                else "Declaratie-antwoord",
            )
    return dict(sorted(soorten.items()))


#: Every kind by its code, such as WMO301.
SOORTEN: Final[dict[str, Soort]] = _alle()
#: The kind by the namespace of its root element.
SOORT_BIJ_NAAMRUIMTE: Final[dict[str, Soort]] = {
    each.naamruimte: each for each in SOORTEN.values()
}
_NAAR_NUMMER: Final[dict[tuple[str, int], Soort]] = {
    (each.wet, each.nummer): each for each in SOORTEN.values()
}


def soort(wet: str, nummer: int) -> Soort:
    """The kind with this number under this law; KeyError where there is none."""
    return _NAAR_NUMMER[wet, nummer]
