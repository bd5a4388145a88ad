"""Reading in: checked rows become signals, portion by portion.

A portion is one transaction in which rows become signals, their state is kept and the
next portion is asked for. A process that dies leaves whole portions behind, and the
next one goes on where it was: no row is lost and none is registered twice, also because
a reference is registered only once. Between two portions others get their turn, and a
file that was stopped stays where it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from samenloop.access.actor import Actor
from samenloop.core import gebeurtenissen, klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import SamenloopFout
from samenloop.personen import taak
from samenloop.signalen import ontvangst
from samenloop.signalen.bestand import keuren, lezen, opbergen, staten, terug
from samenloop.signalen.bestand.aanbieden import TE_VERWERKEN
from samenloop.signalen.bestand.fouten import Fout, Rijfout
from samenloop.signalen.bestand.indeling import Gelezen
from samenloop.signalen.bestand.lezen import Rij
from samenloop.signalen.bestand.models import Invoerbestand, Invoerregel
from samenloop.signalen.bestand.staten import Staat, Stap
from samenloop.signalen.fouten import KenmerkBezet
from samenloop.signalen.models import Kanaal

PORTIE = 100
_NIET_GEVONDEN = "BSN opgegeven, persoon niet gevonden"


@transaction.atomic
def work(nummer: UUID) -> None:
    """Register one portion and ask for the next, unless somebody stopped it."""
    bestand = Invoerbestand.objects.bare().select_for_update().filter(pk=nummer).first()
    if bestand is None or bestand.staat != Staat.VERWERKEN:
        return
    regels = list(
        bestand.regels.select_for_update()
        .filter(staat=Invoerregel.Staat.NIEUW)
        .order_by("nummer")[:PORTIE]
    )
    if regels:
        _register(bestand, regels, _rows(bestand.pk))
    if len(regels) < PORTIE:
        _finish(bestand)
    else:
        gebeurtenissen.record(
            TE_VERWERKEN, onderwerp=bestand.pk, gemeente=bestand.gemeente_id
        )
    bestand.save()


def _register(
    bestand: Invoerbestand, regels: list[Invoerregel], rijen: Mapping[int, Rij]
) -> None:
    indeling = keuren.reading(bestand)
    goed: list[tuple[Invoerregel, Gelezen]] = []
    for regel in regels:
        gelezen = indeling.read(rijen[regel.nummer])
        if isinstance(gelezen, Gelezen):
            goed.append((regel, gelezen))
        else:
            _refuse(regel, *gelezen)
    _receive(bestand, goed)
    Invoerregel.objects.bulk_update(regels, ["staat", "fouten", "signaal"])
    telling = Counter(str(regel.staat) for regel in regels)
    bestand.nieuw -= len(regels)
    bestand.verwerkt += telling["verwerkt"]
    bestand.dubbel += telling["dubbel"]
    bestand.fout += telling["fout"]


def _receive(
    bestand: Invoerbestand, rijen: Sequence[tuple[Invoerregel, Gelezen]]
) -> None:
    """Register rows at once; one by one when the database refuses one of them."""
    try:
        with transaction.atomic():
            uitkomsten = _together(bestand, rijen)
    except (SamenloopFout, DataError, IntegrityError):
        if len(rijen) == 1:
            _refuse(rijen[0][0], Fout(Rijfout.ONTVANGST))
        else:
            for rij in rijen:
                _receive(bestand, [rij])
        return
    for (regel, _), uitkomst in zip(rijen, uitkomsten, strict=True):
        if isinstance(uitkomst, ontvangst.Ontvangen):
            regel.signaal_id = uitkomst.signaal.pk
            nieuw = uitkomst.is_nieuw
            regel.staat = (
                Invoerregel.Staat.VERWERKT if nieuw else Invoerregel.Staat.DUBBEL
            )
        elif isinstance(uitkomst, KenmerkBezet):
            regel.staat = Invoerregel.Staat.DUBBEL
        else:
            _refuse(regel, Fout(Rijfout.ONTVANGST))


def _together(
    bestand: Invoerbestand, rijen: Sequence[tuple[Invoerregel, Gelezen]]
) -> list[ontvangst.Ontvangen | SamenloopFout]:
    personen = taak.take_on_by_bsns(
        {gelezen.bsn for _, gelezen in rijen if gelezen.bsn}, bestand.gemeente_id
    )
    return ontvangst.receive_all(
        [
            ontvangst.Invoer(
                betrokkenen=[_betrokkene(gelezen, personen)],
                melder=ontvangst.Melder(organisatie=bestand.organisatie_id),
                soort=bestand.soort_id,
                veiligheidsrisico=False,
                aanleiding=gelezen.aanleiding,
                inhoud=gelezen.inhoud,
                verzoek=gelezen.verzoek,
                kenmerk_melder=regel.kenmerk,
            )
            for regel, gelezen in rijen
        ],
        actor=Actor.systeem("signaalbestand", bestand.gemeente_id),
        kanaal=Kanaal.BESTAND,
    )


def _betrokkene(gelezen: Gelezen, personen: Mapping[Bsn, UUID]) -> ontvangst.Betrokkene:
    """Return the person, or who it is in words when nobody has this BSN."""
    if gelezen.bsn:
        if persoon := personen.get(gelezen.bsn):
            return ontvangst.Betrokkene(persoon=persoon)
        return ontvangst.Betrokkene(omschrijving=gelezen.omschrijving or _NIET_GEVONDEN)
    return ontvangst.Betrokkene(omschrijving=gelezen.omschrijving)


@lru_cache(maxsize=1)
def _rows(nummer: UUID) -> Mapping[int, Rij]:
    """Return the rows of a file by their number.

    One file at a time stays in memory, so that not every portion reads it from the
    start.
    """
    inhoud = Invoerbestand.objects.values_list("inhoud", flat=True).get(pk=nummer)
    # A file that is being read in has content: a constraint of the table holds it.
    assert inhoud is not None
    return {rij.nummer: rij for rij in lezen.read(opbergen.take_out(inhoud)).rijen}


def _refuse(regel: Invoerregel, *fouten: Fout) -> None:
    regel.staat = Invoerregel.Staat.FOUT
    regel.fouten = [fout.kept() for fout in fouten]


def _finish(bestand: Invoerbestand) -> None:
    bestand.foute_rijen = faulty_rows(bestand)
    bestand.inhoud = None
    bestand.staat = staten.step(bestand.staat, Stap.KLAAR)
    bestand.klaar_op = klok.now()
    _rows.cache_clear()


def faulty_rows(bestand: Invoerbestand) -> bytes | None:
    """Return the rows to correct as they are kept, or None when there are none."""
    if not bestand.fout:
        return None
    rijen = _rows(bestand.pk)
    fout = bestand.regels.filter(staat=Invoerregel.Staat.FOUT).order_by("nummer")
    inhoud = terug.write(
        bestand.kolommen,
        (
            (
                regel.nummer,
                rijen[regel.nummer].cellen,
                [Fout.of(each) for each in regel.fouten],
            )
            for regel in fout.iterator()
        ),
    )
    return opbergen.lock_up(inhoud)
