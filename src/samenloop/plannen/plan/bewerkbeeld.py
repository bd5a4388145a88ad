"""The working plan as the editor shows it: each field with its revision and meetings.

With two hundred activities everything that is computed more than once is felt, so what
repeats is put together here and not in a template.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenloop.plannen import namen
from samenloop.plannen.plan import aanwezig, velden, wie
from samenloop.plannen.plan.mal import Mal
from samenloop.plannen.plan.models import (
    Activiteitstand,
    Doelstand,
    Onderdeel,
    Plan,
    Soort,
    Tekstvariant,
)

_LANG = frozenset({"tekst", "wat", "oplevert", "resultaat"})
_HEEL = " sl-velden__heel"
_VAK = (
    '<div class="utrecht-form-field sl-veld{}" data-vak>'
    '<label class="utrecht-form-label" for="{}">{}</label>{}{}</div>'
)
_KEUZE = '<select class="utrecht-select utrecht-select--html-select" {}>{}</select>'
_BLOK = (
    '<textarea class="utrecht-textarea utrecht-textarea--html-textarea" '
    'rows="2" maxlength="20000" {}>{}</textarea>'
)
_REGEL = (
    '<input class="utrecht-textbox utrecht-textbox--html-input" maxlength="200" '
    'autocomplete="off" {} type="{}" value="{}">'
)
_GEKOZEN = SafeString(" selected")
_DATUM = frozenset({"van", "tot"})


@dataclass(frozen=True, slots=True)
class Andertekst:
    """A text that waits for a choice, and whose it is."""

    id: str
    van: str
    op: Any
    tekst: str
    toon: str


@dataclass(frozen=True, slots=True)
class Botsing:
    """Texts that met in one field."""

    revisie: int
    huidig: Andertekst
    varianten: list[Andertekst]


# What differs from part to part. `merken` holds per field the revision and a mark of
# the text, `wat=3:5f2a…;wie=0:…`; `onder` the activities of a goal.
PLEKKEN = ("id", "orde", "merken", "velden", "onder")
Mallen = Mapping[str, Mal]


def mark(tekst: str) -> str:
    """Return a short mark of a text, to see whether a plain form changed it."""
    return hashlib.blake2s(tekst.encode(), digest_size=6).hexdigest()


class Schilder:
    """Draws parts of one plan; asks who and what only once.

    Args:
        plan: whose parts.
        mallen: the mould of each kind of part; only who draws parts needs them.
    """

    def __init__(self, plan: Plan, mallen: Mallen | None = None) -> None:
        self._plan = plan
        self._mallen = mallen or {}
        self._labels = {
            (soort.code, veld.naam): escape(veld.label)
            for soort in velden.SOORTEN.values()
            for veld in soort.velden.values()
        }
        self._varianten = aanwezig.open_variants(plan)
        self._doeners = wie.doers(plan.dossier)
        self._leden = [(str(lid.id), lid.naam) for lid in wie.members(plan.dossier)]
        self._keuzes: dict[str, list[tuple[str, str]]] = {
            "uitvoerder": [("", _("nobody in the list")), *self._doeners],
            "voor": [("", _("the whole family")), *self._leden],
            "soort": [(each.value, str(each.label)) for each in Soort],
        }
        self._standen = {
            "doel": [(each.value, str(each.label)) for each in Doelstand],
            "activiteit": [(each.value, str(each.label)) for each in Activiteitstand],
        }
        self._opties: dict[tuple[str, str], SafeString] = {}
        self._accounts: dict[int, str] | None = None

    def goals(self) -> list[SafeString]:
        """Return the goals, each with its activities; two statements."""
        onder: dict[Any, list[SafeString]] = {}
        for rij in velden.ACTIVITEIT.of_plan(self._plan).filter(weg_op__isnull=True):
            onder.setdefault(rij.doelstelling_id, []).append(self.part(rij))
        return [
            self.part(doel, onder.get(doel.pk, []))
            for doel in self._plan.doelen.filter(weg_op__isnull=True)
        ]

    def agreements(self) -> list[SafeString]:
        """Return the agreements."""
        return [
            self.part(rij) for rij in self._plan.afspraken.filter(weg_op__isnull=True)
        ]

    def part(self, rij: Onderdeel, onder: Iterable[SafeString] = ()) -> SafeString:
        """Return one part, with the parts below it."""
        soort = next(s for s in velden.SOORTEN.values() if isinstance(rij, s.model))
        eigen = soort.velden.values()
        return self._mallen[soort.code].fill(
            id=str(rij.pk),
            orde=str(rij.orde),
            merken=";".join(
                f"{veld.naam}={_revision(rij, veld)}:{mark(veld.text(rij))}"
                for veld in eigen
            ),
            velden="".join(self._field(soort, rij, veld) for veld in eigen),
            onder="\n".join(onder),
        )

    def meeting(self, rij: Onderdeel, veld: velden.Veld) -> Botsing | None:
        """Return the texts that met in a field, if any wait for a choice."""
        open_ = self._varianten.get((str(rij.pk), veld.naam))
        if not open_:
            return None
        stand = rij.revisies.get(veld.naam, {})
        namen_ = self._names()
        nu = veld.text(rij)
        return Botsing(
            int(stand.get("r", 0)),
            Andertekst(
                "huidig", namen_.get(stand.get("a"), ""), None, nu, self._show(veld, nu)
            ),
            [self._variant(each, namen_, veld) for each in open_],
        )

    def _variant(
        self, variant: Tekstvariant, namen_: dict[int, str], veld: velden.Veld
    ) -> Andertekst:
        return Andertekst(
            str(variant.pk),
            namen_.get(variant.account or 0, ""),
            variant.op,
            variant.tekst,
            self._show(veld, variant.tekst),
        )

    def _show(self, veld: velden.Veld, tekst: str) -> str:
        """Return what a text means: a key says nothing to a reader."""
        for keuzes in (self._keuzes.get(veld.naam), *self._standen.values()):
            for waarde, naam in keuzes or ():
                if waarde and waarde == tekst:
                    return naam
        return tekst

    def _names(self) -> dict[int, str]:
        if self._accounts is None:
            schreven = {
                variant.account for rij in self._varianten.values() for variant in rij
            }
            for soort in velden.SOORTEN.values():
                for rij in soort.of_plan(self._plan).filter(
                    pk__in={sleutel for sleutel, _veld in self._varianten}
                ):
                    schreven |= {each.get("a") for each in rij.revisies.values()}
            self._accounts = namen.accounts(schreven)
        return self._accounts

    def _field(
        self, soort: velden.Onderdeelsoort, rij: Onderdeel, veld: velden.Veld
    ) -> str:
        """Return a field as the page holds it.

        Not a template: two hundred activities have eighteen hundred of these.
        """
        waarde = veld.text(rij)
        keuzes = (
            self._standen[soort.code]
            if veld.naam == "stand"
            else self._keuzes.get(veld.naam)
        )
        sleutel = f"{soort.code}-{rij.pk}-{veld.naam}"
        wie = f'id="{sleutel}" name="{veld.naam}" data-revisie="{_revision(rij, veld)}"'
        if keuzes is not None:
            vak = _KEUZE.format(
                wie, self._options(f"{soort.code}.{veld.naam}", keuzes, waarde)
            )
        elif veld.naam in _LANG:
            # A first line break would be eaten by the browser.
            vak = _BLOK.format(wie, f"\n{escape(waarde)}")
        else:
            vak = _REGEL.format(
                wie, "date" if veld.naam in _DATUM else "text", escape(waarde)
            )
        botsing = self.meeting(rij, veld) if self._varianten else None
        return _VAK.format(
            _HEEL if veld.naam in _LANG else "",
            sleutel,
            self._labels[soort.code, veld.naam],
            vak,
            meeting_html(botsing, veld) if botsing else "",
        )

    def _options(
        self, waarvan: str, keuzes: list[tuple[str, str]], waarde: str
    ) -> SafeString:
        if (waarvan, waarde) not in self._opties:
            if waarde not in {each for each, _naam in keuzes}:
                # Somebody who takes part no longer: shown until another is chosen.
                keuzes = [*keuzes, (waarde, _("somebody who takes part no longer"))]
            self._opties[waarvan, waarde] = format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                (
                    (each, _GEKOZEN if each == waarde else "", naam)
                    for each, naam in keuzes
                ),
            )
        return self._opties[waarvan, waarde]


def meeting_html(botsing: Botsing, veld: velden.Veld) -> SafeString:
    """Return texts that met in a field, as they stand under it."""
    return render_to_string(
        "plan/botsing.html",
        {"botsing": botsing, "label": veld.label, "veldnaam": veld.naam},
    )


def _revision(rij: Onderdeel, veld: velden.Veld) -> int:
    return int(rij.revisies.get(veld.naam, {}).get("r", 0))


def removed(plan: Plan) -> list[tuple[str, str, str]]:
    """Return what was taken out and can come back: kind, key, text."""
    weg = []
    for soort in velden.SOORTEN.values():
        veld = next(iter(soort.velden.values()))
        for rij in soort.of_plan(plan).filter(weg_op__isnull=False):
            if tekst := veld.text(rij).strip():
                weg.append((soort.code, str(rij.pk), tekst))
    return weg
