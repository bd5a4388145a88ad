"""Emergency access is kept as long as the log of looks (B062)."""

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import Deel, Familie, Kandidaat, register
from samenloop.access.models import Noodtoegang
from samenloop.core.klok import AMSTERDAM


def _taken(gemeente: str) -> list[Kandidaat]:
    rijen = Noodtoegang.objects.filter(gemeente=gemeente).order_by("tot", "id")
    return [
        Kandidaat(pk, tot.astimezone(AMSTERDAM).date(), (persoon,))
        for pk, tot, persoon in rijen.values_list("pk", "tot", "persoon_id")
    ]


def register_families() -> None:
    """Let the destroyer know of emergency access."""
    register(
        Familie(
            "noodtoegang",
            _("Emergency access that was taken"),
            "B062",
            _taken,
            (
                Deel("access_noodtoeganggezien", "noodtoegang_id = ANY(%s)"),
                Deel("access_noodtoegang", "id = ANY(%s)"),
            ),
        )
    )
