"""Whether two contenders have the same figures: every cell that is not nought."""

from bench.uitslag import Uitslag


def verschillen(een: Uitslag, ander: Uitslag) -> list[str]:
    """Return a line for each table in which the cells differ, with an example."""
    regels = []
    for tabel, cellen in een.tabellen.items():
        links = {cel: float(waarde) for cel, waarde in cellen.items() if waarde}
        rechts = {
            cel: float(waarde)
            for cel, waarde in ander.tabellen.get(tabel, {}).items()
            if waarde
        }
        anders = [
            cel
            for cel in links.keys() | rechts.keys()
            if links.get(cel) != rechts.get(cel)
        ]
        if anders:
            cel = min(anders)
            regels.append(
                f"{tabel}: {len(anders)} cells differ, as {cel}: "
                f"{links.get(cel)} and {rechts.get(cel)}"
            )
    return regels
