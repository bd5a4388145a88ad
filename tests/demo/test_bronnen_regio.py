"""What the sources say of people of the region agrees with the records."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.demo.bronnen import server
from samenloop.demo.bronnen.aanroep import Respons, Verzoek
from samenloop.demo.bronnen.bron import GERECHTIGD, Bron, of_region
from samenloop.demo.bronnen.brp import PAD, Brp
from samenloop.demo.bronnen.brp_bijzonder import special_people
from samenloop.demo.bronnen.brp_register import Regio
from samenloop.demo.bronnen.feiten_van_bronnen import BRONNEN
from samenloop.demo.bronnen.server import SLEUTEL
from samenloop.demo.regio import _RESERVE
from samenloop.klantbeeld.bronnen import all_sources
from samenloop.personen.models import (
    Gezin,
    Gezinslid,
    GezinsRol,
    Huishouden,
    Persoon,
)
from samenloop.voorzieningen.models import Aanbieder, Product, Uitkering, Voorziening
from tests.demo.oas import faults
from tests.personen.maken import (
    custody,
    days,
    known,
    lives,
    municipality,
    reserved_bsns,
)

pytestmark = pytest.mark.django_db
DAG = date(2026, 3, 10)
BSNS = reserved_bsns(3)
ALLES = [
    "burgerservicenummer", "naam", "geboorte.datum", "geslacht", "leeftijd",
    "gemeenteVanInschrijving", "datumInschrijvingInGemeente", "overlijden.datum",
    "verblijfplaatsBinnenland", "adresseringBinnenland", "ouders", "kinderen", "gezag",
]  # fmt: skip


@pytest.fixture
def gezin() -> dict[str, Persoon]:
    """Two parents and a child of eight at one address, as the region makes them."""
    hier = municipality()
    huis = Huishouden.objects.create(sleutel="H000001")
    wie: dict[str, Persoon] = {}
    for naam, geboren, geslacht, bsn in zip(
        ("Rixt", "Menno", "Wytze"), ("1986-03-14", "1984-01-02", "2018-02-01"),
        ("2", "1", "1"), BSNS, strict=True,
    ):  # fmt: skip
        wie[naam] = Persoon.objects.register(
            bsn, voornamen=naam, geslachtsnaam="Dijkstra", geslacht=geslacht,
            geboortedatum=date.fromisoformat(geboren), gemeenten=["GM0005"],
        )  # fmt: skip
        lives(
            wie[naam], hier, "2018-02-01", huishouden=huis, straat="Kerkstraat",
            huisnummer=3, postcode="9781AB", woonplaats="Bedum",
        )  # fmt: skip
    gezin = Gezin.objects.create(naam="Gezin Dijkstra")
    for naam, lid in wie.items():
        rol = GezinsRol.KIND if naam == "Wytze" else GezinsRol.OUDER
        Gezinslid.objects.create(
            gezin=gezin, persoon=lid, rol=rol, geldig=days("2018-02-01"), bekend=known()
        )
    for ouder in ("Rixt", "Menno"):
        custody(wie["Wytze"], wie[ouder], "2018-02-01")
    return wie


def brp(doelbinding: str, **vraag: Any) -> dict[str, Any]:
    """Ask the simulated BRP, without a web server in between."""
    koppen = {
        "x-api-key": SLEUTEL, "x-doelbinding": doelbinding, "x-verwerking": "proef",
        "content-type": "application/json",
    }  # fmt: skip
    verzoek = Verzoek("POST", PAD, koppen, json.dumps(vraag).encode())
    respons = Brp(Regio(), SLEUTEL, lambda: DAG).handle(verzoek)
    assert respons.status == 200, respons.inhoud
    inhoud: dict[str, Any] = json.loads(respons.body)
    assert faults(inhoud, "PersonenQueryResponse") == []
    return inhoud


def by_bsn(nummer: int, doelbinding: str = "Jeugdwet", *meer: str) -> dict[str, Any]:
    velden = [*ALLES, *meer] if doelbinding == "Jeugdwet" else list(meer)
    personen = brp(
        doelbinding,
        type="RaadpleegMetBurgerservicenummer",
        burgerservicenummer=[BSNS[nummer].cijfers],
        fields=velden,
    )["personen"]
    (persoon,) = personen
    assert isinstance(persoon, dict)
    return persoon


def test_a_child_of_the_region_has_parents_address_and_gezag(
    gezin: dict[str, Persoon],
) -> None:
    kind = by_bsn(2)
    assert kind["naam"]["volledigeNaam"] == "Wytze Dijkstra"
    assert kind["gemeenteVanInschrijving"] == {"code": "0005", "omschrijving": "Bedum"}
    adres = kind["verblijfplaats"]["verblijfadres"]
    assert (adres["postcode"], adres["huisnummer"]) == ("9781AB", 3)
    ouders = {ouder["burgerservicenummer"] for ouder in kind["ouders"]}
    assert ouders == {BSNS[0].cijfers, BSNS[1].cijfers}
    (relatie,) = kind["gezag"]
    assert relatie["type"] == "GezamenlijkOuderlijkGezag"


def test_parents_at_one_address_are_partners(gezin: dict[str, Persoon]) -> None:
    moeder = by_bsn(0, "Wmo", "partners.burgerservicenummer")
    assert moeder["partners"] == [{"burgerservicenummer": BSNS[1].cijfers}]
    kind = by_bsn(2, "Wmo", "partners.burgerservicenummer")
    assert kind["partners"] == []


def test_who_lives_at_an_address_is_found_by_it(gezin: dict[str, Persoon]) -> None:
    object_id = by_bsn(0)["verblijfplaats"]["adresseerbaarObjectIdentificatie"]
    met = {"fields": ["burgerservicenummer"]}
    huis = brp(
        "Wmo", type="ZoekMetAdresseerbaarObjectIdentificatie",
        adresseerbaarObjectIdentificatie=object_id, **met,
    )  # fmt: skip
    post = brp(
        "Wmo", type="ZoekMetPostcodeEnHuisnummer", postcode="9781 ab", huisnummer=3,
        **met,
    )  # fmt: skip
    for gevonden in (huis, post):
        bsns = {persoon["burgerservicenummer"] for persoon in gevonden["personen"]}
        assert bsns == {bsn.cijfers for bsn in BSNS}


def test_a_name_is_found_with_the_birth_date(gezin: dict[str, Persoon]) -> None:
    vraag = {
        "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
        "geslachtsnaam": "dijk*",
        "fields": ["burgerservicenummer"],
    }
    gevonden = brp("Wmo", geboortedatum="1984-01-02", **vraag)["personen"]
    assert gevonden == [{"burgerservicenummer": BSNS[1].cijfers}]
    assert brp("Wmo", geboortedatum="1984-01-03", **vraag)["personen"] == []


def ask(bron: str, nummer: int, diepte: str = "wat", doel: str = "") -> dict[str, Any]:
    """Ask a source, without a web server in between."""
    vraag = {
        "burgerservicenummer": BSNS[nummer].cijfers, "diepte": diepte,
        "doel": doel or sorted(GERECHTIGD[bron])[0], "peildatum": DAG.isoformat(),
    }  # fmt: skip
    verzoek = Verzoek("POST", "/", {"x-api-key": SLEUTEL}, json.dumps(vraag).encode())
    respons: Respons = Bron(bron, SLEUTEL).handle(verzoek, fwi=False, geweigerd=False)
    assert respons.status == 200
    inhoud: dict[str, Any] = json.loads(respons.body)
    return inhoud


def provision(wie: Persoon, wet: str, van: str, tot: str | None = None) -> None:
    product, _ = Product.objects.get_or_create(
        wet=wet, code="x", defaults={"naam": "Hulp bij het huishouden"}
    )
    aanbieder, _ = Aanbieder.objects.get_or_create(
        agb="00000201", defaults={"naam": "Thuishulp De Klaproos"}
    )
    Voorziening.objects.create(
        betrokkene=wie, gemeente_id="GM0005", product=product, vorm="zin",
        aanbieder=aanbieder, geldig=days(van, tot), bekend=known(),
    )  # fmt: skip


def test_care_is_that_of_our_records(gezin: dict[str, Persoon]) -> None:
    provision(gezin["Rixt"], "wmo", "2019-05-01")
    antwoord = ask("zorg", 0)
    assert antwoord["resultaat"] == "gevonden"
    assert antwoord["dat"]["betrokken"] is True
    assert antwoord["dat"]["sinds"] == "2019-05-01"
    (voorziening,) = antwoord["wat"]["voorzieningen"]
    assert voorziening["aanbieder"] == "Thuishulp De Klaproos"
    assert ask("jeugd", 0)["resultaat"] == "niets-gevonden"
    assert ask("zorg", 1)["resultaat"] == "niets-gevonden"


def test_care_that_ended_is_told_as_ended(gezin: dict[str, Persoon]) -> None:
    provision(gezin["Wytze"], "jeugdwet", "2023-05-01", "2024-04-30")
    dat = ask("jeugd", 2)["dat"]
    assert (dat["betrokken"], dat["tot"]) == (False, "2024-04-30")


def test_at_depth_dat_there_is_no_content(gezin: dict[str, Persoon]) -> None:
    provision(gezin["Rixt"], "wmo", "2019-05-01")
    antwoord = ask("zorg", 0, "dat")
    assert "wat" not in antwoord
    assert antwoord["dat"]["betrokken"] is True
    assert "huishouden" not in json.dumps(antwoord)


def test_a_benefit_is_that_of_our_records(gezin: dict[str, Persoon]) -> None:
    Uitkering.objects.create(
        betrokkene=gezin["Rixt"], gemeente_id="GM0005", spoor=2,
        geldig=DateRange(date(2020, 1, 1), None), bekend=known(),
    )  # fmt: skip
    antwoord = ask("bijstand", 0)
    assert antwoord["organisatie"] == "Sociale dienst Bedum"
    assert antwoord["wat"]["uitkeringen"][0]["perioden"][0]["van"] == "2020-01-01"
    assert ask("bijstand", 1)["resultaat"] == "niets-gevonden"
    assert ask("kadaster", 0, doel="bijstand")["resultaat"] == "niets-gevonden"


def test_a_child_of_eight_goes_to_school_and_has_no_wage_or_debt(
    gezin: dict[str, Persoon],
) -> None:
    school = ask("onderwijs", 2)
    assert school["dat"]["betrokken"] is True
    assert school["wat"]["inschrijvingen"][0]["soort"] == "basisonderwijs"
    for bron in ("werk-en-inkomen", "schulden", "kadaster", "bijstand"):
        assert ask(bron, 2)["resultaat"] == "niets-gevonden"
    assert len(ask("svb", 0)["wat"]["kinderen"]) == 1


@pytest.mark.parametrize("bron", sorted(BRONNEN))
def test_a_source_says_the_same_each_time_and_refuses_the_rest(
    gezin: dict[str, Persoon], bron: str
) -> None:
    assert ask(bron, 0) == ask(bron, 0)
    assert ask(bron, 0, doel="nieuwsgierig")["resultaat"] == "niet-gerechtigd"


@pytest.mark.parametrize(
    "anders",
    [
        {"burgerservicenummer": "123"}, {"peildatum": "gisteren"}, {"diepte": "alles"},
        {"extra": 1}, {"doel": None, "diepte": []},
    ],
)  # fmt: skip
def test_a_question_outside_the_contract_is_refused(anders: dict[str, Any]) -> None:
    vraag = {
        "burgerservicenummer": BSNS[0].cijfers, "diepte": "dat",
        "doel": "wmo_onderzoek", "peildatum": DAG.isoformat(), **anders,
    }  # fmt: skip
    verzoek = Verzoek("POST", "/", {"x-api-key": SLEUTEL}, json.dumps(vraag).encode())
    respons = Bron("zorg", SLEUTEL).handle(verzoek, fwi=False, geweigerd=False)
    assert respons.status == 400


def test_who_is_unknown_is_unknown_everywhere() -> None:
    assert of_region("zorg", BSNS[0].cijfers, DAG) is None
    assert of_region("zorg", "geen nummer", DAG) is None
    assert Regio().with_bsn("geen nummer", DAG) is None


def test_both_sides_know_the_same_sources_and_allow_the_same() -> None:
    assert set(server.CODES) == set(BRONNEN) == set(GERECHTIGD) == set(all_sources())
    for code, bron in all_sources().items():
        assert bron.doelen <= GERECHTIGD[code]


def test_the_rare_cases_stay_out_of_the_way_of_the_region() -> None:
    bsns = {mens.bsn for mens in special_people(DAG).values()}
    assert len(bsns) == len(special_people(DAG)) <= _RESERVE
    later = special_people(DAG + timedelta(days=900))
    assert bsns == {mens.bsn for mens in later.values()}


def test_the_addresses_for_the_demo_name_every_source() -> None:
    gegeven = server.addresses(8100)
    assert gegeven["SAMENLOOP_BRP_URL"] == "http://127.0.0.1:8100" + PAD.removesuffix(
        "/personen"
    )
    assert "SAMENLOOP_BRON_WERK_EN_INKOMEN_URL" in gegeven
    assert len(gegeven) == 4 + 2 * len(server.CODES)
