"""The conference: shared from begin to end, with whom was invited, and nothing else."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Diepte, Handeling, Rol
from samenloop.core import gemeentegrens, klok
from samenloop.plannen import toegang
from samenloop.plannen.dossier.models import Contactmoment
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.regie.models import Casus
from samenloop.regie.overleg import agenda, gasten, houden, tafel, tafelpagina, wie
from samenloop.regie.overleg.fouten import (
    AlOpAgenda,
    AlUitgenodigd,
    LinkDicht,
    NietMeer,
    NietsTeBespreken,
    NogNiet,
    TussendoorGewijzigd,
    VerkeerdeCode,
)
from samenloop.regie.overleg.models import Agendapunt, Genodigde, Overleg
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import account, actor
from tests.plannen.maken import takes_part
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db
DAG = datetime(2090, 3, 10, 10, 0, tzinfo=klok.AMSTERDAM)
GEDEELD = "Marieke vertelde over de energieschuld."
DELEN = (Deel.JOURNAAL, Deel.TAKEN)


@pytest.fixture
def nu() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(DAG, tick=False) as reis:
        yield reis


class Tafel:
    """A director with two cases, a colleague invited for the first of them."""

    def __init__(self) -> None:
        self.bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
        self.wim = account("wim", naam="Wim Oosterhof")
        self.casus = casus(self.bart)
        self.ander = casus(self.bart, naam="Wolthuis")
        assert self.casus.dossier is not None
        self.dossier = self.casus.dossier
        Contactmoment.objects.create(
            dossier=self.dossier, naam="Marieke", wijze=Contactmoment.Wijze.values[0],
            gebeurd_op=klok.now() - timedelta(days=1), onderwerp=GEDEELD,
        )  # fmt: skip
        self.overleg = agenda.plan(self.regisseur, gepland_op=DAG, minuten=60)
        self.punt = self.put_on(self.casus)
        self.genodigde = agenda.invite(
            self.overleg, door=self.regisseur, functie="consulent Wmo",
            punten=[self.punt], account=self.wim.pk,
        )  # fmt: skip

    def put_on(self, welke: Casus, **anders: object) -> Agendapunt:
        gegeven: dict[str, object] = {
            "vraag": "Wie pakt de schuld op?",
            "delen": DELEN,
            "grond": "toestemming van Marieke, 1 maart",
            "door": self.regisseur,
        }
        return agenda.put_on(self.overleg, welke, **gegeven | anders)  # type: ignore[arg-type]

    @property
    def regisseur(self) -> Actor:
        return actor(Rol.REGISSEUR, account=self.bart)

    @property
    def collega(self) -> Actor:
        return actor(Rol.CONSULENT, account=self.wim)

    def sees(self, wie: Actor) -> frozenset[Deel]:
        return toegang.parts(wie, self.dossier)


@pytest.fixture
def t(nu: time_machine.Traveller) -> Tafel:
    return Tafel()


def test_inviting_shares_nothing_beginning_does_and_ending_stops_it(t: Tafel) -> None:
    assert t.sees(t.collega) == frozenset()
    houden.begin(t.overleg, door=t.regisseur)
    assert t.sees(t.collega) == frozenset(DELEN)
    houden.end(t.overleg, door=t.regisseur)
    assert t.sees(t.collega) == frozenset()
    # That it was shared stays to be seen.
    gegeven = Deelname.objects.get(rol=Deelnemersrol.OVERLEG)
    assert (gegeven.grond, gegeven.reden_einde) == (t.punt.grond, houden.REDEN)


def test_what_nobody_ended_closes_by_itself(
    t: Tafel, nu: time_machine.Traveller
) -> None:
    houden.begin(t.overleg, door=t.regisseur)
    nu.shift(timedelta(minutes=119))
    assert t.sees(t.collega)
    nu.shift(timedelta(minutes=1))
    assert t.sees(t.collega) == frozenset()
    assert houden.end_forgotten() == 1
    t.overleg.refresh_from_db()
    assert t.overleg.staat == Overleg.Staat.AFGESLOTEN
    assert houden.end_forgotten() == 0


def test_somebody_invited_for_one_case_sees_no_other(t: Tafel) -> None:
    t.put_on(t.ander)
    houden.begin(t.overleg, door=t.regisseur)
    assert t.ander.dossier is not None
    assert toegang.parts(t.collega, t.ander.dossier) == frozenset()
    gezien = tafelpagina.items(t.collega, t.overleg)
    assert [each.punt.pk for each in gezien] == [t.punt.pk]
    assert len(tafelpagina.items(t.regisseur, t.overleg)) == 2


def test_only_who_directs_a_case_shares_it(t: Tafel) -> None:
    vreemd = casus(account("ineke", rol=Rol.REGISSEUR), naam="Bakker")
    with pytest.raises(GeenToegang):
        t.put_on(vreemd)
    with pytest.raises(GeenToegang):
        agenda.take_off(t.punt, door=t.collega)
    with pytest.raises(AlOpAgenda):
        t.put_on(t.casus)


def test_a_case_that_was_handed_over_is_not_shared_by_the_former_director(
    t: Tafel,
) -> None:
    ineke = account("ineke", rol=Rol.REGISSEUR)
    from samenloop.regie import regisseurs

    regisseurs.hand_over(
        t.casus,
        regisseurs.Wie(account=ineke.pk),
        reden="vakantie",
        door=t.regisseur,
    )
    with pytest.raises(NietsTeBespreken):
        houden.begin(t.overleg, door=t.regisseur)
    t.overleg.refresh_from_db()
    assert t.overleg.staat == Overleg.Staat.GEPLAND
    assert t.sees(t.collega) == frozenset()


def test_only_who_leads_begins_ends_invites_and_calls_off(t: Tafel) -> None:
    with pytest.raises(GeenToegang):
        houden.begin(t.overleg, door=t.collega)
    with pytest.raises(GeenToegang):
        agenda.invite(t.overleg, door=t.collega, functie="x", punten=[], naam="y")
    with pytest.raises(GeenToegang):
        agenda.call_off(t.overleg, reden="ziek", door=t.collega)
    with pytest.raises(NogNiet):
        houden.end(t.overleg, door=t.regisseur)
    with pytest.raises(AlUitgenodigd):
        agenda.invite(
            t.overleg, door=t.regisseur, functie="nog eens", punten=[], account=t.wim.pk
        )


def test_what_was_called_off_or_ended_cannot_begin(t: Tafel) -> None:
    agenda.call_off(t.overleg, reden="ziek", door=t.regisseur)
    with pytest.raises(NietMeer):
        houden.begin(t.overleg, door=t.regisseur)
    with pytest.raises(NietMeer):
        t.put_on(t.ander)


def test_a_decision_is_a_task(t: Tafel) -> None:
    with pytest.raises(NogNiet):
        houden.decide(
            t.punt, "Vroeg", uitvoerder=Uitvoerder(), uiterlijk=None, door=t.regisseur
        )  # fmt: skip
    houden.begin(t.overleg, door=t.regisseur)
    t.punt.refresh_from_db()
    besluit = houden.decide(
        t.punt,
        "Bel de energieleverancier",
        uitvoerder=Uitvoerder(account=t.bart.pk),
        uiterlijk=(DAG + timedelta(days=3)).date(),
        door=t.regisseur,
    )
    taak = Taak.objects.get(overlegbesluit=besluit)
    assert (taak.casus_id, taak.account) == (t.casus.pk, t.bart.pk)
    houden.end(t.overleg, door=t.regisseur)
    t.punt.refresh_from_db()
    with pytest.raises(NietMeer):
        houden.decide(
            t.punt, "Te laat", uitvoerder=Uitvoerder(), uiterlijk=None, door=t.regisseur
        )
    assert Taak.objects.count() == 1


def test_who_only_sits_at_the_table_is_named_in_a_decision(t: Tafel) -> None:
    houden.begin(t.overleg, door=t.regisseur)
    keuzes = {naam: wie_ for _nr, wie_, naam in wie.doers(t.casus, t.regisseur)}
    assert keuzes["Wim Oosterhof, consulent Wmo"] == Uitvoerder(naam="Wim Oosterhof")
    takes_part(t.dossier, t.wim, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL)
    keuzes_nu = [wie_ for _nr, wie_, _naam in wie.doers(t.casus, t.regisseur)]
    assert Uitvoerder(account=t.wim.pk) in keuzes_nu
    assert Uitvoerder(naam="Wim Oosterhof") not in keuzes_nu


def test_two_who_write_lose_nothing(t: Tafel) -> None:
    houden.begin(t.overleg, door=t.regisseur)
    t.punt.refresh_from_db()
    houden.write_down(t.punt, "Eerste tekst", versie=0, door=t.regisseur)
    with pytest.raises(TussendoorGewijzigd):
        houden.write_down(t.punt, "Andere tekst", versie=0, door=t.regisseur)
    houden.write_down(t.punt, "Samen", versie=1, door=t.regisseur)
    with pytest.raises(GeenToegang):
        houden.write_down(t.punt, "Ik ook", versie=2, door=t.collega)
    t.punt.refresh_from_db()
    assert (t.punt.bespreking, t.punt.versie) == ("Samen", 2)


def test_the_database_keeps_what_was_discussed(t: Tafel) -> None:
    houden.begin(t.overleg, door=t.regisseur)
    houden.end(t.overleg, door=t.regisseur)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agendapunt.objects.filter(pk=t.punt.pk).update(bespreking="Achteraf")


def test_another_municipality_sees_no_conference(t: Tafel) -> None:
    with gemeentegrens.within("GM0005"):
        assert not Overleg.objects.exists()
        assert not Agendapunt.objects.exists()
        assert not Genodigde.objects.exists()


# --- somebody from outside -------------------------------------------------------


def guest(t: Tafel) -> tuple[Genodigde, str, str]:
    gast = agenda.invite(
        t.overleg, door=t.regisseur, functie="jeugdarts", naam="Sietske Ploeg",
        email="s.ploeg@a.test", punten=[t.punt],
    )  # fmt: skip
    return gast, *gasten.make_link(gast, door=t.regisseur)


def test_a_guest_sees_what_was_chosen_and_only_while_it_lasts(t: Tafel) -> None:
    gast, sleutel, code = guest(t)
    gevonden = gasten.find(sleutel)
    gasten.come_in(gevonden, f"{code[:4]} {code[4:]}")
    houden.begin(t.overleg, door=t.regisseur)
    binnen = gasten.still_inside(gast.pk, gevonden.sleutel)
    assert binnen is not None
    wie_ = gasten.actor_of(binnen)
    assert t.sees(wie_) == frozenset(DELEN)
    assert toegang.depth(wie_, t.dossier, Handeling.DOSSIER_LEZEN, Deel.JOURNAAL) is (
        Diepte.WAT
    )
    assert toegang.depth(wie_, t.dossier, Handeling.PLAN_LEZEN, Deel.PLAN) is None
    (blok, *_rest) = tafel.shared(wie_, t.casus)
    assert [regel.wat for regel in blok.regels] == [GEDEELD]
    houden.end(t.overleg, door=t.regisseur)
    assert gasten.still_inside(gast.pk, gevonden.sleutel) is None
    assert t.sees(wie_) == frozenset()
    with pytest.raises(LinkDicht):
        gasten.find(sleutel)


def test_five_wrong_codes_close_the_link(t: Tafel) -> None:
    _gast, sleutel, code = guest(t)
    for _ in range(gasten.POGINGEN):
        with pytest.raises(VerkeerdeCode):
            gasten.come_in(gasten.find(sleutel), "00000000" if code[0] != "0" else "1")
    with pytest.raises(LinkDicht):
        gasten.find(sleutel)


def test_a_link_works_shortly_before_and_not_earlier(
    t: Tafel, nu: time_machine.Traveller
) -> None:
    _gast, sleutel, _code = guest(t)
    nu.move_to(DAG - timedelta(minutes=16))
    with pytest.raises(LinkDicht):
        gasten.find(sleutel)
    nu.move_to(DAG - timedelta(minutes=15))
    gasten.find(sleutel)
    nu.move_to(DAG + timedelta(minutes=61))
    with pytest.raises(LinkDicht):
        gasten.find(sleutel)


def test_a_new_link_stops_the_one_before(t: Tafel) -> None:
    gast, sleutel, _code = guest(t)
    nieuw, _nieuwe_code = gasten.make_link(gast, door=t.regisseur)
    with pytest.raises(LinkDicht):
        gasten.find(sleutel)
    assert gasten.find(nieuw).pk == gast.pk
    kept = Genodigde.objects.get(pk=gast.pk)
    assert nieuw not in (kept.sleutel, kept.code)


# --- pages -----------------------------------------------------------------------


def test_a_conference_from_plan_to_end(client: Client, t: Tafel) -> None:
    client.force_login(t.bart)
    antwoord = client.post(
        f"{reverse('overleg-nieuw')}?casus={t.ander.pk}",
        {"dag": "2090-03-11", "tijd": "14:00", "minuten": "60", "plaats": "Loket"},
    )
    assert antwoord.headers["Location"].endswith(f"?casus={t.ander.pk}")
    overleg = Overleg.objects.get(plaats="Loket")
    antwoord = client.post(
        reverse("overleg-agenda", args=[overleg.pk]),
        {
            "casus": str(t.ander.pk),
            "vraag": "Kan dit samen?",
            "delen": ["journaal"],
            "grond": "toestemming",
        },
    )
    assert antwoord.status_code == 302
    punt = overleg.punten.get()
    antwoord = client.post(
        reverse("overleg-uitnodigen", args=[overleg.pk]),
        {"wie": str(t.wim.pk), "functie": "consulent", "punten": [str(punt.pk)]},
    )
    assert antwoord.status_code == 302
    adres = reverse("overleg", args=[overleg.pk])
    client.force_login(t.wim)
    assert "gezin Wolthuis" not in client.get(adres).content.decode()
    client.force_login(t.bart)
    client.post(reverse("overleg-stand", args=[overleg.pk]), {"wat": "begin"})
    pagina = client.get(adres).content.decode()
    assert "gezin Wolthuis" in pagina
    client.post(
        reverse("overleg-besluit", args=[punt.pk]),
        {f"{punt.pk}-tekst": "Bel de school", f"{punt.pk}-wie": "1"},
    )
    assert Taak.objects.get().titel == "Bel de school"
    client.force_login(t.wim)
    pagina = client.get(adres).content.decode()
    assert "gezin Wolthuis" in pagina
    assert "Bel de school" in pagina
    client.force_login(t.bart)
    client.post(reverse("overleg-stand", args=[overleg.pk]), {"wat": "einde"})
    client.force_login(t.wim)
    pagina = client.get(adres).content.decode()
    assert "gezin Wolthuis" not in pagina
    assert Auditregel.objects.filter(onderwerp=f"overleg:{overleg.pk}").exists()


def test_who_is_not_invited_finds_no_conference(client: Client, t: Tafel) -> None:
    client.force_login(account("buiten", rol=Rol.REGISSEUR))
    assert client.get(reverse("overleg", args=[t.overleg.pk])).status_code == 404
    antwoord = client.post(
        reverse("overleg-stand", args=[t.overleg.pk]), {"wat": "begin"}
    )
    assert antwoord.status_code == 404


def test_a_guest_comes_in_by_link_and_code(client: Client, t: Tafel) -> None:
    gast = agenda.invite(
        t.overleg, door=t.regisseur, functie="jeugdarts", naam="Sietske Ploeg",
        email="s.ploeg@a.test", punten=[t.punt],
    )  # fmt: skip
    client.force_login(t.bart)
    pagina = client.post(
        reverse("overleg-gastlink", args=[t.overleg.pk, gast.pk])
    ).content.decode()
    code = re.search(r">(\d{8})<", pagina)
    (post,) = mail.outbox
    link = re.search(r"http://testserver(\S+)", post.body)
    assert code is not None
    assert link is not None
    assert code[1] not in post.body
    assert "Postma" not in post.body + post.subject
    client.post(reverse("overleg-stand", args=[t.overleg.pk]), {"wat": "begin"})

    buiten = Client()
    assert "code" in buiten.get(link[1]).content.decode()
    fout = buiten.post(link[1], {"code": "1"})
    assert fout.status_code == 422
    assert GEDEELD not in fout.content.decode()
    assert buiten.get(reverse("gast-tafel")).status_code == 404
    antwoord = buiten.post(link[1], {"code": code[1]})
    assert antwoord.headers["Location"] == reverse("gast-tafel")
    tafel_ = buiten.get(reverse("gast-tafel"))
    assert GEDEELD in tafel_.content.decode()
    assert Auditregel.objects.filter(actor_soort="genodigde").exists()
    # Nothing else of the system opens to a guest.
    for adres in (reverse("casussen"), reverse("overleg", args=[t.overleg.pk])):
        assert buiten.get(adres).status_code in (302, 403)
    client.post(reverse("overleg-stand", args=[t.overleg.pk]), {"wat": "einde"})
    dicht = buiten.get(reverse("gast-tafel"))
    assert dicht.status_code == 404
    assert GEDEELD not in dicht.content.decode()


def test_both_texts_stand_there_when_two_wrote(client: Client, t: Tafel) -> None:
    houden.begin(t.overleg, door=t.regisseur)
    t.punt.refresh_from_db()
    houden.write_down(t.punt, "Van een ander", versie=0, door=t.regisseur)
    client.force_login(t.bart)
    antwoord = client.post(
        reverse("overleg-bespreking", args=[t.punt.pk]),
        {"bespreking": "Van mij", "versie": "0"},
    )
    assert antwoord.status_code == 409
    pagina = antwoord.content.decode()
    assert "Van een ander" in pagina
    assert "Van mij" in pagina
