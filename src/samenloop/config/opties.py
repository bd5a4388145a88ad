"""Options of the command line that explain themselves in Dutch."""

import argparse
import re
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
            ("expected at least one argument", "hier hoort een waarde achter"),
            ("ignored explicit argument", "hier hoort geen waarde achter:"),
            ("not allowed with argument", "gaat niet samen met optie"),
            ("invalid choice:", "onbekende keuze:"),
            ("ambiguous option:", "niet duidelijk welke optie bedoeld is:"),
            ("could match", "kan zijn"),
            ("choose from", "kies uit"),
            ("one of the arguments ", "een van de opties "),
            (" is required", " is nodig"),
            ("argument ", "optie "),
        ):
            text = text.replace(english, dutch)
        # A number that is none, whatever kind of number was asked for.
        text = re.sub(r"invalid \w+ value: ", "dit is geen goede waarde: ", text)
        prog = self.prog.replace("_", "-")  # as people write it
        self.exit(2, f"samenloop: {text}\nHulp: {prog} --help\n")


def port(text: str) -> int:
    """A port number from the command line or the environment."""
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is geen poortnummer (1 tot 65535)")
