"""Weighing a new signal by the rules in force, in the background.

The signal is on record already, and for a safety risk so is its melding; here the rules
only add: a weight, labels, a link to what is open around the gezin. A set of rules that
cannot be applied holds nothing up: the signal is then weighed at zero, the failure is
on record, and a professional still finds it in the list.
"""

from uuid import UUID

from django.db import transaction

from samenloop.core import gebeurtenissen, klok
from samenloop.core.models import Gebeurtenis
from samenloop.signalen import feiten, meldingen
from samenloop.signalen.models import Melding, Regelweging, Signaal
from samenloop.signalen.ontvangst import ONTVANGEN
from samenloop.signalen.regels import in_werking
from samenloop.signalen.regels.motor import Uitkomst, Uitslag, weigh

GEWOGEN = "signaal-gewogen"


@gebeurtenissen.handles(ONTVANGEN)
def weigh_received(gebeurtenis: Gebeurtenis) -> None:
    """Weigh the signal that came in."""
    weigh_signal(gebeurtenis.onderwerp)


def weigh_signal(signaal_id: UUID) -> Regelweging:
    """Weigh one signal by the rules of today and do what follows from it.

    Raises:
        Signaal.DoesNotExist: it is not there, or not within the border.
    """
    with transaction.atomic():
        # One at a time: a second weighing waits and adds its own.
        signaal = Signaal.objects.select_for_update().get(pk=signaal_id)
        regels = in_werking.in_force(signaal.gemeente_id)
        (beeld,) = feiten.collect([signaal.pk], regels.regels)
        uitslag = weigh(beeld, regels.regels, regels.drempel)
        weging = Regelweging.objects.create(
            signaal=signaal,
            gewogen_op=klok.now(),
            gewicht=uitslag.gewicht,
            drempel=regels.drempel,
            veiligheid=signaal.veiligheidsrisico,
            uitkomst=uitslag.uitkomst.value,
            niet_gekeken=[gemist.as_json() for gemist in uitslag.niet_gekeken],
            treffers=[treffer.as_json() for treffer in uitslag.treffers],
        )
        signaal.gewicht = uitslag.gewicht
        if signaal.status == Signaal.Status.NIEUW:
            signaal.status = Signaal.Status.GEWOGEN
        signaal.save(update_fields=["gewicht", "status"])
        _follow(signaal, uitslag)
        gebeurtenissen.record(
            GEWOGEN, onderwerp=signaal.pk, gemeente=signaal.gemeente_id
        )
    return weging


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
