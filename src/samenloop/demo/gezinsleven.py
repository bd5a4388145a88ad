"""A case of the demo region, played out through the real functions.

What happens when follows from `levensloop.course`, what is said and agreed from
`casusverhalen`. Nothing is filled in: a plan is put forward, signed and becomes tasks,
a conference opens and closes what it shares, and a case closes with what rests on it,
all by the same functions as in earnest, each at its own moment.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.demo import casusverhalen as verhaal
from samenloop.demo.casusverhalen import THEMAS, Afgesproken, Thema
from samenloop.demo.levensloop import Moment, Wat, course
from samenloop.personen.models import Persoon, Toestemming
from samenloop.plannen import toegang
from samenloop.plannen.dossier import contacten, gesprekken
from samenloop.plannen.dossier.models import Contactmoment, Uitreiking
from samenloop.plannen.metingen import instrumenten, meten
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.plannen.plan import evaluaties, opbouw, tekenen, versies
from samenloop.plannen.plan import grond as plangrond
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Plan
from samenloop.plannen.plan.models.versie import Planversie, Tekenwijze
from samenloop.plannen.plan.models.werkplan import Doelstand, Grond
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie import afsluiten, casussen, soort, stappen
from samenloop.regie.models import Casus, Stap, Stapstand
from samenloop.regie.overleg import agenda, houden
from samenloop.regie.postvak import lezen, schrijven
from samenloop.regie.taken import doen, opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.models import OPEN

Planner = Callable[[datetime, Callable[[], None]], None]
_Staat = Stapstand.Staat
_HELPER = (Deel.EIGEN_DEEL,)


class Gezinsleven:
    """One case from its beginning, with the people who work on it."""

    def __init__(
        self,
        casus: Casus,
        *,
        rng: Random,
        regisseur: Actor,
        collega: Actor,
        organisaties: dict[str, Organisatie],
    ) -> None:
        """Take up a case that was opened; nothing else has happened in it."""
        assert casus.dossier is not None
        self._casus = casus
        self._dossier = casus.dossier
        self._rng = rng
        self._door = regisseur
        self._collega = collega
        self._organisaties = organisaties
        self._thema = _theme(casus)
        self._scores: dict[UUID, int] = {}

    def plan(self, op: datetime, tot: datetime, plan: Planner) -> None:
        """Plan what happens in it up to now; what comes later is left to the reader."""
        loopt = soort.period(self._casus)
        meervoudig = loopt is not None and loopt.type == soort.MEERVOUDIG
        for moment in course(self._rng, meervoudig=meervoudig):
            wanneer = _by_day(op + timedelta(days=moment.dag))
            if moment.wat is not Wat.OPENEN and op < wanneer < tot:
                plan(wanneer, self._doer(moment))

    def _doer(self, moment: Moment) -> Callable[[], None]:
        return lambda: self._happen(moment)

    def _happen(self, moment: Moment) -> None:
        """Let it happen, unless the case was closed or handed over meanwhile."""
        casus = Casus.objects.select_related("dossier").get(pk=self._casus.pk)
        if casus.dossier is None or casus.dossier.gesloten_op is not None:
            return
        self._casus, self._dossier = casus, casus.dossier
        if not casussen.leads(self._door, casus):
            return
        {
            Wat.CONTACT: self._contact,
            Wat.GESPREK: self._conversation,
            Wat.VERSLAG: self._report,
            Wat.PLAN: self._draw_up,
            Wat.TEKENEN: self._sign,
            Wat.METING: self._measure,
            Wat.TAAK: self._task,
            Wat.BERICHT: self._message,
            Wat.OVERLEG: self._conference,
            Wat.EVALUATIE: self._evaluate,
            Wat.SLUITEN: self._close,
        }[moment.wat](moment)

    # --- talking ---------------------------------------------------------------

    def _contact(self, moment: Moment) -> None:
        tekst = (
            self._rng.choice(self._thema.contacten)
            if moment.keer
            else verhaal.KENNISMAKING
        )
        wijzen = Contactmoment.Wijze
        thuis = "uisbezoek" in tekst or "Langs" in tekst
        contacten.note(
            self._dossier,
            contacten.Contact(
                wijze=wijzen.BEZOEK if thuis else wijzen.TELEFOON,
                gebeurd_op=klok.now() - timedelta(minutes=self._rng.randint(5, 90)),
                onderwerp=tekst,
                persoon=self._dossier.betrokkene_id,
            ),
            door=self._door,
        )
        # Who calls offers the conversation that the law asks after an early signal.
        self._met("WGS-VROEGAANBOD")

    def _conversation(self, _moment: Moment) -> None:
        gesprek = gesprekken.begin(self._dossier, door=self._door)
        gesprekken.finish(
            gesprek,
            gesprekken.Verslag(
                gevoerd_op=klok.today().isoformat(),
                plek=gesprekken.Plek.THUIS,
                aanwezig="het gezin en de regisseur",
                gebieden={
                    self._thema.leefgebied: {
                        "verhaal": self._thema.vertelt,
                        "goed": self._thema.goed,
                        "anders": self._thema.anders,
                    }
                },
                kern=self._thema.kern,
                afspraken="Over twee weken bellen; dan ligt er een voorstel.",
                ondersteuning=self._rng.choice(gesprekken.Ondersteuning.values),
                eigen_plan=gesprekken.EigenPlan.GEEN,
            ),
            door=self._door,
            na=0,
        )
        self._step(
            Stap.BEOORDELEN, _Staat.KLAAR, "Gesproken thuis; het verslag ligt er"
        )

    def _report(self, _moment: Moment) -> None:
        gesprek = self._dossier.gesprekken.filter(afgerond_op__isnull=False).first()
        if gesprek is None:
            return
        gesprekken.give(
            gesprek.versies.order_by("-nummer")[0],
            door=self._door,
            gegeven_op=klok.today(),
            wijze=Uitreiking.Wijze.values[0],
            persoon=self._dossier.betrokkene_id,
        )
        if not self._has_plan_step():
            self._step(Stap.REGELEN, _Staat.BEZIG, "Eén vraag, meteen geregeld")
            self._give("Nabellen of het geregeld is", 14)

    def _message(self, _moment: Moment) -> None:
        """Write to the colleague who helps; now and then an answer comes."""
        over, _aan, tekst = self._rng.choice(self._thema.berichten)
        deelname = self._colleague()
        if deelname is None:
            return
        bericht = schrijven.write(
            self._dossier, van=self._door, aan=[deelname], onderwerp=over, tekst=tekst
        )
        if self._rng.random() < 0.6:
            lezen.mark_read(self._collega, bericht.draad)
            schrijven.write(
                self._dossier,
                van=self._collega,
                aan=[bericht.van],
                tekst="Dank, ik neem het mee in het gesprek van deze week.",
                draad=bericht.draad,
            )

    def _colleague(self) -> Deelname | None:
        """Return the colleague who helps in this case, let in the first time."""
        if self._collega.account_id == self._door.account_id:
            return None
        lopend = toegang.running().filter(
            dossier=self._dossier,
            account=self._collega.account_id,
            rol=Deelnemersrol.HULPVERLENER,
        )
        return lopend.first() or toegang.give(
            self._dossier,
            rol=Deelnemersrol.HULPVERLENER,
            door=self._door,
            account=self._collega.account_id,
            hoedanigheid="consulent wijkteam",
            delen=(Deel.EIGEN_DEEL, Deel.TAKEN),
            grond=verhaal.GROND,
        )

    # --- the plan ----------------------------------------------------------------

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

    # --- measuring, doing, conferring, closing ---------------------------------------

    def _measure(self, moment: Moment) -> None:
        instrument = instrumenten.usable(self._dossier.gemeente_id)[0]
        oordelen = {}
        for domein in instrument.domeinen.all():
            vorig = self._scores.get(domein.pk)
            if vorig is None:
                nieuw = self._rng.choices((2, 3, 4, 5), (2, 4, 4, 3))[0]
            else:
                nieuw = vorig + self._rng.choices((-1, 0, 1), (1, 7, 4))[0]
            self._scores[domein.pk] = min(5, max(1, nieuw))
            oordelen[domein.pk] = meten.Oordeel(self._scores[domein.pk])
        meten.measure(
            self._dossier,
            self._dossier.betrokkene_id,
            instrument,
            oordelen,
            op=klok.today(),
            door=self._door,
            met_wie="samen ingevuld" if not moment.keer else "samen besproken",
        )

    def _task(self, _moment: Moment) -> None:
        """Do what is due in three weeks; one in six stays a while and becomes late."""
        taken = Taak.objects.filter(
            casus=self._casus,
            staat=Taak.Staat.OPEN,
            uiterlijk__lte=klok.today() + timedelta(weeks=3),
        )
        for taak in taken.order_by("uiterlijk", "gemaakt_op", "id"):
            if self._rng.random() > 0.16:
                doen.complete(
                    taak, door=self._door, resultaat="Gedaan zoals afgesproken"
                )

    def _conference(self, _moment: Moment) -> None:
        overleg = agenda.plan(
            self._door, gepland_op=klok.now(), minuten=60, plaats="Wijkloket"
        )
        punt = agenda.put_on(
            overleg,
            self._casus,
            vraag=verhaal.OVERLEGVRAAG,
            delen=(Deel.PLAN, Deel.METINGEN, Deel.TAKEN),
            grond=verhaal.GROND,
            door=self._door,
        )
        agenda.invite(
            overleg,
            door=self._door,
            functie="consulent wijkteam",
            account=self._collega.account_id,
            punten=[punt],
        )
        agenda.invite(
            overleg,
            door=self._door,
            functie="jeugdarts",
            naam="Sietske Ploeg",
            email="s.ploeg@ggd.example",
            punten=[punt],
        )
        houden.begin(overleg, door=self._door)
        punt.refresh_from_db()
        houden.write_down(punt, verhaal.BESPROKEN, versie=0, door=self._door)
        for nummer, tekst in enumerate(verhaal.OVERLEGBESLUITEN, start=1):
            houden.decide(
                punt,
                tekst,
                uitvoerder=Uitvoerder(account=self._door.account_id),
                uiterlijk=klok.today() + timedelta(days=7 * nummer),
                door=self._door,
            )
        houden.end(overleg, door=self._door)
        self._step(Stap.OVERLEG, _Staat.KLAAR, "Besproken met wie meehelpt")

    def _close(self, _moment: Moment) -> None:
        # One in three goes on longer than was thought, so there is work for today.
        if self._rng.random() < 0.3:
            return
        for taak in Taak.objects.filter(casus=self._casus, staat=Taak.Staat.OPEN):
            doen.complete(taak, door=self._door, resultaat="Afgerond bij het afsluiten")
        redenen = [reden for reden, _zin in afsluiten.REDENEN[:3]]
        afsluiten.close(
            self._casus,
            reden=self._rng.choice(redenen),
            door=self._door,
            nazorg_op=klok.today() + timedelta(weeks=12),
            toch=True,
        )

    # --- small things --------------------------------------------------------------

    def _give(
        self,
        titel: str,
        dagen: int,
        wie: Uitvoerder | None = None,
        na: Sequence[Taak] = (),
    ) -> Taak:
        return opdragen.give(
            self._casus,
            titel,
            door=self._door,
            uitvoerder=wie or Uitvoerder(account=self._door.account_id),
            uiterlijk=klok.today() + timedelta(days=dagen),
            na=na,
            dagen=max(7, dagen // 3),
        )

    def _met(self, code: str) -> None:
        """Say of a term that it was met; one in twelve was not, and is late."""
        lopend = self._casus.termijnen.filter(soort=code, staat__in=OPEN).first()
        if lopend is not None and self._rng.random() > 0.08:
            lopen.stop(lopend, klok.today(), self._door)

    def _has_plan_step(self) -> bool:
        loopt = soort.period(self._casus)
        return loopt is not None and Stap.PLAN in soort.steps(loopt.type)

    def _step(self, stap: Stap, staat: Stapstand.Staat, reden: str) -> None:
        loopt = soort.period(self._casus)
        if loopt is None or stap not in soort.steps(loopt.type):
            return
        laatste = self._casus.stappen.filter(stap=stap).order_by("-id").first()
        if laatste is None or laatste.staat != staat:
            stappen.move(self._casus, stap, staat, door=self._door, reden=reden)

    def _member(self, wie: str) -> UUID | None:
        """Return the person a goal is for; None is the whole family."""
        if wie == "gezin":
            return None
        if wie == "ouder":
            return self._dossier.betrokkene_id
        kinderen = Persoon.objects.filter(
            pk__in=toegang.persons(self._dossier),
            geboortedatum__gt=klok.today() - timedelta(days=18 * 365),
        )
        kind = kinderen.order_by("geboortedatum", "id").first()
        return kind.pk if kind else self._dossier.betrokkene_id


def _by_day(moment: datetime) -> datetime:
    """Return the moment within the hours at which people work; order stays order."""
    hier = moment.astimezone(klok.AMSTERDAM)
    middernacht = hier.replace(hour=0, minute=0, second=0, microsecond=0)
    return middernacht + timedelta(hours=8) + (hier - middernacht) * 9 / 24


def _theme(casus: Casus) -> Thema:
    """Return what a case is about: the first signal of the melding it came from."""
    gebied = (
        casus.casusmeldingen.order_by("melding__ontstaan_op")
        .values_list("melding__koppelingen__signaal__soort__leefgebied", flat=True)
        .first()
    )
    return THEMAS.get(gebied or "", THEMAS["financien"])
