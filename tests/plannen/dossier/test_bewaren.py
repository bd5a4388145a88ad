"""A dossier that is destroyed takes all of this room along, the files included."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samenloop.access.bewaren import vernietigen
from samenloop.access.bewaren.families import families
from samenloop.core import klok
from samenloop.plannen.dossier import (
    concepten,
    contacten,
    documenten,
    gesprekken,
    notities,
    opbergen,
)
from samenloop.plannen.dossier.contacten import Contact
from samenloop.plannen.dossier.gesprekken import Verslag
from samenloop.plannen.dossier.models import (
    Bereik,
    Contactmoment,
    Document,
    Dossierconcept,
    Gesprek,
    Notitie,
    Wegbestand,
)
from samenloop.plannen.models import Dossier
from tests.access.accounts import account, actor
from tests.plannen.maken import dossier, takes_part

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "beheer"])
TABELLEN = (Contactmoment, Gesprek, Notitie, Document, Dossierconcept)


@pytest.fixture(autouse=True)
def lijst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vernietigen, "state_folder", lambda: tmp_path)


def filled(naam: str, wie: Any) -> tuple[Dossier, str]:
    """A dossier with one of everything; also under which name its file is stored."""
    van = dossier(naam)
    takes_part(van, wie)
    door = actor(account=wie)
    eerst = Contact(
        wijze="telefoon",
        gebeurd_op=klok.now() - timedelta(hours=1),
        onderwerp="Gebeld",
        persoon=van.betrokkene_id,
    )
    contact = contacten.note(van, eerst, door=door)
    contacten.note(van, eerst, door=door, verbetert=contact)
    gesprek = gesprekken.begin(van, door=door)
    verslag = Verslag(
        gevoerd_op=klok.today().isoformat(),
        plek="thuis",
        kern="Het loopt.",
        ondersteuning="niet",
        eigen_plan="geen",
    )
    versie = gesprekken.finish(gesprek, verslag, door=door, na=0)
    gesprekken.give(versie, door=door, gegeven_op=klok.today(), wijze="hand")
    notitie = notities.write(van, "een", Bereik.TEAM, door=door)
    notities.write(van, "twee", Bereik.TEAM, door=door, verbetert=notitie)
    concepten.keep(door, van, "contact", {"onderwerp": "half"})
    bestand = documenten.add(
        van,
        SimpleUploadedFile("plan.pdf", b"%PDF-1.7"),
        titel="Plan",
        soort="anders",
        door=door,
    )
    return van, bestand.opslag


def test_rows_and_files_of_one_dossier_go_and_those_of_another_stay() -> None:
    wie = account("bart")
    weg, weg_bestand = filled("Postma", wie)
    blijft, blijft_bestand = filled("Dijkema", wie)
    assert opbergen.find(weg_bestand) is not None
    vernietigen._remove(families()["dossier"], [weg.pk])
    assert list(Dossier.objects.all()) == [blijft]
    for tabel in TABELLEN:
        assert set(tabel.objects.values_list("dossier", flat=True)) == {blijft.pk}
    assert opbergen.find(weg_bestand) is None
    assert opbergen.find(blijft_bestand) is not None
    assert not Wegbestand.objects.exists()


def test_file_that_could_not_be_removed_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weg, bestand = filled("Postma", account("bart"))

    def fail(_naam: str) -> None:
        raise PermissionError

    with monkeypatch.context() as kapot:
        kapot.setattr(opbergen, "remove", fail)
        vernietigen._remove(families()["dossier"], [weg.pk])
    assert not Dossier.objects.exists()
    assert opbergen.find(bestand) is not None
    assert opbergen.remove_left() == 1
    assert opbergen.find(bestand) is None
