"""Where a message stands, and which of those ends its way.

The words stand in the database and in one place on each page; who asks what is still to
be done asks it here.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Richting(models.TextChoices):
    """Which way a message goes."""

    IN = "in", _("from a provider")
    UIT = "uit", _("from us")


class Staat(models.TextChoices):
    """Where a message stands; the first six come in, the others go out."""

    ONTVANGEN = "ontvangen", _("received, not yet handled")
    WACHT = "wacht", _("waits for a message that belongs before it")
    VERWERKT = "verwerkt", _("handled")
    AFGEKEURD = "afgekeurd", _("refused")
    DUBBEL = "dubbel", _("came before")
    APART = "apart", _("set apart, cannot be read")
    WEGGELEGD = "weggelegd", _("thrown away after a look")
    TEGENGEHOUDEN = "tegengehouden", _("held back by our own check")
    KLAAR = "klaar", _("ready to go out")
    VERZONDEN = "verzonden", _("sent")
    BEVESTIGD = "bevestigd", _("received without faults")
    VERVANGEN = "vervangen", _("sent anew with another message")


INKOMEND = (
    Staat.ONTVANGEN,
    Staat.WACHT,
    Staat.VERWERKT,
    Staat.AFGEKEURD,
    Staat.DUBBEL,
    Staat.APART,
    Staat.WEGGELEGD,
)
UITGAAND = (
    Staat.TEGENGEHOUDEN,
    Staat.KLAAR,
    Staat.VERZONDEN,
    Staat.BEVESTIGD,
    Staat.AFGEKEURD,
    Staat.VERVANGEN,
)
# Of ours, what the other side has or will have: not what was held back or refused.
GEGAAN = (Staat.KLAAR, Staat.VERZONDEN, Staat.BEVESTIGD)
# These do not hold the number that their sender gave: it is not known what they are,
# it is known from another row, or they count as never sent.
ZONDER_EIGEN_NUMMER = (Staat.DUBBEL, Staat.APART, Staat.WEGGELEGD, Staat.AFGEKEURD)
