"""Contracts, products, ceilings, waiting times and remarks on quality."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import samenloop.core.klok
import samenloop.voorzieningen.inkoop.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("personen", "0005_huishouden_delen"),
        ("voorzieningen", "0003_gemeentegrens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inlezing",
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
                ("gemeente", models.CharField(max_length=6)),
                ("bestandsnaam", models.CharField(max_length=200)),
                ("hash", models.CharField(db_collation="C", max_length=64)),
                ("rijen", models.PositiveIntegerField()),
                ("nieuw", models.PositiveIntegerField()),
                ("gewijzigd", models.PositiveIntegerField()),
                (
                    "op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("door", models.BigIntegerField(editable=False, null=True)),
            ],
            options={
                "ordering": ["-op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Contract",
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
                ("nummer", models.CharField(max_length=40)),
                ("naam", models.CharField(max_length=200)),
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
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("raamcontract", "framework contract"),
                            ("open_house", "open house admission"),
                            ("subsidie", "subsidy"),
                            ("maatwerk", "single contract for one client"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "gemeenten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6), size=None
                    ),
                ),
                ("ingang", models.DateField()),
                ("eind", models.DateField(blank=True, null=True)),
                (
                    "toelichting",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=1000
                    ),
                ),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "aanbieder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracten",
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "regio",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.regio",
                    ),
                ),
            ],
            options={
                "ordering": ["wet", "nummer"],
            },
        ),
        migrations.CreateModel(
            name="Contractproduct",
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
                (
                    "variant",
                    models.CharField(
                        choices=[
                            ("specifiek", "a product with a volume"),
                            (
                                "aspecifiek",
                                "a category; the provider chooses the product",
                            ),
                            ("generiek", "a budget; the provider chooses all"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "categorie",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=2
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=5
                    ),
                ),
                ("naam", models.CharField(max_length=200)),
                (
                    "eenheid",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "minute"),
                            ("04", "hour"),
                            ("14", "24 hours"),
                            ("16", "half-day of 4 hours"),
                            ("82", "piece (result)"),
                            ("83", "euro"),
                            ("84", "piece (effort)"),
                        ],
                        db_default="",
                        default="",
                        max_length=2,
                    ),
                ),
                ("tarief", models.BigIntegerField(blank=True, null=True)),
                (
                    "tarief_eenheid",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "minute"),
                            ("04", "hour"),
                            ("14", "24 hours"),
                            ("16", "half-day of 4 hours"),
                            ("82", "piece (result)"),
                            ("83", "euro"),
                            ("84", "piece (effort)"),
                        ],
                        db_default="",
                        default="",
                        max_length=2,
                    ),
                ),
                ("max_volume", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "max_frequentie",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "per day"),
                            ("2", "per week"),
                            ("4", "per month"),
                            ("6", "in total"),
                        ],
                        db_default="",
                        default="",
                        max_length=1,
                    ),
                ),
                ("ingang", models.DateField()),
                ("eind", models.DateField(blank=True, null=True)),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="producten",
                        to="inkoop.contract",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contractproducten",
                        to="voorzieningen.product",
                    ),
                ),
            ],
            options={
                "ordering": ["categorie", "code", "ingang"],
            },
        ),
        migrations.CreateModel(
            name="Kwaliteit",
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
                (
                    "gemeenten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6), size=None
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("inspectie", "inspectorate"),
                            ("toezicht", "own supervision"),
                            ("keurmerk", "certificate"),
                            ("ervaring", "experience of clients"),
                            ("gesprek", "talk about the contract"),
                        ],
                        max_length=12,
                    ),
                ),
                ("datum", models.DateField()),
                ("geldig_tot", models.DateField(blank=True, null=True)),
                ("tekst", models.CharField(max_length=1000)),
                ("bron", models.CharField(max_length=200)),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "aanbieder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kwaliteit",
                        to="voorzieningen.aanbieder",
                    ),
                ),
            ],
            options={
                "ordering": ["-datum", "id"],
            },
        ),
        migrations.CreateModel(
            name="Plafond",
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
                ("jaar", models.PositiveSmallIntegerField()),
                (
                    "categorie",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=2
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=5
                    ),
                ),
                ("versie", models.PositiveSmallIntegerField(db_default=1, default=1)),
                ("bedrag", models.BigIntegerField()),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plafonds",
                        to="inkoop.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["contract", "jaar", "categorie", "code", "-versie"],
            },
        ),
        migrations.CreateModel(
            name="Wachttijd",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "gemeenten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6), size=None
                    ),
                ),
                ("dagen", models.PositiveSmallIntegerField()),
                ("peildatum", models.DateField()),
                ("bron", models.CharField(max_length=200)),
                ("opnamestop", models.BooleanField(db_default=False, default=False)),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "aanbieder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wachttijden",
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wachttijden",
                        to="voorzieningen.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-peildatum", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.UniqueConstraint(
                fields=("wet", "nummer", "aanbieder"), name="inkoop_contract_uniek"
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nummer", ""), _negated=True),
                    models.Q(("naam", ""), _negated=True),
                ),
                name="inkoop_contract_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("wet__in", ("wmo", "jeugdwet"))),
                name="inkoop_contract_wet",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        ["raamcontract", "open_house", "subsidie", "maatwerk"],
                    )
                ),
                name="inkoop_contract_soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("gemeenten__len__gte", 1)),
                name="inkoop_contract_gemeenten",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", True),
                    ("eind__gte", models.F("ingang")),
                    _connector="OR",
                ),
                name="inkoop_contract_periode",
            ),
        ),
        migrations.AddIndex(
            model_name="contractproduct",
            index=models.Index(
                fields=["categorie", "code"], name="inkoop_product_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="contractproduct",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("contract", "="),
                    ("categorie", "="),
                    ("code", "="),
                    (
                        samenloop.voorzieningen.inkoop.models.Days("ingang", "eind"),
                        "&&",
                    ),
                ],
                name="inkoop_contractproduct_een_tarief",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractproduct",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", True),
                    ("eind__gte", models.F("ingang")),
                    _connector="OR",
                ),
                name="inkoop_contractproduct_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractproduct",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("categorie__regex", "^[0-9]{2}$"),
                        ("code__regex", "^[0-9A-Z]{1,5}$"),
                        ("variant", "specifiek"),
                        models.Q(("eenheid", ""), _negated=True),
                    ),
                    models.Q(
                        ("categorie__regex", "^[0-9]{2}$"),
                        ("variant", "aspecifiek"),
                        models.Q(
                            ("code", ""),
                            ("code__regex", "^[0-9A-Z]{1,5}$"),
                            _connector="OR",
                        ),
                    ),
                    models.Q(("categorie", ""), ("code", ""), ("variant", "generiek")),
                    _connector="OR",
                ),
                name="inkoop_contractproduct_variant",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractproduct",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eenheid__in", ["", "01", "04", "14", "16", "82", "83", "84"]),
                    (
                        "tarief_eenheid__in",
                        ["", "01", "04", "14", "16", "82", "83", "84"],
                    ),
                ),
                name="inkoop_contractproduct_eenheid",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractproduct",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tarief__isnull", True), ("tarief_eenheid", "")),
                    models.Q(
                        ("tarief__gte", 0),
                        models.Q(("tarief_eenheid", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inkoop_contractproduct_tarief",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractproduct",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("max_frequentie", ""), ("max_volume__isnull", True)),
                    models.Q(
                        ("max_frequentie__in", ["1", "2", "4", "6"]),
                        ("max_volume__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="inkoop_contractproduct_maximum",
            ),
        ),
        migrations.AddConstraint(
            model_name="kwaliteit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tekst", ""), _negated=True),
                    models.Q(("bron", ""), _negated=True),
                ),
                name="inkoop_kwaliteit_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="kwaliteit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_tot__isnull", True),
                    ("geldig_tot__gte", models.F("datum")),
                    _connector="OR",
                ),
                name="inkoop_kwaliteit_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="plafond",
            constraint=models.UniqueConstraint(
                fields=("contract", "jaar", "categorie", "code", "versie"),
                name="inkoop_plafond_uniek",
            ),
        ),
        migrations.AddConstraint(
            model_name="plafond",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bedrag__gte", 0), ("jaar__gte", 2015), ("jaar__lte", 9999)
                ),
                name="inkoop_plafond_bedrag",
            ),
        ),
        migrations.AddConstraint(
            model_name="plafond",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("categorie", ""), _negated=True),
                    ("code", ""),
                    _connector="OR",
                ),
                name="inkoop_plafond_product",
            ),
        ),
        migrations.AddIndex(
            model_name="wachttijd",
            index=models.Index(
                fields=["aanbieder", "product", "-peildatum", "-id"],
                name="inkoop_wachttijd_laatste",
            ),
        ),
        migrations.AddConstraint(
            model_name="wachttijd",
            constraint=models.CheckConstraint(
                condition=models.Q(("bron", ""), _negated=True),
                name="inkoop_wachttijd_bron",
            ),
        ),
    ]
