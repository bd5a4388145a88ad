"""Reading in a book of products: a trial first, and then all of it or nothing.

A file of a purchaser has its own column names: they are guessed by name and can be
chosen. Each row is judged by itself, with the number under which its maker finds it; as
long as one is wrong nothing is written. Source of the check on codes: S329.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import OngeldigBedrag, SamenloopFout
from samenloop.core.geld import Geld
from samenloop.voorzieningen.inkoop import contracteren
from samenloop.voorzieningen.inkoop.codes import Eenheid, Frequentie, Variant
from samenloop.voorzieningen.inkoop.contracteren import Prijs
from samenloop.voorzieningen.inkoop.fouten import NietTeLezen
from samenloop.voorzieningen.inkoop.models import (
    Contract,
    Contractproduct,
    Inlezing,
)
from samenloop.voorzieningen.models import Product

MEESTE_RIJEN = 2000
# What may stand in a column, and under which names purchasers put it.
KOLOMMEN: dict[str, tuple[str, ...]] = {
    "soort": ("soort", "voorziening", "zorgtype", "soort voorziening"),
    "naam": ("naam", "product", "productnaam", "omschrijving"),
    "categorie": ("categorie", "productcategorie"),
    "code": ("code", "productcode"),
    "eenheid": ("eenheid",),
    "tarief": ("tarief", "prijs", "bedrag"),
    "tarief_eenheid": ("tariefeenheid", "tarief per", "eenheid tarief"),
    "ingang": ("ingang", "ingangsdatum", "geldig van", "begindatum"),
    "eind": ("eind", "einddatum", "geldig tot"),
    "max_volume": ("maximum", "max volume", "maximaal volume"),
    "max_frequentie": ("maximum per", "frequentie"),
}
VERPLICHT = ("soort", "naam", "categorie", "ingang")
_EENHEDEN = {
    "minuut": "01", "minuten": "01", "uur": "04", "uren": "04", "etmaal": "14",
    "dagdeel": "16", "stuks": "82", "stuk": "82", "euro": "83", "inspanning": "84",
}  # fmt: skip
_FREQUENTIES = {
    "dag": "1", "week": "2", "maand": "4", "totaal": "6",
}  # fmt: skip

# Reads a file: the header, and per row its number and cells.
Bestand = tuple[Sequence[str], Sequence[tuple[int, Sequence[str]]]]
Lezer = Callable[[bytes], Bestand]
_lezers: list[Lezer] = []


@dataclass(frozen=True, slots=True)
class Fout:
    """What is wrong with one row; `rij` is the number its maker sees."""

    rij: int
    tekst: str


@dataclass(slots=True)
class Proef:
    """What would happen: new prices, changed ones, those that stay, and faults."""

    fouten: list[Fout] = field(default_factory=list)
    nieuw: list[Prijs] = field(default_factory=list)
    gewijzigd: list[Prijs] = field(default_factory=list)
    gelijk: int = 0

    @property
    def mag(self) -> bool:
        """Whether it can be read in as it is."""
        return not self.fouten and bool(self.nieuw or self.gewijzigd)


def register_reader(lezer: Lezer) -> None:
    """Let a room say how a file of somebody else is read."""
    _lezers[:] = [lezer]


def read(inhoud: bytes) -> Bestand:
    """Return header and rows of a CSV or XLSX file.

    Raises:
        NietTeLezen: it is neither, or has too many rows.
    """
    if not _lezers:
        raise NietTeLezen(_("This installation reads no files."))
    try:
        kop, rijen = _lezers[0](inhoud)
    except SamenloopFout as fout:
        raise NietTeLezen(str(fout)) from None
    if len(rijen) > MEESTE_RIJEN:
        raise NietTeLezen(
            _("The book has more than %(n)s rows. Divide it.") % {"n": MEESTE_RIJEN}
        )
    return kop, rijen


def guess(kop: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, as far as the names tell."""
    namen = [" ".join(naam.casefold().split()) for naam in kop]
    uit: dict[str, int] = {}
    for doel, keuzes in KOLOMMEN.items():
        plek = next((namen.index(keus) for keus in keuzes if keus in namen), None)
        if plek is not None:
            uit[doel] = plek
    return uit


def trial(
    contract: Contract,
    rijen: Sequence[tuple[int, Sequence[str]]],
    indeling: Mapping[str, int],
) -> Proef:
    """Judge each row against the contract; writes nothing.

    Raises:
        NietTeLezen: no column was chosen for what must be there.
    """
    if ontbreekt := [naam for naam in VERPLICHT if naam not in indeling]:
        raise NietTeLezen(
            _("Choose a column for: %(welke)s.") % {"welke": ", ".join(ontbreekt)}
        )
    soorten = {
        sleutel: each
        for each in Product.objects.filter(wet=contract.wet)
        for sleutel in (each.naam.casefold(), each.code.casefold())
    }
    lopend = {
        (each.categorie, each.code): each
        for each in contract.producten.order_by("ingang")
    }
    proef, gezien = Proef(), set[tuple[str, str, date]]()
    for nummer, cellen in rijen:
        try:
            prijs = _price(_row(cellen, indeling), soorten)
            if fout := contracteren.problem(contract, prijs):
                raise NietTeLezen(fout)
            sleutel = (prijs.categorie, prijs.code, prijs.ingang)
            if sleutel in gezien:
                raise NietTeLezen(_("The same product and day stand there twice."))
            gezien.add(sleutel)
            _sort(proef, prijs, lopend.get((prijs.categorie, prijs.code)))
        except SamenloopFout as fout_:
            proef.fouten.append(Fout(nummer, str(fout_)))
    return proef


