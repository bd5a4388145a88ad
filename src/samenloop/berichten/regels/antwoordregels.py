"""Rules on an answer to a request (319) and on the sums in an answer to an invoice."""

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel

_ANTWOORD = "319 Antwoord"
_JEUGD = frozenset({"jeugdwet"})
WOONPLAATSBEGINSEL = "8"
AFGEWEZEN = "1"
IN_ONDERZOEK = "2"


@regel(
    "CD085",
    "Bij een afwijzing hoort een reden. Vul de reden.",
    f"{_ANTWOORD}: RedenAfwijzingVerzoek",
)
def reden_bij_afwijzing(antwoord: Velden, grond: Grond) -> bool:
    """Who is refused hears why."""
    afgewezen = antwoord["VerzoekAntwoord"] == AFGEWEZEN
    return afgewezen and "RedenAfwijzingVerzoek" not in antwoord


@regel(
    "CD086",
    "De aanvraag is nog in onderzoek; dan blijft de reden van afwijzing leeg.",
    f"{_ANTWOORD}: RedenAfwijzingVerzoek",
)
def geen_reden_bij_onderzoek(antwoord: Velden, grond: Grond) -> bool:
    """There is no reason yet."""
    in_onderzoek = antwoord["VerzoekAntwoord"] == IN_ONDERZOEK
    return in_onderzoek and "RedenAfwijzingVerzoek" in antwoord


@regel(
    "TR377",
    "Bij een afwijzing om het woonplaatsbeginsel hoort de gemeente die wel "
    "verantwoordelijk is. Vul de gemeente.",
    f"{_ANTWOORD}: Woonplaatsbeginsel",
    wetten=_JEUGD,
)
def gemeente_bij_woonplaats(antwoord: Velden, grond: Grond) -> bool:
    """The provider has to know where to turn."""
    reden = antwoord.get("RedenAfwijzingVerzoek")
    return reden == WOONPLAATSBEGINSEL and "Woonplaatsbeginsel" not in antwoord


@regel(
    "TR409",
    "Een andere gemeente hoort alleen bij een afwijzing om het woonplaatsbeginsel "
    "(reden 8). Laat de gemeente weg.",
    f"{_ANTWOORD}: Woonplaatsbeginsel",
    wetten=_JEUGD,
)
def geen_gemeente(antwoord: Velden, grond: Grond) -> bool:
    """Otherwise there is no other municipality to name."""
    reden = antwoord.get("RedenAfwijzingVerzoek")
    return reden != WOONPLAATSBEGINSEL and "Woonplaatsbeginsel" in antwoord


def getekend(bedrag: Velden) -> int:
    """An amount in eurocents, negative where it is a credit."""
    hoogte: int = bedrag["Bedrag"] if "Bedrag" in bedrag else bedrag["TotaalBedrag"]
    return -hoogte if bedrag["DebetCredit"] == "C" else hoogte


@regel(
    "TR342",
    "Het verschil tussen ingediend en toegekend bedrag is niet gelijk aan de som van "
    "de afgewezen prestaties. Controleer de bedragen.",
    "325 DeclaratieAntwoord",
)
def verschil_verklaard(antwoord: Velden, grond: Grond) -> bool:
    """What is not granted shows line by line; of a refused invoice nothing is."""
    toegekend = getekend(antwoord["TotaalToegekendBedrag"])
    if not {"0200", "8001"} & set(antwoord["RetourCodes"]["RetourCode"]):
        return toegekend != 0
    som = sum(getekend(each["IngediendBedrag"]) for _, _, each in grond.prestaties)
    return som != getekend(antwoord["TotaalIngediendBedrag"]) - toegekend
