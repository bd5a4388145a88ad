"""Putting up what must be looked at again, and taking it off when it was answered.

On a birthday of 12, 16 or 18 consent that a parent gave does not lapse in silence: the
young person is asked whether it stays. What a parent sees is put up likewise. At 18
gezag ends by law, so what rests on it closes that day, and the question is whether the
young adult lets the parent in again. When gezag changes, who lost it is out at once.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import Achterhaald, SamenloopFout
from samenloop.personen import gevolgen
from samenloop.personen.gezinnen import gezag_over
from samenloop.personen.models import Persoon, Toestemming
from samenloop.personen.woonplaats import age
from samenloop.plannen import aflopen, beperken, gronden, rechten, toegang
from samenloop.plannen.gevolgen import open_dossiers
from samenloop.plannen.models import (
    Aanleiding,
    Beperking,
    Deelname,
    Dossier,
    Herbeoordeling,
    Uitkomst,
)
from samenloop.plannen.rechten import Recht, WieOefentUit

VERJAARDAGEN = {
    12: Aanleiding.TWAALF,
    16: Aanleiding.ZESTIEN,
    18: Aanleiding.ACHTTIEN,
}
# So long a run may have been missed; what was put up is never put up twice.
TERUG = 31
# So many days before its day a restriction is put up.
VOORUIT = timedelta(days=14)


class AntwoordOntbreekt(SamenloopFout):
    """What came of it needs a few words."""

    melding = gettext_lazy("Write in a few words what was decided, and by whom.")


def put_up(
    dossier: Dossier,
    persoon: UUID,
    aanleiding: Aanleiding,
    op: date,
    *,
    deelname: Deelname | None = None,
    toestemming: Toestemming | None = None,
    beperking: Beperking | None = None,
) -> bool:
    """Put one thing up; whether it was not there yet."""
    _rij, nieuw = Herbeoordeling.objects.get_or_create(
        dossier=dossier,
        persoon_id=persoon,
        aanleiding=aanleiding,
        op=op,
        deelname=deelname,
        toestemming=toestemming,
        beperking=beperking,
    )
    return nieuw


def birthdays(vandaag: date) -> int:
    """Put up what the birthdays of the last month ask; how many things that is."""
    jarig = {
        geboren
        for dagen in range(TERUG)
        for jaren in VERJAARDAGEN
        for geboren in _born(vandaag - timedelta(days=dagen), jaren)
    }
    aantal = 0
    for persoon in Persoon.objects.filter(
        Q(dossiers__gesloten_op__isnull=True, dossiers__isnull=False)
        | Q(gezinsleden__gezin__dossiers__gesloten_op__isnull=True)
        & Q(gezinsleden__gezin__dossiers__isnull=False),
        geboortedatum__in=jarig,
    ).distinct():
        assert persoon.geboortedatum is not None
        jaren = age(persoon.geboortedatum, vandaag)
        op = _birthday(persoon.geboortedatum, jaren)
        aantal += _birthday_of(persoon, jaren, op)
    return aantal


def _born(dag: date, jaren: int) -> Iterator[date]:
    """Yield the birth dates of who turns so old on a day."""
    try:
        yield dag.replace(year=dag.year - jaren)
    except ValueError:
        return
    if (dag.month, dag.day) == (3, 1):
        schrikkeldag = dag.replace(year=dag.year - jaren) - timedelta(days=1)
        if schrikkeldag.day == 29 and (dag - timedelta(days=1)).day != 29:
            yield schrikkeldag


def _birthday(geboren: date, jaren: int) -> date:
    try:
        return geboren.replace(year=geboren.year + jaren)
    except ValueError:
        return date(geboren.year + jaren, 3, 1)


def _birthday_of(persoon: Persoon, jaren: int, op: date) -> int:
    aanleiding = VERJAARDAGEN[jaren]
    aantal = 0
    for dossier in open_dossiers(persoon.pk):
        for toestemming in _consents(persoon, dossier, op):
            if rechten.shifts(
                rechten.regime_of(toestemming), jaren - 1, jaren, Recht.TOESTEMMING
            ):
                aantal += put_up(
                    dossier, persoon.pk, aanleiding, op, toestemming=toestemming
                )
        for deelname in Deelname.objects.filter(
            Q(tot__isnull=True) | Q(tot__gt=klok.now()),
            dossier=dossier,
            gezag_over=persoon,
        ):
            aantal += put_up(dossier, persoon.pk, aanleiding, op, deelname=deelname)
    return aantal


def _consents(persoon: Persoon, dossier: Dossier, voor: date) -> Iterator[Toestemming]:
    """Yield what holds and was given before a day, when others decided as well."""
    if persoon.geboortedatum is None:
        return
    for toestemming in (
        Toestemming.objects.in_force(klok.today())
        .filter(persoon=persoon, gemeente=dossier.gemeente_id, gegeven_op__lt=voor)
        .order_by("gegeven_op", "pk")
    ):
        regel = rechten.row(
            Recht.TOESTEMMING,
            rechten.regime_of(toestemming),
            max(age(persoon.geboortedatum, toestemming.gegeven_op), 0),
        )
        if regel.wie is not WieOefentUit.ZELF:
            yield toestemming


def gezag_changed(minderjarige: Persoon) -> int:
    """Close what rested on gezag that is gone, and ask who has it now; how many things.

    Consent that another gave stands until who has gezag now was asked, so a child does
    not lose its help because parents part.
    """
    vandaag = klok.today()
    nu = _holders(minderjarige, vandaag, None)
    aantal = 0
    with transaction.atomic():
        for dossier in open_dossiers(minderjarige.pk):
            kwijt = aflopen.end_without_ground(
                Deelname.objects.filter(dossier=dossier, gezag_over=minderjarige)
            )
            for deelname in kwijt:
                aantal += put_up(
                    dossier,
                    minderjarige.pk,
                    Aanleiding.GEZAG,
                    vandaag,
                    deelname=deelname,
                )
            for toestemming in _consents(
                minderjarige, dossier, vandaag + timedelta(days=1)
            ):
                if _holders_then(minderjarige, toestemming.gegeven_op) == nu:
                    continue
                aantal += put_up(
                    dossier,
                    minderjarige.pk,
                    Aanleiding.GEZAG,
                    vandaag,
                    toestemming=toestemming,
                )
    return aantal


def _holders(minderjarige: Persoon, op: date, bekend_op: date | None) -> set[str]:
    return {
        str(gezag.houder_id or gezag.instelling)
        for gezag in gezag_over(minderjarige, op, bekend_op=bekend_op)
    }


def _holders_then(minderjarige: Persoon, op: date) -> set[str]:
    """Who had gezag as it was known then; as known now when nothing was known."""
    return _holders(minderjarige, op, op) or _holders(minderjarige, op, None)


def lost_grounds() -> int:
    """End what lost its ground without anybody doing anything; how many that were."""
    kwijt = aflopen.end_without_ground(Deelname.objects.all())
    minderjarigen: dict[UUID, Persoon] = {}
    for deelname in kwijt:
        minderjarige = deelname.gezag_over
        if minderjarige is None or _is_adult(minderjarige):
            # Of who turned 18 it was put up on the birthday.
            continue
        minderjarigen[minderjarige.pk] = minderjarige
        put_up(
            deelname.dossier,
            minderjarige.pk,
            Aanleiding.GEZAG,
            klok.today(),
            deelname=deelname,
        )
    for minderjarige in minderjarigen.values():
        gezag_changed(minderjarige)
    return len(kwijt)


def _is_adult(persoon: Persoon) -> bool:
    geboren = persoon.geboortedatum
    return geboren is not None and age(geboren, klok.today()) >= gronden.MEERDERJARIG


def restrictions_due(vandaag: date) -> int:
    """Put up restrictions whose day comes near, and close those whose day is past."""
    aantal = 0
    for beperking in Beperking.objects.filter(
        beeindigd_op__isnull=True,
        herzien_op__range=(vandaag, vandaag + VOORUIT),
    ).select_related("dossier"):
        aantal += put_up(
            beperking.dossier,
            beperking.persoon_id or beperking.dossier.betrokkene_id,
            Aanleiding.BEPERKING,
            beperking.herzien_op - VOORUIT,
            beperking=beperking,
        )
    beperken.close_expired()
    return aantal


def settle(
    rij: Herbeoordeling, uitkomst: Uitkomst, toelichting: str, door: Actor
) -> None:
    """Write down what came of it; when it stops, stop it in the same transaction.

    Raises:
        AntwoordOntbreekt: nothing was written.
        Achterhaald: somebody settled it already.
    """
    if not toelichting.strip():
        raise AntwoordOntbreekt()
    with transaction.atomic():
        geraakt = Herbeoordeling.objects.filter(
            pk=rij.pk, afgedaan_op__isnull=True
        ).update(
            afgedaan_op=klok.now(),
            afgedaan_door=door.account_id,
            uitkomst=uitkomst,
            toelichting=toelichting.strip(),
        )
        if not geraakt:
            raise Achterhaald()
        if uitkomst == Uitkomst.STOPT:
            _stop(rij, toelichting.strip(), door)
        logboek.record(
            door,
            Handeling.TOEGANG_GEVEN,
            personen=[rij.persoon_id],
            onderwerp=f"herbeoordeling:{rij.pk}",
            wijze=Wijze.GEWIJZIGD,
            activiteit="regie-voeren",
        )


def _stop(rij: Herbeoordeling, reden: str, door: Actor) -> None:
    if rij.deelname_id is not None:
        toegang.end(
            Deelname.objects.filter(pk=rij.deelname_id), reden=reden[:300], door=door
        )
    if rij.beperking is not None and rij.beperking.beeindigd_op is None:
        beperken.lift(rij.beperking, reden=reden[:300], door=door)
    if rij.toestemming is not None and rij.toestemming.ingetrokken_op is None:
        op = max(klok.today(), rij.toestemming.gegeven_op)
        gevolgen.withdraw(rij.toestemming, op, door)


def open_for(dossier: Dossier) -> list[Herbeoordeling]:
    """Return what is to be looked at again in a dossier, oldest first."""
    return list(
        Herbeoordeling.objects.filter(
            dossier=dossier, afgedaan_op__isnull=True
        ).select_related("persoon", "deelname", "toestemming", "beperking")
    )
