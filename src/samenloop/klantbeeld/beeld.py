"""The view as one page shows it: family, domains of life, own dossier.

Everything here is made from lines that the catalogue let through. A domain of life that
is left out says why, and the reasons are different sentences: not asked, no ground,
forbidden, only with consent, not decided by the municipality, no task of one's own; and
for what may be seen: nothing found. What an outside source answers is added by the
pages, source by source, in the card of its domain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils.functional import Promise

from samenloop.access.rollen import Diepte
from samenloop.klantbeeld import eigen, eigen_signalen, gezin
from samenloop.klantbeeld.context import Onderwerp
from samenloop.klantbeeld.gezin import Lidregel
from samenloop.klantbeeld.grondslagen import Grond
from samenloop.klantbeeld.inzage import Inzage, Weggelaten
from samenloop.klantbeeld.models import Inkijk
from samenloop.klantbeeld.schrijven import Regel, Schrijver
from samenloop.klantbeeld.velden import (
    KERN,
    LEEFGEBIEDEN,
    Veld,
    kinds_in,
    of_source,
    sources,
)
from samenloop.personen.beeld import Gezinsbeeld

SIGNALEN = "signalen"
# Of several reasons the one that says most.
_MEEST_GEZEGD = (
    Weggelaten.VERBODEN,
    Weggelaten.TOESTEMMING,
    Weggelaten.NIET_BEVESTIGD,
    Weggelaten.GEEN_TAAK,
)


@dataclass(frozen=True, slots=True)
class Kaart:
    """One domain of life. `uit` is why it is left out as a whole, `deels` in part."""

    code: str
    titel: str | Promise
    regels: tuple[Regel, ...] = ()
    diepte: Diepte | None = None
    uit: Weggelaten | None = None
    deels: Weggelaten | None = None
    gronden: tuple[Grond, ...] = ()
    bronnen: tuple[str, ...] = ()
    meer_met_toestemming: bool = False


@dataclass(frozen=True, slots=True)
class Beeld:
    """What a page shows. `wie` is the person one looks at, None is the whole family."""

    onderwerp: Onderwerp
    inkijk: Inkijk
    familie: Gezinsbeeld
    leden: tuple[Lidregel, ...]
    personen: tuple[UUID, ...]
    inzage: Inzage
    kaarten: tuple[Kaart, ...] = ()
    dossier: Mapping[str, Sequence[Regel]] = field(default_factory=dict)
    wie: UUID | None = None
    namen: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def diepte(self) -> Diepte:
        """The deepest thing on the page; for the log."""
        dieptes = [kaart.diepte for kaart in self.kaarten if kaart.diepte]
        return max(dieptes, key=lambda d: d.rang, default=Diepte.DAT)

    @property
    def grounds(self) -> str:
        """The ids of the grounds it rests on, as far as they fit in the log."""
        ids = sorted({g.id for kaart in self.kaarten for g in kaart.gronden})
        return " ".join(ids[:12])


def make(
    inzage: Inzage,
    inkijk: Inkijk,
    onderwerp: Onderwerp,
    dag: date,
    wie: UUID | None = None,
) -> Beeld:
    """Make the view from our own records; `wie` narrows it to one person."""
    beeld = frame(inzage, inkijk, onderwerp, dag, wie)
    schrijver = Schrijver(inzage)
    nood = inkijk.noodtoegang is not None
    regels = eigen.read(schrijver, beeld.personen)
    gezin_id = inkijk.gezin_id if wie is None else None
    for gebied, deel in eigen_signalen.read(
        schrijver, beeld.personen, gezin_id, nood=nood
    ).items():
        regels[gebied] += deel
    regels["wonen"] = [
        *gezin.housing(
            schrijver, beeld.personen, dag, eigen_taak=onderwerp.has_own_task or nood
        ),
        *regels["wonen"],
    ]
    regels["netwerk"] += gezin.network(schrijver, beeld.familie, beeld.personen)
    kaarten = tuple(
        card(inzage, gebied, tuple(regels.pop(gebied, ())), beeld.personen)
        for gebied in LEEFGEBIEDEN
    )
    return replace(beeld, kaarten=kaarten, dossier=regels)


def frame(
    inzage: Inzage,
    inkijk: Inkijk,
    onderwerp: Onderwerp,
    dag: date,
    wie: UUID | None = None,
) -> Beeld:
    """Return whom the view is about, without any records about them yet."""
    schrijver = Schrijver(inzage)
    familie = gezin.picture_for(schrijver, inkijk.gezin_id, onderwerp, dag)
    leden = gezin.rows(schrijver, familie)
    return Beeld(
        onderwerp=onderwerp,
        inkijk=inkijk,
        familie=familie,
        leden=leden,
        personen=people(onderwerp, familie, wie),
        inzage=inzage,
        wie=wie,
        namen=gezin.names(leden),
    )


def people(
    onderwerp: Onderwerp, familie: Gezinsbeeld, wie: UUID | None
) -> tuple[UUID, ...]:
    """Return about whom records are read: the family as far as it may be seen."""
    zichtbaar = {lid.persoon for lid in familie.leden}
    return tuple(
        persoon
        for persoon in onderwerp.personen
        if persoon in zichtbaar and wie in (None, persoon)
    )


def card(
    inzage: Inzage,
    gebied: str,
    regels: tuple[Regel, ...],
    personen: tuple[UUID, ...],
) -> Kaart:
    """Return a domain of life: its lines and depth, or why it is left out.

    Signals may show in a domain of which the rest is closed; then the card says both.
    """
    titel = LEEFGEBIEDEN[gebied]
    wie = inzage.different(personen)
    open_ = [
        (wat, persoon)
        for wat in kinds_in(gebied)
        for persoon in wie
        if inzage.allows(wat, persoon)
    ]
    inhoud = [wat for wat, _ in open_ if wat.categorie != SIGNALEN]
    reden = _why(inzage, gebied, wie)
    if reden is not None and not regels and not inhoud:
        return Kaart(gebied, titel, uit=reden)
    dieptes = [
        *(regel.diepte for regel in regels),
        *(wat.diepte for wat in inhoud),
        *filter(None, [inzage.depth(KERN[gebied], persoon) for persoon in wie]),
    ]
    return Kaart(
        code=gebied,
        titel=titel,
        regels=regels,
        diepte=max(dieptes, key=lambda d: d.rang, default=Diepte.DAT),
        deels=reden,
        gronden=_grounds(inzage, open_),
        bronnen=tuple(
            bron for bron in sources() if of_source(bron)[0].leefgebied == gebied
        ),
        meer_met_toestemming=any(
            inzage.about(KERN[gebied], persoon).met_toestemming is not None
            for persoon in wie
        ),
    )


def _grounds(inzage: Inzage, open_: Sequence[tuple[Veld, UUID]]) -> tuple[Grond, ...]:
    gronden: dict[str, Grond] = {}
    for wat, persoon in open_:
        for grond in inzage.about(wat.categorie, persoon).gronden:
            gronden[grond.id] = grond
    return tuple(gronden[naam] for naam in sorted(gronden))


def _why(inzage: Inzage, gebied: str, personen: tuple[UUID, ...]) -> Weggelaten | None:
    """Return why the core of a domain is closed; None when it is open for anyone."""
    if not inzage.asked(gebied):
        return Weggelaten.NIET_GEVRAAGD
    kern = [wat for wat in kinds_in(gebied) if wat.categorie == KERN[gebied]]
    if not kern:
        # Without fields of its own (health, justice): what the grounds say of it.
        gezegd = inzage.about(KERN[gebied], personen[0] if personen else None)
        if any(grond.is_verbod for grond in gezegd.gronden):
            return Weggelaten.VERBODEN
        if not gezegd.mag:
            return Weggelaten.GEEN_GROND
        return None if inzage.plafond else Weggelaten.GEEN_TAAK
    redenen = [
        inzage.why_not(wat, persoon) for wat in kern for persoon in personen or (None,)
    ]
    if None in redenen:
        return None
    return next(
        (eerst for eerst in _MEEST_GEZEGD if eerst in redenen), Weggelaten.GEEN_GROND
    )
