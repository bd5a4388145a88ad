"""Who sees which part of a dossier: what was opened, for as long as it runs."""

from datetime import timedelta

import pytest
import time_machine

from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Diepte, Handeling, Rol
from samenloop.core import gemeentegrens, klok
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol, Dossier
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import dossier, takes_part

pytestmark = pytest.mark.django_db
LEZEN = Handeling.DOSSIER_LEZEN


def test_who_leads_sees_all_parts_and_a_colleague_none() -> None:
    van = dossier()
    bart = account("bart", rol=Rol.REGISSEUR)
    takes_part(van, bart)
    leidt, collega = actor(Rol.REGISSEUR, account=bart), actor(Rol.REGISSEUR, account=9)
    assert toegang.parts(leidt, van) == frozenset(Deel)
    assert toegang.depth(leidt, van, LEZEN, Deel.NOTITIES) is Diepte.WAT
    assert toegang.parts(collega, van) == frozenset()
    assert toegang.depth(collega, van, LEZEN, Deel.NOTITIES) is None
    # That there is a case, and how it goes, is for all who divide the work.
    assert toegang.depth(collega, van, Handeling.CASUS_ZIEN) is Diepte.DAT
    with pytest.raises(GeenToegang):
        toegang.require(collega, van, LEZEN, Deel.NOTITIES)


def test_helper_sees_only_what_was_opened() -> None:
    van = dossier()
    wmo = account("wmo")
    takes_part(van, wmo, Deelnemersrol.HULPVERLENER, Deel.JOURNAAL)
    wie = actor(Rol.CONSULENT, account=wmo)
    assert toegang.depth(wie, van, LEZEN, Deel.JOURNAAL) is Diepte.WAT
    assert toegang.depth(wie, van, LEZEN, Deel.METINGEN) is None


def test_organisation_sees_its_own_part_of_the_plan() -> None:
    van = dossier()
    school = organisatie()
    takes_part(
        van, None, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL, organisatie=school.pk
    )
    jan = actor(Rol.PARTNER, organisatie=school.pk, account=7)
    ander = actor(Rol.PARTNER, organisatie=organisatie("Elders").pk, account=8)
    lezen = Handeling.PLAN_LEZEN
    assert toegang.depth(jan, van, lezen, Deel.EIGEN_DEEL) is Diepte.WAT
    assert toegang.depth(jan, van, lezen, Deel.PLAN) is None
    assert toegang.depth(ander, van, lezen, Deel.EIGEN_DEEL) is None
    assert list(toegang.dossiers(jan, lezen, Diepte.WAT)) == [van]
    assert not toegang.dossiers(ander, lezen).exists()


def test_what_was_opened_closes_by_its_time() -> None:
    van = dossier()
    wmo = account("wmo")
    wie = actor(Rol.CONSULENT, account=wmo)
    with time_machine.travel("2026-03-10T10:00:00+01:00", tick=False) as nu:
        takes_part(
            van, wmo, Deelnemersrol.OVERLEG, Deel.METINGEN,
            tot=klok.now() + timedelta(hours=2),
        )  # fmt: skip
        assert toegang.depth(wie, van, LEZEN, Deel.METINGEN) is Diepte.WAT
        nu.shift(timedelta(hours=2))
        assert toegang.depth(wie, van, LEZEN, Deel.METINGEN) is None
        assert not toegang.dossiers(wie, LEZEN, Diepte.WAT).exists()
    assert Deelname.objects.count() == 1


def test_ending_says_why_and_leaves_what_had_ended() -> None:
    van = dossier()
    bart = account("bart", rol=Rol.REGISSEUR)
    wie = actor(Rol.REGISSEUR, account=bart)
    takes_part(van, bart)
    assert toegang.end(Deelname.objects.all(), reden="overdracht", door=wie) == 1
    assert toegang.end(Deelname.objects.all(), reden="nog eens", door=wie) == 0
    assert Deelname.objects.get().reden_einde == "overdracht"
    assert toegang.parts(wie, van) == frozenset()


def test_dossier_of_another_municipality_does_not_exist() -> None:
    van = dossier(gemeente="GM0005")
    bart = account("bart", rol=Rol.REGISSEUR)
    takes_part(van, bart)
    wie = actor(Rol.REGISSEUR, account=bart)
    assert toegang.depth(wie, van, LEZEN, Deel.PLAN) is None
    with gemeentegrens.within("GM1651"):
        assert not Dossier.objects.exists()
        assert not Deelname.objects.exists()
    with gemeentegrens.within("GM0005"):
        assert Deelname.objects.count() == 1
