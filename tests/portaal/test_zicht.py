"""What of the plan somebody reads: by what was opened, age, gezag and restriction."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from samenloop.access.besluiten import GeenToegang
from samenloop.core import klok
from samenloop.personen import taak
from samenloop.personen.models import Persoon
from samenloop.plannen import beperken, toegang
from samenloop.plannen.dossier import gesprekken
from samenloop.plannen.metingen import instrumenten
from samenloop.plannen.metingen.models import Meting
from samenloop.plannen.models import Beperkgrond, Deel, Deelname, Deelnemersrol
from samenloop.plannen.plan import (
    gevolgen,
    opbouw,
    samen_schrijven,
    tekenen,
    versies,
    zicht,
)
from samenloop.plannen.plan.models import (
    Activiteit,
    Doelstelling,
    Plan,
    Tekenwijze,
    Tekstvariant,
)
from samenloop.plannen.plan.samen_schrijven import Invoer
from samenloop.portaal import activiteit, meelezen, ons_plan, verslagen
from samenloop.portaal.mij import Mij
from samenloop.regie import regisseurs
from samenloop.regie.models import Regiemodel
from tests.access.accounts import GEMEENTE, account, actor
from tests.personen.maken import person
from tests.plannen.maken import takes_part
from tests.portaal.maken import (
    ALLES,
    Gezin,
    citizen,
    does,
    gezin,
    mij,
    plan_of,
    signed_in,
    takes_part_as_family,
)

pytestmark = pytest.mark.django_db
ALLEMAAL = {"Thuis is het veilig", "De huur op tijd betalen", "Weer naar school"}
ZONDER_KIND = ALLEMAAL - {"Weer naar school"}


def _old(wie: Persoon, jaren: int) -> None:
    vandaag = klok.today()
    Persoon.objects.filter(pk=wie.pk).update(
        geboortedatum=date(vandaag.year - jaren, 1, 1)
    )
    wie.refresh_from_db()


def _in_force(van: Gezin, plan: Plan) -> None:
    """Let everybody who must sign the plan, on paper."""
    versie = versies.make(plan, door=van.regisseur)
    for stand in tekenen.status(versie):
        tekenen.sign(
            versie, stand.tekenaar.sleutel, wijze=Tekenwijze.PAPIER, op=klok.today(),
            door=van.regisseur,
        )  # fmt: skip


def _reads(wie: Mij) -> set[str]:
    gelezen = ons_plan.read(wie)
    return {doel.tekst for doel in gelezen.doelen} if gelezen else set()


@pytest.mark.parametrize(
    ("jaren", "ziet"),
    [(8, ALLEMAAL), (12, ALLEMAAL), (15, ALLEMAAL), (16, ZONDER_KIND)],
)
def test_a_parent_reads_the_goals_of_a_child_up_to_sixteen(
    jaren: int, ziet: set[str]
) -> None:
    van = gezin()
    _old(van.kind, jaren)
    ouder = takes_part_as_family(van, van.ouder, *ALLES)
    _in_force(van, plan_of(van))
    assert _reads(mij(citizen(van, ouder))) == ziet


def test_a_parent_without_gezag_does_not_read_the_goals_of_the_child() -> None:
    van = gezin()
    _old(van.kind, 8)
    vader = person("Bos", "1985-01-01")
    taak.take_on([vader.pk], GEMEENTE)
    deelname = takes_part_as_family(van, vader, *ALLES)
    _in_force(van, plan_of(van))
    assert _reads(mij(citizen(van, deelname))) == ZONDER_KIND


def test_a_child_of_twelve_reads_its_own_part() -> None:
    van = gezin()
    _old(van.kind, 12)
    kind = takes_part_as_family(van, van.kind, Deel.EIGEN_DEEL)
    _in_force(van, plan_of(van))
    gelezen = ons_plan.read(mij(citizen(van, kind, "jesse")))
    assert gelezen is not None
    assert [doel.tekst for doel in gelezen.doelen] == ["Weer naar school"]
    assert not gelezen.heel


def test_who_was_let_in_reads_no_more_than_who_let_them_in() -> None:
    van = gezin()
    _old(van.kind, 16)
    ouder = takes_part_as_family(van, van.ouder, *ALLES)
    _in_force(van, plan_of(van))
    oma = meelezen.let_in(
        mij(citizen(van, ouder)), meelezen.NAAM, "Trijntje Bos", delen=[Deel.PLAN]
    )
    assert _reads(mij(citizen(van, oma, "trijntje"))) == ZONDER_KIND
    # The child of sixteen lets its parent in: then the parent reads it as well.
    kind = takes_part_as_family(van, van.kind, Deel.PLAN, Deel.TOEGANG)
    meelezen.let_in(
        mij(citizen(van, kind, "jesse")), meelezen.PERSOON, str(van.ouder.pk),
        delen=[Deel.PLAN],
    )  # fmt: skip
    assert _reads(mij(citizen(van, ouder))) == ALLEMAAL


def test_somebody_of_the_network_reads_what_they_do() -> None:
    van = gezin()
    oma = takes_part_as_family(
        van, "Trijntje Bos", Deel.EIGEN_DEEL, rol=Deelnemersrol.NETWERK
    )
    plan = plan_of(van)
    does(plan, oma, "Lotte ophalen op dinsdag")
    _in_force(van, plan)
    gelezen = ons_plan.read(mij(citizen(van, oma, "trijntje")))
    assert gelezen is not None
    assert [doel.tekst for doel in gelezen.doelen] == ["Thuis is het veilig"]
    assert [each.wat for each in gelezen.doelen[0].regels] == [
        "Lotte ophalen op dinsdag"
    ]
    assert not gelezen.afspraken


def test_a_closed_part_is_not_there() -> None:
    van = gezin()
    ouder = takes_part_as_family(van, van.ouder, *ALLES)
    _in_force(van, plan_of(van))
    gebruiker = citizen(van, ouder)
    assert ons_plan.read(mij(gebruiker)) is not None
    beperken.impose(
        van.dossier, beperken.Wie(persoon=van.ouder.pk),
        delen=[Deel.PLAN, Deel.EIGEN_DEEL], grond=Beperkgrond.ONDERZOEK,
        reden="Een onderzoek loopt.", herzien_op=klok.today() + timedelta(days=30),
        door=van.regisseur,
    )  # fmt: skip
    assert ons_plan.read(mij(gebruiker)) is None


def test_signing_is_for_who_must_and_only_the_newest_version() -> None:
    van = gezin()
    _old(van.kind, 13)
    ouder = mij(citizen(van, takes_part_as_family(van, van.ouder, *ALLES)))
    kind = mij(
        citizen(van, takes_part_as_family(van, van.kind, Deel.EIGEN_DEEL), "jesse")
    )
    plan = plan_of(van)
    eerste = versies.make(plan, door=van.regisseur)
    assert ons_plan.to_sign(ouder, eerste)
    assert ons_plan.sign(ouder, eerste) is False
    with pytest.raises(tekenen.KanNietTekenen):
        ons_plan.sign(ouder, eerste)
    assert ons_plan.sign(kind, eerste) is True
    gezet = eerste.handtekeningen.get(persoon=van.ouder)
    assert (gezet.wijze, gezet.vastgelegd_door) == (Tekenwijze.PORTAAL, None)
    plan.doelen.filter(tekst="Thuis is het veilig").update(tekst="Thuis is het rustig")
    tweede = versies.make(plan, door=van.regisseur)
    oma = mij(
        citizen(
            van,
            takes_part_as_family(van, "Trijntje", *ALLES, rol=Deelnemersrol.NETWERK),
            "trijntje",
        )
    )
    with pytest.raises(tekenen.KanNietTekenen):
        ons_plan.sign(oma, tweede)
    with pytest.raises(tekenen.KanNietTekenen):
        ons_plan.sign(ouder, eerste)
    assert ons_plan.sign(ouder, tweede) is False


@pytest.mark.parametrize(("jaren", "leest"), [(15, True), (16, False)])
def test_what_starts_is_told_to_who_reads_every_goal(
    jaren: int, leest: bool, settings: Any
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    van = gezin()
    _old(van.kind, jaren)
    ouder = citizen(van, takes_part_as_family(van, van.ouder, *ALLES))
    plan = plan_of(van)
    doel = plan.doelen.get(tekst="Weer naar school")
    rij = opbouw.add(plan, "activiteit", ouder=doel.pk)
    takes_part(van.dossier, account("wim"), Deelnemersrol.HULPVERLENER, Deel.PLAN)
    Activiteit.objects.filter(pk=rij.pk).update(
        wat="Praten met de mentor", uitvoerder=toegang.running().latest("van")
    )
    versie = versies.make(plan, door=van.regisseur)
    assert gevolgen.of_version(versie)
    bladzijde = signed_in(ouder).get("/mijn/plan/tekenen/")
    assert bladzijde.status_code == 200
    assert bool(bladzijde.context["gevolgen"]) is leest


def test_how_an_own_activity_goes_is_ones_own_to_say() -> None:
    van = gezin()
    ouder = takes_part_as_family(van, van.ouder, *ALLES)
    oma = takes_part_as_family(van, "Trijntje", Deel.EIGEN_DEEL)
    plan = plan_of(van)
    mijn, van_oma = does(plan, ouder, "Rekeningen"), does(plan, oma, "Ophalen")
    _in_force(van, plan)
    ik = mij(citizen(van, ouder))
    assert list(activiteit.own(ik)) == [mijn]
    woorden = {"stand": ("loopt", 0), "resultaat": ("Dit gaat steeds beter", 0)}
    assert activiteit.tell(ik, mijn, woorden)
    mijn.refresh_from_db()
    assert (mijn.stand, mijn.resultaat) == ("loopt", "Dit gaat steeds beter")
    gelezen = ons_plan.read(ik)
    assert gelezen is not None
    eigen = {each.wat: bool(each.eigen) for each in gelezen.doelen[0].regels}
    assert eigen == {"Rekeningen": True, "Ophalen": False}
    assert van_oma not in activiteit.own(ik)


def test_what_a_worker_wrote_meanwhile_is_not_overwritten(settings: Any) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    van = gezin()
    ouder = takes_part_as_family(van, van.ouder, *ALLES)
    plan = plan_of(van)
    rij = does(plan, ouder, "Rekeningen")
    pad = f"/mijn/plan/activiteit/{rij.pk}/"
    client = signed_in(citizen(van, ouder))
    form = client.get(pad).context["form"]
    gezien = {naam: form.initial[naam] for naam in form.fields}

    def writes(naam: str, tekst: str) -> None:
        rij.refresh_from_db()
        basis = int(rij.revisies.get(naam, {}).get("r", 0))
        samen_schrijven.keep(
            plan,
            Invoer("activiteit", rij.pk, naam, tekst, basis, uuid4(), 1),
            actor=van.regisseur,
        )

    writes("stand", "wacht")
    # What one left as it was is not written, so it is not in the way either.
    assert client.post(pad, {**gezien, "resultaat": "Half af"}).status_code == 302
    rij.refresh_from_db()
    assert (rij.stand, rij.resultaat) == ("wacht", "Half af")
    assert not Tekstvariant.objects.exists()
    writes("resultaat", "Zij belde: bijna klaar")
    assert client.post(pad, {**gezien, "resultaat": "Klaar"}).status_code == 302
    rij.refresh_from_db()
    assert rij.resultaat == "Zij belde: bijna klaar"
    assert Tekstvariant.objects.count() == 1, "both texts are kept"


def test_an_ended_participation_of_somebody_keeps_their_activity() -> None:
    van = gezin()
    eerst = takes_part_as_family(van, van.ouder, *ALLES)
    plan = plan_of(van)
    does(plan, eerst, "Rekeningen")
    Deelname.objects.filter(pk=eerst.pk).update(tot=klok.now())
    nu = takes_part_as_family(van, van.ouder, *ALLES)
    assert activiteit.own(mij(citizen(van, nu))).count() == 1


def test_only_a_citizen_who_directs_opens_the_editor(settings: Any) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    van = gezin()
    helper = account("wim")
    takes_part(van.dossier, helper, Deelnemersrol.HULPVERLENER, Deel.PLAN, Deel.TOEGANG)
    kind = citizen(van, takes_part_as_family(van, van.kind, *ALLES), "jesse")
    plan = plan_of(van)
    regisseurs.hand_over(
        van.casus, regisseurs.Wie(persoon=van.ouder.pk), door=van.regisseur,
        reden="Zij kan het zelf", model=Regiemodel.BURGER,
    )  # fmt: skip
    van.regisseur = actor(account=helper)
    deelname = toegang.running().get(dossier=van.dossier, persoon=van.ouder)
    ouder = signed_in(citizen(van, deelname))
    editor = f"/dossier/{van.dossier.pk}/plan/bewerken/"
    bladzijde = ouder.get(editor)
    assert bladzijde.status_code == 200
    assert "sl-portaal" in bladzijde.content.decode()
    assert "De huur op tijd betalen" in bladzijde.content.decode()
    nieuw = {"actie": "bij:doel"}
    onderdeel = f"/dossier/{van.dossier.pk}/plan/onderdeel/"
    assert ouder.post(onderdeel, nieuw).status_code == 302
    assert plan.doelen.count() == 4
    assert ouder.post("/mijn/plan/voorleggen/").status_code == 302
    assert plan.versies.count() == 1
    # Somebody else of the family, though the whole plan is open to them.
    broer = signed_in(kind)
    assert broer.get(editor).status_code == 403
    assert broer.post(onderdeel, nieuw).status_code == 403
    assert broer.post("/mijn/plan/voorleggen/").status_code == 403
    assert ouder.get(f"/dossier/{van.dossier.pk}/plan/").status_code == 403


def test_a_parent_does_not_edit_what_is_for_a_child_of_sixteen_to_share(
    settings: Any,
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    van = gezin()
    _old(van.kind, 16)
    kind = mij(citizen(van, takes_part_as_family(van, van.kind, *ALLES), "jesse"))
    plan = plan_of(van)
    helper = account("wim")
    takes_part(van.dossier, helper, Deelnemersrol.HULPVERLENER, Deel.PLAN, Deel.TOEGANG)
    regisseurs.hand_over(
        van.casus, regisseurs.Wie(persoon=van.ouder.pk), door=van.regisseur,
        reden="Zij kan het zelf", model=Regiemodel.BURGER,
    )  # fmt: skip
    van.regisseur = actor(account=helper)
    deelname = toegang.running().get(dossier=van.dossier, persoon=van.ouder)
    gebruiker = citizen(van, deelname)
    ouder, editor = signed_in(gebruiker), f"/dossier/{van.dossier.pk}/plan/bewerken/"
    assert ouder.get(editor).status_code == 403
    with pytest.raises(GeenToegang, match=r"zestien|sixteen"):
        zicht.to_write(mij(gebruiker).actor, van.dossier.pk)
    assert zicht.to_write(van.regisseur, van.dossier.pk) == plan
    # Also what was taken out of the plan can be read in the editor.
    doel = Doelstelling.objects.filter(plan=plan, voor=van.kind)
    doel.update(weg_op=klok.now())
    assert ouder.get(editor).status_code == 403
    doel.update(weg_op=None)
    meelezen.let_in(kind, meelezen.PERSOON, str(van.ouder.pk), delen=[Deel.PLAN])
    assert ouder.get(editor).status_code == 200


def test_a_report_is_read_once_it_was_given() -> None:
    van = gezin()
    ouder = mij(citizen(van, takes_part_as_family(van, van.ouder, *ALLES)))
    gesprek = gesprekken.begin(van.dossier, door=van.regisseur)
    versie = gesprekken.finish(
        gesprek,
        gesprekken.Verslag(
            gevoerd_op=klok.today().isoformat(), plek="thuis", kern="De huur knelt.",
            ondersteuning="niet", eigen_plan="geen",
        ),
        door=van.regisseur, na=0, toch=True,
    )  # fmt: skip
    assert verslagen.reports(ouder) == []
    gesprekken.give(
        versie, door=van.regisseur, gegeven_op=klok.today(), wijze="portaal",
        persoon=van.kind,
    )  # fmt: skip
    assert verslagen.reports(ouder) == [], "given to another"
    gesprekken.give(
        versie, door=van.regisseur, gegeven_op=klok.today(), wijze="portaal"
    )
    assert [each.kern for each in verslagen.reports(ouder)] == ["De huur knelt."]
    dicht = takes_part_as_family(van, "Oma", Deel.PLAN)
    assert verslagen.reports(mij(citizen(van, dicht, "oma bos"))) == []


@pytest.mark.parametrize(("jaren", "ziet"), [(11, True), (15, True), (16, False)])
def test_a_measurement_is_read_by_whom_it_is_about_and_by_law(
    jaren: int, ziet: bool
) -> None:
    instrumenten.load_standard()
    van = gezin()
    _old(van.kind, jaren)
    zrm = instrumenten.usable(van.dossier.gemeente_id)[0]
    Meting.objects.create(
        dossier=van.dossier, persoon=van.kind, instrument=zrm, op=klok.today()
    )
    ouder = mij(citizen(van, takes_part_as_family(van, van.ouder, *ALLES)))
    assert bool(verslagen.measurements(ouder)) is ziet
    oma = takes_part_as_family(van, "Oma", *ALLES, rol=Deelnemersrol.NETWERK)
    assert verslagen.measurements(mij(citizen(van, oma, "oma bos"))) == []
