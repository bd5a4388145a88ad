"""Receiving a delivery: check it, count it, and record how it was judged.

Every delivery that is checked leaves a trace, also one that is paused or cannot be
used: the deliverer must be able to see later what was said about it. Of a refused row
only its place, the rule and the sentence are kept; what stood in it stays in
`afgekeurd.csv`, which goes back to the deliverer.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from samenloop.monitor import cijfers, keuring
from samenloop.monitor.fouten import LeveringFout, TeveelAfgekeurd
from samenloop.monitor.keuring import Keuring
from samenloop.monitor.keuring_afkeur import te_veel
from samenloop.monitor.uitkomst import Kwaliteit, Kwartaal, Monitor
from samenloop.monitor.voortgang import Voortgang, stil
from samenloop.verantwoording.models import AfgekeurdeRegel, Levering

BEWAARD = 10_000  # refused rows kept one by one; the counts per rule are complete
DREMPEL = 0.05  # share of refused rows above which someone must decide


@dataclass(frozen=True, slots=True)
class Herkomst:
    """From whom a delivery came and what it is about."""

    afzender: str
    regio: str  # empty: the delivery says so itself
    kwartaal: Kwartaal


@dataclass(frozen=True, slots=True)
class Ontvangen:
    """A delivery that can be used: its figures and what was refused in it."""

    herkomst: Herkomst
    monitor: Monitor
    regels: list[AfgekeurdeRegel]

    def record(self, regio: str) -> Levering:
        """Store the delivery as accepted, for the region it turned out to be about."""
        return _record(
            replace(self.herkomst, regio=regio),
            Levering.Oordeel.AANVAARD,
            kwaliteit=self.monitor.kwaliteit,
            invoer=self.monitor.invoer,
            regels=self.regels,
        )


@dataclass(frozen=True, slots=True)
class Keurwijze:
    """How strictly a delivery is checked, and as known when it is counted."""

    bekend_op: date | None = None
    drempel: float = DREMPEL
    doorgaan: Callable[[Kwaliteit], bool] | None = None  # asked above the threshold


def receive(
    paden: Sequence[Path],
    herkomst: Herkomst,
    wijze: Keurwijze,
    voortgang: Voortgang = stil,
) -> Ontvangen:
    """Check and count a delivery; nothing is stored of one that can be used.

    Raises:
        TeveelAfgekeurd: too many rows are refused and nobody decided to go on; the
            delivery is stored as paused.
        LeveringFout: the delivery cannot be used; it is stored as refused.
    """
    try:
        # The decision is taken here, while the refused rows are still at hand.
        with keuring.keur(paden, drempel=1.0, voortgang=voortgang) as gekeurd:
            regels = refused_rows(gekeurd)
            if _too_many(gekeurd, wijze):
                reden = te_veel(gekeurd.kwaliteit, wijze.drempel)
                _record(
                    herkomst,
                    Levering.Oordeel.GEPAUZEERD,
                    melding=reden,
                    kwaliteit=gekeurd.kwaliteit,
                    invoer=gekeurd.invoer,
                    regels=regels,
                )
                raise TeveelAfgekeurd(reden)
            monitor = _count(gekeurd, herkomst.kwartaal, wijze.bekend_op, voortgang)
    except TeveelAfgekeurd:
        raise
    except LeveringFout as fout:
        _record(herkomst, Levering.Oordeel.AFGEWEZEN, melding=str(fout))
        raise
    return Ontvangen(herkomst, monitor, regels)


def _too_many(gekeurd: Keuring, wijze: Keurwijze) -> bool:
    if gekeurd.deel_afgekeurd <= wijze.drempel:
        return False
    return wijze.doorgaan is None or not wijze.doorgaan(gekeurd.kwaliteit)


def _count(
    gekeurd: Keuring, kwartaal: Kwartaal, bekend_op: date | None, voortgang: Voortgang
) -> Monitor:
    def stap(nummer: int, aantal: int, titel: str) -> bool:
        voortgang(titel, (nummer - 1) / aantal)
        return True

    return cijfers.bereken(
        gekeurd.tabellen,
        kwartaal,
        bekend_op=bekend_op,
        kwaliteit=gekeurd.kwaliteit,
        invoer=gekeurd.invoer,
        toelichting=gekeurd.toelichting,
        voortgang=stap,
    )


def refused_rows(gekeurd: Keuring) -> list[AfgekeurdeRegel]:
    """Return the first `BEWAARD` refused rows, without what stood in them."""
    with TemporaryDirectory(prefix="samenloop-") as map:
        pad = Path(map) / "afgekeurd.csv"
        gekeurd.schrijf_afgekeurd(pad)
        with pad.open(encoding="utf-8", newline="") as bestand:
            return list(islice(_rows(csv.DictReader(bestand)), BEWAARD))


def _rows(lezer: "csv.DictReader[str]") -> Iterator[AfgekeurdeRegel]:
    for rij in lezer:
        yield AfgekeurdeRegel(
            bestand=rij["bestand"],
            regelnummer=int(rij["regelnummer"]),
            kolom=rij["kolom"],
            regel=rij["regel"],
            melding=rij["melding"],
        )


def _record(
    herkomst: Herkomst,
    status: Levering.Oordeel,
    *,
    melding: str = "",
    kwaliteit: Kwaliteit | None = None,
    invoer: dict[str, str] | None = None,
    regels: Sequence[AfgekeurdeRegel] = (),
) -> Levering:
    """Store a delivery with its judgement and its refused rows, or nothing."""
    kwaliteit = kwaliteit or Kwaliteit()
    with transaction.atomic():
        levering = Levering.objects.create(
            afzender=herkomst.afzender,
            regio=herkomst.regio,
            kwartaal=str(herkomst.kwartaal),
            status=status,
            melding=melding,
            invoer=invoer or {},
            tellingen=[asdict(telling) for telling in kwaliteit.tellingen],
            afkeur=[asdict(afkeur) for afkeur in kwaliteit.afkeur],
        )
        for regel in regels:
            regel.levering = levering
        AfgekeurdeRegel.objects.bulk_create(regels, batch_size=2_000)
    return levering
