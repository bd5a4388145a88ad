"""One fictitious family with records in every domain; each text can be found back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from samenloop.access.models import Gebruiker, Organisatie
from samenloop.core import klok
from samenloop.klantbeeld.models import Grondbesluit
from samenloop.personen.models import (
    Gemeente,
    Gezin,
    Gezinslid,
    Huishouden,
    Persoon,
)
from samenloop.regie.models import Casus, Casusperiode
from samenloop.signalen.models import (
    Melding,
    MeldingSignaal,
    Signaal,
    SignaalBetrokkene,
)
from samenloop.voorzieningen.models import (
    Aanbieder,
    Product,
    Traject,
    Uitkering,
    Voorziening,
)
from tests.access.accounts import GEMEENTE
from tests.personen.maken import custody, days, known, lives, reserved_bsns

VAN = "2024-03-01"
# What must be found back only where it may stand.
WMO_SOORT = "Begeleiding Kromhout"
JEUGD_SOORT = "Dyslexiezorg Veldweg"
REDEN = "Reden Aardappel"
CASUSSOORT = "Casussoort Pruim"
AANLEIDING = "Aanleiding Kastanje"
POLITIE = "Aanleiding Boterbloem"
STRAAT = "Kloosterweg"


@dataclass(frozen=True, slots=True)
class Familie:
    """The family and what is on record about it."""

    gemeente: Gemeente
    gezin: Gezin
    moeder: Persoon
    kind: Persoon
    oma: Persoon
    melding: Melding
    casus: Casus


def family(gemeente_code: str = GEMEENTE, vanaf: int = 0) -> Familie:
    """Make the family; `vanaf` gives another one its own BSNs and numbers."""
    gemeente = Gemeente.objects.get_or_create(
        code=gemeente_code, defaults={"naam": f"Gemeente {gemeente_code}"}
    )[0]
    nummers = reserved_bsns(vanaf + 3)[vanaf:]
    moeder, kind, oma = (
        Persoon.objects.register(
            bsn, voornamen=naam, geslachtsnaam="Postma", geboortedatum=op, geslacht="2"
        )
        for bsn, naam, op in zip(
            nummers,
            ("Marieke", "Noor", "Trijntje"),
            ("1987-05-17", "2016-02-03", "1956-11-30"),
            strict=True,
        )
    )
    gezin = Gezin.objects.create(naam="gezin Postma")
    for wie, rol in ((moeder, "ouder"), (kind, "kind"), (oma, "ander")):
        Gezinslid.objects.create(
            gezin=gezin, persoon=wie, rol=rol, geldig=days("2016-02-03"), bekend=known()
        )
    huis = Huishouden.objects.create(sleutel=f"huis-{vanaf}")
    for wie in (moeder, kind):
        lives(
            wie, gemeente, "2019-01-01", huishouden=huis, straat=STRAAT, huisnummer=12,
            postcode="9981AB", woonplaats="Uithuizen",
        )  # fmt: skip
    lives(oma, gemeente, "1999-01-01", straat="Dijk", huisnummer=1, woonplaats="Bedum")
    custody(kind, moeder, "2016-02-03")
    _provisions(gemeente, moeder, kind, vanaf)
    casus = Casus.objects.create(
        nummer=f"C-{vanaf}", gemeente=gemeente, betrokkene=moeder
    )
    Casusperiode.objects.create(
        casus=casus, type=CASUSSOORT, geldig=days(VAN), bekend=known(VAN)
    )
    melding = _signals(gemeente, gezin, moeder, vanaf)
    return Familie(gemeente, gezin, moeder, kind, oma, melding, casus)


def _provisions(gemeente: Gemeente, moeder: Persoon, kind: Persoon, nr: int) -> None:
    gedeeld: dict[str, Any] = {"gemeente": gemeente, "bekend": known(VAN)}
    aanbieder = Aanbieder.objects.get_or_create(agb="12345678", naam="Zorg Wadkant")[0]
    for wie, wet, code, naam in (
        (moeder, "wmo", "begeleiding", WMO_SOORT),
        (kind, "jeugdwet", "dyslexie", JEUGD_SOORT),
    ):
        product = Product.objects.get_or_create(
            wet=wet, code=code, defaults={"naam": naam}
        )[0]
        Voorziening.objects.create(
            betrokkene=wie, product=product, vorm="zin", aanbieder=aanbieder,
            geldig=days(VAN, "2024-12-31"), reden_einde=REDEN, **gedeeld,
        )  # fmt: skip
        Voorziening.objects.create(
            betrokkene=wie, product=product, vorm="zin", aanbieder=aanbieder,
            geldig=days("2025-01-01"), **gedeeld,
        )  # fmt: skip
    Uitkering.objects.create(betrokkene=moeder, spoor=2, geldig=days(VAN), **gedeeld)
    Traject.objects.create(
        betrokkene=moeder, gemeente=gemeente, spoor=2, datum="2024-05-01",
        trajectkosten=123_400, geregistreerd_op="2024-05-02",
    )  # fmt: skip


def _signals(gemeente: Gemeente, gezin: Gezin, moeder: Persoon, nr: int) -> Melding:
    nu = klok.now()
    melding = Melding.objects.create(
        nummer=f"M-2026-{nr:04}", gemeente=gemeente, gezin=gezin, betrokkene=moeder,
        ontstaan_op=nu, weeg_voor=nu + timedelta(days=5),
    )  # fmt: skip
    school = Organisatie.objects.create(naam="OBS De Terp", soort="school")
    for volg, (soort, tekst) in enumerate(
        (("huurachterstand", AANLEIDING), ("zorgmelding-politie", POLITIE))
    ):
        signaal = Signaal.objects.create(
            nummer=f"S-2026-{nr + volg:04}", gemeente=gemeente, soort_id=soort,
            kanaal="formulier", ontvangen_op=nu, organisatie=school, aanleiding=tekst,
            veiligheidsrisico=False,
        )  # fmt: skip
        SignaalBetrokkene.objects.create(
            signaal=signaal, persoon=moeder, gemeente=gemeente
        )
        MeldingSignaal.objects.create(melding=melding, signaal=signaal)
    return melding


def confirm(gemeente: str, *gronden: str) -> None:
    """Let a municipality rely on these doubtful grounds."""
    nu = klok.now()
    for grond in gronden:
        Grondbesluit.objects.create(
            gemeente_id=gemeente, grond=grond, waarom="Beoordeeld door de FG.",
            voorgesteld_door=901, voorgesteld_op=nu,
            bevestigd_door=902, bevestigd_op=nu,
        )  # fmt: skip


def assign(melding: Melding, account: Gebruiker) -> None:
    """Give a melding to somebody."""
    Melding.objects.filter(pk=melding.pk).update(toegewezen_aan=account.pk)
