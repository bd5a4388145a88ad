"""What cannot be done with a conference, and what one can do about it."""

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class NietMeer(SamenloopFout):
    """The conference has ended or was called off."""

    melding = _("This conference has ended; nothing of it can be changed any more.")


class NogNiet(SamenloopFout):
    """The conference has not begun."""

    melding = _("The conference has not begun yet. Begin it first.")


class NietsTeBespreken(SamenloopFout):
    """A conference needs something to discuss and somebody to discuss it with."""

    melding = _(
        "Put at least one case on the agenda and invite somebody for it before you "
        "begin."
    )


class AlUitgenodigd(SamenloopFout):
    """This colleague is invited already."""

    melding = _("This colleague is invited already. Change for which cases.")


class AlOpAgenda(SamenloopFout):
    """This case is on the agenda already."""

    melding = _("This case is on the agenda already.")


class TussendoorGewijzigd(SamenloopFout):
    """Somebody else saved the discussion meanwhile."""

    melding = _(
        "Somebody else wrote here meanwhile. Both texts stand below; make one of them "
        "and keep that."
    )


class VerkeerdeCode(SamenloopFout):
    """The code of somebody from outside is wrong."""

    melding = _("This is not the code. Ask who leads the conference for it.")


class LinkDicht(SamenloopFout):
    """A link that opens nothing: unknown, too early, over, or tried too often."""

    melding = _(
        "This link opens nothing now. It works from a quarter of an hour before the "
        "conference until it ends, and stops after five wrong codes. Ask who leads the "
        "conference."
    )
