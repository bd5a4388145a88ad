"""Expressions are read, refused with a place and a sentence, and bounded."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.signalen.regels.knopen import Knoop, write
from samenloop.signalen.regels.oordeel import compile_knoop
from samenloop.signalen.regels.uitdrukking import UitdrukkingFout, parse
from samenloop.signalen.regels.voorwaarde import as_tree, understand
from samenloop.signalen.regels.zinnen import sentence
from tests.regels.verzinnen import knopen

pytestmark = pytest.mark.usefixtures("vaste_soorten")
# A busy machine is no fault of a rule.
RUSTIG = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@RUSTIG
@given(knopen())
def test_what_is_written_reads_back_the_same(knoop: Knoop) -> None:
    tekst = write(knoop)
    gelezen = parse(tekst)
    assert write(gelezen) == tekst
    assert compile_knoop(gelezen).tekst == compile_knoop(knoop).tekst


@RUSTIG
@given(knopen())
def test_the_form_shows_it_the_same_or_not_at_all(knoop: Knoop) -> None:
    boom = as_tree(knoop)
    if boom is not None:
        begrepen, fouten = understand(boom)
        assert fouten == []
        assert begrepen is not None
        assert compile_knoop(begrepen).tekst.strip("()") == compile_knoop(
            knoop
        ).tekst.strip("()")


@RUSTIG
@given(st.text(max_size=60) | st.text(alphabet="()notandor<>=123\"'[], ", max_size=60))
def test_any_text_is_read_or_refused_with_a_place(tekst: str) -> None:
    gevonden = None
    try:
        parse(tekst)
    except UitdrukkingFout as fout:
        gevonden = fout
    if gevonden is not None:
        assert 0 <= gevonden.positie <= len(tekst)
        assert str(gevonden)


@pytest.mark.parametrize(
    ("tekst", "positie", "zin"),
    [
        ("", 0, "minstens één voorwaarde"),
        ("gezin.leden >= ", 15, "stopt hier"),
        ("gezin.leden >= 3 and", 20, "stopt hier"),
        ("gezin.onzin >= 3", 0, "Er is geen gegeven gezin.onzin"),
        ('persoon.naam == "x"', 0, "Er is geen gegeven persoon.naam"),
        ('signaal.leefgebied == "geld"', 22, "kent deze code niet"),
        ('signaal.leefgebied >= "school"', 19, "Alleen getallen"),
        ("gezin.leden", 0, "Vergelijk dit"),
        ("gezin.leden >= 3 gezin.jongste < 18", 17, "niet bij hoort"),
        ("(gezin.leden >= 3", 17, "ontbreekt hier"),
        ("gezin.leden ~ 3", 12, "geen betekenis"),
        ("gezin.leden >= 3 && gezin.eenouder", 17, "and, or, not"),
        ('gezin.signalen("school", 900) >= 1', 25, "1 tot en met 730"),
        ('gezin.signalen("scholen", 60) >= 1', 15, "leefgebied"),
        ('signaal.leefgebied == "school', 22, "aanhalingsteken"),
        ("gezin.eenouder == 1", 18, "true of false"),
        ("gezin.leden >= 1234567", 15, "te groot"),
        ("signaal.soort == 'a\"b'", 17, "kent deze code niet"),
        ('signaal.soort == "afgeschaft"', 17, "kent deze code niet"),
        ("3", 0, "geen voorwaarde"),
        ("os.system", 0, "Er is geen gegeven os.system"),
        ("filter([1], # > 0)", 12, "geen betekenis"),
        ("filter(gezin.leden)", 0, "Er is geen gegeven filter"),
        ("not " * 13 + "gezin.eenouder", 52, "te diep"),
        ("(" * 13 + "gezin.eenouder" + ")" * 13, 13, "te diep"),
        (" and ".join(["gezin.eenouder"] * 61), 1140, "60 voorwaarden"),
        ("gezin.leden >= " + " + ".join(["1"] * 15), 67, "te diep"),
    ],
)
def test_a_fault_has_its_place_and_says_what_to_do(
    tekst: str, positie: int, zin: str
) -> None:
    with pytest.raises(UitdrukkingFout) as gevangen:
        parse(tekst)
    assert gevangen.value.positie == positie
    assert zin in str(gevangen.value)


def test_an_expression_of_any_length_is_refused_at_once() -> None:
    with pytest.raises(UitdrukkingFout):
        parse("(" * 1_000_000)


def test_a_condition_reads_as_a_sentence() -> None:
    knoop = parse(
        'signaal.leefgebied == "financien" and gezin.signalen("school", 60) >= 1 '
        "and (gezin.jongste < 18 or not gezin.open_casus)"
    )
    assert sentence(knoop) == (
        "Signaal: leefgebied is financiën en Gezin: eerdere signalen over school in "
        "60 dagen is minstens 1 en (Gezin: leeftijd van de jongste is lager dan 18 of "
        "Gezin: open casus: nee)"
    )


@pytest.mark.parametrize(
    ("boom", "pad", "vak"),
    [
        ({}, (), "groep"),
        ({"groep": "soms", "delen": []}, (), "groep"),
        ({"groep": "alle", "delen": []}, (), "groep"),
        ({"groep": "alle", "delen": [{"veld": "x"}]}, (0,), "veld"),
        ({"groep": "alle", "delen": [7]}, (0,), "veld"),
        (
            {
                "groep": "alle",
                "delen": [{"veld": "gezin.leden", "operator": "een_van"}],
            },
            (0,),
            "operator",
        ),
        (
            {
                "groep": "alle",
                "delen": [
                    {"veld": "gezin.eenouder", "operator": "is", "waarde": "ja"},
                    {
                        "groep": "een",
                        "delen": [
                            {
                                "veld": "gezin.leden",
                                "operator": "minstens",
                                "waarde": "drie",
                            }
                        ],
                    },
                ],
            },
            (1, 0),
            "waarde",
        ),
        (
            {
                "groep": "alle",
                "delen": [
                    {
                        "veld": "gezin.signalen",
                        "leefgebied": "school",
                        "dagen": "0",
                        "operator": "minstens",
                        "waarde": 1,
                    }
                ],
            },
            (0,),
            "dagen",
        ),
        (
            {
                "groep": "alle",
                "delen": [
                    {
                        "veld": "signaal.leefgebied",
                        "operator": "is",
                        "waarde": ["school", "wonen"],
                    }
                ],
            },
            (0,),
            "waarde",
        ),
    ],
)
def test_a_fault_in_the_form_says_where_it_is(
    boom: object, pad: tuple[int, ...], vak: str
) -> None:
    knoop, fouten = understand(boom)
    assert knoop is None
    assert [(fout.pad, fout.vak) for fout in fouten] == [(pad, vak)]


def test_groups_go_four_deep_and_no_deeper() -> None:
    rij = {"veld": "gezin.eenouder", "operator": "is", "waarde": "ja"}
    boom: dict[str, object] = {"groep": "een", "delen": [rij]}
    for _laag in range(3):
        boom = {"groep": "alle", "delen": [boom]}
    assert understand(boom)[0] is not None
    assert understand({"groep": "alle", "delen": [boom]})[0] is None
