"""Tables of people, households, families and municipalities."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import samenloop.core.tijd
import samenloop.personen.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        # Exclusion over equal ids and overlapping ranges together needs it.
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Adres",
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
                    "straat",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                ("huisnummer", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "huisnummertoevoeging",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=10
                    ),
                ),
                (
                    "postcode",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=6
                    ),
                ),
                (
                    "woonplaats",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Persoon",
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
                    "bsn_ontbreekt_reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "voornamen",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "voorvoegsel",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=20
                    ),
                ),
                ("geslachtsnaam", models.CharField(max_length=200)),
                (
                    "sorteernaam",
                    samenloop.personen.models.SorteernaamField(
                        db_collation="C", editable=False, max_length=600
                    ),
                ),
                ("geboortedatum", models.DateField(blank=True, null=True)),
                (
                    "geslacht",
                    models.CharField(
                        choices=[
                            ("0", "onbekend"),
                            ("1", "man"),
                            ("2", "vrouw"),
                            ("9", "niet gespecificeerd"),
                        ],
                        db_default="0",
                        default="0",
                        max_length=1,
                    ),
                ),
            ],
            options={
                "ordering": ["sorteernaam", "id"],
            },
        ),
        migrations.CreateModel(
            name="Gemeente",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        max_length=6,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("naam", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Gezag",
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
                    "soort",
                    models.CharField(
                        choices=[
                            ("ouder", "ouder"),
                            ("voogd", "voogd"),
                            ("instelling", "gecertificeerde instelling"),
                        ],
                        db_default="ouder",
                        default="ouder",
                        max_length=10,
                    ),
                ),
                (
                    "instelling",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Gezin",
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
                ("naam", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Gezinslid",
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
                    "rol",
                    models.CharField(
                        choices=[
                            ("ouder", "ouder"),
                            ("kind", "kind"),
                            ("partner", "partner"),
                            ("ander", "ander"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Huishouden",
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
                ("sleutel", models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="HuishoudensTelling",
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
                ("peildatum", models.DateField()),
                ("aantal", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["gemeente", "peildatum"],
            },
        ),
        migrations.CreateModel(
            name="Regio",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("naam", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="RegioGemeente",
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
                ("doel", models.CharField(max_length=40)),
                ("geldig", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
        ),
        migrations.CreateModel(
            name="Verblijf",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Burgerservicenummer",
            fields=[
                (
                    "persoon",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="personen.persoon",
                    ),
                ),
                (
                    "zoeksleutel",
                    models.CharField(db_collation="C", max_length=64, unique=True),
                ),
                ("bsn", models.CharField(db_collation="C", max_length=9, unique=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="persoon",
            index=models.Index(fields=["sorteernaam"], name="personen_sorteernaam"),
        ),
        migrations.AddConstraint(
            model_name="persoon",
            constraint=models.CheckConstraint(
                condition=models.Q(("geslacht__in", ["0", "1", "2", "9"])),
                name="personen_persoon_geslacht",
            ),
        ),
        migrations.AddConstraint(
            model_name="persoon",
            constraint=models.CheckConstraint(
                condition=models.Q(("geslachtsnaam", ""), _negated=True),
                name="personen_persoon_geslachtsnaam",
            ),
        ),
        migrations.AddConstraint(
            model_name="persoon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sorteernaam__regex", "^[^A-Z\\t]*\\t[^A-Z\\t]*\\t[^A-Z\\t]*$")
                ),
                name="personen_persoon_sorteernaam",
            ),
        ),
        migrations.AddField(
            model_name="adres",
            name="persoon",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adressen",
                to="personen.persoon",
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^GM[0-9]{4}$")),
                name="personen_gemeente_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="personen_gemeente_naam",
            ),
        ),
        migrations.AddField(
            model_name="adres",
            name="gemeente",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="personen.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="gezag",
            name="houder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gezag_van_mij",
                to="personen.persoon",
            ),
        ),
        migrations.AddField(
            model_name="gezag",
            name="minderjarige",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gezag_over_mij",
                to="personen.persoon",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezin",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="personen_gezin_naam",
            ),
        ),
        migrations.AddField(
            model_name="gezinslid",
            name="gezin",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leden",
                to="personen.gezin",
            ),
        ),
        migrations.AddField(
            model_name="gezinslid",
            name="persoon",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gezinsleden",
                to="personen.persoon",
            ),
        ),
        migrations.AddConstraint(
            model_name="huishouden",
            constraint=models.CheckConstraint(
                condition=models.Q(("sleutel", ""), _negated=True),
                name="personen_huishouden_sleutel",
            ),
        ),
        migrations.AddField(
            model_name="adres",
            name="huishouden",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adressen",
                to="personen.huishouden",
            ),
        ),
        migrations.AddField(
            model_name="huishoudenstelling",
            name="gemeente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="huishoudenstellingen",
                to="personen.gemeente",
            ),
        ),
        migrations.AddConstraint(
            model_name="regio",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True),
                    models.Q(("naam", ""), _negated=True),
                ),
                name="personen_regio_gevuld",
            ),
        ),
        migrations.AddField(
            model_name="regiogemeente",
            name="gemeente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deelnames",
                to="personen.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="regiogemeente",
            name="regio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deelnames",
                to="personen.regio",
            ),
        ),
        migrations.AddField(
            model_name="verblijf",
            name="gemeente",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="personen.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="verblijf",
            name="persoon",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verblijven",
                to="personen.persoon",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezag",
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
                name="personen_gezag_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezag",
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
                name="personen_gezag_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezag",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("kenmerk", "="), ("bekend", "&&")],
                name="personen_gezag_versies",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezag",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("minderjarige", "="),
                    (
                        django.db.models.functions.comparison.Coalesce(
                            "houder",
                            models.Value(
                                uuid.UUID("00000000-0000-0000-0000-000000000000"),
                                models.UUIDField(),
                            ),
                        ),
                        "=",
                    ),
                    ("geldig", "&&"),
                    ("bekend", "&&"),
                ],
                name="personen_gezag_een_per_houder",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("houder__isnull", True),
                    models.Q(("houder", models.F("minderjarige")), _negated=True),
                    _connector="OR",
                ),
                name="personen_gezag_niet_over_zichzelf",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("houder__isnull", True), ("soort", "instelling")),
                    models.Q(
                        ("houder__isnull", False),
                        ("instelling", ""),
                        ("soort__in", ["ouder", "voogd"]),
                    ),
                    _connector="OR",
                ),
                name="personen_gezag_houder",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezinslid",
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
                name="personen_gezinslid_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezinslid",
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
                name="personen_gezinslid_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezinslid",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("kenmerk", "="), ("bekend", "&&")],
                name="personen_gezinslid_versies",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezinslid",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("gezin", "="),
                    ("persoon", "="),
                    ("geldig", "&&"),
                    ("bekend", "&&"),
                ],
                name="personen_gezinslid_een_rol",
            ),
        ),
        migrations.AddConstraint(
            model_name="gezinslid",
            constraint=models.CheckConstraint(
                condition=models.Q(("rol__in", ["ouder", "kind", "partner", "ander"])),
                name="personen_gezinslid_rol",
            ),
        ),
        migrations.AddConstraint(
            model_name="adres",
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
                name="personen_adres_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="adres",
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
                name="personen_adres_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="adres",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("kenmerk", "="), ("bekend", "&&")],
                name="personen_adres_versies",
            ),
        ),
        migrations.AddConstraint(
            model_name="adres",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("persoon", "="), ("geldig", "&&"), ("bekend", "&&")],
                name="personen_adres_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="adres",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("postcode__regex", "^([1-9][0-9]{3}([A-Z]{2})?)?$")
                ),
                name="personen_adres_postcode",
            ),
        ),
        migrations.AddConstraint(
            model_name="huishoudenstelling",
            constraint=models.UniqueConstraint(
                fields=("gemeente", "peildatum"),
                name="personen_huishoudenstelling_uniek",
            ),
        ),
        migrations.AddConstraint(
            model_name="regiogemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig__isempty", False), ("geldig__lower_inf", False)
                ),
                name="personen_regiogemeente_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="regiogemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(("doel", ""), _negated=True),
                name="personen_regiogemeente_doel",
            ),
        ),
        migrations.AddConstraint(
            model_name="regiogemeente",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("gemeente", "="), ("doel", "="), ("geldig", "&&")],
                name="personen_regiogemeente_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="verblijf",
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
                name="personen_verblijf_geldig",
            ),
        ),
        migrations.AddConstraint(
            model_name="verblijf",
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
                name="personen_verblijf_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="verblijf",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("kenmerk", "="), ("bekend", "&&")],
                name="personen_verblijf_versies",
            ),
        ),
        migrations.AddConstraint(
            model_name="verblijf",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("persoon", "="), ("geldig", "&&"), ("bekend", "&&")],
                name="personen_verblijf_een_tegelijk",
            ),
        ),
    ]
