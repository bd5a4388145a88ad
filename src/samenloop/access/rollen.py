"""The words in which access is decided.

Five short lists: for what work someone was appointed, in which domain, what they want
to do, what they have to do with the matter, and how deep one may look. The decision
itself stands in `besluiten`; nothing here grants anything.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rol(models.TextChoices):
    """The work for which someone was appointed by a municipality."""

    CONSULENT = "consulent", _("caseworker")
    REGISSEUR = "regisseur", _("director of a plan")
    TEAMLEIDER = "teamleider", _("team leader")
    BACKOFFICE = "backoffice", _("back office")
    BELEID = "beleid", _("policy officer")
    BEHEER = "beheer", _("functional administrator")
    FG = "fg", _("data protection officer")
    PARTNER = "partner", _("partner who reports")


# Content of dossiers, and running or overseeing the system, are never in one hand
# (UAVG 30 paragraph 4: administration without looking at content).
INHOUDELIJK = frozenset({Rol.CONSULENT, Rol.REGISSEUR, Rol.BACKOFFICE})
TOEZIEND = frozenset({Rol.BEHEER, Rol.FG})


class Domein(models.TextChoices):
    """The field of law a caseworker works in."""

    WMO = "wmo", _("Social Support Act (Wmo)")
    JEUGD = "jeugd", _("Youth Act")
    INKOMEN = "inkomen", _("income and work")
    SCHULD = "schuld", _("debt relief")
    LEERPLICHT = "leerplicht", _("compulsory education")


class Betrokkenheid(models.TextChoices):
    """What someone has to do with the matter at hand."""

    GEMEENTE = "gemeente", _("works for this municipality")
    TOEGEWEZEN = "toegewezen", _("the matter is assigned to them")
    EIGEN = "eigen", _("recorded it themselves, or their organisation did")


class Diepte(models.TextChoices):
    """How deep one may look: that something is the matter, or what."""

    DAT = "dat", _("that it is so")
    WAT = "wat", _("what it holds")

    @property
    def rang(self) -> int:
        """The order of depth: content is deeper than the mere fact."""
        return 2 if self is Diepte.WAT else 1

    def reaches(self, gevraagd: "Diepte") -> bool:
        """Whether this is at least as deep as what is asked."""
        return self.rang >= gevraagd.rang


class Handeling(models.TextChoices):
    """What one may want to do; each page and each operation names its own."""

    PERSOON_ZOEKEN = "persoon_zoeken", _("search persons")
    PERSOON_OPENEN = "persoon_openen", _("open a person")
    BSN_TONEN = "bsn_tonen", _("show a citizen service number")
    PERSOON_REGISTREREN = "persoon_registreren", _("register a person")
    TOESTEMMING_VASTLEGGEN = "toestemming_vastleggen", _("record consent")
    BRP_TERUGMELDEN = "brp_terugmelden", _("report doubt to the persons register")
    SIGNAAL_REGISTREREN = "signaal_registreren", _("register a signal")
    SIGNAAL_MELDEN = "signaal_melden", _("report as a partner")
    SIGNAAL_LEZEN = "signaal_lezen", _("read a signal")
    SIGNAAL_AFHANDELEN = "signaal_afhandelen", _("deal with a signal")
    SIGNALEN_INLEZEN = "signalen_inlezen", _("read in a file of signals")
    TERUGMELDING_LEZEN = "terugmelding_lezen", _("read word back to a reporter")
    MELDING_ZIEN = "melding_zien", _("see a melding")
    MELDING_TOEWIJZEN = "melding_toewijzen", _("assign a melding")
    MELDING_WEGEN = "melding_wegen", _("weigh a melding")
    VERWIJSINDEX_ZIEN = "verwijsindex_zien", _("see who is involved")
    VERWIJZING_VASTLEGGEN = "verwijzing_vastleggen", _("record that one is involved")
    KLANTBEELD_OPENEN = "klantbeeld_openen", _("open the whole view of a family")
    REGEL_ZIEN = "regel_zien", _("see the rules")
    REGEL_SCHRIJVEN = "regel_schrijven", _("write rules")
    REGEL_GOEDKEUREN = "regel_goedkeuren", _("approve rules")
    BEWAARTERMIJN_ZIEN = "bewaartermijn_zien", _("see retention periods")
    BEWAARTERMIJN_WIJZIGEN = "bewaartermijn_wijzigen", _("change retention periods")
    VERNIETIGING_OPSCHORTEN = "vernietiging_opschorten", _("suspend destruction")
    VERNIETIGEN = "vernietigen", _("destroy what is due")
    LOG_LEZEN = "log_lezen", _("read the logs")
    AFWIJKING_BEOORDELEN = "afwijking_beoordelen", _("judge odd looks")
    NOODTOEGANG = "noodtoegang", _("take emergency access")
    NOODTOEGANG_ZIEN = "noodtoegang_zien", _("see who took emergency access")
    ACCOUNT_BEHEREN = "account_beheren", _("manage accounts")
    KOPPELING_BEHEREN = "koppeling_beheren", _("manage connections")
    GROND_BEHEREN = "grond_beheren", _("manage the catalogue of grounds")
    CASUS_ZIEN = "casus_zien", _("see a case")
    CASUS_VOEREN = "casus_voeren", _("lead a case")
    CASUS_TOEWIJZEN = "casus_toewijzen", _("assign a case")
    PLAN_LEZEN = "plan_lezen", _("read a plan")
    PLAN_SCHRIJVEN = "plan_schrijven", _("write a plan")
    ACTIVITEIT_BIJWERKEN = "activiteit_bijwerken", _("say how an own activity goes")
    TOEGANG_GEVEN = "toegang_geven", _("let others into a dossier")
    TOEGANG_BEPERKEN = "toegang_beperken", _("close parts of a dossier to somebody")
    SJABLOON_BEHEREN = "sjabloon_beheren", _("manage templates and instruments")
    DOSSIER_LEZEN = "dossier_lezen", _("read a dossier")
    DOSSIER_SCHRIJVEN = "dossier_schrijven", _("write in a dossier")
    DOSSIER_AANVULLEN = "dossier_aanvullen", _("add to the opened part of a dossier")
    METING_DOEN = "meting_doen", _("measure self-sufficiency")
    TAAK_ZIEN = "taak_zien", _("see tasks")
    TAAK_DOEN = "taak_doen", _("do a task")
    TAAK_VERDELEN = "taak_verdelen", _("divide tasks")
    TERMIJN_ZIEN = "termijn_zien", _("see terms")
    TERMIJN_BEHEREN = "termijn_beheren", _("start, suspend and extend terms")
    TERMIJN_INSTELLEN = "termijn_instellen", _("set up terms and escalation")
    DOORZETTEN = "doorzetten", _("decide over other organisations when it is stuck")
    CASELOAD_ZIEN = "caseload_zien", _("see the caseload of a team")
    CASELOAD_VERDELEN = "caseload_verdelen", _("divide the caseload")
    TEAM_BEHEREN = "team_beheren", _("manage teams and absence")
    OVERLEG_BIJWONEN = "overleg_bijwonen", _("attend a case conference")
    OVERLEG_HOUDEN = "overleg_houden", _("hold a case conference")
    BERICHT_LEZEN = "bericht_lezen", _("read messages")
    BERICHT_SCHRIJVEN = "bericht_schrijven", _("write messages")
    MIJN_PAGINAS = "mijn_paginas", _("use one's own pages")
    VOORZIENING_ZIEN = "voorziening_zien", _("see what somebody is granted")
    AANVRAAG_BEHANDELEN = "aanvraag_behandelen", _("deal with an application")
    BESCHIKKEN = "beschikken", _("decide on an application")
    TOEWIJZEN = "toewijzen", _("allocate care and change allocations")
    VERZOEK_BEHANDELEN = "verzoek_behandelen", _("answer requests of providers")
    CONTRACT_ZIEN = "contract_zien", _("see contracts, prices and waiting times")
    CONTRACT_BEHEREN = "contract_beheren", _("manage contracts and routes")
    VERKEER_ZIEN = "verkeer_zien", _("see the messages with providers")
    VERKEER_DOEN = "verkeer_doen", _("send messages to providers again, or anew")
    VERKEER_UITWISSELEN = "verkeer_uitwisselen", _("carry messages with providers")
    AANSLUITING_BEHEREN = "aansluiting_beheren", _("set up how messages travel")
    DECLARATIE_ZIEN = "declaratie_zien", _("see invoices and their lines")
    BETAALBATCH_MAKEN = "betaalbatch_maken", _("make a payment batch")
    BETAALBATCH_GOEDKEUREN = "betaalbatch_goedkeuren", _("approve a payment batch")
    BESTEDING_ZIEN = "besteding_zien", _("see commitments and what was invoiced")
    MONITOR_ZIEN = "monitor_zien", _("read the monitor")
    LEVERING_ZIEN = "levering_zien", _("see the deliveries")


# What concerns clients: here depth means something, and who runs or oversees the
# system stays out.
OVER_PERSONEN = frozenset(
    {
        Handeling.PERSOON_ZOEKEN,
        Handeling.PERSOON_OPENEN,
        Handeling.BSN_TONEN,
        Handeling.PERSOON_REGISTREREN,
        Handeling.TOESTEMMING_VASTLEGGEN,
        Handeling.BRP_TERUGMELDEN,
        Handeling.SIGNAAL_REGISTREREN,
        Handeling.SIGNAAL_MELDEN,
        Handeling.SIGNAAL_LEZEN,
        Handeling.SIGNAAL_AFHANDELEN,
        Handeling.SIGNALEN_INLEZEN,
        Handeling.TERUGMELDING_LEZEN,
        Handeling.MELDING_ZIEN,
        Handeling.MELDING_TOEWIJZEN,
        Handeling.MELDING_WEGEN,
        Handeling.VERWIJSINDEX_ZIEN,
        Handeling.VERWIJZING_VASTLEGGEN,
        Handeling.KLANTBEELD_OPENEN,
        Handeling.NOODTOEGANG,
        Handeling.CASUS_ZIEN,
        Handeling.CASUS_VOEREN,
        Handeling.CASUS_TOEWIJZEN,
        Handeling.PLAN_LEZEN,
        Handeling.PLAN_SCHRIJVEN,
        Handeling.ACTIVITEIT_BIJWERKEN,
        Handeling.TOEGANG_GEVEN,
        Handeling.TOEGANG_BEPERKEN,
        Handeling.DOSSIER_LEZEN,
        Handeling.DOSSIER_SCHRIJVEN,
        Handeling.DOSSIER_AANVULLEN,
        Handeling.METING_DOEN,
        Handeling.TAAK_ZIEN,
        Handeling.TAAK_DOEN,
        Handeling.TAAK_VERDELEN,
        Handeling.TERMIJN_ZIEN,
        Handeling.TERMIJN_BEHEREN,
        Handeling.DOORZETTEN,
        Handeling.CASELOAD_ZIEN,
        Handeling.CASELOAD_VERDELEN,
        Handeling.OVERLEG_BIJWONEN,
        Handeling.OVERLEG_HOUDEN,
        Handeling.BERICHT_LEZEN,
        Handeling.BERICHT_SCHRIJVEN,
        Handeling.MIJN_PAGINAS,
        Handeling.VOORZIENING_ZIEN,
        Handeling.AANVRAAG_BEHANDELEN,
        Handeling.BESCHIKKEN,
        Handeling.TOEWIJZEN,
        Handeling.VERZOEK_BEHANDELEN,
        Handeling.VERKEER_ZIEN,
        Handeling.VERKEER_DOEN,
        Handeling.VERKEER_UITWISSELEN,
        Handeling.DECLARATIE_ZIEN,
    }
)
# The only ones that let somebody of a family through the gate; what they do behind it
# is asked of the table again.
VOOR_BURGERS = frozenset({Handeling.MIJN_PAGINAS})
