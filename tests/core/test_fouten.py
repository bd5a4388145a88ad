"""Errors speak Dutch and English, and never repeat what was typed."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

import samenloop
from samenloop.core import fouten

PO = Path(samenloop.__file__).parent / "locale" / "nl" / "LC_MESSAGES" / "django.po"
FOUTEN = [fouten.SamenloopFout, *fouten.SamenloopFout.__subclasses__()]


@pytest.mark.parametrize("fout", FOUTEN, ids=lambda fout: fout.__name__)
def test_every_error_has_a_dutch_sentence(fout: type[fouten.SamenloopFout]) -> None:
    with PO.open("rb") as bron:
        catalogus = read_po(bron, locale="nl")
    with translation.override("en"):
        engels = str(fout())
    bericht = catalogus.get(engels)
    assert bericht is not None
    assert bericht.string
    assert bericht.string != engels


def test_error_can_say_something_more_precise() -> None:
    assert str(fouten.SamenloopFout("Nee.")) == "Nee."
