"""Weighing a new signal by the rules in force, in the background.

The signal is on record already, and for a safety risk so is its melding; here the rules
only add: a weight, labels, a link to what is open around the gezin. A set of rules that
cannot be applied holds nothing up: the signal is then weighed at zero, the failure is
on record, and a professional still finds it in the list.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from samenloop.core import gebeurtenissen, klok
from samenloop.core.models import Gebeurtenis
from samenloop.signalen import feiten, meldingen
from samenloop.signalen.models import Melding, MeldingSignaal, Regelweging, Signaal
from samenloop.signalen.ontvangst import ONTVANGEN
from samenloop.signalen.regels import in_werking
from samenloop.signalen.regels.motor import Uitkomst, Uitslag, weigh

GEWOGEN = "signaal-gewogen"


@gebeurtenissen.handles_together(ONTVANGEN)
def weigh_received(ontvangen: Sequence[Gebeurtenis]) -> None:
    """Weigh the signals that came in."""
    weigh_signals(
        [gebeurtenis.onderwerp for gebeurtenis in ontvangen], ontvangen[0].gemeente
    )


@transaction.atomic
def weigh_signals(signaal_ids: Sequence[UUID], gemeente: str) -> None:
    """Weigh signals of a municipality by its rules of today; do what follows from it.

    Each is weighed as if alone: what is known around it is of its own moment.

    Raises:
        LookupError: one is not there, or not within the border.
    """
    # One at a time: a second weighing waits and adds its own.
    signalen = list(
        Signaal.objects.select_for_update()
        .filter(pk__in=signaal_ids, gemeente=gemeente)
        .order_by("ontvangen_op", "id")
    )
    if len(signalen) != len(set(signaal_ids)):
        raise LookupError("a signal is not there")
    regels = in_werking.in_force(gemeente)
    beelden = feiten.collect([signaal.pk for signaal in signalen], regels.regels)
    uitslagen = [weigh(beeld, regels.regels, regels.drempel) for beeld in beelden]
    samen = list(zip(signalen, uitslagen, strict=True))
    nu = klok.now()
    Regelweging.objects.bulk_create(
        Regelweging(
            signaal=signaal,
            gewogen_op=nu,
            gewicht=uitslag.gewicht,
            drempel=regels.drempel,
            veiligheid=signaal.veiligheidsrisico,
            uitkomst=uitslag.uitkomst.value,
            niet_gekeken=[gemist.as_json() for gemist in uitslag.niet_gekeken],
            treffers=[treffer.as_json() for treffer in uitslag.treffers],
        )
        for signaal, uitslag in samen
    )
    for signaal, uitslag in samen:
        signaal.gewicht = uitslag.gewicht
        if signaal.status == Signaal.Status.NIEUW:
            signaal.status = Signaal.Status.GEWOGEN
    Signaal.objects.bulk_update(signalen, ["gewicht", "status"])
    gekoppeld = set(
        MeldingSignaal.objects.filter(signaal__in=signalen).values_list(
            "signaal", flat=True
        )
    )
    for signaal, uitslag in samen:
        if uitslag.uitkomst is Uitkomst.MELDING or signaal.pk in gekoppeld:
            _follow(signaal, uitslag)
    gebeurtenissen.record_all(
        GEWOGEN, onderwerpen=[signaal.pk for signaal in signalen], gemeente=gemeente
    )


def _follow(signaal: Signaal, uitslag: Uitslag) -> None:
    """Make or join a melding where the outcome asks for one."""
    koppeling = getattr(signaal, "koppeling", None)
    if koppeling is not None:
        meldingen.raise_weight(koppeling.melding, uitslag.gewicht)
        melding: Melding | None = koppeling.melding
    elif uitslag.uitkomst is Uitkomst.MELDING and signaal.status != "afgesloten":
        melding = _open_to_join(signaal, uitslag)
        if melding is None:
            melding = meldingen.make(
                signaal,
                gewicht=uitslag.gewicht,
                veiligheid=signaal.veiligheidsrisico,
            )
        else:
            meldingen.join(
                melding,
                signaal,
                gewicht=uitslag.gewicht,
                veiligheid=signaal.veiligheidsrisico,
            )
    else:
        melding = None
    if melding is not None and uitslag.koppelt:
        _bring_together(melding, signaal, uitslag)


def _open_to_join(signaal: Signaal, uitslag: Uitslag) -> Melding | None:
    """Return the open melding of the gezin, where a rule links and the ground allows.

    A melding whose signals may not be looked at together with this one stays apart.
    """
    if not uitslag.koppelt:
        return None
    mag = set(feiten.linkable(signaal.pk, uitslag.koppelt_over_wetten))
    for melding in meldingen.open_of(signaal).select_for_update():
        erin = set(melding.koppelingen.values_list("signaal", flat=True))
        if erin and erin <= mag:
            return melding
    return None


def _bring_together(melding: Melding, signaal: Signaal, uitslag: Uitslag) -> None:
    """Link loose signals of the gezin that the rule with its ground may see."""
    los = (
        Signaal.objects.select_for_update(of=("self",))
        .filter(
            pk__in=feiten.linkable(signaal.pk, uitslag.koppelt_over_wetten),
            koppeling__isnull=True,
        )
        .exclude(status=Signaal.Status.AFGESLOTEN)
        .order_by("ontvangen_op", "id")
    )
    for ander in los:
        meldingen.join(
            melding,
            ander,
            gewicht=ander.gewicht or 0,
            veiligheid=ander.veiligheidsrisico,
        )
