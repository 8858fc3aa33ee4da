"""The deadlines an exported walk was played by, where they are not the shipped ones: told before the first report that they laid.

What was laid keeps its time, so the dues of the incident themselves say which minutes a row had when it laid them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from emergency_desk.domain.reporting import ReportRule
from emergency_desk.domain.reports import ReportDue
from emergency_desk.domain.walks import YES, Step
from emergency_desk.errands.report_rules import OWN, editable, is_changed
from emergency_desk.errands.walk_report_acts import AT_ONCE
from emergency_desk.errands.walk_telling import whole
from emergency_desk.services import report_settings
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.reporting import ReportSettings


def tell_limits(desk: Desk, dues: Sequence[ReportDue], *, first: Step, account: str) -> Iterator[Step]:
    """Yield the choice of the rows that were followed, and each row's minutes before it laid a report by them.

    `first`: the walk's first step; `account`: who keeps the table where it is played.
    """
    followed = report_settings.read_report_settings(desk)
    profiles = tuple(each for each in followed.profiles if each != OWN)
    if (profiles, followed.counts_first_day) != (ReportSettings().profiles, ReportSettings().counts_first_day):
        yield Step(number=0, at=first.at, act="report_profile", account=account,
                   arguments={"profiles": profiles, **({"counts_first_day": YES} if followed.counts_first_day else {})})
    clocks, changed = desk.trade.clocks, is_changed(desk)
    if changed and clocks.at_once_minutes:
        yield _limit(AT_ONCE, clocks.at_once_minutes, at=first.at, account=account)
    standing = {} if changed else {rule.id: rule.minutes for rule in clocks.rules}
    for due in sorted(dues, key=lambda due: due.created_at):
        rule, minutes = clocks.rule(due.rule_id), int((due.due_at - due.clock_at).total_seconds()) // 60
        if rule is not None and editable(rule) and standing.get(rule.id) != minutes:
            standing[rule.id] = minutes
            yield _told(rule, minutes, at=max(first.at, whole(due.created_at)), account=account)


def _told(rule: ReportRule, minutes: int, *, at: datetime, account: str) -> Step:
    if rule.profile != OWN:
        return _limit(rule.id, minutes, at=at, account=account)
    grades = {"grades": tuple(grade.value for grade in rule.grades)} if rule.grades else {}
    return Step(number=0, at=at, act="report_row", account=account, arguments={
        "from": rule.sender, "to": rule.receiver, "channel": rule.channel.value, "minutes": str(minutes), **grades})


def _limit(rule: str, minutes: int, *, at: datetime, account: str) -> Step:
    return Step(number=0, at=at, act="report_limit", account=account, arguments={"rule": rule, "minutes": str(minutes)})
