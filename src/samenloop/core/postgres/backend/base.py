"""The engine that `DATABASES` names.

Django wants host and password when settings are read; we know them only once a
server runs. So the settings name a role, and the rest is filled in here.
"""

from typing import Any

from django.db.backends.postgresql import base

from samenloop.core.postgres.address import endpoint


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
