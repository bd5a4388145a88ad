"""What constraints cannot say about rules: approved is fixed, and starts tomorrow at
the earliest. And rows of another municipality are not seen, as everywhere.

The guard holds for the owner of the tables too: a rule that moved work must be found
back as it was (archive act; legal B066).
"""

from django.db import migrations

from samenloop.core import afscherming

BEWAAK = """
CREATE FUNCTION regels_bewaak_versie() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    vast CONSTANT text[] := ARRAY['goedgekeurd', 'ingetrokken'];
    vrij CONSTANT text[] := ARRAY['geldig', 'status'];
    akkoord CONSTANT text[] := ARRAY['geldig', 'status', 'goedgekeurd_door_id',
        'goedgekeurd_op', 'antwoord_beoordelaar', 'bewaard_op'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = ANY (vast) THEN
            RAISE EXCEPTION 'an approved version is never deleted'
                USING ERRCODE = 'restrict_violation', HINT = 'Withdraw it.';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.status = ANY (vast) THEN
        IF to_jsonb(NEW) - vrij IS DISTINCT FROM to_jsonb(OLD) - vrij
           OR NOT NEW.status = ANY (vast)
           OR (OLD.status = 'ingetrokken' AND NEW.status <> OLD.status)
        THEN
            RAISE EXCEPTION 'an approved version is never changed'
                USING ERRCODE = 'restrict_violation', HINT = 'Make a new version.';
        END IF;
        -- It can end earlier, not later, and not in the past.
        IF NEW.geldig IS DISTINCT FROM OLD.geldig AND NOT (
            NEW.geldig <@ OLD.geldig
            AND (isempty(NEW.geldig) OR lower(NEW.geldig) = lower(OLD.geldig))
            AND CASE WHEN isempty(NEW.geldig)
                THEN lower(OLD.geldig) > (now() AT TIME ZONE 'Europe/Amsterdam')::date
                ELSE true END)
        THEN
            RAISE EXCEPTION 'an approved version can only end'
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.status = ANY (vast) THEN
        IF OLD.status <> 'ter_goedkeuring'
           OR to_jsonb(NEW) - akkoord IS DISTINCT FROM to_jsonb(OLD) - akkoord
        THEN
            RAISE EXCEPTION 'what is approved is what was offered for approval'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER regels_bewaak_versie BEFORE UPDATE OR DELETE ON regels_regelversie
    FOR EACH ROW EXECUTE FUNCTION regels_bewaak_versie();
CREATE FUNCTION regels_begin_als_concept() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status IN ('goedgekeurd', 'ingetrokken') THEN
        RAISE EXCEPTION 'a version begins as a draft'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER regels_begin_als_concept BEFORE INSERT ON regels_regelversie
    FOR EACH ROW EXECUTE FUNCTION regels_begin_als_concept();
CREATE FUNCTION regels_instelling_blijft() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a setting is never changed; add a newer one'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER regels_instelling_blijft BEFORE UPDATE OR DELETE ON regels_instelling
    FOR EACH ROW EXECUTE FUNCTION regels_instelling_blijft();
ALTER TABLE regels_regelversie ADD CONSTRAINT regels_versie_dag_na_akkoord CHECK (
    geldig IS NULL OR coalesce(
        lower(geldig) > (goedgekeurd_op AT TIME ZONE 'Europe/Amsterdam')::date,
        isempty(geldig)));
ALTER TABLE regels_regelversie ADD CONSTRAINT regels_versie_niet_door_schrijver CHECK (
    goedgekeurd_door_id IS NULL OR goedgekeurd_door_id <> ALL (schrijvers));
"""

LOS = """
ALTER TABLE regels_regelversie DROP CONSTRAINT regels_versie_niet_door_schrijver;
ALTER TABLE regels_regelversie DROP CONSTRAINT regels_versie_dag_na_akkoord;
DROP TRIGGER regels_instelling_blijft ON regels_instelling;
DROP FUNCTION regels_instelling_blijft();
DROP TRIGGER regels_begin_als_concept ON regels_regelversie;
DROP FUNCTION regels_begin_als_concept();
DROP TRIGGER regels_bewaak_versie ON regels_regelversie;
DROP FUNCTION regels_bewaak_versie();
"""


class Migration(migrations.Migration):
    dependencies = [("regels", "0001_initial")]

    operations = [
        migrations.RunSQL(BEWAAK, LOS),
        afscherming.by_gemeente("regels_regel", "gemeente"),
        afscherming.by_parent("regels_regelversie", "regel_id", "regels_regel"),
        afscherming.by_parent("regels_regelproef", "versie_id", "regels_regelversie"),
        afscherming.by_gemeente("regels_instelling", "gemeente"),
    ]
