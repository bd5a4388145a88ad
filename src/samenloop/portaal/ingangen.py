"""Giving somebody of a family their own entrance, taking it back, and who comes in.

Who takes part as a person or by name can be invited: by a link, and a code told apart.
With both they make an account of their own, once; from then on they come in with that.
What the account opens is asked anew at each page: participations that run now. When
none does, the account is nobody (decision 029).
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, linkcode, logboek, tweede_stap
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Betrokkenheid, Handeling
from samenloop.core import gemeentegrens, klok
from samenloop.plannen import namen, rechten, toegang
from samenloop.plannen.models import (
    LEIDEND,
    Deel,
    Deelname,
    Dossier,
)
from samenloop.plannen.rechten import Recht, Regime
from samenloop.portaal.fouten import (
    GeenIngang,
    InlognaamBezet,
    LinkDicht,
    VerkeerdeCode,
)
from samenloop.portaal.models import Ingang

GELDIG = timedelta(days=14)
# What an account of a citizen is called; who it is stands with the entrance.
NAAM = "Inwoner"


def require_invitable(deelname: Deelname) -> None:
    """Refuse who cannot have an entrance of their own.

    Raises:
        GeenIngang: an account or organisation, somebody who takes part no longer, or a
            child whose rights others exercise.
    """
    if deelname.persoon is None and not deelname.naam:
        raise GeenIngang(_("A worker or an organisation signs in with an account."))
    if not toegang.running().filter(pk=deelname.pk).exists():
        raise GeenIngang(_("This participation has ended, or nothing of it is open."))
    if (
        deelname.persoon is not None
        and not rechten.who(
            Recht.INZAGE, Regime.WMO, deelname.persoon, klok.today()
        ).zelf
    ):
        raise GeenIngang(
            _("Under twelve, who has gezag reads for the child; invite them instead.")
        )


def require_inviter(actor: Actor, dossier: Dossier) -> None:
    """Refuse who may not give entrances to this dossier.

    Who directs, who keeps the list of who takes part, and where the family directs the
    worker who helps. Only who takes part: emergency access opens a dossier for hours,
    and an entrance would outlive it.

    Raises:
        GeenToegang: with a sentence that says who can.
    """
    if actor.soort is ActorSoort.MEDEWERKER and dossier.gemeente_id == actor.gemeente:
        mijn = toegang.of_actor(actor).filter(dossier=dossier)
        toegewezen = besluiten.depth(
            actor, Handeling.TOEGANG_GEVEN, Betrokkenheid.TOEGEWEZEN
        )
        if toegewezen is not None and any(
            Deel.TOEGANG in toegang.open_parts(each) for each in mijn
        ):
            return
        geleid = toegang.running().filter(
            dossier=dossier, rol__in=LEIDEND, account__isnull=False
        )
        if mijn.filter(account__isnull=False).exists() and not geleid.exists():
            return
    raise GeenToegang(
        _("Only who directs this dossier, or keeps its list, gives an entrance.")
    )


def of(deelname: Deelname) -> Ingang | None:
    """Return the entrance of whoever takes part by this, if there is one."""
    return Ingang.objects.filter(
        dossier=deelname.dossier_id, persoon=deelname.persoon_id, naam=deelname.naam
    ).first()


@transaction.atomic
def invite(deelname: Deelname, *, door: Actor) -> linkcode.Paar:
    """Make a new link and code for who takes part; earlier ones stop.

    Also for somebody who lost their password: with the new link they choose another.

    Raises:
        GeenToegang: the actor may not.
        GeenIngang: this one cannot have an entrance.
    """
    require_inviter(door, deelname.dossier)
    require_invitable(deelname)
    paar, nu = linkcode.make(), klok.now()
    ingang, _nieuw = Ingang.objects.update_or_create(
        dossier=deelname.dossier,
        persoon=deelname.persoon,
        naam=deelname.naam,
        defaults={
            **paar.bewaard,
            "uitgenodigd_op": nu,
            "uitgenodigd_door": door.account_id,
            "geldig_tot": nu + GELDIG,
            "ingetrokken_op": None,
            "ingetrokken_door": None,
        },
    )
    _record(door, ingang, Handeling.TOEGANG_GEVEN)
    return paar


@transaction.atomic
def withdraw(ingang: Ingang, *, door: Actor) -> None:
    """Close an entrance at once: the link, the account, and a session that runs.

    Raises:
        GeenToegang: the actor may not.
    """
    require_inviter(door, ingang.dossier)
    _close(ingang, door)


@transaction.atomic
def close_ended(deelname: Deelname, *, door: Actor) -> None:
    """Close the entrance of a name whose last participation ended.

    A person on record keeps theirs: a later participation is of the same person. Of a
    name nobody knows that.
    """
    ingang = of(deelname) if deelname.naam else None
    if ingang is None or ingang.ingetrokken_op is not None:
        return
    blijft = Deelname.objects.filter(ingang.wie, dossier=ingang.dossier_id).exclude(
        tot__lte=klok.now()
    )
    if not blijft.exists():
        _close(ingang, door)


def _close(ingang: Ingang, door: Actor) -> None:
    if ingang.gebruiker is not None:
        ingang.gebruiker.delete()
    Ingang.objects.filter(pk=ingang.pk).update(
        sleutel="",
        code="",
        gebruiker=None,
        ingetrokken_op=klok.now(),
        ingetrokken_door=door.account_id,
    )
    _record(door, ingang, Handeling.TOEGANG_GEVEN)


def find(sleutel: str) -> Ingang:
    """Return whose link this is, while it opens something.

    Raises:
        LinkDicht: unknown, used, withdrawn, too old, tried too often, or whoever it
            was for takes part no longer.
    """
    return still_open(linkcode.digest(sleutel))


def still_open(afdruk: str) -> Ingang:
    """Return the invitation with this digest, while it holds.

    Raises:
        LinkDicht: it does not (any more).
    """
    # Before one knows who knocks there is no municipality to stay within.
    with gemeentegrens.everywhere("link of an invitation"):
        ingang = (
            Ingang.objects.select_related("dossier", "persoon", "gebruiker")
            .filter(sleutel=afdruk, ingetrokken_op=None, geldig_tot__gt=klok.now())
            .exclude(sleutel="")
            .first()
        )
        if (
            ingang is None
            or ingang.mispogingen >= linkcode.POGINGEN
            or not participations(ingang)
        ):
            raise LinkDicht()
    return ingang


def knock(ingang: Ingang, code: str) -> None:
    """Try the code that was told; a wrong one is in the log.

    Raises:
        VerkeerdeCode: not the code; it counts.
        LinkDicht: it was tried too often.
    """
    with gemeentegrens.within(ingang.dossier.gemeente_id):
        goed = linkcode.attempt(Ingang.objects.filter(pk=ingang.pk), code)
        if not goed:
            _record(
                _actor(ingang, frozenset()),
                ingang,
                Handeling.MIJN_PAGINAS,
                logboek.Wijze.GEWEIGERD,
            )
    if goed is None:
        raise LinkDicht()
    if not goed:
        raise VerkeerdeCode()


def take_into_use(ingang: Ingang, inlognaam: str, wachtwoord: str) -> Gebruiker:
    """Make the account somebody comes in with from now on; the invitation is used up.

    Who had one chooses a new password, and sets up the second step anew.

    Raises:
        InlognaamBezet: another entrance has this name.
        LinkDicht: the invitation was used or withdrawn meanwhile.
    """
    naam = username(inlognaam)
    with gemeentegrens.within(ingang.dossier.gemeente_id), transaction.atomic():
        vast = (
            Ingang.objects.select_for_update(of=("self",))
            .filter(pk=ingang.pk, sleutel=ingang.sleutel)
            .exclude(sleutel="")
            .first()
        )
        if vast is None:
            raise LinkDicht()
        velden: dict[str, Any] = {
            "username": naam,
            "password": make_password(wachtwoord),
        }
        try:
            with transaction.atomic():
                if vast.gebruiker is None:
                    gebruiker = Gebruiker.objects.create(
                        naam=NAAM, burger=True, **velden
                    )
                else:
                    gebruiker = vast.gebruiker
                    Gebruiker.objects.filter(pk=gebruiker.pk).update(**velden)
                    gebruiker.refresh_from_db()
        except IntegrityError:
            raise InlognaamBezet() from None
        tweede_stap.reset(gebruiker)
        vast.gebruiker = gebruiker
        vast.sleutel = vast.code = ""
        vast.eerste_keer_op = vast.eerste_keer_op or klok.now()
        vast.save(update_fields=["gebruiker", "sleutel", "code", "eerste_keer_op"])
        _record(_actor(vast, frozenset()), vast, Handeling.MIJN_PAGINAS)
    return gebruiker


def username(inlognaam: str) -> str:
    """Return what is kept of the name somebody signs in with: a keyed hash.

    So the table of accounts names no citizen, and a name chosen here is never that of
    an account of the municipality.
    """
    kaal = " ".join(inlognaam.casefold().split())
    sleutel = settings.SECRET_KEY.encode()
    afdruk = hmac.new(sleutel, kaal.encode(), hashlib.sha256).hexdigest()
    return f"mijn:{afdruk[:48]}"


def participations(ingang: Ingang) -> list[Deelname]:
    """Return what an entrance opens now, who leads first; within the municipality."""
    lopend = list(toegang.running().filter(ingang.wie, dossier=ingang.dossier_id))
    lopend.sort(key=lambda each: (each.rol not in LEIDEND, each.van))
    return lopend


def actor_of(gebruiker: Gebruiker) -> Actor | None:
    """Return as whom an account acts now; None when nothing is open to it."""
    with gemeentegrens.everywhere("who comes in by an own entrance"):
        ingang = (
            Ingang.objects.select_related("dossier", "persoon")
            .filter(gebruiker=gebruiker, ingetrokken_op=None)
            .first()
        )
        if ingang is None:
            return None
        open_ = participations(ingang)
        if not open_:
            return None
        return _actor(ingang, frozenset(each.pk for each in open_))


def _actor(ingang: Ingang, deelnames: frozenset[Any]) -> Actor:
    naam = ingang.persoon.volledige_naam if ingang.persoon else ingang.naam
    return Actor(
        soort=ActorSoort.BURGER,
        id=str(ingang.pk),
        naam=naam,
        gemeente=ingang.dossier.gemeente_id,
        deelnames=deelnames,
    )


def came_in(ingang: Ingang, actor: Actor) -> None:
    """Write down that somebody signed in."""
    Ingang.objects.filter(pk=ingang.pk).update(laatst_op=klok.now())
    _record(actor, ingang, Handeling.MIJN_PAGINAS, logboek.Wijze.GEOPEND)


def reachable(deelnames: list[Deelname]) -> set[Any]:
    """Return which of these read messages by an entrance that is in use."""
    wie = [d for d in deelnames if d.persoon_id or d.naam]
    if not wie:
        return set()
    open_ = set(
        Ingang.objects.filter(
            dossier__in={d.dossier_id for d in wie},
            gebruiker__isnull=False,
            ingetrokken_op=None,
        ).values_list("dossier", "persoon", "naam")
    )
    return {d.pk for d in wie if (d.dossier_id, d.persoon_id, d.naam) in open_}


def name_of(deelname: Deelname) -> str:
    """Return who takes part, for the page on which they are invited."""
    return namen.of([deelname])[deelname.pk]


def _record(
    door: Actor,
    ingang: Ingang,
    handeling: Handeling,
    wijze: logboek.Wijze = logboek.Wijze.GEWIJZIGD,
) -> None:
    logboek.record(
        door,
        handeling,
        personen=[ingang.persoon_id] if ingang.persoon_id else [],
        onderwerp=f"ingang:{ingang.pk}",
        wijze=wijze,
        activiteit="regie-voeren",
    )
