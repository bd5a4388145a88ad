"""Every table is shielded by municipality, or holds nothing about clients."""

import pytest
from django.apps import apps
from django.db import connection

# Table -> what is in it instead of data about clients.
ZONDER_PERSOONSGEGEVENS = {
    "access_gebruiker": "accounts of staff; those of citizens name nobody",
    "access_aanstelling": "appointments of staff",
    "access_organisatie": "organisations and how to reach them",
    "signalen_nummerteller": "the last number given out",
    "signalen_signaalsoort": "the kinds of signal",
    "access_gebruiker_groups": "accounts of staff",
    "access_gebruiker_user_permissions": "accounts of staff",
    "core_gebeurtenis": "ids only",
    "core_afhandeling": "ids only",
    "dossier_wegbestand": "random names of files that must go",
    "postvak_attendering": "accounts, and when they were told that something waits",
    "koppelingen_koppeling": "programs of organisations",
    "koppelingen_mispoging": "numbers of wrong attempts",
    "koppelingen_toegangsbewijs": "hashes of tokens",
    "logboek_verwerkingsactiviteit": "the register of processing",
    "logboek_ketenkop": "numbers and hashes",
    "logboek_anker": "numbers and hashes",
    "logboek_naloopronde": "times and numbers",
    "logboek_controle": "outcomes of checks, asked by staff",
    "personen_gemeente": "names of municipalities",
    "personen_regio": "names of regions",
    "personen_regiogemeente": "which municipality is in which region",
    "personen_huishoudenstelling": "numbers per municipality",
    "metingen_meetinstrument": "what one measures with",
    "metingen_meetdomein": "what one measures with",
    "metingen_meetniveau": "what one measures with",
    "voorzieningen_product": "the productenboek",
    "voorzieningen_aanbieder": "providers",
    "voorzieningen_begrotingspost": "amounts",
    "voorzieningen_bezwaar": "objections to count, without a person",
    "verantwoording_levering": "deliveries and their check",
    "verantwoording_afgekeurderegel": "rules and row numbers",
    "verantwoording_uitgave": "figures",
    "verantwoording_uitgavebestand": "figures",
}
TABELLEN = sorted(
    model._meta.db_table
    for app in apps.get_app_configs()
    if app.name.startswith("samenloop.")
    for model in app.get_models(include_auto_created=True)
)


@pytest.mark.django_db
@pytest.mark.parametrize("tabel", TABELLEN)
def test_table_is_shielded_or_holds_no_client(tabel: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, EXISTS (SELECT FROM pg_policies WHERE tablename"
            " = relname) FROM pg_class WHERE oid = %s::regclass",
            [f'"{tabel}"'],
        )
        afgeschermd = cursor.fetchone() == (True, True)
    assert afgeschermd != (tabel in ZONDER_PERSOONSGEGEVENS)


def test_the_exceptions_still_exist() -> None:
    assert not set(ZONDER_PERSOONSGEGEVENS) - set(TABELLEN)
