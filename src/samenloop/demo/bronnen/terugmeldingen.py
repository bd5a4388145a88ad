"""Where doubts about the BRP are reported, and answered after a while.

The municipality that keeps the record first looks into it, then says whether it changed
something: an address is set right, the rest proves to be right. Sending the same report
twice (same key) is one report.
"""

import threading
from dataclasses import dataclass

from samenloop.demo.bronnen.aanroep import JSON, Respons, Verzoek, problem

_VELDEN = {"burgerservicenummer", "categorie", "waarom", "voorstel", "gemeente"}


@dataclass(slots=True)
class _Dossier:
    kenmerk: str
    categorie: str
    gevraagd: int = 0


class Terugmeldingen:
    """Reports received by this process, by the key under which they were sent."""

    def __init__(self, sleutel: str) -> None:
        """Take the key that opens the door."""
        self._sleutel = sleutel
        self._slot = threading.Lock()
        self._dossiers: dict[str, _Dossier] = {}

    def handle(self, verzoek: Verzoek) -> Respons:
        """Receive a report, or say how far one is."""
        if verzoek.koppen.get("x-api-key") != self._sleutel:
            return problem(401, "authentication", "Niet correct geauthenticeerd.")
        if verzoek.methode == "POST" and verzoek.pad == "/terugmeldingen":
            return self._receive(verzoek)
        if verzoek.methode == "GET":
            return self._state(verzoek.pad.removeprefix("/terugmeldingen/"))
        return problem(405, "notAllowed", "Methode is niet toegestaan.")

    def _receive(self, verzoek: Verzoek) -> Respons:
        sleutel = verzoek.koppen.get("idempotency-key", "")
        try:
            melding = verzoek.json()
            goed = bool(sleutel) and set(melding) == _VELDEN and bool(melding["waarom"])
        except (ValueError, TypeError):
            goed = False
        if not goed:
            return problem(400, "paramsValidation", "De terugmelding is niet volledig.")
        with self._slot:
            dossier = self._dossiers.setdefault(
                sleutel,
                _Dossier(f"TMV-{len(self._dossiers) + 1:06d}", melding["categorie"]),
            )
        return Respons(201, {"kenmerk": dossier.kenmerk}, {"content-type": JSON})

    def _state(self, kenmerk: str) -> Respons:
        with self._slot:
            dossier = next(
                (deel for deel in self._dossiers.values() if deel.kenmerk == kenmerk),
                None,
            )
            if dossier is None:
                return problem(404, "notFound", "Deze terugmelding is niet bekend.")
            dossier.gevraagd += 1
            inhoud = _outcome(dossier)
        return Respons(200, {"kenmerk": kenmerk, **inhoud}, {"content-type": JSON})


def _outcome(dossier: _Dossier) -> dict[str, str]:
    if dossier.gevraagd == 1:
        return {"uitkomst": "in_onderzoek", "antwoord": ""}
    if dossier.categorie == "08":
        return {"uitkomst": "gecorrigeerd", "antwoord": "Het adres is aangepast."}
    tekst = "Het gegeven klopt met de akte."
    return {"uitkomst": "niet_gewijzigd", "antwoord": tekst}
