"""The token for the BRP over real HTTP: fetched once, renewed in time, never shown."""

import json
import logging
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from samenloop.access.actor import Actor, ActorSoort
from samenloop.core.bsn import Bsn
from samenloop.demo.bronnen.bewijzen import CLIENT, PAD, SCOPE, Bewijzen
from samenloop.demo.bronnen.brp_document import Mens
from samenloop.demo.bronnen.brp_register import Vast
from samenloop.demo.bronnen.toepassing import Toepassing
from samenloop.personen.brp.verbinding import Staat, Uitkomst, ask
from samenloop.personen.brp.vragen import OpBsn
from tests.demo.bronnen_op_poort import Bronnen, brp_settings, served

ACTOR = Actor(ActorSoort.MEDEWERKER, "17", "Sanne Bakker", "GM1663")
GEHEIM = "g:heim/+%é"  # signs that mean something in the header it travels in
DUUR = 300


def token_settings(bronnen: Bronnen, **meer: Any) -> dict[str, Any]:
    return brp_settings(
        bronnen,
        **{
            "SLEUTEL": "",
            "TOKEN_URL": bronnen.url + PAD,
            "CLIENT": CLIENT,
            "GEHEIM": GEHEIM,
            "SCOPE": SCOPE,
            **meer,
        },
    )


@pytest.fixture
def bewijzen() -> Bewijzen:
    return Bewijzen(GEHEIM, geldig=DUUR)


@pytest.fixture
def poort(
    mensen: dict[str, Mens],
    bewijzen: Bewijzen,
    settings: Any,
    dag: time_machine.Traveller,
) -> Iterator[Bronnen]:
    """A BRP that wants a token."""
    app = Toepassing(register=Vast(lambda _dag: mensen.values()), bewijzen=bewijzen)
    with served(app) as url:
        bronnen = Bronnen(url)
        settings.BRP = token_settings(bronnen)
        yield bronnen


@pytest.fixture
def vraag(mensen: dict[str, Mens]) -> Callable[[], Uitkomst]:
    wie = OpBsn((Bsn(mensen["gewoon"].bsn),))
    return lambda: ask(wie, doel="jeugd_toeleiding", actor=ACTOR)


def test_one_token_serves_many_questions(
    poort: Bronnen, bewijzen: Bewijzen, vraag: Callable[[], Uitkomst]
) -> None:
    for _ in range(3):
        assert vraag().is_gelukt
    assert bewijzen.gegeven == 1
    assert [each["status"] for each in poort.calls("brp")] == [200, 200, 200]


def test_it_is_renewed_before_it_ends(
    poort: Bronnen,
    bewijzen: Bewijzen,
    vraag: Callable[[], Uitkomst],
    dag: time_machine.Traveller,
) -> None:
    assert vraag().is_gelukt
    dag.shift(timedelta(seconds=DUUR - 60))
    assert vraag().is_gelukt
    assert bewijzen.gegeven == 1
    dag.shift(timedelta(seconds=40))
    assert vraag().is_gelukt
    assert bewijzen.gegeven == 2
    # It was never shown after its end.
    assert {each["status"] for each in poort.calls("brp")} == {200}


def test_token_that_was_withdrawn_is_renewed_once(
    poort: Bronnen, bewijzen: Bewijzen, vraag: Callable[[], Uitkomst]
) -> None:
    assert vraag().is_gelukt
    bewijzen.withdraw()
    assert vraag().is_gelukt
    assert bewijzen.gegeven == 2
    assert [each["status"] for each in poort.calls("brp")] == [200, 401, 200]


def test_register_that_keeps_refusing_is_asked_twice_and_no_more(
    poort: Bronnen,
    bewijzen: Bewijzen,
    vraag: Callable[[], Uitkomst],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bewijzen, "holds", lambda verzoek: False)
    uitkomst = vraag()
    assert uitkomst.staat is Staat.GEWEIGERD
    assert uitkomst.codes == ("401", "authentication")
    assert len(poort.calls("brp")) == 2
    assert bewijzen.gegeven == 2


@pytest.mark.parametrize(
    ("anders", "codes"),
    [
        ({"GEHEIM": "verkeerd"}, ("token", "401", "invalid_client")),
        ({"CLIENT": "iemand"}, ("token", "401", "invalid_client")),
        ({"SCOPE": "alles"}, ("token", "400", "invalid_scope")),
    ],
)
def test_who_gets_no_token_asks_nothing(
    poort: Bronnen,
    vraag: Callable[[], Uitkomst],
    settings: Any,
    anders: dict[str, str],
    codes: tuple[str, ...],
) -> None:
    settings.BRP = token_settings(poort, **anders)
    uitkomst = vraag()
    assert (uitkomst.staat, uitkomst.codes) == (Staat.GEWEIGERD, codes)
    assert poort.calls("brp") == []


