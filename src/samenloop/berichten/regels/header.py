"""Rules on the header: who sends, to whom, when, and whether it came before."""

from datetime import date

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.product import begin
from samenloop.berichten.regels.register import regel
from samenloop.berichten.standaard.codelijsten import GEMEENTEN, lijst

_HEEN = "301,305,307,315,317,319,323,325"


@regel(
    "TR056",
    "Een bericht met deze identificatie is al eerder ontvangen. Geef een nieuw bericht "
    "een nieuwe identificatie.",
    f"{_HEEN} Header/BerichtIdentificatie: Identificatie",
    niveau=3,
    retourcode="9056",
)
def nieuw_bericht(identificatie: Velden, grond: Grond) -> bool:
    """Per kind and sender an identification is used once."""
    return grond.stand.identificatie_bekend(
        grond.wet, grond.nummer, grond.afzender, identificatie["Identificatie"]
    )


@regel(
    "TR135",
    "De dagtekening ligt in de toekomst. Stuur het bericht op of na die dag.",
    f"{_HEEN} Header/BerichtIdentificatie: Dagtekening",
    "325 Header/DeclaratieIdentificatie: Dagtekening",
    niveau=4,
    retourcode="8848",
    stand=False,
)
def niet_in_toekomst(identificatie: Velden, grond: Grond) -> bool:
    """No message is written tomorrow."""
    return bool(identificatie["Dagtekening"] > grond.vandaag)


@regel(
    "TR378",
    "Deze gemeentecode staat niet in de lijst van het CBS. Controleer de code.",
    "301,319,325 Header: Afzender",
    "305,307,315,317,323 Header: Ontvanger",
    "319 Antwoord/Woonplaatsbeginsel: Gemeente",
    niveau=4,
    retourcode="S300",
    stand=False,
)
def gemeente_bestaat(deel: Velden, grond: Grond) -> bool:
    """A municipality that merged counts for allocations that began before."""
    code = deel.get("Gemeente", grond.gemeente)
    stand = grond.stand_of_niets
    if stand is not None and stand.gemeente_bestaat(code, grond.dagtekening):
        # Who we are ourselves we know better than any list.
        return False
    gevonden = lijst(GEMEENTEN).get(code)
    if gevonden is None:
        return True
    dagen = _dagen(grond)
    if dagen is None:
        return gevonden.ingang is not None and gevonden.ingang > grond.dagtekening
    return not any(map(gevonden.geldt, dagen))


def _dagen(grond: Grond) -> list[date] | None:
    """The days on one of which the code has to hold.

    None where the message does not say when its allocation began: then a code that
    has ended is still good, since nobody is refused on what a message cannot hold.
    """
    client = grond.bericht.inhoud.get("Client", {})
    producten: list[Velden] = [
        *client.get("ToegewezenProducten", {}).get("ToegewezenProduct", []),
        *client.get("AangevraagdeProducten", {}).get("AangevraagdProduct", []),
        *client.get("StartProducten", {}).get("StartProduct", []),
        *client.get("StopProducten", {}).get("StopProduct", []),
    ]
    dagen = [begin(each, None) for each in producten]
    bekend = [dag for dag in dagen if dag is not None]
    if not dagen or len(bekend) < len(dagen):
        return None
    return [grond.dagtekening, *bekend]
