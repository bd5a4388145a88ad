"""Whatever a source does, the caller has an outcome within the time limit."""

import json
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from samenloop.core import bronlijn
from samenloop.core.bronlijn import (
    Beveiliging,
    Lijn,
    Lijnfout,
    OnveiligAdres,
    Storing,
)
from tests.demo.bronnen_op_poort import served

LIMIET = 0.6
SPELING = 0.5


def _app(maak: Callable[[Callable[..., Any]], Iterable[bytes]]) -> Any:
    return lambda environ, start: maak(start)


def _json(inhoud: Any, status: str = "200 OK") -> Any:
    def maak(start: Callable[..., Any]) -> Iterable[bytes]:
        start(status, [("content-type", "application/json")])
        return [json.dumps(inhoud).encode()]

    return _app(maak)


def _raw(body: bytes, *koppen: tuple[str, str], status: str = "200 OK") -> Any:
    def maak(start: Callable[..., Any]) -> Iterable[bytes]:
        start(status, list(koppen))
        return [body]

    return _app(maak)


def _drip(start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [])

    def druppels() -> Iterator[bytes]:
        for _keer in range(60):
            time.sleep(0.05)
            yield b" "

    return druppels()


def _endless(start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [])
    return (b"a" * 100_000 for _keer in range(1_000))


def _late(start: Callable[..., Any]) -> Iterable[bytes]:
    time.sleep(3)
    start("200 OK", [])
    return [b"{}"]


@contextmanager
def lijn_naar(app: Any, **meer: Any) -> Iterator[Lijn]:
    with served(app) as url:
        lijn = Lijn("proef", url, **{"limiet": LIMIET, **meer})
        yield lijn
        lijn.close()


def outcome(lijn: Lijn) -> Storing | int:
    """The state of one call, which may not last longer than the limit."""
    begin = time.monotonic()
    try:
        return lijn.post("/x", {"a": 1}).status
    except Lijnfout as fout:
        return fout.storing
    finally:
        assert time.monotonic() - begin < LIMIET + SPELING


def test_an_answer_comes_back_with_its_time() -> None:
    with lijn_naar(_json({"b": 2})) as lijn:
        antwoord = lijn.post("/x", {"a": 1})
        assert (antwoord.status, antwoord.inhoud) == (200, {"b": 2})
        assert 0 <= antwoord.duur_ms < LIMIET * 1000
        assert lijn.zekering.laatst_bereikt is not None
        assert "2" not in repr(antwoord).removeprefix("Antwoord(200")[:2]


@pytest.mark.parametrize(
    ("app", "verwacht"),
    [
        (_app(_late), Storing.TE_LAAT),
        (_app(_drip), Storing.TE_LAAT),
        (_app(_endless), Storing.ONLEESBAAR),
        (_raw(b"<html>"), Storing.ONLEESBAAR),
        (_raw(b""), Storing.ONLEESBAAR),
        (_raw(b"[" * 100_000), Storing.ONLEESBAAR),
        (_raw(b'{"a": NaN}'), Storing.ONLEESBAAR),
        (_raw(b"\xff\xfe"), Storing.ONLEESBAAR),
        (_raw(b"{}", ("content-encoding", "gzip")), Storing.ONLEESBAAR),
        (_raw(b"", ("location", "/elders"), status="302 Found"), Storing.ONLEESBAAR),
        (_raw(b"<html>", status="500 Oops"), 500),
        (_json({}, "403 Forbidden"), 403),
    ],
)
def test_every_way_to_fail_has_its_name(app: Any, verwacht: Storing | int) -> None:
    with lijn_naar(app) as lijn:
        assert outcome(lijn) == verwacht


def test_nobody_there() -> None:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    lijn = Lijn("proef", f"http://127.0.0.1:{poort}", limiet=LIMIET)
    assert outcome(lijn) is Storing.GEEN_VERBINDING


def test_headers_that_never_end_cost_no_more_than_the_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as luister:

        def druppel() -> None:
            verbinding, _adres = luister.accept()
            with verbinding:
                verbinding.sendall(b"HTTP/1.1 200 OK\r\nx: ")
                for _keer in range(40):
                    time.sleep(0.05)
                    try:
                        verbinding.sendall(b"a")
                    except OSError:
                        return

        threading.Thread(target=druppel, daemon=True).start()
        poort = luister.getsockname()[1]
        lijn = Lijn("proef", f"http://127.0.0.1:{poort}", limiet=LIMIET)
        assert outcome(lijn) is Storing.TE_LAAT


