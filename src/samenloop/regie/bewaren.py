"""A case goes with its dossier, and so do the meldingen it came from.

A melding that became part of a case ends with the dossier of that case, not by a term
of its own (see `signalen.bewaren`): its tables are those of a melding that led to
nothing, found through the case.
"""

from samenloop.access.bewaren.families import Deel, add_part, families, parts
from samenloop.plannen.bewaren import DOSSIER
from samenloop.signalen.bewaren import MELDINGEN

_VAN_CASUS = "casus_id IN (SELECT id FROM regie_casus WHERE dossier_id = ANY(%s))"
_VAN_REGIE = (
    "regie_id IN (SELECT r.id FROM regie_regie r JOIN regie_casus c"
    " ON c.id = r.casus_id WHERE c.dossier_id = ANY(%s))"
)
_MELDINGEN = (
    "ANY (ARRAY (SELECT m.melding_id FROM regie_casusmelding m JOIN regie_casus c"
    " ON c.id = m.casus_id WHERE c.dossier_id = ANY(%s)))"
)
_KOPPELING = Deel("regie_casusmelding", "melding_id = ANY(%s)")
DELEN = (
    Deel("regie_vervanging", _VAN_REGIE),
    Deel("regie_regie", _VAN_CASUS),
    Deel("regie_stapstand", _VAN_CASUS),
    Deel("regie_overdracht", _VAN_CASUS),
    Deel("regie_casusperiode", _VAN_CASUS),
    Deel("regie_casusmelding", _VAN_CASUS),
    Deel("regie_casus", "dossier_id = ANY(%s)"),
)


def add() -> None:
    """Let the tables of this room go along; called when all rooms below have."""
    melding = families()[MELDINGEN[0]]
    van_melding = [deel for deel in parts(melding) if deel != _KOPPELING]
    for deel in (*(_through_case(deel) for deel in van_melding), *DELEN):
        add_part(DOSSIER, deel, leidt=True)
    for familie in MELDINGEN:
        # None has a case when it goes; an older copy that is put back may still.
        add_part(familie, _KOPPELING)


def _through_case(deel: Deel) -> Deel:
    return Deel(deel.tabel, deel.waar.replace("ANY(%s)", _MELDINGEN))
