"""Reading in: checked rows become signals, portion by portion.

A portion is one transaction in which rows become signals, their state is kept and the
next portion is asked for. A process that dies leaves whole portions behind, and the
next one goes on where it was: no row is lost and none is registered twice, also because
a reference is registered only once. Between two portions others get their turn, and a
file that was stopped stays where it is.
"""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from samenloop.access.actor import Actor
from samenloop.core import gebeurtenissen, klok
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
    actor = Actor.systeem("signaalbestand", bestand.gemeente_id)
    indeling = keuren.reading(bestand)
    for regel in regels:
        try:
            with transaction.atomic():
                _one(bestand, regel, indeling.read(rijen[regel.nummer]), actor)
        except KenmerkBezet:
            regel.staat = Invoerregel.Staat.DUBBEL
        except (SamenloopFout, DataError, IntegrityError):
            _refuse(regel, Fout(Rijfout.ONTVANGST))
    Invoerregel.objects.bulk_update(regels, ["staat", "fouten", "signaal"])
    telling = Counter(str(regel.staat) for regel in regels)
    bestand.nieuw -= len(regels)
    bestand.verwerkt += telling["verwerkt"]
    bestand.dubbel += telling["dubbel"]
    bestand.fout += telling["fout"]


def _one(
    bestand: Invoerbestand,
    regel: Invoerregel,
    gelezen: Gelezen | list[Fout],
    actor: Actor,
) -> None:
    if not isinstance(gelezen, Gelezen):
        _refuse(regel, *gelezen)
        return
    ontvangen = ontvangst.receive(
        ontvangst.Invoer(
            betrokkenen=[_betrokkene(gelezen, bestand.gemeente_id)],
            melder=ontvangst.Melder(organisatie=bestand.organisatie_id),
            soort=bestand.soort_id,
            veiligheidsrisico=False,
            aanleiding=gelezen.aanleiding,
            inhoud=gelezen.inhoud,
            verzoek=gelezen.verzoek,
            kenmerk_melder=regel.kenmerk,
        ),
        actor=actor,
        kanaal=Kanaal.BESTAND,
    )
    regel.signaal_id = ontvangen.signaal.pk
    regel.staat = (
        Invoerregel.Staat.VERWERKT if ontvangen.is_nieuw else Invoerregel.Staat.DUBBEL
    )


def _betrokkene(gelezen: Gelezen, gemeente: str) -> ontvangst.Betrokkene:
    """Return the person, or who it is in words when nobody has this BSN."""
    if gelezen.bsn:
        if persoon := taak.take_on_by_bsn(gelezen.bsn, gemeente):
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
