"""Benefits under the Participatiewet: stock, flow, track, way to work and its costs.

The publication gives the flow of the year for the region and the outflow to work per
municipality and track. The split of the rest over municipalities follows the
published spending on benefits; over quarters and reasons it is our own guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samenloop.demo import publicatie
from samenloop.demo.bevolking import Bevolking
from samenloop.demo.dagen import geregistreerd, naast_kwartaaleinde
from samenloop.demo.feiten import Persoon, Traject, Uitkering, jaren_later
from samenloop.demo.passing import pas, verdeel
from samenloop.demo.verloop import dag_tussen, startdag

WERK = "werk"
SPOREN = (1, 2, 3)
_DAGEN = (
    date(2016, 12, 31), date(2017, 3, 31), date(2017, 6, 30), date(2017, 9, 30),
    date(2017, 12, 31),
)  # fmt: skip
_IN_PER_KWARTAAL = (27, 25, 25, 23)
_UIT_PER_KWARTAAL = (23, 24, 26, 27)
_REDENEN = (("verhuizing", 26), ("pensioen", 18), ("relatie", 13), ("overig", 43))
_RIJEN_PER_TRAJECT = {1: 1.4, 2: 3.0, 3: 5.0}
_PENSIOEN = timedelta(days=round(65.75 * 365.25))  # from 65 and 9 months in 2017


@dataclass(slots=True)
class _Plan:
    """One benefit before it has a client."""

    start: date
    eind: date | None = None
    spoor: int = 3
    reden: str = ""


class Uitkeringen:
    """Makes benefits and trajecten of one municipality after another."""

    def __init__(self, codes: Sequence[str], bevolking: Bevolking, rng: Random) -> None:
        self._bevolking = bevolking
        self._rng = rng
        self._gepubliceerd = publicatie.lees("participatiewet-2017")
        stand = self._gepubliceerd["uitkeringen"]
        posten = publicatie.lees("buig-2017")["posten"]
        gewicht = [posten[code]["uitgaven"][1] for code in codes]
        self._begin = dict(zip(codes, verdeel(stand["begin"], gewicht), strict=True))
        self._in = dict(zip(codes, verdeel(stand["instroom"], gewicht), strict=True))
        eind = verdeel(stand["eind"], gewicht)
        self._eind = dict(zip(codes, eind, strict=True))
        sporen = verdeel(
            stand["eind"], self._gepubliceerd["spoorverdeling_procent"]["2017"]
        )
        tabel = pas(eind, sporen, [[a * s for s in sporen] for a in gewicht])
        self._sporen = dict(zip(codes, tabel, strict=True))
        self.uitkeringen: list[Uitkering] = []
        self.trajecten: list[Traject] = []

    def maak(self, gemeente: str, bekenden: Sequence[Persoon]) -> None:
        """Make the benefits of one municipality.

        `bekenden` are adults with other records there; some of them have a benefit.
        At most one person per household does.
        """
        plannen = self._plannen(gemeente)
        self._rng.shuffle(plannen)
        keus = list(bekenden)
        self._rng.shuffle(keus)
        bezet: set[str] = set()
        eigen: list[Uitkering] = []
        terug = round(0.27 * self._in[gemeente])
        for plan in plannen:
            client = self._client(plan, keus, bezet, gemeente)
            bezet.add(client.huishouden.sleutel)
            eigen.append(self._uitkering(client, plan))
            if (
                plan.start > _DAGEN[0]
                and terug
                and jaren_later(client.geboortedatum, 20) < date(2016, 1, 1)
            ):
                terug -= 1  # had a benefit before, until some day in 2016
                start = date(2016, 2, 2) - timedelta(days=self._rng.randint(20, 700))
                eind = date(2016, 2, 10) + timedelta(days=self._rng.randint(0, 270))
                reden = self._rng.choice((WERK, "overig"))
                vorige = _Plan(
                    naast_kwartaaleinde(start), naast_kwartaaleinde(eind), plan.spoor,
                    reden,
                )  # fmt: skip
                self.uitkeringen.append(self._uitkering(client, vorige))
        self.uitkeringen += eigen
        self._maak_trajecten(gemeente, eigen)

    def _plannen(self, gemeente: str) -> list[_Plan]:
        """Return the benefits of the year with exactly the flow that is due."""
        rng = self._rng
        eind = self._eind[gemeente]
        uit = self._begin[gemeente] + self._in[gemeente] - eind
        naar_werk = self._gepubliceerd["naar_werk"][gemeente]["personen"]
        vertrek = [
            (spoor, WERK)
            for spoor, aantal in zip(SPOREN, naar_werk, strict=True)
            for _ in range(aantal)
        ]
        redenen = [reden for reden, _ in _REDENEN]
        gewichten = [gewicht for _, gewicht in _REDENEN]
        for reden, aantal in zip(
            redenen, verdeel(uit - len(vertrek), gewichten), strict=True
        ):
            sporen = rng.choices(SPOREN, (8, 27, 65), k=aantal)
            vertrek += [(spoor, reden) for spoor in sporen]
        rng.shuffle(vertrek)
        lopend = [_Plan(self._oude_start()) for _ in range(self._begin[gemeente])]
        klaar: list[_Plan] = []
        for k, (erin, eruit) in enumerate(
            zip(
                verdeel(self._in[gemeente], _IN_PER_KWARTAAL),
                verdeel(uit, _UIT_PER_KWARTAAL),
                strict=True,
            )
        ):
            na, voor = _DAGEN[k], _DAGEN[k + 1]
            rng.shuffle(lopend)
            for plan in lopend[:eruit]:
                plan.eind = dag_tussen(rng, na, voor)
                plan.spoor, plan.reden = vertrek.pop()
            klaar += lopend[:eruit]
            lopend = lopend[eruit:]
            lopend += [_Plan(startdag(rng, na, voor)) for _ in range(erin)]
        sporen = [
            spoor
            for spoor, aantal in zip(SPOREN, self._sporen[gemeente], strict=True)
            for _ in range(aantal)
        ]
        rng.shuffle(sporen)
        for plan, spoor in zip(lopend, sporen, strict=True):
            plan.spoor = spoor
        return klaar + lopend

    def _oude_start(self) -> date:
        dagen = 6 + int(min(self._rng.expovariate(1 / 1300), 4500))
        return naast_kwartaaleinde(_DAGEN[0] - timedelta(days=dagen))

    def _client(
        self, plan: _Plan, keus: list[Persoon], bezet: set[str], gemeente: str
    ) -> Persoon:
        """Return someone between 18 and pension age whose household has none yet."""
        rng = self._rng
        laatst = jaren_later(plan.start, -18) - timedelta(days=40)
        tot = plan.eind or _DAGEN[-1]
        vroegst = tot - _PENSIOEN + timedelta(days=60)
        if plan.reden == "pensioen":
            geboren = tot - _PENSIOEN + timedelta(days=rng.randint(-20, 20))
            geboren = min(geboren, laatst)
        else:
            if plan.reden != "verhuizing" and rng.random() < 0.34:
                for i, ander in enumerate(keus):
                    past = vroegst < ander.geboortedatum < laatst
                    if past and ander.huishouden.sleutel not in bezet:
                        return keus.pop(i)
            geboren = vroegst + timedelta(days=rng.randint(0, (laatst - vroegst).days))
        huishouden = self._bevolking.huishouden(gemeente)
        return self._bevolking.persoon(huishouden, geboren)

    def _uitkering(self, client: Persoon, plan: _Plan) -> Uitkering:
        aanvraag = plan.start - timedelta(days=20)
        return Uitkering(
            client, plan.spoor, plan.start, plan.eind,
            geregistreerd(self._rng, aanvraag, plan.start), plan.reden,
        )  # fmt: skip

    def _maak_trajecten(self, gemeente: str, uitkeringen: list[Uitkering]) -> None:
        """Spread the published costs, to the cent, over clients of that track."""
        rng = self._rng
        bedragen = self._gepubliceerd["naar_werk"][gemeente]
        for i, spoor in enumerate(SPOREN):
            mensen = [u for u in uitkeringen if u.spoor == spoor]
            aantal = round(bedragen["personen"][i] * _RIJEN_PER_TRAJECT[spoor])
            for deel in _delen(rng, bedragen["trajectkosten"][i] * 100, aantal):
                uitkering = rng.choice(mensen)
                van = max(uitkering.start, date(2017, 1, 4))
                tot = uitkering.eind or date(2017, 12, 28)
                dag = van + timedelta(days=rng.randint(0, max(0, (tot - van).days)))
                self.trajecten.append(
                    Traject(uitkering.client, spoor, naast_kwartaaleinde(dag), deel, 0)
                )
            werkenden = [u for u in mensen if u.reden_einde == WERK]
            subsidie = bedragen["loonkostensubsidie"][i] * 100
            for deel in _delen(rng, subsidie, len(werkenden)) if subsidie else ():
                uitkering = werkenden.pop()
                laatste = uitkering.eind or _DAGEN[-1]
                dag = min(laatste + timedelta(days=28), date(2017, 12, 28))
                self.trajecten.append(
                    Traject(uitkering.client, spoor, naast_kwartaaleinde(dag), 0, deel)
                )


def _delen(rng: Random, totaal: int, aantal: int) -> list[int]:
    """Split an amount at random into whole cents."""
    return verdeel(totaal, [rng.gammavariate(2.0, 1.0) for _ in range(aantal)])
