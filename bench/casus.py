"""How quickly the page of a case comes, with 200,000 cases and 3 million tasks.

    .venv/bin/python -m bench.casus

Fills a database of its own as `bench.caseload` does (or uses the one that was kept with
`--map`) and gives one case what a lived case has: a plan of nine activities, a journal,
measurements, tasks that wait for each other. Then opens its page as its
director does, through every layer. The baseline are the statements of that page in the
same run, as the owner of the tables, without isolation and without Django.
"""

import argparse
import sys
from datetime import timedelta
from typing import Any

from bench.caseload import GEMEENTE, filled, measure, sizes
from bench.klantbeeld import line

# The second case: open, with a director (see `_VULLING`).
WELKE = "GM0001-C-2"


def enrich(casus: Any, door: Any) -> None:
    """Give one case what a year of work leaves behind."""
    from samenloop.core import gebeurtenissen, klok
    from samenloop.plannen.dossier import contacten
    from samenloop.plannen.metingen import instrumenten, meten
    from samenloop.plannen.plan import grond, opbouw
    from samenloop.plannen.plan.models import Activiteit, Doelstelling
    from samenloop.plannen.plan.models.werkplan import Grond
    from samenloop.regie.taken import opdragen
    from samenloop.regie.taken.opdragen import Uitvoerder

    dossier = casus.dossier
    plan = grond.open_plan(
        dossier,
        grond=Grond.MEERVOUDIG,
        door=door,
        reden="Meting",
        herzien_op=klok.today() + timedelta(days=90),
    )
    for doel in range(3):
        rij = opbouw.add(plan, "doel")
        Doelstelling.objects.filter(pk=rij.pk).update(tekst=f"Doel {doel}")
        for nummer in range(3):
            eigen = opbouw.add(plan, "activiteit", ouder=rij.pk)
            Activiteit.objects.filter(pk=eigen.pk).update(wat=f"Activiteit {nummer}")
    for dag in range(20):
        contacten.note(
            dossier,
            contacten.Contact(
                wijze="telefoon",
                gebeurd_op=klok.now() - timedelta(days=dag),
                onderwerp="Gebeld",
                persoon=dossier.betrokkene_id,
            ),
            door=door,
        )
    zrm = instrumenten.usable(GEMEENTE)[0]
    for weken in (12, 6, 0):
        meten.measure(
            dossier,
            dossier.betrokkene_id,
            zrm,
            {each.pk: meten.Oordeel(3) for each in zrm.domeinen.all()},
            op=klok.today() - timedelta(weeks=weken),
            door=door,
        )
    vorige: list[Any] = []
    for nummer in range(12):
        taak = opdragen.give(
            casus,
            f"Taak {nummer}",
            door=door,
            uitvoerder=Uitvoerder(account=door.account_id),
            uiterlijk=klok.today() + timedelta(days=7 * nummer),
            na=vorige[-1:],
        )
        vorige.append(taak)
    gebeurtenissen.handle_pending()


def lived() -> tuple[Any, Any]:
    """Return the case with a year of work in it, and who directs it."""
    from samenloop.access.aanwezig import actor_of
    from samenloop.access.models import Gebruiker
    from samenloop.core import gemeentegrens
    from samenloop.plannen.plan.models import Plan
    from samenloop.regie.models import Casus

    with gemeentegrens.everywhere("measuring"):
        casus = Casus.objects.select_related("dossier").get(nummer=WELKE)
        wie = Gebruiker.objects.get(pk=casus.regies.get().account or 0)
        if not Plan.objects.filter(dossier=casus.dossier).exists():
            enrich(casus, actor_of(wie, GEMEENTE))
    return casus, wie


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes(parser)
    parser.add_argument("--keer", type=int, default=60)
    opties = parser.parse_args()
    with filled(opties) as owner:
        from django.test import Client
        from django.urls import reverse

        casus, wie = lived()
        client = Client(headers={"host": "localhost"})
        client.force_login(wie)
        regels = []
        for naam, adres in (
            ("page of a case", reverse("casus", args=[casus.pk])),
            ("list of cases of a director", reverse("casussen")),
            ("my day of a director", reverse("mijn-dag")),
        ):
            bladzij, kaal, traag = measure(owner, client, adres, opties.keer)
            sys.stderr.write("\n".join([naam, *traag, ""]))
            regels += [line(naam, bladzij), line(f"{naam}: bare SQL", kaal)]
    sys.stdout.write(
        f"{opties.casussen} cases, {opties.casussen * opties.taken} tasks; in ms\n\n"
        "| what | n | p50 | p95 | max |\n|---|---|---|---|---|\n"
        + "\n".join(regels)
        + "\n"
    )


if __name__ == "__main__":
    main()
