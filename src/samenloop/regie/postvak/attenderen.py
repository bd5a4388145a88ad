"""Telling people by e-mail that something waits, and nothing else.

Whose family it is, who wrote and about what stay inside: an e-mail passes through
hands that have nothing to do with it. Who was told and did not look yet is not told
again the same day.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from samenloop.access.models import Aanstelling, Gebruiker
from samenloop.core import klok
from samenloop.regie.postvak.models import Attendering, Bericht

RUST = timedelta(hours=20)


def readers(bericht: Bericht) -> list[Gebruiker]:
    """Return the accounts for whom a message waits unread."""
    ontvangsten = bericht.ontvangsten.filter(gelezen_op__isnull=True).values_list(
        "deelname__account", "deelname__organisatie"
    )
    accounts = {account for account, _organisatie in ontvangsten if account}
    organisaties = {each for _account, each in ontvangsten if each}
    bij_organisatie = Aanstelling.objects.filter(
        gemeente=bericht.draad.dossier.gemeente_id,
        geldig__contains=klok.today(),
        gebruiker__organisatie__in=organisaties,
    ).values_list("gebruiker", flat=True)
    return list(
        Gebruiker.objects.filter(pk__in=accounts | set(bij_organisatie), is_active=True)
        .exclude(email="")
        .exclude(pk=bericht.account or 0)
        .order_by("pk")
    )


def tell(wie: Iterable[Gebruiker]) -> int:
    """Send each of them the same few words, at most once a day; how many were told."""
    nu = klok.now()
    verteld = 0
    for gebruiker in wie:
        vorige = Attendering.objects.filter(account=gebruiker.pk, op__gt=nu - RUST)
        if vorige.exists():
            continue
        with override("nl"):
            send_mail(
                _("There is something for you"),
                _(
                    "Something waits for you in Samenloop. Sign in the way you always "
                    "do to read it. This e-mail holds no link, so that you never have "
                    "to wonder whether it is real."
                ),
                None,
                [gebruiker.email],
            )
        Attendering.objects.update_or_create(account=gebruiker.pk, defaults={"op": nu})
        verteld += 1
    return verteld
