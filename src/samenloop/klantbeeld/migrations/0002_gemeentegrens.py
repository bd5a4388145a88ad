"""An opening is of one municipality, and nobody changes it afterwards.

It may be destroyed with the dossier it belongs to (the log keeps that somebody looked);
rewriting why one looked is refused for every role.
"""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente

ONVERANDERD = """
CREATE FUNCTION klantbeeld_onveranderd() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Een inkijk wordt niet herschreven; open opnieuw.'
    USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER onveranderd BEFORE UPDATE ON klantbeeld_inkijk
  FOR EACH ROW EXECUTE FUNCTION klantbeeld_onveranderd();
"""

ZONDER = """
DROP TRIGGER onveranderd ON klantbeeld_inkijk;
DROP FUNCTION klantbeeld_onveranderd();
"""


class Migration(migrations.Migration):
    dependencies = [("klantbeeld", "0001_initial")]

    operations = [
        by_gemeente("klantbeeld_inkijk"),
        by_gemeente("klantbeeld_grondbesluit"),
        migrations.RunSQL(ONVERANDERD, ZONDER),
    ]
