"""Tables of cases."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import samenloop.core.tijd


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("personen", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Casus",
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
                ("nummer", models.CharField(max_length=40, unique=True)),
                (
                    "betrokkene",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="casussen",
                        to="personen.persoon",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
                (
                    "huishouden",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.huishouden",
                    ),
                ),
            ],
            options={
                "ordering": ["nummer"],
            },
        ),
        migrations.CreateModel(
            name="Casusperiode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kenmerk",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                    ),
                ),
                ("geldig", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "bekend",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        default=samenloop.core.tijd._known_from_today
                    ),
                ),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                ("type", models.CharField(max_length=100)),
                (
                    "reden_einde",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="perioden",
                        to="regie.casus",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="casus",
            constraint=models.CheckConstraint(
                condition=models.Q(("nummer", ""), _negated=True),
                name="regie_casus_nummer",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusperiode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig__lower_inf", False),
                    ("geldig__startswith__gte", datetime.date(1800, 1, 1)),
                    models.Q(
                        ("geldig__upper_inf", True),
                        ("geldig__endswith__lte", datetime.date(9999, 12, 31)),
                        _connector="OR",
                    ),
                    ("geldig__isempty", False),
                ),
                name="regie_casusperiode_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusperiode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bekend__isempty", True),
                    models.Q(
                        ("bekend__lower_inf", False),
                        ("bekend__startswith__gte", datetime.date(1800, 1, 1)),
                        models.Q(
                            ("bekend__upper_inf", True),
                            ("bekend__endswith__lte", datetime.date(9999, 12, 31)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="regie_casusperiode_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusperiode",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("kenmerk", "="), ("bekend", "&&")],
                name="regie_casusperiode_versies",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusperiode",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("casus", "="), ("geldig", "&&"), ("bekend", "&&")],
                name="regie_casusperiode_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusperiode",
            constraint=models.CheckConstraint(
                condition=models.Q(("type", ""), _negated=True),
                name="regie_casusperiode_type",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusperiode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reden_einde", ""), ("geldig__upper_inf", False), _connector="OR"
                ),
                name="regie_casusperiode_reden_na_einde",
            ),
        ),
    ]
