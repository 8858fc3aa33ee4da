"""Which rows of the deadline table a desk follows besides the law, and how it counts days. What was laid keeps its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import Setting
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import reporting
from emergency_desk.services.steps.reporting import ReportSettings
from emergency_desk.store.readings.report_traces import report_traces


def read_report_settings(desk: Desk) -> ReportSettings:
    """Return which rows the desk follows, and how it counts days."""
    with desk.reading() as reading:
        return reporting.read_settings(reading)


def choose_profiles(desk: Desk, *, profiles: Sequence[str], counts_first_day: bool = False) -> Done[ReportSettings]:
    """Choose the sets of rows a desk follows besides the law. What was laid keeps its time; open incidents owe by the new rows from now on.

    Raises FieldUnreadable for a set the table does not have.
    """
    desk.may(Act.KEEP_PLANS)
    known = desk.trade.clocks.profiles()
    for profile in profiles:
        if profile not in known:
            raise FieldUnreadable(name="profiles", typed=profile, expected=", ".join(known))
    at = desk.now()
    settings = ReportSettings(profiles=tuple(each for each in known if each in profiles), counts_first_day=counts_first_day)
    with desk.open_work() as work:
        found = work.settings.where("WHERE id = ?", (reporting.PROFILE_SETTING,))
        content = reporting.settings_text(settings)
        if found:
            work.settings.put(replace(found[0], content=content))
        else:
            work.settings.add(Setting(id=Id(reporting.PROFILE_SETTING), content=content))
        for traces in report_traces(work):
            reporting.lay_dues(desk, work, traces.incident_id, at=at)
        return Done(settings, work.commit("choose_profiles", profiles=list(settings.profiles)))
