import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("koppelingen", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="koppeling",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("signalen:melden", "signalen melden"),
                        ("signalen:lezen", "eigen signalen en terugmeldingen lezen"),
                        ("verwijzingen:schrijven", "betrokkenheid vastleggen"),
                        ("verwijzingen:lezen", "andere betrokkenen vinden"),
                        ("berichten:uitwisselen", "berichten brengen en halen"),
                    ],
                    max_length=40,
                ),
                default=list,
                size=None,
            ),
        ),
    ]
