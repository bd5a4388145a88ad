"""What follows from a case that was closed: its appointments are called off."""

from django.utils.translation import override

from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.regie.afsluiten import GESLOTEN
from samenloop.regie.afspraken import einde
from samenloop.regie.models import Casus


@handles(GESLOTEN)
def call_off(gebeurtenis: Gebeurtenis) -> None:
    """Call off what was to come, unless the case was taken up again meanwhile."""
    casus = Casus.objects.select_related("dossier").get(pk=gebeurtenis.onderwerp)
    if casus.dossier is not None and casus.dossier.gesloten_op is not None:
        with override("nl"):
            einde.call_off_all(casus)
