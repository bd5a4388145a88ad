"""Entrances and wishes go with the dossier; the account behind an entrance as well."""

from samenloop.access.bewaren.families import Deel, add_part, afterwards
from samenloop.access.models import Gebruiker
from samenloop.core import gemeentegrens
from samenloop.portaal.models import Ingang

DOSSIER = "dossier"
_DEELNAMES = "SELECT id FROM plannen_deelname WHERE dossier_id = ANY(%s)"
DELEN = (
    Deel("portaal_wens", "dossier_id = ANY(%s)"),
    Deel("portaal_toelating", f"deelname_id IN ({_DEELNAMES})"),
    Deel("portaal_ingang", "dossier_id = ANY(%s)"),
)


def add() -> None:
    """Let the tables of this room go along with their dossier."""
    for deel in DELEN:
        add_part(DOSSIER, deel)
    afterwards(drop_accounts)


def drop_accounts() -> None:
    """Remove accounts of citizens that open nothing any more."""
    with gemeentegrens.everywhere("accounts without an entrance"):
        in_gebruik = Ingang.objects.filter(gebruiker__isnull=False)
        wezen = Gebruiker.objects.filter(burger=True).exclude(
            pk__in=in_gebruik.values("gebruiker")
        )
        wezen.delete()
