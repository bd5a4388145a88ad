"""The drawing of a family shows everyone once, and no name runs into another."""

import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.personen.beeld import Gezinsbeeld, Lid, bonds
from samenloop.personen.models import Geslacht, GezinsRol
from samenloop.personen.opstelling import Opstelling, Vak, arrange
from samenloop.personen.tekening import describe, draw, outline, short_name

DATUM = date(2026, 3, 10)
# A whole family takes a while to make up, the more so on a busy machine.
RUSTIG = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
NAMEN = st.text(
    st.characters(categories=["L", "P", "S"], max_codepoint=0x24F), min_size=1
).filter(str.strip)


def family(leden: list[Lid]) -> Gezinsbeeld:
    return Gezinsbeeld(DATUM, tuple(leden), tuple(bonds(leden)), "Kloosterweg 12")


def lid(nummer: int, rol: str, leeftijd: int | None, **velden: object) -> Lid:
    velden.setdefault("naam", f"Persoon {nummer}")
    velden.setdefault("roepnaam", str(velden["naam"]).split()[0])
    return Lid(UUID(int=nummer), rol=rol, leeftijd=leeftijd, **velden)  # type: ignore[arg-type]


@st.composite
def families(draw_: st.DrawFn) -> Gezinsbeeld:
    """Up to twelve people, with any parents among those before them, or after."""
    aantal = draw_(st.integers(1, 12))
    leden = []
    for nummer in range(1, aantal + 1):
        ouders = draw_(
            st.lists(st.integers(1, aantal), max_size=2, unique=True).map(
                lambda o, n=nummer: tuple(UUID(int=x) for x in o if x != n)
            )
        )
        naam = " ".join(draw_(st.lists(NAMEN, min_size=1, max_size=4))).strip()
        leden.append(
            lid(
                nummer,
                draw_(st.sampled_from(GezinsRol.values)),
                draw_(st.none() | st.integers(0, 110)),
                naam=naam,
                geslacht=draw_(st.sampled_from(Geslacht.values)),
                ouders=ouders,
                gezag=draw_(st.sampled_from([(), ouders[:1], ouders])),
                thuis=draw_(st.booleans()),
                woonplaats=draw_(st.sampled_from(["", "Uithuizen", "x" * 40])),
                kern=nummer == 1,
            )
        )
    return family(leden)


def boxes(opstelling: Opstelling) -> list[Vak]:
    return [
        vak
        for plaats in opstelling.plaatsen.values()
        for vak in (plaats.teken, plaats.tekst)
    ]


@RUSTIG
@given(families())
def test_everyone_has_a_place_and_nothing_overlaps(beeld: Gezinsbeeld) -> None:
    opstelling = arrange(beeld)
    assert set(opstelling.plaatsen) == {lid.persoon for lid in beeld.leden}
    for een, ander in combinations(boxes(opstelling), 2):
        assert not een.overlaps(ander)
    for vak in boxes(opstelling):
        assert vak.x0 >= 0
        assert vak.y0 >= 0
        assert vak.x1 <= opstelling.breedte
        assert vak.y1 <= opstelling.hoogte


@RUSTIG
@given(families())
def test_no_line_runs_through_a_name(beeld: Gezinsbeeld) -> None:
    opstelling = arrange(beeld)
    teksten = [plaats.tekst for plaats in opstelling.plaatsen.values()]
    for lijn in opstelling.lijnen:
        for (ax, ay), (bx, by) in zip(lijn.punten, lijn.punten[1:], strict=False):
            stuk = Vak(min(ax, bx), min(ay, by), max(ax, bx) + 0.1, max(ay, by) + 0.1)
            # A line may end at the sign, whose lower half the text box begins under.
            assert not any(stuk.overlaps(tekst) for tekst in teksten)


@RUSTIG
@given(families())
def test_the_house_holds_who_lives_there_and_nobody_else(beeld: Gezinsbeeld) -> None:
    opstelling = arrange(beeld)
    for plaats in opstelling.plaatsen.values():
        binnen = [
            vak
            for vak in opstelling.huis
            if vak.x0 <= plaats.x <= vak.x1 and vak.y0 <= plaats.y <= vak.y1
        ]
        assert bool(binnen) == plaats.lid.thuis


@RUSTIG
@given(families())
def test_children_stand_below_their_parents(beeld: Gezinsbeeld) -> None:
    ouders = {lid.persoon: set(lid.ouders) for lid in beeld.leden}
    plaatsen = arrange(beeld).plaatsen
    # Two generations, and no couple of which one is the parent of somebody's parent.
    kring = any(ouders[o] for lid in beeld.leden for o in lid.ouders)
    kring |= any(ouders[b.een] or ouders[b.ander] for b in beeld.banden)
    for lid_ in beeld.leden if not kring else ():
        for ouder in lid_.ouders:
            assert plaatsen[ouder].y < plaatsen[lid_.persoon].y


