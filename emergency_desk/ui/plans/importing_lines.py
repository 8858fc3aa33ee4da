"""What the page of plans in words says: what the plan is, its chapters with what is doubtful, and each proposal with its state."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.incident_types import IncidentType
from emergency_desk.domain.plan_proposals import AnyRecord, PlanFacts, PlanProposal, Sureness
from emergency_desk.domain.plan_records import Situation
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import plan_import_words
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.import_reasons import area_words
from emergency_desk.wording.labels import field_label, label

LEFT_OUT, CLAUSE, GRADE = "left out", "clause ", "grade "
_MOST_SHOWN = 84
FACTS = ("title", "kind", "tier", "area_id", "hazard_types", "code")
_SHAPES = {Sureness.SURE: (Shape.STANDBY, Tone.SECONDARY), Sureness.LIKELY: (Shape.STANDBY, Tone.SECONDARY),
           Sureness.DOUBTFUL: (Shape.DOUBTFUL, Tone.ORANGE)}


class Answer(StrEnum):
    """What somebody said to a proposal."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said so far: which proposals were confirmed and as what, and which were left as text."""

    confirmed: Mapping[str, AnyRecord]
    left: Collection[str]

    def of(self, id_: str, record: AnyRecord) -> Answer:
        """Return what was said to a proposal."""
        if id_ in self.left:
            return Answer.LEFT
        if id_ not in self.confirmed:
            return Answer.OPEN
        return Answer.CONFIRMED if self.confirmed[id_] == record else Answer.CORRECTED


def fact_lines(facts: PlanFacts, tree: AreaTree, types: Collection[IncidentType]) -> list[Line]:
    """Return what the plan is, one line a fact; what was guessed is marked."""
    language = current_language()
    names = {one.id: one.name.in_language(language) for one in types}
    area = next((one for one in tree.by_id.values() if facts.area_code and one.code == facts.area_code), None)
    told = {
        "title": facts.title, "kind": label(facts.kind), "tier": label(facts.tier),
        "area_id": area_words([area]) if area else _("any of its tier"),
        "hazard_types": _(", ").join(names.get(id_, id_) for id_ in facts.hazard_types) or _("none by itself"), "code": facts.code}
    asked = {"title", "kind", "tier", "hazard_types"} - facts.is_sure
    return [line(name, Cell(field_label(name), Tone.SECONDARY, size="small"),
                 Cell(told[name], strong=name == "title", shape=Shape.DOUBTFUL if name in asked else Shape.NONE, shape_tone=Tone.ORANGE,
                      after=_("guessed") if name in asked else "")) for name in FACTS]


def outline_lines(proposal: PlanProposal) -> list[Line]:
    """Return the clauses with what is doubtful about them, and at the end what was left out."""
    shown = []
    for one in proposal.clauses:
        is_doubtful = bool(one.doubts)
        shown.append(line(
            CLAUSE + one.clause.number, Cell(one.clause.number, Tone.SECONDARY, size="small"),
            Cell(one.clause.title.in_language(current_language()), strong=one.depth == 0, shape=Shape.DOUBTFUL if is_doubtful else Shape.NONE,
                 shape_tone=Tone.ORANGE, below=plan_import_words.doubts(one.doubts) if is_doubtful else "")))
    if proposal.left_out:
        shown.append(line(LEFT_OUT, Cell("–", Tone.SECONDARY), Cell(_("Left out: page numbers, running heads, contents"), Tone.SECONDARY,
                                                                  after=str(len(proposal.left_out)))))
    return shown


def proposal_lines(proposal: PlanProposal, answers: Answers, situations: Mapping[str, Situation]) -> list[Line]:
    """Return the proposals with their states, and the plan's own grading, which stays text."""
    shown = []
    for one in proposal.asked:
        said = answers.of(one.id, one.record)
        record = answers.confirmed.get(one.id, one.record)
        shape, tone = _SHAPES[one.sureness] if said is Answer.OPEN else (Shape.SKIPPED, Tone.SECONDARY) if said is Answer.LEFT else (
            Shape.DONE, Tone.GREEN)
        state = {Answer.OPEN: label(one.sureness), Answer.CONFIRMED: _("confirmed"), Answer.CORRECTED: _("corrected"),
                 Answer.LEFT: _("left as text")}[said]
        doubts = plan_import_words.doubts(one.doubts) if said is Answer.OPEN else ""
        shown.append(line(
            one.id, Cell(plan_import_words.kind_of(one), Tone.SECONDARY, size="small"),
            _short(plan_import_words.record(record, situations), Tone.SECONDARY if said is Answer.LEFT else Tone.TEXT, doubts),
            Cell(state, tone, shape=shape, shape_tone=tone)))
    for grade in proposal.grades:
        shown.append(line(grade.id, Cell(_("Grading"), Tone.SECONDARY, size="small"),
                          _short(plan_import_words.grade(grade.record), Tone.SECONDARY),
                          Cell(_("stays text"), Tone.SECONDARY, shape=Shape.NONE)))
    return shown


def _short(words: str, tone: Tone, below: str = "") -> Cell:
    """Return a cell of two lines at most; the whole stands in its hint and, opened, in the form."""
    plain = " ".join(words.split())
    return Cell(plain if len(plain) <= _MOST_SHOWN else plain[:_MOST_SHOWN].rstrip() + "…", tone, below=below, hint=plain)


def source_of(proposal: PlanProposal, key: str) -> tuple[str, str]:
    """Return where a line of either list was read, and the words that stand there."""
    if key == LEFT_OUT:
        return _("What was left out"), "\n".join(
            _("line {line} · {why} · {words}").format(line=one.line, why=label(one.why), words=one.words) for one in proposal.left_out)
    if key.startswith(CLAUSE):
        read = next((one for one in proposal.clauses if CLAUSE + one.clause.number == key), None)
        if read is None:
            return "", ""
        return _("Line {line} of the file").format(line=read.line), "\n".join(filter(None, (read.heading, read.clause.body.zh)))
    source = next((one.source for one in (*proposal.asked, *proposal.grades) if one.id == key), None)
    if source is None:
        return "", ""
    return _("Read in line {line}, clause {clause}").format(line=source.line, clause=source.clause), source.words
