"""Who is behind a page of the family: their dossier, and what is open to them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from samenloop.access import logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen import gronden, toegang
from samenloop.plannen.models import (
    LEIDEND,
    Deel,
    Deelname,
    Deelnemersrol,
    Dossier,
)
from samenloop.portaal.models import Ingang, Toelating
from samenloop.regie.postvak import lezen
from samenloop.regie.taken.models import Taak

AANMELDEN = "mijn-aanmelden"


@dataclass(frozen=True, slots=True)
class Mij:
    """Somebody of a family at their own pages, as their rights are now."""

    actor: Actor
    ingang: Ingang
    deelnames: list[Deelname]
    delen: frozenset[Deel]

    @property
    def dossier(self) -> Dossier:
        """The one dossier that the entrance is to."""
        return self.ingang.dossier

    @property
    def persoon(self) -> Persoon | None:
        """The person on record; None for somebody by name."""
        return self.ingang.persoon

    @property
    def naam(self) -> str:
        """How one is called in full."""
        return self.actor.naam

    @property
    def roepnaam(self) -> str:
        """How one is greeted."""
        voor = self.persoon.voornamen if self.persoon else ""
        return (voor or self.naam).split()[0]

    @property
    def leidt(self) -> bool:
        """Whether this citizen directs the plan."""
        return any(Deelnemersrol(each.rol) in LEIDEND for each in self.deelnames)

    @property
    def van_het_gezin(self) -> bool:
        """Whether one is of the family itself, not of its network."""
        return self.persoon is not None and any(
            Deelnemersrol(each.rol) in {Deelnemersrol.GEZIN, *LEIDEND}
            for each in self.deelnames
        )

    @property
    def leest_plan(self) -> bool:
        """Whether anything of the plan is open."""
        return bool({Deel.PLAN, Deel.EIGEN_DEEL} & self.delen)

    @property
    def leest_verslagen(self) -> bool:
        """Whether reports or measurements are open."""
        return bool({Deel.GESPREKKEN, Deel.METINGEN} & self.delen)

    @property
    def ziet_toegang(self) -> bool:
        """Whether the list of who takes part is open."""
        return Deel.TOEGANG in self.delen

    @property
    def mag_weten_wie_helpt(self) -> bool:
        """Whether one is told who helps: not when that was closed for safety."""
        return self.ziet_toegang or not any(
            Deel.TOEGANG in (getattr(each, "dicht", None) or ())
            for each in self.deelnames
        )

    def mine(self) -> list[UUID]:
        """The keys of all one's participations here, ended ones as well."""
        return list(
            Deelname.objects.filter(
                self.ingang.wie, dossier=self.ingang.dossier_id
            ).values_list("pk", flat=True)
        )


def me(actor: Actor) -> Mij:
    """Return who this is, in four statements; within the municipality.

    What was opened by somebody to whom it is closed since is not open here either, also
    before that participation was ended.
    """
    ingang = Ingang.objects.select_related(
        "dossier__gezin", "dossier__betrokkene", "persoon"
    ).get(pk=actor.id)
    deelnames = list(toegang.of_actor(actor).filter(dossier=ingang.dossier_id))
    dicht = _closed_to_giver(deelnames)
    delen: set[Deel] = set()
    for each in deelnames:
        delen |= toegang.open_parts(each) - dicht.get(each.pk, set())
    return Mij(actor, ingang, deelnames, frozenset(delen))


def _closed_to_giver(deelnames: list[Deelname]) -> dict[UUID, set[str]]:
    gaf = Q(persoon=OuterRef("door__persoon")) | Q(naam=OuterRef("door__naam")) & ~Q(
        naam=""
    )
    dicht = gronden.restrictions(klok.now()).filter(
        gaf, dossier=OuterRef("door__dossier")
    )
    return {
        deelname: set(delen or ())
        for deelname, delen in Toelating.objects.filter(
            deelname__in=[each.pk for each in deelnames]
        )
        .annotate(dicht=Subquery(dicht.values("delen")[:1]))
        .values_list("deelname", "dicht")
    }


def own_page(view: Any) -> Any:
    """Make a view a page of the family: who is not signed in goes to their sign-in."""
    gated = mag(Handeling.MIJN_PAGINAS)(never_cache(view))
    gated.login_url = AANMELDEN
    return gated


def my_tasks(mij: Mij) -> QuerySet[Taak]:
    """Return the tasks of this citizen in the dossier, whatever became of them."""
    return Taak.objects.filter(
        mij.ingang.wie, casus__dossier=mij.dossier.pk, gemeente=mij.actor.gemeente
    )


def show(
    request: Verzoek,
    sjabloon: str,
    mij: Mij,
    inhoud: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Show a page of the family, with the numbers of its menu."""
    form = inhoud.get("form")
    if form is not None and form.is_bound and form.errors:
        status = 422
    return render(
        request,
        sjabloon,
        {
            "mij": mij,
            "aantal_taken": my_tasks(mij).filter(staat=Taak.Staat.OPEN).count(),
            "aantal_berichten": lezen.waiting_for(mij.actor),
            **inhoud,
        },
        status=status,
    )


def record(
    mij: Mij,
    handeling: Handeling = Handeling.MIJN_PAGINAS,
    *,
    onderwerp: str = "",
    wijze: logboek.Wijze | None = None,
    diepte: Diepte | None = Diepte.WAT,
) -> None:
    """Write a look or a change of a citizen in the log."""
    logboek.record(
        mij.actor,
        handeling,
        personen=toegang.persons(mij.dossier),
        onderwerp=onderwerp or f"dossier:{mij.dossier.pk}",
        wijze=wijze or logboek.Wijze.GEOPEND,
        diepte=diepte,
        activiteit="regie-voeren",
    )
