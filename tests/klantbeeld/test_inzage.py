"""What one opening lets its reader see, for every field of the catalogue."""

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.access.doelen import DOELEN
from samenloop.access.rollen import Diepte
from samenloop.klantbeeld.inzage import Inzage
from samenloop.klantbeeld.velden import (
    CATEGORIEEN,
    LEEFGEBIEDEN,
    kinds_in,
    kinds_of,
    of_source,
    sources,
    velden,
)
from tests.klantbeeld.test_grondslagen import ALLES_BEVESTIGD, acteurs

WIE = UUID(int=1)


@settings(max_examples=100, deadline=None)
@given(
    inzage=st.builds(
        Inzage,
        acteurs,
        st.sampled_from(sorted(DOELEN)),
        st.sampled_from([None, *Diepte]),
        st.frozensets(st.sampled_from(sorted(LEEFGEBIEDEN))),
        st.sampled_from([frozenset(), ALLES_BEVESTIGD]),
        toestemming=st.fixed_dictionaries(
            {WIE: st.frozensets(st.sampled_from(sorted(CATEGORIEEN)))}
        ),
    )
)
def test_one_field_of_a_kind_speaks_for_all_of_that_kind(inzage: Inzage) -> None:
    groepen = [
        *(
            ([w for w in velden().values() if w.leefgebied == gebied], kinds_in(gebied))
            for gebied in LEEFGEBIEDEN
        ),
        *((of_source(bron), kinds_of(bron)) for bron in sources()),
    ]
    for allen, soorten in groepen:
        assert {
            (wat.diepte, wat.categorie, inzage.why_not(wat, WIE)) for wat in allen
        } == {(wat.diepte, wat.categorie, inzage.why_not(wat, WIE)) for wat in soorten}
