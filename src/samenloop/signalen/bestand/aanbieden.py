"""What a person does with a file: offer it, say what its columns hold, let it go on.

Nothing is registered before a person has seen what the file would do. Each step goes by
the table in `staten`, under a lock, so two people cannot both take one; and each is in
the log, because a file holds data of many people at once.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import require
from samenloop.access.models import Organisatie
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.signalen.bestand import indeling, lezen, opbergen, staten
from samenloop.signalen.bestand.indeling import Veld
from samenloop.signalen.bestand.models import Invoerbestand, Kolomindeling
from samenloop.signalen.bestand.staten import Stap
from samenloop.signalen.models import Signaalsoort

TE_KEUREN = "signaalbestand-te-keuren"
TE_VERWERKEN = "signaalbestand-te-verwerken"
KORTSTE_REDEN = 15


class RedenOntbreekt(SamenloopFout):
    """A remarkable file goes on only with a reason."""

    melding = _("Write in one or two sentences why this file is right all the same.")


class OngeldigeIndeling(SamenloopFout):
    """The columns as chosen cannot be read."""


def visible_to(actor: Actor) -> QuerySet[Invoerbestand]:
    """Return the files of the municipality, without their content."""
    require(actor, Handeling.SIGNALEN_INLEZEN)
    return (
        Invoerbestand.objects.bare()
        .filter(gemeente_id=actor.gemeente)
        .select_related("organisatie", "soort")
    )


@transaction.atomic
def offer(
    actor: Actor,
    organisatie: Organisatie,
    soort: Signaalsoort,
    naam: str,
    inhoud: bytes,
) -> Invoerbestand:
    """Take a file in hand; its columns are still to be chosen.

    Raises:
        GeenToegang: the actor may not.
        OnleesbaarBestand: it is no list of rows.
    """
    require(actor, Handeling.SIGNALEN_INLEZEN)
    gelezen = lezen.read(inhoud)
    bestand = Invoerbestand.objects.create(
        gemeente_id=actor.gemeente,
        organisatie=organisatie,
        soort=soort,
        naam=naam[-120:],
        vingerafdruk=gelezen.vingerafdruk,
        inhoud=opbergen.lock_up(inhoud),
        codering=gelezen.codering,
        scheiding=gelezen.scheiding,
        kolommen=list(gelezen.kolommen),
        aantal=len(gelezen.rijen),
        geladen_door=actor.account_id or 0,
        geladen_op=klok.now(),
    )
    record(actor, bestand)
    return bestand


def proposal(bestand: Invoerbestand) -> tuple[list[Veld], str]:
    """Return what the columns hold by what was chosen before, else by their names."""
    if bestand.velden:
        return [Veld(veld) for veld in bestand.velden], bestand.aanleiding
    eerder = Kolomindeling.objects.filter(
        gemeente_id=bestand.gemeente_id,
        organisatie_id=bestand.organisatie_id,
        soort_id=bestand.soort_id,
    ).first()
    if eerder is None:
        return indeling.guess(bestand.kolommen), bestand.soort.naam
    bekend = dict(zip(eerder.kolommen, eerder.velden, strict=True))
    geraden = indeling.guess(bestand.kolommen)
    velden = [
        Veld(bekend[kolom]) if kolom in bekend else gok
        for kolom, gok in zip(bestand.kolommen, geraden, strict=True)
    ]
    return velden, eerder.aanleiding


@transaction.atomic
def arrange(
    actor: Actor, bestand: Invoerbestand, velden: Sequence[str], aanleiding: str
) -> None:
    """Say what the columns hold, remember it, and have the file checked.

    Raises:
        OngeldigeIndeling: it does not say whom a row concerns, or says it twice.
        OnmogelijkeStap: the file is past that.
    """
    gekozen = [Veld(veld) for veld in velden]
    if len(gekozen) != len(bestand.kolommen):
        raise OngeldigeIndeling(_("Choose for each column what it holds."))
    if redenen := indeling.wrong(gekozen):
        raise OngeldigeIndeling(" ".join(redenen))
    if not aanleiding.strip() and Veld.AANLEIDING not in gekozen:
        raise OngeldigeIndeling(_("Write what gave rise to these signals."))
    vast = _take(actor, bestand.pk, Stap.KEUREN)
    vast.velden = [str(veld) for veld in gekozen]
    vast.aanleiding = aanleiding.strip()[: indeling.LANGSTE_AANLEIDING]
    vast.save(update_fields=["staat", "velden", "aanleiding"])
    Kolomindeling.objects.update_or_create(
        gemeente_id=vast.gemeente_id,
        organisatie_id=vast.organisatie_id,
        soort_id=vast.soort_id,
        defaults={
            "kolommen": vast.kolommen,
            "velden": vast.velden,
            "aanleiding": vast.aanleiding,
            "bewaard_op": klok.now(),
        },
    )
    gebeurtenissen.record(TE_KEUREN, onderwerp=vast.pk, gemeente=vast.gemeente_id)


@transaction.atomic
def take(actor: Actor, bestand: UUID, stap: Stap, reden: str = "") -> Invoerbestand:
    """Take one of the steps that need nothing but a decision.

    Args:
        reden: why a remarkable file goes on.

    Raises:
        OnmogelijkeStap: not from where the file stands now.
        RedenOntbreekt: a remarkable file without a reason.
    """
    if stap is Stap.BEVESTIGEN and len(reden.strip()) < KORTSTE_REDEN:
        raise RedenOntbreekt
    vast = _take(actor, bestand, stap)
    if stap in (Stap.VERWERKEN, Stap.BEVESTIGEN):
        vast.bevestigd_door = actor.account_id
        vast.bevestigd_op = klok.now()
        vast.bevestigd_reden = reden.strip()[:500] if stap is Stap.BEVESTIGEN else ""
    if stap in (Stap.VERWERKEN, Stap.BEVESTIGEN, Stap.HERVATTEN):
        gebeurtenissen.record(
            TE_VERWERKEN, onderwerp=vast.pk, gemeente=vast.gemeente_id
        )
    if stap is Stap.AFBREKEN:
        put_away(vast)
    if stap is Stap.INDELEN:
        vast.regels.all().delete()
        vast.opvallend = []
        vast.nieuw = vast.dubbel = vast.fout = 0
        vast.bekend = vast.onbekend = vast.zonder_bsn = 0
    vast.save()
    return vast


def put_away(bestand: Invoerbestand) -> None:
    """Forget the content of a file that is not read in, or not further."""
    bestand.inhoud = None
    bestand.regels.filter(staat="nieuw").delete()


def record(
    actor: Actor,
    bestand: Invoerbestand,
    wijze: logboek.Wijze = logboek.Wijze.GEWIJZIGD,
) -> None:
    """Write in the log that somebody did something with the file."""
    logboek.record(
        actor,
        Handeling.SIGNALEN_INLEZEN,
        onderwerp=f"signaalbestand:{bestand.pk}",
        wijze=wijze,
        activiteit="signalen-ontvangen",
    )


def _take(actor: Actor, bestand: UUID, stap: Stap) -> Invoerbestand:
    require(actor, Handeling.SIGNALEN_INLEZEN)
    vast = (
        Invoerbestand.objects.bare()
        .select_for_update()
        .get(pk=bestand, gemeente_id=actor.gemeente)
    )
    vast.staat = staten.step(vast.staat, stap)
    record(actor, vast)
    return vast
