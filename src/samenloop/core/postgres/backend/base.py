"""The engine that `DATABASES` names.

Django wants host and password when settings are read; we know them only once a
server runs. So the settings name a role, and the rest is filled in here.

What the server adds to an error (the failing row, the key that exists already, the
line of a COPY) holds personal data, so it does not get into the text of an error.
"""

from types import TracebackType
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property

from samenloop.core.postgres.address import endpoint


class DiscreetErrors(DatabaseErrorWrapper):
    """Django's translation of errors, with only what the server says first."""

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(exc_value, psycopg.Error) and exc_value.diag.message_primary:
            exc_value.args = (exc_value.diag.message_primary,)
        super().__exit__(exc_type, exc_value, traceback)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection as the role that the alias names under `ROLE`: app or beheer."""

    def get_connection_params(self) -> dict[str, Any]:
        """The parameters for psycopg, after the server is there.

        Raises:
            LanceerFout: there is no server and none can be started.
        """
        found = endpoint()
        settings = self.settings_dict
        role = found.app if settings["ROLE"] == "app" else found.beheer
        settings.update(
            HOST=found.host,
            PORT=str(found.port),
            USER=role.name,
            PASSWORD=role.password,
        )
        return {**super().get_connection_params(), **found.options}

    @cached_property
    def wrap_database_errors(self) -> DiscreetErrors:
        """What every statement of this connection runs in."""
        return DiscreetErrors(self)
