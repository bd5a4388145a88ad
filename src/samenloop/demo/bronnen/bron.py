"""The other sources, all by one small contract.

`POST /{bron}/v1/bevragingen` with a BSN, a purpose, a depth and a date. That somebody
is involved (`dat`) is worked out here, at the source; content goes out only at depth
`wat`. What a source may not tell for a purpose it refuses, also when it knows nothing.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from samenloop.core import gemeentegrens
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.core.periode import Periode
from samenloop.demo.bronnen.aanroep import JSON, Respons, Verzoek, problem
from samenloop.demo.bronnen.feiten_van_bronnen import BRONNEN, Bronfeit, Wie
from samenloop.personen.models import Persoon

Vinder = Callable[[str, str, date], Bronfeit | None]

# What each source lets itself be asked for; the other side of `klantbeeld/bronnen.csv`.
_SUWI = frozenset({"bijstand", "arbeidsinschakeling", "schuldhulp"})
_JEUGD_EN_ZORG = frozenset(
    {
        "wmo_onderzoek", "wmo_uitvoering", "jeugd_toeleiding", "jeugd_uitvoering",
        "toewijzing", "schuldhulp", "melding_wegen", "samenloop_veiligheid",
        "regie_multiproblematiek",
    }
)  # fmt: skip
GERECHTIGD: Mapping[str, frozenset[str]] = {
    "werk-en-inkomen": _SUWI,
    "bijstand": _SUWI | {"wmo_onderzoek", "jeugd_toeleiding"},
    "svb": _SUWI,
    "kadaster": frozenset({"bijstand"}),
    "zorg": _JEUGD_EN_ZORG,
    "jeugd": _JEUGD_EN_ZORG,
    "schulden": _JEUGD_EN_ZORG | {"vroegsignalering"},
    "onderwijs": _JEUGD_EN_ZORG | {"leerplicht", "bijstand"},
}


def of_region(bron: str, bsn: str, dag: date) -> Bronfeit | None:
    """What a source knows of somebody in the demo region."""
    try:
        nummer = Bsn(bsn)
    except OngeldigBsn:
        return None
    with gemeentegrens.everywhere("an outside source is of the whole country"):
        persoon = Persoon.objects.with_bsn(nummer).first()
        return BRONNEN[bron](Wie(persoon, bsn, dag)) if persoon else None


class Bron:
    """One source behind the contract."""

    def __init__(self, code: str, sleutel: str, vind: Vinder = of_region) -> None:
        """Take its code, the key that opens it, and where it finds people."""
        self.code = code
        self._sleutel = sleutel
        self._vind = vind

    def handle(self, verzoek: Verzoek, *, fwi: bool, geweigerd: bool) -> Respons:
        """Answer a question; `fwi` and `geweigerd` are trouble on demand."""
        if verzoek.methode != "POST":
            return problem(405, "notAllowed", "Methode is niet toegestaan.")
        if verzoek.koppen.get("x-api-key") != self._sleutel:
            return problem(401, "authentication", "Niet correct geauthenticeerd.")
        try:
            vraag = verzoek.json()
            bsn, doel = str(vraag["burgerservicenummer"]), str(vraag["doel"])
            dag = date.fromisoformat(vraag["peildatum"])
            diepte = {"dat": False, "wat": True}[vraag["diepte"]]
            if set(vraag) != {"burgerservicenummer", "doel", "peildatum", "diepte"}:
                raise ValueError
            Bsn(bsn)
        except (ValueError, KeyError, TypeError, OngeldigBsn):
            return problem(400, "paramsValidation", "De vraag is niet goed gevormd.")
        if geweigerd or doel not in GERECHTIGD[self.code]:
            return self._respons("niet-gerechtigd", dag)
        if fwi:
            melding = {"ernst": "fout", "code": "5001", "tekst": "Bron niet bereikbaar"}
            return self._respons("niets-gevonden", dag, meldingen=[melding])
        feit = self._vind(self.code, bsn, dag)
        if feit is None:
            return self._respons("niets-gevonden", dag)
        return self._found(feit, dag, met_inhoud=diepte)

    def _found(self, feit: Bronfeit, dag: date, *, met_inhoud: bool) -> Respons:
        laatste = _running_or_last(feit.perioden, dag)
        deel: dict[str, Any] = {
            "dat": {
                "betrokken": laatste is not None and dag in laatste,
                "sinds": laatste.begin.isoformat() if laatste else None,
                "tot": laatste.einde.isoformat()
                if laatste and laatste.einde and laatste.einde < dag
                else None,
                "contact": {
                    "organisatie": feit.organisatie,
                    "telefoon": feit.telefoon,
                },
            }
        }
        if met_inhoud:
            deel["wat"] = feit.wat
        stand = date.fromordinal(dag.toordinal() - feit.ouderdom)
        return self._respons("gevonden", stand, feit.organisatie, **deel)

    def _respons(
        self, resultaat: str, stand: date, organisatie: str = "", **deel: Any
    ) -> Respons:
        inhoud = {
            "resultaat": resultaat,
            "bron": self.code,
            "organisatie": organisatie,
            "peildatum": stand.isoformat(),
            "meldingen": [],
            **deel,
        }
        return Respons(200, inhoud, {"content-type": JSON})


def _running_or_last(perioden: list[Periode], dag: date) -> Periode | None:
    begonnen = [periode for periode in perioden if periode.begin <= dag]
    lopend = [periode for periode in begonnen if dag in periode]
    if lopend:
        return min(lopend, key=lambda periode: periode.begin)
    return max(begonnen, key=lambda periode: periode.begin, default=None)
