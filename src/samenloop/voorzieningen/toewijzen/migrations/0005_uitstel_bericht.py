"""When an applicant was told that it takes longer, and whether the term moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("toewijzen", "0004_vervangen"),
    ]

    operations = [
        migrations.AddField(
            model_name="uitstel",
            name="bericht_op",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="uitstel",
            name="verzet",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
