"""Asking for a dry run: it is put in the queue of the background work."""

from django.db import transaction

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.signalen.regels import jobs, versies
from samenloop.signalen.regels.models import Regelproef, Regelversie
from samenloop.signalen.regels.uitdrukking import parse
from samenloop.signalen.regels.versies import RegelFout, Stap, may_take


@transaction.atomic
def ask(actor: Actor, versie: Regelversie, jaar: int | None = None) -> Regelproef:
    """Queue a dry run over last year's signals; one at a time per version.

    Raises:
        GeenToegang: not with this role.
        RegelFout: the version cannot be tried now.
        UitdrukkingFout: the condition cannot be read.
    """
    besluiten.require(actor, Handeling.REGEL_SCHRIJVEN)
    nu = Regelversie.objects.select_for_update(of=("self",)).get(pk=versie.pk)
    if not may_take(Stap.PROEFDRAAIEN, nu, actor):
        raise RegelFout()
    parse(nu.uitdrukking)
    lopend = nu.proeven.filter(
        staat__in=[Regelproef.Staat.WACHT, Regelproef.Staat.LOOPT]
    ).first()
    if lopend is not None and lopend.vingerafdruk == nu.vingerafdruk:
        return lopend
    if lopend is not None:
        # It tries something that is no longer what stands there.
        nu.proeven.filter(pk=lopend.pk).update(stop_gevraagd=True)
    proef = Regelproef.objects.create(
        versie=nu,
        jaar=jaar or klok.today().year - 1,
        vingerafdruk=nu.vingerafdruk,
        gestart_door_id=versies.account_of(actor),
    )
    jobs.dry_run.defer(proef_id=str(proef.pk), gemeente=actor.gemeente)
    return proef
