"""One address is one household, also when two municipalities know who lives there.

Neither sees the people of the other, so the second cannot find the household that the
first made, and its key is unique over all.
"""

from django.db import migrations

HUISHOUDEN = """
CREATE FUNCTION samenloop_neem_huishouden_aan(sleutel text, gemeente text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    welk uuid;
BEGIN
    IF NOT samenloop_mag_gemeente($2) THEN
        RAISE EXCEPTION 'a municipality takes on households within its own border'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO personen_huishouden AS h (id, sleutel, gemeenten)
    VALUES (gen_random_uuid(), $1, ARRAY[$2])
    ON CONFLICT (sleutel) DO UPDATE
       SET gemeenten = ARRAY(
           SELECT DISTINCT unnest(h.gemeenten::text[] || $2) ORDER BY 1)
    RETURNING h.id INTO welk;
    RETURN welk;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("personen", "0004_verhuizing")]

    operations = [
        migrations.RunSQL(
            HUISHOUDEN, "DROP FUNCTION samenloop_neem_huishouden_aan(text, text)"
        )
    ]
