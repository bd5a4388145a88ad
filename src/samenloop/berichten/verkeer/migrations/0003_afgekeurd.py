from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("verkeer", "0002_gemeentegrens")]

    operations = [
        migrations.AddIndex(
            model_name="ketenbericht",
            index=models.Index(
                name="verkeer_bericht_afgekeurd",
                fields=["gemeente", "-vastgelegd_op"],
                condition=models.Q(
                    staat__in=["afgekeurd", "tegengehouden"], afgehandeld_op=None
                ),
            ),
        ),
    ]
