"""How quickly the editor of a plan of two hundred activities opens, and keeps a field.

    .venv/bin/python -m bench.plan

Fills a database as `bench.caseload` does (or uses the one that was kept with `--map`)
and gives one case a plan of twenty goals with ten activities each, written out. Then
opens the editor as its director does, through every layer, and keeps one field after
another as the page sends them. The baseline are the statements of the editor in the
same run, as the owner of the tables, without isolation and without Django.
"""

import argparse
import sys
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bench.caseload import filled, measure, sizes
from bench.klantbeeld import line

# A case beside that of `bench.casus`: open, with a director.
WELKE = "GM0001-C-3"
PER_DOEL = 10
_ZIN = "Samen met het gezin bekijken wat er lukt, en wie wanneer belt. "


def written(activiteiten: int) -> tuple[Any, Any, list[Any]]:
    """Return the case with its long plan, who directs it, and the activities."""
    from samenloop.access.aanwezig import actor_of
    from samenloop.access.models import Gebruiker
    from samenloop.core import gemeentegrens, klok
    from samenloop.plannen import toegang
    from samenloop.plannen.models import Deel, Deelnemersrol
    from samenloop.plannen.plan import grond, opbouw, plannen
    from samenloop.plannen.plan.models import Activiteit, Doelstelling
    from samenloop.plannen.plan.models.werkplan import Grond
    from samenloop.regie.models import Casus

    with gemeentegrens.everywhere("measuring"):
        casus = Casus.objects.select_related("dossier").get(nummer=WELKE)
        wie = Gebruiker.objects.get(pk=casus.regies.get().account or 0)
        door = actor_of(wie, casus.gemeente_id or "")
        plan = plannen.open_plan(casus.dossier)
        if plan is None:
            plan = grond.open_plan(
                casus.dossier, grond=Grond.MEERVOUDIG, door=door, reden="Meting",
                herzien_op=klok.today() + timedelta(days=90),
            )  # fmt: skip
            for nummer in range(4):
                toegang.give(
                    casus.dossier, rol=Deelnemersrol.HULPVERLENER, door=door,
                    naam=f"Helper {nummer}", hoedanigheid="hulpverlener",
                    delen=[Deel.PLAN],
                )  # fmt: skip
        while plan.doelen.count() * PER_DOEL < activiteiten:
            doel = opbouw.add(plan, "doel")
            Doelstelling.objects.filter(pk=doel.pk).update(tekst=f"Doel. {_ZIN}")
            for _nummer in range(PER_DOEL):
                eigen = opbouw.add(plan, "activiteit", ouder=doel.pk)
                Activiteit.objects.filter(pk=eigen.pk).update(
                    wat=_ZIN, wie="buurvrouw", van=klok.today(), oplevert=_ZIN * 2,
                    tot=klok.today() + timedelta(days=60), resultaat=_ZIN,
                )  # fmt: skip
        sleutels = list(
            Activiteit.objects.filter(doelstelling__plan=plan)
            .order_by("doelstelling__orde", "orde")
            .values_list("pk", flat=True)[:activiteiten]
        )
    return casus, wie, sleutels


def keep(client: Any, adres: str, sleutels: list[Any], keer: int) -> list[float]:
    """Send what was typed in one field after another, as the page does."""
    from samenloop.core import gemeentegrens
    from samenloop.plannen.plan.models import Activiteit

    blad = uuid4()
    tijden = []
    for nummer in range(keer):
        with gemeentegrens.everywhere("measuring"):
            rij = Activiteit.objects.get(pk=sleutels[nummer % len(sleutels)])
        inhoud = {
            "soort": "activiteit", "onderdeel": str(rij.pk), "veld": "wat",
            "tekst": f"{_ZIN}{time.time_ns()}", "blad": str(blad),
            "basis": rij.revisies.get("wat", {}).get("r", 0),
            "volg": time.time_ns() // 1_000_000 + nummer,
        }  # fmt: skip
        begin = time.perf_counter()
        antwoord = client.post(adres, inhoud)
        tijden.append((time.perf_counter() - begin) * 1000)
        assert antwoord.json()["hoe"] == "bewaard", antwoord.content
    return tijden[3:]  # warm, as a server that runs is


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes(parser)
    parser.add_argument("--activiteiten", type=int, default=200)
    parser.add_argument("--keer", type=int, default=40)
    opties = parser.parse_args()
    with filled(opties) as owner:
        from django.test import Client
        from django.urls import reverse

        casus, wie, sleutels = written(opties.activiteiten)
        client = Client(headers={"host": "localhost"})
        client.force_login(wie)
        adres = reverse("plan-bewerken", args=[casus.dossier_id])
        bladzij, kaal, traag = measure(owner, client, adres, opties.keer)
        sys.stderr.write("\n".join([*traag, ""]))
        maat = len(client.get(adres).content)
        veld = reverse("plan-veld", args=[casus.dossier_id])
        tijden = keep(client, veld, sleutels, opties.keer + 3)
    sys.stdout.write(
        f"{len(sleutels)} activities, {maat / 1000:.0f} kB; in ms\n\n"
        "| what | n | p50 | p95 | max |\n|---|---|---|---|---|\n"
        + "\n".join(
            [
                line("opening the editor", bladzij),
                line("opening the editor: bare SQL", kaal),
                line("keeping a field", tijden),
            ]
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
