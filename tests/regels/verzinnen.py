"""Random conditions, rules and signals, for what must hold whatever they are."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from hypothesis import strategies as st

from samenloop.signalen.regels.catalogus import (
    ALLE_LEEFGEBIEDEN,
    CATALOGUS,
    KANALEN,
    WETTEN,
    Gegeven,
    Soort,
)
from samenloop.signalen.regels.feitenbeeld import (
    ALLE_CODES,
    LEEFGEBIEDCODES,
    Eerder,
    Feitenbeeld,
    Opgehaald,
)
from samenloop.signalen.regels.knopen import (
    Alle,
    Behoort,
    Een,
    Getal,
    Knoop,
    Niet,
    Som,
    Vergelijking,
    Verwijzing,
    Waarheid,
    write,
)
from samenloop.signalen.regels.motor import Regelkern
from samenloop.signalen.regels.tabel import (
    Codekolom,
    Eerderkolommen,
    Feitentabel,
)

WETCODES = [code for code, _label in WETTEN]
KANAALCODES = [code for code, _label in KANALEN]
ELDERS = [gegeven.naam for gegeven in CATALOGUS.values() if gegeven.elders]
SOORTCODES = ["huurachterstand", "verzuim", "zorgmelding-politie", "anders"]


def _velden(soort: Soort) -> list[Gegeven]:
    return [gegeven for gegeven in CATALOGUS.values() if gegeven.soort is soort]


@st.composite
def verwijzingen(draw: st.DrawFn, soort: Soort) -> Verwijzing:
    """A field of this kind with arguments."""
    gegeven = draw(st.sampled_from(_velden(soort)))
    gebieden = [*LEEFGEBIEDCODES, ALLE_LEEFGEBIEDEN]
    return Verwijzing(
        gegeven.naam,
        draw(st.sampled_from(gebieden)) if gegeven.leefgebied else "",
        draw(st.sampled_from([1, 30, 60, 365])) if gegeven.dagen else 0,
    )


@st.composite
def _behoort(draw: st.DrawFn) -> Behoort:
    veld = draw(verwijzingen(Soort.KEUZE))
    codes = [code for code, _label in veld.gegeven.keuzes] or SOORTCODES
    gekozen = draw(
        st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)
    )
    return Behoort(veld, tuple(gekozen))


_getal = st.builds(Getal, st.integers(0, 20))
_enkel = verwijzingen(Soort.GETAL) | _getal
_rekenkundig = _enkel | st.builds(Som, st.sampled_from("+-"), _enkel, _enkel)
_tekens = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
_bladeren: st.SearchStrategy[Knoop] = (
    st.builds(Vergelijking, _tekens, verwijzingen(Soort.GETAL), _rekenkundig)
    | st.builds(Vergelijking, _tekens, verwijzingen(Soort.GETAL), _getal)
    | _behoort()
    | st.builds(Waarheid, verwijzingen(Soort.WAARHEID))
)


def knopen() -> st.SearchStrategy[Knoop]:
    """Any condition."""

    def groter(deel: st.SearchStrategy[Knoop]) -> st.SearchStrategy[Knoop]:
        delen = st.lists(deel, min_size=2, max_size=3).map(tuple)
        return st.builds(Alle, delen) | st.builds(Een, delen) | st.builds(Niet, deel)

    return st.recursive(_bladeren, groter, max_leaves=8)


@st.composite
def regels(draw: st.DrawFn) -> Regelkern:
    """Any rule, also one with a weight that no table would keep."""
    return Regelkern(
        regel_id=UUID(int=draw(st.integers(1, 9))),
        versie=1,
        naam="verzonnen",
        uitdrukking=write(draw(knopen())),
        gewicht=draw(st.integers(-100, 100)),
        label=draw(st.sampled_from(["", "let op"])),
        koppelt=draw(st.booleans()),
        over_wetten=draw(st.booleans()),
        grond=draw(st.sampled_from(["", "Convenant, artikel 4"])),
    )


def maybe(strategie: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    """Known or not."""
    return st.none() | strategie


@st.composite
def _eerdere(draw: st.DrawFn) -> Eerder:
    return Eerder(
        leefgebied=draw(st.sampled_from(LEEFGEBIEDCODES)),
        wet=draw(st.sampled_from(WETCODES)),
        dagen=draw(st.integers(0, 400)),
        lid=draw(st.integers(0, 4)),
        eigen=draw(st.booleans()),
        eerste=draw(st.booleans()),
        toestemming=draw(st.booleans()),
    )


_gebieden = st.frozensets(st.sampled_from(LEEFGEBIEDCODES)) | st.just(ALLE_CODES)
opgehaald = st.builds(
    Opgehaald,
    binnen=_gebieden,
    over=_gebieden,
    dagen=st.sampled_from([0, 60, 730]),
    elders=st.frozensets(st.sampled_from(ELDERS)),
)
wetten = st.dictionaries(
    st.sampled_from(LEEFGEBIEDCODES), st.frozensets(st.sampled_from(WETCODES))
)


@st.composite
def feitenbeelden(draw: st.DrawFn) -> Feitenbeeld:
    """Anything that may be known around a signal."""
    return Feitenbeeld(
        soort=draw(st.sampled_from(SOORTCODES)),
        leefgebied=draw(st.sampled_from(LEEFGEBIEDCODES)),
        wet=draw(st.sampled_from(WETCODES)),
        kanaal=draw(st.sampled_from(KANAALCODES)),
        veiligheidsrisico=draw(st.booleans()),
        van_organisatie=draw(st.booleans()),
        leeftijd=draw(maybe(st.integers(0, 99))),
        jongste=draw(maybe(st.integers(0, 20))),
        leden=draw(maybe(st.integers(1, 8))),
        eenouder=draw(st.none() | st.booleans()),
        eigen_leden=draw(st.integers(0, 2)),
        eerdere=tuple(draw(st.lists(_eerdere(), max_size=5))),
        toestemming_volledig=draw(st.booleans()),
        opgehaald=draw(opgehaald),
        wetten=draw(wetten),
        elders=draw(st.dictionaries(st.sampled_from(ELDERS), st.booleans())),
    )


def as_table(
    beelden: Sequence[Feitenbeeld],
    gehaald: Opgehaald,
    per_gebied: dict[str, frozenset[str]],
) -> Feitentabel:
    """The same facts in columns; one table was fetched in one way."""
    eerdere = [(rij, e) for rij, beeld in enumerate(beelden) for e in beeld.eerdere]

    def heel(waarden: Sequence[int | bool | None]) -> list[int]:
        return [-1 if waarde is None else int(waarde) for waarde in waarden]

    return Feitentabel(
        soort=Codekolom.of([b.soort for b in beelden]),
        leefgebied=Codekolom.of([b.leefgebied for b in beelden]),
        wet=Codekolom.of([b.wet for b in beelden]),
        kanaal=Codekolom.of([b.kanaal for b in beelden]),
        veiligheidsrisico=np.array([b.veiligheidsrisico for b in beelden], dtype=bool),
        van_organisatie=np.array([b.van_organisatie for b in beelden], dtype=bool),
        leeftijd=np.array(heel([b.leeftijd for b in beelden]), dtype=np.int16),
        jongste=np.array(heel([b.jongste for b in beelden]), dtype=np.int16),
        leden=np.array(heel([b.leden for b in beelden]), dtype=np.int16),
        eenouder=np.array(heel([b.eenouder for b in beelden]), dtype=np.int8),
        eigen_leden=np.array([b.eigen_leden for b in beelden], dtype=np.int16),
        toestemming_volledig=np.array(
            [b.toestemming_volledig for b in beelden], dtype=bool
        ),
        eerdere=Eerderkolommen(
            van=np.array([rij for rij, _e in eerdere], dtype=np.int64),
            leefgebied=np.array(
                [LEEFGEBIEDCODES.index(e.leefgebied) for _rij, e in eerdere],
                dtype=np.int8,
            ),
            wet=Codekolom.of([e.wet for _rij, e in eerdere]),
            dagen=np.array([e.dagen for _rij, e in eerdere], dtype=np.int16),
            lid=np.array([e.lid for _rij, e in eerdere], dtype=np.int16),
            eigen=np.array([e.eigen for _rij, e in eerdere], dtype=bool),
            eerste=np.array([e.eerste for _rij, e in eerdere], dtype=bool),
            toestemming=np.array([e.toestemming for _rij, e in eerdere], dtype=bool),
        ),
        opgehaald=gehaald,
        wetten=per_gebied,
        elders={
            naam: np.array(heel([b.elders.get(naam) for b in beelden]), dtype=np.int8)
            for naam in ELDERS
        },
    )
