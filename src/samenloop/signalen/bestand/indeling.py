"""Which column holds what, and what a row then says.

The back office chooses once; it is remembered per organisation and kind of signal. For
a file never seen before the names of the columns give a first guess, which a person
looks at before anything is read in.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.signalen.bestand.fouten import Fout, Rijfout
from samenloop.signalen.bestand.lezen import Rij

LANGSTE_KENMERK = 80
LANGSTE_TEKST = 10_000
LANGSTE_OMSCHRIJVING = 300
LANGSTE_AANLEIDING = 500


class Veld(models.TextChoices):
    """What a column can hold."""

    NIETS = "", _("not used")
    BSN = "bsn", _("BSN of the person concerned")
    NAAM = "naam", _("name of the person concerned")
    GEBOORTEDATUM = "geboortedatum", _("birth date of the person concerned")
    ADRES = "adres", _("address of the person concerned")
    KENMERK = "kenmerk", _("reference of the reporter")
    AANLEIDING = "aanleiding", _("what gave rise to it")
    INHOUD = "inhoud", _("content")
    VERZOEK = "verzoek", _("what the reporter asks")


# A name may stand in two columns, an address in four; a BSN stands in one.
ENKEL = frozenset({Veld.BSN, Veld.GEBOORTEDATUM, Veld.KENMERK})
_NAMEN: tuple[tuple[str, Veld], ...] = (
    (r"bsn|burgerservice|sofi", Veld.BSN),
    (r"geboorte|geb[ ._-]*dat|geboren", Veld.GEBOORTEDATUM),
    (r"kenmerk|dossier|referentie|zaaknummer|contract|klantnummer", Veld.KENMERK),
    (r"straat|huisnummer|postcode|woonplaats|plaats|adres", Veld.ADRES),
    (r"aanleiding|reden", Veld.AANLEIDING),
    (r"verzoek|vraag", Veld.VERZOEK),
    (r"naam|voorletter|voorvoegsel|tussenvoegsel", Veld.NAAM),
    (
        r"bedrag|saldo|maand|achterstand|uren|verzuim|toelichting|opmerking|inhoud",
        Veld.INHOUD,
    ),
)
_DATUMS = (
    (re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})"), (3, 2, 1)),
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), (1, 2, 3)),
)
_STUUR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Gelezen:
    """What one row says, sound enough to become a signal.

    The description is for when nobody is found by the BSN; otherwise it is not kept.
    """

    bsn: Bsn | None
    omschrijving: str
    kenmerk: str
    aanleiding: str
    inhoud: str
    verzoek: str


@dataclass(frozen=True, slots=True)
class Indeling:
    """Names of the columns and, in the same order, what each holds."""

    kolommen: Sequence[str]
    velden: Sequence[Veld]
    # For a file that is all about the same: rent arrears.
    aanleiding: str
    # Which source and kind: what makes a row without a reference the same row.
    bron: str

    def read(self, rij: Rij) -> Gelezen | list[Fout]:
        """Return what the row says, or everything that is wrong with it."""
        if len(rij.cellen) != len(self.kolommen):
            return [Fout(Rijfout.KOLOMMEN)]
        fouten: list[Fout] = []
        cellen = self._cells(rij, fouten)
        bsn = self._bsn(cellen[Veld.BSN], fouten)
        geboren = self._birth_date(cellen[Veld.GEBOORTEDATUM], fouten)
        naam, adres = _joined(cellen[Veld.NAAM]), _joined(cellen[Veld.ADRES], ", ")
        omschrijving = _described(naam, geboren, adres)
        if not (bsn or fouten or (naam and (geboren or adres))):
            fouten.append(Fout(Rijfout.NIEMAND))
        kenmerk = _joined(cellen[Veld.KENMERK])
        aanleiding = _joined(cellen[Veld.AANLEIDING]) or self.aanleiding
        inhoud = "\n".join(
            f"{kolom}: {waarde}" for kolom, waarde in cellen[Veld.INHOUD]
        )
        verzoek = _joined(cellen[Veld.VERZOEK])
        for tekst, langst, veld in (
            (kenmerk, LANGSTE_KENMERK, Veld.KENMERK),
            (omschrijving, LANGSTE_OMSCHRIJVING, Veld.NAAM),
            (aanleiding, LANGSTE_AANLEIDING, Veld.AANLEIDING),
            (inhoud, LANGSTE_TEKST, Veld.INHOUD),
            (verzoek, LANGSTE_TEKST, Veld.VERZOEK),
        ):
            if len(tekst) > langst:
                fouten.append(Fout(Rijfout.LANG, self._name(veld)))
        if fouten:
            return fouten
        wie = bsn.cijfers if bsn else omschrijving
        return Gelezen(
            bsn,
            omschrijving,
            kenmerk or self._own_reference(wie, aanleiding, inhoud, verzoek),
            aanleiding,
            inhoud,
            verzoek,
        )

    def _cells(
        self, rij: Rij, fouten: list[Fout]
    ) -> Mapping[Veld, list[tuple[str, str]]]:
        """Return the cells that hold something, by what they hold."""
        gevuld: dict[Veld, list[tuple[str, str]]] = {veld: [] for veld in Veld}
        for kolom, veld, cel in zip(
            self.kolommen, self.velden, rij.cellen, strict=True
        ):
            waarde = cel.strip()
            if not waarde or veld is Veld.NIETS:
                continue
            if _STUUR.search(waarde):
                fouten.append(Fout(Rijfout.TEKEN, kolom))
            else:
                gevuld[veld].append((kolom, waarde))
        return gevuld

    def _name(self, veld: Veld) -> str:
        return next(
            (k for k, v in zip(self.kolommen, self.velden, strict=True) if v is veld),
            "",
        )

    @staticmethod
    def _bsn(cellen: list[tuple[str, str]], fouten: list[Fout]) -> Bsn | None:
        for kolom, waarde in cellen:
            try:
                return Bsn(waarde)
            except OngeldigBsn:
                fouten.append(Fout(Rijfout.BSN, kolom))
        return None

    @staticmethod
    def _birth_date(cellen: list[tuple[str, str]], fouten: list[Fout]) -> date | None:
        for kolom, waarde in cellen:
            if (gelezen := as_date(waarde)) is not None:
                return gelezen
            fouten.append(Fout(Rijfout.DATUM, kolom))
        return None

    def _own_reference(self, *delen: str) -> str:
        """Return a reference for a row that has none.

        The same row in the same month is the same signal; next month the same arrears
        are a new one. Keyed, because a plain hash of a BSN can be undone.
        """
        tekst = "\0".join((self.bron, f"{klok.today():%Y-%m}", *delen))
        sleutel = settings.BSN_SLEUTEL.encode()
        som = hmac.new(sleutel, tekst.encode(), hashlib.sha256).hexdigest()
        return f"bestand-{som[:32]}"


def guess(kolommen: Sequence[str]) -> list[Veld]:
    """Return what the columns probably hold, going by their names."""
    velden: list[Veld] = []
    for kolom in kolommen:
        naam = kolom.casefold()
        veld = next((v for vorm, v in _NAMEN if re.search(vorm, naam)), Veld.NIETS)
        if veld in ENKEL and veld in velden:
            veld = Veld.NIETS
        velden.append(veld)
    return velden


def wrong(velden: Sequence[Veld]) -> list[str]:
    """Return why these columns cannot be read like this; nothing when they can."""
    redenen = []
    for veld in sorted(ENKEL):
        if sum(each is veld for each in velden) > 1:
            redenen.append(
                str(_("More than one column is chosen for: %(veld)s."))
                % {"veld": veld.label}
            )
    if Veld.BSN not in velden and Veld.NAAM not in velden:
        redenen.append(str(_("Say which column tells whom it concerns: BSN or name.")))
    return redenen


def as_date(tekst: str) -> date | None:
    """Return the day that is written, or None when there is no such day."""
    for vorm, (jaar, maand, dag) in _DATUMS:
        if gevonden := vorm.fullmatch(tekst.strip()):
            try:
                return date(
                    int(gevonden[jaar]), int(gevonden[maand]), int(gevonden[dag])
                )
            except ValueError:
                return None
    return None


def _joined(cellen: list[tuple[str, str]], tussen: str = " ") -> str:
    return tussen.join(" ".join(waarde.split()) for _kolom, waarde in cellen)


def _described(naam: str, geboren: date | None, adres: str) -> str:
    delen = [naam, f"geboren {geboren:%d-%m-%Y}" if geboren else "", adres]
    return ", ".join(deel for deel in delen if deel)
