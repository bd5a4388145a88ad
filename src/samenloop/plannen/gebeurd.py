"""What happened to who takes part, for the one time line of the dossier."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.plannen import deelnemers, namen, toegang
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.dossier.tijdlijn import Gebeurd, Soort
from samenloop.plannen.models import LEIDEND, Deel, Dossier


def register() -> None:
    """Add both sources to the time line."""
    tijdlijn.register(participations)
    tijdlijn.register(restrictions)


def participations(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Yield who was let in and who left; the rooms that assign directors tell those."""
    rijen = [rij for rij in deelnemers.everybody(dossier) if rij.rol not in LEIDEND]
    wie = namen.of(rijen)
    for rij in rijen:
        delen = ", ".join(str(Deel(deel).label) for deel in rij.delen) or "–"
        yield Gebeurd(
            rij.van,
            Soort.TOEGANG,
            _("%(wie)s takes part and sees: %(delen)s.")
            % {"wie": wie[rij.pk], "delen": delen},
            Deel.TOEGANG,
            "besluit",
        )
        if rij.tot is not None and rij.reden_einde:
            yield Gebeurd(
                rij.tot,
                Soort.TOEGANG,
                _("%(wie)s no longer takes part: %(reden)s.")
                % {"wie": wie[rij.pk], "reden": rij.reden_einde},
                Deel.TOEGANG,
                "besluit",
            )


def restrictions(actor: Actor, dossier: Dossier) -> Iterator[Gebeurd]:
    """Yield what was closed to whom, only for who directs: it is about safety."""
    rijen = deelnemers.restricted(dossier)
    if not rijen or not toegang.leads(actor, dossier):
        return
    wie = namen.of(rijen)
    for rij in rijen:
        yield Gebeurd(
            rij.van,
            Soort.TOEGANG,
            _("Parts were closed to %(wie)s because of %(grond)s.")
            % {"wie": wie[rij.pk], "grond": rij.get_grond_display()},
            Deel.TOEGANG,
            "gevaar",
        )
        if rij.beeindigd_op is not None:
            yield Gebeurd(
                rij.beeindigd_op,
                Soort.TOEGANG,
                _("The restriction of %(wie)s ended: %(reden)s.")
                % {"wie": wie[rij.pk], "reden": rij.reden_einde},
                Deel.TOEGANG,
                "besluit",
            )
