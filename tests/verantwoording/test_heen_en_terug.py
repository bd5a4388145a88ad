"""What the records say comes back from the check whole: nothing refused, nothing lost.

The levering is our own contract with the monitor; whatever the records allow must pass.
"""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.core.periode import Periode
from samenloop.monitor import cijfers, keuring
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.verantwoording import levering
from samenloop.verantwoording.pseudoniem import sleutel_voor
from tests.verantwoording.dossier import Dossier

KWARTAAL = Kwartaal(2017, 4)
GEMEENTEN = ("GM9001", "GM9002")
P0, P1 = date(2016, 12, 31), date(2017, 12, 31)

dagen = st.dates(date(2015, 6, 1), date(2018, 6, 30))
perioden = st.builds(
    lambda begin, duur: Periode(
        begin, None if duur is None else begin + timedelta(days=duur)
    ),
    dagen,
    st.none() | st.integers(0, 900),
)
voorzieningen = st.fixed_dictionaries(
    {
        "wie": st.integers(0, 3),
        "gemeente_id": st.sampled_from([*GEMEENTEN, None]),
        "wet": st.sampled_from(["jeugdwet", "wmo"]),
        "vorm": st.sampled_from(["", "zin", "pgb", "toeslag"]),
        "postcode": st.sampled_from(["", "9831", "9831AB"]),
        "verwijzer": st.sampled_from(["", "huisarts", 'Dr. "Jan", arts', "é\nü"]),
        "periode": perioden,
        "eerder_aangevraagd": st.none() | st.integers(0, 90),
    }
)
Feitenlijst = list[tuple[Any, ...]]


def _sleutel(v: dict[str, Any]) -> tuple[Any, ...]:
    """What two provisions of one client must differ in to be two in a levering."""
    return (v["wie"], v["wet"], v["periode"].begin)


def _voeg_toe(dossier: Dossier, lijst: list[dict[str, Any]]) -> None:
    personen = [dossier.persoon(geboortedatum=date(1950, 1, 1)) for _ in range(4)]
    for v in lijst:
        periode = v["periode"]
        eerder = v["eerder_aangevraagd"]
        dossier.voorziening(
            periode.begin,
            periode.einde,
            betrokkene=personen[v["wie"]],
            gemeente_id=v["gemeente_id"],
            product=dossier.product if v["wet"] == "jeugdwet" else dossier.wmo,
            vorm=v["vorm"],
            aanbieder=None if v["vorm"] in ("", "pgb") else dossier.aanbieder,
            postcode=v["postcode"],
            verwijzer=v["verwijzer"],
            aanvraagdatum=None
            if eerder is None
            else periode.begin - timedelta(days=eerder),
        )


def _verwacht(lijst: list[dict[str, Any]]) -> Feitenlijst:
    return sorted(
        (
            v["gemeente_id"] or "",
            v["wet"],
            v["vorm"],
            v["postcode"],
            v["verwijzer"],
            str(v["periode"].begin),
            str(v["periode"].einde or ""),
        )
        for v in lijst
        if v["periode"].overlaps(Periode(P0, P1))
    )


def _terug(gekeurd: keuring.Keuring) -> Feitenlijst:
    kolommen = (
        "gemeente", "wet", "vorm", "postcode", "verwijzer", "startdatum", "einddatum",
    )  # fmt: skip
    rijen = gekeurd.tabellen["voorzieningen"].select(*kolommen).to_pyarrow()
    return sorted(
        tuple("" if rij[k] is None else str(rij[k]) for k in kolommen)
        for rij in rijen.to_pylist()
    )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lijst=st.lists(voorzieningen, min_size=1, max_size=12, unique_by=_sleutel))
def test_whatever_the_records_hold_passes_the_check_unchanged(
    db: None, lijst: list[dict[str, Any]]
) -> None:
    verwacht = _verwacht(lijst)
    with transaction.atomic(), TemporaryDirectory() as map:
        dossier = Dossier()
        dossier.voorziening(P0, P1, gemeente_id="GM9002", verwijzer="altijd")
        _voeg_toe(dossier, lijst)
        geschreven = levering.write(
            GEMEENTEN, Periode(P0, P1), Path(map) / "uit", onbekend=True
        )
        transaction.set_rollback(True)
        with keuring.keur([geschreven.map]) as gekeurd:
            assert gekeurd.afgekeurd == 0, gekeurd.kwaliteit.afkeur
            assert gekeurd.gelezen == sum(geschreven.rijen.values())
            terug = [feit for feit in _terug(gekeurd) if "altijd" not in feit]
            assert terug == verwacht


