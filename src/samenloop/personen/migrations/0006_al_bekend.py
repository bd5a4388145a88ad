"""Who is known to a municipality already is taken on without writing anything.

That is everyday for who reports the same people month after month; the rights and the
border are asked for all the same.
"""

from django.db import migrations

NEEM_AAN = """
CREATE OR REPLACE FUNCTION samenloop_neem_aan_met_sleutel(sleutel text, gemeente text)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wie uuid;
    bekend boolean;
BEGIN
    SELECT b.persoon_id, p.gemeenten::text[] @> ARRAY[gemeente] INTO wie, bekend
      FROM personen_burgerservicenummer b
      JOIN personen_persoon p ON p.id = b.persoon_id
     WHERE b.zoeksleutel = sleutel;
    IF wie IS NOT NULL AND NOT (bekend AND samenloop_mag_gemeente(gemeente)) THEN
        PERFORM samenloop_neem_aan(ARRAY[wie], gemeente);
    END IF;
    RETURN wie;
END
$$;
"""
ZOALS_HET_WAS = """
CREATE OR REPLACE FUNCTION samenloop_neem_aan_met_sleutel(sleutel text, gemeente text)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wie uuid;
BEGIN
    SELECT b.persoon_id INTO wie
      FROM personen_burgerservicenummer b WHERE b.zoeksleutel = sleutel;
    IF wie IS NOT NULL THEN
        PERFORM samenloop_neem_aan(ARRAY[wie], gemeente);
    END IF;
    RETURN wie;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("personen", "0005_huishouden_delen")]

    operations = [migrations.RunSQL(NEEM_AAN, ZOALS_HET_WAS)]
