"""The simulated BRP bevragen 2.7: one address, and all of its refusals.

Who asks must give a key and an agreed doelbinding, and asks only what that doelbinding
allows; nothing is silently left out. Records that were made by mistake or wiped are not
delivered, the dead only by number or when asked for.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from samenloop.core import klok
from samenloop.demo.bronnen.aanroep import JSON, Respons, Verzoek, problem
from samenloop.demo.bronnen.bewijzen import Bewijzen
from samenloop.demo.bronnen.brp_autorisatie import (
    AUTORISATIES,
    forbidden_fields,
    may_search,
)
from samenloop.demo.bronnen.brp_document import Mens, document
from samenloop.demo.bronnen.brp_filter import deliver
from samenloop.demo.bronnen.brp_keuring import TYPEN, Fout, check
from samenloop.demo.bronnen.brp_register import Register
from samenloop.personen.namen import normalise

PAD = "/haalcentraal/api/brp/personen"
_ONZICHTBAAR = ("F", "W")


class Brp:
    """The service; `vandaag` can be another day, for tests."""

    def __init__(
        self,
        register: Register,
        sleutel: str,
        vandaag: Callable[[], date] = klok.today,
        bewijzen: Bewijzen | None = None,
    ) -> None:
        """Take where people are found and which key, or which tokens, open the door."""
        self._bewijzen = bewijzen
        self._register = register
        self._sleutel = sleutel
        self._vandaag = vandaag

    def handle(self, verzoek: Verzoek) -> Respons:
        """Answer a question, or say everything that is wrong with it."""
        if weigering := self._refused(verzoek):
            return weigering
        try:
            vraag = verzoek.json()
        except ValueError:
            return _faulty([Fout("type", "required", "Parameter is verplicht.")])
        if fouten := check(vraag):
            return _faulty(fouten)
        autorisatie = AUTORISATIES[verzoek.koppen["x-doelbinding"]]
        if verboden := forbidden_fields(vraag["fields"], autorisatie):
            return problem(
                403,
                "unauthorizedField",
                "U bent niet geautoriseerd voor een of meerdere velden.",
                f"U bent niet geautoriseerd voor {len(verboden)} velden.",
            )
        if not may_search(vraag, autorisatie):
            return problem(
                403,
                "unauthorizedParameter",
                "U bent niet geautoriseerd voor de gebruikte parameters.",
                "U bent niet geautoriseerd voor dit type bevraging.",
            )
        return self._answer(vraag)

    def _refused(self, verzoek: Verzoek) -> Respons | None:
        koppen = verzoek.koppen
        if verzoek.methode != "POST":
            return problem(405, "notAllowed", "Methode is niet toegestaan.")
        if not self._is_known(verzoek):
            return problem(401, "authentication", "Niet correct geauthenticeerd.")
        if koppen.get("x-doelbinding") not in AUTORISATIES:
            return problem(
                403, "autorisation", "U bent niet geautoriseerd voor deze operatie."
            )
        verwerking = koppen.get("x-verwerking", "")
        if not 1 <= len(verwerking) <= 242 or verwerking.count("@") > 1:
            return problem(403, "autorisation", "De verwerking is niet bekend.")
        accept = koppen.get("accept", "*/*").replace(" ", "").lower()
        passend = ("application/json", "application/json;charset=utf-8", "*/*")
        if accept not in passend:
            return problem(
                406, "notAcceptable", "Gevraagde contenttype wordt niet ondersteund."
            )
        soort = koppen.get("content-type", "").replace(" ", "").lower()
        if soort not in passend[:2]:
            return problem(415, "unsupported", "Media Type wordt niet ondersteund.")
        return None

    def _is_known(self, verzoek: Verzoek) -> bool:
        if self._bewijzen is not None:
            return self._bewijzen.holds(verzoek)
        return verzoek.koppen.get("x-api-key") == self._sleutel

    def _answer(self, vraag: dict[str, Any]) -> Respons:
        dag = self._vandaag()
        zoektype = TYPEN[vraag["type"]]
        gevonden = list(self._found(vraag, dag))
        if len(gevonden) > zoektype.hoogstens:
            return problem(
                400,
                "tooManyResults",
                "Teveel zoekresultaten.",
                f"Meer dan maximum van {zoektype.hoogstens} gevonden resultaten.",
            )
        personen = [
            deliver(document(mens, dag), vraag["fields"], zoektype.soort)
            for mens in gevonden
        ]
        inhoud = {"type": vraag["type"], "personen": personen}
        return Respons(200, inhoud, {"content-type": JSON})

    def _found(self, vraag: dict[str, Any], dag: date) -> Iterable[Mens]:
        gemeente = vraag.get("gemeenteVanInschrijving")
        if vraag["type"] == "RaadpleegMetBurgerservicenummer":
            gezocht: Iterable[Mens | None] = (
                self._register.with_bsn(bsn, dag)
                for bsn in dict.fromkeys(vraag["burgerservicenummer"])
            )
        else:
            gezocht = (
                mens
                for mens in self._register.candidates(vraag, dag)
                if _fits(mens, vraag)
            )
        for mens in gezocht:
            if mens is None or mens.opschorting in _ONZICHTBAAR:
                continue
            if gemeente and mens.gemeente[0] != gemeente:
                continue
            yield mens


def _fits(mens: Mens, vraag: dict[str, Any]) -> bool:
    if mens.opschorting == "O" and not vraag.get("inclusiefOverledenPersonen"):
        return False
    plek = mens.woont
    gezocht = {
        "geslachtsnaam": mens.geslachtsnaam,
        "voornamen": mens.voornamen,
        "voorvoegsel": mens.voorvoegsel,
        "geslacht": mens.geslacht,
        "postcode": plek.postcode if plek else "",
        "huisletter": plek.huisletter if plek else "",
        "huisnummertoevoeging": plek.toevoeging if plek else "",
        "straat": plek.straat if plek else "",
    }
    for naam, waarde in gezocht.items():
        if vraag.get(naam) and not _like(waarde, vraag[naam], naam == "postcode"):
            return False
    if vraag.get("geboortedatum"):
        jaar, maand, op = mens.geboren
        dag = f"{jaar or 0:04d}-{maand or 0:02d}-{op or 0:02d}"
        if dag != vraag["geboortedatum"]:
            return False
    huisnummer = vraag.get("huisnummer")
    if huisnummer and (plek is None or plek.huisnummer != int(huisnummer)):
        return False
    gevraagd = vraag.get("adresseerbaarObjectIdentificatie")
    if gevraagd and (plek is None or plek.object_id != gevraagd):
        return False
    nummer = vraag.get("nummeraanduidingIdentificatie")
    return not nummer or (
        plek is not None and plek.object_id == f"{nummer[:4]}01{nummer[6:]}"
    )


def _like(waarde: str, patroon: str, zonder_spaties: bool) -> bool:
    if zonder_spaties:
        return waarde == re.sub(r"\s", "", patroon).upper()
    hier, gezocht = normalise(waarde), normalise(patroon.strip("*"))
    if patroon.endswith("*"):
        return hier.startswith(gezocht)
    if patroon.startswith("*"):
        return hier.endswith(gezocht)
    return hier == gezocht


def _faulty(fouten: list[Fout]) -> Respons:
    namen = ", ".join(dict.fromkeys(re.sub(r"\W", "", fout.name) for fout in fouten))
    verplicht = all(fout.code == "required" for fout in fouten)
    return problem(
        400,
        "paramsRequired" if verplicht else "paramsValidation",
        "Een of meerdere parameters zijn niet correct.",
        f"De foutieve parameters zijn {namen}."[:200],
        invalidParams=[
            {"name": fout.name, "code": fout.code, "reason": fout.reason}
            for fout in fouten
        ],
    )
