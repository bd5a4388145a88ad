"""Every signal is registered, whole or not at all, and once."""

import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.logboek.models import Auditregel, Verwerking
from samenloop.access.models import Organisatie
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens
from samenloop.core.bsn import Bsn
from samenloop.core.models import Gebeurtenis
from samenloop.personen.models import Burgerservicenummer, Persoon
from samenloop.signalen import ontvangst
from samenloop.signalen.fouten import KenmerkBezet, OnbekendeSoort, OnvolledigSignaal
from samenloop.signalen.models import (
    Kanaal,
    Melding,
    MeldingSignaal,
    Signaal,
    SignaalBetrokkene,
    Terugmelding,
)
from samenloop.signalen.ontvangst import Betrokkene, Melder
from tests.access.accounts import GEMEENTE
from tests.access.accounts import organisatie as maak_organisatie
from tests.signalen.maken import gemeente, invoer, melding_van, persoon, signaal, werker

pytestmark = pytest.mark.django_db
BSN = "999990019"


def test_a_description_and_a_reporter_are_enough() -> None:
    gemaakt = signaal("Jongen met rode jas")
    assert gemaakt.nummer.startswith("S-")
    assert gemaakt.status == Signaal.Status.NIEUW
    assert gemaakt.betrokkenen.get().omschrijving == "Jongen met rode jas"


@pytest.mark.parametrize(
    "anders",
    [
        {"betrokkenen": []},
        {"betrokkenen": [Betrokkene(omschrijving="  ")]},
        {"melder": Melder()},
        {"melder": Melder(naam=" ", contact="06")},
    ],
)
def test_without_subject_or_reporter_nothing_is_kept(anders: dict[str, object]) -> None:
    gemeente()
    with pytest.raises(OnvolledigSignaal):
        ontvangst.receive(
            replace(invoer(), **anders),  # type: ignore[arg-type]
            actor=werker(),
            kanaal=Kanaal.BALIE,
        )
    assert not Signaal.objects.exists()


def test_kind_that_is_not_on_the_list_is_refused() -> None:
    gemeente()
    with pytest.raises(OnbekendeSoort):
        signaal("iemand", soort="verzonnen")


def test_numbers_count_on_per_municipality() -> None:
    eerste, tweede = signaal("een"), signaal("twee")
    buur = signaal("drie", actor=werker(code="GM0005"))
    assert int(tweede.nummer[-4:]) == int(eerste.nummer[-4:]) + 1
    assert buur.nummer == eerste.nummer


def test_signal_without_risk_is_no_melding_yet() -> None:
    gemaakt = signaal(persoon())
    assert melding_van(gemaakt.pk) is None
    assert Gebeurtenis.objects.filter(
        soort=ontvangst.ONTVANGEN, onderwerp=gemaakt.pk
    ).exists()


@pytest.mark.parametrize(
    ("soort", "risico"), [("opvoedvraag", True), ("huiselijk-geweld", False)]
)
def test_safety_risk_is_a_melding_at_once(soort: str, risico: bool) -> None:
    gemaakt = signaal(persoon(), soort=soort, veiligheidsrisico=risico)
    melding = melding_van(gemaakt.pk)
    assert melding is not None
    assert melding.veiligheid
    assert gemaakt.veiligheidsrisico
    assert (melding.weeg_voor - melding.ontstaan_op).total_seconds() == 24 * 3600


def test_known_bsn_leads_to_the_person_and_is_not_kept_with_the_signal() -> None:
    wie = persoon(bsn=BSN)
    gemaakt = signaal(betrokkenen=[Betrokkene(bsn=Bsn(BSN))])
    assert gemaakt.betrokkenen.get().persoon_id == wie.pk
    assert BSN not in str(list(Signaal.objects.values()))


def test_unknown_bsn_is_kept_in_its_one_table() -> None:
    gemeente()
    gemaakt = signaal(betrokkenen=[Betrokkene(bsn=Bsn(BSN))])
    wie = gemaakt.betrokkenen.get().persoon
    assert wie is not None
    assert Burgerservicenummer.objects.get().persoon_id == wie.pk
    assert GEMEENTE in wie.gemeenten
    assert Gebeurtenis.objects.filter(
        soort=ontvangst.PERSOON_ZONDER, onderwerp=wie.pk
    ).exists()


def test_person_of_the_neighbour_becomes_known_by_the_signal() -> None:
    wie = persoon(bsn=BSN, code="GM0005")
    gemeente()
    with gemeentegrens.within(GEMEENTE):
        assert not Persoon.objects.filter(pk=wie.pk).exists()
        signaal(betrokkenen=[Betrokkene(bsn=Bsn(BSN))])
        assert Persoon.objects.filter(pk=wie.pk).exists()


def test_reporter_hears_that_it_came_in_and_nothing_of_the_family() -> None:
    gemaakt = signaal(persoon("Vreemdenaam"))
    bericht = gemaakt.terugmeldingen.get()
    assert bericht.soort == Terugmelding.Soort.ONTVANGEN
    assert "Vreemdenaam" not in bericht.tekst
    stil = signaal("iemand", terugkoppeling_gewenst=False)
    assert not stil.terugmeldingen.exists()


def test_log_says_who_recorded_and_about_whom() -> None:
    wie = persoon()
    gemaakt = signaal(wie, actor=werker(Rol.BACKOFFICE, account=7))
    regel = Auditregel.objects.get(onderwerp=f"signaal:{gemaakt.pk}")
    assert regel.actor_id == "7"
    assert regel.wijze == "gewijzigd"
    assert Verwerking.objects.filter(persoon=wie.pk).exists()


