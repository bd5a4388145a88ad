"""Errors speak Dutch and English, and never repeat what was typed."""

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils import translation

from samenloop.core import fouten
from samenloop.ui import taal

FOUTEN = [fouten.SamenloopFout, *fouten.SamenloopFout.__subclasses__()]


@pytest.mark.parametrize("fout", FOUTEN, ids=lambda fout: fout.__name__)
def test_every_error_has_a_dutch_sentence(fout: type[fouten.SamenloopFout]) -> None:
    with translation.override("en"):
        engels = str(fout.melding)
    vertaald = [bericht.string for bericht in _messages(engels)]
    assert vertaald
    assert engels not in vertaald
    assert all(vertaald)


def _messages(engels: str) -> list[Message]:
    """The text in each catalogue that has it."""
    gevonden = []
    for pad in taal.catalogs():
        with pad.open("rb") as bron:
            gevonden.append(read_po(bron, locale="nl").get(engels))
    return [bericht for bericht in gevonden if bericht is not None]


def test_error_can_say_something_more_precise() -> None:
    assert str(fouten.SamenloopFout("Nee.")) == "Nee."
