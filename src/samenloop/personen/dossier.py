"""What one sees of a person, at the depth that the table of decisions gives.

`dat` is who this is: identity, the present address and the responsible municipality.
`wat`, for who has a task toward the person, adds moves, stays, family, gezag and
consent. Under secrecy the address stays away without a task. Collecting and logging
are one step, so that nothing can be shown that is not in the log.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import klok
from samenloop.personen import beeld, huishoudens, taak, woonplaats
from samenloop.personen.models import Adres, Gemeente, Gezag, Persoon, Verblijf
from samenloop.personen.toestemming import Toestemming
from samenloop.personen.woonplaats import Waarom


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person as this actor may see them on a date."""

    persoon: Persoon
    datum: date
    diepte: Diepte
    leeftijd: int | None
    gemeente: Gemeente | None
    waarom: Waarom
    adres: Adres | None
    adres_geheim: bool
    heeft_bsn: bool
    adressen: list[Adres] = field(default_factory=list)
    verblijven: list[Verblijf] = field(default_factory=list)
    huisgenoten: list[Persoon] = field(default_factory=list)
    gezag: list[Gezag] = field(default_factory=list)
    gezin: beeld.Gezinsbeeld | None = None
    toestemmingen: list[Toestemming] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is shown, not only who this is."""
        return self.diepte is Diepte.WAT


def involvement(actor: Actor, persoon: UUID) -> Betrokkenheid:
    """Return what the actor has to do with this person."""
    return (
        Betrokkenheid.TOEGEWEZEN
        if taak.is_assigned(actor, persoon)
        else Betrokkenheid.GEMEENTE
    )


def open_person(
    actor: Actor, persoon: Persoon, *, doel: str, datum: date | None = None
) -> Dossier:
    """Collect what this actor may see, and log the look.

    Raises:
        GeenToegang: this actor may not open people.
    """
    datum = datum or klok.today()
    betrokken = involvement(actor, persoon.pk)
    diepte = besluiten.require(actor, Handeling.PERSOON_OPENEN, betrokken, doel)
    dossier = _collect(persoon, datum, diepte)
    logboek.record(
        actor,
        Handeling.PERSOON_OPENEN,
        personen=[persoon.pk],
        onderwerp=f"persoon:{persoon.pk}",
        doel=doel,
        diepte=diepte,
    )
    _log_others(actor, dossier, doel)
    return dossier


def _log_others(actor: Actor, dossier: Dossier, doel: str) -> None:
    """Who comes into view beside the person was found, not opened."""
    anderen = {wie.pk for wie in dossier.huisgenoten}
    if dossier.gezin is not None:
        anderen |= {lid.persoon for lid in dossier.gezin.leden}
    anderen |= {feit.houder_id for feit in dossier.gezag if feit.houder_id}
    anderen.discard(dossier.persoon.pk)
    if anderen:
        logboek.record(
            actor,
            Handeling.PERSOON_OPENEN,
            personen=sorted(anderen),
            onderwerp=f"persoon:{dossier.persoon.pk}",
            doel=doel,
            wijze=Wijze.GEVONDEN,
            diepte=Diepte.DAT,
        )


def _collect(persoon: Persoon, datum: date, diepte: Diepte) -> Dossier:
    gemeente, waarom = woonplaats.explain(persoon, datum)
    heel = diepte is Diepte.WAT
    geheim = persoon.geheim and not heel
    geboren = persoon.geboortedatum
    feiten = Adres.objects.current().filter(persoon=persoon).select_related("gemeente")
    basis = Dossier(
        persoon=persoon,
        datum=datum,
        diepte=diepte,
        leeftijd=woonplaats.age(geboren, datum)
        if geboren and geboren <= datum
        else None,
        gemeente=gemeente,
        waarom=waarom,
        adres=None if geheim else feiten.in_force(datum).first(),
        adres_geheim=geheim,
        heeft_bsn=not persoon.bsn_ontbreekt_reden,
    )
    if not heel:
        return basis
    basis.adressen.extend(feiten.order_by("-geldig"))
    basis.verblijven.extend(
        Verblijf.objects.current()
        .filter(persoon=persoon)
        .select_related("gemeente")
        .order_by("-geldig")
    )
    huishouden = huishoudens.household_of(persoon, datum)
    if huishouden is not None:
        anderen = huishoudens.members(huishouden, datum).exclude(pk=persoon.pk)
        if not persoon.geheim:
            # Nor does it show from the address of who lives with them.
            anderen = anderen.filter(geheim=False)
        basis.huisgenoten.extend(anderen)
    basis.gezag.extend(
        Gezag.objects.current()
        .in_force(datum)
        .filter(minderjarige=persoon)
        .select_related("houder")
        .order_by("soort", "pk")
    )
    basis.toestemmingen.extend(Toestemming.objects.filter(persoon=persoon))
    return replace(basis, gezin=beeld.picture_of(persoon, datum))


def show_bsn(actor: Actor, persoon: Persoon, *, doel: str) -> str:
    """Return the BSN in groups of digits, after it was logged that it was asked.

    Raises:
        GeenToegang: this actor may not see numbers.
    """
    diepte = besluiten.require(actor, Handeling.BSN_TONEN, doel=doel)
    cijfers = persoon.burgerservicenummer.bsn
    logboek.record(
        actor,
        Handeling.BSN_TONEN,
        personen=[persoon.pk],
        onderwerp=f"persoon:{persoon.pk}",
        doel=doel,
        diepte=diepte,
    )
    return f"{cijfers[:4]} {cijfers[4:6]} {cijfers[6:]}"
