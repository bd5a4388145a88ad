"""What programs send and get: the messages of the API about signals.

Names as the outside sees them, in lowerCamelCase. What comes in knows no unknown field,
so a typing error is told and not lost; texts hold nothing the database cannot keep.
What goes out holds nothing about a family and nothing of how a signal was weighed.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel

from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn

_GEEN_STUUR = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$"
_VROEGST = date(1900, 1, 1)


def _filled(tekst: str) -> str:
    if not tekst.strip():
        raise ValueError("Vul hier iets in.")
    return tekst.strip()


def _bsn(tekst: object) -> Bsn:
    try:
        return Bsn(tekst if isinstance(tekst, str) and len(tekst) == 9 else "")
    except OngeldigBsn:
        raise ValueError(
            "Dit is geen geldig BSN: controleer de negen cijfers."
        ) from None


def _past(moment: datetime) -> datetime:
    if not moment.date() >= _VROEGST or moment > klok.now() + timedelta(days=1):
        raise ValueError("Dit tijdstip ligt in de toekomst of te lang geleden.")
    return moment


def _past_day(dag: date) -> date:
    if not _VROEGST <= dag <= klok.today():
        raise ValueError("Deze dag ligt in de toekomst of te lang geleden.")
    return dag


Kort = Annotated[str, StringConstraints(max_length=200, pattern=_GEEN_STUUR)]
Relatie = Annotated[str, StringConstraints(max_length=100, pattern=_GEEN_STUUR)]
Lang = Annotated[str, StringConstraints(max_length=10_000, pattern=_GEEN_STUUR)]
Gevuld = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000, pattern=_GEEN_STUUR),
    AfterValidator(_filled),
]
Omschrijving = Annotated[str, StringConstraints(max_length=300, pattern=_GEEN_STUUR)]
Kenmerk = Annotated[
    str,
    StringConstraints(min_length=1, max_length=80, pattern=_GEEN_STUUR),
    AfterValidator(_filled),
]
Gemeentecode = Annotated[str, StringConstraints(pattern=r"^GM[0-9]{4}$")]
# Sent as nine digits; what comes out of the check is a Bsn.
Nummer = Annotated[
    Bsn,
    BeforeValidator(_bsn),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{9}$"}),
]
Moment = Annotated[AwareDatetime, AfterValidator(_past)]
Dag = Annotated[date, AfterValidator(_past_day)]
# A plain union with null would lose the format that the standard asks of a date.
LegeDag = Annotated[
    date | None, WithJsonSchema({"type": ["string", "null"], "format": "date"})
]
LegeEersteDag = Annotated[
    Dag | None, WithJsonSchema({"type": ["string", "null"], "format": "date"})
]
Tijdstip = Annotated[datetime, AfterValidator(lambda op: op.astimezone(UTC))]
LeegMoment = Annotated[
    Tijdstip | None,
    WithJsonSchema({"type": ["string", "null"], "format": "date-time"}),
]
_GEMEENTE = Field(
    None,
    description="CBS-code; nodig als de koppeling voor meer gemeenten geldt.",
    examples=["GM1651"],
)


class Verzoek(Schema):
    """What comes in."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", arbitrary_types_allowed=True
    )


