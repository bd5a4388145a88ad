"""The rules that every delivered row is judged by, as declarations.

One small declaration per rule: its code, where it looks, what makes a row wrong (SQL
over the cells as text, with `d_<kolom>` for a cell that is a real date), and the
sentence the deliverer gets. The order is that of the registry: the first rule that a
row breaks names it. Adding a rule adds one declaration and its tests. Rules and
columns follow the basisset; the manual's table is made from this registry.

A sentence never repeats a cell that identifies someone (`PERSOONLIJK`).
"""

# ruff: noqa: S608 -- names in the SQL are ours or quoted; a cell is never part of it

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samenloop.monitor.formaat import BESTANDEN, Bestand, Kolom, Type, Wet

EERSTE_DAG, LAATSTE_DAG = "1900-01-01", "2100-12-31"
PERSOONLIJK = frozenset(
    {"client", "gezaghebbende", "geboortedatum", "postcode", "huishouden", "casus"}
)
VOORVOEGSEL = {
    "voorzieningen": "V",
    "soorten": "S",
    "casussen": "C",
    "uitkeringen": "U",
    "trajecten": "T",
    "begroting": "B",
    "bezwaren": "Z",
    "gemeenten": "G",
}
ALLE = "alle bestanden"


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule for one column of one file.

    `fout` is a condition on the row itself; `zoek` is a query for rules that compare
    rows: it gives the `rid` of the wrong rows from `{ruw}` (all rows that could be
    read) or `{rest}` (those no earlier rule refused). Rules with neither belong to
    the reader (`keuring_csv`). `{kolom}` in `melding` becomes the value of that cell.
    """

    code: str
    bestand: str
    kolom: str
    eis: str  # what must hold, for the manual and the report
    melding: str  # what is wrong with this row and what to do
    fout: str = ""
    zoek: str = ""

    def __post_init__(self) -> None:
        genoemd = set(re.findall(r"{(\w+)}", self.melding))
        if genoemd & PERSOONLIJK:
            raise ValueError(f"{self.code} would repeat personal data")

    def melding_sql(self) -> str:
        """Return the sentence as an SQL expression over the row."""
        delen = re.split(r"{(\w+)}", self.melding)
        return " || ".join(
            f'toon("{deel}")' if plaats % 2 else "'" + deel.replace("'", "''") + "'"
            for plaats, deel in enumerate(delen)
            if deel
        )


TE_WEINIG = Regel(
    "R-WEINIG",
    ALLE,
    "",
    "Een rij heeft evenveel kolommen als de kop.",
    "Deze rij heeft minder kolommen dan de kop; vul de rij aan, ook lege kolommen "
    "krijgen een komma.",
)
TE_VEEL = Regel(
    "R-VEEL",
    ALLE,
    "",
    "Een rij heeft evenveel kolommen als de kop.",
    "Deze rij heeft meer kolommen dan de kop; zet een waarde waarin een komma staat "
    "tussen aanhalingstekens.",
)
LOSSE_AANHALING = Regel(
    "R-AANHALING",
    ALLE,
    "",
    "Een aanhalingsteken in een waarde is verdubbeld, en de waarde staat tussen "
    "aanhalingstekens.",
    "In deze rij staat een los aanhalingsteken; zet de waarde tussen "
    "aanhalingstekens en verdubbel het teken.",
)
LOS_EINDE = Regel(
    "R-EINDE",
    ALLE,
    "",
    "Een regeleinde binnen een waarde staat tussen aanhalingstekens.",
    "In deze rij staat een los regeleinde; zet de waarde tussen aanhalingstekens.",
)


def _kolomregels(bestand: Bestand) -> Iterator[Regel]:
    """What the format itself says of each column: filled, type, allowed values."""
    letter = VOORVOEGSEL[bestand.naam]
    for kolom in bestand.kolommen:
        if kolom.verplicht:
            yield Regel(
                f"{letter}-VERPLICHT",
                bestand.naam,
                kolom.naam,
                f"De kolom {kolom.naam} is gevuld.",
                f"De kolom {kolom.naam} is leeg; vul hem in.",
                fout=f"coalesce(trim(\"{kolom.naam}\"), '') = ''",
            )
    for kolom in bestand.kolommen:
        yield from _typeregels(letter, bestand.naam, kolom)


def _typeregels(letter: str, bestand: str, kolom: Kolom) -> Iterator[Regel]:
    naam = kolom.naam
    waarde = "" if naam in PERSOONLIJK else f" '{{{naam}}}'"
    gevuld = f"trim(\"{naam}\") <> ''"
    if kolom.waarden:
        lijst = ", ".join(kolom.waarden)
        sql = ", ".join(f"'{mogelijk}'" for mogelijk in kolom.waarden)
        yield Regel(
            f"{letter}-{naam.upper()}",
            bestand,
            naam,
            f"De kolom {naam} is {'' if kolom.verplicht else 'leeg of '}een van: "
            f"{lijst}.",
            f"De waarde{waarde} in {naam} bestaat niet; gebruik een van: {lijst}.",
            fout=f'{gevuld} and "{naam}" not in ({sql})',
        )
    elif kolom.type is Type.DATUM:
        yield Regel(
            f"{letter}-DATUM",
            bestand,
            naam,
            f"De kolom {naam} is een bestaande dag van 1900 tot en met 2100, als "
            "JJJJ-MM-DD.",
            f"De waarde{waarde} in {naam} is geen bestaande dag van 1900 tot en met "
            "2100; schrijf de datum als JJJJ-MM-DD.",
            fout=f'"{naam}" is not null and "d_{naam}" is null',
        )
    elif kolom.type is Type.BEDRAG:
        yield Regel(
            f"{letter}-BEDRAG",
            bestand,
            naam,
            f"De kolom {naam} is een bedrag in hele eurocenten.",
            f"De waarde{waarde} in {naam} is geen bedrag in hele eurocenten; schrijf "
            "alleen cijfers, dus 12,50 euro als 1250.",
            fout=f"not regexp_full_match(\"{naam}\", '-?[0-9]{{1,15}}')",
        )
    elif kolom.type is Type.GEHEEL:
        yield Regel(
            f"{letter}-GETAL",
            bestand,
            naam,
            f"De kolom {naam} is een geheel getal van nul of meer.",
            f"De waarde{waarde} in {naam} is geen geheel getal; schrijf alleen "
            "cijfers.",
            fout=f"not regexp_full_match(\"{naam}\", '[0-9]{{1,9}}')",
        )


def _bsn(bestand: str, kolom: str) -> Regel:
    """11-test: 9, 8, ... 2 times the digits, minus the last, divides by 11.

    Nine digits are a BSN (Wet algemene bepalingen burgerservicenummer); anything
    else is a pseudonym and cannot be tested.
    """
    som = " + ".join(
        f'{10 - plaats} * cast("{kolom}"[{plaats}] as integer)'
        for plaats in range(1, 9)
    )
    return Regel(
        f"{VOORVOEGSEL[bestand]}-BSN",
        bestand,
        kolom,
        f"Negen cijfers in {kolom} zijn een BSN dat aan de elfproef voldoet; al het "
        "andere is een pseudoniem.",
        f"Het nummer in {kolom} heeft negen cijfers maar is geen geldig BSN "
        "(elfproef); herstel het nummer of lever een pseudoniem dat niet uit negen "
        "cijfers bestaat.",
        fout=f"case when regexp_full_match(\"{kolom}\", '[0-9]{{9}}') then "
        f'(({som}) - cast("{kolom}"[9] as integer)) % 11 <> 0 '
        f"or \"{kolom}\" = '000000000' else false end",
    )


def _gemeente(bestand: str) -> Regel:
    return Regel(
        f"{VOORVOEGSEL[bestand]}-GEMEENTE",
        bestand,
        "gemeente",
        "De gemeente is leeg (onbekend) of staat in gemeenten.",
        "De gemeente '{gemeente}' staat niet in het bestand gemeenten; gebruik de "
        "CBS-code (GM0000) of voeg de gemeente daar toe.",
        fout='"gemeente" is not null and not gemeente_bekend',
    )


def _dubbel(bestand: str) -> Regel:
    """First stays, later ones go; kinds and municipalities may recur in another
    levering, because every levering brings its own."""
    per = "_bron, " if bestand in ("soorten", "gemeenten") else ""
    return Regel(
        f"{VOORVOEGSEL[bestand]}-DUBBEL",
        bestand,
        "",
        "Geen twee rijen zijn in alle geleverde kolommen gelijk.",
        "Deze rij is in alle kolommen gelijk aan een eerdere rij; verwijder de "
        "dubbele, of voeg een kolom toe die de twee onderscheidt.",
        zoek=f"""
            with samen as (select rowid as rid, hash({per}{{cellen}}) as h from {{ruw}}),
            vaker as (select h from samen group by h having count(*) > 1)
            select rid from (
                select rowid as rid, row_number() over (
                    partition by {per}{{cellen}} order by rowid) as n
                from {{ruw}} where rowid in
                    (select rid from samen where h in (select h from vaker))
            ) where n > 1""",
    )


def _einde(bestand: str) -> Regel:
    return Regel(
        f"{VOORVOEGSEL[bestand]}-EINDE",
        bestand,
        "einddatum",
        "De einddatum ligt niet voor de startdatum.",
        "De einddatum '{einddatum}' ligt voor de startdatum '{startdatum}'; de "
        "einddatum is de laatste dag waarop het nog liep.",
        fout="d_einddatum < d_startdatum",
    )


_WETTEN = ", ".join(f"'{wet}'" for wet in Wet)

_EIGEN: dict[str, tuple[Regel, ...]] = {
    "voorzieningen": (
        Regel(
            "V-SOORT",
            "voorzieningen",
            "soort",
            "De soort staat in soorten, bij dezelfde wet.",
            "De soort '{soort}' staat niet in het bestand soorten bij de wet "
            "'{wet}'; gebruik een code die daar staat of voeg de soort toe.",
            fout=f"trim(\"soort\") <> '' and not soort_bekend and wet in ({_WETTEN})",
        ),
        _bsn("voorzieningen", "client"),
        _bsn("voorzieningen", "gezaghebbende"),
        Regel(
            "V-GEZAG",
            "voorzieningen",
            "gezaghebbende",
            "De gezaghebbende is een ander dan de cliënt; leeg betekent onbekend.",
            "De gezaghebbende is dezelfde als de cliënt; vul de ouder of voogd in, of "
            "laat de kolom leeg als die niet bekend is.",
            fout='"gezaghebbende" = "client"',
        ),
        Regel(
            "V-POSTCODE",
            "voorzieningen",
            "postcode",
            "De postcode is leeg, 1234 of 1234AB.",
            "De postcode heeft niet de vorm 1234 of 1234AB; schrijf hem zonder spatie "
            "en met hoofdletters.",
            fout="not regexp_full_match(\"postcode\", '[1-9][0-9]{3}([A-Z]{2})?')",
        ),
        Regel(
            "V-PGB",
            "voorzieningen",
            "aanbieder",
            "Bij vorm pgb is de aanbieder leeg.",
            "Bij de vorm pgb hoort geen aanbieder; maak de kolom aanbieder leeg of "
            "herstel de vorm.",
            fout="vorm = 'pgb' and trim(\"aanbieder\") <> ''",
        ),
        Regel(
            "V-AANBIEDER",
            "voorzieningen",
            "aanbieder",
            "De aanbieder is leeg of een AGB-code van acht cijfers.",
            "De aanbieder '{aanbieder}' is geen AGB-code van acht cijfers; vul de "
            "code met nullen vooraan aan of laat de kolom leeg.",
            fout="not regexp_full_match(\"aanbieder\", '[0-9]{8}')",
        ),
        Regel(
            "V-AANVRAAG",
            "voorzieningen",
            "aanvraagdatum",
            "De aanvraagdatum ligt niet na de startdatum.",
            "De aanvraagdatum '{aanvraagdatum}' ligt na de startdatum "
            "'{startdatum}'; herstel een van beide of laat de aanvraagdatum leeg.",
            fout="d_aanvraagdatum > d_startdatum",
        ),
        _einde("voorzieningen"),
        Regel(
            "V-GEBOORTE",
            "voorzieningen",
            "geboortedatum",
            "De geboortedatum ligt niet na de startdatum.",
            "De geboortedatum ligt na de startdatum '{startdatum}'; herstel een van "
            "beide.",
            fout="d_geboortedatum > d_startdatum",
        ),
        Regel(
            "V-GEREGISTREERD",
            "voorzieningen",
            "geregistreerd_op",
            "Geregistreerd_op ligt niet voor de aanvraagdatum.",
            "Geregistreerd_op '{geregistreerd_op}' ligt voor de aanvraagdatum "
            "'{aanvraagdatum}'; een voorziening is pas bekend als zij is "
            "aangevraagd.",
            fout="d_geregistreerd_op < d_aanvraagdatum",
        ),
    ),
    "soorten": (
        Regel(
            "S-UNIEK",
            "soorten",
            "soort",
            "Elke soort staat één keer bij een wet.",
            "De soort '{soort}' staat al eerder bij de wet '{wet}'; houd één rij over.",
            zoek="select rid from (select rid, row_number() over (partition by _bron, "
            "wet, soort order by rid) as n from {rest}) where n > 1",
        ),
        Regel(
            "S-OUDER",
            "soorten",
            "ouder",
            "De ouder is leeg of een soort bij dezelfde wet.",
            "De ouder '{ouder}' staat niet als soort bij de wet '{wet}'; voeg hem toe "
            "of laat ouder leeg voor een soort bovenaan.",
            zoek="select rid from {rest} as r where ouder is not null and not exists ("
            "select 1 from {rest} as o where o.wet = r.wet and o.soort = r.ouder)",
        ),
        Regel(
            "S-KRING",
            "soorten",
            "ouder",
            "De soorten vormen een boom: wie de ouders volgt, komt bovenaan uit.",
            "De ouders van soort '{soort}' leiden niet naar een soort bovenaan, door "
            "een kring of een afgekeurde ouder; herstel de kolom ouder.",
            zoek="""
                with recursive boven(wet, soort) as (
                    select wet, soort from {rest} where ouder is null
                    union
                    select r.wet, r.soort from {rest} as r join boven as b
                    on r.wet = b.wet and r.ouder = b.soort)
                select rid from {rest}
                where (wet, soort) not in (select wet, soort from boven)""",
        ),
    ),
    "casussen": (
        _bsn("casussen", "client"),
        _einde("casussen"),
    ),
    "uitkeringen": (_bsn("uitkeringen", "client"), _einde("uitkeringen")),
    "trajecten": (_bsn("trajecten", "client"),),
    "begroting": (
        Regel(
            "B-JAAR",
            "begroting",
            "jaar",
            "Het jaar ligt tussen 1990 en 2100.",
            "Het jaar '{jaar}' ligt niet tussen 1990 en 2100; schrijf het jaar met "
            "vier cijfers.",
            fout='try_cast("jaar" as bigint) not between 1990 and 2100',
        ),
    ),
    "bezwaren": (
        Regel(
            "Z-AFGEHANDELD",
            "bezwaren",
            "afgehandeld_op",
            "Afgehandeld_op ligt niet voor ingediend_op.",
            "Afgehandeld_op '{afgehandeld_op}' ligt voor ingediend_op "
            "'{ingediend_op}'; herstel een van beide.",
            fout="d_afgehandeld_op < d_ingediend_op",
        ),
    ),
    "gemeenten": (
        Regel(
            "G-CODE",
            "gemeenten",
            "gemeente",
            "De gemeente is een CBS-code: GM en vier cijfers.",
            "De code '{gemeente}' is geen CBS-code; schrijf GM en vier cijfers, zoals "
            "GM0005.",
            fout="trim(\"gemeente\") <> '' and "
            "not regexp_full_match(\"gemeente\", 'GM[0-9]{4}')",
        ),
        Regel(
            "G-UNIEK",
            "gemeenten",
            "gemeente",
            "Elke gemeente staat één keer bij een peildatum.",
            "De gemeente '{gemeente}' staat al eerder bij deze peildatum; houd één "
            "rij over.",
            zoek="select rid from (select rid, row_number() over (partition by _bron, "
            "gemeente, peildatum order by rid) as n from {rest}) where n > 1",
        ),
    ),
}

# Runs last: only periods that are sound in themselves can overlap. The one that
# starts first stays. Following a casus period by period is done per step of the
# longest row of periods; absurdly long ones are judged against all earlier at once.
OVERLAP = Regel(
    "C-OVERLAP",
    "casussen",
    "startdatum",
    "De perioden van één casus overlappen elkaar niet.",
    "Deze periode vanaf '{startdatum}' overlapt een eerdere periode van dezelfde "
    "casus; een periode begint op zijn vroegst de dag na de vorige einddatum.",
    zoek="""
        with recursive periode as (
            select rid, coalesce(gemeente, '') as g, casus as c, d_startdatum as s,
                coalesce(d_einddatum, date '9999-12-31') as e from {rest}),
        rang as (
            select *, row_number() over w as n, count(*) over (partition by g, c) as m,
                coalesce(max(e) over (w rows between unbounded preceding
                    and 1 preceding) >= s, false) as botst
            from periode window w as (partition by g, c order by s, rid)),
        keten as (
            select * from rang where m <= 500 and (g, c) in (
                select (g, c) from rang where botst)),
        stap(g, c, n, tot, rid, fout) as (
            select g, c, n, e, rid, false from keten where n = 1
            union all
            select k.g, k.c, k.n, case when k.s <= stap.tot then stap.tot else k.e end,
                k.rid, k.s <= stap.tot
            from stap join keten as k
            on k.g = stap.g and k.c = stap.c and k.n = stap.n + 1)
        select rid from stap where fout
        union all
        select rid from rang where m > 500 and botst""",
)


def _alle_regels() -> Iterator[Regel]:
    yield from (TE_WEINIG, TE_VEEL, LOSSE_AANHALING, LOS_EINDE)
    for bestand in BESTANDEN.values():
        yield from _kolomregels(bestand)
        if bestand.naam != "gemeenten" and "gemeente" in {
            kolom.naam for kolom in bestand.kolommen
        }:
            yield _gemeente(bestand.naam)
        eigen = _EIGEN[bestand.naam]
        yield from (regel for regel in eigen if regel.fout)
        yield _dubbel(bestand.naam)
        yield from (regel for regel in eigen if regel.zoek)
    yield OVERLAP


REGELS: tuple[Regel, ...] = tuple(_alle_regels())


def regels_van(bestand: str) -> tuple[Regel, ...]:
    """Return the rules on rows of one file, in order of the registry."""
    return tuple(regel for regel in REGELS if regel.bestand == bestand)


# Accepted, yet something is unknown that a figure may need: the column, and for which
# rows an empty cell says so (over the accepted, typed rows).
ONVOLLEDIG: dict[str, dict[str, str]] = {
    "voorzieningen": {
        "gemeente": "",
        "gezaghebbende": "wet = 'jeugdwet' and "
        "geboortedatum + interval 18 year > startdatum",
        "huishouden": "",
        "postcode": "",
        "geboortedatum": "",
        "geslacht": "",
        "herkomst": "",
        "vorm": "",
        "aanbieder": "vorm = 'zin'",
        "verwijzer": "",
        "aanvraagdatum": "",
        "geregistreerd_op": "",
    },
    "casussen": {
        "gemeente": "",
        "client": "",
        "huishouden": "",
        "geregistreerd_op": "",
        "reden_einde": "einddatum is not null",
    },
    "uitkeringen": {
        "gemeente": "",
        "huishouden": "",
        "spoor": "",
        "reden_einde": "einddatum is not null",
        "geregistreerd_op": "",
    },
    "trajecten": {"gemeente": ""},
    "begroting": {"gemeente": ""},
    "bezwaren": {"gemeente": "", "wet": ""},
    "gemeenten": {"huishoudens": "", "peildatum": ""},
}


def tabel() -> list[tuple[str, str, str, str]]:
    """Return code, file, column and requirement of every rule, for the manual."""
    return [
        (regel.code, regel.bestand, regel.kolom or "(hele rij)", regel.eis)
        for regel in REGELS
    ]
