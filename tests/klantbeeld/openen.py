"""Signing in and weighing, as a test does it before it looks."""

import re
from uuid import UUID

from django.test import Client
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.klantbeeld.velden import LEEFGEBIEDEN

WAAROM = "Zonder dit beeld kan ik de melding niet wegen."
ALLES = list(LEEFGEBIEDEN)


def answers(doel: str, gebieden: list[str] | None = None) -> dict[str, object]:
    """What somebody fills in."""
    return {
        "doel": doel,
        "noodzaak": WAAROM,
        "proportionaliteit": WAAROM,
        "subsidiariteit": WAAROM,
        "leefgebieden": ALLES if gebieden is None else gebieden,
    }


def enter(
    client: Client,
    wie: Gebruiker,
    doel: str,
    context: str,
    id_: UUID,
    gebieden: list[str] | None = None,
) -> str:
    """Sign in, weigh, and return where the view opened."""
    client.force_login(wie)
    antwoord = client.post(
        reverse("klantbeeld-openen", args=[context, id_]), answers(doel, gebieden)
    )
    assert antwoord.status_code == 302, antwoord.content.decode()
    return str(antwoord["Location"])


def look(
    client: Client,
    wie: Gebruiker,
    doel: str,
    context: str,
    id_: UUID,
    gebieden: list[str] | None = None,
) -> str:
    """Enter and return the page."""
    antwoord = client.get(enter(client, wie, doel, context, id_, gebieden))
    assert antwoord.status_code == 200
    return str(antwoord.content.decode())


def card(pagina: str, code: str) -> str:
    """One domain of life on the page."""
    deel = re.search(
        rf'<section[^>]*aria-labelledby="l-{code}".*?</section>', pagina, re.S
    )
    assert deel is not None, code
    return deel[0]
