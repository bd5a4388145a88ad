"""The database itself refuses to change or remove what was received and released.

For every role, the owner of the tables included: a rule that its keeper may skip is
no rule. TRUNCATE is left to the owner, for cleaning up after tests; the role of the
application does not have it.
"""

from django.db import migrations

TABELLEN = (
    "verantwoording_levering",
    "verantwoording_afgekeurderegel",
    "verantwoording_uitgave",
    "verantwoording_uitgavebestand",
)

FUNCTIE = """
CREATE FUNCTION verantwoording_onveranderlijk() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% staat vast: % is geweigerd. Een correctie is een nieuwe rij.',
    TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
"""


HASHES = """
ALTER TABLE verantwoording_uitgave ADD CONSTRAINT uitgave_sha256_klopt
  CHECK (sha256 = encode(sha256(convert_to(inhoud, 'UTF8')), 'hex'));
ALTER TABLE verantwoording_uitgavebestand ADD CONSTRAINT bestand_sha256_klopt
  CHECK (sha256 = encode(sha256(inhoud), 'hex'));
"""

ZONDER_HASHES = """
ALTER TABLE verantwoording_uitgave DROP CONSTRAINT uitgave_sha256_klopt;
ALTER TABLE verantwoording_uitgavebestand DROP CONSTRAINT bestand_sha256_klopt;
"""


def _triggers() -> str:
    return "\n".join(
        f"CREATE TRIGGER onveranderlijk BEFORE UPDATE OR DELETE ON {tabel} "
        "FOR EACH ROW EXECUTE FUNCTION verantwoording_onveranderlijk();"
        for tabel in TABELLEN
    )


def _zonder_triggers() -> str:
    return "\n".join(f"DROP TRIGGER onveranderlijk ON {tabel};" for tabel in TABELLEN)


class Migration(migrations.Migration):
    dependencies = [("verantwoording", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FUNCTIE + _triggers(),
            _zonder_triggers() + "DROP FUNCTION verantwoording_onveranderlijk();",
        ),
        migrations.RunSQL(HASHES, ZONDER_HASHES),
    ]
