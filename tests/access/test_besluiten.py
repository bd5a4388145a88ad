"""The decision table: closed unless a row opens it; never all in one hand."""

from pathlib import Path

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from samenloop.access import besluiten, doelen, wie_mag_wat
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import TABEL, GeenToegang, Regel
from samenloop.access.poort import mag, voor_iedereen
from samenloop.access.rollen import (
    INHOUDELIJK,
    OVER_PERSONEN,
    TOEZIEND,
    Betrokkenheid,
    Diepte,
    Domein,
    Handeling,
    Rol,
)
from tests.access.accounts import actor

BLAD = Path(__file__).resolve().parents[2] / "docs" / "wie-mag-wat.md"
rollen = st.frozensets(st.sampled_from(list(Rol)))
handelingen = st.sampled_from(list(Handeling))
betrokken = st.sampled_from(list(Betrokkenheid))
doel = st.sampled_from(["", *doelen.DOELEN])


def _rank(diepte: Diepte | None) -> int:
    return diepte.rang if diepte else 0


@given(rollen, handelingen, betrokken, doel)
def test_what_stands_in_no_row_is_not_allowed(
    wie: frozenset[Rol], handeling: Handeling, bij: Betrokkenheid, waarvoor: str
) -> None:
    iemand = Actor(ActorSoort.MEDEWERKER, "1", "Iemand", "GM1651", wie)
    in_een_rij = any(
        regel.wie in wie
        and regel.handeling is handeling
        and regel.betrokkenheid in (Betrokkenheid.GEMEENTE, bij)
        for regel in TABEL
    )
    diepte = besluiten.depth(iemand, handeling, bij, waarvoor)
    assert (diepte is not None) == in_een_rij
    if diepte is None:
        with pytest.raises(GeenToegang):
            besluiten.require(iemand, handeling, bij, waarvoor)
    else:
        assert besluiten.may(iemand, handeling)
        assert besluiten.require(iemand, handeling, bij, waarvoor) is diepte


@given(rollen, rollen, handelingen, betrokken)
def test_another_role_only_adds(
    wie: frozenset[Rol], erbij: frozenset[Rol], handeling: Handeling, bij: Betrokkenheid
) -> None:
    een = Actor(ActorSoort.MEDEWERKER, "1", "Iemand", "GM1651", wie)
    meer = Actor(ActorSoort.MEDEWERKER, "1", "Iemand", "GM1651", wie | erbij)
    diepte, dieper = (besluiten.depth(a, handeling, bij) for a in (een, meer))
    assert _rank(dieper) >= _rank(diepte)
    assert besluiten.allowed(een) <= besluiten.allowed(meer)


@given(rollen, handelingen, betrokken)
def test_more_involved_is_never_less_deep(
    wie: frozenset[Rol], handeling: Handeling, bij: Betrokkenheid
) -> None:
    iemand = Actor(ActorSoort.MEDEWERKER, "1", "Iemand", "GM1651", wie)
    zonder = besluiten.depth(iemand, handeling, Betrokkenheid.GEMEENTE)
    assert _rank(besluiten.depth(iemand, handeling, bij)) >= _rank(zonder)


@given(rollen, handelingen, st.sampled_from(list(Diepte)))
def test_a_list_shows_exactly_what_may_be_opened(
    wie: frozenset[Rol], handeling: Handeling, diepte: Diepte
) -> None:
    iemand = Actor(ActorSoort.MEDEWERKER, "1", "Iemand", "GM1651", wie)
    genoeg = besluiten.involvements(iemand, handeling, diepte)
    for bij in Betrokkenheid:
        gegund = besluiten.depth(iemand, handeling, bij)
        erin = bij in genoeg or Betrokkenheid.GEMEENTE in genoeg
        assert erin == (gegund is not None and gegund.reaches(diepte))


@pytest.mark.parametrize("rol", sorted({*TOEZIEND, Rol.BELEID}))
def test_who_runs_or_oversees_never_reaches_a_client(rol: Rol) -> None:
    assert not besluiten.allowed(actor(rol)) & OVER_PERSONEN


@pytest.mark.parametrize("rol", sorted(INHOUDELIJK))
def test_who_works_on_dossiers_runs_and_oversees_nothing(rol: Rol) -> None:
    van_beheer = {
        Handeling.ACCOUNT_BEHEREN, Handeling.KOPPELING_BEHEREN, Handeling.LOG_LEZEN,
        Handeling.REGEL_SCHRIJVEN, Handeling.BEWAARTERMIJN_WIJZIGEN,
        Handeling.VERNIETIGEN, Handeling.GROND_BEHEREN,
    }  # fmt: skip
    assert not besluiten.allowed(actor(rol)) & van_beheer


def test_a_team_leader_steers_without_content() -> None:
    leider = actor(Rol.TEAMLEIDER)
    for handeling in OVER_PERSONEN:
        for bij in Betrokkenheid:
            assert besluiten.depth(leider, handeling, bij) in (None, Diepte.DAT)
    assert besluiten.depth(leider, Handeling.MELDING_TOEWIJZEN) is Diepte.DAT


