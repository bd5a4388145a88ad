"""Every page of the family opens for who has an entrance, and says when nothing is."""

import pytest

from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan import versies
from samenloop.regie.postvak import schrijven
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.portaal.maken import (
    ALLES,
    citizen,
    does,
    gezin,
    plan_of,
    signed_in,
    takes_part_as_family,
)

PADEN = (
    "/mijn/", "/mijn/plan/", "/mijn/aanbod/", "/mijn/plan/wens/", "/mijn/taken/",
    "/mijn/berichten/", "/mijn/berichten/nieuw/", "/mijn/meelezen/",
    "/mijn/meelezen/nieuw/", "/mijn/toestemming/", "/mijn/toestemming/geven/",
    "/mijn/wie-keek/", "/mijn/tweede-stap/instellen/", "/mijn/verslagen/",
    "/mijn/wachtwoord/",
)  # fmt: skip


@pytest.mark.django_db
def test_every_page_opens_when_there_is_nothing_and_when_there_is(
    settings: object,
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False  # type: ignore[attr-defined]
    van = gezin()
    deelname = takes_part_as_family(van, van.ouder, *ALLES)
    client = signed_in(citizen(van, deelname))
    for pad in PADEN:
        assert client.get(pad).status_code == 200, pad
    plan = plan_of(van)
    rij = does(plan, deelname, "De huur overmaken")
    versies.make(plan, door=van.regisseur)
    taak = opdragen.give(
        van.casus, "Loonstroken zoeken", door=van.regisseur,
        uitvoerder=Uitvoerder(persoon=van.ouder.pk),
    )  # fmt: skip
    bericht = schrijven.write(
        van.dossier, van=van.regisseur, aan=[deelname], tekst="Lukt het?",
        onderwerp="Loonstroken",
    )  # fmt: skip
    for pad in (
        *PADEN, "/mijn/plan/tekenen/", f"/mijn/plan/activiteit/{rij.pk}/",
        f"/mijn/taken/{taak.pk}/", f"/mijn/berichten/{bericht.draad_id}/",
    ):  # fmt: skip
        antwoord = client.get(pad)
        assert antwoord.status_code == 200, pad
    overzicht = client.get("/mijn/").content.decode()
    assert "Loonstroken zoeken" in overzicht
    assert "Weer naar school" not in overzicht, "not signed yet, so not in force"


@pytest.mark.django_db
def test_somebody_by_name_reads_their_own_part_only(settings: object) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False  # type: ignore[attr-defined]
    van = gezin()
    oma = takes_part_as_family(
        van, "Trijntje Bos", Deel.EIGEN_DEEL, rol=Deelnemersrol.NETWERK
    )
    client = signed_in(citizen(van, oma, "trijntje"))
    for pad in ("/mijn/", "/mijn/plan/", "/mijn/taken/", "/mijn/berichten/"):
        assert client.get(pad).status_code == 200, pad
    for pad in (
        "/mijn/meelezen/", "/mijn/meelezen/nieuw/", "/mijn/toestemming/geven/",
        "/mijn/wie-keek/",
    ):  # fmt: skip
        assert client.get(pad).status_code == 403, pad
