"""`samenloop werker`: background work, until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samenloop.core import werker


class Command(BaseCommand):
    """Run the worker in the foreground."""

    help = "doet het werk op de achtergrond: gebeurtenissen en geplande taken"

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask how many jobs at once."""
        parser.add_argument(
            "--tegelijk", type=int, default=2, help="taken tegelijk (standaard 2)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or Ctrl-C."""
        werker.run(concurrency=options["tegelijk"])
