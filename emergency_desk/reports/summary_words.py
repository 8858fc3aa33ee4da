"""What the nine parts of the summary of a rescue say, filled from the record; the same words stand in PDF and DOCX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from emergency_desk.domain.after_sheets import SummaryPart, SummarySheet
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.command import CommandStep, DecisionKind
from emergency_desk.domain.plan_actual import ActionLine, Outcome
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.terms import known_figures
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import clock_time, date_time, span_in_full, when
from emergency_desk.wording.labels import label
from emergency_desk.wording.review_words import told_latency, told_outcome, told_span

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it is set: its heading, its paragraphs, a table, and whether lines are left to be written on."""

    title: str
    paragraphs: tuple[str, ...]
    head: Cells = ()
    rows: tuple[Cells, ...] = ()
    widths_mm: tuple[float, ...] = ()
    is_to_be_written: bool = False
    typed: tuple[str, ...] = field(default=())


def parts(sheet: SummarySheet, paper: PaperSettings) -> tuple[Part, ...]:
    """Return the nine parts in their order."""
    return tuple(_part(part, number, sheet, paper) for number, part in enumerate(SummaryPart, start=1))


def _part(part: SummaryPart, number: int, sheet: SummarySheet, paper: PaperSettings) -> Part:
    told = tuple(text for text in _TELLING[part](sheet, paper) if text)
    typed = tuple(line for line in sheet.words(part).split("\n") if line.strip())
    head, rows, widths = _table(part, sheet, paper)
    return Part(title=_heading(number, label(part)), paragraphs=told, head=head, rows=rows, widths_mm=widths, typed=typed,
                is_to_be_written=not (told or typed or rows))


def _heading(number: int, words: str) -> str:
    if current_language().startswith("zh"):  # an official paper numbers its parts so (GB/T 9704-2012, 7.3.3)
        return f"{'一二三四五六七八九'[number - 1]}、{words}"
    return f"{number}. {words}"


# -- one ---------------------------------------------------------------------------------------------------------------
def _situation(sheet: SummarySheet, paper: PaperSettings) -> Iterator[str]:
    incident = sheet.incident
    place = " ".join(part for part in (in_paper(sheet.place, paper), incident.address) if part)
    yield _("{title}. Type: {type}. Place: {place}. Number {number}.").format(
        title=incident.title, type=in_paper(sheet.incident_type, paper), place=place, number=incident.number)
    grade = label(incident.grade) if incident.grade is not None else _("not judged")
    yield _("It happened at {occurred} and was received at {received}. Grade: {grade}. State: {state}.").format(
        occurred=date_time(incident.occurred_at), received=date_time(_received(sheet)), grade=grade, state=label(incident.state))
    figures = known_figures(incident.figures)
    yield _("Figures as last reported: {figures}.").format(figures=figures) if figures else _("No figures were reported.")
    if incident.closed_at is not None:
        yield _("It was closed at {time}, {span} after it was received.").format(
            time=date_time(incident.closed_at), span=span_in_full(incident.closed_at - _received(sheet)))


def _received(sheet: SummarySheet) -> datetime:
    return sheet.calls[0].received_at if sheet.calls else sheet.incident.recorded_at


# -- two ---------------------------------------------------------------------------------------------------------------
def _reporting(sheet: SummarySheet, _paper: PaperSettings) -> Iterator[str]:
    count = len(sheet.calls)
    yield ngettext("{count} call was taken, at {time} by {source}.", "{count} calls were taken, the first at {time} by {source}.", count).format(
        count=count, time=date_time(_received(sheet)), source=label(sheet.calls[0].source) if sheet.calls else "—")
    card = sheet.review.deadlines
    if card.due or card.running:
        yield _("Reports due: {due}; on time {on_time}, late {late}, not sent {skipped}; still owed {running}.").format(
            due=card.due, on_time=len(card.on_time), late=len(card.late), skipped=len(card.skipped), running=len(card.running))
    for due, late_by in card.late:
        words = _("{kind} {channel}, {from_tier} to {to_tier}, due at once from {time}: {span} past the office's own limit.") if due.is_at_once \
            else _("{kind} {channel}, {from_tier} to {to_tier}, due {time}: {span} late.")
        yield words.format(
            kind=label(due.kind), channel=label(due.channel), from_tier=label(due.from_tier), to_tier=label(due.to_tier),
            time=date_time(due.due_at), span=told_span(late_by))
    for due in card.skipped:
        yield _("{kind} {channel}, {from_tier} to {to_tier}, due {time}: not sent ({reason}).").format(
            kind=label(due.kind), channel=label(due.channel), from_tier=label(due.from_tier), to_tier=label(due.to_tier),
            time=date_time(due.due_at), reason=due.reason)


# -- three -------------------------------------------------------------------------------------------------------------
def _command(sheet: SummarySheet, _paper: PaperSettings) -> Iterator[str]:
    for response in sheet.responses:
        ended = date_time(response.ended_at) if response.ended_at else _("still running")
        yield _("{tier}: response {level}, activated {begun} by {name}, ended {ended}.").format(
            tier=label(response.tier), level=label(response.level), begun=date_time(response.activated_at), name=response.decided_by or "—",
            ended=ended)
    for move in sheet.command_moves:
        if move.step in (CommandStep.BEGUN, CommandStep.ACCEPTED, CommandStep.TAKEN):
            yield _("{time}: the tier “{tier}” commands ({step}).").format(time=date_time(move.occurred_at), tier=label(move.to_tier),
                                                                        step=label(move.step))
    for member in sheet.members:
        if member.name or member.post_name:
            name = " ".join(part for part in (member.unit, member.post_name, member.name) if part)
            yield _("{role}: {name}, since {time}.").format(role=label(member.role), name=name, time=date_time(member.since))


