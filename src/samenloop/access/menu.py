"""The menu, as a list: what there is to do and who may.

A room adds its line here. An item shows only to who may do it, and only when its page
exists in this installation; the first one is where `/` leads. A counter is a function
by its dotted name, so this floor imports nothing from above.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from samenloop.access import (
    besluiten,
    burgers,
    gemeentenamen,
    sessies,
    tellers,
    tweede_stap,
)
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Handeling

ZOEKEN = "personen-zoeken"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu.

    Args:
        label: what stands in the menu.
        url_name: the page it leads to.
        handeling: what one must be allowed to do.
        tel: dotted name of a function from an actor to a number that waits.
        ook: names of pages that belong to it; the item is then marked as where one is.
    """

    label: str | Promise
    url_name: str
    handeling: Handeling
    tel: str | None = None
    ook: tuple[str, ...] = ()


MENU: tuple[Item, ...] = (
    Item(
        _("My day"),
        "mijn-dag",
        Handeling.MELDING_ZIEN,
        tel="samenloop.regie.taken.bronnen.waiting",
        ook=("vandaag", "agenda"),
    ),
    Item(_("Meldingen"), "meldingen", Handeling.MELDING_ZIEN, ook=("melding",)),
    Item(
        _("Cases"),
        "casussen",
        Handeling.CASUS_ZIEN,
        ook=(
            *("casus", "casus-stap", "casus-regisseur", "casus-afsluiten"),
            *("casus-elders", "deelnemers", "deelnemer-toelaten", "herbeoordeling"),
            *("deelname-beeindigen", "deelname-beperken", "beperking-beeindigen"),
            *("metingen", "meting-nieuw", "meting-herstellen"),
            *("plan", "plan-bewerken", "plan-versies", "plan-versie"),
            *("plan-vergelijken", "plan-evaluatie", "plan-grond", "plan-openen"),
            *("plan-tekenen", "tijdlijn", "journaal", "contact", "contact-nieuw"),
            *("contact-verbeteren", "gesprek", "gesprek-voeren", "gesprek-verslag"),
            *("gesprek-gegeven", "notities", "notitie"),
            *("documenten", "document-versie", "document-openen"),
            *("afspraak", "afspraak-nieuw", "plan-eigen", "plan-ander-doel"),
        ),
    ),
    Item(
        _("Signals"),
        "signalen",
        Handeling.SIGNAAL_LEZEN,
        ook=("signaal", "signaal-nieuw", "terugmeldingen"),
    ),
    Item(_("Report a signal"), "partner", Handeling.SIGNAAL_MELDEN),
    Item(
        _("Tasks"),
        "taken",
        Handeling.TAAK_ZIEN,
        ook=("taak", "taak-nieuw", "taak-wijzigen"),
    ),
    Item(
        _("Terms"),
        "termijnen",
        Handeling.TERMIJN_ZIEN,
        ook=(
            *("termijn", "termijnen-van-casus", "termijn-nieuw", "termijn-stap"),
            "doorzetten",
        ),
    ),
    Item(
        _("Caseload"),
        "caseload",
        Handeling.CASELOAD_ZIEN,
        ook=(
            *("caseload-medewerker", "caseload-voorstel", "caseload-norm"),
            *("herindicaties", "aanvragen-te-laat"),
        ),
    ),
    Item(
        _("Applications"),
        "aanvragen",
        Handeling.AANVRAAG_BEHANDELEN,
        ook=(
            *("aanvraag", "aanvraag-nieuw", "aanvraag-stap", "aanvraag-besluit"),
            *("beschikking", "bezwaar", "bezwaar-nieuw", "klacht-nieuw"),
            "beschikking-vervangen",
        ),
    ),
    Item(_("Reassessments"), "herindicaties-nu", Handeling.BESCHIKKEN),
    Item(
        _("Requests of providers"),
        "verzoeken",
        Handeling.VERZOEK_BEHANDELEN,
        tel="samenloop.voorzieningen.toewijzen.dagwerk.waiting_for",
        ook=("verzoek", "routeregels", "routeregel-nieuw"),
    ),
    Item(_("For CAK and SVB"), "uitvoer", Handeling.TOEWIJZEN),
    Item(
        _("Persons"),
        "personen-zoeken",
        Handeling.PERSOON_ZOEKEN,
        ook=(
            *("persoon", "persoon-doel", "persoon-bsn", "persoon-registreren"),
            *("toestemming-vastleggen", "toestemming-stoppen"),
            *("brp-ophalen", "brp-bijwerken", "brp-terugmelden"),
        ),
    ),
    Item(
        _("Messages"),
        "postvak",
        Handeling.BERICHT_LEZEN,
        tel="samenloop.regie.postvak.lezen.waiting_for",
        ook=("draad", "bericht-nieuw", "berichten"),
    ),
    Item(
        _("Messages with providers"),
        "verkeer",
        Handeling.VERKEER_ZIEN,
        tel="samenloop.berichten.verkeer.lezen.waiting_for",
        ook=("verkeer-lijst", "verkeer-bericht", "verkeer-volgen"),
    ),
    Item(
        _("Invoices"),
        "declaraties",
        Handeling.DECLARATIE_ZIEN,
        ook=("declaratie",),
    ),
    Item(
        _("Payment batches"),
        "betaalbatches",
        Handeling.BETAALBATCH_GOEDKEUREN,
        ook=("betaalbatch",),
    ),
    Item(
        _("Case conferences"),
        "overleggen",
        Handeling.OVERLEG_BIJWONEN,
        ook=(
            *("overleg", "overleg-nieuw", "overleg-agenda"),
            *("overleg-uitnodigen", "overleg-gastlink"),
        ),
    ),
    Item(
        _("Signals from a file"),
        "signaalbestanden",
        Handeling.SIGNALEN_INLEZEN,
        ook=("signaalbestand",),
    ),
    Item(
        _("Monitor"),
        "overzicht",
        Handeling.MONITOR_ZIEN,
        ook=(
            *("kies-monitor", "monitor", "uitgaven", "hoofdstuk"),
            *("tabellen", "tabel", "leveringen", "levering"),
        ),
    ),
    Item(
        _("Contracts"),
        "contracten",
        Handeling.CONTRACT_ZIEN,
        ook=(
            *("contract", "contract-nieuw", "contract-deel", "aanbod"),
            *("productenboek", "aanbod-gezinnen"),
        ),
    ),
    Item(_("Spending"), "besteding", Handeling.BESTEDING_ZIEN),
    Item(
        _("Rules"),
        "regels",
        Handeling.REGEL_ZIEN,
        ook=(
            *("regel", "regel-verschil", "regels-instellingen", "weegtermijn"),
            *("regelproef", "regelproef-signalen"),
        ),
    ),
    Item(
        _("How messages travel"),
        "verkeer-aansluiting",
        Handeling.AANSLUITING_BEHEREN,
    ),
    Item(
        _("Templates for plans"),
        "plansjablonen",
        Handeling.SJABLOON_BEHEREN,
        ook=("plansjabloon", "plansjabloon-nieuw"),
    ),
    Item(
        _("Emergency access"),
        "noodtoegangen",
        Handeling.NOODTOEGANG_ZIEN,
        tel="samenloop.access.noodtoegang.unseen_by",
    ),
    Item(
        _("Who looked"),
        "logboek",
        Handeling.LOG_LEZEN,
        ook=("logboek-regel", "logboek-ketens"),
    ),
    Item(
        _("Odd looks"),
        "afwijkingen",
        Handeling.AFWIJKING_BEOORDELEN,
        tel="samenloop.access.logboek.afwijkingen.open_for",
        ook=("afwijking",),
    ),
    Item(
        _("Fields and grounds"),
        "gronden",
        Handeling.GROND_BEHEREN,
        ook=("gronden-veld", "grondbesluiten"),
    ),
    Item(
        _("Keeping"),
        "bewaren",
        Handeling.BEWAARTERMIJN_ZIEN,
        ook=("bewaartermijnen", "bewaartermijn", "opschorten", "vernietiging"),
    ),
    Item(
        _("Teams"),
        "teams",
        Handeling.TEAM_BEHEREN,
        ook=("team", "afwezigheid-nieuw"),
    ),
    Item(
        _("Kinds of term"),
        "termijnsoorten",
        Handeling.TERMIJN_INSTELLEN,
        ook=(
            *("termijnsoort", "termijnsoort-nieuw", "ladders", "ladder"),
            "ladder-van-team",
        ),
    ),
    Item(
        _("Instruments"),
        "meetinstrumenten",
        Handeling.SJABLOON_BEHEREN,
        ook=("meetinstrument", "meetinstrument-nieuw", "meetinstrument-wijzigen"),
    ),
    Item(
        _("Accounts"),
        "accounts",
        Handeling.ACCOUNT_BEHEREN,
        ook=("account", "account-nieuw", "aanstelling-nieuw", "kenmerken"),
    ),
    Item(
        _("Organisations"),
        "organisaties",
        Handeling.ACCOUNT_BEHEREN,
        ook=("organisatie", "organisatie-nieuw"),
    ),
    Item(
        _("Connections"),
        "koppelingen",
        Handeling.KOPPELING_BEHEREN,
        ook=("koppeling", "koppeling-nieuw", "koppeling-geheim"),
    ),
)