# ---- By the reporter's own reference -------------------------------------------------


@pytest.fixture
def school() -> Organisatie:
    gemeente()
    return maak_organisatie()


def van(school: Organisatie, **anders: object) -> ontvangst.Invoer:
    return invoer(
        "Leerling",
        melder=Melder(organisatie=school.pk),
        kenmerk_melder="V-2026-17",
        **anders,
    )


def test_same_reference_gives_the_same_signal(school: Organisatie) -> None:
    eerst = ontvangst.receive(van(school), actor=werker(), kanaal=Kanaal.API)
    weer = ontvangst.receive(van(school), actor=werker(), kanaal=Kanaal.API)
    assert (eerst.is_nieuw, weer.is_nieuw) == (True, False)
    assert weer.signaal == eerst.signaal
    assert Signaal.objects.count() == 1


def test_same_reference_with_other_content_is_refused(school: Organisatie) -> None:
    ontvangst.receive(van(school), actor=werker(), kanaal=Kanaal.API)
    with pytest.raises(KenmerkBezet):
        ontvangst.receive(
            van(school, aanleiding="Iets anders"), actor=werker(), kanaal=Kanaal.API
        )


def test_signal_of_a_program_takes_few_statements(school: Organisatie) -> None:
    persoon(bsn=BSN)
    over = [Betrokkene(bsn=Bsn(BSN))]
    programma = Actor(
        soort=ActorSoort.ORGANISATIE,
        id="client",
        naam=school.naam,
        gemeente=GEMEENTE,
        rollen=frozenset({Rol.PARTNER}),
        organisatie=school.pk,
    )

    def send(kenmerk: str) -> None:
        bericht = replace(van(school), betrokkenen=over, kenmerk_melder=kenmerk)
        ontvangst.receive(bericht, actor=programma, kanaal=Kanaal.API)

    send("V-2026-18")
    with CaptureQueriesContext(connection) as gezien:
        send("V-2026-19")
    # A number, the signal, the person, and all around it in one.
    assert [
        woord
        for woord in (str(q["sql"]).split()[0] for q in gezien.captured_queries)
        if woord not in ("SAVEPOINT", "RELEASE")
    ] == ["INSERT", "INSERT", "SELECT", "WITH"]


def test_other_organisation_may_use_the_same_reference(school: Organisatie) -> None:
    ander = maak_organisatie("Kinderopvang De Wierde", "kinderopvang")
    for wie in (school, ander):
        assert ontvangst.receive(van(wie), actor=werker(), kanaal=Kanaal.API).is_nieuw


@pytest.mark.django_db(transaction=True)
def test_same_reference_at_once_gives_one_signal() -> None:
    gemeente()
    school = maak_organisatie()
    uit: list[object] = []

    def send() -> None:
        try:
            with gemeentegrens.within(GEMEENTE):
                ontvangen = ontvangst.receive(
                    van(school), actor=werker(), kanaal=Kanaal.API
                )
                uit.append((ontvangen.signaal.pk, ontvangen.is_nieuw))
        except Exception as fout:
            uit.append(fout)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Signaal.objects.count() == 1
    assert len({wie for wie, _ in uit}) == 1, uit  # type: ignore[misc]
    assert sum(nieuw for _, nieuw in uit) == 1  # type: ignore[misc]


# ---- The floor, straight in the database ---------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("daad", ["ontkoppel", "ontmerk", "besluit", "ontken"])
def test_nothing_takes_a_safety_signal_out_of_sight(daad: str) -> None:
    gemaakt = signaal(persoon(), soort="verwaarlozing")
    melding = melding_van(gemaakt.pk)
    assert melding is not None
    daden = {
        "ontkoppel": lambda: MeldingSignaal.objects.filter(signaal=gemaakt).delete(),
        "ontmerk": lambda: Melding.objects.update(veiligheid=False),
        "besluit": lambda: Melding.objects.update(
            status="besloten", besloten_op=melding.ontstaan_op
        ),
        "ontken": lambda: Signaal.objects.update(veiligheidsrisico=False),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        daden[daad]()
    melding.refresh_from_db()
    assert melding.veiligheid
    assert melding.status == "nieuw"
    assert MeldingSignaal.objects.filter(signaal=gemaakt, melding=melding).exists()


@pytest.mark.django_db(transaction=True)
def test_safety_signal_without_melding_cannot_be_written() -> None:
    los = signaal("iemand")
    with pytest.raises(IntegrityError, match="always belongs"), transaction.atomic():
        Signaal.objects.filter(pk=los.pk).update(veiligheidsrisico=True)


@pytest.mark.django_db(transaction=True)
def test_signal_is_never_deleted_and_keeps_its_number() -> None:
    gemaakt = signaal("iemand")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM signalen_signaal")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signaal.objects.filter(pk=gemaakt.pk).update(nummer="S-2026-9999")


def test_signals_of_a_neighbour_are_not_seen() -> None:
    gemaakt = signaal(persoon(), soort="verwaarlozing")
    with gemeentegrens.within("GM0005"):
        for model in (
            Signaal,
            SignaalBetrokkene,
            Melding,
            MeldingSignaal,
            Terugmelding,
        ):
            assert not model.objects.exists()
    with gemeentegrens.within(GEMEENTE):
        assert Signaal.objects.get() == gemaakt
        gebeurtenissen.handle_pending()
        assert gemaakt.regelwegingen.exists()
    with gemeentegrens.within("GM0005"):
        assert not gemaakt.regelwegingen.exists()
