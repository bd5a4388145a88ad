"""A family on a date: who is in it, whose child is whose, who has gezag, who lives in.

What comes in is a gezin, or one person without one; what goes out is a `Gezinsbeeld`
that a drawing (`personen.tekening`) and a table both show, so they never differ. Whose
child someone is follows from gezag of a parent, and where nobody has that (a child that
came of age) from the roles in the gezin. Holders of gezag who are not in the gezin are
shown too; whoever lies outside the border is not, and is not counted either.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samenloop.core.vraag import written_once
from samenloop.personen.models import (
    Adres,
    Geslacht,
    Gezag,
    GezagSoort,
    Gezin,
    Gezinslid,
    GezinsRol,
    Persoon,
)
from samenloop.personen.woonplaats import age

MEERDERJARIG = 18


@dataclass(frozen=True, slots=True)
class Lid:
    """Someone in the picture.

    `ouders` are the people in the picture whose child this is; `gezag` those of them
    who have custody, `instelling` whether an institution has it.
    """

    persoon: UUID
    naam: str
    roepnaam: str
    geslacht: str = Geslacht.ONBEKEND
    leeftijd: int | None = None
    rol: str = GezinsRol.ANDER
    ouders: tuple[UUID, ...] = ()
    gezag: tuple[UUID, ...] = ()
    instelling: str | None = None
    thuis: bool = False
    woonplaats: str = ""
    kern: bool = False

    @property
    def is_minor(self) -> bool:
        """Under 18, as far as known."""
        return self.leeftijd is not None and self.leeftijd < MEERDERJARIG

    @property
    def initialen(self) -> str:
        """Two letters that stand in the drawing."""
        delen = self.naam.split()
        return (delen[0][0] + (delen[-1][0] if len(delen) > 1 else "")).upper()

    @property
    def met_leeftijd(self) -> str:
        """The name with the age, as the table has it."""
        return self.naam if self.leeftijd is None else f"{self.naam}, {self.leeftijd}"


@dataclass(frozen=True, slots=True)
class Band:
    """Two people who are parents together, or partners; `samen` if under one roof."""

    een: UUID
    ander: UUID
    samen: bool


@dataclass(frozen=True, slots=True)
class Gezinsbeeld:
    """A family on a date, in the order in which one reads it: old to young."""

    datum: date
    leden: tuple[Lid, ...] = ()
    banden: tuple[Band, ...] = ()
    adres: str = ""
    naam: str = ""
    _per_id: dict[UUID, Lid] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._per_id.update({lid.persoon: lid for lid in self.leden})

    def lid(self, persoon: UUID) -> Lid:
        """The member with this id."""
        return self._per_id[persoon]

    @property
    def bewoners(self) -> int:
        """How many of them live in the huishouden."""
        return sum(lid.thuis for lid in self.leden)

    def rol(self, lid: Lid) -> str:
        """The role in words, as one says it: mother, son, partner."""
        kinderen = [kind.roepnaam for kind in self.leden if lid.persoon in kind.ouders]
        if lid.rol == GezinsRol.KIND:
            return _by_sex(lid, _("son"), _("daughter"), _("child"))
        ouder = _by_sex(lid, _("father"), _("mother"), _("parent"))
        if lid.rol == GezinsRol.OUDER or kinderen:
            woord = ouder
            if kinderen and len({k.ouders for k in self.leden if k.ouders}) > 1:
                woord = _("%(ouder)s of %(kinderen)s") % {
                    "ouder": ouder,
                    "kinderen": _enumerate(kinderen),
                }
            return (
                _("partner, %(rol)s") % {"rol": woord}
                if lid.rol == GezinsRol.PARTNER
                else woord
            )
        return _("partner") if lid.rol == GezinsRol.PARTNER else _("other")

    def gezag(self, lid: Lid) -> str:
        """Who has gezag over this member, in words; a dash over an adult."""
        if lid.instelling is not None:
            return lid.instelling or _("certified institution")
        if lid.gezag:
            namen = [self.lid(houder).roepnaam for houder in lid.gezag]
            if len(namen) == 2 and set(lid.gezag) == set(lid.ouders):
                return _("both parents")
            return _enumerate(namen)
        return _("nobody known here") if lid.is_minor else "–"


@written_once
def _roles(gezin: UUID, datum: date) -> QuerySet[Any, tuple[UUID, str]]:
    leden = Gezinslid.objects.current().in_force(datum).filter(gezin=gezin)
    return leden.values_list("persoon_id", "rol")


@written_once
def _custody(minderjarigen: Sequence[UUID], datum: date) -> QuerySet[Gezag]:
    gezag = Gezag.objects.current().in_force(datum)
    return gezag.filter(minderjarige__in=minderjarigen).order_by("pk")


@written_once
def _people(personen: Sequence[UUID]) -> QuerySet[Persoon]:
    return Persoon.objects.filter(pk__in=personen)


@written_once
def _addresses(personen: Sequence[UUID], datum: date) -> QuerySet[Adres]:
    return Adres.objects.current().in_force(datum).filter(persoon__in=personen)


def picture(
    gezin: Gezin, datum: date, *, kern: UUID | None = None, toon_adres: bool = True
) -> Gezinsbeeld:
    """The family on a date, as known now, within the border.

    Args:
        kern: the one it is about, drawn thicker; the huishouden is theirs.
        toon_adres: leave out to keep the address of the huishouden to oneself.
    """
    rollen = dict(_roles(gezin.pk, datum))
    return _picture(rollen, datum, kern, gezin.naam, toon_adres)


def picture_of(
    persoon: Persoon, datum: date, *, toon_adres: bool = True
) -> Gezinsbeeld:
    """The family someone belongs to on a date; else whom gezag ties them to."""
    lidmaatschap = (
        Gezinslid.objects.current()
        .in_force(datum)
        .filter(persoon=persoon)
        .select_related("gezin")
        .order_by("gezin__naam", "gezin_id")
        .first()
    )
    if lidmaatschap is not None:
        return picture(
            lidmaatschap.gezin, datum, kern=persoon.pk, toon_adres=toon_adres
        )
    gezag = Gezag.objects.current().in_force(datum)
    kinderen = gezag.filter(houder=persoon, soort=GezagSoort.OUDER)
    rollen = {
        k: str(GezinsRol.KIND) for k in kinderen.values_list("minderjarige", flat=True)
    }
    heeft_gezag_boven = gezag.filter(minderjarige=persoon).exists()
    rollen[persoon.pk] = str(
        GezinsRol.KIND
        if heeft_gezag_boven
        else GezinsRol.OUDER
        if rollen
        else GezinsRol.ANDER
    )
    return _picture(rollen, datum, persoon.pk, "", toon_adres)


def _picture(
    rollen: dict[UUID, str], datum: date, kern: UUID | None, naam: str, toon_adres: bool
) -> Gezinsbeeld:
    rollen = dict(rollen)
    gezag: dict[UUID, list[Gezag]] = {}
    for feit in _custody(list(rollen), datum):
        gezag.setdefault(feit.minderjarige_id, []).append(feit)
        if feit.houder_id is not None and feit.houder_id not in rollen:
            rollen[feit.houder_id] = (
                GezinsRol.OUDER if feit.soort == GezagSoort.OUDER else GezinsRol.ANDER
            )
    mensen = {p.pk: p for p in _people(list(rollen))}
    adressen = {adres.persoon_id: adres for adres in _addresses(list(mensen), datum)}
    thuis = _household(mensen, adressen, kern)
    leden = _with_parents_by_role(
        _member(
            each, rollen[each.pk], datum, _within(gezag.get(each.pk, ()), mensen),
            adressen.get(each.pk), each.pk in thuis, each.pk == kern,
        )
        for each in mensen.values()
    )  # fmt: skip
    leden.sort(key=lambda lid: (-(lid.leeftijd or 0), lid.naam, lid.persoon))
    adres = next((adressen[p] for p in mensen if p in thuis and p in adressen), None)
    geheim = any(mensen[p].geheim for p in thuis)
    return Gezinsbeeld(
        datum,
        tuple(leden),
        tuple(bonds(leden)),
        _in_words(adres) if adres and toon_adres and not geheim else "",
        naam,
    )


def _household(
    mensen: dict[UUID, Persoon], adressen: dict[UUID, Adres], kern: UUID | None
) -> set[UUID]:
    """Who of them live in the huishouden it is about: that of the one, or of most."""
    per: dict[UUID, list[UUID]] = {}
    for persoon, adres in adressen.items():
        if adres.huishouden_id is not None:
            per.setdefault(adres.huishouden_id, []).append(persoon)
    eigen = adressen[kern].huishouden_id if kern in adressen else None
    samen = (
        per[eigen]
        if eigen is not None
        else max(per.values(), key=lambda wie: (len(wie), sorted(wie)), default=[])
    )
    # Where someone under secrecy lives does not show from whom they live with.
    if kern is not None and mensen[kern].geheim:
        return set(samen)
    return {wie for wie in samen if not mensen[wie].geheim}


def _within(gezag: Iterable[Gezag], mensen: Container[UUID]) -> list[Gezag]:
    """Leave out holders who lie outside the border; an institution has no person."""
    return [g for g in gezag if g.houder_id is None or g.houder_id in mensen]


def _member(
    persoon: Persoon,
    rol: str,
    datum: date,
    gezag: Sequence[Gezag],
    adres: Adres | None,
    thuis: bool,
    kern: bool,
) -> Lid:
    houders = [g.houder_id for g in gezag if g.houder_id is not None]
    ouders = [g.houder_id for g in gezag if g.soort == GezagSoort.OUDER and g.houder_id]
    geboren = persoon.geboortedatum
    return Lid(
        persoon=persoon.pk,
        naam=persoon.volledige_naam,
        roepnaam=(persoon.voornamen or persoon.geslachtsnaam).split()[0],
        geslacht=persoon.geslacht,
        leeftijd=age(geboren, datum) if geboren and geboren <= datum else None,
        rol=rol,
        ouders=tuple(ouders[:2]),
        gezag=tuple(houders),
        instelling=next((g.instelling for g in gezag if g.houder_id is None), None),
        thuis=thuis,
        woonplaats="" if persoon.geheim or adres is None else adres.woonplaats,
        kern=kern,
    )


def _with_parents_by_role(alle: Iterable[Lid]) -> list[Lid]:
    """Give children over whom no parent here has gezag their parents by role."""
    leden = list(alle)
    ouders = [lid for lid in leden if lid.rol == GezinsRol.OUDER]
    return [
        replace(lid, ouders=_parents_by_role(lid, ouders))
        if lid.rol == GezinsRol.KIND and not lid.ouders
        else lid
        for lid in leden
    ]


def _parents_by_role(kind: Lid, ouders: Sequence[Lid]) -> tuple[UUID, ...]:
    onder_een_dak = [ouder for ouder in ouders if ouder.thuis == kind.thuis] or ouders
    ouder_dan = [
        ouder.persoon
        for ouder in onder_een_dak
        if ouder.leeftijd is None
        or kind.leeftijd is None
        or ouder.leeftijd > kind.leeftijd
    ]
    return tuple(ouder_dan[:2])


def bonds(leden: Sequence[Lid]) -> list[Band]:
    """Who are parents together, and the partner of a parent with whom they live."""
    per_id = {lid.persoon: lid for lid in leden}
    paren: dict[frozenset[UUID], tuple[UUID, UUID]] = {}
    for lid in leden:
        if len(lid.ouders) == 2:
            paren.setdefault(frozenset(lid.ouders), (lid.ouders[0], lid.ouders[1]))
    gebonden = {wie for paar in paren for wie in paar}
    ouders = [lid for lid in leden if lid.rol == GezinsRol.OUDER]
    for lid in leden:
        if lid.rol != GezinsRol.PARTNER or lid.persoon in gebonden:
            continue
        # With a parent at the same address; who lives with nobody is with the first.
        kan = [
            o
            for o in ouders
            if lid.persoon not in o.ouders and o.persoon not in lid.ouders
        ]
        bij = next((o for o in kan if o.thuis == lid.thuis), kan[0] if kan else None)
        if bij is not None:
            paren.setdefault(
                frozenset((bij.persoon, lid.persoon)), (bij.persoon, lid.persoon)
            )
    if not paren and len(ouders) == 2 and all(o.thuis for o in ouders):
        paren[frozenset(o.persoon for o in ouders)] = (
            ouders[0].persoon,
            ouders[1].persoon,
        )
    return [
        Band(een, ander, per_id[een].thuis and per_id[ander].thuis)
        for een, ander in paren.values()
    ]


def _in_words(adres: Adres) -> str:
    straat = " ".join(
        str(deel)
        for deel in (adres.straat, adres.huisnummer, adres.huisnummertoevoeging)
        if deel
    )
    return ", ".join(deel for deel in (straat, adres.woonplaats) if deel)


def _by_sex(lid: Lid, man: str, vrouw: str, ander: str) -> str:
    return {Geslacht.MAN: man, Geslacht.VROUW: vrouw}.get(lid.geslacht, ander)  # type: ignore[call-overload,no-any-return]


def _enumerate(namen: Sequence[str]) -> str:
    if len(namen) < 2:
        return "".join(namen)
    return _("%(eerste)s and %(laatste)s") % {
        "eerste": ", ".join(namen[:-1]),
        "laatste": namen[-1],
    }
