"""When somebody was measured, for the one time line of the dossier."""

from collections.abc import Iterator
from datetime import datetime, time

from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.dossier.tijdlijn import Gebeurd, Soort
from samenloop.plannen.metingen import beeld, verloop
from samenloop.plannen.models import Deel, Dossier


def register() -> None:
    """Add the source to the time line."""
    tijdlijn.register(measurements)


def measurements(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Yield each measurement that stands, on the day it was done."""
    adres = beeld.address(dossier)
    for meting in reversed(verloop.of_dossier(dossier)):
        yield Gebeurd(
            datetime.combine(meting.op, time(12), klok.AMSTERDAM),
            Soort.METING,
            _("%(wie)s was measured with %(waarmee)s.")
            % {
                "wie": meting.persoon.volledige_naam,
                "waarmee": meting.instrument.naam,
            },
            Deel.METINGEN,
            adres=f"{adres}?persoon={meting.persoon_id}",
            personen=(meting.persoon_id,),
        )
