"""Weighing and deciding: complete, once, by who has it assigned, and what follows."""

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen
from samenloop.regie.models import Casus
from samenloop.signalen import meldingen, wegen
from samenloop.signalen.fouten import AlBesloten, VeiligheidBlijft
from samenloop.signalen.models import (
    Melding,
    Signaal,
    Terugmelding,
    Weegtermijn,
    Weging,
)
from samenloop.signalen.ontvangst import Melder
from tests.signalen.maken import melding_van, persoon, signaal, werker

pytestmark = pytest.mark.django_db

WEGER = werker(Rol.REGISSEUR, account=7)
ANDER = werker(Rol.REGISSEUR, account=8)


def besluit(wat: str = "enkelvoudig", **anders: object) -> wegen.Besluit:
    gegeven = {
        "noodzaak": "ja",
        "noodzaak_waarom": "Uit de signalen alleen is het niet te zien.",
        "proportionaliteit": "ja",
        "proportionaliteit_waarom": "Alleen wonen en schulden.",
        "subsidiariteit": "lichtste",
        "subsidiariteit_waarom": "Bellen lukte niet.",
        "besluit": wat,
    }
    return wegen.Besluit(**{**gegeven, **anders})  # type: ignore[arg-type]


def melding(**anders: object) -> Melding:
    """A melding about safety that WEGER weighs."""
    gemaakt = melding_van(signaal(persoon(), veiligheidsrisico=True, **anders).pk)
    assert gemaakt is not None
    return meldingen.assign(gemaakt, 7, actor=werker(Rol.TEAMLEIDER, account=9))


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"noodzaak": ""}, "noodzaak"),
        ({"noodzaak_waarom": "  "}, "noodzaak_waarom"),
        ({"proportionaliteit": ""}, "proportionaliteit"),
        ({"proportionaliteit_waarom": ""}, "proportionaliteit_waarom"),
        ({"subsidiariteit": ""}, "subsidiariteit"),
        ({"subsidiariteit_waarom": ""}, "subsidiariteit_waarom"),
        ({"besluit": ""}, "besluit"),
        ({"besluit": "niets"}, "reden"),
        ({"besluit": "casus"}, "regisseur"),
    ],
)
def test_each_answer_and_reason_is_needed(anders: dict[str, str], veld: str) -> None:
    wat = melding()
    with pytest.raises(wegen.OnvolledigeWeging) as fout:
        wegen.decide(wat, besluit(**anders), actor=WEGER)
    assert set(fout.value.velden) == {veld}
    wat.refresh_from_db()
    assert wat.status != Melding.Status.BESLOTEN


def test_complete_weighing_decides_and_closes_the_signals() -> None:
    wat = melding()
    wegen.decide(wat, besluit("niets", reden="Al opgelost."), actor=WEGER)
    wat.refresh_from_db()
    gemaakt = Signaal.objects.get()
    assert wat.status == Melding.Status.BESLOTEN
    assert gemaakt.status == Signaal.Status.AFGESLOTEN
    assert gemaakt.afgesloten_op == wat.besloten_op


def test_only_who_it_is_assigned_to_decides() -> None:
    with pytest.raises(GeenToegang):
        wegen.decide(melding(), besluit(), actor=ANDER)
    assert not Weging.objects.exists()


def test_a_melding_is_decided_once() -> None:
    wat = melding()
    wegen.decide(wat, besluit(), actor=WEGER)
    with pytest.raises(AlBesloten):
        wegen.decide(wat, besluit("veilig_thuis"), actor=WEGER)
    with pytest.raises(AlBesloten):
        meldingen.assign(wat, 8, actor=werker(Rol.TEAMLEIDER))


def test_nothing_leads_out_of_a_decision() -> None:
    assert wegen.STAPPEN[Melding.Status.BESLOTEN] == frozenset()


@pytest.mark.parametrize("wat", ["update", "delete"])
def test_a_weighing_is_never_changed(wat: str) -> None:
    wegen.decide(melding(), besluit(), actor=WEGER)
    rijen = Weging.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rijen.update(reden="anders") if wat == "update" else rijen.delete()


def test_case_is_opened_once_by_the_event() -> None:
    wat = melding()
    wegen.decide(wat, besluit("casus", regisseur=8), actor=WEGER)
    assert not Casus.objects.exists()
    gebeurtenissen.handle_pending()
    gebeurtenissen.handle_pending()
    assert Casus.objects.get().betrokkene_id == wat.betrokkene_id


@pytest.mark.parametrize("wat", ["niets", "veilig_thuis"])
def test_other_decisions_open_no_case(wat: str) -> None:
    wegen.decide(melding(), besluit(wat, reden="Geen hulp nodig."), actor=WEGER)
    gebeurtenissen.handle_pending()
    assert not Casus.objects.exists()


