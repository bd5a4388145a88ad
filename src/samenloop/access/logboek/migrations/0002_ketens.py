"""The chains, kept by the database itself, and the refusal of every change.

Number, hash and time of writing of a line are given before it is inserted, whoever
inserts it and however. Each log has 64 chains side by side: a transaction takes one
that no other transaction is writing (its own by preference), so writers do not wait for
each other and cannot lock each other out. The head of a chain is written after each
statement; the application cannot write heads, so a tail that is cut off shows.

A hash covers the previous hash and all columns of the line as `record_send` writes
them (oid, length, bytes), texts as UTF-8: the same bytes on every server.

UPDATE, DELETE and TRUNCATE are refused to everybody. Only the owner gets through, after
saying that it is maintenance: SET samenloop.onderhoud = 'aan'. The chain then tells.
"""

import re

from django.db import migrations

from samenloop.core.afscherming import by_gemeente

LOGS = {"audit": "logboek_auditregel", "verwerking": "logboek_verwerking"}

# Columns in the order in which they are hashed.
INHOUD = {
    "audit": """record_send(ROW(n.id, n.keten, n.nummer, n.vastgelegd_op, n.op,
        convert_to(n.gemeente, 'UTF8'), convert_to(n.actor_soort, 'UTF8'),
        convert_to(n.actor_id, 'UTF8'), convert_to(n.actor_naam, 'UTF8'),
        convert_to(array_to_string(n.rollen, ','), 'UTF8'),
        convert_to(n.handeling, 'UTF8'), convert_to(n.doel, 'UTF8'),
        convert_to(n.grond, 'UTF8'), convert_to(n.diepte, 'UTF8'),
        convert_to(n.wijze, 'UTF8'), convert_to(n.onderwerp, 'UTF8'),
        n.aantal_personen, n.trace_id, convert_to(n.span_id, 'UTF8'),
        convert_to(n.parent_span_id, 'UTF8')))""",
    "verwerking": """record_send(ROW(n.id, n.keten, n.nummer, n.vastgelegd_op,
        n.trace_id, convert_to(n.span_id, 'UTF8'),
        convert_to(n.parent_span_id, 'UTF8'), convert_to(n.naam, 'UTF8'),
        n.begonnen_op, n.geeindigd_op, convert_to(n.status, 'UTF8'),
        n.activiteit, n.activiteit_versie, n.persoon,
        convert_to(n.grond, 'UTF8'), convert_to(n.verwerker, 'UTF8'),
        convert_to(n.gemeente, 'UTF8')))""",
}

KETENS = """
CREATE FUNCTION logboek_maak_ketens() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO logboek_ketenkop (log, keten, nummer, hash)
    SELECT log, keten, 0, sha256(convert_to('samenloop ' || log || ' ' || keten, 'UTF8'))
      FROM unnest(ARRAY['audit', 'verwerking']) log, generate_series(0, 63) keten
        ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION logboek_maak_ketens() FROM PUBLIC;
SELECT logboek_maak_ketens();
"""

SCHAKEL = """
CREATE FUNCTION logboek_schakel_{log}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    kop record;
    laatste record;
BEGIN
    SELECT * INTO kop FROM logboek_ketenkop
     WHERE log = '{log}' AND keten = pg_backend_pid() % 64 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        SELECT * INTO kop FROM logboek_ketenkop WHERE log = '{log}'
         LIMIT 1 FOR UPDATE SKIP LOCKED;
    END IF;
    IF NOT FOUND THEN
        -- More writers than chains, or a database that was emptied for a test.
        PERFORM logboek_maak_ketens();
        SELECT * INTO STRICT kop FROM logboek_ketenkop
         WHERE log = '{log}' AND keten = pg_backend_pid() % 64 FOR UPDATE;
    END IF;
    -- Lines of this very statement are in the table, not yet in the head.
    SELECT t.nummer, t.hash INTO laatste FROM {tabel} t
     WHERE t.keten = kop.keten AND t.nummer > kop.nummer
     ORDER BY t.nummer DESC LIMIT 1;
    IF FOUND THEN
        kop.nummer := laatste.nummer;
        kop.hash := laatste.hash;
    END IF;
    NEW.keten := kop.keten;
    NEW.nummer := kop.nummer + 1;
    NEW.vastgelegd_op := clock_timestamp();
    NEW.hash := sha256(kop.hash || {inhoud});
    RETURN NEW;
END
$$;
CREATE TRIGGER a_schakel BEFORE INSERT ON {tabel}
    FOR EACH ROW EXECUTE FUNCTION logboek_schakel_{log}();

CREATE FUNCTION logboek_kop_{log}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE logboek_ketenkop kop SET nummer = laatste.nummer, hash = laatste.hash
      FROM (SELECT DISTINCT ON (keten) keten, nummer, hash FROM nieuw
             ORDER BY keten, nummer DESC) laatste
     WHERE kop.log = '{log}' AND kop.keten = laatste.keten;
    RETURN NULL;
END
$$;
CREATE TRIGGER b_kop AFTER INSERT ON {tabel} REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION logboek_kop_{log}();
"""

WEIGER = """
CREATE FUNCTION logboek_onderhoud(tabel oid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('samenloop.onderhoud', true), '') = 'aan'
       AND pg_has_role(current_user, c.relowner, 'MEMBER')
      FROM pg_catalog.pg_class c WHERE c.oid = tabel
$$;
CREATE FUNCTION logboek_weiger() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF logboek_onderhoud(TG_RELID) THEN
        IF TG_LEVEL = 'STATEMENT' THEN
            RETURN NULL;
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'the log only grows: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
"""

