"""What terms add to the one time line: their steps, and what was pushed through."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.core.klok import AMSTERDAM
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.models import Deel, Dossier
from samenloop.regie.termijnen import soorten
from samenloop.regie.termijnen.models import Doorzetting, Gebeurd, Termijngebeurtenis

# What the time line tells; who was told of what stands with the term itself.
_ZWAAR = frozenset({Gebeurd.GEHAALD, Gebeurd.VERLENGD})
_MEESTE = 500


def events(actor: Actor, dossier: Dossier) -> Iterator[tijdlijn.Gebeurd]:
    """Yield what happened to the terms of a dossier, newest first."""
    kinds = soorten.in_force(dossier.gemeente_id)
    rijen = (
        Termijngebeurtenis.objects.filter(termijn__casus__dossier=dossier)
        .exclude(soort=Gebeurd.OPGESCHAALD)
        .select_related("termijn")
        .order_by("-op", "-id")[: min(_MEESTE, tijdlijn.most())]
    )
    for each in rijen:
        wat = Gebeurd(each.soort)
        naam = kinds[each.termijn.soort].naam
        tekst = _("%(term)s %(what)s") % {"term": naam, "what": wat.label}
        if each.reden:
            tekst = f"{tekst}: {each.reden}"
        yield tijdlijn.Gebeurd(
            op=each.op.astimezone(AMSTERDAM),
            soort=tijdlijn.Soort.TERMIJN,
            tekst=tekst,
            deel=Deel.TAKEN,
            gewicht="gevaar"
            if wat is Gebeurd.VERSTREKEN
            else "besluit"
            if wat in _ZWAAR
            else "feit",
            adres=reverse("termijn", args=[each.termijn_id]),
        )


def decisions(actor: Actor, dossier: Dossier) -> Iterator[tijdlijn.Gebeurd]:
    """Yield what was pushed through in a dossier, newest first."""
    rijen = Doorzetting.objects.filter(casus__dossier=dossier).select_related(
        "organisatie"
    )
    for each in rijen.order_by("-op", "-id")[: min(_MEESTE, tijdlijn.most())]:
        yield tijdlijn.Gebeurd(
            op=each.op.astimezone(AMSTERDAM),
            soort=tijdlijn.Soort.TERMIJN,
            naam=_("pushed through"),
            tekst=f"{each.organisatie}: {each.besluit}",
            deel=Deel.TAKEN,
            gewicht="besluit",
            adres=reverse("termijnen-van-casus", args=[each.casus_id]),
        )


def add() -> None:
    """Add to the time line."""
    tijdlijn.register(events)
    tijdlijn.register(decisions)
