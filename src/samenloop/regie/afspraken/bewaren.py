"""Appointments go with the dossier of their case."""

from samenloop.access.bewaren.families import Deel, add_part

DOSSIER = "dossier"
_AFSPRAKEN = (
    "SELECT a.id FROM afspraken_casusafspraak a JOIN regie_casus c ON c.id = a.casus_id"
    " WHERE c.dossier_id = ANY(%s)"
)
DELEN = (
    Deel("afspraken_afspraakdeelname", f"afspraak_id IN ({_AFSPRAKEN})"),
    Deel("afspraken_verzetting", f"afspraak_id IN ({_AFSPRAKEN})"),
    Deel("afspraken_casusafspraak", f"id IN ({_AFSPRAKEN})"),
)


def add() -> None:
    """Let the tables of this room go along with their dossier."""
    for deel in DELEN:
        add_part(DOSSIER, deel)
