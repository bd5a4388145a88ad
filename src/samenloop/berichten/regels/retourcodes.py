"""What each return code means in plain Dutch, what to do about it, and who.

The texts stand in `retourcodes.csv`, so that who reads them for their language needs no
code. The manual (`docs/berichten.md`) is made of them by `samenloop berichten
retourcodes`; the page of a message shows the same words.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from samenloop.berichten.regels import alle_regels

_WIE = {
    "aanbieder": "de aanbieder",
    "gemeente": "de gemeente",
    "afzender": "wie het bericht stuurde",
    "niemand": "niemand",
}
_GROEPEN = {
    "alle": "Alle berichten",
    "toewijzing": "Toewijzingen (301)",
    "regie": "Start en stop (305, 307)",
    "verzoek": "Verzoeken en antwoorden (315, 317, 319)",
    "declaratie": "Declaraties (323)",
    "antwoord": "Declaratie-antwoorden (325)",
}


@dataclass(frozen=True, slots=True)
class Retourcode:
    """One value of WJ001."""

    code: str
    groep: str
    wie: str
    betekenis: str
    doen: str


@cache
def retourcodes() -> dict[str, Retourcode]:
    """All return codes, by code."""
    bron = files(__package__).joinpath("retourcodes.csv").read_text(encoding="utf-8")
    return {
        rij["code"]: Retourcode(**rij)
        for rij in csv.DictReader(bron.splitlines(), delimiter="|")
    }


def regels_bij(code: str) -> list[str]:
    """The official rules that give this code."""
    if code == "0001":
        return []
    return [each.code for each in alle_regels().values() if each.retourcode == code]


def handleiding() -> str:
    """The manual page, as Markdown."""
    return "\n".join(_regels()) + "\n"


def _regels() -> Iterator[str]:
    yield _INLEIDING
    for groep, titel in _GROEPEN.items():
        yield f"## {titel}"
        yield ""
        for each in retourcodes().values():
            if each.groep != groep:
                continue
            regels = ", ".join(regels_bij(each.code))
            yield f"### {each.code}"
            yield ""
            yield f"{each.betekenis}"
            yield ""
            yield f"- Wat te doen: {each.doen}"
            yield f"- Wie: {_WIE[each.wie]}"
            if regels:
                yield f"- Regel: {regels}"
            yield ""
    yield _SLOT


_INLEIDING = """# Retourcodes van iWmo en iJw

<!-- Deze pagina wordt gemaakt met `samenloop berichten retourcodes`. -->

Op elk bericht volgt één antwoord: een retourbericht (302 tot en met 320), of op een
declaratie een declaratie-antwoord (325). Daarin staat met codes wat ervan geworden is.
Hieronder staat van elke code wat hij betekent, wat u doet en wie aan zet is.

Een bericht wordt in vier stappen gekeurd. Een stap begint pas als de vorige niets vond;
dan noemt hij alles wat hij vindt.

1. **De vorm.** Klopt die niet, dan komt er geen antwoord: het knooppunt meldt de fout.
2. **Het bericht zelf.** Spreken delen elkaar tegen, dan komt alleen de kop terug met
   0001.
3. **Wat al bekend is.** Toewijzingen, eerdere meldingen, verzoeken en declaraties.
4. **Bronnen van buiten.** De datum van vandaag, de lijst van gemeenten en het contract.

Bij stap 3 en 4 komt de client terug met bij elk deel een code. Een toewijzing, melding
of verzoek wordt dan als geheel geweigerd en telt als niet verzonden. Van een declaratie
worden alleen de genoemde prestaties geweigerd; de rest wordt toegekend.

`samenloop berichten keur BESTAND` keurt een bericht vooraf, zonder database: alles van
stap 1 en 2, en van 3 en 4 wat zonder kennis van de gemeente te zien is. `samenloop
berichten regels` toont elke regel van de standaard en hoe die is gedekt.
"""

_SLOT = """## Regels zonder eigen code

De regels van stap 2 geven allemaal 0001. Welke regel het was, staat bij het bericht in
Samenloop en in de uitvoer van `samenloop berichten keur`. Drie regels over een
declaratie-antwoord (TR337, TR371 en TR376) hebben geen code, omdat op een antwoord geen
antwoord volgt: neem dan contact op met de gemeente."""
