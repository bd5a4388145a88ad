"""`samenloop demo`: from nothing to the monitor of the fictitious region BMWE.

Each step is skipped when its result is there, so a second start is quick and a
start that was broken off is taken up again.
"""

import io
import os
import sys
from importlib.resources import as_file, files

from samenloop.config import server, voorbereiding
from samenloop.config.achtergrond import Achtergrond
from samenloop.config.voorbereiding import stap
from samenloop.demo.bronnen import server as bronnen

REGIO = "BMWE"
KWARTAAL = "2017Q4"


def main(argv: list[str]) -> int:
    """Load the demo region, make its release and serve the pages."""
    parser = server.parser(
        "demo", "Laadt de verzonnen regio BMWE en toont de monitor in de browser."
    )
    parser.add_argument(
        "--alleen-laden",
        action="store_true",
        help="laad alles en stop, zonder de pagina's te tonen",
    )
    options = parser.parse_args(argv)
    os.environ["SAMENLOOP_DEMO"] = "1"  # the pages say that all persons are invented
    address = None if options.alleen_laden else server.choose_port(options.poort)
    sources = None
    if address is not None and "SAMENLOOP_BRP_URL" not in os.environ:
        sources = server.choose_port(None, bronnen.POORT)
        # Before the settings are read. Who set sources of his own keeps those.
        os.environ.update(bronnen.addresses(sources))
    voorbereiding.prepare()
    load()
    if address is not None:
        beside = Achtergrond()
        if not options.zonder_werker:
            beside.keep("werker")
        if sources is not None:
            beside.keep("bronnen", "--poort", str(sources))
        family = _open_entrance(address)
        server.serve(
            address,
            workers=options.werkers,
            ready=lambda: _show_accounts(family),
            beside=beside,
        )
    return 0


def load() -> None:
    """Records, accounts and the release, as far as they are absent."""
    from django.core.management import call_command

    from samenloop.core import gemeentegrens
    from samenloop.demo.accounts import maak_accounts
    from samenloop.verantwoording.models import Uitgave
    from samenloop.voorzieningen.models import Voorziening

    with stap("Verzonnen regio laden") as step:
        with gemeentegrens.everywhere("demo"):
            loaded = Voorziening.objects.exists()
        if loaded:
            step.note = "stond er al"
            # A start that was broken off may have come just short of these.
            maak_accounts()
        else:
            call_command("demo_laden", verbosity=0)
    with stap("Een jaar van signalen nadoen") as step:
        if _lived():
            step.note = "was al nagedaan"
        else:
            call_command("demo_leven", verbosity=0)
    with stap("Een jaar van berichten met aanbieders nadoen") as step:
        if _exchanged():
            step.note = "was al nagedaan"
        else:
            call_command("demo_berichten", verbosity=0)
    with stap(f"Monitor {KWARTAAL} van {REGIO} berekenen", tells=True) as step:
        if Uitgave.objects.filter(regio=REGIO, kwartaal=KWARTAAL).exists():
            step.note = "was al uitgebracht"
            return
        with as_file(files("samenloop.demo") / "toelichting") as texts:
            call_command(
                "uitgave",
                *("maken", "--regio", REGIO, "--kwartaal", KWARTAAL),
                *("--toelichting", str(texts)),
                stdout=io.StringIO(),
            )


def _lived() -> bool:
    from samenloop.core import gemeentegrens
    from samenloop.signalen.models import Signaal

    with gemeentegrens.everywhere("demo"):
        return Signaal.objects.exists()


def _exchanged() -> bool:
    from samenloop.berichten.verkeer.models import Ketenbericht
    from samenloop.core import gemeentegrens

    with gemeentegrens.everywhere("demo"):
        return Ketenbericht.objects.exists()


def _open_entrance(address: int) -> str:
    """Return how one comes in as somebody of a family, for in the list of accounts."""
    from samenloop.demo import ingang

    paar = ingang.open_one()
    if paar is None:
        return ""
    return (
        "  of als iemand uit een gezin, met de link\n"
        f"    http://{server.HOST}:{address}/uitnodiging/{paar.sleutel}/\n"
        f"    en de code {paar.code}; daarna via /mijn/\n"
    )


def _show_accounts(family: str) -> None:
    from samenloop.demo.accounts import ACCOUNTS

    sys.stdout.write("\nAanmelden kan als (alles is verzonnen):\n")
    for account in ACCOUNTS:
        sys.stdout.write(
            f"  {account.username} met wachtwoord {account.wachtwoord}"
            f" ({account.functie})\n"
        )
    sys.stdout.write(f"{family}\n")
