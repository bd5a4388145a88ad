"""What differs between two versions of a rule, field by field, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.signalen.regels.invoer import in_words
from samenloop.signalen.regels.models import Regelversie


@dataclass(frozen=True, slots=True)
class Verschil:
    """One thing, as it was and as it is."""

    wat: str | Promise
    was: str
    wordt: str

    @property
    def is_anders(self) -> bool:
        """Whether they differ."""
        return self.was != self.wordt


def compare(was: Regelversie, wordt: Regelversie) -> list[Verschil]:
    """Everything a version says, old beside new."""
    return [
        Verschil(wat, oud, nieuw)
        for (wat, oud), (_wat, nieuw) in zip(_says(was), _says(wordt), strict=True)
    ]


def _says(versie: Regelversie) -> list[tuple[str | Promise, str]]:
    ja, nee = _("yes"), _("no")
    return [
        (gettext_lazy("Name"), versie.naam),
        (gettext_lazy("Why this rule?"), versie.waarom),
        (gettext_lazy("If"), in_words(versie)),
        (gettext_lazy("As an expression"), versie.uitdrukking),
        (gettext_lazy("Adds to the weight"), str(versie.gewicht)),
        (gettext_lazy("Label"), versie.label),
        (gettext_lazy("Links signals of the family"), ja if versie.koppelt else nee),
        (gettext_lazy("Looks over laws"), ja if versie.over_wetten else nee),
        (gettext_lazy("Ground"), versie.grond),
    ]


def in_a_sentence(was: Regelversie, wordt: Regelversie) -> str:
    """The most important changes, for under the outcome of a dry run."""
    delen = []
    if was.gewicht != wordt.gewicht:
        delen.append(
            _("the weight goes from %(old)s to %(new)s")
            % {"old": was.gewicht, "new": wordt.gewicht}
        )
    if was.uitdrukking != wordt.uitdrukking:
        delen.append(_("the condition changes"))
    if was.over_wetten != wordt.over_wetten:
        delen.append(
            _("it may look over laws")
            if wordt.over_wetten
            else _("it may no longer look over laws")
        )
    return ", ".join(delen)
