"""Recording contracts, prices, ceilings, waiting times and remarks on quality.

Only who manages contracts does this, and never the one who decides on clients. A new
price ends the one before on the day before; what held stays on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.voorzieningen.inkoop import codekeuring
from samenloop.voorzieningen.inkoop.codes import NIET_PER_DAG, Frequentie, Variant
from samenloop.voorzieningen.inkoop.fouten import OngeldigContract, PrijsBestaat
from samenloop.voorzieningen.inkoop.models import (
    Contract,
    Contractproduct,
    Kwaliteit,
    Plafond,
    Wachttijd,
)
from samenloop.voorzieningen.models import Aanbieder, Product


@dataclass(frozen=True, slots=True)
class Afspraak:
    """A contract as it is entered; `gemeenten` are CBS codes."""

    nummer: str
    naam: str
    aanbieder: Aanbieder
    wet: str
    soort: str
    ingang: date
    eind: date | None = None
    gemeenten: Sequence[str] = ()
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Prijs:
    """A product with its price, in eurocents per `tarief_eenheid`."""

    product: Product
    naam: str
    categorie: str
    ingang: date
    code: str = ""
    variant: str = Variant.SPECIFIEK.value
    eenheid: str = ""
    tarief: int | None = None
    tarief_eenheid: str = ""
    max_volume: int | None = None
    max_frequentie: str = ""
    eind: date | None = None


@transaction.atomic
def make(afspraak: Afspraak, *, door: Actor) -> Contract:
    """Record a contract, for the own municipality unless others are named with it.

    Raises:
        GeenToegang: not theirs to manage.
        OngeldigContract: it ends before it begins, or the number is taken.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    if afspraak.eind is not None and afspraak.eind < afspraak.ingang:
        raise OngeldigContract(_("The last day lies before the first."))
    try:
        with transaction.atomic():
            contract = Contract.objects.create(
                nummer=afspraak.nummer,
                naam=afspraak.naam,
                aanbieder=afspraak.aanbieder,
                wet=afspraak.wet,
                soort=afspraak.soort,
                ingang=afspraak.ingang,
                eind=afspraak.eind,
                gemeenten=sorted({*afspraak.gemeenten, door.gemeente}),
                toelichting=afspraak.toelichting,
                vastgelegd_door=door.account_id,
            )
    except IntegrityError:
        raise OngeldigContract(
            _("This provider already has a contract with that number.")
        ) from None
    _log(door, contract)
    return contract


@transaction.atomic
def end(contract: Contract, op: date, *, door: Actor) -> Contract:
    """Let a contract end on a day; it can still be made later.

    Raises:
        OngeldigContract: the day lies before its first.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    if op < contract.ingang:
        raise OngeldigContract(_("The last day lies before the first."))
    contract.eind = op
    contract.save(update_fields=["eind"])
    _log(door, contract)
    return contract


@transaction.atomic
def price(contract: Contract, prijs: Prijs, *, door: Actor) -> Contractproduct:
    """Agree on a product and its price; one that runs ends the day before.

    Raises:
        OngeldigContract: code, unit or price cannot be.
        PrijsBestaat: there is a price from that day or later.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    if fout := problem(contract, prijs):
        raise OngeldigContract(fout)
    nieuw = new_price(contract, prijs)
    _log(door, contract)
    return nieuw


def problem(contract: Contract, prijs: Prijs) -> str:
    """Return what is wrong with a price within its contract; empty when nothing is."""
    if prijs.variant != Variant.GENERIEK and (
        fout := codekeuring.problem(contract.wet, prijs.categorie, prijs.code)
    ):
        return fout
    if prijs.product.wet != contract.wet:
        return _("This kind of provision belongs to another law.")
    if prijs.variant == Variant.SPECIFIEK and not (prijs.code and prijs.eenheid):
        return _("A product with a volume needs a code and a unit.")
    if (prijs.tarief is None) == bool(prijs.tarief_eenheid):
        return _("A price needs a unit, and a unit a price.")
    if prijs.max_frequentie == Frequentie.DAG and prijs.eenheid in NIET_PER_DAG:
        return _("This unit is never granted per day.")
    if (prijs.max_volume is None) == bool(prijs.max_frequentie):
        return _("A maximum is a number per day, week or month, or in total.")
    if prijs.eind is not None and prijs.eind < prijs.ingang:
        return _("The last day lies before the first.")
    buiten = prijs.ingang < contract.ingang or (
        contract.eind is not None and prijs.ingang > contract.eind
    )
    return _("The price begins outside the contract.") if buiten else ""


