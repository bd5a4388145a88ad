"""Asking the BRP: one call, and an outcome that never blows up a page.

Every way in which it can go wrong is a state with a sentence: what happened and what to
do. What was asked or answered is in no log line and no error; of a refusal only the
codes and names of parameters are kept. Settings say where the BRP is and what the
headers are called, because each gateway has its own names for them.
"""

import logging
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.core.bronlijn import (
    Antwoord,
    Beveiliging,
    Lijn,
    Lijnfout,
    OnveiligAdres,
    Storing,
)
from samenloop.personen.brp import bewijs
from samenloop.personen.brp.antwoord import (
    BrpPersoon,
    OnleesbaarAntwoord,
    read_personen,
)
from samenloop.personen.brp.bewijs import Bewijsbron
from samenloop.personen.brp.velden import Brpdoel, doelen, paths_for
from samenloop.personen.brp.vragen import Vraag

_log = logging.getLogger("samenloop.brp")
_CODE = re.compile(r"[a-zA-Z0-9._\[\]]{1,80}")


class Staat(StrEnum):
    """How a question to the BRP ended."""

    GELUKT = "gelukt"
    NIET_INGESTELD = "niet_ingesteld"
    GEEN_VELDEN = "geen_velden"
    GEWEIGERD = "geweigerd"
    ONJUIST = "onjuist"
    TE_VEEL = "te_veel"
    DRUK = "druk"
    GEEN_ANTWOORD = "geen_antwoord"
    ONLEESBAAR = "onleesbaar"


MELDINGEN: dict[Staat, str | Promise] = {
    Staat.GELUKT: _("The persons register (BRP) answered."),
    Staat.NIET_INGESTELD: _(
        "No connection with the persons register (BRP) has been set up. Ask the "
        "functional administrator; people can be registered by hand until then."
    ),
    Staat.GEEN_VELDEN: _(
        "For this purpose nothing may be asked of the persons register (BRP). "
        "Choose the purpose that belongs to your task."
    ),
    Staat.GEWEIGERD: _(
        "The persons register (BRP) refuses: our authorisation does not allow this "
        "question. Ask the functional administrator to compare it with the settings."
    ),
    Staat.ONJUIST: _(
        "The persons register (BRP) does not understand the question. Check what you "
        "filled in; if it is right, tell the functional administrator."
    ),
    Staat.TE_VEEL: _(
        "Too many people fit. Add something: first names, a date of birth or a "
        "letter or addition to the house number."
    ),
    Staat.DRUK: _(
        "The persons register (BRP) is too busy at the moment. Try again in a minute."
    ),
    Staat.GEEN_ANTWOORD: _(
        "The persons register (BRP) gives no answer. What we have on record still "
        "stands; try again later."
    ),
    Staat.ONLEESBAAR: _(
        "The persons register (BRP) gave an answer that cannot be read. Nothing was "
        "taken over; tell the functional administrator."
    ),
}


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """How it ended, and the people when it went well.

    `codes` says for the administrator what was refused: names, never values.
    """

    staat: Staat
    personen: tuple[BrpPersoon, ...] = field(default=(), repr=False)
    codes: tuple[str, ...] = ()
    duur_ms: int = 0
    op: datetime = field(default_factory=klok.now)

    @property
    def is_gelukt(self) -> bool:
        """Whether the BRP answered the question; also when it found nobody."""
        return self.staat is Staat.GELUKT

    @property
    def melding(self) -> str:
        """What happened and what to do, for the user."""
        return str(MELDINGEN[self.staat])


_lijnen: dict[tuple[str, float], Lijn] = {}
# A connection shared by two processes would mix up their answers.
os.register_at_fork(after_in_child=_lijnen.clear)


def connection() -> Lijn | None:
    """The line to the BRP; None when no address is set.

    Raises:
        OnveiligAdres: the address is not one to send personal data to.
    """
    gegeven: dict[str, Any] = settings.BRP
    if not gegeven["URL"]:
        return None
    sleutel = (gegeven["URL"], gegeven["LIMIET"])
    if sleutel not in _lijnen:
        _lijnen[sleutel] = Lijn(
            "brp",
            gegeven["URL"],
            limiet=gegeven["LIMIET"],
            beveiliging=security(),
        )
    return _lijnen[sleutel]


def security() -> Beveiliging:
    """The certificates of this installation for its connections with sources."""
    return Beveiliging(
        *(
            Path(settings.BRONBEVEILIGING[naam])
            if settings.BRONBEVEILIGING[naam]
            else None
            for naam in ("VERTROUW", "CERTIFICAAT", "SLEUTEL")
        )
    )


