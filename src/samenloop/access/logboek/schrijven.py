"""Writing the two logs, before anything is shown.

One statement writes the lines that say who and the lines that say about whom. It is
confirmed by the database before it returns; if it fails it raises, and the look does
not happen. Inside a transaction the lines are kept together with the fact, so a change
that is undone leaves no claim that it was made.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.logboek import register, spoor
from samenloop.access.logboek.wijze import Wijze
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import gemeentegrens, klok, opdrachten

_REGELS = """
INSERT INTO logboek_auditregel (
    op, gemeente, actor_soort, actor_id, actor_naam, rollen, handeling, doel, grond,
    diepte, wijze, trace_id, parent_span_id, onderwerp, aantal_personen, span_id)
SELECT %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, r.*
  FROM unnest(%s::text[], %s::int[], %s::text[]) r
RETURNING id
"""
_LIJNEN = """
INSERT INTO logboek_verwerking (
    trace_id, parent_span_id, span_id, naam, begonnen_op, geeindigd_op, status,
    activiteit, activiteit_versie, persoon, grond, verwerker, gemeente)
SELECT %s, l.parent, l.span_id, %s, %s, %s, %s, %s, %s, l.persoon, %s, %s, %s
  FROM unnest(%s::uuid[], %s::text[], %s::text[]) l (persoon, span_id, parent)
