"""The one table: who may do what, so involved, for this purpose, so deep.

What is in no row is not allowed. A row grants, no row takes away, and somebody with two
roles has the rows of both. `gemeente` as involvement means everyone with the role in
the municipality at hand; `toegewezen` and `eigen` ask for more. Depth is about clients:
`dat` is that something is the matter, `wat` is its content. The manual is printed from
this table (`samenloop wie-mag-wat`), so the reasons are written for its readers.

Sources: UAVG 30 paragraph 4 and G082 (administration without content), G139 (a team
leader steers without content), G143 (the officer sees the log, not the content), G148
(emergency access), G001 and G011 (whom a municipal task lets see identity).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.access.actor import ActorSoort
from samenloop.access.rollen import OVER_PERSONEN, Betrokkenheid, Diepte, Handeling, Rol

Wie = Rol | ActorSoort

ELK_DOEL = ""


@dataclass(frozen=True, slots=True)
class Regel:
    """One row: this role, so involved, may do this for this purpose, so deep."""

    wie: Wie
    handeling: Handeling
    betrokkenheid: Betrokkenheid
    diepte: Diepte
    waarom: str | Promise
    doel: str = ELK_DOEL

    @property
    def over_personen(self) -> bool:
        """Whether the row is about clients, so whether its depth means anything."""
        return self.handeling in OVER_PERSONEN

    def holds_for(self, betrokkenheid: Betrokkenheid, doel: str) -> bool:
        """Whether the row speaks of this involvement and purpose."""
        return self.betrokkenheid in (betrokkenheid, Betrokkenheid.GEMEENTE) and (
            self.doel in (ELK_DOEL, doel)
        )


def _rows(
    wie: Iterable[Wie],
    handelingen: Iterable[Handeling],
    betrokken: Iterable[Betrokkenheid],
    diepte: Diepte,
    waarom: str | Promise,
) -> list[Regel]:
    return [
        Regel(rol, handeling, betrokkenheid, diepte, waarom)
        for rol in wie
        for handeling in handelingen
        for betrokkenheid in betrokken
    ]


_H, _B, _D = Handeling, Betrokkenheid, Diepte
_WERKERS = (Rol.CONSULENT, Rol.REGISSEUR)
_IN_GEMEENTE = (_B.GEMEENTE,)
_BETROKKEN = (_B.TOEGEWEZEN, _B.EIGEN)
_SYSTEEM = (ActorSoort.SYSTEEM,)
_GENODIGDE = (ActorSoort.GENODIGDE,)
_BURGER = (ActorSoort.BURGER,)

TABEL: tuple[Regel, ...] = (
    # Persons
    *_rows(
        (*_WERKERS, Rol.BACKOFFICE),
        (_H.PERSOON_ZOEKEN, _H.PERSOON_OPENEN),
        _IN_GEMEENTE,
        _D.DAT,
        _("To find the right person; no more than identity and that a task runs."),
    ),
    *_rows(
        _WERKERS,
        (_H.PERSOON_OPENEN, _H.KLANTBEELD_OPENEN),
        _BETROKKEN,
        _D.WAT,
        _("Who has a task toward this person sees what the task and purpose ask for."),
    ),
    *_rows(
        _WERKERS,
        (_H.KLANTBEELD_OPENEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("Without an own task: only that others are involved, and who they are."),
    ),
    *_rows(
        (*_WERKERS, Rol.BACKOFFICE),
        (_H.BSN_TONEN, _H.PERSOON_REGISTREREN, _H.BRP_TERUGMELDEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("A municipal task must make sure that number and person belong together."),
    ),
    *_rows(
        _WERKERS,
        (_H.TOESTEMMING_VASTLEGGEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Consent is recorded by whoever the person gave it to."),
    ),
    # Signals
    *_rows(
        (*_WERKERS, Rol.BACKOFFICE),
        (_H.SIGNAAL_REGISTREREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Every signal is registered, also when nothing follows."),
    ),
    *_rows(
        (Rol.BACKOFFICE,),
        (_H.SIGNALEN_INLEZEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("The back office reads in the files that reporters deliver."),
    ),
    *_rows(
        (Rol.PARTNER,),
        (_H.SIGNAAL_MELDEN, _H.TERUGMELDING_LEZEN),
        (_B.EIGEN,),
        _D.WAT,
        _("A partner reports, and hears what became of its own reports."),
    ),
    *_rows(
        (*_WERKERS, Rol.BACKOFFICE, Rol.TEAMLEIDER),
        (_H.SIGNAAL_LEZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To steer the work: kind, date and course of a signal, not its content."),
    ),
    *_rows(
        _WERKERS,
        (_H.SIGNAAL_LEZEN, _H.SIGNAAL_AFHANDELEN, _H.TERUGMELDING_LEZEN),
        _BETROKKEN,
        _D.WAT,
        _("Who weighs the signal or registered it knows what it says."),
    ),
    *_rows(
        (Rol.BACKOFFICE,),
        (_H.SIGNAAL_LEZEN, _H.TERUGMELDING_LEZEN),
        (_B.EIGEN,),
        _D.WAT,
        _("What one registered oneself, to correct it and to answer for it."),
    ),
    *_rows(
        (Rol.BACKOFFICE,),
        (_H.SIGNAAL_AFHANDELEN, _H.TERUGMELDING_LEZEN),
        _IN_GEMEENTE,
        _D.DAT,
        _("To send the reporter word back; that takes no content."),
    ),
    *_rows(
        _WERKERS,
        (_H.TERUGMELDING_LEZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To see whether the reporter was answered."),
    ),
    *_rows(
        (*_WERKERS, Rol.TEAMLEIDER),
        (_H.MELDING_ZIEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To see what waits, how long and on whom; not what it is about."),
    ),
    *_rows(
        _WERKERS,
        (_H.MELDING_ZIEN, _H.MELDING_WEGEN),
        (_B.TOEGEWEZEN,),
        _D.WAT,
        _("Who must weigh it reads it."),
    ),
    *_rows(
        (Rol.TEAMLEIDER,),
        (_H.MELDING_TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("A team leader divides the work and needs no content for that."),
    ),
    *_rows(
        (Rol.REGISSEUR,),
        (_H.MELDING_TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("A director takes up what nobody has, so that safety waits for no one."),
    ),
    *_rows(
        _WERKERS,
        (_H.MELDING_TOEWIJZEN,),
        (_B.TOEGEWEZEN,),
        _D.DAT,
        _("To hand one's own work over to a colleague."),
    ),
    *_rows(
        _WERKERS,
        (_H.VERWIJSINDEX_ZIEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To find each other around one child: contact details, nothing more."),
    ),
    *_rows(
        (Rol.PARTNER,),
        (_H.VERWIJZING_VASTLEGGEN,),
        (_B.EIGEN,),
        _D.DAT,
        _("An organisation says for itself that it is involved, never why."),
    ),
    *_rows(
        (Rol.PARTNER,),
        (_H.VERWIJSINDEX_ZIEN,),
        (_B.EIGEN,),
        _D.DAT,
        _("Around a person one is involved with oneself: who else is."),
    ),
    *_rows(
        _WERKERS,
        (_H.NOODTOEGANG,),
        _IN_GEMEENTE,
        _D.WAT,
        _("For a vital interest, with a reason, at most three hours, told at once."),
    ),
    # One family, one plan, one director
    *_rows(
        (*_WERKERS, Rol.TEAMLEIDER),
        (_H.CASUS_ZIEN, _H.TAAK_ZIEN, _H.TERMIJN_ZIEN),
        _IN_GEMEENTE,
        _D.DAT,
        _("To divide and follow the work: who, when and how far; not what it holds."),
    ),
    *_rows(
        _WERKERS,
        (
            *(_H.CASUS_ZIEN, _H.CASUS_VOEREN, _H.PLAN_LEZEN, _H.PLAN_SCHRIJVEN),
            *(_H.DOSSIER_LEZEN, _H.DOSSIER_SCHRIJVEN, _H.METING_DOEN),
            *(_H.ACTIVITEIT_BIJWERKEN, _H.DOSSIER_AANVULLEN),
            *(_H.TAAK_ZIEN, _H.TAAK_DOEN, _H.TERMIJN_ZIEN, _H.TERMIJN_BEHEREN),
            *(_H.TOEGANG_GEVEN, _H.TOEGANG_BEPERKEN),
            *(_H.OVERLEG_BIJWONEN, _H.OVERLEG_HOUDEN),
            *(_H.BERICHT_LEZEN, _H.BERICHT_SCHRIJVEN),
        ),
        (_B.TOEGEWEZEN,),
        _D.WAT,
        _("Who directs or helps in this dossier, for the parts that were opened."),
    ),
    *_rows(
        (Rol.PARTNER,),
        (
            *(_H.PLAN_LEZEN, _H.TAAK_ZIEN, _H.TAAK_DOEN, _H.OVERLEG_BIJWONEN),
            *(_H.BERICHT_LEZEN, _H.BERICHT_SCHRIJVEN),
        ),
        (_B.EIGEN,),
        _D.WAT,
        _("A helper sees the own part of the plan and what was shared, for that time."),
    ),
    *_rows(
        (Rol.PARTNER,),
        (_H.ACTIVITEIT_BIJWERKEN, _H.DOSSIER_AANVULLEN),
        (_B.EIGEN,),
        _D.WAT,
        _("A helper says how the own work goes, in the parts that were opened."),
    ),
    *_rows(
        (Rol.PARTNER, *_GENODIGDE),
        (_H.DOSSIER_LEZEN,),
        (_B.EIGEN,),
        _D.WAT,
        _("In a case conference: the parts that were chosen for it, while it lasts."),
    ),
    *_rows(
        _GENODIGDE,
        (_H.PLAN_LEZEN, _H.OVERLEG_BIJWONEN),
        (_B.EIGEN,),
        _D.WAT,
        _("In a case conference: the parts that were chosen for it, while it lasts."),
    ),
    *_rows(
        (Rol.TEAMLEIDER,),
        (
            *(_H.CASUS_TOEWIJZEN, _H.TAAK_VERDELEN, _H.DOORZETTEN),
            *(_H.CASELOAD_ZIEN, _H.CASELOAD_VERDELEN),
        ),
        _IN_GEMEENTE,
        _D.DAT,
        _("A team leader spreads the work and breaks what is stuck, without content."),
    ),
    *_rows(
        _WERKERS,
        (_H.CASUS_TOEWIJZEN, _H.TAAK_VERDELEN),
        (_B.TOEGEWEZEN,),
        _D.WAT,
        _("To hand one's own work over to a colleague."),
    ),
    *_rows(
        (Rol.REGISSEUR,),
        (_H.CASUS_TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("A director takes up what nobody has, so that a family waits for no one."),
    ),
    *_rows(
        (Rol.BEHEER, Rol.TEAMLEIDER),
        (_H.TEAM_BEHEREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Teams, hours and absence say who can take over; they hold no clients."),
    ),
    *_rows(
        (Rol.BEHEER, Rol.BELEID),
        (_H.SJABLOON_BEHEREN, _H.TERMIJN_INSTELLEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("What is policy can be changed by who makes the policy."),
    ),
    *_rows(
        _BURGER,
        (
            *(_H.MIJN_PAGINAS, _H.PLAN_LEZEN, _H.DOSSIER_LEZEN),
            *(_H.TAAK_ZIEN, _H.TAAK_DOEN, _H.BERICHT_LEZEN, _H.BERICHT_SCHRIJVEN),
        ),
        (_B.EIGEN,),
        _D.WAT,
        _("The family and its network see their own plan, as far as it is theirs."),
    ),
    *_rows(
        _BURGER,
        (_H.TOEGANG_GEVEN, _H.TOESTEMMING_VASTLEGGEN),
        (_B.EIGEN,),
        _D.WAT,
        _("The family says who may look, and can stop what it agreed to."),
    ),
    *_rows(
        _BURGER,
        (_H.PLAN_SCHRIJVEN,),
        (_B.EIGEN,),
        _D.WAT,
        _("Of one's own activity how it goes; of the plan only who directs it."),
    ),
    # Rules and what runs by itself
    *_rows(
        (*_WERKERS, Rol.TEAMLEIDER, Rol.BELEID, Rol.BEHEER, Rol.FG),
        (_H.REGEL_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("A rule that moves work must be readable for who works with it."),
    ),
    *_rows(
        (Rol.BEHEER,),
        (_H.REGEL_SCHRIJVEN, _H.BEWAARTERMIJN_WIJZIGEN, _H.VERNIETIGEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The administrator sets up the system, without looking into dossiers."),
    ),
    *_rows(
        (Rol.BELEID, Rol.BEHEER, Rol.TEAMLEIDER),
        (_H.REGEL_GOEDKEUREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("A second pair of eyes; never those of who wrote the rule."),
    ),
    # Keeping, overseeing, running
    *_rows(
        (Rol.BEHEER, Rol.FG, Rol.BELEID),
        (_H.BEWAARTERMIJN_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("How long records are kept is for all who must explain it."),
    ),
    *_rows(
        (Rol.BEHEER, Rol.FG),
        (_H.VERNIETIGING_OPSCHORTEN, _H.GROND_BEHEREN),
        _IN_GEMEENTE,
        _D.WAT,
        _("Administrator and officer see to grounds and to what must be kept longer."),
    ),
    *_rows(
        (Rol.FG,),
        (_H.LOG_LEZEN, _H.AFWIJKING_BEOORDELEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The officer oversees who looked, and has no need of dossiers for that."),
    ),
    *_rows(
        (Rol.FG, Rol.REGISSEUR, Rol.TEAMLEIDER),
        (_H.NOODTOEGANG_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Emergency access is told at once to who can judge it."),
    ),
    *_rows(
        (Rol.BEHEER,),
        (_H.ACCOUNT_BEHEREN, _H.KOPPELING_BEHEREN),
        _IN_GEMEENTE,
        _D.WAT,
        _("Accounts and connections; never one's own account."),
    ),
    *_rows(
        tuple(rol for rol in Rol if rol is not Rol.PARTNER),
        (_H.MONITOR_ZIEN, _H.LEVERING_ZIEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The figures hold nothing that leads to a person."),
    ),
    # Provisions and purchasing
    *_rows(
        _WERKERS,
        (_H.VOORZIENING_ZIEN,),
        _BETROKKEN,
        _D.WAT,
        _("What somebody has, for who helps them or deals with their application."),
    ),
    *_rows(
        (Rol.BACKOFFICE,),
        (_H.VOORZIENING_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("What is granted and delivered, to answer providers and check invoices."),
    ),
    *_rows(
        (Rol.CONSULENT,),
        (_H.AANVRAAG_BEHANDELEN, _H.BESCHIKKEN, _H.TOEWIJZEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The consultant inquires, decides for the municipality and allocates."),
    ),
    *_rows(
        (Rol.REGISSEUR,),
        (_H.AANVRAAG_BEHANDELEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Who directs a plan applies for what it needs; another decides."),
    ),
    *_rows(
        (Rol.CONSULENT, Rol.BACKOFFICE),
        (_H.VERZOEK_BEHANDELEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Providers get an answer within the term of the standard."),
    ),
    *_rows(
        (Rol.BACKOFFICE,),
        (_H.TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Administration ends and corrects what was allocated; it decides nothing."),
    ),
    *_rows(
        (*_WERKERS, Rol.BACKOFFICE, Rol.BEHEER),
        (_H.CONTRACT_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Who offers what at what price and waiting time; nothing about clients."),
    ),
    *_rows(
        (Rol.BEHEER,),
        (_H.CONTRACT_BEHEREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Contracts and routes are set up apart from who decides on clients."),
    ),
    # Messages with providers, invoices and payment
    *_rows(
        (Rol.BACKOFFICE,),
        (_H.VERKEER_ZIEN, _H.VERKEER_DOEN, _H.DECLARATIE_ZIEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The back office keeps the traffic going and checks what is invoiced."),
    ),
    *_rows(
        (Rol.PARTNER,),
        (_H.VERKEER_UITWISSELEN,),
        (_B.EIGEN,),
        _D.WAT,
        _("A program carries messages when the administrator connected it for that."),
    ),
    *_rows(
        (Rol.BACKOFFICE, Rol.TEAMLEIDER),
        (_H.BETAALBATCH_MAKEN, _H.BETAALBATCH_GOEDKEUREN),
        _IN_GEMEENTE,
        _D.WAT,
        _("Two people for one payment; who made a batch never approves it."),
    ),
    *_rows(
        (Rol.BACKOFFICE, Rol.TEAMLEIDER, Rol.BELEID),
        (_H.BESTEDING_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Amounts per contract and category; nothing about clients."),
    ),
    *_rows(
        (Rol.BEHEER,),
        (_H.AANSLUITING_BEHEREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("How messages travel is set up apart from what is in them."),
    ),
    # What the system does by itself
    *_rows(
        _SYSTEEM,
        (
            *(_H.SIGNAAL_REGISTREREN, _H.MELDING_ZIEN, _H.SIGNAAL_LEZEN),
            *(_H.VERNIETIGEN, _H.CASUS_ZIEN, _H.CASUS_VOEREN, _H.TAAK_ZIEN),
            *(_H.TERMIJN_BEHEREN, _H.TOEGANG_GEVEN, _H.TOEGANG_BEPERKEN),
            *(_H.VERZOEK_BEHANDELEN, _H.TOEWIJZEN, _H.VERKEER_DOEN),
        ),
        _IN_GEMEENTE,
        _D.WAT,
        _("Work that nobody starts by hand; in the log as the system's."),
    ),
)
