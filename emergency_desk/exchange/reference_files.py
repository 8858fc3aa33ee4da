"""The reference files: capabilities, incident types, grading tables, near-miss, report clocks, travel, likeness of calls.

What each file says is told in `resources/reference/README.md`. Every number names its source; a slip raises BadFile with file and line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.duplicates import LikenessSettings
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.grading import (
    Criterion,
    FurtherCriterion,
    GradingTable,
    NearMissCircumstance,
    NearMissLimit,
    NearMissRule,
    TableKind,
)
from emergency_desk.domain.incident_types import AddedNeed, IncidentType, Phrase, phrase
from emergency_desk.domain.incidents import Figures, Grade, IncidentClass, Production
from emergency_desk.domain.reference import Reference
from emergency_desk.domain.reporting import Channel, ClockStart, ReportClocks, ReportRule
from emergency_desk.domain.travel import SpeedBand, TravelSettings
from emergency_desk.exchange.calendar_files import read_superseded, read_working_days
from emergency_desk.exchange.drill_files import read_drill_rules
from emergency_desk.exchange.drill_term_files import read_drill_terms
from emergency_desk.exchange.ladder_file import read_ladder
from emergency_desk.exchange.outline_files import read_outlines
from emergency_desk.exchange.plan_life_file import read_plan_life
from emergency_desk.exchange.reference_parts import (
    Sources,
    read_basis,
    read_names,
    read_number,
    read_positive,
    read_sources,
    read_text,
    read_yes,
    refuse_twice,
)
from emergency_desk.exchange.shelter_files import read_shelter_rules, read_sheltering_rules
from emergency_desk.exchange.stock_files import read_allocation_rules, read_catalogue, read_stock_rules
from emergency_desk.exchange.yaml_places import Place, open_text

FILES = ("sources", "capabilities", "incident_types", "grading", "near_miss", "deadlines", "travel", "duplicates", "ladder",
         "working_days", "superseded", "plan_life", "supply_catalogue", "stock", "allocation", "plan_outlines",
         "shelters", "sheltering", "drills", "drill_terms")
_ID = r"[a-z][a-z0-9_]{0,39}"
_FIGURES = tuple(field.name for field in fields(Figures))
_POINTS = ("distance", "same_road", "same_number", "same_words", "same_area", "other_road", "same_type", "kin_type", "other_type", "recent")


def read_reference(folder: Path) -> Reference:
    """Read the reference files of a folder. Raises BadFile."""
    return read_reference_texts({name: _read(folder / f"{name}.yaml") for name in FILES})


def read_reference_texts(texts: Mapping[str, str]) -> Reference:
    """Read the reference files from their texts, by name without ending. Raises BadFile."""
    for name in FILES:
        if name not in texts:
            raise BadFile(name=f"{name}.yaml", reason="missing", line=0, detail="")
    files = {name: open_text(texts[name], f"{name}.yaml") for name in FILES}
    sources = read_sources(files["sources"])
    capabilities = _capabilities(files["capabilities"])
    grading = _grading(files["grading"], sources)
    reader = _Types({one.id for one in capabilities}, {table.id for table in grading})
    types, added = reader.read(files["incident_types"])
    assigning, foresight = read_sheltering_rules(files["sheltering"])
    return Reference(
        capabilities=capabilities, types=types, added_needs=added, grading=grading, near_miss=_near_miss(files["near_miss"], sources),
        clocks=_clocks(files["deadlines"], sources), travel=_travel(files["travel"], sources),
        likeness=_likeness(files["duplicates"], sources), ladder=read_ladder(files["ladder"], sources),
        working_days=read_working_days(files["working_days"]), superseded=read_superseded(files["superseded"]),
        outlines=read_outlines(files["plan_outlines"]),
        catalogue=read_catalogue(files["supply_catalogue"]), stock=read_stock_rules(files["stock"]),
        allocation=read_allocation_rules(files["allocation"]),
        plan_life=read_plan_life(files["plan_life"]), shelters=read_shelter_rules(files["shelters"]),
        assigning=assigning, foresight=foresight, drills=read_drill_rules(files["drills"]),
        drill_terms=read_drill_terms(files["drill_terms"]),
    )


def read_report_clocks(texts: Mapping[str, str]) -> ReportClocks:
    """Read the report clocks alone, of which only the sources are asked; other tables need not be there. Raises BadFile."""
    sources = read_sources(open_text(texts["sources"], "sources.yaml"))
    return _clocks(open_text(texts["deadlines"], "deadlines.yaml"), sources)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="missing", line=0, detail="") from error
    except UnicodeDecodeError as error:
        raise BadFile(name=path.name, reason="encoding", line=0, detail="UTF-8") from error


def _capabilities(file: Place) -> tuple[Capability, ...]:
    places = list(file.only(required=("capabilities",)).each("capabilities"))
    read = tuple(_capability(place) for place in places)
    refuse_twice([(one.id, place) for one, place in zip(read, places, strict=True)])
    return read


def _capability(place: Place) -> Capability:
    place.only("words", required=("id", "zh", "en"))
    return Capability(id=place.at("id").matching(_ID, "not_an_id"), name=read_text(place), words=read_names(place, "words"))


# -- grading ----------------------------------------------------------------------------------------------------------
def _grading(file: Place, sources: Sources) -> tuple[GradingTable, ...]:
    places = list(file.only(required=("tables",)).each("tables"))
    read = tuple(_table(place, sources) for place in places)
    refuse_twice([(one.id, place) for one, place in zip(read, places, strict=True)])
    return read


def _table(place: Place, sources: Sources) -> GradingTable:
    place.only("missing_as_dead", "criteria", "further", "grade_words", required=("id", "zh", "en", "kind", "basis"))
    kind = place.at("kind").member(TableKind)
    if (kind is TableKind.NUMBERS) != place.has("criteria"):
        place.wrong("missing_key" if kind is TableKind.NUMBERS else "unknown_key", "criteria")
    criteria = place.at("criteria") if place.has("criteria") else None
    words = place.at("grade_words") if place.has("grade_words") else None
    return GradingTable(
        id=place.at("id").matching(_ID, "not_an_id"), name=read_text(place), kind=kind, basis=read_basis(place, sources),
        criteria=tuple(_criterion(criteria, figure) for figure in criteria.only(*_FIGURES).mapping()) if criteria else (),
        counts_missing_as_dead=read_yes(place.at("missing_as_dead")) if place.has("missing_as_dead") else False,
        further=tuple(FurtherCriterion(grade=one.at("grade").member(Grade), says=read_text(one)) for one in place.each("further")),
        grade_words=tuple((grade, words.at(grade.value).text()) for grade in Grade) if words else (),
    )


def _criterion(criteria: Place, figure: str) -> Criterion:
    place = criteria.at(figure)
    upper = [grade for grade in Grade if grade is not Grade.ORDINARY]
    least = tuple((grade, read_number(place.only(required=[one.value for one in upper]).at(grade.value))) for grade in upper)
    numbers = [number for _grade, number in least]
    if numbers != sorted(set(numbers), reverse=True) or numbers[-1] <= 0:
        place.wrong("not_falling", figure)
    return Criterion(figure=figure, least=least)


def _near_miss(file: Place, sources: Sources) -> NearMissRule:
    file.only(required=("basis", "limits", "circumstances"))
    limits = []
    for place in file.each("limits"):
        place.only(required=("id", "figures", "least", "zh", "en"))
        limits.append(NearMissLimit(id=place.at("id").matching(_ID, "not_an_id"), figures=read_names(place, "figures", _FIGURES),
                                    least=place.at("least").whole_number(), says=read_text(place)))
    circumstances = tuple(NearMissCircumstance(id=place.only(required=("id", "zh", "en")).at("id").matching(_ID, "not_an_id"),
                                               says=read_text(place)) for place in file.each("circumstances"))
    return NearMissRule(basis=read_basis(file, sources), limits=tuple(limits), circumstances=circumstances)


# -- report clocks ----------------------------------------------------------------------------------------------------
def _clocks(file: Place, sources: Sources) -> ReportClocks:
    receipt = file.only("at_once", required=("receipt", "rules")).at("receipt").only(required=("minutes", "basis"))
    places = list(file.each("rules"))
    rules = tuple(_report_rule(place, sources) for place in places)
    refuse_twice([(one.id, place) for one, place in zip(rules, places, strict=True)])
    clocks = ReportClocks(receipt_minutes=receipt.at("minutes").whole_number(), receipt_basis=read_basis(receipt, sources), rules=rules)
    if not file.has("at_once"):  # tables kept before there was one
        return clocks
    at_once = file.at("at_once").only(required=("minutes", "basis"))
    return replace(clocks, at_once_minutes=at_once.at("minutes").whole_number(), at_once_basis=read_basis(at_once, sources))


def _report_rule(place: Place, sources: Sources) -> ReportRule:
    place.only("grades", "types", "times_a_day", "within_days", "due_at", required=(
        "id", "row", "profile", "law", "for", "from", "to", "channel", "clock", "minutes", "zh", "en", "basis"))
    return ReportRule(
        id=place.at("id").string(), row=place.at("row").matching("D[0-9]{1,2}", "not_an_id"), profile=place.at("profile").string(),
        says=read_text(place), applies_to=place.at("for").string(), sender=place.at("from").string(), receiver=place.at("to").string(),
        channel=place.at("channel").member(Channel), clock_start=place.at("clock").member(ClockStart), is_law=read_yes(place.at("law")),
        basis=read_basis(place, sources), grades=tuple(one.member(Grade) for one in place.each("grades")), types=read_names(place, "types"),
        minutes=_optional_count(place, "minutes"), times_a_day=_optional_count(place, "times_a_day"),
        within_days=_optional_count(place, "within_days"),
        due_clock=tuple(one.matching("[0-2][0-9]:[0-5][0-9]", "not_a_clock_time") for one in place.each("due_at")),
    )


def _optional_count(place: Place, key: str) -> int | None:
    if not place.has(key) or not place.at(key).string(may_be_empty=True):
        return None
    return place.at(key).whole_number()


# -- house settings ---------------------------------------------------------------------------------------------------
def _travel(file: Place, sources: Sources) -> TravelSettings:
    file.only("in_force_from", required=("basis", "road_factor", "least_minutes", "bands"))
    bands = tuple(_band(place) for place in file.each("bands"))
    ends = [band.up_to_road_km for band in bands]
    known = [end for end in ends[:-1] if end is not None]
    if not bands or ends[-1] is not None or len(known) != len(ends) - 1 or known != sorted(set(known)):
        file.at("bands").wrong("not_rising", "up_to_road_km")
    return TravelSettings(road_factor=read_positive(file.at("road_factor")), bands=bands, least_minutes=file.at("least_minutes").whole_number(),
                          basis=read_basis(file, sources))


def _band(place: Place) -> SpeedBand:
    place.only(required=("up_to_road_km", "km_per_hour"))
    end = place.at("up_to_road_km")
    return SpeedBand(up_to_road_km=read_positive(end) if end.string(may_be_empty=True) else None,
                     km_per_hour=read_positive(place.at("km_per_hour")))


def _likeness(file: Place, sources: Sources) -> LikenessSettings:
    counts = ("near_m", "far_m", "window_minutes", "recent_minutes", "least_score", "most_shown", "least_shared_words")
    file.only("in_force_from", required=("basis", "points", *counts))
    points = file.at("points").only(required=_POINTS)
    read = {name: file.at(name).whole_number() for name in counts}
    for least, most in (("near_m", "far_m"), ("recent_minutes", "window_minutes")):
        if read[least] >= read[most]:
            file.at(most).wrong("not_rising", most)
    return LikenessSettings(points={name: int(read_number(points.at(name))) for name in _POINTS}, basis=read_basis(file, sources), **read)


# -- incident types ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Types:
    """Reads incident types against the capabilities and grading tables that are known."""

    capabilities: Collection[str]
    tables: Collection[str]

    def read(self, file: Place) -> tuple[tuple[IncidentType, ...], tuple[AddedNeed, ...]]:
        file.only("in_force_from", "added_needs", required=("basis", "weights", "types"))
        weights = {name: file.at("weights").at(name).whole_number() for name in file.at("weights").mapping()}
        places = list(file.each("types"))
        ids = [place.at("id").matching(_ID, "not_an_id") for place in places]
        refuse_twice(list(zip(ids, places, strict=True)))
        types = tuple(self._type(place, weights, ids) for place in places)
        return types, tuple(self._added(place, ids) for place in file.each("added_needs"))

    def _type(self, place: Place, weights: Mapping[str, int], ids: Collection[str]) -> IncidentType:
        place.only("kin", "needs", "words", required=("id", "zh", "en", "class", "grading", "production"))
        return IncidentType(
            id=place.at("id").string(), name=read_text(place), incident_class=place.at("class").member(IncidentClass),
            grading_table=place.at("grading").word(self.tables), production=place.at("production").member(Production),
            needs=self._needs(place.at("needs")) if place.has("needs") else (), kin=read_names(place, "kin", ids),
            phrases=_phrases(place.at("words"), weights) if place.has("words") else (),
        )

    def _needs(self, place: Place) -> tuple[tuple[str, int], ...]:
        place.only(*self.capabilities)
        return tuple((name, place.at(name).whole_number()) for name in place.mapping())

    def _added(self, place: Place, ids: Collection[str]) -> AddedNeed:
        place.only(required=("capability", "teams", "types", "words"))
        return AddedNeed(capability=place.at("capability").word(self.capabilities), teams=place.at("teams").whole_number(),
                         types=read_names(place, "types", ids), words=read_names(place, "words"))


def _phrases(place: Place, weights: Mapping[str, int]) -> tuple[Phrase, ...]:
    """Read the words of a type; the strongest of words given twice counts."""
    found: dict[str, Phrase] = {}
    for strength in place.only(*weights).mapping():
        for one in place.each(strength):
            read = phrase(one.string(), weights[strength])
            if not all(read.parts):
                one.wrong("empty", read.say)
            if read.say in found:
                one.wrong("duplicate", read.say)
            found[read.say] = read
    return tuple(found.values())
