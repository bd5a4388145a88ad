"""Before when a municipality weighs: looking at it, trying other terms, recording them.

Terms for weighing are an agreement of the municipality itself (no law has them), so who
makes its policy changes them here. Before that one sees what they would have meant for
the meldingen of the last months: how many would have been late, and which loose signals
would close tonight. Counts only; nobody needs to open a dossier for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.signalen import werkdagen
from samenloop.signalen.models import Melding, Signaal, Weegtermijn

TERUGKIJK = 90  # days
# The bounds of the table (`signalen_weegtermijn_kort`), for the form.
GRENZEN = {"veiligheid_uren": (1, 120), "werkdagen": (1, 60), "los_dagen": (7, 365)}


@dataclass(frozen=True, slots=True)
class Gevolg:
    """What terms mean for one kind of melding: how many, and how many are late."""

    soort: str | Promise
    aantal: int
    te_laat_nu: int
    te_laat_dan: int


@dataclass(frozen=True, slots=True)
class Vooruitblik:
    """What changes with other terms. `los` counts signals that would close tonight."""

    sinds: datetime
    gevolgen: tuple[Gevolg, ...]
    los_nu: int
    los_dan: int


def before(termijn: Weegtermijn, ontstaan: datetime, *, veiligheid: bool) -> datetime:
    """Return before when a melding must be weighed under these terms."""
    if veiligheid:
        return ontstaan + timedelta(hours=termijn.veiligheid_uren)
    return werkdagen.after(ontstaan, termijn.werkdagen)


def untouched(gemeente: str, termijn: Weegtermijn, nu: datetime) -> QuerySet[Signaal]:
    """Return the loose signals that nobody took up in time; never one about safety."""
    return Signaal.objects.filter(
        gemeente=gemeente,
        status=Signaal.Status.GEWOGEN,
        koppeling=None,
        veiligheidsrisico=False,
        ontvangen_op__lt=nu - timedelta(days=termijn.los_dagen),
    )


def try_out(gemeente: str, dan: Weegtermijn) -> Vooruitblik:
    """Say what terms would have meant, next to those that count now."""
    termijn, nu = Weegtermijn.of(gemeente), klok.now()
    sinds = nu - timedelta(days=TERUGKIJK)
    rijen = list(
        Melding.objects.filter(gemeente=gemeente, ontstaan_op__gte=sinds).values_list(
            "veiligheid", "ontstaan_op", "besloten_op"
        )
    )
    return Vooruitblik(
        sinds=sinds,
        gevolgen=tuple(
            Gevolg(
                soort,
                sum(each[0] == veilig for each in rijen),
                _late(termijn, rijen, nu, veiligheid=veilig),
                _late(dan, rijen, nu, veiligheid=veilig),
            )
            for veilig, soort in (
                (True, _("Meldingen about safety")),
                (False, _("Other meldingen")),
            )
        ),
        los_nu=untouched(gemeente, termijn, nu).count(),
        los_dan=untouched(gemeente, dan, nu).count(),
    )


def record(actor: Actor, dan: Weegtermijn) -> Weegtermijn:
    """Let other terms count from now, for meldingen that come about from now.

    Raises:
        GeenToegang: the role does not set terms.
    """
    besluiten.require(actor, Handeling.TERMIJN_INSTELLEN)
    dan.gemeente = actor.gemeente
    dan.vastgelegd_door, dan.vastgelegd_op = actor.account_id, klok.now()
    with transaction.atomic():
        dan.save(force_insert=True)
        logboek.record(
            actor,
            Handeling.TERMIJN_INSTELLEN,
            onderwerp=f"weegtermijn:{dan.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
            activiteit="signalen-wegen",
        )
    return dan


def _late(
    termijn: Weegtermijn,
    rijen: Iterable[tuple[bool, datetime, datetime | None]],
    nu: datetime,
    *,
    veiligheid: bool,
) -> int:
    return sum(
        (besloten or nu) > before(termijn, ontstaan, veiligheid=veiligheid)
        for veilig, ontstaan, besloten in rijen
        if veilig == veiligheid
    )
