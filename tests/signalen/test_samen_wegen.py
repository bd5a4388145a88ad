"""Signals that are weighed together come out as if each had been weighed alone."""

from uuid import UUID

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from samenloop.core import gebeurtenissen
from samenloop.signalen import weging_door_regels
from samenloop.signalen.models import MeldingSignaal, Regelweging, Signaal
from samenloop.signalen.regels.in_werking import Regelset
from samenloop.signalen.regels.motor import Regelkern
from tests.access.accounts import GEMEENTE
from tests.signalen.maken import gezin, persoon, signaal

pytestmark = pytest.mark.django_db

# A first arrear weighs little; a second in the family brings the two together.
REGELS = Regelset(
    (
        Regelkern(
            UUID(int=1), 1, "Achterstand", 'signaal.leefgebied == "financien"', 20
        ),
        Regelkern(
            UUID(int=2), 1, "Tweede", 'gezin.signalen("financien", 90) >= 1', 25,
            "tweede", koppelt=True,
        ),
    ),
    drempel=30,
)  # fmt: skip


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """These rules are in force."""
    monkeypatch.setattr(
        weging_door_regels.in_werking, "in_force", lambda *_, **__: REGELS
    )


def _outcome(per_keer: int, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What becomes of the same signals, so many weighed at a time."""
    monkeypatch.setattr(gebeurtenissen, "_PER_KEER", per_keer)
    with transaction.atomic():
        uit: list[object] = []
        moeder, kind, ander = persoon("Postma"), persoon("Dijkema"), persoon("Bos")
        gezin((moeder, "ouder"), (kind, "kind"))
        signalen = [
            signaal(wie, soort=soort)
            for wie, soort in (
                (moeder, "huurachterstand"),
                (ander, "huurachterstand"),
                (kind, "huurachterstand"),
                (moeder, "huiselijk-geweld"),
                (moeder, "huurachterstand"),
                (ander, "opvoedvraag"),
            )
        ]
        gebeurtenissen.handle_pending()
        samen: dict[UUID, int] = {}
        for each in signalen:
            each.refresh_from_db()
            koppeling = MeldingSignaal.objects.filter(signaal=each).first()
            melding = koppeling.melding if koppeling else None
            wegingen = Regelweging.objects.filter(signaal=each)
            uit.append(
                (
                    each.status,
                    each.gewicht,
                    melding and samen.setdefault(melding.pk, len(samen)),
                    melding and (melding.gewicht, melding.veiligheid),
                    [(w.gewicht, w.uitkomst, len(w.treffers)) for w in wegingen],
                )
            )
        transaction.set_rollback(True)
    return uit


def test_together_comes_out_as_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    alleen = _outcome(1, monkeypatch)
    assert _outcome(50, monkeypatch) == alleen
    # And it is no empty case: some came together, some stayed loose.
    groepen = [groep for _, _, groep, _, _ in alleen]  # type: ignore[misc]
    assert None in groepen
    assert len(groepen) > len(set(groepen))


def test_more_signals_take_no_more_statements() -> None:
    def taken(aantal: int) -> int:
        for _ in range(aantal):
            signaal(soort="opvoedvraag")
        with CaptureQueriesContext(
            gebeurtenissen.transaction.get_connection()
        ) as gevraagd:
            assert gebeurtenissen.handle_some() == aantal
        assert not Signaal.objects.filter(gemeente=GEMEENTE, gewicht=None).exists()
        return len(gevraagd)

    assert taken(2) == taken(30)
