"""Sentences say what the figures show, in correct grammar."""

import pytest

from samenloop.monitor.verslag import zinnen, zinnen_geld, zinnen_stroom
from samenloop.monitor.verslag.lezing import Lezing
from tests.monitor.voorbeeld import monitor


@pytest.fixture
def nl() -> Lezing:
    return Lezing(monitor(), "nl")


@pytest.fixture
def en() -> Lezing:
    return Lezing(monitor(), "en")


def _gewoon(zin: str) -> str:
    return zin.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("nu", "toen", "verwacht"),
    [
        (
            2077,
            2172,
            "liepen 2.077 voorzieningen, 95 minder dan op 30 september (− 4,4%).",
        ),
        (
            6805,
            6776,
            "liepen 6.805 voorzieningen, 29 meer dan op 30 september (+ 0,4%).",
        ),
        (12, 12, "liepen 12 voorzieningen, evenveel als op 30 september."),
        (1, 3, "liep 1 voorziening, 2 minder dan op 30 september."),
        (0, 3, "liepen er geen voorzieningen, 3 minder dan op 30 september."),
        (0, 0, "liepen er geen voorzieningen, evenveel als op 30 september."),
        (5, None, "liepen 5 voorzieningen."),
        (11, 9, "liepen 11 voorzieningen, 2 meer dan op 30 september."),
    ],
)
def test_running_provisions(
    nl: Lezing, nu: int, toen: int | None, verwacht: str
) -> None:
    assert _gewoon(zinnen.lopend(nl, nu, toen)) == f"Op 31 december 2017 {verwacht}"


def test_english_sentence(en: Lezing) -> None:
    assert _gewoon(zinnen.lopend(en, 1, 12)) == (
        "On 31 December 2017 1 provision was running, "
        "11 fewer than on 30 September (− 91.7%)."
    )


def test_one_client_has_and_two_clients_have(nl: Lezing) -> None:
    assert zinnen.klanten(nl, 1, 1, 1) == (
        "Op 31 december 2017 had 1 cliënt in 1 huishouden 1 lopende voorziening."
    )
    assert zinnen.klanten(nl, 2, 1, 3) == (
        "Op 31 december 2017 hadden 2 cliënten in 1 huishouden samen "
        "3 lopende voorzieningen."
    )
    assert "niemand" in zinnen.klanten(nl, 0, 0, 0)


def test_forms_rise_fall_and_stay(nl: Lezing) -> None:
    zin = zinnen.beweging(
        nl, [("a", 5, 2), ("b", 1, 4), ("c", 3, 3), ("d", 0, 0)], "30 september"
    )
    assert zin == (
        "Sinds 30 september: a steeg met 3, b daalde met 3 en c bleef gelijk."
    )


def test_largest_kind_only_when_there_is_a_choice(nl: Lezing) -> None:
    assert zinnen.grootste(nl, [("a", 5)], 5) == ""
    assert zinnen.grootste(nl, [("a", 5), ("b", 2)], 7) == (
        "De grootste soort is a, met 5."
    )
    assert zinnen.grootste(nl, [("a", 15), ("b", 5)], 20) == (
        "De grootste soort is a, met 15: 75,0% van het totaal."
    )
    assert zinnen.grootste(nl, [("a", 5), ("b", 5)], 10) == (
        "De grootste soorten zijn a en b, elk met 5."
    )


def test_long_lists_are_cut_with_the_rest_counted(nl: Lezing) -> None:
    assert zinnen.namen(nl, list("abcd")) == "a, b, c en d"
    assert zinnen.namen(nl, list("abcdefg")) == "a, b, c en 4 andere"


