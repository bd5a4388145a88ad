"""How fast a large invoice is judged, beside what lxml needs to only parse the file.

`python -m bench.berichten [--json]` writes a 323 of 25 MB (some 35,000 lines of clients
that do not exist), and measures each way in a process of its own: parsing with lxml
alone, reading with our reader, and judging at all levels against what we hold of every
line. Memory is the peak of the process, the file included.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.persoon import elfproef
from samenloop.berichten.regels.stand import StandContractproduct, StandToewijzing

GROOTTE = 25_000_000
PER_CLIENT = 3
EERSTE = 10_000_000  # number of the first allocation
VANDAAG = date(2026, 5, 6)
AANBIEDER, GEMEENTE = "65656055", "0014"

_KOP = """<?xml version="1.0" encoding="UTF-8"?>
<wmo323:Bericht xmlns:wmo323="http://www.istandaarden.nl/iwmo/3_2/wmo323/schema" \
xmlns:iwmo="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema">
<wmo323:Header><wmo323:BerichtCode>484</wmo323:BerichtCode>\
<wmo323:BerichtVersie>3</wmo323:BerichtVersie>\
<wmo323:BerichtSubversie>2</wmo323:BerichtSubversie>\
<wmo323:Afzender>65656055</wmo323:Afzender><wmo323:Ontvanger>0014</wmo323:Ontvanger>\
<wmo323:BerichtIdentificatie><iwmo:Identificatie>B1</iwmo:Identificatie>\
<iwmo:Dagtekening>2026-05-06</iwmo:Dagtekening></wmo323:BerichtIdentificatie>\
<wmo323:XsdVersie><iwmo:BasisschemaXsdVersie>1.0.0</iwmo:BasisschemaXsdVersie>\
<iwmo:BerichtXsdVersie>1.0.0</iwmo:BerichtXsdVersie></wmo323:XsdVersie></wmo323:Header>
<wmo323:Declaratie><wmo323:DeclaratieNummer>DN001</wmo323:DeclaratieNummer>\
<wmo323:DeclaratiePeriode><iwmo:Begindatum>2026-04-01</iwmo:Begindatum>\
<iwmo:Einddatum>2026-04-30</iwmo:Einddatum></wmo323:DeclaratiePeriode>\
<wmo323:DeclaratieDagtekening>2026-05-06</wmo323:DeclaratieDagtekening>\
<wmo323:TotaalIngediendBedrag><iwmo:TotaalBedrag>{totaal}</iwmo:TotaalBedrag>\
<iwmo:DebetCredit>D</iwmo:DebetCredit></wmo323:TotaalIngediendBedrag><wmo323:Clienten>
"""
_PRESTATIE = """<wmo323:Prestatie>
<wmo323:ProductReferentie><iwmo:ReferentieNummer>P{nummer}</iwmo:ReferentieNummer>\
</wmo323:ProductReferentie>
<wmo323:ToewijzingNummer>{nummer}</wmo323:ToewijzingNummer>
<wmo323:ProductCategorie>02</wmo323:ProductCategorie>
<wmo323:ProductCode>{code}</wmo323:ProductCode>
<wmo323:ProductPeriode><iwmo:Begindatum>2026-04-01</iwmo:Begindatum>\
<iwmo:Einddatum>2026-04-30</iwmo:Einddatum></wmo323:ProductPeriode>
<wmo323:GeleverdVolume>{volume}</wmo323:GeleverdVolume>
<wmo323:Eenheid>04</wmo323:Eenheid>
<wmo323:ProductTarief>6250</wmo323:ProductTarief>
<wmo323:IngediendBedrag><iwmo:Bedrag>{bedrag}</iwmo:Bedrag>\
<iwmo:DebetCredit>D</iwmo:DebetCredit></wmo323:IngediendBedrag>
</wmo323:Prestatie>
"""
_VOET = "</wmo323:Clienten></wmo323:Declaratie></wmo323:Bericht>\n"


def volume(nummer: int) -> int:
    """The hours of a line."""
    return 1 + nummer % 12


def bsns() -> list[str]:
    """Numbers in the range that belongs to nobody; they come again after 90,909."""
    return [f"9999{n:05d}" for n in range(100_000) if elfproef(f"9999{n:05d}")]


def schrijf(
    pad: Path, grootte: int = GROOTTE, codes: Sequence[str] = ("02A03",)
) -> int:
    """Write an invoice of about this size; the number of lines.

    There are fewer numbers in the range than lines, so clients have several; the lines
    of one go along the `codes`.
    """
    eerste = _PRESTATIE.format(nummer=EERSTE, volume=10, bedrag=62500, code=codes[0])
    regels = (grootte - 2_000) // (len(eerste) + 27)
    per_client = max(PER_CLIENT, -(-regels // len(bsns())))
    delen = []
    nummer = EERSTE
    for bsn in bsns():
        if nummer - EERSTE >= regels:
            break
        delen.append(
            f"<wmo323:Client><wmo323:Bsn>{bsn}</wmo323:Bsn><wmo323:Prestaties>"
        )
        for n in range(min(per_client, EERSTE + regels - nummer)):
            uren = volume(nummer)
            delen.append(
                _PRESTATIE.format(
                    nummer=nummer,
                    volume=uren,
                    bedrag=uren * 6250,
                    code=codes[n % len(codes)],
                )
            )
            nummer += 1
        delen.append("</wmo323:Prestaties></wmo323:Client>\n")
    totaal = sum(volume(n) * 6250 for n in range(EERSTE, nummer))
    pad.write_text(_KOP.format(totaal=totaal) + "".join(delen) + _VOET, "utf-8")
    return nummer - EERSTE


def stand(regels: int) -> GeheugenStand:
    """All that is held: an allocation per line, and the contract."""
    per_client = max(PER_CLIENT, -(-regels // len(bsns())))
    alle = bsns()
    return GeheugenStand(
        alle_toewijzingen=[
            StandToewijzing(
                nummer=EERSTE + n,
                bsn=alle[n // per_client],
                aanbieder=AANBIEDER,
                ingang=date(2026, 1, 1),
                eind=date(2026, 12, 31),
                categorie="02",
                code="02A03",
                volume=4,
                eenheid="04",
                frequentie="2",
            )
            for n in range(regels)
        ],
        contract=[StandContractproduct("02", "02A03", "04", 6250)],
    )


def _meet(wat: str, pad: Path, regels: int) -> dict[str, Any]:
    """One way, in this process."""
    if wat == "lxml":
        from lxml import etree

        begin, cpu = time.perf_counter(), time.process_time()
        etree.parse(str(pad))
    elif wat == "lezen":
        from samenloop.berichten.standaard.lezen import lees

        with pad.open("rb") as bron:
            begin, cpu = time.perf_counter(), time.process_time()
            lees(bron)
    else:
        from samenloop.berichten.regels import alle_regels
        from samenloop.berichten.regels.keuren import keur

        alle_regels()
        gehouden = stand(regels) if wat == "alles" else None
        with pad.open("rb") as bron:
            begin, cpu = time.perf_counter(), time.process_time()
            oordeel = keur(bron, stand=gehouden, vandaag=VANDAAG)
        assert oordeel.oordeel == "goedgekeurd", oordeel.fouten[:3]
    return {
        "wat": wat,
        "seconden": time.perf_counter() - begin,
        "rekentijd": time.process_time() - cpu,
        "piek_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


NAMEN = {
    "lxml": "lxml leest alleen",
    "lezen": "Samenloop leest (niveau 1)",
    "zonder": "Samenloop keurt zonder stand",
    "alles": "Samenloop keurt op alle niveaus",
}


def main() -> None:
    """Measure each way three times, and keep the best."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--een", nargs=3, help=argparse.SUPPRESS)
    gekozen = parser.parse_args()
    if gekozen.een:
        wat, pad, regels = gekozen.een
        print(json.dumps(_meet(wat, Path(pad), int(regels))))
        return
    uitkomsten = []
    with TemporaryDirectory() as map_:
        pad = Path(map_) / "323.xml"
        regels = schrijf(pad)
        megabytes = pad.stat().st_size / 1e6
        for wat in NAMEN:
            keren = [
                json.loads(
                    subprocess.run(
                        [
                            sys.executable,
                            "-m",
                            "bench.berichten",
                            "--een",
                            wat,
                            pad,
                            str(regels),
                        ],
                        check=True,
                        capture_output=True,
                        text=True,
                    ).stdout
                )
                for _ in range(3)
            ]
            uitkomsten.append(min(keren, key=lambda each: each["rekentijd"]))
    if gekozen.json:
        print(json.dumps({"regels": regels, "mb": megabytes, "uit": uitkomsten}))
        return
    print(f"{regels} prestaties, {megabytes:.1f} MB\n")
    print("| wat | seconden | rekentijd | keer lxml | piek MB |")
    print("|---|--:|--:|--:|--:|")
    basis = uitkomsten[0]["rekentijd"]
    for each in uitkomsten:
        print(
            f"| {NAMEN[each['wat']]} | {each['seconden']:.2f} | "
            f"{each['rekentijd']:.2f} | {each['rekentijd'] / basis:.1f} | "
            f"{each['piek_mb']:.0f} |"
        )


if __name__ == "__main__":
    main()
