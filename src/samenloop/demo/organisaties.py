"""The organisations that report in the demo region; all invented."""

from samenloop.access.models import Organisatie
from samenloop.demo import verhalen
from samenloop.demo.publicatie import gebied

_S = Organisatie.Soort
# name, kind, area of life, contact, telephone
ORGANISATIES = (
    (verhalen.SCHOOL, _S.SCHOOL, "school", "Marga Kloosterman", "0595 000 001"),
    (verhalen.COLLEGE, _S.SCHOOL, "school", "Jelte Oosterhof", "0595 000 002"),
    (verhalen.CORPORATIE, _S.CORPORATIE, "wonen", "Aly Dijkstra", "0595 000 003"),
    (verhalen.OPVANG, _S.KINDEROPVANG, "opvoeden", "Rianne Smid", "0595 000 004"),
    (verhalen.VEILIG_THUIS, _S.VEILIG_THUIS, "veiligheid", "Meldpunt", "0595 000 005"),
    (verhalen.ENERGIE, _S.ENERGIE, "financien", "Afdeling regelingen", "0595 000 006"),
    (verhalen.WATER, _S.ANDERS, "financien", "Klantenservice", "0595 000 007"),
    (verhalen.ZORG, _S.ZORGVERZEKERAAR, "financien", "Preventie", "0595 000 008"),
    (verhalen.POLITIE, _S.POLITIE, "veiligheid", "Wijkagent", "0595 000 009"),
    (verhalen.HUISARTS, _S.HUISARTS, "gezondheid", "Praktijkhulp", "0595 000 010"),
)


def maak_organisaties() -> dict[str, Organisatie]:
    """Make the organisations that are absent; all of them by name."""
    uit = {}
    for nummer, (naam, soort, domein, contact, telefoon) in enumerate(ORGANISATIES):
        uit[naam], _nieuw = Organisatie.objects.get_or_create(
            naam=naam,
            defaults={
                "soort": soort,
                "domein": domein,
                "contactpersoon": contact,
                "telefoon": telefoon,
                "email": f"contact@organisatie{nummer}.example",
                "gemeenten": list(gebied().codes),
            },
        )
    return uit
