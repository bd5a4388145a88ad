"""The list of who takes part, as pages show it, and who can be let in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access.models import Aanstelling, Organisatie
from samenloop.access.rollen import Rol
from samenloop.core import klok, lezing
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Gezag, Gezinslid, Persoon, Toestemming
from samenloop.personen.toestemming import CATEGORIEEN
from samenloop.plannen import gronden, namen, rechten, toegang
from samenloop.plannen.models import (
    LEIDEND,
    Aanleiding,
    Beperking,
    Deel,
    Deelname,
    Deelnemersrol,
    Dossier,
    Herbeoordeling,
)
from samenloop.plannen.rechten import Recht, Regime, Uitoefening


@dataclass(frozen=True, slots=True)
class Deelnemer:
    """One participation as one reads it."""

    deelname: Deelname
    naam: str
    delen: list[str]
    grond: str
    dicht: list[str] = field(default_factory=list)
    beperking: Beperking | None = None
    einde: str = ""

    @property
    def leidt(self) -> bool:
        """Whether it sees all because it directs."""
        return Deelnemersrol(self.deelname.rol) in LEIDEND

    @property
    def rol(self) -> str:
        """What somebody is, in own words when there are."""
        return self.deelname.hoedanigheid or str(self.deelname.get_rol_display())


@dataclass(frozen=True, slots=True)
class Lijst:
    """Who takes part now, and who did."""

    nu: list[Deelnemer]
    eerder: list[Deelnemer]


def of(dossier: Dossier) -> Lijst:
    """Return the list of a dossier, in a fixed number of statements."""
    rijen = everybody(dossier)
    moment = klok.now()
    beperkingen = [b for b in restricted(dossier) if gronden.restricts(b, moment)]
    if beperkingen or any(rij.toestemming_id or rij.gezag_over_id for rij in rijen):
        lopend = toegang.running(moment).filter(dossier=dossier)
        loopt = set(lopend.values_list("pk", flat=True))
    else:  # nothing but its own time ends it
        loopt = {rij.pk for rij in rijen if rij.van <= moment and _not_over(rij)}
    wie = namen.of(rijen)
    nu: list[Deelnemer] = []
    eerder: list[Deelnemer] = []
    for rij in rijen:
        beperking = next((b for b in beperkingen if _same(b, rij)), None)
        # Of who is shut out of everything nothing runs, yet the director must see it.
        open_ = rij.pk in loopt or (beperking is not None and _not_over(rij))
        (nu if open_ else eerder).append(_row(rij, wie[rij.pk], beperking))
    volgorde = list(Deelnemersrol)
    nu.sort(key=lambda rij: (volgorde.index(Deelnemersrol(rij.deelname.rol)), rij.naam))
    eerder.sort(key=lambda rij: rij.deelname.tot or klok.now(), reverse=True)
    return Lijst(nu, eerder)


class NaamBezet(SamenloopFout, ValueError):
    """Somebody of this name takes part in the dossier already, or did."""

    melding = gettext_lazy(
        "Somebody of this name takes part, or did. Add a last name, so that we can "
        "tell them apart."
    )


def require_new_name(dossier: Dossier, naam: str) -> None:
    """Refuse a second somebody of one name: whom we know by name only, is that name.

    Raises:
        NaamBezet: the name takes part in this dossier, or did.
    """
    if Deelname.objects.filter(dossier=dossier, naam__iexact=naam).exists():
        raise NaamBezet()


@lezing.once
def everybody(dossier: Dossier) -> list[Deelname]:
    """Return all participations in a dossier, ended ones too, as they began."""
    return list(
        Deelname.objects.filter(dossier=dossier).select_related(
            "toestemming__persoon", "gezag_over"
        )
    )


@lezing.once
def restricted(dossier: Dossier) -> list[Beperking]:
    """Return all restrictions in a dossier, ended ones too."""
    return list(Beperking.objects.filter(dossier=dossier))


def _same(beperking: Beperking, rij: Deelname) -> bool:
    return (
        beperking.account == rij.account
        and beperking.organisatie_id == rij.organisatie_id
        and beperking.persoon_id == rij.persoon_id
        and beperking.naam == rij.naam
    )


def _not_over(rij: Deelname) -> bool:
    return rij.tot is None or rij.tot > klok.now()


def _row(rij: Deelname, naam: str, beperking: Beperking | None) -> Deelnemer:
    leidt = Deelnemersrol(rij.rol) in LEIDEND
    dicht = set(beperking.delen) if beperking and not leidt else set()
    if rij.reden_einde or _not_over(rij):
        einde = rij.reden_einde
    else:
        einde = _("the time agreed was over")
    return Deelnemer(
        rij,
        naam,
        [str(Deel(d).label) for d in rij.delen if d not in dicht],
        ground(rij),
        [str(Deel(d).label) for d in rij.delen if d in dicht],
        beperking if dicht else None,
        einde,
    )


def ground(rij: Deelname) -> str:
    """Return in words what a participation rests on."""
    if rij.toestemming is not None:
        return _("consent of %(wie)s, %(dag)s") % {
            "wie": rij.toestemming.persoon.volledige_naam,
            "dag": date_format(rij.toestemming.gegeven_op, "j F Y"),
        }
    if rij.toestemming_id is not None:
        return _("consent that is no longer kept")
    if rij.gezag_over is not None:
        return _("gezag over %(wie)s") % {"wie": rij.gezag_over.volledige_naam}
    return rij.grond


def members(dossier: Dossier) -> list[Persoon]:
    """Return whom the dossier is about today, the one it was opened for first."""
    wie = {dossier.betrokkene_id: dossier.betrokkene}
    if dossier.gezin_id:
        for lid in (
            Gezinslid.objects.current()
            .in_force(klok.today())
            .filter(gezin=dossier.gezin_id)
            .select_related("persoon")
            .order_by("persoon__geboortedatum", "persoon")
        ):
            wie.setdefault(lid.persoon_id, lid.persoon)
    return list(wie.values())


def colleagues(gemeente: str) -> list[tuple[str, str]]:
    """Return who works for the municipality with dossiers, for a list of choices."""
    return [
        (str(account), naam)
        for account, naam in Aanstelling.objects.current()
        .filter(
            gemeente=gemeente,
            rol__in=[Rol.CONSULENT, Rol.REGISSEUR],
            gebruiker__is_active=True,
        )
        .order_by("gebruiker__naam", "gebruiker")
        .distinct()
        .values_list("gebruiker", "gebruiker__naam")
    ]


def organisations(gemeente: str) -> list[tuple[str, str]]:
    """Return the organisations that work in a municipality."""
    return [
        (str(pk), naam)
        for pk, naam in Organisatie.objects.filter(
            Q(gemeenten__contains=[gemeente]), actief=True
        )
        .order_by("naam")
        .values_list("pk", "naam")
    ]


def consents(dossier: Dossier, wie: Iterable[Persoon]) -> list[tuple[str, str]]:
    """Return the consent of these people that holds today."""
    return [
        (
            str(rij.pk),
            _("%(wie)s: %(wat)s, %(dag)s")
            % {
                "wie": rij.persoon.volledige_naam,
                "wat": CATEGORIEEN.get(rij.categorie, rij.categorie),
                "dag": date_format(rij.gegeven_op, "j F Y"),
            },
        )
        for rij in Toestemming.objects.in_force(klok.today())
        .filter(persoon__in=list(wie), gemeente=dossier.gemeente_id)
        .select_related("persoon")
        .order_by("persoon", "-gegeven_op", "pk")
    ]


def holders(minderjarigen: Iterable[Persoon]) -> list[Gezag]:
    """Return who has gezag today over minors of the dossier."""
    return list(
        gronden.gezag_holds(klok.today())
        .filter(minderjarige__in=list(minderjarigen), houder__isnull=False)
        .select_related("houder", "minderjarige")
        .order_by("minderjarige__geboortedatum", "houder__sorteernaam", "pk")
    )


@dataclass(frozen=True, slots=True)
class TeHerzien:
    """One thing to look at again, with what it is about in words."""

    rij: Herbeoordeling
    wat: str


def to_review(rijen: Iterable[Herbeoordeling]) -> list[TeHerzien]:
    """Return what these are about, in a fixed number of statements."""
    alle = list(rijen)
    wie = namen.of(
        each for rij in alle for each in (rij.deelname, rij.beperking) if each
    )
    lijst = []
    for rij in alle:
        if rij.deelname is not None:
            wat = _("what %(wie)s sees: ask %(van)s whether it stays so")
            wat %= {"wie": wie[rij.deelname.pk], "van": rij.persoon.volledige_naam}
        elif rij.aanleiding == Aanleiding.GROND_WEG:
            wat = _("the plan: on what ground does it go on?")
        elif rij.toestemming is not None:
            wat = _("consent about %(wat)s: ask who decides now whether it stays")
            wat %= {
                "wat": CATEGORIEEN.get(
                    rij.toestemming.categorie, rij.toestemming.categorie
                )
            }
        elif rij.beperking is not None:
            wat = _("what is closed to %(wie)s: renew it, or it ends after %(dag)s")
            wat %= {
                "wie": wie[rij.beperking.pk],
                "dag": date_format(rij.beperking.herzien_op, "j F Y"),
            }
        else:
            wat = _("the dossier as a whole")
        lijst.append(TeHerzien(rij, wat))
    return lijst


@dataclass(frozen=True, slots=True)
class Tekent:
    """Who consents and signs for a member of the family, per law."""

    persoon: Persoon
    leeftijd: int | None
    per_wet: list[tuple[str, str, Uitoefening]]


def who_signs(wie: Iterable[Persoon], op: date) -> list[Tekent]:
    """Return for the minors among these who consents and signs under which law.

    Of an adult it is the adult, which needs no line.
    """
    lijst = []
    for persoon in wie:
        gevonden = [
            (label, rechten.who(Recht.TOESTEMMING, regime, persoon, op))
            for regime, label in (
                (Regime.JEUGDWET, _("youth care (Jeugdwet)")),
                (Regime.WMO, _("support (Wmo)")),
                (Regime.HERGEBRUIK, _("the plan over several laws")),
                (Regime.ALGEMEEN, _("other data (UAVG)")),
            )
        ]
        leeftijd = gevonden[0][1].leeftijd
        if leeftijd is None or leeftijd >= gronden.MEERDERJARIG:
            continue
        bekend = namen.people(
            {houder for _label, recht in gevonden for houder in recht.houders}
        )
        lijst.append(
            Tekent(
                persoon,
                leeftijd,
                [(label, _in_words(persoon, r, bekend), r) for label, r in gevonden],
            )
        )
    return lijst


def _in_words(persoon: Persoon, recht: Uitoefening, bekend: dict[UUID, str]) -> str:
    wie = [persoon.volledige_naam] if recht.zelf else []
    wie += [bekend.get(houder, "") for houder in recht.houders]
    if recht.instelling:
        wie.append(recht.instelling)
    wie = [naam for naam in wie if naam]
    if not recht.is_known:
        wie.append(_("nobody with gezag is known: find out first"))
    return ", ".join(wie)
