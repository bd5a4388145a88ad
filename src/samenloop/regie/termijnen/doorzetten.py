"""Pushing through: when work is stuck over organisations, somebody decides.

What was decided, why and toward which organisation is written down once and stands on
the time line; the decision itself is told by the people themselves.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Organisatie
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen
from samenloop.plannen import toegang
from samenloop.regie.models import Casus
from samenloop.regie.termijnen.fouten import DagKanNiet
from samenloop.regie.termijnen.models import Doorzetting, Termijn

DOORGEZET = "casus-doorgezet"


@transaction.atomic
def push_through(
    casus: Casus,
    *,
    organisatie: UUID,
    besluit: str,
    reden: str,
    door: Actor,
    termijn: Termijn | None = None,
) -> Doorzetting:
    """Record that somebody decided over an organisation, so that work goes on.

    Args:
        casus: in which case.
        organisatie: toward whom.
        besluit: what it has to do.
        reden: why asking was not enough.
        door: who decides; only a role that may push through.
        termijn: the term that was stuck, if it was about one.

    Raises:
        GeenToegang: not for this role, or another municipality.
        DagKanNiet: the term is of another case.
    """
    if casus.gemeente_id != door.gemeente or not besluiten.may(
        door, Handeling.DOORZETTEN
    ):
        raise GeenToegang(besluiten.reason(door, (Handeling.DOORZETTEN,)))
    if termijn is not None and termijn.casus_id != casus.pk:
        raise DagKanNiet(_("This term belongs to another case."))
    gekozen = Organisatie.objects.get(
        pk=organisatie, gemeenten__contains=[door.gemeente]
    )
    doorzetting = Doorzetting.objects.create(
        gemeente_id=casus.gemeente_id,
        casus=casus,
        termijn=termijn,
        organisatie=gekozen,
        besluit=besluit.strip(),
        reden=reden.strip(),
        door=door.account_id,
    )
    logboek.record(
        door,
        Handeling.DOORZETTEN,
        personen=toegang.persons(casus.dossier) if casus.dossier else [],
        onderwerp=f"casus:{casus.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
    gebeurtenissen.record(
        DOORGEZET, onderwerp=doorzetting.pk, gemeente=casus.gemeente_id or ""
    )
    return doorzetting
