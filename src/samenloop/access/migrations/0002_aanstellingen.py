"""Appointments instead of one role per account; organisations; emergency access.

Each account keeps what it could do: its role, at each of its municipalities.
"""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import samenloop.access.models
from samenloop.core.afscherming import by_gemeente

ROLLEN_WORDEN_AANSTELLINGEN = """
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO access_aanstelling
    (gebruiker_id, gemeente, rol, domeinen, mandaat, geldig, gegeven_op)
SELECT g.id, code, g.rol, '{}', '', daterange(g.date_joined::date, NULL), now()
FROM access_gebruiker g, LATERAL (SELECT DISTINCT unnest(g.gemeenten) AS code) c;
SET CONSTRAINTS ALL DEFERRED;
"""
AANSTELLINGEN_WORDEN_ROLLEN = """
UPDATE access_gebruiker g SET gemeenten = a.codes, rol = a.rol
FROM (
    SELECT gebruiker_id, array_agg(DISTINCT gemeente ORDER BY gemeente) AS codes,
           CASE WHEN bool_or(rol = 'beheer') THEN 'beheer' ELSE 'beleid' END AS rol
    FROM access_aanstelling
    WHERE rol IN ('beleid', 'beheer') AND geldig @> current_date
    GROUP BY gebruiker_id
) a
WHERE a.gebruiker_id = g.id;
DELETE FROM access_aanstelling;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0001_gemeentegrens"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Aanstelling",
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
                    "gemeente",
                    models.CharField(
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator("^GM[0-9]{4}$")
                        ],
                    ),
                ),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("consulent", "caseworker"),
                            ("regisseur", "director of a plan"),
                            ("teamleider", "team leader"),
                            ("backoffice", "back office"),
                            ("beleid", "policy officer"),
                            ("beheer", "functional administrator"),
                            ("fg", "data protection officer"),
                            ("partner", "partner who reports"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "domeinen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("wmo", "Social Support Act (Wmo)"),
                                ("jeugd", "Youth Act"),
                                ("inkomen", "income and work"),
                                ("schuld", "debt relief"),
                                ("leerplicht", "compulsory education"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "mandaat",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300
                    ),
                ),
                ("geldig", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("gegeven_door", models.BigIntegerField(editable=False, null=True)),
                ("gegeven_op", models.DateTimeField(auto_now_add=True)),
                ("beeindigd_door", models.BigIntegerField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Noodtoegang",
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
                ("persoon_id", models.UUIDField()),
                (
                    "reden",
                    models.TextField(
                        max_length=1000,
                        validators=[django.core.validators.MinLengthValidator(15)],
                    ),
                ),
                ("van", models.DateTimeField()),
                ("tot", models.DateTimeField()),
                ("beeindigd_op", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Organisatie",
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
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("school", "school"),
                            ("huisarts", "general practitioner"),
                            ("politie", "police"),
                            ("veilig_thuis", "Veilig Thuis"),
                            ("corporatie", "housing association"),
                            ("aanbieder", "provider of care"),
                            ("energie", "energy supplier"),
                            ("zorgverzekeraar", "health insurer"),
                            ("kinderopvang", "child care"),
                            ("gemeente", "municipality"),
                            ("anders", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "domein",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=20
                    ),
                ),
                (
                    "oin",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator("^[0-9]{20}$")
                        ],
                    ),
                ),
                (
                    "contactpersoon",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200
                    ),
                ),
                (
                    "telefoon",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=30
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, db_default="", default="", max_length=254
                    ),
                ),
                (
                    "gemeenten",
                    samenloop.access.models.GemeentenField(
                        base_field=models.CharField(
                            max_length=6,
                            validators=[
                                django.core.validators.RegexValidator("^GM[0-9]{4}$")
                            ],
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("actief", models.BooleanField(db_default=True, default=True)),
            ],
        ),
        migrations.AddField(
            model_name="gebruiker",
            name="oidc_sub",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=255
            ),
        ),
        migrations.AddField(
            model_name="aanstelling",
            name="gebruiker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="aanstellingen",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="noodtoegang",
            name="gebruiker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="noodtoegangen",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatie",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="access_organisatie_naam",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("oin", ""), _negated=True),
                fields=("oin",),
                name="access_organisatie_oin",
            ),
        ),
        migrations.AddField(
            model_name="gebruiker",
            name="organisatie",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.organisatie",
            ),
        ),
        migrations.AddConstraint(
            model_name="gebruiker",
            constraint=models.UniqueConstraint(
                condition=models.Q(("oidc_sub", ""), _negated=True),
                fields=("oidc_sub",),
                name="access_gebruiker_sub",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanstelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rol__in",
                        [
                            "consulent",
                            "regisseur",
                            "teamleider",
                            "backoffice",
                            "beleid",
                            "beheer",
                            "fg",
                            "partner",
                        ],
                    )
                ),
                name="access_aanstelling_rol",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanstelling",
            constraint=models.CheckConstraint(
                condition=models.Q(("gemeente__regex", "^GM[0-9]{4}$")),
                name="access_aanstelling_gemeente",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanstelling",
            constraint=models.CheckConstraint(
                condition=models.Q(("geldig__startswith__isnull", False)),
                name="access_aanstelling_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanstelling",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("gebruiker", "="),
                    ("gemeente", "="),
                    ("rol", "="),
                    ("geldig", "&&"),
                ],
                name="access_aanstelling_eenmaal",
            ),
        ),
        migrations.AddIndex(
            model_name="noodtoegang",
            index=models.Index(
                fields=["gebruiker", "tot"], name="access_noodtoegang_wie"
            ),
        ),
        migrations.AddIndex(
            model_name="noodtoegang",
            index=models.Index(
                fields=["gemeente", "-van"], name="access_noodtoegang_waar"
            ),
        ),
        migrations.AddConstraint(
            model_name="noodtoegang",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tot__gt", models.F("van")),
                    (
                        "tot__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("van"),
                            "+",
                            models.Value(datetime.timedelta(seconds=10800)),
                        ),
                    ),
                ),
                name="access_noodtoegang_duur",
            ),
        ),
        migrations.AddConstraint(
            model_name="noodtoegang",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("beeindigd_op__isnull", True),
                    models.Q(
                        ("beeindigd_op__gte", models.F("van")),
                        ("beeindigd_op__lte", models.F("tot")),
                    ),
                    _connector="OR",
                ),
                name="access_noodtoegang_einde",
            ),
        ),
        migrations.AddConstraint(
            model_name="noodtoegang",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden__regex", "\\S.{13,}\\S")),
                name="access_noodtoegang_reden",
            ),
        ),
        migrations.RunSQL(ROLLEN_WORDEN_AANSTELLINGEN, AANSTELLINGEN_WORDEN_ROLLEN),
        migrations.RemoveConstraint(
            model_name="gebruiker",
            name="access_gebruiker_rol",
        ),
        migrations.RemoveField(
            model_name="gebruiker",
            name="gemeenten",
        ),
        migrations.RemoveField(
            model_name="gebruiker",
            name="rol",
        ),
        by_gemeente("access_noodtoegang", "gemeente"),
    ]
