"""What this floor does for the rooms of provisions below it.

They know persons and laws, but no cases, no plans and no files of others. So the panel
on the page of a case, the days of work, the goals of a plan and the reader of files are
handed to them here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan.models import Doelstelling
from samenloop.regie.mijn_dag import Gewicht, Punt
from samenloop.regie.mijn_dag import register as register_dag
from samenloop.regie.models import Casus
from samenloop.regie.panelen import Paneel
from samenloop.regie.panelen import register as register_paneel
from samenloop.signalen.bestand import lezen
from samenloop.voorzieningen.inkoop import inlezen
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    bekend,
    dagwerk,
    herindiceren,
    toewijzen,
    zicht,
)
from samenloop.voorzieningen.toewijzen.dagwerk import Werk
from samenloop.voorzieningen.toewijzen.models import Aanvraag

Rijen = Sequence[tuple[int, Sequence[str]]]


def read_file(inhoud: bytes) -> tuple[Sequence[str], Rijen]:
    """Read a CSV or XLSX file, as a file of signals is read."""
    gelezen = lezen.read(inhoud)
    return gelezen.kolommen, [(rij.nummer, rij.cellen) for rij in gelezen.rijen]


def goals(actor: Actor, persoon: Persoon) -> list[str]:
    """Return the open goals of plans about somebody that the reader may see."""
    dossiers = Dossier.objects.filter(
        gemeente=actor.gemeente, betrokkene=persoon, gesloten_op__isnull=True
    )
    leesbaar = [
        dossier.pk
        for dossier in dossiers
        if toegang.depth(actor, dossier, Handeling.PLAN_LEZEN, Deel.PLAN) is Diepte.WAT
    ]
    doelen = Doelstelling.objects.filter(
        Q(voor=persoon) | Q(voor__isnull=True),
        plan__dossier__in=leesbaar,
        plan__gesloten_op__isnull=True,
        weg_op__isnull=True,
    ).exclude(tekst="")
    return list(doelen.order_by("orde", "pk").values_list("tekst", flat=True))


def panel(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return what the person of a case has; None for who may not see it."""
    if not besluiten.may(actor, Handeling.VOORZIENING_ZIEN) or not zicht.may_see(
        actor, casus.betrokkene_id, heeft_taak=_takes_part(actor, casus)
    ):
        return None
    wie = casus.betrokkene
    gemeente = casus.gemeente_id or actor.gemeente
    loopt = toewijzen.running(wie, gemeente, klok.today())
    return {
        "wie": wie,
        "loopt": loopt,
        "herindicaties": herindiceren.possible(gemeente, loopt),
        "dossier": casus.dossier_id,
        "aanvragen": list(
            Aanvraag.objects.filter(
                persoon=wie, gemeente=gemeente, staat__in=aanvragen.OPEN
            ).select_related("product")
        ),
        "behandelt": besluiten.may(actor, Handeling.AANVRAAG_BEHANDELEN),
        "nieuw": reverse("aanvraag-nieuw", args=[wie.pk])
        + (f"?dossier={casus.dossier_id}" if casus.dossier_id else ""),
    }


def _takes_part(actor: Actor, casus: Casus) -> bool:
    """Whether this account itself takes part in the dossier of this person."""
    dossier = casus.dossier
    if dossier is None or dossier.betrokkene_id != casus.betrokkene_id:
        return False
    return actor.account_id is not None and any(
        each.account == actor.account_id for each in toegang.own_in(actor, dossier.pk)
    )


def points(actor: Actor) -> Iterator[Punt]:
    """Yield applications, objections and requests of providers that are due soon."""
    for werk in (*dagwerk.applications(actor), *dagwerk.requests(actor)):
        yield _point(werk)


def _point(werk: Werk) -> Punt:
    wat, adres, knop = {
        "onderzoek": (
            _("Finish the inquiry: %(wie)s"),
            "aanvraag",
            _("To the application"),
        ),
        "besluit": (
            _("Decide on the application: %(wie)s"),
            "aanvraag",
            _("To the application"),
        ),
        "verzoek": (
            _("Answer the request of a provider: %(wie)s"),
            "verzoek",
            _("To the request"),
        ),
        "eindantwoord": (
            _("Final answer to a provider: %(wie)s"),
            "verzoek",
            _("To the request"),
        ),
        "bezwaar": (
            _("Decide on the objection: %(wie)s"),
            "bezwaar",
            _("To the objection"),
        ),
    }[werk.soort]
    if werk.is_te_laat:
        staat = ngettext(
            "%(n)s working day late", "%(n)s working days late", -werk.dagen
        ) % {"n": -werk.dagen}
    elif werk.dagen == 0:
        staat = _("today")
    else:
        staat = ngettext(
            "%(n)s working day left", "%(n)s working days left", werk.dagen
        ) % {"n": werk.dagen}
    return Punt(
        gewicht=Gewicht.TERMIJN_VOORBIJ
        if werk.is_te_laat
        else Gewicht.VANDAAG
        if werk.dagen == 0
        else Gewicht.BINNENKORT,
        kleur="gevaar" if werk.is_te_laat else "letop",
        icoon="laat" if werk.is_te_laat else "letop",
        staat=staat,
        wat=wat % {"wie": werk.wie},
        waarom=_("%(waarom)s; the last day is %(dag)s.")
        % {
            "waarom": werk.wet,
            "dag": formats.date_format(werk.uiterlijk, "j F"),
        },
        adres=reverse(adres, args=[werk.onderwerp]),
        knop=knop,
    )


def register_all() -> None:
    """Hand all of it to the rooms below, and show what they have."""
    inlezen.register_reader(read_file)
    bekend.register_goals(goals)
    register_dag(points)
    register_paneel(Paneel("voorzieningen", 30, "toewijzen/paneel.html", panel))
