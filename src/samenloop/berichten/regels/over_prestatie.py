"""Rules on an invoice against what was allocated, agreed and invoiced before.

What compares a line with its allocation finds that in `grond.toewijzing`: None where
there is none to compare with, which other rules report. A credit is the provider's own
and is only held against its debit (IV085).
"""

from collections.abc import Callable

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.omvang import (
    MINUUT,
    UUR,
    bedrag_in_minuten,
    factor,
    maximum_periode,
    maximum_totaal,
    minuuttarief,
    mogelijk_in_minuten,
)
from samenloop.berichten.regels.prestatie import (
    EUROS,
    PRESTATIE,
    laatste_dag,
    productsleutel,
)
from samenloop.berichten.regels.register import Functie, regel
from samenloop.berichten.regels.stand import StandContractproduct


def _regel(
    code: str, retourcode: str, tekst: str, element: str = "", *, stand: bool = True
) -> Callable[[Functie], Functie]:
    return regel(
        code,
        tekst,
        f"{PRESTATIE}: {element}",
        niveau=3,
        retourcode=retourcode,
        stand=stand,
    )


@_regel(
    "TR314",
    "8021",
    "Dit referentienummer is al eerder gebruikt. Geef de prestatie een nieuw nummer.",
    "ProductReferentie",
    stand=False,
)
def nieuwe_referentie(prestatie: Velden, grond: Grond) -> bool:
    """A reference is used once per provider and law, also within one message."""
    if id(prestatie) in grond.herhaalde_prestaties:
        return True
    if grond.stand_of_niets is None:
        return False
    referentie = prestatie["ProductReferentie"]["ReferentieNummer"]
    return referentie in grond.eerder.op_referentie


@_regel(
    "TR319",
    "9319",
    "De productperiode ligt na de declaratieperiode. Declareer deze prestatie in een "
    "volgende maand.",
    stand=False,
)
def niet_vooruit(prestatie: Velden, grond: Grond) -> bool:
    """Only what was delivered in this month or before."""
    laatste = grond.declaratie["DeclaratiePeriode"]["Einddatum"]
    return bool(prestatie["ProductPeriode"]["Einddatum"] > laatste)


@_regel(
    "TR338",
    "9338",
    "Dit toewijzingnummer is niet bekend bij deze aanbieder. Controleer het nummer in "
    "de laatste toewijzing.",
)
def toewijzing_bestaat(prestatie: Velden, grond: Grond) -> bool:
    """Every line rests on an allocation of this provider."""
    gevonden = grond.toewijzingen.get(prestatie["ToewijzingNummer"])
    return gevonden is None or gevonden.aanbieder != grond.aanbieder


@_regel(
    "TR384",
    "9384",
    "Deze toewijzing is verwijderd en telt als niet verzonden. Overleg met de "
    "gemeente.",
)
def niet_verwijderd(prestatie: Velden, grond: Grond) -> bool:
    """What was removed was never granted."""
    gevonden = grond.toewijzingen.get(prestatie["ToewijzingNummer"])
    return gevonden is not None and gevonden.bsn == grond.bsn and gevonden.verwijderd


@_regel(
    "TR307",
    "9307",
    "De productperiode begint voor de toewijzing. Verbeter de begindatum.",
    "ProductPeriode",
)
def na_ingang(prestatie: Velden, grond: Grond) -> bool:
    """Nothing before the allocation."""
    gegeven = grond.toewijzing
    return gegeven is not None and prestatie["ProductPeriode"]["Begindatum"] < (
        gegeven.ingang
    )


@_regel(
    "TR308",
    "9308",
    "De productperiode eindigt na de toewijzing. Verbeter de einddatum.",
    "ProductPeriode",
)
def voor_einde(prestatie: Velden, grond: Grond) -> bool:
    """Nothing after the allocation."""
    gegeven = grond.toewijzing
    if gegeven is None or gegeven.eind is None:
        return False
    return bool(prestatie["ProductPeriode"]["Einddatum"] > gegeven.eind)


@_regel(
    "TR387",
    "9387",
    "De productperiode begint niet op de eerste dag van de maand of van de toewijzing. "
    "Verbeter de begindatum.",
    "ProductPeriode",
)
def vanaf_eerste_dag(prestatie: Velden, grond: Grond) -> bool:
    """The first of the month, or of the allocation if that is later."""
    gegeven = grond.toewijzing
    eerste = prestatie["ProductPeriode"]["Begindatum"]
    # Before the allocation is another fault (TR307).
    return gegeven is not None and eerste.day != 1 and bool(eerste > gegeven.ingang)


