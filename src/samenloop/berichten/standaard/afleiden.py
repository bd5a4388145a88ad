"""From one line per class to the classes of any kind of message, answers included.

An answer repeats the message it answers. Its header repeats that of the message and
adds its own identification; every class that carries data (not one that only holds a
row) gets a list of return codes; and what stood beside the header may be missing,
since an answer without remarks is a header alone. The answer to an invoice differs:
it has a header of its own and two totals instead of a period.
"""

from collections.abc import Iterable, Mapping

from .heenberichten import HEENBERICHTEN
from .model import Klasse, Veld
from .soorten import SOORTEN, SUBVERSIE, VERSIE, Soort, Wet

RETOURCODES = "RetourCodes"


def velden_van(omschrijving: str, wet: Wet) -> tuple[Veld, ...]:
    """The fields of one line of `heenberichten`, for one law."""
    velden = []
    for each in omschrijving.split():
        rest, _, alleen = each.partition("@")
        if alleen and alleen != wet:
            continue
        naam, _, soort = rest.partition(":")
        velden.append(
            Veld(
                naam,
                soort.rstrip("?+"),
                min=0 if soort.endswith("?") else 1,
                max=None if soort.endswith("+") else 1,
                wet="jeugdwet" if alleen else None,
            )
        )
    return tuple(velden)


_PARTIJ = {"gemeente": "LDT_Gemeente", "aanbieder": "LDT_AgbCode"}


def _kop(soort: Soort, heen: Soort) -> tuple[Veld, ...]:
    """The part of the header that a message and its retour share.

    Sender and receiver stay those of the heen message: that is the standard's way.
    """
    vaste = heen if soort.is_retour else soort
    return (
        Veld(
            "BerichtCode", "LDT_BerichtCode", patroon=soort.berichtcode, regel="RS047"
        ),
        Veld("BerichtVersie", "LDT_BerichtVersie", patroon=str(VERSIE), regel="CS025"),
        Veld(
            "BerichtSubversie",
            "LDT_BerichtSubversie",
            patroon=str(SUBVERSIE),
            regel="CS015",
        ),
        Veld("Afzender", _PARTIJ[vaste.van]),
        Veld("Ontvanger", _PARTIJ[vaste.naar]),
        Veld("BerichtIdentificatie", "CDT_BerichtIdentificatie"),
        Veld("XsdVersie", "CDT_XsdVersie"),
    )


def _staart(soort: Soort) -> tuple[Veld, ...]:
    """What the header of an answer has more."""
    if soort.is_retour:
        return (
            Veld("IdentificatieRetour", "LDT_IdentificatieBericht"),
            Veld("DagtekeningRetour", "LDT_Datum"),
            Veld("XsltVersie", "LDT_Versie", min=0),
            Veld("XsdVersieRetour", "CDT_XsdVersie"),
            Veld(RETOURCODES, RETOURCODES, min=0),
        )
    if soort.is_antwoord:
        return (
            Veld("DeclaratieIdentificatie", "CDT_BerichtIdentificatie"),
            Veld("XsltVersie", "LDT_Versie", min=0),
            Veld("XsdVersieDeclaratie", "CDT_XsdVersie"),
            Veld(RETOURCODES, RETOURCODES),
        )
    return ()


def _met_codes(klasse: Klasse) -> Klasse:
    """The class as an answer has it."""
    if klasse.is_verzameling:
        return klasse
    return Klasse(klasse.naam, (*klasse.velden, Veld(RETOURCODES, RETOURCODES)))


def _optioneel(velden: Iterable[Veld]) -> tuple[Veld, ...]:
    return tuple(Veld(each.naam, each.type, 0, each.max) for each in velden)


def _van_declaratie(klassen: Mapping[str, Klasse]) -> dict[str, Klasse]:
    """The classes of the answer to an invoice: other totals, clients only if any."""
    declaratie = {each.naam: each for each in klassen["Declaratie"].velden}
    nummer = declaratie["DeclaratieNummer"]
    ingediend = declaratie["TotaalIngediendBedrag"]
    antwoord = Klasse(
        "DeclaratieAntwoord",
        (
            Veld(nummer.naam, nummer.type),
            ingediend,
            Veld("TotaalToegekendBedrag", ingediend.type),
            Veld("Clienten", "Clienten", min=0),
        ),
    )
    rest = {k: v for k, v in klassen.items() if k not in {"Root", "Declaratie"}}
    root = Klasse(
        "Root",
        (Veld("Header", "Header"), Veld(antwoord.naam, antwoord.naam)),
    )
    return {"Root": root, antwoord.naam: antwoord, **rest}


def _verfijnd(klasse: Klasse, soort: Soort) -> Klasse:
    """An invoice number is letters and digits alone; only the 323 itself says so."""
    if soort.nummer != 323 or klasse.naam != "Declaratie":
        return klasse
    return Klasse(
        klasse.naam,
        tuple(
            Veld(each.naam, each.type, patroon="([a-zA-Z0-9])+", regel="CS319")
            if each.naam == "DeclaratieNummer"
            else each
            for each in klasse.velden
        ),
    )


def klassen_van(soort: Soort) -> dict[str, Klasse]:
    """The classes of a kind of message by name, the header and root among them."""
    heen = SOORTEN[soort.antwoord_op] if soort.antwoord_op else soort
    klassen = {
        naam: Klasse(naam, velden_van(regel, soort.wet))
        for naam, regel in HEENBERICHTEN[heen.nummer].items()
    }
    # A class that only one law knows is reached by no field of the other.
    gebruikt = {each.type for klasse in klassen.values() for each in klasse.velden}
    klassen = {k: v for k, v in klassen.items() if k == "Root" or k in gebruikt}
    kop = Klasse("Header", (*_kop(soort, heen), *_staart(soort)))
    if not soort.is_antwoord:
        return {
            naam: _verfijnd(klasse, soort)
            for naam, klasse in {**klassen, "Header": kop}.items()
        }
    if not soort.is_retour:
        klassen = _van_declaratie(klassen)
    root = klassen.pop("Root")
    # Only the header has to be there.
    wortel = Klasse("Root", (root.velden[0], *_optioneel(root.velden[1:])))
    return {
        "Root": wortel,
        "Header": kop,
        RETOURCODES: Klasse(
            RETOURCODES, (Veld("RetourCode", "LDT_RetourCode", max=None),)
        ),
        **{naam: _met_codes(klasse) for naam, klasse in klassen.items()},
    }
