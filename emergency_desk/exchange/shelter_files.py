"""Reads `shelters.yaml`: the area a person needs by the length of the stay, and how often a shelter is inspected."""

from __future__ import annotations

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
