"""One entrance: what is asked wrongly is refused clearly, figures need no database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from samenloop.config import cli, server
from samenloop.config.opties import port
from samenloop.core import postgres

PROJECT = Path(__file__).parents[2]


def samenloop(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samenloop.config", *words],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        cwd="/",
    )


def test_help_names_every_command_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help"]) == 0
    shown = capsys.readouterr().out
    for word in ("demo", "serve", "monitor", "bewaar", "uitgave", "levering"):
        assert f"  {word} " in shown


def test_unknown_command_is_refused_with_a_guess() -> None:
    asked = samenloop("uitgaven")
    assert asked.returncode == 2
    assert "onbekende opdracht 'uitgaven'" in asked.stderr
    assert "'uitgave'" in asked.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--verkeerd"], "onbekende optie of woord: --verkeerd"),
        (["serve", "--verkeerd"], "onbekende optie of woord: --verkeerd"),
        (["demo", "meer"], "onbekende optie of woord: meer"),
        (["serve", "--poort"], "hier hoort een waarde achter"),
        (["serve", "--poort", "70000"], "'70000' is geen poortnummer"),
        (["bewaar"], "er ontbreekt: bestand"),
        (["vernietig", "--lijst"], "optie --lijst: hier hoort een waarde achter"),
        (["vernietig", "--herhaal=ja"], "hier hoort geen waarde achter: 'ja'"),
        (["vernietig", "GM1651"], "onbekende optie of woord: GM1651"),
        (["log"], "er ontbreekt: DAAD"),
        (["log", "wissen"], "onbekende keuze: 'wissen'"),
        (["bronnen", "--poort", "tachtig"], "dit is geen goede waarde: 'tachtig'"),
        (["migrate", "--verkeerd"], "onbekende optie of woord: --verkeerd"),
    ],
)
def test_what_is_asked_wrongly_ends_with_status_2(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_wrong_option_of_each_command_of_ours_ends_in_dutch(
    capsys: pytest.CaptureFixture[str],
) -> None:
    eigen = [
        naam
        for naam, kamer in get_commands().items()
        if isinstance(kamer, str) and kamer.startswith("samenloop.")
    ]
    assert len(eigen) >= 8
    for naam in eigen:
        with pytest.raises(SystemExit) as ended:
            cli.main([naam.replace("_", "-"), "--verkeerd"])
        assert ended.value.code == 2, naam
        regels = capsys.readouterr().err.splitlines()
        assert len(regels) == 2, naam
        assert regels[0].startswith("samenloop: "), naam
        assert regels[1].startswith(f"Hulp: samenloop {naam.replace('_', '-')}"), naam
        assert "usage" not in regels[0]
        assert "required" not in regels[0]


def test_wrong_option_given_by_a_program_is_still_an_error_it_can_catch() -> None:
    with pytest.raises(CommandError):
        call_command("vernietig", "--verkeerd")


@pytest.mark.parametrize("text", ["0", "65536", "-1", "tachtig", ""])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(Exception, match="geen poortnummer"):
        port(text)
    assert port("65535") == 65535


def test_monitor_imports_no_django_and_touches_no_state(tmp_path: Path) -> None:
    script = (
        "import sys; from samenloop.config import cli\n"
        "try:\n    cli.main(['monitor', '--help'])\n"
        "except SystemExit:\n    pass\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in"
        " ('django', 'psycopg')]"
    )
    state = tmp_path / "toestand"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "SAMENLOOP_DATA": str(state)},
    )
    assert done.returncode == 0, done.stderr
    assert not state.exists()


def test_database_that_is_not_there_is_one_sentence_and_status_1() -> None:
    asked = samenloop("serve", DATABASE_URL="postgresql://rol:geheim@127.0.0.1:9/naam")
    assert asked.returncode == 1
    assert asked.stderr.startswith("samenloop: De database naam op 127.0.0.1:9")
    assert "Traceback" not in asked.stderr
    assert "geheim" not in asked.stderr


def test_port_that_is_taken_is_named_or_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind((server.HOST, 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(server.PoortBezet, match=f"Poort {number} is bezet"):
            server.choose_port(number)
    assert server.choose_port(number) == number
    assert server.choose_port(None) >= server.FIRST_PORT


def _fetch(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_serve_answers_and_ends_without_leaving_processes(
    server: postgres.Endpoint, how: signal.Signals
) -> None:
    """Killed, too: its worker sees that nobody minds it and gives up the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "samenloop.config", "serve", "--poort", str(number)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if f"http://127.0.0.1:{number}/" in line:
            break
    # Nobody signed in: sent to the sign-in page, or shown it.
    assert _fetch(f"http://127.0.0.1:{number}/") == 200
    process.send_signal(how)
    said, _ = process.communicate(timeout=90)  # on a busy machine too
    if how == signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
    else:
        assert process.returncode == 0
        assert said == "Samenloop is gestopt.\n"
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)):
                break
        time.sleep(0.1)
    else:
        pytest.fail("the port is still served")
