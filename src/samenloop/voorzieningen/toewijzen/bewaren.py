"""When what somebody was granted is destroyed, and what goes with it.

All that one person asked, was granted and got under one law ends together, counted
from the last day of any of it (B001 for the Wmo, B013 for the Jeugdwet). As long as
something is open or runs, nothing of it goes.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import Deel, Familie, Kandidaat, register
from samenloop.core import klok
from samenloop.voorzieningen.models import Wet
from samenloop.voorzieningen.toewijzen.aanvragen import OPEN as OPEN_AANVRAAG
from samenloop.voorzieningen.toewijzen.models import Aanvraag, Pgb, Toewijzing, Verzoek
from samenloop.voorzieningen.toewijzen.models.verzoek import OPEN as OPEN_VERZOEK


def _parts(wet: str) -> tuple[Deel, ...]:
    """The tables in the order in which they can go; the border keeps to one place."""
    wie = f"persoon_id = ANY(%s) AND wet = '{wet}'"

    def under(tabel: str, sleutel: str, boven: str) -> Deel:
        binnen = f"{sleutel} IN (SELECT id FROM toewijzen_{boven} WHERE {wie})"  # noqa: S608
        return Deel(f"toewijzen_{tabel}", binnen)

    zaken = f"SELECT id FROM voorzieningen_bezwaar WHERE wet = '{wet}'"  # noqa: S608
    pgbs = f"onderwerp IN (SELECT id FROM toewijzen_pgb WHERE {wie})"  # noqa: S608
    bijdrage = (
        (
            Deel(
                "toewijzen_uitvoer",
                "persoon_id = ANY(%s) AND soort IN ('cak_start', 'cak_stop')",
            ),
            Deel("toewijzen_eigenbijdrage", "persoon_id = ANY(%s)"),
        )
        if wet == Wet.WMO
        else ()
    )
    return (
        Deel("toewijzen_uitvoer", pgbs),
        *bijdrage,
        under("leveringsmelding", "zorglevering_id", "zorglevering"),
        Deel("toewijzen_zorglevering", wie),
        under("toewijzingversie", "toewijzing_id", "toewijzing"),
        Deel("toewijzen_toewijzing", wie),
        Deel("toewijzen_pgb", wie),
        Deel(
            "toewijzen_bezwaarzaak",
            f"persoon_id = ANY(%s) AND bezwaar_id IN ({zaken})",
        ),
        Deel("toewijzen_beschikking", wie),
        under("uitstel", "aanvraag_id", "aanvraag"),
        under("onderzoek", "aanvraag_id", "aanvraag"),
        Deel("toewijzen_aanvraag", wie),
        under("verzoekregel", "verzoek_id", "verzoek"),
        Deel("toewijzen_verzoek", wie),
    )


def _over(wet: str) -> Callable[[str], list[Kandidaat]]:
    """Find the people for whom all of it is over, and since when."""

    def candidates(gemeente: str) -> list[Kandidaat]:
        vandaag = klok.today()
        laatste: dict[UUID, date] = {}
        loopt: set[UUID] = set()

        def count(wie: UUID, eind: date | None) -> None:
            if eind is None or eind >= vandaag:
                loopt.add(wie)
            else:
                laatste[wie] = max(eind, laatste.get(wie, eind))

        waar = {"gemeente": gemeente, "wet": wet}
        for wie, eind in Toewijzing.objects.filter(**waar).values_list(
            "persoon", "eind"
        ):
            count(wie, eind)
        for wie, eind, beeindigd in Pgb.objects.filter(**waar).values_list(
            "persoon", "eind", "beeindigd_op"
        ):
            count(wie, beeindigd or eind)
        for wie, staat, eind in Aanvraag.objects.filter(**waar).values_list(
            "persoon", "staat", "beeindigd_op"
        ):
            count(wie, None if staat in OPEN_AANVRAAG else eind)
        for wie, staat, op in Verzoek.objects.filter(**waar).values_list(
            "persoon", "staat", "beantwoord_op"
        ):
            klaar = None if staat in OPEN_VERZOEK or op is None else op.date()
            count(wie, klaar)
        return [
            Kandidaat(wie, eind, (wie,))
            for wie, eind in sorted(laatste.items(), key=str)
            if wie not in loopt
        ]

    return candidates


def add() -> None:
    """Let the destroyer know of what this room keeps."""
    register(
        Familie(
            "voorziening-wmo",
            _("What somebody was granted under the Wmo"),
            "B001",
            _over(Wet.WMO.value),
            _parts(Wet.WMO.value),
        )
    )
    register(
        Familie(
            "voorziening-jeugd",
            _("What somebody was granted under the Youth Act"),
            "B013",
            _over(Wet.JEUGDWET.value),
            _parts(Wet.JEUGDWET.value),
        )
    )
