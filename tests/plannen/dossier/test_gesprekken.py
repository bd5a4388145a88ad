"""The conversation: nothing asked twice, no text lost, a report that never changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from samenloop.access.besluiten import GeenToegang
from samenloop.core import klok
from samenloop.core.models import Gebeurtenis
from samenloop.plannen.dossier import bekend, concepten, gesprekken
from samenloop.plannen.dossier.gesprekken import (
    AnderTyptOok,
    NietAf,
    RedenOntbreekt,
    Verslag,
    VerslagVerouderd,
)
from samenloop.plannen.dossier.models import Dossierconcept, Gesprek, Gesprekversie
from samenloop.plannen.metingen.models import Meetinstrument, Meting
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan.models import Doelstelling, Plan
from samenloop.signalen.models import Signaal, SignaalBetrokkene, Signaalsoort
from samenloop.voorzieningen.models import Product, Voorziening
from tests.access.accounts import account, actor
from tests.personen.maken import days, known
from tests.plannen.dossier.maken import Zaak
from tests.plannen.maken import takes_part


def told(**meer: Any) -> Verslag:
    """What is asked at least, and more."""
    velden = {
        "gevoerd_op": klok.today().isoformat(),
        "plek": "thuis",
        "kern": "Het loopt.",
        "ondersteuning": "niet",
        "eigen_plan": "geen",
        **meer,
    }
    return Verslag.of(velden)


@pytest.fixture
def gesprek(zaak: Zaak) -> Gesprek:
    return gesprekken.begin(zaak.dossier, door=zaak.regisseur)


def test_two_who_begin_write_in_one_conversation(zaak: Zaak, gesprek: Gesprek) -> None:
    assert gesprekken.begin(zaak.dossier, door=zaak.helper) == gesprek
    for mag_niet in (zaak.dicht, zaak.buiten):
        with pytest.raises(GeenToegang):
            gesprekken.begin(zaak.dossier, door=mag_niet)


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("gevoerd_op", ""),
        ("gevoerd_op", "2999-01-01"),
        ("plek", "maan"),
        ("kern", ""),
        # Rights of the family have no answer beforehand.
        ("ondersteuning", ""),
        ("eigen_plan", ""),
        ("eigen_plan_op", "31 februari"),
    ],
)
def test_report_takes_what_is_asked_at_least(
    zaak: Zaak, gesprek: Gesprek, veld: str, waarde: str
) -> None:
    assert not told().missing()
    verslag = told(**{veld: waarde})
    assert list(verslag.missing()) == [veld]
    with pytest.raises(NietAf):
        gesprekken.finish(gesprek, verslag, door=zaak.regisseur, na=0)


def test_story_in_one_area_of_life_is_enough() -> None:
    assert not told(kern="", **{"wonen-verhaal": "Het lekt"}).missing()


def test_report_of_a_form_is_the_form_again() -> None:
    verslag = told(**{"wonen-verhaal": "Het lekt", "werk-zelf": "Bellen"})
    assert Verslag.of(verslag.as_form()) == verslag


def test_finished_report_never_changes_and_a_next_version_says_why(
    zaak: Zaak, gesprek: Gesprek
) -> None:
    een = gesprekken.finish(gesprek, told(), door=zaak.regisseur, na=0)
    with pytest.raises(RedenOntbreekt):
        gesprekken.finish(gesprek, told(kern="B"), door=zaak.regisseur, na=1)
    twee = gesprekken.finish(
        gesprek, told(kern="B"), door=zaak.helper, na=1, reden="aanvulling"
    )
    assert [een.nummer, twee.nummer] == [1, 2]
    een.refresh_from_db()
    assert een.inhoud["kern"] == "Het loopt."
    with pytest.raises(DatabaseError), transaction.atomic():
        Gesprekversie.objects.filter(pk=een.pk).update(inhoud={})
    with pytest.raises(DatabaseError), transaction.atomic():
        een.delete()


def test_finishing_is_told_once_so_that_terms_can_react(
    zaak: Zaak, gesprek: Gesprek
) -> None:
    gesprekken.finish(gesprek, told(), door=zaak.regisseur, na=0)
    gesprekken.finish(gesprek, told(), door=zaak.regisseur, na=1, reden="meer")
    verteld = Gebeurtenis.objects.filter(soort=gesprekken.AFGEROND)
    assert [each.onderwerp for each in verteld] == [gesprek.pk]
    gesprek.refresh_from_db()
    assert gesprek.afgerond_op is not None


def test_two_at_once_both_keep_their_text(zaak: Zaak, gesprek: Gesprek) -> None:
    code = gesprekken.form_code(gesprek)
    concepten.keep(zaak.regisseur, zaak.dossier, code, {"wonen-verhaal": "Van Bart"})
    concepten.keep(zaak.helper, zaak.dossier, code, {"wonen-verhaal": "Van Wim"})
    verslag = told(**{"wonen-verhaal": "Van Bart"})
    # Finishing does not pass over what a colleague wrote.
    with pytest.raises(AnderTyptOok):
        gesprekken.finish(gesprek, verslag, door=zaak.regisseur, na=0)
    gesprekken.finish(gesprek, verslag, door=zaak.regisseur, na=0, toch=True)
    (concept,) = Dossierconcept.objects.all()
    assert concept.account == zaak.accounts["wim"].pk
    assert concept.inhoud["wonen-verhaal"] == "Van Wim"
    # Who did not see the other report cannot go over it.
    with pytest.raises(VerslagVerouderd):
        gesprekken.finish(
            gesprek, told(kern="Van Wim"), door=zaak.helper, na=0, toch=True
        )


def test_text_that_was_taken_over_is_no_reason_to_ask(
    zaak: Zaak, gesprek: Gesprek
) -> None:
    code = gesprekken.form_code(gesprek)
    concepten.keep(zaak.helper, zaak.dossier, code, {"wonen-verhaal": "Van Wim"})
    verslag = told(**{"wonen-verhaal": "Van Bart. Van Wim"})
    assert gesprekken.finish(gesprek, verslag, door=zaak.regisseur, na=0).nummer == 1


def test_giving_the_report_is_noted_on_a_day_that_can_be(
    zaak: Zaak, gesprek: Gesprek
) -> None:
    versie = gesprekken.finish(gesprek, told(), door=zaak.regisseur, na=0)
    for dag in (klok.today() - timedelta(days=1), klok.today() + timedelta(days=1)):
        with pytest.raises(NietAf):
            gesprekken.give(versie, door=zaak.regisseur, gegeven_op=dag, wijze="post")
    gesprekken.give(
        versie,
        door=zaak.regisseur,
        gegeven_op=klok.today(),
        wijze="hand",
        persoon=zaak.dossier.betrokkene,
    )
    assert Gebeurtenis.objects.filter(soort=gesprekken.GEGEVEN).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        versie.uitreikingen.update(gegeven_op=date(2020, 1, 1))


# ---- What is known already -----------------------------------------------------------


@pytest.fixture
def vastgelegd(zaak: Zaak) -> Zaak:
    """A provision of the parent and of the child, and a signal about the parent."""
    product = Product.objects.create(wet="wmo", code="HH", naam="Hulp bij huishouden")
    jeugd = Product.objects.create(wet="jeugdwet", code="JH", naam="Geheime therapie")
    kind = next(p for p in bekend.people(zaak.dossier) if p != zaak.dossier.betrokkene)
    for wie, wat in ((zaak.dossier.betrokkene, product), (kind, jeugd)):
        Voorziening.objects.create(
            betrokkene=wie,
            product=wat,
            gemeente=zaak.dossier.gemeente,
            geldig=days("2020-01-01"),
            bekend=known("2020-01-01"),
        )
    signaal = Signaal.objects.create(
        nummer="S-1",
        gemeente=zaak.dossier.gemeente,
        soort=Signaalsoort.objects.filter(is_veiligheid=False).order_by("-code")[0],
        kanaal="telefoon",
        ontvangen_op=klok.now(),
        aanleiding="Buren horen ruzie",
        melder_naam="Een buur",
        veiligheidsrisico=False,
    )
    SignaalBetrokkene.objects.create(
        signaal=signaal,
        gemeente=zaak.dossier.gemeente,
        persoon=zaak.dossier.betrokkene,
    )
    return zaak


def facts(zaak: Zaak, wie: Any) -> dict[str, list[str]]:
    return {
        blok.kop: [f"{feit.diepte}: {feit.tekst}" for feit in blok.feiten]
        for blok in bekend.known(wie, zaak.dossier)
    }


def test_known_facts_go_no_deeper_than_one_may(vastgelegd: Zaak) -> None:
    alles = str(facts(vastgelegd, vastgelegd.regisseur))
    assert "wat: Marieke Postma: Hulp bij huishouden" in alles
    # Of another of the family: that there is one, under which law.
    assert "dat: Jesse Postma: Jeugdwet" in alles
    assert "Geheime therapie" not in alles
    # Of a signal its kind; never what was told.
    soort = Signaalsoort.objects.filter(is_veiligheid=False).order_by("-code")[0]
    assert f"dat: {soort.naam}" in alles
    assert "ruzie" not in alles


def test_report_holds_no_fact_one_may_only_know_of(vastgelegd: Zaak) -> None:
    gesprek = gesprekken.begin(vastgelegd.dossier, door=vastgelegd.regisseur)
    versie = gesprekken.finish(gesprek, told(), door=vastgelegd.regisseur, na=0)
    bewaard = str(versie.inhoud["bekend"])
    assert "Hulp bij huishouden" in bewaard
    assert "Marieke Postma" in bewaard
    assert "Jeugdwet" not in bewaard
    soort = Signaalsoort.objects.filter(is_veiligheid=False).order_by("-code")[0]
    assert soort.naam not in bewaard


# ---- Pages ---------------------------------------------------------------------------


def test_conversation_on_the_pages_from_beginning_to_given(
    als: Any, vastgelegd: Zaak
) -> None:
    bart = als("bart")
    lijst = f"/dossier/{vastgelegd.dossier.pk}/gesprek/"
    assert "Gesprek beginnen" in bart.get(lijst).content.decode()
    voeren = bart.post(lijst)["Location"]
    bladzijde = bart.get(voeren).content.decode()
    assert "Hulp bij huishouden" in bladzijde
    velden = told(**{"wonen-verhaal": "Het lekt"}).as_form()
    assert bart.post(voeren + "concept/", velden).status_code == 200
    assert "Het lekt" in bart.get(voeren).content.decode()
    mist = bart.post(voeren, {**velden, "ondersteuning": ""})
    assert mist.status_code == 422
    assert "cliëntondersteuner willen" in mist.content.decode()
    verslag = bart.post(voeren, velden)["Location"]
    blad = bart.get(verslag).content.decode()
    assert "Het lekt" in blad
    assert "kreeg dit verslag nog niet" in blad
    gegeven = {"gegeven_op": klok.today().isoformat(), "wijze": "hand", "persoon": ""}
    assert bart.post(verslag + "gegeven/", gegeven).status_code == 302
    assert "kreeg dit verslag nog niet" not in bart.get(verslag).content.decode()
    assert "aan het gezin gegeven op" in bart.get(lijst).content.decode()


def test_page_shows_what_a_colleague_types(
    als: Any, zaak: Zaak, gesprek: Gesprek
) -> None:
    concepten.keep(
        zaak.helper,
        zaak.dossier,
        gesprekken.form_code(gesprek),
        {"wonen-verhaal": "Van Wim"},
    )
    pad = f"/gesprek/{gesprek.pk}/"
    assert "Wim typte:" in als("bart").get(pad).content.decode()
    velden = told(**{"wonen-verhaal": "Van Bart"}).as_form()
    gevraagd = als("bart").post(pad, velden)
    assert gevraagd.status_code == 422
    assert "Van Wim" in gevraagd.content.decode()
    assert "Van Bart" in gevraagd.content.decode()
    assert als("bart").post(pad, {**velden, "toch": "1"}).status_code == 302
    # Wim still has his text, with the report to read first.
    laat = als("wim").post(pad, {**told(kern="Laat").as_form(), "na": "0"})
    assert laat.status_code == 422
    assert "Een collega maakte intussen een verslag" in laat.content.decode()
    assert "Laat" in als("wim").get(pad).content.decode()


def test_pages_of_conversations_are_closed_to_who_may_not(
    als: Any, zaak: Zaak, gesprek: Gesprek
) -> None:
    gesprekken.finish(gesprek, told(kern="Geheim"), door=zaak.regisseur, na=0)
    # A guest to whom only the plan was opened, and a colleague who takes no part.
    gast = account("gast")
    takes_part(zaak.dossier, gast, Deelnemersrol.OVERLEG, Deel.PLAN)
    for pad in (
        f"/dossier/{zaak.dossier.pk}/gesprek/",
        f"/gesprek/{gesprek.pk}/",
        f"/gesprek/{gesprek.pk}/verslag/1/",
    ):
        assert als("wim").get(pad).status_code == 200
        for naam in ("dini", "bea"):
            antwoord = als(naam).get(pad)
            assert antwoord.status_code == 403
            assert "Geheim" not in antwoord.content.decode()
    assert als("wim").get(f"/gesprek/{gesprek.pk}/verslag/9/").status_code == 404
    elders = actor(gemeente="GM0005")
    with pytest.raises(GeenToegang):
        gesprekken.finish(gesprek, told(), door=elders, na=1, reden="x")


def test_goals_and_measurement_are_shown_where_those_parts_are_open(
    zaak: Zaak,
) -> None:
    plan = Plan.objects.create(
        dossier=zaak.dossier,
        gezin=zaak.dossier.gezin,
        betrokkene=zaak.dossier.betrokkene,
        grond="toestemming",
    )
    Doelstelling.objects.create(plan=plan, tekst="Weer rust met de post")
    Doelstelling.objects.create(plan=plan, tekst="Weggehaald", weg_op=klok.now())
    instrument = Meetinstrument.objects.create(code="proef", naam="Proefmeter")
    domein = instrument.domeinen.create(code="geld", naam="Geldzaken", orde=1)
    for dag, niveau in (("2026-01-01", 1), ("2026-02-01", 4)):
        meting = Meting.objects.create(
            dossier=zaak.dossier,
            persoon=zaak.dossier.betrokkene,
            instrument=instrument,
            op=date.fromisoformat(dag),
        )
        meting.scores.create(domein=domein, niveau=niveau)
    leidt = str(facts(zaak, zaak.regisseur))
    assert "Weer rust met de post" in leidt
    assert "Weggehaald" not in leidt
    assert "Marieke Postma, Proefmeter: Geldzaken 4" in leidt
    # Wim writes in the conversation too; plan and measurements were not opened to him.
    helpt = str(facts(zaak, zaak.helper))
    assert "Weer rust" not in helpt
    assert "Proefmeter" not in helpt
    # And whoever may read the report need not have the plan open.
    gesprek = gesprekken.begin(zaak.dossier, door=zaak.regisseur)
    versie = gesprekken.finish(gesprek, told(), door=zaak.regisseur, na=0)
    assert "Weer rust" not in str(versie.inhoud)
