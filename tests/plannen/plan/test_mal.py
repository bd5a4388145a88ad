"""Parts drawn from one mould: each has its own, and what was typed fills no place."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.rollen import Rol
from tests.access.accounts import account
from tests.plannen.maken import takes_part
from tests.plannen.plan.plannen import activity, goal, plan

pytestmark = pytest.mark.django_db


def test_each_part_has_its_own_fields_and_a_goal_its_own_activities(
    client: Client,
) -> None:
    bart = account("b.kamphuis", rol=Rol.REGISSEUR)
    van = plan()
    takes_part(van.dossier, bart)
    een, twee = goal(van, "Rustig slapen"), goal(van, "\ue000onder\ue001 <b>&")
    van_een = [activity(een, wat) for wat in ("\ue000velden\ue001", "Bellen")]
    van_twee = [activity(twee, "Wandelen")]
    client.force_login(bart)
    adres = reverse("plan-bewerken", args=[van.dossier_id])
    bladzij = client.get(adres).content.decode()
    doelen = bladzij.split('<li class="sl-doelblok" id="doel-')[1:]
    assert [deel[:36] for deel in doelen] == [str(een.pk), str(twee.pk)]
    for deel, eigen in zip(doelen, (van_een, van_twee), strict=True):
        assert re.findall(
            r'<li class="sl-plandeel" id="activiteit-([\w-]+)"', deel
        ) == [str(each.pk) for each in eigen]
        for each in eigen:
            assert deel.count(f'id="activiteit-{each.pk}-wat"') == 1
    assert "\ue000velden\ue001</textarea>" in doelen[0]
    assert "\ue000onder\ue001 &lt;b&gt;&amp;</textarea>" in doelen[1]
