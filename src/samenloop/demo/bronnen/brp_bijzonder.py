"""Made-up people for what the demo region does not have: the rare cases of the BRP.

Their BSNs are the highest of the reserved range, which the region itself leaves free.
Ages follow the calendar, so a child stays a child.
"""

from collections.abc import Callable
from datetime import date
from functools import cache

from samenloop.demo.bevolking import gereserveerde_bsns
from samenloop.demo.bronnen.brp_document import (
    ONBEKEND,
    Mens,
    Woonplek,
    gezag,
    holder,
    known_third,
    parts,
)

_AANTAL = 24
_GEMEENTE = ("1663", "De Marne")


@cache
def _numbers() -> tuple[str, ...]:
    """The highest numbers; finding them takes a walk through the whole range."""
    return tuple(gereserveerde_bsns())[-_AANTAL:]


def _woont(nummer: int) -> Woonplek:
    return Woonplek(
        straat="Wierdeweg",
        huisnummer=nummer,
        postcode="9967PX",
        plaats="Eenrum",
        object_id=f"166301{nummer:010d}",
    )


def special_people(dag: date) -> dict[str, Mens]:
    """The rare cases by a short name, as they stand on a day."""
    nummers = iter(_numbers())
    mensen: dict[str, Mens] = {}

    def nieuw(
        wie: str, voornamen: str, naam: str, jaren: int, **velden: object
    ) -> Mens:
        geboren = parts(date(dag.year - jaren, 3, 14))
        velden.setdefault("geboren", geboren)
        velden.setdefault("gemeente", _GEMEENTE)
        velden.setdefault("sinds", (2012, 5, 1))
        velden.setdefault("woont", _woont(len(mensen) + 1))
        voorvoegsel = str(velden.pop("voorvoegsel", ""))
        mensen[wie] = Mens(
            next(nummers),
            voornamen,
            voorvoegsel,
            naam,
            **velden,  # type: ignore[arg-type]
        )
        return mensen[wie]

    _singles(nieuw, dag)
    _families(nieuw, dag)
    return mensen


_Maker = Callable[..., Mens]


def _singles(nieuw: _Maker, dag: date) -> None:
    nieuw("gewoon", "Jantje", "Weg", 41, voorvoegsel="van der", geslacht="V")
    nieuw("jaar_maand", "Femke", "Bijma", 0, geboren=(1979, 6, None), geslacht="V")
    nieuw("jaar", "Samir", "Haddad", 0, geboren=(1984, None, None), geslacht="M")
    nieuw("onbekend", "Amina", "Osman", 0, geboren=ONBEKEND, geslacht="V")
    nieuw("geheim", "Tjitske", "Veldman", 33, geslacht="V", geheim=7)
    nieuw(
        "overleden", "Harm", "Wiersema", 88, geslacht="M", opschorting="O",
        opgeschort_op=(2025, 11, 2), overleden_op=(2025, 11, 2),
    )  # fmt: skip
    nieuw("fout", "Foutje", "Foutsma", 50, opschorting="F", opgeschort_op=(2020, 1, 1))
    nieuw("gewist", "Wissel", "Wisma", 50, opschorting="W", opgeschort_op=(2020, 1, 1))
    nieuw(
        "buitenland", "Klaas", "Meijering", 52, geslacht="M", opschorting="E",
        opgeschort_op=(2021, 8, 1), gemeente=("1999", "RNI"), sinds=(2021, 8, None),
        woont=Woonplek(
            buitenland=("12 Church Lane", "NR1 1AA Norwich", "Norfolk"),
            land=("6039", "Grootbritannië"),
        ),
    )  # fmt: skip
    nieuw("zonder_adres", "Roelof", "Zwerver", 45, geslacht="M", woont=None,
          sinds=ONBEKEND)  # fmt: skip
    boot = Woonplek(locatie="woonboot naast de sluis", plaats="Zoutkamp")
    nieuw("locatie", "Anna", "Schipper", 60, geslacht="V", woont=boot)
    nieuw(
        "in_onderzoek", "Pieter", "Twijfel", 38, geslacht="M", niet_op_adres=True,
        onderzoek={
            "verblijfplaats": {
                "datumVan": True,
                "adresseerbaarObjectIdentificatie": True,
                "datumIngangOnderzoek": {
                    "type": "Datum", "datum": f"{dag.year - 1}-09-01",
                    "langFormaat": f"1 september {dag.year - 1}",
                },
            }
        },
    )  # fmt: skip
    nieuw("adel", "Diederik", "Ewsum", 58, voorvoegsel="van", geslacht="M",
          titel=("JH", "jonkheer", "predicaat"))  # fmt: skip


def _families(nieuw: _Maker, dag: date) -> None:
    thuis = {"woont": _woont(90), "sinds": (2015, 2, 1)}
    moeder = nieuw("moeder", "Rixt", "Dijkstra", 39, geslacht="V", **thuis)
    vader = nieuw("vader", "Menno", "Dijkstra", 42, geslacht="M", **thuis)
    moeder.partners = [(vader, date(2014, 6, 6), None)]
    vader.partners = [(moeder, date(2014, 6, 6), None)]

    def kind(wie: str, naam: str, jaren: int, *ouders: Mens | None) -> Mens:
        made = nieuw(wie, naam, "Dijkstra", jaren, geslacht="O", **thuis)
        made.ouders = list(ouders)
        for ouder in ouders:
            if ouder is not None:
                ouder.kinderen.append(made)
        return made

    samen = kind("kind_samen", "Wytze", 10, moeder, vader)
    alleen = kind("kind_alleen", "Jelte", 8, moeder, None)
    derde = kind("kind_met_derde", "Hidde", 6, moeder)
    onbekend = kind("kind_met_onbekende", "Sanne", 5, moeder)
    voogdij = kind("kind_voogdij", "Nynke", 13, moeder)
    voogd = kind("kind_voogd", "Sjoerd", 12, moeder)
    tijdelijk = kind("kind_tijdelijk", "Marrit", 2, moeder)
    nietbekend = kind("kind_niet_te_bepalen", "Douwe", 15, vader)
    zonder = kind("kind_ouder_zonder_bsn", "Eelkje", 4, moeder)
    vreemd = Mens("000000000", "Luca", "", "Bianchi", ONBEKEND, "M")

    relaties = {
        samen: gezag("GezamenlijkOuderlijkGezag", samen, dag,
                     ouders=[holder(moeder), holder(vader)]),
        alleen: gezag("EenhoofdigOuderlijkGezag", alleen, dag, ouder=holder(moeder)),
        derde: gezag("GezamenlijkGezag", derde, dag, ouder=holder(moeder),
                     derde=known_third(vader)),
        onbekend: gezag("GezamenlijkGezag", onbekend, dag, ouder=holder(moeder),
                        derde={"type": "OnbekendeDerde"}),
        voogdij: gezag("Voogdij", voogdij, dag, derden=[]),
        voogd: gezag("Voogdij", voogd, dag, derden=[known_third(vader)]),
        tijdelijk: gezag("TijdelijkGeenGezag", tijdelijk, dag,
                         toelichting="Ouder is minderjarig."),
        nietbekend: gezag("GezagNietTeBepalen", nietbekend, dag,
                          toelichting="Geboren in het buitenland."),
        zonder: gezag("GezamenlijkOuderlijkGezag", zonder, dag,
                      ouders=[holder(moeder), holder(vreemd, met_bsn=False)]),
    }  # fmt: skip
    for wie, relatie in relaties.items():
        wie.gezag = [relatie]
        for houder in (moeder, vader):
            if houder.bsn in str(relatie):
                houder.gezag.append(relatie)
