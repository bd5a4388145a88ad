"""Measurements go with the dossier they belong to (B048); so do drafts of them."""

from samenloop.access.bewaren.families import Deel, add_part
from samenloop.plannen.bewaren import DOSSIER

_METINGEN = "meting_id IN (SELECT id FROM metingen_meting WHERE dossier_id = ANY(%s))"


def register_parts() -> None:
    """Let the tables of this room go with the family of a dossier."""
    for deel in (
        Deel("metingen_meetscore", _METINGEN),
        Deel("metingen_meting", "dossier_id = ANY(%s)"),
        Deel("metingen_meetconcept", "dossier_id = ANY(%s)"),
    ):
        add_part(DOSSIER, deel)
