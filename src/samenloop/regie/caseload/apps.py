"""Django configuration of the room."""

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    """The caseload of teams."""

    name = "samenloop.regie.caseload"
    label = "caseload"
    default_auto_field = "django.db.models.BigAutoField"
