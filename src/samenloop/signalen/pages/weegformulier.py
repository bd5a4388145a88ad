"""The three questions of the weighing, as the page shows them and as they come back."""

from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.signalen.models import Weging
from samenloop.signalen.wegen import Besluit

_VRAGEN: tuple[tuple[str, Promise | str, Promise | str, type[TextChoices]], ...] = (
    (
        "noodzaak",
        _("1. Necessity"),
        _("Is it necessary to look further than the signals themselves?"),
        Weging.Noodzaak,
    ),
    (
        "proportionaliteit",
        _("2. Proportionality"),
        _(
            "Is the intrusion on the private life of the family no greater than the "
            "concern justifies?"
        ),
        Weging.Proportionaliteit,
    ),
    (
        "subsidiariteit",
        _("3. Subsidiarity"),
        _("Can the aim be reached in a lighter way, for instance by calling first?"),
        Weging.Subsidiariteit,
    ),
)


def questions(gegeven: dict[str, str], fouten: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the questions with what was answered and what is missing."""
    return [
        {
            "naam": naam,
            "kop": kop,
            "vraag": vraag,
            "opties": [
                {
                    "waarde": keuze.value,
                    "naam": keuze.label,
                    "gekozen": gegeven.get(naam) == keuze.value,
                }
                for keuze in keuzes
            ],
            "fout": fouten.get(naam),
            "waarom": f"{naam}_waarom",
            "waarde": gegeven.get(f"{naam}_waarom", ""),
            "waaromfout": fouten.get(f"{naam}_waarom"),
        }
        for naam, kop, vraag, keuzes in _VRAGEN
    ]


def form_of(gegeven: dict[str, str]) -> Besluit:
    """Return what was filled in as the room wants it; unknown answers count as none."""
    antwoorden = {
        naam: gegeven.get(naam, "")
        for naam in (
            *("noodzaak", "proportionaliteit", "subsidiariteit", "besluit"),
            *("noodzaak_waarom", "proportionaliteit_waarom", "subsidiariteit_waarom"),
            *("reden", "terugmelding"),
        )
    }
    for naam, _kop, _vraag, keuzes in _VRAGEN:
        if antwoorden[naam] not in keuzes.values:
            antwoorden[naam] = ""
    if antwoorden["besluit"] not in Weging.Besluit.values:
        antwoorden["besluit"] = ""
    regisseur = gegeven.get("regisseur", "")
    return Besluit(
        **antwoorden, regisseur=int(regisseur) if regisseur.isdigit() else None
    )
