"""A plan is of who its dossier is of, and what was put forward or signed stays."""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent

BLIJVEND = """
CREATE FUNCTION samenloop_bewaak_planversie() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.getekend_op IS NULL AND NEW.getekend_op IS NOT NULL
           AND (NEW.id, NEW.plan_id, NEW.nummer, NEW.inhoud, NEW.tekenaars,
                NEW.gemaakt_op, NEW.gemaakt_door)
               IS NOT DISTINCT FROM
               (OLD.id, OLD.plan_id, OLD.nummer, OLD.inhoud, OLD.tekenaars,
                OLD.gemaakt_op, OLD.gemaakt_door) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was put before a family stays as it was (%)', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'Make a new version.';
END
$$;
CREATE TRIGGER samenloop_bewaak_planversie BEFORE UPDATE OR DELETE ON plan_planversie
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_planversie();

CREATE FUNCTION samenloop_bewaak_handtekening() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'a signature stays as it was put (%)', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER samenloop_bewaak_handtekening
    BEFORE UPDATE OR DELETE ON plan_handtekening
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_handtekening();
"""
BLIJVEND_WEG = """
DROP FUNCTION samenloop_bewaak_planversie CASCADE;
DROP FUNCTION samenloop_bewaak_handtekening CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0001_plan"),
        ("plannen", "0002_gemeentegrens"),
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [
        migrations.RunSQL(BLIJVEND, BLIJVEND_WEG),
        by_parent("plan_plan", "dossier_id", "plannen_dossier"),
        by_parent("plan_doelstelling", "plan_id", "plan_plan"),
        by_parent("plan_activiteit", "doelstelling_id", "plan_doelstelling"),
        by_parent("plan_afspraak", "plan_id", "plan_plan"),
        by_parent("plan_tekstvariant", "plan_id", "plan_plan"),
        by_parent("plan_aanwezigheid", "plan_id", "plan_plan"),
        by_parent("plan_planversie", "plan_id", "plan_plan"),
        by_parent("plan_handtekening", "versie_id", "plan_planversie"),
        by_parent("plan_evaluatie", "plan_id", "plan_plan"),
        by_parent("plan_doelresultaat", "evaluatie_id", "plan_evaluatie"),
        by_gemeente("plan_plansjabloon"),
    ]
