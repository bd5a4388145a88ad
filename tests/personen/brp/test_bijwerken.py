"""What the BRP says becomes a fact of ours, with both its times, and is logged."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel, Verwerking
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.core.bsn import Bsn
from samenloop.demo.bronnen.brp_document import Mens, Woonplek, gezag, holder
from samenloop.personen.brp.bijwerken import Opgehaald, fetch, refresh
from samenloop.personen.brp.models import Brpstand
from samenloop.personen.brp.verbinding import Staat
from samenloop.personen.models import Adres, Gezag, Persoon
from tests.access.accounts import actor
from tests.demo.bronnen_op_poort import Bronnen
from tests.personen.brp.conftest import DAG
from tests.personen.maken import municipality

pytestmark = pytest.mark.django_db
JEUGD = "jeugd_toeleiding"
HIER = "GM1663"


@pytest.fixture(autouse=True)
def _gemeenten() -> None:
    municipality(HIER, "De Marne")
    municipality("GM1651", "Eemsmond")


def worker(gemeente: str = HIER) -> Actor:
    return actor(gemeente=gemeente)


def take(mens: Mens, doel: str = JEUGD, *, gezin: bool = False) -> Opgehaald:
    with gemeentegrens.within(HIER):
        return fetch(worker(), Bsn(mens.bsn), doel, met_verwanten=gezin)


def addresses(persoon: Persoon) -> list[tuple[str, date, date | None]]:
    """What we know now: street, first and last day."""
    rijen = Adres.objects.current().filter(persoon=persoon).order_by("geldig")
    return [(rij.straat, rij.startdatum, rij.einddatum) for rij in rijen]


def holders(kind: Persoon) -> set[tuple[str, str]]:
    """Who has gezag today: first name and kind."""
    rijen = Gezag.objects.current().in_force(DAG).filter(minderjarige=kind)
    return {(r.houder.voornamen if r.houder else "-", r.soort) for r in rijen}


def test_somebody_new_is_registered_as_the_brp_has_them(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    opgehaald = take(mensen["gewoon"])
    persoon = opgehaald.persoon
    assert persoon is not None
    assert opgehaald.is_nieuw
    assert persoon.volledige_naam == "Jantje van der Weg"
    assert persoon.geboortedatum == date(1985, 3, 14)
    assert persoon.geslacht == "2"
    assert persoon.gemeenten == [HIER]
    (adres,) = Adres.objects.filter(persoon=persoon)
    assert (adres.straat, adres.huisnummer, adres.gemeente_id) == ("Wierdeweg", 1, HIER)
    assert adres.startdatum == date(2012, 5, 1)
    assert adres.bekend.lower == DAG
    assert adres.huishouden is not None
    assert adres.huishouden.sleutel == "BAG1663010000000001"


def test_asking_again_changes_nothing(brp: Bronnen, mensen: dict[str, Mens]) -> None:
    eerste = take(mensen["kind_samen"], gezin=True)
    tweede = take(mensen["kind_samen"], gezin=True)
    assert tweede.persoon == eerste.persoon
    assert not tweede.is_nieuw
    assert tweede.gewijzigd == frozenset()
    assert Persoon.objects.count() == 3
    assert Adres.objects.count() == 3
    assert Gezag.objects.count() == 2


def test_of_a_birth_date_known_in_part_no_day_is_made_up(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    persoon = take(mensen["jaar_maand"]).persoon
    assert persoon is not None
    assert persoon.geboortedatum is None
    stand = Brpstand.objects.get(persoon=persoon)
    assert (stand.geboortejaar, stand.geboortemaand, stand.geboortedag) == (
        1979,
        6,
        None,
    )


def test_secrecy_death_and_research_are_kept(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    geheim = take(mensen["geheim"]).persoon
    assert geheim is not None
    assert geheim.geheim
    dood = Brpstand.objects.get(persoon=take(mensen["overleden"]).persoon)
    assert (dood.opschorting, dood.overlijdensjaar, dood.overlijdensdag) == (
        "O",
        2025,
        2,
    )
    twijfel = Brpstand.objects.get(persoon=take(mensen["in_onderzoek"]).persoon)
    assert twijfel.niet_op_adres
    assert "verblijfplaats.datumVan" in twijfel.in_onderzoek


@pytest.mark.parametrize("wie", ["buitenland", "zonder_adres"])
def test_abroad_or_unknown_is_an_address_without_municipality(
    brp: Bronnen, mensen: dict[str, Mens], wie: str
) -> None:
    persoon = take(mensen[wie]).persoon
    (adres,) = Adres.objects.filter(persoon=persoon)
    assert (adres.gemeente_id, adres.straat) == (None, "")
    # Abroad begins with the departure; of who is nowhere nothing is known: today.
    assert adres.startdatum == (date(2021, 8, 1) if wie == "buitenland" else DAG)


def test_a_move_ends_the_old_address_and_both_stay_on_record(
    brp: Bronnen, mensen: dict[str, Mens], dag: time_machine.Traveller
) -> None:
    mens = mensen["gewoon"]
    persoon = take(mens).persoon
    assert persoon is not None
    dag.move_to(DAG + timedelta(days=30))
    mens.woont = Woonplek("Terpstraat", 8, "a", "bis", "9988AB", "Usquert")
    mens.gemeente = ("1651", "Eemsmond")
    mens.sinds = (2026, 4, 1)
    opgehaald = take(mens)
    assert opgehaald.gewijzigd == {"adres"}
    assert addresses(persoon) == [
        ("Wierdeweg", date(2012, 5, 1), date(2026, 3, 31)),
        ("Terpstraat", date(2026, 4, 1), None),
    ]
    nieuw = Adres.objects.current().get(persoon=persoon, straat="Terpstraat")
    assert nieuw.huisnummertoevoeging == "a bis"
    toen = Adres.objects.known_on(DAG).get(persoon=persoon)
    assert toen.einddatum is None


def test_a_wrong_address_is_corrected_and_what_we_thought_stays(
    brp: Bronnen, mensen: dict[str, Mens], dag: time_machine.Traveller
) -> None:
    mens = mensen["gewoon"]
    persoon = take(mens).persoon
    assert persoon is not None
    dag.move_to(DAG + timedelta(days=10))
    assert mens.woont is not None
    mens.woont.straat = "Wierderweg"
    take(mens)
    assert addresses(persoon) == [("Wierderweg", date(2012, 5, 1), None)]
    assert Adres.objects.known_on(DAG).get(persoon=persoon).straat == "Wierdeweg"


def test_an_earlier_begin_makes_room_among_earlier_addresses(
    brp: Bronnen, mensen: dict[str, Mens], dag: time_machine.Traveller
) -> None:
    mens = mensen["gewoon"]
    persoon = take(mens).persoon
    assert persoon is not None
    dag.move_to(DAG + timedelta(days=1))
    mens.woont = Woonplek("Terpstraat", 8, "", "", "9988AB", "Usquert")
    mens.sinds = (2026, 3, 1)
    take(mens)
    dag.move_to(DAG + timedelta(days=2))
    mens.sinds = (2011, 7, 1)  # before the first address began
    take(mens)
    assert addresses(persoon) == [("Terpstraat", date(2011, 7, 1), None)]


def test_people_at_one_address_are_one_household(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    opgehaald = take(mensen["kind_samen"], gezin=True)
    wie = [opgehaald.persoon, *opgehaald.verwanten]
    rijen = Adres.objects.filter(persoon__in=wie)
    assert len({rij.huishouden_id for rij in rijen}) == 1
    assert len(rijen) == 3


@pytest.mark.parametrize(
    ("wie", "verwacht"),
    [
        ("kind_samen", {("Rixt", "ouder"), ("Menno", "ouder")}),
        ("kind_alleen", {("Rixt", "ouder")}),
        ("kind_met_derde", {("Rixt", "ouder"), ("Menno", "voogd")}),
        ("kind_met_onbekende", {("Rixt", "ouder")}),
        ("kind_voogdij", {("-", "instelling")}),
        ("kind_voogd", {("Menno", "voogd")}),
        ("kind_tijdelijk", set()),
        ("kind_niet_te_bepalen", set()),
        ("kind_ouder_zonder_bsn", {("Rixt", "ouder")}),
    ],
)
def test_gezag_is_taken_over_as_far_as_somebody_can_be_named(
    brp: Bronnen, mensen: dict[str, Mens], wie: str, verwacht: set[tuple[str, str]]
) -> None:
    kind = take(mensen[wie], gezin=True).persoon
    assert kind is not None
    assert holders(kind) == verwacht
    stand = Brpstand.objects.get(persoon=kind)
    assert stand.gezag == [mensen[wie].gezag[0]["type"]]
    geen = wie in ("kind_tijdelijk", "kind_niet_te_bepalen")
    assert bool(stand.gezag_toelichting) == geen


def test_gezag_ends_by_itself_when_the_child_comes_of_age(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    kind = take(mensen["kind_alleen"], gezin=True).persoon
    (rij,) = Gezag.objects.filter(minderjarige=kind)
    assert rij.einddatum == date(2036, 3, 13)


def test_a_change_of_gezag_holds_from_the_day_we_heard(
    brp: Bronnen, mensen: dict[str, Mens], dag: time_machine.Traveller
) -> None:
    mens = mensen["kind_samen"]
    kind = take(mens, gezin=True).persoon
    assert kind is not None
    later = DAG + timedelta(days=5)
    dag.move_to(later)
    moeder = mensen["moeder"]
    mens.gezag = [gezag("EenhoofdigOuderlijkGezag", mens, later, ouder=holder(moeder))]
    assert "gezag" in take(mens, gezin=True).gewijzigd
    nu = Gezag.objects.current().filter(minderjarige=kind)
    assert {(r.houder.voornamen, r.einddatum) for r in nu if r.houder} == {
        ("Rixt", date(2034, 3, 13)),
        ("Menno", later - timedelta(days=1)),
    }


def test_that_gezag_cannot_be_determined_ends_nothing(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    mens = mensen["kind_samen"]
    kind = take(mens, gezin=True).persoon
    assert kind is not None
    mens.gezag = [gezag("GezagNietTeBepalen", mens, DAG, toelichting="Onbekend.")]
    take(mens, gezin=True)
    assert len(holders(kind)) == 2
    mens.gezag = [gezag("TijdelijkGeenGezag", mens, DAG, toelichting="Ziek.")]
    take(mens, gezin=True)
    assert holders(kind) == set()


def test_half_of_the_truth_about_gezag_is_not_taken_over(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    kind = take(mensen["kind_samen"]).persoon  # without the family
    assert kind is not None
    assert holders(kind) == set()
    assert Brpstand.objects.get(persoon=kind).gezag == ["GezamenlijkOuderlijkGezag"]


def test_the_family_takes_two_questions_and_no_more_fields_than_agreed(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    take(mensen["kind_samen"], gezin=True)
    eerste, tweede = brp.calls("brp")
    assert (eerste["personen"], tweede["personen"]) == (1, 2)
    assert "gezag" in eerste["fields"]
    assert "gezag" not in tweede["fields"]
    assert not any(veld.startswith("kinderen") for veld in tweede["fields"])


def test_who_another_municipality_knows_is_not_registered_twice(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    with gemeentegrens.within("GM1651"):
        daar = fetch(worker("GM1651"), Bsn(mensen["locatie"].bsn), "schuldhulp").persoon
    hier = take(mensen["locatie"]).persoon
    assert hier == daar
    assert hier is not None
    assert set(hier.gemeenten) == {"GM1651", HIER}
    assert Persoon.objects.count() == 1


def test_gezag_of_who_lies_outside_the_border_is_not_ended(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    mens = mensen["kind_samen"]
    kind = take(mens, gezin=True).persoon
    assert kind is not None
    with gemeentegrens.within("GM1651"):
        elders = fetch(worker("GM1651"), Bsn(mens.bsn), "jeugd_uitvoering")
    assert elders.persoon == kind
    assert holders(kind) == {("Rixt", "ouder"), ("Menno", "ouder")}


def test_a_household_that_another_municipality_knows_is_the_same_household(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    daar = take(mensen["moeder"], "wmo_uitvoering").persoon
    with gemeentegrens.within("GM1651"):
        gevraagd = fetch(worker("GM1651"), Bsn(mensen["vader"].bsn), "wmo_uitvoering")
        hier = gevraagd.persoon
        assert hier is not None
        huishouden = Adres.objects.get(persoon=hier).huishouden
        assert huishouden is not None
        # Who lives there as well stays outside the border.
        assert not Adres.objects.filter(persoon=daar).exists()
    assert huishouden == Adres.objects.get(persoon=daar).huishouden
    assert set(huishouden.gemeenten) == {"GM1651", HIER}


def test_every_question_is_in_the_logs_with_its_ground(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    opgehaald = take(mensen["kind_samen"], gezin=True)
    regel = Auditregel.objects.get()
    assert (regel.doel, regel.grond, regel.wijze) == (JEUGD, "G018", "gewijzigd")
    assert (regel.handeling, regel.aantal_personen) == ("persoon_registreren", 3)
    wie = {opgehaald.persoon, *opgehaald.verwanten}
    lijnen = Verwerking.objects.filter(persoon__isnull=False)
    assert {lijn.persoon for lijn in lijnen} == {deel.pk for deel in wie if deel}
    assert {lijn.grond for lijn in lijnen} == {"G018"}
    with gemeentegrens.within(HIER):
        assert opgehaald.persoon is not None
        refresh(worker(), opgehaald.persoon, JEUGD)
    assert Auditregel.objects.order_by("-id")[0].wijze == "geopend"


def test_who_may_not_register_asks_nothing(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    with pytest.raises(GeenToegang):
        fetch(actor(Rol.BELEID, gemeente=HIER), Bsn(mensen["gewoon"].bsn), JEUGD)
    assert brp.calls() == []
    assert not Persoon.objects.exists()


def test_a_dead_source_changes_nothing_and_says_so(
    brp: Bronnen, mensen: dict[str, Mens], settings: Any
) -> None:
    persoon = take(mensen["gewoon"]).persoon
    assert persoon is not None
    brp.disturb("brp", "fout")
    with gemeentegrens.within(HIER):
        opgehaald = refresh(worker(), persoon, JEUGD)
    assert opgehaald.uitkomst.staat is Staat.GEEN_ANTWOORD
    assert opgehaald.persoon is None
    assert addresses(persoon) == [("Wierdeweg", date(2012, 5, 1), None)]


def test_what_was_made_by_mistake_is_not_taken_over(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    opgehaald = take(mensen["fout"])
    assert opgehaald.uitkomst.is_gelukt
    assert opgehaald.persoon is None
    assert not Persoon.objects.exists()


def test_what_the_brp_keeps_of_somebody_stays_within_the_border(
    brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    take(mensen["gewoon"])
    with gemeentegrens.within(HIER):
        assert Brpstand.objects.count() == 1
    with gemeentegrens.within("GM1651"):
        assert Brpstand.objects.count() == 0
