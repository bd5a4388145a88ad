"""Tables of provisions, benefits and what belongs to them."""

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
            name="Aanbieder",
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
                ("agb", models.CharField(db_collation="C", max_length=8, unique=True)),
                ("naam", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["agb"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("agb__regex", "^[0-9]{8}$")),
                        name="voorzieningen_aanbieder_agb",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("naam", ""), _negated=True),
                        name="voorzieningen_aanbieder_naam",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
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
                    "wet",
                    models.CharField(
                        choices=[
                            ("wmo", "Wmo 2015"),
                            ("jeugdwet", "Jeugdwet"),
                            ("participatiewet", "Participatiewet"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("naam", models.CharField(max_length=200)),
                (
                    "ouder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onderdelen",
                        to="voorzieningen.product",
                    ),
                ),
            ],
            options={
                "ordering": ["wet", "code"],
            },
        ),
        migrations.CreateModel(
            name="Traject",
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
                    "spoor",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2"), (3, "3")]
                    ),
                ),
                ("datum", models.DateField()),
                ("trajectkosten", models.BigIntegerField(db_default=0, default=0)),
                ("loonkostensubsidie", models.BigIntegerField(db_default=0, default=0)),
                ("geregistreerd_op", models.DateField()),
                (
                    "betrokkene",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trajecten",
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
            ],
        ),
        migrations.CreateModel(
            name="Uitkering",
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
                (
                    "spoor",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(1, "1"), (2, "2"), (3, "3")], null=True
                    ),
                ),
                (
                    "reden_einde",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                (
                    "betrokkene",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitkeringen",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Voorziening",
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
                (
                    "postcode",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=6
                    ),
                ),
                (
                    "vorm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "onbekend"),
                            ("zin", "zorg in natura"),
                            ("pgb", "persoonsgebonden budget"),
                            ("toeslag", "toeslag"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "verwijzer",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                ("aanvraagdatum", models.DateField(blank=True, null=True)),
                (
                    "reden_einde",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                (
                    "resultaat",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                (
                    "aanbieder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "betrokkene",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voorzieningen",
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
                    "gezaghebbende",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voorzieningen_van_minderjarigen",
                        to="personen.persoon",
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
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="voorzieningen.product",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Begrotingspost",
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
                ("jaar", models.PositiveSmallIntegerField()),
                ("post", models.CharField(max_length=100)),
                ("versie", models.CharField(max_length=100)),
                ("volgnummer", models.PositiveSmallIntegerField()),
                ("bedrag", models.BigIntegerField()),
                (
                    "gemeente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
            ],
            options={
                "ordering": ["gemeente", "jaar", "volgnummer", "post"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gemeente", "jaar", "post", "versie"),
                        name="voorzieningen_begrotingspost_uniek",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("jaar__gte", 1900), ("jaar__lte", 9999)),
                        name="voorzieningen_begrotingspost_jaar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post", ""), _negated=True),
                            models.Q(("versie", ""), _negated=True),
                        ),
                        name="voorzieningen_begrotingspost_gevuld",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bezwaar",
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
                    "wet",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wmo", "Wmo 2015"),
                            ("jeugdwet", "Jeugdwet"),
                            ("participatiewet", "Participatiewet"),
                        ],
                        db_default="",
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[("bezwaar", "bezwaar"), ("klacht", "klacht")],
                        max_length=10,
                    ),
                ),
                ("ingediend_op", models.DateField()),
                ("afgehandeld_op", models.DateField(blank=True, null=True)),
                (
                    "uitkomst",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", ["bezwaar", "klacht"])),
                        name="voorzieningen_bezwaar_soort",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wet", ""),
                            ("wet__in", ["wmo", "jeugdwet", "participatiewet"]),
                            _connector="OR",
                        ),
                        name="voorzieningen_bezwaar_wet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("afgehandeld_op__isnull", True), ("uitkomst", "")
                            ),
                            models.Q(
                                ("afgehandeld_op__gte", models.F("ingediend_op")),
                                ("afgehandeld_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="voorzieningen_bezwaar_afhandeling",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("wet", "code"), name="voorzieningen_product_uniek"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("id", "wet"), name="voorzieningen_product_wet_van_ouder"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("wet__in", ["wmo", "jeugdwet", "participatiewet"])),
                name="voorzieningen_product_wet",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True),
                    models.Q(("naam", ""), _negated=True),
                ),
                name="voorzieningen_product_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="traject",
            constraint=models.CheckConstraint(
                condition=models.Q(("spoor__in", [1, 2, 3])),
                name="voorzieningen_traject_spoor",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitkering",
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
                name="voorzieningen_uitkering_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitkering",
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
                name="voorzieningen_uitkering_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitkering",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("kenmerk", "="), ("bekend", "&&")],
                name="voorzieningen_uitkering_versies",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitkering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("spoor__isnull", True), ("spoor__in", [1, 2, 3]), _connector="OR"
                ),
                name="voorzieningen_uitkering_spoor",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitkering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reden_einde", ""), ("geldig__upper_inf", False), _connector="OR"
                ),
                name="voorzieningen_uitkering_reden_na_einde",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
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
                name="voorzieningen_voorziening_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
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
                name="voorzieningen_voorziening_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("kenmerk", "="), ("bekend", "&&")],
                name="voorzieningen_voorziening_versies",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=models.CheckConstraint(
                condition=models.Q(("vorm__in", ["", "zin", "pgb", "toeslag"])),
                name="voorzieningen_voorziening_vorm",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vorm", "pgb"), _negated=True),
                    ("aanbieder__isnull", True),
                    _connector="OR",
                ),
                name="voorzieningen_voorziening_pgb_zonder_aanbieder",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gezaghebbende__isnull", True),
                    models.Q(("gezaghebbende", models.F("betrokkene")), _negated=True),
                    _connector="OR",
                ),
                name="voorzieningen_voorziening_gezaghebbende",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aanvraagdatum__isnull", True),
                    ("geldig__startswith__gte", models.F("aanvraagdatum")),
                    _connector="OR",
                ),
                name="voorzieningen_voorziening_aanvraag_voor_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aanvraagdatum__isnull", True),
                    ("bekend__isempty", True),
                    ("bekend__startswith__gte", models.F("aanvraagdatum")),
                    _connector="OR",
                ),
                name="voorzieningen_voorziening_aanvraag_voor_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("postcode__regex", "^([1-9][0-9]{3}([A-Z]{2})?)?$")
                ),
                name="voorzieningen_voorziening_postcode",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorziening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reden_einde", ""), ("geldig__upper_inf", False), _connector="OR"
                ),
                name="voorzieningen_voorziening_reden_na_einde",
            ),
        ),
    ]
