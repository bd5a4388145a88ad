"""The demo region as a whole: figures in, records out.

`build(seed)` gives the same region for the same seed, on any machine.
"""

from datetime import date, timedelta
from random import Random

from samenloop.demo import jeugd, publicatie, wmo
from samenloop.demo.bevolking import Bevolking
from samenloop.demo.casussen import Casussen
from samenloop.demo.dagen import geregistreerd, naast_kwartaaleinde
from samenloop.demo.feiten import (
    Begrotingspost,
    Bezwaar,
    Huishouden,
    Persoon,
    Regio,
    Spel,
    Voorziening,
)
from samenloop.demo.participatie import Uitkeringen
from samenloop.demo.productenboek import (
    AANBIEDERS_PER_SOORT,
    PER_CODE,
    Soort,
    van,
    verwijzers,
)
from samenloop.demo.toewijzing import Klant, klanten_met
from samenloop.demo.verloop import cellen, spellen

SEED = 2017
_DUBBEL = {"vervoer": 0.2, "woon": 0.08, "ambulant-ggz": 0.12, "ambulant-jh": 0.06}
_RESERVE = 40  # BSNs kept back for who wants to add a person by hand

_REDENEN = {
    "jeugdwet": (
        ("doel bereikt", 46), ("overgang naar andere voorziening", 24),
        ("op verzoek van de cliënt", 14), ("voortijdig beëindigd", 10), ("overig", 6),
    ),
    "wmo": (
        ("niet langer nodig", 34), ("overgang naar andere voorziening", 28),
        ("op verzoek van de cliënt", 16), ("opname", 12), ("overig", 10),
    ),
}  # fmt: skip
_RESULTATEN = (("behaald", 44), ("deels behaald", 26), ("niet behaald", 10), ("", 20))


def build(seed: int = SEED) -> Regio:
    """Return the demo region with all its records."""
    gebied = publicatie.gebied()
    bevolking = Bevolking(gebied, _rng(seed, "bevolking"))
    regio = Regio(gebied)
    per_gemeente = {
        wet: _spellen(wet, gebied.codes, _rng(seed, wet)) for wet in ("jeugdwet", "wmo")
    }
    rng_jeugd, rng_wmo = _rng(seed, "jeugd"), _rng(seed, "oud")
    rng_regel = _rng(seed, "regels")
    casussen = Casussen(bevolking, _rng(seed, "casussen"))
    uitkeringen = Uitkeringen(gebied.codes, bevolking, _rng(seed, "uitkeringen"))
    for code in gebied.codes:
        begin = len(bevolking.huishoudens)
        kinderen = _bevolk_jeugd(
            per_gemeente["jeugdwet"][code], code, bevolking, rng_jeugd
        )
        gezinnen = bevolking.huishoudens[begin:]
        volwassenen = _bevolk_wmo(
            per_gemeente["wmo"][code], code, bevolking, gezinnen, rng_wmo
        )
        toegewezen = kinderen + volwassenen
        regio.voorzieningen += [_regel(*paar, rng_regel) for paar in toegewezen]
        bekenden = [gezin.leden[0] for gezin in gezinnen]
        bekenden += list(dict.fromkeys(persoon for _, persoon in volwassenen))
        uitkeringen.maak(code, list(dict.fromkeys(bekenden)))
        casussen.maak(code, list(dict.fromkeys(kind for _, kind in kinderen)), gezinnen)
    for spel in per_gemeente["jeugdwet"][""]:
        klant = Klant([spel])
        paren = jeugd.gezin(
            [klant], bevolking.huishouden(""), bevolking, date(2017, 12, 31), rng_jeugd
        )
        regio.voorzieningen += [_regel(*paar, rng_regel) for paar in paren]
    _tweede_ouders(bevolking, _rng(seed, "ouders"))
    regio.personen = bevolking.personen
    regio.huishoudens = bevolking.huishoudens
    regio.casussen = casussen.perioden
    regio.uitkeringen = uitkeringen.uitkeringen
    regio.trajecten = uitkeringen.trajecten
    regio.begroting = _begroting(gebied.codes)
    regio.bezwaren = _bezwaren(gebied.codes, _rng(seed, "bezwaren"))
    return regio


def _rng(seed: int, onderwerp: str) -> Random:
    """Return a source of chance of its own, so that subjects do not disturb others."""
    return Random(f"{seed}/{onderwerp}")  # noqa: S311  not for secrets


def _spellen(wet: str, codes: tuple[str, ...], rng: Random) -> dict[str, list[Spel]]:
    """Return the spells of one wet per municipality, '' for without."""
    cijfers = publicatie.voorzieningen(wet)
    boek = van(wet)
    per_gemeente: dict[str, list[Spel]] = {code: [] for code in (*codes, "")}
    for vorm in sorted(cijfers.soorten):
        for (naam, code), standen in cellen(cijfers, vorm, codes, rng).items():
            per_gemeente[code] += spellen(
                boek[naam], vorm, code, standen, cijfers.peildata, rng
            )
    return per_gemeente


def _bevolk_jeugd(
    spellen_: list[Spel], code: str, bevolking: Bevolking, rng: Random
) -> list[tuple[Spel, Persoon]]:
    cijfers = publicatie.voorzieningen("jeugdwet")
    actief = [spel for spel in spellen_ if spel.actief]
    oud = [spel for spel in spellen_ if not spel.actief]
    huidig = klanten_met(actief, cijfers.klanten["clienten"][code], _DUBBEL, rng)
    return jeugd.bevolk(
        huidig, oud, cijfers.klanten["huishoudens"][code], code, bevolking,
        cijfers.peildata[-1], rng,
    )  # fmt: skip


