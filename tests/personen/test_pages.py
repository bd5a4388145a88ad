"""The pages about people: who sees what, for a purpose, and with a line in the log."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from samenloop.access.logboek import betrokkenheid
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.personen.toestemming import Toestemming, valid_consent
from samenloop.signalen import feiten_sql
from tests.personen.maken import BSN, custody, lives, person

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]


def text_of(antwoord: object) -> str:
    return antwoord.content.decode()  # type: ignore[attr-defined]


def open_for(client: Client, wie: Persoon, doel: str = "melding_wegen") -> str:
    antwoord = client.post(f"/personen/{wie.pk}/doel/", {"doel": doel}, follow=True)
    assert antwoord.status_code == 200
    return text_of(antwoord)


def lines(handeling: str) -> list[tuple[str, str, str, int]]:
    return list(
        Auditregel.objects.filter(handeling=handeling)
        .order_by("pk")
        .values_list("wijze", "doel", "diepte", "aantal_personen")
    )


@pytest.fixture
def sanne(hier: Gemeente) -> Persoon:
    wie = Persoon.objects.register(
        BSN, geslachtsnaam="Vries", voorvoegsel="de", voornamen="Sanne",
        geboortedatum="1988-04-02", geslacht="2",
    )  # fmt: skip
    lives(wie, hier, straat="Kloosterweg", huisnummer=12, woonplaats="Bedum",
          postcode="9781AB")  # fmt: skip
    wie.refresh_from_db()
    return wie


@pytest.fixture
def toegewezen(sanne: Persoon) -> Iterator[None]:
    """Everybody has a task toward Sanne."""

    def source(account: str, personen: object, gemeente: str) -> list[object]:
        return [sanne.pk]

    betrokkenheid.register(source)  # type: ignore[arg-type]
    yield
    betrokkenheid._bronnen.remove(source)  # type: ignore[arg-type]


class TestZoeken:
    def test_a_caseworker_finds_and_the_hit_is_logged(
        self, als: Als, sanne: Persoon
    ) -> None:
        antwoord = als(Rol.CONSULENT).post("/personen/", {"naam": "vri san"})
        assert "Sanne de Vries" in text_of(antwoord)
        assert lines("persoon_zoeken") == [("gevonden", "", "dat", 1)]

    def test_the_box_above_each_page_takes_anything(
        self, als: Als, sanne: Persoon
    ) -> None:
        client = als(Rol.CONSULENT)
        for tekst in ("sanne vries", "02-04-1988", "9781 AB 12", BSN.cijfers):
            antwoord = client.post("/personen/", {"zoek": tekst})
            assert "Sanne de Vries" in text_of(antwoord), tekst

    def test_the_list_is_there_when_one_comes_back_without_what_was_typed(
        self, als: Als, sanne: Persoon
    ) -> None:
        client = als(Rol.CONSULENT)
        client.post("/personen/", {"naam": "sanne", "bsn": BSN.cijfers})
        terug = text_of(client.get("/personen/"))
        assert "Sanne de Vries" in terug
        assert BSN.cijfers not in terug
        bewaard = str(dict(client.session))
        assert "sanne" not in bewaard.lower()
        assert BSN.cijfers not in bewaard

    def test_in_another_municipality_there_is_nobody(
        self, als: Als, sanne: Persoon, daar: Gemeente
    ) -> None:
        client = als(Rol.CONSULENT, daar.code)
        assert "Niemand gevonden" in text_of(client.post("/personen/", {"naam": "vri"}))
        assert lines("persoon_zoeken") == [("gevonden", "", "dat", 0)]

    @pytest.mark.parametrize(
        ("velden", "zin"),
        [
            ({}, "minstens twee letters"),
            ({"naam": "v"}, "minstens twee letters"),
            ({"postcode": "9781AB"}, "postcode en het huisnummer samen"),
            ({"bsn": "123456789"}, "geen geldig burgerservicenummer"),
            ({"geboortedatum": "31-02-1988"}, "dag-maand-jaar"),
        ],
    )
    def test_what_is_missing_is_said(
        self, als: Als, velden: dict[str, str], zin: str
    ) -> None:
        antwoord = als(Rol.CONSULENT).post("/personen/", velden)
        assert antwoord.status_code == 422
        assert zin in text_of(antwoord)

    @pytest.mark.parametrize(
        ("rol", "mag"),
        [
            (Rol.CONSULENT, True), (Rol.REGISSEUR, True), (Rol.BACKOFFICE, True),
            (Rol.TEAMLEIDER, False), (Rol.BELEID, False), (Rol.BEHEER, False),
            (Rol.FG, False), (Rol.PARTNER, False),
        ],
    )  # fmt: skip
    def test_only_who_has_a_task_with_people_searches(
        self, als: Als, sanne: Persoon, rol: Rol, mag: bool
    ) -> None:
        client = als(rol)
        assert client.get("/personen/").status_code == (200 if mag else 403)
        antwoord = client.get(f"/personen/{sanne.pk}/doel/")
        assert antwoord.status_code == (200 if mag else 403)

    def test_where_someone_under_secrecy_lives_is_in_no_list(
        self, als: Als, sanne: Persoon
    ) -> None:
        Persoon.objects.filter(pk=sanne.pk).update(geheim=True)
        client = als(Rol.CONSULENT)
        lijst = text_of(client.post("/personen/", {"naam": "vries"}))
        assert "Sanne de Vries" in lijst
        assert ">Bedum<" not in lijst.split("<tbody")[1]
        op_adres = {"postcode": "9781AB", "huisnummer": "12"}
        assert "Niemand gevonden" in text_of(client.post("/personen/", op_adres))


class TestOpenen:
    def test_a_purpose_is_asked_once_before_anything_shows(
        self, als: Als, sanne: Persoon
    ) -> None:
        client = als(Rol.CONSULENT)
        vraag = client.get(f"/personen/{sanne.pk}/", follow=True)
        assert vraag.redirect_chain[-1][0].endswith("/doel/")
        assert "Vries" not in text_of(vraag)
        assert not lines("persoon_openen")
        assert "Sanne de Vries" in open_for(client, sanne)
        assert "Sanne de Vries" in text_of(client.get(f"/personen/{sanne.pk}/"))
        assert lines("persoon_openen") == [("geopend", "melding_wegen", "dat", 1)] * 2

    def test_no_purpose_is_no_purpose(self, als: Als, sanne: Persoon) -> None:
        for doel in ("", "nieuwsgierig", "leerplicht; DROP"):
            antwoord = als(Rol.REGISSEUR).post(
                f"/personen/{sanne.pk}/doel/", {"doel": doel}
            )
            assert antwoord.status_code == 422
            Persoon.objects.get(pk=sanne.pk)
            break

    def test_outside_the_border_there_is_nobody(
        self, als: Als, sanne: Persoon, daar: Gemeente
    ) -> None:
        client = als(Rol.CONSULENT, daar.code)
        for pad in ("", "doel/", "toestemming/"):
            assert client.get(f"/personen/{sanne.pk}/{pad}").status_code == 404
        assert client.get(f"/personen/{uuid4()}/").status_code == 404
        assert not lines("persoon_openen")

    def test_without_a_task_one_sees_who_it_is_and_no_more(
        self, als: Als, sanne: Persoon, hier: Gemeente
    ) -> None:
        kind = person("Vries", "2015-01-01", voornamen="Noor")
        lives(kind, hier)
        custody(kind, sanne)
        bladzijde = open_for(als(Rol.CONSULENT), sanne)
        assert "Kloosterweg 12" in bladzijde
        assert "Noor" not in bladzijde
        assert "hebt u niet" in bladzijde

    def test_with_a_task_one_sees_the_family_and_that_is_logged(
        self, als: Als, sanne: Persoon, hier: Gemeente, toegewezen: None
    ) -> None:
        kind = person("Vries", "2015-01-01", voornamen="Noor")
        lives(kind, hier)
        custody(kind, sanne)
        bladzijde = open_for(als(Rol.CONSULENT), sanne)
        assert "Noor" in bladzijde
        assert "sl-genogram" in bladzijde
        assert lines("persoon_openen") == [
            ("geopend", "melding_wegen", "wat", 1),
            ("gevonden", "melding_wegen", "dat", 1),
        ]

    def test_emergency_access_opens_this_person(self, als: Als, sanne: Persoon) -> None:
        client = als(Rol.CONSULENT)
        client.post(
            f"/noodtoegang/persoon/{sanne.pk}/",
            {"reden": "Er is acuut gevaar voor het leven van dit kind."},
        )
        assert "Adressen" in open_for(client, sanne)

    def test_a_secret_address_is_for_who_has_a_task(
        self, als: Als, sanne: Persoon
    ) -> None:
        Persoon.objects.filter(pk=sanne.pk).update(geheim=True)
        bladzijde = open_for(als(Rol.CONSULENT), sanne)
        assert "Kloosterweg" not in bladzijde
        assert "rust geheimhouding" in bladzijde

    def test_a_secret_address_shows_to_who_has_one(
        self, als: Als, sanne: Persoon, toegewezen: None
    ) -> None:
        Persoon.objects.filter(pk=sanne.pk).update(geheim=True)
        assert "Kloosterweg" in open_for(als(Rol.CONSULENT), sanne)

    def test_any_day_can_be_looked_at(
        self, als: Als, sanne: Persoon, toegewezen: None
    ) -> None:
        client = als(Rol.CONSULENT)
        open_for(client, sanne)
        for dag in ("1999-01-01", "2020-02-30", "x", "9999-12-31", "0001-01-01"):
            assert client.get(f"/personen/{sanne.pk}/?op={dag}").status_code == 200


class TestBsn:
    def test_the_number_shows_once_asked_and_is_logged(
        self, als: Als, sanne: Persoon
    ) -> None:
        client = als(Rol.BACKOFFICE)
        groepen = f"{BSN.cijfers[:4]} {BSN.cijfers[4:6]} {BSN.cijfers[6:]}"
        assert groepen not in open_for(client, sanne, "toewijzing")
        assert client.get(f"/personen/{sanne.pk}/bsn/").status_code == 405
        antwoord = client.post(f"/personen/{sanne.pk}/bsn/")
        assert groepen in text_of(antwoord)
        assert "no-store" in antwoord["Cache-Control"]
        assert lines("bsn_tonen") == [("geopend", "toewijzing", "wat", 1)]
        assert groepen not in text_of(client.get(f"/personen/{sanne.pk}/"))

    def test_not_without_a_purpose(self, als: Als, sanne: Persoon) -> None:
        antwoord = als(Rol.BACKOFFICE).post(f"/personen/{sanne.pk}/bsn/")
        assert antwoord["Location"].endswith("/doel/")
        assert not lines("bsn_tonen")

    def test_who_has_none_has_a_reason(self, als: Als, hier: Gemeente) -> None:
        wie = person(bsn_ontbreekt_reden="pasgeboren, nog geen BSN")
        lives(wie, hier)
        client = als(Rol.CONSULENT)
        assert "pasgeboren, nog geen BSN" in open_for(client, wie)
        client.post(f"/personen/{wie.pk}/bsn/")
        assert not lines("bsn_tonen")


class TestRegistreren:
    VELDEN = {
        "geslachtsnaam": "Özdemir", "voornamen": "Elif", "voorvoegsel": "",
        "geboortedatum": "01-02-1999", "geslacht": "2",
        "reden": "nog niet ingeschreven in de BRP",
    }  # fmt: skip

    def test_someone_without_bsn_is_registered_with_the_reason(self, als: Als) -> None:
        als(Rol.CONSULENT).post("/personen/nieuw/", self.VELDEN)
        wie = Persoon.objects.get(geslachtsnaam="Özdemir")
        assert wie.bsn_ontbreekt_reden == "nog niet ingeschreven in de BRP"
        assert wie.gemeenten == ["GM0005"]
        assert lines("persoon_registreren") == [("gewijzigd", "", "", 1)]

    def test_who_resembles_comes_first(self, als: Als, hier: Gemeente) -> None:
        bestaat = person("Özdemir", "1999-02-01", voornamen="Elif")
        lives(bestaat, hier)
        client = als(Rol.CONSULENT)
        antwoord = client.post("/personen/nieuw/", self.VELDEN)
        assert antwoord.status_code == 422
        assert f"/personen/{bestaat.pk}/" in text_of(antwoord)
        assert Persoon.objects.count() == 1
        client.post("/personen/nieuw/", self.VELDEN | {"toch": "on"})
        assert Persoon.objects.count() == 2

    @pytest.mark.parametrize("veld", ["geslachtsnaam", "reden"])
    def test_not_without_name_or_reason(self, als: Als, veld: str) -> None:
        antwoord = als(Rol.CONSULENT).post("/personen/nieuw/", self.VELDEN | {veld: ""})
        assert antwoord.status_code == 422
        assert not Persoon.objects.exists()

    def test_nobody_is_born_tomorrow(self, als: Als) -> None:
        velden = self.VELDEN | {"geboortedatum": "01-02-2999"}
        assert als(Rol.CONSULENT).post("/personen/nieuw/", velden).status_code == 422

    def test_not_for_who_may_not(self, als: Als) -> None:
        antwoord = als(Rol.TEAMLEIDER).post("/personen/nieuw/", self.VELDEN)
        assert antwoord.status_code == 403
        assert not Persoon.objects.exists()


class TestToestemming:
    def given(self, client: Client, wie: Persoon, **velden: str) -> object:
        return client.post(
            f"/personen/{wie.pk}/toestemming/",
            {
                "categorie": "schulden", "doel": "wmo_onderzoek", "wijze": "mondeling",
                "gegeven_op": klok.today().strftime("%d-%m-%Y"), "tot": "", **velden,
            },
        )  # fmt: skip

    def test_consent_is_recorded_and_stopped(self, als: Als, sanne: Persoon) -> None:
        client = als(Rol.CONSULENT)
        self.given(client, sanne)
        assert valid_consent(sanne.pk, "schulden", "wmo_onderzoek", klok.today())
        assert not valid_consent(sanne.pk, "uitkering", "wmo_onderzoek", klok.today())
        gegeven = Toestemming.objects.get()
        pad = f"/toestemmingen/{gegeven.pk}/stoppen/"
        assert "schulden" in text_of(client.get(pad))
        assert valid_consent(sanne.pk, "schulden", "wmo_onderzoek", klok.today())
        client.post(pad)
        assert not valid_consent(sanne.pk, "schulden", "wmo_onderzoek", klok.today())
        client.post(pad)  # twice is once
        assert len(lines("toestemming_vastleggen")) == 2

    def test_consent_to_look_over_laws_can_be_given_and_read_back(
        self, als: Als, sanne: Persoon
    ) -> None:
        client = als(Rol.CONSULENT)
        self.given(client, sanne, categorie=feiten_sql.CATEGORIE, doel=feiten_sql.DOEL)
        # The very pair that the rules ask for.
        assert valid_consent(
            sanne.pk, feiten_sql.CATEGORIE, feiten_sql.DOEL, klok.today()
        )
        pad = f"/toestemmingen/{Toestemming.objects.get().pk}/stoppen/"
        assert "signalen van meer wetten samen" in text_of(client.get(pad))

    @pytest.mark.parametrize(
        "velden",
        [
            {"categorie": "alles"}, {"categorie": ""}, {"doel": "zomaar"},
            {"wijze": ""}, {"gegeven_op": "01-01-2999"}, {"tot": "01-01-2001"},
        ],
    )  # fmt: skip
    def test_what_is_not_right_is_not_recorded(
        self, als: Als, sanne: Persoon, velden: dict[str, str]
    ) -> None:
        antwoord = self.given(als(Rol.CONSULENT), sanne, **velden)
        assert antwoord.status_code == 422  # type: ignore[attr-defined]
        assert not Toestemming.objects.exists()

    def test_not_by_who_may_not_or_works_elsewhere(
        self, als: Als, sanne: Persoon, daar: Gemeente
    ) -> None:
        self.given(als(Rol.BACKOFFICE), sanne)
        self.given(als(Rol.CONSULENT, daar.code), sanne)
        assert not Toestemming.objects.exists()


def test_the_pages_read_in_english_too(als: Als, sanne: Persoon) -> None:
    client = als(Rol.CONSULENT)
    client.post("/taal/", {"language": "en", "next": "/personen/"})
    with translation.override("en"):
        assert "Find a person" in text_of(client.get("/personen/"))
        assert "Who is this" in open_for(client, sanne)
