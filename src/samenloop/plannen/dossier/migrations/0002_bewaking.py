"""What was written down stays as it was; and each table keeps to its municipality.

A correction is a new row. A note may become of more people and never of fewer, and only
one's own may be thrown away. Of a stored file only the outcome of the scan is filled in
later; when its row goes, a trigger remembers which file has to go with it, however the
row was removed.
"""

from django.db import migrations

from samenloop.core.afscherming import by_parent

BLIJFT = """
CREATE FUNCTION samenloop_opgeschreven_blijft() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'what was written down is set right by a new row (%)', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER samenloop_opgeschreven_blijft
    BEFORE UPDATE OR DELETE ON dossier_contactmoment
    FOR EACH ROW EXECUTE FUNCTION samenloop_opgeschreven_blijft();
CREATE TRIGGER samenloop_opgeschreven_blijft
    BEFORE UPDATE OR DELETE ON dossier_gesprekversie
    FOR EACH ROW EXECUTE FUNCTION samenloop_opgeschreven_blijft();
CREATE TRIGGER samenloop_opgeschreven_blijft
    BEFORE UPDATE OR DELETE ON dossier_uitreiking
    FOR EACH ROW EXECUTE FUNCTION samenloop_opgeschreven_blijft();
"""
BLIJFT_WEG = "DROP FUNCTION samenloop_opgeschreven_blijft CASCADE;"

NOTITIE = """
CREATE FUNCTION samenloop_bewaak_notitie() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    rang CONSTANT text[] := ARRAY['eigen', 'team', 'dossier'];
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.bereik = 'eigen' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a note that others can read stays'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (to_jsonb(NEW) - 'bereik') IS DISTINCT FROM (to_jsonb(OLD) - 'bereik') THEN
        RAISE EXCEPTION 'what was written down is set right by a new row (%)',
            TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF array_position(rang, NEW.bereik::text) < array_position(rang, OLD.bereik::text)
    THEN
        RAISE EXCEPTION 'a note becomes of more people, never of fewer'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_notitie BEFORE UPDATE OR DELETE ON dossier_notitie
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_notitie();
"""
NOTITIE_WEG = "DROP FUNCTION samenloop_bewaak_notitie CASCADE;"

BESTAND = """
CREATE FUNCTION samenloop_bewaak_documentversie() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.scan = 'besmet'
       OR (to_jsonb(NEW) - '{scan,gescand_op}'::text[])
          IS DISTINCT FROM (to_jsonb(OLD) - '{scan,gescand_op}'::text[]) THEN
        RAISE EXCEPTION 'a document is followed by a next version, not changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_documentversie
    BEFORE UPDATE OR DELETE ON dossier_documentversie
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_documentversie();

CREATE FUNCTION samenloop_bestand_weg() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO dossier_wegbestand (opslag) VALUES (OLD.opslag)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER samenloop_bestand_weg AFTER DELETE ON dossier_documentversie
    FOR EACH ROW EXECUTE FUNCTION samenloop_bestand_weg();
"""
BESTAND_WEG = """
DROP FUNCTION samenloop_bewaak_documentversie CASCADE;
DROP FUNCTION samenloop_bestand_weg CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("dossier", "0001_dossier"), ("personen", "0002_bewaking")]

    operations = [
        migrations.RunSQL(BLIJFT, BLIJFT_WEG),
        migrations.RunSQL(NOTITIE, NOTITIE_WEG),
        migrations.RunSQL(BESTAND, BESTAND_WEG),
        *(
            by_parent(f"dossier_{tabel}", "dossier_id", "plannen_dossier")
            for tabel in (
                "contactmoment",
                "gesprek",
                "notitie",
                "document",
                "dossierconcept",
            )
        ),
        by_parent("dossier_gesprekversie", "gesprek_id", "dossier_gesprek"),
        by_parent("dossier_uitreiking", "versie_id", "dossier_gesprekversie"),
        by_parent("dossier_documentversie", "document_id", "dossier_document"),
    ]
