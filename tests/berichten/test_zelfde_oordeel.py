"""Our verdict on the first level is that of the official schemas."""

from pathlib import Path
from random import Random

import pytest
from lxml import etree

from samenloop.berichten.standaard import (
    SOORTEN,
    XSD,
    Fout,
    SchemaFout,
    Soort,
    lees,
    schrijf,
)
from samenloop.berichten.standaard.officieel import SchemaOntbreekt, keur_officieel
from samenloop.berichten.standaard.soorten import soort
from tests.berichten import bron
from tests.berichten.genereren import maak
from tests.berichten.muteren import verander

pytestmark = bron.nodig
SOORTLIJST = list(SOORTEN.values())
#: Mutated messages of each kind; some thousands in all.
AANTAL = 150


def fouten_van(data: bytes) -> list[Fout]:
    """What we have against a message on the first level."""
    try:
        lees(data)
    except SchemaFout as fout:
        return fout.fouten or pytest.fail("afgekeurd zonder reden")
    return []


def eis_uitleg(fouten: list[Fout]) -> None:
    """A refusal says where and by which rule, and makes no answer."""
    for each in fouten:
        assert each.niveau == 1
        assert each.retourcode == ""
        assert each.pad.startswith("/Bericht")
        assert each.regel == XSD or each.regel.startswith(("RS", "CS"))


@pytest.mark.parametrize("dit", SOORTLIJST, ids=lambda dit: dit.code)
def test_mutated_message_gets_the_verdict_of_the_official_schema(dit: Soort) -> None:
    rnd = Random(dit.code)
    goed = fout = 0
    for _ in range(AANTAL):
        data = verander(schrijf(maak(dit, rnd)), dit, rnd)
        officieel = bron.schema(dit).validate(etree.fromstring(data))
        fouten = fouten_van(data)
        assert (not fouten) == officieel, data.decode()
        eis_uitleg(fouten)
        goed, fout = goed + officieel, fout + (not officieel)
    # Both kinds have to be there, or the comparison says nothing.
    assert goed > AANTAL / 20
    assert fout > AANTAL / 3


@pytest.mark.parametrize("pad", bron.voorbeelden(), ids=lambda pad: pad.stem)
def test_published_example_is_refused_only_where_it_is_wrong(pad: Path) -> None:
    data = pad.read_bytes()
    if pad.stem in {"JW315", "JW318"}:
        with pytest.raises(SchemaFout):
            lees(data)
        return
    bericht = lees(data, bron.STANDAARDEN)
    assert bericht.soort.code == pad.stem
    assert lees(schrijf(bericht, bron.STANDAARDEN)) == bericht


def test_impossible_date_of_an_example_is_named() -> None:
    with pytest.raises(SchemaFout) as fout:
        lees((bron.VOORBEELDEN / "JW315.xml").read_bytes())
    product = "/Bericht/Client/AangevraagdeProducten/AangevraagdProduct"
    assert [each.pad for each in fout.value.fouten] == [
        f"{product}[1]/ToewijzingEinddatum",
        f"{product}[2]/ToewijzingEinddatum",
    ]


def test_misplaced_element_of_an_example_is_one_fault() -> None:
    with pytest.raises(SchemaFout) as fout:
        lees((bron.VOORBEELDEN / "JW318.xml").read_bytes())
    assert [each.pad for each in fout.value.fouten] == [
        "/Bericht/Client/Verzoek/RetourCode"
    ]


def test_installation_holds_to_its_own_schemas_too() -> None:
    data = (bron.VOORBEELDEN / "JW323.xml").read_bytes()
    assert lees(data, bron.STANDAARDEN) == lees(data)
    anders = data.replace(b"<jw323:Bsn>9", b"<jw323:Bsn>x", 1)
    with pytest.raises(SchemaFout):
        keur_officieel(anders, soort("jeugdwet", 323), bron.STANDAARDEN)


def test_folder_without_the_schema_is_an_error_of_the_installation(
    tmp_path: Path,
) -> None:
    data = (bron.VOORBEELDEN / "JW305.xml").read_bytes()
    with pytest.raises(SchemaOntbreekt):
        lees(data, tmp_path)
