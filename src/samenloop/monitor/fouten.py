"""Errors of the monitor: one clear sentence for the one who delivered the files."""


class LeveringFout(Exception):
    """A levering, or a request about one, that cannot be used at all.

    The message is one sentence in Dutch that says what is wrong, where, and what to
    do. The command prints it and ends with exit status 2, without a half result.
    """


class TeveelAfgekeurd(LeveringFout):
    """More rows were refused than the set share; someone must decide to go on."""


class Afgebroken(LeveringFout):
    """The user stopped a long job; nothing was written."""
