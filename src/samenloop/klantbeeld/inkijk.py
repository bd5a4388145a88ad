"""Opening the view: for what, weighed how, asked once per dossier and context.

Whoever opens says the purpose and why it is necessary, in proportion and not possible
in a lighter way, and names the domains of life that are needed. That holds for a while
in the same context, so nobody is asked again at each click; after it, or for another
purpose, one weighs again. Emergency access opens without a task, never longer than it
lasts itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.doelen import DOELEN, Doel, choices_for
from samenloop.access.models import Noodtoegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.klantbeeld.context import Onderwerp, account_of
from samenloop.klantbeeld.grondslagen import uitspraak
from samenloop.klantbeeld.instellingen import confirmed
from samenloop.klantbeeld.inzage import Inzage, consents
from samenloop.klantbeeld.models import Context, Inkijk
from samenloop.klantbeeld.velden import CATEGORIEEN, KERN
from samenloop.signalen.models import Weging, Wegingconcept

NOOD = "noodtoegang"
WEGEN = "melding_wegen"
# Asked for by the person concerned: about them alone, never about the family.
OVER_ZICHZELF = frozenset({"inzage_betrokkene", "bezwaar", "klacht"})
# Emergency access is to one person: nothing else opens by it.
ALLEEN_DEZE = OVER_ZICHZELF | {NOOD}
# How long one weighing holds. A melding is weighed within two weeks; a case goes on
# longer but its need is looked at again each month; a person is a matter of the day.
GELDIG = {
    Context.MELDING: timedelta(days=14),
    Context.CASUS: timedelta(days=30),
    Context.PERSOON: timedelta(hours=12),
}
# What the context adds to a purpose: a melding consists of its signals.
OOK = {Context.MELDING: ("signaal_ontvangen",)}


class OngeldigDoel(SamenloopFout):
    """A purpose that does not fit the reader or the context."""

    melding = _("This purpose cannot be chosen here. Choose one from the list.")


class Verlopen(SamenloopFout):
    """The weighing does not hold any more."""

    melding = _("Your weighing has run out. Say again for what you need to look.")


@dataclass(frozen=True, slots=True)
class Afweging:
    """What the reader answered, and which domains of life are needed."""

    doel: str
    noodzaak: str
    proportionaliteit: str
    subsidiariteit: str
    leefgebieden: frozenset[str]


def purposes_for(actor: Actor, onderwerp: Onderwerp) -> list[Doel]:
    """Return the purposes this actor can choose here: those that open anything."""
    bevestigd = confirmed(actor.gemeente)
    ook = OOK.get(onderwerp.context, ())
    kan = [
        doel
        for doel in choices_for(actor.domeinen)
        if doel.code != NOOD
        and (doel.code not in OVER_ZICHZELF or onderwerp.context is Context.PERSOON)
        and any(
            uitspraak(
                actor, doel.code, categorie, consent=True, bevestigd=bevestigd, ook=ook
            ).mag
            for categorie in CATEGORIEEN
        )
    ]
    if emergency(actor, onderwerp) is not None:
        kan.insert(0, DOELEN[NOOD])
    return kan


def opens(actor: Actor, doel: str, onderwerp: Onderwerp) -> dict[str, Diepte | None]:
    """Return how deep a purpose reaches in each domain of life, without consent."""
    inzage = Inzage(
        actor,
        doel,
        Diepte.WAT,
        frozenset(KERN),
        confirmed(actor.gemeente),
        OOK.get(onderwerp.context, ()),
    )
    return {gebied: inzage.depth(categorie) for gebied, categorie in KERN.items()}


def emergency(actor: Actor, onderwerp: Onderwerp) -> Noodtoegang | None:
    """Return the emergency access to the person this is about; of nobody else."""
    if onderwerp.context is not Context.PERSOON or onderwerp.persoon_id is None:
        return None
    nu = klok.now()
    return (
        Noodtoegang.objects.filter(
            gebruiker_id=account_of(actor),
            gemeente=actor.gemeente,
            persoon_id=onderwerp.persoon_id,
            van__lte=nu,
            tot__gt=nu,
            beeindigd_op__isnull=True,
        )
        .order_by("-tot")
        .first()
    )


def standing(actor: Actor, onderwerp: Onderwerp) -> Inkijk | None:
    """Return the opening that still holds for this actor in this context."""
    inkijk = (
        Inkijk.objects.filter(
            account=account_of(actor),
            gemeente=actor.gemeente,
            context=onderwerp.context,
            context_id=onderwerp.id,
        )
        .order_by("-op")
        .first()
    )
    return inkijk if inkijk is not None and holds(actor, inkijk) else None


def earlier_answers(actor: Actor, onderwerp: Onderwerp) -> dict[str, object]:
    """Return what this reader answered before, to start from: nothing typed twice.

    From the weighing of the melding, decided or still a draft, with its purpose; else
    from the last opening here, of which the purpose is never filled in.
    """
    if onderwerp.context is Context.MELDING:
        gewogen = weighing_of(actor, onderwerp.id)
        if gewogen:
            return gewogen
    vorige = (
        Inkijk.objects.filter(
            account=account_of(actor),
            gemeente=actor.gemeente,
            context=onderwerp.context,
            context_id=onderwerp.id,
        )
        .order_by("-op")
        .first()
    )
    if vorige is None:
        return {}
    return {
        "noodzaak": vorige.noodzaak,
        "proportionaliteit": vorige.proportionaliteit,
        "subsidiariteit": vorige.subsidiariteit,
        "leefgebieden": vorige.leefgebieden,
    }


def weighing_of(actor: Actor, melding: UUID) -> dict[str, object]:
    """Return the three reasons of this reader's weighing of a melding, if any."""
    namen = ("noodzaak", "proportionaliteit", "subsidiariteit")
    gewogen = (
        Weging.objects.filter(melding=melding, door=account_of(actor))
        .order_by("-op")
        .values(*(f"{naam}_waarom" for naam in namen))
        .first()
    ) or (
        Wegingconcept.objects.filter(melding=melding, account=account_of(actor))
        .values_list("inhoud", flat=True)
        .first()
    )
    if not isinstance(gewogen, dict):
        return {}
    redenen: dict[str, object] = {
        naam: tekst for naam in namen if (tekst := gewogen.get(f"{naam}_waarom"))
    }
    return {**redenen, "doel": WEGEN} if len(redenen) == len(namen) else redenen


