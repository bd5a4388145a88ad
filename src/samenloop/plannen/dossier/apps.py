"""Django configuration of the room."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """The written part of a dossier."""

    name = "samenloop.plannen.dossier"
    label = "dossier"
    default_auto_field = "django.db.models.BigAutoField"
