"""Today: at most five things, the hardest first, each with its reason and a button."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import besluiten, logboek, menu
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Betrokkenheid, Handeling
from samenloop.core import klok
from samenloop.signalen import zicht
from samenloop.signalen.models import Melding, Terugmelding
from samenloop.signalen.pages import rijen

MEESTE = 5
# By these ways back nobody hears anything unless a person does it.
MET_DE_HAND = (Terugmelding.Wijze.TELEFOON, Terugmelding.Wijze.BRIEF)


@dataclass(frozen=True, slots=True)
class Werk:
    """One thing to do: how it stands, what, why, and the button."""

    soort: str
    icoon: str
    stand: str
    wat: str
    waarom: str
    adres: str
    knop: str
    hard: int

    @property
    def is_safety(self) -> bool:
        """Whether it is about somebody's safety, assigned or not."""
        return self.hard <= 1


@mag(Handeling.MELDING_ZIEN, Handeling.SIGNAAL_REGISTREREN)
@require_safe
@never_cache
def today(request: Verzoek) -> HttpResponse:
    """Show what cannot wait, then what is new for the team.

    Who works with cases has a page of the whole day above this one.
    """
    actor = request.actor
    dag = menu.address("mijn-dag")
    if dag and besluiten.may(actor, Handeling.TAAK_ZIEN):
        return redirect(dag)
    eigen = mine(actor)
    eigen_rijen = rijen.rows(actor, eigen[: 2 * MEESTE])
    los = panel(actor)
    werk = _sorted(actor, eigen_rijen, los["los"])
    if eigen_rijen:
        logboek.record(
            actor,
            Handeling.MELDING_ZIEN,
            personen=[
                r.melding.betrokkene_id for r in eigen_rijen if r.melding.betrokkene_id
            ],
            onderwerp="vandaag",
            doel="melding_wegen",
            wijze=logboek.Wijze.GEVONDEN,
        )
    eerst = werk[:MEESTE]
    return render(
        request,
        "signalen/vandaag.html",
        {
            "vandaag": klok.today(),
            "eerst": eerst,
            "hoe": _in_words(eigen_rijen, los["aantal_los"]),
            "meer": len(werk) - len(eerst),
            "aantal_eigen": eigen.count(),
            "mag_registreren": besluiten.may(actor, Handeling.SIGNAAL_REGISTREREN),
            **los,
        },
    )


def work(actor: Actor) -> list[Werk]:
    """Return what there is to do about meldingen, hardest first; for the whole day."""
    eigen = rijen.rows(actor, mine(actor)[: 2 * MEESTE])
    los = panel(actor)["los"] if _divides(actor) else []
    return _sorted(actor, eigen, los)


def panel(actor: Actor) -> dict[str, Any]:
    """Return the meldingen that nobody has yet, and how many there are."""
    los = unassigned(actor)
    return {"los": rijen.rows(actor, los[:MEESTE]), "aantal_los": los.count()}


def _sorted(actor: Actor, eigen: list[rijen.Rij], los: list[rijen.Rij]) -> list[Werk]:
    werk = [_weigh(rij) for rij in eigen]
    if _divides(actor):
        werk += [_assign(rij) for rij in los]
    werk += _word_back(actor)
    werk.sort(key=lambda each: each.hard)
    return werk


def mine(actor: Actor) -> QuerySet[Melding]:
    """Return what this actor must weigh, safety first, then what is soonest."""
    if actor.account_id is None:
        return Melding.objects.none()
    return (
        zicht.meldingen(actor)
        .filter(toegewezen_aan=actor.account_id)
        .exclude(status=Melding.Status.BESLOTEN)
        .select_related("gezin", "betrokkene")
        .order_by("-veiligheid", "weeg_voor", "-gewicht", "id")
    )


def unassigned(actor: Actor) -> QuerySet[Melding]:
    """Return what nobody has yet, safety first, then by weight."""
    return (
        zicht.meldingen(actor)
        .filter(toegewezen_aan=None)
        .exclude(status=Melding.Status.BESLOTEN)
        .select_related("gezin", "betrokkene")
        .order_by("-veiligheid", "-gewicht", "weeg_voor", "id")
    )


def waiting_for(actor: Actor) -> int:
    """Return how many meldingen wait for this actor; stands in the menu."""
    if _divides(actor):
        return mine(actor).count() + unassigned(actor).count()
    return mine(actor).count()


def _divides(actor: Actor) -> bool:
    return Betrokkenheid.GEMEENTE in besluiten.involvements(
        actor, Handeling.MELDING_TOEWIJZEN
    )


def _weigh(rij: rijen.Rij) -> Werk:
    return Werk(
        **_state(rij),
        wat=_("Weigh the melding: %(wie)s") % {"wie": rij.titel},
        waarom=rij.waarom,
        adres=reverse("melding", args=[rij.melding.pk]),
        knop=_("Weigh"),
        hard=_hardness(rij),
    )


def _assign(rij: rijen.Rij) -> Werk:
    return Werk(
        **_state(rij),
        wat=_("Assign: %(wie)s") % {"wie": rij.titel},
        waarom=rij.waarom,
        adres=reverse("melding", args=[rij.melding.pk]),
        knop=_("Assign"),
        hard=_hardness(rij) + 1,
    )


def _state(rij: rijen.Rij) -> dict[str, Any]:
    if rij.melding.veiligheid:
        return {"soort": "gevaar", "icoon": "gevaar", "stand": _("Safety")}
    return {
        "soort": rij.stand.soort,
        "icoon": rij.stand.icoon,
        "stand": rij.stand.woorden,
    }


def _hardness(rij: rijen.Rij) -> int:
    if rij.melding.veiligheid:
        return 0
    if rij.stand.te_laat:
        return 10
    return 100 - min(rij.melding.gewicht, 80)


def _word_back(actor: Actor) -> list[Werk]:
    """Return whom to call or write, for who sends word back."""
    mag_hier = besluiten.involvements(actor, Handeling.SIGNAAL_AFHANDELEN)
    if Betrokkenheid.GEMEENTE not in mag_hier:
        return []
    wachtend = Terugmelding.objects.filter(
        signaal__gemeente=actor.gemeente, wijze__in=MET_DE_HAND, gelezen_op=None
    ).count()
    if not wachtend:
        return []
    return [
        Werk(
            soort="rust",
            icoon="wacht",
            stand=_("waits for you"),
            wat=ngettext(
                "Call or write %(n)s reporter",
                "Call or write %(n)s reporters",
                wachtend,
            )
            % {"n": wachtend},
            waarom=_("They hear that their signal came in or was decided."),
            adres=reverse("terugmeldingen"),
            knop=_("To the list"),
            hard=150,
        )
    ]


def _in_words(eigen: list[rijen.Rij], los: int) -> str:
    haast = sum(rij.melding.veiligheid or rij.stand.te_laat for rij in eigen)
    if haast:
        return ngettext(
            "%(n)s melding cannot wait.", "%(n)s meldingen cannot wait.", haast
        ) % {"n": haast}
    if los:
        return ngettext(
            "%(n)s melding is nobody's yet.", "%(n)s meldingen are nobody's yet.", los
        ) % {"n": los}
    return _("Nothing is pressing.")
