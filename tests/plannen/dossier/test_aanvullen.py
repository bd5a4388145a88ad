"""Helpers of organisations add to the parts that are theirs, and to nothing else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.dossier import contacten, documenten, gesprekken, notities
from samenloop.plannen.dossier.contacten import Contact
from samenloop.plannen.dossier.models import Bereik, Contactmoment, Document
from samenloop.plannen.models import Deel, Deelnemersrol
from tests.access.accounts import account, actor, organisatie
from tests.plannen.dossier.maken import Zaak
from tests.plannen.maken import takes_part

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n% een brief\n"


def helper(
    zaak: Zaak,
    *delen: Deel,
    naam: str = "lisa",
    rol: Deelnemersrol = Deelnemersrol.HULPVERLENER,
) -> tuple[Actor, Gebruiker]:
    """Somebody of an organisation that takes part with these parts."""
    club = organisatie(f"Schuldhulp {naam}", "schuldhulp")
    takes_part(zaak.dossier, None, rol, *delen, organisatie=club.pk)
    wie = account(naam, rol=Rol.PARTNER, organisatie=club)
    return actor(Rol.PARTNER, account=wie, organisatie=club.pk), wie


def contact(onderwerp: str = "Belde over de post") -> Contact:
    """A contact of an hour ago."""
    return Contact(
        wijze="telefoon", gebeurd_op=klok.now() - timedelta(hours=1),
        onderwerp=onderwerp, naam="mevrouw",
    )  # fmt: skip


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("brief.pdf", PDF, content_type="application/pdf")


def signed_in(wie: Gebruiker) -> Client:
    client = Client()
    client.force_login(wie, "django.contrib.auth.backends.ModelBackend")
    return client


def test_with_the_journal_open_a_contact_is_noted(zaak: Zaak) -> None:
    lisa, _wie = helper(zaak, Deel.JOURNAAL)

    gemaakt = contacten.note(zaak.dossier, contact(), door=lisa)

    assert gemaakt.door == lisa.account_id
    assert gemaakt in contacten.journal(zaak.dossier)


def test_with_documents_open_a_document_is_added(zaak: Zaak) -> None:
    lisa, _wie = helper(zaak, Deel.DOCUMENTEN)

    versie = documenten.add(
        zaak.dossier, upload(), titel="Brief", soort="brief", door=lisa
    )
    documenten.add_version(versie.document, upload(), door=lisa)

    assert Document.objects.get().versies.count() == 2


@pytest.mark.parametrize(
    ("delen", "rol"),
    [
        ((Deel.EIGEN_DEEL, Deel.PLAN, Deel.TAKEN), Deelnemersrol.HULPVERLENER),
        ((Deel.JOURNAAL, Deel.DOCUMENTEN), Deelnemersrol.OVERLEG),
    ],
)
def test_not_in_a_part_that_is_not_theirs_or_is_only_shown_in_a_conference(
    zaak: Zaak, delen: tuple[Deel, ...], rol: Deelnemersrol
) -> None:
    lisa, _wie = helper(zaak, *delen, rol=rol)

    with pytest.raises(GeenToegang):
        contacten.note(zaak.dossier, contact(), door=lisa)
    with pytest.raises(GeenToegang):
        documenten.add(zaak.dossier, upload(), titel="B", soort="brief", door=lisa)
    assert not Contactmoment.objects.filter(door=lisa.account_id).exists()


def test_notes_and_conversations_stay_with_who_writes_the_dossier(zaak: Zaak) -> None:
    lisa, _wie = helper(zaak, Deel.NOTITIES, Deel.GESPREKKEN)

    with pytest.raises(GeenToegang):
        notities.write(zaak.dossier, "Even dit", bereik=Bereik.DOSSIER, door=lisa)
    with pytest.raises(GeenToegang):
        gesprekken.begin(zaak.dossier, door=lisa)


def test_only_what_one_wrote_oneself_is_followed_up(zaak: Zaak) -> None:
    lisa, _wie = helper(zaak, Deel.JOURNAAL, Deel.DOCUMENTEN)
    jan, _wie = helper(zaak, Deel.JOURNAAL, Deel.DOCUMENTEN, naam="jan")
    van_lisa = contacten.note(zaak.dossier, contact(), door=lisa)
    stuk = documenten.add(
        zaak.dossier, upload(), titel="Brief", soort="brief", door=lisa
    ).document

    for vervolg in (
        lambda: contacten.note(
            zaak.dossier, contact("Anders"), door=jan, verbetert=van_lisa
        ),
        lambda: documenten.add_version(stuk, upload(), door=jan),
    ):
        with pytest.raises(GeenToegang):
            vervolg()
    # The nearest neighbours: who wrote it, and who writes the whole dossier.
    beter = contacten.note(
        zaak.dossier, contact("Beter"), door=lisa, verbetert=van_lisa
    )
    contacten.note(
        zaak.dossier, contact("Nog beter"), door=zaak.helper, verbetert=beter
    )


def test_the_form_tells_nothing_of_who_else_takes_part(zaak: Zaak) -> None:
    _lisa, wie = helper(zaak, Deel.JOURNAAL)
    helper(zaak, Deel.TAKEN, naam="Jeugdhulp")
    adres = reverse("contact-nieuw", args=[zaak.dossier.pk])
    browser = signed_in(wie)

    tekst = browser.get(adres).content.decode()
    assert "Jeugdhulp" not in tekst
    assert not re.search(r'name="met"', tekst)

    nu = klok.now().astimezone(klok.AMSTERDAM) - timedelta(minutes=5)
    gegeven: dict[str, Any] = {
        "naam": "moeder", "wijze": "telefoon", "dag": nu.date().isoformat(),
        "tijd": nu.strftime("%H:%M"), "onderwerp": "Over de post",
    }  # fmt: skip
    assert browser.post(adres, {**gegeven, "naam": ""}).status_code == 422
    assert browser.post(adres, gegeven).status_code == 302
    assert Contactmoment.objects.get(onderwerp="Over de post").naam == "moeder"
    lijst = browser.get(reverse("journaal", args=[zaak.dossier.pk])).content.decode()
    assert reverse("plan-eigen", args=[zaak.dossier.pk]) in lijst


def test_a_document_comes_in_by_the_page(zaak: Zaak) -> None:
    _lisa, wie = helper(zaak, Deel.DOCUMENTEN)
    vreemd = documenten.add(
        zaak.dossier, upload(), titel="Van de regisseur", soort="brief",
        door=zaak.helper,
    ).document  # fmt: skip
    adres, browser = reverse("documenten", args=[zaak.dossier.pk]), signed_in(wie)

    antwoord = browser.post(
        adres, {"titel": "Onze brief", "soort": "brief", "bestand": upload()}
    )

    assert antwoord.status_code == 302
    tekst = browser.get(adres).content.decode()
    eigen = Document.objects.get(titel="Onze brief")
    assert reverse("document-versie", args=[eigen.pk]) in tekst
    assert reverse("document-versie", args=[vreemd.pk]) not in tekst
    assert (
        browser.post(
            reverse("document-versie", args=[vreemd.pk]), {"bestand": upload()}
        ).status_code
        == 403
    )
