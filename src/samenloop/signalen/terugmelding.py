"""Word back to the reporter: that a signal came in, and that it was decided.

Never anything about the family: not whether there is a case, not who helps. What the
reporter hears is the same for every outcome but the name of the office, so nothing can
be read from it (VISD 4.3.3, requirement B6).
"""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import override

from samenloop.core import gebeurtenissen, klok, opdrachten
from samenloop.signalen.models import Kanaal, Signaal, Terugmelding

TE_VERSTUREN = "terugmelding-te-versturen"

_ONTVANGEN = """
INSERT INTO signalen_terugmelding (id, signaal_id, tekst, soort, wijze, gemaakt_op)
SELECT t.id, t.signaal, %s, %s, t.wijze, %s
  FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) t (id, signaal, wijze)
"""
_SOORT = Terugmelding.Soort
_WIJZE = Terugmelding.Wijze
# Which way back a channel has by itself; the others depend on how one can be reached.
_TERUG = {Kanaal.PARTNER: _WIJZE.PARTNER, Kanaal.API: _WIJZE.API}


def way_back(signaal: Signaal) -> str:
    """Return how this reporter hears it: by their own channel, else as they said."""
    if signaal.kanaal in _TERUG:
        return _TERUG[Kanaal(signaal.kanaal)]
    if signaal.organisatie_id and signaal.kanaal == Kanaal.BESTAND:
        return _WIJZE.PARTNER
    if "@" in signaal.melder_contact:
        return _WIJZE.EMAIL
    return _WIJZE.TELEFOON if signaal.melder_contact else _WIJZE.BRIEF


def standard_text(soort: str) -> str:
    """Return what a reporter hears, in Dutch: that is the language of the letter."""
    with override("nl"):
        if soort == _SOORT.ONTVANGEN:
            return _(
                "Thank you for your signal. We received it and will weigh it. You hear "
                "from us when that is done. We tell you nothing about its content; the "
                "law does not allow that."
            )
        return _(
            "Thank you for your signal. We weighed it and did what is needed. We tell "
            "you nothing about its content; the law does not allow that. If you are "
            "worried again, let us know."
        )


def received(signalen: Iterable[Signaal]) -> None:
    """Say that new signals came in, where the reporter wants word back."""
    gewenst = [signaal for signaal in signalen if signaal.terugkoppeling_gewenst]
    if not gewenst:
        return
    sleutels = [uuid4() for _ in gewenst]
    wijzen = [str(way_back(signaal)) for signaal in gewenst]
    opdrachten.write(
        {"teruggemeld": _ONTVANGEN},
        [
            standard_text(_SOORT.ONTVANGEN),
            _SOORT.ONTVANGEN.value,
            klok.now(),
            sleutels,
            [signaal.pk for signaal in gewenst],
            wijzen,
        ],
    )
    for sleutel, signaal, wijze in zip(sleutels, gewenst, wijzen, strict=True):
        _send(sleutel, wijze, signaal.gemeente_id)


def decided(signalen: Iterable[Signaal], tekst: str = "") -> list[Terugmelding]:
    """Say to each reporter that it was decided; nobody hears it twice."""
    tekst = tekst.strip() or standard_text(_SOORT.BESLOTEN)
    gemaakt = (_write(signaal, _SOORT.BESLOTEN, tekst) for signaal in signalen)
    return [terugmelding for terugmelding in gemaakt if terugmelding]


def mark_read(terugmelding: UUID) -> None:
    """Note that it reached the reporter, the first time."""
    Terugmelding.objects.filter(pk=terugmelding, gelezen_op__isnull=True).update(
        gelezen_op=klok.now()
    )


def _write(signaal: Signaal, soort: str, tekst: str) -> Terugmelding | None:
    if not signaal.terugkoppeling_gewenst:
        return None
    terugmelding, is_nieuw = Terugmelding.objects.get_or_create(
        signaal=signaal,
        soort=soort,
        defaults={
            "tekst": tekst,
            "wijze": way_back(signaal),
            "gemaakt_op": klok.now(),
        },
    )
    if is_nieuw:
        _send(terugmelding.pk, terugmelding.wijze, signaal.gemeente_id)
    return terugmelding if is_nieuw else None


def _send(terugmelding: UUID, wijze: str, gemeente: str) -> None:
    """Let a job send it, where it goes by e-mail."""
    if wijze == _WIJZE.EMAIL:
        gebeurtenissen.record(TE_VERSTUREN, onderwerp=terugmelding, gemeente=gemeente)
