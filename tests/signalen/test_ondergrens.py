"""Whatever happens, a signal about safety keeps its melding and stays in sight."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen
from samenloop.core.fouten import SamenloopFout
from samenloop.signalen import meldingen, wegen, zicht
from samenloop.signalen.models import Melding, MeldingSignaal, Signaal, Weging
from tests.signalen.maken import persoon, signaal, werker
from tests.signalen.test_wegen import besluit

pytestmark = pytest.mark.django_db

LEIDER = werker(Rol.TEAMLEIDER, account=9)
WEGER = werker(Rol.REGISSEUR, account=7)
_WEIGERT = (SamenloopFout, GeenToegang, DatabaseError, MeldingSignaal.DoesNotExist)


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _any_melding() -> Melding:
    return Melding.objects.order_by("nummer", "pk")[0]


# Everything somebody, a rule or a careless program might try.
DADEN: dict[str, Any] = {
    "assign": lambda s: meldingen.assign(_any_melding(), 7, actor=LEIDER),
    "give back": lambda s: meldingen.assign(_any_melding(), None, actor=LEIDER),
    "unlink": lambda s: meldingen.unlink(s, actor=WEGER),
    "close": lambda s: wegen.close_loose(s, "Weg ermee", actor=WEGER),
    "close untouched": lambda s: wegen.close_untouched(),
    "rules": lambda s: gebeurtenissen.handle_pending(),
    "link elsewhere": lambda s: meldingen.join(
        _any_melding(), s, gewicht=0, veiligheid=False
    ),
    "decide": lambda s: wegen.decide(
        _any_melding(), besluit("niets", reden="Opgelost"), actor=WEGER
    ),
    "take the mark": lambda s: Melding.objects.update(veiligheid=False),
    "take the risk": lambda s: Signaal.objects.update(veiligheidsrisico=False),
    "decide by hand": lambda s: _raw(
        "UPDATE signalen_melding SET status = 'besloten', besloten_op = now()"
    ),
    "drop the link": lambda s: MeldingSignaal.objects.all().delete(),
    "drop the melding": lambda s: Melding.objects.all().delete(),
    "drop the signal": lambda s: _raw("DELETE FROM signalen_signaal"),
    "move the link": lambda s: MeldingSignaal.objects.update(
        melding=meldingen.make(signaal(), gewicht=5)
    ),
}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(daden=st.lists(st.sampled_from(sorted(DADEN)), max_size=6))
def test_no_sequence_of_acts_hides_a_safety_signal(daden: list[str]) -> None:
    with transaction.atomic():
        _raw("SET CONSTRAINTS ALL DEFERRED")  # undoing may bring back the other
        veilig = signaal(persoon("Dijkema"), veiligheidsrisico=True)
        for daad in daden:
            try:
                with transaction.atomic():
                    DADEN[daad](veilig)
                    _raw("SET CONSTRAINTS ALL IMMEDIATE")
            except _WEIGERT:
                continue
            finally:
                _raw("SET CONSTRAINTS ALL DEFERRED")
        veilig = Signaal.objects.get(pk=veilig.pk)
        melding = Melding.objects.get(koppelingen__signaal=veilig)
        assert veilig.veiligheidsrisico
        assert melding.veiligheid
        assert zicht.meldingen(LEIDER).filter(pk=melding.pk).exists()
        gewogen = Weging.objects.filter(melding=melding).exists()
        assert (melding.status == Melding.Status.BESLOTEN) == gewogen
        eerste = (
            zicht.meldingen(LEIDER)
            .exclude(status=Melding.Status.BESLOTEN)
            .order_by("-veiligheid", "-gewicht")
            .first()
        )
        if not gewogen:
            assert eerste is not None
            assert eerste.veiligheid
        transaction.set_rollback(True)


def test_acts_that_are_allowed_do_succeed() -> None:
    """Otherwise the property would hold because nothing ever works."""
    veilig = signaal(persoon("Dijkema"), veiligheidsrisico=True)
    DADEN["assign"](veilig)
    DADEN["decide"](veilig)
    assert Weging.objects.count() == 1
