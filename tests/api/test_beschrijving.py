"""The description of the API is public, whole, and as the national rules ask."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samenloop.config.api import api
from samenloop.core.statefolder import PROJECT
from tests.api.conftest import V1

REGELS = PROJECT.parent / "shared" / "apis" / "api-design-rules" / "linter.yaml"
# Put there by `./run test`; the tests themselves reach no network.
SPECTRAL = PROJECT / ".samenloop" / "linter" / "node_modules" / ".bin" / "spectral"


@pytest.fixture(scope="module")
def beschrijving() -> dict[str, Any]:
    """The description as a program gets it."""
    antwoord = Client().get(f"{V1}/openapi.json")
    assert antwoord.status_code == 200
    inhoud: dict[str, Any] = antwoord.json()
    return inhoud


def test_anyone_may_read_it_from_anywhere(client: Client) -> None:
    antwoord = client.get(f"{V1}/openapi.json")
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    assert antwoord["Content-Type"] == "application/json"
    assert antwoord["API-Version"] == antwoord.json()["info"]["version"]


def test_other_answers_are_not_for_other_sites(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(f"{V1}/soorten")


def test_security_headers_are_on_every_answer(client: Client) -> None:
    for pad in ("/openapi.json", "/soorten", "/bestaat-niet"):
        antwoord = client.get(V1 + pad)
        assert antwoord["X-Content-Type-Options"] == "nosniff"
        assert antwoord["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in antwoord["Content-Security-Policy"]
        assert antwoord["Cache-Control"] == "no-store"


def test_every_operation_says_who_may_and_what_it_does(
    beschrijving: dict[str, Any],
) -> None:
    operaties = {
        each.operation_id: each.view_func
        for router in api._get_bound_routers()
        for pad in router.path_operations.values()
        for each in pad.operations
    }
    beschreven = [
        operatie
        for methoden in beschrijving["paths"].values()
        for operatie in methoden.values()
    ]
    assert len(beschreven) == 13
    for operatie in beschreven:
        view = operaties[operatie["operationId"]]
        assert hasattr(view, "handelingen") or hasattr(view, "voor_iedereen")
        assert hasattr(view, "handelingen") == ("security" in operatie)
        assert operatie["summary"]
        assert operatie["description"]
        assert operatie["tags"][0] in {tag["name"] for tag in beschrijving["tags"]}


def test_no_address_holds_anything_of_a_person(beschrijving: dict[str, Any]) -> None:
    for pad, methoden in beschrijving["paths"].items():
        for operatie in methoden.values():
            namen = {each["name"] for each in operatie["parameters"]}
            assert namen <= {"id", "Gemeente"}, pad


def test_linter_of_the_national_rules_finds_no_error(
    beschrijving: dict[str, Any], tmp_path: Path
) -> None:
    if not REGELS.is_file():
        pytest.skip("the rule set of the API Design Rules is not beside the project")
    if not SPECTRAL.exists() or not shutil.which("node"):
        pytest.skip("the linter is not installed; `./run test` does that")
    bestand = tmp_path / "openapi.json"
    bestand.write_text(json.dumps(beschrijving), encoding="utf-8")
    klaar = subprocess.run(
        [
            *(str(SPECTRAL), "lint", str(bestand), "--ruleset", str(REGELS)),
            *("--format", "json", "--quiet", "--fail-severity", "warn"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "NO_UPDATE_NOTIFIER": "1"},
    )
    gevonden = json.loads(klaar.stdout or "[]")
    assert [(each["code"], each["path"]) for each in gevonden] == []
    assert klaar.returncode == 0, klaar.stderr
