"""Steps and directors belong to their case; teams and absence to a municipality."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent


class Migration(migrations.Migration):
    dependencies = [("regie", "0004_dossier")]

    operations = [
        by_parent("regie_stapstand", "casus_id", "regie_casus"),
        by_parent("regie_regie", "casus_id", "regie_casus"),
        by_gemeente("regie_team"),
        by_parent("regie_teamlid", "team_id", "regie_team"),
        by_gemeente("regie_afwezigheid"),
    ]
