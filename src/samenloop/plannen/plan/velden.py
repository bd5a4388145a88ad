"""The fields that can be written one by one, and what may stand in each.

A value travels as text, whatever the column holds: so two values that met can be shown
side by side, and a wrong one is refused with a sentence before anything is written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.plan.models import (
    Activiteit,
    Activiteitstand,
    Afspraak,
    Doelstand,
    Doelstelling,
    Onderdeel,
    Plan,
    Soort,
)

LANGSTE = 20_000
Lezer = Callable[[str, Plan], Any]


class OngeldigeWaarde(SamenloopFout, ValueError):
    """This cannot stand in this field."""

    melding = gettext_lazy("This cannot stand here. Choose another value.")


class OnbekendVeld(SamenloopFout, ValueError):
    """There is no such part or field in this plan."""

    melding = gettext_lazy("This part is not in this plan.")


@dataclass(frozen=True, slots=True)
class Veld:
    """One field: its column, what it is called and how its text is read."""

    naam: str
    kolom: str
    label: Any
    lees: Lezer

    def text(self, rij: Onderdeel) -> str:
        """Return its value as the text that travels."""
        waarde = getattr(rij, self.kolom)
        return "" if waarde is None else str(waarde)


@dataclass(frozen=True, slots=True)
class Onderdeelsoort:
    """A kind of part: its table, its fields, and how it belongs to a plan."""

    code: str
    model: type[Onderdeel]
    # SQL of ours that says of a row `t` whether it is of the plan `%s`.
    van_plan: str
    velden: dict[str, Veld]

    @property
    def tabel(self) -> str:
        """The name of its table."""
        return self.model._meta.db_table

    def of_plan(self, plan: Plan) -> "models.QuerySet[Any]":
        """Return its rows in a plan, those that were removed as well."""
        pad = "doelstelling__plan" if self.model is Activiteit else "plan"
        rijen: models.QuerySet[Any] = self.model._default_manager.filter(**{pad: plan})
        return rijen


def _text(langste: int) -> Lezer:
    def lees(tekst: str, _plan: Plan) -> str:
        if len(tekst) > langste:
            raise OngeldigeWaarde(
                _("At most %(aantal)s characters fit here.") % {"aantal": langste}
            )
        # PostgreSQL keeps every character but this one.
        return tekst.replace("\r\n", "\n").replace("\x00", "")

    return lees


def _choice(keuzes: type[models.TextChoices]) -> Lezer:
    def lees(tekst: str, _plan: Plan) -> str:
        if tekst not in keuzes.values:
            raise OngeldigeWaarde()
        return tekst

    return lees


def _day(tekst: str, _plan: Plan) -> date | None:
    if not tekst:
        return None
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise OngeldigeWaarde(
            _("This is no date. Write it as year-month-day.")
        ) from None


def _key(tekst: str) -> UUID | None:
    try:
        return UUID(tekst) if tekst else None
    except ValueError:
        raise OngeldigeWaarde() from None


def _member(tekst: str, plan: Plan) -> UUID | None:
    wie = _key(tekst)
    if wie is not None and wie not in toegang.persons(plan.dossier):
        raise OngeldigeWaarde(_("Choose somebody of this family."))
    return wie


def _doer(tekst: str, plan: Plan) -> UUID | None:
    wie = _key(tekst)
    if (
        wie is not None
        and not toegang.running().filter(pk=wie, dossier=plan.dossier_id).exists()
    ):
        raise OngeldigeWaarde(_("Choose somebody who takes part in this dossier."))
    return wie


_TEKST = _text(LANGSTE)


def _of(*velden: Veld) -> dict[str, Veld]:
    return {veld.naam: veld for veld in velden}


DOEL = Onderdeelsoort(
    "doel",
    Doelstelling,
    "t.plan_id = %s",
    _of(
        Veld("tekst", "tekst", gettext_lazy("Goal, in their own words"), _TEKST),
        Veld("voor", "voor_id", gettext_lazy("Goal of"), _member),
        Veld("van_wie", "van_wie", gettext_lazy("Whose words"), _text(200)),
        Veld("stand", "stand", gettext_lazy("How it goes"), _choice(Doelstand)),
    ),
)
ACTIVITEIT = Onderdeelsoort(
    "activiteit",
    Activiteit,
    "t.doelstelling_id IN (SELECT id FROM plan_doelstelling WHERE plan_id = %s)",
    _of(
        Veld("wat", "wat", gettext_lazy("What"), _TEKST),
        Veld("uitvoerder", "uitvoerder_id", gettext_lazy("Who"), _doer),
        Veld("wie", "wie", gettext_lazy("Who else, in words"), _text(200)),
        Veld("soort", "soort", gettext_lazy("What kind of doer"), _choice(Soort)),
        Veld("van", "van", gettext_lazy("From"), _day),
        Veld("tot", "tot", gettext_lazy("Until"), _day),
        Veld("oplevert", "oplevert", gettext_lazy("What it must bring"), _TEKST),
        Veld("stand", "stand", gettext_lazy("How it stands"), _choice(Activiteitstand)),
        Veld("resultaat", "resultaat", gettext_lazy("What it brought"), _TEKST),
    ),
)
AFSPRAAK = Onderdeelsoort(
    "afspraak",
    Afspraak,
    "t.plan_id = %s",
    _of(Veld("tekst", "tekst", gettext_lazy("Agreement"), _TEKST)),
)
SOORTEN = {soort.code: soort for soort in (DOEL, ACTIVITEIT, AFSPRAAK)}


def kind(code: str) -> Onderdeelsoort:
    """Return a kind of part by its code.

    Raises:
        OnbekendVeld: there is no such kind.
    """
    try:
        return SOORTEN[code]
    except KeyError:
        raise OnbekendVeld() from None


def field(soort: Onderdeelsoort, naam: str) -> Veld:
    """Return a field of a kind of part.

    Raises:
        OnbekendVeld: it has no such field.
    """
    try:
        return soort.velden[naam]
    except KeyError:
        raise OnbekendVeld() from None
