"""A rung of the ladder is mailed once, and says nothing but that something waits."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail

from samenloop.access.models import Gebruiker
from samenloop.core.models import Gebeurtenis
from samenloop.regie.termijnen import jobs, lopen, mailen, opschalen
from samenloop.regie.termijnen.models import Escalatie
from tests.access.accounts import GEMEENTE
from tests.regie.termijnen.maken import DINSDAG, Opstelling, noon, setting


@pytest.fixture
def op(db: None) -> Iterator[Opstelling]:
    with time_machine.travel(DINSDAG, tick=False):
        gemaakt = setting()
        for gebruiker in Gebruiker.objects.all():
            gebruiker.email = f"{gebruiker.username}@gemeente.example"
            gebruiker.save()
        yield gemaakt


def walk_on(dag: str) -> None:
    """Walk on a day, and let the background tell what that brought."""
    with time_machine.travel(noon(dag), tick=False):
        opschalen.walk(GEMEENTE)
        for gebeurtenis in Gebeurtenis.objects.filter(soort=opschalen.OPGESCHAALD):
            jobs.mail_rung(gebeurtenis)


def receivers() -> list[str]:
    """To whom was sent, in order."""
    return [aan for bericht in mail.outbox for aan in bericht.to]


def test_each_rung_is_mailed_once_to_who_it_names(op: Opstelling) -> None:
    termijn = op.start()
    laatste = termijn.uiterlijk

    walk_on(str(laatste))
    eerst = receivers()
    walk_on(str(laatste))

    assert eerst
    assert receivers() == eerst
    wie = set(
        Gebruiker.objects.filter(
            pk__in={a for e in Escalatie.objects.all() for a in e.accounts}
        ).values_list("email", flat=True)
    )
    assert set(eerst) == wie
    assert not Escalatie.objects.filter(bericht__isnull=True).exists()


def test_the_mail_says_nothing_of_whom_or_what(op: Opstelling) -> None:
    termijn = op.start()

    walk_on(str(termijn.uiterlijk))

    for bericht in mail.outbox:
        alles = f"{bericht.subject} {bericht.body}"
        for geheim in ("Postma", op.casus.nummer, str(termijn.pk), "http", "Wmo"):
            assert geheim not in alles


def test_nothing_is_sent_for_what_was_met_meanwhile_or_to_who_has_no_address(
    op: Opstelling,
) -> None:
    termijn = op.start()
    with time_machine.travel(noon(str(termijn.uiterlijk)), tick=False):
        opschalen.walk(GEMEENTE)
        lopen.stop(termijn, termijn.uiterlijk, op.door)
        assert mailen.tell(termijn.pk) == 0
    assert mail.outbox == []
    Gebruiker.objects.update(email="")
    ander = op.start("WGS-VROEGAANBOD")

    walk_on(str(ander.uiterlijk))

    assert mail.outbox == []
    assert not Escalatie.objects.filter(bericht__isnull=True).exists()
