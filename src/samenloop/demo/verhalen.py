"""What people report in the demo region: texts and stories, all invented.

A story is a row of signals around one family, each some days after the one before. The
texts name nobody: who it is about stands in the record.
"""

from dataclasses import dataclass

from samenloop.signalen.models import Kanaal


@dataclass(frozen=True, slots=True)
class Bericht:
    """One thing that is reported, by whom and about whom of the family."""

    soort: str
    organisatie: str  # name of one of `organisaties`, or empty for a neighbour
    kanaal: Kanaal
    wie: str  # "ouder", "kind" or "jongste"
    aanleiding: str
    inhoud: str
    dagen: int = 0  # after the one before
    veilig: bool = False  # whether the reporter sees a safety risk


CORPORATIE = "Woonstichting Noordermaar"
SCHOOL = "Basisschool De Zeevonk"
COLLEGE = "Noorderlicht College"
OPVANG = "Kinderopvang De Kleine Wierde"
VEILIG_THUIS = "Veilig Thuis Noord"
ENERGIE = "Waddenstroom Energie"
WATER = "Waterbedrijf Maren"
ZORG = "Zorgverzekeraar Kwelder"
POLITIE = "Politie basisteam Ommelanden"
HUISARTS = "Huisartsenpraktijk Aan de Maar"
BUURT = ""

HUUR = Bericht(
    "huurachterstand", CORPORATIE, Kanaal.BESTAND, "ouder",
    "Huurachterstand van drie maanden",
    "Bedrag en laatste contact staan in de bijlage. Een regeling is niet nagekomen.",
)  # fmt: skip
ENERGIESCHULD = Bericht(
    "energieschuld", ENERGIE, Kanaal.BESTAND, "ouder",
    "Twee termijnen energie niet betaald",
    "Twee herinneringen gestuurd, geen reactie gekregen.",
)  # fmt: skip
WATERSCHULD = Bericht(
    "waterschuld", WATER, Kanaal.BESTAND, "ouder",
    "Rekening drinkwater staat open",
    "Afsluiting is aangekondigd als er niets gebeurt.",
)  # fmt: skip
PREMIE = Bericht(
    "zorgpremie", ZORG, Kanaal.BESTAND, "ouder",
    "Zorgpremie drie maanden niet betaald",
    "Betalingsregeling aangeboden, nog geen antwoord.",
)  # fmt: skip
VERZUIM = Bericht(
    "verzuim", COLLEGE, Kanaal.API, "kind",
    "18 uur verzuim in vier weken",
    "Geen contact met ouders gelukt. De mentor merkt dat de leerling thuis veel zorgt.",
    dagen=34,
)  # fmt: skip
VERZUIM_BASIS = Bericht(
    "verzuim", SCHOOL, Kanaal.PARTNER, "kind",
    "Komt vaak te laat en mist de maandag",
    "Vijf keer in drie weken te laat. Ouder zegt dat het thuis druk is.",
)  # fmt: skip
KLEDING = Bericht(
    "kinderopvang-zorg", OPVANG, Kanaal.PARTNER, "jongste",
    "Komt vaak moe binnen en mist passende kleding",
    "Moeder is open en zoekt zelf naar oplossingen. Wij maken ons zorgen over hoe "
    "lang dit volgehouden wordt.",
    dagen=26,
)  # fmt: skip
RUZIE = Bericht(
    "huiselijk-geweld", VEILIG_THUIS, Kanaal.API, "jongste",
    "Ruzie thuis, politie aan de deur, een kind was erbij",
    "Buren belden zondagavond. Geen letsel gezien. Moeder vertelt dat het door "
    "geldzorgen vaker botst. Zij wil hulp.",
    dagen=20, veilig=True,
)  # fmt: skip
ZORGMELDING = Bericht(
    "zorgmelding-politie", POLITIE, Kanaal.POLITIE, "ouder",
    "Verwarde indruk op straat, naar huis gebracht",
    "Geen strafbaar feit. Er waren kinderen in huis.",
    veilig=True,
)  # fmt: skip
OPVOEDEN = Bericht(
    "opvoedvraag", SCHOOL, Kanaal.PARTNER, "kind",
    "Ouder vraagt hulp bij grenzen stellen",
    "In gesprek met de intern begeleider gezegd. Ouder weet van deze melding.",
)  # fmt: skip
EENZAAM = Bericht(
    "eenzaamheid", BUURT, Kanaal.TELEFOON, "ouder",
    "Buurvrouw belt: de gordijnen blijven al weken dicht",
    "Doet wel open, maar wil niemand binnen. Haalt geen boodschappen meer.",
)  # fmt: skip
OVERLAST = Bericht(
    "woonoverlast", CORPORATIE, Kanaal.EMAIL, "ouder",
    "Klachten over geluid in de nacht",
    "Drie buren meldden het. Gesprek door de wijkbeheerder leverde niets op.",
)  # fmt: skip
GEZOND = Bericht(
    "gezondheid", HUISARTS, Kanaal.TELEFOON, "ouder",
    "Redt het huishouden niet meer na een val",
    "Mantelzorger woont ver weg. Patiënt vindt het goed dat ik bel.",
)  # fmt: skip
WERKLOOS = Bericht(
    "werkverlies", BUURT, Kanaal.BALIE, "ouder",
    "Baan kwijt en weet niet waar te beginnen",
    "Kwam zelf aan de balie. Vraagt naar inkomen en naar schulden.",
)  # fmt: skip
GESTOPT = Bericht(
    "stopzetting-uitkering", BUURT, Kanaal.BALIE, "ouder",
    "Uitkering stopt, nog geen ander inkomen",
    "De aanvraag voor een andere regeling loopt nog.",
)  # fmt: skip
VERWAARLOOSD = Bericht(
    "verwaarlozing", OPVANG, Kanaal.PARTNER, "jongste",
    "Zelfde kleren als vorige week, eet alsof er thuis niets was",
    "Ouder haalt zonder iets te zeggen. Wij schrokken van de luieruitslag.",
    veilig=True,
)  # fmt: skip

# Stories with how often they come up, roughly.
VERHALEN: tuple[tuple[int, tuple[Bericht, ...]], ...] = (
    (34, (HUUR,)),
    (24, (ENERGIESCHULD,)),
    (14, (PREMIE,)),
    (9, (WATERSCHULD,)),
    (16, (VERZUIM_BASIS,)),
    (12, (OPVOEDEN,)),
    (14, (EENZAAM,)),
    (9, (OVERLAST,)),
    (12, (GEZOND,)),
    (6, (WERKLOOS,)),
    (4, (GESTOPT,)),
    (5, (ZORGMELDING,)),
    (3, (VERWAARLOOSD,)),
    (18, (HUUR, ENERGIESCHULD)),
    (12, (HUUR, PREMIE, ENERGIESCHULD)),
    (10, (HUUR, VERZUIM, KLEDING, RUZIE)),
    (8, (ENERGIESCHULD, VERZUIM_BASIS)),
    (10, (OPVOEDEN, VERZUIM_BASIS, KLEDING)),
)
