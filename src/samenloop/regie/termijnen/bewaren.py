"""Terms go with the dossier of their case."""

from samenloop.access.bewaren.families import Deel, add_part

DOSSIER = "dossier"
_CASUSSEN = "casus_id IN (SELECT id FROM regie_casus WHERE dossier_id = ANY(%s))"
_TERMIJNEN = f"termijn_id IN (SELECT id FROM termijnen_termijn WHERE {_CASUSSEN})"  # noqa: S608 (ours)
_ESCALATIES = f"SELECT id FROM termijnen_escalatie WHERE {_TERMIJNEN}"  # noqa: S608 (ours)
DELEN = (
    Deel("termijnen_doorzetting", _CASUSSEN),
    Deel("termijnen_escalatiebericht", f"escalatie_id IN ({_ESCALATIES})"),
    Deel("termijnen_escalatie", _TERMIJNEN),
    Deel("termijnen_termijngebeurtenis", _TERMIJNEN),
    Deel("termijnen_verlenging", _TERMIJNEN),
    Deel("termijnen_opschorting", _TERMIJNEN),
    Deel("termijnen_termijn", _CASUSSEN),
)


def add() -> None:
    """Let the tables of this room go along with their dossier."""
    for deel in DELEN:
        add_part(DOSSIER, deel)