# -- four --------------------------------------------------------------------------------------------------------------
def _plan(sheet: SummarySheet, paper: PaperSettings) -> Iterator[str]:
    incident, plan = sheet.incident, sheet.review.plan
    if incident.plan_code:
        yield _("The incident was worked by “{plan}”, version {version}.").format(
            plan=in_paper(sheet.plan_title, paper), version=incident.plan_version)
    else:
        yield _("No plan of this desk fitted the incident.")
    yield _("Actions: {all}; on time {on_time}, late {late}, done without a due time {done}, skipped {skipped}, left open {open}; "
            "added by the desk {added}.").format(
        all=len(plan.lines), on_time=plan.count(Outcome.ON_TIME), late=plan.count(Outcome.LATE), done=plan.count(Outcome.DONE),
        skipped=plan.count(Outcome.SKIPPED), open=plan.count(Outcome.OPEN, Outcome.OVERDUE), added=plan.added)


# -- five --------------------------------------------------------------------------------------------------------------
def _teams(sheet: SummarySheet, _paper: PaperSettings) -> Iterator[str]:
    count = len(sheet.orders)
    yield ngettext("{count} order went out.", "{count} orders went out.", count).format(count=count) if count else _("No team was ordered.")
    for latency in sheet.review.latencies:
        if latency.samples:
            yield told_latency(latency)


# -- six to nine ---------------------------------------------------------------------------------------------------------
def _measures(sheet: SummarySheet, _paper: PaperSettings) -> Iterator[str]:
    for decision in sheet.decisions:
        if decision.kind is not DecisionKind.MEETING:
            yield _("{time}, {name}: {text}").format(time=date_time(decision.occurred_at), name=decision.decided_by, text=decision.text)


def _results(sheet: SummarySheet, _paper: PaperSettings) -> Iterator[str]:
    first, last = known_figures(sheet.first_figures), known_figures(sheet.incident.figures)
    if first and first != last:
        yield _("First reported: {figures}.").format(figures=first)
    if last:
        yield _("In the end: {figures}.").format(figures=last)


def _lessons(sheet: SummarySheet, _paper: PaperSettings) -> Iterator[str]:
    for number, finding in enumerate(sheet.review.findings, start=1):
        yield _("({number}) {problem} ({class_})").format(number=number, problem=finding.problem, class_=label(finding.kind))


def _advice(sheet: SummarySheet, _paper: PaperSettings) -> Iterator[str]:
    for number, finding in enumerate((one for one in sheet.review.findings if one.measure), start=1):
        due = finding.due_on.isoformat() if finding.due_on else "—"
        yield _("({number}) {measure}; {owner}, until {due}").format(number=number, measure=finding.measure, owner=finding.owner or "—", due=due)


_TELLING = {
    SummaryPart.SITUATION: _situation, SummaryPart.REPORTING: _reporting, SummaryPart.COMMAND: _command, SummaryPart.PLAN: _plan,
    SummaryPart.TEAMS: _teams, SummaryPart.MEASURES: _measures, SummaryPart.RESULTS: _results, SummaryPart.LESSONS: _lessons,
    SummaryPart.ADVICE: _advice,
}


# -- tables --------------------------------------------------------------------------------------------------------------
def _table(part: SummaryPart, sheet: SummarySheet, paper: PaperSettings) -> tuple[Cells, tuple[Cells, ...], tuple[float, ...]]:
    if part is SummaryPart.PLAN and sheet.review.plan.lines:
        actions = tuple(_action_row(line, paper) for line in sheet.review.plan.lines)
        return (_("Clause"), _("Action"), _("Tier"), _("Outcome")), actions, (18, 80, 18, 40)
    if part is SummaryPart.TEAMS and sheet.orders:
        orders = tuple(_order_row(line, sheet, paper) for line in sheet.orders)
        return (_("Team"), _("Ordered"), _("Receipt"), _("Departed"), _("Arrived"), _("Back")), orders, (51, 21, 21, 21, 21, 21)
    return (), (), ()


def _action_row(line: ActionLine, paper: PaperSettings) -> Cells:
    task = line.task
    tier = label(Tier(task.tier)) if task.tier else ""
    return task.clause or _("added"), in_paper(Text(task.title, task.title_en), paper), tier, told_outcome(line)


def _order_row(line: OrderLine, sheet: SummarySheet, paper: PaperSettings) -> Cells:
    start = sheet.incident.recorded_at

    def told(moment: datetime | None) -> str:
        return when(moment, now=start) if moment is not None else _("no data")

    def first(*states: TeamState) -> datetime | None:
        return min((move.occurred_at for move in line.moves if move.to_state in states), default=None)

    departed = first(TeamState.DISPATCHED) or first(TeamState.EN_ROUTE)
    return (in_paper(Text(line.team.name, line.team.name_en), paper), clock_time(line.dispatch.sent_at), told(line.dispatch.receipt_at),
            told(departed), told(first(TeamState.ON_SCENE)), told(first(TeamState.RETURNED, TeamState.STANDBY)))


def lines_of(part: Part) -> Iterable[str]:
    """Return the paragraphs of a part, what the record tells before what was typed."""
    return (*part.paragraphs, *part.typed)
