import uuid

import django.db.models.deletion
from django.db import migrations, models

import samenloop.core.klok


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("personen", "0006_al_bekend"),
        ("plannen", "0007_dossier_volgorde"),
        ("regie", "0009_wacht_op_regisseur"),
    ]

    operations = [
        migrations.CreateModel(
            name="Casusafspraak",
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
                    "soort",
                    models.CharField(
                        choices=[
                            ("gesprek", "conversation"),
                            ("huisbezoek", "home visit"),
                            ("overleg", "consultation"),
                            ("evaluatie", "evaluation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("begint_op", models.DateTimeField()),
                ("minuten", models.PositiveSmallIntegerField(default=60)),
                (
                    "plaats",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "waarover",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "staat",
                    models.CharField(
                        choices=[("gepland", "planned"), ("afgezegd", "cancelled")],
                        default="gepland",
                        max_length=10,
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300
                    ),
                ),
                ("gemaakt_op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("gemaakt_door", models.BigIntegerField(editable=False, null=True)),
                ("afgezegd_op", models.DateTimeField(blank=True, null=True)),
                ("afgezegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
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
                "ordering": ["begint_op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Afspraakdeelname",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "deelname",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
                        to="plannen.deelname",
                    ),
                ),
                (
                    "afspraak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="komen",
                        to="afspraken.casusafspraak",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Verzetting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("was_op", models.DateTimeField()),
                (
                    "was_plaats",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                ("reden", models.CharField(max_length=300)),
                ("op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("door", models.BigIntegerField(editable=False, null=True)),
                (
                    "afspraak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verzettingen",
                        to="afspraken.casusafspraak",
                    ),
                ),
            ],
            options={
                "ordering": ["op", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="casusafspraak",
            index=models.Index(
                fields=["casus", "begint_op"], name="afspraken_casus_begin"
            ),
        ),
        migrations.AddIndex(
            model_name="casusafspraak",
            index=models.Index(
                fields=["gemeente", "begint_op"], name="afspraken_gemeente_begin"
            ),
        ),
        migrations.AddConstraint(
            model_name="casusafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(("minuten__range", (5, 600))),
                name="afspraken_minuten",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["gesprek", "huisbezoek", "overleg", "evaluatie"])
                ),
                name="afspraken_soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="casusafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("afgezegd_op", None), ("reden", ""), ("staat", "gepland")
                    ),
                    models.Q(
                        ("afgezegd_op__isnull", False),
                        ("staat", "afgezegd"),
                        models.Q(("reden", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="afspraken_afgezegd_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraakdeelname",
            constraint=models.UniqueConstraint(
                fields=("afspraak", "deelname"), name="afspraken_een_keer_uitgenodigd"
            ),
        ),
        migrations.AddConstraint(
            model_name="verzetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden", ""), _negated=True),
                name="afspraken_verzet_met_reden",
            ),
        ),
    ]
