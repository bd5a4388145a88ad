"""Who looked or changed, and which processing of whose data; append-only and chained.

Rooms call `logboek.record` before they show or change anything of a person. Others read
back with `logboek.looks_at` (who looked at a person) and `logboek.looks_at_onderwerp`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samenloop.access.logboek.inzien import (
        Inzage,
        looks_at,
        looks_at_onderwerp,
    )
    from samenloop.access.logboek.schrijven import record, record_each
    from samenloop.access.logboek.wijze import Wijze

__all__ = ["Inzage", "Wijze", "looks_at", "looks_at_onderwerp", "record", "record_each"]

_WHERE = {
    "record": "schrijven",
    "record_each": "schrijven",
    "Wijze": "wijze",
    "Inzage": "inzien",
    "looks_at": "inzien",
    "looks_at_onderwerp": "inzien",
}


def __getattr__(name: str) -> Any:
    # Django imports this package before its models can be.
    if name not in _WHERE:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
