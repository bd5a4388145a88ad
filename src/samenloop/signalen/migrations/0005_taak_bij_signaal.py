"""The task toward whom a signal is about, in a statement the server keeps planned.

What serves every table has to make its statement anew each time; of all tables this one
is written to most.
"""

from django.db import migrations

FUNCTIE = """
CREATE FUNCTION samenloop_houd_taak_bij_signaal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE personen_persoon p
       SET gemeenten = ARRAY(
           SELECT DISTINCT unnest(p.gemeenten::text[] || t.bij) ORDER BY 1)
      FROM (SELECT persoon_id AS wie, array_agg(DISTINCT gemeente_id::text) AS bij
              FROM nieuw WHERE persoon_id IS NOT NULL GROUP BY 1) t
     WHERE p.id = t.wie AND NOT p.gemeenten::text[] @> t.bij;
    RETURN NULL;
END
$$;
"""
TRIGGER = """
DROP TRIGGER samenloop_taak_bij_insert ON signalen_signaalbetrokkene;
CREATE TRIGGER samenloop_taak_bij_insert AFTER INSERT ON signalen_signaalbetrokkene
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION {};
"""


class Migration(migrations.Migration):
    dependencies = [("signalen", "0004_weegtermijn_en_concepten")]

    operations = [
        migrations.RunSQL(FUNCTIE, "DROP FUNCTION samenloop_houd_taak_bij_signaal"),
        migrations.RunSQL(
            TRIGGER.format("samenloop_houd_taak_bij_signaal()"),
            TRIGGER.format("samenloop_houd_taak('persoon_id', 'gemeente_id')"),
        ),
    ]
