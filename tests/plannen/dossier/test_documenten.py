"""Documents: kept by what they are, handed out by right, gone with their row."""

import io
import os
import stat
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.plannen.dossier import documenten, keuren, opbergen, scannen
from samenloop.plannen.dossier.documenten import Besmet, NogDicht, TeGroot
from samenloop.plannen.dossier.keuren import VerkeerdBestand
from samenloop.plannen.dossier.models import Documentversie, Wegbestand
from samenloop.plannen.dossier.opbergen import BestandStuk
from tests.plannen.dossier.maken import Zaak

PDF = b"%PDF-1.7\n% een plan\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20


def packed(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pak:
        for naam, inhoud in delen.items():
            pak.writestr(naam.replace("__", "/"), inhoud)
    return uit.getvalue()


def office(*delen: str) -> bytes:
    return packed(**{"[Content_Types].xml": b"<x/>", **dict.fromkeys(delen, b"<x/>")})


ODT = packed(
    mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b""}
)


def upload(inhoud: bytes = PDF, naam: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud, content_type="application/octet-stream")


def add(zaak: Zaak, inhoud: bytes = PDF, naam: str = "plan.pdf") -> Documentversie:
    return documenten.add(
        zaak.dossier, upload(inhoud, naam), titel="Plan", soort="eigen_plan",
        door=zaak.helper,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("inhoud", "naam", "code"),
    [
        (PDF, "plan.pdf", "pdf"),
        (PNG, "foto.PNG", "png"),
        (JPG, "foto.jpeg", "jpg"),
        (office("word/document.xml"), "brief.docx", "docx"),
        (office("xl/workbook.xml"), "lijst.xlsx", "xlsx"),
        (ODT, "brief.odt", "odt"),
        ("Één regel\n".encode(), "notitie.txt", "txt"),
    ],
)
def test_kind_is_told_by_the_content(inhoud: bytes, naam: str, code: str) -> None:
    assert keuren.check(io.BytesIO(inhoud), naam).code == code


@pytest.mark.parametrize(
    ("inhoud", "naam"),
    [
        # A page of a website with the name of a picture, and the other way around.
        (b"<html><script>alert(1)</script>", "foto.png"),
        (PNG, "plan.pdf"),
        (b"MZ\x90\x00" + b"\0" * 20, "plan.pdf"),
        (b"\0\0\0\0", "notitie.txt"),
        (b"", "leeg.txt"),
        (b"GIF89a", "plaatje.gif"),
        (b"PK\x03\x04kapot", "brief.docx"),
        (packed(iets=b"anders"), "brief.docx"),
        (office("word/document.xml"), "brief.xlsx"),
        (office("word/document.xml", "word/vbaProject.bin"), "brief.docx"),
        (b"<svg onload='x'/>", "tekening.svg"),
    ],
)
def test_what_it_is_not_is_refused(inhoud: bytes, naam: str) -> None:
    with pytest.raises(VerkeerdBestand):
        keuren.check(io.BytesIO(inhoud), naam)


