"""Rules on a product that is allocated, asked for or to be changed, and its volume.

The same rules hold for an allocation (301), a request (315) and a change (317); only
the names of the dates differ.
"""

from datetime import date
from typing import overload

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel

_301 = "301 Client/ToegewezenProducten/ToegewezenProduct"
_315 = "315 Client/AangevraagdeProducten/AangevraagdProduct"
_GEWIJZIGD = "317 Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct"
_NIEUW = "317 Client/Verzoek/NieuweProducten/NieuwProduct"

EINDE_OUDE_VARIANTEN = date(2020, 12, 31)
"""After this day a volume without product code is no longer possible."""

PER_PERIODE = frozenset({"14", "16", "83", "84"})
"""Units that are not counted per day."""


def einde(product: Velden) -> date | None:
    """The last day, under the name it has in this class."""
    gevonden: date | None = product.get("Einddatum", product.get("ToewijzingEinddatum"))
    return gevonden


@overload
def begin(product: Velden) -> date: ...


@overload
def begin(product: Velden, anders: None) -> date | None: ...


def begin(product: Velden, anders: None = None) -> date | None:
    """The first day, under the name it has in this class."""
    for naam in ("Ingangsdatum", "ToewijzingIngangsdatum", "GewensteIngangsdatum"):
        if naam in product:
            eerste: date = product[naam]
            return eerste
    return anders


def _loopt_door(product: Velden) -> bool:
    laatste = einde(product)
    return laatste is None or laatste > EINDE_OUDE_VARIANTEN


def _code(product: Velden) -> str | None:
    code: str | None = product.get("Product", {}).get("Code")
    return code


@regel(
    "CD041",
    "Bij een product met een code hoort een omvang. Vul Volume, Eenheid en Frequentie.",
    f"{_301}: Omvang",
    f"{_315}: Omvang",
    f"{_NIEUW}: Omvang",
)
def omvang_bij_code(product: Velden, grond: Grond) -> bool:
    """A specific allocation needs a volume."""
    return _code(product) is not None and "Omvang" not in product


@regel(
    "CD075",
    "Bij een budget hoort een einddatum. Vul de einddatum.",
    f"{_301}: Einddatum",
    f"{_315}: ToewijzingEinddatum",
    f"{_GEWIJZIGD}: Einddatum",
    f"{_NIEUW}: Einddatum",
)
def einde_bij_budget(product: Velden, grond: Grond) -> bool:
    """A budget is for a period that ends."""
    return "Budget" in product and einde(product) is None


@regel(
    "CD076",
    "Bij een omvang per week hoort een einddatum, anders is het totaal niet te "
    "berekenen. Vul de einddatum.",
    f"{_301}: Einddatum",
    f"{_315}: ToewijzingEinddatum",
    f"{_GEWIJZIGD}: Einddatum",
    f"{_NIEUW}: Einddatum",
)
def einde_bij_week(product: Velden, grond: Grond) -> bool:
    """The number of weeks must be known."""
    per_week = product.get("Omvang", {}).get("Frequentie") == "2"
    return per_week and einde(product) is None


@regel(
    "CD077",
    "Naast een budget mag geen omvang staan. Laat een van de twee weg.",
    f"{_301}: Omvang",
    f"{_315}: Omvang",
    f"{_GEWIJZIGD}: Omvang",
    f"{_NIEUW}: Omvang",
)
def geen_omvang_bij_budget(product: Velden, grond: Grond) -> bool:
    """A budget or a volume, never both."""
    return "Budget" in product and "Omvang" in product


@regel(
    "CD078",
    "Naast een omvang mag geen budget staan. Laat een van de twee weg.",
    f"{_301}: Budget",
    f"{_315}: Budget",
    f"{_GEWIJZIGD}: Budget",
    f"{_NIEUW}: Budget",
)
def geen_budget_bij_omvang(product: Velden, grond: Grond) -> bool:
    """The same, seen from the volume; the standard names both."""
    return "Budget" in product and "Omvang" in product


