"""Tables of this room, by what they are about."""

from samenloop.voorzieningen.toewijzen.models.aanvraag import Aanvraag as Aanvraag
from samenloop.voorzieningen.toewijzen.models.aanvraag import (
    Aanvraagstaat as Aanvraagstaat,
)
from samenloop.voorzieningen.toewijzen.models.aanvraag import Kanaal as Kanaal
from samenloop.voorzieningen.toewijzen.models.aanvraag import Onderzoek as Onderzoek
from samenloop.voorzieningen.toewijzen.models.aanvraag import Uitstel as Uitstel
from samenloop.voorzieningen.toewijzen.models.aanvraag import (
    Uitstelgrond as Uitstelgrond,
)
from samenloop.voorzieningen.toewijzen.models.beschikking import (
    Beschikking as Beschikking,
)
from samenloop.voorzieningen.toewijzen.models.beschikking import (
    Bezwaarzaak as Bezwaarzaak,
)
from samenloop.voorzieningen.toewijzen.models.beschikking import Uitkomst as Uitkomst
from samenloop.voorzieningen.toewijzen.models.beschikking import (
    Vervangreden as Vervangreden,
)
from samenloop.voorzieningen.toewijzen.models.beschikking import Vorm as Vorm
from samenloop.voorzieningen.toewijzen.models.levering import (
    Leveringsmelding as Leveringsmelding,
)
from samenloop.voorzieningen.toewijzen.models.levering import (
    Meldingsoort as Meldingsoort,
)
from samenloop.voorzieningen.toewijzen.models.levering import (
    Zorglevering as Zorglevering,
)
from samenloop.voorzieningen.toewijzen.models.toewijzing import (
    VERWIJDERD as VERWIJDERD,
)
from samenloop.voorzieningen.toewijzen.models.toewijzing import (
    Nummerreeks as Nummerreeks,
)
from samenloop.voorzieningen.toewijzen.models.toewijzing import (
    RedenWijziging as RedenWijziging,
)
from samenloop.voorzieningen.toewijzen.models.toewijzing import (
    Toewijzing as Toewijzing,
)
from samenloop.voorzieningen.toewijzen.models.toewijzing import (
    Toewijzingversie as Toewijzingversie,
)
from samenloop.voorzieningen.toewijzen.models.verstrekking import (
    EigenBijdrage as EigenBijdrage,
)
from samenloop.voorzieningen.toewijzen.models.verstrekking import Pgb as Pgb
from samenloop.voorzieningen.toewijzen.models.verstrekking import Uitvoer as Uitvoer
from samenloop.voorzieningen.toewijzen.models.verstrekking import (
    Uitvoersoort as Uitvoersoort,
)
from samenloop.voorzieningen.toewijzen.models.verzoek import (
    RedenAfwijzing as RedenAfwijzing,
)
from samenloop.voorzieningen.toewijzen.models.verzoek import Regelsoort as Regelsoort
from samenloop.voorzieningen.toewijzen.models.verzoek import Routeregel as Routeregel
from samenloop.voorzieningen.toewijzen.models.verzoek import Verwijzer as Verwijzer
from samenloop.voorzieningen.toewijzen.models.verzoek import Verzoek as Verzoek
from samenloop.voorzieningen.toewijzen.models.verzoek import (
    Verzoekregel as Verzoekregel,
)
from samenloop.voorzieningen.toewijzen.models.verzoek import (
    Verzoeksoort as Verzoeksoort,
)
from samenloop.voorzieningen.toewijzen.models.verzoek import (
    Verzoekstaat as Verzoekstaat,
)
