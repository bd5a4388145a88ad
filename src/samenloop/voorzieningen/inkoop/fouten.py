"""What can go wrong with contracts and books of products, in sentences."""

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class OngeldigContract(SamenloopFout, ValueError):
    """A contract, price or ceiling that cannot be; the text says what."""


class PrijsBestaat(SamenloopFout, ValueError):
    """Two prices for one product on one day."""

    melding = _(
        "This product already has a price from that day on. Choose a later first day."
    )


class NietTeLezen(SamenloopFout, ValueError):
    """The file cannot be read as a book of products."""
