"""What this room adds to the time line: contacts, reports, notes and documents."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.plannen.dossier import contacten, notities
from samenloop.plannen.dossier.models import Documentversie, Gesprekversie, Uitreiking
from samenloop.plannen.dossier.tijdlijn import Gebeurd, Soort, most, register
from samenloop.plannen.models import Deel, Dossier

_LANGSTE = 160  # characters of a text in the time line


def _short(tekst: str) -> str:
    return Truncator(tekst).chars(_LANGSTE)


def contacts(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Contacts as they stand now."""
    for contact in contacten.journal(dossier)[: most()]:
        yield Gebeurd(
            op=contact.gebeurd_op,
            soort=Soort.CONTACT,
            naam=str(contact.get_wijze_display()),
            tekst=f"{contacten.with_whom(contact)}: {_short(contact.onderwerp)}",
            deel=Deel.JOURNAAL,
            adres=reverse("contact", args=[contact.pk]),
            personen=(contact.persoon_id,) if contact.persoon_id else (),
        )


def conversations(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Reports that were made, and that were given to the family."""
    for versie in (
        Gesprekversie.objects.filter(gesprek__dossier=dossier)
        .defer("inhoud")
        .order_by("-op")[: most()]
    ):
        yield Gebeurd(
            op=versie.op,
            soort=Soort.GESPREK,
            tekst=_("Report of the conversation made")
            if versie.nummer == 1
            else _("Report of the conversation added to, version %(n)s")
            % {"n": versie.nummer},
            deel=Deel.GESPREKKEN,
            gewicht="besluit" if versie.nummer == 1 else "feit",
            adres=reverse("gesprek-verslag", args=[versie.gesprek_id, versie.nummer]),
        )
    for uitreiking in (
        Uitreiking.objects.filter(versie__gesprek__dossier=dossier)
        .select_related("versie")
        .defer("versie__inhoud")
        .order_by("-op")[: most()]
    ):
        yield Gebeurd(
            op=uitreiking.op,
            soort=Soort.GESPREK,
            tekst=_("Report given to the family (%(hoe)s)")
            % {"hoe": uitreiking.get_wijze_display()},
            deel=Deel.GESPREKKEN,
            adres=reverse(
                "gesprek-verslag",
                args=[uitreiking.versie.gesprek_id, uitreiking.versie.nummer],
            ),
            personen=(uitreiking.persoon_id,) if uitreiking.persoon_id else (),
        )


def notes(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Notes that this actor may read."""
    for notitie in notities.visible(actor, dossier)[: most()]:
        yield Gebeurd(
            op=notitie.op,
            soort=Soort.NOTITIE,
            tekst=f"{_short(notitie.tekst)} ({notitie.get_bereik_display()})",
            deel=Deel.NOTITIES,
            adres=f"{reverse('notities', args=[dossier.pk])}#{notitie.pk}",
        )


def documents(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Documents that were added, and their next versions."""
    for versie in (
        Documentversie.objects.filter(document__dossier=dossier)
        .select_related("document")
        .order_by("-op")[: most()]
    ):
        titel = versie.document.titel
        yield Gebeurd(
            op=versie.op,
            soort=Soort.DOCUMENT,
            tekst=titel
            if versie.nummer == 1
            else _("%(titel)s, version %(n)s") % {"titel": titel, "n": versie.nummer},
            deel=Deel.DOCUMENTEN,
            adres=f"{reverse('documenten', args=[dossier.pk])}#{versie.document_id}",
        )


def register_own() -> None:
    """Let this room's own sources be part of the time line."""
    for bron in (contacts, conversations, notes, documents):
        register(bron)
