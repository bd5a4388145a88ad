"""Tables of terms."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import samenloop.core.klok


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0005_laatste_gemeente"),
        ("personen", "0005_huishouden_delen"),
        ("regie", "0005_dossier_gemeentegrens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Termijn",
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
                ("soort", models.CharField(max_length=40)),
                ("onderwerp", models.UUIDField(blank=True, null=True)),
                (
                    "omschrijving",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                ("begin", models.DateField()),
                ("begin_om", models.DateTimeField(blank=True, null=True)),
                (
                    "duur",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=10
                    ),
                ),
                (
                    "streefduur",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=10
                    ),
                ),
                (
                    "telling",
                    models.CharField(
                        choices=[
                            ("atw", "by the General Extension of Time Limits Act"),
                            ("eu", "by Regulation 1182/71"),
                            ("werkdagen", "in working days"),
                            ("kalender", "in calendar days, without moving"),
                            ("uren", "in hours"),
                            ("datum", "until an agreed date"),
                        ],
                        max_length=10,
                    ),
                ),
                ("uiterlijk", models.DateField()),
                ("uiterlijk_om", models.DateTimeField(blank=True, null=True)),
                ("streef", models.DateField(blank=True, null=True)),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("loopt", "runs"),
                            ("stil", "stands still"),
                            ("gehaald", "met"),
                            ("vervallen", "lapsed"),
                        ],
                        db_default="loopt",
                        default="loopt",
                        max_length=10,
                    ),
                ),
                ("stil_sinds", models.DateField(blank=True, null=True)),
                ("verstreken_op", models.DateField(blank=True, null=True)),
                ("beeindigd_op", models.DateField(blank=True, null=True)),
                (
                    "gestart_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("gestart_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="termijnen",
                        to="regie.casus",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
            ],
            options={
                "ordering": ["uiterlijk", "id"],
            },
        ),
        migrations.CreateModel(
            name="Stilstand",
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
                    "grond",
                    models.CharField(
                        choices=[
                            ("aanvulling", "additions were asked for (Awb 4:15, 1 a)"),
                            (
                                "buitenland",
                                "information from abroad is awaited (Awb 4:15, 1 b)",
                            ),
                            (
                                "instemming",
                                "the applicant agreed in writing (Awb 4:15, 2 a)",
                            ),
                            (
                                "aanvrager",
                                "the delay is the applicant's (Awb 4:15, 2 b)",
                            ),
                            ("overmacht", "force majeure (Awb 4:15, 2 c)"),
                            (
                                "verzuim",
                                "a defect is being repaired (Awb 6:6 and 7:10, 2)",
                            ),
                            ("identiteit", "it is in doubt who asks (GDPR 12, 6)"),
                            ("afspraak", "agreed with who counts on it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("van", models.DateField()),
                ("tot", models.DateField(blank=True, null=True)),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                ("door", models.BigIntegerField(editable=False, null=True)),
                (
                    "termijn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opschortingen",
                        to="termijnen.termijn",
                    ),
                ),
            ],
            options={
                "db_table": "termijnen_opschorting",
                "ordering": ["van", "id"],
            },
        ),
        migrations.CreateModel(
            name="Escalatie",
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
                    "moment",
                    models.CharField(
                        choices=[
                            ("deel", "when so many percent of the time has passed"),
                            ("laatste_dag", "on the last day"),
                            ("te_laat", "so many working days late"),
                        ],
                        max_length=12,
                    ),
                ),
                ("waarde", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "aan",
                    models.CharField(
                        choices=[
                            ("regisseur", "the director"),
                            ("teamleider", "the team leader"),
                            ("doorzetter", "who may push through"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                (
                    "termijn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escalaties",
                        to="termijnen.termijn",
                    ),
                ),
            ],
            options={
                "ordering": ["op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Doorzetting",
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
                ("besluit", models.CharField(max_length=500)),
                ("reden", models.CharField(max_length=500)),
                (
                    "op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("door", models.BigIntegerField(editable=False, null=True)),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doorzettingen",
                        to="regie.casus",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organisatie",
                    ),
                ),
                (
                    "termijn",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="termijnen.termijn",
                    ),
                ),
            ],
            options={
                "ordering": ["op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Termijngebeurtenis",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("gestart", "began"),
                            ("opgeschort", "stood still"),
                            ("hervat", "ran again"),
                            ("verlengd", "was extended"),
                            ("gehaald", "was met"),
                            ("vervallen", "lapsed"),
                            ("gecorrigeerd", "was corrected"),
                            ("verstreken", "passed"),
                            ("opgeschaald", "went a level up"),
                        ],
                        max_length=12,
                    ),
                ),
                ("op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("door", models.BigIntegerField(editable=False, null=True)),
                ("uiterlijk", models.DateField(null=True)),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                (
                    "termijn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gebeurtenissen",
                        to="termijnen.termijn",
                    ),
                ),
            ],
            options={
                "ordering": ["op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Termijninstelling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40)),
                (
                    "naam",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "duur",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=10
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                (
                    "vastgesteld_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgesteld_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
            ],
            options={
                "ordering": ["code", "id"],
            },
        ),
        migrations.CreateModel(
            name="Trede",
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
                    "moment",
                    models.CharField(
                        choices=[
                            ("deel", "when so many percent of the time has passed"),
                            ("laatste_dag", "on the last day"),
                            ("te_laat", "so many working days late"),
                        ],
                        max_length=12,
                    ),
                ),
                ("waarde", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "aan",
                    models.CharField(
                        choices=[
                            ("regisseur", "the director"),
                            ("teamleider", "the team leader"),
                            ("doorzetter", "who may push through"),
                        ],
                        max_length=12,
                    ),
                ),
                ("account", models.BigIntegerField(blank=True, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="treden",
                        to="regie.team",
                    ),
                ),
            ],
            options={
                "ordering": ["moment", "waarde", "aan"],
            },
        ),
        migrations.CreateModel(
            name="Verlenging",
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
                ("duur", models.CharField(max_length=10)),
                ("van_rechtswege", models.BooleanField(db_default=True, default=True)),
                ("bericht_op", models.DateField()),
                ("reden", models.CharField(max_length=500)),
                (
                    "op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("door", models.BigIntegerField(editable=False, null=True)),
                (
                    "termijn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verlengingen",
                        to="termijnen.termijn",
                    ),
                ),
            ],
            options={
                "ordering": ["op", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="termijn",
            index=models.Index(
                condition=models.Q(("staat__in", ("loopt", "stil"))),
                fields=["gemeente", "uiterlijk"],
                name="termijnen_termijn_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="termijn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staat__in", ("loopt", "stil"))),
                fields=("casus", "soort", "onderwerp"),
                name="termijnen_termijn_een_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="termijn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("soort", ""), _negated=True),
                    (
                        "telling__in",
                        ["atw", "eu", "werkdagen", "kalender", "uren", "datum"],
                    ),
                ),
                name="termijnen_termijn_soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="termijn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("beeindigd_op", None),
                        ("staat", "loopt"),
                        ("stil_sinds__isnull", True),
                    ),
                    models.Q(
                        ("beeindigd_op", None),
                        ("staat", "stil"),
                        ("stil_sinds__isnull", False),
                    ),
                    models.Q(
                        ("beeindigd_op__isnull", False),
                        ("staat__in", ["gehaald", "vervallen"]),
                        ("stil_sinds", None),
                    ),
                    _connector="OR",
                ),
                name="termijnen_termijn_staat",
            ),
        ),
        migrations.AddConstraint(
            model_name="termijn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("streef__isnull", True),
                    ("streef__lte", models.F("uiterlijk")),
                    _connector="OR",
                ),
                name="termijnen_termijn_streef",
            ),
        ),
        migrations.AddConstraint(
            model_name="termijn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("begin_om__isnull", False),
                        ("telling", "uren"),
                        ("uiterlijk_om__isnull", False),
                    ),
                    models.Q(
                        models.Q(("telling", "uren"), _negated=True),
                        ("begin_om", None),
                        ("uiterlijk_om", None),
                    ),
                    _connector="OR",
                ),
                name="termijnen_termijn_uren",
            ),
        ),
        migrations.AddConstraint(
            model_name="stilstand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tot__isnull", True),
                    ("tot__gte", models.F("van")),
                    _connector="OR",
                ),
                name="termijnen_opschorting_tot_na_van",
            ),
        ),
        migrations.AddConstraint(
            model_name="stilstand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "grond__in",
                        [
                            "aanvulling",
                            "buitenland",
                            "instemming",
                            "aanvrager",
                            "overmacht",
                            "verzuim",
                            "identiteit",
                            "afspraak",
                        ],
                    )
                ),
                name="termijnen_opschorting_grond",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalatie",
            constraint=models.UniqueConstraint(
                fields=("termijn", "moment", "waarde", "aan"),
                name="termijnen_escalatie_een_keer",
            ),
        ),
        migrations.AddConstraint(
            model_name="doorzetting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besluit", ""), _negated=True),
                    models.Q(("reden", ""), _negated=True),
                ),
                name="termijnen_doorzetting_gevuld",
            ),
        ),
        migrations.AddIndex(
            model_name="termijninstelling",
            index=models.Index(
                fields=["gemeente", "code"], name="termijnen_instelling_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="termijninstelling",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True),
                name="termijnen_instelling_met_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="termijninstelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duur__regex", "^(P[1-9][0-9]{0,3}[DWMY]|WD[1-9][0-9]{0,2})?$")
                ),
                name="termijnen_instelling_duur",
            ),
        ),
        migrations.AddConstraint(
            model_name="trede",
            constraint=models.UniqueConstraint(
                fields=("gemeente", "team", "moment", "waarde", "aan"),
                name="termijnen_trede_een_keer",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="trede",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("moment", "deel"), ("waarde__gte", 1), ("waarde__lte", 99)
                    ),
                    models.Q(("moment", "laatste_dag"), ("waarde", 0)),
                    models.Q(
                        ("moment", "te_laat"), ("waarde__gte", 1), ("waarde__lte", 60)
                    ),
                    _connector="OR",
                ),
                name="termijnen_trede_waarde",
            ),
        ),
        migrations.AddConstraint(
            model_name="trede",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aan__in", ["regisseur", "teamleider", "doorzetter"])
                ),
                name="termijnen_trede_aan",
            ),
        ),
        migrations.AddConstraint(
            model_name="verlenging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("van_rechtswege", True)),
                fields=("termijn",),
                name="termijnen_verlenging_een_keer",
            ),
        ),
        migrations.AddConstraint(
            model_name="verlenging",
            constraint=models.CheckConstraint(
                condition=models.Q(("duur__regex", "^P[1-9][0-9]{0,3}[DWMY]$")),
                name="termijnen_verlenging_duur",
            ),
        ),
        migrations.AddConstraint(
            model_name="verlenging",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden", ""), _negated=True),
                name="termijnen_verlenging_met_reden",
            ),
        ),
    ]
