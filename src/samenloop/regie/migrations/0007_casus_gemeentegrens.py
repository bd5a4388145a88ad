"""What is new belongs to its case; a transfer is seen at both ends; steps stay."""

from django.db import migrations

from samenloop.core.afscherming import by_parent, policy

# What was said of a step stays as it was said, whoever asks: a next state is a row more.
BLIJFT = """
CREATE FUNCTION samenloop_stapstand_blijft() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'a state of a step is never changed or deleted'
        USING ERRCODE = 'restrict_violation', HINT = 'Add the next state.';
END
$$;
CREATE TRIGGER samenloop_stapstand_blijft BEFORE UPDATE OR DELETE ON regie_stapstand
    FOR EACH ROW EXECUTE FUNCTION samenloop_stapstand_blijft()
"""
WEG = """
DROP TRIGGER samenloop_stapstand_blijft ON regie_stapstand;
DROP FUNCTION samenloop_stapstand_blijft()
"""


class Migration(migrations.Migration):
    dependencies = [("regie", "0006_casus"), ("personen", "0002_bewaking")]

    operations = [
        by_parent("regie_casusmelding", "casus_id", "regie_casus"),
        by_parent("regie_vervanging", "regie_id", "regie_regie"),
        policy(
            "regie_overdracht",
            "ARRAY[van_id, naar_id]::text[] && (SELECT samenloop_gemeenten())::text[]",
        ),
        migrations.RunSQL(BLIJFT, WEG),
    ]
