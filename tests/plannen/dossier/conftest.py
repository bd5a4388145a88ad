"""What the tests of this room start from: people around a dossier, and a folder."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from samenloop.access.rollen import Rol
from samenloop.plannen.models import Deel, Deelnemersrol
from tests.access.accounts import account, actor
from tests.plannen.dossier.maken import GESCHREVEN, Zaak
from tests.plannen.maken import dossier, takes_part


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