def test_a_partner_reports_and_reads_its_own_and_nothing_else() -> None:
    partner = actor(Rol.PARTNER)
    assert besluiten.allowed(partner) == {
        Handeling.SIGNAAL_MELDEN,
        Handeling.TERUGMELDING_LEZEN,
        Handeling.VERWIJSINDEX_ZIEN,
        Handeling.VERWIJZING_VASTLEGGEN,
        # As a helper: the own part of a plan, and what was shared.
        Handeling.PLAN_LEZEN,
        Handeling.ACTIVITEIT_BIJWERKEN,
        Handeling.DOSSIER_LEZEN,
        Handeling.DOSSIER_AANVULLEN,
        Handeling.TAAK_ZIEN,
        Handeling.TAAK_DOEN,
        Handeling.OVERLEG_BIJWONEN,
        Handeling.BERICHT_LEZEN,
        Handeling.BERICHT_SCHRIJVEN,
        # As a program of a provider, with a scope of its own.
        Handeling.VERKEER_UITWISSELEN,
    }
    for handeling in Handeling:
        genoeg = besluiten.involvements(partner, handeling)
        assert genoeg <= {Betrokkenheid.EIGEN}
    assert besluiten.depth(partner, Handeling.TERUGMELDING_LEZEN) is None


@pytest.mark.parametrize("rol", [Rol.CONSULENT, Rol.REGISSEUR])
@pytest.mark.parametrize(
    "handeling",
    [
        Handeling.PERSOON_OPENEN,
        Handeling.KLANTBEELD_OPENEN,
        Handeling.SIGNAAL_LEZEN,
        Handeling.MELDING_ZIEN,
    ],
)
def test_content_is_for_who_has_the_task(rol: Rol, handeling: Handeling) -> None:
    wie = actor(rol)
    assert besluiten.depth(wie, handeling) is Diepte.DAT
    assert besluiten.depth(wie, handeling, Betrokkenheid.TOEGEWEZEN) is Diepte.WAT
    with pytest.raises(GeenToegang):
        besluiten.require(wie, handeling, diepte=Diepte.WAT)


def test_only_who_must_weigh_it_weighs_it() -> None:
    for rol in Rol:
        assert besluiten.depth(actor(rol), Handeling.MELDING_WEGEN) is None
    regisseur = actor(Rol.REGISSEUR)
    toegewezen = Betrokkenheid.TOEGEWEZEN
    assert besluiten.depth(regisseur, Handeling.MELDING_WEGEN, toegewezen) is Diepte.WAT


def test_a_row_for_one_purpose_opens_at_that_purpose_only() -> None:
    rij = Regel(
        Rol.CONSULENT,
        Handeling.KLANTBEELD_OPENEN,
        Betrokkenheid.GEMEENTE,
        Diepte.WAT,
        "",
        doel="wmo_onderzoek",
    )
    assert rij.holds_for(Betrokkenheid.EIGEN, "wmo_onderzoek")
    assert not rij.holds_for(Betrokkenheid.EIGEN, "schuldhulp")
    assert not rij.holds_for(Betrokkenheid.EIGEN, "")


def test_the_system_does_its_own_work_and_no_more() -> None:
    systeem = Actor.systeem("regels", "GM1651")
    assert besluiten.may(systeem, Handeling.VERNIETIGEN)
    assert not besluiten.may(systeem, Handeling.KLANTBEELD_OPENEN)
    assert not besluiten.may(systeem, Handeling.ACCOUNT_BEHEREN)
    assert systeem.account_id is None


def test_every_action_is_for_somebody_and_every_row_says_why() -> None:
    assert {regel.handeling for regel in TABEL} == set(Handeling)
    assert all(str(regel.waarom) for regel in TABEL)
    sleutels = [(r.wie, r.handeling, r.betrokkenheid, r.doel) for r in TABEL]
    assert len(sleutels) == len(set(sleutels)), "one row per case"


@pytest.mark.parametrize(
    ("wie", "woorden"),
    [
        (actor(Rol.BELEID), "Dit is voor: consulent, regisseur"),
        (actor(Rol.CONSULENT), "alleen bij wat aan u is toegewezen"),
        (Actor(ActorSoort.MEDEWERKER, "1", "Nieuw"), "U hebt geen rol"),
    ],
)
def test_a_refusal_says_why(wie: Actor, woorden: str) -> None:
    with pytest.raises(GeenToegang, match=woorden):
        besluiten.require(wie, Handeling.MELDING_WEGEN)


def test_the_gate_lets_through_who_may_do_one_of_it() -> None:
    @mag(Handeling.REGEL_SCHRIJVEN, Handeling.REGEL_ZIEN)
    def view(request: object, nummer: int) -> int:
        """Answer."""
        return nummer

    verzoek = RequestFactory().get("/")
    verzoek.actor = actor(Rol.CONSULENT)  # type: ignore[attr-defined]
    assert view(verzoek, nummer=7) == 7  # type: ignore[arg-type]
    verzoek.actor = actor(Rol.PARTNER)  # type: ignore[attr-defined]
    with pytest.raises(GeenToegang):
        view(verzoek, nummer=7)  # type: ignore[arg-type]
    del verzoek.actor  # type: ignore[attr-defined]
    with pytest.raises(GeenToegang):
        view(verzoek, nummer=7)  # type: ignore[arg-type]
    assert view.handelingen == {Handeling.REGEL_SCHRIJVEN, Handeling.REGEL_ZIEN}  # type: ignore[attr-defined]


def test_a_gate_without_words_is_no_gate() -> None:
    with pytest.raises(ValueError, match="what one must"):
        mag()
    with pytest.raises(ValueError, match="reason"):
        voor_iedereen("")


def test_a_purpose_of_one_law_is_for_who_works_in_it() -> None:
    wmo = {doel.code for doel in doelen.choices_for([Domein.WMO])}
    assert "wmo_onderzoek" in wmo
    assert "melding_wegen" in wmo
    assert "schuldhulp" not in wmo
    assert len(doelen.choices_for([])) == len(doelen.DOELEN)
    assert doelen.label("onbekend") == "onbekend"


def test_the_manual_holds_the_table(settings: object) -> None:
    from django.utils import translation

    with translation.override("nl"):
        assert BLAD.read_text("utf-8") == wie_mag_wat.markdown()
