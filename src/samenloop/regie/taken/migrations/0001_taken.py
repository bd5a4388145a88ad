"""Tasks, what they wait for, reminders, and what happened to them."""

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
            name="Taak",
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
                ("titel", models.CharField(max_length=200)),
                (
                    "waarom",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                ("account", models.BigIntegerField(blank=True, null=True)),
                (
                    "naam",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                ("uiterlijk", models.DateField(blank=True, null=True)),
                ("dagen", models.PositiveSmallIntegerField(db_default=1, default=1)),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("wacht", "waits"),
                            ("open", "to do"),
                            ("klaar", "done"),
                            ("vervallen", "lapsed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("start_zelf", models.BooleanField(db_default=True, default=True)),
                ("vraagt_sinds", models.DateTimeField(blank=True, null=True)),
                (
                    "keuzes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                (
                    "resultaat",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                ("elke_weken", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("herhaal_tot", models.DateField(blank=True, null=True)),
                ("activiteit", models.UUIDField(blank=True, null=True)),
                ("gemaakt_op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("gemaakt_door", models.BigIntegerField(editable=False, null=True)),
                ("begonnen_op", models.DateTimeField(blank=True, null=True)),
                ("beeindigd_op", models.DateTimeField(blank=True, null=True)),
                ("beeindigd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="regie.casus",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organisatie",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.persoon",
                    ),
                ),
                (
                    "vorige",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="volgende",
                        to="taken.taak",
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("uiterlijk"), nulls_last=True),
                    "gemaakt_op",
                    "id",
                ],
            },
        ),
        migrations.CreateModel(
            name="Herinnering",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("op", models.DateField()),
                ("gegeven_op", models.DateTimeField(blank=True, null=True)),
                (
                    "taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="herinneringen",
                        to="taken.taak",
                    ),
                ),
            ],
            options={
                "ordering": ["op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Taakverloop",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "wat",
                    models.CharField(
                        choices=[
                            ("gegeven", "given"),
                            ("begonnen", "can begin"),
                            ("vraagt", "asks the director"),
                            ("overgedragen", "given to somebody else"),
                            ("terug", "came back"),
                            ("gewijzigd", "changed"),
                            ("klaar", "done"),
                            ("vervallen", "lapsed"),
                            ("heropend", "taken up again"),
                        ],
                        max_length=12,
                    ),
                ),
                ("op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("door", models.BigIntegerField(editable=False, null=True)),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verloop",
                        to="taken.taak",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Voorwaarde",
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
                ("groep", models.PositiveSmallIntegerField(default=1)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("na", "after another task"),
                            ("datum", "a date"),
                            ("besluit", "a decision"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=100
                    ),
                ),
                ("datum", models.DateField(blank=True, null=True)),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("open", "still awaited"),
                            ("waar", "came"),
                            ("nooit", "cannot come any more"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=6,
                    ),
                ),
                (
                    "op_taak",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wachtenden",
                        to="taken.taak",
                    ),
                ),
                (
                    "taak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voorwaarden",
                        to="taken.taak",
                    ),
                ),
            ],
            options={
                "ordering": ["taak", "groep", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="taak",
            index=models.Index(
                condition=models.Q(("staat__in", ["wacht", "open"])),
                fields=["account", "uiterlijk"],
                name="taken_taak_account",
            ),
        ),
        migrations.AddIndex(
            model_name="taak",
            index=models.Index(
                condition=models.Q(("staat__in", ["wacht", "open"])),
                fields=["gemeente", "uiterlijk"],
                name="taken_taak_uiterlijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="taak",
            constraint=models.CheckConstraint(
                condition=models.Q(("titel", ""), _negated=True),
                name="taken_taak_titel",
            ),
        ),
        migrations.AddConstraint(
            model_name="taak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("naam", ""), ("organisatie", None), ("persoon", None)),
                    models.Q(("account", None), ("naam", ""), ("persoon", None)),
                    models.Q(("account", None), ("naam", ""), ("organisatie", None)),
                    models.Q(
                        ("account", None), ("organisatie", None), ("persoon", None)
                    ),
                    _connector="OR",
                ),
                name="taken_taak_een_iemand",
            ),
        ),
        migrations.AddConstraint(
            model_name="taak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("beeindigd_op__isnull", False),
                        ("staat__in", ["klaar", "vervallen"]),
                    ),
                    models.Q(("beeindigd_op", None), ("staat__in", ["wacht", "open"])),
                    _connector="OR",
                ),
                name="taken_taak_geeindigd",
            ),
        ),
        migrations.AddConstraint(
            model_name="taak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("elke_weken", None), ("herhaal_tot", None)),
                    models.Q(("elke_weken__gte", 1), ("herhaal_tot__isnull", False)),
                    _connector="OR",
                ),
                name="taken_taak_herhaling",
            ),
        ),
        migrations.AddConstraint(
            model_name="taak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vraagt_sinds", None), ("staat", "wacht"), _connector="OR"
                ),
                name="taken_taak_vraagt_die_wacht",
            ),
        ),
        migrations.AddConstraint(
            model_name="taak",
            constraint=models.UniqueConstraint(
                condition=models.Q(("activiteit__isnull", False), ("vorige", None)),
                fields=("activiteit",),
                name="taken_taak_een_per_activiteit",
            ),
        ),
        migrations.AddIndex(
            model_name="herinnering",
            index=models.Index(
                condition=models.Q(("gegeven_op", None)),
                fields=["op"],
                name="taken_herinnering_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="herinnering",
            constraint=models.UniqueConstraint(
                models.F("taak"), models.F("op"), name="taken_herinnering_eenmaal"
            ),
        ),
        migrations.AddIndex(
            model_name="voorwaarde",
            index=models.Index(
                condition=models.Q(("soort", "datum"), ("staat", "open")),
                fields=["datum"],
                name="taken_voorwaarde_datum",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorwaarde",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("datum", None),
                        ("op_taak__isnull", False),
                        ("soort", "na"),
                        ("uitkomst", ""),
                    ),
                    models.Q(
                        ("datum__isnull", False),
                        ("op_taak", None),
                        ("soort", "datum"),
                        ("uitkomst", ""),
                    ),
                    models.Q(
                        ("datum", None),
                        ("op_taak__isnull", False),
                        ("soort", "besluit"),
                        models.Q(("uitkomst", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="taken_voorwaarde_naar_soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorwaarde",
            constraint=models.UniqueConstraint(
                condition=models.Q(("op_taak__isnull", False)),
                fields=("taak", "groep", "op_taak", "uitkomst"),
                name="taken_voorwaarde_eenmaal",
            ),
        ),
    ]
