"""What a rule is, and the rules that hold for any column of its kind.

The format itself says which cells must be filled, of what type and with which values;
a BSN, a municipality, an end date and a doubled row are judged alike in every file.
`regels` adds what is particular to one file.
"""

# ruff: noqa: S608 -- names in the SQL are ours or quoted; a cell is never part of it

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samenloop.monitor.formaat import Bestand, Kolom, Type

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


LEESREGELS = (TE_WEINIG, TE_VEEL, LOSSE_AANHALING, LOS_EINDE)


def kolomregels(bestand: Bestand) -> Iterator[Regel]:
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
    # a required cell that is empty already has its own sentence
    gevuld = f"trim(\"{naam}\") <> '' and " if kolom.verplicht else ""
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
            fout=f'{gevuld}"{naam}" not in ({sql})',
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


def bsn(bestand: str, kolom: str) -> Regel:
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


def gemeente(bestand: str) -> Regel:
    return Regel(
        f"{VOORVOEGSEL[bestand]}-GEMEENTE",
        bestand,
        "gemeente",
        "De gemeente is leeg (onbekend) of staat in gemeenten.",
        "De gemeente '{gemeente}' staat niet in het bestand gemeenten; gebruik de "
        "CBS-code (GM0000) of voeg de gemeente daar toe.",
        fout='"gemeente" is not null and not gemeente_bekend',
    )


def dubbel(bestand: str) -> Regel:
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
            with samen as (
                select rowid as rid, hash({per}{{cellen}}) as h from {{ruw}}),
            vaker as (select h from samen group by h having count(*) > 1)
            select rid from (
                select rowid as rid, row_number() over (
                    partition by {per}{{cellen}} order by rowid) as n
                from {{ruw}} where rowid in
                    (select rid from samen where h in (select h from vaker))
            ) where n > 1""",
    )


def einde(bestand: str) -> Regel:
    return Regel(
        f"{VOORVOEGSEL[bestand]}-EINDE",
        bestand,
        "einddatum",
        "De einddatum ligt niet voor de startdatum.",
        "De einddatum '{einddatum}' ligt voor de startdatum '{startdatum}'; de "
        "einddatum is de laatste dag waarop het nog liep.",
        fout="d_einddatum < d_startdatum",
    )
