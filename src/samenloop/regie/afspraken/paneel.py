"""The appointments on the page of a case, and on its time line."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.dossier.tijdlijn import MEESTE, Gebeurd, Soort
from samenloop.plannen.models import Deel, Dossier
from samenloop.regie.afspraken import bronnen, maken
from samenloop.regie.afspraken.models import Casusafspraak, Verzetting
from samenloop.regie.models import Casus

_EERSTE = 5


def content(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return what is planned; None for whom the contact journal is closed."""
    dossier = casus.dossier
    lezen = Handeling.DOSSIER_LEZEN
    if (
        dossier is None
        or toegang.depth(actor, dossier, lezen, Deel.JOURNAAL) is not Diepte.WAT
    ):
        return None
    vandaag = localtime(klok.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "afspraken": list(
            Casusafspraak.objects.filter(
                casus=casus, staat=Casusafspraak.Staat.GEPLAND, begint_op__gte=vandaag
            )[:_EERSTE]
        ),
        "mag_plannen": maken.may_plan(actor, casus),
    }


def events(_actor: Actor, dossier: Dossier) -> Iterable[Gebeurd]:
    """Yield the appointments that were, and those moved or called off."""
    nu = klok.now()
    for each in Casusafspraak.objects.filter(casus__dossier=dossier).order_by(
        "-begint_op"
    )[:MEESTE]:
        adres = reverse("afspraak", args=[each.pk])
        if each.afgezegd_op is not None:
            yield Gebeurd(
                op=each.afgezegd_op,
                soort=Soort.CONTACT,
                naam=_("appointment"),
                tekst=_("%(wat)s of %(dag)s called off: %(reden)s")
                % {
                    "wat": bronnen.kind(each),
                    "dag": _day(each.begint_op),
                    "reden": each.reden,
                },
                deel=Deel.JOURNAAL,
                adres=adres,
            )
        elif each.begint_op <= nu:
            yield Gebeurd(
                op=each.begint_op,
                soort=Soort.CONTACT,
                naam=_("appointment"),
                tekst=": ".join(
                    deel for deel in (bronnen.kind(each), each.waarover) if deel
                ),
                deel=Deel.JOURNAAL,
                adres=adres,
            )
    for verzet in (
        Verzetting.objects.filter(afspraak__casus__dossier=dossier)
        .select_related("afspraak")
        .order_by("-op")[:MEESTE]
    ):
        yield Gebeurd(
            op=verzet.op,
            soort=Soort.CONTACT,
            naam=_("appointment"),
            tekst=_("%(wat)s of %(dag)s moved: %(reden)s")
            % {
                "wat": bronnen.kind(verzet.afspraak),
                "dag": _day(verzet.was_op),
                "reden": verzet.reden,
            },
            deel=Deel.JOURNAAL,
            adres=reverse("afspraak", args=[verzet.afspraak_id]),
        )


def _day(op: Any) -> str:
    return date_format(localtime(op), "j F H.i")
