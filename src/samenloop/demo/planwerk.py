"""The plan of a case in the demo region: drawn up, signed, evaluated.

Helpers are let in for their own part, goals come from `casusverhalen`, and what was
signed becomes tasks by itself, as in earnest.
"""

from datetime import timedelta
from uuid import UUID

from samenloop.core import klok
from samenloop.demo import casusverhalen as verhaal
from samenloop.demo.casusverhalen import Afgesproken
from samenloop.demo.casuswerk import Casuswerk
from samenloop.demo.levensloop import Moment
from samenloop.personen.models import Toestemming
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.plannen.plan import evaluaties, opbouw, tekenen, versies
from samenloop.plannen.plan import grond as plangrond
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Plan
from samenloop.plannen.plan.models.versie import Planversie, Tekenwijze
from samenloop.plannen.plan.models.werkplan import Doelstand, Grond
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie.models import Stap, Stapstand
from samenloop.regie.taken.opdragen import Uitvoerder

_Staat = Stapstand.Staat
_HELPER = (Deel.EIGEN_DEEL,)


class Planwerk(Casuswerk):
    """The plan of one case."""

    def _draw_up(self, _moment: Moment) -> None:
        Toestemming.objects.get_or_create(
            persoon_id=self._dossier.betrokkene_id,
            gemeente_id=self._dossier.gemeente_id,
            categorie=plangrond.CATEGORIE,
            defaults={
                "doel": plangrond.CATEGORIE,
                "gegeven_op": klok.today(),
                "wijze": "schriftelijk",
                "vastgelegd_door": self._door.id,
            },
        )
        plan = open_plan(self._dossier) or self._open_plan()
        if plan is None:
            return
        for doel in self._thema.doelen:
            rij = opbouw.add(plan, "doel")
            Doelstelling.objects.filter(pk=rij.pk).update(
                tekst=doel.tekst,
                voor=self._member(doel.voor),
                van_wie="het gezin" if doel.voor == "gezin" else "",
            )
            for each in doel.activiteiten:
                self._activity(plan, rij.pk, each)
        versies.make(plan, door=self._door)
        self._step(Stap.PLAN, _Staat.BEZIG, "Voorgelegd aan het gezin")

    def _open_plan(self) -> Plan | None:
        try:
            return plangrond.open_plan(
                self._dossier, grond=Grond.TOESTEMMING, door=self._door
            )
        except plangrond.PlanBestaat:
            # The family has a plan in another dossier: one family, one plan.
            return None

    def _activity(self, plan: Plan, doel: UUID, each: Afgesproken) -> None:
        rij = opbouw.add(plan, "activiteit", ouder=doel)
        deelname = self._helper(each.wie)
        Activiteit.objects.filter(pk=rij.pk).update(
            wat=each.wat,
            uitvoerder=deelname,
            wie="" if deelname else "het gezin zelf",
            soort=each.soort,
            van=klok.today() + timedelta(weeks=each.van),
            tot=klok.today() + timedelta(weeks=each.tot),
            oplevert=each.oplevert,
        )

    def _helper(self, wie: str) -> Deelname | None:
        """Return who does it; a helper is let in for the own part of the plan."""
        lopend = toegang.running().filter(dossier=self._dossier)
        if wie == "ouder":
            return None
        if wie == "regisseur":
            return lopend.filter(account=self._door.account_id).first()
        organisatie = self._organisaties.get(wie)
        naam, als = {
            "oma": ("Oma", verhaal.OMA),
            "vrijwilliger": ("Hans Prins", verhaal.VRIJWILLIGER),
        }.get(wie, ("", ""))
        er_al = (
            lopend.filter(organisatie=organisatie)
            if organisatie
            else lopend.filter(naam=naam)
        ).first()
        return er_al or toegang.give(
            self._dossier,
            rol={
                "oma": Deelnemersrol.NETWERK,
                "vrijwilliger": Deelnemersrol.VRIJWILLIGER,
            }.get(wie, Deelnemersrol.HULPVERLENER),
            door=self._door,
            organisatie=organisatie.pk if organisatie else None,
            naam=naam,
            hoedanigheid=als or (organisatie.contactpersoon if organisatie else ""),
            delen=_HELPER,
            grond=verhaal.GROND,
        )

    def _sign(self, _moment: Moment) -> None:
        plan = open_plan(self._dossier)
        versie = versies.latest(plan) if plan else None
        if plan is None or versie is None or versie.getekend_op is not None:
            return
        al = {stand.tekenaar.sleutel for stand in tekenen.status(versie) if stand[1]}
        for each in versie.tekenaars:
            # One in eight families takes longer: then it waits for a signature.
            if each["sleutel"] in al or self._rng.random() < 0.06:
                continue
            tekenen.sign(
                versie,
                each["sleutel"],
                wijze=Tekenwijze.PAPIER,
                op=klok.today(),
                door=self._door,
            )
        if Planversie.objects.get(pk=versie.pk).getekend_op is None:
            return
        self._step(Stap.PLAN, _Staat.KLAAR, f"Versie {versie.nummer} is getekend")
        self._step(Stap.REGELEN, _Staat.BEZIG, "Onderdelen gaan lopen")
        self._step(Stap.UITVOEREN, _Staat.BEZIG, "De eerste activiteiten begonnen")
        self._step(Stap.VOLGEN, _Staat.BEZIG, "Elke drie weken contact")
        evaluaties.plan_on(plan, klok.today() + timedelta(weeks=14))
        self._wait_for_each_other()

    def _wait_for_each_other(self) -> None:
        """Give a few things that cannot begin before something else is done."""
        eerst = self._give(verhaal.EERST, 14, Uitvoerder(
            persoon=self._dossier.betrokkene_id
        ))  # fmt: skip
        dan = self._give(verhaal.DAN, 42, na=[eerst])
        self._give(verhaal.TENSLOTTE, 90, na=[dan])

    def _evaluate(self, _moment: Moment) -> None:
        plan = open_plan(self._dossier)
        if plan is None or evaluaties.planned(plan) is None:
            return
        standen = [Doelstand.LOOPT, Doelstand.GAAT_GOED, Doelstand.LOOPT_VAST]
        resultaten = {
            doel.pk: (
                "Samen besproken wat lukte en wat nog niet.",
                self._rng.choices(standen, (4, 4, 1))[0],
            )
            for doel in plan.doelen.filter(weg_op__isnull=True)
        }
        evaluaties.hold(
            plan,
            resultaten,
            op=klok.today(),
            door=self._door,
            verslag="Het gezin is tevreden over wat al anders gaat.",
            volgende=klok.today() + timedelta(weeks=14),
        )
