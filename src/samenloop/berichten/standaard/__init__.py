"""The messages of iWmo and iJw 3.2 as data: one declaration, a reader and a writer.

Knows no database and no municipality; only what the standard says.
"""

from .bericht import Bericht, Inhoud, VerreDatum
from .fouten import XSD, Fout, Onleesbaar, SchemaFout
from .lezen import Stroom, lees, lees_stroom
from .model import Enkelvoudig, Klasse, Knoop, Model, Veld, model
from .schrijven import schrijf
from .soorten import SOORTEN, Soort, Wet, soort

__all__ = [
    "SOORTEN",
    "XSD",
    "Bericht",
    "Enkelvoudig",
    "Fout",
    "Inhoud",
    "Klasse",
    "Knoop",
    "Model",
    "Onleesbaar",
    "SchemaFout",
    "Soort",
    "Stroom",
    "Veld",
    "VerreDatum",
    "Wet",
    "lees",
    "lees_stroom",
    "model",
    "schrijf",
    "soort",
]
