"""What constraints cannot say about people, and the guard over all facts.

`samenloop_bewaak_feit` serves the facts of every room; each room attaches it to its own
tables. Guards are row-level only on UPDATE and DELETE, so that loading many facts stays
fast. They also hold for the owner of the tables, unless he says in the session that
this is maintenance: SET samenloop.onderhoud = 'aan'. For other roles that setting does
nothing.
"""

from django.db import migrations

FEITEN = ["adres", "verblijf", "gezinslid", "gezag"]

ONDERHOUD = """
CREATE FUNCTION samenloop_onderhoud(tabel oid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('samenloop.onderhoud', true), '') = 'aan'
       AND pg_has_role(current_user, c.relowner, 'MEMBER')
      FROM pg_catalog.pg_class c WHERE c.oid = tabel
$$;
"""

BEWAAK_FEIT = """
CREATE FUNCTION samenloop_bewaak_feit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a fact is never deleted (%)', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation',
                  HINT = 'Withdraw it: close "bekend".';
    END IF;
    IF to_jsonb(NEW) - 'bekend' IS DISTINCT FROM to_jsonb(OLD) - 'bekend' THEN
        RAISE EXCEPTION 'a fact is never overwritten (%)', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation',
                  HINT = 'Close "bekend" and add a version with the same "kenmerk".';
    END IF;
    IF NOT upper_inf(OLD.bekend) OR upper_inf(NEW.bekend)
       OR (NOT isempty(NEW.bekend) AND lower(NEW.bekend) IS DISTINCT FROM lower(OLD.bekend))
    THEN
        RAISE EXCEPTION 'of a fact, "bekend" can only be closed, once (%)', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- Empty means: replaced on the day it was entered. For an older version it would
    -- take away what was known on the days between.
    IF isempty(NEW.bekend)
       AND (OLD.vastgelegd_op AT TIME ZONE 'Europe/Amsterdam')::date
           <> (now() AT TIME ZONE 'Europe/Amsterdam')::date
    THEN
        RAISE EXCEPTION 'a fact entered before today was known for at least a day (%)',
            TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
"""

# No message, detail or hint may hold the number: errors end up in logs. The checks come
# before those of the table itself, which repeat the value or the whole row.
BEWAAK_BSN = """
CREATE FUNCTION samenloop_bewaak_bsn() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    som integer := 0;
BEGIN
    IF NEW.bsn IS NULL OR NEW.bsn !~ '^[0-9]{9}$' OR NEW.bsn = '000000000'
       OR NEW.zoeksleutel IS NULL OR NEW.zoeksleutel !~ '^[0-9a-f]{64}$'
       OR NEW.persoon_id IS NULL
    THEN
        RAISE EXCEPTION 'a BSN has nine digits, a search key and a person'
            USING ERRCODE = 'check_violation';
    END IF;
    FOR plaats IN 1..8 LOOP
        som := som + (10 - plaats) * substr(NEW.bsn, plaats, 1)::integer;
    END LOOP;
    IF (som - substr(NEW.bsn, 9, 1)::integer) % 11 <> 0 THEN
        RAISE EXCEPTION 'a BSN passes the 11-test' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM personen_burgerservicenummer b
                WHERE b.bsn = NEW.bsn AND b.persoon_id <> NEW.persoon_id)
    THEN
        RAISE EXCEPTION 'this BSN is registered already'
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_bsn
    BEFORE INSERT OR UPDATE ON personen_burgerservicenummer
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_bsn();
"""

# Deferred to the end of the transaction: the person comes first, the BSN after.
BSN_OF_REDEN = """
CREATE FUNCTION samenloop_bsn_of_reden() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    wie uuid := CASE
        WHEN TG_TABLE_NAME = 'personen_persoon' THEN (to_jsonb(NEW) ->> 'id')::uuid
        WHEN TG_OP = 'DELETE' THEN (to_jsonb(OLD) ->> 'persoon_id')::uuid
        ELSE (to_jsonb(NEW) ->> 'persoon_id')::uuid
    END;
BEGIN
    IF EXISTS (
        SELECT FROM personen_persoon p
         WHERE p.id = wie
           AND (p.bsn_ontbreekt_reden = '') <> EXISTS (
               SELECT FROM personen_burgerservicenummer b WHERE b.persoon_id = p.id)
    ) THEN
        RAISE EXCEPTION 'a person has a BSN or a reason why there is none, not both'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'personen_persoon_bsn_of_reden';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER personen_persoon_bsn_of_reden
    AFTER INSERT OR UPDATE OF bsn_ontbreekt_reden ON personen_persoon
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION samenloop_bsn_of_reden();
CREATE CONSTRAINT TRIGGER personen_burgerservicenummer_bsn_of_reden
    AFTER INSERT OR DELETE OR UPDATE OF persoon_id ON personen_burgerservicenummer
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION samenloop_bsn_of_reden();
"""


def guard(tabel: str) -> migrations.RunSQL:
    """Attach the guard over facts to one table."""
    return migrations.RunSQL(
        f"CREATE TRIGGER samenloop_bewaak_feit BEFORE UPDATE OR DELETE ON {tabel} "
        "FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_feit()",
        f"DROP TRIGGER samenloop_bewaak_feit ON {tabel}",
    )


class Migration(migrations.Migration):
    dependencies = [("personen", "0001_initial")]

    operations = [
        migrations.RunSQL(ONDERHOUD, "DROP FUNCTION samenloop_onderhoud"),
        migrations.RunSQL(BEWAAK_FEIT, "DROP FUNCTION samenloop_bewaak_feit"),
        migrations.RunSQL(BEWAAK_BSN, "DROP FUNCTION samenloop_bewaak_bsn CASCADE"),
        migrations.RunSQL(BSN_OF_REDEN, "DROP FUNCTION samenloop_bsn_of_reden CASCADE"),
        *(guard(f"personen_{feit}") for feit in FEITEN),
    ]
