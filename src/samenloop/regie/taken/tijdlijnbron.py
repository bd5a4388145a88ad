"""What tasks add to the time line of a dossier: given, done, lapsed, taken up again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.plannen.dossier.tijdlijn import Gebeurd, Soort, most
from samenloop.plannen.models import Deel, Dossier
from samenloop.regie.taken.models import Taakverloop
from samenloop.regie.taken.voorwaarden import KOMT_NIET_MEER

_W = Taakverloop.Wat
_VERTELD = (_W.GEGEVEN, _W.KLAAR, _W.VERVALLEN, _W.HEROPEND, _W.TERUG)


def happened(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Yield what happened to the tasks of a dossier, newest first."""
    regels = (
        Taakverloop.objects.filter(taak__casus__dossier=dossier, wat__in=_VERTELD)
        .select_related("taak")
        .order_by("-op", "-pk")[: most()]
    )
    for regel in regels:
        yield Gebeurd(
            regel.op,
            Soort.TAAK,
            _sentence(regel),
            Deel.TAKEN,
            "besluit" if regel.wat == _W.KLAAR else "feit",
            reverse("taak", args=[regel.taak_id]),
        )


def _sentence(regel: Taakverloop) -> str:
    zin = f"{regel.taak.titel}: {_W(regel.wat).label}"
    if regel.wat == _W.KLAAR and regel.taak.uitkomst:
        return f"{zin} ({regel.taak.uitkomst})"
    if regel.reden == KOMT_NIET_MEER:
        return _("%(zin)s, as what it waited for cannot come any more") % {"zin": zin}
    return f"{zin}. {regel.reden}" if regel.reden else zin
