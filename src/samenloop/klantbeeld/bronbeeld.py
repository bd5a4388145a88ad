"""What outside sources say, as lines under their fields; asked when needed, never kept.

For each source and person the depth follows from the fields that may be shown: nobody
is asked about more than the page may show, and a source with nothing to show is not
asked at all. Questions for all persons go side by side; a dead source is a state on
the page and costs the rest nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samenloop.access.rollen import Diepte
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.klantbeeld import bronnen
from samenloop.klantbeeld.bronnen import Bronantwoord, Bronvraag, Staat
from samenloop.klantbeeld.inzage import Inzage, Weggelaten
from samenloop.klantbeeld.schrijven import Regel, Schrijver
from samenloop.klantbeeld.velden import Veld, of_source
from samenloop.personen.models import Burgerservicenummer

# The worst of several answers is what the source is called; a slow one answered.
_ERGST = (
    Staat.GEEN_ANTWOORD,
    Staat.NIET_GERECHTIGD,
    Staat.TRAAG,
    Staat.ACTUEEL,
    Staat.NIET_INGESTELD,
    Staat.NIET_GEVRAAGD,
)
_DAT = frozenset({"betrokken", "organisatie", "sinds", "tot", "contact"})


@dataclass(frozen=True, slots=True)
class Bronstand:
    """How it stands with one source and what it said; `waarom` it was not asked."""

    code: str
    naam: str
    staat: Staat | None  # None: still to be asked
    op: datetime
    seconden: float = 0
    ouderdom: int | None = None
    laatst_bereikt: datetime | None = None
    waarom: Weggelaten | None = None
    regels: tuple[Regel, ...] = ()
    gevraagd: tuple[UUID, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether it said something, be it that nothing is known."""
        return self.staat in (Staat.ACTUEEL, Staat.TRAAG)


def depths(inzage: Inzage, bron: str, personen: Sequence[UUID]) -> dict[UUID, Diepte]:
    """Return how deep to ask about whom; who is not in it is not asked about."""
    if inzage.doel not in bronnen.source(bron).doelen:
        return {}
    diep: dict[UUID, Diepte] = {}
    for persoon in personen:
        mag = [wat.diepte for wat in of_source(bron) if inzage.allows(wat, persoon)]
        if mag:
            diep[persoon] = max(mag, key=lambda d: d.rang)
    return diep


def expected(inzage: Inzage, bron: str, personen: Sequence[UUID]) -> Bronstand | None:
    """Return the state of a source that is not asked; None when it is to be asked."""
    if depths(inzage, bron, personen):
        if bronnen.is_configured(bron):
            return None
        return _state(bron, Staat.NIET_INGESTELD)
    return _state(bron, Staat.NIET_GEVRAAGD, _why(inzage, bron, personen))


def pending(bron: str) -> Bronstand:
    """Return a source that the browser still has to ask."""
    return Bronstand(bron, bronnen.source(bron).naam, None, klok.now())


def ask(
    inzage: Inzage, codes: Sequence[str], personen: Sequence[UUID]
) -> list[Bronstand]:
    """Ask these sources about these people, all at once, each within its time."""
    vragen: list[tuple[str, UUID, Diepte]] = [
        (bron, persoon, diepte)
        for bron in codes
        for persoon, diepte in depths(inzage, bron, personen).items()
    ]
    nummers = _numbers({persoon for _, persoon, _ in vragen})
    vragen = [vraag for vraag in vragen if vraag[1] in nummers]
    dag = klok.today()
    antwoorden = bronnen.ask_all(
        [
            Bronvraag(bron, nummers[persoon], inzage.doel, diepte, dag)
            for bron, persoon, diepte in vragen
        ]
    )
    per_bron: dict[str, list[tuple[UUID, Bronantwoord]]] = defaultdict(list)
    for (bron, persoon, _), antwoord in zip(vragen, antwoorden, strict=True):
        per_bron[bron].append((persoon, antwoord))
    schrijver = Schrijver(inzage)
    return [
        _stand(schrijver, bron, per_bron[bron])
        if per_bron[bron]
        else _state(bron, Staat.NIET_GEVRAAGD, _why(inzage, bron, personen))
        for bron in codes
    ]


