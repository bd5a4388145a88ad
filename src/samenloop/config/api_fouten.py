"""What is wrong with what a program sent, per field, in Dutch.

The checks are pydantic's; its English sentences can repeat a value, so they are not
passed on. Each kind of fault has its own sentence here that says what to do.
"""

from collections.abc import Iterable
from typing import Any

from samenloop.access.koppelingen.problemen import Fout

_ZINNEN = {
    "missing": "Dit veld is verplicht.",
    "extra_forbidden": "Dit veld bestaat hier niet; kijk naar de schrijfwijze.",
    "string_type": "Dit moet tekst zijn.",
    "string_too_short": "Dit is te kort: vul ten minste {min_length} tekens in.",
    "string_too_long": "Dit is te lang: gebruik hooguit {max_length} tekens.",
    "string_pattern_mismatch": "Dit heeft niet de vorm die hier hoort.",
    "string_unicode": "Deze tekst heeft tekens die niet te bewaren zijn.",
    "bool_type": "Dit moet waar of onwaar zijn: true of false.",
    "bool_parsing": "Dit moet waar of onwaar zijn: true of false.",
    "int_type": "Dit moet een geheel getal zijn.",
    "int_parsing": "Dit moet een geheel getal zijn.",
    "int_from_float": "Dit moet een geheel getal zijn.",
    "int_parsing_size": "Dit getal is te groot.",
    "greater_than_equal": "Dit moet ten minste {ge} zijn.",
    "less_than_equal": "Dit mag hooguit {le} zijn.",
    "enum": "Dit is geen van de mogelijke waarden.",
    "literal_error": "Dit is geen van de mogelijke waarden.",
    "uuid_type": "Dit moet een UUID zijn.",
    "uuid_parsing": "Dit moet een UUID zijn.",
    "too_short": "Noem er hier ten minste {min_length}.",
    "too_long": "Noem er hier hooguit {max_length}.",
    "list_type": "Dit moet een lijst zijn.",
    "model_attributes_type": "Dit moet een object zijn.",
    "model_type": "Dit moet een object zijn.",
    "dict_type": "Dit moet een object zijn.",
    "timezone_aware": "Zet er de tijdzone bij, bijvoorbeeld 2026-03-25T09:14:00+01:00.",
}
_DATUM = "Schrijf een datum als 2026-03-25."
_MOMENT = "Schrijf een tijdstip als 2026-03-25T09:14:00+01:00."


def in_words(fouten: Iterable[dict[str, Any]]) -> list[Fout]:
    """Return each fault with its place, code and what to do; never the value."""
    return [
        Fout(_place(fout["loc"]), fout["type"].replace("_", "-"), _sentence(fout))
        for fout in fouten
    ]


def _place(plek: tuple[str | int, ...]) -> str:
    """Return `betrokkenen[0].bsn` for where pydantic found it."""
    soort, *rest = plek
    if soort == "path":
        return "pad"
    # The body is one parameter of the operation; its name is ours, not the caller's.
    namen = rest[1:] if soort in ("body", "form") and len(rest) > 1 else rest
    tekst = ""
    for naam in namen:
        if isinstance(naam, int):
            tekst += f"[{naam}]"
        else:
            tekst += f".{naam}" if tekst else naam
    return tekst or "inhoud"


def _sentence(fout: dict[str, Any]) -> str:
    soort = fout["type"]
    if soort == "value_error":
        # Our own checks: their sentence is written for the caller.
        return str(fout["ctx"]["error"])
    if soort.startswith("date_"):
        return _DATUM
    if soort.startswith("datetime"):
        return _MOMENT
    zin = _ZINNEN.get(soort)
    if zin is None:
        return "Deze waarde kan hier niet."
    return zin.format(**fout.get("ctx", {}))
