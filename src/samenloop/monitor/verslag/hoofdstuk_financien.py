"""The chapter on money: budget items per version, and what changed between them."""

from collections.abc import Sequence

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Waarde

from . import grafieken, raster, zinnen_geld
from .grafieken import Reeks
from .lezing import Lezing
from .opmaak import begin_groot, decimalen_van
from .structuur import Cel, Gegevenstabel, Hoofdstuk, Kolom, Onderdeel, Rij, Rijsoort

BEGROTING = "begroting"
VERSCHIL = "verschil"


def bouw(lezing: Lezing) -> Hoofdstuk:
    """Return the chapter on budget items per version, with what changed."""
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(BEGROTING)
    titel = t("Finance")
    if not kubus:
        return Hoofdstuk(
            "financien",
            titel,
            afwezig=lezing.afwezig(BEGROTING),
            toelichting=lezing.toelichting("financien", BEGROTING, niveau=3),
        )
    alle = kubus.waarden("versie")
    versies = [versie for versie in alle if versie != VERSCHIL]
    posten = kubus.waarden("post")
    plaatsen = lezing.met_totaal(kubus.waarden("gemeente"))
    decimalen = decimalen_van(list(kubus.cellen.values()))
    rijen: list[Rij] = []
    for plaats in plaatsen:
        leeg = tuple(Cel("") for _ in alle)
        rijen.append(Rij(lezing.gemeente(plaats), leeg, Rijsoort.GROEP))
        for post in posten:
            waarden = kubus.reeks((plaats, post), [*versies, VERSCHIL][: len(alle)])
            if all(waarde is None for waarde in waarden):
                continue
            rijen.append(
                Rij(
                    lezing.woord(post),
                    _bedragen(lezing, waarden, len(versies), decimalen),
                    Rijsoort.SUB,
                    1,
                )
            )
    wie = TOTAAL if TOTAAL in plaatsen else plaatsen[-1]
    eerste = {post: kubus.w(wie, post, versies[0]) for post in posten}
    laatste = {post: kubus.w(wie, post, versies[-1]) for post in posten}
    verschillen = {post: kubus.w(wie, post, VERSCHIL) for post in posten}
    grafiek = grafieken.liggend(
        "g-begroting",
        t("Budget items, {regio}", regio=lezing.gemeente(wie)),
        t("The table holds the same figures."),
        [lezing.woord(post) for post in posten][:12],
        grafieken.samenvoegen(
            [
                Reeks(versie, tuple(kubus.w(wie, post, versie) for post in posten[:12]))
                for versie in versies
            ],
            t("Other versions"),
        ),
        lambda waarde: op.euro(waarde, decimalen),
        naast=True,
    )
    kolommen = [Kolom(versie) for versie in versies]
    if len(alle) > len(versies):
        kolommen.append(Kolom(lezing.woord(VERSCHIL)))
    onderdeel = Onderdeel(
        BEGROTING,
        t("Budget and outcome"),
        tuple(
            zinnen_geld.begroting(lezing, posten, eerste, laatste, verschillen, versies)
        ),
        grafiek,
        (
            Gegevenstabel(
                "t-begroting",
                begin_groot(lezing.titel(BEGROTING)),
                t("Municipality and item"),
                tuple(kolommen),
                tuple(rijen),
            ),
        ),
        lezing.uitleg(BEGROTING),
        (BEGROTING,),
        lezing.toelichting(BEGROTING),
    )
    return Hoofdstuk(
        "financien",
        titel,
        onderdelen=(onderdeel,),
        toelichting=lezing.toelichting("financien", niveau=3),
    )


def _bedragen(
    lezing: Lezing, waarden: Sequence[Waarde], versies: int, decimalen: int
) -> tuple[Cel, ...]:
    cellen = [
        raster.cel(lezing, waarde, "eurocent", decimalen)
        for waarde in waarden[:versies]
    ]
    cellen += [
        Cel(lezing.op.verschil(waarde, "eurocent", decimalen), waarde)
        for waarde in waarden[versies:]
    ]
    return tuple(cellen)
