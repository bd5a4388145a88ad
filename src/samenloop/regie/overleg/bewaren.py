"""What of a conference goes with the dossier it was about.

The item of a case goes with its dossier. The conference itself holds no client once all
its items are gone; who was invited goes with the last of them.
"""

from samenloop.access.bewaren.families import Deel, add_part

DOSSIER = "dossier"
_PUNTEN = (
    "SELECT p.id FROM overleg_agendapunt p JOIN regie_casus c ON c.id = p.casus_id"
    " WHERE c.dossier_id = ANY(%s)"
)
_DEELNAMES = "SELECT id FROM plannen_deelname WHERE dossier_id = ANY(%s)"
DELEN = (
    Deel("overleg_gedeeld", f"deelname_id IN ({_DEELNAMES})"),
    Deel("overleg_overlegbesluit", f"punt_id IN ({_PUNTEN})"),
    Deel("overleg_genodigde_punten", f"agendapunt_id IN ({_PUNTEN})"),
    Deel("overleg_agendapunt", f"id IN ({_PUNTEN})"),
)


def add() -> None:
    """Let the tables of this room go along with their dossier."""
    for deel in DELEN:
        add_part(DOSSIER, deel)
