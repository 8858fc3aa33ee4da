"""Issues and withdraws plans: the draft becomes the canonical text, the text is read again, and with the commit the desk works by it."""

from __future__ import annotations

from datetime import date

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_errors import PlanNotWhole
from emergency_desk.domain.plan_moves import PlanMove
from emergency_desk.domain.plan_records import Plan
from emergency_desk.exchange.plan_files import read_plan, write_plan
from emergency_desk.services import plan_drafts, plan_life
from emergency_desk.services.desk import Desk, Done


def compose(plan: Plan) -> str:
    """Return the canonical text of a plan, from which the very same plan is read again. Raises PlanNotWhole."""
    text = write_plan(plan)
    try:
        again = read_plan(text, plan.code)
    except BadFile as error:
        raise PlanNotWhole(plan=plan.title, version=plan.version, reason=error.values["reason"], detail=error.values.get("detail", "")) from error
    if again != plan:
        raise PlanNotWhole(plan=plan.title, version=plan.version, reason="unlike", detail="")
    return text


def issue_plan(desk: Desk, *, draft_id: Id, number: str, unit: str = "", on_date: date | None = None, note: str = "") -> Done[PlanText]:
    """Issue an approved draft; incidents that run stay with the version they began with. Raises PlanNotWhole, PlanMoveRefused."""
    text = compose(plan_drafts.open_draft(desk, draft_id=draft_id).plan)
    return plan_life.issue(desk, draft_id=draft_id, body=text, number=number, unit=unit, on_date=on_date, note=note)


def withdraw_plan(desk: Desk, *, code: str, version: str, reason: str, replaced_by: str = "", on_date: date | None = None) -> Done[PlanMove]:
    """Take a version out of force; it is offered for no further call. Raises ReasonMissing, PlanMoveRefused."""
    return plan_life.withdraw(desk, code=code, version=version, reason=reason, replaced_by=replaced_by, on_date=on_date)
