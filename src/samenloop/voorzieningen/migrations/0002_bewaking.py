"""Guards over facts and entries, and the productenboek as a tree within one law."""

from django.db import migrations

FEITEN = """
CREATE TRIGGER samenloop_bewaak_feit
    BEFORE UPDATE OR DELETE ON voorzieningen_voorziening
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_feit();
CREATE TRIGGER samenloop_bewaak_feit
    BEFORE UPDATE OR DELETE ON voorzieningen_uitkering
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_feit();
"""
FEITEN_TERUG = """
DROP TRIGGER samenloop_bewaak_feit ON voorzieningen_voorziening;
DROP TRIGGER samenloop_bewaak_feit ON voorzieningen_uitkering;
"""

BOEKINGEN = """
CREATE FUNCTION samenloop_bewaak_boeking() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'an entry is never changed or deleted (%)', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'Add a counter-entry, or a next version.';
END
$$;
CREATE TRIGGER samenloop_bewaak_boeking
    BEFORE UPDATE OR DELETE ON voorzieningen_traject
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_boeking();
CREATE TRIGGER samenloop_bewaak_boeking
    BEFORE UPDATE OR DELETE ON voorzieningen_begrotingspost
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_boeking();
"""

BEZWAREN = """
CREATE FUNCTION samenloop_bewaak_bezwaar() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an objection or complaint is never deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.afgehandeld_op IS NOT NULL
       OR to_jsonb(NEW) - 'afgehandeld_op' - 'uitkomst'
          IS DISTINCT FROM to_jsonb(OLD) - 'afgehandeld_op' - 'uitkomst'
    THEN
        RAISE EXCEPTION 'of an objection or complaint only its end can be filled in, once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_bezwaar
    BEFORE UPDATE OR DELETE ON voorzieningen_bezwaar
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_bezwaar();
"""

PRODUCTENBOEK = """
ALTER TABLE voorzieningen_product
    ADD CONSTRAINT voorzieningen_product_zelfde_wet_als_ouder
    FOREIGN KEY (ouder_id, wet) REFERENCES voorzieningen_product (id, wet)
    DEFERRABLE INITIALLY DEFERRED;
CREATE FUNCTION samenloop_product_geen_kring() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- Two who each hang one branch under the other would not see each other's change.
    PERFORM pg_advisory_xact_lock(hashtext('voorzieningen_product'));
    IF EXISTS (
        WITH RECURSIVE boven(id) AS (
            SELECT NEW.ouder_id
            UNION
            SELECT p.ouder_id FROM voorzieningen_product p JOIN boven ON p.id = boven.id
             WHERE p.ouder_id IS NOT NULL
        )
        SELECT FROM boven WHERE boven.id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a product cannot be part of itself, also not by way of others'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'voorzieningen_product_geen_kring';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER samenloop_product_geen_kring
    AFTER INSERT OR UPDATE OF ouder_id, id ON voorzieningen_product
    FOR EACH ROW WHEN (NEW.ouder_id IS NOT NULL)
    EXECUTE FUNCTION samenloop_product_geen_kring();
"""
PRODUCTENBOEK_TERUG = """
DROP FUNCTION samenloop_product_geen_kring CASCADE;
ALTER TABLE voorzieningen_product
    DROP CONSTRAINT voorzieningen_product_zelfde_wet_als_ouder;
"""


class Migration(migrations.Migration):
    dependencies = [("voorzieningen", "0001_initial"), ("personen", "0002_bewaking")]

    operations = [
        migrations.RunSQL(FEITEN, FEITEN_TERUG),
        migrations.RunSQL(BOEKINGEN, "DROP FUNCTION samenloop_bewaak_boeking CASCADE"),
        migrations.RunSQL(BEZWAREN, "DROP FUNCTION samenloop_bewaak_bezwaar CASCADE"),
        migrations.RunSQL(PRODUCTENBOEK, PRODUCTENBOEK_TERUG),
    ]
