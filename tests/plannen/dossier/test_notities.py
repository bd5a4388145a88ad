"""Notes: one's own are nobody else's, and none ever becomes of fewer people."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from samenloop.access.besluiten import GeenToegang
from samenloop.plannen.dossier import notities, tijdlijn
from samenloop.plannen.dossier.contacten import AlVerbeterd
from samenloop.plannen.dossier.models import Bereik, Notitie
from samenloop.plannen.dossier.notities import NietTerug, NietVanU
from samenloop.plannen.models import Deel, Deelnemersrol
from tests.access.accounts import account, actor
from tests.plannen.dossier.maken import Zaak
from tests.plannen.maken import takes_part

EIGEN, TEAM, DOSSIER = Bereik.EIGEN, Bereik.TEAM, Bereik.DOSSIER


def test_who_reads_which_note(zaak: Zaak) -> None:
    genodigde = account("gast")
    gast = actor(account=genodigde)
    takes_part(zaak.dossier, genodigde, Deelnemersrol.OVERLEG, Deel.NOTITIES)
    for bereik in Bereik:
        notities.write(zaak.dossier, str(bereik), bereik, door=zaak.helper)

    def reads(wie: Any) -> set[str]:
        return {each.tekst for each in notities.visible(wie, zaak.dossier)}

    assert reads(zaak.helper) == {"eigen", "team", "dossier"}
    # Not even who leads reads the own notes of another.
    assert reads(zaak.regisseur) == {"team", "dossier"}
    assert reads(gast) == {"dossier"}


def test_own_notes_go_along_nowhere(zaak: Zaak) -> None:
    for bereik in Bereik:
        notities.write(zaak.dossier, str(bereik), bereik, door=zaak.helper)
    assert [each.tekst for each in notities.goes_along(zaak.dossier)] == ["dossier"]
    lijn = [each.tekst for each in tijdlijn.events(zaak.regisseur, zaak.dossier)]
    assert not any("eigen" in tekst for tekst in lijn)
    assert any("team" in tekst for tekst in lijn)


def test_note_becomes_of_more_people_and_never_of_fewer(zaak: Zaak) -> None:
    notitie = notities.write(zaak.dossier, "x", EIGEN, door=zaak.helper)
    assert notities.wider(notitie) == [TEAM, DOSSIER]
    with pytest.raises(NietVanU):
        notities.widen(notitie, TEAM, door=zaak.regisseur)
    notitie = notities.widen(notitie, TEAM, door=zaak.helper)
    for terug in (EIGEN, TEAM):
        with pytest.raises(NietTerug):
            notities.widen(notitie, terug, door=zaak.helper)
    with pytest.raises(NietTerug):
        notities.write(zaak.dossier, "y", EIGEN, door=zaak.helper, verbetert=notitie)
    with pytest.raises(DatabaseError), transaction.atomic():
        Notitie.objects.filter(pk=notitie.pk).update(bereik=EIGEN)
    with pytest.raises(DatabaseError), transaction.atomic():
        Notitie.objects.filter(pk=notitie.pk).update(tekst="anders")
    with pytest.raises(DatabaseError), transaction.atomic():
        notitie.delete()


def test_replacing_keeps_what_stood_there_and_happens_once(zaak: Zaak) -> None:
    eerst = notities.write(zaak.dossier, "een", TEAM, door=zaak.helper)
    notities.write(zaak.dossier, "twee", TEAM, door=zaak.helper, verbetert=eerst)
    assert [n.tekst for n in notities.visible(zaak.regisseur, zaak.dossier)] == ["twee"]
    assert Notitie.objects.count() == 2
    with pytest.raises(AlVerbeterd):
        notities.write(zaak.dossier, "drie", TEAM, door=zaak.helper, verbetert=eerst)


def test_own_note_can_be_thrown_away_with_its_history(zaak: Zaak) -> None:
    eerst = notities.write(zaak.dossier, "een", EIGEN, door=zaak.helper)
    nu = notities.write(zaak.dossier, "twee", EIGEN, door=zaak.helper, verbetert=eerst)
    with pytest.raises(NietVanU):
        notities.throw_away(nu, door=zaak.regisseur)
    notities.throw_away(nu, door=zaak.helper)
    assert not Notitie.objects.exists()
    team = notities.write(zaak.dossier, "team", TEAM, door=zaak.helper)
    with pytest.raises(NietVanU):
        notities.throw_away(team, door=zaak.helper)


def test_writing_takes_an_open_part(zaak: Zaak) -> None:
    for mag_niet in (zaak.dicht, zaak.buiten):
        with pytest.raises(GeenToegang):
            notities.write(zaak.dossier, "x", EIGEN, door=mag_niet)


def test_page_of_a_note_exists_only_for_its_writer(als: Any, zaak: Zaak) -> None:
    notitie = notities.write(zaak.dossier, "Mijn gedachte", EIGEN, door=zaak.helper)
    assert "Mijn gedachte" in als("wim").get(f"/notitie/{notitie.pk}/").content.decode()
    assert als("bart").get(f"/notitie/{notitie.pk}/").status_code == 404
    lijst = f"/dossier/{zaak.dossier.pk}/notities/"
    assert "Mijn gedachte" not in als("bart").get(lijst).content.decode()
    assert als("dini").get(lijst).status_code == 403
    antwoord = als("wim").post(f"/notitie/{notitie.pk}/", {"actie": "team"})
    assert antwoord.status_code == 302
    assert "Mijn gedachte" in als("bart").get(lijst).content.decode()


def test_page_keeps_a_note(als: Any, zaak: Zaak) -> None:
    lijst = f"/dossier/{zaak.dossier.pk}/notities/"
    mist = als("wim").post(lijst, {"tekst": "iets"})
    assert mist.status_code == 422
    assert (
        als("wim").post(lijst, {"tekst": "iets", "bereik": "team"}).status_code == 302
    )
    assert Notitie.objects.get().bereik == TEAM
