"""What must always hold of signals, whoever writes: borders, floor, and no rewriting.

The safety floor: at the end of each transaction every signal with a safety risk belongs
to a melding that is marked so, and such a melding is only decided by a weighing of a
person. The check is deferred because signal and melding arrive in one transaction but
not in one statement; it runs as the owner, so no border can hide what it looks at.
"""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent
from samenloop.personen.taak import keeps_task

BLIJVEND = """
CREATE FUNCTION samenloop_blijft_staan() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'what was weighed is added to, not changed (%)', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER samenloop_blijft_staan BEFORE UPDATE OR DELETE ON signalen_weging
    FOR EACH ROW EXECUTE FUNCTION samenloop_blijft_staan();
CREATE TRIGGER samenloop_blijft_staan BEFORE UPDATE OR DELETE ON signalen_regelweging
    FOR EACH ROW EXECUTE FUNCTION samenloop_blijft_staan();

CREATE FUNCTION samenloop_bewaak_signaal() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a signal is registered and stays (%)', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation',
                  HINT = 'Close it; it is destroyed when its term is over.';
    END IF;
    IF (NEW.id, NEW.nummer, NEW.gemeente_id, NEW.ontvangen_op)
       IS DISTINCT FROM (OLD.id, OLD.nummer, OLD.gemeente_id, OLD.ontvangen_op) THEN
        RAISE EXCEPTION 'number, municipality and moment of receipt stay'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.veiligheidsrisico AND NOT NEW.veiligheidsrisico THEN
        RAISE EXCEPTION 'a safety risk that was reported stays reported'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_signaal BEFORE UPDATE OR DELETE ON signalen_signaal
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_signaal();

CREATE FUNCTION samenloop_gemeente_van_signaal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.gemeente_id IS DISTINCT FROM
       (SELECT gemeente_id FROM signalen_signaal WHERE id = NEW.signaal_id) THEN
        RAISE EXCEPTION 'whom a signal is about is kept by the municipality of the signal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_gemeente_van_signaal
    BEFORE INSERT OR UPDATE ON signalen_signaalbetrokkene
    FOR EACH ROW EXECUTE FUNCTION samenloop_gemeente_van_signaal();
"""
BLIJVEND_WEG = """
DROP FUNCTION samenloop_blijft_staan CASCADE;
DROP FUNCTION samenloop_bewaak_signaal CASCADE;
DROP FUNCTION samenloop_gemeente_van_signaal CASCADE;
"""

ONDERGRENS = """
CREATE FUNCTION samenloop_ondergrens_veiligheid() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    welke uuid[];
    meldingen uuid[];
BEGIN
    IF TG_TABLE_NAME = 'signalen_signaal' THEN
        welke := ARRAY[NEW.id];
    ELSIF TG_TABLE_NAME = 'signalen_meldingsignaal' THEN
        welke := ARRAY[OLD.signaal_id];
    ELSE
        SELECT array_agg(signaal_id) INTO welke
          FROM signalen_meldingsignaal WHERE melding_id = OLD.id;
        meldingen := ARRAY[OLD.id];
    END IF;
    IF EXISTS (
        SELECT FROM signalen_signaal s
         WHERE s.id = ANY (welke) AND s.veiligheidsrisico
           AND NOT EXISTS (
               SELECT FROM signalen_meldingsignaal ms
                 JOIN signalen_melding m ON m.id = ms.melding_id
                WHERE ms.signaal_id = s.id AND m.veiligheid
                  AND m.gemeente_id = s.gemeente_id)
    ) THEN
        RAISE EXCEPTION 'a signal with a safety risk always belongs to a melding'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'signalen_ondergrens_veiligheid';
    END IF;
    -- Nobody closes it without having weighed it, no rule and no program.
    IF EXISTS (
        SELECT FROM signalen_melding m
         WHERE (m.id = ANY (meldingen) OR m.id IN (
                   SELECT melding_id FROM signalen_meldingsignaal
                    WHERE signaal_id = ANY (welke)))
           AND m.veiligheid AND m.status = 'besloten'
           AND NOT EXISTS (SELECT FROM signalen_weging w WHERE w.melding_id = m.id)
    ) THEN
        RAISE EXCEPTION 'a melding about safety is only decided by weighing it'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'signalen_veiligheid_gewogen';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER signalen_ondergrens_veiligheid
    AFTER INSERT OR UPDATE OF veiligheidsrisico ON signalen_signaal
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.veiligheidsrisico)
    EXECUTE FUNCTION samenloop_ondergrens_veiligheid();
CREATE CONSTRAINT TRIGGER signalen_ondergrens_koppeling
    AFTER UPDATE OR DELETE ON signalen_meldingsignaal
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION samenloop_ondergrens_veiligheid();
CREATE CONSTRAINT TRIGGER signalen_ondergrens_melding
    AFTER UPDATE OF veiligheid, status, gemeente_id OR DELETE ON signalen_melding
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.veiligheid)
    EXECUTE FUNCTION samenloop_ondergrens_veiligheid();
"""

AFGESCHERMD = (
    *(
        by_gemeente(f"signalen_{tabel}")
        for tabel in ("signaal", "signaalbetrokkene", "melding", "verwijzing")
    ),
    *(
        by_parent(f"signalen_{tabel}", "signaal_id", "signalen_signaal")
        for tabel in ("regelweging", "terugmelding", "meldingsignaal")
    ),
    *(
        by_parent(f"signalen_{tabel}", "melding_id", "signalen_melding")
        for tabel in ("weging", "wegingconcept")
    ),
)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_gemeentegrens"),
        ("personen", "0003_gemeentegrens"),
        ("signalen", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(BLIJVEND, BLIJVEND_WEG),
        migrations.RunSQL(
            ONDERGRENS, "DROP FUNCTION samenloop_ondergrens_veiligheid CASCADE"
        ),
        *AFGESCHERMD,
        keeps_task("signalen_signaalbetrokkene"),
        keeps_task("signalen_melding", "betrokkene_id"),
        keeps_task("signalen_verwijzing"),
    ]
