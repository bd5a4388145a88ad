"""More cases: what may not overlap, and requests with their answers."""

from datetime import date
from typing import Any

from samenloop.berichten.standaard.soorten import Wet
from tests.berichten.gevallen import (
    AP,
    MORGEN,
    NP,
    TP,
    VZ,
    WEG,
    WP,
    Geval,
    nog_een,
)
from tests.berichten.goede_berichten import CATEGORIE

_ANDERE_CATEGORIE: tuple[tuple[Wet, str], ...] = (("wmo", "03"), ("jeugdwet", "46"))
STAPELING: list[Geval] = []
for _nr, _rij, _sleutel, _ingang, _eind, _code in (
    (301, TP, "ToewijzingNummer", "Ingangsdatum", "Einddatum", "TR302"),
    (
        315,
        AP,
        "ReferentieAanbieder",
        "ToewijzingIngangsdatum",
        "ToewijzingEinddatum",
        "TR386",
    ),
    (317, NP, "", "GewensteIngangsdatum", "Einddatum", "TR410"),
):
    _r = _rij.rpartition("/")[0]
    _laatste = date(2026, 12, 31) if _nr == 315 else date(2026, 9, 30)
    _erna = date(2027, 1, 1) if _nr == 315 else date(2026, 10, 1)
    _eigen: dict[str, Any] = {_sleutel: {301: 5, 315: "R9"}[_nr]} if _sleutel else {}
    _lang = {_eind: date(2027, 12, 31)}
    _later = {_ingang: _erna, **_lang}
    _aspecifiek = {"Omvang": WEG, "Budget": 5}
    STAPELING += [
        Geval(_nr, {_r: nog_een(**_eigen, **_lang, **{_ingang: _laatste})}, _code),
        Geval(_nr, {_r: nog_een(**_eigen, **_later)}, ""),
        Geval(
            _nr,
            {
                _r: nog_een(**_eigen, **_lang, **{_ingang: _laatste}),
                f"{_rij}/{_eind}": WEG,
            },
            _code,
        ),
        *(
            Geval(
                _nr,
                {
                    _r: nog_een(
                        **_eigen,
                        **_lang,
                        **{_ingang: _laatste},
                        Product={"Categorie": CATEGORIE[wet], "Code": "XXX"},
                    )
                },
                "",
                (wet,),
            )
            for wet in ("wmo", "jeugdwet")
        ),
        *(
            # By category: whatever its code, the same category is in the way.
            Geval(
                _nr,
                {
                    _r: nog_een(
                        **_eigen,
                        **_lang,
                        **_aspecifiek,
                        **{_ingang: _laatste},
                        Product={"Categorie": CATEGORIE[wet]},
                    )
                },
                _code,
                (wet,),
            )
            for wet in ("wmo", "jeugdwet")
        ),
        *(
            Geval(
                _nr,
                {
                    _r: nog_een(
                        **_eigen,
                        **_lang,
                        **_aspecifiek,
                        **{_ingang: _laatste},
                        Product={"Categorie": ander},
                    )
                },
                "",
                (wet,),
            )
            for wet, ander in _ANDERE_CATEGORIE
        ),
        # Generic: nothing may stand beside it.
        Geval(
            _nr,
            {
                _r: nog_een(
                    **_eigen, **_lang, **_aspecifiek, **{_ingang: _laatste}, Product=WEG
                )
            },
            _code,
        ),
    ]
STAPELING += [
    Geval(
        301,
        {
            TP.rpartition("/")[0]: nog_een(
                ToewijzingNummer=5,
                Einddatum=date(2026, 4, 1),
                RedenWijziging="13",
            )
        },
        "",
    ),
    Geval(301, {TP.rpartition("/")[0]: nog_een()}, "TR101 TR302"),
    Geval(315, {AP.rpartition("/")[0]: nog_een()}, "TR101 TR383 TR386"),
    Geval(317, {NP.rpartition("/")[0]: nog_een()}, "TR101 TR410"),
    Geval(317, {WP.rpartition("/")[0]: nog_een()}, "TR101"),
    Geval(
        317,
        {f"{VZ}/OngewijzigdeProducten/OngewijzigdProduct": nog_een()},
        "TR101",
    ),
]

