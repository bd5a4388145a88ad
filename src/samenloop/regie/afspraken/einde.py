"""A case that closes has no appointments to come: said before, called off after."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.core import klok
from samenloop.regie.afspraken.models import Casusafspraak
from samenloop.regie.models import Casus


def objection(casus: Casus) -> list[str]:
    """Return that there are appointments to come."""
    n = _to_come(casus).count()
    if not n:
        return []
    return [
        ngettext(
            "%(n)s appointment is planned; it is called off when you close.",
            "%(n)s appointments are planned; they are called off when you close.",
            n,
        )
        % {"n": n}
    ]


def call_off_all(casus: Casus) -> int:
    """Call off what was still to come when a case closed; how many."""
    return _to_come(casus).update(
        staat=Casusafspraak.Staat.AFGEZEGD,
        reden=_("The case was closed"),
        afgezegd_op=klok.now(),
    )


def _to_come(casus: Casus) -> QuerySet[Casusafspraak]:
    return Casusafspraak.objects.filter(
        casus=casus, staat=Casusafspraak.Staat.GEPLAND, begint_op__gt=klok.now()
    )
