"""What of this room is destroyed along with a dossier, files included."""

from samenloop.access.bewaren.families import Deel, add_part, afterwards
from samenloop.core import gemeentegrens
from samenloop.plannen.dossier import opbergen

FAMILIE = "dossier"
_VAN_DOSSIER = "dossier_id = ANY(%s)"
_VAN_GESPREK = (
    "gesprek_id IN (SELECT id FROM dossier_gesprek WHERE dossier_id = ANY(%s))"
)


def _remove_files() -> None:
    with gemeentegrens.everywhere("files of documents that were destroyed"):
        while opbergen.remove_left():
            pass


def register_parts() -> None:
    """Let the destroyer know what hangs on a dossier here."""
    for deel in (
        Deel(
            "dossier_uitreiking",
            "versie_id IN (SELECT id FROM dossier_gesprekversie WHERE "  # noqa: S608
            f"{_VAN_GESPREK})",
        ),
        Deel("dossier_gesprekversie", _VAN_GESPREK),
        Deel("dossier_gesprek", _VAN_DOSSIER),
        Deel("dossier_contactmoment", _VAN_DOSSIER),
        Deel("dossier_notitie", _VAN_DOSSIER),
        Deel(
            "dossier_documentversie",
            "document_id IN (SELECT id FROM dossier_document"
            " WHERE dossier_id = ANY(%s))",
        ),
        Deel("dossier_document", _VAN_DOSSIER),
        Deel("dossier_dossierconcept", _VAN_DOSSIER),
    ):
        add_part(FAMILIE, deel)
    afterwards(_remove_files)
