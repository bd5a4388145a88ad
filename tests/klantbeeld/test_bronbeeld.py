"""Outside sources on the page: each in its own time, no deeper than allowed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from samenloop.access.logboek.models import Auditregel, Verwerking
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Domein, Rol
from samenloop.core import klok
from samenloop.core.periode import Periode
from samenloop.demo.bronnen.brp_register import Vast
from samenloop.demo.bronnen.feiten_van_bronnen import Bronfeit
from samenloop.demo.bronnen.toepassing import Toepassing
from samenloop.klantbeeld import bronnen as klantbeeldbronnen
from samenloop.klantbeeld.bronnen import Bron, all_sources
from samenloop.klantbeeld.velden import of_source, sources, velden
from samenloop.personen.toestemming import Toestemming
from tests.access.accounts import GEMEENTE, account
from tests.demo.bronnen_op_poort import Bronnen, served, settings_for
from tests.klantbeeld.familie import Familie, assign, confirm, family
from tests.klantbeeld.openen import card, enter

pytestmark = pytest.mark.django_db

SCHULDEISER = "Postorder Zzquill"
OPLEIDING = "School Zzvinger"
WERKGEVER = "Werkgever Zzonk"
FEITEN = {
    "schulden": {"vorderingen": [{"schuldeiser": SCHULDEISER, "saldo": 120_050}]},
    "onderwijs": {"inschrijvingen": [{"school": OPLEIDING, "van": "2024-08-01"}]},
    "werk-en-inkomen": {
        "inkomsten": [
            {
                "werkgever": WERKGEVER,
                "perioden": [{"soort": "loon", "van": "2025-01-01"}],
                "opgaven": [{"brutoloon": 210_000}, {"brutoloon": 211_000}],
                "partner": {"burgerservicenummer": "999900018"},
            }
        ]
    },
}


def _find(bron: str, bsn: str, dag: date) -> Bronfeit | None:
    if bron not in FEITEN:
        return None
    return Bronfeit(
        [Periode(date(2024, 5, 1))], f"Bron {bron}", "0900 9294", FEITEN[bron], 1
    )


@pytest.fixture
def bronnen(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bronnen]:
    haast = {
        code: Bron(
            code, bron.naam, bron.leefgebied, bron.categorie, 0.8, 0.3, bron.doelen
        )
        for code, bron in all_sources().items()
    }
    monkeypatch.setattr(klantbeeldbronnen, "all_sources", lambda: haast)
    with served(Toepassing(register=Vast(lambda dag: []), vind=_find)) as url:
        gemaakt = Bronnen(url)
        settings.BRONNEN = settings_for(gemaakt)
        yield gemaakt


@pytest.fixture
def postma() -> Familie:
    return family()


@pytest.fixture
def schuld(postma: Familie) -> Gebruiker:
    """A caseworker for debts with the melding assigned; income is confirmed (G027)."""
    confirm(GEMEENTE, "G027")
    gemaakt = account("s", rol=Rol.CONSULENT, domeinen=[Domein.SCHULD])
    assign(postma.melding, gemaakt)
    return gemaakt


@pytest.fixture
def regisseur(postma: Familie) -> Gebruiker:
    confirm(GEMEENTE, "G020", "G047", "G054", "G073", "G093")
    gemaakt = account("r", rol=Rol.REGISSEUR)
    assign(postma.melding, gemaakt)
    return gemaakt


def consent(wie: Any, categorie: str, doel: str, **anders: Any) -> Toestemming:
    """Consent that holds from yesterday on."""
    return Toestemming.objects.create(
        persoon=wie,
        gemeente_id=GEMEENTE,
        categorie=categorie,
        doel=doel,
        gegeven_op=klok.today() - timedelta(days=1),
        wijze="schriftelijk",
        vastgelegd_door="1",
        **anders,
    )


def stand(pagina: str, bron: str) -> str:
    """The state of one source on the page."""
    deel = re.search(rf'<li id="bron-{bron}".*?</li>', pagina, re.S)
    assert deel is not None
    return deel[0]


def test_first_page_asks_no_source_and_waits_for_none(
    client: Client, postma: Familie, schuld: Gebruiker, bronnen: Bronnen
) -> None:
    bronnen.disturb("*", "hangt", seconden=20)
    adres = enter(client, schuld, "schuldhulp", "melding", postma.melding.pk)
    pagina = client.get(adres).content.decode()
    assert not bronnen.calls()
    assert f'hx-get="{adres}bron/schulden/"' in stand(pagina, "schulden")
    assert "<noscript>" in stand(pagina, "schulden")


def test_source_comes_as_a_fragment_with_state_and_content(
    client: Client, postma: Familie, schuld: Gebruiker, bronnen: Bronnen
) -> None:
    adres = enter(client, schuld, "schuldhulp", "melding", postma.melding.pk)
    deel = client.get(f"{adres}bron/schulden/").content.decode()
    assert "actueel" in stand(deel, "schulden")
    assert "1 dag oud" in stand(deel, "schulden")
    assert 'id="uit-schulden" hx-swap-oob="true"' in deel
    assert SCHULDEISER in deel
    assert "€ 1.200,50" in deel
    assert "Bron schulden" in deel


def test_nested_lists_become_lines_and_numbers_of_others_never_show(
    client: Client, postma: Familie, schuld: Gebruiker, bronnen: Bronnen
) -> None:
    adres = enter(client, schuld, "schuldhulp", "melding", postma.melding.pk)
    deel = client.get(f"{adres}bron/werk-en-inkomen/").content.decode()
    for tekst in (WERKGEVER, "€ 2.100", "€ 2.110", "1 januari 2025"):
        assert tekst in deel
    assert "999900018" not in deel
    getoond = set(re.findall(r'data-veld="([^"]+)"', deel))
    assert getoond <= set(velden())


def test_at_depth_dat_no_content_is_asked(
    client: Client, postma: Familie, regisseur: Gebruiker, bronnen: Bronnen
) -> None:
    adres = enter(client, regisseur, "melding_wegen", "melding", postma.melding.pk)
    deel = client.get(f"{adres}bron/onderwijs/").content.decode()
    assert "Bron onderwijs" in deel
    assert OPLEIDING not in deel
    assert {aanroep["diepte"] for aanroep in bronnen.calls("onderwijs")} == {"dat"}


def test_without_ground_or_consent_a_source_is_not_asked(
    client: Client, postma: Familie, regisseur: Gebruiker, bronnen: Bronnen
) -> None:
    adres = enter(client, regisseur, "melding_wegen", "melding", postma.melding.pk)
    pagina = client.get(f"{adres}?bronnen=nu").content.decode()
    gevraagd = {aanroep["bron"] for aanroep in bronnen.calls()}
    assert gevraagd == {"zorg", "jeugd", "onderwijs"}
    assert "geen grond bij dit doel" in stand(pagina, "werk-en-inkomen")
    assert "alleen met toestemming" in stand(pagina, "schulden")
    los = client.get(f"{adres}bron/schulden/").content.decode()
    assert "niet gevraagd" in los
    assert not bronnen.calls("schulden")


def test_consent_opens_for_the_one_who_gave_it_and_its_withdrawal_closes(
    client: Client, postma: Familie, regisseur: Gebruiker, bronnen: Bronnen
) -> None:
    gegeven = consent(postma.moeder, "schulden", "melding_wegen")
    adres = enter(client, regisseur, "melding_wegen", "melding", postma.melding.pk)
    deel = client.get(f"{adres}bron/schulden/").content.decode()
    assert SCHULDEISER in deel
    assert len(bronnen.calls("schulden")) == 1
    Toestemming.objects.filter(pk=gegeven.pk).update(ingetrokken_op=klok.today())
    deel = client.get(f"{adres}bron/schulden/").content.decode()
    assert SCHULDEISER not in deel
    assert len(bronnen.calls("schulden")) == 1


@pytest.mark.parametrize(
    ("categorie", "doel", "anders"),
    [
        ("schulden", "wmo_onderzoek", {}),
        ("jeugdhulp", "melding_wegen", {}),
        ("schulden", "melding_wegen", {"tot": klok.today() - timedelta(days=1)}),
    ],
)
def test_consent_for_another_matter_or_time_opens_nothing(
    client: Client,
    postma: Familie,
    regisseur: Gebruiker,
    bronnen: Bronnen,
    categorie: str,
    doel: str,
    anders: dict[str, Any],
) -> None:
    consent(postma.moeder, categorie, doel, **anders)
    adres = enter(client, regisseur, "melding_wegen", "melding", postma.melding.pk)
    assert SCHULDEISER not in client.get(f"{adres}?bronnen=nu").content.decode()
    assert not bronnen.calls("schulden")


@pytest.mark.parametrize(
    ("soort", "woord"),
    [
        ("onbereikbaar", "geen antwoord"),
        ("hangt", "geen antwoord"),
        ("niet-gerechtigd", "geweigerd door de bron"),
        ("vertraging", "traag"),
    ],
)
def test_trouble_of_one_source_hides_nothing_of_the_rest(
    client: Client,
    postma: Familie,
    schuld: Gebruiker,
    bronnen: Bronnen,
    soort: str,
    woord: str,
) -> None:
    bronnen.disturb("schulden", soort, seconden=0.5 if soort == "vertraging" else 3)
    adres = enter(client, schuld, "schuldhulp", "melding", postma.melding.pk)
    pagina = client.get(f"{adres}?bronnen=nu").content.decode()
    assert woord in stand(pagina, "schulden")
    assert "actueel" in stand(pagina, "werk-en-inkomen")
    assert WERKGEVER in card(pagina, "inkomen")
    if woord == "geen antwoord":
        assert "antwoordt niet" in card(pagina, "schulden")
        assert SCHULDEISER not in pagina


def test_nothing_found_is_another_sentence_than_no_answer(
    client: Client, postma: Familie, schuld: Gebruiker, bronnen: Bronnen
) -> None:
    adres = enter(client, schuld, "schuldhulp", "melding", postma.melding.pk)
    deel = client.get(f"{adres}bron/jeugd/").content.decode()
    assert "heeft niets vastgelegd" in deel
    assert "antwoordt niet" not in deel


def test_nothing_of_a_source_is_stored_anywhere(
    client: Client, postma: Familie, schuld: Gebruiker, bronnen: Bronnen
) -> None:
    adres = enter(client, schuld, "schuldhulp", "melding", postma.melding.pk)
    assert SCHULDEISER in client.get(f"{adres}?bronnen=nu").content.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tabellen = [naam for (naam,) in cursor.fetchall()]
        assert len(tabellen) > 30
        for tabel in tabellen:
            cursor.execute(
                f'SELECT count(*) FROM "{tabel}" t WHERE t::text ~ %s',
                [f"{SCHULDEISER}|{WERKGEVER}"],
            )
            assert cursor.fetchone() == (0,), tabel


def test_asking_a_source_is_in_the_log_about_whom_it_was_asked(
    client: Client, postma: Familie, schuld: Gebruiker, bronnen: Bronnen
) -> None:
    adres = enter(client, schuld, "schuldhulp", "melding", postma.melding.pk)
    client.get(f"{adres}bron/schulden/")
    regel = Auditregel.objects.get()
    assert regel.doel == "schuldhulp"
    assert "G043" in regel.grond
    over = Verwerking.objects.exclude(persoon=None).values_list("persoon", flat=True)
    # Debt help has no ground to see the family: only whom it is about.
    assert set(over) == {postma.moeder.pk}


def test_every_source_has_fields_and_every_field_a_source() -> None:
    assert set(sources()) == set(all_sources())
    for bron in sources():
        assert of_source(bron)[0].pad == "betrokken"
        # Its lines go into the card of one domain.
        assert len({wat.leefgebied for wat in of_source(bron)}) == 1