def test_a_redirect_is_not_followed() -> None:
    gevolgd = []

    def elders(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/elders":
            gevolgd.append(environ)
        start("307 Temporary Redirect", [("location", "/elders")])
        return [b""]

    with lijn_naar(elders) as lijn:
        assert outcome(lijn) is Storing.ONLEESBAAR
    assert not gevolgd


def test_a_source_that_keeps_failing_is_not_called() -> None:
    gebeld = []

    def stuk(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        gebeld.append(1)
        start("500 Oops", [])
        return [b"{}"]

    with lijn_naar(stuk) as lijn:
        uitkomsten = [outcome(lijn) for _keer in range(5)]
    assert uitkomsten == [500, 500, 500, *[Storing.OVERGESLAGEN] * 2]
    assert len(gebeld) == 3


def test_a_refusal_is_no_failure() -> None:
    with lijn_naar(_json({}, "403 Forbidden")) as lijn:
        assert [outcome(lijn) for _keer in range(6)] == [403] * 6


def test_calls_under_way_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bronlijn, "TEGELIJK", 2)
    with lijn_naar(_app(_late)) as lijn:
        oproepen = [lijn.begin("/x", {}) for _keer in range(3)]
        soorten = []
        for oproep in oproepen:
            with pytest.raises(Lijnfout) as fout:
                oproep.wacht()
            soorten.append(fout.value.storing)
    assert soorten == [Storing.TE_LAAT, Storing.TE_LAAT, Storing.OVERGESLAGEN]


def test_a_question_is_sent_once_also_when_the_answer_breaks_off() -> None:
    gebeld = []

    with socket.create_server(("127.0.0.1", 0)) as luister:

        def breek_af() -> None:
            while True:
                try:
                    verbinding, _adres = luister.accept()
                except OSError:
                    return
                with verbinding:
                    gebeld.append(verbinding.recv(65536))

        threading.Thread(target=breek_af, daemon=True).start()
        poort = luister.getsockname()[1]
        lijn = Lijn("proef", f"http://127.0.0.1:{poort}", limiet=LIMIET)
        assert outcome(lijn) is Storing.GEEN_VERBINDING
    assert len(gebeld) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://bron.voorbeeld.nl", "ftp://127.0.0.1", "127.0.0.1:8100", "",
        "https://", "https://wie:geheim@bron.voorbeeld.nl",
        "http://127.0.0.1.voorbeeld.nl",
    ],
)  # fmt: skip
def test_personal_data_go_over_tls_or_not_at_all(url: str) -> None:
    with pytest.raises(OnveiligAdres):
        Lijn("proef", url, limiet=1)


@pytest.fixture(scope="module")
def certificaat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that nobody vouches for, and its key."""
    bestand = tmp_path_factory.mktemp("tls") / "bron.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", bestand.with_suffix(".key"), "-out", bestand],
        check=True, capture_output=True, env=os.environ | {"OPENSSL_CONF": "/dev/null"},
    )  # fmt: skip
    return bestand


@contextmanager
def _tls(certificaat: Path) -> Iterator[str]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificaat, certificaat.with_suffix(".key"))
    with socket.create_server(("127.0.0.1", 0)) as luister:

        def antwoord() -> None:
            while True:
                try:
                    rauw, _adres = luister.accept()
                    with context.wrap_socket(rauw, server_side=True) as verbinding:
                        gelezen = b""
                        while not gelezen.endswith(b"{}"):
                            gelezen += verbinding.recv(65536)
                        verbinding.sendall(
                            b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"
                        )
                except ssl.SSLError:
                    continue
                except OSError:
                    return

        threading.Thread(target=antwoord, daemon=True).start()
        yield f"https://localhost:{luister.getsockname()[1]}"


def test_a_certificate_nobody_vouches_for_is_refused(certificaat: Path) -> None:
    with _tls(certificaat) as url:
        vertrouwd = Lijn("proef", url, limiet=2, beveiliging=Beveiliging(certificaat))
        assert vertrouwd.post("/x", {}).status == 200
        onbekend = Lijn("proef", url, limiet=2)
        with pytest.raises(Lijnfout) as fout:
            onbekend.post("/x", {})
        assert fout.value.storing is Storing.GEEN_VERBINDING


def test_a_certificate_for_another_name_is_refused(certificaat: Path) -> None:
    with _tls(certificaat) as url:
        anders = url.replace("localhost", "127.0.0.1")
        lijn = Lijn("proef", anders, limiet=2, beveiliging=Beveiliging(certificaat))
        with pytest.raises(Lijnfout):
            lijn.post("/x", {})
