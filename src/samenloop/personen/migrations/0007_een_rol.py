"""Refuse two roles in a gezin at a time by an index that serves nothing else.

The former was on gezin and person, and the planner also took it to find the gezin of a
person: with two million people that read eight thousand pages of it.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations

import samenloop.personen.samenleven

_NAAM = "personen_gezinslid_een_rol"
_OVER = django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS


class Migration(migrations.Migration):
    dependencies = [("personen", "0006_al_bekend")]

    operations = [
        migrations.RemoveConstraint("gezinslid", _NAAM),
        migrations.AddConstraint(
            "gezinslid",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name=_NAAM,
                expressions=[
                    (samenloop.personen.samenleven.as_one("gezin", "persoon"), "="),
                    ("geldig", _OVER),
                    ("bekend", _OVER),
                ],
            ),
        ),
    ]
