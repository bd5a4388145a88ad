"""Tasks go with the dossier of their case."""

from samenloop.access.bewaren.families import Deel, add_part

DOSSIER = "dossier"
_CASUSSEN = "SELECT id FROM regie_casus WHERE dossier_id = ANY(%s)"
_TAKEN = (
    "SELECT t.id FROM taken_taak t JOIN regie_casus c ON c.id = t.casus_id"
    " WHERE c.dossier_id = ANY(%s)"
)
DELEN = (
    Deel("taken_voorwaarde", f"taak_id IN ({_TAKEN})"),
    Deel("taken_herinnering", f"taak_id IN ({_TAKEN})"),
    Deel("taken_taakverloop", f"taak_id IN ({_TAKEN})"),
    Deel("taken_taak", f"casus_id IN ({_CASUSSEN})"),
)


def add() -> None:
    """Let the tables of this room go along with their dossier."""
    for deel in DELEN:
        add_part(DOSSIER, deel)
