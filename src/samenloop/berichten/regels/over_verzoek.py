"""Rules on requests (315, 317) and answers to them (319) against what we hold.

A provider is only held to what it could know on the day it signed: an allocation that
went out after that day does not count against its request (OP095).
"""

from collections.abc import Callable
from datetime import date

from samenloop.berichten.regels.antwoordregels import IN_ONDERZOEK
from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.omvang import TOTAAL
from samenloop.berichten.regels.product import EINDE_OUDE_VARIANTEN
from samenloop.berichten.regels.register import Functie, regel
from samenloop.berichten.regels.stand import StandToewijzing
from samenloop.berichten.regels.stapeling import Periode, periode, stapelingen

_GEVRAAGD = "315 Client/AangevraagdeProducten/AangevraagdProduct"
_VERZOEK = "317 Client/Verzoek"
_ONGEWIJZIGD = f"{_VERZOEK}/OngewijzigdeProducten/OngewijzigdProduct"
_GEWIJZIGD = f"{_VERZOEK}/TeWijzigenProducten/TeWijzigenProduct"
_ANTWOORD = "319 Antwoord"


def _regel(
    code: str, retourcode: str, tekst: str, *op: str, stand: bool = True
) -> Callable[[Functie], Functie]:
    return regel(code, tekst, *op, niveau=3, retourcode=retourcode, stand=stand)


@_regel(
    "TR347",
    "9347",
    "Deze referentie is al eerder gebruikt. Geef elk verzoek een nieuwe referentie.",
    f"{_GEVRAAGD}: ReferentieAanbieder",
    f"{_VERZOEK}: ReferentieAanbieder",
)
def nieuwe_referentie(deel: Velden, grond: Grond) -> bool:
    """A reference is used once per provider and law."""
    return deel["ReferentieAanbieder"] in grond.verzoeken


@_regel(
    "TR374",
    "9374",
    "Er loopt al een verzoek van deze aanbieder voor deze client. Wacht op de "
    "toewijzing of de afwijzing.",
    "315,317 Client",
)
def geen_lopend_verzoek(client: Velden, grond: Grond) -> bool:
    """One request at a time."""
    return grond.stand.onderhanden(grond.wet, grond.aanbieder, client["Bsn"])


def _actueel(grond: Grond) -> list[StandToewijzing]:
    """What runs or will run, as far as the provider could know."""
    return [
        each
        for each in grond.van_client
        if each.geldig_vanaf(grond.dagtekening) and each.bekend_op(grond.dagtekening)
    ]


def _genoemd(verzoek: Velden) -> set[int]:
    ongewijzigd = verzoek.get("OngewijzigdeProducten", {})
    gewijzigd = verzoek.get("TeWijzigenProducten", {})
    return {
        each["ToewijzingNummer"]
        for each in (
            *ongewijzigd.get("OngewijzigdProduct", ()),
            *gewijzigd.get("TeWijzigenProduct", ()),
        )
    }


@_regel(
    "TR349",
    "9349",
    "Niet alle lopende toewijzingen van de client staan in het verzoek. Neem ook "
    "op wat "
    "niet verandert.",
    _VERZOEK,
)
def alles_genoemd(verzoek: Velden, grond: Grond) -> bool:
    """A change describes the whole situation that is wanted."""
    genoemd = _genoemd(verzoek)
    return any(each.nummer not in genoemd for each in _actueel(grond))


def _origineel(product: Velden, grond: Grond) -> StandToewijzing | None:
    """The allocation of this client that a part of the request is about."""
    for each in grond.van_client:
        if each.nummer == product["ToewijzingNummer"]:
            return each
    return None


def _niet_actueel(product: Velden, grond: Grond) -> bool:
    gevonden = _origineel(product, grond)
    return gevonden is None or not gevonden.geldig_vanaf(grond.dagtekening)


@_regel(
    "TR350",
    "9350",
    "Dit is geen lopende toewijzing van deze client. Controleer het nummer.",
    _ONGEWIJZIGD,
)
def ongewijzigd_loopt(product: Velden, grond: Grond) -> bool:
    """Only what runs can stay as it is."""
    return _niet_actueel(product, grond)


@_regel(
    "TR351",
    "9351",
    "Dit is geen lopende toewijzing van deze client en kan niet worden gewijzigd. "
    "Controleer het nummer, of vraag een nieuw product aan.",
    _GEWIJZIGD,
)
def gewijzigd_loopt(product: Velden, grond: Grond) -> bool:
    """Only what runs can change."""
    return _niet_actueel(product, grond)


@_regel(
    "TR357",
    "9357",
    "De wijziging begint voor of op de dagtekening, maar niet op de ingangsdatum "
    "van de "
    "toewijzing. Kies een latere dag, of de ingangsdatum.",
    f"{_GEWIJZIGD}: GewensteIngangsdatum",
)
def ingang_gelijk_of_later(product: Velden, grond: Grond) -> bool:
    """A change of the past is one of the whole allocation."""
    gewenst = product["GewensteIngangsdatum"]
    origineel = _origineel(product, grond)
    if origineel is None or gewenst > grond.dagtekening:
        return False
    # For a budget or a total the start is fixed anyhow; that is TR373.
    return not _heel(product, origineel) and bool(gewenst != origineel.ingang)


def _heel(product: Velden, origineel: StandToewijzing) -> bool:
    """Whether it is a budget or a total that changes: always for the whole period."""
    return (
        origineel.budget is not None
        or "Budget" in product
        or origineel.frequentie == TOTAAL
        or product.get("Omvang", {}).get("Frequentie") == TOTAAL
    )


