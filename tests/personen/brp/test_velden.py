"""What we ask of the BRP is written down per purpose, exists, and is little."""

import csv

import pytest

from samenloop.access.doelen import DOELEN
from samenloop.demo.bronnen.brp_autorisatie import AUTORISATIES, forbidden_fields
from samenloop.demo.bronnen.brp_paden import AUTOMATISCH
from samenloop.klantbeeld import grondslagen
from samenloop.personen.brp.velden import Soort, doelen, paths_for, velden
from tests.demo.oas import MAP

ALLE = sorted(velden())


@pytest.mark.parametrize(("doel", "soort"), ALLE)
def test_every_field_is_offered_by_the_published_list(doel: str, soort: Soort) -> None:
    soort_bij_brp = Soort.PERSOON if soort is Soort.VERWANT else soort
    bestand = MAP / "brp" / f"fields-filtered-{soort_bij_brp}.csv"
    if not bestand.is_file():
        pytest.skip("../shared/apis/brp is not beside the project")
    with bestand.open(encoding="utf-8") as tekst:
        gepubliceerd = {rij["pad"] for rij in csv.DictReader(tekst)}
    gevraagd = paths_for(doel, soort)
    assert gevraagd
    assert set(gevraagd) <= gepubliceerd


@pytest.mark.parametrize(("doel", "soort"), ALLE)
def test_nothing_is_asked_that_comes_by_itself_or_is_not_agreed(
    doel: str, soort: Soort
) -> None:
    gevraagd = paths_for(doel, soort)
    assert not AUTOMATISCH & {deel for pad in gevraagd for deel in pad.split(".")}
    autorisatie = AUTORISATIES[doelen()[doel].doelbinding]
    assert forbidden_fields(gevraagd, autorisatie) == []


def test_a_purpose_that_is_not_written_down_asks_nothing() -> None:
    assert paths_for("nieuwsgierig", Soort.PERSOON) == ()
    assert paths_for("klacht", Soort.PERSOON) == ()


def test_every_purpose_is_one_that_workers_choose_and_has_a_ground() -> None:
    bekend = grondslagen.by_id()
    for doel in doelen().values():
        assert doel.doel in DOELEN
        assert doel.grond in bekend


@pytest.mark.parametrize(
    ("doel", "mag"),
    [
        ("jeugd_toeleiding", True),
        ("samenloop_veiligheid", True),
        ("wmo_onderzoek", False),
        ("bijstand", False),
        ("schuldhulp", False),
        ("leerplicht", False),
        ("regie_multiproblematiek", False),
    ],
)
def test_gezag_is_asked_only_where_its_ground_allows(doel: str, mag: bool) -> None:
    assert ("gezag" in paths_for(doel, Soort.PERSOON)) == mag


def test_nothing_abroad_and_no_nationality_or_title_is_ever_asked() -> None:
    for gevraagd in velden().values():
        for pad in gevraagd:
            assert not pad.startswith(("verblijfplaats.", "adressering.", "nationali"))
            assert "adellijke" not in pad