def new_price(contract: Contract, prijs: Prijs) -> Contractproduct:
    """Write a price that was checked; in the transaction of the caller.

    Raises:
        PrijsBestaat: there is a price from that day or later.
    """
    lopend = contract.producten.filter(
        Q(eind__isnull=True) | Q(eind__gte=prijs.ingang),
        categorie=prijs.categorie,
        code=prijs.code,
    )
    for oud in lopend:
        if oud.ingang >= prijs.ingang:
            raise PrijsBestaat()
        oud.eind = prijs.ingang - timedelta(days=1)
        oud.save(update_fields=["eind"])
    return Contractproduct.objects.create(
        contract=contract,
        **{naam: getattr(prijs, naam) for naam in Prijs.__dataclass_fields__},
    )


@transaction.atomic
def cap(
    contract: Contract,
    *,
    jaar: int,
    bedrag: int,
    categorie: str = "",
    code: str = "",
    reden: str = "",
    door: Actor,
) -> Plafond:
    """Agree on the most that may be spent in a year, in eurocents; a next version.

    Raises:
        OngeldigContract: the code does not fit.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    if categorie and (fout := codekeuring.problem(contract.wet, categorie, code)):
        raise OngeldigContract(fout)
    if bedrag < 0 or (code and not categorie):
        raise OngeldigContract(_("Give an amount, and a category with a code."))
    vorige = Plafond.objects.filter(
        contract=contract, jaar=jaar, categorie=categorie, code=code
    ).aggregate(hoogste=Max("versie"))["hoogste"]
    plafond = Plafond.objects.create(
        contract=contract,
        jaar=jaar,
        bedrag=bedrag,
        categorie=categorie,
        code=code,
        versie=(vorige or 0) + 1,
        reden=reden,
        vastgelegd_door=door.account_id,
    )
    _log(door, contract)
    return plafond


@transaction.atomic
def waiting(
    contract: Contract,
    product: Product,
    *,
    dagen: int,
    bron: str,
    door: Actor,
    peildatum: date | None = None,
    opnamestop: bool = False,
) -> Wachttijd:
    """Record how long one waits, as said on a day, and who said it.

    Raises:
        OngeldigContract: the day lies in the future, or nothing says who said it.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    op = peildatum or klok.today()
    if op > klok.today() or not bron.strip():
        raise OngeldigContract(_("Say who stated it, and on what day up to today."))
    wachttijd = Wachttijd.objects.create(
        aanbieder=contract.aanbieder,
        product=product,
        gemeenten=contract.gemeenten,
        dagen=dagen,
        peildatum=op,
        bron=bron,
        opnamestop=opnamestop,
        vastgelegd_door=door.account_id,
    )
    _log(door, contract)
    return wachttijd


@transaction.atomic
def remark(
    contract: Contract,
    *,
    soort: str,
    tekst: str,
    bron: str,
    datum: date,
    geldig_tot: date | None = None,
    door: Actor,
) -> Kwaliteit:
    """Record something worth knowing about the provider; never about a client.

    Raises:
        OngeldigContract: it says nothing, or not from whom.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    if not tekst.strip() or not bron.strip() or (geldig_tot and geldig_tot < datum):
        raise OngeldigContract(_("Write what is worth knowing, and who says so."))
    kwaliteit = Kwaliteit.objects.create(
        aanbieder=contract.aanbieder,
        gemeenten=contract.gemeenten,
        soort=soort,
        datum=datum,
        geldig_tot=geldig_tot,
        tekst=tekst,
        bron=bron,
        vastgelegd_door=door.account_id,
    )
    _log(door, contract)
    return kwaliteit


def _log(door: Actor, contract: Contract) -> None:
    logboek.record(
        door,
        Handeling.CONTRACT_BEHEREN,
        onderwerp=f"contract:{contract.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
