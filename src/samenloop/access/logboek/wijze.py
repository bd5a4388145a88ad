"""How somebody came at personal data, or did not."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Wijze(TextChoices):
    """How deep a look went is `Diepte`; this is what kind of act it was."""

    GEVONDEN = "gevonden", _("found in a search")
    GEOPEND = "geopend", _("opened")
    GEWIJZIGD = "gewijzigd", _("changed")
    GEWEIGERD = "geweigerd", _("look refused")
    VERSTREKT = "verstrekt", _("handed out")
    VERNIETIGD = "vernietigd", _("destroyed")
