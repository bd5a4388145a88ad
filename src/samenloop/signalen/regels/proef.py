"""A dry run: what would have become of last year's signals with this version.

The rules in force now are set against the same rules with the draft in place of its
version in force. One sees how far it is and can stop it. What is kept are counts,
shares and examples by number of signal; no name, no id of a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

import numpy as np

from samenloop.core import klok
from samenloop.signalen.regels import bron
from samenloop.signalen.regels.bron import Signalenkolommen
from samenloop.signalen.regels.feitenbeeld import Blik, Opgehaald
from samenloop.signalen.regels.in_werking import Regelset, in_force, kernel
from samenloop.signalen.regels.models import Instelling, Regelproef, Regelversie
from samenloop.signalen.regels.motor import Regelkern, needed, weigh
from samenloop.signalen.regels.oordeel import surely, truth
from samenloop.signalen.regels.scheefheid import Geraakt, compare
from samenloop.signalen.regels.tabel import Feitentabel, Kolommen, weigh_all
from samenloop.signalen.regels.versies import mark_tried
from samenloop.signalen.regels.zinnen import why

TREDE = 10
TREDEN = 9  # 0-9, 10-19, ... 80 and more
MEESTE_GEWIJZIGD = 1_000
MEESTE_VOORBEELDEN = 4


class Gestopt(Exception):
    """Somebody asked to stop."""


@dataclass
class Telling:
    """What is added up."""

    signalen: int = 0
    veiligheid: int = 0
    melding_nu: int = 0
    melding_met: int = 0
    raak_nu: int = 0
    raak_met: int = 0
    onbeslist: int = 0
    gewijzigd: int = 0
    maanden: set[int] = field(default_factory=set)
    treden_nu: list[int] = field(default_factory=lambda: [0] * TREDEN)
    treden_met: list[int] = field(default_factory=lambda: [0] * TREDEN)
    rijen: list[dict[str, Any]] = field(default_factory=list)
    voorbeelden: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    geraakt: Geraakt = field(default_factory=Geraakt)
    mislukt: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Opzet:
    """What is set against what."""

    gemeente: str
    regel: UUID
    nu: tuple[Regelkern, ...]
    met: tuple[Regelkern, ...]
    drempel: int
    vraag: Opgehaald

    @classmethod
    def of(cls, gemeente: str, concept: Regelkern, werkend: Regelset) -> "Opzet":
        """The rules in force, against the same with the draft in its place."""
        anders = tuple(r for r in werkend.regels if r.regel_id != concept.regel_id)
        met = (*anders, concept)
        return cls(
            gemeente,
            concept.regel_id,
            werkend.regels,
            met,
            werkend.drempel,
            needed([*werkend.regels, concept]),
        )


def measure(
    opzet: Opzet, jaar: int, voortgang: Callable[[int], None] = lambda _procent: None
) -> Telling:
    """Weigh every signal of the year twice and add up the differences.

    Args:
        voortgang: called with the percentage done; raises `Gestopt` to stop.
    """
    telling = Telling()
    # Not in one transaction: others must see how far it is, and be able to stop it.
    tabel, rond = bron.source().collect_period(
        opzet.gemeente,
        date(jaar, 1, 1),
        date(jaar + 1, 1, 1),
        opzet.vraag,
        lambda deel: voortgang(round(80 * deel)),
    )
    _add(telling, opzet, tabel, rond)
    voortgang(95)
    return telling


def _add(
    telling: Telling, opzet: Opzet, tabel: Feitentabel, rond: Signalenkolommen
) -> None:
    if not len(tabel):
        return
    kolommen: dict[bool, Kolommen] = {}
    nu = weigh_all(tabel, opzet.nu, opzet.drempel, kolommen)
    met = weigh_all(tabel, opzet.met, opzet.drempel, kolommen)
    telling.signalen += len(tabel)
    telling.veiligheid += int(tabel.veiligheidsrisico.sum())
    telling.melding_nu += int(nu.melding.sum())
    telling.melding_met += int(met.melding.sum())
    telling.maanden |= set(rond.maanden.tolist())
    for treden, gewogen in ((telling.treden_nu, nu), (telling.treden_met, met)):
        hoogte = np.minimum(gewogen.gewicht // TREDE, TREDEN - 1)
        for trede, aantal in enumerate(np.bincount(hoogte, minlength=TREDEN)):
            treden[trede] += int(aantal)
    for plaats in met.mislukt:
        telling.mislukt.add(opzet.met[plaats].naam)
    concept = opzet.met[-1]
    raak_nu = _hits_of(opzet.regel, opzet.nu, nu.raak, len(tabel))
    raak_met = _hits_of(opzet.regel, opzet.met, met.raak, len(tabel))
    telling.raak_nu += int(raak_nu.sum())
    telling.raak_met += int(raak_met.sum())
    if concept.over_wetten not in kolommen:
        kolommen[concept.over_wetten] = Kolommen(tabel, concept.over_wetten)
    zeker_niet = surely(concept.knoop, kolommen[concept.over_wetten], waar=False)
    telling.onbeslist += int((~raak_met & ~zeker_niet).sum())
    telling.geraakt.add(tabel, rond, raak_met)
    anders = np.flatnonzero(
        (nu.gewicht != met.gewicht) | (nu.melding != met.melding)
    ).tolist()
    telling.gewijzigd += len(anders)
    for rij in anders[: MEESTE_GEWIJZIGD - len(telling.rijen)]:
        telling.rijen.append(
            {
                "nummer": rond.nummers[rij],
                "soort": tabel.soort.code(rij),
                "maand": int(rond.maanden[rij]),
                "was": int(nu.gewicht[rij]),
                "wordt": int(met.gewicht[rij]),
                "melding_was": bool(nu.melding[rij]),
                "melding_wordt": bool(met.melding[rij]),
            }
        )
    groepen = {
        "wordt_melding": met.melding & ~nu.melding,
        "ander_gewicht": (nu.gewicht != met.gewicht) & (nu.melding == met.melding),
        "gelijk": ~raak_met & (nu.gewicht == met.gewicht) & (tabel.leden >= 0),
    }
    for groep, welke in groepen.items():
        lijst = telling.voorbeelden.setdefault(groep, [])
        nodig = (2 if groep == "wordt_melding" else 1) - len(lijst)
        for rij in np.flatnonzero(welke)[: max(0, nodig)].tolist():
            lijst.append(_example(opzet, tabel, rond, rij, int(nu.gewicht[rij]), groep))


def _hits_of(
    regel: UUID, regels: Sequence[Regelkern], raak: dict[int, Any], aantal: int
) -> Any:
    for plaats, kern in enumerate(regels):
        if kern.regel_id == regel and plaats in raak:
            return raak[plaats]
    return np.zeros(aantal, dtype=bool)


def _example(
    opzet: Opzet,
    tabel: Feitentabel,
    rond: Signalenkolommen,
    rij: int,
    was: int,
    groep: str,
) -> dict[str, Any]:
    """One signal, weighed the way it is weighed live, with the reason in sentences."""
    beeld = tabel.rij(rij)
    concept = opzet.met[-1]
    uitslag = weigh(beeld, opzet.met, opzet.drempel)
    blik = Blik(beeld, concept.over_wetten)
    return {
        "nummer": rond.nummers[rij],
        "soort": beeld.soort,
        "maand": int(rond.maanden[rij]),
        "was": was,
        "wordt": uitslag.gewicht,
        "melding": uitslag.uitkomst.value,
        "groep": groep,
        "raak": truth(concept.knoop, blik) is True,
        "waarom": why(concept.knoop, blik),
    }


def run(proef_id: UUID) -> None:
    """Do a dry run that was asked for, and keep its outcome.

    Safe to begin again: it starts over.
    """
    proef = Regelproef.objects.select_related("versie__regel").get(pk=proef_id)
    if not proef.is_busy:
        return
    _note(proef, staat=Regelproef.Staat.LOOPT, voortgang=0)
    begin = monotonic()

    def voortgang(procent: int) -> None:
        # In the same statement: note how far, and hear whether to stop.
        lopend = Regelproef.objects.filter(pk=proef.pk, stop_gevraagd=False)
        if not lopend.update(voortgang=procent):
            raise Gestopt

    try:
        voortgang(0)
        versie = proef.versie
        gemeente = versie.regel.gemeente
        vingerafdruk = versie.vingerafdruk
        opzet = Opzet.of(gemeente, kernel(versie), in_force(gemeente))
        telling = measure(opzet, proef.jaar, voortgang)
        uitkomst = outcome(telling, opzet, proef.jaar)
    except Gestopt:
        _note(proef, staat=Regelproef.Staat.GESTOPT, klaar_op=klok.now())
        return
    except Exception:
        _note(proef, staat=Regelproef.Staat.MISLUKT, klaar_op=klok.now())
        raise
    _note(
        proef,
        staat=Regelproef.Staat.KLAAR,
        voortgang=100,
        klaar_op=klok.now(),
        signalen=telling.signalen,
        duur_ms=round((monotonic() - begin) * 1000),
        vingerafdruk=vingerafdruk,
        uitkomst=uitkomst,
    )
    mark_tried(versie, vingerafdruk)


def _note(proef: Regelproef, **velden: Any) -> None:
    Regelproef.objects.filter(pk=proef.pk).update(**velden)


def outcome(telling: Telling, opzet: Opzet, jaar: int) -> dict[str, Any]:
    """The counts as they are kept and shown."""
    peildag = min(date(jaar, 12, 31), klok.today())
    instelling = Instelling.of(opzet.gemeente)
    raakt = compare(telling.geraakt, bron.source(), opzet.gemeente, peildag, instelling)
    maanden = max(1, len(telling.maanden))
    return {
        "signalen": telling.signalen,
        "veiligheid": telling.veiligheid,
        "melding_nu": telling.melding_nu,
        "melding_met": telling.melding_met,
        "per_maand_nu": round(telling.melding_nu / maanden, 1),
        "per_maand_met": round(telling.melding_met / maanden, 1),
        "raak_nu": telling.raak_nu,
        "raak_met": telling.raak_met,
        "onbeslist": telling.onbeslist,
        "gewijzigd": telling.gewijzigd,
        "treden_nu": telling.treden_nu,
        "treden_met": telling.treden_met,
        "drempel": opzet.drempel,
        "rijen": telling.rijen,
        "voorbeelden": [
            voorbeeld for lijst in telling.voorbeelden.values() for voorbeeld in lijst
        ][:MEESTE_VOORBEELDEN],
        "raakt": raakt,
        "mislukt": sorted(telling.mislukt),
    }


def latest(versie: Regelversie) -> Regelproef | None:
    """The newest dry run of this version, whatever its state."""
    return versie.proeven.order_by("-gestart_op").first()


def striking(versie: Regelversie) -> list[str]:
    """Whom exactly this version touches more than others, by its last dry run."""
    proef = versie.proeven.filter(
        staat=Regelproef.Staat.KLAAR, vingerafdruk=versie.vingerafdruk
    ).first()
    rijen = proef.uitkomst.get("raakt", []) if proef is not None else []
    return [rij["wat"] for rij in rijen if rij["opvallend"]]
