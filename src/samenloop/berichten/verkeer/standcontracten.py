"""What was agreed with providers, as the rules ask it; of several in one statement."""

from collections.abc import Collection

from samenloop.berichten.regels.stand import StandContractproduct
from samenloop.voorzieningen.inkoop.models import Contractproduct


def products(
    gemeente: str, met: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[StandContractproduct]]:
    """Return the products in the contracts under these laws with these providers."""
    uit: dict[tuple[str, str], list[StandContractproduct]] = {each: [] for each in met}
    if not uit:
        return uit
    for each in (
        Contractproduct.objects.filter(
            contract__wet__in={wet for wet, _ in met},
            contract__aanbieder__agb__in={agb for _, agb in met},
            contract__gemeenten__contains=[gemeente],
        )
        .exclude(code="")
        .select_related("contract__aanbieder")
    ):
        sleutel = (each.contract.wet, each.contract.aanbieder.agb)
        if sleutel in uit:
            uit[sleutel].append(
                StandContractproduct(
                    categorie=each.categorie,
                    code=each.code,
                    eenheid=each.tarief_eenheid or each.eenheid or None,
                    tarief=each.tarief,
                    ingang=each.ingang,
                    eind=each.eind,
                )
            )
    return uit
