"""Django configuration of the room."""

from collections.abc import Iterable

from django.apps import AppConfig


class PersonenConfig(AppConfig):
    """People, households, families, municipalities."""

    name = "samenloop.personen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the floor below what municipalities are called."""
        from samenloop.access import gemeentenamen

        gemeentenamen.register(_names)


def _names(codes: Iterable[str]) -> dict[str, str]:
    from samenloop.personen.models import Gemeente

    rijen = Gemeente.objects.filter(code__in=list(codes))
    return dict(rijen.values_list("code", "naam"))
