"""Nobody sees people, or facts about them, of another municipality.

A person has the municipalities with a task toward them. They follow from facts and
records; the functions that keep them run with the rights of the owner, because the
municipality that takes someone on does not see them yet. Each has its own filter:
the border of the work that calls it.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import samenloop.personen.taak
from samenloop.core.afscherming import (
    by_gemeente,
    by_gemeenten,
    by_persoon,
    policy,
)
from samenloop.personen.taak import keeps_task

# The guards look at people whom who writes may not see; the deferred one even runs
# at the end of the transaction, under whatever border there is then.
WACHTERS = """
ALTER FUNCTION samenloop_bewaak_bsn() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION samenloop_bsn_of_reden() SECURITY DEFINER SET search_path = public, pg_temp;
"""
WACHTERS_TERUG = """
ALTER FUNCTION samenloop_bewaak_bsn() SECURITY INVOKER RESET search_path;
ALTER FUNCTION samenloop_bsn_of_reden() SECURITY INVOKER RESET search_path;
"""

TAAK = """
CREATE FUNCTION samenloop_voeg_taak_toe(wie uuid, bij text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE personen_persoon
       SET gemeenten = ARRAY(SELECT DISTINCT unnest(gemeenten::text[] || bij) ORDER BY 1)
     WHERE id = wie AND NOT gemeenten::text[] @> bij
$$;
REVOKE ALL ON FUNCTION samenloop_voeg_taak_toe(uuid, text[]) FROM PUBLIC;

CREATE FUNCTION samenloop_houd_taak() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format(
        'UPDATE personen_persoon p
            SET gemeenten = ARRAY(
                SELECT DISTINCT unnest(p.gemeenten::text[] || t.bij) ORDER BY 1)
           FROM (SELECT %I AS wie, array_agg(DISTINCT %I::text) AS bij
                   FROM nieuw
                  WHERE %I IS NOT NULL AND %I IS NOT NULL AND %I::text <> ''''
                  GROUP BY 1) t
          WHERE p.id = t.wie AND NOT p.gemeenten::text[] @> t.bij',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[0], TG_ARGV[1], TG_ARGV[1]);
    RETURN NULL;
END
$$;

CREATE FUNCTION samenloop_neem_aan(personen uuid[], gemeente text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT samenloop_mag_gemeente(gemeente) THEN
        RAISE EXCEPTION 'a municipality takes on people within its own border'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM personen_gemeente g WHERE g.code = gemeente) THEN
        RAISE EXCEPTION 'this municipality is not on record'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM samenloop_voeg_taak_toe(wie, ARRAY[gemeente]) FROM unnest(personen) wie;
END
$$;

CREATE FUNCTION samenloop_neem_aan_met_sleutel(sleutel text, gemeente text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wie uuid;
BEGIN
    SELECT b.persoon_id INTO wie
      FROM personen_burgerservicenummer b WHERE b.zoeksleutel = sleutel;
    IF wie IS NOT NULL THEN
        PERFORM samenloop_neem_aan(ARRAY[wie], gemeente);
    END IF;
    RETURN wie;
END
$$;

CREATE FUNCTION samenloop_laat_los(personen uuid[], gemeente text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT samenloop_mag_gemeente(gemeente) THEN
        RAISE EXCEPTION 'a municipality lets go of people within its own border'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE personen_persoon p
       SET gemeenten = array_remove(p.gemeenten::text[], gemeente)
     WHERE p.id = ANY (personen) AND p.gemeenten::text[] @> ARRAY[gemeente];
END
$$;
"""
TAAK_TERUG = """
DROP FUNCTION samenloop_laat_los(uuid[], text);
DROP FUNCTION samenloop_neem_aan_met_sleutel(text, text);
DROP FUNCTION samenloop_neem_aan(uuid[], text);
DROP FUNCTION samenloop_houd_taak();
DROP FUNCTION samenloop_voeg_taak_toe(uuid, text[]);
"""

# The sorting name is what `personen.namen` makes: words with one space between them,
# the three parts of the name with a tab.
NAAMDELEN = """
CREATE FUNCTION samenloop_naamdelen(naam text)
RETURNS TABLE (woord text, begint boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(d.woord, 60), bool_or(d.plaats = 1)
      FROM string_to_table(translate(naam, E'\\t', ' '), ' ')
           WITH ORDINALITY AS d (woord, plaats)
     WHERE d.woord <> ''
     GROUP BY 1
$$;

CREATE FUNCTION samenloop_houd_naamdelen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO personen_naamdeel (gemeente, woord, sorteernaam, persoon_id, begint)
        SELECT g, d.woord, left(n.sorteernaam, 400), n.id, d.begint
          FROM nieuw n, unnest(n.gemeenten) g, samenloop_naamdelen(n.sorteernaam) d
         ORDER BY 1, 2, 3;
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        DELETE FROM personen_naamdeel w
         USING (SELECT g, d.woord, left(o.sorteernaam, 400) AS naam, o.id
                  FROM oud o, unnest(o.gemeenten) g,
                       samenloop_naamdelen(o.sorteernaam) d) weg
         WHERE w.gemeente = weg.g AND w.woord = weg.woord
           AND w.sorteernaam = weg.naam AND w.persoon_id = weg.id;
        RETURN NULL;
    END IF;
    DELETE FROM personen_naamdeel w
     USING (SELECT g, d.woord, left(o.sorteernaam, 400) AS naam, o.id
              FROM oud o JOIN nieuw n USING (id),
                   unnest(o.gemeenten) g, samenloop_naamdelen(o.sorteernaam) d
             WHERE o.sorteernaam <> n.sorteernaam OR g <> ALL (n.gemeenten)) weg
     WHERE w.gemeente = weg.g AND w.woord = weg.woord
       AND w.sorteernaam = weg.naam AND w.persoon_id = weg.id;
    INSERT INTO personen_naamdeel (gemeente, woord, sorteernaam, persoon_id, begint)
    SELECT g, d.woord, left(n.sorteernaam, 400), n.id, d.begint
      FROM oud o JOIN nieuw n USING (id),
           unnest(n.gemeenten) g, samenloop_naamdelen(n.sorteernaam) d
     WHERE o.sorteernaam <> n.sorteernaam OR g <> ALL (o.gemeenten)
     ORDER BY 1, 2, 3;
    RETURN NULL;
END
$$;
CREATE TRIGGER samenloop_naamdelen_bij_insert AFTER INSERT ON personen_persoon
    REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION samenloop_houd_naamdelen();
CREATE TRIGGER samenloop_naamdelen_bij_update AFTER UPDATE ON personen_persoon
    REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION samenloop_houd_naamdelen();
CREATE TRIGGER samenloop_naamdelen_bij_delete AFTER DELETE ON personen_persoon
    REFERENCING OLD TABLE AS oud
    FOR EACH STATEMENT EXECUTE FUNCTION samenloop_houd_naamdelen();
"""
NAAMDELEN_TERUG = """
DROP FUNCTION samenloop_houd_naamdelen() CASCADE;
DROP FUNCTION samenloop_naamdelen(text);
"""

TOESTEMMING = """
CREATE FUNCTION samenloop_bewaak_toestemming() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF samenloop_onderhoud(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF OLD.ingetrokken_op IS NOT NULL
       OR to_jsonb(NEW) - 'ingetrokken_op' IS DISTINCT FROM to_jsonb(OLD) - 'ingetrokken_op'
    THEN
        RAISE EXCEPTION 'of consent only the withdrawal can be filled in, once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER samenloop_bewaak_toestemming
    BEFORE UPDATE ON personen_toestemming
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_toestemming();
"""

# A new one has nobody in it yet: then the municipality that made it may see it.
GEZIN = """gemeenten::text[] && (SELECT samenloop_gemeenten())::text[] OR EXISTS (
    SELECT 1 FROM personen_gezinslid lid WHERE lid.gezin_id = personen_gezin.id)"""
HUISHOUDEN = """gemeenten::text[] && (SELECT samenloop_gemeenten())::text[] OR EXISTS (
    SELECT 1 FROM personen_adres adres WHERE adres.huishouden_id = personen_huishouden.id)"""


def _gemeenten() -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=6),
        db_default=models.Value("{}"),
        default=samenloop.personen.taak.of_border,
        editable=False,
        size=None,
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_gemeentegrens"), ("personen", "0002_bewaking")]

    operations = [
        migrations.AddField("Persoon", "gemeenten", _gemeenten()),
        migrations.AddField("Gezin", "gemeenten", _gemeenten()),
        migrations.AddField("Huishouden", "gemeenten", _gemeenten()),
        migrations.AddField(
            "Persoon", "geheim", models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddIndex(
            "Persoon",
            models.Index(fields=["geboortedatum"], name="personen_geboortedatum"),
        ),
        migrations.AddIndex(
            "Adres",
            models.Index(
                fields=["postcode", "huisnummer"], name="personen_adres_postcode_nr"
            ),
        ),
        migrations.CreateModel(
            name="Naamdeel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "gemeente",
                        "woord",
                        "sorteernaam",
                        "persoon",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("gemeente", models.CharField(db_collation="C", max_length=6)),
                ("woord", models.CharField(db_collation="C", max_length=60)),
                ("sorteernaam", models.CharField(db_collation="C", max_length=400)),
                (
                    "persoon",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="personen.persoon",
                    ),
                ),
                ("begint", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("begint", True)),
                        fields=["gemeente", "sorteernaam", "persoon"],
                        name="personen_naamdeel_begin",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Toestemming",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("categorie", models.CharField(max_length=60)),
                ("doel", models.CharField(max_length=60)),
                ("gegeven_op", models.DateField()),
                ("tot", models.DateField(blank=True, null=True)),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            ("mondeling", "mondeling"),
                            ("schriftelijk", "schriftelijk"),
                            ("digitaal", "digitaal"),
                        ],
                        max_length=20,
                    ),
                ),
                ("vastgelegd_door", models.CharField(max_length=64)),
                ("ingetrokken_op", models.DateField(blank=True, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="personen.gemeente",
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toestemmingen",
                        to="personen.persoon",
                    ),
                ),
            ],
            options={
                "ordering": ["-gegeven_op", "categorie", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wijze__in", ["mondeling", "schriftelijk", "digitaal"])
                        ),
                        name="personen_toestemming_wijze",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("categorie", ""), _negated=True),
                            models.Q(("doel", ""), _negated=True),
                            models.Q(("vastgelegd_door", ""), _negated=True),
                        ),
                        name="personen_toestemming_gevuld",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__isnull", True),
                            ("tot__gte", models.F("gegeven_op")),
                            _connector="OR",
                        ),
                        name="personen_toestemming_tot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ingetrokken_op__isnull", True),
                            ("ingetrokken_op__gte", models.F("gegeven_op")),
                            _connector="OR",
                        ),
                        name="personen_toestemming_ingetrokken",
                    ),
                ],
            },
        ),
        migrations.RunSQL(WACHTERS, WACHTERS_TERUG),
        migrations.RunSQL(TAAK, TAAK_TERUG),
        migrations.RunSQL(NAAMDELEN, NAAMDELEN_TERUG),
        migrations.RunSQL(
            TOESTEMMING, "DROP FUNCTION samenloop_bewaak_toestemming CASCADE"
        ),
        keeps_task("personen_adres"),
        keeps_task("personen_verblijf"),
        keeps_task("personen_toestemming"),
        by_gemeenten("personen_persoon"),
        by_persoon("personen_burgerservicenummer"),
        by_persoon("personen_adres"),
        by_persoon("personen_verblijf"),
        by_persoon("personen_gezinslid"),
        by_persoon("personen_gezag", "minderjarige_id"),
        policy("personen_gezin", GEZIN),
        policy("personen_huishouden", HUISHOUDEN),
        by_gemeente("personen_naamdeel", "gemeente"),
        by_gemeente("personen_toestemming"),
    ]
