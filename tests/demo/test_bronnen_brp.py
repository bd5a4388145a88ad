"""The simulated BRP is as strict as the real one, and answers as it is described."""

import csv
import http.client
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from samenloop.demo.bronnen.brp_bijzonder import special_people
from samenloop.demo.bronnen.brp_document import Mens, Woonplek
from samenloop.demo.bronnen.brp_keuring import TYPEN
from samenloop.demo.bronnen.brp_paden import BOMEN, paths
from samenloop.demo.bronnen.brp_register import Samen, Vast
from samenloop.demo.bronnen.server import SLEUTEL
from samenloop.demo.bronnen.toepassing import Toepassing
from tests.demo.bronnen_op_poort import Bronnen, served
from tests.demo.oas import MAP, faults

DAG = date(2026, 3, 10)
MENSEN = special_people(DAG)
KOP = {
    "x-api-key": SLEUTEL,
    "x-doelbinding": "Jeugdwet",
    "x-verwerking": "Toeleiding naar jeugdhulp",
    "content-type": "application/json; charset=utf-8",
    "accept": "application/json",
}
OP_BSN = "RaadpleegMetBurgerservicenummer"
OP_NAAM = "ZoekMetGeslachtsnaamEnGeboortedatum"
OP_POSTCODE = "ZoekMetPostcodeEnHuisnummer"
OP_OBJECT = "ZoekMetAdresseerbaarObjectIdentificatie"
Vraag = Callable[..., tuple[int, dict[str, Any]]]


