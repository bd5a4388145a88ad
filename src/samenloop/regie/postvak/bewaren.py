"""Messages go with the dossier they were written in."""

from samenloop.access.bewaren.families import Deel, add_part

DOSSIER = "dossier"
_DRADEN = "SELECT id FROM postvak_draad WHERE dossier_id = ANY(%s)"
_BERICHTEN = (
    "SELECT b.id FROM postvak_bericht b JOIN postvak_draad d ON d.id = b.draad_id"
    " WHERE d.dossier_id = ANY(%s)"
)
DELEN = (
    Deel("postvak_bijlage", f"bericht_id IN ({_BERICHTEN})"),
    Deel("postvak_ontvangst", f"bericht_id IN ({_BERICHTEN})"),
    Deel("postvak_bericht", f"draad_id IN ({_DRADEN})"),
    Deel("postvak_berichtconcept", "dossier_id = ANY(%s)"),
    Deel("postvak_draad", "dossier_id = ANY(%s)"),
)


def add() -> None:
    """Let the tables of this room go along with their dossier."""
    for deel in DELEN:
        add_part(DOSSIER, deel)
