"""Registers the room with Django."""

from django.apps import AppConfig


class BestandConfig(AppConfig):
    """Signals that arrive as a file."""

    name = "samenloop.signalen.bestand"
    label = "signaalbestand"
    verbose_name = "Signalen uit een bestand"

    def ready(self) -> None:
        """Let the row a signal came from go along with it."""
        from samenloop.access.bewaren.families import Deel, add_part
        from samenloop.signalen.bewaren import LOSSE, MELDINGEN, van_melding

        for familie in LOSSE:
            add_part(
                familie, Deel("signaalbestand_invoerregel", "signaal_id = ANY(%s)")
            )
        for familie in MELDINGEN:
            add_part(
                familie, Deel("signaalbestand_invoerregel", van_melding("signaal_id"))
            )
