"""What is said, agreed and written in the cases of the demo region; all invented.

A theme follows from what the signals were about. It holds the goals of a plan in words
as a family could have said them, who does what, and what is talked about on the way.
The texts name nobody of the record.
"""

from dataclasses import dataclass

from samenloop.demo import verhalen
from samenloop.plannen.plan.models.werkplan import Soort


@dataclass(frozen=True, slots=True)
class Afgesproken:
    """Something somebody does: what, who, from and until which week, what it brings."""

    wat: str
    wie: str  # an organisation, "regisseur", "ouder", "oma" or "vrijwilliger"
    soort: Soort
    van: int
    tot: int
    oplevert: str


@dataclass(frozen=True, slots=True)
class Doel:
    """A goal in the words of the family."""

    tekst: str
    voor: str  # "gezin", "ouder" or "kind"
    activiteiten: tuple[Afgesproken, ...]


@dataclass(frozen=True, slots=True)
class Thema:
    """What a case is about."""

    leefgebied: str
    kern: str
    vertelt: str
    goed: str
    anders: str
    doelen: tuple[Doel, ...]
    contacten: tuple[str, ...]
    berichten: tuple[tuple[str, str, str], ...]  # about, to, what


_GELD = Thema(
    "financien",
    "De rekeningen lopen achter sinds het inkomen wisselt. Er is overzicht nodig, en "
    "rust aan tafel.",
    "We maken de post al weken niet meer open. Het geld is op voor de maand om is.",
    "De kinderen gaan elke dag naar school en er wordt samen gegeten.",
    "Elke maand weten wat er binnenkomt en wat er nog moet.",
    (
        Doel(
            "Wij willen elke maand rustig de rekeningen kunnen betalen.", "gezin",
            (
                Afgesproken(
                    "Inkomsten en uitgaven op een rij zetten", "vrijwilliger",
                    Soort.VRIJWILLIGER, 0, 4, "Een overzicht dat klopt",
                ),
                Afgesproken(
                    "Huurachterstand in delen betalen", "ouder", Soort.GEZIN, 2, 30,
                    "Geen ontruiming; elke maand een vast bedrag",
                ),
                Afgesproken(
                    "Regeling met de corporatie vastleggen", verhalen.CORPORATIE,
                    Soort.BEROEPSKRACHT, 1, 6, "Een regeling op papier",
                ),
            ),
        ),
        Doel(
            "Ik wil weer met een gerust hart de post openmaken.", "ouder",
            (
                Afgesproken(
                    "Elke vrijdag samen de post doen", "oma", Soort.NETWERK, 0, 12,
                    "Geen brief blijft dicht",
                ),
                Afgesproken(
                    "Toeslagen nalopen en aanvragen", "regisseur",
                    Soort.BEROEPSKRACHT, 1, 8, "Alle toeslagen die er zijn",
                ),
            ),
        ),
    ),
    (
        "Gebeld over de regeling; de eerste betaling is gedaan.",
        "Huisbezoek: de map met post is op orde, er liggen nog twee brieven.",
        "Gebeld: loonstroken komen deze week.",
        "Langs geweest na een brief van de gemeente; uitgelegd wat erin staat.",
    ),
    (
        ("Eerste betaling", verhalen.CORPORATIE, "De eerste termijn is betaald."),
        ("Uitstel", verhalen.CORPORATIE, "Kan de termijn een week later?"),
    ),
)  # fmt: skip
_SCHOOL = Thema(
    "school",
    "Het kind mist veel lessen omdat het thuis veel zorgt. School en thuis willen "
    "hetzelfde, maar weten het niet van elkaar.",
    "’s Ochtends lukt het niet om iedereen op tijd de deur uit te krijgen.",
    "Op de dagen dat het lukt gaat het goed in de klas.",
    "Weer gewoon elke dag naar school, en iemand die meekijkt in de ochtend.",
    (
        Doel(
            "Ik wil weer gewoon naar school en op voetbal blijven.", "kind",
            (
                Afgesproken(
                    "Elke maandag gesprek met de mentor", verhalen.COLLEGE,
                    Soort.BEROEPSKRACHT, 0, 20, "Verzuim onder vier uur per maand",
                ),
                Afgesproken(
                    "Twee middagen het jongste kind ophalen", "oma", Soort.NETWERK,
                    0, 26, "Vrije middagen",
                ),
                Afgesproken(
                    "Contributie aanvragen bij het kindfonds", "regisseur",
                    Soort.BEROEPSKRACHT, 1, 6, "Spelen na de zomer",
                ),
            ),
        ),
        Doel(
            "Wij willen ’s ochtends zonder ruzie de deur uit.", "gezin",
            (
                Afgesproken(
                    "Avond van tevoren tassen en kleren klaarleggen", "ouder",
                    Soort.GEZIN, 0, 8, "Op tijd weg, drie weken achter elkaar",
                ),
            ),
        ),
    ),
    (
        "Gebeld met school: deze maand twee uur verzuim.",
        "Huisbezoek: de ochtenden gaan beter, de maandag blijft lastig.",
        "Gesproken met de mentor, samen met moeder.",
    ),
    (
        ("Verzuim deze maand", verhalen.COLLEGE, "Twee uur, allebei op maandag."),
        ("Gesprek", verhalen.COLLEGE, "Kan het gesprek donderdag na het derde uur?"),
    ),
)  # fmt: skip
_VEILIG = Thema(
    "veiligheid",
    "Er is ruzie geweest waar een kind bij was. Iedereen wil dat het thuis rustig is; "
    "daarover zijn afspraken nodig die gelden, ook als het spannend wordt.",
    "Het botst vooral als er geldzorgen zijn. We willen niet dat de kinderen dit zien.",
    "Er is familie om de hoek die bijspringt.",
    "Weten wat te doen als het oploopt, en dat ook doen.",
    (
        Doel(
            "Thuis is het veilig, ook als het spannend is.", "gezin",
            (
                Afgesproken(
                    "Veiligheidsafspraken maken en elke twee weken nalopen",
                    verhalen.VEILIG_THUIS, Soort.BEROEPSKRACHT, 0, 26,
                    "Geen nieuw voorval",
                ),
                Afgesproken(
                    "Bij oplopen: een uur naar oma", "ouder", Soort.GEZIN, 0, 26,
                    "Niemand hoeft te schreeuwen",
                ),
                Afgesproken(
                    "Met de kinderen praten over wat zij zagen", "regisseur",
                    Soort.BEROEPSKRACHT, 1, 5, "Kinderen weten bij wie ze kunnen zijn",
                ),
            ),
        ),
    ),
    (
        "Veiligheidsafspraken doorgelopen; geen nieuw voorval.",
        "Gebeld na het weekend: rustig gebleven, wel gespannen.",
        "Huisbezoek, kinderen apart gesproken. Zij waren bij oma toen het opliep.",
    ),
    (
        ("Afspraken", verhalen.VEILIG_THUIS, "De afspraken zijn vandaag doorgelopen."),
    ),
)  # fmt: skip
_ALLEEN = Thema(
    "gezondheid",
    "Na het overlijden van de partner is er weinig over van de week. Het huishouden "
    "lukt, de deur uit gaan niet.",
    "De dagen zijn lang. Ik wil niemand tot last zijn.",
    "Er zijn buren die letten op de gordijnen.",
    "Weer een reden om de deur uit te gaan.",
    (
        Doel(
            "Ik wil twee keer in de week onder de mensen zijn.", "ouder",
            (
                Afgesproken(
                    "Samen naar de koffie in het dorpshuis", "vrijwilliger",
                    Soort.VRIJWILLIGER, 1, 10, "Vaste dag in de week",
                ),
                Afgesproken(
                    "Medicijnen en eten doornemen", verhalen.HUISARTS,
                    Soort.BEROEPSKRACHT, 0, 4, "Weer drie maaltijden per dag",
                ),
            ),
        ),
    ),
    (
        "Koffie in het dorpshuis: twee keer geweest, het beviel.",
        "Gebeld: eet weer warm, slaapt nog slecht.",
    ),
    (("Controle", verhalen.HUISARTS, "De controle is naar volgende week verzet."),),
)  # fmt: skip

THEMAS = {
    "financien": _GELD,
    "wonen": _GELD,
    "werk": _GELD,
    "school": _SCHOOL,
    "opvoeden": _SCHOOL,
    "veiligheid": _VEILIG,
    "gezondheid": _ALLEEN,
    "netwerk": _ALLEEN,
}
KENNISMAKING = "Gebeld en kennisgemaakt; afspraak gemaakt om thuis te praten."
OMA = "oma, woont om de hoek"
VRIJWILLIGER = "vrijwilliger Thuisadministratie"
EERST = "Loonstroken en bankafschriften aanleveren"
DAN = "Aanvraag met deze stukken indienen"
TENSLOTTE = "Met het gezin doornemen wat het opleverde"
OVERLEGVRAAG = "Wie doet wat de komende maand, en wie belt het gezin?"
BESPROKEN = (
    "Iedereen vertelde wat men ziet. Er is één lijn gekozen: eerst rust, dan de rest. "
    "De regisseur belt het gezin vandaag nog over wat is afgesproken."
)
OVERLEGBESLUITEN = (
    "Gezin bellen over wat is besproken",
    "Navragen of de wachttijd korter kan",
)
GROND = "Toestemming van de ouder, gevraagd bij het gesprek thuis"
