"""Reporting a signal and hearing what becomes of it, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest

from samenloop.access.koppelingen.models import Scope
from samenloop.access.logboek.models import Auditregel
from samenloop.core import klok
from samenloop.signalen.models import Kanaal, Signaal, Terugmelding
from tests.api.conftest import Programma, signal
from tests.personen import maken as personen

Maak = Callable[..., Programma]


def test_reported_signal_is_on_record(wonen: Programma) -> None:
    antwoord = wonen.post("/signalen", signal())
    assert antwoord.status_code == 201
    signaal = Signaal.objects.get()
    assert antwoord.json() == {
        "id": str(signaal.pk),
        "nummer": signaal.nummer,
        "kenmerk": "HA-1",
        "gemeente": "GM1651",
        "soort": "huurachterstand",
        "ontvangenOp": antwoord.json()["ontvangenOp"],
    }
    assert (signaal.kanaal, signaal.organisatie) == (Kanaal.API, wonen.organisatie)


def test_same_reference_and_content_gives_the_same_answer(wonen: Programma) -> None:
    eerste = wonen.post("/signalen", signal())
    tweede = wonen.post("/signalen", signal())
    assert (eerste.status_code, tweede.status_code) == (201, 200)
    assert eerste.json() == tweede.json()
    assert Signaal.objects.count() == 1


@pytest.mark.parametrize(
    "anders",
    [
        {"aanleiding": "Drie maanden huurachterstand."},
        {"soort": "energieschuld"},
        {"betrokkenen": [{"omschrijving": "Gezin op Dorpsstraat 2"}]},
        {"inhoud": "Er is meer."},
    ],
)
def test_same_reference_with_other_content_is_refused_and_changes_nothing(
    wonen: Programma, anders: dict[str, Any]
) -> None:
    wonen.post("/signalen", signal())
    antwoord = wonen.post("/signalen", signal(**anders))
    assert antwoord.status_code == 409
    assert antwoord.json()["code"] == "kenmerk-bezet"
    assert Signaal.objects.get().aanleiding == "Twee maanden huurachterstand."


def test_same_reference_of_another_organisation_is_another_signal(
    program: Maak,
) -> None:
    for naam in ("Woonstichting De Marne", "Waterbedrijf"):
        assert program(naam).post("/signalen", signal()).status_code == 201
    assert Signaal.objects.count() == 2


def test_same_reference_in_another_municipality_is_refused(program: Maak) -> None:
    beide = program(gemeenten=("GM1651", "GM0005"))
    assert beide.post("/signalen", signal(gemeente="GM1651")).status_code == 201
    antwoord = beide.post("/signalen", signal(gemeente="GM0005"))
    assert antwoord.status_code == 409
    assert Signaal.objects.get().gemeente_id == "GM1651"


def test_person_is_found_by_bsn_and_never_named_in_the_answer(
    wonen: Programma,
) -> None:
    persoon = personen.person("De Boer")
    personen.give_bsn(persoon)
    antwoord = wonen.post(
        "/signalen", signal(betrokkenen=[{"bsn": personen.BSN.cijfers}])
    )
    assert antwoord.status_code == 201
    assert Signaal.objects.get().betrokkenen.get().persoon == persoon
    assert personen.BSN.cijfers not in antwoord.content.decode()


def test_safety_signal_is_a_melding_at_once(wonen: Programma) -> None:
    wonen.post("/signalen", signal(veiligheidsrisico=True))
    assert Signaal.objects.get().koppeling.melding.veiligheid


def test_reporter_reads_own_signal_and_word_back(wonen: Programma) -> None:
    nummer = wonen.post("/signalen", signal()).json()["id"]
    gelezen = wonen.get(f"/signalen/{nummer}")
    assert gelezen.status_code == 200
    assert gelezen.json()["status"] == "in-behandeling"
    (terug,) = gelezen.json()["terugmeldingen"]
    assert terug["soort"] == "ontvangen"
    assert terug["gelezenOp"] is None


@pytest.mark.parametrize("status", ["nieuw", "gewogen", "in_melding"])
def test_outside_cannot_tell_how_far_the_weighing_is(
    wonen: Programma, status: str
) -> None:
    nummer = wonen.post("/signalen", signal()).json()["id"]
    Signaal.objects.update(status=status)
    assert wonen.get(f"/signalen/{nummer}").json()["status"] == "in-behandeling"


def test_closed_signal_shows_as_closed_without_the_reason(wonen: Programma) -> None:
    nummer = wonen.post("/signalen", signal()).json()["id"]
    Signaal.objects.update(
        status="afgesloten", afgesloten_op=klok.now(), afsluitreden="Niets aan de hand"
    )
    gelezen = wonen.get(f"/signalen/{nummer}")
    assert gelezen.json()["status"] == "afgesloten"
    assert "Niets aan de hand" not in gelezen.content.decode()


def test_absent_and_not_yours_get_the_same_answer(program: Maak) -> None:
    nummer = program().post("/signalen", signal()).json()["id"]
    ander = program("Waterbedrijf")
    antwoorden = [
        ander.get(f"/signalen/{nummer}"),
        ander.get("/signalen/018f0000-0000-7000-8000-000000000000"),
        ander.get("/signalen/geen-uuid"),
    ]
    assert [each.status_code for each in antwoorden] == [404] * 3
    inhoud = [{**each.json(), "instance": ""} for each in antwoorden]
    assert inhoud[0] == inhoud[1] == inhoud[2]


def test_own_signal_of_another_municipality_is_absent_there(program: Maak) -> None:
    beide = program(gemeenten=("GM1651", "GM0005"))
    nummer = beide.post("/signalen", signal(gemeente="GM1651")).json()["id"]
    assert beide.get(f"/signalen/{nummer}", Gemeente="GM1651").status_code == 200
    assert beide.get(f"/signalen/{nummer}", Gemeente="GM0005").status_code == 404


def test_search_finds_own_references_only(program: Maak) -> None:
    wonen, ander = program(), program("Waterbedrijf")
    wonen.post("/signalen", signal(kenmerk="A"))
    wonen.post("/signalen", signal(kenmerk="B"))
    ander.post("/signalen", signal(kenmerk="C"))
    gevonden = wonen.post("/signalen/_zoek", {"kenmerken": ["A", "C"]}).json()
    assert [each["kenmerk"] for each in gevonden["resultaten"]] == ["A"]
    assert gevonden["totaalAantal"] is None


def test_search_goes_by_pages_without_loss_or_doubles(wonen: Programma) -> None:
    for nummer in range(5):
        wonen.post("/signalen", signal(kenmerk=f"K{nummer}"))
    gezien: list[str] = []
    pagina: int | None = 1
    while pagina:
        uit = wonen.post("/signalen/_zoek", {"pagina": pagina, "paginaGrootte": 2})
        gezien += [each["kenmerk"] for each in uit.json()["resultaten"]]
        assert uit.json()["vorige"] == (pagina - 1 or None)
        pagina = uit.json()["volgende"]
    assert sorted(gezien) == ["K0", "K1", "K2", "K3", "K4"]


def test_read_word_back_is_noted_once_and_by_its_reader_only(program: Maak) -> None:
    wonen, ander = program(), program("Waterbedrijf")
    wonen.post("/signalen", signal())
    terug = Terugmelding.objects.get()
    assert ander.post(f"/terugmeldingen/{terug.pk}/_gelezen").status_code == 404
    eerste = wonen.post(f"/terugmeldingen/{terug.pk}/_gelezen").json()
    tweede = wonen.post(f"/terugmeldingen/{terug.pk}/_gelezen").json()
    assert eerste["gelezenOp"] is not None
    assert eerste == tweede


def test_kinds_are_those_of_today(wonen: Programma) -> None:
    codes = [each["code"] for each in wonen.get("/soorten").json()["resultaten"]]
    assert "huurachterstand" in codes


@pytest.mark.parametrize(
    ("scope", "mag"),
    [
        (Scope.SIGNALEN_MELDEN, {"/signalen": 201, "/signalen/_zoek": 403}),
        (Scope.SIGNALEN_LEZEN, {"/signalen": 403, "/signalen/_zoek": 200}),
        (Scope.VERWIJZINGEN_LEZEN, {"/signalen": 403, "/signalen/_zoek": 403}),
    ],
)
def test_scope_decides_what_a_program_may(
    program: Maak, scope: Scope, mag: dict[str, int]
) -> None:
    programma = program(scopes=(scope,))
    inhoud = {"/signalen": signal(), "/signalen/_zoek": {}}
    for pad, status in mag.items():
        assert programma.post(pad, inhoud[pad]).status_code == status


def test_every_operation_on_signals_is_in_the_log(wonen: Programma) -> None:
    nummer = wonen.post("/signalen", signal()).json()["id"]
    Auditregel.objects.all()
    voor = Auditregel.objects.count()
    wonen.get(f"/signalen/{nummer}")
    wonen.post("/signalen/_zoek")
    wonen.post(f"/terugmeldingen/{Terugmelding.objects.get().pk}/_gelezen")
    regels = list(Auditregel.objects.order_by("id")[voor:])
    assert [regel.wijze for regel in regels] == ["geopend", "gevonden", "geopend"]
    assert {regel.actor_soort for regel in regels} == {"organisatie"}


def test_trace_of_the_caller_is_the_trace_in_the_log(wonen: Programma) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    wonen.post("/signalen", signal(), traceparent=f"00-{trace}-b7ad6b7169203331-01")
    regel = Auditregel.objects.filter(onderwerp__startswith="signaal:").get()
    assert regel.trace_id.hex == trace
