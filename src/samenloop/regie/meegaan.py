"""What of a dossier goes along to another municipality: of rooms that know no cases.

The family, the plan, measurements, and what was written for the file go with consent.
Notes of one person or a team stay, whatever was agreed: they were never of the file.
What is copied is what holds now; how it came about stays where it was written.
"""

import uuid
from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from samenloop.core import klok
from samenloop.personen import taak
from samenloop.plannen import toegang
from samenloop.plannen.dossier import opbergen
from samenloop.plannen.dossier.models import (
    Bereik,
    Contactmoment,
    Document,
    Documentversie,
    Gesprek,
    Notitie,
)
from samenloop.plannen.metingen.models import Meting
from samenloop.plannen.models import Deelname, Dossier
from samenloop.plannen.plan import grond as plangrond
from samenloop.plannen.plan.models import Plan
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie.overdracht import Grond, Regel, register

M = TypeVar("M", bound=Model)


def register_all() -> None:
    """Let the transfer know of these rooms, the family first."""
    register(_family_lines, _family)
    register(_plan_lines, _plan)
    register(_measurement_lines, _measurements)
    register(_file_lines, _file)
    register(_staying, lambda _van, _naar, _grond: None)


def copy(rij: M, **anders: Any) -> M:
    """Return an unsaved copy of a row with another key."""
    velden = {
        veld.attname: getattr(rij, veld.attname)
        for veld in rij._meta.concrete_fields
        if not veld.primary_key and not {veld.name, veld.attname} & set(anders)
    }
    return type(rij)(**{"pk": uuid.uuid4(), **velden, **anders})


def _because(grond: Grond) -> str:
    return "" if grond.inhoud else _("there is no consent for it")


def _family_lines(dossier: Dossier, grond: Grond) -> Iterator[Regel]:
    yield Regel(_("Whom it is about, kind of case and steps"), 1, True)
    anderen = len(toegang.persons(dossier)) - 1
    if anderen:
        yield Regel(
            _("Other members of the family"), anderen, grond.inhoud, _because(grond)
        )


def _family(van: Dossier, naar: Dossier, grond: Grond) -> None:
    if grond.inhoud:
        taak.take_on(toegang.persons(van), naar.gemeente_id)


def _plan_lines(dossier: Dossier, grond: Grond) -> Iterator[Regel]:
    if open_plan(dossier) is not None:
        yield Regel(_("The plan as it stands now"), 1, grond.inhoud, _because(grond))
        yield Regel(
            _("Earlier versions of the plan and their signatures"),
            1,
            False,
            _("they were signed here; the family signs again there"),
        )


def _plan(van: Dossier, naar: Dossier, grond: Grond) -> None:
    """Close the plan here, and open the same one there when there is consent."""
    plan = open_plan(van)
    if plan is None:
        return
    plangrond.close(plan, reden="Overgedragen aan een andere gemeente")
    if not grond.inhoud:
        return
    nieuw = copy(
        plan, dossier=naar, geopend_op=klok.today(), gesloten_op=None, grond_door=None
    )
    nieuw.save(force_insert=True)
    _goals(plan, nieuw)
    for afspraak in plan.afspraken.filter(weg_op__isnull=True):
        copy(afspraak, plan=nieuw).save(force_insert=True)


def _goals(plan: Plan, nieuw: Plan) -> None:
    for doel in plan.doelen.filter(weg_op__isnull=True):
        nieuw_doel = copy(doel, plan=nieuw)
        nieuw_doel.save(force_insert=True)
        activiteiten = doel.activiteiten.filter(weg_op__isnull=True)
        for activiteit in activiteiten.select_related(
            "uitvoerder__organisatie", "uitvoerder__persoon"
        ):
            # Who did it takes no part there; their name says who it was.
            copy(
                activiteit,
                doelstelling=nieuw_doel,
                uitvoerder=None,
                wie=activiteit.wie or _name(activiteit.uitvoerder),
            ).save(force_insert=True)


def _name(deelname: Deelname | None) -> str:
    if deelname is None:
        return ""
    if deelname.organisatie is not None:
        return str(deelname.organisatie.naam)
    if deelname.persoon is not None:
        return deelname.persoon.volledige_naam
    return deelname.naam or deelname.hoedanigheid


def _measured(dossier: Dossier) -> QuerySet[Meting]:
    return Meting.objects.filter(
        dossier=dossier, correctie__isnull=True, instrument__gemeente__isnull=True
    )


