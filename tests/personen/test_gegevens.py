"""The page for the privacy officer names every table and field with personal data."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLADEN = [DOCS / "gegevens.md", *sorted((DOCS / "gegevens").glob("*.md"))]
# The figures hold no persons, and the events only ids.
ZONDER = {"verantwoording", "demo", "ui", "core"}
TABELLEN = [
    model
    for kamer in apps.get_app_configs()
    if kamer.name.startswith("samenloop.") and kamer.label not in ZONDER
    for model in kamer.get_models()
]


def described(model: type[models.Model]) -> set[str]:
    """Names in code type in the first column of the section about this table."""
    tekst = "\n".join(blad.read_text(encoding="utf-8") for blad in BLADEN)
    for deel in re.split(r"^### ", tekst, flags=re.M)[1:]:
        kop, _, rest = deel.partition("\n")
        if model.__name__ not in kop.split(", "):
            continue
        rijen = [rij.split("|") for rij in rest.splitlines() if rij.startswith("|")]
        if "," in kop:  # several small tables in one: name of the table comes first
            rijen = [rij[1:] for rij in rijen if rij[1].strip() == model.__name__]
        return {naam for rij in rijen for naam in re.findall(r"`(\w+)`", rij[1])}
    return set()


@pytest.mark.parametrize("model", TABELLEN, ids=lambda model: model._meta.label)
def test_page_describes_exactly_the_fields_of_the_table(
    model: type[models.Model],
) -> None:
    velden = {veld.name for veld in model._meta.local_concrete_fields}
    assert described(model) == velden
