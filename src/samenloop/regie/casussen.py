"""Cases: opening one, whose it is, and who may see it how deep.

A case hangs on a dossier; who takes part in that dossier decides who sees what is in it
(`plannen.toegang`). Without taking part one sees at most that there is a case: its
number, how far it is and who directs.
"""

from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import gebeurtenissen, klok, lezing
from samenloop.personen.models import Adres
from samenloop.plannen import toegang
from samenloop.plannen.models import Dossier
from samenloop.regie import regisseurs
from samenloop.regie.models import (
    Casus,
    Casusmelding,
    Casusperiode,
    Regie,
    Stap,
    Stapstand,
)
from samenloop.regie.soort import ENKELVOUDIG as ENKELVOUDIG
from samenloop.regie.soort import MEERVOUDIG as MEERVOUDIG
from samenloop.signalen import nummers
from samenloop.signalen.models import Melding

GEOPEND = "casus-geopend"
LETTER = "C"
_NIETS = Q(pk__in=[])


@transaction.atomic
def open_casus(
    *,
    gemeente: str,
    betrokkene: UUID,
    gezin: UUID | None,
    soort: str,
    melding: UUID | None = None,
    team: UUID | None = None,
    regisseur: int | None,
    door: Actor,
    grond: str = "",
) -> Casus:
    """Open a case with its dossier; the caller has checked that one may.

    Args:
        gemeente: CBS code.
        betrokkene: whom it is about.
        gezin: for which gezin, if there is one.
        soort: `meervoudig` or `enkelvoudig`.
        melding: what it came from.
        team: whose work it is.
        regisseur: account that directs; None leaves it as work that nobody has.
        door: who opens it.
        grond: why the director may see the dossier, in words.

    Raises:
        ValueError: another kind.
    """
    if soort not in (MEERVOUDIG, ENKELVOUDIG):
        raise ValueError("a case is meervoudig or enkelvoudig")
    vandaag = klok.today()
    adres = Adres.objects.current().in_force(vandaag).filter(persoon=betrokkene).first()
    dossier = Dossier.objects.create(
        gemeente_id=gemeente,
        betrokkene_id=betrokkene,
        gezin_id=gezin,
        geopend_op=vandaag,
    )
    casus = Casus.objects.create(
        nummer=f"{gemeente}-{nummers.next_number(LETTER, gemeente)}",
        gemeente_id=gemeente,
        betrokkene_id=betrokkene,
        huishouden_id=adres.huishouden_id if adres else None,
        dossier=dossier,
        team_id=team,
        wacht_op_regisseur=regisseur is None,
    )
    Casusperiode.objects.create(
        casus=casus, type=soort, geldig=DateRange(vandaag, None)
    )
    _first_steps(casus, melding, door)
    if regisseur is not None:
        regisseurs.begin(
            casus, regisseurs.Wie(account=regisseur), door=door, grond=grond
        )
    logboek.record(
        door,
        Handeling.CASUS_VOEREN,
        personen=toegang.persons(dossier),
        onderwerp=f"casus:{casus.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
    gebeurtenissen.record(GEOPEND, onderwerp=casus.pk, gemeente=gemeente)
    return casus


def _first_steps(casus: Casus, melding: UUID | None, door: Actor) -> None:
    """Say that the signal came in, when it did, and that assessing it has begun."""
    nu = klok.now()
    gemeld = nu
    if melding is not None:
        Casusmelding.objects.create(casus=casus, melding_id=melding)
        gemeld = Melding.objects.values_list("ontstaan_op", flat=True).get(pk=melding)
    Stapstand.objects.bulk_create(
        Stapstand(casus=casus, stap=stap, staat=staat, op=op, door=door.account_id)
        for stap, staat, op in (
            (Stap.SIGNAAL, Stapstand.Staat.KLAAR, min(gemeld, nu)),
            (Stap.BEOORDELEN, Stapstand.Staat.BEZIG, nu),
        )
    )


def add_melding(casus: Casus, melding: UUID, *, door: Actor) -> None:
    """Let a later melding come to a case that runs, and take up assessing again."""
    Casusmelding.objects.create(casus=casus, melding_id=melding)
    Stapstand.objects.create(
        casus=casus,
        stap=Stap.BEOORDELEN,
        staat=Stapstand.Staat.BEZIG,
        reden="Er kwam een nieuwe melding bij",
        op=klok.now(),
        door=door.account_id,
    )


def current_director(casus: Casus) -> Regie | None:
    """Return who directs a case now; None is work that nobody has."""
    return regisseurs.directing(klok.now()).filter(casus=casus).first()


def visible_to(actor: Actor, diepte: Diepte = Diepte.DAT) -> QuerySet[Casus]:
    """Return the cases this actor may see at least so deep, in their municipality."""
    mag = besluiten.involvements(actor, Handeling.CASUS_ZIEN, diepte)
    if Betrokkenheid.GEMEENTE in mag:
        filter_ = Q()
    elif mag:
        open_ = toegang.dossiers(actor, Handeling.CASUS_ZIEN, diepte)
        filter_ = Q(dossier__in=open_.values("pk"))
    else:
        filter_ = _NIETS
    return Casus.objects.filter(filter_, gemeente=actor.gemeente)


def depth(actor: Actor, casus: Casus) -> Diepte | None:
    """Return how deep this actor may look into one case; None is not at all."""
    if casus.dossier is None:
        return besluiten.depth(actor, Handeling.CASUS_ZIEN)
    return toegang.depth(actor, casus.dossier, Handeling.CASUS_ZIEN)


@lezing.once
def meldingen_of(casus: Casus) -> list[Casusmelding]:
    """Return the meldingen that led to a case or came to it, as they came."""
    return list(casus.casusmeldingen.select_related("melding"))


def casus_of(dossier: Dossier | UUID) -> Casus | None:
    """Return the case of a dossier."""
    return Casus.objects.filter(dossier=dossier).select_related("dossier").first()


def open_of(*, gemeente: str, betrokkene: UUID, gezin: UUID | None) -> Casus | None:
    """Return the case that runs for this gezin, or person when there is no gezin."""
    over = Q(dossier__betrokkene=betrokkene)
    if gezin is not None:
        over |= Q(dossier__gezin=gezin)
    return (
        Casus.objects.filter(over, gemeente=gemeente, dossier__gesloten_op__isnull=True)
        .select_related("dossier")
        .order_by("dossier__geopend_op", "pk")
        .first()
    )


def leads(actor: Actor, casus: Casus) -> bool:
    """Whether this actor directs the case now, or stands in for who does."""
    return besluiten.may(actor, Handeling.CASUS_VOEREN) and toegang.leads_in(
        actor, casus.dossier_id
    )


def require_lead(actor: Actor, casus: Casus) -> None:
    """Refuse who does not direct this case.

    Raises:
        GeenToegang: with a sentence that says who can.
    """
    if not leads(actor, casus):
        raise GeenToegang(_("Only who directs this case can do this."))