def test_file_is_stored_under_a_name_that_says_nothing(
    zaak: Zaak, opslag: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        versie = add(zaak, naam="C:\\map\\Schulden Marieke.pdf")
    assert versie.bestandsnaam == "Schulden Marieke.pdf"
    (bestand,) = [pad for pad in opslag.rglob("*") if pad.is_file()]
    assert bestand.name == versie.opslag
    assert len(versie.opslag) == 64
    assert bestand.read_bytes() == PDF
    # For the owner only, and not under anything that is served.
    assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
    assert stat.S_IMODE(opslag.stat().st_mode) & 0o077 == 0
    assert not bestand.is_relative_to(settings.STATIC_ROOT)


def test_too_large_is_refused_before_anything_is_kept(
    zaak: Zaak, opslag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DOCUMENTEN, "MAX", len(PDF))
    add(zaak, PDF)
    with pytest.raises(TeGroot):
        add(zaak, PDF + b"x")
    assert Documentversie.objects.count() == 1


def test_only_to_whom_documents_are_open(zaak: Zaak) -> None:
    versie = add(zaak)
    for mag in (zaak.regisseur, zaak.helper):
        assert documenten.hand_out(mag, versie.pk)[1] == PDF
    for mag_niet in (zaak.dicht, zaak.buiten):
        with pytest.raises(GeenToegang):
            documenten.hand_out(mag_niet, versie.pk)
        with pytest.raises(GeenToegang):
            documenten.add(
                zaak.dossier, upload(), titel="x", soort="anders", door=mag_niet
            )
        with pytest.raises(GeenToegang):
            documenten.add_version(versie.document, upload(), door=mag_niet)


def test_handing_out_is_in_the_log_and_being_refused_is_no_handing_out(
    zaak: Zaak,
) -> None:
    versie = add(zaak)
    onderwerp = f"document:{versie.document_id}"
    verstrekt = Auditregel.objects.filter(onderwerp=onderwerp, wijze="verstrekt")
    with pytest.raises(GeenToegang):
        documenten.hand_out(zaak.buiten, versie.pk)
    assert not verstrekt.exists()
    documenten.hand_out(zaak.regisseur, versie.pk)
    assert verstrekt.get().aantal_personen == 2


def test_next_version_leaves_the_first(zaak: Zaak) -> None:
    een = add(zaak)
    twee = documenten.add_version(
        een.document, upload(PNG, "scan.png"), door=zaak.regisseur
    )
    assert [een.nummer, twee.nummer] == [1, 2]
    assert documenten.hand_out(zaak.helper, een.pk)[1] == PDF
    assert documenten.hand_out(zaak.helper, twee.pk)[1] == PNG
    with pytest.raises(DatabaseError), transaction.atomic():
        Documentversie.objects.filter(pk=een.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        een.delete()


@pytest.mark.parametrize("hoe", ["weg", "anders"])
def test_broken_file_is_said_and_never_served(zaak: Zaak, hoe: str) -> None:
    versie = add(zaak)
    pad = opbergen.find(versie.opslag)
    assert pad is not None
    pad.unlink() if hoe == "weg" else pad.write_bytes(PDF + b"x")
    with pytest.raises(BestandStuk):
        documenten.hand_out(zaak.helper, versie.pk)


# ---- Scanning ------------------------------------------------------------------------


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scanner that ends with the number that stands in a file."""
    uitkomst = tmp_path / "uitkomst"
    uitkomst.write_text("0")
    programma = tmp_path / "scan.sh"
    programma.write_text(
        f'#!/bin/sh\ntest -f "$1" || exit 9\nexit "$(cat {uitkomst})"\n'
    )
    programma.chmod(0o700)
    monkeypatch.setitem(settings.DOCUMENTEN, "SCAN", str(programma))
    return uitkomst


def test_nothing_is_opened_before_the_scanner_found_it_clean(
    zaak: Zaak, scanner: Path
) -> None:
    versie = add(zaak)
    with pytest.raises(NogDicht):
        documenten.hand_out(zaak.helper, versie.pk)
    # No answer is not clean; it is asked again.
    scanner.write_text("2")
    assert scannen.scan_waiting() == 0
    with pytest.raises(NogDicht):
        documenten.hand_out(zaak.helper, versie.pk)
    scanner.write_text("0")
    assert scannen.scan_waiting() == 1
    assert documenten.hand_out(zaak.helper, versie.pk)[1] == PDF
    assert scannen.scan_waiting() == 0


def test_infected_file_is_removed_and_stays_closed(
    zaak: Zaak, scanner: Path, django_capture_on_commit_callbacks: Any
) -> None:
    versie = add(zaak)
    scanner.write_text("1")
    with django_capture_on_commit_callbacks(execute=True):
        assert scannen.scan_waiting() == 1
    assert opbergen.find(versie.opslag) is None
    with pytest.raises(Besmet):
        documenten.hand_out(zaak.helper, versie.pk)
    # Not even when the scanner is taken away, and nobody calls it clean afterwards.
    settings.DOCUMENTEN["SCAN"] = ""
    with pytest.raises(Besmet):
        documenten.hand_out(zaak.helper, versie.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Documentversie.objects.filter(pk=versie.pk).update(scan="schoon")


def test_scanner_that_is_not_there_opens_nothing(
    zaak: Zaak, monkeypatch: pytest.MonkeyPatch
) -> None:
    versie = add(zaak)
    monkeypatch.setitem(settings.DOCUMENTEN, "SCAN", "/bestaat/niet")
    assert scannen.scan_waiting() == 0
    with pytest.raises(NogDicht):
        documenten.hand_out(zaak.helper, versie.pk)


# ---- Files and rows go together ------------------------------------------------------


def test_file_of_a_transaction_that_was_undone_is_cleared_away(
    zaak: Zaak, opslag: Path
) -> None:
    with transaction.atomic():
        add(zaak)
        transaction.set_rollback(True)
    assert not Documentversie.objects.exists()
    (over,) = (opslag / "nieuw").iterdir()
    # Not while its transaction could still be running.
    assert opbergen.clear_up() == 0
    os.utime(over, (1, 1))
    assert opbergen.clear_up() == 1
    assert not over.exists()


def test_committed_file_that_was_not_moved_is_put_in_its_place(
    zaak: Zaak, opslag: Path
) -> None:
    versie = add(zaak)
    apart = opslag / "nieuw" / versie.opslag
    os.utime(apart, (1, 1))
    opbergen.clear_up()
    assert not apart.exists()
    assert documenten.hand_out(zaak.helper, versie.pk)[1] == PDF


def test_row_that_fails_leaves_no_file(
    zaak: Zaak, opslag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(Documentversie.objects, "create", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        add(zaak)
    assert not list((opslag / "nieuw").iterdir())


def test_file_whose_row_is_gone_is_removed_and_no_other(
    zaak: Zaak, opslag: Path
) -> None:
    versie = add(zaak)
    weg = opbergen.put([b"weg"])
    for naam in (weg.opslag, versie.opslag):
        Wegbestand.objects.create(opslag=naam)
    assert opbergen.remove_left() == 2
    assert opbergen.find(weg.opslag) is None
    # A row that still stands keeps its file, whatever the list says.
    assert opbergen.find(versie.opslag) is not None
    assert opbergen.remove_left() == 0


# ---- Pages ---------------------------------------------------------------------------


def test_page_adds_and_hands_out_as_an_attachment(als: Any, zaak: Zaak) -> None:
    pad = f"/dossier/{zaak.dossier.pk}/documenten/"
    assert "geen scanner ingesteld" in als("wim").get(pad).content.decode()
    gegeven = {"titel": "Plan", "soort": "eigen_plan"}
    fout = als("wim").post(pad, {**gegeven, "bestand": upload(b"MZ\0\0", "plan.pdf")})
    assert fout.status_code == 422
    assert "Dit soort bestand kan niet bewaard worden" in fout.content.decode()
    goed = als("wim").post(pad, {**gegeven, "bestand": upload(naam='pl"an.pdf')})
    assert goed.status_code == 302
    versie = Documentversie.objects.get()
    antwoord = als("wim").get(f"/documentversie/{versie.pk}/")
    assert antwoord.content == PDF
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in antwoord["Content-Security-Policy"]
    assert antwoord["Content-Type"] == "application/pdf"
    for naam in ("dini", "bea"):
        assert als(naam).get(pad).status_code == 403
        assert als(naam).get(f"/documentversie/{versie.pk}/").status_code == 403
    assert als("wim").get(f"/documentversie/{uuid4()}/").status_code == 404


def test_page_says_why_a_document_does_not_open(als: Any, zaak: Zaak) -> None:
    versie = add(zaak)
    opbergen.remove(versie.opslag)
    antwoord = als("wim").get(f"/documentversie/{versie.pk}/")
    assert antwoord.status_code == 409
    assert "beschadigd of ontbreekt" in antwoord.content.decode()


def test_page_adds_a_version_and_keeps_saying_what_is_wrong(
    als: Any, zaak: Zaak
) -> None:
    versie = add(zaak)
    pad = f"/document/{versie.document_id}/versie/"
    fout = als("wim").post(pad, {"bestand": upload(b"niets", "plan.pdf")})
    assert fout.status_code == 422
    assert als("wim").post(pad, {"bestand": upload(PNG, "a.png")}).status_code == 302
    assert versie.document.versies.count() == 2
    assert als("dini").post(pad, {"bestand": upload()}).status_code == 403
