"""Facts about a person in words, for the templates."""

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access import doelen
from samenloop.personen.models import Adres, Geslacht, Gezag, GezagSoort, Persoon
from samenloop.personen.toestemming import CATEGORIEEN, Toestemming, Wijze

register = template.Library()

_GESLACHT: dict[str, Promise] = {
    Geslacht.MAN: gettext_lazy("man"),
    Geslacht.VROUW: gettext_lazy("woman"),
    Geslacht.NIET_GESPECIFICEERD: gettext_lazy("not specified"),
}
_WIJZE: dict[str, Promise] = {
    Wijze.MONDELING: gettext_lazy("orally"),
    Wijze.SCHRIFTELIJK: gettext_lazy("in writing"),
    Wijze.DIGITAAL: gettext_lazy("digitally"),
}


@register.filter
def geslacht(persoon: Persoon) -> str:
    """The sex in a word."""
    return str(_GESLACHT.get(persoon.geslacht, _("unknown")))


@register.filter
def in_een_regel(adres: Adres) -> str:
    """An address as one writes it; what is not known is left out."""
    straat = " ".join(
        str(deel)
        for deel in (adres.straat, adres.huisnummer, adres.huisnummertoevoeging)
        if deel
    )
    plaats = " ".join(deel for deel in (adres.postcode, adres.woonplaats) if deel)
    return ", ".join(deel for deel in (straat, plaats) if deel) or _("unknown")


@register.filter
def houder(gezag: Gezag) -> str:
    """Who has gezag, and as what."""
    if gezag.houder is None:
        return gezag.instelling or _("certified institution")
    soort = _("guardian") if gezag.soort == GezagSoort.VOOGD else _("parent")
    return f"{gezag.houder.volledige_naam}, {soort}"


@register.filter
def welke(toestemming: Toestemming) -> str:
    """The data that consent is about."""
    return str(CATEGORIEEN.get(toestemming.categorie, toestemming.categorie))


@register.filter
def hoe(toestemming: Toestemming) -> str:
    """How consent was given."""
    return str(_WIJZE.get(toestemming.wijze, toestemming.wijze))


@register.filter
def geldt_op(toestemming: Toestemming, dag: date) -> bool:
    """Whether consent holds on a day."""
    return toestemming.holds(dag)


@register.filter
def in_woorden(doel: str) -> str:
    """A purpose in words."""
    return doelen.label(doel)
