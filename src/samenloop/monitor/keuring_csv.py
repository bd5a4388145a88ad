"""Finding the rows of a CSV file before anything reads it.

A file from someone else may be cut in half, hold a field of ten gigabytes, or be no
CSV at all. One pass over the bytes in blocks (vectorised, bounded memory) finds where
every row begins, on which physical line, and which rows cannot be read as they
stand; the rest is certain to be sound when the engine reads it. The positions also
give back every refused row exactly as it came. CSV as in RFC 4180: commas, double
quotes, UTF-8.
"""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from samenloop.monitor.fouten import LeveringFout

MAX_RIJ = 1024**2  # bytes of one row; a row of the format has a few hundred
MAX_LOSSE = 1000  # stray quotes in one file before it is no CSV
DEEL = 200_000  # rows per file that is copied for the engine
_BLOK = 8 * 1024**2
_LF, _CR, _KOMMA, _AANHALING = 10, 13, 44, 34

GOED, TE_WEINIG, TE_VEEL, LOSSE_AANHALING, LOS_EINDE, LEEG = range(6)

Posities = NDArray[np.int64]
Oordelen = NDArray[np.uint8]


@dataclass(slots=True)
class Rijen:
    """Where the rows of one CSV file are; header not counted, blank lines are."""

    kop: list[str]
    begin: Posities  # byte where each row begins, plus where the last one ends
    regel: Posities  # physical line where each row begins, header is line 1
    oordeel: Oordelen  # GOED, or why it cannot be read
    sha256: str
    zuiver: bool  # the engine can read the file itself, header and all
    regels_in_velden: bool  # line breaks between quotes occur


def doorzoek(
    pad: Path, naam: str, deel_klaar: Callable[[float], None] | None = None
) -> Rijen:
    """Find all rows of the file; `naam` is what the deliverer calls it.

    Raises:
        LeveringFout: the file is not UTF-8, empty, cut in half, not CSV, or has a
            row that is too large.
    """
    omvang = pad.stat().st_size
    if omvang == 0:
        raise LeveringFout(f"{naam} is leeg; lever het bestand met kop en regels.")
    zoeker = _Zoeker(naam)
    with pad.open("rb") as bestand:
        while zoeker.plek < omvang:
            bestand.seek(zoeker.plek)
            blok = bestand.read(_BLOK)
            if not blok:
                break
            zoeker.lees(blok, laatste=zoeker.plek + len(blok) >= omvang)
            if deel_klaar:
                deel_klaar(zoeker.plek / omvang)
    return zoeker.klaar()


