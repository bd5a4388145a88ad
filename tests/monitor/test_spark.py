"""One declaration, two engines: Spark gives the same figures as DuckDB."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samenloop.monitor import cijfers, motor
from samenloop.monitor.uitkomst import Kwartaal
from tests.monitor.cijferproef import als_tabellen, willekeurig

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark")
    con = motor.spark("1GB")
    yield con
    con._session.stop()


def test_every_table_is_equal_on_both_engines(spark: Any, tmp_path: Path) -> None:
    tabellen = als_tabellen(willekeurig(11))
    kwartaal, bekend_op = Kwartaal(2017, 4), date(2017, 11, 30)
    op_duckdb = cijfers.bereken(tabellen, kwartaal, bekend_op=bekend_op)
    over = motor.draag_over(tabellen, spark, tmp_path)
    op_spark = cijfers.bereken(over, kwartaal, bekend_op=bekend_op)
    for tabel_id, tabel in op_duckdb.tabellen.items():
        assert tabel.rijen, tabel_id
        assert op_spark.tabellen[tabel_id].rijen == tabel.rijen, tabel_id
    assert op_spark.to_json() == op_duckdb.to_json()