class Antwoord(Schema):
    """What goes out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class BetrokkeneIn(Verzoek):
    """Om wie het gaat: een BSN, een omschrijving, of allebei."""

    bsn: Nummer | None = Field(
        None, description="Negen cijfers.", examples=["999990019"]
    )
    omschrijving: Omschrijving = Field(
        "",
        description="Wie het is, als het BSN niet bekend is.",
        examples=["Gezin op Dorpsstraat 1"],
    )
    rol: Literal["over", "betrokken"] = Field(
        "over", description="Over wie het gaat, of wie erbij betrokken is."
    )

    @model_validator(mode="after")
    def says_who(self) -> "BetrokkeneIn":
        """Refuse somebody about whom nothing is said."""
        if self.bsn is None and not self.omschrijving.strip():
            raise ValueError("Vul een BSN of een omschrijving in.")
        return self


class MelderIn(Verzoek):
    """Wie binnen uw organisatie meldt, en hoe die te bereiken is."""

    naam: Kort = Field("", examples=["Team incasso"])
    contact: Kort = Field("", description="Telefoon of e-mail.")
    relatie: Relatie = Field("", description="Tot de betrokkene.", examples=["huurder"])


class IncidentIn(Verzoek):
    """Wat er gebeurde, wanneer en waar."""

    op: Moment | None = Field(
        None, description="Tijdstip met tijdzone.", examples=["2026-03-24T21:30:00Z"]
    )
    plaats: Kort = Field("", description="Waar het gebeurde.")


class SignaalIn(Verzoek):
    """Een signaal zoals u het meldt."""

    kenmerk: Kenmerk = Field(
        description="Uw eigen kenmerk; hetzelfde kenmerk is hetzelfde signaal.",
        examples=["HA-2026-00123"],
    )
    soort: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] = Field(
        description="Code uit `GET /soorten`.", examples=["huurachterstand"]
    )
    gemeente: Gemeentecode | None = _GEMEENTE
    betrokkenen: list[BetrokkeneIn] = Field(
        min_length=1, max_length=20, description="Om wie het gaat."
    )
    melder: MelderIn | None = Field(None, description="Wie er meldt.")
    aanleiding: Gevuld = Field(
        description="De aanleiding, in een of twee zinnen.",
        examples=["Twee maanden huurachterstand."],
    )
    inhoud: Lang = Field("", description="Wat u verder weet.")
    verzoek: Lang = Field("", description="Wat u van de gemeente vraagt.")
    terugkoppeling_gewenst: bool = Field(
        True, description="Of u wilt horen wat ermee gebeurt."
    )
    veiligheidsrisico: bool = Field(
        False,
        description="Of iemand nu onveilig is. Zo'n signaal wordt nooit gefilterd.",
    )
    incident: IncidentIn | None = Field(None, description="Als er iets gebeurde.")


class Ontvangst(Antwoord):
    """Bewijs dat een signaal is vastgelegd; bij herhalen hetzelfde."""

    id: UUID
    nummer: str = Field(description="Hoe de gemeente het noemt.")
    kenmerk: str
    gemeente: str
    soort: str
    ontvangen_op: Tijdstip


class TerugmeldingUit(Antwoord):
    """Wat de gemeente u terugmeldt; nooit iets over een gezin."""

    id: UUID
    soort: Literal["ontvangen", "besloten"]
    tekst: str
    gemaakt_op: Tijdstip
    gelezen_op: LeegMoment = None


class SignaalUit(Ontvangst):
    """Een eigen signaal met hoe het ermee staat."""

    status: Literal["in-behandeling", "afgesloten"] = Field(
        description="Hoe het wordt gewogen, blijft bij de gemeente."
    )
    terugmeldingen: list[TerugmeldingUit]


class Zoekvraag(Verzoek):
    """Welke eigen signalen u zoekt."""

    kenmerken: list[Kenmerk] = Field(
        default_factory=list,
        max_length=100,
        description="Uw eigen kenmerken; leeg: al uw signalen, nieuwste eerst.",
    )
    gemeente: Gemeentecode | None = _GEMEENTE
    pagina: int = Field(1, ge=1, le=10_000)
    pagina_grootte: int = Field(25, ge=1, le=100)


class Signalen(Antwoord):
    """Een pagina met eigen signalen."""

    resultaten: list[SignaalUit]
    totaal_aantal: None = Field(None, description="Wordt niet geteld: altijd leeg.")
    volgende: int | None = Field(None, description="Nummer van de volgende pagina.")
    vorige: int | None = Field(None, description="Nummer van de vorige pagina.")


class VerwijzingIn(Verzoek):
    """Dat uw organisatie bij een persoon betrokken is; niet waarom."""

    bsn: Nummer = Field(examples=["999990019"])
    gemeente: Gemeentecode | None = _GEMEENTE
    sinds: LegeEersteDag = Field(None, description="Eerste dag; leeg is vandaag.")


class VerwijzingUit(Antwoord):
    """Een eigen verwijzing."""

    id: UUID
    gemeente: str
    sinds: date
    tot: LegeDag = None


class Verwijsvraag(Verzoek):
    """Om wie het gaat."""

    bsn: Nummer = Field(examples=["999990019"])
    gemeente: Gemeentecode | None = _GEMEENTE


class BetrokkenOrganisatie(Antwoord):
    """Hoe u een andere betrokken organisatie bereikt; niet meer dan dat."""

    naam: str
    contactpersoon: str
    telefoon: str
    email: str


class Betrokkenheid(Antwoord):
    """Dat een andere organisatie betrokken is, en sinds wanneer."""

    organisatie: BetrokkenOrganisatie
    sinds: date


class Betrokkenheden(Antwoord):
    """Wie er nog meer betrokken is."""

    resultaten: list[Betrokkenheid]


class SoortUit(Antwoord):
    """Een soort signaal die vandaag gemeld kan worden."""

    code: str
    naam: str
    leefgebied: str
    is_veiligheid: bool = Field(description="Wordt altijd een melding.")


class Soorten(Antwoord):
    """De soorten signalen van vandaag."""

    resultaten: list[SoortUit]