def holds(actor: Actor, inkijk: Inkijk) -> bool:
    """Whether an opening still holds: its own time, and that of the emergency."""
    if inkijk.geldig_tot <= klok.now():
        return False
    return (
        inkijk.noodtoegang is None
        or Noodtoegang.objects.filter(
            pk=inkijk.noodtoegang,
            gebruiker_id=account_of(actor),
            beeindigd_op__isnull=True,
        ).exists()
    )


def open_(actor: Actor, onderwerp: Onderwerp, afweging: Afweging) -> Inkijk:
    """Record an opening.

    Raises:
        OngeldigDoel: the purpose does not fit this reader or context.
        GeenToegang: the role has no view of this at all.
    """
    if afweging.doel not in {doel.code for doel in purposes_for(actor, onderwerp)}:
        raise OngeldigDoel()
    nood = emergency(actor, onderwerp) if afweging.doel == NOOD else None
    if nood is None:
        ceiling(actor, onderwerp, afweging.doel)
    nu = klok.now()
    return Inkijk.objects.create(
        gemeente_id=actor.gemeente,
        account=account_of(actor),
        context=onderwerp.context,
        context_id=onderwerp.id,
        gezin_id=None if afweging.doel in ALLEEN_DEZE else onderwerp.gezin_id,
        persoon_id=onderwerp.persoon_id,
        doel=afweging.doel,
        noodzaak=afweging.noodzaak,
        proportionaliteit=afweging.proportionaliteit,
        subsidiariteit=afweging.subsidiariteit,
        leefgebieden=sorted(afweging.leefgebieden),
        noodtoegang=nood.pk if nood else None,
        op=nu,
        geldig_tot=_until(onderwerp.context, nu, nood),
    )


def _until(context: Context, nu: datetime, nood: Noodtoegang | None) -> datetime:
    tot = nu + GELDIG[context]
    return min(tot, nood.tot) if nood else tot


def ceiling(actor: Actor, onderwerp: Onderwerp, doel: str) -> Diepte:
    """Return the depth that the reader's own task gives here.

    Raises:
        GeenToegang: none.
    """
    if doel == NOOD:
        if emergency(actor, onderwerp) is None:
            raise GeenToegang(str(Verlopen.melding))
        return besluiten.require(actor, Handeling.NOODTOEGANG, doel=doel)
    dieptes = [
        diepte
        for betrokkenheid in onderwerp.betrokken | {Betrokkenheid.GEMEENTE}
        if (
            diepte := besluiten.depth(
                actor, Handeling.KLANTBEELD_OPENEN, betrokkenheid, doel
            )
        )
    ]
    if not dieptes:
        raise GeenToegang(besluiten.reason(actor, (Handeling.KLANTBEELD_OPENEN,)))
    return max(dieptes, key=lambda diepte: diepte.rang)


def inzage(actor: Actor, inkijk: Inkijk, onderwerp: Onderwerp) -> Inzage:
    """Return what this opening lets its reader see now.

    Raises:
        GeenToegang: the reader has no task or role (any more).
    """
    personen: list[UUID] = list(onderwerp.personen)
    return Inzage(
        actor=actor,
        doel=inkijk.doel,
        plafond=ceiling(actor, onderwerp, inkijk.doel),
        leefgebieden=frozenset(inkijk.leefgebieden),
        bevestigd=confirmed(actor.gemeente),
        ook=OOK.get(Context(inkijk.context), ()),
        toestemming=consents(personen, inkijk.doel, klok.today()),
    )
