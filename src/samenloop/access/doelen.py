"""The purposes for which a worker may look, as a list.

A look at a person always has one purpose, asked once per dossier and context. What a
purpose opens follows from the catalogue of grounds; the codes here are those of that
catalogue as far as workers choose them. A purpose of one law stands only open to who
works in that domain.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.access.rollen import Domein


@dataclass(frozen=True, slots=True)
class Doel:
    """One purpose; without a domain it is open to every caseworker."""

    code: str
    label: str | Promise
    domein: Domein | None = None


DOELEN: dict[str, Doel] = {
    doel.code: doel
    for doel in (
        Doel("signaal_ontvangen", _("receiving and registering a signal")),
        Doel("melding_wegen", _("weighing a melding")),
        Doel("samenloop_veiligheid", _("acute safety")),
        Doel("zorgmelding_politie", _("dealing with a report by the police")),
        Doel("melding_aan_veilig_thuis", _("reporting to Veilig Thuis")),
        Doel("wmo_onderzoek", _("inquiry into support (Wmo)"), Domein.WMO),
        Doel("wmo_uitvoering", _("carrying out support (Wmo)"), Domein.WMO),
        Doel("jeugd_toeleiding", _("leading to youth care"), Domein.JEUGD),
        Doel("jeugd_uitvoering", _("carrying out youth care"), Domein.JEUGD),
        Doel("bijstand", _("social assistance benefit"), Domein.INKOMEN),
        Doel("arbeidsinschakeling", _("guidance to work"), Domein.INKOMEN),
        Doel("vroegsignalering", _("early signs of debts"), Domein.SCHULD),
        Doel("schuldhulp", _("debt relief"), Domein.SCHULD),
        Doel("leerplicht", _("compulsory education"), Domein.LEERPLICHT),
        Doel("regie_multiproblematiek", _("directing several kinds of help")),
        Doel("regie_gezamenlijk_plan", _("making the plan with the family")),
        Doel("regie_eigen_deel", _("own part of a shared plan")),
        Doel("casusoverleg", _("preparing a case conference")),
        Doel("toewijzing", _("allocation to a provider")),
        Doel("declaratie", _("checking an invoice")),
        Doel("vastlegging_toestemming", _("recording consent")),
        Doel("inzage_betrokkene", _("a request by the person concerned")),
        Doel("bezwaar", _("an objection")),
        Doel("klacht", _("a complaint")),
        Doel("noodtoegang", _("vital interest: emergency access")),
    )
}


def choices_for(domeinen: Iterable[Domein]) -> list[Doel]:
    """Return the purposes someone who works in these domains may choose."""
    eigen = frozenset(domeinen)
    return [
        doel
        for doel in DOELEN.values()
        if doel.domein is None or not eigen or doel.domein in eigen
    ]


def label(code: str) -> str:
    """Return a purpose in words; an unknown code as it is."""
    return str(DOELEN[code].label) if code in DOELEN else code