@RUSTIG
@given(families())
def test_the_drawing_is_sound_and_names_everyone(beeld: Gezinsbeeld) -> None:
    svg = ET.fromstring(draw(beeld, "g1"))
    assert svg.get("role") == "img"
    kinderen = list(svg)
    assert [kind.tag for kind in kinderen[:2]] == ["title", "desc"]
    assert svg.get("aria-labelledby") == "g1-titel g1-tekst"
    tekst = kinderen[1].text or ""
    geschreven = [deel.text for deel in svg.iter("text")]
    for lid_ in beeld.leden:
        assert lid_.met_leeftijd in tekst
        assert short_name(lid_) in geschreven
    assert "style" not in draw(beeld)


@RUSTIG
@given(families())
def test_a_name_fits_in_its_column(beeld: Gezinsbeeld) -> None:
    for lid_ in beeld.leden:
        assert len(short_name(lid_)) <= 13


def test_a_name_is_text_and_never_markup() -> None:
    beeld = family([lid(1, "ouder", 40, naam="<b onload=x>", geslacht="2")])
    assert "<b" not in str(draw(beeld))
    assert "&lt;b" in str(draw(beeld))


class TestVoorbeeld:
    """The family of the mock-up: a mother, a former and a present partner."""

    @pytest.fixture
    def beeld(self) -> Gezinsbeeld:
        moeder, vader, partner = (UUID(int=n) for n in (1, 2, 3))
        samen = (moeder, vader)
        return family(
            [
                lid(7, "ander", 69, naam="Trijntje Bos", geslacht="2"),
                lid(2, "ouder", 41, naam="Henk Dijkema", geslacht="1"),
                lid(1, "ouder", 38, naam="Marieke Postma", geslacht="2", thuis=True),
                lid(3, "partner", 36, naam="Sander Wiersma", geslacht="1", thuis=True),
                lid(4, "kind", 14, naam="Jesse Dijkema", geslacht="1", thuis=True,
                    ouders=samen, gezag=samen),
                lid(5, "kind", 9, naam="Noor Dijkema", geslacht="2", thuis=True,
                    ouders=samen, gezag=samen),
                lid(6, "kind", 2, naam="Lotte Wiersma", geslacht="2", thuis=True,
                    ouders=(moeder, partner), gezag=(moeder,)),
            ]
        )  # fmt: skip

    def test_the_mother_stands_between_former_and_present_partner(
        self, beeld: Gezinsbeeld
    ) -> None:
        plaatsen = arrange(beeld).plaatsen
        xs = [plaatsen[UUID(int=n)].x for n in (2, 1, 3)]
        assert xs == sorted(xs)
        assert len({plaatsen[UUID(int=n)].y for n in (1, 2, 3)}) == 1
        assert plaatsen[UUID(int=7)].y < plaatsen[UUID(int=1)].y

    def test_only_the_bond_with_the_former_partner_is_crossed_out(
        self, beeld: Gezinsbeeld
    ) -> None:
        assert [(b.een, b.samen) for b in beeld.banden] == [
            (UUID(int=1), False),
            (UUID(int=1), True),
        ]
        assert sum(lijn.gebroken is not None for lijn in arrange(beeld).lijnen) == 1

    def test_roles_and_gezag_in_words(self, beeld: Gezinsbeeld) -> None:
        with translation.override("en"):
            rollen = {lid.roepnaam: beeld.rol(lid) for lid in beeld.leden}
            gezag = {lid.roepnaam: beeld.gezag(lid) for lid in beeld.leden}
        assert rollen["Henk"] == "father of Jesse and Noor"
        assert rollen["Sander"] == "partner, father of Lotte"
        assert rollen["Lotte"] == "daughter"
        assert gezag["Jesse"] == "both parents"
        assert gezag["Lotte"] == "Marieke"
        assert gezag["Marieke"] == "–"

    def test_the_description_tells_who_lives_there(self, beeld: Gezinsbeeld) -> None:
        with translation.override("en"):
            tekst = describe(beeld)
        assert "at Kloosterweg 12: Marieke, Sander, Jesse, Noor, Lotte." in tekst
        assert "Henk Dijkema, 41: father of Jesse and Noor." in tekst


def test_the_outline_of_two_boxes_that_touch_is_one_ring() -> None:
    assert [set(ring) for ring in outline([Vak(0, 0, 4, 2), Vak(1, 2, 3, 5)])] == [
        {(0, 0), (4, 0), (4, 2), (3, 2), (3, 5), (1, 5), (1, 2), (0, 2)}
    ]
    assert len(outline([Vak(0, 0, 1, 1), Vak(2, 0, 3, 1)])) == 2
