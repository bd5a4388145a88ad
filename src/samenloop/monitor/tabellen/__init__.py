"""All tables of the monitor, one module per section of the report.

Adding a table is adding a declaration; nothing else lists the tables.
"""

from samenloop.monitor.tabellen import (
    bezwaren,
    casussen,
    financien,
    klanten,
    stapeling,
    stroom,
    uitkeringen,
    voorzieningen,
)
from samenloop.monitor.tabellen.declaratie import Declaratie

ALLE: dict[str, Declaratie] = {
    declaratie.id: declaratie
    for module in (
        voorzieningen,
        klanten,
        casussen,
        uitkeringen,
        financien,
        stapeling,
        stroom,
        bezwaren,
    )
    for declaratie in module.TABELLEN
}
