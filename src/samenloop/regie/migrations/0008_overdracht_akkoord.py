"""A transfer says on which day the family agreed to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regie", "0007_casus_gemeentegrens")]

    operations = [
        migrations.AddField(
            model_name="overdracht",
            name="akkoord_op",
            field=models.DateField(blank=True, null=True),
        ),
    ]
