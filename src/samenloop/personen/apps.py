"""Django configuration of the room."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig

if TYPE_CHECKING:
    from samenloop.access.logboek.kenmerken import Kenmerken


class PersonenConfig(AppConfig):
    """People, households, families, municipalities."""

    name = "samenloop.personen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the floor below what municipalities are called, and marks of people."""
        from samenloop.access import gemeentenamen
        from samenloop.access.logboek import kenmerken
        from samenloop.personen import bewaren

        bewaren.register_families()
        gemeentenamen.register(_names)
        kenmerken.register(_marks)


def _names(codes: Iterable[str]) -> dict[str, str]:
    from samenloop.personen.models import Gemeente

    rijen = Gemeente.objects.filter(code__in=list(codes))
    return dict(rijen.values_list("code", "naam"))


def _marks(personen: Collection[UUID]) -> "dict[UUID, Kenmerken]":
    from samenloop.personen.kenmerken import marks

    return marks(personen)