def _crowd(aantal: int) -> list[Mens]:
    """People of one name, one birth date and one address."""
    plek = Woonplek("Druktestraat", 1, "", "", "9999ZZ", "Drukte", "1663010000009999")
    return [
        Mens(f"99{n:07d}", "Kees", "", "Druk", (1990, 1, 1), "M", ("1663", "De Marne"),
             (2020, 1, 1), plek)
        for n in range(aantal)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def bronnen() -> Iterator[Bronnen]:
    register = Samen(
        Vast(lambda dag: special_people(dag).values()), Vast(lambda dag: _crowd(31))
    )
    with served(Toepassing(register=register)) as url:
        yield Bronnen(url)


@pytest.fixture
def vraag(bronnen: Bronnen) -> Iterator[Vraag]:
    """Put a question and get status and body; each answer is held to the OAS."""
    host = bronnen.url.removeprefix("http://")

    def put(
        inhoud: Any, *, rauw: bytes | None = None, **kop: str | None
    ) -> tuple[int, dict[str, Any]]:
        koppen = {**KOP, **{n.replace("_", "-"): w for n, w in kop.items()}}
        verbinding = http.client.HTTPConnection(host, timeout=10)
        verbinding.request(
            "POST",
            "/haalcentraal/api/brp/personen",
            rauw if rauw is not None else json.dumps(inhoud),
            {naam: waarde for naam, waarde in koppen.items() if waarde is not None},
        )
        respons = verbinding.getresponse()
        antwoord = json.loads(respons.read())
        verbinding.close()
        soort = respons.getheader("content-type", "")
        if respons.status == 200:
            assert soort.startswith("application/json")
            fout = faults(antwoord, "PersonenQueryResponse")
        else:
            assert soort.startswith("application/problem+json")
            bericht = "Bad" * (respons.status == 400)
            fout = faults(antwoord, f"{bericht}{'Request' * bool(bericht)}Foutbericht")
            # The pattern for names does not even allow names of the description.
            fout = [deel for deel in fout if not deel.endswith(".name: pattern")]
        assert fout == []
        return respons.status, antwoord

    with time_machine.travel(DAG, tick=True):
        yield put


def _op_bsn(wie: str, *velden: str) -> dict[str, Any]:
    bsn = MENSEN[wie].bsn
    return {"type": OP_BSN, "burgerservicenummer": [bsn], "fields": list(velden)}


@pytest.mark.parametrize("soort", sorted(BOMEN))
def test_the_fields_are_those_that_are_published(soort: str) -> None:
    bestand = MAP / "brp" / f"fields-{soort}.csv"
    if not bestand.is_file():
        pytest.skip("../shared/apis/brp is not beside the project")
    with bestand.open(encoding="utf-8") as tekst:
        assert {rij["pad"] for rij in csv.DictReader(tekst)} == paths(soort)


@pytest.mark.parametrize("wie", sorted(MENSEN))
def test_everything_of_each_special_case_follows_the_description(
    vraag: Vraag, wie: str
) -> None:
    velden = [
        "burgerservicenummer", "naam", "geboorte.datum", "geslacht", "leeftijd",
        "gemeenteVanInschrijving", "datumInschrijvingInGemeente", "overlijden.datum",
        "verblijfplaatsBinnenland", "adresseringBinnenland", "ouders", "kinderen",
        "gezag",
    ]  # fmt: skip
    status, antwoord = vraag(_op_bsn(wie, *velden))
    assert status == 200
    assert len(antwoord["personen"]) == (0 if wie in ("fout", "gewist") else 1)


def test_only_what_was_asked_is_delivered(vraag: Vraag) -> None:
    _status, antwoord = vraag(_op_bsn("gewoon", "naam.voornamen"))
    assert antwoord["personen"] == [{"naam": {"voornamen": "Jantje"}}]


def test_part_of_a_date_or_code_table_gives_all_of_it(vraag: Vraag) -> None:
    _status, antwoord = vraag(_op_bsn("gewoon", "geboorte.datum.jaar", "geslacht.code"))
    assert antwoord["personen"] == [
        {
            "geboorte": {
                "datum": {
                    "type": "Datum", "datum": "1985-03-14",
                    "langFormaat": "14 maart 1985",
                }
            },
            "geslacht": {"code": "V", "omschrijving": "vrouw"},
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wie", "soort"),
    [
        ("gewoon", "Datum"),
        ("jaar_maand", "JaarMaandDatum"),
        ("jaar", "JaarDatum"),
        ("onbekend", "DatumOnbekend"),
    ],
)
def test_a_date_comes_in_four_kinds(vraag: Vraag, wie: str, soort: str) -> None:
    _status, antwoord = vraag(_op_bsn(wie, "geboorte.datum", "leeftijd"))
    persoon = antwoord["personen"][0]
    assert persoon["geboorte"]["datum"]["type"] == soort
    assert ("leeftijd" in persoon) == (wie in ("gewoon", "jaar_maand"))


def test_secrecy_suspension_and_research_come_unasked(vraag: Vraag) -> None:
    _status, geheim = vraag(_op_bsn("geheim", "naam.voornamen"))
    assert geheim["personen"][0]["geheimhoudingPersoonsgegevens"] is True
    _status, dood = vraag(_op_bsn("overleden", "naam.voornamen"))
    assert dood["personen"][0]["opschortingBijhouding"]["reden"]["code"] == "O"
    veld = "verblijfplaatsBinnenland.datumVan"
    _status, twijfel = vraag(_op_bsn("in_onderzoek", veld))
    plaats = twijfel["personen"][0]["verblijfplaats"]
    assert plaats["indicatieVastgesteldVerblijftNietOpAdres"] is True
    assert set(plaats["inOnderzoek"]) == {"datumVan", "datumIngangOnderzoek"}


def test_research_into_what_was_not_asked_is_not_told(vraag: Vraag) -> None:
    veld = "verblijfplaatsBinnenland.verblijfadres.woonplaats"
    _status, antwoord = vraag(_op_bsn("in_onderzoek", veld))
    assert "inOnderzoek" not in antwoord["personen"][0]["verblijfplaats"]


def test_false_and_empty_are_left_out_but_an_empty_list_is_not(vraag: Vraag) -> None:
    velden = ("naam.voorvoegsel", "overlijden.datum", "ouders", "gezag")
    _status, antwoord = vraag(_op_bsn("locatie", *velden))
    assert antwoord["personen"] == [{"ouders": [], "gezag": []}]


def test_a_parent_who_is_not_known_is_an_empty_group(vraag: Vraag) -> None:
    veld = "ouders.burgerservicenummer"
    _status, antwoord = vraag(_op_bsn("kind_alleen", veld))
    moeder = MENSEN["moeder"].bsn
    assert antwoord["personen"][0]["ouders"] == [{"burgerservicenummer": moeder}, {}]


def test_of_an_address_abroad_only_that_it_is_abroad(vraag: Vraag) -> None:
    velden = ("verblijfplaatsBinnenland", "adresseringBinnenland.adresregel1")
    _status, antwoord = vraag(_op_bsn("buitenland", *velden))
    persoon = antwoord["personen"][0]
    assert persoon["verblijfplaats"] == {"type": "VerblijfplaatsBuitenland"}
    assert "adressering" not in persoon


@pytest.mark.parametrize(
    ("wie", "soort"),
    [
        ("kind_samen", "GezamenlijkOuderlijkGezag"),
        ("kind_alleen", "EenhoofdigOuderlijkGezag"),
        ("kind_met_derde", "GezamenlijkGezag"),
        ("kind_met_onbekende", "GezamenlijkGezag"),
        ("kind_voogdij", "Voogdij"),
        ("kind_tijdelijk", "TijdelijkGeenGezag"),
        ("kind_niet_te_bepalen", "GezagNietTeBepalen"),
    ],
)
def test_gezag_comes_in_six_kinds(vraag: Vraag, wie: str, soort: str) -> None:
    _status, antwoord = vraag(_op_bsn(wie, "gezag"))
    (relatie,) = antwoord["personen"][0]["gezag"]
    assert relatie["type"] == soort
    assert relatie["minderjarige"]["burgerservicenummer"] == MENSEN[wie].bsn


def test_a_parent_gets_a_relation_per_child(vraag: Vraag) -> None:
    _status, antwoord = vraag(_op_bsn("moeder", "gezag"))
    assert len(antwoord["personen"][0]["gezag"]) == 5


def test_who_is_dead_is_found_by_name_only_when_asked_for(vraag: Vraag) -> None:
    wens = {
        "type": OP_NAAM, "geslachtsnaam": "Wiersema", "geboortedatum": "1938-03-14",
        "fields": ["burgerservicenummer"],
    }  # fmt: skip
    assert vraag(wens)[1]["personen"] == []
    wens["inclusiefOverledenPersonen"] = True
    assert len(vraag(wens)[1]["personen"]) == 1


def test_an_asterisk_stands_for_the_rest_of_a_name(vraag: Vraag) -> None:
    wens = {
        "type": OP_NAAM, "geslachtsnaam": "veld*", "geboortedatum": "1993-03-14",
        "fields": ["burgerservicenummer"],
    }  # fmt: skip
    bsn = MENSEN["geheim"].bsn
    gevonden = vraag(wens)[1]["personen"]
    assert [persoon["burgerservicenummer"] for persoon in gevonden] == [bsn]


def test_too_many_is_refused_at_ten_and_at_an_address_at_thirty(vraag: Vraag) -> None:
    naam = {
        "type": OP_NAAM, "geslachtsnaam": "Druk", "geboortedatum": "1990-01-01",
        "fields": ["burgerservicenummer"],
    }  # fmt: skip
    status, antwoord = vraag(naam)
    assert (status, antwoord["code"]) == (400, "tooManyResults")
    adres = {
        "type": OP_POSTCODE, "postcode": "9999 zz", "huisnummer": 1,
        "fields": ["burgerservicenummer"],
    }  # fmt: skip
    assert vraag(adres)[1]["code"] == "tooManyResults"
    wierde = {**adres, "postcode": "9967 px", "huisnummer": 90}
    status, antwoord = vraag(wierde)
    assert (status, len(antwoord["personen"])) == (200, 11)


def test_the_search_by_object_is_the_one_that_tells_gezag(vraag: Vraag) -> None:
    wens = {
        "type": OP_OBJECT, "adresseerbaarObjectIdentificatie": "1663010000000090",
        "fields": ["burgerservicenummer", "gezag"],
    }  # fmt: skip
    _status, antwoord = vraag(wens)
    assert all("gezag" in persoon for persoon in antwoord["personen"])
    anders = {
        "type": OP_POSTCODE, "postcode": "9967PX", "huisnummer": 90,
        "fields": ["gezag"],
    }  # fmt: skip
    assert vraag(anders)[1]["invalidParams"][0]["code"] == "fields"


@pytest.mark.parametrize(
    ("inhoud", "fouten"),
    [
        ({}, {("type", "required"), ("fields", "required")}),
        ([], {("type", "required")}),
        ({"type": "ZoekZomaar", "fields": ["naam"]}, {("type", "value")}),
        ({"type": OP_BSN, "fields": "naam"},
         {("fields", "array"), ("burgerservicenummer", "required")}),
        ({"type": OP_BSN, "fields": [], "burgerservicenummer": []},
         {("fields", "minItems"), ("burgerservicenummer", "minItems")}),
        ({"type": OP_BSN, "fields": ["naam"] * 131, "burgerservicenummer": "1"},
         {("fields", "maxItems"), ("burgerservicenummer", "array")}),
        ({"type": OP_BSN, "fields": ["naam!"], "burgerservicenummer": ["12"] * 1},
         {("fields[0]", "pattern"), ("burgerservicenummer[0]", "pattern")}),
        ({"type": OP_BSN, "fields": ["naam"], "burgerservicenummer": ["1" * 9] * 21},
         {("burgerservicenummer", "maxItems")}),
        ({"type": OP_NAAM, "fields": ["naam"], "geslachtsnaam": "ab*",
          "geboortedatum": "1990-02-30", "kleur": "rood"},
         {("geslachtsnaam", "pattern"), ("geboortedatum", "date"),
          ("kleur", "unknownParam")}),
        ({"type": OP_POSTCODE, "fields": ["naam"], "postcode": "0123AB",
          "huisnummer": "een", "inclusiefOverledenPersonen": "ja"},
         {("postcode", "pattern"), ("huisnummer", "integer"),
          ("inclusiefOverledenPersonen", "boolean")}),
        ({"type": OP_POSTCODE, "fields": ["naam"], "postcode": "1234AB",
          "huisnummer": 100000}, {("huisnummer", "maximum")}),
        ({"type": OP_OBJECT, "fields": ["naam"],
          "adresseerbaarObjectIdentificatie": "0" * 16},
         {("adresseerbaarObjectIdentificatie", "pattern")}),
    ],
)  # fmt: skip
def test_all_faults_are_told_at_once_with_their_codes(
    vraag: Vraag, inhoud: Any, fouten: set[tuple[str, str]]
) -> None:
    status, antwoord = vraag(inhoud)
    assert status == 400
    assert {(f["name"], f["code"]) for f in antwoord["invalidParams"]} == fouten


@pytest.mark.parametrize(
    "veld",
    [
        "geheimhoudingPersoonsgegevens", "inOnderzoek", "naam.inOnderzoek",
        "opschortingBijhouding", "rni", "verificatie", "bestaatNiet", "gezag.type",
        "verblijfplaatsBinnenland.indicatieVastgesteldVerblijftNietOpAdres",
    ],
)  # fmt: skip
def test_automatic_unknown_and_gezag_fields_may_not_be_named(
    vraag: Vraag, veld: str
) -> None:
    status, antwoord = vraag(_op_bsn("gewoon", "naam", veld))
    assert status == 400
    (fout,) = antwoord["invalidParams"]
    assert (fout["name"], fout["code"]) == ("fields[1]", "fields")


def test_without_key_or_agreement_nothing_is_told(vraag: Vraag) -> None:
    wens = _op_bsn("gewoon", "naam")
    assert vraag(wens)[0] == 200
    assert vraag(wens, x_api_key=None)[0] == 401
    assert vraag(wens, x_api_key="anders")[0] == 401
    assert vraag(wens, x_doelbinding="Nieuwsgierig")[0] == 403
    assert vraag(wens, x_verwerking="x" * 243)[0] == 403
    assert vraag(wens, x_verwerking="a@b@c")[0] == 403
    assert vraag(wens, accept="application/xml")[0] == 406
    assert vraag(wens, content_type="text/plain")[0] == 415
    assert vraag(wens, content_type="application/json; charset=latin-1")[0] == 415
    assert vraag(None, rauw=b"{")[0] == 400


def test_one_field_too_many_refuses_the_whole_question(vraag: Vraag) -> None:
    gezag = _op_bsn("kind_samen", "naam", "gezag")
    assert vraag(gezag)[0] == 200
    status, antwoord = vraag(gezag, x_doelbinding="Leerplicht")
    assert (status, antwoord["code"]) == (403, "unauthorizedField")
    vreemd = _op_bsn("buitenland", "verblijfplaats.verblijfadres.land")
    assert vraag(vreemd)[1]["code"] == "unauthorizedField"


def test_a_search_that_was_not_agreed_is_refused(vraag: Vraag) -> None:
    wens = {
        "type": OP_OBJECT, "adresseerbaarObjectIdentificatie": "1663010000000090",
        "fields": ["naam"],
    }  # fmt: skip
    assert vraag(wens)[0] == 200
    status, antwoord = vraag(wens, x_doelbinding="Leerplicht")
    assert (status, antwoord["code"]) == (403, "unauthorizedParameter")


def test_the_record_of_calls_names_nobody(bronnen: Bronnen, vraag: Vraag) -> None:
    vraag(_op_bsn("gewoon", "naam.voornamen"), x_gebruiker="17")
    laatste = bronnen.calls("brp")[-1]
    assert laatste["fields"] == ["naam.voornamen"]
    assert (laatste["doelbinding"], laatste["gebruiker"]) == ("Jeugdwet", "17")
    assert laatste["personen"] == 1
    assert MENSEN["gewoon"].bsn not in json.dumps(bronnen.calls())


@pytest.mark.parametrize(
    ("soort", "status"), [("druk", 429), ("onbereikbaar", 503), ("fout", 500)]
)
def test_trouble_on_demand_holds_as_often_as_asked(
    bronnen: Bronnen, vraag: Vraag, soort: str, status: int
) -> None:
    bronnen.disturb("brp", soort, keren=1)
    wens = _op_bsn("gewoon", "naam.voornamen")
    assert [vraag(wens)[0], vraag(wens)[0]] == [status, 200]


def test_trouble_for_one_person_spares_the_next(bronnen: Bronnen, vraag: Vraag) -> None:
    bronnen.disturb("brp", "fout", bsn=MENSEN["jaar"].bsn, keren=1)
    assert vraag(_op_bsn("gewoon", "naam"))[0] == 200
    assert vraag(_op_bsn("jaar", "naam"))[0] == 500


def test_every_kind_of_question_has_its_own_fields() -> None:
    assert {zoektype.soort for zoektype in TYPEN.values()} == set(BOMEN)
