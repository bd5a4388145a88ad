"""What a plan says, as plain data: one form for the working plan and for each version.

A version keeps it as it was, names included, so that it can be read and compared later
whoever has left since. Somebody with only their own part gets what they do themselves,
the goals those belong to, and nothing that tells of the rest.
"""

from typing import Any
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.plannen import namen
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Plan

Inhoud = dict[str, Any]
# How it goes is not what was agreed: it may change without a new version.
STAND = {"doel": ("stand",), "activiteit": ("stand", "resultaat")}


def of_plan(plan: Plan) -> Inhoud:
    """Return what the working plan says; four statements, whatever its size."""
    per_doel: dict[UUID, list[Activiteit]] = {}
    activiteiten = list(
        Activiteit.objects.filter(
            doelstelling__plan=plan,
            weg_op__isnull=True,
            doelstelling__weg_op__isnull=True,
        ).select_related("uitvoerder__organisatie", "uitvoerder__persoon")
    )
    heten = namen.of(
        each.uitvoerder for each in activiteiten if each.uitvoerder is not None
    )
    for activiteit in activiteiten:
        if activiteit.wat.strip():
            per_doel.setdefault(activiteit.doelstelling_id, []).append(activiteit)
    return {
        "doelen": [
            _goal(doel, per_doel.get(doel.pk, []), heten)
            for doel in plan.doelen.filter(weg_op__isnull=True).select_related("voor")
            if doel.tekst.strip() or doel.pk in per_doel
        ],
        "afspraken": [
            {"id": str(afspraak.pk), "tekst": afspraak.tekst}
            for afspraak in plan.afspraken.filter(weg_op__isnull=True)
            if afspraak.tekst.strip()
        ],
    }


def _goal(
    doel: Doelstelling, activiteiten: list[Activiteit], heten: dict[UUID, str]
) -> dict[str, Any]:
    return {
        "id": str(doel.pk),
        "tekst": doel.tekst,
        "voor": str(doel.voor_id) if doel.voor_id else "",
        "voor_naam": doel.voor.volledige_naam if doel.voor else "",
        "van_wie": doel.van_wie,
        "stand": doel.stand,
        "activiteiten": [_activity(each, heten) for each in activiteiten],
    }


def _activity(activiteit: Activiteit, heten: dict[UUID, str]) -> dict[str, Any]:
    doer = activiteit.uitvoerder
    naam = heten[doer.pk] if doer else ""
    return {
        "id": str(activiteit.pk),
        "wat": activiteit.wat,
        "wie": ", ".join(deel for deel in (naam, activiteit.wie) if deel),
        "uitvoerder": str(doer.pk) if doer else "",
        "account": doer.account if doer else None,
        "organisatie": str(doer.organisatie_id) if doer and doer.organisatie_id else "",
        "soort": activiteit.soort,
        "van": activiteit.van.isoformat() if activiteit.van else "",
        "tot": activiteit.tot.isoformat() if activiteit.tot else "",
        "oplevert": activiteit.oplevert,
        "stand": activiteit.stand,
        "resultaat": activiteit.resultaat,
    }


def own_part(inhoud: Inhoud, actor: Actor) -> Inhoud:
    """Return what this actor, or the organisation they work for, does in it."""
    organisatie = str(actor.organisatie) if actor.organisatie else None
    deelnames = {str(each) for each in actor.deelnames}
    doelen = []
    for doel in inhoud["doelen"]:
        eigen = [
            each
            for each in doel["activiteiten"]
            if (actor.account_id is not None and each["account"] == actor.account_id)
            or (organisatie is not None and each["organisatie"] == organisatie)
            or each["uitvoerder"] in deelnames
        ]
        if eigen:
            doelen.append({**doel, "activiteiten": eigen})
    return {"doelen": doelen, "afspraken": []}


def as_agreed(inhoud: Inhoud) -> Inhoud:
    """Return it without how it goes: what is left is what one signs for."""
    return {
        "doelen": [
            {
                **{k: v for k, v in doel.items() if k not in STAND["doel"]},
                "activiteiten": [
                    {k: v for k, v in each.items() if k not in STAND["activiteit"]}
                    for each in doel["activiteiten"]
                ],
            }
            for doel in inhoud["doelen"]
        ],
        "afspraken": inhoud["afspraken"],
    }


def with_how_it_goes(inhoud: Inhoud, plan: Plan) -> Inhoud:
    """Return a version with how its goals and activities stand today."""
    activiteiten = {
        str(pk): (stand, resultaat)
        for pk, stand, resultaat in Activiteit.objects.filter(
            doelstelling__plan=plan
        ).values_list("pk", "stand", "resultaat")
    }
    doelen = {str(pk): stand for pk, stand in plan.doelen.values_list("pk", "stand")}
    return {
        "doelen": [
            {
                **doel,
                "stand": doelen.get(doel["id"], doel["stand"]),
                "activiteiten": [
                    {
                        **each,
                        "stand": activiteiten.get(each["id"], (each["stand"],))[0],
                        "resultaat": activiteiten.get(
                            each["id"], ("", each["resultaat"])
                        )[1],
                    }
                    for each in doel["activiteiten"]
                ],
            }
            for doel in inhoud["doelen"]
        ],
        "afspraken": inhoud["afspraken"],
    }
