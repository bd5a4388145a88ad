import django.db.models.deletion
from django.db import migrations, models

import samenloop.core.klok


class Migration(migrations.Migration):
    dependencies = [
        ("termijnen", "0002_gemeentegrens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Escalatiebericht",
            fields=[
                (
                    "escalatie",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="bericht",
                        serialize=False,
                        to="termijnen.escalatie",
                    ),
                ),
                (
                    "op",
                    models.DateTimeField(
                        default=samenloop.core.klok.now, editable=False
                    ),
                ),
            ],
            options={
                "ordering": ["op"],
            },
        ),
    ]
