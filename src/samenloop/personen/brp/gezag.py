"""Custody over a minor, from the BRP into our facts.

The BRP says how it stands today, not since when; so a change holds from the day we
heard of it. Nobody is made up: a third who is not known and a parent without BSN leave
no row, `Brpstand` says that there is more to it. That custody cannot be determined is
no reason to end what we had on record; that there is none for now is.
"""

from collections.abc import Mapping
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core.bsn import Bsn
from samenloop.core.tijd import correct, withdraw
from samenloop.personen.brp.antwoord import Gezagsrelatie, Gezagstype
from samenloop.personen.models import Gezag, GezagSoort, Persoon

Houder = tuple[Persoon | None, GezagSoort]


def take_over(
    minderjarige: Persoon,
    relatie: Gezagsrelatie,
    houders: Mapping[Bsn, Persoon | None],
    vandaag: date,
) -> bool:
    """Record who has gezag now; whether that was not what we had on record."""
    if relatie.type is Gezagstype.NIET_TE_BEPALEN:
        return False
    gewenst = {
        (h.pk if h else None, soort): h for h, soort in _holders(relatie, houders)
    }
    staand = {
        (rij.houder_id, GezagSoort(rij.soort)): rij
        for rij in Gezag.objects.current()
        .in_force(vandaag)
        .filter(minderjarige=minderjarige)
        .select_related("houder")
    }
    # A parent the BRP has no number of may be one we have on record without one.
    zonder = any(deel.bsn is None for deel in relatie.houders)
    # And somebody we cannot find may be on record with another municipality.
    elders = any(deel.bsn and not houders.get(deel.bsn) for deel in relatie.houders)
    weg = [
        rij
        for sleutel, rij in staand.items()
        if sleutel not in gewenst
        and not (zonder and _without_bsn(rij))
        and not (elders and _outside_the_border(rij))
    ]
    for rij in weg:
        if rij.startdatum >= vandaag:
            withdraw(rij, vandaag)
        else:
            correct(rij, vandaag, geldig=DateRange(rij.startdatum, vandaag))
    erbij = [sleutel for sleutel in gewenst if sleutel not in staand]
    for sleutel in erbij:
        Gezag.objects.create(
            minderjarige=minderjarige,
            houder=gewenst[sleutel],
            soort=sleutel[1],
            geldig=DateRange(vandaag, _comes_of_age(minderjarige, vandaag)),
            bekend=DateRange(vandaag, None),
        )
    return bool(weg or erbij)


def _holders(
    relatie: Gezagsrelatie, houders: Mapping[Bsn, Persoon | None]
) -> list[Houder]:
    if relatie.type is Gezagstype.VOOGDIJ and not relatie.houders:
        # A guardian who is no person: an institution, which the BRP does not name.
        return [(None, GezagSoort.INSTELLING)]
    gevonden: list[Houder] = []
    for houder in relatie.houders:
        persoon = houders.get(houder.bsn) if houder.bsn else None
        if persoon is not None:
            soort = GezagSoort.OUDER if houder.is_ouder else GezagSoort.VOOGD
            gevonden.append((persoon, soort))
    return gevonden


def _outside_the_border(rij: Gezag) -> bool:
    return rij.houder_id is not None and rij.houder is None


def _without_bsn(rij: Gezag) -> bool:
    return rij.houder is not None and bool(rij.houder.bsn_ontbreekt_reden)


def _comes_of_age(minderjarige: Persoon, vandaag: date) -> date | None:
    """The day custody ends by itself; None when the birth date is not known."""
    geboren = minderjarige.geboortedatum
    if geboren is None:
        return None
    try:
        dag = geboren.replace(year=geboren.year + 18)
    except ValueError:
        dag = date(geboren.year + 18, 3, 1)
    return dag if dag > vandaag else None
