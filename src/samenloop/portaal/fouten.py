"""What can go wrong at the entrance, each with a sentence for who stands there."""

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class LinkDicht(SamenloopFout):
    """The link opens nothing: unknown, used, withdrawn, too old or tried too often."""

    melding = _(
        "This link does not work any more. Ask the person who sent it for a new one."
    )


class VerkeerdeCode(SamenloopFout):
    """Not the code that was told; it counts."""

    melding = _(
        "This code is not right. Look at it again. After five wrong codes the link "
        "stops working."
    )


class InlognaamBezet(SamenloopFout):
    """Another entrance has this name already."""

    melding = _("Choose another name to sign in with. This one cannot be used.")


class GeenIngang(SamenloopFout, ValueError):
    """Somebody who cannot have an entrance of their own."""


class KanNietGeven(SamenloopFout, ValueError):
    """One cannot let this one in, or not into this."""


class KanNietNemen(SamenloopFout, ValueError):
    """Not something the family gave, so not for the family to take away."""

    melding = _("You did not give this yourself. Ask your director about it.")
