"""Where a next session begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_beheer_van_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="gebruiker",
            name="laatste_gemeente",
            field=models.CharField(blank=True, db_default="", default="", max_length=6),
        ),
    ]
