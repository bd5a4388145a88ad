"""Up to where the rules on odd looks have read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("logboek", "0003_register")]

    operations = [
        migrations.CreateModel(
            name="Naloopronde",
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
                ("van", models.DateTimeField()),
                ("tot", models.DateTimeField()),
                ("gedaan_op", models.DateTimeField()),
                ("gevonden", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tot",), name="naloopronde_eenmaal")
                ],
            },
        ),
    ]