@dataclass(frozen=True, slots=True)
class Regel:
    """A menu item as one reader sees it on one page."""

    label: str | Promise
    adres: str
    aantal: int
    hier: str  # value of aria-current: "page", "true" or empty


def address(url_name: str) -> str | None:
    """Return where a page is; None when this installation does not have it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def items_for(actor: Actor) -> Iterator[tuple[Item, str]]:
    """Yield what this actor may do here, with its address."""
    if actor.soort is ActorSoort.BURGER:
        return  # their pages have a menu of their own
    for item in MENU:
        if besluiten.may(actor, item.handeling):
            adres = address(item.url_name)
            if adres is not None:
                yield item, adres


def first_for(actor: Actor) -> str | None:
    """Return the address of the first thing one may do."""
    return next((adres for _item, adres in items_for(actor)), None)


def rows_for(request: HttpRequest, actor: Actor) -> list[Regel]:
    """Return the menu as this reader sees it on this page."""
    plek = request.resolver_match.url_name if request.resolver_match else None
    items = list(items_for(actor))
    aantallen = tellers.counts(
        request, actor, [item.tel for item, _ in items if item.tel]
    )
    return [
        Regel(
            label=item.label,
            adres=adres,
            aantal=aantallen[item.tel] if item.tel else 0,
            hier="page"
            if plek == item.url_name
            else "true"
            if plek in item.ook
            else "",
        )
        for item, adres in items
    ]


def state(request: HttpRequest) -> str:
    """Return what the frame around a page depends on: a kept page shows it too."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    aantallen = [str(regel.aantal) for regel in rows_for(request, actor)]
    return "|".join([actor.gemeente, *sorted(actor.rollen), *aantallen])


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page its frame: where one acts, the menu, the search box."""

    def made() -> dict[str, Any]:
        actor: Actor | None = getattr(request, "actor", None)
        gebruiker = request.user
        if actor is None or not isinstance(gebruiker, Gebruiker):
            return {}
        if tweede_stap.is_missing(request, gebruiker):
            return {"aanwezig": True}
        mag = besluiten.allowed(actor)
        if gebruiker.burger:
            return {
                "aanwezig": True,
                "basis": burgers.BASIS,
                "gemeente": gemeentenamen.name(actor.gemeente),
                "seconden": request.session.get_expiry_age() - sessies.PRECIES,
            }
        return {
            "aanwezig": True,
            "gemeente": gemeentenamen.name(actor.gemeente) if actor.gemeente else "",
            "kan_wisselen": len(gebruiker.gemeenten) > 1,
            "menu": rows_for(request, actor),
            "mag": mag,
            "zoeken": address(ZOEKEN) if Handeling.PERSOON_ZOEKEN in mag else None,
            # Without the half minute that the server keeps it longer.
            "seconden": request.session.get_expiry_age() - sessies.PRECIES,
        }

    return {"omlijsting": SimpleLazyObject(made)}
