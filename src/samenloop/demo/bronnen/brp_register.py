"""Where the simulated BRP finds people: in memory, and in the records of the region.

What the region knows of a family is turned into what the BRP would know: parents and
children from gezag, partners from two parents at one address. Read as system work,
because a base registry is of the whole country.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol

from samenloop.core import gemeentegrens
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.demo.bronnen.brp_document import (
    ONBEKEND,
    Mens,
    Woonplek,
    gezag,
    holder,
    parts,
)
from samenloop.personen.models import Adres, Gezag, GezagSoort, GezinsRol, Persoon
from samenloop.personen.namen import normalise
from samenloop.personen.woonplaats import age

_GESLACHT = {"1": "M", "2": "V"}


class Register(Protocol):
    """Finds people; by BSN, or everyone who may fit a search."""

    def with_bsn(self, bsn: str, dag: date) -> Mens | None:
        """Somebody by number."""

    def candidates(self, vraag: dict[str, Any], dag: date) -> Iterable[Mens]:
        """People among whom the search may find somebody."""


class Vast:
    """People in memory, made for a day."""

    def __init__(self, maak: Callable[[date], Iterable[Mens]]) -> None:
        """Take the function that makes them."""
        self._maak = maak

    def with_bsn(self, bsn: str, dag: date) -> Mens | None:
        """Somebody by number."""
        return next((mens for mens in self._maak(dag) if mens.bsn == bsn), None)

    def candidates(self, vraag: dict[str, Any], dag: date) -> Iterable[Mens]:
        """Everyone; there are few."""
        return self._maak(dag)


class Samen:
    """Several registers as one; the first that knows somebody wins."""

    def __init__(self, *registers: Register) -> None:
        """Take them in order."""
        self._registers = registers

    def with_bsn(self, bsn: str, dag: date) -> Mens | None:
        """Somebody by number."""
        for register in self._registers:
            if mens := register.with_bsn(bsn, dag):
                return mens
        return None

    def candidates(self, vraag: dict[str, Any], dag: date) -> Iterable[Mens]:
        """Those of each."""
        gezien: set[str] = set()
        for register in self._registers:
            for mens in register.candidates(vraag, dag):
                if mens.bsn not in gezien:
                    gezien.add(mens.bsn)
                    yield mens


def object_id(gemeente: str, postcode: str, huisnummer: int | None, extra: str) -> str:
    """An identification of an address, the same for the same address."""
    merk = f"{postcode}/{huisnummer}/{extra}".encode()
    getal = int.from_bytes(hashlib.sha256(merk).digest()[:6]) % 10**9
    return f"{gemeente or '0000'}01{getal:010d}"


class Regio:
    """The people of the demo region who have a BSN."""

    def with_bsn(self, bsn: str, dag: date) -> Mens | None:
        """Somebody by number."""
        try:
            nummer = Bsn(bsn)
        except OngeldigBsn:
            return None
        with gemeentegrens.everywhere("a base registry is of the whole country"):
            persoon = Persoon.objects.with_bsn(nummer).first()
            return _mens(persoon, bsn, dag) if persoon else None

    def candidates(self, vraag: dict[str, Any], dag: date) -> Iterable[Mens]:
        """Those who fit what the records can be searched by."""
        with gemeentegrens.everywhere("a base registry is of the whole country"):
            personen = Persoon.objects.filter(burgerservicenummer__isnull=False)
            if geboren := vraag.get("geboortedatum"):
                personen = personen.filter(geboortedatum=geboren)
            adressen = Adres.objects.current().in_force(dag)
            if postcode := vraag.get("postcode"):
                plek = adressen.filter(
                    postcode=re.sub(r"\s", "", postcode).upper(),
                    huisnummer=vraag["huisnummer"],
                )
                personen = personen.filter(pk__in=plek.values("persoon"))
            elif straat := vraag.get("straat"):
                plek = adressen.filter(
                    straat__icontains=straat.strip("*"), huisnummer=vraag["huisnummer"]
                )
                personen = personen.filter(pk__in=plek.values("persoon"))
            elif gezocht := vraag.get("adresseerbaarObjectIdentificatie"):
                personen = personen.filter(pk__in=_living_at(gezocht, adressen))
            elif naam := vraag.get("geslachtsnaam"):
                begin = normalise(naam.strip("*"))
                personen = personen.filter(sorteernaam__startswith=begin)
            else:
                return []
            gevonden = personen.select_related("burgerservicenummer")[:200]
            return [
                _mens(persoon, persoon.burgerservicenummer.bsn, dag)
                for persoon in gevonden
            ]


def _living_at(gezocht: str, adressen: Any) -> list[Any]:
    gemeente = f"GM{gezocht[:4]}"
    return [
        adres.persoon_id
        for adres in adressen.filter(gemeente=gemeente)
        if _of_address(adres).object_id == gezocht
    ]


def _of_address(adres: Adres) -> Woonplek:
    gemeente = (adres.gemeente_id or "").removeprefix("GM")
    return Woonplek(
        straat=adres.straat,
        huisnummer=adres.huisnummer,
        toevoeging=adres.huisnummertoevoeging,
        postcode=adres.postcode,
        plaats=adres.woonplaats,
        object_id=object_id(
            gemeente, adres.postcode, adres.huisnummer, adres.huisnummertoevoeging
        ),
    )


def _light(persoon: Persoon) -> Mens:
    """Somebody without relations: enough to be named in another's record."""
    rij = getattr(persoon, "burgerservicenummer", None)
    return Mens(
        bsn=rij.bsn if rij else "",
        voornamen=persoon.voornamen,
        voorvoegsel=persoon.voorvoegsel,
        geslachtsnaam=persoon.geslachtsnaam,
        geboren=parts(persoon.geboortedatum) if persoon.geboortedatum else ONBEKEND,
        geslacht=_GESLACHT.get(persoon.geslacht, "O"),
        geheim=7 if persoon.geheim else 0,
    )