VERZOEK = [
    Geval(315, {f"{AP}/BeschikkingIngangsdatum": WEG}, "CD043"),
    Geval(315, {f"{AP}/BeschikkingNummer": WEG}, "CD043"),
    Geval(
        315, {f"{AP}/BeschikkingNummer": WEG, f"{AP}/BeschikkingIngangsdatum": WEG}, ""
    ),
    *(
        Geval(315, {f"{AP}/Verwijzer": {"Type": soort, **rest}}, code)
        for soort in ("02", "03", "04", "05")
        for rest, code in (
            ({"ZorgverlenerCode": "12345678"}, ""),
            ({"Naam": "Jansen"}, ""),
            ({}, "CD067"),
            ({"ZorgverlenerCode": "12345678", "Naam": "Jansen"}, "CD066"),
        )
    ),
    *(
        Geval(315, {f"{AP}/Verwijzer": {"Type": soort, **rest}}, code)
        for soort in ("01", "06", "08")
        for rest, code in (
            ({"ZorgverlenerCode": "12345678"}, "CD068"),
            ({"Naam": "Jansen"}, ""),
            ({}, ""),
        )
    ),
    Geval(
        317, {f"{VZ}/TeWijzigenProducten": WEG, f"{VZ}/NieuweProducten": WEG}, "TR353"
    ),
    Geval(317, {f"{VZ}/NieuweProducten": WEG}, ""),
    Geval(317, {f"{VZ}/TeWijzigenProducten": WEG}, ""),
    Geval(317, {f"{VZ}/OngewijzigdeProducten": WEG}, ""),
    Geval(
        317,
        {f"{VZ}/OngewijzigdeProducten": WEG, f"{VZ}/TeWijzigenProducten": WEG},
        "TR352",
    ),
    Geval(
        317,
        {
            f"{VZ}/OngewijzigdeProducten": WEG,
            f"{VZ}/TeWijzigenProducten": WEG,
            f"{VZ}/NieuweProducten": WEG,
        },
        "TR352 TR353",
    ),
    Geval(317, {f"{NP}/GewensteIngangsdatum": date(2026, 5, 6)}, "TR380"),
    Geval(317, {f"{NP}/GewensteIngangsdatum": MORGEN}, ""),
    # A change may lie in the past: that is for level 3.
    Geval(317, {f"{WP}/GewensteIngangsdatum": date(2026, 4, 1)}, ""),
    Geval(
        319,
        {"Antwoord/VerzoekAntwoord": "2", "Antwoord/RedenAfwijzingVerzoek": WEG},
        "",
        ("wmo",),
    ),
    Geval(319, {"Antwoord/VerzoekAntwoord": "2"}, "CD086"),
    Geval(319, {"Antwoord/RedenAfwijzingVerzoek": WEG}, "CD085", ("wmo",)),
    Geval(319, {"Antwoord/RedenAfwijzingVerzoek": WEG}, "CD085 TR409", ("jeugdwet",)),
    Geval(319, {"Antwoord/RedenAfwijzingVerzoek": "8"}, "", ("wmo",)),
    Geval(319, {"Antwoord/Woonplaatsbeginsel": WEG}, "TR377", ("jeugdwet",)),
    Geval(319, {"Antwoord/RedenAfwijzingVerzoek": "2"}, "TR409", ("jeugdwet",)),
    Geval(
        319,
        {"Antwoord/RedenAfwijzingVerzoek": "2", "Antwoord/Woonplaatsbeginsel": WEG},
        "",
        ("jeugdwet",),
    ),
]
