"""The acts and figures of reports that go up: what is owed, sent, heard, skipped. The registry is `walk_registry`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.moments import CHINA
from emergency_desk.domain.report_drafts import gaps
from emergency_desk.domain.reporting import PROFILES, Channel
from emergency_desk.domain.reports import ELEMENTS, DueState, Report, ReportDue, ReportFamily, ReportKind, ReportState
from emergency_desk.domain.walks import NO, YES, ActShape, ArgumentKind, ArgumentShape, Found, Step
from emergency_desk.errands import drafting, report_rules
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_stage import Made, Stage
from emergency_desk.services import report_settings, reports

AT_ONCE = "at_once"  # the row of what is due at once, to which the office may give minutes of its own


# -- what a step says -------------------------------------------------------------------------------------------------
def _tiers(stage: Stage, step: Step) -> tuple[Tier, Tier]:
    """Return from and to: the acting tier and the one above it, unless the step says otherwise."""
    sender = Tier(stage.text(step, "from") or stage.desk.tier)
    above = reports.tiers_above(stage.desk, incident_id=stage.incident_id(step), tier=sender)
    return sender, Tier(stage.text(step, "to")) if "to" in step.arguments else above[0]


def _kind(stage: Stage, step: Step) -> ReportKind | None:
    return ReportKind(stage.text(step, "kind")) if "kind" in step.arguments else None


def _family(stage: Stage, step: Step) -> ReportFamily:
    return ReportFamily(stage.text(step, "family") or ReportFamily.INCIDENT)


def _channel(stage: Stage, step: Step) -> Channel:
    return Channel(stage.text(step, "channel") or Channel.PHONE)


def _report(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    sender, receiver = _tiers(stage, step)
    said = {name: stage.text(step, name) for name in ELEMENTS if name in step.arguments}
    draft = drafting.draft(stage.desk, incident_id=incident_id, from_tier=sender, to_tier=receiver, channel=_channel(stage, step),
                           family=_family(stage, step), kind=_kind(stage, step), said=said).value
    reports.sign_and_send(
        stage.desk, report_id=draft.id, signer=stage.text(step, "signer"), signer_post=stage.text(step, "signer_post"),
        received_by=stage.text(step, "received_by"), read_back=stage.text(step, "read_back") == YES, sent_at=step.moments.get("sent"))
    stage.keep(step, Made(incident=incident_id))


def _heard_report(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    sender, receiver = _tiers(stage, step)
    reports.record_heard_report(
        stage.desk, incident_id=incident_id, from_tier=sender, to_tier=receiver, channel=_channel(stage, step),
        heard_from=stage.text(step, "heard_from"), kind=_kind(stage, step) or ReportKind.FIRST, family=_family(stage, step),
        text=stage.text(step, "text"), signer=stage.text(step, "signer"), received_by=stage.text(step, "received_by"),
        how=stage.text(step, "how"), read_back=stage.text(step, "read_back") == YES, sent_at=step.moments.get("sent"))
    stage.keep(step, Made(incident=incident_id))


def _receipt(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    waiting = [each for each in reports.list_reports(stage.desk, incident_id=incident_id) if each.state is ReportState.SENT
               and _fits(stage, step, each)]
    if not waiting:
        raise WalkLacks(what="report", name=stage.text(step, "from"))
    reports.take_receipt_of_report(stage.desk, report_id=waiting[-1].id, received_by=stage.text(step, "received_by"),
                                   received_at=step.moments.get("received"), read_back=stage.text(step, "read_back") == YES)
    stage.keep(step, Made(incident=incident_id))


def _skip(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    waiting = [owed.due for owed in reports.list_due(stage.desk, incident_id=incident_id) if _fits(stage, step, owed.due)]
    if not waiting:
        raise WalkLacks(what="report_due", name=stage.text(step, "from"))
    reports.skip_due(stage.desk, due_id=waiting[0].id, reason=stage.text(step, "reason"))
    stage.keep(step, Made(incident=incident_id))


def _fits(stage: Stage, step: Step, each: Report | ReportDue) -> bool:
    named = {"from": each.from_tier, "to": each.to_tier, "channel": each.channel, "kind": each.kind, "family": each.family}
    return all(stage.text(step, key) == value for key, value in named.items() if key in step.arguments)


def _may_become_major(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    reports.owe_at_once(stage.desk, incident_id=incident_id, reason=stage.text(step, "reason"))
    stage.keep(step, Made(incident=incident_id))


def _profile(stage: Stage, step: Step) -> None:
    names = stage.texts(step, "profiles")
    profiles = PROFILES[names[0]] if len(names) == 1 and names[0] in PROFILES else names
    report_settings.choose_profiles(stage.desk, profiles=profiles, counts_first_day=stage.text(step, "counts_first_day") == YES)


def _limit(stage: Stage, step: Step) -> None:
    rule, minutes = stage.text(step, "rule"), int(stage.text(step, "minutes"))
    if rule == AT_ONCE:
        report_rules.change_at_once(stage.desk, minutes=minutes)
    else:
        report_rules.change_minutes(stage.desk, rule_id=rule, minutes=minutes)


def _row(stage: Stage, step: Step) -> None:
    grades = tuple(Grade(each) for each in stage.texts(step, "grades"))
    report_rules.hold_row(stage.desk, from_tier=Tier(stage.text(step, "from")), to_tier=Tier(stage.text(step, "to")),
                          channel=_channel(stage, step), minutes=int(stage.text(step, "minutes")), grades=grades)


_TEXT, _MOMENT = ArgumentShape(), ArgumentShape(ArgumentKind.MOMENT)
_INCIDENT = ArgumentShape(ArgumentKind.INCIDENT)
_YES_NO = ArgumentShape(ArgumentKind.CHOICE, choices=(YES, NO))


def _choice(values: Iterable[str]) -> ArgumentShape:
    return ArgumentShape(ArgumentKind.CHOICE, choices=tuple(str(value) for value in values))


_TEXTS, _TIER = ArgumentShape(ArgumentKind.TEXTS), ArgumentShape(ArgumentKind.CHOICE, is_required=True, choices=tuple(map(str, Tier)))
_MINUTES = ArgumentShape(ArgumentKind.NUMBER, is_required=True)
_WHICH = {"incident": _INCIDENT, "from": _choice(Tier), "to": _choice(Tier), "channel": _choice(Channel), "kind": _choice(ReportKind),
          "family": _choice(ReportFamily)}
_WENT = {"signer": _TEXT, "received_by": _TEXT, "read_back": _YES_NO, "sent": _MOMENT}

REPORT_ACTS: dict[str, Act] = {
    "report": Act(ActShape({**_WHICH, **_WENT, "signer_post": _TEXT, **dict.fromkeys(ELEMENTS, _TEXT)}), _report),
    "heard_report": Act(ActShape({**_WHICH, **_WENT, "heard_from": _TEXT, "how": _TEXT, "text": _TEXT}), _heard_report),
    "report_receipt": Act(ActShape({**_WHICH, "received_by": _TEXT, "read_back": _YES_NO, "received": _MOMENT}), _receipt),
    "skip_report": Act(ActShape({**_WHICH, "reason": _TEXT}), _skip),
    "may_become_major": Act(ActShape({"incident": _INCIDENT, "reason": _TEXT}), _may_become_major),
    "report_profile": Act(ActShape({"profiles": ArgumentShape(ArgumentKind.TEXTS, is_required=True), "counts_first_day": _YES_NO}), _profile),
    "report_limit": Act(ActShape({"rule": ArgumentShape(is_required=True), "minutes": _MINUTES}), _limit),
    "report_row": Act(ActShape({"from": _TIER, "to": _TIER, "channel": _choice(Channel), "minutes": _MINUTES, "grades": _TEXTS}), _row),
}


# -- figures ----------------------------------------------------------------------------------------------------------
def _dues(stage: Stage) -> list[ReportDue]:
    return [owed.due for owed in reports.list_due(stage.desk, incident_id=stage.incident_id(), with_ended=True)]


def _named(stage: Stage, subject: str) -> list[ReportDue]:
    """Return the dues of "<from>.<channel>", in between or after which the receiving tier, the kind and the family may stand."""
    words = subject.split(".")
    found = [due for due in _dues(stage) if due.from_tier == words[0]]
    for word in words[1:]:
        found = [due for due in found if word in (due.to_tier, due.channel, due.kind, due.family)]
    return found


def _pressing(dues: list[ReportDue]) -> ReportDue | None:
    """Return the open one that is due first, else the one whose clock started last."""
    waiting = [due for due in dues if due.is_open]
    return min(waiting, key=lambda due: due.due_at) if waiting else max(dues, key=lambda due: due.clock_at, default=None)


def _due_at(stage: Stage, subject: str) -> Found:
    due = _pressing(_named(stage, subject))
    return _told(stage, due) if due else None


def _told(stage: Stage, due: ReportDue) -> str:
    """Return the due time; with its day where that is not the day of the step."""
    there, here = due.due_at.astimezone(CHINA), stage.clock.at.astimezone(CHINA)
    return there.strftime("%H:%M" if there.date() == here.date() else "%Y-%m-%d %H:%M")


def _on_time(stage: Stage, subject: str) -> Found:
    """Return whether the newest one that was met was on time; one that is late already was not; None while it can still be."""
    dues = _named(stage, subject)
    met = [due for due in dues if due.met_at is not None]
    if met:
        return max(met, key=lambda due: due.clock_at).was_on_time(_at_once(stage))
    return False if any(_is_late(stage, due) for due in dues) else None


def _is_late(stage: Stage, due: ReportDue) -> bool:
    return due.is_open and due.late_from(_at_once(stage)) < stage.clock.at


def _at_once(stage: Stage) -> timedelta:
    return stage.desk.trade.clocks.at_once


def _state(stage: Stage, subject: str) -> Found:
    due = _pressing(_named(stage, subject))
    return due.state.value if due else None


def _rule(stage: Stage, subject: str) -> Found:
    due = _pressing(_named(stage, subject))
    return due.rule_id if due else None


def _times(stage: Stage, tier: str) -> Found:
    return tuple(_told(stage, due) for due in _dues(stage) if due.is_open and tier in (due.from_tier, due.to_tier, due.kind, due.family))


def _count(test: Callable[[Stage, ReportDue], bool]) -> Callable[[Stage], Found]:
    return lambda stage: sum(test(stage, due) for due in _dues(stage))


def _sent(stage: Stage) -> list[Report]:
    found = [report for report in reports.list_reports(stage.desk, incident_id=stage.incident_id()) if report.sent_at is not None]
    return sorted(found, key=lambda report: (report.sent_at or report.drafted_at, report.drafted_at))


def _of_last(read: Callable[[Report], Found]) -> Callable[[Stage], Found]:
    def found(stage: Stage) -> Found:
        sent = _sent(stage)
        return read(sent[-1]) if sent else None

    return found


def _element(stage: Stage, name: str) -> Found:
    sent = _sent(stage)
    return sent[-1].element(name).text if sent else None


REPORT_FIGURES: tuple[Figure, ...] = (
    asked_of("due.", ".on_time", "from.channel", _on_time),
    asked_of("due.", ".state", "from.channel", _state),
    asked_of("due.", ".rule", "from.channel", _rule),
    asked_of("due.", "", "from.channel", _due_at),
    plain("dues.open", _count(lambda _stage, due: due.is_open)),
    plain("dues.late", _count(_is_late)),
    plain("dues.met", _count(lambda _stage, due: due.state is DueState.MET)),
    plain("dues.on_time", _count(lambda stage, due: due.was_on_time(_at_once(stage)))),
    plain("dues.met_late", _count(lambda stage, due: due.met_at is not None and not due.was_on_time(_at_once(stage)))),
    plain("dues.skipped", _count(lambda _stage, due: due.state is DueState.SKIPPED)),
    plain("dues.lapsed", _count(lambda _stage, due: due.state is DueState.LAPSED)),
    asked_of("owed.", "", "tier", _times),
    plain("reports", lambda stage: len(_sent(stage))),
    plain("report.last.kind", _of_last(lambda report: report.kind.value)),
    plain("report.last.family", _of_last(lambda report: report.family.value)),
    plain("report.last.number", _of_last(lambda report: report.number)),
    plain("report.last.serial", _of_last(lambda report: report.serial)),
    plain("report.last.from", _of_last(lambda report: report.from_tier.value)),
    plain("report.last.to", _of_last(lambda report: report.to_tier.value)),
    plain("report.last.channel", _of_last(lambda report: report.channel.value)),
    plain("report.last.state", _of_last(lambda report: report.state.value)),
    plain("report.last.signer", _of_last(lambda report: report.signer)),
    plain("report.last.received_by", _of_last(lambda report: report.received_by)),
    plain("report.last.read_back", _of_last(lambda report: report.read_back)),
    plain("report.last.copies", _of_last(lambda report: report.copies_to)),
    plain("report.last.gaps", _of_last(gaps)),
    plain("report.last.changed", _of_last(lambda report: tuple(each.name for each in report.elements if each.is_changed))),
    asked_of("report.last.text.", "", "element", _element),
)
