"""A task is of one municipality, and waiting never goes round.

The check runs once per statement, over all rows it added. It first takes the lock of
the case: who adds the other half of a loop at the same moment waits here until the
first half is committed, and then sees it. The message names the task by its key; the
code above turns that into the loop in words.
"""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent
from samenloop.personen.taak import keeps_task

GEEN_KRING = """
CREATE FUNCTION samenloop_taken_geen_kring() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    fout uuid;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('taken:' || casus::text, 0))
    FROM (SELECT DISTINCT t.casus_id AS casus FROM nieuw
          JOIN taken_taak t ON t.id = nieuw.taak_id ORDER BY 1) casussen;
    SELECT n.taak_id INTO fout FROM nieuw n
    JOIN taken_taak t ON t.id = n.taak_id
    LEFT JOIN taken_taak o ON o.id = n.op_taak_id
    WHERE n.op_taak_id IS NOT NULL AND o.casus_id IS DISTINCT FROM t.casus_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'task % waits for a task of another case', fout
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'taken_voorwaarde_zelfde_casus';
    END IF;
    WITH RECURSIVE pad (van, bij) AS (
        SELECT DISTINCT taak_id, op_taak_id FROM nieuw WHERE op_taak_id IS NOT NULL
        UNION
        SELECT pad.van, v.op_taak_id FROM pad
        JOIN taken_voorwaarde v ON v.taak_id = pad.bij
        WHERE v.op_taak_id IS NOT NULL AND pad.bij <> pad.van
    )
    SELECT van INTO fout FROM pad WHERE bij = van LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'task % would wait for itself', fout
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'taken_voorwaarde_geen_kring';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER samenloop_geen_kring_bij_insert AFTER INSERT ON taken_voorwaarde
REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT
EXECUTE FUNCTION samenloop_taken_geen_kring();

CREATE FUNCTION samenloop_taken_blijft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a task belongs to or waits for is replaced, not changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'taken_voorwaarde_blijft';
END $$;

CREATE TRIGGER samenloop_blijft BEFORE UPDATE ON taken_voorwaarde
FOR EACH ROW WHEN ((OLD.taak_id, OLD.op_taak_id) IS DISTINCT FROM
                   (NEW.taak_id, NEW.op_taak_id))
EXECUTE FUNCTION samenloop_taken_blijft();

CREATE TRIGGER samenloop_blijft BEFORE UPDATE ON taken_taak
FOR EACH ROW WHEN (OLD.casus_id IS DISTINCT FROM NEW.casus_id)
EXECUTE FUNCTION samenloop_taken_blijft();
"""

WEER_WEG = """
DROP TRIGGER samenloop_geen_kring_bij_insert ON taken_voorwaarde;
DROP TRIGGER samenloop_blijft ON taken_voorwaarde;
DROP TRIGGER samenloop_blijft ON taken_taak;
DROP FUNCTION samenloop_taken_blijft();
DROP FUNCTION samenloop_taken_geen_kring();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("taken", "0001_taken"),
        ("regie", "0005_dossier_gemeentegrens"),
        ("personen", "0003_gemeentegrens"),
    ]

    operations = [
        keeps_task("taken_taak"),
        by_gemeente("taken_taak"),
        by_parent("taken_voorwaarde", "taak_id", "taken_taak"),
        by_parent("taken_herinnering", "taak_id", "taken_taak"),
        by_parent("taken_taakverloop", "taak_id", "taken_taak"),
        migrations.RunSQL(GEEN_KRING, WEER_WEG),
    ]