@_regel(
    "TR388",
    "9388",
    "De productperiode eindigt niet op de laatste dag van de maand of van de "
    "toewijzing. Verbeter de einddatum.",
    "ProductPeriode",
)
def tot_laatste_dag(prestatie: Velden, grond: Grond) -> bool:
    """The last of the month, or of the allocation if that is earlier."""
    gegeven = grond.toewijzing
    if gegeven is None:
        return False
    laatste = prestatie["ProductPeriode"]["Einddatum"]
    if laatste.day == laatste_dag(laatste.year, laatste.month):
        return False
    # After the allocation is another fault (TR308).
    return gegeven.eind is None or bool(laatste < gegeven.eind)


@_regel(
    "TR339",
    "9339",
    "De productcategorie is een andere dan is toegewezen. Neem die van de toewijzing "
    "over.",
    "ProductCategorie",
)
def categorie_gelijk(prestatie: Velden, grond: Grond) -> bool:
    """A category that was allocated is the one to invoice."""
    gegeven = grond.toewijzing
    if gegeven is None or gegeven.categorie is None:
        return False
    return bool(prestatie["ProductCategorie"] != gegeven.categorie)


@_regel(
    "TR340",
    "9340",
    "De productcode is een andere dan is toegewezen. Neem die van de toewijzing over.",
    "ProductCode",
)
def code_gelijk(prestatie: Velden, grond: Grond) -> bool:
    """A code that was allocated is the one to invoice."""
    gegeven = grond.toewijzing
    if gegeven is None or gegeven.code is None:
        return False
    return bool(prestatie["ProductCode"] != gegeven.code)


def _afspraken(prestatie: Velden, grond: Grond) -> list[StandContractproduct]:
    """What was agreed about this product on its first day."""
    sleutel = (prestatie["ProductCategorie"], prestatie["ProductCode"])
    alle = grond.contract.get(sleutel)
    if not alle:
        return []
    eerste = prestatie["ProductPeriode"]["Begindatum"]
    return [each for each in alle if each.geldig(eerste)]


@_regel(
    "TR341",
    "9341",
    "De eenheid past niet bij de toewijzing of het contract. Minuten mogen alleen in "
    "plaats van uren.",
    "Eenheid",
)
def eenheid_past(prestatie: Velden, grond: Grond) -> bool:
    """The unit allocated; without one that of the contract."""
    gegeven = grond.toewijzing
    if gegeven is None:
        return False
    eenheid = prestatie["Eenheid"]
    if gegeven.eenheid is not None:
        return factor(eenheid, gegeven.eenheid) is None
    afgesproken = {
        each.eenheid for each in _afspraken(prestatie, grond) if each.eenheid
    }
    return bool(afgesproken) and all(
        factor(eenheid, each) is None for each in afgesproken
    )


@_regel(
    "TR321",
    "9321",
    "Er is meer gedeclareerd dan voor deze periode is toegewezen. Verlaag het "
    "volume of "
    "vraag een wijziging aan.",
    "GeleverdVolume",
)
def volume_past(prestatie: Velden, grond: Grond) -> bool:
    """What was delivered fits in what was granted for the period."""
    gegeven = grond.toewijzing
    if gegeven is None or gegeven.volume is None:
        return False
    gewicht = factor(prestatie["Eenheid"], gegeven.eenheid)
    if gewicht is None:
        return False
    periode = prestatie["ProductPeriode"]
    meest = maximum_periode(
        gegeven, grond.wet, periode["Begindatum"], periode["Einddatum"]
    )
    return meest is not None and prestatie["GeleverdVolume"] * gewicht > meest


@_regel(
    "TR322",
    "9322",
    "Samen met eerdere prestaties is er meer gedeclareerd dan in totaal is toegewezen. "
    "Verlaag het volume of vraag een wijziging aan.",
    "GeleverdVolume",
)
def som_past(prestatie: Velden, grond: Grond) -> bool:
    """All that was delivered fits in all that was granted."""
    gegeven = grond.toewijzing
    if gegeven is None or gegeven.volume is None:
        return False
    gewicht = factor(prestatie["Eenheid"], gegeven.eenheid)
    # Without an end it is counted as far as anything may be invoiced by now: what was
    # used holds later months too when an older one is set right.
    tot = grond.declaratie["DeclaratiePeriode"]["Einddatum"]
    meest = maximum_totaal(gegeven, tot)
    if gewicht is None or meest is None:
        return False
    gebruikt = grond.volume_gebruikt(gegeven)
    return bool(gebruikt + prestatie["GeleverdVolume"] * gewicht > meest)


