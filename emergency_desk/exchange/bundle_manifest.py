"""The list of contents of a sealed plan file: whose it is, and for each version what it grew from, who wrote which part, and its moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_moves import (
    Evaluation,
    FilingRoute,
    MatterFinding,
    MoveKind,
    PlanMove,
    ReviewMatter,
    RevisionScope,
    RevisionTrigger,
)
from emergency_desk.domain.plan_sections import PartKey, PlanSection
from emergency_desk.domain.plan_travel import Author, PlanBundle, PlanNode
from emergency_desk.exchange.yaml_places import Place, open_text
from emergency_desk.exchange.yaml_writing import field, flow_list

FORMAT = "1"
NAME = "manifest.yaml"
MEMBER = r"plans/[a-z0-9][a-z0-9_-]{0,59}/[0-9]{1,5}-[0-9.]{1,40}\.yaml"
_DIGEST = "[0-9a-f]{64}"
_STATES = ("issued", "draft", "memory")
_PLAIN = ("person", "unit", "number", "base_version", "replaced_by", "note")
_CHOSEN: dict[str, Any] = {"route": FilingRoute, "result": Evaluation, "trigger": RevisionTrigger, "scope": RevisionScope}


class Listed(NamedTuple):
    """One version as the manifest lists it: its file, and all of a node but the plan."""

    file: str
    digest: str
    parents: tuple[str, ...]
    state: str
    author: Author
    part_authors: tuple[tuple[PartKey, Author], ...]
    moves: tuple[PlanMove, ...]


class Manifest(NamedTuple):
    """What the manifest says."""

    desk_code: str
    desk_name: str
    person: str
    written_at: datetime
    versions: tuple[Listed, ...]


# -- writing ----------------------------------------------------------------------------------------------------------
def write_manifest(bundle: PlanBundle, files: Mapping[str, PlanNode]) -> str:
    """Write the list of contents; the files by their names."""
    lines = [*field(0, "format", FORMAT), *field(0, "desk", bundle.desk_code), *field(0, "desk_name", bundle.desk_name),
             *field(0, "person", bundle.person), *field(0, "written_at", _written(bundle.written_at)), "versions:"]
    for name, node in files.items():
        lines += _version(name, node)
    return "\n".join(lines) + "\n"


def _version(name: str, node: PlanNode) -> Iterable[str]:
    state = "draft" if node.is_draft else "issued"
    yield from ("", f"  - file: {name}", *field(4, "digest", node.digest), *field(4, "state", "memory" if node.is_memory else state))
    if node.parents:
        yield f"    parents: {flow_list(node.parents)}"
    yield from _author(4, node.author)
    if node.part_authors:
        yield "    parts:"
    for key, author in node.part_authors:
        yield from (f"      - section: {key.section.value}", *field(8, "key", key.key), *_author(8, author))
    if node.moves:
        yield "    moves:"
    for move in node.moves:
        yield from _move(move)


def _author(indent: int, author: Author) -> Iterable[str]:
    for name, words in (("person", author.person), ("desk", author.desk), ("at", _written(author.at) if author.at else "")):
        if words:
            yield from field(indent, name, words)


def _move(move: PlanMove) -> Iterable[str]:
    yield from (f"      - kind: {move.kind.value}", *field(8, "on_date", move.on_date.isoformat()),
                *field(8, "recorded_at", _written(move.recorded_at)))
    for name in (*_PLAIN, *_CHOSEN):
        if getattr(move, name):
            yield from field(8, name, str(getattr(move, name)))
    if move.due_on:
        yield from field(8, "due_on", move.due_on.isoformat())
    if move.matters:
        yield "        matters:"
    for found in move.matters:
        yield from (f"          - matter: {found.matter.value}", *field(12, "is_met", "yes" if found.is_met else "no"),
                    *(field(12, "remark", found.remark) if found.remark else []))


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


# -- reading ----------------------------------------------------------------------------------------------------------
def read_manifest(text: str, name: str) -> Manifest:
    """Read the list of contents. Raises BadFile."""
    root = open_text(text, name).only(required=("format", "desk", "desk_name", "person", "written_at", "versions"))
    if root.at("format").string() != FORMAT:
        root.at("format").wrong("bundle_newer", root.at("format").string())
    return Manifest(_said(root, "desk"), _said(root, "desk_name"), _said(root, "person"), _moment(root.at("written_at")),
                    tuple(_listed(place) for place in root.each("versions")))


def _listed(place: Place) -> Listed:
    place.only("parents", "person", "desk", "at", "parts", "moves", required=("file", "digest", "state"))
    return Listed(
        place.at("file").matching(MEMBER, "bundle_member"), place.at("digest").matching(_DIGEST, "bundle_digest"),
        tuple(one.matching(_DIGEST, "bundle_digest") for one in place.each("parents")), place.at("state").word(_STATES), _read_author(place),
        tuple(_part_author(one) for one in place.each("parts")), tuple(_read_move(one) for one in place.each("moves")))


def _part_author(place: Place) -> tuple[PartKey, Author]:
    place.only("person", "desk", "at", required=("section", "key"))
    return PartKey(place.at("section").member(PlanSection), place.at("key").string()), _read_author(place)


def _read_author(place: Place) -> Author:
    return Author(_said(place, "person"), _said(place, "desk"), _moment(place.at("at")) if place.has("at") else None)


def _read_move(place: Place) -> PlanMove:
    place.only(*_PLAIN, *_CHOSEN, "due_on", "matters", required=("kind", "on_date", "recorded_at"))
    chosen: dict[str, Any] = {key: place.at(key).member(kind) for key, kind in _CHOSEN.items() if place.has(key)}
    chosen |= {key: _said(place, key) for key in _PLAIN}
    return PlanMove(
        id=Id(""), code="", plan_version="", kind=place.at("kind").member(MoveKind), on_date=_day(place.at("on_date")),
        recorded_at=_moment(place.at("recorded_at")), account_id=Id(""), matters=tuple(_matter(one) for one in place.each("matters")),
        due_on=_day(place.at("due_on")) if place.has("due_on") else None, **chosen)


def _matter(place: Place) -> MatterFinding:
    place.only("remark", required=("matter", "is_met"))
    return MatterFinding(place.at("matter").member(ReviewMatter), place.at("is_met").word(("yes", "no")) == "yes", _said(place, "remark"))


def _said(place: Place, key: str) -> str:
    return place.at(key).string(may_be_empty=True) if place.has(key) else ""


def _moment(place: Place) -> datetime:
    try:
        at = datetime.fromisoformat(place.string())
    except ValueError:
        place.wrong("not_a_moment", place.string())
    if at.tzinfo is None:
        place.wrong("not_a_moment", place.string())
    return at


def _day(place: Place) -> date:
    try:
        return date.fromisoformat(place.string())
    except ValueError:
        place.wrong("not_a_date", place.string())
