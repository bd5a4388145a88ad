"""What is known around signals, for the rules: from the records to a Feitenbeeld.

Live weighing asks it of one signal, a dry run of all signals of a year; both run the
same statement, so that a rule means the same in both. Each signal is seen as it was at
its own moment: who was in the gezin, what came before, what was consented to.

What other rooms know of people (an open case or plan, a low income) is asked through
`signalen.bekend`, where they registered it; nobody registered is not known.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from samenloop.core import klok
from samenloop.signalen import bekend, feiten_elders, feiten_kolommen, feiten_sql
from samenloop.signalen.feiten_lezen import codes_of
from samenloop.signalen.models import Signaalsoort
from samenloop.signalen.regels import bron, catalogus
from samenloop.signalen.regels.bron import Bevolking, Signalenkolommen
from samenloop.signalen.regels.feitenbeeld import (
    ALLE_CODES,
    LEEFGEBIEDCODES,
    Feitenbeeld,
    Opgehaald,
)
from samenloop.signalen.regels.motor import Werkend, needed
from samenloop.signalen.regels.tabel import (
    Bytes,
    Codekolom,
    Eerderkolommen,
    Feitentabel,
)

LAAG_INKOMEN = "laag_inkomen"
KANALEN = [code for code, _label in catalogus.KANALEN]
_NIEMAND = UUID(int=0)
Parameters = dict[str, Any]


def collect(
    signaal_ids: Iterable[UUID], regels: Sequence[Werkend]
) -> list[Feitenbeeld]:
    """What these rules may see around these signals, in the order asked for.

    Nothing is read that no rule asks for, and of other laws only what may be seen.

    Raises:
        LookupError: a signal is not there (or not within the border).
    """
    ids = list(signaal_ids)
    vraag = needed(regels)
    waar = "s.id = ANY (%(ids)s)"
    params = _parameters({"ids": ids}, vraag)
    pak = _run(feiten_sql.statement(waar, eerder=bool(vraag.dagen)), params)
    tabel = _table(pak, params, vraag, _elsewhere(waar, params, pak, vraag))
    plaats = {wie: rij for rij, wie in enumerate(_ids(pak))}
    if not set(ids) <= set(plaats):
        raise LookupError("a signal is not there")
    return [tabel.rij(plaats[wie]) for wie in ids]


def linkable(signaal_id: UUID, over_wetten: bool = False) -> list[UUID]:
    """Other signals of the same gezin that may be linked to this one, newest first.

    Within its law, with consent or for safety; over laws only on the ground of the
    rule that links.
    """
    vraag = Opgehaald(
        ALLE_CODES, ALLE_CODES if over_wetten else frozenset(), catalogus.MEESTE_DAGEN
    )
    params = _parameters({"ids": [signaal_id]}, vraag)
    with connection.cursor() as cursor:
        cursor.execute(feiten_sql.earlier_ids("s.id = ANY (%(ids)s)"), params)
        return [rij[0] for rij in cursor.fetchall()]


def _parameters(waar: Parameters, vraag: Opgehaald) -> Parameters:
    soorten = list(Signaalsoort.objects.order_by("code"))
    return {
        **waar,
        "codes": [soort.code for soort in soorten],
        "gebieden": [soort.leefgebied for soort in soorten],
        "wetten": [soort.wet for soort in soorten],
        "plaatsen": list(range(len(soorten))),
        "kanalen": KANALEN,
        "categorie": feiten_sql.CATEGORIE,
        "doel": feiten_sql.DOEL,
        "dagen": vraag.dagen,
        "binnen": sorted(vraag.binnen),
        "over": sorted(vraag.over),
        "elders_over": bool(vraag.elders_over),
        "niemand": _NIEMAND,
    }


def _run(sql: str, params: Parameters) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        namen = [kolom[0] for kolom in cursor.description]
        return dict(zip(namen, cursor.fetchone(), strict=True))


def _small(pak: dict[str, Any], naam: str) -> NDArray[np.int16]:
    return np.frombuffer(pak[naam] or b"", dtype=">i2").astype(np.int16)


def _ids(pak: dict[str, Any]) -> list[UUID]:
    ruw = bytes(pak["id"] or b"")
    return [UUID(bytes=ruw[i : i + 16]) for i in range(0, len(ruw), 16)]


def _table(
    pak: dict[str, Any],
    params: Parameters,
    vraag: Opgehaald,
    elders: dict[str, Bytes],
) -> Feitentabel:
    soort = _small(pak, "soort")
    gebieden = params["gebieden"]
    wetten: dict[str, set[str]] = defaultdict(set)
    for gebied, wet in zip(gebieden, params["wetten"], strict=True):
        wetten[gebied].add(wet)
    kanaal = _small(pak, "kanaal") - np.int16(1)
    return Feitentabel(
        soort=codes_of(soort, params["codes"]),
        leefgebied=codes_of(soort, gebieden),
        wet=codes_of(soort, params["wetten"]),
        kanaal=Codekolom(tuple(KANALEN), kanaal),
        veiligheidsrisico=_small(pak, "veiligheidsrisico") > 0,
        van_organisatie=_small(pak, "van_organisatie") > 0,
        leeftijd=_small(pak, "leeftijd"),
        jongste=_small(pak, "jongste"),
        leden=_small(pak, "leden"),
        eenouder=_small(pak, "eenouder").astype(np.int8),
        eigen_leden=_small(pak, "eigen_leden"),
        toestemming_volledig=_small(pak, "toestemming") > 0,
        eerdere=_earlier(pak, gebieden, params["wetten"]),
        opgehaald=Opgehaald(vraag.binnen, vraag.over, vraag.dagen, frozenset(elders)),
        elders=elders,
        wetten={gebied: frozenset(wet) for gebied, wet in wetten.items()},
    )


def _earlier(
    pak: dict[str, Any], gebieden: Sequence[str], wetten: Sequence[str]
) -> Eerderkolommen:
    aantal = np.frombuffer(pak["aantal"] or b"", dtype=">i4").astype(np.int64)
    pakjes = np.frombuffer(pak["eerdere"] or b"", dtype=">i4").astype(np.int64)
    soort = ((pakjes >> 10) & 0xFF).astype(np.int16)
    gebied = np.array(
        [LEEFGEBIEDCODES.index(code) for code in gebieden] or [0], dtype=np.int8
    )
    return Eerderkolommen(
        van=np.repeat(np.arange(len(aantal)), aantal),
        leefgebied=gebied[soort],
        wet=codes_of(soort, wetten),
        dagen=(pakjes & 0x3FF).astype(np.int16),
        lid=((pakjes >> 18) & 0x3F).astype(np.int16),
        eigen=((pakjes >> 24) & 1).astype(bool),
        eerste=((pakjes >> 25) & 1).astype(bool),
        toestemming=((pakjes >> 26) & 1).astype(bool),
    )


def _elsewhere(
    waar: str, params: Parameters, pak: dict[str, Any], vraag: Opgehaald
) -> dict[str, Bytes]:
    """What other rooms know of anyone in the gezin of each signal."""
    if not feiten_elders.answered(vraag):
        return {}
    plaats = {wie: rij for rij, wie in enumerate(_ids(pak))}
    with connection.cursor() as cursor:
        cursor.execute(feiten_sql.members(waar), params)
        leden = cursor.fetchall()
    return feiten_elders.columns(
        vraag,
        len(plaats),
        np.array([plaats[lid[0]] for lid in leden], dtype=np.int64),
        np.array([lid[3] for lid in leden], dtype=bool),
        [(dag, persoon) for _signaal, dag, persoon, _vrij in leden],
    )


class Signalenbron:
    """Offers the facts of signals to the rules (`regels.bron.Feitenbron`)."""

    def collect_period(
        self,
        gemeente: str,
        van: date,
        tot: date,
        vraag: Opgehaald,
        stap: Callable[[float], None] = lambda _deel: None,
    ) -> tuple[Feitentabel, Signalenkolommen]:
        """All signals received from `van` up to but not including `tot`."""
        with connection.cursor() as cursor:
            # One large pass: let it sort and join in memory.
            cursor.execute("SET work_mem = '256MB'")
        try:
            return feiten_kolommen.collect(
                gemeente,
                van,
                tot,
                vraag,
                _parameters({}, vraag),
                stap,
            )
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET work_mem")

    def population(self, gemeente: str, op: date) -> Bevolking:
        """The municipality as it was on that day."""
        with connection.cursor() as cursor:
            cursor.execute(feiten_sql.BEVOLKING, {"gemeente": gemeente, "op": op})
            rijen = cursor.fetchall()
        personen = {wie for rij in rijen for wie in rij[4]}
        laag = self.low_income(personen, op)
        return Bevolking(
            gezinnen=sum(rij[1] for rij in rijen),
            eenouder=sum(rij[2] for rij in rijen),
            kind_onder_12=sum(rij[3] for rij in rijen),
            laag_inkomen=None if laag is None else len(laag),
            per_postcode={rij[0]: rij[1] for rij in rijen if rij[0]},
        )

    def low_income(self, personen: set[UUID], op: date) -> set[UUID] | None:
        """Who of these has a low income; None when it cannot be determined."""
        if not bekend.is_registered(LAAG_INKOMEN):
            return None
        return bekend.ask(LAAG_INKOMEN, personen, op)

    def hits(self, gemeente: str, van: date) -> dict[UUID, int]:
        """How many signals each rule hit since that day."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (treffer->>'regel')::uuid, count(DISTINCT w.signaal_id)"
                "  FROM signalen_regelweging w"
                "  JOIN signalen_signaal s ON s.id = w.signaal_id,"
                "  LATERAL jsonb_array_elements(w.treffers) treffer"
                " WHERE s.gemeente_id = %s AND w.gewogen_op >= %s GROUP BY 1",
                [gemeente, _midnight(van)],
            )
            return dict(cursor.fetchall())


def _kinds() -> list[tuple[str, str]]:
    return [(soort.code, soort.naam) for soort in Signaalsoort.objects.order_by("naam")]


bron.register(Signalenbron())
catalogus.register_soorten(_kinds)


def _midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(), klok.AMSTERDAM)
