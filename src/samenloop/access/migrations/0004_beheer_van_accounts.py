"""Temporary passwords, and appointments taken back at once."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_noodtoegang_gezien"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="aanstelling",
            name="access_aanstelling_eenmaal",
        ),
        migrations.RenameField(
            model_name="aanstelling",
            old_name="beeindigd_door",
            new_name="ingetrokken_door",
        ),
        migrations.AddField(
            model_name="aanstelling",
            name="ingetrokken_op",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="gebruiker",
            name="wachtwoord_tijdelijk",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="aanstelling",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ingetrokken_op__isnull", True)),
                expressions=[
                    ("gebruiker", "="),
                    ("gemeente", "="),
                    ("rol", "="),
                    ("geldig", "&&"),
                ],
                name="access_aanstelling_eenmaal",
            ),
        ),
    ]