def _bevolk_wmo(
    spellen_: list[Spel],
    code: str,
    bevolking: Bevolking,
    gezinnen: list[Huishouden],
    rng: Random,
) -> list[tuple[Spel, Persoon]]:
    cijfers = publicatie.voorzieningen("wmo")
    actief = [spel for spel in spellen_ if spel.actief]
    oud = [spel for spel in spellen_ if not spel.actief]
    huidig = klanten_met(actief, cijfers.klanten["clienten"][code], _DUBBEL, rng)
    return wmo.bevolk(
        huidig, oud, cijfers.klanten["huishoudens"][code], code, bevolking, gezinnen,
        cijfers.peildata[-1], rng,
    )  # fmt: skip


def _regel(spel: Spel, client: Persoon, rng: Random) -> Voorziening:
    """Return the provision for one spell: who asked, who delivers, how it ended."""
    soort = PER_CODE[spel.soort]
    aanvraag = None
    if rng.random() < 0.96:
        wacht = rng.randint(0, 3) if soort.code == "crisis" else rng.randint(7, 56)
        aanvraag = spel.start - timedelta(days=wacht)
    eind = spel.eind
    reden = resultaat = ""
    if eind is not None:
        reden = _kies(_REDENEN[soort.wet], rng)
        resultaat = _kies(_RESULTATEN, rng)
    elif _heeft_gepland_eind(soort, spel, rng):
        gepland = date(2018, 1, 20) + timedelta(days=rng.randint(0, 660))
        eind = naast_kwartaaleinde(gepland)
    minderjarig = client.is_minderjarig(spel.start)
    return Voorziening(
        client=client,
        gezaghebbende=client.ouders[0] if minderjarig else None,
        wet=soort.wet,
        soort=soort.code,
        vorm=spel.vorm,
        gemeente=spel.gemeente,
        aanbieder=""
        if spel.vorm == "pgb"
        else rng.choice(AANBIEDERS_PER_SOORT[soort.code]),
        verwijzer=_kies(verwijzers(soort), rng),
        aanvraag=aanvraag,
        start=spel.start,
        eind=eind,
        geregistreerd=geregistreerd(rng, aanvraag, spel.start),
        reden_einde=reden,
        resultaat=resultaat,
    )


def _heeft_gepland_eind(soort: Soort, spel: Spel, rng: Random) -> bool:
    """Whether the decision names a last day to come: help does, aids do not."""
    blijvend = soort.code in {"rolstoel", "vervoer", "woon", "overige-wmo"}
    return not blijvend and rng.random() < (0.8 if spel.vorm == "pgb" else 0.35)


def _kies(keuzes: tuple[tuple[str, int], ...], rng: Random) -> str:
    waarden, gewichten = zip(*keuzes, strict=True)
    return str(rng.choices(waarden, gewichten)[0])


def _tweede_ouders(bevolking: Bevolking, rng: Random) -> None:
    """Give families a second parent while numbers last."""
    gezinnen = [h for h in bevolking.huishoudens if any(p.ouders for p in h.leden)]
    rng.shuffle(gezinnen)
    aantal = max(0, min(bevolking.vrij - _RESERVE, round(0.6 * len(gezinnen))))
    for gezin in gezinnen[:aantal]:
        eerste = gezin.leden[0]
        geboren = eerste.geboortedatum + timedelta(days=rng.randint(-1800, 1800))
        kinderen = [kind for kind in gezin.leden if kind.ouders]
        oudste = min(kind.geboortedatum for kind in kinderen)
        geboren = min(geboren, oudste - timedelta(days=19 * 365))
        geslacht = "1" if eerste.geslacht == "2" else "2"
        tweede = bevolking.persoon(gezin, geboren, geslacht=geslacht)
        for kind in kinderen:
            kind.ouders = (*kind.ouders, tweede)


def _begroting(codes: tuple[str, ...]) -> list[Begrotingspost]:
    gepubliceerd = publicatie.lees("buig-2017")
    return [
        Begrotingspost(code, gepubliceerd["jaar"], post, versie, bedragen[i] * 100)
        for i, versie in enumerate(gepubliceerd["versies"])
        for code in codes
        for post, bedragen in gepubliceerd["posten"][code].items()
    ]


def _bezwaren(codes: tuple[str, ...], rng: Random) -> list[Bezwaar]:
    """Return objections and complaints; these were not published, so a guess."""
    bezwaren = []
    for code in codes:
        for wet, gewoon in (("jeugdwet", 5), ("wmo", 12), ("participatiewet", 9)):
            for _ in range(rng.randint(gewoon, 2 * gewoon)):
                ingediend = date(2016, 7, 4) + timedelta(days=rng.randint(0, 538))
                ingediend = naast_kwartaaleinde(ingediend)
                soort = "klacht" if rng.random() < 0.35 else "bezwaar"
                klaar = naast_kwartaaleinde(
                    ingediend + timedelta(days=rng.randint(12, 110))
                )
                klaar = max(klaar, ingediend)
                uitkomsten = ("gegrond", "ongegrond", "deels gegrond", "ingetrokken")
                is_open = klaar > date(2018, 1, 31)
                bezwaren.append(
                    Bezwaar(
                        code,
                        wet,
                        soort,
                        ingediend,
                        None if is_open else klaar,
                        "" if is_open else rng.choice(uitkomsten),
                    )
                )
    return bezwaren
