"""Faults found in a message, in one shape for every level of control."""

from collections.abc import Sequence
from dataclasses import dataclass

#: The code of a fault against the schema for which the rule list has no code.
XSD = "XSD"


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault: the official code of the rule, where it is and what is wrong.

    `niveau` is the level of control (1 schema, 2 within the message, 3 across
    messages, 4 outside source); `retourcode` is what goes back to the sender, empty
    where no answer is made. `pad` has a number only where an element can repeat:
    `/Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]/Einddatum`. `tekst` is
    Dutch and never repeats what stood in the message: that may be about a person.
    """

    regel: str
    niveau: int
    retourcode: str
    pad: str
    tekst: str


class SchemaFout(Exception):
    """The message does not hold to its schema: control level 1, no answer is made."""

    def __init__(self, fouten: Sequence[Fout]) -> None:
        self.fouten = list(fouten)
        super().__init__("; ".join(f"{each.pad}: {each.tekst}" for each in fouten))


class Onleesbaar(SchemaFout):
    """No message can be made of the bytes: not even its kind is known."""

    def __init__(self, tekst: str, *, regel: str = XSD, pad: str = "/") -> None:
        super().__init__([Fout(regel, 1, "", pad, tekst)])
