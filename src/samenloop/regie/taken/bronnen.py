"""What tasks and meldingen bring to the day: points, news and a panel."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.regie import lijst as casuslijst
from samenloop.regie.mijn_dag import Gewicht, Kleur, Nieuws, Punt
from samenloop.regie.taken import stand, zicht
from samenloop.regie.taken.models import Herinnering, Taak, Taakverloop, Voorwaarde
from samenloop.signalen.pages import vandaag

MEESTE = 20
_KLEUREN: dict[str, Kleur] = {kleur: kleur for kleur in get_args(Kleur)}
_W = Taakverloop.Wat
_VAN_MIJN_CASUS = (_W.KLAAR, _W.VERVALLEN, _W.TERUG, _W.BEGONNEN, _W.GEWIJZIGD)
_VAN_MIJN_TAAK = (_W.GEGEVEN, _W.OVERGEDRAGEN, _W.GEWIJZIGD, _W.HEROPEND, _W.BEGONNEN)
_ZICHTBAAR = ("casus__dossier__gezin", "casus__betrokkene")


def meldingen(actor: Actor) -> Iterable[Punt]:
    """Give the meldingen to weigh or to assign, and who waits for word back."""
    return [
        Punt(
            gewicht=_of_melding(werk),
            kleur=_KLEUREN.get(werk.soort, "rust"),
            icoon=werk.icoon,
            staat=werk.stand,
            wat=werk.wat,
            waarom=werk.waarom,
            adres=werk.adres,
            knop=werk.knop,
        )
        for werk in vandaag.work(actor)
    ]


def taken(actor: Actor) -> Iterable[Punt]:
    """Give the own tasks that are late, due today or soon, or hold up others."""
    if not besluiten.may(actor, Handeling.TAAK_DOEN):
        return []
    eigen = list(
        zicht.tasks(actor)
        .filter(zicht.own(actor) | zicht.stands_in(actor))
        .filter(Q(staat=Taak.Staat.OPEN))
        .select_related(*_ZICHTBAAR)[:MEESTE]
    )
    vragen = list(
        zicht.led_by(actor)
        .filter(vraagt_sinds__isnull=False)
        .select_related(*_ZICHTBAAR)[:MEESTE]
    )
    alle = list({taak.pk: taak for taak in [*vragen, *eigen]}.values())
    return _as_points(actor, alle)


def _as_points(actor: Actor, alle: list[Taak]) -> list[Punt]:
    sleutels = [taak.pk for taak in alle]
    wachtend = dict(
        Voorwaarde.objects.filter(
            op_taak__in=sleutels, staat="open", taak__staat=Taak.Staat.WACHT
        )
        .order_by()
        .values_list("op_taak")
        .annotate(aantal=Count("pk"))
    )
    herinnerd = set(
        Herinnering.objects.filter(
            taak__in=sleutels, gegeven_op__date=klok.today()
        ).values_list("taak", flat=True)
    )
    houders = stand.holders(alle)
    vandaag_ = klok.today()
    punten = []
    for taak in alle:
        hoe = stand.of(taak, vandaag_)
        houdt = wachtend.get(taak.pk, 0)
        punten.append(
            Punt(
                gewicht=_of_task(taak, hoe, houdt),
                kleur=hoe.kleur,
                icoon=hoe.icoon,
                staat=hoe.woorden,
                wat=f"{taak.titel}: {casuslijst.title(taak.casus)}",
                waarom=_reason(
                    taak,
                    houdt,
                    herinnerd=taak.pk in herinnerd,
                    voor="" if taak.account == actor.account_id else houders[taak.pk],
                ),
                adres=reverse("taak", args=[taak.pk]),
                knop=_("Decide") if taak.vraagt_sinds else _("To the task"),
            )
        )
    return punten


def happened(actor: Actor, sinds: datetime) -> Iterable[Nieuws]:
    """Give what others did in the cases one directs, and with one's own tasks."""
    eigen = Taak.objects.filter(
        zicht.own(actor) | zicht.stands_in(actor), gemeente=actor.gemeente
    )
    regels = (
        Taakverloop.objects.filter(
            Q(taak__in=zicht.led_by(actor), wat__in=_VAN_MIJN_CASUS)
            | Q(taak__in=eigen, wat__in=_VAN_MIJN_TAAK),
            op__gte=sinds,
        )
        .exclude(door=actor.account_id)
        .select_related(*(f"taak__{pad}" for pad in _ZICHTBAAR))
        .order_by("-op")[:MEESTE]
    )
    return [
        Nieuws(
            op=regel.op,
            tekst=f"{str(_W(regel.wat).label).capitalize()}: {regel.taak.titel}, "
            f"{casuslijst.title(regel.taak.casus)}",
            adres=reverse("taak", args=[regel.taak_id]),
            gewicht="besluit" if regel.taak.uitkomst else "feit",
        )
        for regel in regels
    ]