def test_no_case_about_nobody() -> None:
    gemaakt = melding_van(signaal("Man met hond", veiligheidsrisico=True).pk)
    assert gemaakt is not None
    meldingen.assign(gemaakt, 7, actor=werker(Rol.TEAMLEIDER, account=9))
    gemaakt.refresh_from_db()
    with pytest.raises(wegen.OnvolledigeWeging) as fout:
        wegen.decide(gemaakt, besluit("casus", regisseur=7), actor=WEGER)
    assert "besluit" in fout.value.velden


@pytest.mark.parametrize(
    ("tekst", "mag"),
    [
        ("Wij gaan aan de slag.", True),
        ("Wij helpen mevrouw Postma.", False),
        ("wij helpen POSTMA!", False),
    ],
)
def test_word_back_never_names_the_family(tekst: str, mag: bool) -> None:
    wat = melding()
    if mag:
        wegen.decide(wat, besluit(terugmelding=tekst), actor=WEGER)
        assert Terugmelding.objects.get(soort="besloten").tekst == tekst
    else:
        with pytest.raises(wegen.OnvolledigeWeging):
            wegen.decide(wat, besluit(terugmelding=tekst), actor=WEGER)


def test_word_back_is_the_same_whatever_was_decided() -> None:
    teksten = set()
    for wat in ("enkelvoudig", "veilig_thuis"):
        keuze = melding()
        wegen.decide(keuze, besluit(wat), actor=WEGER)
        teksten.add(
            Terugmelding.objects.get(
                soort="besloten", signaal__koppeling__melding=keuze
            ).tekst
        )
    assert len(teksten) == 1


def test_reporter_by_email_hears_twice_and_reads_nothing_of_the_family() -> None:
    wat = melding(melder=Melder(naam="J. Smit", contact="smit@voorbeeld.nl"))
    gebeurtenissen.handle_pending()
    wegen.decide(wat, besluit(), actor=WEGER)
    gebeurtenissen.handle_pending()
    gebeurtenissen.handle_pending()
    assert len(mail.outbox) == 2
    for bericht in mail.outbox:
        assert bericht.to == ["smit@voorbeeld.nl"]
        assert "Postma" not in f"{bericht.subject} {bericht.body}"
        assert "Zag het kind" not in bericht.body


def test_signals_about_safety_or_alone_stay_in_their_melding() -> None:
    wat = melding()
    veilig = Signaal.objects.get()
    los = signaal()
    with pytest.raises(VeiligheidBlijft):
        meldingen.unlink(veilig, actor=WEGER)
    meldingen.link(wat, los, actor=WEGER)
    with pytest.raises(VeiligheidBlijft):
        meldingen.unlink(veilig, actor=WEGER)
    meldingen.unlink(los, actor=WEGER)
    los.refresh_from_db()
    assert los.status == Signaal.Status.GEWOGEN


def test_linking_is_for_who_weighs_the_melding() -> None:
    with pytest.raises(GeenToegang):
        meldingen.link(melding(), signaal(), actor=ANDER)


def test_a_signal_is_in_one_melding_only() -> None:
    eerste, tweede = melding(), melding()
    los = signaal()
    meldingen.link(eerste, los, actor=WEGER)
    with pytest.raises(AlBesloten):
        meldingen.link(tweede, los, actor=WEGER)


def test_loose_signals_that_led_to_nothing_are_closed_and_safety_never() -> None:
    with time_machine.travel("2026-01-05T09:00:00+01:00", tick=False):
        los, veilig = signaal(), signaal(veiligheidsrisico=True)
        gebeurtenissen.handle_pending()
    with time_machine.travel("2026-04-04T09:00:00+02:00", tick=False):
        assert wegen.close_untouched() == 0
    with time_machine.travel("2026-04-06T09:00:00+02:00", tick=False):
        assert wegen.close_untouched() == 1
    los.refresh_from_db()
    veilig.refresh_from_db()
    assert (los.status, veilig.status) == ("afgesloten", "in_melding")


@time_machine.travel("2026-04-02T10:00:00+02:00", tick=False)  # before Easter
def test_terms_count_hours_for_safety_and_working_days_otherwise() -> None:
    veilig = melding()
    gewoon = meldingen.make(signaal(), gewicht=40)
    assert str(veilig.weeg_voor.isoformat())[:13] == "2026-04-03T08"
    # Good Friday, the weekend and Easter Monday do not count.
    assert gewoon.weeg_voor.date().isoformat() == "2026-04-13"


def test_a_municipality_sets_its_own_terms() -> None:
    Weegtermijn.objects.create(gemeente="GM1651", veiligheid_uren=4, werkdagen=1)
    wat = melding()
    assert (wat.weeg_voor - wat.ontstaan_op).total_seconds() == 4 * 3600
