"""Which records fill which file of a levering, as SQL.

For each file of the format: an expression per column, and the rows it is about. The
statements run inside PostgreSQL and stream; no record passes through Python objects.
What was known on a date is decided here, for all files in the same way.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samenloop.monitor.formaat import BESTANDEN, Bestand, Type
from samenloop.verantwoording.pseudoniem import uitdrukking

# An extra column for files whose rows do not name what they are about. Two complaints
# on one day are two complaints; without a number the second would count as a copy.
ONDERSCHEID = "volgnummer"
_NA_ALLE_VERSIES = 1_000_000  # place of what is granted, after any version of a budget


@dataclass(frozen=True, slots=True)
class Vraag:
    """Whose records, of which days, as known when."""

    gemeenten: tuple[str, ...]  # CBS codes
    begin: date  # first and last day: what held on any of these days is included
    eind: date
    bekend_op: date | None = None  # None: what is known now
    onbekend: bool = False  # also the records of nobody's municipality
    regio: str | None = None  # code, for the column `regio`

    def parameters(self) -> dict[str, Any]:
        """Return the values for the placeholders of the statements."""
        return {
            "gemeenten": list(self.gemeenten),
            "begin": self.begin,
            "eind": self.eind,
            "bekend_op": self.bekend_op,
            "onbekend": self.onbekend,
            "regio": self.regio,
        }


@dataclass(frozen=True, slots=True)
class Bron:
    """Where the rows of one file come from."""

    kolommen: dict[str, str]  # column of the format -> SQL expression
    uit: str  # FROM and WHERE
    volgorde: tuple[str, ...] = field(default=())  # expressions that go first
    onderscheid: bool = False  # two equal rows are two facts: number them

    def select(self, bestand: Bestand, *, pseudoniem: bool) -> str:
        """Return the statement: the columns of the format, in a fixed order of rows."""
        waarden = ", ".join(
            f"{self._waarde(kolom.naam, pseudoniem)} AS {kolom.naam}"
            for kolom in bestand.kolommen
        )
        namen = ", ".join(kolom.naam for kolom in bestand.kolommen)
        nummer = (
            f", row_number() OVER (PARTITION BY {namen}) AS {ONDERSCHEID}"
            if self.onderscheid
            else ""
        )
        vooraf = "".join(
            f", {deel} AS volgorde_{nummer}"
            for nummer, deel in enumerate(self.volgorde)
        )
        orde = [f"volgorde_{nummer}" for nummer in range(len(self.volgorde))]
        orde += [
            f'{kolom.naam} COLLATE "C"' if kolom.type is Type.TEKST else kolom.naam
            for kolom in bestand.kolommen
        ]
        orde += [ONDERSCHEID] if self.onderscheid else []
        return (
            f"SELECT {namen}{nummer} FROM (SELECT {waarden}{vooraf} {self.uit}) AS rij "  # noqa: S608
            f"ORDER BY {', '.join(orde)}"
        )

    def _waarde(self, kolom: str, pseudoniem: bool) -> str:
        waarde = self.kolommen[kolom]
        if not pseudoniem:
            return waarde
        if kolom in _HERLEIDBAAR:
            return uitdrukking(_HERLEIDBAAR[kolom], waarde)
        if kolom == "postcode":
            return f"left({waarde}, 4)"
        return waarde


# What points to one person or household, and which values are of one kind: the
# gezaghebbende of one row is the client of another.
_HERLEIDBAAR = {
    "client": "client",
    "gezaghebbende": "client",
    "huishouden": "huishouden",
    "casus": "casus",
}


def _tekst(uitdrukking: str) -> str:
    return f"NULLIF({uitdrukking}, '')::text"


def _bsn(persoon: str, nummer: str) -> str:
    # Someone whose BSN is missing is still one person: then the record's own key.
    return f"COALESCE({nummer}.bsn::text, {persoon}_id::text)"


def _bekend(feit: str) -> str:
    return (
        f"CASE WHEN %(bekend_op)s::date IS NULL THEN upper_inf({feit}.bekend) "
        f"ELSE {feit}.bekend @> %(bekend_op)s::date END"
    )


def _van_gevraagden(feit: str) -> str:
    return (
        f"({feit}.gemeente_id = ANY(%(gemeenten)s::text[]) "
        f"OR (%(onbekend)s AND {feit}.gemeente_id IS NULL))"
    )


def _loopt(feit: str) -> str:
    return f"{feit}.geldig && daterange(%(begin)s::date, %(eind)s::date, '[]')"


def _eerst_bekend(tabel: str, feit: str) -> str:
    # A correction is a new version; the record became known with its first one.
    return (
        f"JOIN (SELECT kenmerk, min(lower(bekend)) AS op FROM {tabel} "  # noqa: S608
        f"GROUP BY 1) AS eerst ON eerst.kenmerk = {feit}.kenmerk"
    )


def _begin(feit: str) -> str:
    return f"lower({feit}.geldig)"


def _einde(feit: str) -> str:
    return f"upper({feit}.geldig) - 1"


_VOORZIENINGEN = Bron(
    {
        "gemeente": _tekst("v.gemeente_id"),
        "client": _bsn("v.betrokkene", "b"),
        "gezaghebbende": _bsn("v.gezaghebbende", "g"),
        "huishouden": _tekst("h.sleutel"),
        "postcode": _tekst("v.postcode"),
        "geboortedatum": "p.geboortedatum",
        "geslacht": _tekst("p.geslacht"),
        "herkomst": "NULL::text",
        "wet": _tekst("s.wet"),
        "soort": _tekst("s.code"),
        "vorm": _tekst("v.vorm"),
        "aanbieder": _tekst("a.agb"),
        "verwijzer": _tekst("v.verwijzer"),
        "aanvraagdatum": "v.aanvraagdatum",
        "startdatum": _begin("v"),
        "einddatum": _einde("v"),
        "geregistreerd_op": "eerst.op",
        "reden_einde": _tekst("v.reden_einde"),
        "resultaat": _tekst("v.resultaat"),
    },
    f"""
    FROM voorzieningen_voorziening v
    {_eerst_bekend("voorzieningen_voorziening", "v")}
    JOIN voorzieningen_product s ON s.id = v.product_id
    JOIN personen_persoon p ON p.id = v.betrokkene_id
    LEFT JOIN personen_burgerservicenummer b ON b.persoon_id = v.betrokkene_id
    LEFT JOIN personen_burgerservicenummer g ON g.persoon_id = v.gezaghebbende_id
    LEFT JOIN personen_huishouden h ON h.id = v.huishouden_id
    LEFT JOIN voorzieningen_aanbieder a ON a.id = v.aanbieder_id
    WHERE {_van_gevraagden("v")} AND {_loopt("v")} AND {_bekend("v")}
    """,
)
_SOORTEN = Bron(
    {
        "wet": _tekst("s.wet"),
        "soort": _tekst("s.code"),
        "naam": _tekst("s.naam"),
        "ouder": _tekst("o.code"),
    },
    """
    FROM voorzieningen_product s
    LEFT JOIN voorzieningen_product o ON o.id = s.ouder_id
    """,
)
_CASUSSEN = Bron(
    {
        "gemeente": _tekst("c.gemeente_id"),
        "casus": _tekst("c.nummer"),
        "client": _bsn("c.betrokkene", "b"),
        "huishouden": _tekst("h.sleutel"),
        "type": _tekst("f.type"),
        "startdatum": _begin("f"),
        "einddatum": _einde("f"),
        "geregistreerd_op": "eerst.op",
        "reden_einde": _tekst("f.reden_einde"),
    },
    f"""
    FROM regie_casusperiode f
    {_eerst_bekend("regie_casusperiode", "f")}
    JOIN regie_casus c ON c.id = f.casus_id
    LEFT JOIN personen_burgerservicenummer b ON b.persoon_id = c.betrokkene_id
    LEFT JOIN personen_huishouden h ON h.id = c.huishouden_id
    WHERE {_van_gevraagden("c")} AND {_loopt("f")} AND {_bekend("f")}
    """,
)
_UITKERINGEN = Bron(
    {
        "gemeente": _tekst("u.gemeente_id"),
        "client": _bsn("u.betrokkene", "b"),
        "huishouden": _tekst("h.sleutel"),
        "spoor": "u.spoor",
        "startdatum": _begin("u"),
        "einddatum": _einde("u"),
        "reden_einde": _tekst("u.reden_einde"),
        "geregistreerd_op": "eerst.op",
    },
    f"""
    FROM voorzieningen_uitkering u
    {_eerst_bekend("voorzieningen_uitkering", "u")}
    LEFT JOIN personen_burgerservicenummer b ON b.persoon_id = u.betrokkene_id
    LEFT JOIN personen_huishouden h ON h.id = u.huishouden_id
    WHERE {_van_gevraagden("u")} AND {_loopt("u")} AND {_bekend("u")}
    """,
)
_TRAJECTEN = Bron(
    {
        "gemeente": _tekst("t.gemeente_id"),
        "client": _bsn("t.betrokkene", "b"),
        "spoor": "t.spoor",
        "datum": "t.datum",
        "trajectkosten": "t.trajectkosten",
        "loonkostensubsidie": "t.loonkostensubsidie",
    },
    f"""
    FROM voorzieningen_traject t
    LEFT JOIN personen_burgerservicenummer b ON b.persoon_id = t.betrokkene_id
    WHERE {_van_gevraagden("t")}
      AND t.datum BETWEEN %(begin)s::date AND %(eind)s::date
      AND (%(bekend_op)s::date IS NULL OR t.geregistreerd_op <= %(bekend_op)s::date)
    """,
    onderscheid=True,
)
# The order of delivery is the order of the versions, so that goes before the names.
# What was granted on invoices stands beside the budget by itself, per law and per year
# in which the help was given; a credit takes back.
_BEGROTING = Bron(
    {
        "gemeente": _tekst("g.gemeente_id"),
        "jaar": "g.jaar",
        "post": _tekst("g.post"),
        "versie": _tekst("g.versie"),
        "bedrag": "g.bedrag",
    },
    f"""
    FROM (
      SELECT gemeente_id, jaar::int, post, versie, bedrag, volgnummer::int, id
      FROM voorzieningen_begrotingspost
      UNION ALL
      SELECT p.gemeente_id, date_part('year', p.begin)::int,
        CASE p.wet WHEN 'jeugdwet' THEN 'Jeugdhulp door aanbieders'
                   ELSE 'Wmo-hulp door aanbieders' END,
        'toegekende declaraties',
        sum(CASE WHEN p.is_credit THEN -p.bedrag ELSE p.bedrag END)::bigint,
        {_NA_ALLE_VERSIES}, 0
      FROM declaraties_prestatie p JOIN declaraties_declaratie d
        ON d.id = p.declaratie_id
      WHERE p.oordeel = 'toegekend'
        AND (%(bekend_op)s::date IS NULL
             OR (d.beoordeeld_op AT TIME ZONE 'Europe/Amsterdam')::date
                <= %(bekend_op)s::date)
      GROUP BY 1, 2, 3
    ) g
    WHERE {_van_gevraagden("g")}
      AND g.jaar BETWEEN date_part('year', %(begin)s::date)
                     AND date_part('year', %(eind)s::date)
    """,  # noqa: S608
    # Items in the order in which they were entered: that of the budget itself.
    volgorde=("g.jaar", "g.volgnummer", "g.id"),
)
# On a date in the past a decision taken later was not known: then it stood open.
_BEZWAREN = Bron(
    {
        "gemeente": _tekst("z.gemeente_id"),
        "wet": _tekst("z.wet"),
        "soort": _tekst("z.soort"),
        "ingediend_op": "z.ingediend_op",
        "afgehandeld_op": "CASE WHEN z.bekend_afgehandeld THEN z.afgehandeld_op END",
        "uitkomst": f"CASE WHEN z.bekend_afgehandeld THEN {_tekst('z.uitkomst')} END",
    },
    f"""
    FROM (
      SELECT *, COALESCE(afgehandeld_op <= %(bekend_op)s::date, true)
        AS bekend_afgehandeld
      FROM voorzieningen_bezwaar
    ) z
    WHERE {_van_gevraagden("z")}
      AND z.ingediend_op <= LEAST(%(eind)s::date, %(bekend_op)s::date)
      AND (z.afgehandeld_op IS NULL OR z.afgehandeld_op >= %(begin)s::date)
    """,  # noqa: S608
    onderscheid=True,
)
# Every count within the period and the last one before it, so that each peildatum has
# a denominator; a municipality without counts still stands in the file once.
_GEMEENTEN = Bron(
    {
        "gemeente": "g.code::text",
        "naam": _tekst("g.naam"),
        "regio": _tekst("r.naam"),
        "huishoudens": "t.aantal",
        "peildatum": "t.peildatum",
    },
    """
    FROM personen_gemeente g
    LEFT JOIN personen_huishoudenstelling t
      ON t.gemeente_id = g.code AND t.peildatum <= %(eind)s::date
      AND t.peildatum >= COALESCE(
        (SELECT max(eerder.peildatum) FROM personen_huishoudenstelling eerder
         WHERE eerder.gemeente_id = g.code AND eerder.peildatum <= %(begin)s::date),
        %(begin)s::date)
    LEFT JOIN personen_regio r ON r.code = %(regio)s::text
    WHERE g.code = ANY(%(gemeenten)s::text[])
    """,
)

BRONNEN: dict[str, Bron] = {
    "voorzieningen": _VOORZIENINGEN,
    "soorten": _SOORTEN,
    "casussen": _CASUSSEN,
    "uitkeringen": _UITKERINGEN,
    "trajecten": _TRAJECTEN,
    "begroting": _BEGROTING,
    "bezwaren": _BEZWAREN,
    "gemeenten": _GEMEENTEN,
}


def statement(naam: str, *, pseudoniem: bool = False) -> str:
    """Return the SELECT for the file of that name, with named placeholders.

    Raises:
        KeyError: the format has no such file.
    """
    return BRONNEN[naam].select(BESTANDEN[naam], pseudoniem=pseudoniem)