@transaction.atomic
def carry_out(
    contract: Contract,
    rijen: Sequence[tuple[int, Sequence[str]]],
    indeling: Mapping[str, int],
    *,
    bestandsnaam: str,
    door: Actor,
) -> Inlezing:
    """Read in all of it, judged anew; nothing when one row is wrong.

    Raises:
        GeenToegang: not theirs to manage.
        NietTeLezen: a row is wrong, or nothing would change.
    """
    besluiten.require(door, Handeling.CONTRACT_BEHEREN)
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    proef = trial(contract, rijen, indeling)
    if not proef.mag:
        raise NietTeLezen(
            _("Something changed since the trial, or nothing is new. Try again.")
        )
    for prijs in sorted([*proef.nieuw, *proef.gewijzigd], key=lambda each: each.ingang):
        contracteren.new_price(contract, prijs)
    tekst = "\n".join("\t".join(cellen) for _nummer, cellen in rijen)
    inlezing = Inlezing.objects.create(
        gemeente=door.gemeente,
        bestandsnaam=bestandsnaam[:200],
        hash=hashlib.sha256(tekst.encode()).hexdigest(),
        rijen=len(rijen),
        nieuw=len(proef.nieuw),
        gewijzigd=len(proef.gewijzigd),
        door=door.account_id,
    )
    logboek.record(
        door,
        Handeling.CONTRACT_BEHEREN,
        onderwerp=f"contract:{contract.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
    return inlezing


def _sort(proef: Proef, prijs: Prijs, lopend: Contractproduct | None) -> None:
    if lopend is None:
        proef.nieuw.append(prijs)
    elif all(
        getattr(prijs, naam) == getattr(lopend, naam)
        for naam in Prijs.__dataclass_fields__
        if naam not in ("ingang", "product")
    ):
        proef.gelijk += 1
    elif prijs.ingang <= lopend.ingang:
        raise NietTeLezen(
            _("There is a price from %(dag)s on; a new one begins later.")
            % {"dag": lopend.ingang.strftime("%d-%m-%Y")}
        )
    else:
        proef.gewijzigd.append(prijs)


def _row(cellen: Sequence[str], indeling: Mapping[str, int]) -> dict[str, str]:
    return {
        doel: cellen[plek].strip() if plek < len(cellen) else ""
        for doel, plek in indeling.items()
    }


def _price(rij: Mapping[str, str], soorten: Mapping[str, Product]) -> Prijs:
    soort = soorten.get(rij["soort"].casefold())
    if soort is None:
        raise NietTeLezen(
            _("The kind of provision %(soort)s is not in the catalogue.")
            % {"soort": rij["soort"] or "–"}
        )
    code = rij.get("code", "").upper()
    eenheid = _code(rij.get("eenheid", ""), _EENHEDEN, Eenheid.values)
    tarief = _cents(rij.get("tarief", ""))
    per = _code(rij.get("tarief_eenheid", ""), _EENHEDEN, Eenheid.values) or eenheid
    maximum = rij.get("max_volume", "")
    if (maximum and not maximum.isascii()) or (maximum and not maximum.isdigit()):
        raise NietTeLezen(_("The maximum is no whole number."))
    ingang = _day(rij["ingang"])
    if ingang is None:
        raise NietTeLezen(_("The first day is missing."))
    return Prijs(
        product=soort,
        naam=rij["naam"][:200] or soort.naam,
        categorie=rij["categorie"].zfill(2),
        code=code,
        variant=Variant.SPECIFIEK.value if code else Variant.ASPECIFIEK.value,
        eenheid=eenheid,
        tarief=tarief,
        tarief_eenheid=per if tarief is not None else "",
        max_volume=int(maximum) if maximum else None,
        max_frequentie=_code(
            rij.get("max_frequentie", ""), _FREQUENTIES, Frequentie.values
        ),
        ingang=ingang,
        eind=_day(rij.get("eind", "")),
    )


def _code(tekst: str, namen: Mapping[str, str], codes: Sequence[str]) -> str:
    if not tekst:
        return ""
    code = namen.get(tekst.casefold(), tekst.zfill(len(codes[0])))
    if code not in codes:
        raise NietTeLezen(_("%(tekst)s is no unit or frequency.") % {"tekst": tekst})
    return code


def _cents(tekst: str) -> int | None:
    if not tekst:
        return None
    try:
        return Geld.of_text(tekst).cent
    except OngeldigBedrag:
        raise NietTeLezen(
            _("The price %(tekst)s is no amount in euros, such as 66,00.")
            % {"tekst": tekst}
        ) from None


def _day(tekst: str) -> date | None:
    if not tekst:
        return None
    for vorm in ("%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(tekst, vorm).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise NietTeLezen(_("%(tekst)s is no date, such as 01-01-2026.") % {"tekst": tekst})
