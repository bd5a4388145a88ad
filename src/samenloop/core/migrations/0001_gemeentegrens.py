"""What row-level security goes by: the setting that the connection keeps."""

from django.db import migrations

FUNCTIES = """
CREATE FUNCTION samenloop_overal() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('samenloop.gemeenten', true), '') = '*'
$$;
CREATE FUNCTION samenloop_gemeenten() RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(
        coalesce(current_setting('samenloop.gemeenten', true), ''), ',')
$$;
CREATE FUNCTION samenloop_mag_gemeente(gemeente text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT samenloop_overal() OR gemeente = ANY (samenloop_gemeenten())
$$;
"""
WEG = """
DROP FUNCTION samenloop_mag_gemeente(text);
DROP FUNCTION samenloop_gemeenten();
DROP FUNCTION samenloop_overal();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [migrations.RunSQL(FUNCTIES, WEG)]
