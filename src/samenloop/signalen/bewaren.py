"""When signals and meldingen are destroyed, and what goes with them.

A loose signal that was closed, and a melding on which nothing was done, end by the
terms of the list (B043, B034 for early signals of debt, B044 for safety). What became
support or a case follows the dossier it became part of, so it is no family here.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import Deel, Familie, Kandidaat, register
from samenloop.core.klok import AMSTERDAM
from samenloop.signalen.models import Signaal, SignaalBetrokkene, Weging

_SIGNAAL = "signaal_id = ANY(%s)"
LOSSE = ("signaal-los", "signaal-schuld")
MELDINGEN = ("melding-niets", "melding-veiligheid")


def van_melding(kolom: str) -> str:
    """Return what finds rows by the meldingen of the signal that a column names."""
    return (
        f"{kolom} IN (SELECT signaal_id FROM signalen_meldingsignaal"  # noqa: S608
        " WHERE melding_id = ANY(%s))"
    )


_LOS = (
    # None has a link when it goes; an older copy that is put back may still have it.
    Deel("signalen_meldingsignaal", _SIGNAAL),
    Deel("signalen_terugmelding", _SIGNAAL),
    Deel("signalen_regelweging", _SIGNAAL),
    Deel("signalen_signaalbetrokkene", _SIGNAAL),
    Deel("signalen_signaal", "id = ANY(%s)"),
)
# The signals are found through their link, so the link goes after what hangs on them;
# the signals themselves can go last by the mark that nothing refers to them any more.
_MELDING = (
    Deel("signalen_wegingconcept", "melding_id = ANY(%s)"),
    Deel("signalen_weging", "melding_id = ANY(%s)"),
    Deel("signalen_terugmelding", van_melding("signaal_id")),
    Deel("signalen_regelweging", van_melding("signaal_id")),
    Deel("signalen_signaalbetrokkene", van_melding("signaal_id")),
    Deel("signalen_signaal", van_melding("id")),
    Deel("signalen_meldingsignaal", "melding_id = ANY(%s)"),
    Deel("signalen_melding", "id = ANY(%s)"),
)


def _loose(*, schuld: bool, veilig: bool) -> Callable[[str], list[Kandidaat]]:
    def candidates(gemeente: str) -> list[Kandidaat]:
        rijen = Signaal.objects.filter(
            gemeente=gemeente,
            status=Signaal.Status.AFGESLOTEN,
            koppeling__isnull=True,
            veiligheidsrisico=veilig,
        )
        rijen = (
            rijen.filter(soort__wet="wgs")
            if schuld
            else rijen.exclude(soort__wet="wgs")
        )
        return _with_persons(
            {
                pk: op.astimezone(AMSTERDAM).date()
                for pk, op in rijen.values_list("pk", "afgesloten_op")
                if op is not None
            }
        )

    return candidates


def _with_persons(sinds: dict[UUID, date]) -> list[Kandidaat]:
    wie: dict[UUID, list[UUID]] = defaultdict(list)
    for signaal, persoon in SignaalBetrokkene.objects.filter(
        signaal__in=sinds, persoon__isnull=False
    ).values_list("signaal", "persoon"):
        wie[signaal].append(persoon)
    return [
        Kandidaat(pk, dag, tuple(wie[pk])) for pk, dag in sorted(sinds.items(), key=str)
    ]


def _nothing_done(*, veilig: bool) -> Callable[[str], list[Kandidaat]]:
    def candidates(gemeente: str) -> list[Kandidaat]:
        laatste: dict[UUID, Weging] = {}
        for weging in Weging.objects.filter(
            melding__gemeente=gemeente,
            melding__status="besloten",
            melding__veiligheid=veilig,
        ).order_by("op"):
            laatste[weging.melding_id] = weging
        sinds = {
            melding: weging.op.astimezone(AMSTERDAM).date()
            for melding, weging in laatste.items()
            if weging.besluit == Weging.Besluit.NIETS
        }
        wie: dict[UUID, list[UUID]] = defaultdict(list)
        for melding, persoon in SignaalBetrokkene.objects.filter(
            signaal__koppeling__melding__in=sinds, persoon__isnull=False
        ).values_list("signaal__koppeling__melding", "persoon"):
            wie[melding].append(persoon)
        return [
            Kandidaat(pk, dag, tuple(wie[pk]))
            for pk, dag in sorted(sinds.items(), key=str)
        ]

    return candidates


def register_families() -> None:
    """Let the destroyer know what this room keeps."""
    for familie in (
        Familie(
            "signaal-los",
            _("Loose signals that were closed"),
            "B043",
            _loose(schuld=False, veilig=False),
            _LOS,
        ),
        Familie(
            "signaal-schuld",
            _("Early signals of debt that were closed"),
            "B034",
            _loose(schuld=True, veilig=False),
            _LOS,
        ),
        Familie(
            "melding-niets",
            _("Meldingen on which nothing was done"),
            "B043",
            _nothing_done(veilig=False),
            _MELDING,
        ),
        Familie(
            "melding-veiligheid",
            _("Meldingen about safety on which nothing was done"),
            "B044",
            _nothing_done(veilig=True),
            _MELDING,
        ),
    ):
        register(familie)
