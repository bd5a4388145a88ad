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

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenloop.access.rollen import Diepte
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.klantbeeld import bronnen
from samenloop.klantbeeld.bronnen import Bronantwoord, Bronvraag, Staat
from samenloop.klantbeeld.inzage import Inzage, Weggelaten
from samenloop.klantbeeld.schrijven import Regel, Schrijver
from samenloop.klantbeeld.velden import Veld, kinds_of, of_source
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

    @property
    def teken(self) -> tuple[str, str, str]:
        """Kind, icon and word of the state, as every state on a page has them."""
        soort, icoon, woord = _TEKENS[self.staat]
        return soort, icoon, str(woord)

    @property
    def uitleg(self) -> str:
        """What there is to say beside the word: time, age, or why it was not asked."""
        if self.staat is Staat.NIET_GEVRAAGD:
            return str(_NIET_GEVRAAGD.get(self.waarom, _("no ground at this purpose")))
        if self.staat is Staat.NIET_GERECHTIGD:
            return _("the source sees no ground")
        if self.staat is Staat.NIET_INGESTELD:
            return _("not set up in this installation")
        if self.staat is Staat.GEEN_ANTWOORD:
            if self.laatst_bereikt is None:
                return _("not reached yet")
            tijd = date_format(localtime(self.laatst_bereikt), "j b, H.i")
            return _("last reached %(tijd)s") % {"tijd": tijd}
        if self.staat is None:
            return ""
        waarden = {
            "tijd": date_format(localtime(self.op), "H.i"),
            "duur": number_format(self.seconden, 1),
        }
        zin = (
            _("answer after %(duur)s s")
            if self.staat is Staat.TRAAG
            else _("%(tijd)s, in %(duur)s s")
        ) % waarden
        if not self.ouderdom:
            return zin
        oud = ngettext("%(dagen)s day old", "%(dagen)s days old", self.ouderdom)
        return f"{zin}; {oud % {'dagen': self.ouderdom}}"


_TEKENS: dict[Staat | None, tuple[str, str, str | Promise]] = {
    None: ("loopt", "loopt", gettext_lazy("being asked")),
    Staat.ACTUEEL: ("klaar", "klaar", gettext_lazy("current")),
    Staat.TRAAG: ("letop", "letop", gettext_lazy("slow")),
    Staat.GEEN_ANTWOORD: ("gevaar", "fout", gettext_lazy("no answer")),
    Staat.NIET_GERECHTIGD: ("doel", "slot", gettext_lazy("refused by the source")),
    Staat.NIET_INGESTELD: ("rust", "concept", gettext_lazy("not connected")),
    Staat.NIET_GEVRAAGD: ("doel", "slot", gettext_lazy("not asked")),
}
_NIET_GEVRAAGD: dict[Weggelaten | None, str | Promise] = {
    Weggelaten.NIET_GEVRAAGD: gettext_lazy("left out of your weighing"),
    Weggelaten.TOESTEMMING: gettext_lazy("only with consent"),
    Weggelaten.NIET_BEVESTIGD: gettext_lazy("ground not confirmed"),
    Weggelaten.GEEN_TAAK: gettext_lazy("no task of your own"),
}


def depths(inzage: Inzage, bron: str, personen: Sequence[UUID]) -> dict[UUID, Diepte]:
    """Return how deep to ask about whom; who is not in it is not asked about."""
    if inzage.doel not in bronnen.source(bron).doelen:
        return {}
    per_toestemming: dict[frozenset[str], Diepte] = {}
    for persoon in inzage.different(personen):
        mag = [wat.diepte for wat in kinds_of(bron) if inzage.allows(wat, persoon)]
        if mag:
            diepte = max(mag, key=lambda d: d.rang)
            per_toestemming[inzage.consent_of(persoon)] = diepte
    return {
        persoon: per_toestemming[toestemming]
        for persoon in personen
        if (toestemming := inzage.consent_of(persoon)) in per_toestemming
    }


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
    nummers = _numbers({persoon for _bron, persoon, _diepte in vragen})
    vragen = [vraag for vraag in vragen if vraag[1] in nummers]
    dag = klok.today()
    antwoorden = bronnen.ask_all(
        [
            Bronvraag(bron, nummers[persoon], inzage.doel, diepte, dag)
            for bron, persoon, diepte in vragen
        ]
    )
    per_bron: dict[str, list[tuple[UUID, Bronantwoord]]] = defaultdict(list)
    for (bron, persoon, _diepte), antwoord in zip(vragen, antwoorden, strict=True):
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
