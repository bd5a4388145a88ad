"""Keeping what somebody typed in a field, so that nothing is overwritten unseen.

One statement writes the text, on condition that it was typed on what stands there now
(its revision), or that the same page wrote last. Otherwise somebody else wrote in
between: then the text is kept beside the other as a variant of the page it was typed
in, and whoever has the plan open is shown both. Each page numbers what it sends, so a
request that comes late, or twice, never puts an older text over a newer one.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

from django.db import connection, transaction

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen.plan import velden
from samenloop.plannen.plan.models import Plan, Tekstvariant

_SCHRIJF = """
UPDATE {tabel} t
   SET {kolom} = %(waarde)s,
       gewijzigd_op = %(nu)s,
       revisies = jsonb_set(t.revisies, ARRAY[%(veld)s], jsonb_build_object(
           'r', coalesce((t.revisies #>> ARRAY[%(veld)s, 'r'])::int, 0) + 1,
           'b', %(blad)s::text, 'v', %(volg)s::bigint,
           'a', %(account)s::bigint, 't', %(nu_tekst)s::text))
 WHERE t.id = %(id)s AND {van_plan}
   AND (coalesce((t.revisies #>> ARRAY[%(veld)s, 'r'])::int, 0) = %(basis)s
        OR (t.revisies #>> ARRAY[%(veld)s, 'b'] = %(blad)s::text
            AND (t.revisies #>> ARRAY[%(veld)s, 'v'])::bigint < %(volg)s))
RETURNING (t.revisies #>> ARRAY[%(veld)s, 'r'])::int, t.weg_op IS NOT NULL
"""
_STAAT = """
SELECT {kolom}, t.revisies -> %(veld)s, t.weg_op IS NOT NULL FROM {tabel} t
 WHERE t.id = %(id)s AND {van_plan}
"""
_BEWAAR_ERNAAST = """
INSERT INTO plan_tekstvariant AS v
    (id, plan_id, onderdeel, veld, tekst, blad, volg, account, op)
SELECT %(nieuw)s, %(plan)s, %(id)s, %(veld)s, %(tekst)s, %(blad)s, %(volg)s,
       %(account)s, %(nu)s
 WHERE NOT EXISTS (
       SELECT 1 FROM plan_tekstvariant eerder
        WHERE eerder.plan_id = %(plan)s AND eerder.onderdeel = %(id)s
          AND eerder.veld = %(veld)s AND eerder.blad = %(blad)s
          AND eerder.volg >= %(volg)s)
ON CONFLICT (plan_id, onderdeel, veld, blad) WHERE gekozen_op IS NULL
DO UPDATE SET tekst = EXCLUDED.tekst, volg = EXCLUDED.volg, op = EXCLUDED.op
 WHERE v.volg < EXCLUDED.volg
"""


@dataclass(frozen=True, slots=True)
class Invoer:
    """What a page sends about one field.

    `basis` is the revision it was typed on, `blad` the page, `volg` its own number,
    higher each time.
    """

    soort: str
    onderdeel: UUID
    veld: str
    tekst: str
    basis: int
    blad: UUID
    volg: int


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What came of it.

    `bewaard`: it stands there. `oud`: a newer text of the same page stands there.
    `botsing`: somebody else wrote in between; this text is kept beside `tekst`.
    """

    hoe: Literal["bewaard", "oud", "botsing"]
    revisie: int
    tekst: str
    is_weg: bool


def keep(plan: Plan, invoer: Invoer, *, actor: Actor) -> Uitkomst:
    """Write a text in a field, or keep it beside the one that came before it.

    Raises:
        OnbekendVeld: this plan has no such part or field.
        OngeldigeWaarde: this cannot stand in that field.
    """
    soort = velden.kind(invoer.soort)
    veld = velden.field(soort, invoer.veld)
    waarde = veld.lees(invoer.tekst, plan)
    nu = klok.now()
    values = {
        "waarde": waarde,
        "tekst": _as_text(waarde),
        "nu": nu,
        "nu_tekst": nu.isoformat(timespec="seconds"),
        "veld": veld.naam,
        "blad": str(invoer.blad),
        "volg": invoer.volg,
        "account": actor.account_id,
        "id": invoer.onderdeel,
        "basis": invoer.basis,
        "plan": plan.pk,
        "nieuw": uuid4(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_sql(_SCHRIJF, soort, veld), values)
        if geschreven := cursor.fetchone():
            return Uitkomst("bewaard", geschreven[0], _as_text(waarde), geschreven[1])
        cursor.execute(_sql(_STAAT, soort, veld), values)
        staat = cursor.fetchone()
        if staat is None:
            raise velden.OnbekendVeld()
        tekst, stand, is_weg = _as_text(staat[0]), _read(staat[1]), staat[2]
        revisie = int(stand.get("r", 0))
        if stand.get("b") == str(invoer.blad) and int(stand["v"]) >= invoer.volg:
            return Uitkomst("oud", revisie, tekst, is_weg)
        if tekst == _as_text(waarde):
            return Uitkomst("bewaard", revisie, tekst, is_weg)
        cursor.execute(_BEWAAR_ERNAAST, values)
    return Uitkomst("botsing", revisie, tekst, is_weg)


def choose(plan: Plan, invoer: Invoer, *, actor: Actor) -> Uitkomst:
    """Write the text somebody chose after seeing all; the others are kept as chosen.

    When yet another text came in meanwhile, nothing is chosen: it is a meeting again.

    Raises:
        OnbekendVeld: this plan has no such part or field.
        OngeldigeWaarde: this cannot stand in that field.
    """
    with transaction.atomic():
        soort = velden.kind(invoer.soort)
        veld = velden.field(soort, invoer.veld)
        rij = soort.of_plan(plan).select_for_update(of=("self",)).filter(
            pk=invoer.onderdeel
        ).first()  # fmt: skip
        if rij is None:
            raise velden.OnbekendVeld()
        was, stand = veld.text(rij), rij.revisies.get(veld.naam, {})
        gezien = int(stand.get("r", 0)) == invoer.basis
        uitkomst = keep(plan, invoer, actor=actor)
        if not gezien or uitkomst.hoe != "bewaard":
            return uitkomst
        nu = klok.now()
        open_ = Tekstvariant.objects.filter(
            plan=plan,
            onderdeel=invoer.onderdeel,
            veld=veld.naam,
            gekozen_op__isnull=True,
        )
        open_.update(gekozen_op=nu, gekozen_door=actor.account_id)
        if was not in ("", uitkomst.tekst):
            # What stood there was not chosen: it is kept like the others.
            Tekstvariant.objects.create(
                plan=plan,
                onderdeel=invoer.onderdeel,
                veld=veld.naam,
                tekst=was,
                blad=UUID(stand["b"]) if "b" in stand else invoer.blad,
                volg=int(stand.get("v", 0)),
                account=stand.get("a"),
                op=nu,
                gekozen_op=nu,
                gekozen_door=actor.account_id,
            )
    return uitkomst


def _sql(statement: str, soort: velden.Onderdeelsoort, veld: velden.Veld) -> str:
    return statement.format(
        tabel=soort.tabel,
        kolom=veld.kolom,
        van_plan=soort.van_plan.replace("%s", "%(plan)s"),
    )


def _as_text(waarde: object) -> str:
    return "" if waarde is None else str(waarde)


def _read(stand: object) -> dict[str, Any]:
    # The driver hands jsonb over as text here.
    gelezen = json.loads(stand) if isinstance(stand, str) else stand
    return gelezen if isinstance(gelezen, dict) else {}
