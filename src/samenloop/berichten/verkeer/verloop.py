"""What happened between us and a provider, step by step, and what did not happen.

Beside the messages stand the terms that passed without an answer and those that still
run: an answer that is not there is the reason why somebody looks. The drawing and the
table of a page are made of the same steps, so they cannot differ.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.berichten.standaard.fouten import SchemaFout
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.standaard.soorten import SOORTEN
from samenloop.berichten.verkeer import lezen, opbergen
from samenloop.berichten.verkeer.models import (
    Berichtinhoud,
    Berichtlink,
    Ketenbericht,
)
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import klok
from samenloop.core.geld import Geld
from samenloop.core.klok import AMSTERDAM
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie

_VERZOEKEN = frozenset({315, 317})
# Of a start and a stop: the part with its lines, one line, and the day that counts.
_LEVERINGEN = {
    "305": ("StartProducten", "StartProduct", "Begindatum"),
    "307": ("StopProducten", "StopProduct", "Einddatum"),
}
_VERWIJDEREN = "3"  # COD467


class Wat(StrEnum):
    """What a step is."""

    BERICHT = "bericht"
    TE_LAAT = "te-laat"  # the answer came, after its term
    ONTBREEKT = "ontbreekt"  # the term passed, no answer
    VERWACHT = "verwacht"  # the term still runs


@dataclass(frozen=True, slots=True)
class Stap:
    """One step: a message, or a term that belongs to one.

    `dag` is the day of the message or the last day of the term; `rij` is the message
    itself, of a term the one that waits.
    """

    wat: Wat
    dag: date
    rij: lezen.Rij
    van_ons: bool
    kop: str
    tekst: str
    detail: str
    staat: lezen.Woorden

    @property
    def gevaar(self) -> bool:
        """Whether it was refused, held back or missed."""
        return self.staat.soort == "gevaar"


@dataclass(frozen=True, slots=True)
class Detail:
    """What a message was about, and how its lines were refused when some were."""

    tekst: str
    afgekeurd: str = ""


def steps(
    rijen: Sequence[lezen.Rij], *, regels: Collection[Prestatie] = ()
) -> list[Stap]:
    """Return messages with their terms, in the order of days; what is due comes last.

    Of an invoice stands what it asks for the lines given, never for somebody else.
    Where messages of several providers stand together, each says whose it is.
    """
    berichten = [rij.bericht for rij in rijen]
    details = {
        **_allocated(berichten),
        **_delivered(berichten),
        **_invoiced(berichten, regels),
    }
    meer = len({rij.wie for rij in rijen if rij.wie}) > 1
    uit: list[Stap] = []
    for rij in rijen:
        detail = details.get(rij.bericht.pk, Detail(""))
        uit += [_message(rij, detail, noem=meer), *_term(rij)]
    volgorde = {Wat.BERICHT: 0, Wat.TE_LAAT: 1, Wat.ONTBREEKT: 1, Wat.VERWACHT: 2}
    return sorted(
        uit,
        key=lambda stap: (stap.wat == Wat.VERWACHT, stap.dag, volgorde[stap.wat]),
    )


def _message(rij: lezen.Rij, detail: Detail, *, noem: bool) -> Stap:
    return Stap(
        Wat.BERICHT,
        rij.dag,
        rij,
        rij.bericht.richting == Richting.UIT,
        rij.bericht.soort,
        rij.naam,
        ", ".join(filter(None, (rij.wie if noem else "", detail.tekst))),
        lezen.Woorden("gevaar", "fout", detail.afgekeurd)
        if detail.afgekeurd
        else _state(rij),
    )


def _state(rij: lezen.Rij) -> lezen.Woorden:
    """The state of a message itself: that its answer is late is a step of its own."""
    bericht = rij.bericht
    gaat = bericht.staat in (Staat.VERWERKT, Staat.VERZONDEN, Staat.BEVESTIGD)
    if not gaat or bericht.antwoord_voor is None or bericht.beantwoord_op:
        return rij.staat
    return lezen.Woorden("klaar", "klaar", str(Staat(bericht.staat).label))


def _term(rij: lezen.Rij) -> list[Stap]:
    bericht = rij.bericht
    voor, op = bericht.antwoord_voor, bericht.beantwoord_op
    if voor is None:
        return []
    kop = _awaited(bericht)
    # Who has to answer is who did not send.
    van_ons = bericht.richting == Richting.IN
    dag = date_format(voor, "j F Y")
    if op is not None:
        if op.astimezone(AMSTERDAM).date() <= voor:
            return []
        wat = Wat.TE_LAAT
        tekst = _("came late")
        staat = lezen.Woorden(
            "letop", "letop", _("the term was %(day)s") % {"day": dag}
        )
    elif voor < klok.today():
        wat = Wat.ONTBREEKT
        tekst = _("has not come") if not van_ons else _("was not sent")
        staat = lezen.Woorden(
            "gevaar", "laat", _("the term was %(day)s") % {"day": dag}
        )
    else:
        wat = Wat.VERWACHT
        tekst = _("still to come") if not van_ons else _("still to be sent")
        staat = lezen.Woorden(
            "loopt", "loopt", _("at the latest %(day)s") % {"day": dag}
        )
    return [Stap(wat, voor, rij, van_ons, kop, tekst, "", staat)]


def _awaited(bericht: Ketenbericht) -> str:
    """The code of the message that has to answer this one."""
    soort = SOORTEN.get(bericht.soort)
    if soort is None:
        return ""
    if soort.nummer in _VERZOEKEN:
        begin = soort.code.removesuffix(str(soort.nummer))
        return _("%(one)s or %(other)s") % {
            "one": f"{begin}301",
            "other": f"{begin}319",
        }
    return soort.antwoord or ""


def _allocated(berichten: Sequence[Ketenbericht]) -> dict[UUID, Detail]:
    """Allocations by their number."""
    over: dict[UUID, list[str]] = {}
    for link in Berichtlink.objects.filter(
        bericht__in=[b.pk for b in berichten if b.soort.endswith("301")],
        nummer__isnull=False,
    ).order_by("nummer"):
        over.setdefault(link.bericht_id, []).append(str(link.nummer))
    return {
        bericht: Detail(_("allocation %(n)s") % {"n": ", ".join(nummers)})
        for bericht, nummers in over.items()
    }


def _delivered(berichten: Sequence[Ketenbericht]) -> dict[UUID, Detail]:
    """Starts and stops by their day, as the provider wrote it."""
    soorten = {
        bericht.pk: _LEVERINGEN[bericht.soort[-3:]]
        for bericht in berichten
        if bericht.soort[-3:] in _LEVERINGEN
    }
    uit: dict[UUID, Detail] = {}
    for rij in Berichtinhoud.objects.filter(bericht__in=soorten):
        groep, product, dag = soorten[rij.bericht_id]
        try:
            client = lees(opbergen.take_out(rij.inhoud)).inhoud["Client"]
        except (SchemaFout, opbergen.Onleesbaar):
            continue
        regels = client[groep][product]
        dagen = ", ".join(
            dict.fromkeys(date_format(regel[dag], "j F Y") for regel in regels)
        )
        if all(regel["StatusAanlevering"] == _VERWIJDEREN for regel in regels):
            tekst = _("taken back: %(day)s")
        elif groep == "StartProducten":
            tekst = _("started on %(day)s")
        else:
            tekst = _("stopped on %(day)s")
        uit[rij.bericht_id] = Detail(tekst % {"day": dagen})
    return uit


def _invoiced(
    berichten: Sequence[Ketenbericht], regels: Collection[Prestatie]
) -> dict[UUID, Detail]:
    """Invoices by their month and amount, their answers by what became of it."""
    van: dict[UUID, list[Prestatie]] = {}
    declaraties: dict[UUID, Declaratie] = {}
    for regel in regels:
        van.setdefault(regel.declaratie.bericht, []).append(regel)
        declaraties[regel.declaratie.bericht] = regel.declaratie
    uit: dict[UUID, Detail] = {}
    for bericht in berichten:
        if bericht.pk in van:
            maand = date_format(declaraties[bericht.pk].begin, "F Y")
            bedrag = Geld(sum(regel.saldo for regel in van[bericht.pk]))
            uit[bericht.pk] = Detail(f"{maand}, {bedrag}")
        elif bericht.antwoord_op_id in van and bericht.soort.endswith("325"):
            uit[bericht.pk] = _verdict(van[bericht.antwoord_op_id])
    return uit


def _verdict(regels: Sequence[Prestatie]) -> Detail:
    toegekend = [r for r in regels if r.oordeel == Prestatie.Oordeel.TOEGEKEND]
    bedrag = Geld(sum(regel.saldo for regel in toegekend))
    tekst = _("%(amount)s granted") % {"amount": bedrag}
    af = len(regels) - len(toegekend)
    if not af:
        return Detail(tekst)
    woorden = ngettext("%(n)d line refused", "%(n)d lines refused", af)
    return Detail(tekst, afgekeurd=woorden % {"n": af})
