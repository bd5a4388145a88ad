"""Tables of the caseload and of planned reassessments."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import samenloop.core.klok


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("personen", "0005_huishouden_delen"),
        ("regie", "0005_dossier_gemeentegrens"),
        ("termijnen", "0001_termijnen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Caseloadnorm",
            fields=[
                (
                    "gemeente",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="personen.gemeente",
                    ),
                ),
                ("licht", models.PositiveSmallIntegerField(db_default=1, default=1)),
                ("gewoon", models.PositiveSmallIntegerField(db_default=2, default=2)),
                ("zwaar", models.PositiveSmallIntegerField(db_default=4, default=4)),
                ("ruimte", models.PositiveSmallIntegerField(db_default=40, default=40)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("licht__gte", 1),
                            ("gewoon__gte", models.F("licht")),
                            ("zwaar__gte", models.F("gewoon")),
                            ("ruimte__gte", 1),
                        ),
                        name="caseload_norm_oplopend",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Casuszwaarte",
            fields=[
                (
                    "casus",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="zwaarte",
                        serialize=False,
                        to="regie.casus",
                    ),
                ),
                (
                    "zwaarte",
                    models.CharField(
                        choices=[
                            ("licht", "light"),
                            ("gewoon", "normal"),
                            ("zwaar", "heavy"),
                        ],
                        max_length=10,
                    ),
                ),
                ("op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("door", models.BigIntegerField(editable=False, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("zwaarte__in", ["licht", "gewoon", "zwaar"])
                        ),
                        name="caseload_zwaarte_soort",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Herindicatieplanning",
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
                ("voorziening", models.UUIDField()),
                ("einddatum", models.DateField()),
                ("eerst", models.DateField()),
                ("start", models.DateField()),
                (
                    "besloten_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("besloten_door", models.BigIntegerField(editable=False, null=True)),
                ("vervallen_op", models.DateField(blank=True, null=True)),
                (
                    "betrokkene",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.persoon",
                    ),
                ),
                (
                    "casus",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="herindicaties",
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
                "ordering": ["start", "id"],
                "indexes": [
                    models.Index(
                        fields=["gemeente", "start"], name="caseload_herindicatie_start"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("vervallen_op__isnull", True)),
                        fields=("voorziening",),
                        name="caseload_herindicatie_een_keer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("einddatum"))),
                        name="caseload_herindicatie_voor_einde",
                    ),
                ],
            },
        ),
    ]
