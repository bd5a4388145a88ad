"""What a municipality shows its families of the offer; shielded by municipality."""

import django.db.models.deletion
from django.db import migrations, models

import samenloop.core.klok
from samenloop.core.afscherming import by_gemeente


class Migration(migrations.Migration):
    dependencies = [
        ("personen", "0007_een_rol"),
        ("portaal", "0002_gemeentegrens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Aanbodinstelling",
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
                ("tarieven", models.BooleanField(default=False)),
                ("keurmerken", models.BooleanField(default=False)),
                (
                    "toelichting",
                    models.CharField(blank=True, default="", max_length=600),
                ),
                ("gewijzigd_door", models.BigIntegerField(editable=False, null=True)),
                (
                    "gewijzigd_op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
            ],
        ),
        by_gemeente("portaal_aanbodinstelling"),
    ]
