"""Who must sign a plan, and signing it.

Who does so for a minor follows the table of rights (`plannen.rechten`, consent under
the Jeugdwet): under twelve who has gezag, up to sixteen both, then one oneself. One
signature holds for oneself and for the children one signs for. A plan without consent
is settled by its director. Who must sign is kept with the version: a birthday
afterwards changes nothing about it.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access.actor import Actor
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Gezag, Persoon
from samenloop.personen.woonplaats import age
from samenloop.plannen import gronden, namen, toegang
from samenloop.plannen.models import Deelnemersrol
from samenloop.plannen.plan import grond as plangrond
from samenloop.plannen.plan.models import (
    Grond,
    Handtekening,
    Plan,
    Planversie,
    Tekenwijze,
)
from samenloop.plannen.rechten import Recht, Regime, WieOefentUit, row

GETEKEND = "plan-getekend"


class KanNietTekenen(SamenloopFout):
    """This version cannot be signed, or not by this one."""

    melding = gettext_lazy(
        "This version cannot be signed any more: there is a newer one."
    )


@dataclass(slots=True)
class Tekenaar:
    """Somebody who must sign: `sleutel` says who, `voor` for which children."""

    sleutel: str
    naam: str
    zelf: bool = False
    voor: list[str] = field(default_factory=list)

    @property
    def reden(self) -> str:
        """Why they must, in a few words."""
        voor = ", ".join(self.voor)
        if self.sleutel.startswith("account:"):
            return _("settles the plan as director")
        if self.zelf and voor:
            return _("for oneself and on behalf of %(wie)s") % {"wie": voor}
        return _("on behalf of %(wie)s") % {"wie": voor} if voor else _("for oneself")


class Stand(NamedTuple):
    """Somebody who must sign, with the signature once it is there."""

    tekenaar: Tekenaar
    handtekening: Handtekening | None


def signers(plan: Plan, op: date | None = None) -> list[Tekenaar]:
    """Return who must sign this plan on a day (today)."""
    dag = op or klok.today()
    if plan.grond == Grond.MEERVOUDIG:
        return _directors(plan)
    mensen = list(
        Persoon.objects.filter(pk__in=toegang.persons(plan.dossier)).order_by(
            "sorteernaam", "id"
        )
    )
    gezag: dict[UUID, list[Gezag]] = {}
    for rij in (
        gronden.gezag_holds(dag)
        .filter(minderjarige__in=mensen)
        .select_related("houder")
    ):
        gezag.setdefault(rij.minderjarige_id, []).append(rij)
    gevonden: dict[str, Tekenaar] = {}
    for wie in mensen:
        houders = gezag.get(wie.pk, [])
        rol = _who_signs(wie, dag)
        if rol is not WieOefentUit.VERTEGENWOORDIGER or not houders:
            # Nobody known who signs for a small child: then it is asked, not skipped.
            _signer(gevonden, f"persoon:{wie.pk}", wie.volledige_naam).zelf = True
        for rij in houders if rol is not WieOefentUit.ZELF else ():
            if rij.houder is not None:
                sleutel, naam = f"persoon:{rij.houder.pk}", rij.houder.volledige_naam
            else:
                naam = rij.instelling or str(rij.get_soort_display())
                sleutel = f"naam:{naam}"
            _signer(gevonden, sleutel, naam).voor.append(
                wie.voornamen or wie.volledige_naam
            )
    return list(gevonden.values())


def _who_signs(wie: Persoon, dag: date) -> WieOefentUit:
    if wie.geboortedatum is None:
        # Not known how old: then both, where anybody has gezag.
        return WieOefentUit.SAMEN
    leeftijd = max(age(wie.geboortedatum, dag), 0)
    return row(Recht.TOESTEMMING, Regime.JEUGDWET, leeftijd).wie


def _signer(gevonden: dict[str, Tekenaar], sleutel: str, naam: str) -> Tekenaar:
    return gevonden.setdefault(sleutel, Tekenaar(sleutel, naam))


def _directors(plan: Plan) -> list[Tekenaar]:
    regie = list(
        toegang.running().filter(
            dossier=plan.dossier_id, rol=Deelnemersrol.REGISSEUR, account__isnull=False
        )
    )
    wie = namen.of(regie)
    return [
        Tekenaar(f"account:{each.account}", wie[each.pk], zelf=True) for each in regie
    ]


def as_kept(tekenaars: list[Tekenaar]) -> list[dict[str, Any]]:
    """Return it in the form in which a version keeps it."""
    return [asdict(each) for each in tekenaars]


def status(versie: Planversie) -> list[Stand]:
    """Return who must sign this version, with who did; two statements."""
    gezet = {_key(each): each for each in versie.handtekeningen.all()}
    return [
        Stand(Tekenaar(**each), gezet.get(each["sleutel"])) for each in versie.tekenaars
    ]


def _key(handtekening: Handtekening) -> str:
    if handtekening.persoon_id:
        return f"persoon:{handtekening.persoon_id}"
    if handtekening.account is not None:
        return f"account:{handtekening.account}"
    if handtekening.deelname_id:
        return f"deelname:{handtekening.deelname_id}"
    return f"naam:{handtekening.naam}"


def sign(
    versie: Planversie, sleutel: str, *, wijze: Tekenwijze, op: date, door: Actor
) -> bool:
    """Record a signature; whether everybody has signed with it.

    Args:
        versie: the newest version of its plan.
        sleutel: who, as `Tekenaar.sleutel` says it.
        wijze: on paper, in person or in the portal.
        op: the day on which it was put.
        door: who records it.

    Raises:
        KanNietTekenen: there is a newer version, this one need not sign or did already,
            or the day lies before the version or in the future.
        GeenPlangrond: the plan has no ground any more.
    """
    with transaction.atomic():
        # Two last signatures at once: the second must see the first.
        plan = (
            Plan.objects.select_for_update(of=("self",))
            .select_related("dossier")
            .get(pk=versie.plan_id)
        )
        versie = Planversie.objects.get(pk=versie.pk)
        if plan.gesloten_op or plan.versies.filter(nummer__gt=versie.nummer).exists():
            raise KanNietTekenen()
        plangrond.require(plan)
        gemaakt = versie.gemaakt_op.astimezone(klok.AMSTERDAM).date()
        if not gemaakt <= op <= klok.today():
            raise KanNietTekenen(
                _("The day of signing lies between making the version and today.")
            )
        if sleutel not in {each["sleutel"] for each in versie.tekenaars}:
            raise KanNietTekenen(_("This person need not sign this version."))
        try:
            with transaction.atomic():
                Handtekening.objects.create(
                    versie=versie,
                    wijze=wijze,
                    op=op,
                    vastgelegd_op=klok.now(),
                    vastgelegd_door=door.account_id,
                    **_who(sleutel),
                )
        except IntegrityError:
            raise KanNietTekenen(_("This signature is recorded already.")) from None
        if any(stand.handtekening is None for stand in status(versie)):
            return False
        Planversie.objects.filter(pk=versie.pk).update(getekend_op=klok.now())
        gebeurtenissen.record(
            GETEKEND, onderwerp=versie.pk, gemeente=plan.dossier.gemeente_id
        )
    return True


def _who(sleutel: str) -> dict[str, Any]:
    soort, _streep, wie = sleutel.partition(":")
    if soort == "persoon":
        return {"persoon_id": UUID(wie)}
    return {"account": int(wie)} if soort == "account" else {"naam": wie}
