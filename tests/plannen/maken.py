"""A dossier of a fictitious family, and people who take part in it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from samenloop.access.models import Gebruiker
from samenloop.core import klok
from samenloop.personen import taak
from samenloop.personen.models import Gemeente, Gezin, Gezinslid, Persoon
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol, Dossier
from tests.access.accounts import GEMEENTE
from tests.personen.maken import custody, days, known, person


def municipality(code: str = GEMEENTE) -> Gemeente:
    """The municipality that the accounts of the tests work for, unless told."""
    return Gemeente.objects.get_or_create(code=code, defaults={"naam": code})[0]


def family(naam: str = "Postma") -> tuple[Gezin, Persoon, Persoon]:
    """A gezin of a parent with custody over one child."""
    ouder = person(naam, "1987-05-17", voornamen="Marieke", geslacht="2")
    kind = person(naam, "2012-02-03", voornamen="Jesse", geslacht="1")
    gezin = Gezin.objects.create(naam=f"gezin {naam}")
    for wie, rol in ((ouder, "ouder"), (kind, "kind")):
        Gezinslid.objects.create(
            gezin=gezin, persoon=wie, rol=rol, geldig=days("2012-02-03"), bekend=known()
        )
    custody(kind, ouder, "2012-02-03")
    return gezin, ouder, kind


def dossier(naam: str = "Postma", *, gemeente: str = GEMEENTE) -> Dossier:
    """A dossier of a new gezin; `dossier.betrokkene` is the parent."""
    gezin, ouder, kind = family(naam)
    waar = municipality(gemeente)
    # Whom the dossier is about is known by that; the child as one who lives there.
    taak.take_on([kind.pk], waar.pk)
    return Dossier.objects.create(gemeente=waar, gezin=gezin, betrokkene=ouder)


def takes_part(
    van: Dossier,
    wie: Gebruiker | None = None,
    rol: Deelnemersrol = Deelnemersrol.REGISSEUR,
    *delen: Deel,
    organisatie: UUID | None = None,
    tot: datetime | None = None,
    **velden: Any,
) -> Deelname:
    """Let an account, or an organisation, take part from now."""
    velden.setdefault("van", klok.now())
    return Deelname.objects.create(
        dossier=van,
        rol=rol,
        account=wie.pk if wie and not organisatie else None,
        organisatie_id=organisatie,
        delen=[deel.value for deel in delen],
        tot=tot,
        **velden,
    )
