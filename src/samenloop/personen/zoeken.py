"""Finding a person by what a worker knows: part of a name, birth date, address, BSN.

What comes in is a `Zoekvraag`; what goes out are at most fifty people in the order of
Dutch names, and whether there are more. Only people toward whom a municipality within
the border has a task are found, and every hit is logged before it is shown.

Words of a name are matched by their beginnings, in any order, and a voorvoegsel may be
left out. The words stand in a table of their own (`Naamdeel`) per municipality: under
row-level security an index is used only for comparisons that cannot leak, so not for
LIKE or trigrams, but well for ranges of words. Who asks for two words is answered from
the rarer one; who asks for one common word reads its first fifty off the index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import gemeentegrens, klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.namen import normalise

HOOGSTENS = 50

VOORVOEGSELS = frozenset(
    """
    aan af al auf aus ben bij bin d da dal das de degli dei del della den der des di do
    don dos du el het ibn im in l la las le les lo los met o onder op over s t te ten
    ter tot toe uijt uit van ver vom von voor vor zu zum zur
    """.split()  # noqa: SIM905
)
_HOOGSTE = "\U0010ffff"
_LENGTE = 60  # of a word on record
_ZELDZAAM = 3_000  # so few that all of them can be looked through


class ZoekvraagTeRuim(SamenloopFout):
    """Nothing to go by, or a single letter that half the country has."""

    melding = _(
        "Give at least two letters of a name, a birth date, a postcode with house "
        "number, or a citizen service number (BSN)."
    )


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """What is known of the person; all of it has to hold."""

    naam: str = ""
    geboortedatum: date | None = None
    postcode: str = ""
    huisnummer: int | None = None
    bsn: Bsn | None = None

    @property
    def woorden(self) -> tuple[str, ...]:
        """The words to match, in the form in which names are kept."""
        return tuple(
            dict.fromkeys(woord[:_LENGTE] for woord in normalise(self.naam).split())
        )

    @property
    def has_address(self) -> bool:
        """Whether an address is asked for; a postcode alone is too many people."""
        return bool(self.postcode) and self.huisnummer is not None


@dataclass(frozen=True, slots=True)
class Treffer:
    """Someone in the list of results: just enough to pick the right one."""

    persoon: UUID
    naam: str
    geboortedatum: date | None
    # Of the address in force; empty when unknown or under secrecy.
    woonplaats: str
    geheim: bool
    geen_bsn: bool


@dataclass(frozen=True, slots=True)
class Treffers:
    """The people found, in the order of Dutch names."""

    rijen: tuple[Treffer, ...]
    meer: bool


def search(
    actor: Actor, vraag: Zoekvraag, limit: int = HOOGSTENS, *, doel: str = ""
) -> Treffers:
    """Find people within the border, and log each hit.

    Raises:
        GeenToegang: this actor may not search people.
        ZoekvraagTeRuim: there is nothing to go by.
    """
    diepte = besluiten.require(actor, Handeling.PERSOON_ZOEKEN)
    grens = gemeentegrens.current()
    waar = (actor.gemeente,) if grens.overal else grens.gemeenten
    with gemeentegrens.within(*(code for code in waar if code)) as binnen:
        gevonden = find(vraag, binnen.gemeenten, limit + 1)
        rijen = _rows(gevonden[:limit])
    logboek.record(
        actor,
        Handeling.PERSOON_ZOEKEN,
        personen=[rij.persoon for rij in rijen],
        doel=doel,
        wijze=Wijze.GEVONDEN,
        diepte=diepte,
    )
    return Treffers(rijen, len(gevonden) > limit)


def recall(actor: Actor, personen: Sequence[UUID], *, meer: bool) -> Treffers:
    """Return a list of before once more, as far as it lies within the border now.

    Raises:
        GeenToegang: this actor may not search people.
    """
    diepte = besluiten.require(actor, Handeling.PERSOON_ZOEKEN)
    rijen = _rows(list(personen))
    logboek.record(
        actor,
        Handeling.PERSOON_ZOEKEN,
        personen=[rij.persoon for rij in rijen],
        wijze=Wijze.GEVONDEN,
        diepte=diepte,
    )
    return Treffers(rijen, meer)


def find(vraag: Zoekvraag, gemeenten: Sequence[str], limit: int) -> list[UUID]:
    """Return who it could be, best known fact first; no log, no rights but the border.

    Raises:
        ZoekvraagTeRuim: there is nothing to go by.
    """
    if vraag.bsn or vraag.geboortedatum or vraag.has_address:
        return _by_facts(vraag, limit)
    if max(map(len, vraag.woorden), default=0) < 2:
        raise ZoekvraagTeRuim()
    return _by_name(vraag.woorden, list(gemeenten), limit)


_NAAM = "(' ' || translate({}.sorteernaam, E'\\t', ' '))"


def _holds(woorden: Sequence[str], tabel: str) -> tuple[str, list[Any]]:
    """A condition: some word of the name begins with each of these."""
    return (
        "".join(f" AND strpos({_NAAM.format(tabel)}, %s) > 0" for _ in woorden),
        [f" {woord}" for woord in woorden],
    )


def _by_facts(vraag: Zoekvraag, limit: int) -> list[UUID]:
    """By BSN, birth date or address: few people each, so names are looked through."""
    eis, waarden = _holds(_without_prefixes(vraag.woorden), "p")
    van = "personen_persoon p"
    if vraag.has_address:
        # Under secrecy an address may not even be found by guessing it.
        van += (
            " JOIN personen_adres a ON a.persoon_id = p.id AND a.postcode = %s"
            " AND a.huisnummer = %s AND a.geldig @> %s AND upper_inf(a.bekend)"
            " AND NOT p.geheim"
        )
        postcode = vraag.postcode.replace(" ", "").upper()
        waarden = [postcode, vraag.huisnummer, klok.today(), *waarden]
    if vraag.bsn is not None:
        eis += (
            " AND p.id IN (SELECT persoon_id FROM personen_burgerservicenummer"
            " WHERE zoeksleutel = %s)"
        )
        waarden.append(vraag.bsn.zoeksleutel(settings.BSN_SLEUTEL))
    if vraag.geboortedatum is not None:
        eis += " AND p.geboortedatum = %s"
        waarden.append(vraag.geboortedatum)
    rijen = _fetch(
        f"SELECT p.id FROM {van} WHERE true{eis}"  # noqa: S608
        " ORDER BY p.sorteernaam, p.id LIMIT %s",
        [*waarden, limit],
    )
    return [persoon for (persoon,) in rijen]


def _without_prefixes(woorden: Sequence[str]) -> tuple[str, ...]:
    """Leave voorvoegsels out when something else is left to go by."""
    rest = tuple(woord for woord in woorden if woord not in VOORVOEGSELS)
    return rest if max(map(len, rest), default=0) >= 2 else tuple(woorden)


def _by_name(woorden: tuple[str, ...], gemeenten: list[str], limit: int) -> list[UUID]:
    dragend = _without_prefixes(woorden)
    gevonden = _matches(dragend, woorden, gemeenten, limit)
    if len(gevonden) < limit and dragend != woorden:
        # Those without the voorvoegsel that was typed come in as well.
        gevonden += _matches(dragend, dragend, gemeenten, limit)
    uniek = dict(gevonden[::-1])
    volgorde = sorted(uniek, key=lambda persoon: (uniek[persoon], persoon))
    return volgorde[:limit]


def _matches(
    dragend: Sequence[str], woorden: Sequence[str], gemeenten: list[str], limit: int
) -> list[tuple[UUID, str]]:
    """People whose names hold all words, with the key by which they sort.

    `dragend` are the words worth starting from.
    """
    aantallen = _counts(dragend, gemeenten)
    beste = min(dragend, key=lambda woord: (aantallen[woord], -len(woord)))
    if aantallen[beste] < _ZELDZAAM:
        return _scan(beste, woorden, gemeenten, limit)
    gevonden: list[tuple[UUID, str]] = []
    for woord in dragend:
        if len(woord) > 1:
            gevonden += _by_beginning(woord, woorden, gemeenten, limit)
        if len(gevonden) >= limit:
            return gevonden
    return gevonden + _off_index(beste, woorden, gemeenten, limit)


_BEREIK = "n.gemeente = g.code AND n.woord >= %s AND n.woord < %s"
_PER_GEMEENTE = "unnest(%s::text[]) AS g (code) CROSS JOIN LATERAL"


def _counts(woorden: Sequence[str], gemeenten: list[str]) -> dict[str, int]:
    """How often a word begins so, counted no further than matters."""
    tellingen = ", ".join(
        f"(SELECT count(*) FROM {_PER_GEMEENTE} (SELECT 1 FROM personen_naamdeel n"  # noqa: S608
        f" WHERE {_BEREIK} LIMIT {_ZELDZAAM}) deel)"
        for _ in woorden
    )
    waarden = [w for woord in woorden for w in (gemeenten, woord, woord + _HOOGSTE)]
    (aantallen,) = _fetch(f"SELECT {tellingen}", waarden)
    return dict(zip(woorden, aantallen, strict=True))


def _scan(
    begin: str, woorden: Sequence[str], gemeenten: list[str], limit: int
) -> list[tuple[UUID, str]]:
    """Look through everyone with a rare word."""
    eis, waarden = _holds([woord for woord in woorden if woord != begin], "n")
    return _fetch(
        "SELECT DISTINCT d.persoon_id, d.sorteernaam"  # noqa: S608
        f" FROM {_PER_GEMEENTE} (SELECT n.persoon_id, n.sorteernaam"
        f" FROM personen_naamdeel n WHERE {_BEREIK}{eis}) d"
        " ORDER BY 2, 1 LIMIT %s",
        [gemeenten, begin, begin + _HOOGSTE, *waarden, limit],
    )


def _by_beginning(
    begin: str, woorden: Sequence[str], gemeenten: list[str], limit: int
) -> list[tuple[UUID, str]]:
    """Those whose geslachtsnaam begins so, straight from the index in their order."""
    eis, waarden = _holds([woord for woord in woorden if woord != begin], "n")
    return _fetch(
        "SELECT DISTINCT d.persoon_id, d.sorteernaam"  # noqa: S608
        f" FROM {_PER_GEMEENTE} (SELECT n.persoon_id, n.sorteernaam"
        " FROM personen_naamdeel n WHERE n.gemeente = g.code AND n.begint"
        f" AND n.sorteernaam >= %s AND n.sorteernaam < %s{eis}"
        " ORDER BY n.sorteernaam, n.persoon_id LIMIT %s) d ORDER BY 2, 1 LIMIT %s",
        [gemeenten, begin, begin + _HOOGSTE, *waarden, limit, limit],
    )


def _off_index(
    begin: str, woorden: Sequence[str], gemeenten: list[str], limit: int
) -> list[tuple[UUID, str]]:
    """The first with a common word anywhere in the name, shortest word first."""
    eis, waarden = _holds([woord for woord in woorden if woord != begin], "n")
    rijen = _fetch(
        "SELECT d.persoon_id, d.sorteernaam"  # noqa: S608
        f" FROM {_PER_GEMEENTE} (SELECT n.persoon_id, n.sorteernaam"
        f" FROM personen_naamdeel n WHERE {_BEREIK}{eis}"
        # A person can have several such words, hence the double.
        " ORDER BY n.woord, n.sorteernaam, n.persoon_id LIMIT %s) d",
        [gemeenten, begin, begin + _HOOGSTE, *waarden, 2 * limit],
    )
    return rijen


def _rows(personen: list[UUID]) -> tuple[Treffer, ...]:
    """Return what the list shows of these people, in this order."""
    rijen = _fetch(
        "SELECT p.id, concat_ws(' ', nullif(p.voornamen, ''),"
        " nullif(p.voorvoegsel, ''), p.geslachtsnaam), p.geboortedatum,"
        " CASE WHEN p.geheim THEN '' ELSE coalesce(a.woonplaats, '') END,"
        " p.geheim, p.bsn_ontbreekt_reden <> ''"
        " FROM unnest(%s::uuid[]) WITH ORDINALITY AS t (id, plaats)"
        " JOIN personen_persoon p ON p.id = t.id"
        " LEFT JOIN personen_adres a ON a.persoon_id = p.id"
        " AND a.geldig @> %s AND upper_inf(a.bekend) ORDER BY t.plaats",
        [personen, klok.today()],
    )
    return tuple(Treffer(*rij) for rij in rijen)


def _fetch(statement: str, waarden: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, waarden)
        rijen: list[Any] = cursor.fetchall()
    return rijen
