"""The contact journal: noted in seconds, set right without losing what stood there."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.core import gemeentegrens, klok
from samenloop.plannen import toegang
from samenloop.plannen.dossier import concepten, contacten, documenten, notities
from samenloop.plannen.dossier.contacten import AlVerbeterd, Contact, InDeToekomst
from samenloop.plannen.dossier.models import Bereik, Contactmoment, Dossierconcept
from samenloop.plannen.models import Deelname
from tests.access.accounts import organisatie
from tests.plannen.dossier.maken import Zaak
from tests.plannen.maken import dossier, takes_part


def call(zaak: Zaak, onderwerp: str = "Over de huur", **meer: Any) -> Contact:
    velden: dict[str, Any] = {"persoon": zaak.dossier.betrokkene_id, **meer}
    return Contact(
        wijze="telefoon",
        gebeurd_op=klok.now() - timedelta(minutes=5),
        onderwerp=onderwerp,
        **velden,
    )


def test_only_to_whom_the_journal_is_open_one_notes(zaak: Zaak) -> None:
    for mag in (zaak.regisseur, zaak.helper):
        contacten.note(zaak.dossier, call(zaak), door=mag)
    for mag_niet in (zaak.dicht, zaak.buiten):
        with pytest.raises(GeenToegang):
            contacten.note(zaak.dossier, call(zaak), door=mag_niet)
    assert Contactmoment.objects.count() == 2


def test_right_ends_with_the_participation(zaak: Zaak) -> None:
    contacten.note(zaak.dossier, call(zaak), door=zaak.helper)
    toegang.end(
        Deelname.objects.filter(account=zaak.accounts["wim"].pk),
        reden="klaar",
        door=zaak.regisseur,
    )
    with pytest.raises(GeenToegang):
        contacten.note(zaak.dossier, call(zaak), door=zaak.helper)


def test_correction_keeps_the_earlier_text(zaak: Zaak) -> None:
    eerst = contacten.note(zaak.dossier, call(zaak, "Fout"), door=zaak.helper)
    beter = contacten.note(
        zaak.dossier,
        call(zaak, "Goed"),
        door=zaak.regisseur,
        verbetert=eerst,
        reden="verkeerd begrepen",
    )
    assert list(contacten.journal(zaak.dossier)) == [beter]
    assert [each.onderwerp for each in contacten.earlier(beter)] == ["Fout"]


def test_two_who_set_the_same_right_do_not_overwrite_each_other(zaak: Zaak) -> None:
    eerst = contacten.note(zaak.dossier, call(zaak), door=zaak.helper)
    contacten.note(zaak.dossier, call(zaak, "A"), door=zaak.helper, verbetert=eerst)
    with pytest.raises(AlVerbeterd):
        contacten.note(
            zaak.dossier, call(zaak, "B"), door=zaak.regisseur, verbetert=eerst
        )


def test_correction_stays_in_its_dossier(zaak: Zaak) -> None:
    eerst = contacten.note(zaak.dossier, call(zaak), door=zaak.helper)
    ander = dossier("Dijkema")
    takes_part(ander, zaak.accounts["bart"])
    with pytest.raises(ValueError, match="dossier"):
        contacten.note(ander, call(zaak), door=zaak.regisseur, verbetert=eerst)


def test_pages_ask_no_more_when_there_is_more(als: Any, zaak: Zaak) -> None:
    bart = als("bart")
    bladen = [
        f"/dossier/{zaak.dossier.pk}/{naam}/"
        for naam in ("journaal", "notities", "documenten", "gesprek", "tijdlijn")
    ]

    def add() -> None:
        contacten.note(zaak.dossier, call(zaak), door=zaak.helper)
        notities.write(zaak.dossier, "x", Bereik.TEAM, door=zaak.helper)
        documenten.add(
            zaak.dossier,
            SimpleUploadedFile("plan.pdf", b"%PDF-1.7"),
            titel="Plan",
            soort="anders",
            door=zaak.helper,
        )

    def asked() -> list[int]:
        aantallen = []
        for pad in bladen:
            with CaptureQueriesContext(connection) as gevraagd:
                assert bart.get(pad).status_code == 200
            aantallen.append(len(gevraagd))
        return aantallen

    add()
    asked()  # what is remembered per process is not counted
    een = asked()
    for _keer in range(5):
        add()
    assert asked() == een


def test_database_refuses_to_change_or_remove_what_was_noted(zaak: Zaak) -> None:
    gemaakt = contacten.note(zaak.dossier, call(zaak), door=zaak.helper)
    with pytest.raises(DatabaseError), transaction.atomic():
        gemaakt.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Contactmoment.objects.filter(pk=gemaakt.pk).update(onderwerp="anders")


def test_with_exactly_one(zaak: Zaak) -> None:
    contacten.note(
        zaak.dossier,
        call(zaak, persoon=None, organisatie=organisatie().pk),
        door=zaak.helper,
    )
    contacten.note(zaak.dossier, call(zaak, persoon=None, naam="oma"), door=zaak.helper)
    for fout in ({"naam": "oma"}, {"persoon": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            contacten.note(zaak.dossier, call(zaak, **fout), door=zaak.helper)


def test_what_has_yet_to_come_is_no_contact(zaak: Zaak) -> None:
    straks = Contact(
        wijze="bezoek",
        gebeurd_op=klok.now() + timedelta(hours=1),
        onderwerp="Bezoek",
        naam="oma",
    )
    with pytest.raises(InDeToekomst):
        contacten.note(zaak.dossier, straks, door=zaak.helper)


def test_another_municipality_sees_no_contact(zaak: Zaak) -> None:
    contacten.note(zaak.dossier, call(zaak), door=zaak.helper)
    with gemeentegrens.within("GM0005"):
        assert not Contactmoment.objects.exists()
    with gemeentegrens.within(zaak.dossier.gemeente_id):
        assert Contactmoment.objects.count() == 1


def test_noting_is_in_the_log_with_the_whole_family(zaak: Zaak) -> None:
    gemaakt = contacten.note(zaak.dossier, call(zaak), door=zaak.helper)
    regel = Auditregel.objects.get(onderwerp=f"contact:{gemaakt.pk}")
    assert (regel.wijze, regel.aantal_personen) == ("gewijzigd", 2)


def test_form_notes_in_one_page_and_keeps_what_was_typed(als: Any, zaak: Zaak) -> None:
    wim = als("wim")
    pad = f"/dossier/{zaak.dossier.pk}/contact/"
    assert wim.get(pad).status_code == 200
    getypt = {"onderwerp": "Half af", "wijze": "bezoek"}
    antwoord = wim.post(f"/dossier/{zaak.dossier.pk}/contact/concept/", getypt)
    assert "Concept bewaard om" in antwoord.json()["tekst"]
    assert "Half af" in wim.get(pad).content.decode()
    mist = wim.post(pad, {**getypt, "met": "anders"})
    assert mist.status_code == 422
    assert "Schrijf wie het was" in mist.content.decode()
    toen = klok.now() - timedelta(hours=1)
    goed = wim.post(
        pad,
        {
            **getypt,
            "met": f"p:{zaak.dossier.betrokkene_id}",
            "dag": toen.date().isoformat(),
            "tijd": toen.strftime("%H:%M"),
        },
    )
    assert goed.status_code == 302
    (contact,) = contacten.journal(zaak.dossier)
    assert (contact.onderwerp, contact.persoon) == ("Half af", zaak.dossier.betrokkene)
    assert not Dossierconcept.objects.exists()


def test_pages_of_the_journal_are_closed_to_who_may_not(als: Any, zaak: Zaak) -> None:
    gemaakt = contacten.note(zaak.dossier, call(zaak, "Geheim"), door=zaak.helper)
    for pad in (
        f"/dossier/{zaak.dossier.pk}/journaal/",
        f"/dossier/{zaak.dossier.pk}/contact/",
        f"/contact/{gemaakt.pk}/",
        f"/contact/{gemaakt.pk}/verbeteren/",
    ):
        open_ = als("wim").get(pad)
        assert open_.status_code == 200
        for naam in ("dini", "bea"):
            dicht = als(naam).get(pad)
            assert dicht.status_code == 403
            assert "Geheim" not in dicht.content.decode()


def test_drafts_that_nobody_touched_are_forgotten(zaak: Zaak) -> None:
    concepten.keep(zaak.helper, zaak.dossier, "contact", {"onderwerp": "oud"})
    concepten.keep(zaak.regisseur, zaak.dossier, "contact", {"onderwerp": "nieuw"})
    Dossierconcept.objects.filter(account=zaak.accounts["wim"].pk).update(
        bewaard_op=klok.now() - timedelta(days=31)
    )
    assert concepten.drop_old() == 1
    assert Dossierconcept.objects.get().inhoud == {"onderwerp": "nieuw"}
