"""Options of the command line that explain themselves in Dutch."""

import argparse
from typing import NoReturn


class Opties(argparse.ArgumentParser):
    """A parser whose refusals are one clear sentence and exit status 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is."""
        text = message
        for english, dutch in (
            ("unrecognized arguments:", "onbekende optie of woord:"),
            ("the following arguments are required:", "er ontbreekt:"),
            ("expected one argument", "hier hoort een waarde achter"),
            ("invalid choice:", "onbekende keuze:"),
            ("choose from", "kies uit"),
            ("argument ", "optie "),
        ):
            text = text.replace(english, dutch)
        self.exit(2, f"samenloop: {text}\nHulp: {self.prog} --help\n")


def port(text: str) -> int:
    """A port number from the command line or the environment."""
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is geen poortnummer (1 tot 65535)")
