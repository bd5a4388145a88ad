"""The last chapter: how far the figures can be trusted, and why.

Status, as-of date and coverage; what was read, accepted and refused, by which rule;
what was accepted with something unknown; where stock and flow do not balance; which
tables are absent; what each table counts.
"""

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Monitor, Status

from . import raster
from .lezing import Lezing
from .structuur import (
    Cel,
    Gegevenstabel,
    Hoofdstuk,
    Kolom,
    Onderdeel,
    Rij,
    Rijsoort,
    Uitleg,
)
from .taal import merk

_STATUS = {
    Status.VOORLOPIG: merk("provisional"),
    Status.HERZIEN: merk("revised"),
    Status.DEFINITIEF: merk("final"),
}
# The tables whose stock and flow are checked against each other.
_STROMEN = ("in-en-uitstroom-voorzieningen", "in-en-uitstroom", "nieuwe-casussen")
# A long list of sums serves nobody; the workbook has all.
_MEESTE_ONBALANS = 50


def status(lezing: Lezing) -> str:
    """Return how final the figures are, in a word."""
    return lezing.t(_STATUS[lezing.monitor.status])


def bekend_op(lezing: Lezing) -> str:
    """Return as of when the figures are."""
    if lezing.monitor.bekend_op is None:
        return lezing.t("everything delivered")
    return lezing.op.datum(lezing.monitor.bekend_op)


def dekking(lezing: Lezing) -> str:
    """Return how many municipalities delivered."""
    alle, er = lezing.monitor.gemeenten, geleverd(lezing.monitor)
    return lezing.t.n(
        "{er} of {n} municipality delivered",
        "{er} of {n} municipalities delivered",
        len(alle),
        er=lezing.op.getal(len(er)),
        n=lezing.op.getal(len(alle)),
    )


def geleverd(monitor: Monitor) -> list[str]:
    """Return the municipalities of the monitor that delivered anything."""
    return [naam for naam in monitor.gemeenten if naam in monitor.geleverd]


def bouw(lezing: Lezing, bekend_afwezig: tuple[str, ...]) -> Hoofdstuk:
    """Return the chapter; `bekend_afwezig` are table ids no other chapter names."""
    t, monitor = lezing.t, lezing.monitor
    feiten = [
        (t("Reference date"), lezing.op.datum(lezing.laatste)),
        (t("Known on"), bekend_op(lezing)),
        (t("Status"), status(lezing)),
        (t("Coverage"), dekking(lezing)),
    ]
    stil = [naam for naam in monitor.gemeenten if naam not in monitor.geleverd]
    if stil and len(stil) < len(monitor.gemeenten):
        feiten.append((t("Did not deliver"), lezing.op.lijst(stil)))
    toelichting = lezing.toelichting("kwaliteit", niveau=3)
    onderdelen = []
    kwaliteit = monitor.kwaliteit
    if kwaliteit.tellingen:
        onderdelen.append(_leveringen(lezing))
    if kwaliteit.onvolledig:
        onderdelen.append(_onvolledig(lezing))
    if monitor.onbalans or any(lezing.kubus(tabel) for tabel in _STROMEN):
        onderdelen.append(_balans(lezing))
    onderdelen.append(_definities(lezing))
    if monitor.invoer:
        onderdelen.append(_invoer(lezing))
    for nummer, (naam, tekst) in enumerate(lezing.overige_toelichting()):
        onderdelen.append(Onderdeel(f"toelichting-{nummer}", naam, toelichting=tekst))
    return Hoofdstuk(
        "kwaliteit",
        t("Quality of the figures"),
        feiten=tuple(feiten),
        onderdelen=tuple(onderdelen),
        afwezig=lezing.afwezig(*bekend_afwezig),
        toelichting=toelichting,
    )


