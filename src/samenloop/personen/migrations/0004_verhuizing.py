"""Moves between municipalities, which events name."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from samenloop.core.afscherming import by_persoon


class Migration(migrations.Migration):
    dependencies = [
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verhuizing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("vanaf", models.DateField()),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "naar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verhuizingen",
                        to="personen.persoon",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
            ],
            options={
                "ordering": ["-vanaf", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("van", models.F("naar")), _negated=True),
                            ("van__isnull", True),
                            ("naar__isnull", True),
                            _connector="OR",
                        ),
                        name="personen_verhuizing_naar_elders",
                    )
                ],
            },
        ),
        by_persoon("personen_verhuizing"),
    ]