@regel(
    "CD079",
    "Zonder budget moet er een product staan. Vul de categorie, en zo nodig de code.",
    f"{_301}: Product",
    f"{_315}: Product",
    f"{_NIEUW}: Product",
)
def product_zonder_budget(product: Velden, grond: Grond) -> bool:
    """Only a generic allocation has no product, and that has a budget."""
    return "Budget" not in product and "Product" not in product


def _omvang_zonder_code(product: Velden) -> bool:
    return _code(product) is None and _loopt_door(product) and "Omvang" in product


@regel(
    "CD080",
    "Zonder productcode mag na 2020 geen omvang worden toegewezen. Vul de code, of "
    "laat de omvang weg.",
    f"{_301}: Omvang",
)
def toegewezen_omvang_zonder_code(product: Velden, grond: Grond) -> bool:
    """An allocation by category has no volume any more."""
    return _omvang_zonder_code(product)


@regel(
    "CD095",
    "Zonder productcode mag na 2020 geen omvang worden gevraagd. Vul de code, of laat "
    "de omvang weg.",
    f"{_315}: Omvang",
)
def gevraagde_omvang_zonder_code(product: Velden, grond: Grond) -> bool:
    """The same for a request."""
    return _omvang_zonder_code(product)


@regel(
    "CD096",
    "Zonder productcode mag na 2020 geen omvang worden gevraagd voor een nieuw "
    "product. "
    "Vul de code, of laat de omvang weg.",
    f"{_NIEUW}: Omvang",
)
def nieuwe_omvang_zonder_code(product: Velden, grond: Grond) -> bool:
    """The same for a new product in a change."""
    return _omvang_zonder_code(product)


@regel(
    "CS003",
    "De einddatum ligt voor de begindatum. Verbeter een van de twee.",
    "301 Client/Contactgegevens/Contact/Periode: Einddatum",
    "301 Client/Relaties/Relatie/Contact/Periode: Einddatum",
    f"{_301}: Einddatum",
    f"{_315}: ToewijzingEinddatum",
    f"{_GEWIJZIGD}: Einddatum",
    f"{_NIEUW}: Einddatum",
)
def einde_na_begin(deel: Velden, grond: Grond) -> bool:
    """No period ends before it begins; of an open period either may be missing."""
    laatste = einde(deel)
    eerste = deel["Begindatum"] if "Begindatum" in deel else begin(deel, None)
    return laatste is not None and eerste is not None and laatste < eerste


def _te_vaak(product: Velden) -> bool:
    omvang = product.get("Omvang")
    return (
        omvang is not None
        and omvang["Eenheid"] in PER_PERIODE
        and _loopt_door(product)
        and omvang["Frequentie"] not in {"2", "4", "6"}
    )


@regel(
    "CS338",
    "Deze eenheid kan niet per dag worden toegewezen. Kies per week, per maand of "
    "totaal binnen de toewijzing.",
    f"{_301}: Omvang",
    f"{_GEWIJZIGD}: Omvang",
    f"{_NIEUW}: Omvang",
)
def frequentie_bij_eenheid(product: Velden, grond: Grond) -> bool:
    """Only minutes, hours and pieces of output can be counted per day."""
    return _te_vaak(product)


@regel(
    "CS343",
    "Deze eenheid kan niet per dag worden gevraagd. Kies per week, per maand of totaal "
    "binnen de toewijzing.",
    f"{_315}: Omvang",
)
def gevraagde_frequentie_bij_eenheid(product: Velden, grond: Grond) -> bool:
    """The same for a request."""
    return _te_vaak(product)


@regel(
    "CS335",
    "Reden 13 (verwijderd) kan alleen als de einddatum gelijk is aan de ingangsdatum. "
    "Pas de einddatum of de reden aan.",
    f"{_301}: RedenWijziging",
)
def verwijderd_op_een_dag(product: Velden, grond: Grond) -> bool:
    """What is removed ends on the day it began."""
    return (
        product.get("RedenWijziging") == "13"
        and einde(product) != product["Ingangsdatum"]
    )


@regel(
    "CS336",
    "Reden 01 (administratieve correctie) is vervallen. Gebruik een andere reden.",
    f"{_301}: RedenWijziging",
)
def vervallen_reden(product: Velden, grond: Grond) -> bool:
    """Reason 01 is in the list only for the past."""
    return product.get("RedenWijziging") == "01"
