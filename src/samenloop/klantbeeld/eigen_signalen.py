"""Our own signals and meldingen about a family, each as deep as its reader may.

That there is a signal shows where the purpose opens signals; its content only to who
weighs its melding or recorded it, or in an emergency. A signal of a kind that the
grounds forbid at this purpose (police, health) is left out as a whole.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.core.vraag import written_once
from samenloop.klantbeeld.schrijven import Regel, Schrijver
from samenloop.signalen.models import (
    Leefgebied,
    Melding,
    SignaalBetrokkene,
    Weging,
)

GEBIED: Mapping[str, str] = {
    Leefgebied.FINANCIEN: "schulden",
    Leefgebied.WONEN: "wonen",
    Leefgebied.OPVOEDEN: "opvoeden",
    Leefgebied.SCHOOL: "school",
    Leefgebied.VEILIGHEID: "veiligheid",
    Leefgebied.GEZONDHEID: "gezondheid",
    Leefgebied.WERK: "inkomen",
    Leefgebied.NETWERK: "netwerk",
}
# Kinds whose content falls under another category than their domain says.
SOORT: Mapping[str, str] = {
    "zorgmelding-politie": "justitie",
    "stopzetting-uitkering": "inkomen",
    "gezondheid": "gezondheid",
}
Rijen = QuerySet[Any, tuple[Any, ...]]
_AANLEIDING = 240  # characters: the page points to the signal, it does not copy it


def read(
    schrijver: Schrijver, personen: tuple[UUID, ...], gezin: UUID | None, *, nood: bool
) -> dict[str, list[Regel]]:
    """Return the lines per domain of life, and `meldingen` for the own dossier."""
    regels: dict[str, list[Regel]] = defaultdict(list)
    for gebied, regel in _signals(schrijver, personen, nood=nood):
        regels[gebied].append(regel)
    regels["meldingen"] = _meldingen(schrijver, personen, gezin, nood=nood)
    return regels


def domain_of(soort: str, leefgebied: str) -> str:
    """Return in which domain of life of the page a kind of signal stands."""
    return SOORT.get(soort) or GEBIED.get(leefgebied, "wonen")


@written_once
def _signals_about(personen: Sequence[UUID]) -> Rijen:
    return (
        SignaalBetrokkene.objects.filter(persoon__in=personen)
        .order_by("-signaal__ontvangen_op", "pk")
        .values_list(
            *("persoon_id", "signaal__soort_id", "signaal__soort__naam"),
            *("signaal__soort__leefgebied", "signaal__ontvangen_op"),
            *("signaal__organisatie__naam", "signaal__melder_relatie"),
            *("signaal__aanleiding", "signaal__vastgelegd_door"),
            "signaal__koppeling__melding__toegewezen_aan",
        )
    )


@written_once
def _meldingen_about(personen: Sequence[UUID], gezin: UUID | None) -> Rijen:
    over = Q(betrokkene__in=personen)
    if gezin is not None:
        over |= Q(gezin=gezin)
    besluit = Weging.objects.filter(melding=OuterRef("pk")).order_by("-op")
    return (
        Melding.objects.filter(over)
        .annotate(besluit=Subquery(besluit.values("besluit")[:1]))
        .order_by("-ontstaan_op", "pk")
        .values_list(
            *("betrokkene_id", "nummer", "ontstaan_op", "status", "besluit"),
            "toegewezen_aan",
        )
    )


def _signals(
    schrijver: Schrijver, personen: tuple[UUID, ...], *, nood: bool
) -> list[tuple[str, Regel]]:
    gebieden = {*GEBIED.values(), *SOORT.values()}
    if not any(
        schrijver.may_any(f"signaal.{gebied}.soort", personen) for gebied in gebieden
    ):
        return []
    actor = schrijver.inzage.actor
    rijen = _signals_about(personen)
    uit = []
    for wie, soort, naam, leef, op, organisatie, relatie, waarom, door, aan in rijen:
        gebied = domain_of(soort, leef)
        inhoud = nood or _is_mine(actor, door) or _is_mine(actor, aan)
        regel = schrijver.line(
            wie,
            {
                f"signaal.{gebied}.soort": naam,
                f"signaal.{gebied}.op": localtime(op).date(),
                f"signaal.{gebied}.melder": organisatie or relatie,
                f"signaal.{gebied}.aanleiding": waarom[:_AANLEIDING] if inhoud else "",
            },
            _("own signals"),
            op,
        )
        if regel is not None:
            uit.append((gebied, regel))
    return uit


def _meldingen(
    schrijver: Schrijver,
    personen: tuple[UUID, ...],
    gezin: UUID | None,
    *,
    nood: bool,
) -> list[Regel]:
    if not schrijver.may_any("melding.nummer", personen):
        return []
    actor = schrijver.inzage.actor
    rijen = _meldingen_about(personen, gezin)
    uit = []
    for wie, nummer, op, status, besloten, aan in rijen:
        inhoud = nood or _is_mine(actor, aan)
        regel = schrijver.line(
            wie,
            {
                "melding.nummer": nummer,
                "melding.op": localtime(op).date(),
                "melding.stand": Melding.Status(status).label,
                "melding.besluit": Weging.Besluit(besloten).label
                if besloten and inhoud
                else "",
            },
            _("own records"),
            op,
        )
        if regel is not None:
            uit.append(regel)
    return uit


def _is_mine(actor: Actor, account: int | None) -> bool:
    return account is not None and account == actor.account_id
