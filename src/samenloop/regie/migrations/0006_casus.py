"""Steps kept, the meldingen of a case, substitutes, and transfer elsewhere."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import samenloop.core.klok


class Migration(migrations.Migration):
    dependencies = [
        ("personen", "0005_huishouden_delen"),
        ("plannen", "0002_gemeentegrens"),
        ("regie", "0005_dossier_gemeentegrens"),
        ("signalen", "0004_weegtermijn_en_concepten"),
    ]

    operations = [
        migrations.CreateModel(
            name="Casusmelding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("op", models.DateTimeField(default=samenloop.core.klok.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Overdracht",
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
                ("reden", models.CharField(max_length=500)),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("voorgesteld", "proposed"),
                            ("verzonden", "sent"),
                            ("ingetrokken", "called off"),
                        ],
                        db_default="voorgesteld",
                        default="voorgesteld",
                        max_length=12,
                    ),
                ),
                (
                    "voorgesteld_op",
                    models.DateTimeField(default=samenloop.core.klok.now),
                ),
                ("voorgesteld_door", models.BigIntegerField(editable=False, null=True)),
                ("gedaan_op", models.DateTimeField(blank=True, null=True)),
                ("gedaan_door", models.BigIntegerField(editable=False, null=True)),
                ("nieuwe_casus", models.UUIDField(blank=True, null=True)),
                (
                    "nieuw_nummer",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=40
                    ),
                ),
                ("meegegaan", models.JSONField(default=list)),
                ("gebleven", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-voorgesteld_op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Vervanging",
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
            ],
        ),
        migrations.AddField(
            model_name="casus",
            name="nazorg_gedaan_op",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="casusperiode",
            name="reden_begin",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="casusperiode",
            name="toelichting_einde",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="regie",
            name="deelname",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="regie",
                to="plannen.deelname",
            ),
        ),
        migrations.AlterField(
            model_name="stapstand",
            name="stap",
            field=models.CharField(
                choices=[
                    ("signaal", "Signal received"),
                    ("beoordelen", "Assess the situation"),
                    ("overleg", "Case conference"),
                    ("plan", "Draw up the plan"),
                    ("regelen", "Arrange the parts"),
                    ("uitvoeren", "Carry out"),
                    ("volgen", "Follow how it goes"),
                    ("evalueren", "Evaluate"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="stapstand",
            index=models.Index(
                fields=["casus", "stap", "-id"], name="regie_stapstand_laatste"
            ),
        ),
        migrations.AddField(
            model_name="casusmelding",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="casusmeldingen",
                to="regie.casus",
            ),
        ),
        migrations.AddField(
            model_name="casusmelding",
            name="melding",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="casusmelding",
                to="signalen.melding",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="overdrachten",
                to="regie.casus",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="naar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="personen.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="overdracht",
            name="van",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="personen.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="vervanging",
            name="afwezigheid",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vervangingen",
                to="regie.afwezigheid",
            ),
        ),
        migrations.AddField(
            model_name="vervanging",
            name="deelname",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="vervanging",
                to="plannen.deelname",
            ),
        ),
        migrations.AddField(
            model_name="vervanging",
            name="regie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="vervangingen",
                to="regie.regie",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdracht",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staat", "voorgesteld")),
                fields=("casus",),
                name="regie_overdracht_een_voorstel",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(("van", models.F("naar")), _negated=True),
                name="regie_overdracht_elders",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden", ""), _negated=True),
                name="regie_overdracht_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("staat", "verzonden"), _negated=True),
                    ("nieuwe_casus__isnull", False),
                    _connector="OR",
                ),
                name="regie_overdracht_verzonden",
            ),
        ),
        migrations.RunSQL(
            "INSERT INTO regie_casusmelding (casus_id, melding_id, op)"
            " SELECT DISTINCT ON (melding_id) id, melding_id, now() FROM regie_casus"
            " WHERE melding_id IS NOT NULL ORDER BY melding_id, nummer;"
            " SET CONSTRAINTS ALL IMMEDIATE",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(
            model_name="casus",
            name="melding",
        ),
    ]
