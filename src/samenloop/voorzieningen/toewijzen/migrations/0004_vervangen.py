"""A decision says why it replaces; one end is looked at again once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("personen", "0007_een_rol"),
        ("toewijzen", "0003_gemeentegrens"),
        ("voorzieningen", "0003_gemeentegrens"),
    ]

    operations = [
        migrations.AddField(
            model_name="aanvraag",
            name="herindicatie_eind",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="beschikking",
            name="reden_vervanging",
            field=models.CharField(
                blank=True,
                choices=[
                    ("bezwaar", "after an objection that was upheld"),
                    ("fout", "there was a mistake in it"),
                    ("situatie", "the situation changed"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="beschikking",
            name="vervangt_per",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="aanvraag",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("herindicatie_eind__isnull", False),
                    models.Q(("staat", "ingetrokken"), _negated=True),
                ),
                fields=("gemeente", "herindicatie_van", "herindicatie_eind"),
                name="toewijzen_aanvraag_herindicatie_een_keer",
            ),
        ),
        migrations.AddConstraint(
            model_name="beschikking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reden_vervanging", ""),
                        ("vervangt__isnull", True),
                        ("vervangt_per__isnull", True),
                    ),
                    models.Q(
                        ("reden_vervanging__in", ["bezwaar", "fout", "situatie"]),
                        ("vervangt__isnull", False),
                        ("vervangt_per__isnull", False),
                        models.Q(("vervangt", models.F("id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="toewijzen_beschikking_vervangt",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitvoer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("soort__in", ["cak_start", "cak_stop"])),
                fields=("onderwerp", "soort"),
                name="toewijzen_uitvoer_cak_een_keer",
            ),
        ),
    ]
