"""Applications, decisions, allocations, deliveries, requests, budgets."""

import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import samenloop.core.klok
import samenloop.voorzieningen.inkoop.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("inkoop", "0001_inkoop"),
        ("personen", "0005_huishouden_delen"),
        ("voorzieningen", "0003_gemeentegrens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Aanvraag",
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
                ("nummer", models.CharField(max_length=30)),
                ("dossier", models.UUIDField(blank=True, null=True)),
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
                ("vraag", models.TextField(blank=True, db_default="", default="")),
                (
                    "kanaal",
                    models.CharField(
                        choices=[
                            ("gesprek", "talk with a consultant"),
                            ("portaal", "citizens' portal"),
                            ("post", "letter or e-mail"),
                            ("telefoon", "telephone"),
                            ("verwijzer", "referral by a doctor or other referrer"),
                            ("aanbieder", "request of a provider"),
                            ("herindicatie", "reassessment of what ends"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "verwijzer_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "municipality"),
                            ("02", "general practitioner"),
                            ("03", "youth doctor"),
                            ("04", "certified institution"),
                            ("05", "medical specialist"),
                            ("06", "no referrer"),
                            ("08", "court, public prosecutor or juvenile institution"),
                        ],
                        db_default="",
                        default="",
                        max_length=2,
                    ),
                ),
                (
                    "verwijzer_naam",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=64
                    ),
                ),
                ("herindicatie_van", models.UUIDField(blank=True, null=True)),
                ("gemeld_op", models.DateField()),
                ("aangevraagd_op", models.DateField(blank=True, null=True)),
                ("uiterlijk", models.DateField()),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("melding", "question, inquiry under way"),
                            ("aanvraag", "applied, to be decided"),
                            ("beslist", "decided"),
                            ("ingetrokken", "withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("beeindigd_op", models.DateField(blank=True, null=True)),
                (
                    "reden_einde",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                ("behandelaar", models.BigIntegerField(blank=True, null=True)),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "gezaghebbende",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.persoon",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aanvragen",
                        to="personen.persoon",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="voorzieningen.product",
                    ),
                ),
            ],
            options={
                "ordering": ["uiterlijk", "id"],
            },
        ),
        migrations.CreateModel(
            name="Beschikking",
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
                ("nummer", models.CharField(max_length=30)),
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
                    "uitkomst",
                    models.CharField(
                        choices=[
                            ("toegekend", "granted"),
                            ("deels", "granted in part"),
                            ("afgewezen", "refused"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "vorm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("zin", "care in kind"),
                            ("pgb", "personal budget"),
                            ("financieel", "financial allowance"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                    ),
                ),
                ("grondslag", models.CharField(max_length=200)),
                ("motivering", models.TextField()),
                ("ingang", models.DateField(blank=True, null=True)),
                ("eind", models.DateField(blank=True, null=True)),
                ("volume", models.PositiveIntegerField(blank=True, null=True)),
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
                (
                    "frequentie",
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
                ("budget", models.BigIntegerField(blank=True, null=True)),
                ("besloten_op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("bekendgemaakt_op", models.DateField()),
                ("bezwaar_tot", models.DateField()),
                ("besloten_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "aanvraag",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beschikkingen",
                        to="toewijzen.aanvraag",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beschikkingen",
                        to="personen.persoon",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="voorzieningen.product",
                    ),
                ),
                (
                    "vervangt",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vervangen_door",
                        to="toewijzen.beschikking",
                    ),
                ),
            ],
            options={
                "ordering": ["-besloten_op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Bezwaarzaak",
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
                ("inhoud", models.TextField(blank=True, db_default="", default="")),
                ("uiterlijk", models.DateField()),
                ("verdaagd", models.BooleanField(db_default=False, default=False)),
                ("motivering", models.TextField(blank=True, db_default="", default="")),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "beschikking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bezwaarzaken",
                        to="toewijzen.beschikking",
                    ),
                ),
                (
                    "bezwaar",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zaak",
                        to="voorzieningen.bezwaar",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bezwaarzaken",
                        to="personen.persoon",
                    ),
                ),
            ],
            options={
                "ordering": ["uiterlijk", "id"],
            },
        ),
        migrations.CreateModel(
            name="EigenBijdrage",
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
                ("ingang", models.DateField()),
                ("eind", models.DateField(blank=True, null=True)),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eigen_bijdragen",
                        to="personen.persoon",
                    ),
                ),
            ],
            options={
                "ordering": ["-ingang", "id"],
            },
        ),
        migrations.CreateModel(
            name="Nummerreeks",
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
                ("gemeente", models.CharField(max_length=6)),
                ("reeks", models.CharField(max_length=20)),
                ("laatste", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gemeente", "reeks"), name="toewijzen_nummerreeks_uniek"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pgb",
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
                            ("pgb", "personal budget"),
                            ("financieel", "financial allowance"),
                        ],
                        db_default="pgb",
                        default="pgb",
                        max_length=10,
                    ),
                ),
                ("categorie", models.CharField(max_length=2)),
                (
                    "code",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=5
                    ),
                ),
                ("ingang", models.DateField()),
                ("eind", models.DateField()),
                ("budget", models.BigIntegerField()),
                ("beeindigd_op", models.DateField(blank=True, null=True)),
                (
                    "reden_einde",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "voorziening",
                    models.UUIDField(blank=True, editable=False, null=True),
                ),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "beschikking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pgbs",
                        to="toewijzen.beschikking",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pgbs",
                        to="personen.persoon",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="voorzieningen.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-ingang", "id"],
            },
        ),
        migrations.CreateModel(
            name="Routeregel",
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
                ("volgorde", models.PositiveSmallIntegerField()),
                (
                    "verwijzer_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "municipality"),
                            ("02", "general practitioner"),
                            ("03", "youth doctor"),
                            ("04", "certified institution"),
                            ("05", "medical specialist"),
                            ("06", "no referrer"),
                            ("08", "court, public prosecutor or juvenile institution"),
                        ],
                        db_default="",
                        default="",
                        max_length=2,
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
                ("max_bedrag", models.BigIntegerField(blank=True, null=True)),
                (
                    "uitkomst",
                    models.CharField(
                        choices=[
                            ("door", "straight through"),
                            ("toetsen", "reviewed first"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reden", models.CharField(max_length=300)),
                ("ingang", models.DateField()),
                ("eind", models.DateField(blank=True, null=True)),
                (
                    "vastgesteld_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgesteld_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "aanbieder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
            ],
            options={
                "ordering": ["wet", "volgorde", "id"],
            },
        ),
        migrations.CreateModel(
            name="Toewijzing",
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
                ("nummer", models.PositiveIntegerField()),
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
                ("ingang", models.DateField()),
                ("eind", models.DateField(blank=True, null=True)),
                ("volume", models.PositiveIntegerField(blank=True, null=True)),
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
                (
                    "frequentie",
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
                ("budget", models.BigIntegerField(blank=True, null=True)),
                (
                    "reden_wijziging",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("02", "died"),
                            ("03", "contract changed"),
                            ("04", "longer after reassessment"),
                            ("05", "shorter after reassessment"),
                            ("06", "goes on under another law"),
                            ("07", "moved away"),
                            ("08", "other form of delivery"),
                            ("09", "other provider"),
                            ("10", "new way of funding"),
                            ("11", "merger of municipalities"),
                            ("12", "asked by the provider"),
                            ("13", "removed"),
                            ("14", "administrative correction"),
                        ],
                        db_default="",
                        default="",
                        max_length=2,
                    ),
                ),
                (
                    "referentie_aanbieder",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=36
                    ),
                ),
                (
                    "commentaar",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "toegewezen_op",
                    models.DateTimeField(default=samenloop.core.klok.now),
                ),
                ("toegewezen_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "voorziening",
                    models.UUIDField(blank=True, editable=False, null=True),
                ),
                (
                    "aanbieder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toewijzingen",
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "beschikking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toewijzingen",
                        to="toewijzen.beschikking",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inkoop.contract",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toewijzingen",
                        to="personen.persoon",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="voorzieningen.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-ingang", "nummer"],
            },
        ),
        migrations.CreateModel(
            name="Toewijzingversie",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("volgnummer", models.PositiveIntegerField()),
                ("eind", models.DateField(null=True)),
                ("volume", models.PositiveIntegerField(null=True)),
                ("budget", models.BigIntegerField(null=True)),
                ("reden_wijziging", models.CharField(max_length=2)),
                ("referentie_aanbieder", models.CharField(max_length=36)),
                ("commentaar", models.CharField(max_length=200)),
                ("toegewezen_op", models.DateTimeField()),
                ("toegewezen_door", models.BigIntegerField(null=True)),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "beschikking",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toewijzen.beschikking",
                    ),
                ),
                (
                    "toewijzing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versies",
                        to="toewijzen.toewijzing",
                    ),
                ),
            ],
            options={
                "ordering": ["toewijzing", "volgnummer"],
            },
        ),
        migrations.CreateModel(
            name="Uitstel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "grond",
                    models.CharField(
                        choices=[
                            ("aanvulling", "the applicant was asked to complete it"),
                            ("instemming", "the applicant agreed in writing"),
                            ("aanvrager", "the delay is due to the applicant"),
                            ("overmacht", "circumstances beyond control"),
                            ("mededeling", "told that it takes longer"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reden", models.CharField(max_length=500)),
                ("van", models.DateField()),
                ("dagen", models.PositiveSmallIntegerField()),
                (
                    "vastgelegd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitstellen",
                        to="toewijzen.aanvraag",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Uitvoer",
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
                            ("cak_start", "own contribution starts (CAK)"),
                            ("cak_stop", "own contribution stops (CAK)"),
                            ("pgb_toekenning", "budget granted (SVB)"),
                            ("pgb_einde", "budget ended (SVB)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("onderwerp", models.UUIDField()),
                ("datum", models.DateField()),
                ("uiterlijk", models.DateField(blank=True, null=True)),
                (
                    "ontstaan_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
                (
                    "formaat",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=40
                    ),
                ),
                ("bevestigd", models.BooleanField(db_default=False, default=False)),
                ("uitgevoerd_op", models.DateTimeField(blank=True, null=True)),
                ("uitgevoerd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.persoon",
                    ),
                ),
            ],
            options={
                "ordering": ["uitgevoerd_op", "ontstaan_op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Verzoek",
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
                            ("vot", "request for an allocation"),
                            ("vow", "request for a change"),
                        ],
                        max_length=3,
                    ),
                ),
                ("referentie", models.CharField(max_length=36)),
                ("dagtekening", models.DateField()),
                ("ontvangen_op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("bericht", models.UUIDField(blank=True, null=True)),
                (
                    "verwijzer_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "municipality"),
                            ("02", "general practitioner"),
                            ("03", "youth doctor"),
                            ("04", "certified institution"),
                            ("05", "medical specialist"),
                            ("06", "no referrer"),
                            ("08", "court, public prosecutor or juvenile institution"),
                        ],
                        db_default="",
                        default="",
                        max_length=2,
                    ),
                ),
                (
                    "verwijzer_naam",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=64
                    ),
                ),
                (
                    "verwijzer_agb",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=8
                    ),
                ),
                (
                    "beschikkingnummer",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=30
                    ),
                ),
                ("raamcontract", models.BooleanField(blank=True, null=True)),
                ("gezagsdrager_bekend", models.BooleanField(blank=True, null=True)),
                (
                    "reden_verzoek",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=2
                    ),
                ),
                (
                    "commentaar",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=12
                    ),
                ),
                (
                    "route_reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300
                    ),
                ),
                ("retour_uiterlijk", models.DateField()),
                ("antwoord_uiterlijk", models.DateField()),
                ("eind_uiterlijk", models.DateField()),
                ("woonplaats_uiterlijk", models.DateField()),
                (
                    "staat",
                    models.CharField(
                        choices=[
                            ("open", "to be answered"),
                            ("onderzoek", "under inquiry"),
                            ("toegewezen", "granted"),
                            ("afgewezen", "refused"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=10,
                    ),
                ),
                ("in_onderzoek_op", models.DateTimeField(blank=True, null=True)),
                ("beantwoord_op", models.DateTimeField(blank=True, null=True)),
                ("beantwoord_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "reden_afwijzing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "a new application is needed"),
                            ("2", "no budget"),
                            ("3", "no contract"),
                            ("4", "does not fit the contract"),
                            ("5", "another municipality is responsible"),
                            ("6", "it is allocated already"),
                            ("7", "on the content of the care"),
                            ("8", "another municipality by place of residence"),
                            ("9", "age limit"),
                        ],
                        db_default="",
                        default="",
                        max_length=1,
                    ),
                ),
                (
                    "woonplaats",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=6
                    ),
                ),
                (
                    "toelichting",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500
                    ),
                ),
                ("behandelaar", models.BigIntegerField(blank=True, null=True)),
                (
                    "aanbieder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verzoeken",
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verzoeken",
                        to="personen.persoon",
                    ),
                ),
            ],
            options={
                "ordering": ["antwoord_uiterlijk", "id"],
            },
        ),
        migrations.AddField(
            model_name="aanvraag",
            name="verzoek",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="aanvragen",
                to="toewijzen.verzoek",
            ),
        ),
        migrations.CreateModel(
            name="Verzoekregel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("aangevraagd", "asked for"),
                            ("ongewijzigd", "stays as it is"),
                            ("te_wijzigen", "to be changed"),
                            ("nieuw", "new"),
                        ],
                        max_length=12,
                    ),
                ),
                ("toewijzing", models.PositiveIntegerField(blank=True, null=True)),
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
                ("beschikking_ingang", models.DateField(blank=True, null=True)),
                ("ingang", models.DateField(blank=True, null=True)),
                ("eind", models.DateField(blank=True, null=True)),
                ("volume", models.PositiveIntegerField(blank=True, null=True)),
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
                (
                    "frequentie",
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
                ("budget", models.BigIntegerField(blank=True, null=True)),
                (
                    "verzoek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regels",
                        to="toewijzen.verzoek",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Zorglevering",
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
                ("begin", models.DateField()),
                ("eind", models.DateField(blank=True, null=True)),
                (
                    "reden_einde",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=2
                    ),
                ),
                ("vervallen_op", models.DateTimeField(blank=True, null=True)),
                (
                    "aanbieder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zorgleveringen",
                        to="voorzieningen.aanbieder",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zorgleveringen",
                        to="personen.persoon",
                    ),
                ),
                (
                    "toewijzing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leveringen",
                        to="toewijzen.toewijzing",
                    ),
                ),
            ],
            options={
                "ordering": ["-begin", "id"],
            },
        ),
        migrations.CreateModel(
            name="Leveringsmelding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("start", "care began"),
                            ("stop", "care ended"),
                            ("start_weg", "start taken back"),
                            ("stop_weg", "stop taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("datum", models.DateField()),
                (
                    "reden",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=2
                    ),
                ),
                ("ontvangen_op", models.DateTimeField(default=samenloop.core.klok.now)),
                ("bericht", models.UUIDField(blank=True, null=True)),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "zorglevering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meldingen",
                        to="toewijzen.zorglevering",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Onderzoek",
            fields=[
                (
                    "aanvraag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="onderzoek",
                        serialize=False,
                        to="toewijzen.aanvraag",
                    ),
                ),
                ("begonnen_op", models.DateField()),
                ("gesprek_op", models.DateField(blank=True, null=True)),
                ("afgerond_op", models.DateField(blank=True, null=True)),
                (
                    "eigen_kracht",
                    models.TextField(blank=True, db_default="", default=""),
                ),
                (
                    "bevindingen",
                    models.TextField(blank=True, db_default="", default=""),
                ),
                ("doelen", models.TextField(blank=True, db_default="", default="")),
                ("advies", models.TextField(blank=True, db_default="", default="")),
                ("vastgelegd_door", models.BigIntegerField(editable=False, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("afgerond_op__isnull", True),
                            models.Q(
                                ("afgerond_op__gte", models.F("begonnen_op")),
                                models.Q(("bevindingen", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="toewijzen_onderzoek_dagen",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="beschikking",
            constraint=models.UniqueConstraint(
                fields=("gemeente", "nummer"), name="toewijzen_beschikking_nummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="beschikking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grondslag", ""), _negated=True),
                    models.Q(("motivering", ""), _negated=True),
                    ("uitkomst__in", ["toegekend", "deels", "afgewezen"]),
                    ("wet__in", ("wmo", "jeugdwet")),
                ),
                name="toewijzen_beschikking_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="beschikking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ingang__isnull", True),
                        ("uitkomst", "afgewezen"),
                        ("vorm", ""),
                        ("eind__isnull", True),
                    ),
                    models.Q(
                        models.Q(("uitkomst", "afgewezen"), _negated=True),
                        ("ingang__isnull", False),
                        ("vorm__in", ["zin", "pgb", "financieel"]),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_beschikking_toekenning",
            ),
        ),
        migrations.AddConstraint(
            model_name="beschikking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", True),
                    ("eind__gte", models.F("ingang")),
                    _connector="OR",
                ),
                name="toewijzen_beschikking_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="beschikking",
            constraint=models.CheckConstraint(
                condition=models.Q(("bezwaar_tot__gt", models.F("bekendgemaakt_op"))),
                name="toewijzen_beschikking_bezwaar",
            ),
        ),
        migrations.AddConstraint(
            model_name="eigenbijdrage",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("gemeente", "="),
                    ("persoon", "="),
                    (
                        samenloop.voorzieningen.inkoop.models.Days("ingang", "eind"),
                        "&&",
                    ),
                ],
                name="toewijzen_eigenbijdrage_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="eigenbijdrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", True),
                    ("eind__gte", models.F("ingang")),
                    _connector="OR",
                ),
                name="toewijzen_eigenbijdrage_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="pgb",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("budget__gt", 0),
                    ("categorie__regex", "^[0-9]{2}$"),
                    ("wet__in", ("wmo", "jeugdwet")),
                ),
                name="toewijzen_pgb_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="pgb",
            constraint=models.CheckConstraint(
                condition=models.Q(("eind__gte", models.F("ingang"))),
                name="toewijzen_pgb_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="routeregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reden", ""), _negated=True),
                    ("wet__in", ("wmo", "jeugdwet")),
                ),
                name="toewijzen_routeregel_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="routeregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", True),
                    ("eind__gte", models.F("ingang")),
                    _connector="OR",
                ),
                name="toewijzen_routeregel_periode",
            ),
        ),
        migrations.AddIndex(
            model_name="toewijzing",
            index=models.Index(
                fields=["persoon", "aanbieder"], name="toewijzen_wie_bij_wie"
            ),
        ),
        migrations.AddIndex(
            model_name="toewijzing",
            index=models.Index(fields=["contract"], name="toewijzen_contract"),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.UniqueConstraint(
                fields=("gemeente", "wet", "nummer"), name="toewijzen_toewijzing_nummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    models.Q(("variant", "generiek"), _negated=True),
                    models.Q(("reden_wijziging", "13"), _negated=True),
                ),
                expressions=[
                    ("gemeente", "="),
                    ("wet", "="),
                    ("persoon", "="),
                    ("aanbieder", "="),
                    ("categorie", "="),
                    ("code", "="),
                    (
                        samenloop.voorzieningen.inkoop.models.Days("ingang", "eind"),
                        "&&",
                    ),
                ],
                name="toewijzen_toewijzing_geen_stapeling",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nummer__gte", 1),
                    ("nummer__lte", 999999999),
                    ("wet__in", ("wmo", "jeugdwet")),
                ),
                name="toewijzen_toewijzing_wet",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("budget__isnull", True),
                        ("categorie__regex", "^[0-9]{2}$"),
                        ("code__regex", "^[0-9A-Z]{1,5}$"),
                        ("variant", "specifiek"),
                        ("volume__isnull", False),
                    ),
                    models.Q(
                        ("categorie__regex", "^[0-9]{2}$"),
                        ("code", ""),
                        ("variant", "aspecifiek"),
                        ("volume__isnull", True),
                    ),
                    models.Q(
                        ("budget__isnull", False),
                        ("categorie", ""),
                        ("code", ""),
                        ("variant", "generiek"),
                        ("volume__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_toewijzing_variant",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("eenheid", ""), ("frequentie", ""), ("volume__isnull", True)
                    ),
                    models.Q(
                        ("eenheid__in", ["01", "04", "14", "16", "82", "83", "84"]),
                        ("frequentie__in", ["1", "2", "4", "6"]),
                        ("volume__gte", 1),
                        ("volume__lte", 99999999),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_toewijzing_omvang",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("eenheid__in", ("14", "16", "83", "84")), _negated=True),
                    models.Q(("frequentie", "1"), _negated=True),
                    _connector="OR",
                ),
                name="toewijzen_toewijzing_niet_per_dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", False),
                    models.Q(
                        ("budget__isnull", True),
                        models.Q(("frequentie", "2"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_toewijzing_met_einde",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("budget__isnull", True), ("budget__gte", 0), _connector="OR"
                ),
                name="toewijzen_toewijzing_budget",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", True),
                    ("eind__gte", models.F("ingang")),
                    _connector="OR",
                ),
                name="toewijzen_toewijzing_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reden_wijziging__in",
                        [
                            "",
                            "02",
                            "03",
                            "04",
                            "05",
                            "06",
                            "07",
                            "08",
                            "09",
                            "10",
                            "11",
                            "12",
                            "13",
                            "14",
                        ],
                    ),
                    models.Q(
                        models.Q(("reden_wijziging", "13"), _negated=True),
                        ("eind", models.F("ingang")),
                        _connector="OR",
                    ),
                ),
                name="toewijzen_toewijzing_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="toewijzingversie",
            constraint=models.UniqueConstraint(
                fields=("toewijzing", "volgnummer"),
                name="toewijzen_toewijzingversie_volgnummer",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reden", ""), _negated=True),
                    ("dagen__gte", 1),
                    ("dagen__lte", 366),
                    (
                        "grond__in",
                        [
                            "aanvulling",
                            "instemming",
                            "aanvrager",
                            "overmacht",
                            "mededeling",
                        ],
                    ),
                ),
                name="toewijzen_uitstel_gevuld",
            ),
        ),
        migrations.AddIndex(
            model_name="uitvoer",
            index=models.Index(
                condition=models.Q(("uitgevoerd_op__isnull", True)),
                fields=["gemeente", "soort"],
                name="toewijzen_uitvoer_open",
            ),
        ),
        migrations.AddIndex(
            model_name="verzoek",
            index=models.Index(
                condition=models.Q(("staat__in", ["open", "onderzoek"])),
                fields=["gemeente", "antwoord_uiterlijk"],
                name="toewijzen_verzoek_open",
            ),
        ),
        migrations.AddIndex(
            model_name="verzoek",
            index=models.Index(
                fields=["persoon", "aanbieder"], name="toewijzen_verzoek_bij_wie"
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.UniqueConstraint(
                fields=("gemeente", "wet", "aanbieder", "referentie"),
                name="toewijzen_verzoek_referentie",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("referentie", ""), _negated=True),
                    ("soort__in", ["vot", "vow"]),
                    ("wet__in", ("wmo", "jeugdwet")),
                ),
                name="toewijzen_verzoek_gevuld",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("beantwoord_op__isnull", True),
                        ("staat__in", ("open", "onderzoek")),
                        ("reden_afwijzing", ""),
                    ),
                    models.Q(
                        ("beantwoord_op__isnull", False),
                        ("staat", "toegewezen"),
                        ("reden_afwijzing", ""),
                    ),
                    models.Q(
                        ("beantwoord_op__isnull", False),
                        ("staat", "afgewezen"),
                        (
                            "reden_afwijzing__in",
                            ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_verzoek_staat",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("staat", "onderzoek"), _negated=True),
                    ("in_onderzoek_op__isnull", False),
                    _connector="OR",
                ),
                name="toewijzen_verzoek_onderzoek",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reden_afwijzing", "8"),
                        models.Q(("woonplaats", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("reden_afwijzing", "8"), _negated=True),
                        ("woonplaats", ""),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_verzoek_woonplaats",
            ),
        ),
        migrations.AddIndex(
            model_name="aanvraag",
            index=models.Index(
                condition=models.Q(("staat__in", ["melding", "aanvraag"])),
                fields=["gemeente", "uiterlijk"],
                name="toewijzen_aanvraag_open",
            ),
        ),
        migrations.AddIndex(
            model_name="aanvraag",
            index=models.Index(
                condition=models.Q(("staat__in", ["melding", "aanvraag"])),
                fields=["behandelaar"],
                name="toewijzen_aanvraag_wie",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanvraag",
            constraint=models.UniqueConstraint(
                fields=("gemeente", "nummer"), name="toewijzen_aanvraag_nummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="aanvraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wet__in", ("wmo", "jeugdwet")),
                    (
                        "kanaal__in",
                        [
                            "gesprek",
                            "portaal",
                            "post",
                            "telefoon",
                            "verwijzer",
                            "aanbieder",
                            "herindicatie",
                        ],
                    ),
                ),
                name="toewijzen_aanvraag_wet",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanvraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aangevraagd_op__isnull", True), ("staat", "melding")),
                    models.Q(("aangevraagd_op__isnull", False), ("staat", "aanvraag")),
                    models.Q(
                        ("aangevraagd_op__isnull", False),
                        ("staat", "beslist"),
                        ("beeindigd_op__isnull", False),
                    ),
                    models.Q(
                        ("beeindigd_op__isnull", False),
                        ("staat", "ingetrokken"),
                        models.Q(("reden_einde", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_aanvraag_staat",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanvraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aangevraagd_op__isnull", True),
                    ("aangevraagd_op__gte", models.F("gemeld_op")),
                    _connector="OR",
                ),
                name="toewijzen_aanvraag_dagen",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoekregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("soort__in", ["ongewijzigd", "te_wijzigen"]),
                        ("toewijzing__isnull", False),
                    ),
                    models.Q(
                        ("soort__in", ["aangevraagd", "nieuw"]),
                        ("toewijzing__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_verzoekregel_nummer",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoekregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eind__isnull", True),
                    ("eind__gte", models.F("ingang")),
                    _connector="OR",
                ),
                name="toewijzen_verzoekregel_periode",
            ),
        ),
        migrations.AddIndex(
            model_name="zorglevering",
            index=models.Index(
                fields=["persoon", "aanbieder"], name="toewijzen_levering_bij_wie"
            ),
        ),
        migrations.AddConstraint(
            model_name="zorglevering",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("toewijzing__isnull", False), ("vervallen_op__isnull", True)
                ),
                expressions=[
                    ("toewijzing", "="),
                    ("categorie", "="),
                    ("code", "="),
                    (samenloop.voorzieningen.inkoop.models.Days("begin", "eind"), "&&"),
                ],
                name="toewijzen_zorglevering_een_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="zorglevering",
            constraint=models.CheckConstraint(
                condition=models.Q(("wet__in", ("wmo", "jeugdwet"))),
                name="toewijzen_zorglevering_wet",
            ),
        ),
        migrations.AddConstraint(
            model_name="zorglevering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("eind__isnull", True), ("reden_einde", "")),
                    models.Q(
                        ("eind__gte", models.F("begin")),
                        models.Q(("reden_einde", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_zorglevering_einde",
            ),
        ),
    ]
