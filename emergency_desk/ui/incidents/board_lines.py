"""The board's lists in words: incidents, what is due, the log; and the five figures. Plain values, no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import DueKind, DueLine, DutyBoard, IncidentLine, LogLine
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportFamily, ReportKind
from emergency_desk.domain.teams import OUT, SENDABLE, TeamState
from emergency_desk.ui.incidents.call_lines import serial
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, line
from emergency_desk.ui.widgets.pills import grade_pill, state_look
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.widgets.state_bar import Share
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.drafting import owed_words
from emergency_desk.wording.labels import label, short_label
from emergency_desk.wording.levels import level_word
from emergency_desk.wording.log_lines import told

SOON = timedelta(minutes=10)
HOUR = timedelta(hours=1)
DOT = " · "
Figure = tuple[str, str, Tone]

# The states of the bar in the order of a deployment; states that belong together are one part.
_PARTS: tuple[tuple[TeamState, ...], ...] = (
    (TeamState.STANDBY, TeamState.RETURNED), (TeamState.TRAINING,), (TeamState.MUSTERING, TeamState.DISPATCHED), (TeamState.EN_ROUTE,),
    (TeamState.ON_SCENE,), (TeamState.WORKING,), (TeamState.WITHDRAWING,), (TeamState.LOST_CONTACT,), (TeamState.RECOVERING,),
    (TeamState.UNAVAILABLE,),
)  # fmt: skip


# -- the five figures -------------------------------------------------------------------------------------------------
def figures(board: DutyBoard, now: datetime) -> tuple[Figure, Figure, Figure, Figure, Figure]:
    """Return (figure, what it is made of, tone): open incidents, due within the hour, teams ready, teams out, receipts awaited."""
    return (_open_incidents(board), _due_soon(board, now), _teams_ready(board), _teams_out(board), _receipts(board, now))


def _open_incidents(board: DutyBoard) -> Figure:
    grades = Counter(each.grade for each in board.incidents)
    parts = [_("{count} {grade}").format(count=grades[grade], grade=short_label(grade).lower()) for grade in Grade if grades[grade]]
    parts += [_("{count} not graded").format(count=grades[None])] if grades[None] else []
    worst = min((grade.rank for grade in grades if grade), default=4)
    tone = Tone.RED if worst < 3 else Tone.ORANGE if worst == 3 else Tone.BLUE if board.incidents else Tone.TEXT
    return str(len(board.incidents)), DOT.join(parts) or _("none open"), tone


def _due_soon(board: DutyBoard, now: datetime) -> Figure:
    late, soon = board.due.late(now), board.due.until(now + HOUR, now=now)
    note = _("{count} overdue").format(count=late) if late else _("none overdue")
    return str(soon), note, Tone.RED if late else Tone.ORANGE if soon else Tone.TEXT


def _count(board: DutyBoard, states: Sequence[TeamState] | frozenset[TeamState]) -> int:
    return sum(board.team_states.get(state, 0) for state in states)


def _teams_ready(board: DutyBoard) -> Figure:
    total, away = sum(board.team_states.values()), _count(board, (TeamState.UNAVAILABLE, TeamState.RECOVERING))
    note = _("of {total} · {away} unavailable").format(total=total, away=away)
    return str(_count(board, SENDABLE)), note, Tone.GREEN


def _teams_out(board: DutyBoard) -> Figure:
    parts = [(_("{count} mustering"), (TeamState.MUSTERING, TeamState.DISPATCHED)), (_("{count} on the way"), (TeamState.EN_ROUTE,)),
             (_("{count} at the scene"), (TeamState.ON_SCENE, TeamState.WORKING)), (_("{count} coming back"), (TeamState.WITHDRAWING,)),
             (_("{count} silent"), (TeamState.LOST_CONTACT,))]
    shown = [words.format(count=count) for words, states in parts if (count := _count(board, states))]
    out = _count(board, OUT)
    return str(out), DOT.join(shown) or _("all at their posts"), Tone.BLUE if out else Tone.TEXT


def _receipts(board: DutyBoard, now: datetime) -> Figure:
    waited = [each for each in board.due.lines if each.kind is DueKind.RECEIPT]
    late = sum(1 for each in waited if each.due_at < now)
    if not waited:
        return "0", _("every order is acknowledged"), Tone.TEXT
    note = ngettext("{count} team silent, phone it", "{count} teams silent, phone them", late).format(count=late) if late else _("none late")
    return str(len(waited)), note, Tone.RED if late else Tone.ORANGE


def shares(board: DutyBoard) -> tuple[Share, ...]:
    """Return the parts of the bar of team states."""
    made = []
    for states in _PARTS:
        shape, tone = state_look(states[0])
        made.append(Share(label(states[0]), _count(board, states), tone, shape))
    return tuple(made)


# -- incidents --------------------------------------------------------------------------------------------------------
def incident_line(each: IncidentLine, namer: Namer, now: datetime) -> Line:
    """Return one incident: grade, what and where, who commands at which level, age, next due."""
    return line(
        each.id, Cell(pill=grade_pill(each.grade, short=True)),
        Cell(each.title, strong=True, size="large", below=place_of(each, namer), hint=each.number),
        _command(each, namer), _level(each),
        Cell(formats.duration(now - each.occurred_at), hint=formats.age(each.occurred_at, now=now)),
        _due_or_alone(each, now),
    )


def _due_or_alone(each: IncidentLine, now: datetime) -> Cell:
    """Return what an incident waits for; one that nobody is sent to and that has no task says so, whatever report it owes."""
    due = each.next_due
    if each.teams_out or (due is not None and due.kind is not DueKind.REPORT):
        return next_due_cell(due, now)
    return Cell(_("no team out"), Tone.ORANGE, strong=True, below=what_of(due) if due else "")


def place_of(each: IncidentLine, namer: Namer) -> str:
    """Return area and address in one."""
    return " ".join(part for part in (namer.area(each.area_id) or each.area_name, each.address) if part)


def _command(each: IncidentLine, namer: Namer) -> Cell:
    """Return who commands, below it the levels of the other tiers that respond."""
    holder = each.holder or (Tier(each.plan_tier) if each.plan_tier else None)
    area = namer.tree.at_tier(each.area_id, holder) if holder is not None else None
    if holder is None:
        return Cell(_("no plan"), Tone.SECONDARY)
    others = [_("{tier} {level}").format(tier=label(tier).lower(), level=level_word(level))
              for tier, level in each.levels if tier is not holder]
    name = namer.area(area.id) if area is not None else label(holder)
    return Cell(name, shape=Shape.IN_COMMAND, hint=label(holder), below=DOT.join(others))


def level_of_holder(each: IncidentLine) -> Level | None:
    """Return the level at which the tier in command responds; None while its response is not activated."""
    return dict(each.levels).get(each.holder) if each.holder is not None else None


def _level(each: IncidentLine) -> Cell:
    level = level_of_holder(each)
    if level is not None:
        return Cell(level_word(level), strong=True, hint=_("Response level"))
    if each.plan_level in set(Level):
        return Cell(f"({level_word(Level(each.plan_level))})", Tone.SECONDARY,
                    hint=_("The plan reaches this level; the response is not activated yet"))
    return Cell("—", Tone.SECONDARY, hint=_("Response level"))


def next_due_cell(due: DueLine | None, now: datetime) -> Cell:
    """Return what an incident waits for, with what is left, in the colour of its urgency."""
    if due is None:
        return Cell(_("nothing due"), Tone.SECONDARY)
    what = awaited(due)
    return Cell(left_words(due, now), due_tone(due.due_at, now), strong=True, below=what, hint=what)


def awaited(due: DueLine) -> str:
    """Return what is waited for: the receipt of a team, its word, or a task."""
    words = {DueKind.RECEIPT: _("receipt of {team}"), DueKind.CONTACT: _("no word from {team}"), DueKind.TRANSPORT: _("transport {team}"),
             DueKind.NOTICE: _("notice of requisition: {team}")}.get(due.kind, "{team}")
    return words.format(team=what_of(due))


def left_words(each: DueLine, now: datetime) -> str:
    """Return what is left, or by how much it is late; a report due at once says so instead."""
    return formats.at_once(each.at_once_from, now=now) if each.at_once_from else formats.time_left(each.due_at, now=now)


def due_tone(due_at: datetime, now: datetime) -> Tone:
    """Return the colour of a due time: late, soon, or later."""
    return Tone.RED if due_at < now else Tone.ORANGE if due_at <= now + SOON else Tone.SECONDARY


def due_shape(due_at: datetime, now: datetime) -> Shape:
    """Return the shape of a due time."""
    return Shape.LATE if due_at < now else Shape.DUE


def what_of(due: DueLine) -> str:
    """Return the team, the task, the report or the answer a due line waits for."""
    if due.kind is DueKind.OFFER:
        return _("answer of the {tier}: does it take the command?").format(tier=label(Tier(due.to_tier)).lower())
    if due.kind is DueKind.REPORT:
        return owed_words(ReportKind(due.report_kind), ReportFamily(due.report_family), Channel(due.channel), Tier(due.from_tier),
                          Tier(due.to_tier))
    return due.what_en if due.what_en and not current_language().startswith("zh") else due.what


# -- what is due ------------------------------------------------------------------------------------------------------
def by_urgency(due: Sequence[DueLine], now: datetime) -> list[DueLine]:
    """Return silent teams first, then the others; what is given stands by time, and so do both parts."""
    silent = [each for each in due if each.kind is not DueKind.TASK and each.due_at <= now]
    return [*silent, *(each for each in due if each.kind is DueKind.TASK or each.due_at > now)]


def due_line(each: DueLine, now: datetime) -> Line:
    """Return one due thing: whose, what, with the phone where a team is silent."""
    if each.kind is DueKind.CONTACT:
        return _silent_line(each, now)
    tone, is_late = due_tone(each.due_at, now), each.due_at < now
    if each.kind is DueKind.RECEIPT and is_late:  # the number to ring comes first: a long name may be cut
        words, after = _("{serial}: no receipt, phone {phone}"), what_of(each)
    elif each.kind is DueKind.RECEIPT:
        words, after = _("{serial}: receipt of {team}"), each.phone
    elif each.kind is DueKind.TRANSPORT:
        words, after = _("{serial}: transport {team}, phone {phone}"), each.order_number
    elif each.kind is DueKind.NOTICE:
        words, after = _("{serial}: notice of requisition, {team}"), each.order_number
    else:
        words, after = _("{serial}: {team}"), _("cl. {clause}").format(clause=each.clause) if each.clause else ""
    text = words.format(serial=serial(each.incident_number), team=what_of(each), phone=each.phone or "—")
    right = left_words(each, now) if is_late or each.at_once_from else formats.due(each.due_at, now=now)
    return line(f"{each.kind}:{each.id}", Cell(text, shape=due_shape(each.due_at, now), shape_tone=tone, after=after,
                                               hint=_(" · ").join([each.incident_title, each.order_number or each.clause])),
                Cell(right, tone, strong=is_late or tone is Tone.ORANGE))


def _silent_line(each: DueLine, now: datetime) -> Line:
    """Return a team that is out and gives no word: since when, and by which setting that is too long. The number to ring is in the alarm."""
    since = each.since or each.due_at
    text = _("{serial}: {team}").format(serial=serial(each.incident_number), team=what_of(each))
    minutes = int((each.due_at - since).total_seconds() // 60)
    setting = _("setting: {minutes} min without a word").format(minutes=minutes) if minutes else label(TeamState.LOST_CONTACT)
    hint = _(" · ").join([each.incident_title, each.order_number, setting, each.phone or "—"])
    right = _("since {time} (limit {minutes} min)").format(time=formats.clock_time(since), minutes=minutes) if minutes else _(
        "lost since {time}").format(time=formats.clock_time(since))
    return line(f"{each.kind}:{each.id}", Cell(text, shape=Shape.LATE, shape_tone=Tone.RED, hint=hint),
                Cell(right, Tone.RED, strong=True, hint=formats.age(since, now=now)))


# -- the log ----------------------------------------------------------------------------------------------------------
def log_line(each: LogLine, now: datetime) -> Line:
    """Return one line of the duty log, with the serial of its incident."""
    entry = each.entry
    words = told(entry)
    if each.incident_number:
        words = _("{serial}: {words}").format(serial=serial(each.incident_number), words=words)
    return line(entry.id, Cell(formats.when(entry.occurred_at, now=now), Tone.SECONDARY, strong=True),
                Cell(words, hint=_(" · ").join([label(entry.happening), each.account_name, each.incident_title])))
