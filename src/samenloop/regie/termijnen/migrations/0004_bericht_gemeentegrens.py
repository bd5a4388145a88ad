"""Of which rung an e-mail went out is seen by who sees the rung."""

from django.db import migrations

from samenloop.core.afscherming import by_parent


class Migration(migrations.Migration):
    dependencies = [("termijnen", "0003_escalatiebericht")]

    operations = [
        by_parent("termijnen_escalatiebericht", "escalatie_id", "termijnen_escalatie"),
    ]
