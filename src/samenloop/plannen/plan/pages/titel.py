"""What a page of a plan is called: by its family, or by whom it is about."""

from django.utils.translation import gettext as _

from samenloop.plannen.models import Dossier


def title(dossier: Dossier) -> str:
    """Return of whom the plan is, as a title."""
    if dossier.gezin is not None and dossier.gezin.naam:
        return _("Plan of %(wie)s") % {"wie": dossier.gezin.naam}
    return _("Plan of %(wie)s") % {"wie": dossier.betrokkene.volledige_naam}
