"""Checking a file before anything of it is read in.

Every row ends up as new, double or faulty, and the three together are the rows of the
file: a constraint of the database holds it. A double is a reference that this
organisation used before, in this file or in an earlier signal.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from samenloop.core.bsn import Bsn
from samenloop.personen.models import Burgerservicenummer
from samenloop.signalen.bestand import lezen, opbergen, opvallend, staten
from samenloop.signalen.bestand.indeling import Gelezen, Indeling, Veld
from samenloop.signalen.bestand.models import Invoerbestand, Invoerregel
from samenloop.signalen.bestand.staten import Staat, Stap
from samenloop.signalen.models import Signaal

_PER_KEER = 2_000
_EERDER = 6


def reading(bestand: Invoerbestand) -> Indeling:
    """Return how the rows of this file are to be read."""
    return Indeling(
        kolommen=bestand.kolommen,
        velden=[Veld(veld) for veld in bestand.velden],
        aanleiding=bestand.aanleiding,
        bron=f"{bestand.organisatie_id}/{bestand.soort_id}",
    )


@transaction.atomic
def check(nummer: UUID) -> None:
    """Check a file; whoever chose other columns or put it away meanwhile goes first."""
    bestand = Invoerbestand.objects.select_for_update().filter(pk=nummer).first()
    if bestand is None or bestand.staat != Staat.KEUREN or bestand.inhoud is None:
        return
    bestand.regels.all().delete()
    rijen = lezen.read(opbergen.take_out(bestand.inhoud)).rijen
    indeling = reading(bestand)
    regels: list[Invoerregel] = []
    bsns: set[Bsn] = set()
    zonder = 0
    for rij in rijen:
        uit = indeling.read(rij)
        regel = Invoerregel(bestand=bestand, nummer=rij.nummer)
        if isinstance(uit, Gelezen):
            regel.kenmerk, regel.staat = uit.kenmerk, Invoerregel.Staat.NIEUW
            zonder += uit.bsn is None
            if uit.bsn:
                bsns.add(uit.bsn)
        else:
            regel.staat = Invoerregel.Staat.FOUT
            regel.fouten = [fout.kept() for fout in uit]
        regels.append(regel)
    _mark_doubles(bestand, regels)
    Invoerregel.objects.bulk_create(regels, batch_size=_PER_KEER)
    _count(bestand, regels)
    bestand.bekend = _known(bsns)
    bestand.onbekend = len(bsns) - bestand.bekend
    bestand.zonder_bsn = zonder
    redenen = _remarkable(bestand, len(bsns))
    bestand.opvallend = [str(reden) for reden in redenen]
    stap = Stap.AANHOUDEN if redenen else Stap.GEKEURD
    bestand.staat = staten.step(bestand.staat, stap)
    bestand.save()


def _mark_doubles(bestand: Invoerbestand, regels: Sequence[Invoerregel]) -> None:
    nieuw = [regel for regel in regels if regel.staat == Invoerregel.Staat.NIEUW]
    gezien: set[str] = set()
    for deel in _portions([regel.kenmerk for regel in nieuw]):
        gezien.update(
            Signaal.objects.filter(
                organisatie_id=bestand.organisatie_id, kenmerk_melder__in=deel
            ).values_list("kenmerk_melder", flat=True)
        )
    for regel in nieuw:
        if regel.kenmerk in gezien:
            regel.staat = Invoerregel.Staat.DUBBEL
        gezien.add(regel.kenmerk)


def _count(bestand: Invoerbestand, regels: Iterable[Invoerregel]) -> None:
    telling = Counter(str(regel.staat) for regel in regels)
    bestand.nieuw, bestand.dubbel = telling["nieuw"], telling["dubbel"]
    bestand.fout, bestand.verwerkt = telling["fout"], 0


def _known(bsns: Iterable[Bsn]) -> int:
    """Return how many of these the municipality knows; others stay unknown to it."""
    sleutels = [bsn.zoeksleutel(settings.BSN_SLEUTEL) for bsn in bsns]
    return sum(
        Burgerservicenummer.objects.filter(zoeksleutel__in=deel).count()
        for deel in _portions(sleutels)
    )


def _remarkable(bestand: Invoerbestand, met_bsn: int) -> tuple[opvallend.Reden, ...]:
    zelfde_bron = Invoerbestand.objects.filter(
        gemeente_id=bestand.gemeente_id,
        organisatie_id=bestand.organisatie_id,
        soort_id=bestand.soort_id,
    ).exclude(pk=bestand.pk)
    eerder = zelfde_bron.filter(staat=Staat.KLAAR).order_by("-klaar_op")
    return opvallend.reasons(
        opvallend.Telling(
            aantal=bestand.aantal,
            nieuw=bestand.nieuw,
            dubbel=bestand.dubbel,
            fout=bestand.fout,
            met_bsn=met_bsn,
            onbekend=bestand.onbekend,
        ),
        eerder=list(eerder.values_list("verwerkt", flat=True)[:_EERDER]),
        zelfde=zelfde_bron.exclude(staat=Staat.AFGEBROKEN)
        .filter(vingerafdruk=bestand.vingerafdruk)
        .exists(),
    )


def _portions(waarden: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(waarden), _PER_KEER):
        yield waarden[begin : begin + _PER_KEER]
