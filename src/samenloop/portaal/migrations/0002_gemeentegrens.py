"""Entrances, admissions and wishes belong to a dossier, and so to its municipality."""

from django.db import migrations

from samenloop.core.afscherming import by_parent


class Migration(migrations.Migration):
    dependencies = [
        ("portaal", "0001_ingang"),
        ("plannen", "0004_grond_gemeentegrens"),
    ]

    operations = [
        by_parent("portaal_ingang", "dossier_id", "plannen_dossier"),
        by_parent("portaal_toelating", "deelname_id", "plannen_deelname"),
        by_parent("portaal_wens", "dossier_id", "plannen_dossier"),
    ]
