"""The report of a quarter: from a `Monitor` to what people read and reuse.

In comes a `Monitor`, out come one HTML page that stands on its own, a tagged PDF, two
workbooks, JSON, and a CSV per table. Nothing is computed here but differences, shares
and sums of amounts that the sentences need; the same `Monitor` always gives the same
bytes.
"""

from .schrijven import controleer_omgeving, schrijf
from .taal import OnbekendeTaal

__all__ = ["OnbekendeTaal", "controleer_omgeving", "schrijf"]
