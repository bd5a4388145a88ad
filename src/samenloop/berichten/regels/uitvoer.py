"""What the command `samenloop berichten` shows: verdicts and the registry, in Dutch."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from samenloop.berichten.regels import alle_regels
from samenloop.berichten.regels.dekking import dekking
from samenloop.berichten.regels.keuren import Oordeel

_WIJZEN = {
    "functie": "een functie keurt haar",
    "lezer": "de lezer keurt haar (schema)",
    "uitgewerkt": "door de standaard uitgewerkt in andere regels",
    "niet": "niet te keuren, met reden",
}
_UITSPRAKEN = {
    "goedgekeurd": "goedgekeurd",
    "afgekeurd": "AFGEKEURD",
    "deels": "DEELS AFGEKEURD: alleen de prestaties hieronder",
    "onleesbaar": "ONLEESBAAR",
}


def als_gegevens(bestand: str, oordeel: Oordeel) -> dict[str, Any]:
    """One file as data; `oordeel` is yes or no, `uitspraak` says in which way."""
    goed = oordeel.oordeel == "goedgekeurd"
    return {
        "bestand": bestand,
        "soort": oordeel.soort.code if oordeel.soort else None,
        "oordeel": "goedgekeurd" if goed else "afgekeurd",
        "uitspraak": oordeel.oordeel,
        "fouten": [
            {
                "regel": each.regel,
                "niveau": each.niveau,
                "retourcode": each.retourcode,
                "pad": each.pad,
                "tekst": each.tekst,
            }
            for each in oordeel.fouten
        ],
    }


def als_json(oordelen: Iterable[tuple[str, Oordeel]]) -> str:
    """All files as one list."""
    gegevens = [als_gegevens(*each) for each in oordelen]
    return json.dumps(gegevens, ensure_ascii=False, indent=2) + "\n"


def als_tekst(bestand: str, oordeel: Oordeel) -> Iterator[str]:
    """One file as lines to read."""
    soort = f" ({oordeel.soort.code})" if oordeel.soort else ""
    yield f"{bestand}{soort}: {_UITSPRAKEN[oordeel.oordeel]}"
    for each in oordeel.fouten:
        code = f", retourcode {each.retourcode}" if each.retourcode else ""
        yield f"  {each.regel} (niveau {each.niveau}{code}): {each.tekst}"
        yield f"    {each.pad}"


def register() -> Iterator[str]:
    """The registry with its coverage, as lines."""
    regels = alle_regels()
    tel: Counter[tuple[int, str]] = Counter()
    yield "code      niveau  retour  gedekt door"
    for each in dekking():
        code = each.officieel.code
        stap = str(each.officieel.niveau or "-")
        tel[each.officieel.niveau, each.wijze] += 1
        retour = each.officieel.retourcode or "-"
        if each.wijze == "functie":
            regel = regels[code]
            wet = "" if len(regel.wetten) == 2 else " (alleen Jeugdwet)"
            wat = f"{each.toelichting}{wet}: {regel.tekst}"
        elif each.wijze == "uitgewerkt":
            wat = f"uitgewerkt in {each.toelichting}"
        else:
            wat = each.toelichting
        yield f"{code:<8}  {stap:<6}  {retour:<6}  {wat}"
    yield ""
    for niveau in sorted({each for each, _ in tel}):
        naam = f"controleniveau {niveau}" if niveau else "zonder controleniveau"
        samen = sum(aantal for (each, _), aantal in tel.items() if each == niveau)
        delen = [
            f"{tel[niveau, wijze]} {zin}"
            for wijze, zin in _WIJZEN.items()
            if tel[niveau, wijze]
        ]
        yield f"{naam}: {samen} regels, waarvan {'; '.join(delen)}"
