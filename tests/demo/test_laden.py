"""Loading the region into the records, and getting it out again as a levering."""

import csv
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import RequestFactory

from samenloop.access.models import Aanstelling, Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core.bsn import Bsn
from samenloop.core.periode import Periode
from samenloop.demo import laden
from samenloop.demo.accounts import ACCOUNTS, COLLEGAS
from samenloop.demo.regio import SEED, build
from samenloop.monitor import cijfers, keuring
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.personen.models import Adres, Burgerservicenummer, Gezag, Persoon
from samenloop.verantwoording import levering
from samenloop.voorzieningen.models import Product, Voorziening
from tests.demo.conftest import Rijen


@pytest.mark.django_db
class TestGeladen:
    """One region in the records; the test asks for it and rolls it back."""

    @pytest.fixture(scope="class")
    @classmethod
    def geladen(cls, django_db_setup: None, django_db_blocker: Any) -> Any:
        with django_db_blocker.unblock(), transaction.atomic():
            laden.laad(build(), SEED)
            with connection.cursor() as cursor:
                # Here, and not after each test by the plans that follow.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                # The owner cannot gather statistics on what is not committed; without
                # them the planner takes the tables for empty.
                cursor.execute("SET LOCAL enable_nestloop = off")
            yield
            transaction.set_rollback(True)

    def test_the_levering_from_the_records_is_the_levering_without(
        self, geladen: None, rijen: Rijen, tmp_path: Path
    ) -> None:
        alles = Periode(date(1990, 1, 1), date(2030, 1, 1))
        codes = [rij["gemeente"] for rij in rijen["gemeenten"]]
        levering.write(codes, alles, tmp_path / "uit", onbekend=True, regio="BMWE")
        for naam, verwacht in rijen.items():
            with (tmp_path / "uit" / f"{naam}.csv").open(encoding="utf-8") as bestand:
                gelezen = list(csv.DictReader(bestand))
            kolommen = list(verwacht[0])
            assert Counter(
                tuple(rij[kolom] for kolom in kolommen) for rij in gelezen
            ) == Counter(tuple(rij.values()) for rij in verwacht), naam

    def test_the_monitor_of_the_records_is_the_monitor_without(
        self, geladen: None, leveringmap: Path, tmp_path: Path
    ) -> None:
        kwartaal = Kwartaal.lees("2017Q4")
        periode = levering.period_for(kwartaal)
        codes = ["GM0005", "GM0053", "GM1651", "GM1663"]
        levering.write(codes, periode, tmp_path / "uit", onbekend=True, regio="BMWE")
        tabellen = []
        for folder in (tmp_path / "uit", leveringmap):
            with keuring.keur([folder]) as gekeurd:
                assert not gekeurd.kwaliteit.afkeur
                monitor = cijfers.bereken(gekeurd.tabellen, kwartaal)
            tabellen.append({t.id: t.rijen for t in monitor.tabellen.values()})
        assert tabellen[0] == tabellen[1]

    def test_the_past_shows_what_was_known_then(self, geladen: None) -> None:
        peildatum = date(2017, 12, 31)
        lopend = Voorziening.objects.in_force(peildatum)
        nu, toen = lopend.current().count(), lopend.known_on(peildatum).count()
        assert nu == 2077 + 6805
        assert toen != nu
        # Ends that were not known yet: in force as known then, not as known now.
        assert (
            lopend.known_on(peildatum)
            .filter(geldig__upper_inf=True)
            .exclude(kenmerk__in=lopend.current().values("kenmerk"))
            .exists()
        )

    def test_a_minor_has_custody_and_an_address_with_the_parent(
        self, geladen: None
    ) -> None:
        minderjarig = Voorziening.objects.current().filter(gezaghebbende__isnull=False)
        assert minderjarig.count() > 2000
        eerste = minderjarig.order_by("kenmerk").first()
        assert eerste is not None
        assert eerste.gezaghebbende is not None
        gezag = Gezag.objects.current().in_force(eerste.startdatum)
        assert gezag.filter(
            minderjarige=eerste.betrokkene, houder=eerste.gezaghebbende
        ).exists()
        dag = date(2017, 12, 31)
        huizen = {
            adres.huishouden_id
            for adres in Adres.objects.current()
            .in_force(dag)
            .filter(persoon__in=[eerste.betrokkene, eerste.gezaghebbende])
        }
        assert huizen == {eerste.huishouden_id}

    def test_only_reserved_numbers_are_on_record(self, geladen: None) -> None:
        nummers = Burgerservicenummer.objects.all()
        assert nummers.count() == Persoon.objects.count()
        assert not nummers.exclude(bsn__startswith="9999").exists()


@pytest.mark.django_db
def test_load_refuses_when_something_is_on_record() -> None:
    Product.objects.create(wet="wmo", code="iets", naam="Iets")
    with pytest.raises(CommandError, match="opnieuw"):
        call_command("demo_laden", verbosity=0)


@pytest.mark.django_db
def test_nothing_is_wiped_while_someone_has_an_issued_number() -> None:
    Persoon.objects.register(Bsn("123456782"), geslachtsnaam="Iemand")
    with pytest.raises(CommandError, match="niets gewist"):
        call_command("demo_laden", opnieuw=True, verbosity=0)
    assert Persoon.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "beheer"])
def test_load_twice_with_opnieuw_gives_the_same_and_accounts_that_sign_in() -> None:
    uit = StringIO()
    Product.objects.create(wet="wmo", code="iets", naam="Iets")
    call_command("demo_laden", opnieuw=True, stdout=uit)
    kenmerken = set(Voorziening.objects.values_list("kenmerk", flat=True))
    call_command("demo_laden", opnieuw=True, verbosity=0)
    assert set(Voorziening.objects.values_list("kenmerk", flat=True)) == kenmerken
    assert not Product.objects.filter(code="iets").exists()
    rollen = Aanstelling.objects.values_list("gebruiker__username", "rol").distinct()
    # An account for each role, called after it; and colleagues that nobody signs in as.
    collegas = {(each.username, str(each.rol)) for each in COLLEGAS}
    assert set(rollen) == {(str(rol), str(rol)) for rol in Rol} | collegas
    for each in COLLEGAS:
        assert not Gebruiker.objects.get(username=each.username).has_usable_password()
    for account in ACCOUNTS:
        assert account.wachtwoord in uit.getvalue()
        verzoek = RequestFactory().post("/")
        assert authenticate(
            verzoek, username=account.username, password=account.wachtwoord
        )
        assert not authenticate(
            verzoek, username=account.username, password="iets anders"
        )
