"""The room's lists in words: tasks by clause, the log, orders with their teams, who should go. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from emergency_desk.domain.boards import IncidentRoom, LogLine, OrderLine
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.incidents import Happening, Incident, Task, TaskState
from emergency_desk.domain.plans import PlanRole
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.responses import left_open_at
from emergency_desk.domain.teams import TeamState
from emergency_desk.ui.incidents.board_lines import due_tone
from emergency_desk.ui.incidents.call_lines import added_line, advised_line, in_full, team_name, when_and_how
from emergency_desk.ui.incidents.room_reading import Advised, RoomView, gaps
from emergency_desk.ui.incidents.team_facts import TeamFact
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, heading, line
from emergency_desk.ui.widgets.pills import Pill, state_look, state_pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer, why_not
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label
from emergency_desk.wording.log_lines import told

HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
RECEIPT, SILENT, GAP, MORE, HEAD = "#receipt", "#silent", "#gap:", "#more", "#head:"
ORDERS = frozenset({Happening.TEAM_SENT, Happening.OVERRIDE, Happening.ORDER_APPROVED, Happening.RECEIPT, Happening.RECEIPT_LATE,
                    Happening.TEAM_STATE, Happening.GAP_FILLED, Happening.TEAM_RECALLED, Happening.CHECKED_IN, Happening.TEAM_HEARD,
                    Happening.APPLICATION})
FIGURES = frozenset({Happening.FIGURES, Happening.GRADE, Happening.PLAN_CHOSEN, Happening.PLAN_BORROWED})


# -- tasks ------------------------------------------------------------------------------------------------------------
def task_title(task: Task) -> str:
    """Return a task's title in the language of the desk."""
    return task.title_en if task.title_en and not current_language().startswith("zh") else task.title


def task_line(task: Task, incident: Incident, now: datetime, whose: str = "", left_at: datetime | None = None) -> Line:
    """Return one task: state, clause, title and who does it, and when; an ended one keeps to one line. `whose`: the area of another tier.

    `left_at`: when it was left open, with the end of its response or of the incident.
    """
    ended = task.state is not TaskState.OPEN
    shape, tone = (Shape.TO_DO, Tone.SECONDARY) if left_at is not None and not ended else _task_look(task, now)
    when = _left(left_at, now) if left_at is not None and not ended else _task_when(task, incident, now)
    text = f"{task.clause} {task_title(task)}".strip()
    role = _(", ").join(part for part in (whose, label_of_role(task.role)) if part)
    if role and not ended:
        text = _("{task} ({role})").format(task=text, role=role)
    return line(task.id, Cell(text, Tone.SECONDARY if ended or whose else Tone.TEXT, shape=shape, shape_tone=tone, brief=ended,
                              hint=_(" · ").join(part for part in (role, task.reason) if part)), when)


def tasks_in_order(tasks: Iterable[Task], own_tier: str = "") -> list[Task]:
    """Return what this tier has still to do by its due time, then what has none, then the other tiers', below it what is ended, newest first."""
    listed = list(tasks)
    opened = sorted((task for task in listed if task.state is TaskState.OPEN),
                    key=lambda task: (bool(own_tier) and task.tier not in (own_tier, ""), task.due_at is None))
    return opened + sorted((task for task in listed if task.state is not TaskState.OPEN), key=lambda task: task.ended_at or task.created_at,
                           reverse=True)


def label_of_role(role: str) -> str:
    """Return the word for who carries an action, "" for an own task."""
    return label(PlanRole(role)) if role in set(PlanRole) else role


def _task_look(task: Task, now: datetime) -> tuple[Shape, Tone]:
    if task.state is TaskState.DONE:
        return Shape.DONE, Tone.GREEN
    if task.state is TaskState.SKIPPED:
        return Shape.SKIPPED, Tone.SECONDARY
    if task.due_at is None or task.due_at > now + HOUR:
        return Shape.TO_DO, Tone.SECONDARY
    return (Shape.LATE, Tone.RED) if task.due_at < now else (Shape.DUE, due_tone(task.due_at, now))


