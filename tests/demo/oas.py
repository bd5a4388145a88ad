"""Checks an answer against the published description of BRP bevragen, which we do not
carry along: it lies beside the project, in `../shared/apis`.

Stricter than the description in one way: what it does not name may not be there.
"""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

MAP = Path(__file__).resolve().parents[3] / "shared" / "apis"
BESTAND = MAP / "brp-bevragen-openapi.json"


@cache
def _schemas() -> dict[str, Any]:
    if not BESTAND.is_file():
        pytest.skip(
            "../shared/apis/brp-bevragen-openapi.json is not beside the project"
        )
    inhoud: dict[str, Any] = json.loads(BESTAND.read_text("utf-8"))
    schemas: dict[str, Any] = inhoud["components"]["schemas"]
    return schemas


def faults(inhoud: Any, schema: str) -> list[str]:
    """Everything in which an answer differs from a schema of the description."""
    return _check(inhoud, {"$ref": f"#/components/schemas/{schema}"}, "$")


def _resolve(schema: dict[str, Any], waarde: Any, *, top: bool) -> dict[str, Any]:
    while "$ref" in schema:
        schema = _schemas()[schema["$ref"].rsplit("/", 1)[1]]
    wijzer = schema.get("discriminator")
    if top and wijzer and isinstance(waarde, dict):
        doel = wijzer["mapping"].get(waarde.get(wijzer["propertyName"]))
        if doel is None:
            return {"not": True}
        return _resolve(_schemas()[doel.rsplit("/", 1)[1]], waarde, top=False)
    return schema


def _parts(schema: dict[str, Any], waarde: Any) -> tuple[dict[str, Any], set[str]]:
    """The properties and required names of a schema with all it builds on."""
    eigenschappen = dict(schema.get("properties", {}))
    verplicht = set(schema.get("required", ()))
    for deel in schema.get("allOf", ()):
        meer, ook = _parts(_resolve(deel, waarde, top=False), waarde)
        eigenschappen = {**meer, **eigenschappen}
        verplicht |= ook
    return eigenschappen, verplicht


def _check(waarde: Any, schema: dict[str, Any], waar: str) -> list[str]:
    schema = _resolve(schema, waarde, top=True)
    if "not" in schema:
        return [f"{waar}: unknown type"]
    eigenschappen, verplicht = _parts(schema, waarde)
    soort = schema.get("type") or ("object" if eigenschappen else None)
    passend = {
        "object": dict, "array": list, "string": str, "boolean": bool, "integer": int,
    }  # fmt: skip
    if soort and type(waarde) is not passend[soort]:
        return [f"{waar}: not {soort}"]
    if isinstance(waarde, dict):
        fout = [f"{waar}: lacks {naam}" for naam in verplicht - waarde.keys()]
        for naam, deel in waarde.items():
            if naam not in eigenschappen:
                fout.append(f"{waar}.{naam}: not in the description")
            else:
                fout += _check(deel, eigenschappen[naam], f"{waar}.{naam}")
        return fout
    if isinstance(waarde, list):
        fout = []
        if not schema.get("minItems", 0) <= len(waarde) <= schema.get("maxItems", 999):
            fout.append(f"{waar}: number of items")
        for plaats, deel in enumerate(waarde):
            fout += _check(deel, schema["items"], f"{waar}[{plaats}]")
        return fout
    return _check_value(waarde, schema, waar)


def _check_value(waarde: Any, schema: dict[str, Any], waar: str) -> list[str]:
    if isinstance(waarde, str):
        patroon = schema.get("pattern")
        if patroon and not re.search(patroon, waarde):
            return [f"{waar}: pattern"]
        if len(waarde) > schema.get("maxLength", 10_000):
            return [f"{waar}: too long"]
        if schema.get("format") == "date":
            date.fromisoformat(waarde)
        if waarde not in schema.get("enum", [waarde]):
            return [f"{waar}: not in the list"]
    elif isinstance(waarde, int) and not isinstance(waarde, bool):
        laagste, hoogste = schema.get("minimum", waarde), schema.get("maximum", waarde)
        return [] if laagste <= waarde <= hoogste else [f"{waar}: out of bounds"]
    return []
