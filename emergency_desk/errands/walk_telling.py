"""Tells each line of an incident's log as the act of a walk that wrote it; what an act brings about by itself is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.command import Notice
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Call, Figures, FiguresReport, Happening, IncidentState, LogEntry, Task
from emergency_desk.domain.recovery import AftermathKind
from emergency_desk.domain.replay import History
from emergency_desk.domain.walks import NO, YES, Step
from emergency_desk.errands.walk_people import founded_account
from emergency_desk.errands.walk_scrubbing import SOMEBODY, Scrubber
from emergency_desk.errands.walk_telling_after import AfterTelling
from emergency_desk.errands.walk_telling_ladder import LadderTelling
from emergency_desk.errands.walk_telling_reports import ReportTelling
from emergency_desk.errands.walk_telling_supplies import NOT_BY_INCIDENT
from emergency_desk.services import accounts, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.wording.log_lines import told

INCIDENT = "event"
_SENDING_REASON = "照原来的事件"  # an override that is only used where something speaks against a team now
_DERIVED = frozenset({Happening.INCIDENT_OPENED, Happening.PLAN_CHOSEN, Happening.NO_PLAN, Happening.OVERRIDE, Happening.APPLICATION})
_ON_FINDING = frozenset({"finding_begin", "finding_done", "finding_verify", "finding_back", "finding_drop", "finding_reopen"}) | NOT_BY_INCIDENT
_CORRECTABLE = {"title": "title", "address": "address"}
Arguments = dict[str, str | tuple[str, ...]]


class Telling:
    """Goes through the log and says each line as the act that wrote it; what an act brings about by itself is left out."""

    def __init__(self, desk: Desk, kept: History, calls: dict[Id, Call], ladder: Ladder, after: AfterTelling, scrub: Scrubber) -> None:
        self._desk, self._kept, self._calls, self._after, self._scrub = desk, kept, calls, after, scrub
        self._orders = {line.dispatch.id: line for line in kept.orders}
        self._tasks = {task.id: task for task in kept.tasks}
        self._accounts = {account.id: account for account in accounts.list_accounts(desk)}
        self._ladder = LadderTelling(kept, ladder, scrub, tier_of=self._tier_of, speaker=self._speaker)
        self._reports = ReportTelling(ladder.reports, ladder.dues, scrub, person=self._ladder.person, speaker=self._speaker)
        self._unlisted = self._ladder.added_notices(lays_them=desk.facts.is_demo)
        self._own_words: set[Id] = set()
        self._on_no_list: set[Id] = set()
        self._parents: dict[str, str] = {}  # incidents above this one, by number: the names of the steps that took them
        self._told = {line.entry.about_id for line in kept.lines if line.entry.happening is Happening.FIGURES}
        self._figures = Figures()
        self._made: dict[Id, str] = {}  # log lines that a step wrote, by the step's name
        self._called: dict[Id, str] = {}
        self._consumed: set[Id] = set()
        self._writers: dict[Happening, Callable[[LogEntry, datetime], Iterator[Step]]] = {
            Happening.CALL_TAKEN: self._call, Happening.CALL_JOINED: self._join, Happening.CALL_PARTED: self._part,
            Happening.CORRECTED: self._correct, Happening.FIGURES: self._report, Happening.TEAM_SENT: self._send,
            Happening.ORDER_APPROVED: self._approve, Happening.RECEIPT: self._receipt, Happening.RECEIPT_LATE: self._receipt,
            Happening.TEAM_STATE: self._state_of_team, Happening.GAP_FILLED: self._gap, Happening.TEAM_RECALLED: self._recall,
            Happening.CHECKED_IN: self._check_in, Happening.TASK_DONE: self._task, Happening.TASK_SKIPPED: self._task,
            Happening.NOTE: self._note, Happening.HEARD: self._heard, Happening.STATE: self._say_state, Happening.CLOSED: self._close,
            Happening.REOPENED: self._reopen, Happening.PERSONAL_ERASED: self._erase, Happening.PLAN_BORROWED: self._borrow,
            Happening.AFTERMATH: self._of_after, Happening.FINDING: self._of_after, Happening.STOCK: self._of_after,
            Happening.GRADE: self._of_grade,
            Happening.REPORT: self._of_report, Happening.REPORT_SKIPPED: self._of_report,
        }  # fmt: skip

    def steps(self) -> Iterator[Step]:
        """Yield every step, in the order of entry."""
        added = sorted((task for task in self._kept.tasks if self._is_added(task)), key=lambda task: task.created_at)
        for line, moment in zip(self._kept.lines, self._kept.moments, strict=True):
            while added and whole(added[0].created_at) <= whole(moment):
                yield self._add_task(added.pop(0))
            while self._called and self._unlisted and whole(self._unlisted[0].created_at) <= whole(moment):
                yield from self._add_notice(self._unlisted.pop(0))
            if line.entry.happening not in _DERIVED and line.entry.id not in self._consumed:
                yield from self._writer(line.entry)(line.entry, whole(moment))
        for task in added:
            yield self._add_task(task)
        for notice in self._unlisted:
            yield from self._add_notice(notice)

    def is_told_as_act(self, entry: LogEntry) -> bool:
        """Say, once the steps were told, whether a line became the act that wrote it, and no mere line."""
        return entry.id not in self._own_words

    def _writer(self, entry: LogEntry) -> Callable[[LogEntry, datetime], Iterator[Step]]:
        if self._ladder.tells(entry.happening):
            return self._of_ladder
        return self._writers.get(entry.happening, self._anything)

    def _step(self, entry: LogEntry, at: datetime, act: str, arguments: Arguments | None = None, *, name: str = "", **moments: datetime) -> Step:
        given = {key: value for key, value in (arguments or {}).items() if value}
        about = {} if act in ("call", "correct_log") else {"incident": INCIDENT}
        return Step(number=0, at=at, act=act, account=self._who(entry.account_id), arguments={**about, **given}, name=name,
                    moments={key: whole(moment) for key, moment in moments.items() if whole(moment) <= at})

    def _text(self, text: str) -> str:
        return self._scrub(text)

    # -- calls --
    def _call(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        call = self._calls.get(entry.about_id) if entry.about_id else None
        if call is None:
            return
        name = INCIDENT if not self._called else f"call_{len(self._called) + 1}"
        self._called[call.id] = name
        report = next((one for one in self._kept.figures if one.recorded_at == call.recorded_at and one.id not in self._told), None)
        opened = next((line.entry for line in self._kept.lines if line.entry.happening is Happening.INCIDENT_OPENED), None)
        arguments = {**self._draft(call), "type": opened.value("type") if opened else self._kept.incident.type_id, "send": "none",
                     **self._counted(report)}
        yield self._step(entry, at, "call", arguments, name=name, **_moments_of(call))

    def _draft(self, call: Call) -> Arguments:
        place = " ".join(part for part in (place_of(self._desk, call.area_id), self._text(call.address)) if part)
        position = {} if call.latitude is None or call.longitude is None else {
            "latitude": f"{call.latitude:.6f}", "longitude": f"{call.longitude:.6f}"}
        return {"words": self._text(call.words), "where": place, "source": call.source.value, **position}

    def _join(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        """A call that joined; when a whole incident did, the calls and orders that came over with it."""
        if entry.value("from_number") == self._kept.incident.number:
            yield self._step(entry, at, "log", {"text": self._text(told(entry))})
            return
        call = self._calls.get(entry.about_id) if entry.about_id else None
        joined = [call] if call is not None else self._came_over(at)
        for one in joined:
            self._called[one.id] = f"call_{len(self._called) + 1}"
            yield self._step(entry, at, "join", self._draft(one), name=self._called[one.id], **_moments_of(one))
        if call is None:
            sent = {line.entry.about_id for line in self._kept.lines if line.entry.happening is Happening.TEAM_SENT}
            for order_id, line in self._orders.items():
                if order_id not in sent and whole(line.dispatch.sent_at) <= at:
                    yield self._order_step(entry, at, order_id)

    def _came_over(self, at: datetime) -> list[Call]:
        own = {line.entry.about_id for line in self._kept.lines if line.entry.happening in (Happening.CALL_TAKEN, Happening.CALL_JOINED)}
        return [call for call in self._calls.values() if call.id not in own and call.id not in self._called and whole(call.recorded_at) <= at]

    def _part(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        if entry.value("number") == self._kept.incident.number:  # this incident began so
            yield from self._call(entry, at)
        elif entry.about_id in self._called:
            step = self._step(entry, at, "part", {"call": self._called[entry.about_id]})
            yield replace(step, arguments={key: value for key, value in step.arguments.items() if key != "incident"})

    def _correct(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        what, after = entry.value("what"), entry.value("after")
        task = self._tasks.get(entry.about_id) if entry.about_id else None
        if what == "task" and task is not None:
            yield self._step(entry, at, "task_reopen", {"title": task.title})
        elif what == "log" and entry.corrects_id in self._made:
            name = f"line_{len(self._made) + 1}"
            yield self._step(entry, at, "correct_log", {"entry": self._made[entry.corrects_id], "text": self._text(entry.text)}, name=name)
            self._made[entry.id] = name
        elif what in _CORRECTABLE and not entry.value("order"):
            yield self._step(entry, at, "correct", {_CORRECTABLE[what]: self._text(after)})
        elif what == "type_id" and self._type_named(after):
            yield self._step(entry, at, "correct", {"type": self._type_named(after)})
        elif what == "area_id":
            yield self._step(entry, at, "correct", {"where": place_of(self._desk, self._kept.incident.area_id)})
        elif what in ("production", "secondary_types", "parent"):
            yield from self._say_what_it_is(entry, at)
        elif what not in ("caller", "note"):  # a caller's own details stay where they are
            yield from self._anything(entry, at)

    def _say_what_it_is(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        what, after = entry.value("what"), entry.value("after")
        if what == "production":
            yield self._step(entry, at, "say_production", {"production": after, "circumstances": _parts(entry.value("circumstances"))})
        elif what == "secondary_types":
            yield self._step(entry, at, "secondary_types", {"types": _parts(after)})
        else:
            yield from self._hang(entry, at, number=after.partition(" ")[0])

    def _hang(self, entry: LogEntry, at: datetime, *, number: str) -> Iterator[Step]:
        """Hang the incident below another, which is taken as a call of its own: its kind and its place, nothing else of it."""
        if number and number not in self._parents:
            above = incidents.find_incident(self._desk, number=number)
            name = self._parents[number] = f"above_{len(self._parents) + 1}"
            kind = self._desk.trade.type(above.type_id)
            yield self._step(entry, at, "call", {"words": kind.name.zh, "where": place_of(self._desk, above.area_id), "type": kind.id,
                                                 "send": "none"}, name=name)
        yield self._step(entry, at, "set_parent", {"parent": self._parents.get(number, "")})

    def _type_named(self, name: str) -> str:
        return next((kind.id for kind in self._desk.trade.types if name in (kind.id, kind.name.zh, kind.name.en)), "")

    # -- figures --
    def _report(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        report = next((one for one in self._kept.figures if one.id == entry.about_id), None)
        if report is None:
            return
        falls = report.dead is not None and self._figures.dead is not None and report.dead < self._figures.dead
        arguments: Arguments = {**self._counted(report), "reported_by": SOMEBODY if report.reported_by else ""}
        if falls:
            note = self._note_after(entry)
            arguments["reason"] = self._text(note.text) if note else "核实"
            self._consumed |= {note.id} if note else set()
        yield self._step(entry, at, "figures", arguments, occurred=entry.occurred_at)

    def _counted(self, report: FiguresReport | None) -> Arguments:
        if report is None:
            return {}
        self._figures = self._figures.merged_with(report.figures)
        return {one.name: f"{value:g}" if isinstance(value, float) else str(value) for one in fields(Figures)
                if (value := getattr(report.figures, one.name)) is not None}

    def _note_after(self, entry: LogEntry) -> LogEntry | None:
        return next((line.entry for line in self._kept.lines if line.entry.happening is Happening.NOTE and
                     line.entry.sequence > entry.sequence and line.entry.recorded_at == entry.recorded_at), None)

    # -- orders and teams --
    def _send(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        if entry.about_id in self._orders:
            yield self._order_step(entry, at, Id(str(entry.about_id)))

    def _order_step(self, entry: LogEntry, at: datetime, order_id: Id) -> Step:
        line = self._orders[order_id]
        order, team = line.dispatch, line.team.name
        if order.application_by:
            return self._step(entry, at, "accept", {"team": team, "applied_by": SOMEBODY, "serves": order.serves,
                                                    "task": self._text(order.task)})
        return self._step(entry, at, "send", {
            "teams": (team,), "serves": order.serves, "task": self._text(order.task), "muster": self._text(order.muster_place),
            "route": self._text(order.route), "safety": self._text(order.safety),
            "override": self._text(order.override_reason) or _SENDING_REASON})

    def _on_order(self, entry: LogEntry, at: datetime, act: str, **more: str) -> Iterator[Step]:
        line = self._orders.get(entry.about_id) if entry.about_id else None
        if line is not None:
            yield self._step(entry, at, act, {"team": line.team.name, **more})

    def _approve(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        return self._on_order(entry, at, "approve", by=SOMEBODY, how=entry.value("how"))

    def _receipt(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        for step in self._on_order(entry, at, "receipt", how=entry.value("how")):
            yield replace(step, moments={"received": whole(entry.occurred_at)})

    def _state_of_team(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        yield self._step(entry, at, "state", {"team": entry.value("team"), "to": entry.value("to"), "how": entry.value("how"),
                                              "note": self._text(entry.text)}, occurred=entry.occurred_at)

    def _gap(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        yield self._step(entry, at, "fill_gap", {"team": entry.value("team"), "state": entry.value("to"), "how": entry.value("how")},
                         occurred=entry.occurred_at)

    def _recall(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        return self._on_order(entry, at, "recall", reason=self._text(entry.text))

    def _check_in(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        for step in self._on_order(entry, at, "check_in", post=self._text(entry.value("post"))):
            yield replace(step, moments={"occurred": whole(entry.occurred_at)})

    # -- tasks --
    def _is_added(self, task: Task) -> bool:
        """Say whether an officer added the task: neither a plan laid it nor, at the beginning, the law (R-1.10)."""
        return not task.action_id and task.created_at > self._kept.incident.recorded_at

    def _add_task(self, task: Task) -> Step:
        due = {} if task.due_at is None else {"due": whole(task.due_at)}
        return Step(number=0, at=whole(task.created_at), act="task_add", account=self._who(self._somebody_of(task.tier)), moments=due,
                    arguments={"incident": INCIDENT, "title": self._text(task.title)})

    def _task(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        task = self._tasks.get(entry.about_id) if entry.about_id else None
        if task is None or entry.value("met_by"):  # what another act does by itself it does again; told, it would end another tier's
            return
        title = self._text(task.title) if self._is_added(task) else task.title
        if entry.happening is Happening.TASK_SKIPPED:
            yield self._step(entry, at, "task_skip", {"title": title, "reason": self._text(entry.text)})
        else:
            yield self._step(entry, at, "task_done", {"title": title}, occurred=entry.occurred_at)

    def _borrow(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        yield self._step(entry, at, "borrow", {"plan": entry.value("plan")})

    # -- the log, state and close --
    def _note(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        yield self._line(entry, at, "log", {"text": self._text(entry.text)})

    def _heard(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        yield self._line(entry, at, "heard", {"from": self._speaker(entry.value("heard_from")), "how": entry.value("how"),
                                              "text": self._text(entry.text)})

    def _line(self, entry: LogEntry, at: datetime, act: str, arguments: Arguments) -> Step:
        name = f"line_{len(self._made) + 1}"
        self._made[entry.id] = name
        return self._step(entry, at, act, arguments, name=name, occurred=entry.occurred_at)

    def _speaker(self, name: str) -> str:
        """Keep who spoke where it is a team or an area; a person becomes somebody."""
        known = {line.team.name for line in self._kept.orders} | {area.name for area in self._desk.tree.by_id.values()}
        return name if name in known else SOMEBODY

    def _say_state(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        yield self._step(entry, at, "set_state", {"state": entry.value("state"), "note": self._text(entry.text)})

    def _close(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        over = next((line.entry for line in reversed(self._kept.lines) if line.entry.happening is Happening.OVERRIDE and
                     line.entry.sequence < entry.sequence and line.entry.recorded_at == entry.recorded_at), None)
        is_false = entry.value("state") == IncidentState.FALSE_ALARM
        yield self._step(entry, at, "close", {"note": self._text(entry.text), "false_alarm": YES if is_false else NO,
                                              "override": self._text(over.text) if over else ""})

    def _reopen(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        yield self._step(entry, at, "reopen", {"reason": self._text(entry.text)})

    def _erase(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        """Personal data was erased by itself, or by ending what is owed of it: then the next line says so."""
        by_item = any(line.entry.sequence == entry.sequence + 1 and line.entry.value("kind") == AftermathKind.PERSONAL_ERASURE
                      for line in self._kept.lines)
        if not by_item:
            yield self._step(entry, at, "erase_personal")

    def _of_after(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        acts = self._after.acts(entry)
        yield from self._anything(entry, at) if acts is None else ()
        for act, arguments, moments in acts or ():
            step = self._step(entry, at, act, arguments)
            about = {} if act not in _ON_FINDING else {"incident": ""}
            yield replace(step, moments={key: whole(moment) for key, moment in moments.items()},
                          arguments={key: value for key, value in {**step.arguments, **about}.items() if value})

    # -- the ladder and what goes up --
    def _of_ladder(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        if self._ladder.follows_by_itself(entry):
            return
        acts = [] if entry.about_id in self._on_no_list else list(self._ladder.acts(entry))
        for act, arguments in acts:
            yield self._step(entry, at, act, arguments, occurred=entry.occurred_at)
        if not acts:
            yield from self._anything(entry, at)

    def _of_grade(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        for act, arguments in self._ladder.judged(entry):
            yield self._step(entry, at, act, arguments)

    def _of_report(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        acts = self._reports.of_report(entry) if entry.happening is Happening.REPORT else self._reports.of_skip(entry)
        for act, arguments, moments in acts:
            yield replace(self._step(entry, at, act, arguments), moments={key: whole(moment) for key, moment in moments.items()})

    def _add_notice(self, notice: Notice) -> Iterator[Step]:
        """Put somebody on the list of a tier; a tier nobody of this desk acted for keeps no list of its own when it is played."""
        who = self._somebody_of(notice.tier.value)
        if self._tier_of(who) is notice.tier:
            act, arguments = self._ladder.add_notice(notice)
            yield Step(number=0, at=whole(notice.created_at), act=act, account=self._who(who),
                       arguments={"incident": INCIDENT, **{key: value for key, value in arguments.items() if value}})
        else:
            self._on_no_list.add(notice.id)

    def _anything(self, entry: LogEntry, at: datetime) -> Iterator[Step]:
        """Tell a line that no act says, in its own words."""
        self._own_words.add(entry.id)
        yield self._line(entry, at, "log", {"text": self._text(told(entry))})

    # -- who --
    def _tier_of(self, account_id: Id) -> Tier:
        account = self._accounts.get(account_id)
        return self._desk.tree.by_id[account.area_id].tier if account is not None else self._desk.tier

    def _somebody_of(self, tier: str) -> Id:
        """Return who acted for a tier first, else who acted first at all."""
        acted = [line.entry.account_id for line in self._kept.lines]
        return next((id_ for id_ in acted if self._tier_of(id_) == tier), acted[0])

    def _who(self, account_id: Id) -> str:
        account = self._accounts.get(account_id)
        if account is not None and self._desk.facts.is_demo and account.is_demo:
            return account.name
        if self._desk.facts.is_demo:
            return ""
        return founded_account(self._desk, account)


def _moments_of(call: Call) -> dict[str, datetime]:
    found = {"received": call.received_at}
    return found if call.occurred_at is None else {**found, "occurred": call.occurred_at}


def place_of(desk: Desk, area_id: Id) -> str:
    """Return an area as a walk names it: by its code, else by the names from above down."""
    area = desk.tree.by_id[area_id]
    return area.code or "".join(each.name for each in desk.tree.path(area_id) if each.tier.rank >= Tier.CITY.rank)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(", ") if part)


def whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
