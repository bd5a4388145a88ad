"""Tokens: who gets one, what it opens, and when it stops."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.access.koppelingen import bewijzen, geheimen
from samenloop.access.koppelingen.models import (
    Koppeling,
    Mispoging,
    Scope,
    Toegangsbewijs,
)
from samenloop.core import klok
from tests.koppelingen import maken

pytestmark = pytest.mark.django_db
HIER = "127.0.0.1"


def _token(koppeling: Koppeling, geheim: str, *scopes: str) -> str:
    return bewijzen.issue(koppeling.client_id, geheim, scopes, HIER).token


def test_token_opens_what_the_koppeling_may() -> None:
    koppeling, geheim = maken.koppeling(scopes=[Scope.SIGNALEN_MELDEN])
    toegang = bewijzen.find(_token(koppeling, geheim))
    assert toegang is not None
    assert toegang.organisatie == koppeling.organisatie_id
    assert toegang.scopes == {Scope.SIGNALEN_MELDEN}
    assert toegang.gemeenten == (maken.GEMEENTE,)


def test_neither_secret_nor_token_is_kept() -> None:
    koppeling, geheim = maken.koppeling()
    token = _token(koppeling, geheim)
    koppeling.refresh_from_db()
    bewaard = [str(waarde) for waarde in vars(koppeling).values()]
    bewaard += [str(v) for v in Toegangsbewijs.objects.values_list().get()]
    assert not any(geheim in waarde or token in waarde for waarde in bewaard)


def test_asking_for_less_gives_less_and_for_more_nothing() -> None:
    koppeling, geheim = maken.koppeling(
        scopes=[Scope.SIGNALEN_MELDEN, Scope.SIGNALEN_LEZEN]
    )
    minder = bewijzen.find(_token(koppeling, geheim, Scope.SIGNALEN_LEZEN))
    assert minder is not None
    assert minder.scopes == {Scope.SIGNALEN_LEZEN}
    with pytest.raises(bewijzen.OnbekendeScope):
        _token(koppeling, geheim, Scope.SIGNALEN_LEZEN, Scope.VERWIJZINGEN_LEZEN)


@pytest.mark.parametrize("geheim", ["", "fout", "slgeheim_"])
def test_wrong_secret_gives_nothing(geheim: str) -> None:
    koppeling, _goed = maken.koppeling()
    with pytest.raises(bewijzen.OnbekendeKoppeling):
        _token(koppeling, geheim)
    assert not Toegangsbewijs.objects.exists()


def test_unknown_client_gives_the_same_as_a_wrong_secret() -> None:
    with pytest.raises(bewijzen.OnbekendeKoppeling):
        bewijzen.issue("sl-bestaatniet", "geheim", (), HIER)


@pytest.mark.parametrize(
    ("geldig", "mag"),
    [
        (DateRange(date(2026, 3, 1), date(2026, 4, 1)), True),
        (DateRange(date(2026, 3, 25), date(2026, 3, 26)), True),
        (DateRange(date(2026, 3, 26), None), False),
        (DateRange(date(2026, 3, 1), date(2026, 3, 25)), False),
    ],
)
@time_machine.travel("2026-03-25T09:00:00+01:00", tick=False)
def test_koppeling_works_only_within_its_days(geldig: DateRange, mag: bool) -> None:
    koppeling, geheim = maken.koppeling(geldig=geldig)
    if mag:
        assert bewijzen.find(_token(koppeling, geheim))
    else:
        with pytest.raises(bewijzen.OnbekendeKoppeling):
            _token(koppeling, geheim)


def test_token_lasts_a_quarter_of_an_hour() -> None:
    with time_machine.travel("2026-03-25T09:00:00+01:00", tick=False) as klokje:
        koppeling, geheim = maken.koppeling()
        token = _token(koppeling, geheim)
        klokje.shift(bewijzen.DUUR - timedelta(seconds=1))
        assert bewijzen.find(token)
        klokje.shift(1)
        assert bewijzen.find(token) is None


def test_ending_the_koppeling_stops_its_tokens_at_once() -> None:
    koppeling, geheim = maken.koppeling()
    token = _token(koppeling, geheim)
    Koppeling.objects.filter(pk=koppeling.pk).update(beeindigd_op=klok.now())
    assert bewijzen.find(token) is None


def test_organisation_that_is_no_longer_active_has_no_access() -> None:
    koppeling, geheim = maken.koppeling()
    token = _token(koppeling, geheim)
    koppeling.organisatie.actief = False
    koppeling.organisatie.save()
    assert bewijzen.find(token) is None
    with pytest.raises(bewijzen.OnbekendeKoppeling):
        _token(koppeling, geheim)


def test_scope_taken_away_is_gone_from_tokens_that_exist() -> None:
    koppeling, geheim = maken.koppeling()
    token = _token(koppeling, geheim)
    Koppeling.objects.filter(pk=koppeling.pk).update(scopes=[Scope.SIGNALEN_LEZEN])
    toegang = bewijzen.find(token)
    assert toegang is not None
    assert toegang.scopes == {Scope.SIGNALEN_LEZEN}


def test_municipality_the_organisation_lost_is_lost_to_its_program() -> None:
    van = maken.organisatie(gemeenten=["GM1651", "GM0005"])
    koppeling, geheim = maken.koppeling(van)
    token = _token(koppeling, geheim)
    van.gemeenten = ["GM0005"]
    van.save()
    toegang = bewijzen.find(token)
    assert toegang is not None
    assert toegang.gemeenten == ("GM0005",)


def test_revoked_token_opens_nothing_but_its_neighbour_does() -> None:
    koppeling, geheim = maken.koppeling()
    weg, blijft = _token(koppeling, geheim), _token(koppeling, geheim)
    bewijzen.revoke(weg, koppeling.pk)
    assert bewijzen.find(weg) is None
    assert bewijzen.find(blijft)


def test_nobody_revokes_a_token_of_another() -> None:
    koppeling, geheim = maken.koppeling()
    token = _token(koppeling, geheim)
    ander, _geheim = maken.koppeling(maken.organisatie("Terpenschool", "school"))
    bewijzen.revoke(token, ander.pk)
    assert bewijzen.find(token)


def test_after_ten_wrong_attempts_the_right_secret_waits_too() -> None:
    koppeling, geheim = maken.koppeling()
    for _keer in range(bewijzen.MISPOGINGEN):
        with pytest.raises(bewijzen.OnbekendeKoppeling):
            _token(koppeling, "fout")
    with pytest.raises(bewijzen.TeVeelMispogingen) as wacht:
        _token(koppeling, geheim)
    assert 0 < wacht.value.seconden <= bewijzen.WACHTTIJD.total_seconds() + 1
    # Nobody locks the real one out from another address.
    assert bewijzen.issue(koppeling.client_id, geheim, (), "192.0.2.7")
    with time_machine.travel(klok.now() + bewijzen.WACHTTIJD + timedelta(seconds=1)):
        assert _token(koppeling, geheim)


def test_right_secret_resets_the_count() -> None:
    koppeling, geheim = maken.koppeling()
    for _ronde in range(2):
        for _keer in range(bewijzen.MISPOGINGEN - 1):
            with pytest.raises(bewijzen.OnbekendeKoppeling):
                _token(koppeling, "fout")
        assert _token(koppeling, geheim)
    assert not Mispoging.objects.exists()


def test_after_a_rotation_both_secrets_work_for_a_while() -> None:
    koppeling, oud = maken.koppeling()
    nieuw = geheimen.new_secret()
    with time_machine.travel("2026-03-25T09:00:00+01:00", tick=False) as klokje:
        Koppeling.objects.filter(pk=koppeling.pk).update(
            geheim_hash=geheimen.fingerprint(nieuw),
            vorig_geheim_hash=koppeling.geheim_hash,
            vorig_geheim_tot=klok.now() + timedelta(days=7),
        )
        assert _token(koppeling, oud)
        assert _token(koppeling, nieuw)
        klokje.shift(timedelta(days=7))
        assert _token(koppeling, nieuw)
        with pytest.raises(bewijzen.OnbekendeKoppeling):
            _token(koppeling, oud)


def test_use_is_noted_but_not_with_every_request() -> None:
    with time_machine.travel("2026-03-25T09:00:00+01:00", tick=False) as klokje:
        koppeling, geheim = maken.koppeling()
        token = _token(koppeling, geheim)
        begin = klok.now()
        klokje.shift(60)
        bewijzen.find(token)
        koppeling.refresh_from_db()
        assert koppeling.laatst_gebruikt_op == begin
        klokje.shift(timedelta(minutes=6))
        bewijzen.find(token)
        koppeling.refresh_from_db()
        assert koppeling.laatst_gebruikt_op == klok.now()


def test_what_means_nothing_any_more_is_cleared() -> None:
    with time_machine.travel("2026-03-25T09:00:00+01:00", tick=False) as klokje:
        koppeling, geheim = maken.koppeling()
        _token(koppeling, geheim)
        klokje.shift(timedelta(days=2))
        vers = _token(koppeling, geheim)
        assert bewijzen.clear_old() == 1
        assert bewijzen.find(vers)
