"""What is known already, shown beside the conversation so that nothing is asked twice.

Own records only, each with its source and day, and no deeper than the reader may: of
the one whom the dossier is about the provision, of the others that there is one; of
signals their kind and day; of the plan and measurements what was opened. Rooms beside
this one add their own block.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte
from samenloop.core import klok
from samenloop.personen import gezinnen
from samenloop.personen.models import GezinsRol, Persoon
from samenloop.plannen.models import Dossier
from samenloop.signalen import zicht
from samenloop.signalen.models import Signaal
from samenloop.voorzieningen.models import Uitkering, Voorziening, Wet

_MEESTE = 20


@dataclass(frozen=True, slots=True)
class Feit:
    """One thing that is known: in a sentence, since when, and how deep."""

    tekst: str
    sinds: date | None = None
    diepte: Diepte = Diepte.WAT


@dataclass(frozen=True, slots=True)
class Blok:
    """What one source knows; without facts `leeg` says so in a sentence."""

    kop: str
    bron: str
    feiten: tuple[Feit, ...]
    leeg: str = ""
    # Whether a report may hold it: not what belongs to another part of the dossier,
    # which a reader of the report need not have open.
    in_verslag: bool = False


Bron = Callable[[Actor, Dossier], Blok | None]
_bronnen: dict[str, tuple[int, Bron]] = {}


def register(bron: Bron, *, orde: int = 100) -> Bron:
    """Let a room show what it knows; nothing (None) when it is closed to the reader."""
    _bronnen[f"{bron.__module__}.{bron.__qualname__}"] = (orde, bron)
    return bron


def known(actor: Actor, dossier: Dossier) -> list[Blok]:
    """Return what is known of the family, as far as it is open to this actor.

    The caller has seen that conversations of this dossier are open to the actor.
    """
    op_orde = sorted(_bronnen.items(), key=lambda each: (each[1][0], each[0]))
    gevonden = [bron(actor, dossier) for _naam, (_orde, bron) in op_orde]
    return [blok for blok in gevonden if blok is not None]


def for_report(actor: Actor, dossier: Dossier) -> list[dict[str, Any]]:
    """Return what of it goes into a report, as it is kept there.

    A report goes to the family and to whom it is opened. So no fact of which one may
    only know that it is there: a signal may be withheld from the very reader.
    """
    return [
        {
            "kop": blok.kop,
            "bron": blok.bron,
            "op": klok.today().isoformat(),
            "feiten": [
                {
                    "tekst": feit.tekst,
                    "sinds": feit.sinds.isoformat() if feit.sinds else "",
                }
                for feit in blok.feiten
                if feit.diepte is Diepte.WAT
            ],
        }
        for blok in known(actor, dossier)
        if blok.in_verslag and any(f.diepte is Diepte.WAT for f in blok.feiten)
    ]


def people(dossier: Dossier) -> dict[Persoon, str]:
    """Return whom the dossier is about today, with what they are in the family."""
    if dossier.gezin is None:
        return {dossier.betrokkene: ""}
    leden = {
        lid.persoon: GezinsRol(lid.rol).label
        for lid in gezinnen.members(dossier.gezin, klok.today())
    }
    return {dossier.betrokkene: leden.pop(dossier.betrokkene, ""), **leden}


def family(actor: Actor, dossier: Dossier) -> Blok:
    """Who belong to the family, and when they were born."""
    feiten = []
    for persoon, rol in people(dossier).items():
        geboren = persoon.geboortedatum
        delen = [persoon.volledige_naam]
        if rol:
            delen.append(rol)
        if geboren:
            delen.append(_("born %(dag)s") % {"dag": date_format(geboren, "j F Y")})
        feiten.append(Feit(", ".join(delen)))
    return Blok(
        _("The family"), _("Persons, own records"), tuple(feiten), in_verslag=True
    )


def provisions(actor: Actor, dossier: Dossier) -> Blok:
    """Which provisions run: what for who it is about, that there is one for others."""
    wie = people(dossier)
    rijen = (
        Voorziening.objects.current()
        .in_force(klok.today())
        .filter(gemeente=actor.gemeente, betrokkene__in=list(wie))
        .select_related("product", "betrokkene")
        .order_by("geldig")[:_MEESTE]
    )
    feiten = []
    for rij in rijen:
        eigen = rij.betrokkene_id == dossier.betrokkene_id
        wat = rij.product.naam if eigen else Wet(rij.product.wet).label
        feiten.append(
            Feit(
                f"{rij.betrokkene.volledige_naam}: {wat}",
                rij.startdatum,
                Diepte.WAT if eigen else Diepte.DAT,
            )
        )
    return Blok(
        _("Provisions that run"),
        _("Provisions, own records"),
        tuple(feiten),
        _("No provision of this municipality runs."),
        in_verslag=True,
    )


def benefits(actor: Actor, dossier: Dossier) -> Blok | None:
    """That who it is about has a benefit; nothing is said when there is none."""
    rij = (
        Uitkering.objects.current()
        .in_force(klok.today())
        .filter(gemeente=actor.gemeente, betrokkene=dossier.betrokkene_id)
        .first()
    )
    if rij is None:
        return None
    return Blok(
        _("Benefit"),
        _("Provisions, own records"),
        (
            Feit(
                _("A benefit under the Participation Act runs."),
                rij.startdatum,
                Diepte.DAT,
            ),
        ),
    )


def signals(actor: Actor, dossier: Dossier) -> Blok:
    """Which signals are open: kind and day, whoever may know that they are there."""
    rijen = (
        zicht.signals(actor, Diepte.DAT)
        .filter(betrokkenen__persoon__in=list(people(dossier)))
        .exclude(status=Signaal.Status.AFGESLOTEN)
        .select_related("soort")
        .order_by("-ontvangen_op")
        .distinct()[:_MEESTE]
    )
    return Blok(
        _("Signals that are open"),
        _("Signals, own records"),
        tuple(
            Feit(
                rij.soort.naam,
                rij.ontvangen_op.astimezone(klok.AMSTERDAM).date(),
                Diepte.DAT,
            )
            for rij in rijen
        ),
        _("No signal is open that you may know of."),
    )


def register_own() -> None:
    """Let this room's own blocks be shown, in the order in which one reads them."""
    for orde, bron in enumerate((family, provisions, benefits, signals), start=1):
        register(bron, orde=orde * 10)
