"""What the demo region buys: contracts, products, prices, waiting times and routes.

Codes have the form of the national lists and prices are plausible; all of it is made up
and says nothing about the real region or its providers.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from samenloop.access.actor import Actor
from samenloop.core import gemeentegrens, klok
from samenloop.core.kalender import add_months
from samenloop.demo.productenboek import AANBIEDERS, AANBIEDERS_PER_SOORT, PER_CODE
from samenloop.demo.publicatie import gebied
from samenloop.voorzieningen.inkoop import contracteren
from samenloop.voorzieningen.inkoop.codes import Variant
from samenloop.voorzieningen.inkoop.contracteren import Afspraak, Prijs
from samenloop.voorzieningen.inkoop.models import Contract, Wachttijd
from samenloop.voorzieningen.models import Aanbieder, Product
from samenloop.voorzieningen.toewijzen import routes


@dataclass(frozen=True, slots=True)
class Waar:
    """How a kind is bought and granted; `tarief` in eurocents per unit.

    `volumes` are what decisions grant, per `frequentie`.
    """

    categorie: str
    code: str
    naam: str
    eenheid: str
    frequentie: str
    tarief: int | None
    volumes: tuple[int, ...] = ()

    @property
    def variant(self) -> str:
        """With a code it is a product, without one a category."""
        return (Variant.SPECIFIEK if self.code else Variant.ASPECIFIEK).value


UUR, ETMAAL, DAGDEEL, STUKS, INSPANNING = "04", "14", "16", "82", "84"
WEEK, MAAND, TOTAAL = "2", "4", "6"
WAREN: dict[str, Waar] = {
    "ambulant-ggz": Waar(
        "54", "54A01", "Jeugd-ggz ambulant", UUR, MAAND, 11_850, (4, 6, 8)
    ),
    "ambulant-jh": Waar(
        "45", "45A04", "Ambulante jeugdhulp", UUR, WEEK, 8_640, (2, 3, 4)
    ),
    "dagbesteding": Waar(
        "41", "41A03", "Dagbehandeling jeugd", DAGDEEL, WEEK, 9_925, (2, 4, 6)
    ),
    "verzorging": Waar(
        "40", "40A05", "Persoonlijke verzorging jeugd", UUR, WEEK, 5_610, (3, 5)
    ),
    "verblijf-jh-ggz": Waar(
        "43", "43A10", "Verblijf met behandeling", ETMAAL, WEEK, 27_430, (5, 7)
    ),
    "vervoer-jeugd": Waar(
        "42", "42A03", "Vervoer naar dagbehandeling", INSPANNING, WEEK, 1_975, (4, 8)
    ),
    "dyslexie": Waar(
        "54", "54D02", "Behandeling van dyslexie", UUR, TOTAAL, 10_190, (48, 60)
    ),
    "cluster": Waar("50", "", "Integraal traject", "", "", None),
    "jb-jr": Waar(
        "48", "48A02", "Ondertoezichtstelling", INSPANNING, MAAND, 83_500, (1,)
    ),
    "crisis": Waar("46", "46A07", "Crisisopvang", ETMAAL, TOTAAL, 35_800, (14, 28)),
    "verblijf-lvg": Waar(
        "44", "44A09", "Verblijf zonder behandeling", ETMAAL, WEEK, 19_860, (7,)
    ),
    "overig-jeugd": Waar("45", "45A48", "Jeugdhulp overig", UUR, MAAND, 7_720, (6, 10)),
    "begeleiding-groep": Waar(
        "07", "07A03", "Dagbesteding", DAGDEEL, WEEK, 4_380, (2, 4, 6)
    ),
    "begeleiding-individueel": Waar(
        "02", "02A03", "Begeleiding individueel", UUR, WEEK, 6_620, (2, 3, 4)
    ),
    "begeleiding-overig": Waar(
        "02", "02A17", "Begeleiding gespecialiseerd", UUR, WEEK, 8_310, (2, 3)
    ),
    "huishoudelijke-hulp": Waar(
        "01", "01A03", "Hulp bij het huishouden", UUR, WEEK, 3_450, (2, 3, 4)
    ),
    "overige-wmo": Waar("14", "14B11", "Hulpmiddel", STUKS, TOTAAL, 42_000, (1,)),
    "rolstoel": Waar("11", "11B02", "Rolstoel", STUKS, TOTAAL, 118_000, (1,)),
    "vervoer": Waar("08", "08A03", "Vervoer", INSPANNING, WEEK, 1_450, (2, 4)),
    "woon": Waar(
        "13", "13B04", "Aanpassing van de woning", STUKS, TOTAAL, 265_000, (1,)
    ),
}
_NAMEN = {"jeugdwet": "Jeugdhulp", "wmo": "Wmo"}
_BRON = "eigen opgave van de aanbieder"
_PER_CONTRACT = {"jeugdwet": 48_000_000, "wmo": 32_000_000}


def contract_all(door: Actor) -> int:
    """Contract all providers of the region, on and from the first day of last year.

    Returns how many contracts there are; none is made twice.
    """
    with gemeentegrens.everywhere("demo"):
        if Contract.objects.exists():
            return 0
        vandaag = klok.today()
        begin = date(vandaag.year - 1, 1, 1)
        with klok.simulated(datetime.combine(begin, time(9), klok.AMSTERDAM)):
            gemaakt = [
                _contract(wet, agb, begin, door)
                for wet, groep in AANBIEDERS.items()
                for agb, _naam in groep
            ]
            _routes(begin, door)
        _waiting(gemaakt, vandaag, door)
        return len(gemaakt)


def _contract(wet: str, agb: str, begin: date, door: Actor) -> Contract:
    aanbieder = Aanbieder.objects.get(agb=agb)
    nummer = f"{begin.year}-{agb[-3:]}"
    open_house = int(agb[-1]) % 3 == 0
    contract = contracteren.make(
        Afspraak(
            nummer=nummer,
            naam=f"{_NAMEN[wet]} {begin.year} en verder",
            aanbieder=aanbieder,
            wet=wet,
            soort="open_house" if open_house else "raamcontract",
            ingang=begin,
            eind=date(begin.year + 3, 12, 31),
            gemeenten=gebied().codes,
        ),
        door=door,
    )
    # Each year a little more: the second price ends the first.
    for jaar, factor in ((begin.year, 100), (begin.year + 1, 104)):
        for soort in _kinds(agb, wet):
            _price(contract, soort, date(jaar, 1, 1), factor, door)
        contracteren.cap(
            contract,
            jaar=jaar,
            bedrag=_PER_CONTRACT[wet] * factor // 100,
            reden="Verzonnen voor de demonstratie",
            door=door,
        )
    if open_house:
        contracteren.remark(
            contract,
            soort="gesprek",
            tekst="Kan snel beginnen op werkdagen; in het weekend niet.",
            bron="contractgesprek",
            datum=begin,
            door=door,
        )
    return contract


def _price(
    contract: Contract, soort: str, ingang: date, factor: int, door: Actor
) -> None:
    waar = WAREN[soort]
    contracteren.price(
        contract,
        Prijs(
            product=Product.objects.get(wet=contract.wet, code=soort),
            naam=waar.naam,
            categorie=waar.categorie,
            code=waar.code,
            variant=waar.variant,
            eenheid=waar.eenheid,
            tarief=waar.tarief * factor // 100 if waar.tarief else None,
            tarief_eenheid=waar.eenheid if waar.tarief else "",
            ingang=ingang,
        ),
        door=door,
    )


def _kinds(agb: str, wet: str) -> list[str]:
    return [
        soort
        for soort, wie in AANBIEDERS_PER_SOORT.items()
        if agb in wie and PER_CODE[soort].wet == wet
    ]


def _waiting(contracten: list[Contract], vandaag: date, door: Actor) -> None:
    """Each provider says four times in the year how long one waits."""
    rng = Random("wachttijden")  # noqa: S311 (no secret)
    producten = {each.code: each for each in Product.objects.all()}
    rijen = []
    for contract in contracten:
        for soort in _kinds(contract.aanbieder.agb, contract.wet):
            dagen = rng.choice((7, 14, 28, 56, 90))
            for maanden in (11, 8, 5, 1):
                dagen = max(3, dagen + rng.randint(-10, 14))
                rijen.append(
                    Wachttijd(
                        aanbieder=contract.aanbieder,
                        product=producten[soort],
                        gemeenten=contract.gemeenten,
                        dagen=dagen,
                        peildatum=add_months(vandaag, -maanden) - timedelta(days=3),
                        bron=_BRON,
                        opnamestop=maanden == 1 and dagen > 85,
                        vastgelegd_door=door.account_id,
                    )
                )
    Wachttijd.objects.bulk_create(rijen)


def _routes(begin: date, door: Actor) -> None:
    for volgorde, verwijzer, categorie, hoogste, uitkomst, reden in (
        (10, "02", "45", 250_000, "door", "Lichte hulp via de huisarts gaat door"),
        (20, "02", "54", 400_000, "door", "Basis-ggz via de huisarts gaat door"),
        (30, "08", "", None, "door", "Een opdracht van de rechter wordt uitgevoerd"),
        (40, "", "43", None, "toetsen", "Verblijf wordt altijd eerst besproken"),
    ):
        routes.add(
            routes.Invoer(
                wet="jeugdwet",
                volgorde=volgorde,
                verwijzer_type=verwijzer,
                categorie=categorie,
                max_bedrag=hoogste,
                uitkomst=uitkomst,
                reden=reden,
                ingang=begin,
            ),
            door=door,
        )
