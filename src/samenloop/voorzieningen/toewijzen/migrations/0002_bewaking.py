"""Guards: which change an allocation permits, its versions, and budget beside care.

Versions are written by the database, so that no part of the program can forget one.
"""

from django.db import migrations

TOEWIJZING = """
CREATE FUNCTION samenloop_bewaak_toewijzing() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an allocation is removed by a version that says so'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.gemeente_id, NEW.wet, NEW.nummer, NEW.persoon_id, NEW.aanbieder_id,
        NEW.variant, NEW.categorie, NEW.code, NEW.ingang, NEW.eenheid, NEW.frequentie)
       IS DISTINCT FROM
       (OLD.id, OLD.gemeente_id, OLD.wet, OLD.nummer, OLD.persoon_id, OLD.aanbieder_id,
        OLD.variant, OLD.categorie, OLD.code, OLD.ingang, OLD.eenheid, OLD.frequentie)
       OR (NEW.volume IS DISTINCT FROM OLD.volume AND OLD.frequentie <> '6')
    THEN
        RAISE EXCEPTION 'this change takes a new allocation'
            USING ERRCODE = 'restrict_violation',
                  CONSTRAINT = 'toewijzen_toewijzing_wijziging',
                  HINT = 'End the old one and give a new one.';
    END IF;
    IF OLD.reden_wijziging = '13' AND
       to_jsonb(NEW) - 'voorziening' IS DISTINCT FROM to_jsonb(OLD) - 'voorziening'
    THEN
        RAISE EXCEPTION 'an allocation that was removed does not come back'
            USING ERRCODE = 'restrict_violation',
                  CONSTRAINT = 'toewijzen_toewijzing_verwijderd';
    END IF;
    IF NEW.toegewezen_op < OLD.toegewezen_op THEN
        RAISE EXCEPTION 'the latest decision holds'
            USING ERRCODE = 'restrict_violation',
                  CONSTRAINT = 'toewijzen_toewijzing_laatste';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_toewijzing
    BEFORE UPDATE OR DELETE ON toewijzen_toewijzing
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_toewijzing();

CREATE FUNCTION samenloop_schrijf_toewijzingversie() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND
       (NEW.beschikking_id, NEW.eind, NEW.volume, NEW.budget, NEW.reden_wijziging,
        NEW.referentie_aanbieder, NEW.commentaar, NEW.toegewezen_op)
       IS NOT DISTINCT FROM
       (OLD.beschikking_id, OLD.eind, OLD.volume, OLD.budget, OLD.reden_wijziging,
        OLD.referentie_aanbieder, OLD.commentaar, OLD.toegewezen_op)
    THEN
        RETURN NULL;
    END IF;
    INSERT INTO toewijzen_toewijzingversie (
        toewijzing_id, volgnummer, beschikking_id, eind, volume, budget,
        reden_wijziging, referentie_aanbieder, commentaar, toegewezen_op,
        toegewezen_door)
    SELECT NEW.id,
           CASE TG_OP WHEN 'INSERT' THEN 1 ELSE
               (SELECT coalesce(max(v.volgnummer), 0) + 1
                  FROM toewijzen_toewijzingversie v WHERE v.toewijzing_id = NEW.id) END,
           NEW.beschikking_id, NEW.eind, NEW.volume, NEW.budget,
           NEW.reden_wijziging, NEW.referentie_aanbieder, NEW.commentaar,
           NEW.toegewezen_op, NEW.toegewezen_door;
    RETURN NULL;
END
$$;
CREATE TRIGGER samenloop_schrijf_toewijzingversie
    AFTER INSERT OR UPDATE ON toewijzen_toewijzing
    FOR EACH ROW EXECUTE FUNCTION samenloop_schrijf_toewijzingversie();
"""
TOEWIJZING_TERUG = """
DROP FUNCTION samenloop_bewaak_toewijzing CASCADE;
DROP FUNCTION samenloop_schrijf_toewijzingversie CASCADE;
"""

# Two who at once grant a budget and an allocation to one person wait for each other;
# the locks are few, however many are granted at once.
PGB = """
CREATE FUNCTION samenloop_pgb_of_zin() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('pgb-of-zin'), 
        hashtext(NEW.persoon_id::text) & 511);
    IF TG_TABLE_NAME = 'toewijzen_toewijzing' THEN
        IF NEW.reden_wijziging <> '13' AND EXISTS (
            SELECT FROM toewijzen_pgb p
             WHERE p.persoon_id = NEW.persoon_id AND p.gemeente_id = NEW.gemeente_id
               AND p.wet = NEW.wet AND p.categorie = NEW.categorie
               AND (p.code = NEW.code OR p.code = '' OR NEW.code = '')
               AND p.ingang <= coalesce(NEW.eind, 'infinity')
               AND least(p.eind, coalesce(p.beeindigd_op, p.eind)) >= NEW.ingang)
        THEN
            RAISE EXCEPTION 'a personal budget runs for this product'
                USING ERRCODE = 'restrict_violation',
                      CONSTRAINT = 'toewijzen_geen_pgb_ernaast';
        END IF;
    ELSIF EXISTS (
        SELECT FROM toewijzen_toewijzing t
         WHERE t.persoon_id = NEW.persoon_id AND t.gemeente_id = NEW.gemeente_id
           AND t.wet = NEW.wet AND t.categorie = NEW.categorie
           AND (t.code = NEW.code OR t.code = '' OR NEW.code = '')
           AND t.reden_wijziging <> '13'
           AND t.ingang <= least(NEW.eind, coalesce(NEW.beeindigd_op, NEW.eind))
           AND coalesce(t.eind, 'infinity') >= NEW.ingang)
    THEN
        RAISE EXCEPTION 'an allocation runs for this product'
            USING ERRCODE = 'restrict_violation',
                  CONSTRAINT = 'toewijzen_geen_pgb_ernaast';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER samenloop_pgb_of_zin
    AFTER INSERT OR UPDATE OF eind ON toewijzen_toewijzing
    FOR EACH ROW EXECUTE FUNCTION samenloop_pgb_of_zin();
CREATE TRIGGER samenloop_pgb_of_zin
    AFTER INSERT OR UPDATE ON toewijzen_pgb
    FOR EACH ROW EXECUTE FUNCTION samenloop_pgb_of_zin();
"""

# Added to, never changed.
BLIJVEND = (
    "toewijzen_beschikking",
    "toewijzen_uitstel",
    "toewijzen_toewijzingversie",
    "toewijzen_leveringsmelding",
    "toewijzen_verzoekregel",
)


def _stays(tabel: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER samenloop_bewaak_boeking BEFORE UPDATE OR DELETE ON {tabel} "
        "FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_boeking()",
        f"DROP TRIGGER samenloop_bewaak_boeking ON {tabel}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("toewijzen", "0001_toewijzen"),
        ("voorzieningen", "0002_bewaking"),
    ]

    operations = [
        migrations.RunSQL(TOEWIJZING, TOEWIJZING_TERUG),
        migrations.RunSQL(PGB, "DROP FUNCTION samenloop_pgb_of_zin CASCADE"),
        *(_stays(tabel) for tabel in BLIJVEND),
    ]
