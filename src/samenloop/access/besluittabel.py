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

from django.utils.translation import gettext_lazy as _

from samenloop.access.actor import ActorSoort
from samenloop.access.besluitregel import Regel, rows
from samenloop.access.besluittabel_keten import KETEN
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling, Rol

_H, _B, _D = Handeling, Betrokkenheid, Diepte
_WERKERS = (Rol.CONSULENT, Rol.REGISSEUR)
_IN_GEMEENTE = (_B.GEMEENTE,)
_BETROKKEN = (_B.TOEGEWEZEN, _B.EIGEN)
_SYSTEEM = (ActorSoort.SYSTEEM,)
_GENODIGDE = (ActorSoort.GENODIGDE,)
_BURGER = (ActorSoort.BURGER,)

TABEL: tuple[Regel, ...] = (
    # Persons
    *rows(
        (*_WERKERS, Rol.BACKOFFICE),
        (_H.PERSOON_ZOEKEN, _H.PERSOON_OPENEN),
        _IN_GEMEENTE,
        _D.DAT,
        _("To find the right person; no more than identity and that a task runs."),
    ),
    *rows(
        _WERKERS,
        (_H.PERSOON_OPENEN, _H.KLANTBEELD_OPENEN),
        _BETROKKEN,
        _D.WAT,
        _("Who has a task toward this person sees what the task and purpose ask for."),
    ),
    *rows(
        _WERKERS,
        (_H.KLANTBEELD_OPENEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("Without an own task: only that others are involved, and who they are."),
    ),
    *rows(
        (*_WERKERS, Rol.BACKOFFICE),
        (_H.BSN_TONEN, _H.PERSOON_REGISTREREN, _H.BRP_TERUGMELDEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("A municipal task must make sure that number and person belong together."),
    ),
    *rows(
        _WERKERS,
        (_H.TOESTEMMING_VASTLEGGEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Consent is recorded by whoever the person gave it to."),
    ),
    # Signals
    *rows(
        (*_WERKERS, Rol.BACKOFFICE),
        (_H.SIGNAAL_REGISTREREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Every signal is registered, also when nothing follows."),
    ),
    *rows(
        (Rol.BACKOFFICE,),
        (_H.SIGNALEN_INLEZEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("The back office reads in the files that reporters deliver."),
    ),
    *rows(
        (Rol.PARTNER,),
        (_H.SIGNAAL_MELDEN, _H.TERUGMELDING_LEZEN),
        (_B.EIGEN,),
        _D.WAT,
        _("A partner reports, and hears what became of its own reports."),
    ),
    *rows(
        (*_WERKERS, Rol.BACKOFFICE, Rol.TEAMLEIDER),
        (_H.SIGNAAL_LEZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To steer the work: kind, date and course of a signal, not its content."),
    ),
    *rows(
        _WERKERS,
        (_H.SIGNAAL_LEZEN, _H.SIGNAAL_AFHANDELEN, _H.TERUGMELDING_LEZEN),
        _BETROKKEN,
        _D.WAT,
        _("Who weighs the signal or registered it knows what it says."),
    ),
    *rows(
        (Rol.BACKOFFICE,),
        (_H.SIGNAAL_LEZEN, _H.TERUGMELDING_LEZEN),
        (_B.EIGEN,),
        _D.WAT,
        _("What one registered oneself, to correct it and to answer for it."),
    ),
    *rows(
        (Rol.BACKOFFICE,),
        (_H.SIGNAAL_AFHANDELEN, _H.TERUGMELDING_LEZEN),
        _IN_GEMEENTE,
        _D.DAT,
        _("To send the reporter word back; that takes no content."),
    ),
    *rows(
        _WERKERS,
        (_H.TERUGMELDING_LEZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To see whether the reporter was answered."),
    ),
    *rows(
        (*_WERKERS, Rol.TEAMLEIDER),
        (_H.MELDING_ZIEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To see what waits, how long and on whom; not what it is about."),
    ),
    *rows(
        _WERKERS,
        (_H.MELDING_ZIEN, _H.MELDING_WEGEN),
        (_B.TOEGEWEZEN,),
        _D.WAT,
        _("Who must weigh it reads it."),
    ),
    *rows(
        (Rol.TEAMLEIDER,),
        (_H.MELDING_TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("A team leader divides the work and needs no content for that."),
    ),
    *rows(
        (Rol.REGISSEUR,),
        (_H.MELDING_TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("A director takes up what nobody has, so that safety waits for no one."),
    ),
    *rows(
        _WERKERS,
        (_H.MELDING_TOEWIJZEN,),
        (_B.TOEGEWEZEN,),
        _D.DAT,
        _("To hand one's own work over to a colleague."),
    ),
    *rows(
        _WERKERS,
        (_H.VERWIJSINDEX_ZIEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("To find each other around one child: contact details, nothing more."),
    ),
    *rows(
        (Rol.PARTNER,),
        (_H.VERWIJZING_VASTLEGGEN,),
        (_B.EIGEN,),
        _D.DAT,
        _("An organisation says for itself that it is involved, never why."),
    ),
    *rows(
        (Rol.PARTNER,),
        (_H.VERWIJSINDEX_ZIEN,),
        (_B.EIGEN,),
        _D.DAT,
        _("Around a person one is involved with oneself: who else is."),
    ),
    *rows(
        _WERKERS,
        (_H.NOODTOEGANG,),
        _IN_GEMEENTE,
        _D.WAT,
        _("For a vital interest, with a reason, at most three hours, told at once."),
    ),
    # One family, one plan, one director
    *rows(
        (*_WERKERS, Rol.TEAMLEIDER),
        (_H.CASUS_ZIEN, _H.TAAK_ZIEN, _H.TERMIJN_ZIEN),
        _IN_GEMEENTE,
        _D.DAT,
        _("To divide and follow the work: who, when and how far; not what it holds."),
    ),
    *rows(
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
    *rows(
        (Rol.PARTNER,),
        (
            *(_H.PLAN_LEZEN, _H.TAAK_ZIEN, _H.TAAK_DOEN, _H.OVERLEG_BIJWONEN),
            *(_H.BERICHT_LEZEN, _H.BERICHT_SCHRIJVEN),
        ),
        (_B.EIGEN,),
        _D.WAT,
        _("A helper sees the own part of the plan and what was shared, for that time."),
    ),
    *rows(
        (Rol.PARTNER,),
        (_H.ACTIVITEIT_BIJWERKEN, _H.DOSSIER_AANVULLEN),
        (_B.EIGEN,),
        _D.WAT,
        _("A helper says how the own work goes, in the parts that were opened."),
    ),
    *rows(
        (Rol.PARTNER, *_GENODIGDE),
        (_H.DOSSIER_LEZEN,),
        (_B.EIGEN,),
        _D.WAT,
        _("In a case conference: the parts that were chosen for it, while it lasts."),
    ),
    *rows(
        _GENODIGDE,
        (_H.PLAN_LEZEN, _H.OVERLEG_BIJWONEN),
        (_B.EIGEN,),
        _D.WAT,
        _("In a case conference: the parts that were chosen for it, while it lasts."),
    ),
    *rows(
        (Rol.TEAMLEIDER,),
        (
            *(_H.CASUS_TOEWIJZEN, _H.TAAK_VERDELEN, _H.DOORZETTEN),
            *(_H.CASELOAD_ZIEN, _H.CASELOAD_VERDELEN),
        ),
        _IN_GEMEENTE,
        _D.DAT,
        _("A team leader spreads the work and breaks what is stuck, without content."),
    ),
    *rows(
        _WERKERS,
        (_H.CASUS_TOEWIJZEN, _H.TAAK_VERDELEN),
        (_B.TOEGEWEZEN,),
        _D.WAT,
        _("To hand one's own work over to a colleague."),
    ),
    *rows(
        (Rol.REGISSEUR,),
        (_H.CASUS_TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.DAT,
        _("A director takes up what nobody has, so that a family waits for no one."),
    ),
    *rows(
        (Rol.BEHEER, Rol.TEAMLEIDER),
        (_H.TEAM_BEHEREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Teams, hours and absence say who can take over; they hold no clients."),
    ),
    *rows(
        (Rol.BEHEER, Rol.BELEID),
        (_H.SJABLOON_BEHEREN, _H.TERMIJN_INSTELLEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("What is policy can be changed by who makes the policy."),
    ),
    *rows(
        _BURGER,
        (
            *(_H.MIJN_PAGINAS, _H.PLAN_LEZEN, _H.DOSSIER_LEZEN),
            *(_H.TAAK_ZIEN, _H.TAAK_DOEN, _H.BERICHT_LEZEN, _H.BERICHT_SCHRIJVEN),
        ),
        (_B.EIGEN,),
        _D.WAT,
        _("The family and its network see their own plan, as far as it is theirs."),
    ),
    *rows(
        _BURGER,
        (_H.TOEGANG_GEVEN, _H.TOESTEMMING_VASTLEGGEN),
        (_B.EIGEN,),
        _D.WAT,
        _("The family says who may look, and can stop what it agreed to."),
    ),
    *rows(
        _BURGER,
        (_H.PLAN_SCHRIJVEN,),
        (_B.EIGEN,),
        _D.WAT,
        _("Of one's own activity how it goes; of the plan only who directs it."),
    ),
    # Rules and what runs by itself
    *rows(
        (*_WERKERS, Rol.TEAMLEIDER, Rol.BELEID, Rol.BEHEER, Rol.FG),
        (_H.REGEL_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("A rule that moves work must be readable for who works with it."),
    ),
    *rows(
        (Rol.BEHEER,),
        (_H.REGEL_SCHRIJVEN, _H.BEWAARTERMIJN_WIJZIGEN, _H.VERNIETIGEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The administrator sets up the system, without looking into dossiers."),
    ),
    *rows(
        (Rol.BELEID, Rol.BEHEER, Rol.TEAMLEIDER),
        (_H.REGEL_GOEDKEUREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("A second pair of eyes; never those of who wrote the rule."),
    ),
    # Keeping, overseeing, running
    *rows(
        (Rol.BEHEER, Rol.FG, Rol.BELEID),
        (_H.BEWAARTERMIJN_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("How long records are kept is for all who must explain it."),
    ),
    *rows(
        (Rol.BEHEER, Rol.FG),
        (_H.VERNIETIGING_OPSCHORTEN, _H.GROND_BEHEREN),
        _IN_GEMEENTE,
        _D.WAT,
        _("Administrator and officer see to grounds and to what must be kept longer."),
    ),
    *rows(
        (Rol.FG,),
        (_H.LOG_LEZEN, _H.AFWIJKING_BEOORDELEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The officer oversees who looked, and has no need of dossiers for that."),
    ),
    *rows(
        (Rol.FG, Rol.REGISSEUR, Rol.TEAMLEIDER),
        (_H.NOODTOEGANG_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Emergency access is told at once to who can judge it."),
    ),
    *rows(
        (Rol.BEHEER,),
        (_H.ACCOUNT_BEHEREN, _H.KOPPELING_BEHEREN),
        _IN_GEMEENTE,
        _D.WAT,
        _("Accounts and connections; never one's own account."),
    ),
    *rows(
        tuple(rol for rol in Rol if rol is not Rol.PARTNER),
        (_H.MONITOR_ZIEN, _H.LEVERING_ZIEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The figures hold nothing that leads to a person."),
    ),
    *KETEN,
    # What the system does by itself
    *rows(
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