def _mens(persoon: Persoon, bsn: str, dag: date) -> Mens:
    mens = _light(persoon)
    mens.bsn = bsn
    adres = (
        Adres.objects.current()
        .in_force(dag)
        .filter(persoon=persoon)
        .select_related("gemeente")
        .first()
    )
    if adres is not None:
        mens.sinds = parts(adres.startdatum)
        if adres.gemeente is not None:
            code = adres.gemeente.code.removeprefix("GM")
            mens.gemeente = (code, adres.gemeente.naam)
            mens.woont = _of_address(adres)
    over_mij = _custody(Gezag.objects.filter(minderjarige=persoon))
    van_mij = _custody(Gezag.objects.filter(houder=persoon))
    mens.ouders = [_light(ouder) for ouder in _parents(over_mij)]
    kinderen = {rij.minderjarige.pk: rij.minderjarige for rij in van_mij}
    mens.kinderen = [_light(kind) for kind in kinderen.values()]
    mens.partners = [
        (_light(ander), date(2010, 6, 18), None) for ander in _partners(persoon, adres)
    ]
    for kind in (persoon, *kinderen.values()):
        if relatie := _relation(kind, dag):
            mens.gezag.append(relatie)
    return mens


def _custody(rijen: Any) -> list[Gezag]:
    return list(
        rijen.filter(bekend__upper_inf=True)
        .select_related(
            "houder__burgerservicenummer", "minderjarige__burgerservicenummer"
        )
        .order_by("houder__sorteernaam", "minderjarige__geboortedatum")
    )


def _parents(rijen: Iterable[Gezag]) -> list[Persoon]:
    return [
        rij.houder
        for rij in rijen
        if rij.houder is not None and rij.soort == GezagSoort.OUDER
    ]


def _relation(kind: Persoon, dag: date) -> dict[str, Any] | None:
    """The custody over a minor as the BRP words it; None for an adult."""
    if kind.geboortedatum is None or age(kind.geboortedatum, dag) >= 18:
        return None
    mens = _light(kind)
    if not mens.bsn:
        return None
    rijen = [
        rij
        for rij in _custody(Gezag.objects.filter(minderjarige=kind))
        if dag in rij.periode
    ]
    ouders = [holder(_light(ouder)) for ouder in _parents(rijen)]
    if len(ouders) == 2:
        return gezag("GezamenlijkOuderlijkGezag", mens, dag, ouders=ouders)
    if len(ouders) == 1:
        return gezag("EenhoofdigOuderlijkGezag", mens, dag, ouder=ouders[0])
    if rijen:
        return gezag("Voogdij", mens, dag, derden=[])
    return gezag("GezagNietTeBepalen", mens, dag, toelichting="Geen gegevens.")


def _partners(persoon: Persoon, adres: Adres | None) -> list[Persoon]:
    """The other parent of the same gezin, when they live in one household."""
    if adres is None or adres.huishouden_id is None:
        return []
    return list(
        Persoon.objects.filter(
            gezinsleden__rol=GezinsRol.OUDER,
            gezinsleden__bekend__upper_inf=True,
            gezinsleden__gezin__leden__persoon=persoon,
            gezinsleden__gezin__leden__rol=GezinsRol.OUDER,
            adressen__huishouden=adres.huishouden_id,
            adressen__bekend__upper_inf=True,
            burgerservicenummer__isnull=False,
        )
        .exclude(pk=persoon.pk)
        .select_related("burgerservicenummer")
        .distinct()
    )
