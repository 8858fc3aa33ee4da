"""The command `plans`: every version and draft with where it stands, or what planners owe and until when."""

from __future__ import annotations

import argparse
from datetime import date

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.domain.plan_clocks import PlanDue
from emergency_desk.services import plan_dues
from emergency_desk.services.desk import Desk
from emergency_desk.services.plan_dues import PlanState
from emergency_desk.wording import plan_life_words as words
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import label


def show_plans(desk: Desk, asked: argparse.Namespace) -> int:
    """Print the plans, or with --dues what is owed."""
    if asked.dues:
        owed = plan_dues.list_dues(desk)
        if asked.json:
            print_json([{"code": due.header.code, "version": due.header.version, **_due_record(due, owed.today)} for due in owed.dues])
            return DONE
        for due in owed.dues:
            print(f"{_due_words(due, owed.today)}  {_title(due.header)} v{due.header.version} ({due.header.code})")
        if not owed.dues:
            print(_("Nothing is owed. The clocks begin when a plan is issued here; model plans owe nothing."))
        return DONE
    today = plan_dues.list_dues(desk).today
    states = plan_dues.list_states(desk)
    if asked.json:
        print_json([_state_record(state, today) for state in states])
        return DONE
    for state in states:
        owed_next = f"  {_due_words(state.due, today)}" if state.due else ""
        print(f"{_title(state.header)} v{state.header.version} ({state.header.code})  {label(state.life.stage)}{owed_next}")
    return DONE


def _title(header: plan_dues.PlanHeader) -> str:
    return header.title.in_language(current_language())


def _due_words(due: PlanDue, today: date) -> str:
    day = _("about {day}").format(day=calendar_day(due.due_on)) if due.is_provisional else calendar_day(due.due_on)
    return f"{day} {label(due.kind)} ({words.days_left(due, today)})"


def _state_record(state: PlanState, today: date) -> dict[str, object]:
    header = state.header
    return {"code": header.code, "version": header.version, "title": header.title.zh, "title_en": header.title.en, "kind": header.kind.value,
            "tier": header.tier.value, "stage": state.life.stage.value, "replaced_by": state.life.replaced_by,
            "draft_id": state.draft_id, "next_due": _due_record(state.due, today) if state.due else None}


def _due_record(due: PlanDue, today: date) -> dict[str, object]:
    return {"due": due.kind.value, "due_on": due.due_on.isoformat(), "since": due.since.isoformat(), "is_late": due.is_late_on(today),
            "is_provisional": due.is_provisional, "is_law": due.is_law}
