"""The processing activity of deciding on provisions and allocating care."""

from dataclasses import asdict
from typing import Any

from django.db import migrations

from samenloop.access.logboek.register import EERSTE, EERSTE_DAG


def load(apps: Any, schema_editor: Any) -> None:
    """Add what is not there: a new installation already has them."""
    rows = apps.get_model("logboek", "Verwerkingsactiviteit").objects.using(
        schema_editor.connection.alias
    )
    for each in EERSTE:
        rows.get_or_create(
            uuid=each.uuid,
            versie=1,
            defaults={"geldig_vanaf": EERSTE_DAG, **asdict(each)},
        )


class Migration(migrations.Migration):
    dependencies = [("logboek", "0006_regie_en_overleg")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