def test_cases_opened_and_closed(nl: Lezing) -> None:
    begin = "In het vierde kwartaal 2017 "
    assert zinnen.nieuw_en_afgerond(nl, 64, 130) == (
        f"{begin}kwamen er 64 casussen bij en werden er 130 afgerond."
    )
    assert zinnen.nieuw_en_afgerond(nl, 1, 1) == (
        f"{begin}kwam er 1 casus bij en werd er 1 afgerond."
    )
    assert zinnen.nieuw_en_afgerond(nl, 0, 0) == (
        f"{begin}kwam er geen casus bij en werd er geen afgerond."
    )


def test_benefits_over_five_quarters(nl: Lezing) -> None:
    zin = zinnen_geld.uitkeringen(nl, ["2016Q4", "2017Q4"], [1226, 1204])
    assert _gewoon(zin) == (
        "Aan het eind van het vierde kwartaal 2017 liepen er 1.204 uitkeringen, "
        "22 minder dan aan het eind van het vierde kwartaal 2016 (− 1,8%)."
    )
    assert zinnen_geld.uitkeringen(nl, ["2017Q4"], [1]) == (
        "Aan het eind van het vierde kwartaal 2017 liep er 1 uitkering."
    )


def test_cost_per_person_only_for_more_tracks(nl: Lezing) -> None:
    zin = zinnen_geld.naar_werk(nl, 20, {"1": 20, "Totaal": 20}, {"1": 100.0})
    assert zin == [
        "In de vier kwartalen gingen 20 mensen vanuit een uitkering aan het werk: "
        "20 in spoor 1."
    ]
    meer = zinnen_geld.naar_werk(
        nl, 30, {"1": 10, "onbekend": 20}, {"1": 43200.0, "onbekend": 100.0}
    )
    assert meer[0].endswith("10 in spoor 1 en 20 in spoor onbekend.")
    assert _gewoon(meer[1]) == "Per persoon kost spoor 1 het meest: € 432."
    assert "niemand" in zinnen_geld.naar_werk(nl, 0, {}, {})[0]


def test_budget_says_which_item_moved_most_and_which_way(nl: Lezing) -> None:
    lager = zinnen_geld.begroting(
        nl,
        ["a", "b"],
        {"a": 500, "b": 0},
        {"a": -10000, "b": 100},
        {"a": -10500, "b": 100},
        ["begin", "eind"],
    )
    assert _gewoon(lager[0]) == "Voor BMWE staat de post “B” op € 1 in “eind”."
    assert _gewoon(lager[1]).endswith("het meest: € 105 lager.")
    gelijk = zinnen_geld.begroting(
        nl, ["a"], {"a": 5}, {"a": 5}, {"a": 0}, ["begin", "eind"]
    )
    assert gelijk[1] == "Sinds “begin” veranderde geen bedrag."


def test_stacking_share_needs_a_base_of_ten(nl: Lezing) -> None:
    weinig = zinnen_stroom.samenloop(nl, "huishoudens", 1, 9, "Jeugdwet + Wmo", 1)
    assert weinig[0] == (
        "Van 9 huishoudens met ondersteuning heeft er 1 ondersteuning uit meer dan "
        "één wet."
    )
    genoeg = zinnen_stroom.samenloop(nl, "clienten", 2, 10, "", 0)
    assert genoeg == [
        "Van 10 cliënten met ondersteuning hebben er 2 ondersteuning uit meer dan "
        "één wet (20,0%)."
    ]
    assert zinnen_stroom.samenloop(nl, "clienten", 0, 0, "", 0) == []


def test_objections_none_one_many(nl: Lezing) -> None:
    begin = "In het vierde kwartaal 2017 "
    veel = zinnen_stroom.bezwaren(nl, [("bezwaar", 2), ("klacht", 1)], 1, 2)
    assert veel == (
        f"{begin}zijn 2 bezwaren en 1 klacht ingediend; 1 werd afgehandeld en "
        "2 staan nog open."
    )
    niets = zinnen_stroom.bezwaren(nl, [("bezwaar", 0)], 0, 0)
    assert niets == (
        f"{begin}is niets ingediend; er werd niets afgehandeld en er staat niets "
        "meer open."
    )
