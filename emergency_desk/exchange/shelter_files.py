"""Reads `shelters.yaml` (the area a person needs by the length of the stay, how often a shelter is inspected) and `sheltering.yaml` (who goes
to which shelter, and what shelters foresee).
"""

from __future__ import annotations

from emergency_desk.domain.shelter_assignment import AssignmentRules
from emergency_desk.domain.shelter_foresight import LEAST_COUNTS, ForesightRules
from emergency_desk.domain.shelters import ShelterRules, Stay, StayRule
from emergency_desk.exchange.reference_parts import Sources, own_sources, read_basis, read_positive, refuse_twice
from emergency_desk.exchange.yaml_places import Place


def read_shelter_rules(file: Place) -> ShelterRules:
    """Return the numbers of shelters. Raises BadFile."""
    file.only(required=("sources", "stays", "inspection"))
    sources = own_sources(file)
    inspection = file.at("inspection").only(required=("every_days", "basis"))
    rows = [(_stay(place, sources), place) for place in file.each("stays")]
    refuse_twice([(rule.stay.value, place) for rule, place in rows])
    return ShelterRules(stays=tuple(sorted((rule for rule, _place in rows), key=lambda rule: rule.days)),
                        inspect_days=inspection.at("every_days").whole_number(), inspect_basis=read_basis(inspection, sources))


def _stay(place: Place, sources: Sources) -> StayRule:
    place.only(required=("stay", "days", "area_per_capita", "basis"))
    return StayRule(place.at("stay").member(Stay), place.at("days").whole_number(), read_positive(place.at("area_per_capita")),
                    read_basis(place, sources))


_ASSIGNMENT = ("reach_minutes", "unplaced_minutes", "unplaced_vulnerable_minutes", "opening_minutes")
_FORESIGHT = ("least_counts", "meals_a_day")


def read_sheltering_rules(file: Place) -> tuple[AssignmentRules, ForesightRules]:
    """Return the numbers of who goes where, and of what is foreseen. Raises BadFile."""
    file.only(required=("sources", "basis", *_ASSIGNMENT, *_FORESIGHT))
    basis, numbers = read_basis(file, own_sources(file)), {name: file.at(name).whole_number() for name in (*_ASSIGNMENT, *_FORESIGHT)}
    if not numbers["reach_minutes"] or not 0 < numbers["unplaced_minutes"] <= numbers["unplaced_vulnerable_minutes"]:
        file.at("unplaced_minutes").wrong("not_rising", "unplaced_minutes")
    if numbers["least_counts"] < LEAST_COUNTS:
        file.at("least_counts").wrong("not_a_number", str(numbers["least_counts"]))
    return (AssignmentRules(basis=basis, **{name: numbers[name] for name in _ASSIGNMENT}),
            ForesightRules(basis=basis, **{name: numbers[name] for name in _FORESIGHT}))
