"""What to look at first: what stands out in a release, in order of weight.

First what makes the figures unreliable, then what is missing in them, then where they
moved most. Each is one sentence with its reason and a page to go on. It orders the
looking; the reader judges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Monitor
from samenloop.monitor.verslag.opmaak import Opmaak
from samenloop.verantwoording import woorden
from samenloop.verantwoording.models import Levering, Uitgave

MEESTE = 6
_BEWEGINGEN = 3
_SOORTEN = "actieve-voorzieningen-soort"


@dataclass(frozen=True, slots=True)
class Aandacht:
    """One thing to look at: how it stands, what, why, and where to go."""

    staat: str  # class of the status: gevaar, letop, loopt
    icoon: str
    woord: str
    wat: str
    waarom: str
    adres: str


def first(uitgave: Uitgave, monitor: Monitor, open_: list[Levering]) -> list[Aandacht]:
    """Return at most six things, hardest first. `open_`: deliveries not accepted."""
    return [
        aandacht
        for bron in (
            _deliveries(open_),
            _balance(uitgave, monitor),
            _coverage(uitgave, monitor),
            _refused(uitgave, monitor),
            _movements(uitgave, monitor),
            _unknown(uitgave, monitor),
        )
        for aandacht in bron
    ][:MEESTE]


def _deliveries(open_: list[Levering]) -> Iterator[Aandacht]:
    for levering in open_[:2]:
        gepauzeerd = levering.status == Levering.Oordeel.GEPAUZEERD
        yield Aandacht(
            "letop" if gepauzeerd else "gevaar",
            "letop" if gepauzeerd else "fout",
            _("waits on you") if gepauzeerd else _("refused"),
            _("Delivery of %(afzender)s over %(kwartaal)s")
            % {"afzender": levering.afzender, "kwartaal": levering.kwartaal},
            levering.melding,
            reverse("levering", args=[levering.pk]),
        )


def _quality(uitgave: Uitgave) -> str:
    return reverse("levering", args=[uitgave.levering_id])


def _balance(uitgave: Uitgave, monitor: Monitor) -> Iterator[Aandacht]:
    if aantal := len(monitor.onbalans):
        eerste = monitor.onbalans[0]
        yield Aandacht(
            "gevaar",
            "fout",
            _("does not add up"),
            ngettext(
                "In %(aantal)d cell, begin plus in minus out is not the end",
                "In %(aantal)d cells, begin plus in minus out is not the end",
                aantal,
            )
            % {"aantal": aantal},
            _("First: %(cel)s.") % {"cel": ", ".join(eerste.cel)},
            reverse("tabel", args=[eerste.tabel]) + _of(uitgave),
        )


def _of(uitgave: Uitgave, **keuze: str) -> str:
    return "?" + urlencode(
        {"regio": uitgave.regio, "kwartaal": uitgave.kwartaal, **keuze}
    )


def _coverage(uitgave: Uitgave, monitor: Monitor) -> Iterator[Aandacht]:
    ontbreekt = [naam for naam in monitor.gemeenten if naam not in monitor.geleverd]
    if ontbreekt:
        yield Aandacht(
            "letop",
            "letop",
            _("incomplete"),
            _("Nothing came from %(namen)s")
            % {"namen": Opmaak(woorden.taal()).lijst(ontbreekt)},
            _("The totals leave them out."),
            _quality(uitgave),
        )


def _refused(uitgave: Uitgave, monitor: Monitor) -> Iterator[Aandacht]:
    opmaak = Opmaak(woorden.taal())
    gelezen = sum(telling.gelezen for telling in monitor.kwaliteit.tellingen)
    afgekeurd = sum(telling.afgekeurd for telling in monitor.kwaliteit.tellingen)
    if afgekeurd:
        yield Aandacht(
            "letop",
            "letop",
            _("look at this"),
            ngettext(
                "%(aantal)s row was refused and does not count",
                "%(aantal)s rows were refused and do not count",
                afgekeurd,
            )
            % {"aantal": opmaak.getal(afgekeurd)},
            _("Of %(gelezen)s rows read. The page says per rule what to do.")
            % {"gelezen": opmaak.getal(gelezen)},
            _quality(uitgave),
        )


def _movements(uitgave: Uitgave, monitor: Monitor) -> Iterator[Aandacht]:
    """Yield per law the kind that moved most since the quarter before, in numbers.

    Only kinds at the top of the tree: one below would tell the same story twice.
    """
    tabel = monitor.tabellen.get(_SOORTEN)
    if tabel is None or len(monitor.peildata) < 2:
        return
    toen, nu = monitor.peildata[-2:]
    hoofdsoorten = {
        (wet, naam)
        for wet, boom in monitor.boom.items()
        for naam, diepte in boom
        if diepte == 0
    }
    waarden: dict[tuple[str, str], dict[str, int]] = {}
    for wet, vorm, soort, peildatum, waarde in tabel.rijen:
        hoort = vorm == TOTAAL and (wet, soort) in hoofdsoorten
        if hoort and peildatum in (toen, nu):
            waarden.setdefault((wet, soort), {})[peildatum] = int(waarde or 0)
    opmaak = Opmaak(woorden.taal())
    bewegingen = [
        (paar.get(nu, 0) - paar.get(toen, 0), wet, soort, paar)
        for (wet, soort), paar in waarden.items()
    ]
    bewegingen = [beweging for beweging in bewegingen if beweging[0]]
    bewegingen.sort(key=lambda beweging: (-abs(beweging[0]), beweging[1:3]))
    eerste = {beweging[1]: beweging for beweging in reversed(bewegingen)}
    grootste = sorted(eerste.values(), key=lambda beweging: -abs(beweging[0]))
    for verschil, wet, soort, paar in grootste[:_BEWEGINGEN]:
        yield Aandacht(
            "loopt",
            "loopt",
            _("grew") if verschil > 0 else _("shrank"),
            _("%(soort)s: %(verschil)s since %(datum)s")
            % {
                "soort": soort,
                "verschil": opmaak.verschil(verschil),
                "datum": opmaak.dag(toen),
            },
            _("%(wet)s: from %(toen)s to %(nu)s running provisions.")
            % {
                "wet": woorden.waarde("wet", wet),
                "toen": opmaak.getal(paar.get(toen, 0)),
                "nu": opmaak.getal(paar.get(nu, 0)),
            },
            reverse("tabel", args=[_SOORTEN]) + _of(uitgave, wet=wet, soort=soort),
        )


def _unknown(uitgave: Uitgave, monitor: Monitor) -> Iterator[Aandacht]:
    opmaak = Opmaak(woorden.taal())
    for gat in monitor.kwaliteit.onvolledig:
        if gat["kolom"] == "gemeente" and gat["aantal"]:
            yield Aandacht(
                "rust",
                "concept",
                _("incomplete"),
                ngettext(
                    "%(aantal)s row in %(bestand)s has no municipality",
                    "%(aantal)s rows in %(bestand)s have no municipality",
                    gat["aantal"],
                )
                % {
                    "aantal": opmaak.getal(gat["aantal"]),
                    "bestand": gat["bestand"],
                },
                _("It counts in the totals and stands in the tables as unknown."),
                _quality(uitgave),
            )
