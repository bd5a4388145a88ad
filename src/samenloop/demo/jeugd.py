"""Youth help: clients under 18 (some under 23), their parents and households."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from samenloop.demo.bevolking import Bevolking
from samenloop.demo.feiten import Huishouden, Persoon, Spel, jaren_later
from samenloop.demo.productenboek import PER_CODE
from samenloop.demo.toewijzing import Klant, huishoudens_met, verdeel_oude

Toegewezen = list[tuple[Spel, Persoon]]


def bevolk(
    huidig: list[Klant],
    oud: list[Spel],
    aantal_huishoudens: int,
    gemeente: str,
    bevolking: Bevolking,
    peildatum: date,
    rng: Random,
) -> Toegewezen:
    """Make the young clients of one municipality with a parent in each household.

    Returns each spell with its client. Households with a current client are exactly
    `aantal_huishoudens`.
    """
    weg = verdeel_oude(oud, huidig, 0.22, rng)
    groepen = huishoudens_met(huidig, aantal_huishoudens, 4, rng)
    for klant in weg:  # a brother or sister who left youth help, or another family
        if rng.random() < 0.45:
            rng.choice(groepen).append(klant)
        else:
            groepen.append([klant])
    toegewezen: Toegewezen = []
    for groep in groepen:
        huishouden = bevolking.huishouden(gemeente)
        toegewezen += gezin(groep, huishouden, bevolking, peildatum, rng)
    return toegewezen


def gezin(
    groep: Sequence[Klant],
    huishouden: Huishouden,
    bevolking: Bevolking,
    peildatum: date,
    rng: Random,
) -> Toegewezen:
    """Make one parent and the children for these clients."""
    geboren = sorted(
        ((_geboren(klant, peildatum, rng), i) for i, klant in enumerate(groep))
    )
    # Children born within ten months of each other become twins.
    for i in range(1, len(geboren)):
        if (geboren[i][0] - geboren[i - 1][0]).days < 290:
            tweeling = (geboren[i - 1][0], geboren[i][1])
            if _mag(groep[geboren[i][1]], tweeling[0], peildatum):
                geboren[i] = tweeling
    ouder = bevolking.ouder(huishouden, geboren[0][0], geboren[-1][0])
    toegewezen: Toegewezen = []
    for dag, i in geboren:
        kind = bevolking.persoon(huishouden, dag, ouders=(ouder,))
        toegewezen += [(spel, kind) for spel in groep[i].spellen]
    return toegewezen


def _grenzen(klant: Klant, peildatum: date) -> tuple[date, date]:
    """Return the first and last day of birth that go with all spells."""
    eerste = min(spel.start for spel in klant.spellen)
    laatste = max(spel.start for spel in klant.spellen)
    if any(
        spel.actief and not PER_CODE[spel.soort].verlengbaar for spel in klant.spellen
    ):
        laatste = peildatum
    vroegst = jaren_later(laatste, -18) + timedelta(days=10)
    return vroegst, eerste - timedelta(days=500)


def _mag(klant: Klant, geboren: date, peildatum: date) -> bool:
    vroegst, laatst = _grenzen(klant, peildatum)
    return vroegst <= geboren <= laatst


def _geboren(klant: Klant, peildatum: date, rng: Random) -> date:
    """Choose a day of birth; with help that may go on after 18 sometimes 18 to 22."""
    if all(PER_CODE[code].verlengbaar for code in klant.soorten) and (
        rng.random() < 0.25
    ):
        vroegst = jaren_later(peildatum, -23) + timedelta(days=60)
        laatst = jaren_later(peildatum, -18) - timedelta(days=5)
    else:
        vroegst, laatst = _grenzen(klant, peildatum)
        jongst = max(PER_CODE[code].leeftijd[0] for code in klant.soorten)
        oudst = min(PER_CODE[code].leeftijd[1] for code in klant.soorten)
        liefst_van = max(vroegst, jaren_later(peildatum, -oudst - 1))
        liefst_tot = min(laatst, jaren_later(peildatum, -jongst))
        if liefst_van < liefst_tot:
            vroegst, laatst = liefst_van, liefst_tot
    return vroegst + timedelta(days=rng.randint(0, (laatst - vroegst).days))
