"""Conferences are of one municipality; what is in them belongs to the conference.

After the end nothing of a conference changes: what was discussed, shared and decided is
what the family can ask for later. Only destroying removes it.
"""

from django.db import migrations

from samenloop.core.afscherming import by_gemeente, by_parent

_BEWAAK = """
CREATE FUNCTION overleg_bewaak_einde() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over boolean;
BEGIN
    SELECT staat IN ('afgesloten', 'afgelast') INTO over FROM overleg_overleg
     WHERE id = OLD.overleg_id;
    IF over AND (NEW.vraag, NEW.delen, NEW.grond, NEW.bespreking, NEW.casus_id)
       IS DISTINCT FROM (OLD.vraag, OLD.delen, OLD.grond, OLD.bespreking, OLD.casus_id)
    THEN
        RAISE EXCEPTION 'a conference that ended does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER overleg_bewaak_einde BEFORE UPDATE ON overleg_agendapunt
    FOR EACH ROW EXECUTE FUNCTION overleg_bewaak_einde();
"""
_TERUG = """
DROP TRIGGER overleg_bewaak_einde ON overleg_agendapunt;
DROP FUNCTION overleg_bewaak_einde();
"""


class Migration(migrations.Migration):
    dependencies = [("overleg", "0001_overleg")]

    operations = [
        by_gemeente("overleg_overleg"),
        by_parent("overleg_agendapunt", "overleg_id", "overleg_overleg"),
        by_parent("overleg_genodigde", "overleg_id", "overleg_overleg"),
        by_parent("overleg_genodigde_punten", "genodigde_id", "overleg_genodigde"),
        by_parent("overleg_gedeeld", "punt_id", "overleg_agendapunt"),
        by_parent("overleg_overlegbesluit", "punt_id", "overleg_agendapunt"),
        migrations.RunSQL(_BEWAAK, _TERUG),
    ]
