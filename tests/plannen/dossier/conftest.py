"""A dossier with who leads, who helps and who has nothing to do with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.plannen.models import Deel, Deelnemersrol, Dossier
from tests.access.accounts import account, actor
from tests.plannen.maken import dossier, takes_part


@dataclass(frozen=True, slots=True)
class Zaak:
    """A dossier with four people around it."""

    dossier: Dossier
    regisseur: Actor
    helper: Actor  # to whom all four written parts were opened
    dicht: Actor  # takes part, but nothing of this room was opened
    buiten: Actor  # of the same municipality, takes no part
    accounts: dict[str, Gebruiker]


GESCHREVEN = (Deel.JOURNAAL, Deel.GESPREKKEN, Deel.NOTITIES, Deel.DOCUMENTEN)


@pytest.fixture
def zaak(db: None) -> Zaak:
    """Bart leads, Wim helps, Dini sees only the plan, Bea takes no part."""
    van = dossier()
    wie = {
        naam: account(naam, rol=rol, naam=naam.title())
        for naam, rol in (
            ("bart", Rol.REGISSEUR),
            ("wim", Rol.CONSULENT),
            ("dini", Rol.CONSULENT),
            ("bea", Rol.CONSULENT),
        )
    }
    takes_part(van, wie["bart"])
    takes_part(van, wie["wim"], Deelnemersrol.HULPVERLENER, *GESCHREVEN)
    takes_part(van, wie["dini"], Deelnemersrol.HULPVERLENER, Deel.PLAN)
    return Zaak(
        van,
        *(
            actor(rol, account=wie[naam], naam=naam.title())
            for naam, rol in (
                ("bart", Rol.REGISSEUR),
                ("wim", Rol.CONSULENT),
                ("dini", Rol.CONSULENT),
                ("bea", Rol.CONSULENT),
            )
        ),
        wie,
    )


@pytest.fixture
def als(client: Client, zaak: Zaak) -> Any:
    """Sign in as one of the four."""

    def wie(naam: str) -> Client:
        client.force_login(zaak.accounts[naam])
        return client

    return wie


@pytest.fixture(autouse=True)
def opslag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents of its own, and no scanner."""
    plek = tmp_path / "documenten"
    monkeypatch.setitem(settings.DOCUMENTEN, "MAP", plek)
    monkeypatch.setitem(settings.DOCUMENTEN, "SCAN", "")
    return plek
