"""A sample of the fuzzer for messages; the million is run by hand (see `berichten`)."""

import time

import pytest

from samenloop.berichten.standaard import SOORTEN, SchemaFout, lees
from tests.fuzz.berichten import ronde


@pytest.mark.parametrize("zaad", [20261122, 20261123, 20261124])
def test_damaged_message_always_has_an_outcome(zaad: int) -> None:
    uitkomsten = ronde(zaad)
    # All kinds of outcome have to come by, or nothing was tried.
    assert uitkomsten["onleesbaar"] > 100
    assert uitkomsten["afgekeurd"] > 100
    assert uitkomsten["goedgekeurd"] > 5


RUIMTE = SOORTEN["WMO301"].naamruimte.encode()
KOP = b'<a:Bericht xmlns:a="' + RUIMTE + b'">'
MB = 1024 * 1024


@pytest.mark.parametrize(
    "data",
    [
        KOP + b"<a>" * (4 * MB),
        KOP + b"<a/>" * (4 * MB),
        KOP + b"<a:Header>" + b"x" * (20 * MB),
        KOP + b"<!--" + b"-" * (20 * MB),
        KOP + b"<a:Header " + b" ".join(b"a%d=''" % n for n in range(500_000)) + b"/>",
        KOP + b" xmlns:b=''" * MB,
        b" " * (20 * MB),
        b"<?xml version='1.0'" + b" " * (20 * MB) + b"?>" + KOP,
        b"<!-- -->" * (2 * MB) + KOP,
        KOP + b"&#65;" * (4 * MB),
        KOP + b"<a:" + b"n" * (20 * MB) + b"/>",
    ],
    ids=lambda data: repr(data[60:90]),
)
def test_large_nonsense_is_refused_soon(data: bytes) -> None:
    begin = time.process_time()
    with pytest.raises(SchemaFout):
        lees(data)
    assert time.process_time() - begin < 15
