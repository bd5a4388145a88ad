"""The catalogue of fields: everything the klantbeeld can ever show, as data.

Each field says where it comes from, in which domain of life it stands, under which
category of the grounds it falls, and whether it tells that something is so or what. A
page shows a value only through its row here, so what is in no row cannot be shown. A
privacy officer reads the same rows (`gegevens/velden.csv`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samenloop.access.rollen import Diepte
from samenloop.klantbeeld.grondslagen import table

EIGEN = "eigen"


class Gevoeligheid(StrEnum):
    """How much harm it does in the wrong hands (AVG 9 and 10 for the last two)."""

    GEWOON = "gewoon"
    GEVOELIG = "gevoelig"
    BIJZONDER = "bijzonder"
    STRAFRECHTELIJK = "strafrechtelijk"


class Soort(StrEnum):
    """How a value is written."""

    TEKST = "tekst"
    DATUM = "datum"
    BEDRAG = "bedrag"
    AANTAL = "aantal"
    JANEE = "janee"


# The domains of life in the order of the page. Identity (`gezin`) and the own dossier
# come with every opening; the others are asked for one by one.
GEZIN, DOSSIER = "gezin", "dossier"
LEEFGEBIEDEN: Mapping[str, str | Promise] = {
    "wonen": _("Housing"),
    "inkomen": _("Income"),
    "schulden": _("Debts"),
    "opvoeden": _("Parenting and youth care"),
    "school": _("School"),
    "zorg": _("Care and support"),
    "veiligheid": _("Safety at home"),
    "netwerk": _("Network and informal support"),
    "gezondheid": _("Health"),
    "justitie": _("Justice"),
}
# The category without which a domain has nothing to say: why it is left out is told
# by this one.
KERN: Mapping[str, str] = {
    "wonen": "adres",
    "inkomen": "uitkering",
    "schulden": "schulden",
    "opvoeden": "jeugdhulp",
    "school": "onderwijs_verzuim",
    "zorg": "wmo_zorg",
    "veiligheid": "huiselijk_geweld",
    "netwerk": "sociaal_netwerk",
    "gezondheid": "gezondheid",
    "justitie": "justitie_politie",
}
CATEGORIEEN: Mapping[str, str | Promise] = {
    "identiteit": _("identity"),
    "bsn": _("citizen service number"),
    "adres": _("address"),
    "contactgegevens": _("contact details"),
    "gezinsrelaties": _("family relations"),
    "gezag": _("custody"),
    "sociaal_netwerk": _("social network"),
    "inkomen": _("income and possessions"),
    "uitkering": _("benefit"),
    "schulden": _("debts"),
    "wmo_zorg": _("support under the Wmo"),
    "jeugdhulp": _("youth care"),
    "gezondheid": _("health"),
    "onderwijs_verzuim": _("education and absence"),
    "justitie_politie": _("justice and police"),
    "huiselijk_geweld": _("domestic violence"),
    "signalen": _("signals"),
    "zelfredzaamheid": _("self-reliance"),
    "plan": _("plan and case"),
}


class OnbekendVeld(KeyError):
    """No such field in the catalogue: it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Veld:
    """One field. `naast` is a category that must not be forbidden either.

    `pad` is where it stands in the answer of an outside source, `[]` for a list.
    """

    code: str
    bron: str
    leefgebied: str
    categorie: str
    naast: str
    diepte: Diepte
    gevoeligheid: Gevoeligheid
    soort: Soort
    pad: str
    nl: str
    en: str

    @property
    def label(self) -> str:
        """The name of the field in the language of the reader."""
        return self.nl if (get_language() or "nl").startswith("nl") else self.en

    @property
    def is_own(self) -> bool:
        """Whether it comes from our own records."""
        return self.bron == EIGEN


@cache
def velden() -> Mapping[str, Veld]:
    """Return all fields by code.

    Raises:
        ValueError: a row is double or says something unknown.
    """
    gelezen: dict[str, Veld] = {}
    for rij in table("velden.csv"):
        veld = _read(rij)
        if veld.code in gelezen:
            raise ValueError(f"catalogue of fields: {veld.code} is there twice")
        gelezen[veld.code] = veld
    return gelezen


def veld(code: str) -> Veld:
    """Return a field.

    Raises:
        OnbekendVeld: it is not in the catalogue.
    """
    try:
        return velden()[code]
    except KeyError:
        raise OnbekendVeld(code) from None


@cache
def of_source(bron: str) -> tuple[Veld, ...]:
    """Return the fields of one source, in the order of the catalogue."""
    return tuple(deel for deel in velden().values() if deel.bron == bron)


@cache
def kinds_in(leefgebied: str) -> tuple[Veld, ...]:
    """Return a field for each that is judged differently in a domain of life."""
    return _kinds(deel for deel in velden().values() if deel.leefgebied == leefgebied)


@cache
def kinds_of(bron: str) -> tuple[Veld, ...]:
    """Return a field for each that is judged differently of one source."""
    return _kinds(of_source(bron))


def _kinds(delen: Iterable[Veld]) -> tuple[Veld, ...]:
    soorten: dict[tuple[str, str, str, Diepte], Veld] = {}
    for deel in delen:
        soort = (deel.leefgebied, deel.categorie, deel.naast, deel.diepte)
        soorten.setdefault(soort, deel)
    return tuple(soorten.values())


@cache
def sources() -> tuple[str, ...]:
    """Return the codes of the outside sources, in the order of the catalogue."""
    return tuple(
        dict.fromkeys(deel.bron for deel in velden().values() if not deel.is_own)
    )


def _read(rij: Mapping[str, str]) -> Veld:
    if rij["leefgebied"] not in {GEZIN, DOSSIER, *LEEFGEBIEDEN}:
        raise ValueError(f"catalogue of fields: {rij['veld']} has no domain")
    if {rij["categorie"], rij["naast"] or rij["categorie"]} - CATEGORIEEN.keys():
        raise ValueError(f"catalogue of fields: {rij['veld']} has no category")
    return Veld(
        code=rij["veld"],
        bron=rij["bron"],
        leefgebied=rij["leefgebied"],
        categorie=rij["categorie"],
        naast=rij["naast"],
        diepte=Diepte(rij["diepte"]),
        gevoeligheid=Gevoeligheid(rij["gevoeligheid"]),
        soort=Soort(rij["type"]),
        pad=rij["pad"],
        nl=rij["nl"],
        en=rij["en"],
    )
