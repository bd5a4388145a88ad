"""The tables are those of the models, and the guards can be taken off and put back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

KAMERS = ("access", "personen", "voorzieningen", "regie")


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration() -> None:
    # Exits with an error when there is something to make.
    call_command("makemigrations", *KAMERS, check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("kamer", KAMERS)
def test_every_migration_has_a_way_back(kamer: str) -> None:
    migraties = MigrationLoader(connection).disk_migrations
    eigen = [migratie for (waar, _), migratie in migraties.items() if waar == kamer]
    assert eigen
    assert all(stap.reversible for migratie in eigen for stap in migratie.operations)
