"""Cases that nobody directs are marked, so that a list of them costs nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regie", "0008_overdracht_akkoord")]

    operations = [
        migrations.AddField(
            model_name="casus",
            name="wacht_op_regisseur",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(
            "UPDATE regie_casus c SET wacht_op_regisseur = true FROM plannen_dossier d"
            " WHERE d.id = c.dossier_id AND d.gesloten_op IS NULL AND NOT EXISTS ("
            "SELECT FROM regie_regie r WHERE r.casus_id = c.id AND r.geldig @> now());"
            " SET CONSTRAINTS ALL IMMEDIATE",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="casus",
            index=models.Index(
                condition=models.Q(("wacht_op_regisseur", True)),
                fields=["gemeente"],
                name="regie_casus_wacht",
            ),
        ),
    ]
