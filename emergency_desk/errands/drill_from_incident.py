"""A drill made of a real incident's log: what came in becomes injects, what the desk did upon it the expected acts, with the minutes it took.

Callers' names and phones are taken out of every text; what was typed into the log itself is not told. The limits are those of that evening:
a drill of it is to be no slower.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

from emergency_desk.domain.drill_scripts import DrillScript, ScriptedInject
from emergency_desk.domain.drills import Drill, DrillForm, DrillPurpose, DrillScope
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, Happening, LogEntry
from emergency_desk.domain.replay import History
from emergency_desk.domain.texts import Text
from emergency_desk.errands import drill_scripts
from emergency_desk.errands.walk_scrubbing import Scrubber
from emergency_desk.services import replay
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label, label

# What counts as the desk's own act upon what came in.
_ACTS = frozenset({Happening.TEAM_SENT, Happening.GRADE, Happening.RESPONSE, Happening.COMMAND, Happening.POST, Happening.NOTICE,
                   Happening.DECISION, Happening.REPORT, Happening.SHELTER, Happening.EVACUATION, Happening.STOCK, Happening.TEAM_RECALLED})
_LOST = "lost_contact"
_MOST_ACTS = 3  # of one inject that are named
_MINUTE = timedelta(minutes=1)
_REMARKS = ("由事件日志生成。来电人的姓名和电话已经去掉；来电原话里别的姓名，请在使用以前再看一遍。",
            "Made from an incident's log. Callers' names and phones were taken out; look over the callers' words for other names before use.")


@dataclass(frozen=True, slots=True)
class CameIn:
    """Something the desk was told, when, in which words."""

    at: datetime
    text: str


def script_of(desk: Desk, *, incident_id: Id) -> DrillScript:
    """Return the drill of an incident. Raises NotFound, RoleMissing, NothingToPrint when nothing came in."""
    kept = replay.history(desk, incident_id=incident_id)
    scrub = Scrubber(replay.personal_words(desk, incident_id=incident_id))
    came_in = sorted(_came_in(desk, kept, scrub), key=lambda one: one.at)
    if not came_in:
        raise NothingToPrint(name="drill", number=kept.incident.number)
    office, title = _("duty office"), scrub(kept.incident.title)
    entries = sorted((line.entry for line in kept.lines if line.entry.happening in _ACTS), key=lambda entry: (entry.occurred_at, entry.sequence))
    injects = tuple(_inject(one, after, entries, begun=came_in[0].at, office=office)
                    for one, after in zip(came_in, [*came_in[1:], None], strict=True))
    return DrillScript(
        id=f"incident_{kept.incident.number.replace('-', '_').lower()}", title=Text(_("Drill of: {title}").format(title=title)),
        plan_code=kept.incident.plan_code, form=DrillForm.TABLETOP, scope=DrillScope.FULL, purpose=DrillPurpose.TEST,
        heads=max(2, 2 + len({line.team.id for line in kept.orders})), scenario=Text(came_in[0].text),
        aims=(Text(_("Every act as fast as on the day it happened")),), stop_conditions=(Text(_("a real call needs the forces of the drill")),),
        injects=injects)


def plan_of_incident(desk: Desk, *, incident_id: Id) -> Drill:
    """Plan a drill of an incident, for now; day and people are changed afterwards. Raises what `script_of` and `plan_drill` raise."""
    return drill_scripts.plan_from(desk, script_of(desk, incident_id=incident_id), planned_at=desk.now())


def export_drill(desk: Desk, *, incident_id: Id, path: Path) -> int:
    """Write the drill of an incident as a file; returns how many injects it has. Raises BadFile and what `script_of` raises."""
    return drill_scripts.write_file(script_of(desk, incident_id=incident_id), path, remarks=_REMARKS)


def _came_in(desk: Desk, kept: History, scrub: Scrubber) -> Iterator[CameIn]:
    """Yield the calls, the figures as they became known, and the teams that fell silent."""
    calls = replay.calls_of(desk, incident_id=kept.incident.id)
    for call in calls:
        yield CameIn(call.received_at, scrub(call.words) or label(Happening.CALL_TAKEN))
    for report in kept.figures:
        if calls and report.occurred_at <= calls[0].received_at:
            continue  # what the first caller said stands in his words
        known = [_("{figure}: {count}").format(figure=field_label(one.name), count=value) for one in fields(Figures)
                 if (value := getattr(report, one.name)) is not None]
        if known:
            yield CameIn(report.occurred_at, _(", ").join(known))
    for line in kept.lines:
        if line.entry.happening is Happening.TEAM_STATE and line.entry.value("to") == _LOST:
            yield CameIn(line.entry.occurred_at, _("A team has fallen silent"))


def _inject(one: CameIn, after: CameIn | None, entries: Sequence[LogEntry], *, begun: datetime, office: str) -> ScriptedInject:
    acts = [entry for entry in entries if entry.occurred_at >= one.at and (after is None or entry.occurred_at < after.at)]
    told = list(dict.fromkeys(label(entry.happening) for entry in acts))[:_MOST_ACTS]
    takes = max(1, -(-(acts[0].occurred_at - one.at) // _MINUTE)) if acts else None
    return ScriptedInject(
        at_minutes=(one.at - begun) // _MINUTE, to_whom=Text(office), text=Text(one.text),
        expected=Text(_("; ").join(told) if told else _("to be judged")), limit_minutes=takes, takes_minutes=takes)