def ask(vraag: Vraag, *, doel: str, actor: Actor) -> Uitkomst:
    """Put a question to the BRP for a purpose, with the fields of that purpose.

    The caller records it in the logs; see `bijwerken`.
    """
    velden = paths_for(doel, vraag.soort)
    if not velden:
        return Uitkomst(Staat.GEEN_VELDEN)
    try:
        lijn, bewijzen = connection(), bewijs.source(security())
    except OnveiligAdres as fout:
        _log.error("%s", fout)
        return Uitkomst(Staat.NIET_INGESTELD)
    if lijn is None:
        return Uitkomst(Staat.NIET_INGESTELD)
    try:
        antwoord = _put(
            lijn,
            bewijzen,
            {"type": vraag.type, "fields": list(velden), **vraag.parameters()},
            headers(doelen()[doel], actor),
        )
        uitkomst = _uitkomst(antwoord, vraag)
    except bewijs.GeenBewijs as fout:
        uitkomst = Uitkomst(Staat.GEWEIGERD, codes=fout.codes)
    except Lijnfout as fout:
        onleesbaar = fout.storing is Storing.ONLEESBAAR
        uitkomst = Uitkomst(
            Staat.ONLEESBAAR if onleesbaar else Staat.GEEN_ANTWOORD,
            codes=(
                *(() if fout.bron == lijn.code else (fout.bron,)),
                fout.storing.value,
            ),
            duur_ms=fout.duur_ms,
        )
    if not uitkomst.is_gelukt:
        _log.warning(
            "%s: %s %s", vraag.type, uitkomst.staat.value, ", ".join(uitkomst.codes)
        )
    return uitkomst


def _put(
    lijn: Lijn, bewijzen: Bewijsbron | None, inhoud: Any, koppen: Mapping[str, str]
) -> Antwoord:
    """Put the question, with a token where the gateway wants one.

    A token can end earlier than it said: refused once, the question goes again with a
    fresh one. Nothing was answered yet, so nobody is asked about twice. All of it
    together takes no longer than one question may.
    """
    if bewijzen is None:
        return lijn.post("/personen", inhoud, koppen=koppen)
    einde = time.monotonic() + lijn.limiet
    antwoord, token = _with_token(lijn, bewijzen, inhoud, koppen, einde)
    if antwoord.status == 401:
        bewijzen.forget(token)
        antwoord, _token = _with_token(lijn, bewijzen, inhoud, koppen, einde)
    return antwoord


def _with_token(
    lijn: Lijn,
    bewijzen: Bewijsbron,
    inhoud: Any,
    koppen: Mapping[str, str],
    einde: float,
) -> tuple[Antwoord, str]:
    token = bewijzen.token(einde)
    oproep = lijn.begin(
        "/personen",
        inhoud,
        koppen={**koppen, "authorization": f"Bearer {token}"},
        limiet=max(0.01, einde - time.monotonic()),
    )
    return oproep.wacht(), token


def headers(doel: Brpdoel, actor: Actor) -> dict[str, str]:
    """The headers of a question: who asks, for whom and why, under this place's names.

    A header without a name is not sent.
    """
    gegeven: dict[str, Any] = settings.BRP
    waarden = {
        "sleutel": gegeven["SLEUTEL"],
        "oin": gegeven["OIN"].get(actor.gemeente, gegeven["OIN"].get("", "")),
        "doelbinding": gegeven["DOELBINDING"].get(doel.doel, doel.doelbinding),
        "verwerking": doel.verwerking,
        # The key of the account, not a name: enough to find who it was.
        "gebruiker": actor.id,
    }
    return {
        gegeven["KOPPEN"][wat]: waarde
        for wat, waarde in waarden.items()
        if waarde and gegeven["KOPPEN"].get(wat)
    }


def _uitkomst(antwoord: Antwoord, vraag: Vraag) -> Uitkomst:
    duur = antwoord.duur_ms
    if antwoord.status == 200:
        try:
            personen = read_personen(antwoord.inhoud)
        except OnleesbaarAntwoord:
            return Uitkomst(Staat.ONLEESBAAR, duur_ms=duur)
        if antwoord.inhoud.get("type") != vraag.type:
            return Uitkomst(Staat.ONLEESBAAR, duur_ms=duur)
        return Uitkomst(Staat.GELUKT, personen, duur_ms=duur)
    codes = _codes(antwoord.inhoud)
    if antwoord.status in (401, 403):
        staat = Staat.GEWEIGERD
    elif antwoord.status in (429, 503):
        staat = Staat.DRUK
    elif antwoord.status >= 500:
        staat = Staat.GEEN_ANTWOORD
    elif "tooManyResults" in codes:
        staat = Staat.TE_VEEL
    else:
        staat = Staat.ONJUIST
    return Uitkomst(staat, codes=(str(antwoord.status), *codes), duur_ms=duur)


def _codes(inhoud: Any) -> tuple[str, ...]:
    """Names and codes in a refusal; its reasons could repeat what we sent."""
    if not isinstance(inhoud, dict):
        return ()
    gevonden = [inhoud.get("code")]
    for fout in inhoud.get("invalidParams") or ():
        if isinstance(fout, dict):
            gevonden += [fout.get("name"), fout.get("code")]
    return tuple(
        deel
        for deel in gevonden
        if isinstance(deel, str) and _CODE.fullmatch(deel) and not deel.isdecimal()
    )
