"""The plan goes with the dossier it belongs to."""

from samenloop.access.bewaren.families import Deel, add_part

_PLANNEN = "plan_id IN (SELECT id FROM plan_plan WHERE dossier_id = ANY(%s))"
_DOELEN = f"doelstelling_id IN (SELECT id FROM plan_doelstelling WHERE {_PLANNEN})"  # noqa: S608
_VERSIES = f"versie_id IN (SELECT id FROM plan_planversie WHERE {_PLANNEN})"  # noqa: S608
# In the order in which they can go.
_DELEN = (
    Deel("plan_doelresultaat", _DOELEN),
    Deel("plan_evaluatie", _PLANNEN),
    Deel("plan_handtekening", _VERSIES),
    Deel("plan_planversie", _PLANNEN),
    Deel("plan_tekstvariant", _PLANNEN),
    Deel("plan_aanwezigheid", _PLANNEN),
    Deel("plan_activiteit", _DOELEN),
    Deel("plan_afspraak", _PLANNEN),
    Deel("plan_doelstelling", _PLANNEN),
    Deel("plan_plan", "dossier_id = ANY(%s)"),
)


def register_parts() -> None:
    """Let the tables of the plan go with the family of a dossier."""
    for deel in _DELEN:
        add_part("dossier", deel)
