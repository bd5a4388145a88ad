"""What is destroyed of the traffic goes whole, however long its chain of answers."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from samenloop.access.bewaren.families import families, parts
from samenloop.berichten.verkeer.models import Ketenbericht
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality

pytestmark = pytest.mark.django_db
OP = maken.at("2026-06-09")
FAMILIE = "ketenbericht-wmo"


def _message(soort: str, richting: str, **velden: Any) -> Ketenbericht:
    rij = {
        "id": uuid4(),
        "gemeente": municipality(maken.GEMEENTE, "Groningen"),
        "richting": richting,
        "soort": soort,
        "staat": "verwerkt" if richting == "in" else "bevestigd",
        "vastgelegd_op": OP,
        "verzonden_op": OP if richting == "uit" else None,
        "vingerafdruk": "0" * 64,
        "omvang": 1,
        **velden,
    }
    return Ketenbericht.objects.create(**rij)


def _candidates() -> set[UUID]:
    gevonden = families()[FAMILIE].kandidaten(maken.GEMEENTE)
    return {each.dossier for each in gevonden}


def _family(*wortels: Ketenbericht) -> set[UUID]:
    (deel,) = [d for d in parts(families()[FAMILIE]) if d.tabel == "verkeer_bericht"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {deel.tabel} WHERE {deel.waar}",
            [[each.pk for each in wortels]],
        )
        return {rij[0] for rij in cursor.fetchall()}


def test_the_answer_to_an_answer_goes_along_and_no_neighbour() -> None:
    verzoek = _message("WMO315", "in")
    dubbel = _message("WMO315", "in", staat="dubbel", dubbel_van=verzoek)
    toewijzing = _message("WMO301", "uit", antwoord_op=verzoek)
    retour = _message("WMO302", "in", antwoord_op=toewijzing)
    buur = _message("WMO315", "in")
    assert _candidates() == {verzoek.pk, buur.pk}
    assert _family(verzoek) == {verzoek.pk, dubbel.pk, toewijzing.pk, retour.pk}


def test_what_was_sent_anew_goes_along_with_what_took_its_place() -> None:
    eerste = _message("WMO301", "uit", staat="vervangen")
    retour = _message("WMO302", "in", antwoord_op=eerste)
    tweede = _message("WMO301", "uit", vervangt=eerste)
    assert _candidates() == {tweede.pk}
    assert _family(tweede) == {eerste.pk, retour.pk, tweede.pk}
