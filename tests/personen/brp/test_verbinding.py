"""The client of the BRP over real HTTP: what it sends, reads and survives."""

import json
import logging
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from samenloop.access.actor import Actor, ActorSoort
from samenloop.core.bsn import Bsn
from samenloop.demo.bronnen.brp_document import Mens
from samenloop.personen.brp.antwoord import Gezagstype
from samenloop.personen.brp.datum import Brpdatum
from samenloop.personen.brp.models import Verblijfsoort
from samenloop.personen.brp.velden import Soort, paths_for
from samenloop.personen.brp.verbinding import MELDINGEN, Staat, Uitkomst, ask
from samenloop.personen.brp.vragen import (
    OnjuisteVraag,
    OpAdres,
    OpBsn,
    OpNaam,
    OpPostcode,
)
from tests.demo.bronnen_op_poort import Bronnen, brp_settings, served

ACTOR = Actor(ActorSoort.MEDEWERKER, "17", "Sanne Bakker", "GM1663")
JEUGD = "jeugd_toeleiding"


def one(mens: Mens, doel: str = JEUGD) -> Uitkomst:
    return ask(OpBsn((Bsn(mens.bsn),)), doel=doel, actor=ACTOR)


def test_a_question_carries_who_asks_for_what_and_the_fewest_fields(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    assert one(mensen["gewoon"]).is_gelukt
    (aanroep,) = brp.calls("brp")
    assert tuple(aanroep["fields"]) == paths_for(JEUGD, Soort.PERSOON)
    assert aanroep["doelbinding"] == "Jeugdwet"
    assert aanroep["verwerking"] == "Toeleiding naar jeugdhulp"
    assert aanroep["gebruiker"] == "17"
    assert aanroep["oin"] == "00000099000000001000"


def test_headers_have_the_names_and_values_of_this_place(
    brp: Bronnen, mensen: dict[str, Mens], settings: Any
) -> None:
    settings.BRP = brp_settings(
        brp,
        OIN={"": "1", "GM1663": "2"},
        DOELBINDING={JEUGD: "Sociaal domein"},
    )
    settings.BRP["KOPPEN"]["gebruiker"] = ""
    assert one(mensen["gewoon"]).is_gelukt
    (aanroep,) = brp.calls("brp")
    assert aanroep["oin"] == "2"
    assert aanroep["doelbinding"] == "Sociaal domein"
    assert aanroep["gebruiker"] is None


def test_a_whole_person_is_read(brp: Bronnen, mensen: dict[str, Mens]) -> None:
    (persoon,) = one(mensen["gewoon"]).personen
    assert persoon.bsn == Bsn(mensen["gewoon"].bsn)
    assert persoon.naam.geslachtsnaam == "Weg"
    assert persoon.naam.voorvoegsel == "van der"
    assert persoon.geboorte == Brpdatum(1985, 3, 14)
    assert (persoon.geslacht, persoon.gemeente) == ("V", "GM1663")
    plaats = persoon.verblijfplaats
    assert plaats is not None
    assert (plaats.soort, plaats.straat) == (Verblijfsoort.ADRES, "Wierdeweg")
    assert (plaats.postcode, plaats.huisnummer) == ("9967PX", 1)
    assert plaats.van == Brpdatum(2012, 5, 1)
    assert persoon.gezag == ()
    assert not persoon.geheim
    assert not persoon.is_overleden


@pytest.mark.parametrize(
    ("wie", "verwacht", "datum"),
    [
        ("gewoon", Brpdatum(1985, 3, 14), date(1985, 3, 14)),
        ("jaar_maand", Brpdatum(1979, 6), None),
        ("jaar", Brpdatum(1984), None),
        ("onbekend", Brpdatum(), None),
    ],
)
def test_of_a_date_is_kept_what_is_known_and_no_more(
    brp: Bronnen, mensen: dict[str, Mens], wie: str, verwacht: Brpdatum,
    datum: date | None,
) -> None:  # fmt: skip
    (persoon,) = one(mensen[wie]).personen
    assert persoon.geboorte == verwacht
    assert verwacht.datum == datum
    gewoon = one(mensen[wie], "leerplicht").personen[0]
    assert gewoon.geboorte == verwacht


def test_secrecy_death_and_research_are_heard_unasked(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    assert one(mensen["geheim"]).personen[0].geheim
    dood = one(mensen["overleden"]).personen[0]
    assert dood.is_overleden
    assert dood.overleden_op == Brpdatum(2025, 11, 2)
    twijfel = one(mensen["in_onderzoek"]).personen[0]
    assert twijfel.in_onderzoek == {
        "verblijfplaats.datumVan",
        "verblijfplaats.adresseerbaarObjectIdentificatie",
    }
    assert twijfel.verblijfplaats is not None
    assert twijfel.verblijfplaats.niet_op_adres


@pytest.mark.parametrize(
    ("wie", "soort"),
    [
        ("gewoon", Verblijfsoort.ADRES),
        ("locatie", Verblijfsoort.LOCATIE),
        ("buitenland", Verblijfsoort.ELDERS),
        ("zonder_adres", Verblijfsoort.ONBEKEND),
    ],
)
def test_four_kinds_of_residence(
    brp: Bronnen, mensen: dict[str, Mens], wie: str, soort: Verblijfsoort
) -> None:
    plaats = one(mensen[wie]).personen[0].verblijfplaats
    assert plaats is not None
    assert plaats.soort == soort
    assert bool(plaats.straat) == (wie == "gewoon")


@pytest.mark.parametrize(
    ("wie", "soort", "aantal", "met_onbekende"),
    [
        ("kind_samen", Gezagstype.GEZAMENLIJK_OUDERLIJK, 2, False),
        ("kind_alleen", Gezagstype.EENHOOFDIG_OUDERLIJK, 1, False),
        ("kind_met_derde", Gezagstype.GEZAMENLIJK, 2, False),
        ("kind_met_onbekende", Gezagstype.GEZAMENLIJK, 1, True),
        ("kind_voogdij", Gezagstype.VOOGDIJ, 0, False),
        ("kind_voogd", Gezagstype.VOOGDIJ, 1, False),
        ("kind_tijdelijk", Gezagstype.TIJDELIJK_GEEN, 0, False),
        ("kind_niet_te_bepalen", Gezagstype.NIET_TE_BEPALEN, 0, False),
        ("kind_ouder_zonder_bsn", Gezagstype.GEZAMENLIJK_OUDERLIJK, 2, False),
    ],
)
def test_every_kind_of_gezag_is_read(
    brp: Bronnen, mensen: dict[str, Mens], wie: str, soort: Gezagstype, aantal: int,
    met_onbekende: bool,
) -> None:  # fmt: skip
    (relatie,) = one(mensen[wie]).personen[0].gezag or ()
    assert relatie.type == soort
    assert relatie.minderjarige == Bsn(mensen[wie].bsn)
    assert len(relatie.houders) == aantal
    assert relatie.onbekende_derde == met_onbekende
    zonder_bsn = sum(houder.bsn is None for houder in relatie.houders)
    assert zonder_bsn == (wie == "kind_ouder_zonder_bsn")
    geen = (Gezagstype.TIJDELIJK_GEEN, Gezagstype.NIET_TE_BEPALEN)
    assert bool(relatie.toelichting) == (soort in geen)


def test_not_asked_is_not_the_same_as_none(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    assert one(mensen["gewoon"], JEUGD).personen[0].gezag == ()
    assert one(mensen["gewoon"], "leerplicht").personen[0].gezag is None


def test_who_is_unknown_is_no_fault(brp: Bronnen) -> None:
    uitkomst = ask(OpBsn((Bsn("999900006"),)), doel=JEUGD, actor=ACTOR)
    assert (uitkomst.staat, uitkomst.personen) == (Staat.GELUKT, ())


def test_searching_by_name_address_and_object(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    naam = ask(OpNaam("Weg", date(1985, 3, 14)), doel=JEUGD, actor=ACTOR)
    assert [persoon.naam.voornamen for persoon in naam.personen] == ["Jantje"]
    assert naam.personen[0].adresregels[0] == "Wierdeweg 1"
    adres = ask(OpPostcode("9967 px", 90), doel=JEUGD, actor=ACTOR)
    assert len(adres.personen) == 11
    assert all(persoon.gezag is None for persoon in adres.personen)
    huis = ask(OpAdres("1663010000000090"), doel=JEUGD, actor=ACTOR)
    assert len(huis.personen) == 11
    kinderen = [persoon for persoon in huis.personen if persoon.gezag]
    assert len(kinderen) == 11


def test_too_many_hits_ask_for_more_to_go_by(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    for nummer in range(31):
        mensen[f"druk{nummer}"] = Mens(
            f"99{nummer:07d}", "Kees", "", "Druk", (1990, 1, 1), "M"
        )
    uitkomst = ask(OpNaam("Druk", date(1990, 1, 1)), doel=JEUGD, actor=ACTOR)
    assert uitkomst.staat is Staat.TE_VEEL


@pytest.mark.parametrize(
    "maak",
    [
        lambda: OpBsn(()),
        lambda: OpBsn((Bsn("999900006"),) * 21),
        lambda: OpNaam("ab*", date(2000, 1, 1)),
        lambda: OpNaam("", date(2000, 1, 1)),
        lambda: OpPostcode("0123AB", 1),
        lambda: OpPostcode("1234AB", 0),
        lambda: OpAdres("0" * 16),
    ],
)
def test_a_question_that_would_be_refused_is_not_put(maak: Callable[[], Any]) -> None:
    with pytest.raises(OnjuisteVraag):
        maak()


@pytest.mark.parametrize(
    ("soort", "staat"),
    [
        ("druk", Staat.DRUK),
        ("onbereikbaar", Staat.DRUK),
        ("fout", Staat.GEEN_ANTWOORD),
        ("hangt", Staat.GEEN_ANTWOORD),
        ("druppelt", Staat.GEEN_ANTWOORD),
        ("rommel", Staat.ONLEESBAAR),
        ("groot", Staat.ONLEESBAAR),
        ("elders", Staat.ONLEESBAAR),
        ("leeg", Staat.ONLEESBAAR),
    ],
)
def test_trouble_becomes_a_state_with_a_sentence(
    brp: Bronnen, mensen: dict[str, Mens], settings: Any, soort: str, staat: Staat
) -> None:
    settings.BRP = brp_settings(brp, LIMIET=0.5)
    brp.disturb("brp", soort, seconden=2)
    uitkomst = one(mensen["gewoon"])
    assert uitkomst.staat is staat
    assert uitkomst.personen == ()
    assert uitkomst.melding == str(MELDINGEN[staat])
    # Without a limit it would be the two seconds of the disturbance.
    assert uitkomst.duur_ms < 1900


def test_a_refusal_names_the_fields_to_the_administrator_only(
    brp: Bronnen, mensen: dict[str, Mens], settings: Any
) -> None:
    settings.BRP = brp_settings(brp, DOELBINDING={JEUGD: "Leerplicht"})
    uitkomst = one(mensen["kind_samen"])
    assert uitkomst.staat is Staat.GEWEIGERD
    assert uitkomst.codes == ("403", "unauthorizedField")
    settings.BRP = brp_settings(brp, SLEUTEL="verkeerd")
    assert one(mensen["kind_samen"]).codes == ("401", "authentication")


def test_without_settings_or_over_an_open_line_nothing_is_sent(
    brp: Bronnen, mensen: dict[str, Mens], settings: Any
) -> None:
    for url in ("", "http://brp.voorbeeld.nl"):
        settings.BRP = brp_settings(brp, URL=url)
        assert one(mensen["gewoon"]).staat is Staat.NIET_INGESTELD
    settings.BRP = brp_settings(brp)
    assert one(mensen["gewoon"], "klacht").staat is Staat.GEEN_VELDEN
    assert brp.calls() == []


def _app(inhoud: Any) -> Any:
    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("content-type", "application/json")])
        return [json.dumps(inhoud).encode()]

    return app


@pytest.mark.parametrize(
    "personen",
    [
        None, {}, [[]], ["x"], [{"burgerservicenummer": "123456789"}],
        [{"naam": {"voornamen": 5}}], [{"geboorte": {"datum": {"type": "Datum"}}}],
        [{"geboorte": {"datum": {"type": "JaarDatum", "jaar": "1990"}}}],
        [{"geboorte": {"datum": {"type": "Datum", "datum": "1990-13-01"}}}],
        [{"verblijfplaats": {"type": "Zwevend"}}],
        [{"gezag": [{"type": "Zelfgezag", "minderjarige": {}}]}],
        [{"leeftijd": "12"}], [{"leeftijd": True}],
    ],
)  # fmt: skip
def test_an_answer_that_does_not_follow_the_description_is_taken_for_nothing(
    brp: Bronnen, mensen: dict[str, Mens], settings: Any, personen: Any
) -> None:
    inhoud = {"type": "RaadpleegMetBurgerservicenummer", "personen": personen}
    with served(_app(inhoud)) as url:
        settings.BRP = {**brp_settings(brp), "URL": url}
        assert one(mensen["gewoon"]).staat is Staat.ONLEESBAAR


def test_no_number_or_name_ends_up_in_logs_or_on_paper(
    brp: Bronnen, mensen: dict[str, Mens], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mens = mensen["gewoon"]
    gelukt = one(mens)
    brp.disturb("brp", "fout", keren=1)
    one(mens)
    brp.disturb("brp", "rommel", keren=1)
    one(mens)
    alles = caplog.text + repr(gelukt) + repr(gelukt.personen) + str(gelukt)
    assert "serverError" in caplog.text
    for geheim in (mens.bsn, "Jantje", "Wierdeweg", "9967PX"):
        assert geheim not in alles