@_regel(
    "TR369",
    "9369",
    "Samen met eerdere prestaties is er meer gedeclareerd dan het toegewezen budget. "
    "Verlaag het bedrag of vraag een wijziging aan.",
    "GeleverdVolume",
)
def budget_past(prestatie: Velden, grond: Grond) -> bool:
    """All that was asked fits in the budget.

    The rule speaks of volumes; those are amounts only in euros, so amounts count.
    """
    gegeven = grond.toewijzing
    if gegeven is None or gegeven.budget is None:
        return False
    gebruikt = grond.eerder.bedrag.get(gegeven.nummer, 0)
    gebruikt += grond.bedrag_erbij.get(gegeven.nummer, 0)
    return bool(gebruikt + prestatie["IngediendBedrag"]["Bedrag"] > gegeven.budget)


@_regel(
    "TR389",
    "9389",
    "Dit product is voor deze toewijzing en periode al gedeclareerd. Draai eerst de "
    "eerdere prestatie terug.",
)
def nog_niet_gedeclareerd(prestatie: Velden, grond: Grond) -> bool:
    """A second debit only after a credit, which may stand in the same message."""
    if not grond.eerder.open_debet:
        return False
    sleutel = productsleutel(prestatie)
    return sleutel in grond.eerder.open_debet and sleutel not in grond.sleutels_vrij


@_regel(
    "TR323",
    "8017",
    "De prestatie die wordt teruggedraaid is niet bekend of niet toegekend. Controleer "
    "het vorige referentienummer, de toewijzing en het bedrag.",
    "ProductReferentie",
)
def debet_bestaat(prestatie: Velden, grond: Grond) -> bool:
    """A credit mirrors a debit of this client that was accepted (IV091)."""
    vorige = prestatie["ProductReferentie"].get("VorigReferentieNummer")
    debet = grond.eerder.op_referentie.get(vorige) if vorige else None
    return (
        debet is None
        or not debet.debet
        or debet.bsn != grond.bsn
        or debet.nummer != prestatie["ToewijzingNummer"]
        or debet.bedrag != prestatie["IngediendBedrag"]["Bedrag"]
    )


@_regel(
    "TR390",
    "9390",
    "Deze prestatie is al eerder teruggedraaid. Laat de creditregel weg.",
)
def nog_niet_teruggedraaid(prestatie: Velden, grond: Grond) -> bool:
    """A line is credited once."""
    vorige = prestatie["ProductReferentie"].get("VorigReferentieNummer")
    return vorige in grond.eerder.gecrediteerd


@_regel(
    "TR418",
    "0611",
    "Het tarief is niet dat van het contract. Controleer de afspraak en de datum "
    "waarop "
    "die ingaat.",
    "ProductTarief",
)
def tarief_van_contract(prestatie: Velden, grond: Grond) -> bool:
    """The tariff that was agreed for the unit; none agreed, none to hold against."""
    tarief = prestatie.get("ProductTarief")
    if tarief is None or grond.toewijzing is None:
        return False
    eenheid = prestatie["Eenheid"]
    verwacht = set()
    for each in _afspraken(prestatie, grond):
        if each.tarief is None:
            continue
        if each.eenheid in (None, eenheid):
            verwacht.add(each.tarief)
        elif eenheid == MINUUT and each.eenheid == UUR:
            verwacht.add(minuuttarief(each.tarief))
    return bool(verwacht) and tarief not in verwacht


@regel(
    "TR346",
    "Het bedrag is niet volume maal tarief. Bij minuten met een uurtarief: uurtarief "
    "maal minuten gedeeld door 60, afgerond op centen.",
    f"{PRESTATIE}: IngediendBedrag",
    niveau=4,
    retourcode="9346",
    stand=False,
)
def bedrag_klopt(prestatie: Velden, grond: Grond) -> bool:
    """Volume times tariff; for minutes the tariff of the hour decides, unrounded."""
    tarief = prestatie.get("ProductTarief")
    if tarief is None or prestatie["Eenheid"] == EUROS:
        return False
    volume: int = prestatie["GeleverdVolume"]
    bedrag: int = prestatie["IngediendBedrag"]["Bedrag"]
    if prestatie["Eenheid"] != MINUUT:
        return bool(bedrag != volume * tarief)
    if grond.stand_of_niets is not None:
        per_uur = {
            bedrag_in_minuten(each.tarief, volume)
            for each in _afspraken(prestatie, grond)
            if each.eenheid == UUR and each.tarief is not None
        }
        if per_uur:
            return bedrag not in per_uur
    return not mogelijk_in_minuten(bedrag, volume, tarief)
