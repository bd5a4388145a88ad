"""The first version of each processing activity."""

from dataclasses import asdict
from typing import Any

from django.db import migrations

from samenloop.access.logboek.register import EERSTE, EERSTE_DAG


def load(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("logboek", "Verwerkingsactiviteit")
    rows.objects.using(schema_editor.connection.alias).bulk_create(
        rows(uuid=each.uuid, versie=1, geldig_vanaf=EERSTE_DAG, **asdict(each))
        for each in EERSTE
    )


class Migration(migrations.Migration):
    dependencies = [("logboek", "0002_ketens")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