@pytest.fixture
def vol(dossier: Dossier) -> Dossier:
    """Something in every file, with rows that look alike on purpose."""
    ouder = dossier.persoon(geboortedatum=date(1980, 1, 1))
    huishouden = dossier.huishouden()
    dossier.voorziening(
        date(2017, 2, 1), gezaghebbende=ouder, huishouden=huishouden,
        aanvraagdatum=date(2017, 1, 1),
    )  # fmt: skip
    dossier.voorziening(
        date(2017, 3, 1), betrokkene=ouder, product=dossier.wmo, huishouden=huishouden
    )
    dossier.voorziening(
        date(2017, 4, 1),
        betrokkene=dossier.persoon(bsn_ontbreekt_reden="nog niet ingeschreven"),
    )
    dossier.casus(date(2017, 1, 5), date(2017, 8, 1), reden_einde="afgerond")
    dossier.casus(date(2017, 1, 5), type="casusregie")
    dossier.uitkering(date(2017, 1, 5), date(2017, 5, 1), reden_einde="werk")
    for _ in range(2):
        dossier.klacht(date(2017, 5, 1))
        dossier.traject(date(2017, 5, 1), 5000, betrokkene=ouder)
    dossier.post("begroting", 1, 100_00)
    dossier.post("realisatie", 2, 120_00)
    return dossier


@pytest.mark.parametrize("opties", [{}, {"parquet": True}, {"pseudoniem": True}])
def test_a_full_levering_passes_the_check_in_every_form(
    vol: Dossier, tmp_path: Path, opties: dict[str, Any]
) -> None:
    if "pseudoniem" in opties:
        opties = {"pseudoniem": sleutel_voor("provincie")}
    geschreven = levering.write(
        GEMEENTEN, Periode(P0, P1), tmp_path / "uit", regio="NOORD", **opties
    )
    with keuring.keur([geschreven.map]) as gekeurd:
        assert gekeurd.kwaliteit.afkeur == []
        assert {t.bestand: t.aanvaard for t in gekeurd.kwaliteit.tellingen} == (
            geschreven.rijen
        )
        monitor = cijfers.bereken(gekeurd.tabellen, KWARTAAL)
    assert monitor.afwezig == {}
    assert monitor.onbalans == []
    assert monitor.regio == "Regio Noord"
    actief = monitor.tabellen["actieve-voorzieningen-gemeente"]
    assert actief.waarde("jeugdwet", "Totaal", "Aduard", "2017-12-31") == 2
    assert monitor.tabellen["bezwaren"].waarden("soort") != []
    assert monitor.tabellen["begroting"].waarden("versie") == [
        "begroting", "realisatie", "verschil",
    ]  # fmt: skip


def test_the_figures_of_a_pseudonymised_levering_are_those_of_the_records(
    vol: Dossier, tmp_path: Path
) -> None:
    def tabellen(naam: str, **opties: Any) -> dict[str, list[tuple[Any, ...]]]:
        map = levering.write(
            GEMEENTEN, Periode(P0, P1), tmp_path / naam, onbekend=True, **opties
        ).map
        with keuring.keur([map]) as gekeurd:
            monitor = cijfers.bereken(gekeurd.tabellen, KWARTAAL)
        return {naam: tabel.rijen for naam, tabel in monitor.tabellen.items()}

    eigen = tabellen("eigen")
    assert eigen == tabellen("ander", pseudoniem=sleutel_voor("zorgkantoor"))
    assert len(eigen) > 10


def test_figures_as_of_a_day_are_those_of_a_levering_written_that_day(
    vol: Dossier, tmp_path: Path
) -> None:
    dag = date(2017, 3, 15)
    map = levering.write(
        GEMEENTEN, Periode(P0, P1), tmp_path / "toen", bekend_op=dag
    ).map
    with keuring.keur([map]) as gekeurd:
        monitor = cijfers.bereken(gekeurd.tabellen, KWARTAAL, bekend_op=dag)
    actief = monitor.tabellen["actieve-voorzieningen-gemeente"]
    assert actief.waarde("wmo", "Totaal", "Totaal", "2017-12-31") == 1
    assert actief.waarde("jeugdwet", "Totaal", "Totaal", "2017-12-31") == 1
