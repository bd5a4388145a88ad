"""A provider that speaks the standard: for trying out, and to prove our own side."""

from .aanbieder import Aanbieder
from .draaien import Aanbieders, contract_uit
from .gedrag import FOUTLOOS, Gedrag
from .post import GeheugenPost, MapPost, Post

__all__ = [
    "FOUTLOOS",
    "Aanbieder",
    "Aanbieders",
    "Gedrag",
    "GeheugenPost",
    "MapPost",
    "Post",
    "contract_uit",
]
