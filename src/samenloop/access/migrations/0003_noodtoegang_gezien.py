"""Who took notice of an emergency access."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from samenloop.core.afscherming import by_parent


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_aanstellingen"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoodtoegangGezien",
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
                ("op", models.DateTimeField(auto_now_add=True)),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "noodtoegang",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gezien",
                        to="access.noodtoegang",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("noodtoegang", "gebruiker"),
                        name="access_noodtoegang_gezien",
                    )
                ],
            },
        ),
        by_parent("access_noodtoeganggezien", "noodtoegang_id", "access_noodtoegang"),
    ]