class _Zoeker:
    """The state between two blocks; every block starts at the start of a row."""

    def __init__(self, naam: str) -> None:
        self.naam = naam
        self.plek = 0
        self.regel = 1
        self.kop: list[str] = []
        self.begin: list[Posities] = []
        self.regels: list[Posities] = []
        self.oordeel: list[Oordelen] = []
        self.losse = 0
        self.som = hashlib.sha256()
        self.crlf = 0
        self.lf = 0
        self.andere_cr = False
        self.regels_in_velden = False

    def lees(self, blok: bytes, *, laatste: bool) -> None:
        """Take in the whole rows of one block and move past them."""
        if self.plek == 0:
            self._controleer_begin(blok)
        b = np.frombuffer(blok, np.uint8)
        einden_alle = np.flatnonzero(b == _LF)
        quotes = np.flatnonzero(b == _AANHALING)
        slecht = np.empty(0, np.int64)
        if quotes.size:
            quotes, slecht = self._los_op(b, quotes)
        einden = _buiten(einden_alle, quotes)
        if laatste and (einden.size == 0 or einden[-1] != len(b) - 1):
            if quotes.size % 2:
                self._niet_gesloten(b, int(quotes[-1]))
            einden = np.append(einden, len(b))
        grootste = int(np.diff(einden, prepend=-1).max()) if einden.size else 0
        rest = len(b) - (int(einden[-1]) + 1 if einden.size else 0)
        if grootste > MAX_RIJ or (rest > MAX_RIJ and not laatste):
            self._te_groot(einden)
        if laatste and rest > 0:
            self._niet_gesloten(b, int(quotes[-1]))
        einde = min(int(einden[-1]) + 1, len(b))
        self.losse += int(np.count_nonzero(slecht < einde))
        self._controleer_tekens(blok[:einde])
        self.som.update(memoryview(blok)[:einde])
        self._neem_rijen(b[:einde], einden, einden_alle, quotes, slecht)
        self.plek += einde
        self.regel += int(np.searchsorted(einden_alle, einde))

    def klaar(self) -> Rijen:
        """Everything found in the file."""
        begin = np.concatenate([*self.begin, np.array([self.plek])])
        oordeel = np.concatenate(self.oordeel)
        regel = np.concatenate(self.regels)
        zuiver = (
            not oordeel.any()
            and not (self.crlf and (self.lf or self.andere_cr))
            and '"' not in "".join(self.kop)
        )
        return Rijen(
            self.kop,
            begin,
            regel,
            oordeel,
            self.som.hexdigest(),
            zuiver,
            self.regels_in_velden,
        )

    def _neem_rijen(
        self,
        b: NDArray[np.uint8],
        einden: Posities,
        einden_alle: Posities,
        quotes: Posities,
        slecht: Posities,
    ) -> None:
        starts = np.concatenate([np.zeros(1, np.int64), einden[:-1] + 1])
        if starts.size and starts[-1] >= len(b):  # the block ended at its last row
            starts, einden = starts[:-1], einden[:-1]
        komma = _buiten(np.flatnonzero(b == _KOMMA), quotes)
        tot = np.searchsorted(komma, einden)
        velden = np.diff(tot, prepend=0) + 1
        if einden_alle.size == einden.size or einden_alle.size + 1 == einden.size:
            regels = self.regel + np.arange(starts.size)
        else:
            regels = self.regel + np.searchsorted(einden_alle, starts)
            self.regels_in_velden = True
        cr = np.flatnonzero(b == _CR)
        met_cr = np.zeros(einden.size, bool)
        los = np.empty(0, np.int64)
        if cr.size:
            met_cr = (einden > starts) & (b[np.maximum(einden - 1, 0)] == _CR)
            buiten = _buiten(cr, quotes)
            los = np.setdiff1d(buiten, einden[met_cr] - 1, assume_unique=True)
            self.andere_cr |= bool(cr.size != np.count_nonzero(met_cr))
        leeg = (einden - starts - met_cr) == 0
        self.crlf += int(np.count_nonzero(met_cr))
        self.lf += int(np.count_nonzero(~met_cr[einden < len(b)]))
        if not self.kop:
            self.kop = self._lees_kop(b, starts, einden, leeg)
            aantal = len(self.kop)
            starts, einden, velden = starts[1:], einden[1:], velden[1:]
            regels, leeg = regels[1:], leeg[1:]
        else:
            aantal = len(self.kop)
        oordeel = np.zeros(starts.size, np.uint8)
        oordeel[velden < aantal] = TE_WEINIG
        oordeel[velden > aantal] = TE_VEEL
        if los.size:
            oordeel[_rij_van(los, starts)] = LOS_EINDE
        if slecht.size:
            oordeel[_rij_van(slecht[slecht < len(b)], starts)] = LOSSE_AANHALING
        oordeel[leeg] = LEEG
        if starts.size and einden[-1] >= len(b) and velden[-1] < aantal:
            raise LeveringFout(
                f"{self.naam} houdt op regel {int(regels[-1])} midden in een rij op "
                "en is dus niet heel overgekomen; lever het bestand opnieuw."
            )
        self.begin.append(starts + self.plek)
        self.regels.append(regels)
        self.oordeel.append(oordeel)

    def _lees_kop(
        self, b: NDArray[np.uint8], starts: Posities, einden: Posities, leeg: Oordelen
    ) -> list[str]:
        if leeg[0]:
            raise LeveringFout(
                f"{self.naam} begint met een lege regel; zet de kop met de namen van "
                "de kolommen op regel 1."
            )
        tekst = bytes(b[starts[0] : einden[0]]).decode("utf-8-sig")
        return next(csv.reader(io.StringIO(tekst.rstrip("\r"), newline="")))

    def _los_op(
        self, b: NDArray[np.uint8], quotes: Posities
    ) -> tuple[Posities, Posities]:
        """Return the quotes that open and close fields, and where some are wrong.

        A quote in the middle of a field is taken as an ordinary character, so one
        wrong row does not swallow those after it.
        """
        voor = b[np.maximum(quotes - 1, 0)]
        mag_open = np.isin(voor, (_KOMMA, _LF, _CR)) | (quotes == 0)
        if self.plek == 0 and quotes[0] == 3 and bytes(b[:3]) == b"\xef\xbb\xbf":
            mag_open[0] = True
        na = b[np.minimum(quotes + 1, len(b) - 1)]
        mag_dicht = np.isin(na, (_KOMMA, _LF, _CR, _AANHALING))
        mag_dicht |= quotes == len(b) - 1
        slecht: list[int] = []
        vanaf = 0
        while True:
            q = quotes[vanaf:]
            # `vanaf` is always even, so a new slice starts outside quotes
            naast = np.diff(q, prepend=-2) == 1
            fout_open = ~(mag_open[vanaf:] | naast)
            fout_open[1::2] = False
            fout_dicht = ~mag_dicht[vanaf:]
            fout_dicht[0::2] = False
            fout = np.flatnonzero(fout_open | fout_dicht)
            if fout.size == 0:
                return quotes, np.array(slecht, np.int64)
            eerste = vanaf + int(fout[0])
            slecht.append(int(quotes[eerste]))
            if len(slecht) + self.losse > MAX_LOSSE:
                raise LeveringFout(
                    f"{self.naam} heeft te veel losse aanhalingstekens (eerste bij "
                    f"regel {self.regel + self._einden_voor(b, slecht[0])}) en is "
                    "geen geldige CSV; zet velden met een aanhalingsteken tussen "
                    "aanhalingstekens en verdubbel het teken."
                )
            if fout_open[fout[0]]:
                quotes = np.delete(quotes, eerste)
                mag_open = np.delete(mag_open, eerste)
                mag_dicht = np.delete(mag_dicht, eerste)
                vanaf = eerste
            else:
                vanaf = eerste + 1

    @staticmethod
    def _einden_voor(b: NDArray[np.uint8], plek: int) -> int:
        return int(np.count_nonzero(b[:plek] == _LF))

    def _niet_gesloten(self, b: NDArray[np.uint8], plek: int) -> None:
        raise LeveringFout(
            f"{self.naam} is niet heel: het aanhalingsteken op regel "
            f"{self.regel + self._einden_voor(b, plek)} wordt nergens gesloten; "
            "lever het bestand opnieuw."
        )

    def _te_groot(self, einden: Posities) -> None:
        grootte = np.diff(einden, prepend=-1) > MAX_RIJ
        eerste = int(np.argmax(grootte)) if grootte.any() else einden.size
        regel = self.regel + eerste  # close enough: the row itself is not a line
        raise LeveringFout(
            f"{self.naam} heeft rond regel {regel} een veld of rij van meer dan "
            f"{MAX_RIJ // 1024**2} MB; dat is geen CSV van dit formaat, controleer de "
            "aanhalingstekens en lever opnieuw."
        )

    def _controleer_begin(self, blok: bytes) -> None:
        if blok[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise LeveringFout(
                f"{self.naam} is opgeslagen als UTF-16; sla het op als CSV in UTF-8."
            )
        if blok[:4] in (b"PK\x03\x04", b"PAR1") or blok[:4] == b"\xd0\xcf\x11\xe0":
            raise LeveringFout(
                f"{self.naam} is geen CSV maar een ander soort bestand; sla het op "
                "als CSV in UTF-8."
            )
        if b"\n" not in blok and b"\r" in blok:
            raise LeveringFout(
                f"{self.naam} heeft regeleinden die niet worden herkend; sla het op "
                "met regeleinden van Windows of Linux."
            )

    def _controleer_tekens(self, blok: bytes) -> None:
        nul = blok.find(b"\0")
        if nul >= 0:
            raise LeveringFout(
                f"{self.naam} bevat op regel {self.regel + blok.count(10, 0, nul)} "
                "een NUL-teken en is beschadigd of geen CSV; lever het bestand "
                "opnieuw."
            )
        if blok.isascii():
            return
        try:
            blok.decode()
        except UnicodeDecodeError as fout:
            raise LeveringFout(
                f"{self.naam} is geen UTF-8: regel "
                f"{self.regel + blok.count(10, 0, fout.start)} bevat byte "
                f"0x{blok[fout.start]:02X} (plaats {self.plek + fout.start + 1} in "
                "het bestand); sla het bestand op als CSV in UTF-8."
            ) from fout


def _buiten(plekken: Posities, quotes: Posities) -> Posities:
    """Return the positions that are not between quotes."""
    if quotes.size == 0 or plekken.size == 0:
        return plekken
    buiten: Posities = plekken[np.searchsorted(quotes, plekken) % 2 == 0]
    return buiten


def _rij_van(plekken: Posities, starts: Posities) -> Posities:
    """Return in which rows the positions are; those in the header fall away."""
    rijen = np.searchsorted(starts, plekken, side="right") - 1
    return rijen[rijen >= 0]


def teksten(pad: Path, rijen: Rijen, welke: Posities) -> pa.LargeStringArray:
    """Return these rows exactly as they stand in the file, without line end."""
    ruw = _als_arrow(pad, rijen).take(pa.array(welke)).cast(pa.large_string())
    return pc.replace_substring_regex(ruw, r"\r?\n\z", "")


def schrijf_zuiver(pad: Path, rijen: Rijen, doel: Path) -> list[Path]:
    """Write the sound rows alone, without header and with plain line ends.

    The rows go to several files, in order, so the engine can read them side by side
    without having to guess where a row begins.
    """
    ruw = _als_arrow(pad, rijen)
    goed = np.flatnonzero(rijen.oordeel == GOED)
    delen: list[Path] = []
    for vanaf in range(0, len(goed), DEEL):
        delen.append(doel.with_suffix(f".{len(delen):04}.csv"))
        welke = pa.array(goed[vanaf : vanaf + DEEL])
        plat = pc.replace_substring_regex(
            ruw.take(welke).cast(pa.large_string()),
            r"(\r?\n)?\z",
            "\n",
            max_replacements=1,
        )
        delen[-1].write_bytes(plat.buffers()[2])
    return delen


def _als_arrow(pad: Path, rijen: Rijen) -> pa.LargeBinaryArray:
    """See the file as one array of rows, without reading it into memory."""
    data = pa.memory_map(str(pad)).read_buffer()
    begin = pa.py_buffer(np.ascontiguousarray(rijen.begin, np.int64))
    return pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(rijen.oordeel), [None, begin, data]
    )
