"""The family keeps the list, its consent, its tasks and its wishes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from samenloop.access import logboek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.personen import taak
from samenloop.personen.models import Persoon, Toestemming
from samenloop.plannen import beperken, toegang
from samenloop.plannen.models import Beperkgrond, Deel, Deelnemersrol
from samenloop.plannen.plan.models import Doelstelling
from samenloop.portaal import (
    ingangen,
    kijkers,
    meelezen,
    toestemmingen,
    wensen,
    wenspagina,
)
from samenloop.portaal.fouten import KanNietGeven, KanNietNemen
from samenloop.portaal.mij import Mij
from samenloop.portaal.models import Toelating, Wens
from samenloop.regie import regisseurs
from samenloop.regie.models import Regiemodel
from samenloop.regie.postvak import lezen, schrijven
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import GEMEENTE, account, actor
from tests.personen.maken import person
from tests.plannen.maken import takes_part
from tests.portaal.maken import (
    ALLES,
    Gezin,
    citizen,
    consent,
    gezin,
    mij,
    plan_of,
    signed_in,
    takes_part_as_family,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def van() -> Gezin:
    """A family with a directed case."""
    return gezin()


@pytest.fixture
def ouder(van: Gezin) -> Mij:
    """The parent at her own pages, with everything open."""
    return mij(citizen(van, takes_part_as_family(van, van.ouder, *ALLES)))


def _aged(wie: Persoon, jaren: int) -> None:
    dag = klok.today().replace(month=1, day=1)
    wie.geboortedatum = dag.replace(year=dag.year - jaren)
    wie.save()


def test_the_family_lets_in_and_takes_back(van: Gezin, ouder: Mij) -> None:
    oma = meelezen.let_in(
        ouder, meelezen.NAAM, "Trijntje Bos", delen=[Deel.PLAN], hoedanigheid="oma",
        tot=klok.today(),
    )  # fmt: skip
    assert (oma.rol, oma.delen, oma.gegeven_door) == ("netwerk", ["plan"], None)
    assert oma.tot is not None
    assert oma.tot.astimezone(klok.AMSTERDAM).date() == klok.today() + timedelta(days=1)
    regel = next(r for r in meelezen.readers(ouder) if r.deelname == oma.pk)
    assert regel.van_mij
    meelezen.stop(ouder, oma.pk)
    assert not toegang.running().filter(pk=oma.pk).exists()
    assert oma.pk not in {r.deelname for r in meelezen.readers(ouder)}


def test_what_was_given_ends_with_who_gave_it(van: Gezin, ouder: Mij) -> None:
    oma = meelezen.let_in(ouder, meelezen.NAAM, "Trijntje Bos", delen=[Deel.PLAN])
    ook = takes_part_as_family(van, van.ouder, Deel.PLAN)
    toegang.end(
        toegang.running().filter(pk=ouder.deelnames[0].pk),
        reden="x",
        door=van.regisseur,
    )
    gebeurtenissen.handle_pending()
    assert toegang.running().filter(pk=oma.pk).exists(), "she still takes part"
    toegang.end(
        toegang.running().filter(pk=ook.pk), reden="verhuisd", door=van.regisseur
    )
    gebeurtenissen.handle_pending()
    assert not toegang.running().filter(pk=oma.pk).exists()


def test_one_opens_only_what_is_open_to_oneself(van: Gezin) -> None:
    deelname = takes_part_as_family(van, van.ouder, Deel.EIGEN_DEEL, Deel.TOEGANG)
    ik = mij(citizen(van, deelname))
    assert meelezen.givable(ik) == [Deel.EIGEN_DEEL]
    assert meelezen.let_in(ik, meelezen.NAAM, "Oma", delen=[Deel.EIGEN_DEEL])
    with pytest.raises(KanNietGeven):
        meelezen.let_in(
            ik, meelezen.NAAM, "Buur", delen=[Deel.EIGEN_DEEL], tot=date(9999, 12, 31)
        )
    for delen in ([Deel.PLAN], [Deel.EIGEN_DEEL, Deel.PLAN], []):
        with pytest.raises(KanNietGeven):
            meelezen.let_in(ik, meelezen.NAAM, "Buur", delen=delen)
    alles = mij(citizen(van, takes_part_as_family(van, van.kind, *ALLES), "jesse"))
    assert Deel.NOTITIES in alles.delen
    assert Deel.NOTITIES not in meelezen.GEEFBAAR


@pytest.mark.parametrize(("jaren", "mag"), [(12, False), (15, False), (16, True)])
def test_a_child_lets_others_in_from_sixteen(van: Gezin, jaren: int, mag: bool) -> None:
    _aged(van.kind, jaren)
    kind = mij(citizen(van, takes_part_as_family(van, van.kind, *ALLES), "jesse"))
    assert bool(meelezen.givable(kind)) is mag


def test_the_network_lets_nobody_in(van: Gezin) -> None:
    oma = takes_part_as_family(van, "Oma", *ALLES, rol=Deelnemersrol.NETWERK)
    assert meelezen.givable(mij(citizen(van, oma, "oma bos"))) == []


def test_what_the_director_or_another_gave_is_not_taken_back(
    van: Gezin, ouder: Mij
) -> None:
    door_regisseur = takes_part_as_family(van, "Buurman", Deel.EIGEN_DEEL)
    with pytest.raises(KanNietNemen):
        meelezen.stop(ouder, door_regisseur.pk)
    elders = gezin("Bos")
    ander = mij(
        citizen(elders, takes_part_as_family(elders, elders.ouder, *ALLES), "bos")
    )
    oma = meelezen.let_in(ander, meelezen.NAAM, "Oma", delen=[Deel.PLAN])
    with pytest.raises(KanNietNemen):
        meelezen.stop(ouder, oma.pk)
    assert toegang.running().filter(pk__in=[door_regisseur.pk, oma.pk]).count() == 2
    assert Toelating.objects.count() == 1


@pytest.mark.parametrize("getoond", [True, False])
def test_a_restriction_is_read_with_its_ground_unless_that_is_unsafe(
    van: Gezin, ouder: Mij, getoond: bool
) -> None:
    vader = takes_part_as_family(van, "Sander Bos", Deel.PLAN, Deel.METINGEN)
    beperking = beperken.impose(
        van.dossier, beperken.Wie(naam="Sander Bos"), delen=[Deel.PLAN],
        grond=Beperkgrond.DWANG, reden="Hij dwong haar.", getoond=getoond,
        herzien_op=klok.today() + timedelta(days=30), door=van.regisseur,
    )  # fmt: skip
    regel = next(r for r in meelezen.readers(ouder) if r.deelname == vader.pk)
    if getoond:
        assert regel.dicht == [str(Deel.PLAN.label)]
        assert regel.dicht_om == str(Beperkgrond.DWANG.label)
        assert regel.dicht_tot == beperking.herzien_op
        assert regel.delen == [str(Deel.METINGEN.label)]
    else:
        assert (regel.dicht, regel.dicht_om, regel.dicht_tot) == ([], "", None)
        assert str(Deel.PLAN.label) in regel.delen
    bladzijde = signed_in_as(ouder).get("/mijn/meelezen/").content.decode()
    assert "Hij dwong haar" not in bladzijde


def signed_in_as(ik: Mij) -> Client:
    """A browser in which this citizen is signed in, without a second step."""
    assert ik.ingang.gebruiker is not None
    return signed_in(ik.ingang.gebruiker)


def test_consent_is_given_and_withdrawn_with_what_follows(
    van: Gezin, ouder: Mij
) -> None:
    gegeven = toestemmingen.give(ouder, van.ouder.pk, "netwerk")
    assert (gegeven.wijze, gegeven.vastgelegd_door) == ("digitaal", ouder.actor.id)
    school = takes_part(
        van.dossier, None, Deelnemersrol.NETWERK, Deel.PLAN, naam="Oma",
        toestemming=gegeven,
    )  # fmt: skip
    assert toegang.running().filter(pk=school.pk).exists()
    assert toestemmingen.withdraw(ouder, gegeven) >= 1
    school.refresh_from_db()
    assert school.tot is not None
    assert toestemmingen.find(ouder, gegeven.pk) is None


def test_who_consents_for_a_child_is_whom_the_law_says(van: Gezin, ouder: Mij) -> None:
    _aged(van.kind, 11)
    assert toestemmingen.give(ouder, van.kind.pk, "netwerk")
    _aged(van.kind, 13)
    # One plan over several laws asks child and parent, from twelve to sixteen.
    with pytest.raises(toestemmingen.NietAlleen):
        toestemmingen.give(ouder, van.kind.pk, "plan")
    _aged(van.kind, 16)
    with pytest.raises(toestemmingen.NietAlleen):
        toestemmingen.give(ouder, van.kind.pk, "netwerk")
    van_kind = consent(van.kind)
    assert not toestemmingen.may_withdraw(ouder, van_kind)
    with pytest.raises(toestemmingen.NietAlleen):
        toestemmingen.withdraw(ouder, van_kind)
    assert Toestemming.objects.get(pk=van_kind.pk).ingetrokken_op is None


@pytest.mark.parametrize(("jaren", "leest"), [(12, True), (15, True), (16, False)])
def test_a_parent_reads_the_consents_of_a_child_up_to_sixteen(
    van: Gezin, ouder: Mij, jaren: int, leest: bool
) -> None:
    _aged(van.kind, jaren)
    van_kind, eigen = consent(van.kind), consent(van.ouder)
    gelezen = {each.id for each in toestemmingen.given(ouder)}
    assert eigen.pk in gelezen
    assert (van_kind.pk in gelezen) is leest
    kind = mij(citizen(van, takes_part_as_family(van, van.kind, *ALLES), "jesse"))
    zelf = {each.id for each in toestemmingen.given(kind)}
    assert (van_kind.pk in zelf, eigen.pk in zelf) == (True, False)


def test_the_same_yes_twice_is_stopped_at_once(van: Gezin, ouder: Mij) -> None:
    eerst = toestemmingen.give(ouder, van.ouder.pk, "netwerk")
    assert toestemmingen.give(ouder, van.ouder.pk, "netwerk").pk == eerst.pk
    ander = toestemmingen.give(ouder, van.ouder.pk, "overleg")
    toestemmingen.withdraw(ouder, eerst)
    assert [each.id for each in toestemmingen.given(ouder)] == [ander.pk]
    assert toestemmingen.give(ouder, van.ouder.pk, "netwerk").pk != eerst.pk


def test_a_task_is_done_or_goes_back(van: Gezin, ouder: Mij, settings: Any) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    mijn, kan_niet, van_een_ander = (
        opdragen.give(van.casus, titel, door=van.regisseur, uitvoerder=wie)
        for titel, wie in (
            ("Loonstroken zoeken", Uitvoerder(persoon=van.ouder.pk)),
            ("School bellen", Uitvoerder(persoon=van.ouder.pk)),
            ("Verslag maken", Uitvoerder(account=van.bart.pk)),
        )
    )
    client = signed_in_as(ouder)
    adres = "/mijn/taken/{}/klaar/".format
    assert client.post(adres(mijn.pk), {"resultaat": "In de \0la"}).status_code == 302
    assert client.post(adres(van_een_ander.pk)).status_code == 404
    mijn.refresh_from_db()
    assert (mijn.staat, mijn.resultaat) == (Taak.Staat.KLAAR, "In de la")
    weg = f"/mijn/taken/{kan_niet.pk}/kan-niet/"
    assert client.post(weg, {"reden": ""}).status_code == 422
    assert client.post(weg, {"reden": "Ik werk dan"}).status_code == 302
    kan_niet.refresh_from_db()
    assert (kan_niet.account, kan_niet.persoon) == (van.bart.pk, None)
    assert kan_niet.verloop.filter(reden="Ik werk dan").exists()


def test_messages_go_both_ways_and_stop_with_the_participation(
    van: Gezin, ouder: Mij, settings: Any
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    zonder = takes_part_as_family(van, "Tante Jo", Deel.EIGEN_DEEL)
    with pytest.raises(schrijven.OnbereikbareOntvanger):
        schrijven.write(van.dossier, van=van.regisseur, aan=[zonder], tekst="Hoi")
    bericht = schrijven.write(
        van.dossier, van=van.regisseur, aan=ouder.deelnames, tekst="Lukt het?",
        onderwerp="Brief",
    )  # fmt: skip
    assert lezen.waiting_for(ouder.actor) == 1
    client = signed_in_as(ouder)
    gesprek = f"/mijn/berichten/{bericht.draad_id}/"
    assert "Lukt het?" in client.get(gesprek).content.decode()
    assert lezen.waiting_for(ouder.actor) == 0
    assert client.post(gesprek, {"tekst": "Ja hoor"}).status_code == 302
    assert lezen.waiting_for(van.regisseur) == 1
    ander = gezin("Bos")
    vreemd = mij(citizen(ander, takes_part_as_family(ander, ander.ouder, *ALLES), "b"))
    assert signed_in_as(vreemd).get(gesprek).status_code == 404
    toegang.end(
        toegang.running().filter(pk=ouder.deelnames[0].pk), reden="klaar",
        door=van.regisseur,
    )  # fmt: skip
    assert client.get(gesprek).status_code == 302


def test_a_wish_is_answered_by_who_directs(van: Gezin, ouder: Mij) -> None:
    wens = wensen.say(ouder, "Weer op voetbal", van_allen=False)
    plan = plan_of(van)
    with pytest.raises(GeenToegang):
        wensen.take_over(wens, door=ouder.actor)
    with pytest.raises(GeenToegang):
        wensen.take_over(wens, door=actor(account=account("vreemd")))
    doel = wensen.take_over(wens, door=van.regisseur)
    rij = Doelstelling.objects.get(pk=doel)
    assert (rij.tekst, rij.voor_id, rij.plan_id) == (
        "Weer op voetbal", van.ouder.pk, plan.pk,
    )  # fmt: skip
    with pytest.raises(wensen.AlBeantwoord):
        wensen.refuse(wens, antwoord="toch niet", door=van.regisseur)
    oma = mij(citizen(van, takes_part_as_family(van, "Oma Bos", *ALLES), "oma bos"))
    vader = person("Bos", "1985-01-01")
    taak.take_on([vader.pk], GEMEENTE)
    elders = mij(citizen(van, takes_part_as_family(van, vader, *ALLES), "vader"))
    for wie in (oma, elders):
        van_buiten = wensen.say(wie, "Vaker op bezoek", van_allen=False)
        rij = Doelstelling.objects.get(
            pk=wensen.take_over(van_buiten, door=van.regisseur)
        )
        assert (rij.tekst, rij.voor, rij.van_wie) == ("Vaker op bezoek", None, wie.naam)
    tweede = wensen.say(ouder, "Een hond", van_allen=True)
    assert [punt.adres for punt in wenspagina.points(van.regisseur)] == [
        f"/dossier/{van.dossier.pk}/"
    ]
    assert list(wenspagina.points(actor(account=account("elders")))) == []
    wensen.refuse(tweede, antwoord="Dat past niet in een plan.", door=van.regisseur)
    assert [each.staat for each in wensen.of(ouder)] == ["niet", "overgenomen"]


def test_a_citizen_who_directs_writes_the_plan_and_inherits_no_post(
    van: Gezin,
) -> None:
    helper = account("wim")
    van_wim = takes_part(
        van.dossier, helper, Deelnemersrol.HULPVERLENER, Deel.PLAN, Deel.TOEGANG
    )
    schrijven.write(
        van.dossier, van=actor(account=helper), onderwerp="Zorgen", tekst="Ik twijfel.",
        aan=toegang.running().filter(dossier=van.dossier, account=van.bart.pk),
    )  # fmt: skip
    plan = plan_of(van)
    regisseurs.hand_over(
        van.casus, regisseurs.Wie(persoon=van.ouder.pk), door=van.regisseur,
        reden="Zij kan het zelf", model=Regiemodel.BURGER,
    )  # fmt: skip
    deelname = toegang.running().get(dossier=van.dossier, persoon=van.ouder)
    paar = ingangen.invite(deelname, door=actor(account=helper))
    ingang = ingangen.find(paar.sleutel)
    ik = mij(ingangen.take_into_use(ingang, "marieke", "drie-woorden-samen"))
    assert ik.leidt
    assert not lezen.readable(ik.actor).exists(), "not written for the family"
    wens = wensen.say(ik, "Op tijd naar bed", van_allen=True)
    assert wens.staat == Wens.Staat.OVERGENOMEN
    assert plan.doelen.filter(tekst="Op tijd naar bed", voor=None).exists()
    assert van_wim.pk in {r.deelname for r in meelezen.readers(ik)}


def test_who_looked_is_told_except_where_safety_forbids(van: Gezin, ouder: Mij) -> None:
    vreemd = actor(account=account("vreemd"), naam="Vreemde Vogel")
    for wie, handeling, doel in (
        (van.regisseur, Handeling.PLAN_LEZEN, "regie_gezamenlijk_plan"),
        (vreemd, Handeling.PERSOON_OPENEN, "wmo_uitvoering"),
        (vreemd, Handeling.MELDING_ZIEN, "melding_wegen"),
        (vreemd, Handeling.KLANTBEELD_OPENEN, "samenloop_veiligheid"),
        (van.regisseur, Handeling.TOEGANG_BEPERKEN, ""),
    ):
        logboek.record(wie, handeling, personen=[van.ouder.pk], doel=doel)
    gezien = [
        (each.wie, each.waarom)
        for each in kijkers.looks(ouder, van.ouder)
        if "plan" in each.waarom or "Wmo" in each.waarom
    ]
    assert len(gezien) == 2
    assert gezien[1][0] == "Bart Kamphuis"
    alles = " ".join(each.wie for each in kijkers.looks(ouder, van.ouder))
    assert "Vreemde Vogel" not in alles, "not of the dossier: the function only"
    redenen = {each.waarom for each in kijkers.looks(ouder, van.ouder)}
    for handeling in (Handeling.MELDING_ZIEN, Handeling.TOEGANG_BEPERKEN):
        assert str(handeling.label) not in redenen
    _aged(van.kind, 15)
    assert van.kind.pk in {each.pk for each in kijkers.people(ouder)}
    _aged(van.kind, 16)
    assert van.kind.pk not in {each.pk for each in kijkers.people(ouder)}