def _measurement_lines(dossier: Dossier, grond: Grond) -> Iterator[Regel]:
    if aantal := _measured(dossier).count():
        yield Regel(_("Measurements"), aantal, grond.inhoud, _because(grond))
    eigen = Meting.objects.filter(
        dossier=dossier, correctie__isnull=True, instrument__gemeente__isnull=False
    ).count()
    if eigen:
        yield Regel(
            _("Measurements with an instrument of our own"),
            eigen,
            False,
            _("the other municipality does not have that instrument"),
        )


def _measurements(van: Dossier, naar: Dossier, grond: Grond) -> None:
    if not grond.inhoud:
        return
    for meting in _measured(van).prefetch_related("scores"):
        nieuw = copy(meting, dossier=naar, corrigeert=None)
        nieuw.save(force_insert=True)
        for score in meting.scores.all():
            copy(score, meting=nieuw).save(force_insert=True)


def _contacts(dossier: Dossier) -> QuerySet[Contactmoment]:
    return Contactmoment.objects.filter(dossier=dossier, verbeterd_door__isnull=True)


def _notes(dossier: Dossier) -> QuerySet[Notitie]:
    return Notitie.objects.filter(dossier=dossier, verbeterd_door__isnull=True)


def _reports(dossier: Dossier) -> QuerySet[Gesprek]:
    return Gesprek.objects.filter(dossier=dossier, afgerond_op__isnull=False)


def _clean(document: Document) -> Documentversie | None:
    laatste = document.versies.order_by("-nummer").first()
    if laatste is None or laatste.scan != Documentversie.Scan.SCHOON:
        return None
    return laatste


def _file_lines(dossier: Dossier, grond: Grond) -> Iterator[Regel]:
    van_dossier = _notes(dossier).filter(bereik=Bereik.DOSSIER).count()
    for wat, aantal in (
        (_("Contacts"), _contacts(dossier).count()),
        (_("Conversation reports"), _reports(dossier).count()),
        (_("Notes for the file"), van_dossier),
    ):
        if aantal:
            yield Regel(wat, aantal, grond.inhoud, _because(grond))
    documenten = list(Document.objects.filter(dossier=dossier))
    schoon = sum(_clean(document) is not None for document in documenten)
    if schoon:
        yield Regel(
            _("Documents, in their last version"), schoon, grond.inhoud, _because(grond)
        )
    if len(documenten) > schoon:
        yield Regel(
            _("Documents that were not scanned or found clean"),
            len(documenten) - schoon,
            False,
            _("a file that may do harm is not sent"),
        )
    eigen = _notes(dossier).exclude(bereik=Bereik.DOSSIER).count()
    if eigen:
        yield Regel(
            _("Notes of one person or a team"),
            eigen,
            False,
            _("they are no part of the file"),
        )


def _file(van: Dossier, naar: Dossier, grond: Grond) -> None:
    if not grond.inhoud:
        return
    for rij in (*_contacts(van), *_notes(van).filter(bereik=Bereik.DOSSIER)):
        copy(rij, dossier=naar, verbetert=None).save(force_insert=True)
    for gesprek in _reports(van):
        laatste = gesprek.versies.order_by("-nummer").first()
        nieuw = copy(gesprek, dossier=naar)
        nieuw.save(force_insert=True)
        if laatste is not None:
            copy(laatste, gesprek=nieuw, nummer=1).save(force_insert=True)
    for document in Document.objects.filter(dossier=van):
        versie = _clean(document)
        if versie is not None:
            _document(document, versie, naar)


def _document(document: Document, versie: Documentversie, naar: Dossier) -> None:
    """Give the other municipality a file of its own: each is destroyed by itself."""
    opgeborgen = opbergen.put([opbergen.read(versie)])
    nieuw = copy(document, dossier=naar)
    nieuw.save(force_insert=True)
    copy(versie, document=nieuw, nummer=1, opslag=opgeborgen.opslag).save(
        force_insert=True
    )


def _staying(dossier: Dossier, grond: Grond) -> Iterator[Regel]:
    """Say what never goes, so that nobody thinks it was forgotten."""
    yield Regel(
        _("Tasks, terms and messages"),
        0,
        False,
        _("they were given here; the other municipality gives its own"),
    )
    yield Regel(
        _("Who took part, and who looked"),
        0,
        False,
        _("rights end here, and the log stays where was looked"),
    )
