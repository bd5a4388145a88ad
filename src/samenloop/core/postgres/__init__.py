"""PostgreSQL without setting up PostgreSQL.

In comes nothing, or `DATABASE_URL`; out comes a database with two roles: one that
owns and migrates, one for the application that owns nothing. `endpoint()` gives
it, `release()` lets go, `LanceerFout` says what is wrong and what to do.
"""

from samenloop.core.postgres.address import (
    Endpoint,
    database_name,
    endpoint,
    own_cluster,
    release,
    use,
)
from samenloop.core.postgres.fouten import LanceerFout

__all__ = [
    "Endpoint",
    "LanceerFout",
    "database_name",
    "endpoint",
    "own_cluster",
    "release",
    "use",
]
