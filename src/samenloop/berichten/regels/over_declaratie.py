"""Rules on an invoice as a whole against the invoices before it."""

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel


@regel(
    "TR333",
    "Een declaratie met dit nummer is al eerder ontvangen. Geef de declaratie "
    "een nieuw "
    "nummer.",
    "323 Declaratie: DeclaratieNummer",
    niveau=3,
    retourcode="9333",
)
def nieuwe_declaratie(declaratie: Velden, grond: Grond) -> bool:
    """A number of an invoice is used once per provider and law."""
    return grond.stand.declaratienummer_bekend(
        grond.wet, grond.aanbieder, declaratie["DeclaratieNummer"]
    )


@regel(
    "TR318",
    "Er is al gedeclareerd over een latere maand. Dien in met die maand of een latere; "
    "de productperiode mag wel eerder liggen.",
    "323 Declaratie: DeclaratiePeriode",
    niveau=3,
    retourcode="8214",
)
def volgende_maand(declaratie: Velden, grond: Grond) -> bool:
    """Months follow each other; one may come again, or be left out without care.

    Whether care was given in a month that was left out only the provider knows.
    """
    vorige = grond.stand.laatste_declaratieperiode(grond.wet, grond.aanbieder)
    eerste = declaratie["DeclaratiePeriode"]["Begindatum"]
    return vorige is not None and eerste < vorige