@_regel(
    "TR373",
    "9373",
    "Een budget of een totaal verandert altijd vanaf het begin. Neem de ingangsdatum "
    "van de toewijzing over.",
    f"{_GEWIJZIGD}: GewensteIngangsdatum",
)
def budget_vanaf_begin(product: Velden, grond: Grond) -> bool:
    """A budget cannot change halfway."""
    origineel = _origineel(product, grond)
    if origineel is None or not _heel(product, origineel):
        return False
    return bool(product["GewensteIngangsdatum"] != origineel.ingang)


@_regel(
    "TR361",
    "9361",
    "Dit product wordt zo in dezelfde periode twee keer gevraagd. Laat de perioden op "
    "elkaar aansluiten.",
    _VERZOEK,
    stand=False,
)
def niet_gestapeld(verzoek: Velden, grond: Grond) -> bool:
    """What is wanted has each product once; how it already was is no fault."""
    perioden = []
    ongewijzigd = verzoek.get("OngewijzigdeProducten", {}).get("OngewijzigdProduct", ())
    gewijzigd = verzoek.get("TeWijzigenProducten", {}).get("TeWijzigenProduct", ())
    if {each["ToewijzingNummer"] for each in ongewijzigd} & {
        each["ToewijzingNummer"] for each in gewijzigd
    }:
        return True
    if grond.stand_of_niets is None:
        return False
    for each in ongewijzigd:
        origineel = _origineel(each, grond)
        if origineel is not None:
            perioden.append(
                Periode(
                    "",
                    origineel.categorie,
                    origineel.code,
                    origineel.ingang,
                    origineel.eind or date.max,
                    vast=True,
                )
            )
    for each in gewijzigd:
        origineel = _origineel(each, grond)
        if origineel is not None:
            gevraagd = periode("", each)
            perioden.append(
                gevraagd._replace(categorie=origineel.categorie, code=origineel.code)
            )
    nieuw = verzoek.get("NieuweProducten", {}).get("NieuwProduct", ())
    perioden += [periode("", each) for each in nieuw]
    return next(stapelingen(perioden), None) is not None


def _zonder_code_na_2020(product: Velden) -> bool:
    laatste = product.get("Einddatum")
    return laatste is None or laatste > EINDE_OUDE_VARIANTEN


@_regel(
    "TR375",
    "9375",
    "De toewijzing heeft geen product; een omvang kan dan niet. Laat de omvang weg.",
    f"{_GEWIJZIGD}: Omvang",
)
def geen_omvang_zonder_product(product: Velden, grond: Grond) -> bool:
    """A generic allocation has a budget alone."""
    origineel = _origineel(product, grond)
    return (
        origineel is not None
        and origineel.categorie is None
        and "Omvang" in product
        and _zonder_code_na_2020(product)
    )


@_regel(
    "TR411",
    "9411",
    "De toewijzing heeft een productcode; dan hoort er een omvang bij. Vul de omvang.",
    f"{_GEWIJZIGD}: Omvang",
)
def omvang_bij_code(product: Velden, grond: Grond) -> bool:
    """A specific allocation keeps a volume."""
    origineel = _origineel(product, grond)
    return (
        origineel is not None and origineel.code is not None and "Omvang" not in product
    )


@_regel(
    "TR412",
    "9412",
    "De toewijzing heeft geen productcode; een omvang kan dan niet. Laat de "
    "omvang weg.",
    f"{_GEWIJZIGD}: Omvang",
)
def geen_omvang_zonder_code(product: Velden, grond: Grond) -> bool:
    """An allocation by category has no volume; without category that is TR375."""
    origineel = _origineel(product, grond)
    return (
        origineel is not None
        and origineel.categorie is not None
        and origineel.code is None
        and "Omvang" in product
        and _zonder_code_na_2020(product)
    )


@_regel(
    "TR355",
    "9355",
    "Er is geen verzoek met deze referentie. Neem de referentie van het verzoek over.",
    f"{_ANTWOORD}: ReferentieAanbieder",
)
def verzoek_bekend(antwoord: Velden, grond: Grond) -> bool:
    """An answer is an answer to something."""
    return antwoord["ReferentieAanbieder"] not in grond.verzoeken


@_regel(
    "TR359",
    "9359",
    "Op dit verzoek is al een toewijzing verstuurd. Een antwoord kan dan niet meer.",
    _ANTWOORD,
)
def nog_niet_toegewezen(antwoord: Velden, grond: Grond) -> bool:
    """An allocation is the answer."""
    verzoek = grond.verzoeken.get(antwoord["ReferentieAanbieder"])
    return verzoek is not None and verzoek.toegewezen


@_regel(
    "TR360",
    "9360",
    "Er is al geantwoord dat het verzoek in onderzoek is. Dat kan een keer; "
    "daarna volgt "
    "een toewijzing of een afwijzing.",
    _ANTWOORD,
)
def een_keer_in_onderzoek(antwoord: Velden, grond: Grond) -> bool:
    """Under investigation is said once; after a final answer that is TR365."""
    verzoek = grond.verzoeken.get(antwoord["ReferentieAanbieder"])
    return (
        antwoord["VerzoekAntwoord"] == IN_ONDERZOEK
        and verzoek is not None
        and bool(verzoek.antwoorden)
        and set(verzoek.antwoorden) == {IN_ONDERZOEK}
    )


@_regel(
    "TR365",
    "9365",
    "Op dit verzoek is al een eindantwoord gegeven. Een ander antwoord kan niet meer.",
    _ANTWOORD,
)
def geen_eindantwoord(antwoord: Velden, grond: Grond) -> bool:
    """After a refusal no other answer."""
    verzoek = grond.verzoeken.get(antwoord["ReferentieAanbieder"])
    return verzoek is not None and bool(set(verzoek.antwoorden) - {IN_ONDERZOEK})
