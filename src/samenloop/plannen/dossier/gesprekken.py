"""The conversation at the kitchen table, and the report that is made of it.

While it is held it is a draft per account. Finishing makes a report that never changes;
who has something to add makes a next version with its reason. The family gets the
report (Wmo 2015, article 2.3.2 paragraph 8), and is asked about an independent
supporter (R046) and a plan of its own (R047, R048): those answers have no value
beforehand, because they say something of rights.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from samenloop.access.actor import Actor
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Persoon
from samenloop.plannen import toegang
from samenloop.plannen.dossier import bekend, concepten, toelating
from samenloop.plannen.dossier.models import Gesprek, Gesprekversie, Uitreiking
from samenloop.plannen.models import Deel, Dossier
from samenloop.signalen.models import Leefgebied

AFGEROND = "gesprek-afgerond"
GEGEVEN = "gespreksverslag-gegeven"

# What is asked in each area of life, in this order.
VRAGEN = {
    "verhaal": _("What the family tells, in its own words"),
    "goed": _("What is going well"),
    "anders": _("What they want to change"),
    "zelf": _("What they can do themselves"),
    "netwerk": _("What people around them can do"),
    "vrijwilliger": _("What a volunteer can do"),
    "hulp": _("What a professional is needed for"),
}


# What is chosen and not told: no text that could be lost.
_KEUZES = {"gevoerd_op", "plek", "ondersteuning", "eigen_plan", "eigen_plan_op"}


class Plek(models.TextChoices):
    """Where one spoke."""

    THUIS = "thuis", _("at home")
    KANTOOR = "kantoor", _("at the office")
    BELLEN = "bellen", _("by telephone or video")
    ELDERS = "elders", _("somewhere else")


class Ondersteuning(models.TextChoices):
    """Whether they want an independent supporter, free of charge (R046)."""

    GEWENST = "gewenst", _("Yes, they want one")
    HEEFT = "heeft", _("They have one already")
    NIET = "niet", _("It was offered; they do not want one")


class EigenPlan(models.TextChoices):
    """Whether they make a plan of their own first (R047, R048)."""

    GEEN = "geen", _("It was offered; they do not make one")
    PERSOONLIJK = "persoonlijk", _("A personal plan")
    FAMILIEGROEP = "familiegroep", _("A family group plan")
    BEIDE = "beide", _("Both")


class NietAf(SamenloopFout):
    """A report takes what is asked at least."""

    melding = _("Something is still missing before the report can be made.")


class VerslagVerouderd(SamenloopFout):
    """Somebody else made a report of this conversation in the meantime."""

    melding = _(
        "A colleague made a report of this conversation in the meantime. Your text is "
        "kept; read that report first, and add what is missing as a next version."
    )


class AnderTyptOok(SamenloopFout):
    """Somebody else has text in the same conversation that is not in this report."""

    melding = _(
        "A colleague typed in this conversation too. That text stands under each "
        "question. Take over what belongs in the report, or finish without it: your "
        "colleague keeps it."
    )


class RedenOntbreekt(SamenloopFout):
    """A next version says why it is there."""

    melding = _("Write in a sentence why there is a next version of this report.")


@dataclass(frozen=True, slots=True)
class Verslag:
    """What a report holds; `gebieden`: code of `Leefgebied`, question, text."""

    gevoerd_op: str = ""
    plek: str = ""
    aanwezig: str = ""
    gebieden: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    klopt_niet: str = ""
    kern: str = ""
    afspraken: str = ""
    ondersteuning: str = ""
    ondersteuning_wie: str = ""
    eigen_plan: str = ""
    eigen_plan_op: str = ""

    @classmethod
    def of(cls, gegeven: Mapping[str, Any]) -> "Verslag":
        """Return what was typed in a form or a draft, unfinished as it may be."""
        gebieden = {}
        for gebied in Leefgebied.values:
            antwoorden = {
                vraag: tekst
                for vraag in VRAGEN
                if (tekst := str(gegeven.get(f"{gebied}-{vraag}", "")).strip())
            }
            if antwoorden:
                gebieden[gebied] = antwoorden
        return cls(
            gebieden=gebieden,
            **{
                naam: str(gegeven.get(naam, "")).strip()
                for naam in cls.__dataclass_fields__
                if naam != "gebieden"
            },
        )

    @classmethod
    def kept(cls, inhoud: Mapping[str, Any]) -> "Verslag":
        """Return what stands in a version."""
        return cls(**{n: inhoud[n] for n in cls.__dataclass_fields__ if n in inhoud})

    def as_form(self) -> dict[str, str]:
        """Return it by the names of the fields of the form."""
        plat = {k: v for k, v in asdict(self).items() if k != "gebieden"}
        for gebied, antwoorden in self.gebieden.items():
            plat |= {f"{gebied}-{vraag}": tekst for vraag, tekst in antwoorden.items()}
        return plat

    def missing(self) -> dict[str, Any]:
        """Return what is still missing: the field, and a sentence that says what."""
        mist: dict[str, Any] = {}
        dag = _day(self.gevoerd_op)
        if dag is None:
            mist["gevoerd_op"] = _("Fill in on which day you spoke.")
        elif dag > klok.today():
            mist["gevoerd_op"] = _("This day has yet to come.")
        if self.plek not in Plek.values:
            mist["plek"] = _("Say where you spoke.")
        if not self.kern and not self.gebieden:
            mist["kern"] = _(
                "Write at least what it comes down to, or what was told in one area of "
                "life."
            )
        if self.ondersteuning not in Ondersteuning.values:
            mist["ondersteuning"] = _(
                "Say whether they want an independent supporter; it must be offered."
            )
        if self.eigen_plan not in EigenPlan.values:
            mist["eigen_plan"] = _(
                "Say whether they make a plan of their own; it must be offered."
            )
        if self.eigen_plan_op and _day(self.eigen_plan_op) is None:
            mist["eigen_plan_op"] = _("This is not a date that exists.")
        return mist


def form_code(gesprek: Gesprek) -> str:
    """Return under what name drafts of this conversation are kept."""
    return f"gesprek:{gesprek.pk}"


@transaction.atomic
def begin(dossier: Dossier, *, door: Actor) -> Gesprek:
    """Begin a conversation, or go on with the one that is being held.

    Raises:
        GeenToegang: conversations are not open to the actor.
    """
    toegang.require(door, dossier, toelating.SCHRIJVEN, Deel.GESPREKKEN)
    # Two who begin at once write in one conversation.
    Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    bezig = dossier.gesprekken.filter(afgerond_op__isnull=True).first()
    if bezig is not None:
        return bezig
    gesprek = Gesprek.objects.create(
        dossier=dossier, begonnen_op=klok.now(), begonnen_door=door.account_id
    )
    toelating.changed(door, dossier, f"gesprek:{gesprek.pk}")
    return gesprek


@transaction.atomic
def finish(
    gesprek: Gesprek,
    verslag: Verslag,
    *,
    door: Actor,
    na: int,
    reden: str = "",
    toch: bool = False,
) -> Gesprekversie:
    """Make a report of a conversation, or a next version of it.

    Args:
        gesprek: which conversation.
        verslag: what it holds.
        door: who makes it.
        na: the number of the version one had before one; 0 for the first.
        reden: why there is a next version.
        toch: whether one saw that others have text that is not in it.

    Raises:
        GeenToegang: conversations are not open to the actor.
        NietAf: something is missing.
        RedenOntbreekt: a next version without a reason.
        VerslagVerouderd: somebody made version `na + 1` already.
        AnderTyptOok: others have text in this conversation, and `toch` is not said.
    """
    dossier = gesprek.dossier
    toegang.require(door, dossier, toelating.SCHRIJVEN, Deel.GESPREKKEN)
    if verslag.missing():
        raise NietAf()
    if na and not reden:
        raise RedenOntbreekt()
    Gesprek.objects.select_for_update().get(pk=gesprek.pk)
    if na != _last(gesprek):
        raise VerslagVerouderd()
    if not toch and _not_in(verslag, door, gesprek):
        raise AnderTyptOok()
    nu = klok.now()
    versie = Gesprekversie.objects.create(
        gesprek=gesprek,
        nummer=na + 1,
        inhoud={
            **asdict(verslag),
            "bekend": bekend.for_report(door, dossier),
        },
        reden=reden,
        door=door.account_id,
        op=nu,
    )
    if na == 0:
        Gesprek.objects.filter(pk=gesprek.pk).update(afgerond_op=nu)
        gebeurtenissen.record(
            AFGEROND, onderwerp=gesprek.pk, gemeente=dossier.gemeente_id
        )
    concepten.drop(door, dossier, form_code(gesprek))
    toelating.changed(door, dossier, f"gesprek:{gesprek.pk}")
    return versie


@transaction.atomic
def give(
    versie: Gesprekversie,
    *,
    door: Actor,
    gegeven_op: date,
    wijze: str,
    persoon: Persoon | UUID | None = None,
) -> Uitreiking:
    """Note that the family got a report.

    Raises:
        GeenToegang: conversations are not open to the actor.
        NietAf: the day has yet to come, or lies before the report.
    """
    dossier = versie.gesprek.dossier
    toegang.require(door, dossier, toelating.SCHRIJVEN, Deel.GESPREKKEN)
    gemaakt = versie.op.astimezone(klok.AMSTERDAM).date()
    if not gemaakt <= gegeven_op <= klok.today():
        raise NietAf(
            _("A report is given on or after the day it was made, and not in future.")
        )
    uitreiking = Uitreiking.objects.create(
        versie=versie,
        persoon_id=persoon.pk if isinstance(persoon, Persoon) else persoon,
        gegeven_op=gegeven_op,
        wijze=wijze,
        door=door.account_id,
        op=klok.now(),
    )
    gebeurtenissen.record(
        GEGEVEN, onderwerp=versie.gesprek_id, gemeente=dossier.gemeente_id
    )
    toelating.changed(door, dossier, f"gesprek:{versie.gesprek_id}")
    return uitreiking


def others_text(actor: Actor, gesprek: Gesprek) -> dict[int, dict[str, str]]:
    """Return what others are typing in this conversation: account, field, text."""
    return {
        concept.account: Verslag.of(concept.inhoud).as_form()
        for concept in concepten.of_others(actor, gesprek.dossier, form_code(gesprek))
    }


def _not_in(verslag: Verslag, door: Actor, gesprek: Gesprek) -> bool:
    """Whether somebody else wrote a text that the report does not have."""
    hier = verslag.as_form()
    return any(
        veld not in _KEUZES and tekst and tekst not in hier.get(veld, "")
        for velden in others_text(door, gesprek).values()
        for veld, tekst in velden.items()
    )


def _last(gesprek: Gesprek) -> int:
    return gesprek.versies.aggregate(models.Max("nummer"))["nummer__max"] or 0


def _day(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None
