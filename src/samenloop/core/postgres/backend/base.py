"""The engine that `DATABASES` names.

Django wants host and password when settings are read; we know them only once a
server runs. So the settings name a role, and the rest is filled in here.

Each statement runs within the border between municipalities that the work has now
(`core.gemeentegrens`): before it, the setting that row-level security reads is brought
up to date where it differs from what this connection last passed on.

What the server adds to an error (the failing row, the key that exists already, the
line of a COPY) holds personal data, so it does not get into the text of an error.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property
from psycopg.pq import TransactionStatus

from samenloop.core import gemeentegrens
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

    # What the server was last told; None where that may have been undone.
    _border: str | None = None

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A connection that looks at the border before whatever it does."""
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._within_border)

    def init_connection_state(self) -> None:
        """Start a connection of which nothing is known yet."""
        self._border = None
        super().init_connection_state()

    def _cursor(self, name: str | None = None) -> Any:
        # Here too, for who takes the cursor to COPY and passes by `execute`.
        self.ensure_connection()
        self._tell_border()
        return super()._cursor(name)  # type: ignore[misc]

    def _within_border(
        self,
        execute: Callable[..., Any],
        statement: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        self._tell_border()
        return execute(statement, params, many, context)

    def _tell_border(self) -> None:
        border = gemeentegrens.current().setting
        if border == self._border or self.connection is None:
            return
        # Not in a transaction that failed: whatever follows is refused anyway.
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config(%s, %s, false)", [gemeentegrens.SETTING, border]
            )
        self._border = border

    def _rollback(self) -> None:
        # What was set inside the transaction is undone with it.
        self._border = None
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        self._border = None
        super()._savepoint_rollback(sid)  # type: ignore[misc]
