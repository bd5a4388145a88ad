"""Each municipality sees its own terms and runs; a tombstone stays as it is."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente

STEEN = """
CREATE FUNCTION samenloop_bewaak_grafsteen() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.voltooid_op IS NULL
       AND to_jsonb(NEW) - 'voltooid_op' = to_jsonb(OLD) - 'voltooid_op' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a tombstone stays as it is'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER samenloop_bewaak_grafsteen BEFORE UPDATE OR DELETE ON bewaren_grafsteen
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_grafsteen();

CREATE FUNCTION samenloop_bewaak_instelling() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided is added to, not changed'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER samenloop_bewaak_instelling
    BEFORE UPDATE OR DELETE ON bewaren_bewaarinstelling
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_instelling();
"""
WEG = """
DROP FUNCTION samenloop_bewaak_grafsteen CASCADE;
DROP FUNCTION samenloop_bewaak_instelling CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("bewaren", "0001_initial"), ("core", "0001_gemeentegrens")]

    operations = [
        migrations.RunSQL(STEEN, WEG),
        *(
            by_gemeente(f"bewaren_{tabel}", "gemeente")
            for tabel in (
                "bewaarinstelling",
                "opschorting",
                "vernietiging",
                "grafsteen",
            )
        ),
    ]