"""

# What a look is a part of when the caller does not say.
_ACTIVITEIT = {
    Handeling.SIGNAAL_REGISTREREN: "signalen-ontvangen",
    Handeling.SIGNAAL_MELDEN: "signalen-ontvangen",
    Handeling.SIGNAAL_LEZEN: "signalen-ontvangen",
    Handeling.SIGNAAL_AFHANDELEN: "signalen-ontvangen",
    Handeling.SIGNALEN_INLEZEN: "signalen-ontvangen",
    Handeling.TERUGMELDING_LEZEN: "signalen-ontvangen",
    Handeling.MELDING_ZIEN: "signalen-wegen",
    Handeling.MELDING_TOEWIJZEN: "signalen-wegen",
    Handeling.MELDING_WEGEN: "signalen-wegen",
    Handeling.KLANTBEELD_OPENEN: "klantbeeld",
    Handeling.REGEL_SCHRIJVEN: "regels",
    Handeling.VERNIETIGEN: "bewaren",
    Handeling.VERNIETIGING_OPSCHORTEN: "bewaren",
    Handeling.LOG_LEZEN: "toegang",
    Handeling.AFWIJKING_BEOORDELEN: "toegang",
    Handeling.BRP_TERUGMELDEN: "brp-bevragen",
    Handeling.OVERLEG_BIJWONEN: "casusoverleg",
    Handeling.OVERLEG_HOUDEN: "casusoverleg",
    **dict.fromkeys(
        (
            *(Handeling.CASUS_ZIEN, Handeling.CASUS_VOEREN, Handeling.CASUS_TOEWIJZEN),
            *(Handeling.PLAN_LEZEN, Handeling.PLAN_SCHRIJVEN, Handeling.TOEGANG_GEVEN),
            *(Handeling.DOSSIER_LEZEN, Handeling.DOSSIER_SCHRIJVEN),
            *(Handeling.METING_DOEN, Handeling.TAAK_ZIEN, Handeling.TAAK_DOEN),
            *(Handeling.TAAK_VERDELEN, Handeling.TERMIJN_ZIEN),
            *(Handeling.TERMIJN_BEHEREN, Handeling.DOORZETTEN),
            *(Handeling.CASELOAD_ZIEN, Handeling.CASELOAD_VERDELEN),
            *(Handeling.BERICHT_LEZEN, Handeling.BERICHT_SCHRIJVEN),
        ),
        "regie-voeren",
    ),
    **dict.fromkeys(
        (
            *(Handeling.VOORZIENING_ZIEN, Handeling.AANVRAAG_BEHANDELEN),
            *(Handeling.BESCHIKKEN, Handeling.TOEWIJZEN, Handeling.VERZOEK_BEHANDELEN),
        ),
        "zorgtoewijzing",
    ),
}
# A hit in a list is no look yet; who reads on opens.
_LOOKS = frozenset({Wijze.GEOPEND, Wijze.GEWIJZIGD, Wijze.VERSTREKT})


def record(
    actor: Actor,
    handeling: Handeling,
    *,
    personen: Iterable[UUID] = (),
    onderwerp: str = "",
    doel: str = "",
    grond: str = "",
    wijze: Wijze = Wijze.GEOPEND,
    diepte: Diepte | None = None,
    activiteit: str = "",
    verwerker: str = "",
    using: str = DEFAULT_DB_ALIAS,
) -> UUID:
    """Record a look or a change; returns the trace it belongs to.

    Args:
        actor: who looks.
        handeling: what for, as the table of decisions names it.
        personen: whose data are concerned; a line for each.
        onderwerp: the thing looked at, for instance `melding:<uuid>`; never a name.
        doel: code of the purpose.
        grond: code of the ground.
        wijze: only found, opened, changed, refused, handed out or destroyed.
        diepte: that or what.
        activiteit: code in the register of processing; follows from `handeling`
            when absent.
        verwerker: address of another application that was called, if one was.
        using: the connection; the owner's only for maintenance.

    Raises:
        OnbekendeActiviteit: the register has no such code.
        django.db.DatabaseError: it could not be written; do not show anything.
    """
    return record_each(
        actor,
        handeling,
        [(onderwerp, personen)],
        doel=doel,
        grond=grond,
        wijze=wijze,
        diepte=diepte,
        activiteit=activiteit,
        verwerker=verwerker,
        using=using,
    )


def record_each(
    actor: Actor,
    handeling: Handeling,
    blikken: Iterable[tuple[str, Iterable[UUID]]],
    *,
    doel: str = "",
    grond: str = "",
    wijze: Wijze = Wijze.GEOPEND,
    diepte: Diepte | None = None,
    activiteit: str = "",
    verwerker: str = "",
    using: str = DEFAULT_DB_ALIAS,
) -> UUID:
    """Record the same look or change for several things at once, each its own line.

    Args:
        blikken: the thing looked at, and whose data are concerned. The rest is as in
            `record`, which also says what is raised.
    """
    over = [(wat, list(dict.fromkeys(wie)), spoor.new_span()) for wat, wie in blikken]
    caller = spoor.current()
    trace = caller.trace_id if caller else UUID(bytes=actor.trace_id)
    parent = caller.roeper if caller else ""
    now = klok.now()
    gemeente = actor.gemeente or _only_gemeente()
    values: list[Any] = [
        now,
        gemeente,
        str(actor.soort),
        actor.id,
        actor.naam,
        sorted(str(rol) for rol in actor.rollen),
        str(handeling),
        doel,
        grond,
        str(diepte) if diepte else "",
        str(wijze),
        trace,
        parent,
        *map(
            list, zip(*((wat, len(wie), span) for wat, wie, span in over), strict=True)
        ),
    ]
    parts = {"regels": _REGELS}
    lines = [line for _, wie, span in over for line in _lines(wie, span, parent)]
    if lines:
        parts["lijnen"] = _LIJNEN
        entry = register.reference(
            activiteit or _ACTIVITEIT.get(handeling, "personen-raadplegen")
        )
        status = "Unset" if wijze is Wijze.GEWEIGERD else "Ok"
        values += [trace, str(handeling), now, now, status, entry.uuid, entry.versie]
        values += [grond, verwerker, gemeente, *map(list, zip(*lines, strict=True))]
    if wijze not in _LOOKS or actor.soort is not ActorSoort.MEDEWERKER:
        opdrachten.write(parts, values, using=using)
    else:
        from samenloop.access.logboek import afwijkingen

        rijen = opdrachten.ask(parts, values, "SELECT id FROM regels", using=using)
        # Numbers are given out in the order in which the lines were handed over.
        regels = sorted(regel for (regel,) in rijen)
        for regel, (_, wie, _) in zip(regels, over, strict=True):
            if wie:
                afwijkingen.put_forward_at_once(actor, wie, gemeente, regel, now)
    return trace


def _lines(
    who: list[UUID], span: str, parent: str
) -> list[tuple[UUID | None, str, str]]:
    """A line for one person; for more a line above theirs (LDV: one subject each)."""
    if len(who) < 2:
        return [(each, span, parent) for each in who]
    return [(None, span, parent), *((each, spoor.new_span(), span) for each in who)]


def _only_gemeente() -> str:
    grens = gemeentegrens.current()
    return grens.gemeenten[0] if len(grens.gemeenten) == 1 else ""