def _task_when(task: Task, incident: Incident, now: datetime) -> Cell:
    if task.state is TaskState.SKIPPED:
        return Cell(_("skipped"), Tone.SECONDARY, size="small", hint=task.reason)
    if task.state is TaskState.DONE and task.ended_at is not None:
        return Cell(_after_start(task.ended_at, incident), Tone.SECONDARY, size="small", hint=formats.age(task.ended_at, now=now))
    if task.due_at is None:
        return Cell("")
    if task.due_at < now:
        return Cell(formats.time_left(task.due_at, now=now), Tone.RED, strong=True, size="small")
    if task.due_at <= now + HOUR:
        return Cell(formats.due(task.due_at, now=now), due_tone(task.due_at, now), strong=True, size="small")
    return Cell(_after_start(task.due_at, incident), Tone.SECONDARY, size="small", hint=formats.due(task.due_at, now=now))


def _left(left_at: datetime, now: datetime) -> Cell:
    return Cell(_("left open at the end"), Tone.SECONDARY, size="small", hint=formats.when(left_at, now=now))


def left_at(task: Task, room: IncidentRoom) -> datetime | None:
    """Return when an open task was left open, with its tier's response or with the incident; None while it is still to be done."""
    return None if task.state is not TaskState.OPEN else left_open_at(task, room.ladder.responses) or room.incident.closed_at


