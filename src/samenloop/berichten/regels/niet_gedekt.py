"""Official codes that no function of ours judges, each with the reason.

Together with the registry this covers the whole list of the standard; a test holds
that no code is in neither, and none in both. What the standard itself works out in
other codes follows from the list and is not repeated here (`dekking`).
"""

LEZER = "Controleniveau 1: de lezer wijst het bericht af volgens het schema."
_AFSPRAAK = "Vraagt een afspraak of overleg tussen gemeente en aanbieder."
_TERMIJN = "Een termijn: die bewaakt het berichtenverkeer, geen bericht breekt haar."
_OORDEEL = "Vraagt het oordeel van een mens."
_BOUW = "Zegt hoe een bericht wordt opgebouwd; zo maken wij het."
_UITLEG = "Uitleg; er valt niets aan te keuren."
_AANBIEDER = "Gaat over wat de aanbieder weet of doet; een ontvanger kan het niet zien."
_UITGANGSPUNT = "Uitgangspunt van de standaard; uitgewerkt in andere regels."
_ONGEBRUIKT = "In versie 3.2 heeft geen enkel element deze grens."
_SCHEMA = "Volgt uit het schema: het element is verplicht of bestaat niet."

REDENEN: dict[str, str] = {
    "RS003": _ONGEBRUIKT,
    "RS039": _ONGEBRUIKT,
    "OP001": _OORDEEL,
    "OP002x1": "Uitzondering op OP002; zo geteld in de functie daarvan.",
    "OP002x2": "Uitzondering op OP002; zo geteld in de functie daarvan.",
    "OP011": _AANBIEDER,
    "OP033x2": "Het schema kent de waarde; CS058 keurt haar af.",
    "OP039": "Staat iets toe; er valt niets aan te keuren.",
    "OP065": "Zo stellen wij de retour op: alleen wie is afgekeurd komt mee.",
    "OP071": "Een nummer van een relatie geven wij uit en wijzigen wij niet.",
    "OP076": _SCHEMA,
    "OP079": _SCHEMA,
    "OP080": "Zo verwerken wij: volgorde van ontvangst heeft geen betekenis.",
    "OP086": _AANBIEDER,
    "OP090": _TERMIJN,
    "OP090x2": "Gebeurt buiten het berichtenverkeer om.",
    "OP090x4": _TERMIJN,
    "OP095": "Zo keuren wij: waar kennis van de afzender telt, telt wat hij kon weten.",
    "OP155": "Uitgewerkt in TR382.",
    "OP179": "De lezer leest niet meer dan 25 MB.",
    "OP186": _AFSPRAAK,
    "OP191": _OORDEEL,
    "OP192": "De lezer wijst af wat geen UTF-8 is of met een BOM begint.",
    "OP254": _SCHEMA,
    "OP258": _BOUW,
    "OP260": _UITLEG,
    "OP261": _AFSPRAAK,
    "OP262": _AFSPRAAK,
    "OP263": _AFSPRAAK,
    "OP264": _AFSPRAAK,
    "OP270": _AFSPRAAK,
    "OP271": _TERMIJN,
    "OP272": _TERMIJN,
    "OP274": _TERMIJN,
    "OP281": "Staat iets toe; er valt niets aan te keuren.",
    "OP295": _AANBIEDER,
    "OP296": _AFSPRAAK,
    "OP298": _AFSPRAAK,
    "OP299": _AFSPRAAK,
    "OP305": _AFSPRAAK,
    "OP306": _AANBIEDER,
    "OP307": _AANBIEDER,
    "OP346": _TERMIJN,
    "OP348": "Uitgewerkt in IV093; de inhoud nemen wij uit het verzoek over.",
    "OP359": _TERMIJN,
    "OP364": "Zo keuren wij: geen regel over een prestatie vraagt naar een start "
    "of stop.",
    "OP366": "Zo verwerken wij: eerst alle creditregels, dan de debetregels.",
    "OP369": _AANBIEDER,
    "OP379": "Staat iets toe; er valt niets aan te keuren.",
    "UP019": _UITGANGSPUNT,
    "UP037": "Een beschikkingnummer geven wij uit; het schema laat het vrij.",
    "IV002": _BOUW,
    "IV007": _BOUW,
    "IV008": "Zo keuren wij: wat het bericht zelf verwijdert, telt niet meer mee.",
    "IV009": "Uitgewerkt in CS139.",
    "IV024": _SCHEMA,
    "IV028": "Zo stellen wij de retour op.",
    "IV032": "Zo stellen wij de retour op.",
    "IV033": "Zo stellen wij de retour op.",
    "IV034": _SCHEMA,
    "IV042": "Uitgewerkt in CS339 en TR341.",
    "IV045": "Uitgewerkt in CS050 en CS318.",
    "IV046": "Uitgewerkt in TR378.",
    "IV047": "Uitgewerkt in TR061.",
    "IV052": "Uitgewerkt in CD043.",
    "IV074": _UITLEG,
    "IV075": "Uitgewerkt in TR339, TR340 en TR381.",
    "IV076": "Zo rekenen wij in TR321 en TR322 (omvang.py).",
    "IV077": "Zo rekenen wij in TR321 en TR322 (omvang.py).",
    "IV078": "Zo rekenen wij in TR321 en TR322 (omvang.py).",
    "IV079": "De aanbieder rondt af; van de minuten ziet de ontvanger niets.",
    "IV081": "Zo rekenen wij in TR346 en TR418 (omvang.py).",
    "IV084": "Uitgewerkt in TR387 en TR388.",
    "IV085": "Zo keuren wij: een creditregel wordt alleen met zijn debet vergeleken.",
    "IV086": "Uitgewerkt in TR316 en TR358.",
    "IV088": "Zo stellen wij het declaratie-antwoord op.",
    "IV089": "Uitgewerkt in TR387 en TR388.",
    "IV090": "Uitgewerkt in TR318 en TR319.",
    "IV091": "Uitgewerkt in TR323.",
    "IV092": "Uitgewerkt in TR349 tot en met TR353, TR357 en TR373.",
    "IV094": _BOUW,
    "IV095": "Uitgewerkt in TR377 en TR409.",
    "IV096": "Zo keuren wij: zonder toewijzingnummer is het taakgericht werk.",
    "IV097": "Uitgewerkt in TR379.",
}