BEWAAK = """
CREATE TRIGGER weiger BEFORE UPDATE OR DELETE ON {tabel}
    FOR EACH ROW EXECUTE FUNCTION logboek_weiger();
CREATE TRIGGER weiger_legen BEFORE TRUNCATE ON {tabel}
    FOR EACH STATEMENT EXECUTE FUNCTION logboek_weiger();
"""

# Rights were given to roles whose names differ per installation.
RECHTEN = """
DO $$
DECLARE
    recht record;
BEGIN
    FOR recht IN
        SELECT DISTINCT g.grantee, t.tabel, t.rechten
          FROM (VALUES ('logboek_auditregel', 'UPDATE, DELETE, TRUNCATE'),
                       ('logboek_verwerking', 'UPDATE, DELETE, TRUNCATE'),
                       ('logboek_verwerkingsactiviteit', 'UPDATE, DELETE, TRUNCATE'),
                       ('logboek_ketenkop', 'INSERT, UPDATE, DELETE, TRUNCATE'),
                       ('logboek_anker', 'INSERT, UPDATE, DELETE, TRUNCATE'),
                       ('logboek_afwijking', 'DELETE, TRUNCATE'),
                       ('logboek_controle', 'DELETE, TRUNCATE')) t (tabel, rechten)
          JOIN information_schema.role_table_grants g
            ON g.table_name = t.tabel AND g.grantee <> current_user
    LOOP
        EXECUTE format('REVOKE %s ON %I FROM %I',
                       recht.rechten, recht.tabel, recht.grantee);
    END LOOP;
END
$$;
"""

OPRUIMEN = """
CREATE FUNCTION logboek_ruim_op(welk text, voor timestamptz)
RETURNS TABLE (keten integer, nummer bigint, hash bytea, regels bigint,
               laatste_op timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    was text := coalesce(current_setting('samenloop.onderhoud', true), '');
    tabel text := CASE welk WHEN 'audit' THEN 'logboek_auditregel'
                            WHEN 'verwerking' THEN 'logboek_verwerking' END;
    kop record;
BEGIN
    PERFORM set_config('samenloop.onderhoud', 'aan', true);
    FOR kop IN SELECT k.* FROM logboek_ketenkop k
                WHERE k.log = welk ORDER BY k.keten FOR UPDATE
    LOOP
        keten := kop.keten;
        -- Up to the first line that must stay; with none such, up to the head.
        EXECUTE format('SELECT coalesce(min(nummer) - 1, $2) FROM %I
                         WHERE keten = $1 AND vastgelegd_op >= $3', tabel)
           INTO nummer USING kop.keten, kop.nummer, voor;
        EXECUTE format('SELECT hash FROM %I WHERE keten = $1 AND nummer = $2', tabel)
           INTO hash USING kop.keten, nummer;
        CONTINUE WHEN hash IS NULL;
        EXECUTE format('WITH weg AS (DELETE FROM %I WHERE keten = $1 AND nummer <= $2
                                     RETURNING vastgelegd_op)
                        SELECT count(*), max(vastgelegd_op) FROM weg', tabel)
           INTO regels, laatste_op USING kop.keten, nummer;
        INSERT INTO logboek_anker (log, keten, nummer, hash, regels, laatste_op,
                                   opgeruimd_op)
        VALUES (welk, keten, nummer, hash, regels, laatste_op, clock_timestamp());
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('samenloop.onderhoud', was, true);
END
$$;
REVOKE ALL ON FUNCTION logboek_ruim_op(text, timestamptz) FROM PUBLIC;
"""


def _sql() -> str:
    parts = [KETENS, WEIGER]
    for log, tabel in LOGS.items():
        parts.append(
            SCHAKEL.replace("{log}", log)
            .replace("{tabel}", tabel)
            .replace("{inhoud}", re.sub(r"\bn\.", "NEW.", INHOUD[log]))
        )
    parts += [
        BEWAAK.replace("{tabel}", tabel) for tabel in (*LOGS.values(), "logboek_anker")
    ]
    return "".join([*parts, OPRUIMEN, RECHTEN])


def _weg() -> str:
    triggers = [
        f"DROP TRIGGER {naam} ON {tabel};"
        for tabel in LOGS.values()
        for naam in ("a_schakel", "b_kop")
    ] + [
        f"DROP TRIGGER {naam} ON {tabel};"
        for tabel in (*LOGS.values(), "logboek_anker")
        for naam in ("weiger", "weiger_legen")
    ]
    functies = [
        f"DROP FUNCTION logboek_{naam};"
        for naam in (
            "schakel_audit()",
            "schakel_verwerking()",
            "kop_audit()",
            "kop_verwerking()",
            "weiger()",
            "onderhoud(oid)",
            "maak_ketens()",
            "ruim_op(text, timestamptz)",
        )
    ]
    return "".join(triggers + functies)


class Migration(migrations.Migration):
    dependencies = [("logboek", "0001_initial"), ("core", "0001_gemeentegrens")]

    operations = [
        migrations.RunSQL(_sql(), _weg()),
        by_gemeente("logboek_auditregel", "gemeente"),
        by_gemeente("logboek_verwerking", "gemeente"),
        by_gemeente("logboek_afwijking", "gemeente"),
        by_gemeente("logboek_medewerkerskenmerk", "gemeente"),
    ]
