"""The rules that every delivered row is judged by, as declarations.

One small declaration per rule: its code, where it looks, what makes a row wrong (SQL
over the cells as text, with `d_<kolom>` for a cell that is a real date), and the
sentence the deliverer gets. The order is that of the registry: the first rule that a
row breaks names it. Adding a rule adds one declaration and its tests. Rules and
columns follow the basisset; the manual's table is made from this registry.
"""

from collections.abc import Iterator

from samenloop.monitor.formaat import BESTANDEN, Wet
from samenloop.monitor.regels_algemeen import (
    LEESREGELS,
    Regel,
    bsn,
    dubbel,
    einde,
    gemeente,
    kolomregels,
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
        bsn("voorzieningen", "client"),
        bsn("voorzieningen", "gezaghebbende"),
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
        einde("voorzieningen"),
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
        bsn("casussen", "client"),
        einde("casussen"),
    ),
    "uitkeringen": (bsn("uitkeringen", "client"), einde("uitkeringen")),
    "trajecten": (bsn("trajecten", "client"),),
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


def _alle_regels() -> Iterator[Regel]:
    yield from LEESREGELS
    for bestand in BESTANDEN.values():
        yield from kolomregels(bestand)
        if bestand.naam != "gemeenten" and "gemeente" in {
            kolom.naam for kolom in bestand.kolommen
        }:
            yield gemeente(bestand.naam)
        eigen = _EIGEN[bestand.naam]
        yield from (regel for regel in eigen if regel.fout)
        yield dubbel(bestand.naam)
        yield from (regel for regel in eigen if regel.zoek)


REGELS: tuple[Regel, ...] = tuple(_alle_regels())


def regels_van(bestand: str) -> tuple[Regel, ...]:
    """Return the rules on rows of one file, in order of the registry."""
    return tuple(regel for regel in REGELS if regel.bestand == bestand)


# Accepted, yet something is unknown that a figure may need: the column, and for which
# rows an empty cell says so (over the accepted, typed rows).
# Origin is not among them: it may only be delivered where a law asks for it.
ONVOLLEDIG: dict[str, dict[str, str]] = {
    "voorzieningen": {
        "gemeente": "",
        "gezaghebbende": "wet = 'jeugdwet' and "
        "geboortedatum + interval 18 year > startdatum",
        "huishouden": "",
        "postcode": "",
        "geboortedatum": "",
        "geslacht": "",
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
