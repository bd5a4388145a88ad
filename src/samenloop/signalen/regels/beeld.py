"""What the pages show of a rule: where it stands, its dry run, who may approve it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access import besluiten
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.signalen.regels import catalogus, proef, verschil
from samenloop.signalen.regels.catalogus import label_of
from samenloop.signalen.regels.grafiek import Grafiek, draw, signed
from samenloop.signalen.regels.models import (
    Regel,
    Regelproef,
    Regelversie,
    Status,
)
from samenloop.signalen.regels.scheefheid import EENOUDER, INKOMEN, KIND, WIJK

WIE: dict[str, str | Promise] = {
    EENOUDER: gettext_lazy("One-parent family"),
    KIND: gettext_lazy("Child under 12"),
    INKOMEN: gettext_lazy("Low income"),
    WIJK: gettext_lazy("Neighbourhood with the most: %(area)s"),
}
RAAKT: dict[str, str | Promise] = {
    EENOUDER: gettext_lazy("one-parent families"),
    KIND: gettext_lazy("families with a child under 12"),
    INKOMEN: gettext_lazy("families with a low income"),
    WIJK: gettext_lazy("one neighbourhood"),
}


def in_force_on(versie: Regelversie, dag: date) -> bool:
    """Whether this version counts on that day."""
    bereik = versie.geldig
    if bereik is None or bereik.isempty or bereik.lower is None:
        return False
    return bereik.lower <= dag and (bereik.upper is None or dag < bereik.upper)


@dataclass(frozen=True, slots=True)
class Lijstrij:
    """One rule in the list."""

    regel: Regel
    werkend: Regelversie | None
    open: Regelversie | None
    nieuwste: Regelversie
    trof: int


def list_rows(gemeente: str, trof: dict[UUID, int]) -> list[Lijstrij]:
    """All rules of a municipality, the heaviest first."""
    vandaag = klok.today()
    rijen = []
    regels = Regel.objects.filter(gemeente=gemeente).prefetch_related("versies")
    for regel in regels:
        reeks = sorted(regel.versies.all(), key=lambda versie: -versie.versie)
        if not reeks:
            continue
        werkend = next((v for v in reeks if in_force_on(v, vandaag)), None)
        rijen.append(
            Lijstrij(
                regel=regel,
                werkend=werkend,
                open=next((v for v in reeks if v.is_open), None),
                nieuwste=reeks[0],
                trof=trof.get(regel.pk, 0),
            )
        )
    return sorted(
        rijen, key=lambda r: (-(r.werkend or r.nieuwste).gewicht, r.regel.naam)
    )


def reviewers(versie: Regelversie) -> list[Gebruiker]:
    """Who may approve it: the right role here, and did not write it."""
    gemeente = versie.regel.gemeente
    rollen = {
        regel.wie
        for regel in besluiten.TABEL
        if regel.handeling == Handeling.REGEL_GOEDKEUREN
    }
    mensen = (
        Gebruiker.objects.filter(
            is_active=True,
            aanstellingen__gemeente=gemeente,
            aanstellingen__rol__in=rollen,
            aanstellingen__geldig__contains=klok.today(),
        )
        .distinct()
        .order_by("naam")
    )
    return [wie for wie in mensen if not versie.is_written_by(wie.pk)]


@dataclass(frozen=True, slots=True)
class Regelbeeld:
    """One rule on its page."""

    versie: Regelversie
    versies: Sequence[Regelversie]
    werkend: Regelversie | None
    trof: int
    proef: Regelproef | None
    is_van_nu: bool
    uitkomst: "Uitkomstbeeld | None"

    @classmethod
    def of(cls, versie: Regelversie, trof: dict[UUID, int]) -> "Regelbeeld":
        """Gather it."""
        reeks = list(
            versie.regel.versies.select_related(
                "opgesteld_door", "goedgekeurd_door"
            ).order_by("-versie")
        )
        vandaag = klok.today()
        werkend = next((v for v in reeks if in_force_on(v, vandaag)), None)
        laatste = proef.latest(versie)
        klaar = laatste is not None and laatste.staat == Regelproef.Staat.KLAAR
        vergelijk = werkend if werkend and werkend.pk != versie.pk else None
        return cls(
            versie=versie,
            versies=reeks,
            werkend=werkend,
            trof=trof.get(versie.regel_id, 0),
            proef=laatste,
            is_van_nu=laatste is not None
            and laatste.vingerafdruk == versie.vingerafdruk,
            uitkomst=Uitkomstbeeld(laatste, versie, vergelijk)
            if klaar and laatste is not None
            else None,
        )

    @property
    def vorige(self) -> Regelversie | None:
        """The version to compare with: the one in force, or the one before."""
        if self.werkend is not None and self.werkend.pk != self.versie.pk:
            return self.werkend
        return next((v for v in self.versies if v.versie < self.versie.versie), None)

    @property
    def stappen(self) -> list[tuple[str, str]]:
        """The four steps, each done, now or later."""
        ver = {
            Status.CONCEPT: 1,
            Status.PROEF_GEDRAAID: 2,
            Status.TER_GOEDKEURING: 2,
            Status.GOEDGEKEURD: 3,
            Status.INGETROKKEN: 4,
        }[Status(self.versie.status)]
        if ver == 3 and in_force_on(self.versie, klok.today()):
            ver = 4
        return [
            (naam, "klaar" if plaats < ver else "nu" if plaats == ver else "later")
            for plaats, naam in enumerate(
                ("opgesteld", "proef", "ogen", "werking"),
            )
        ]

    @property
    def morgen(self) -> date:
        """The first day on which a version could start."""
        return klok.today() + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Uitkomstbeeld:
    """The outcome of a dry run, as rows and sentences."""

    proef: Regelproef
    versie: Regelversie
    vergelijk: Regelversie | None

    @property
    def u(self) -> dict[str, Any]:
        """The counts as they were kept."""
        telling: dict[str, Any] = self.proef.uitkomst
        return telling

    @property
    def zin(self) -> str:
        """What would change, in a sentence or three."""
        meer = self.u["melding_met"] - self.u["melding_nu"]
        ander = self.u["gewijzigd"] - abs(meer)
        if meer == 0:
            eerste = _("With this rule as many signals of %(year)s became a melding.")
        elif meer > 0:
            eerste = _(
                "With this rule %(number)s more signals of %(year)s became a melding."
            )
        else:
            eerste = _(
                "With this rule %(number)s fewer signals of %(year)s became a melding."
            )
        zinnen = [
            eerste % {"number": _figure(abs(meer)), "year": self.proef.jaar},
            _("None is lost; %(number)s others get another weight.")
            % {"number": _figure(max(0, ander))},
        ]
        if self.vergelijk is not None:
            anders = verschil.in_a_sentence(self.vergelijk, self.versie)
            if anders:
                zinnen.append(anders[0].upper() + anders[1:] + ".")
        return " ".join(zinnen)

    @property
    def rijen(self) -> list[tuple[str, str, str, str]]:
        """The table: what, now, with this rule, difference."""
        u = self.u
        los_nu, los_met = (
            u["signalen"] - u["melding_nu"],
            u["signalen"] - u["melding_met"],
        )
        paren: list[tuple[str, float, float]] = [
            (_("Signals looked at"), u["signalen"], u["signalen"]),
            (_("This rule hits"), u["raak_nu"], u["raak_met"]),
            (_("Becomes a melding"), u["melding_nu"], u["melding_met"]),
            (_("Of which safety"), u["veiligheid"], u["veiligheid"]),
            (_("Stays a loose signal"), los_nu, los_met),
            (_("Meldingen a month"), u["per_maand_nu"], u["per_maand_met"]),
        ]
        return [
            (wat, _figure(nu), _figure(met), signed(_round(met - nu)))
            for wat, nu, met in paren
        ]

    @property
    def grafiek(self) -> Grafiek:
        """The chart of the differences per step of weight."""
        return draw(self.u["treden_nu"], self.u["treden_met"], self.u["drempel"])

    @property
    def geraakt(self) -> list[dict[str, Any]]:
        """Whom it touches: what, share, share in the municipality."""
        return [
            {
                **rij,
                "label": str(WIE[rij["wat"]]) % {"area": rij["naam"]}
                if rij["wat"] == WIJK
                else str(WIE[rij["wat"]]),
            }
            for rij in self.u["raakt"]
        ]

    @property
    def opvallend(self) -> list[str]:
        """Whom it touches more than others, in words."""
        return [str(RAAKT[rij["wat"]]) for rij in self.u["raakt"] if rij["opvallend"]]

    @property
    def voorbeelden(self) -> list[dict[str, Any]]:
        """Examples with their reason."""
        return [self._readable(rij) for rij in self.u["voorbeelden"]]

    @property
    def gewijzigd(self) -> list[dict[str, Any]]:
        """The signals that change, as far as they were kept."""
        return [self._readable(rij) for rij in self.u.get("rijen", [])]

    def _readable(self, rij: dict[str, Any]) -> dict[str, Any]:
        soorten = catalogus.CATALOGUS["signaal.soort"].keuzes
        return {
            **rij,
            "soort": label_of(soorten, rij["soort"]),
            "dag": date(self.proef.jaar, rij["maand"], 1),
        }


def _figure(getal: float) -> str:
    if isinstance(getal, float):
        return f"{getal:.1f}".replace(".", ",")
    return f"{getal:,}".replace(",", ".")


def _round(getal: float) -> float:
    return round(getal, 1) if isinstance(getal, float) else getal
