from django.db import migrations

from samenloop.core.afscherming import by_gemeente

_TABELLEN = ("declaratie", "prestatie", "betaalbatch", "betaalregel")

# A line is paid for what was granted, while its batch is still being made; and what
# was granted or paid is never changed afterwards.
_BEWAKING = """
CREATE FUNCTION declaraties_bewaak_betaalregel() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    regel declaraties_betaalregel;
    batch_staat text;
BEGIN
    IF TG_OP = 'DELETE' THEN regel := OLD; ELSE regel := NEW; END IF;
    SELECT staat INTO batch_staat FROM declaraties_betaalbatch WHERE id = regel.batch_id;
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a line of a batch is never changed'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' AND batch_staat IS DISTINCT FROM 'gemaakt' THEN
        RAISE EXCEPTION 'lines are added while the batch is being made'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' AND batch_staat IN ('goedgekeurd', 'uitgevoerd')
       AND NOT samenloop_onderhoud(TG_RELID) THEN
        RAISE EXCEPTION 'an approved batch keeps its lines'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM declaraties_prestatie p
        WHERE p.id = regel.prestatie_id AND p.oordeel = 'toegekend'
          AND p.gemeente_id = regel.gemeente_id
          AND regel.bedrag = CASE WHEN p.is_credit THEN -p.bedrag ELSE p.bedrag END)
    THEN
        RAISE EXCEPTION 'only a granted line is paid, for the amount it has'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN regel;
END $$;
CREATE TRIGGER declaraties_bewaak_betaalregel
BEFORE INSERT OR UPDATE OR DELETE ON declaraties_betaalregel
FOR EACH ROW EXECUTE FUNCTION declaraties_bewaak_betaalregel();

CREATE FUNCTION declaraties_bewaak_prestatie() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the verdict on a line is never changed'
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER declaraties_bewaak_prestatie
BEFORE UPDATE ON declaraties_prestatie
FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
EXECUTE FUNCTION declaraties_bewaak_prestatie();
"""
_TERUG = """
DROP TRIGGER declaraties_bewaak_prestatie ON declaraties_prestatie;
DROP FUNCTION declaraties_bewaak_prestatie();
DROP TRIGGER declaraties_bewaak_betaalregel ON declaraties_betaalregel;
DROP FUNCTION declaraties_bewaak_betaalregel();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("declaraties", "0001_initial"),
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [
        migrations.RunSQL(_BEWAKING, _TERUG),
        *(by_gemeente(f"declaraties_{tabel}") for tabel in _TABELLEN),
    ]
