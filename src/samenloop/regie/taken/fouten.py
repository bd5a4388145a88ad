"""What can go wrong with tasks, in sentences one can act on.

None of them names a task: a title can tell who it is about. What a page needs to name
stands in a field beside the sentence.
"""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class Kring(SamenloopFout, ValueError):
    """Tasks would wait for each other; `lus` gives them in the order of waiting."""

    melding = _(
        "These tasks would wait for each other, so none of them could begin. "
        "Take one of these conditions away."
    )

    def __init__(self, lus: Sequence[UUID] = ()) -> None:
        self.lus = tuple(lus)
        super().__init__()


class AndereCasus(SamenloopFout, ValueError):
    """A task can wait only for tasks of its own case."""

    melding = _("A task can wait only for tasks of the same case.")


class GeenUitkomst(SamenloopFout, ValueError):
    """A decision needs one of its outcomes; what is no decision has none."""

    melding = _("Choose what was decided; it must be one of the outcomes of this task.")


class NietAanDeBeurt(SamenloopFout):
    """The task still waits."""

    melding = _("This task still waits. Let it begin first.")


class AlGeeindigd(SamenloopFout):
    """The task is done or lapsed already."""

    melding = _(
        "This task was ended in the meantime. Take it up again if there is more to do."
    )


class NogOpen(SamenloopFout):
    """What has not ended cannot be taken up again."""

    melding = _("This task has not ended, so there is nothing to take up again.")


class RedenNodig(SamenloopFout, ValueError):
    """Who ends or reopens a task says why."""

    melding = _("Write in one sentence why.")


class GeenDeelnemer(SamenloopFout, ValueError):
    """Only who takes part in the dossier, or belongs to the family, gets a task."""

    melding = _(
        "Only somebody who takes part in this dossier, or belongs to the family, can "
        "get a task. Let them in first, or write down a name."
    )
