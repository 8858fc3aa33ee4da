"""What a log line tells, in words, for screens and papers alike.

An entry carries what happened and its values (`services.steps.logbook`); the sentence is chosen here, each time it is shown.
What people typed is told as typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.grading import Standing
from emergency_desk.domain.incidents import Grade, Happening, IncidentState, LogEntry, Production, Source
from emergency_desk.domain.plan_records import Level, PlanFact
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportFamily, ReportKind
from emergency_desk.domain.teams import HowHeard, TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.wording import ladder_lines
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.drafting import report_name
from emergency_desk.wording.formats import span
from emergency_desk.wording.isolation_lines import isolation_line
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.shelter_lines import evacuation_line, shelter_line
from emergency_desk.wording.stock_lines import stock_line

_FIGURES = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate", "at_risk", "loss_yuan", "hectares")


def told(entry: LogEntry) -> str:
    """Return what the line tells; a line whose values are lost tells what was typed, or else only its kind."""
    sentence = _SENTENCES[entry.happening](entry) if entry.happening in _SENTENCES else ""
    parts = [sentence] if sentence else []
    if entry.text and entry.text not in sentence:
        parts.append(entry.text)
    return ("" if sentence.endswith("。") else " ").join(parts) or label(entry.happening)


def _word(kind: type[StrEnum], value: str) -> str:
    return label(kind(value)) if value in set(kind) else value


def _bilingual(entry: LogEntry, name: str) -> str:
    return Text(entry.value(name), entry.value(f"{name}_en")).in_language(current_language())


def _call(entry: LogEntry) -> str:
    if entry.value("from_number"):
        return _("{other} ({title}) was joined to {number}.").format(
            other=entry.value("from_number"), title=entry.value("title"), number=entry.value("number"))
    return _("{source}: {words}").format(source=_word(Source, entry.value("source")), words=entry.text)


def _parted(entry: LogEntry) -> str:
    return _("Parted from {other}, now {number}.").format(other=entry.value("from_number"), number=entry.value("number"))


def _opened(entry: LogEntry) -> str:
    if entry.value("parted_from"):
        return _("{number}, {title}; parted from {other}.").format(
            number=entry.value("number"), title=entry.value("title"), other=entry.value("parted_from"))
    return _("{number}, {title}.").format(number=entry.value("number"), title=entry.value("title"))


def _corrected(entry: LogEntry) -> str:
    what = entry.value("what")
    if what == "log":
        return _("Line {line} corrected: {text}").format(line=entry.value("line"), text=entry.text)
    if what == "task":
        return _("Task to be done after all: {clause} {task}").format(clause=entry.value("clause"), task=_bilingual(entry, "task"))
    if entry.value("order"):
        return _("Order {order}, {field}: {before} → {after}").format(
            order=entry.value("order"), field=field_label(what), before=entry.value("before") or _("nothing"),
            after=entry.value("after") or _("nothing"))
    if entry.value("before") or entry.value("after"):
        before, after = (_told_value(what, entry.value(name)) for name in ("before", "after"))
        return _("{field}: {before} → {after}").format(field=field_label(what), before=before, after=after)
    return _("Mended: {field}.").format(field=field_label(what))


def _told_value(what: str, value: str) -> str:
    if not value:
        return _("nothing")
    return _word(Production, value) if what == "production" else value


def _figures(entry: LogEntry) -> str:
    known = [_("{figure}: {count}").format(figure=field_label(name), count=entry.value(name)) for name in _FIGURES if entry.value(name)]
    if entry.value("reported_by"):
        known.append(_("reported by {name}").format(name=entry.value("reported_by")))
    if entry.value("after_close"):
        known.append(_("supplement after the close"))
    return _("; ").join(known)


def _grade(entry: LogEntry) -> str:
    grade, standing = _word(Grade, entry.value("grade")), _word(Standing, entry.value("standing"))
    if entry.value("decided_by"):
        return _("{grade}, decided by {name}.").format(grade=grade, name=entry.value("decided_by"))
    if entry.value("criterion") and entry.value("threshold"):
        return _("{grade}, by {figure} {count} (from {threshold}). {standing}.").format(
            grade=grade, figure=field_label(entry.value("criterion")), count=entry.value("value"), threshold=entry.value("threshold"),
            standing=standing)
    return _("{grade}. {standing}.").format(grade=grade, standing=standing)


def _plan(entry: LogEntry) -> str:
    title, tier, clause = _bilingual(entry, "plan_title"), _word(Tier, entry.value("tier")), entry.value("clause")
    if entry.value("level"):
        return _("{plan}, {tier}, {level}, clause {clause}.").format(
            plan=title, tier=tier, level=_word(Level, entry.value("level")), clause=clause or "—")
    return _("{plan}, {tier}, no level yet.").format(plan=title, tier=tier)


def _no_plan(entry: LogEntry) -> str:
    return _("No plan of this tier fits ({tier}).").format(tier=_word(Tier, entry.value("tier")))


def _plan_borrowed(entry: LogEntry) -> str:
    return ngettext("No plan was made for this: {count} action of {plan} v{version} was laid, borrowed at {level} of the {tier}.",
                    "No plan was made for this: {count} actions of {plan} v{version} were laid, borrowed at {level} of the {tier}.",
                    int(entry.value("count") or 0)).format(
        count=entry.value("count") or "0", plan=_bilingual(entry, "plan_title"), version=entry.value("version"),
        level=_word(Level, entry.value("level")), tier=_word(Tier, entry.value("tier")))


def _sent(entry: LogEntry) -> str:
    team, order, minutes = _bilingual(entry, "team"), entry.value("order"), entry.value("minutes")
    if minutes:
        return _("{team} sent by order {order}, estimated travel {minutes} min.").format(team=team, order=order, minutes=minutes)
    return _("{team} sent by order {order}.").format(team=team, order=order)


def _override(entry: LogEntry) -> str:
    if entry.value("reason") == "teams_out":
        return _("Closed although these are still out: {teams}.").format(teams=entry.value("teams"))
    return _("{team} sent against the advice ({reason}).").format(team=_bilingual(entry, "team"),
                                                                 reason=_word(ReasonNot, entry.value("reason")))


def _approved(entry: LogEntry) -> str:
    return _("Order {order} agreed by {name}, {how}.").format(
        order=entry.value("order"), name=entry.value("approved_by"), how=_word(HowHeard, entry.value("how")))


def _receipt(entry: LogEntry) -> str:
    team, order, how = _bilingual(entry, "team"), entry.value("order"), _word(HowHeard, entry.value("how"))
    if entry.value("by"):
        return _("{team} has order {order}: {name}, {how}.").format(team=team, order=order, name=entry.value("by"), how=how)
    return _("{team} has order {order}, told {how}.").format(team=team, order=order, how=how)


def _state_of_team(entry: LogEntry) -> str:
    team, state = _bilingual(entry, "team"), _word(TeamState, entry.value("to"))
    how = _word(HowHeard, entry.value("how"))
    if entry.value("by"):
        said = _("{team}: {state} ({name}, {how}).").format(team=team, state=state, name=entry.value("by"), how=how)
    else:
        said = _("{team}: {state} ({how}).").format(team=team, state=state, how=how)
    skipped = _(", ").join(_word(TeamState, name) for name in entry.value("unreported").split(",") if name)
    return _("{sentence} Not reported: {states}.").format(sentence=said, states=skipped) if skipped else said


def _recalled(entry: LogEntry) -> str:
    return _("{team} recalled, order {order}.").format(team=_bilingual(entry, "team"), order=entry.value("order"))


def _checked_in(entry: LogEntry) -> str:
    team, post = _bilingual(entry, "team"), entry.value("post")
    return _("{team} checked in at {post}.").format(team=team, post=post) if post else _("{team} checked in.").format(team=team)


def _team_heard(entry: LogEntry) -> str:
    team, how = _bilingual(entry, "team"), _word(HowHeard, entry.value("how"))
    if entry.value("by"):
        return _("{team} gave word ({name}, {how}).").format(team=team, name=entry.value("by"), how=how)
    return _("{team} gave word ({how}).").format(team=team, how=how)


def _application(entry: LogEntry) -> str:
    return _("{team} applied ({name}) and was accepted.").format(team=_bilingual(entry, "team"), name=entry.value("applied_by"))


def _task(entry: LogEntry) -> str:
    clause, task = entry.value("clause"), _bilingual(entry, "task")
    told = _("Clause {clause}: {task}").format(clause=clause, task=task) if clause else task
    if not entry.value("met_by"):
        return told
    words = _("{task} (skipped with: {what})") if entry.happening is Happening.TASK_SKIPPED else _("{task} (done by: {what})")
    return words.format(task=told, what=_word(PlanFact, entry.value("met_by")))


def _heard(entry: LogEntry) -> str:
    if not entry.value("heard_from"):
        return ""
    if entry.value("read_back"):
        return _("{name} ({how}, read back): {words}").format(name=entry.value("heard_from"), how=_word(HowHeard, entry.value("how")),
                                                              words=entry.text)
    if not entry.value("how"):
        return _("{source}: {words}").format(source=entry.value("heard_from"), words=entry.text)
    return _("{name} ({how}): {words}").format(name=entry.value("heard_from"), how=_word(HowHeard, entry.value("how")), words=entry.text)


def _state(entry: LogEntry) -> str:
    return _("{before} → {after}.").format(before=_word(IncidentState, entry.value("before")), after=_word(IncidentState, entry.value("state")))


def _closed(entry: LogEntry) -> str:
    number, state, owed = entry.value("number"), _word(IncidentState, entry.value("state")), int(entry.value("owed") or 0)
    if owed:
        return ngettext("{number}: {state}. {count} thing is owed afterwards.", "{number}: {state}. {count} things are owed afterwards.",
                        owed).format(number=number, state=state, count=owed)
    return _("{number}: {state}.").format(number=number, state=state)


def _aftermath(entry: LogEntry) -> str:
    title = _bilingual(entry, "title")
    if entry.value("quantity"):
        title = _("{title}, {quantity} {unit}").format(title=title, quantity=entry.value("quantity"), unit=unit_word(entry.value("unit"))).strip()
    sentence = _AFTERMATH.get(entry.value("step"))
    return _(sentence).format(title=title) if sentence else title


def _finding(entry: LogEntry) -> str:
    sentence = _FINDING.get(entry.value("step"))
    number, problem = entry.value("number"), entry.value("problem")
    return _(sentence).format(number=number, problem=problem) if sentence else number


_AFTERMATH = {
    "added": N_("Owed: {title}."), "assigned": N_("Assigned: {title}."), "done": N_("Done: {title}."), "dropped": N_("Not owed: {title}."),
    "reopened": N_("Owed again: {title}."), "delayed": N_("Put off: {title}."), "archived_early": N_("Archived while things are still open."),
}
_FINDING = {
    "added": N_("Finding {number}: {problem}"), "mending": N_("Finding {number} is being mended."),
    "done": N_("Finding {number} is mended; somebody else verifies it."), "verified": N_("Finding {number} was verified."),
    "returned": N_("Finding {number} is not mended yet."), "dropped": N_("Finding {number} was dropped."),
    "changed": N_("Finding {number} was changed."), "reopened": N_("Finding {number} was taken up again."),
}


def _erased(entry: LogEntry) -> str:
    rows = int(entry.value("rows") or 0)
    told = ngettext("Personal data of {count} person erased.", "Personal data of {count} people erased.", rows).format(count=rows)
    number = entry.value("certificate")
    return _("{told} Certificate {number}.").format(told=told, number=number) if number else told


def _report(entry: LogEntry) -> str:
    what = entry.value("what")
    if what == "may_become_major":
        return _("It may become major: every tier that knows of it reports at once.")
    if what == "outside_window":
        return _("The change lies after the {days} days in which it must be reported (until {day}): an information note only.").format(
            days=entry.value("days"), day=entry.value("last_day"))
    told = _report_sent(entry) if what in ("sent", "heard") else _report_received(entry)
    extra = []
    if entry.value("read_back"):
        extra.append(_("read back"))
    if entry.value("copies"):
        extra.append(_("copy to {names}").format(names=_(", ").join(_word(Tier, name) for name in entry.value("copies").split(", "))))
    if entry.value("late_minutes"):
        extra.append(_("{span} late").format(span=span(timedelta(minutes=int(entry.value("late_minutes"))))))
    return _("{sentence} ({more})").format(sentence=told, more=_("; ").join(extra)) if extra else told


def _report_sent(entry: LogEntry) -> str:
    words = _report_words(entry)
    if entry.value("heard_from"):
        return _("{report}, as told by {name}").format(report=words, name=entry.value("heard_from"))
    if entry.value("received_by"):
        return _("{report}, taken by {name}").format(report=words, name=entry.value("received_by"))
    if entry.value("signer"):
        return _("{report}, signed by {name}").format(report=words, name=entry.value("signer"))
    return words


def _report_received(entry: LogEntry) -> str:
    return _("{report}: received by {name}").format(report=_report_words(entry), name=entry.value("received_by"))


def _report_words(entry: LogEntry) -> str:
    kind = entry.value("kind")
    family = ReportFamily(entry.value("family")) if entry.value("family") in set(ReportFamily) else ReportFamily.INCIDENT
    name = report_name(ReportKind(kind), family, int(entry.value("serial") or 0)) if kind in set(ReportKind) else kind
    return _("{kind} {number} {channel}, {sender} → {receiver}").format(
        kind=name, number=entry.value("number"), channel=_word(Channel, entry.value("channel")), sender=_word(Tier, entry.value("from_tier")),
        receiver=_word(Tier, entry.value("to_tier"))).replace("  ", " ")


def _report_skipped(entry: LogEntry) -> str:
    return _("Not sent: {report}.").format(report=_report_words(entry))


_SENTENCES: dict[Happening, Callable[[LogEntry], str]] = {
    Happening.CALL_TAKEN: _call, Happening.CALL_JOINED: _call, Happening.CALL_PARTED: _parted, Happening.INCIDENT_OPENED: _opened,
    Happening.CORRECTED: _corrected, Happening.FIGURES: _figures, Happening.GRADE: _grade, Happening.PLAN_CHOSEN: _plan,
    Happening.PLAN_BORROWED: _plan_borrowed,
    Happening.NO_PLAN: _no_plan, Happening.TEAM_SENT: _sent, Happening.OVERRIDE: _override, Happening.ORDER_APPROVED: _approved,
    Happening.RECEIPT: _receipt, Happening.RECEIPT_LATE: _receipt, Happening.TEAM_STATE: _state_of_team,
    Happening.GAP_FILLED: _state_of_team, Happening.TEAM_RECALLED: _recalled, Happening.CHECKED_IN: _checked_in,
    Happening.TEAM_HEARD: _team_heard,
    Happening.APPLICATION: _application, Happening.TASK_DONE: _task, Happening.TASK_SKIPPED: _task, Happening.HEARD: _heard,
    Happening.RESPONSE: ladder_lines.response, Happening.COMMAND: ladder_lines.command, Happening.POST: ladder_lines.post,
    Happening.NOTICE: ladder_lines.notice, Happening.DECISION: ladder_lines.decision, Happening.STEP: ladder_lines.step,
    Happening.STATE: _state, Happening.CLOSED: _closed, Happening.PERSONAL_ERASED: _erased,
    Happening.REPORT: _report, Happening.REPORT_SKIPPED: _report_skipped,
    Happening.AFTERMATH: _aftermath, Happening.FINDING: _finding, Happening.STOCK: stock_line,
    Happening.SHELTER: shelter_line, Happening.EVACUATION: evacuation_line, Happening.ISOLATION: isolation_line,
}  # fmt: skip
