"""The rule of grounds: denied by default, a no beats a yes, doubt never opens."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.doelen import DOELEN
from samenloop.access.rollen import Diepte, Domein, Rol
from samenloop.klantbeeld import grondslagen
from samenloop.klantbeeld.grondslagen import (
    Grond,
    OnvolledigeCatalogus,
    Reden,
    Toestemming,
    Zekerheid,
    uitspraak,
)

ALLES_BEVESTIGD = frozenset(grond.id for grond in grondslagen.catalogus())
CATEGORIEEN = sorted({grond.categorie for grond in grondslagen.catalogus()})
DOEL = sorted({grond.doel for grond in grondslagen.catalogus()} | set(DOELEN))


def werker(rol: Rol, *domeinen: Domein) -> Actor:
    """Somebody with one role."""
    return Actor(
        ActorSoort.MEDEWERKER,
        "1",
        "Iemand",
        "GM1651",
        frozenset({rol}),
        frozenset(domeinen),
    )


WMO = werker(Rol.CONSULENT, Domein.WMO)
JEUGD = werker(Rol.CONSULENT, Domein.JEUGD)
INKOMEN = werker(Rol.CONSULENT, Domein.INKOMEN)
SCHULD = werker(Rol.CONSULENT, Domein.SCHULD)
LEERPLICHT = werker(Rol.CONSULENT, Domein.LEERPLICHT)
REGISSEUR = werker(Rol.REGISSEUR)

acteurs = st.builds(
    lambda rollen, domeinen: Actor(
        ActorSoort.MEDEWERKER, "1", "Iemand", "GM1651", rollen, domeinen
    ),
    st.frozensets(st.sampled_from(list(Rol))),
    st.frozensets(st.sampled_from(list(Domein))),
)
gronden = st.builds(
    Grond,
    id=st.just("X"),
    categorie=st.sampled_from(CATEGORIEEN),
    doel=st.sampled_from(DOEL),
    wet=st.just("wet"),
    artikel=st.just("1"),
    grondslag_avg=st.just("-"),
    rollen=st.just(("alle",)),
    diepte=st.sampled_from([None, *Diepte]),
    toestemming=st.sampled_from(list(Toestemming)),
    met_toestemming=st.sampled_from([None, *Diepte]),
    toelichting=st.just(""),
    zekerheid=st.sampled_from(list(Zekerheid)),
    bron=st.just(("PK",)),
)
vragen = st.tuples(
    acteurs,
    st.sampled_from(DOEL),
    st.sampled_from(CATEGORIEEN),
    st.booleans(),
    st.frozensets(st.sampled_from(sorted(ALLES_BEVESTIGD))),
)


def rang(diepte: Diepte | None) -> int:
    return diepte.rang if diepte else 0


def diepte(
    actor: Actor,
    doel: str,
    categorie: str,
    *,
    consent: bool = False,
    bevestigd: frozenset[str] = ALLES_BEVESTIGD,
) -> Diepte | None:
    return uitspraak(
        actor, doel, categorie, consent=consent, bevestigd=bevestigd
    ).diepte


@pytest.mark.parametrize(
    ("actor", "doel", "categorie", "verwacht"),
    [
        # One law, its own worker, and the neighbours who are not.
        (WMO, "wmo_onderzoek", "wmo_zorg", Diepte.WAT),
        (JEUGD, "wmo_onderzoek", "wmo_zorg", None),
        (WMO, "jeugd_toeleiding", "wmo_zorg", None),
        (WMO, "wmo_onderzoek", "jeugdhulp", None),
        (JEUGD, "jeugd_toeleiding", "jeugdhulp", Diepte.WAT),
        (WMO, "jeugd_toeleiding", "jeugdhulp", None),
        (REGISSEUR, "jeugd_toeleiding", "jeugdhulp", None),
        (REGISSEUR, "jeugd_toeleiding", "gezag", Diepte.WAT),
        (INKOMEN, "bijstand", "inkomen", Diepte.WAT),
        (WMO, "wmo_onderzoek", "inkomen", None),
        (JEUGD, "jeugd_toeleiding", "inkomen", None),
        (INKOMEN, "bijstand", "wmo_zorg", None),
        (INKOMEN, "bijstand", "jeugdhulp", None),
        # Debt help may use what the other laws hold; not the other way around.
        (SCHULD, "schuldhulp", "wmo_zorg", Diepte.WAT),
        (SCHULD, "schuldhulp", "jeugdhulp", Diepte.WAT),
        (SCHULD, "schuldhulp", "uitkering", Diepte.WAT),
        (WMO, "wmo_onderzoek", "schulden", None),
        # Early signals are not enriched.
        (SCHULD, "vroegsignalering", "schulden", Diepte.WAT),
        (SCHULD, "vroegsignalering", "gezondheid", None),
        (SCHULD, "vroegsignalering", "jeugdhulp", None),
        # Directing sees that, not what.
        (REGISSEUR, "regie_multiproblematiek", "wmo_zorg", Diepte.DAT),
        (REGISSEUR, "regie_multiproblematiek", "jeugdhulp", Diepte.DAT),
        (REGISSEUR, "regie_multiproblematiek", "onderwijs_verzuim", Diepte.DAT),
        (REGISSEUR, "regie_multiproblematiek", "gezondheid", None),
        (REGISSEUR, "regie_multiproblematiek", "justitie_politie", None),
        (REGISSEUR, "regie_multiproblematiek", "inkomen", None),
        (WMO, "regie_multiproblematiek", "jeugdhulp", None),
        # Weighing goes no deeper than directing.
        (REGISSEUR, "melding_wegen", "signalen", Diepte.WAT),
        (REGISSEUR, "melding_wegen", "jeugdhulp", Diepte.DAT),
        (REGISSEUR, "melding_wegen", "gezondheid", None),
        (LEERPLICHT, "leerplicht", "onderwijs_verzuim", Diepte.WAT),
        (LEERPLICHT, "leerplicht", "jeugdhulp", None),
        # Identity for whoever carries out a task, and for nobody else.
        (WMO, "wmo_onderzoek", "identiteit", Diepte.WAT),
        (werker(Rol.BEHEER), "wmo_onderzoek", "identiteit", None),
        (werker(Rol.BELEID), "verantwoording_statistiek", "jeugdhulp", None),
        (werker(Rol.PARTNER), "levering", "wmo_zorg", None),
        # Vital interest opens, and still not what the law only forbids.
        (WMO, "noodtoegang", "gezondheid", Diepte.WAT),
        (werker(Rol.TEAMLEIDER), "noodtoegang", "gezondheid", None),
        (WMO, "noodtoegang", "seksuele_gerichtheid", None),
        (WMO, "noodtoegang", "etnische_herkomst", None),
        (WMO, "nieuwsgierigheid_of_eigen_kring", "identiteit", None),
        (REGISSEUR, "wams_verkenning", "samenloopbeeld", None),
        # No purpose, or one that nobody knows, is no ground.
        (WMO, "", "identiteit", None),
        (WMO, "zomaar", "identiteit", None),
    ],
)
def test_who_may_see_what_for_which_purpose(
    actor: Actor, doel: str, categorie: str, verwacht: Diepte | None
) -> None:
    assert diepte(actor, doel, categorie) == verwacht


@pytest.mark.parametrize(
    ("actor", "doel", "categorie", "zonder", "met"),
    [
        (WMO, "wmo_onderzoek", "uitkering", None, Diepte.WAT),
        (WMO, "wmo_onderzoek", "jeugdhulp", None, Diepte.WAT),
        (JEUGD, "wmo_onderzoek", "jeugdhulp", None, None),
        # A no that the law lets consent open, beside those that it does not.
        (INKOMEN, "bijstand", "wmo_zorg", None, Diepte.WAT),
        (INKOMEN, "bijstand", "jeugdhulp", None, None),
        (REGISSEUR, "regie_multiproblematiek", "gezondheid", None, Diepte.WAT),
        (REGISSEUR, "regie_multiproblematiek", "justitie_politie", None, None),
        (WMO, "wmo_onderzoek_zonder_toestemming", "uitkering", None, None),
        (
            JEUGD,
            "hulpverlening_dossier_gemeente_leest_mee",
            "jeugdhulp",
            None,
            None,
        ),
        (WMO, "wmo_onderzoek", "inkomen", None, None),
        # Consent deepens what directing sees; of debts nothing is seen without.
        (REGISSEUR, "regie_multiproblematiek", "wmo_zorg", Diepte.DAT, Diepte.WAT),
        (REGISSEUR, "regie_multiproblematiek", "schulden", None, Diepte.WAT),
    ],
)
def test_consent_opens_only_where_the_law_says_so(
    actor: Actor,
    doel: str,
    categorie: str,
    zonder: Diepte | None,
    met: Diepte | None,
) -> None:
    assert diepte(actor, doel, categorie, consent=False) == zonder
    assert diepte(actor, doel, categorie, consent=True) == met


def test_only_named_rows_that_say_no_open_with_consent() -> None:
    opent = {
        grond.id
        for grond in grondslagen.catalogus()
        if grond.is_verbod and grond.met_toestemming
    }
    assert opent == {"G056", "G080", "G111"}
    assert all(
        grondslagen.by_id()[naam].toestemming is Toestemming.JA for naam in opent
    )


def test_doubtful_row_opens_only_when_the_municipality_confirmed_it() -> None:
    dicht = uitspraak(REGISSEUR, "regie_multiproblematiek", "jeugdhulp", consent=False)
    assert (dicht.diepte, dicht.reden) == (None, Reden.NIET_BEVESTIGD)
    assert [grond.id for grond in dicht.gronden] == ["G073"]
    buur = diepte(
        REGISSEUR,
        "regie_multiproblematiek",
        "jeugdhulp",
        bevestigd=frozenset({"G054"}),
    )
    assert buur is None
    eigen = diepte(
        REGISSEUR,
        "regie_multiproblematiek",
        "jeugdhulp",
        bevestigd=frozenset({"G073"}),
    )
    assert eigen is Diepte.DAT


def test_doubtful_row_that_says_no_holds_at_once() -> None:
    antwoord = uitspraak(WMO, "wmo_onderzoek", "inkomen", consent=True)
    assert antwoord.reden is Reden.VERBODEN
    assert [grond.id for grond in antwoord.gronden] == ["G029"]
    assert antwoord.gronden[0].zekerheid is Zekerheid.TE_BEVESTIGEN


def test_answer_carries_its_grounds_and_says_what_consent_would_add() -> None:
    antwoord = uitspraak(WMO, "wmo_onderzoek", "jeugdhulp", consent=False)
    assert antwoord.reden is Reden.TOESTEMMING
    assert antwoord.met_toestemming is Diepte.WAT
    open_ = uitspraak(WMO, "wmo_onderzoek", "wmo_zorg", consent=False)
    assert [grond.id for grond in open_.gronden] == ["G048"]
    assert open_.met_toestemming is None


def test_context_of_a_melding_opens_its_signals_and_nothing_else() -> None:
    def vraag(categorie: str, *ook: str) -> Diepte | None:
        return uitspraak(
            JEUGD, "jeugd_toeleiding", categorie, consent=False, ook=ook
        ).diepte

    assert vraag("signalen") is None
    assert vraag("signalen", "signaal_ontvangen") is Diepte.WAT
    for categorie in set(CATEGORIEEN) - {"signalen"}:
        assert vraag(categorie, "signaal_ontvangen") == vraag(categorie)
    zonder_doel = uitspraak(
        JEUGD, "", "signalen", consent=False, ook=("signaal_ontvangen",)
    )
    assert zonder_doel.diepte is None


@settings(max_examples=300, deadline=None)
@given(vraag=vragen, extra=gronden)
def test_adding_a_row_that_says_no_can_only_close(
    vraag: tuple[Actor, str, str, bool, frozenset[str]], extra: Grond
) -> None:
    actor, doel, categorie, consent, bevestigd = vraag
    alle = grondslagen.catalogus()
    verbod = replace(extra, diepte=None, met_toestemming=None)
    voor = uitspraak(
        actor, doel, categorie, consent=consent, bevestigd=bevestigd, gronden=alle
    )
    na = uitspraak(
        actor,
        doel,
        categorie,
        consent=consent,
        bevestigd=bevestigd,
        gronden=(*alle, verbod),
    )
    assert rang(na.diepte) <= rang(voor.diepte)
    if verbod.doel == doel and verbod.categorie == categorie:
        assert na.diepte is None


@settings(max_examples=300, deadline=None)
@given(vraag=vragen, weg=st.sets(st.sampled_from(sorted(ALLES_BEVESTIGD))))
def test_removing_rows_that_say_yes_never_opens(
    vraag: tuple[Actor, str, str, bool, frozenset[str]], weg: set[str]
) -> None:
    actor, doel, categorie, consent, bevestigd = vraag
    alle = grondslagen.catalogus()
    rest = tuple(g for g in alle if g.is_verbod or g.id not in weg)
    voor = uitspraak(
        actor, doel, categorie, consent=consent, bevestigd=bevestigd, gronden=alle
    )
    na = uitspraak(
        actor, doel, categorie, consent=consent, bevestigd=bevestigd, gronden=rest
    )
    assert rang(na.diepte) <= rang(voor.diepte)


@settings(max_examples=300, deadline=None)
@given(vraag=vragen, extra=st.lists(gronden, max_size=3))
def test_withdrawing_consent_or_confirmation_never_opens(
    vraag: tuple[Actor, str, str, bool, frozenset[str]], extra: list[Grond]
) -> None:
    actor, doel, categorie, _, bevestigd = vraag
    # A row that gave less with consent than without would be a slip of the pen.
    goed = [
        replace(grond, met_toestemming=Diepte.WAT)
        if rang(grond.met_toestemming) < rang(grond.diepte)
        else grond
        for grond in extra
    ]
    alle = (*grondslagen.catalogus(), *goed)

    def vraag_aan(consent: bool, bevestigd: frozenset[str]) -> int:
        return rang(
            uitspraak(
                actor,
                doel,
                categorie,
                consent=consent,
                bevestigd=bevestigd,
                gronden=alle,
            ).diepte
        )

    assert vraag_aan(False, bevestigd) <= vraag_aan(True, bevestigd)
    assert vraag_aan(True, frozenset()) <= vraag_aan(True, bevestigd)
    assert vraag_aan(False, bevestigd) <= vraag_aan(False, ALLES_BEVESTIGD)


def test_a_lost_row_closes_the_catalogue_instead_of_opening_it() -> None:
    rijen = grondslagen.table("grondslagen.csv")
    assert len(grondslagen.read(rijen)) == grondslagen.AANTAL
    verboden = [rij for rij in rijen if rij["diepte"] == "geen"]
    assert len(verboden) == 39
    with pytest.raises(OnvolledigeCatalogus):
        grondslagen.read(rij for rij in rijen if rij is not verboden[0])
    with pytest.raises(OnvolledigeCatalogus):
        grondslagen.read([*rijen, rijen[0]])
    with pytest.raises(OnvolledigeCatalogus):
        grondslagen.read([{**rijen[0], "diepte": "alles"}, *rijen[1:]])


def test_no_row_gives_less_with_consent_than_without() -> None:
    for grond in grondslagen.catalogus():
        assert rang(grond.depth(consent=False)) <= rang(grond.depth(consent=True))
        assert (grond.toestemming is Toestemming.JA) <= (
            grond.is_verbod or grond.met_toestemming is not None
        )


def test_wider_purposes_name_only_purposes_of_the_catalogue() -> None:
    bekend = {grond.doel for grond in grondslagen.catalogus()}
    for rij in grondslagen.table("verbanden.csv"):
        assert set(rij["omvat"].split("|")) <= bekend
        assert rij["doel"] in bekend | set(DOELEN)
        assert rij["waarom"]
        # Wider never means: as if there were an emergency or a request to look.
        assert not {"noodtoegang", "inzage_betrokkene"} & set(rij["omvat"].split("|"))
