"""The proof of consent ends five years after the consent did (B049)."""

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import Deel, Familie, Kandidaat, register
from samenloop.core import klok
from samenloop.personen.toestemming import Toestemming


def _ended(gemeente: str) -> list[Kandidaat]:
    """Consent that ran out or was withdrawn, whichever came first."""
    rijen = Toestemming.objects.filter(gemeente=gemeente).order_by("id")
    kandidaten = []
    for pk, persoon, tot, ingetrokken in rijen.values_list(
        "pk", "persoon", "tot", "ingetrokken_op"
    ):
        eindes = [dag for dag in (tot, ingetrokken) if dag is not None]
        if eindes and min(eindes) <= klok.today():
            kandidaten.append(Kandidaat(pk, min(eindes), (persoon,)))
    return kandidaten


def register_families() -> None:
    """Let the destroyer know of consent."""
    register(
        Familie(
            "toestemming",
            _("Consent that ended"),
            "B049",
            _ended,
            (Deel("personen_toestemming", "id = ANY(%s)"),),
        )
    )
