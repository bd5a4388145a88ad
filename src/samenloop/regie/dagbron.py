"""What cases bring to the day: aftercare that is due, and work that nobody has."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.regie import afsluiten, casussen, lijst, regisseurs
from samenloop.regie.mijn_dag import Gewicht, Punt

MEESTE = 20


def points(actor: Actor) -> Iterator[Punt]:
    """Yield aftercare to do, and how many cases wait for a director."""
    if besluiten.may(actor, Handeling.CASUS_VOEREN):
        yield from _aftercare(actor)
    if regisseurs.may_take_up(actor) or regisseurs.divides(actor):
        yield from _nobodys(actor)


def _aftercare(actor: Actor) -> Iterator[Punt]:
    vandaag = klok.today()
    eigen = casussen.visible_to(actor, Diepte.WAT).values("pk")
    for casus in (
        afsluiten.aftercare_due(actor.gemeente, vandaag)
        .filter(pk__in=eigen)
        .select_related("dossier__gezin", "betrokkene")[:MEESTE]
    ):
        dag = casus.nazorg_tot or vandaag
        laat = dag < vandaag
        yield Punt(
            gewicht=Gewicht.TE_LAAT if laat else Gewicht.VANDAAG,
            kleur="gevaar" if laat else "letop",
            icoon="letop",
            staat=_("since %(dag)s") % {"dag": formats.date_format(dag, "j b")}
            if laat
            else _("today"),
            wat=_("Ask how it goes: %(wie)s") % {"wie": lijst.title(casus)},
            waarom=_("Aftercare was agreed when the case was closed."),
            adres=reverse("casus", args=[casus.pk]),
            knop=_("To the case"),
        )


def _nobodys(actor: Actor) -> Iterator[Punt]:
    n = casussen.visible_to(actor).filter(wacht_op_regisseur=True).count()
    if n:
        yield Punt(
            gewicht=Gewicht.WACHT_OP_MIJ,
            kleur="letop",
            icoon="letop",
            staat=_("nobody yet"),
            wat=ngettext(
                "%(n)s case has no director", "%(n)s cases have no director", n
            )
            % {"n": n},
            waarom=_("A family waits until somebody directs."),
            adres=f"{reverse('casussen')}?wie=niemand",
            knop=_("See the cases"),
        )
