"""Rules on starts (305) and stops (307) against the allocation and earlier ones.

Within one message removals come first (IV008): what is removed may be delivered anew
beside it. A removal is only held against what it removes. One fault is named once: a
second delivery of the same key is TR074, and not also that a start is still open.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import Functie, regel
from samenloop.berichten.regels.stand import StandRegie

_START = "305 Client/StartProducten/StartProduct"
_STOP = "307 Client/StopProducten/StopProduct"
TIJDELIJK = "20"
_VERWIJDEREN = "3"


def als_regie(deel: Velden) -> StandRegie:
    """A start or stop as it stands in a message."""
    product = deel.get("Product", {})
    stop = "RedenBeeindiging" in deel
    return StandRegie(
        stop=stop,
        nummer=deel.get("ToewijzingNummer"),
        begin=deel["Begindatum"],
        categorie=product.get("Categorie"),
        code=product.get("Code"),
        reden=deel["RedenBeeindiging"] if stop else None,
        eind=deel["Einddatum"] if stop else None,
    )


def _verwijdert(deel: Velden) -> bool:
    return bool(deel["StatusAanlevering"] == _VERWIJDEREN)


def _regel(
    code: str, retourcode: str, tekst: str, *op: str, stand: bool = True
) -> Callable[[Functie], Functie]:
    return regel(code, tekst, *op, niveau=3, retourcode=retourcode, stand=stand)


@_regel(
    "TR019",
    "9019",
    "Bij dit toewijzingnummer is voor deze client geen toewijzing bekend. Controleer "
    "het nummer in de laatste toewijzing.",
    _START,
    _STOP,
)
def bij_toewijzing(deel: Velden, grond: Grond) -> bool:
    """A delivery rests on an allocation; without a number it is work by task."""
    nummer = deel.get("ToewijzingNummer")
    if nummer is None or _verwijdert(deel):
        return False
    gevonden = grond.toewijzingen.get(nummer)
    return (
        gevonden is None
        or gevonden.bsn != grond.client_bsn
        or gevonden.aanbieder != grond.aanbieder
        or gevonden.verwijderd
    )


@_regel(
    "TR063",
    "9063",
    "Er is niets om te verwijderen: een eerdere aanlevering met dezelfde gegevens is "
    "niet bekend. Neem toewijzing, product en datums precies over.",
    f"{_START}: StatusAanlevering",
    f"{_STOP}: StatusAanlevering",
)
def eerder_aangeleverd(deel: Velden, grond: Grond) -> bool:
    """Only what was delivered can be removed."""
    return _verwijdert(deel) and als_regie(deel) not in grond.regie


@_regel(
    "TR071",
    "9071",
    "De levering is al gestopt; deze start kan niet meer worden verwijderd. Verwijder "
    "eerst de stop.",
    f"{_START}: StatusAanlevering",
)
def nog_niet_gestopt(start: Velden, grond: Grond) -> bool:
    """A start that was stopped stays."""
    levering = als_regie(start).levering
    return _verwijdert(start) and any(
        each.stop and each.levering == levering for each in grond.regie
    )


@_regel(
    "TR074",
    "9074",
    "Deze melding is al eerder ontvangen. Stuur haar niet nog eens; verwijder de "
    "eerste "
    "als die fout was.",
    _START,
    _STOP,
)
def nog_niet_gemeld(deel: Velden, grond: Grond) -> bool:
    """The key of a delivery is unique over all messages."""
    return not _verwijdert(deel) and als_regie(deel) in grond.regie_over


@_regel(
    "TR326",
    "9326",
    "Bij deze toewijzing loopt al een levering. Meld eerst de stop daarvan.",
    _START,
)
def geen_lopende_start(start: Velden, grond: Grond) -> bool:
    """One current start for each allocated product."""
    eigen = als_regie(start)
    if _verwijdert(start) or eigen in grond.regie_over:
        return False
    if id(start) in grond.herhaalde_starts:
        return True
    for each in grond.regie_over:
        zelfde = (each.nummer, each.categorie, each.code) == eigen.levering[:3]
        if (
            zelfde
            and not each.stop
            and not any(
                ander.stop and ander.levering == each.levering
                for ander in grond.regie_over
            )
        ):
            return True
    return False


@_regel(
    "TR382",
    "9069",
    "Er is geen start met deze toewijzing, dit product en deze begindatum. Neem ze "
    "precies over uit het startbericht.",
    _STOP,
)
def start_bekend(stop: Velden, grond: Grond) -> bool:
    """A stop repeats the key of its start."""
    if _verwijdert(stop) or bij_toewijzing(stop, grond):
        return False  # without an allocation there is no start either (TR019)
    levering = als_regie(stop).levering
    return not any(
        not each.stop and each.levering == levering for each in grond.regie_over
    )


class _Eerder(NamedTuple):
    """What was said before about the end of a delivery."""

    tijdelijk: bool
    definitief: bool
    laatste: date


def _eerder(stop: Velden, grond: Grond) -> _Eerder:
    """The other stops of the same delivery; none for a removal or a repetition."""
    eigen = als_regie(stop)
    gemeld = grond.regie_over if grond.stand_of_niets is not None else []
    if _verwijdert(stop) or eigen in gemeld:
        return _Eerder(False, False, date.min)
    stops = [
        *grond.stops_ervoor[id(stop)],
        *(
            (each.reden, each.eind)
            for each in gemeld
            if each.stop and (each.nummer, each.begin) == (eigen.nummer, eigen.begin)
        ),
    ]
    return _Eerder(
        tijdelijk=any(reden == TIJDELIJK for reden, _ in stops),
        definitief=any(reden != TIJDELIJK for reden, _ in stops),
        laatste=max((eind for _, eind in stops if eind), default=date.min),
    )


@_regel(
    "TR413",
    "9413",
    "Er is al een tijdelijke stop gemeld. Daarna kan alleen een definitieve stop.",
    _STOP,
    stand=False,
)
def een_tijdelijke_stop(stop: Velden, grond: Grond) -> bool:
    """A delivery is paused once."""
    return stop["RedenBeeindiging"] == TIJDELIJK and _eerder(stop, grond).tijdelijk


@_regel(
    "TR414",
    "9414",
    "Er is al een stop gemeld met een latere einddatum. Verbeter de einddatum.",
    _STOP,
    stand=False,
)
def stop_niet_eerder(stop: Velden, grond: Grond) -> bool:
    """A final stop does not lie before the pause."""
    return bool(stop["Einddatum"] < _eerder(stop, grond).laatste)


@_regel(
    "TR415",
    "9415",
    "Deze levering is al definitief gestopt. Verwijder eerst de eerdere stop als die "
    "fout was.",
    _STOP,
    stand=False,
)
def nog_niet_definitief(stop: Velden, grond: Grond) -> bool:
    """After the end there is no other end."""
    return _eerder(stop, grond).definitief
