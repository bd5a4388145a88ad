"""Names as skewed as Dutch ones are: the common ones first in each list."""


def words(text: str) -> list[str]:
    return text.split()


ACHTERNAMEN = words(
    "jong jansen vries berg bakker dijk visser janssen smit meijer boer mulder groot "
    "bos vos peters hendriks leeuwen dekker brink haan jacobs maas schouten dam linden "
    "wit koster kuipers veen prins blom vermeulen beek vliet hoekstra scholten wal "
    "willems post kok hermans heuvel bosch kramer sanders bruin mol kuiper evers "
    "janse janszen jansma jongsma vriesema bergsma dijkstra postma wiersma hofstra"
)
STAMMEN = words(
    "aa bel brou dor eek fok gel haver iep jager kloos lin meer noor oost peel quak "
    "rie sla til uil vel wester zand brem dooren els groene hagen kei land nij olde"
)
UITGANGEN = words(
    "sma stra man huis veld mans ink kamp horst berg brink dijk meer huizen wijk loo "
    "ing inga ema boom beek hof daal poort werf zijl broek hout stein vink"
)
VOORNAMEN = words(
    "jan maria johannes anna cornelis johanna hendrik elisabeth willem cornelia pieter "
    "wilhelmina gerrit hendrika jacob margaretha peter catharina adriana dirk sanne "
    "thomas emma daan julia sem lotte lucas eva milan sophie levi fleur bram noor "
    "mohammed fatima ali ayse mehmet youssef nora samira kevin kim bart ilse jeroen "
    "marieke sander jesse lieke janneke jantje janine jannes jantina hans els wim"
)
TUSSEN = ("", "", "", "", "", "", "de", "van", "van de", "van den", "van der", "ter")


def words_of(soort: str) -> list[str]:
    """Return the names of a kind: surnames (a), what stands before (t), first (v)."""
    if soort == "a":
        return [*ACHTERNAMEN, *(s + u for s in STAMMEN for u in UITGANGEN)]
    return list(TUSSEN if soort == "t" else VOORNAMEN)