def _after_start(moment: datetime, incident: Incident) -> str:
    after = max(timedelta(0), moment - incident.recorded_at)
    return f"T+{formats.span_in_full(after)}" if after >= timedelta(days=1) else formats.after_start(after // timedelta(minutes=1))


def tasks_note(room: IncidentRoom, now: datetime) -> str:
    """Return "8 done · 3 open · 1 late · 2 left open"."""
    not_ended = [task for task in room.tasks if task.state is TaskState.OPEN]
    opened = [task for task in not_ended if left_at(task, room) is None]
    late, left = sum(1 for task in opened if task.due_at is not None and task.due_at < now), len(not_ended) - len(opened)
    parts = [_("{count} done").format(count=len(room.tasks) - len(not_ended))]
    parts += [_("{count} open").format(count=len(opened))] if opened or not left else []
    parts += [_("{count} late").format(count=late)] if late else []
    return _(" · ").join([*parts, _("{count} left open").format(count=left)] if left else parts)


# -- the log ----------------------------------------------------------------------------------------------------------
def log_lines(view: RoomView, only: frozenset[Happening] | None, now: datetime) -> Iterator[Line]:
    """Return the log, newest first; a line entered late says so, and a correction names what it corrects."""
    mended = {each.entry.corrects_id for each in view.room.log if each.entry.corrects_id}
    for each in view.room.log:
        if only is None or each.entry.happening in only:
            yield _log_line(each, view, each.entry.id in mended, now)
    if view.room.log_total > len(view.room.log):
        left = view.room.log_total - len(view.room.log)
        yield line(MORE, Cell("…", Tone.SECONDARY), Cell(_("Show older lines: {count}").format(count=left), Tone.ACT, shape=Shape.NEXT))


def _log_line(each: LogLine, view: RoomView, is_mended: bool, now: datetime) -> Line:
    entry = each.entry
    late = entry.minutes_late
    pill = Pill(_("+{span} late").format(span=formats.span(timedelta(minutes=late))), Tone.YELLOW) if late else None
    who = each.account_name_en if each.account_name_en and not current_language().startswith("zh") else each.account_name
    entered = _("{what}, entered {time} by {who}").format(what=label(entry.happening), time=formats.when(entry.recorded_at, now=now), who=who)
    words = _("{words} (corrected)").format(words=told(entry)) if is_mended else told(entry)
    hint = _(" · ").join([_("line {number}").format(number=entry.sequence), entered])
    if entry.corrects_id in view.corrected:
        first = view.corrected[entry.corrects_id].entry
        words = _("Corrects {time} “{first}”: {text}").format(time=formats.when(first.occurred_at, now=now), first=_short(told(first)),
                                                             text=entry.text)
    shape = Shape.NEXT if entry.corrects_id else Shape.NONE
    return line(entry.id, Cell(formats.when(entry.occurred_at, now=now), Tone.SECONDARY, strong=True),
                Cell(words, Tone.SECONDARY if is_mended else Tone.TEXT, shape=shape, shape_tone=Tone.YELLOW, hint=hint),
                Cell(pill=pill, hint=entered))


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


# -- orders -----------------------------------------------------------------------------------------------------------
def order_lines(view: RoomView, now: datetime) -> Iterator[Line]:
    """Return each order with its team's state, below it what is still missing: the receipt, states nobody reported."""
    running = [each for each in view.room.orders if each.dispatch.state in (OrderState.SENT, OrderState.RECEIVED)]
    ended = [each for each in view.room.orders if each not in running]
    for each in (*running, *ended):
        yield _order_line(each, each in ended, now)
        yield from _missing_lines(each, view.room.silent_minutes, now)


def _order_line(each: OrderLine, is_ended: bool, now: datetime) -> Line:
    order = each.dispatch
    marks = [_("checked in")] if order.checked_in_at else []
    marks += [_("agreed: {name}").format(name=order.approved_by)] if order.approved_by else []
    hint = _(" · ").join(part for part in (order.order_number, each.team.duty_phone, each.team.vehicles, *marks) if part)
    if is_ended:
        ended_at = order.ended_at or order.sent_at
        return line(order.id, Cell(team_name(each.team), Tone.SECONDARY, hint=hint), Cell(label(order.state), Tone.SECONDARY, size="small"),
                    Cell(formats.when(ended_at, now=now), Tone.SECONDARY, size="small"))
    since = each.team.state_since or order.sent_at
    return line(order.id, Cell(team_name(each.team), after=_(" · ").join(marks), hint=hint),
                Cell(pill=state_pill(each.team.state, formats.span(now - since))),
                Cell(_clock(since, now), Tone.SECONDARY, size="small", hint=formats.age(since, now=now)))


def _clock(moment: datetime, now: datetime) -> str:
    """Return the time of day alone for the last day: how long it is stands beside it, and a date would cut the name of the team."""
    return formats.clock_time(moment) if timedelta() <= now - moment < _DAY else formats.when(moment, now=now)


def _missing_lines(each: OrderLine, silent_minutes: int, now: datetime) -> Iterator[Line]:
    order = each.dispatch
    if order.awaits_receipt:
        is_late = order.receipt_due_at < now
        left = _("receipt {left}").format(left=formats.time_left(order.receipt_due_at, now=now))
        tone = Tone.RED if is_late else Tone.ORANGE
        yield line(order.id + RECEIPT, Cell("    " + _("phone {phone}").format(phone=each.team.duty_phone or "—"), tone, size="small",
                                            shape=Shape.LATE if is_late else Shape.DUE), Cell(left, tone, strong=is_late, size="small"), "R")
    silent_at = each.silent_at(silent_minutes)
    if silent_at is not None and silent_at <= now:
        yield _silent_line(each, silent_at, now)
    missing = gaps(each)
    if missing:
        words = _("not reported: {states}").format(states=_(", ").join(label(state) for state in missing))
        yield line(f"{order.id}{GAP}{missing[0].value}", Cell("    " + words, Tone.SECONDARY, size="small", shape=state_look(missing[0])[0],
                                                              hint=words), Cell(_("fill in"), Tone.ACT, size="small"), Cell("G", size="small"))


def _silent_line(each: OrderLine, silent_at: datetime, now: datetime) -> Line:
    """Return that a team gives no word: since when, and whom to ring."""
    heard = each.heard_at or silent_at
    words = _("{phone}: no word").format(phone=each.team.duty_phone) if each.team.duty_phone else _("no word, no phone")
    return line(each.dispatch.id + SILENT, Cell("    " + words, Tone.RED, size="small", shape=Shape.LATE, hint=words),
                Cell(formats.span(now - heard), Tone.RED, strong=True, size="small", hint=formats.age(heard, now=now)), Cell("H", size="small"))


def orders_note(view: RoomView) -> str:
    """Return "5 out · 1 not acknowledged"."""
    out = sum(1 for each in view.room.orders if each.team.incident_id == view.id and each.dispatch.state is not OrderState.RECALLED)
    silent = sum(1 for each in view.room.orders if each.dispatch.awaits_receipt)
    words = [_("{count} out").format(count=out)] + ([_("{count} not acknowledged").format(count=silent)] if silent else [])
    return _(" · ").join(words) if view.room.orders else ""


def gap_of(key: str) -> TeamState | None:
    """Return the state a gap line stands for, or None."""
    _order, mark, state = key.partition(GAP)
    return TeamState(state) if mark else None


def order_of(key: str) -> str:
    """Return the order a line belongs to."""
    return key.partition("#")[0]


# -- who should go ----------------------------------------------------------------------------------------------------
def candidate_lines(advised: Advised, going: Sequence[TeamFact], namer: Namer) -> Iterator[Line]:
    """Return who goes with their numbers, then everybody else by groups, each with the first reason."""
    numbers = {each.id: number for number, each in enumerate(going, start=1)}
    for each in advised.chosen:
        yield advised_line(each, numbers.get(each.id), namer)
    for each in going:
        if each.choice is None:
            yield added_line(each, numbers[each.id], namer)
    for key, title, group, total in (
        ("could", _("Could go too"), advised.could_go, advised.could_total),
        ("request", _("By request only"), advised.by_request, advised.request_total),
        ("barred", _("Stay, with the reason"), advised.barred, advised.barred_total),
    ):
        yield from _group_lines(key, title, [each for each in group if each.id not in numbers], total, namer)


def _group_lines(key: str, title: str, group: Iterable[TeamFact], total: int, namer: Namer) -> Iterator[Line]:
    shown = list(group)
    if not shown:
        return
    yield heading(HEAD + key, Cell(title, Tone.SECONDARY, strong=True, size="small", after=formats.number(total)), "")
    for each in shown:
        yield _other_line(each, namer, could_go=key == "could")
    if total > len(shown):
        yield line(MORE, Cell(_("Show more: {count} teams").format(count=formats.number(total - len(shown))), Tone.ACT, size="small",
                              shape=Shape.NEXT), "")


def _other_line(each: TeamFact, namer: Namer, *, could_go: bool) -> Line:
    """Return a team that is not recommended: what it could do and when, or the first reason why it stays."""
    reason = _reason(each, namer)
    if not could_go:
        return line(each.id, Cell(team_name(each.team), Tone.SECONDARY, shape=Shape.UNAVAILABLE), Cell(reason, Tone.SECONDARY, size="small",
                                                                                                    hint=in_full(each, namer)))
    shape, tone = state_look(each.team.state)
    return line(each.id, Cell(team_name(each.team), shape=shape, shape_tone=tone, hint=in_full(each, namer),
                              after=namer.capability(each.serves) if each.serves else ""),
                Cell(when_and_how(each), Tone.SECONDARY, size="small", hint=reason))


def _reason(each: TeamFact, namer: Namer) -> str:
    if each.why_not is None:
        return ""
    if each.why_not.reason is ReasonNot.APPLICATION_NEEDED:
        return _("Space: note who applied, accept, send")
    if each.why_not.reason is ReasonNot.BY_REQUEST:
        return _("via the armed forces dept")
    return why_not(each.why_not, namer)


def needs_told(needs: Sequence[tuple[str, int]], namer: Namer, *, most: int = 99) -> str:
    """Return "fire fighting 2, medical 1", or the first of them "and 9 more"."""
    words = [_("{capability} {count}").format(capability=namer.capability(name), count=count) for name, count in needs]
    told = _(", ").join(words[:most])
    return _("{needs} and {count} more").format(needs=told, count=len(words) - most) if len(words) > most else told
