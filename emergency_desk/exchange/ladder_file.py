"""Reads `ladder.yaml`: who leads which grade, and the waits and defaults of the house."""

from __future__ import annotations

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.ladder import LadderRules
from emergency_desk.exchange.reference_parts import Sources, read_basis
from emergency_desk.exchange.yaml_places import Place


def read_ladder(file: Place, sources: Sources) -> LadderRules:
    """Return the rules of the ladder. Raises BadFile."""
    file.only(required=("answer", "soon", "response", "leads"))
    answer, soon = (file.at(name).only(required=("minutes", "basis")) for name in ("answer", "soon"))
    response = file.at("response").only(required=("expected_hours", "basis"))
    leads = file.at("leads").only(required=("basis", "grades"))
    grades = leads.at("grades").only(required=[grade.value for grade in Grade])
    return LadderRules(
        answer_minutes=answer.at("minutes").whole_number(), answer_basis=read_basis(answer, sources),
        soon_minutes=soon.at("minutes").whole_number(), soon_basis=read_basis(soon, sources),
        expected_hours=response.at("expected_hours").whole_number(), expected_basis=read_basis(response, sources),
        leads=tuple((grade, Tier(grades.at(grade.value).word([tier.value for tier in LADDER]))) for grade in Grade),
        leads_basis=read_basis(leads, sources))
