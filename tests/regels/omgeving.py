"""A family of three with signals, known at its municipality."""

import itertools
from datetime import datetime
from typing import Any

from samenloop.core.klok import AMSTERDAM
from samenloop.personen.models import Gemeente, Gezin, Gezinslid, Persoon
from samenloop.personen.toestemming import Toestemming
from samenloop.signalen import feiten_sql
from samenloop.signalen.models import (
    Melding,
    MeldingSignaal,
    Signaal,
    SignaalBetrokkene,
)
from tests.personen.maken import days, known, municipality, person

_nummers = itertools.count(1)


def at(dag: str, uur: int = 12) -> datetime:
    """A moment on that day."""
    return datetime.fromisoformat(dag).replace(hour=uur, tzinfo=AMSTERDAM)


def family(
    *leden: tuple[str, str], bekend: str = "2017-01-01", naam: str = "Gezin Tester"
) -> tuple[Gezin, list[Persoon]]:
    """A gezin of (role, date of birth), in order."""
    gezin = Gezin.objects.create(naam=naam)
    personen = [person(f"Tester{i}", geboren) for i, (_r, geboren) in enumerate(leden)]
    for wie, (rol, geboren) in zip(personen, leden, strict=True):
        Gezinslid.objects.create(
            gezin=gezin,
            persoon=wie,
            rol=rol,
            geldig=days(max(geboren, "2000-01-01")),
            bekend=known(bekend),
        )
    return gezin, personen


def signal(
    *over: Persoon | None,
    dag: str,
    soort: str = "huurachterstand",
    gemeente: Gemeente | None = None,
    veiligheid: bool = False,
    uur: int = 12,
    betrokken: Persoon | None = None,
    **velden: Any,
) -> Signaal:
    """A signal about these people; None is somebody only described."""
    waar = gemeente or municipality()
    nummer = next(_nummers)
    gemaakt = Signaal.objects.create(
        nummer=f"S-{dag[:4]}-{nummer:04}",
        gemeente=waar,
        soort_id=soort,
        kanaal=velden.pop("kanaal", "telefoon"),
        ontvangen_op=at(dag, uur),
        melder_naam="Melder",
        veiligheidsrisico=veiligheid,
        **velden,
    )
    mensen = [(wie, "over") for wie in over]
    mensen += [(betrokken, "betrokken")] if betrokken else []
    for wie, rol in mensen:
        SignaalBetrokkene.objects.create(
            signaal=gemaakt,
            gemeente=waar,
            persoon=wie,
            omschrijving="" if wie else "een buurjongen",
            rol=rol,
        )
    if veiligheid:
        melding = Melding.objects.create(
            nummer=f"M-{nummer:04}",
            gemeente=waar,
            veiligheid=True,
            ontstaan_op=at(dag),
            weeg_voor=at(dag, 20),
        )
        MeldingSignaal.objects.create(melding=melding, signaal=gemaakt)
    return gemaakt


def consent(
    *personen: Persoon,
    gemeente: Gemeente | None = None,
    vanaf: str = "2025-01-01",
    **velden: Any,
) -> None:
    """These people agreed to looking at signals of several laws together."""
    for wie in personen:
        Toestemming.objects.create(
            persoon=wie,
            gemeente=gemeente or municipality(),
            categorie=feiten_sql.CATEGORIE,
            doel=feiten_sql.DOEL,
            gegeven_op=vanaf,
            wijze="schriftelijk",
            vastgelegd_door="1",
            **velden,
        )
