"""An index by which a long list of running dossiers comes in its order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plannen", "0006_getoonde_beperking"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("gesloten_op__isnull", True)),
                fields=["gemeente", "geopend_op"],
                name="plannen_dossier_loopt",
            ),
        ),
    ]