def _leveringen(lezing: Lezing) -> Onderdeel:
    t, op, kwaliteit = lezing.t, lezing.op, lezing.monitor.kwaliteit
    gelezen = sum(telling.gelezen for telling in kwaliteit.tellingen)
    afgekeurd = sum(telling.afgekeurd for telling in kwaliteit.tellingen)
    aanvaard = sum(telling.aanvaard for telling in kwaliteit.tellingen)
    zin = t.n(
        "{n} row was read",
        "{n} rows were read",
        gelezen,
        n=op.getal(gelezen),
    )
    if not afgekeurd:
        zin = t("{zin}; none was refused.", zin=zin)
    else:
        deel = op.procent(100 * afgekeurd / gelezen, 2) if gelezen else ""
        zin = t.n(
            "{zin}; {n} was refused ({deel}).",
            "{zin}; {n} were refused ({deel}).",
            afgekeurd,
            zin=zin,
            n=op.getal(afgekeurd),
            deel=deel,
        )
    rijen = [
        Rij(
            telling.bestand,
            tuple(
                raster.cel(lezing, waarde)
                for waarde in (telling.gelezen, telling.aanvaard, telling.afgekeurd)
            ),
        )
        for telling in kwaliteit.tellingen
    ]
    rijen.append(
        Rij(
            t("Total"),
            tuple(raster.cel(lezing, w) for w in (gelezen, aanvaard, afgekeurd)),
            Rijsoort.TOTAAL,
        )
    )
    tabellen = [
        raster.tabel(
            "t-tellingen",
            t("Rows read, accepted and refused per file"),
            t("File"),
            [t("Read"), t("Accepted"), t("Refused")],
            rijen,
        )
    ]
    if kwaliteit.afkeur:
        tabellen.append(
            Gegevenstabel(
                "t-afkeur",
                t("Why rows were refused"),
                t("File and column"),
                (
                    Kolom(t("Rule"), getal=False),
                    Kolom(t("Reason"), getal=False),
                    Kolom(t("First line")),
                    Kolom(t("Number")),
                ),
                tuple(
                    Rij(
                        f"{afkeur.bestand}: {afkeur.kolom}"
                        if afkeur.kolom
                        else afkeur.bestand,
                        (
                            Cel(afkeur.regel, getal=False),
                            Cel(afkeur.melding, getal=False),
                            raster.cel(lezing, afkeur.eerste_regelnummer),
                            raster.cel(lezing, afkeur.aantal),
                        ),
                    )
                    for afkeur in kwaliteit.afkeur
                ),
            )
        )
    return Onderdeel(
        "leveringen", t("The deliveries"), (zin,), tabellen=tuple(tabellen)
    )


def _onvolledig(lezing: Lezing) -> Onderdeel:
    t = lezing.t
    rijen = [
        Rij(
            f"{gemist.get('bestand', '')}: {gemist.get('kolom', '')}",
            (raster.cel(lezing, gemist.get("aantal")),),
        )
        for gemist in lezing.monitor.kwaliteit.onvolledig
    ]
    return Onderdeel(
        "onvolledig",
        t("Accepted with something unknown"),
        (t("These rows count, but an empty field makes part of them unknown."),),
        tabellen=(
            raster.tabel(
                "t-onvolledig",
                t("Accepted rows with an empty field"),
                t("File and column"),
                [t("Number")],
                rijen,
            ),
        ),
    )


def _balans(lezing: Lezing) -> Onderdeel:
    t, onbalans = lezing.t, lezing.monitor.onbalans
    titel = t("Do stock and flow balance?")
    if not onbalans:
        return Onderdeel(
            "balans",
            titel,
            (
                t(
                    "Yes: in every cell the start plus what came in minus what left "
                    "is the end."
                ),
            ),
        )
    zin = t.n(
        "Not everywhere: {n} cell does not balance.",
        "Not everywhere: {n} cells do not balance.",
        len(onbalans),
        n=lezing.op.getal(len(onbalans)),
    )
    rijen = []
    for rij in onbalans[:_MEESTE_ONBALANS]:
        waarden = (rij.begin, rij.instroom, rij.uitstroom, rij.eind)
        scheef = rij.begin + rij.instroom - rij.uitstroom - rij.eind
        cellen = [raster.cel(lezing, waarde) for waarde in waarden]
        cellen.append(Cel(lezing.op.verschil(scheef), scheef))
        plaats = " · ".join(
            lezing.totaal if deel == TOTAAL else deel for deel in rij.cel
        )
        rijen.append(Rij(f"{lezing.titel(rij.tabel)}: {plaats}", tuple(cellen)))
    koppen = [lezing.woord(maat) for maat in ("begin", "in", "uit", "eind")]
    return Onderdeel(
        "balans",
        titel,
        (zin,),
        tabellen=(
            raster.tabel(
                "t-onbalans",
                t("Cells that do not balance"),
                t("Table and cell"),
                [*koppen, t("difference")],
                rijen,
            ),
        ),
    )


def _definities(lezing: Lezing) -> Onderdeel:
    t = lezing.t
    uitleg = []
    for tabel in lezing.monitor.tabellen.values():
        delen = [lezing.definitie(tabel.id)]
        if tabel.bron:
            delen.append(t("Source: {bron}.", bron=tabel.bron))
        if tabel.periode:
            delen.append(t("Period: {periode}.", periode=lezing.periode(tabel)))
        uitleg.append(
            Uitleg(
                f"{lezing.titel(tabel.id)} ({tabel.id})",
                " ".join(deel for deel in delen if deel),
            )
        )
    return Onderdeel(
        "definities",
        t("What each table counts"),
        (t("Every table has its own file with all its cells."),),
        uitleg=tuple(uitleg),
        downloads=tuple(lezing.monitor.tabellen),
    )


def _invoer(lezing: Lezing) -> Onderdeel:
    t = lezing.t
    return Onderdeel(
        "invoer",
        t("What the figures were made from"),
        (t("The fingerprint (SHA-256) tells whether a file is still the same."),),
        tabellen=(
            Gegevenstabel(
                "t-invoer",
                t("Files and their fingerprint"),
                t("File"),
                (Kolom(t("Fingerprint"), getal=False),),
                tuple(
                    Rij(naam, (Cel(hash_, getal=False),))
                    for naam, hash_ in lezing.monitor.invoer.items()
                ),
            ),
        ),
    )