def _stand(
    schrijver: Schrijver, code: str, antwoorden: list[tuple[UUID, Bronantwoord]]
) -> Bronstand:
    staten = {antwoord.staat for _, antwoord in antwoorden}
    laatste = [a.laatst_bereikt for _, a in antwoorden if a.laatst_bereikt]
    return Bronstand(
        code=code,
        naam=bronnen.source(code).naam,
        staat=next(staat for staat in _ERGST if staat in staten),
        op=max(antwoord.op for _, antwoord in antwoorden),
        seconden=max(antwoord.duur_ms for _, antwoord in antwoorden) / 1000,
        ouderdom=max((a.ouderdom for _, a in antwoorden if a.ouderdom), default=None),
        laatst_bereikt=max(laatste, default=None),
        regels=tuple(
            regel
            for persoon, antwoord in antwoorden
            for regel in lines(schrijver, persoon, antwoord)
        ),
        gevraagd=tuple(persoon for persoon, _ in antwoorden),
    )


def lines(
    schrijver: Schrijver, persoon: UUID, antwoord: Bronantwoord
) -> Iterator[Regel]:
    """Yield the lines of one answer: first that, then what."""
    herkomst = bronnen.source(antwoord.bron).naam
    dat = antwoord.dat
    if dat is not None and dat.betrokken:
        contact = dat.contact
        waarden = {
            "betrokken": True,
            "organisatie": antwoord.organisatie,
            "sinds": dat.sinds,
            "tot": dat.tot,
            "contact": ", ".join(
                deel
                for deel in (contact.organisatie, contact.telefoon, contact.email)
                if deel
            )
            if contact
            else "",
        }
        regel = schrijver.line(
            persoon,
            {f"{antwoord.bron}.{naam}": waarde for naam, waarde in waarden.items()},
            herkomst,
            antwoord.op,
        )
        if regel is not None:
            yield regel
    if antwoord.wat is not None:
        for waarden_ in _content(antwoord.bron, antwoord.wat):
            regel = schrijver.line(persoon, waarden_, herkomst, antwoord.op)
            if regel is not None:
                yield regel


def _content(bron: str, wat: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the values of an answer per element of its lists, under their fields."""
    groepen: dict[str, list[Veld]] = defaultdict(list)
    for deel in of_source(bron):
        if deel.pad not in _DAT:
            groepen[deel.pad.rpartition("[].")[0]].append(deel)
    for plaats, velden in groepen.items():
        for element in _elements(wat, plaats):
            waarden = {
                deel.code: _plain(element.get(deel.pad.rpartition("[].")[2]))
                for deel in velden
            }
            if any(waarde not in (None, "") for waarde in waarden.values()):
                yield waarden


def _elements(wat: Mapping[str, Any], plaats: str) -> Iterator[Mapping[str, Any]]:
    lagen: list[Mapping[str, Any]] = [wat]
    for naam in plaats.split("[].") if plaats else ():
        lagen = [
            element
            for laag in lagen
            for element in _list(laag.get(naam))
            if isinstance(element, Mapping)
        ]
    yield from lagen


def _list(waarde: Any) -> list[Any]:
    return waarde if isinstance(waarde, list) else []


def _plain(waarde: Any) -> Any:
    """Return a value that can be written; of an address its parts in one text."""
    if isinstance(waarde, Mapping):
        return " ".join(str(deel) for deel in waarde.values() if deel)
    return None if isinstance(waarde, list) else waarde


def _numbers(personen: set[UUID]) -> dict[UUID, Bsn]:
    return {
        UUID(str(rij.persoon_id)): Bsn(rij.bsn)
        for rij in Burgerservicenummer.objects.filter(persoon__in=personen)
    }


def _why(inzage: Inzage, bron: str, personen: Sequence[UUID]) -> Weggelaten:
    eerste = of_source(bron)[0]
    for persoon in personen:
        reden = inzage.why_not(eerste, persoon)
        if reden is not None:
            return reden
    return Weggelaten.GEEN_GROND


def _state(bron: str, staat: Staat, waarom: Weggelaten | None = None) -> Bronstand:
    return Bronstand(
        bron,
        bronnen.source(bron).naam,
        staat,
        klok.now(),
        laatst_bereikt=bronnen.last_reached(bron),
        waarom=waarom,
    )
