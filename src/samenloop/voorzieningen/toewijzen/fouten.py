"""What can go wrong with applications and allocations, in sentences one can act on."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class NietNu(SamenloopFout, ValueError):
    """It was decided, withdrawn or answered already."""

    melding = _("This was dealt with meanwhile. Look at it again.")


class Onvolledig(SamenloopFout, ValueError):
    """Something the law or the standard asks is missing; the text says what."""


class Stapelt(SamenloopFout, ValueError):
    """The same product, or its category, is allocated to this provider already."""

    melding = _(
        "This provider already has this product or category in these days. Change that "
        "allocation, or choose other days."
    )


class MoetVerlengen(SamenloopFout, ValueError):
    """The same volume goes on: the standard asks to lengthen (OP380)."""

    melding = _(
        "The same volume goes on without a break and the allocation has not ended yet. "
        "Lengthen that one instead of giving a new one."
    )

    def __init__(self, toewijzing: UUID | None = None) -> None:
        self.toewijzing = toewijzing
        super().__init__()


class PgbLoopt(SamenloopFout, ValueError):
    """Budget and care in kind for one product do not go together (OP043)."""

    melding = _(
        "A personal budget and care in kind for the same product cannot run in the "
        "same days. End the one before the other begins."
    )


class NietToegestaan(SamenloopFout, ValueError):
    """Another change than the standard permits (OP033x1, OP257)."""

    melding = _(
        "An allocation can only be made longer, shorter, larger or smaller in total, "
        "or be removed. For another volume: end it and give a new one."
    )


class AlGedeclareerd(SamenloopFout, ValueError):
    """Removing would take away the ground of what was invoiced (TR385)."""

    melding = _(
        "Care under this allocation was invoiced and granted. End it instead of "
        "removing it, or let the provider credit it first."
    )


class BuitenContract(SamenloopFout, ValueError):
    """There is no contract with this product at this provider on these days."""

    melding = _("This provider has no contract for this product on the first day.")


class BovenMaximum(SamenloopFout, ValueError):
    """More than the contract allows for one client."""

    melding = _("This is more than the contract allows for one client.")


class GeenStart(SamenloopFout, ValueError):
    """What should end or be taken back never began."""

    melding = _("There is no care in hand to which this belongs.")


class LooptAl(SamenloopFout, ValueError):
    """Care began already and did not end."""

    melding = _("This care already runs.")
