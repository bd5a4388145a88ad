"""Who comes in: by link and code once, then by an own account, while they take part."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from samenloop.access import noodtoegang
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, klok
from samenloop.personen.models import Persoon
from samenloop.plannen import beperken, toegang
from samenloop.plannen.models import Beperkgrond, Deel, Deelname, Deelnemersrol
from samenloop.portaal import bewaren, ingangen
from samenloop.portaal.fouten import (
    GeenIngang,
    InlognaamBezet,
    LinkDicht,
    VerkeerdeCode,
)
from samenloop.portaal.models import Ingang
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import takes_part
from tests.portaal.maken import (
    ALLES,
    WACHTWOORD,
    Gezin,
    citizen,
    gezin,
    signed_in,
    takes_part_as_family,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def van() -> Gezin:
    """A family with a directed case."""
    return gezin()


@pytest.fixture
def ouder(van: Gezin) -> Deelname:
    """The parent, who takes part with everything open."""
    return takes_part_as_family(van, van.ouder, *ALLES)


def test_link_and_code_together_open_once(van: Gezin, ouder: Deelname) -> None:
    paar = ingangen.invite(ouder, door=van.regisseur)
    ingang = ingangen.find(paar.sleutel)
    assert paar.sleutel not in (ingang.sleutel, ingang.code)
    assert paar.code not in ingang.code
    with pytest.raises(VerkeerdeCode):
        ingangen.knock(ingang, "00000000" if paar.code != "00000000" else "1")
    ingangen.knock(ingang, f"{paar.code[:4]} {paar.code[4:]}")
    gebruiker = ingangen.take_into_use(ingang, "Marieke", WACHTWOORD)
    assert gebruiker.naam == ingangen.NAAM
    assert "marieke" not in gebruiker.username.casefold()
    with pytest.raises(LinkDicht):
        ingangen.find(paar.sleutel)
    with pytest.raises(LinkDicht):
        ingangen.take_into_use(ingang, "nog eens", WACHTWOORD)


def test_five_wrong_codes_close_the_link_also_for_the_right_one(
    van: Gezin, ouder: Deelname
) -> None:
    paar = ingangen.invite(ouder, door=van.regisseur)
    ingang = ingangen.find(paar.sleutel)
    for _keer in range(5):
        with pytest.raises(VerkeerdeCode):
            ingangen.knock(ingang, "geen code")
    with pytest.raises(LinkDicht):
        ingangen.knock(ingang, paar.code)
    with pytest.raises(LinkDicht):
        ingangen.find(paar.sleutel)
    geweigerd = Auditregel.objects.filter(
        onderwerp=f"ingang:{ingang.pk}", wijze="geweigerd"
    )
    assert geweigerd.count() == 6
    nieuw = ingangen.invite(ouder, door=van.regisseur)
    ingangen.knock(ingangen.find(nieuw.sleutel), nieuw.code)


def test_a_link_lasts_fourteen_days(van: Gezin, ouder: Deelname) -> None:
    nu = klok.now()
    paar = ingangen.invite(ouder, door=van.regisseur)
    with time_machine.travel(nu + timedelta(days=13, hours=23)):
        assert ingangen.find(paar.sleutel)
    with (
        time_machine.travel(nu + timedelta(days=14, minutes=1)),
        pytest.raises(LinkDicht),
    ):
        ingangen.find(paar.sleutel)


def test_a_later_link_stops_the_earlier_one(van: Gezin, ouder: Deelname) -> None:
    eerst = ingangen.invite(ouder, door=van.regisseur)
    later = ingangen.invite(ouder, door=van.regisseur)
    assert Ingang.objects.count() == 1
    with pytest.raises(LinkDicht):
        ingangen.find(eerst.sleutel)
    assert ingangen.find(later.sleutel)


def test_an_ended_participation_closes_link_account_and_session(
    van: Gezin, ouder: Deelname
) -> None:
    gebruiker = citizen(van, ouder)
    client = signed_in(gebruiker)
    assert client.get("/mijn/berichten/").status_code == 200
    paar = ingangen.invite(ouder, door=van.regisseur)
    toegang.end(
        Deelname.objects.filter(pk=ouder.pk), reden="verhuisd", door=van.regisseur
    )
    assert ingangen.actor_of(gebruiker) is None
    antwoord = client.get("/mijn/berichten/")
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/mijn/aanmelden/")
    with pytest.raises(LinkDicht):
        ingangen.find(paar.sleutel)
    with pytest.raises(GeenIngang):
        ingangen.invite(ouder, door=van.regisseur)
    # Another participation of the same person opens the same entrance again.
    takes_part_as_family(van, van.ouder, Deel.EIGEN_DEEL)
    weer = ingangen.actor_of(gebruiker)
    assert weer is not None
    assert ouder.pk not in weer.deelnames


def test_who_is_shut_out_of_everything_has_no_entrance(
    van: Gezin, ouder: Deelname
) -> None:
    gebruiker = citizen(van, ouder)
    beperken.impose(
        van.dossier, beperken.Wie(persoon=van.ouder.pk), delen=list(Deel),
        grond=Beperkgrond.VEILIGHEID, reden="Gevaar voor het kind.",
        herzien_op=klok.today() + timedelta(days=30), door=van.regisseur,
    )  # fmt: skip
    assert ingangen.actor_of(gebruiker) is None


def test_withdrawing_removes_the_account_and_not_the_participation(
    van: Gezin, ouder: Deelname
) -> None:
    gebruiker = citizen(van, ouder)
    client = signed_in(gebruiker)
    ingangen.withdraw(Ingang.objects.get(), door=van.regisseur)
    assert not Gebruiker.objects.filter(burger=True).exists()
    assert client.get("/mijn/").status_code == 302
    assert toegang.running().filter(pk=ouder.pk).exists()


def test_a_new_link_gives_another_password_and_asks_the_second_step_anew(
    van: Gezin, ouder: Deelname
) -> None:
    eerst = citizen(van, ouder, "marieke")
    weer = citizen(van, ouder, "marieke postma")
    assert eerst.pk == weer.pk
    assert weer.username == ingangen.username(" MARIEKE  Postma ")


def test_a_name_is_for_one_entrance(van: Gezin, ouder: Deelname) -> None:
    citizen(van, ouder, "wij samen")
    ander = gezin("Bos")
    ook = takes_part_as_family(ander, ander.ouder, *ALLES)
    with pytest.raises(InlognaamBezet):
        citizen(ander, ook, "Wij Samen")
    assert citizen(ander, ook, "wij ook").pk


def test_who_can_be_invited(van: Gezin) -> None:
    klein = Persoon.objects.get(pk=van.kind.pk)
    deelname = takes_part_as_family(van, van.kind, Deel.EIGEN_DEEL)
    jarig = klok.today().replace(year=klok.today().year - 12)
    klein.geboortedatum = jarig
    klein.save()
    assert ingangen.invite(Deelname.objects.get(pk=deelname.pk), door=van.regisseur)
    klein.geboortedatum = jarig + timedelta(days=1)
    klein.save()
    with pytest.raises(GeenIngang, match=r"Onder de twaalf|Under twelve"):
        ingangen.invite(Deelname.objects.get(pk=deelname.pk), door=van.regisseur)
    school = takes_part(
        van.dossier, None, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL,
        organisatie=organisatie().pk,
    )  # fmt: skip
    with pytest.raises(GeenIngang):
        ingangen.invite(school, door=van.regisseur)


def test_who_invites(van: Gezin, ouder: Deelname) -> None:
    vreemd = actor(Rol.REGISSEUR, account=account("vreemd", rol=Rol.REGISSEUR))
    with pytest.raises(GeenToegang):
        ingangen.invite(ouder, door=vreemd)
    helper = account("wim")
    takes_part(van.dossier, helper, Deelnemersrol.HULPVERLENER, Deel.PLAN)
    with pytest.raises(GeenToegang):
        ingangen.invite(ouder, door=actor(account=helper))
    lijst = account("els")
    takes_part(van.dossier, lijst, Deelnemersrol.HULPVERLENER, Deel.TOEGANG)
    assert ingangen.invite(ouder, door=actor(account=lijst))
    burger = ingangen.actor_of(citizen(van, ouder))
    assert burger is not None
    with pytest.raises(GeenToegang):
        ingangen.invite(ouder, door=burger)


def test_nobody_inherits_the_entrance_of_a_name(van: Gezin, ouder: Deelname) -> None:
    oma = takes_part_as_family(van, "Trijntje", Deel.PLAN)
    citizen(van, oma, "trijntje")
    citizen(van, ouder)
    ook = takes_part_as_family(van, "Trijntje", Deel.TAKEN)
    for rij, blijft in ((oma, True), (ook, False), (ouder, False)):
        toegang.end(
            Deelname.objects.filter(pk=rij.pk), reden="klaar", door=van.regisseur
        )
        gebeurtenissen.handle_pending()
        ingang = Ingang.objects.get(naam="Trijntje")
        assert (ingang.gebruiker is not None) is blijft
        assert (ingang.ingetrokken_op is None) is blijft
    # Of a person on record a later participation is of the same one.
    assert Ingang.objects.get(persoon=van.ouder).gebruiker is not None


def test_emergency_access_opens_no_entrance_and_closes_none(
    van: Gezin, ouder: Deelname
) -> None:
    citizen(van, ouder)
    gebruiker = account("els", rol=Rol.REGISSEUR)
    els = actor(Rol.REGISSEUR, account=gebruiker)
    noodtoegang.take(els, van.ouder.pk, "Kind alleen thuis, nu gevaar")
    assert toegang.parts(els, van.dossier) == set(Deel)
    with pytest.raises(GeenToegang):
        ingangen.invite(ouder, door=els)
    with pytest.raises(GeenToegang):
        ingangen.withdraw(Ingang.objects.get(), door=els)
    takes_part(van.dossier, gebruiker, Deelnemersrol.HULPVERLENER, Deel.TOEGANG)
    assert ingangen.invite(ouder, door=els)


def test_the_way_in_through_the_pages(
    van: Gezin, ouder: Deelname, settings: object
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = True  # type: ignore[attr-defined]
    paar = ingangen.invite(ouder, door=van.regisseur)
    client = Client()
    deur = f"/uitnodiging/{paar.sleutel}/"
    assert client.get("/mijn/begin/").status_code == 404
    assert client.post(deur, {"code": "12"}).status_code == 422
    assert client.post(deur, {"code": paar.code})["Location"] == "/mijn/begin/"
    kort = {"inlognaam": "marieke", "wachtwoord": "kort", "nog_eens": "kort"}
    assert client.post("/mijn/begin/", kort).status_code == 422
    goed = {"inlognaam": "marieke", "wachtwoord": WACHTWOORD, "nog_eens": WACHTWOORD}
    naar = client.post("/mijn/begin/", goed)["Location"]
    assert naar == "/mijn/tweede-stap/instellen/"
    # Nothing is to be seen before the second step stands.
    assert client.get("/mijn/plan/")["Location"].startswith(naar)
    codes = client.post(naar, {"lijst": "ja"}).context["codes"]
    assert len(codes) == 10
    assert client.get("/mijn/").status_code == 200

    later = Client()
    assert later.get("/mijn/")["Location"] == "/mijn/aanmelden/?next=/mijn/"
    fout = {"username": "marieke", "password": "iets-anders-dan-dit"}
    assert later.post("/mijn/aanmelden/", fout).status_code == 422
    mee = {"username": "Marieke", "password": WACHTWOORD}
    assert later.post("/aanmelden/", mee).status_code == 422, "not the staff's door"
    assert later.post("/mijn/aanmelden/", mee)["Location"] == "/mijn/"
    assert later.get("/mijn/")["Location"].startswith("/mijn/tweede-stap/?next=")
    assert later.post("/mijn/tweede-stap/", {"code": "fout-code"}).status_code == 422
    # A wrong code makes one wait a moment before the next.
    with time_machine.travel(klok.now() + timedelta(seconds=30)):
        goed = {"code": codes[0]}
        assert later.post("/mijn/tweede-stap/", goed)["Location"] == "/mijn/"
    assert later.get("/mijn/").status_code == 200
    assert later.get("/")["Location"] == "/mijn/"
    assert later.post("/mijn/afmelden/").status_code == 302
    assert later.get("/mijn/")["Location"] == "/mijn/aanmelden/?next=/mijn/"


def test_workers_do_not_come_in_by_the_door_of_the_family(van: Gezin) -> None:
    client = Client()
    mee = {"username": van.bart.username, "password": "wierden-en-maren"}
    assert client.post("/mijn/aanmelden/", mee).status_code == 422


def test_the_account_goes_when_its_entrance_goes(van: Gezin, ouder: Deelname) -> None:
    blijft = gezin("Bos")
    citizen(blijft, takes_part_as_family(blijft, blijft.ouder, *ALLES), "familie bos")
    citizen(van, ouder)
    Ingang.objects.filter(dossier=van.dossier).delete()
    bewaren.drop_accounts()
    assert Gebruiker.objects.filter(burger=True).count() == 1


def test_accounts_of_citizens_stand_in_no_list_of_workers(
    van: Gezin, ouder: Deelname, client: Client
) -> None:
    citizen(van, ouder)
    client.force_login(account("tjaard", rol=Rol.BEHEER))
    assert ingangen.NAAM not in client.get("/accounts/").content.decode()
    nummer = Gebruiker.objects.get(burger=True).pk
    assert client.get(f"/accounts/{nummer}/").status_code == 404