def subjects(actor: Actor) -> set[UUID]:
    """Return whom the own tasks and meldingen of the day are about, for the log."""
    wie = set(
        Taak.objects.filter(zicht.own(actor) | zicht.stands_in(actor))
        .filter(gemeente=actor.gemeente, staat=Taak.Staat.OPEN)
        .values_list("casus__betrokkene", flat=True)[:MEESTE]
    )
    return wie | {
        persoon
        for persoon in vandaag.mine(actor)[:MEESTE].values_list("betrokkene", flat=True)
        if persoon is not None
    }


def nobodys(actor: Actor) -> Mapping[str, Any] | None:
    """Return the meldingen that nobody has yet, as a panel of the day."""
    if not besluiten.may(actor, Handeling.MELDING_ZIEN):
        return None
    return vandaag.panel(actor)


def waiting(actor: Actor) -> int:
    """Return how many things wait for this actor; stands in the menu."""
    aantal = vandaag.waiting_for(actor)
    if besluiten.may(actor, Handeling.TAAK_DOEN):
        aantal += (
            zicht.tasks(actor)
            .filter(zicht.own(actor), staat=Taak.Staat.OPEN)
            .filter(uiterlijk__lte=klok.today())
            .count()
        )
    return aantal


def open_tasks(actor: Actor) -> int:
    """Return how many tasks this actor has in hand."""
    return (
        zicht.tasks(actor)
        .filter(zicht.own(actor) | zicht.stands_in(actor), staat=Taak.Staat.OPEN)
        .count()
    )


def _of_melding(werk: vandaag.Werk) -> int:
    if werk.is_safety:
        return Gewicht.VEILIGHEID
    return Gewicht.TE_LAAT if werk.hard <= 11 else Gewicht.WACHT_OP_MIJ + werk.hard // 2


def _of_task(taak: Taak, hoe: stand.Stand, houdt: int) -> int:
    zwaarder = min(40, 4 * houdt)
    if hoe.te_laat:
        return Gewicht.TE_LAAT - zwaarder
    if taak.uiterlijk == klok.today():
        return Gewicht.VANDAAG - zwaarder
    if taak.vraagt_sinds or houdt:
        return Gewicht.WACHT_OP_MIJ - zwaarder
    return Gewicht.BINNENKORT if hoe.kleur == "letop" else Gewicht.GEWOON


def _reason(taak: Taak, houdt: int, *, herinnerd: bool, voor: str) -> str:
    zinnen = []
    if taak.vraagt_sinds:
        zinnen.append(_("Nothing decides by itself whether it begins: you do."))
    if houdt:
        zinnen.append(
            ngettext("%(n)s task waits for it.", "%(n)s tasks wait for it.", houdt)
            % {"n": houdt}
        )
    if herinnerd:
        zinnen.append(_("You asked to be reminded today."))
    if voor:
        zinnen.append(_("Of %(wie)s.") % {"wie": voor})
    if taak.waarom:
        zinnen.append(taak.waarom)
    return " ".join(zinnen) or _("You have this task.")