def test_key_alone_is_refused_where_a_token_is_wanted(
    poort: Bronnen, vraag: Callable[[], Uitkomst], settings: Any
) -> None:
    settings.BRP = brp_settings(poort)
    assert vraag().codes == ("401", "authentication")


def test_where_a_key_is_wanted_no_token_is_fetched(
    brp: Bronnen, vraag: Callable[[], Uitkomst]
) -> None:
    assert vraag().is_gelukt
    assert brp.calls("token") == []


@pytest.mark.parametrize(
    ("soort", "staat"),
    [
        ("fout", Staat.GEEN_ANTWOORD),
        ("druk", Staat.GEEN_ANTWOORD),
        ("hangt", Staat.GEEN_ANTWOORD),
        ("druppelt", Staat.GEEN_ANTWOORD),
        ("rommel", Staat.ONLEESBAAR),
        ("elders", Staat.ONLEESBAAR),
    ],
)
def test_trouble_where_tokens_come_from_is_a_state_within_the_limit(
    poort: Bronnen,
    vraag: Callable[[], Uitkomst],
    settings: Any,
    soort: str,
    staat: Staat,
) -> None:
    settings.BRP = token_settings(poort, LIMIET=0.5)
    poort.disturb("token", soort, seconden=2)
    uitkomst = vraag()
    assert uitkomst.staat is staat
    assert uitkomst.codes[0] == "brp-token"
    assert uitkomst.duur_ms < 1900
    assert poort.calls("brp") == []


def test_token_and_question_together_take_no_longer_than_one_question(
    poort: Bronnen, vraag: Callable[[], Uitkomst], settings: Any
) -> None:
    settings.BRP = token_settings(poort, LIMIET=1.0)
    poort.disturb("token", "vertraging", seconden=0.7)
    poort.disturb("brp", "vertraging", seconden=0.7)
    assert vraag().staat is Staat.GEEN_ANTWOORD


@pytest.mark.parametrize(
    "inhoud",
    [
        {}, [], {"access_token": "abc"}, {"access_token": "", "token_type": "Bearer"},
        {"access_token": 5, "token_type": "Bearer"},
        {"access_token": "a\r\nx-doelbinding: alles", "token_type": "Bearer"},
        {"access_token": "abc", "token_type": "mac"},
    ],
)  # fmt: skip
def test_answer_without_a_sound_token_opens_nothing(
    poort: Bronnen, vraag: Callable[[], Uitkomst], settings: Any, inhoud: Any
) -> None:
    with served(_app(inhoud)) as url:
        settings.BRP = token_settings(poort, TOKEN_URL=url)
        assert vraag().staat is Staat.ONLEESBAAR
    assert poort.calls("brp") == []


def test_secret_does_not_travel_over_an_open_line(
    poort: Bronnen, vraag: Callable[[], Uitkomst], settings: Any
) -> None:
    settings.BRP = token_settings(poort, TOKEN_URL="http://token.voorbeeld.nl")
    assert vraag().staat is Staat.NIET_INGESTELD


def test_many_at_once_wait_for_one_token(
    poort: Bronnen, bewijzen: Bewijzen, vraag: Callable[[], Uitkomst]
) -> None:
    uitkomsten: list[Uitkomst] = []
    draden = [
        threading.Thread(target=lambda: uitkomsten.append(vraag())) for _ in range(8)
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert [each.staat for each in uitkomsten] == [Staat.GELUKT] * 8
    assert bewijzen.gegeven == 1


def test_no_secret_or_token_ends_up_in_logs(
    poort: Bronnen,
    bewijzen: Bewijzen,
    vraag: Callable[[], Uitkomst],
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    assert vraag().is_gelukt
    tokens = [*bewijzen._uit]
    bewijzen.withdraw()
    assert vraag().is_gelukt
    tokens += [*bewijzen._uit]
    assert len(tokens) == 2
    settings.BRP = token_settings(poort, GEHEIM="verkeerdgeheim")
    vraag()
    kop = b64encode(f"{CLIENT}:verkeerdgeheim".encode()).decode()
    for geheim in (GEHEIM, "verkeerdgeheim", kop, *tokens):
        assert geheim not in caplog.text
        assert geheim not in json.dumps(poort.calls())


def _app(inhoud: Any) -> Any:
    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("content-type", "application/json")])
        return [json.dumps(inhoud).encode()]

    return app
