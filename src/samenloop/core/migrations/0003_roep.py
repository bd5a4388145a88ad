"""The database calls the worker when there is something to do."""

from django.db import migrations

ROEP = """
CREATE FUNCTION samenloop_roep_werker() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- Equal calls within a transaction are sent once, and only when it commits.
    PERFORM pg_notify('samenloop_gebeurtenis', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER samenloop_roep_werker AFTER INSERT ON core_afhandeling
    FOR EACH STATEMENT EXECUTE FUNCTION samenloop_roep_werker();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_gebeurtenissen")]

    operations = [
        migrations.RunSQL(ROEP, "DROP FUNCTION samenloop_roep_werker CASCADE")
    ]
