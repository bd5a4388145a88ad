"""Weighing and deciding: a professional answers for looking further, and for what next.

Necessity, proportionality and subsidiarity each with a reason, then one decision. What
follows is written in the same transaction: the weighing, the end of the melding and its
signals, word to the reporters, and the event from which a case is opened.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Persoon
from samenloop.signalen import terugmelding, weegtermijnen, zicht
from samenloop.signalen.fouten import AlBesloten
from samenloop.signalen.models import (
    Melding,
    Signaal,
    SignaalBetrokkene,
    Weegtermijn,
    Weging,
    Wegingconcept,
)

BESLOTEN = "weging-besloten"
NIETS_GEVOLGD = "Niets gevolgd binnen de afgesproken tijd"
PORTIE = 1_000
KORTSTE_NAAM = 3  # letters from which a name in a text is recognised as one

# From -> to: every step a melding can take. It opens again only by a new signal.
STAPPEN: dict[str, frozenset[str]] = {
    Melding.Status.NIEUW: frozenset(
        {Melding.Status.IN_WEGING, Melding.Status.BESLOTEN}
    ),
    Melding.Status.IN_WEGING: frozenset({Melding.Status.BESLOTEN}),
    Melding.Status.BESLOTEN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Besluit:
    """What the form hands over: answers with reasons, and the decision."""

    noodzaak: str
    noodzaak_waarom: str
    proportionaliteit: str
    proportionaliteit_waarom: str
    subsidiariteit: str
    subsidiariteit_waarom: str
    besluit: str
    reden: str = ""
    regisseur: int | None = None
    terugmelding: str = ""


class OnvolledigeWeging(SamenloopFout, ValueError):
    """An answer or a reason is missing; `velden` says which."""

    melding = _("The weighing is not complete. Fill in what is still missing.")

    def __init__(self, velden: dict[str, Any]) -> None:
        self.velden = velden
        super().__init__()


def missing(besluit: Besluit, melding: Melding | None = None) -> dict[str, Any]:
    """Return per field what still has to be filled in or left out, in a sentence."""
    leeg: dict[str, Any] = {}
    for veld, zin in _WAAROM.items():
        if not str(getattr(besluit, veld)).strip():
            leeg[veld] = zin
    if besluit.besluit == Weging.Besluit.NIETS and not besluit.reden.strip():
        leeg["reden"] = _(
            "Write in one or two sentences why nothing is done. The signals are "
            "destroyed when their term is over."
        )
    if besluit.besluit == Weging.Besluit.CASUS and besluit.regisseur is None:
        leeg["regisseur"] = _("Choose who directs; that can be yourself.")
    if melding is not None:
        if besluit.besluit == Weging.Besluit.CASUS and melding.betrokkene_id is None:
            leeg["besluit"] = _(
                "A case is about a person. Find out first whom this is about, and "
                "decide then."
            )
        if names_someone(besluit.terugmelding, melding):
            leeg["terugmelding"] = _(
                "This text names someone the signals are about. A reporter never hears "
                "anything about the family; leave the name out."
            )
    return leeg


def names_someone(tekst: str, melding: Melding) -> bool:
    """Whether a text holds a name of somebody the signals of a melding are about."""
    woorden = set(re.findall(r"\w+", tekst.casefold()))
    namen = Persoon.objects.filter(
        signalen__signaal__koppeling__melding=melding
    ).values_list("voornamen", "geslachtsnaam")
    delen = {
        deel for naam in namen for deel in re.findall(r"\w+", " ".join(naam).casefold())
    }
    return any(len(deel) >= KORTSTE_NAAM for deel in delen & woorden)


_WAAROM = {
    "noodzaak": _("Choose whether it is necessary to look further."),
    "noodzaak_waarom": _("Write in one or two sentences why it is necessary or not."),
    "proportionaliteit": _("Choose whether the intrusion is in proportion."),
    "proportionaliteit_waarom": _(
        "Write in one or two sentences why the intrusion is in proportion or not."
    ),
    "subsidiariteit": _("Choose whether there is a lighter way."),
    "subsidiariteit_waarom": _(
        "Write in one or two sentences why a lighter way can or cannot do."
    ),
    "besluit": _("Choose what you decide."),
}


def begin(melding: Melding, *, actor: Actor) -> None:
    """Note that someone is weighing it, the first time they open it to do so."""
    if melding.status == Melding.Status.NIEUW and zicht.may_weigh(actor, melding):
        Melding.objects.filter(pk=melding.pk, status=Melding.Status.NIEUW).update(
            status=Melding.Status.IN_WEGING
        )


def keep_draft(
    melding: Melding, inhoud: dict[str, str], *, actor: Actor
) -> Wegingconcept:
    """Keep what was typed so far, so that nothing is lost on a time-out.

    Raises:
        GeenToegang: the melding is not theirs to weigh.
    """
    _require(actor, melding)
    concept, _is_nieuw = Wegingconcept.objects.update_or_create(
        melding=melding,
        account=actor.account_id or 0,
        defaults={"inhoud": inhoud, "bewaard_op": klok.now()},
    )
    return concept


def decide(melding: Melding, besluit: Besluit, *, actor: Actor) -> Weging:
    """Record the weighing and everything that follows from it.

    Raises:
        GeenToegang: the melding is not theirs to weigh.
        OnvolledigeWeging: an answer or reason is missing.
        AlBesloten: somebody decided it in the meantime.
    """
    _require(actor, melding)
    if leeg := missing(besluit, melding):
        raise OnvolledigeWeging(leeg)
    nu = klok.now()
    with transaction.atomic():
        vast = Melding.objects.select_for_update().get(pk=melding.pk)
        if Melding.Status.BESLOTEN not in STAPPEN[vast.status]:
            raise AlBesloten()
        weging = Weging.objects.create(
            melding=vast,
            noodzaak=besluit.noodzaak,
            noodzaak_waarom=besluit.noodzaak_waarom.strip(),
            proportionaliteit=besluit.proportionaliteit,
            proportionaliteit_waarom=besluit.proportionaliteit_waarom.strip(),
            subsidiariteit=besluit.subsidiariteit,
            subsidiariteit_waarom=besluit.subsidiariteit_waarom.strip(),
            besluit=besluit.besluit,
            reden=besluit.reden.strip(),
            regisseur=besluit.regisseur
            if besluit.besluit == Weging.Besluit.CASUS
            else None,
            door=actor.account_id or 0,
            op=nu,
        )
        vast.status = Melding.Status.BESLOTEN
        vast.besloten_op = nu
        vast.save(update_fields=["status", "besloten_op"])
        signalen = list(
            Signaal.objects.select_for_update().filter(koppeling__melding=vast)
        )
        for signaal in signalen:
            signaal.status = Signaal.Status.AFGESLOTEN
            signaal.afgesloten_op = nu
            signaal.afsluitreden = str(weging.get_besluit_display())
            signaal.save(update_fields=["status", "afgesloten_op", "afsluitreden"])
        terugmelding.decided(signalen, besluit.terugmelding)
        Wegingconcept.objects.filter(melding=vast).delete()
        logboek.record(
            actor,
            Handeling.MELDING_WEGEN,
            personen=persons_of(vast),
            onderwerp=f"melding:{vast.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        gebeurtenissen.record(BESLOTEN, onderwerp=weging.pk, gemeente=vast.gemeente_id)
    return weging


def close_loose(signaal: Signaal, reden: str, *, actor: Actor) -> None:
    """Close a signal that is in no melding, with the reason.

    Raises:
        OnvolledigeWeging: no reason.
        AlBesloten: it belongs to a melding, or is closed already.
    """
    if not reden.strip():
        raise OnvolledigeWeging(
            {"reden": _("Write in one or two sentences why nothing follows.")}
        )
    if not zicht.may_deal_with(actor, signaal):
        raise GeenToegang(besluiten.reason(actor, (Handeling.SIGNAAL_AFHANDELEN,)))
    with transaction.atomic():
        vast = Signaal.objects.select_for_update().get(pk=signaal.pk)
        if vast.status in (Signaal.Status.AFGESLOTEN, Signaal.Status.IN_MELDING):
            raise AlBesloten()
        vast.status = Signaal.Status.AFGESLOTEN
        vast.afgesloten_op = klok.now()
        vast.afsluitreden = reden.strip()
        vast.save(update_fields=["status", "afgesloten_op", "afsluitreden"])
        terugmelding.decided([vast])
        logboek.record(
            actor,
            Handeling.SIGNAAL_AFHANDELEN,
            personen=persons_of_signals([vast]),
            onderwerp=f"signaal:{vast.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
        )


def close_untouched() -> int:
    """Close the loose signals that led to nothing within the agreed time (B8).

    Never one about safety: that is in a melding from the moment it came in.
    """
    nu = klok.now()
    dicht = 0
    for gemeente in (
        Signaal.objects.filter(status=Signaal.Status.GEWOGEN, koppeling=None)
        .order_by("gemeente")
        .values_list("gemeente", flat=True)
        .distinct()
    ):
        termijn = Weegtermijn.of(gemeente)
        with transaction.atomic():
            los = (
                weegtermijnen.untouched(gemeente, termijn, nu)
                .select_for_update(of=("self",), skip_locked=True)
                .order_by("ontvangen_op", "id")[:PORTIE]
            )
            for signaal in los:
                signaal.status = Signaal.Status.AFGESLOTEN
                signaal.afgesloten_op = nu
                signaal.afsluitreden = NIETS_GEVOLGD
                signaal.save(update_fields=["status", "afgesloten_op", "afsluitreden"])
                terugmelding.decided([signaal])
                dicht += 1
    return dicht


def persons_of(melding: Melding) -> list[Any]:
    """Return the ids of all whom the signals of a melding name."""
    return persons_of_signals(Signaal.objects.filter(koppeling__melding=melding))


def persons_of_signals(signalen: Any) -> list[Any]:
    """Return the ids of all whom these signals name, each once."""
    return list(
        SignaalBetrokkene.objects.filter(signaal__in=signalen, persoon__isnull=False)
        .order_by("persoon")
        .values_list("persoon", flat=True)
        .distinct()
    )


def _require(actor: Actor, melding: Melding) -> None:
    if not zicht.may_weigh(actor, melding):
        raise GeenToegang(
            str(_("This melding is not assigned to you, so you cannot weigh it."))
        )
