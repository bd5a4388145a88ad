"""Finding people: what matches, in which order, within which border, and logged."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel, Verwerking
from samenloop.access.rollen import Rol
from samenloop.core.gemeentegrens import within
from samenloop.personen import zoeken
from samenloop.personen.forms import read_line
from samenloop.personen.models import Gemeente, Naamdeel, Persoon
from samenloop.personen.namen import normalise
from samenloop.personen.zoeken import VOORVOEGSELS, Zoekvraag, ZoekvraagTeRuim, search
from tests.access.accounts import actor
from tests.personen.maken import (
    ANDER_BSN,
    BSN,
    give_bsn,
    known,
    lives,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulent(hier: Gemeente) -> Actor:
    return actor(Rol.CONSULENT, gemeente=hier.code)


def known_here(hier: Gemeente, geslachtsnaam: str, **velden: object) -> Persoon:
    velden.setdefault("gemeenten", [hier.code])
    return person(geslachtsnaam, **velden)  # type: ignore[arg-type]


def found(wie: Actor, naam: str = "", **velden: object) -> list[str]:
    with within(wie.gemeente):
        treffers = search(wie, Zoekvraag(naam=naam, **velden))  # type: ignore[arg-type]
    return [rij.naam for rij in treffers.rijen]


class TestNaam:
    @pytest.fixture(autouse=True)
    def mensen(self, hier: Gemeente) -> None:
        for voornamen, voorvoegsel, geslachtsnaam in (
            ("Jan Pieter", "de", "Vries"),
            ("Janneke", "", "Vries-Bakker"),
            ("Vrijo", "van den", "Jansen"),
            ("Anna", "", "Özdemir"),
            ("Jan", "", "IJsbrandy"),
            ("Marie-José", "", "'s-Gravenhage"),
            ("De", "", "Van"),
        ):
            known_here(
                hier, geslachtsnaam, voornamen=voornamen, voorvoegsel=voorvoegsel
            )

    @pytest.mark.parametrize(
        ("naam", "wie"),
        [
            ("vri jan", ["Vrijo van den Jansen", "Jan Pieter de Vries",
                         "Janneke Vries-Bakker"]),
            ("jan vri", ["Vrijo van den Jansen", "Jan Pieter de Vries",
                         "Janneke Vries-Bakker"]),
            ("de vries", ["Jan Pieter de Vries", "Janneke Vries-Bakker"]),
            ("vries", ["Jan Pieter de Vries", "Janneke Vries-Bakker"]),
            ("VRIES jan pieter", ["Jan Pieter de Vries"]),
            ("van der vries pieter", ["Jan Pieter de Vries"]),
            ("bakker", ["Janneke Vries-Bakker"]),
            ("ozd", ["Anna Özdemir"]),
            ("ÖZ AN", ["Anna Özdemir"]),
            ("ijsbr", ["Jan IJsbrandy"]),
            ("ĳsb", ["Jan IJsbrandy"]),
            ("ysb", []),
            ("'s grav", ["Marie-José 's-Gravenhage"]),
            ("gravenhage", ["Marie-José 's-Gravenhage"]),
            ("van de", ["Vrijo van den Jansen", "De Van"]),
            ("ries", []),
            ("vries piet anna", []),
            ("%", None), ("v", None), ("_ %", None), ("", None),
            ("j v", None),
            ("va%", ["Vrijo van den Jansen", "De Van"]),
        ],
    )  # fmt: skip
    def test_words_match_by_their_beginnings(
        self, consulent: Actor, naam: str, wie: list[str] | None
    ) -> None:
        if wie is None:
            with pytest.raises(ZoekvraagTeRuim):
                found(consulent, naam)
        else:
            assert found(consulent, naam) == wie

    def test_a_new_name_is_found_and_the_old_one_no_more(
        self, consulent: Actor
    ) -> None:
        wie = Persoon.objects.get(geslachtsnaam="Özdemir")
        wie.geslachtsnaam = "Yıldız"
        wie.save()
        assert found(consulent, "ozdemir") == []
        assert found(consulent, "yil ann") == ["Anna Yıldız"]

    def test_of_a_person_that_went_no_word_is_left(self) -> None:
        Persoon.objects.filter(geslachtsnaam="Özdemir").delete()
        assert not Naamdeel.objects.filter(woord="ozdemir").exists()


class TestAnders:
    def test_by_number(self, consulent: Actor, hier: Gemeente) -> None:
        give_bsn(known_here(hier, "Vries"), BSN)
        assert found(consulent, bsn=BSN) == ["Vries"]
        assert found(consulent, bsn=ANDER_BSN) == []
        assert found(consulent, "jansen", bsn=BSN) == []

    def test_by_birth_date_and_name(self, consulent: Actor, hier: Gemeente) -> None:
        for naam, geboren in (("Vries", "1980-05-17"), ("Bos", "1980-05-17"),
                              ("Vries", "1980-05-18")):  # fmt: skip
            known_here(hier, naam, geboren=geboren)
        dag = date(1980, 5, 17)
        assert found(consulent, geboortedatum=dag) == ["Bos", "Vries"]
        assert found(consulent, "de vri", geboortedatum=dag) == ["Vries"]

    def test_by_the_address_of_today(self, consulent: Actor, hier: Gemeente) -> None:
        toen, nu, geheim, later = (
            known_here(hier, naam, geheim=naam == "Geheim")
            for naam in ("Toen", "Nu", "Geheim", "Later")
        )
        adres = {"postcode": "9981AB", "huisnummer": 12}
        lives(toen, hier, "2000-01-01", "2010-12-31", **adres)
        lives(later, hier, "2900-01-01", None, **adres)
        lives(nu, hier, "2011-01-01", None, **adres)
        lives(geheim, hier, "2011-01-01", None, **adres)
        lives(known_here(hier, "Fout"), hier, bekend=known("2017-01-01", "2018-01-01"),
              **adres)  # fmt: skip
        assert found(consulent, **adres) == ["Nu"]
        assert found(consulent, postcode="9981 ab", huisnummer=12) == ["Nu"]
        assert found(consulent, postcode="9981AB", huisnummer=13) == []

    def test_a_postcode_alone_is_too_many_people(self, consulent: Actor) -> None:
        with pytest.raises(ZoekvraagTeRuim):
            found(consulent, postcode="9981AB")


class TestHoeveel:
    def test_at_most_fifty_and_it_says_there_are_more(
        self, consulent: Actor, hier: Gemeente
    ) -> None:
        for nummer in range(51):
            known_here(hier, "Jansen", voornamen=f"Jan{nummer:02}")
        with within(hier.code):
            treffers = search(consulent, Zoekvraag(naam="jansen"))
            assert len(treffers.rijen) == 50
            assert treffers.meer
            Persoon.objects.filter(voornamen="Jan07").delete()
            treffers = search(consulent, Zoekvraag(naam="jansen"))
            assert len(treffers.rijen) == 50
            assert not treffers.meer

    def test_common_words_give_the_same_as_rare_ones(
        self, consulent: Actor, hier: Gemeente, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        namen = ["Jansen", "Vries", "Janssen", "Bakker", "Jan", "Vriesema"]
        for geslachtsnaam in namen:
            for voornamen in ("Jan Vrij", "Piet", "Jannetje", "Vries"):
                known_here(hier, geslachtsnaam, voornamen=voornamen)
        vragen = ["jan", "vri", "jan vri", "vri jan piet", "pie", "jans", "de jan"]
        weinig = [found(consulent, vraag) for vraag in vragen]
        monkeypatch.setattr(zoeken, "_ZELDZAAM", 1)
        assert [found(consulent, vraag) for vraag in vragen] == weinig
        assert [len(wie) for wie in weinig] == [18, 16, 11, 0, 6, 8, 18]


class TestGrens:
    def test_only_within_the_border(
        self, consulent: Actor, hier: Gemeente, daar: Gemeente
    ) -> None:
        known_here(hier, "Vries", voornamen="Hier", geboren="1980-05-17")
        wie = known_here(
            hier, "Vries", voornamen="Daar", gemeenten=[daar.code], geboren="1980-05-17"
        )
        give_bsn(wie, BSN)
        lives(wie, daar, postcode="9981AB", huisnummer=1)
        for velden in (
            {"naam": "vries"},
            {"geboortedatum": date(1980, 5, 17)},
        ):
            assert found(consulent, **velden) == ["Hier Vries"]  # type: ignore[arg-type]
        assert found(consulent, bsn=BSN) == []
        assert found(consulent, postcode="9981AB", huisnummer=1) == []

    def test_a_person_of_both_is_found_once(
        self, consulent: Actor, hier: Gemeente, daar: Gemeente
    ) -> None:
        known_here(hier, "Vries", gemeenten=[hier.code, daar.code])
        with within(hier.code, daar.code):
            treffers = search(consulent, Zoekvraag(naam="vries"))
        assert len(treffers.rijen) == 1

    @pytest.mark.parametrize("rol", [Rol.TEAMLEIDER, Rol.BEHEER, Rol.FG, Rol.PARTNER])
    def test_not_for_who_has_no_task_with_people(
        self, hier: Gemeente, rol: Rol
    ) -> None:
        known_here(hier, "Vries")
        with pytest.raises(GeenToegang):
            found(actor(rol, gemeente=hier.code), "vries")
        assert not Auditregel.objects.filter(handeling="persoon_zoeken").exists()


class TestLog:
    def test_each_hit_is_logged_and_what_was_asked_is_not(
        self, consulent: Actor, hier: Gemeente
    ) -> None:
        mensen = [known_here(hier, "Vries"), known_here(hier, "Vries")]
        known_here(hier, "Bakker")
        assert len(found(consulent, "vries")) == 2
        regel = Auditregel.objects.get(handeling="persoon_zoeken")
        assert (regel.wijze, regel.aantal_personen) == ("gevonden", 2)
        assert "vries" not in str(regel.__dict__).lower()
        assert set(
            Verwerking.objects.filter(persoon__isnull=False).values_list(
                "persoon", flat=True
            )
        ) == {wie.pk for wie in mensen}

    def test_a_search_that_finds_nobody_is_logged_too(self, consulent: Actor) -> None:
        found(consulent, "vries")
        assert Auditregel.objects.get(handeling="persoon_zoeken").aantal_personen == 0


NAAMDELEN = st.text(
    st.characters(categories=["L", "Nd", "Pd", "Zs"], max_codepoint=0x24F),
    min_size=1,
    max_size=20,
).filter(lambda tekst: bool(tekst.strip()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    geslachtsnaam=NAAMDELEN,
    voornamen=st.text(max_size=20) | NAAMDELEN,
    voorvoegsel=st.sampled_from(["", "de", "van der", "'t", "el"]),
    data=st.data(),
)
def test_everyone_is_found_by_beginnings_of_their_own_name_in_any_order(
    consulent: Actor,
    hier: Gemeente,
    geslachtsnaam: str,
    voornamen: str,
    voorvoegsel: str,
    data: st.DataObject,
) -> None:
    voornamen = voornamen.replace("\x00", "")
    wie = known_here(hier, geslachtsnaam, voornamen=voornamen, voorvoegsel=voorvoegsel)
    try:
        woorden = normalise(f"{voornamen} {voorvoegsel} {geslachtsnaam}").split()
        delen = [
            woord[: data.draw(st.integers(min(2, len(woord)), len(woord)))]
            for woord in data.draw(st.permutations(woorden))
        ][:8]
        with within(hier.code):
            try:
                treffers = search(consulent, Zoekvraag(naam=" ".join(delen)))
            except ZoekvraagTeRuim:
                assert max(map(len, delen), default=0) < 2
            else:
                assert wie.pk in {rij.persoon for rij in treffers.rijen}
    finally:
        wie.delete()


def test_the_order_of_words_does_not_matter(consulent: Actor, hier: Gemeente) -> None:
    known_here(hier, "Boer", voornamen="Jan Willem", voorvoegsel="de")
    known_here(hier, "Boersma", voornamen="Willemijn Janna")
    for volgorde in permutations(["boe", "jan", "wil", "de"]):
        assert found(consulent, " ".join(volgorde)) == [
            "Jan Willem de Boer",
            "Willemijn Janna Boersma",
        ]


def test_voorvoegsels_are_words_as_names_are_kept() -> None:
    assert all(normalise(woord) == woord for woord in VOORVOEGSELS)


@pytest.mark.parametrize(
    ("regel", "velden"),
    [
        ("vri jan", {"naam": "vri jan"}),
        ("Vries, Jan de", {"naam": "Vries Jan de"}),
        ("jan 17-05-1980", {"naam": "jan", "geboortedatum": "17-05-1980"}),
        ("1980-05-17", {"naam": "", "geboortedatum": "1980-05-17"}),
        ("9981 ab 12", {"naam": "", "postcode": "9981ab", "huisnummer": "12"}),
        ("9981AB", {"naam": "", "postcode": "9981AB", "huisnummer": ""}),
        (f"bsn {BSN.cijfers}", {"naam": "bsn", "bsn": BSN.cijfers}),
        ("9999 90 019", {"naam": "", "bsn": "9999 90 019"}),
        ("", {"naam": ""}),
    ],
)
def test_one_line_is_taken_apart(regel: str, velden: dict[str, str]) -> None:
    assert read_line(regel) == velden
