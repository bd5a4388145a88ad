"""The engine that `DATABASES` names.

Django wants host and password when settings are read; we know them only once a
server runs. So the settings name a role, and the rest is filled in here.

Each statement runs within the border between municipalities that the work has now
(`core.gemeentegrens`): before it, the setting that row-level security reads is brought
up to date where it differs from what this connection last passed on.

What the server adds to an error (the failing row, the key that exists already, the
line of a COPY) holds personal data, so it does not get into the text of an error.
"""

import select
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property
from psycopg.pq import TransactionStatus

from samenloop.core import gemeentegrens, opdrachten
from samenloop.core.postgres.address import endpoint

_TRUSTED = 30.0  # seconds
_TELL = "SELECT set_config(%s::text, %s::text, false)"


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
    # When the server last answered the question whether it is there.
    _asked = 0.0

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
        return {
            **super().get_connection_params(),
            # Only for cursors that send values apart; see `core.opdrachten`.
            "prepare_threshold": opdrachten.THRESHOLD,
            **found.options,
        }

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that keeps as many statements as we ask again and again."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = opdrachten.KEPT
        return connection

    @cached_property
    def wrap_database_errors(self) -> DiscreetErrors:
        """What every statement of this connection runs in."""
        return DiscreetErrors(self)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A connection that looks at the border before whatever it does."""
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._within_border)

    def is_usable(self) -> bool:
        """Whether the server is still there: asked, or seen when that was just asked.

        A server that stopped or broke off leaves something to read; one that is there
        says nothing by itself.
        """
        now = monotonic()
        if now - self._asked < _TRUSTED and self._is_silent():
            return True
        usable = bool(super().is_usable())
        self._asked = now if usable else -_TRUSTED
        return usable

    def _is_silent(self) -> bool:
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN | select.POLLERR)
        return not poll.poll(0)

    def init_connection_state(self) -> None:
        """Start a connection of which nothing is known yet."""
        self._border = None
        self._asked = -_TRUSTED
        super().init_connection_state()

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor; one that sends values apart for what is planned once."""
        if name or self.connection is None or not opdrachten.are_planned_once():
            return super().create_cursor(name)
        usual = self.connection.cursor_factory
        self.connection.cursor_factory = base.ServerBindingCursor
        try:
            return super().create_cursor()
        finally:
            self.connection.cursor_factory = usual

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
        with psycopg.Cursor(self.connection) as cursor:
            cursor.execute(_TELL, [gemeentegrens.SETTING, border])
        self._border = border

    def _rollback(self) -> None:
        # What was set inside the transaction is undone with it.
        self._border = None
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        self._border = None
        super()._savepoint_rollback(sid)  # type: ignore[misc]
