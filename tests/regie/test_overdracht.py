"""To another municipality goes what may go, once, and never in two places at a time."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.personen.models import Gezinslid, Toestemming
from samenloop.plannen import toegang
from samenloop.plannen.dossier.models import Contactmoment, Notitie
from samenloop.plannen.models import Deelnemersrol
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Plan
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie import casussen, overdracht
from samenloop.regie.models import Casus, Casusmelding, Overdracht
from samenloop.signalen.models import Signaal
from tests.access.accounts import account, actor, appoint
from tests.regie.maken import casus
from tests.signalen import maken

pytestmark = pytest.mark.django_db
HIER, DAAR = "GM1651", "GM0005"


@pytest.fixture(autouse=True)
def _documenten(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTEN = {**settings.DOCUMENTEN, "MAP": tmp_path}


@pytest.fixture
def bart() -> Gebruiker:
    maken.gemeente(DAAR)
    appoint(account("daar", gemeente=""), Rol.REGISSEUR, DAAR)
    return account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")


@pytest.fixture
def gevuld(bart: Gebruiker) -> Casus:
    """A case with a plan, a contact, notes and the signal it came from."""
    gemaakt = casus(bart)
    dossier = gemaakt.dossier
    assert dossier is not None
    plan = Plan.objects.create(
        dossier=dossier, gezin=dossier.gezin, betrokkene=dossier.betrokkene,
        grond="toestemming",
    )  # fmt: skip
    doel = Doelstelling.objects.create(plan=plan, tekst="Rustig de rekeningen betalen")
    helpt = toegang.give(
        dossier,
        rol=Deelnemersrol.HULPVERLENER,
        naam="Hans Prins",
        door=actor(account=bart),
    )
    Activiteit.objects.create(doelstelling=doel, wat="Overzicht", uitvoerder=helpt)
    Contactmoment.objects.create(
        dossier=dossier, naam="school", wijze="telefoon", gebeurd_op=klok.now(),
        onderwerp="Verzuim",
    )  # fmt: skip
    for bereik in ("eigen", "team", "dossier"):
        Notitie.objects.create(
            dossier=dossier, bereik=bereik, tekst=f"notitie {bereik}", door=bart.pk
        )
    melding = maken.melding_van(
        maken.signaal(dossier.betrokkene, veiligheidsrisico=True).pk
    )
    assert melding is not None
    Casusmelding.objects.create(casus=gemaakt, melding=melding)
    return gemaakt


def consent(van: Casus, *categorieen: str) -> None:
    for categorie in categorieen:
        Toestemming.objects.create(
            persoon=van.betrokkene, gemeente_id=HIER, categorie=categorie,
            doel="regie_gezamenlijk_plan", gegeven_op=klok.today(),
            wijze="mondeling", vastgelegd_door="1",
        )  # fmt: skip


def sent(van: Casus, bart: Gebruiker) -> Casus:
    door = actor(Rol.REGISSEUR, account=bart)
    with gemeentegrens.within(HIER):
        voorstel = overdracht.propose(
            van, DAAR, reden="Het gezin verhuisde", akkoord_op=klok.today(), door=door
        )
        return overdracht.send(voorstel, door=door)


def test_with_consent_goes_what_is_of_the_file_and_no_more(
    gevuld: Casus, bart: Gebruiker
) -> None:
    consent(gevuld, "plan")
    nieuw = sent(gevuld, bart)
    oud = gevuld.dossier
    assert oud is not None
    with gemeentegrens.within(DAAR):
        casus_daar = Casus.objects.select_related("dossier").get(pk=nieuw.pk)
        dossier = casus_daar.dossier
        assert dossier is not None
        assert dossier.gezin_id == oud.gezin_id
        assert Gezinslid.objects.filter(gezin=dossier.gezin_id).count() == 2
        plan = open_plan(dossier)
        assert plan is not None
        assert plan.dossier_id == dossier.pk
        activiteit = Activiteit.objects.get(doelstelling__plan=plan)
        assert (activiteit.wie, activiteit.uitvoerder_id) == ("Hans Prins", None)
        assert Contactmoment.objects.get().dossier_id == dossier.pk
        assert [n.tekst for n in Notitie.objects.all()] == ["notitie dossier"]
        # Nobody there has it yet, and nobody of here sees it.
        assert casussen.current_director(casus_daar) is None
        assert not toegang.running().filter(dossier=dossier).exists()
        assert not Signaal.objects.exists()
    with gemeentegrens.within(HIER):
        assert not Casus.objects.filter(pk=nieuw.pk).exists()
        oud.refresh_from_db()
        assert oud.gesloten_op == klok.today()
        assert open_plan(oud) is None
        assert Notitie.objects.count() == 3
        gedaan = Overdracht.objects.get()
        assert (gedaan.staat, gedaan.nieuw_nummer) == ("verzonden", nieuw.kort)
        assert {regel["aantal"] for regel in gedaan.gebleven} >= {2}
    assert not casussen.leads(actor(Rol.REGISSEUR, account=bart), gevuld)
    for grens, casus_hier in ((HIER, gevuld), (DAAR, nieuw)):
        with gemeentegrens.within(grens):
            assert overdracht.of_case(casus_hier) == gedaan


def test_without_consent_goes_only_that_there_is_a_case(
    gevuld: Casus, bart: Gebruiker
) -> None:
    nieuw = sent(gevuld, bart)
    with gemeentegrens.within(DAAR):
        dossier = Casus.objects.get(pk=nieuw.pk).dossier
        assert dossier is not None
        assert dossier.betrokkene_id == gevuld.betrokkene_id
        assert open_plan(dossier) is None
        assert not Contactmoment.objects.exists()
        assert not Notitie.objects.exists()
        assert Gezinslid.objects.count() == 1


def test_signals_go_only_with_consent_for_them(gevuld: Casus, bart: Gebruiker) -> None:
    consent(gevuld, "plan", "signalen")
    nieuw = sent(gevuld, bart)
    with gemeentegrens.within(DAAR):
        signaal = Signaal.objects.get()
        assert signaal.status == Signaal.Status.AFGESLOTEN
        assert (signaal.vastgelegd_door, signaal.terugkoppeling_gewenst) == (
            None,
            False,
        )
        assert Casusmelding.objects.get().casus_id == nieuw.pk
    with gemeentegrens.within(HIER):
        assert Signaal.objects.count() == 1


def test_family_must_agree_and_the_director_sends_once(
    gevuld: Casus, bart: Gebruiker
) -> None:
    door = actor(Rol.REGISSEUR, account=bart)
    ander = actor(Rol.REGISSEUR, account=999)

    def propose(naar: str = DAAR, wie: Any = door, dag: Any = None) -> Overdracht:
        return overdracht.propose(gevuld, naar, reden="x", akkoord_op=dag, door=wie)

    with pytest.raises(overdracht.GeenGrond):
        propose()
    with pytest.raises(GeenToegang):
        propose(wie=ander, dag=klok.today())
    for naar in (HIER, "GM9999"):
        with pytest.raises(overdracht.NietHier):
            propose(naar, dag=klok.today())
    voorstel = propose(dag=klok.today())
    with pytest.raises(overdracht.LooptAl):
        propose(dag=klok.today())
    with pytest.raises(GeenToegang):
        overdracht.send(voorstel, door=ander)
    overdracht.call_off(voorstel, door=door)
    with pytest.raises(overdracht.LooptAl):
        overdracht.send(voorstel, door=door)
    assert Casus.objects.count() == 1


def test_page_says_beforehand_what_goes_and_what_stays(
    gevuld: Casus, bart: Gebruiker, client: Client
) -> None:
    client.force_login(bart)
    adres = reverse("casus-elders", args=[gevuld.pk])
    tekst = client.get(adres).content.decode()
    blijft = tekst.split("Wat hier blijft")[1]
    assert "Contacten" in blijft
    consent(gevuld, "plan")
    tekst = client.get(adres).content.decode()
    mee, blijft = tekst.split("Wat hier blijft")
    assert "Contacten" in mee
    assert "Notities van één persoon of een team: 2" in blijft
    assert "Signalen die ertoe leidden" in blijft
    gegeven = {"naar": DAAR, "reden": "Verhuisd"}
    assert client.post(adres, gegeven).status_code == 422
    client.post(adres, {**gegeven, "akkoord_op": klok.today().isoformat()})
    assert not Casus.objects.filter(gemeente=DAAR).exists()
    client.post(reverse("casus-elders-versturen", args=[gevuld.pk]))
    assert Casus.objects.filter(gemeente=DAAR).count() == 1
