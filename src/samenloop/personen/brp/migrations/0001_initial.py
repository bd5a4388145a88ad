"""What we keep of the BRP, shielded like the person it is about.

A report of doubt is a message that went out: what it says never changes afterwards, and
its status only moves forward. The table of steps stands in `brp.terugmelden` too, for
people to read; a test holds the two equal.
"""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from samenloop.core.afscherming import by_gemeente, by_persoon

STAPPEN = """
CREATE FUNCTION samenloop_bewaak_terugmelding() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.gemeente, NEW.persoon_id, NEW.categorie, NEW.waarom, NEW.voorstel,
        NEW.opgesteld_op, NEW.opgesteld_door)
       IS DISTINCT FROM
       (OLD.id, OLD.gemeente, OLD.persoon_id, OLD.categorie, OLD.waarom, OLD.voorstel,
        OLD.opgesteld_op, OLD.opgesteld_door)
    THEN
        RAISE EXCEPTION 'what a report of doubt says never changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.status, NEW.status) NOT IN (
        ('opgesteld', 'opgesteld'), ('opgesteld', 'verstuurd'),
        ('opgesteld', 'ingetrokken'), ('verstuurd', 'verstuurd'),
        ('verstuurd', 'beantwoord'))
    THEN
        RAISE EXCEPTION 'a report of doubt does not go from % to %',
            OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_terugmelding
    BEFORE UPDATE ON brp_terugmelding
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_terugmelding();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_gemeentegrens"),
        ("personen", "0002_bewaking"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brpstand",
            fields=[
                (
                    "persoon",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="brpstand",
                        serialize=False,
                        to="personen.persoon",
                    ),
                ),
                ("opgehaald_op", models.DateTimeField()),
                ("doel", models.CharField(max_length=60)),
                (
                    "gemeente_van_inschrijving",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=6
                    ),
                ),
                (
                    "geboortejaar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9999),
                        ],
                    ),
                ),
                (
                    "geboortemaand",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                (
                    "geboortedag",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                    ),
                ),
                (
                    "overlijdensjaar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9999),
                        ],
                    ),
                ),
                (
                    "overlijdensmaand",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                (
                    "overlijdensdag",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                    ),
                ),
                (
                    "opschorting",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=1
                    ),
                ),
                (
                    "verblijf",
                    models.CharField(
                        choices=[
                            ("onbekend", "unknown"),
                            ("adres", "at an address"),
                            ("locatie", "at a described place"),
                            ("buitenland", "abroad"),
                        ],
                        db_default="onbekend",
                        default="onbekend",
                        max_length=10,
                    ),
                ),
                ("niet_op_adres", models.BooleanField(db_default=False, default=False)),
                (
                    "in_onderzoek",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        db_default=[],
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "gezag",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        db_default=[],
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "gezag_toelichting",
                    models.TextField(blank=True, db_default="", default=""),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("geboortedag__isnull", True),
                                ("geboortemaand__isnull", True),
                            ),
                            models.Q(
                                ("geboortejaar__isnull", False),
                                ("geboortemaand__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="brp_brpstand_geboorte",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("overlijdensdag__isnull", True),
                                ("overlijdensmaand__isnull", True),
                            ),
                            models.Q(
                                ("overlijdensjaar__isnull", False),
                                ("overlijdensmaand__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="brp_brpstand_overlijden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verblijf__in",
                                ["onbekend", "adres", "locatie", "buitenland"],
                            )
                        ),
                        name="brp_brpstand_verblijf",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BrpTerugmelding",
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
                (
                    "categorie",
                    models.CharField(
                        choices=[
                            ("01", "Name, birth or sex"),
                            ("02", "Parents"),
                            ("04", "Nationality"),
                            ("05", "Marriage or partnership"),
                            ("06", "Death"),
                            ("07", "Registration"),
                            ("08", "Address"),
                            ("09", "Children"),
                            ("10", "Residence permit"),
                            ("11", "Custody"),
                        ],
                        max_length=2,
                    ),
                ),
                ("waarom", models.TextField()),
                ("voorstel", models.TextField(blank=True, db_default="", default="")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("opgesteld", "written"),
                            ("verstuurd", "sent"),
                            ("beantwoord", "answered"),
                            ("ingetrokken", "withdrawn"),
                        ],
                        db_default="opgesteld",
                        default="opgesteld",
                        max_length=12,
                    ),
                ),
                ("opgesteld_op", models.DateTimeField()),
                ("opgesteld_door", models.CharField(max_length=60)),
                ("verstuurd_op", models.DateTimeField(blank=True, null=True)),
                (
                    "kenmerk_bron",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=60
                    ),
                ),
                ("beantwoord_op", models.DateTimeField(blank=True, null=True)),
                (
                    "uitkomst",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gecorrigeerd", "corrected"),
                            ("niet_gewijzigd", "not changed"),
                            ("in_onderzoek", "under investigation"),
                        ],
                        db_default="",
                        default="",
                        max_length=15,
                    ),
                ),
                ("antwoord", models.TextField(blank=True, db_default="", default="")),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="brp_terugmeldingen",
                        to="personen.persoon",
                    ),
                ),
            ],
            options={
                "db_table": "brp_terugmelding",
                "ordering": ["-opgesteld_op", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["opgesteld", "verstuurd"])),
                        fields=["verstuurd_op"],
                        name="brp_terugmelding_loopt",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gemeente__regex", "^GM[0-9]{4}$")),
                        name="brp_terugmelding_gemeente",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "categorie__in",
                                [
                                    "01",
                                    "02",
                                    "04",
                                    "05",
                                    "06",
                                    "07",
                                    "08",
                                    "09",
                                    "10",
                                    "11",
                                ],
                            )
                        ),
                        name="brp_terugmelding_categorie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("waarom", ""), _negated=True),
                        name="brp_terugmelding_waarom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "uitkomst__in",
                                ["", "gecorrigeerd", "niet_gewijzigd", "in_onderzoek"],
                            )
                        ),
                        name="brp_terugmelding_uitkomst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("beantwoord_op__isnull", True),
                                ("status__in", ["opgesteld", "ingetrokken"]),
                                ("uitkomst", ""),
                                ("verstuurd_op__isnull", True),
                            ),
                            models.Q(
                                ("beantwoord_op__isnull", True),
                                ("status", "verstuurd"),
                                ("verstuurd_op__isnull", False),
                                ("uitkomst__in", ["", "in_onderzoek"]),
                            ),
                            models.Q(
                                ("beantwoord_op__isnull", False),
                                ("status", "beantwoord"),
                                ("uitkomst__in", ["gecorrigeerd", "niet_gewijzigd"]),
                                ("verstuurd_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="brp_terugmelding_status",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            STAPPEN, "DROP FUNCTION samenloop_bewaak_terugmelding CASCADE"
        ),
        by_persoon("brp_brpstand"),
        by_gemeente("brp_terugmelding", "gemeente"),
    ]
