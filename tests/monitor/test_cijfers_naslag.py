"""Every cell of every table, against the same figures counted in plain loops."""

from datetime import date

import pytest

from samenloop.monitor import cijfers
from samenloop.monitor.tabellen import ALLE
from samenloop.monitor.uitkomst import Kwartaal
from tests.monitor import naslag
from tests.monitor.cijferproef import als_tabellen, volledig, willekeurig


@pytest.mark.parametrize("zaad", range(6))
@pytest.mark.parametrize("bekend_op", [None, date(2017, 9, 30)])
def test_every_cell_equals_the_count_in_plain_loops(
    zaad: int, bekend_op: date | None
) -> None:
    levering = willekeurig(zaad)
    monitor = cijfers.bereken(
        als_tabellen(levering), Kwartaal(2017, 4), bekend_op=bekend_op
    )
    verwacht = naslag.bereken(volledig(levering), bekend_op)
    assert set(monitor.tabellen) == set(verwacht) == set(ALLE)
    for tabel_id, tabel in monitor.tabellen.items():
        gevonden = {rij[:-1]: rij[-1] for rij in tabel.rijen}
        assert len(gevonden) == len(tabel.rijen), f"{tabel_id}: a cell stands twice"
        nodig = {cel: waarde for cel, waarde in verwacht[tabel_id].items() if waarde}
        assert {cel: waarde for cel, waarde in gevonden.items() if waarde} == nodig, (
            tabel_id
        )
