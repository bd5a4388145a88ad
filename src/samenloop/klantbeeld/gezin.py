"""The family as this opening may show it: drawing, table, and where they live.

Whoever may not know who belongs together sees only the one it is about. Custody and
place leave the drawing and the table alike when there is no ground for them. The
address of someone under secrecy is only for who has a task of their own here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samenloop.klantbeeld.context import Onderwerp
from samenloop.klantbeeld.schrijven import Gegeven, Regel, Schrijver
from samenloop.klantbeeld.velden import veld
from samenloop.personen.beeld import Gezinsbeeld, Lid, picture
from samenloop.personen.models import Adres, Gezin, GezinsRol, Persoon
from samenloop.personen.woonplaats import age


@dataclass(frozen=True, slots=True)
class Lidregel:
    """Somebody of the family as this opening shows them; None is not shown."""

    id: UUID
    naam: Gegeven | None
    leeftijd: Gegeven | None
    rol: Gegeven | None
    gezag: Gegeven | None
    woonplaats: Gegeven | None
    kort: str


class ZonderGezag(Gezinsbeeld):
    """A family of which custody is not shown; says so instead of "nobody"."""

    __slots__ = ()

    def gezag(self, lid: Lid) -> str:
        """Say that it is left out, for who hears the drawing described."""
        return _("not shown at this purpose")


def picture_for(
    schrijver: Schrijver, gezin: UUID | None, onderwerp: Onderwerp, dag: date
) -> Gezinsbeeld:
    """Return the family on a day, without what this opening does not allow."""
    inzage = schrijver.inzage
    heel = (
        Gezin.objects.filter(pk=gezin).first()
        if gezin is not None and inzage.allows(veld("tekening.gezin"))
        else None
    )
    if heel is None:
        return _alone(onderwerp.over, dag)
    beeld = picture(
        heel,
        dag,
        kern=onderwerp.persoon_id,
        toon_adres=inzage.allows(veld("adres.adres")),
    )
    soort = Gezinsbeeld if inzage.allows(veld("persoon.gezag")) else ZonderGezag
    return soort(
        datum=beeld.datum,
        leden=tuple(_trimmed(schrijver, lid) for lid in beeld.leden),
        banden=beeld.banden,
        adres=beeld.adres,
        naam=beeld.naam,
    )


def _alone(personen: Sequence[UUID], dag: date) -> Gezinsbeeld:
    mensen = Persoon.objects.filter(pk__in=personen).order_by("geboortedatum", "pk")
    return Gezinsbeeld(
        dag,
        tuple(
            Lid(
                persoon=mens.pk,
                naam=mens.volledige_naam,
                roepnaam=(mens.voornamen or mens.geslachtsnaam).split()[0],
                geslacht=mens.geslacht,
                leeftijd=age(mens.geboortedatum, dag) if mens.geboortedatum else None,
                kern=True,
            )
            for mens in mensen
        ),
    )


def _trimmed(schrijver: Schrijver, lid: Lid) -> Lid:
    """Return a member without custody and place where there is no ground for them."""
    inzage = schrijver.inzage
    if not inzage.allows(veld("persoon.gezag"), lid.persoon):
        lid = replace(lid, gezag=(), instelling=None)
    if not inzage.allows(veld("persoon.woonplaats"), lid.persoon):
        lid = replace(lid, woonplaats="")
    return lid


def rows(schrijver: Schrijver, beeld: Gezinsbeeld) -> tuple[Lidregel, ...]:
    """Return the rows of the table beside the drawing."""
    uit = []
    for lid in beeld.leden:
        naam = schrijver.value("persoon.naam", lid.naam, lid.persoon)
        alleen = len(beeld.leden) == 1
        uit.append(
            Lidregel(
                id=lid.persoon,
                naam=naam,
                leeftijd=schrijver.value("persoon.leeftijd", lid.leeftijd, lid.persoon),
                rol=None
                if alleen
                else schrijver.value("persoon.rol", beeld.rol(lid), lid.persoon),
                gezag=schrijver.value("persoon.gezag", beeld.gezag(lid), lid.persoon),
                woonplaats=schrijver.value(
                    "persoon.woonplaats", lid.woonplaats, lid.persoon
                ),
                kort=lid.roepnaam if naam else _("member of the family"),
            )
        )
    return tuple(uit)


def housing(
    schrijver: Schrijver, personen: Sequence[UUID], dag: date, *, eigen_taak: bool
) -> list[Regel]:
    """Return a line per address where these people live.

    `eigen_taak`: whether the reader has a task of their own in this dossier; without
    one, addresses under secrecy stay away.
    """
    wie = tuple(personen)
    if not schrijver.may_any("adres.adres", wie):
        return []
    adressen = Adres.objects.current().in_force(dag).filter(persoon__in=wie)
    if not eigen_taak:
        adressen = adressen.filter(persoon__geheim=False)
    samen: dict[object, list[Adres]] = defaultdict(list)
    for adres in adressen.order_by("pk"):
        samen[adres.huishouden_id or adres.pk].append(adres)
    regels = (
        schrijver.line(
            UUID(str(bewoners[0].persoon_id)),
            {
                "adres.adres": _address(bewoners[0]),
                "adres.sinds": min(adres.startdatum for adres in bewoners),
                "adres.bewoners": len(bewoners),
            },
            _("persons register"),
            bewoners[0].vastgelegd_op,
        )
        for bewoners in samen.values()
    )
    return [regel for regel in regels if regel is not None]


def network(
    schrijver: Schrijver, beeld: Gezinsbeeld, personen: Sequence[UUID]
) -> list[Regel]:
    """Return who is on record as informal support around the family."""
    regels = (
        schrijver.line(lid.persoon, {"netwerk.wie": lid.naam}, _("own records"))
        for lid in beeld.leden
        if lid.rol == GezinsRol.ANDER and lid.persoon in personen and not lid.kern
    )
    return [regel for regel in regels if regel is not None]


def names(leden: Sequence[Lidregel]) -> Mapping[UUID, str]:
    """Return how a line calls each of them."""
    return {lid.id: lid.kort for lid in leden}


def _address(adres: Adres) -> str:
    nummer = f"{adres.huisnummer or ''}{adres.huisnummertoevoeging}"
    straat = " ".join(deel for deel in (adres.straat, nummer) if deel)
    plaats = " ".join(deel for deel in (adres.postcode, adres.woonplaats) if deel)
    return ", ".join(deel for deel in (straat, plaats) if deel)
