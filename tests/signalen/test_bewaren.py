"""A signal that led to nothing is destroyed with all that hangs on it, and no other."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine

from samenloop.access.bewaren import vernietigen
from samenloop.access.bewaren.models import Bewaarinstelling, Grafsteen
from samenloop.core import klok
from samenloop.core.gebeurtenissen import handle_pending
from samenloop.klantbeeld.models import Inkijk
from samenloop.signalen.models import (
    Melding,
    MeldingSignaal,
    Regelweging,
    Signaal,
    SignaalBetrokkene,
    Terugmelding,
    Weging,
)
from tests.access.accounts import GEMEENTE
from tests.signalen.maken import melding_van, persoon, signaal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "beheer"])


@pytest.fixture(autouse=True)
def _terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vernietigen, "state_folder", lambda: tmp_path)
    for code, duur in (("B043", "P42D"), ("B034", "P6M"), ("B044", "P15Y")):
        Bewaarinstelling.objects.create(
            gemeente=GEMEENTE, code=code, duur=duur, reden="Advies", vastgesteld_door=1
        )


def close(gemaakt: Signaal) -> Signaal:
    Signaal.objects.filter(pk=gemaakt.pk).update(
        status="afgesloten", afgesloten_op=klok.now(), afsluitreden="Niets aan de hand"
    )
    return gemaakt


def decide(melding: Melding | None, besluit: str) -> None:
    assert melding is not None
    Weging.objects.create(
        melding=melding, noodzaak="nee", noodzaak_waarom="a", proportionaliteit="ja",
        proportionaliteit_waarom="b", subsidiariteit="lichtste",
        subsidiariteit_waarom="c", besluit=besluit, reden="Loos", door=1, op=klok.now(),
    )  # fmt: skip
    Melding.objects.filter(pk=melding.pk).update(
        status="besloten", besloten_op=klok.now()
    )
    for koppeling in melding.koppelingen.select_related("signaal"):
        close(koppeling.signaal)


def destroy_after(dagen: int) -> set[str]:
    with time_machine.travel(klok.now() + timedelta(days=dagen), tick=False):
        verslag = vernietigen.run(vernietigen.begin(GEMEENTE))
    return {code for code, wat in verslag.aantallen.items() if wat["dossiers"]}


def test_loose_signal_goes_after_its_term_and_not_before() -> None:
    close(signaal(persoon("Eén")))
    open_ = signaal(persoon("Twee"))
    handle_pending()
    assert destroy_after(41) == set()
    assert destroy_after(42) == {"signaal-los"}
    assert Signaal.objects.get() == open_
    for model in (SignaalBetrokkene, Regelweging, Terugmelding):
        assert set(model.objects.values_list("signaal", flat=True)) == {open_.pk}


def test_early_signal_of_debt_has_its_own_term() -> None:
    close(signaal(persoon(), soort="huurachterstand"))
    assert destroy_after(100) == set()
    assert destroy_after(190) == {"signaal-schuld"}


@pytest.mark.parametrize(
    ("besluit", "soort", "dagen", "weg"),
    [
        ("niets", "verwaarlozing", 43, set()),
        ("niets", "verwaarlozing", 15 * 366, {"melding-veiligheid"}),
        ("enkelvoudig", "verwaarlozing", 15 * 366, set()),
        ("veilig_thuis", "verwaarlozing", 15 * 366, set()),
    ],
)
def test_melding_on_which_nothing_was_done_goes_whole(
    besluit: str, soort: str, dagen: int, weg: set[str]
) -> None:
    gemaakt = signaal(persoon(), soort=soort)
    decide(melding_van(gemaakt.pk), besluit)
    assert destroy_after(dagen) == weg
    tabellen = (Melding, MeldingSignaal, Weging, Signaal, SignaalBetrokkene)
    for model in tabellen:
        assert model.objects.exists() != bool(weg), model
    assert Grafsteen.objects.count() == len(weg)


def test_looks_at_a_melding_go_along_with_it() -> None:
    gemaakt = signaal(persoon(), soort="verwaarlozing")
    melding = melding_van(gemaakt.pk)
    assert melding is not None
    for context in (melding.pk, uuid4()):
        Inkijk.objects.create(
            gemeente_id=GEMEENTE, account=1, context="melding", context_id=context,
            persoon=melding.betrokkene, doel="melding_wegen", noodzaak="a" * 20,
            proportionaliteit="b" * 20, subsidiariteit="c" * 20, op=klok.now(),
            geldig_tot=klok.now() + timedelta(days=1),
        )  # fmt: skip
    decide(melding, "niets")
    destroy_after(15 * 366)
    assert Inkijk.objects.get().context_id != melding.pk
