"""A case of the demo region, played out through the real functions.

What happens when follows from `levensloop.course`, what is said and agreed from
`casusverhalen`. Nothing is filled in: a plan is put forward, signed and becomes tasks,
a conference opens and closes what it shares, and a case closes with what rests on it,
all by the same functions as in earnest, each at its own moment.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from samenloop.core import klok
from samenloop.demo import afspraken
from samenloop.demo import casusverhalen as verhaal
from samenloop.demo.levensloop import Moment, Wat, course
from samenloop.demo.planwerk import Planwerk
from samenloop.plannen import toegang
from samenloop.plannen.dossier import contacten, gesprekken
from samenloop.plannen.dossier.models import Contactmoment, Uitreiking
from samenloop.plannen.metingen import instrumenten, meten
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.regie import afsluiten, casussen, soort
from samenloop.regie.models import Casus, Stap, Stapstand
from samenloop.regie.overleg import agenda, houden
from samenloop.regie.postvak import lezen, schrijven
from samenloop.regie.taken import doen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder

Planner = Callable[[datetime, Callable[[], None]], None]
_Staat = Stapstand.Staat


class Gezinsleven(Planwerk):
    """One case that takes its course."""

    def plan(self, op: datetime, tot: datetime, plan: Planner) -> None:
        """Plan what happens in it up to now; what comes later is left to the reader."""
        loopt = soort.period(self._casus)
        meervoudig = loopt is not None and loopt.type == soort.MEERVOUDIG
        # Of its own, so that agreeing on an hour changes nothing in how the case goes.
        uren = Random(f"uren/{self._casus.nummer}")  # noqa: S311 (no secret)
        for moment in course(self._rng, meervoudig=meervoudig):
            wanneer = _by_day(op + timedelta(days=moment.dag))
            if moment.wat is not Wat.OPENEN and op < wanneer < tot:
                plan(wanneer, self._doer(moment))
            eerder = afspraken.made_on(moment, wanneer, uren)
            if eerder is not None and op < eerder < tot:
                plan(eerder, self._agree(moment, wanneer))

    def _agree(self, moment: Moment, wanneer: datetime) -> Callable[[], None]:
        def agree() -> None:
            casus = Casus.objects.select_related("dossier").get(pk=self._casus.pk)
            dossier = casus.dossier
            if dossier is None or dossier.gesloten_op is not None:
                return
            if casussen.leads(self._door, casus):
                afspraken.agree(casus, moment, wanneer, self._door)

        return agree

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


def _by_day(moment: datetime) -> datetime:
    """Return the moment within the hours at which people work; order stays order."""
    hier = moment.astimezone(klok.AMSTERDAM)
    middernacht = hier.replace(hour=0, minute=0, second=0, microsecond=0)
    return middernacht + timedelta(hours=8) + (hier - middernacht) * 9 / 24
