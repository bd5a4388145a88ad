"""What providers answer to our messages, and our answers that must go out again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from samenloop.berichten.standaard import codelijsten
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.fouten import Fout
from samenloop.berichten.verkeer.models import Berichtfout, Ketenbericht
from samenloop.berichten.verkeer.staten import ZONDER_EIGEN_NUMMER, Richting, Staat
from samenloop.berichten.verkeer.uitgaan import fault_rows
from samenloop.core import klok

# Nothing wrong, or not looked at: no ground to refuse.
_STIL = ("0200", "0233")


def handle(gemeente: str, retouren: Sequence[tuple[Ketenbericht, Inhoud]]) -> None:
    """Tie answers to what they answer, and say what became of that.

    A second answer to the same message changes nothing any more.
    """
    if not retouren:
        return
    nu = klok.now()
    vragen = {
        (each.soort, each.identificatie): each
        for each in Ketenbericht.objects.filter(
            gemeente=gemeente,
            richting=Richting.UIT,
            soort__in={str(inhoud.soort.antwoord_op) for _, inhoud in retouren},
            identificatie__in={_answers(inhoud) for _, inhoud in retouren},
        )
    }
    eerder = _used(gemeente, [rij for rij, _ in retouren])
    gewijzigd, fouten = [], []
    for rij, inhoud in retouren:
        rij.verwerkt_op = rij.beantwoord_op = nu
        vraag = vragen.get((str(inhoud.soort.antwoord_op), _answers(inhoud)))
        if vraag is None or vraag.ontvanger != rij.afzender:
            rij.staat = Staat.AFGEKEURD
            rij.reden = "Dit antwoord hoort bij geen bericht van ons."
            continue
        if (rij.soort, rij.afzender, rij.identificatie) in eerder:
            # The same content was recognised before: this is another answer.
            rij.staat = Staat.AFGEKEURD
            rij.reden = "Dit nummer is al eerder gebruikt."
            continue
        rij.staat, rij.antwoord_op = Staat.VERWERKT, vraag
        rij.persoon_id = vraag.persoon_id
        if vraag.beantwoord_op is None:
            vraag.beantwoord_op = nu
            gevonden = list(told(inhoud))
            vraag.staat = Staat.AFGEKEURD if gevonden else Staat.BEVESTIGD
            gewijzigd.append(vraag)
            fouten += fault_rows(vraag, gevonden)
    Ketenbericht.objects.bulk_update(gewijzigd, ["staat", "beantwoord_op"])
    Berichtfout.objects.bulk_create(fouten)


def _used(gemeente: str, rijen: Sequence[Ketenbericht]) -> set[tuple[str, str, str]]:
    """The numbers of these answers that another message holds already."""
    return set(
        Ketenbericht.objects.filter(
            gemeente=gemeente,
            richting=Richting.IN,
            soort__in={rij.soort for rij in rijen},
            identificatie__in={rij.identificatie for rij in rijen},
        )
        .exclude(staat__in=ZONDER_EIGEN_NUMMER)
        .exclude(pk__in=[rij.pk for rij in rijen])
        .values_list("soort", "afzender", "identificatie")
    )


def again(gemeente: str, berichten: Sequence[UUID]) -> None:
    """Let our answers to these messages go out once more, with the same number."""
    Ketenbericht.objects.filter(
        gemeente=gemeente, antwoord_op__in=berichten, staat=Staat.VERZONDEN
    ).exclude(soort__in=["WMO301", "JW301", "WMO319", "JW319"]).update(
        staat=Staat.KLAAR
    )


def told(inhoud: Inhoud) -> Iterator[Fout]:
    """The faults that a provider tells in an answer, as faults of our message."""
    op = inhoud.dagtekening
    for pad, code in _codes(inhoud.inhoud, "/Bericht"):
        if code not in _STIL:
            tekst = codelijsten.naam("WJ001", code, op)
            yield Fout(code, 2 if code == "0001" else 3, code, pad, tekst)


def _answers(inhoud: Inhoud) -> str:
    return str(inhoud.header["BerichtIdentificatie"]["Identificatie"])


def _codes(deel: Mapping[str, Any], pad: str) -> Iterator[tuple[str, str]]:
    for naam, waarde in deel.items():
        if naam == "RetourCodes":
            for code in waarde["RetourCode"]:
                yield pad, code
            continue
        rij = waarde if isinstance(waarde, list) else [waarde]
        for nummer, each in enumerate(rij, 1):
            if isinstance(each, Mapping):
                plek = f"[{nummer}]" if isinstance(waarde, list) else ""
                yield from _codes(each, f"{pad}/{naam}{plek}")
