"""Which page of the manual, and which section of it, tells about a page of the desk."""

from __future__ import annotations

from emergency_desk.ui import workplace
from emergency_desk.ui.plans.bundle_acts import PAGE as PLAN_BUNDLE
from emergency_desk.ui.settings.accounts import ACCOUNTS
from emergency_desk.ui.settings.encryption_acts import ENCRYPTION
from emergency_desk.ui.start.change_officer import OFFICER
from emergency_desk.ui.start.onboarding import ONBOARDING
from emergency_desk.ui.start.unlock import UNLOCK
from emergency_desk.ui.start.upgrade_page import UPGRADE

FIRST = ("first_hour", "")
PLACES: dict[str, tuple[str, str]] = {
    "start": ("first_hour", "open"), ONBOARDING: ("first_hour", "found"), "sign_in": ("first_hour", "sign_in"),
    OFFICER: ("first_hour", "sign_in"),
    workplace.BOARD: ("duty_officer", "board"), workplace.CALL: ("duty_officer", "call"), workplace.INCIDENTS: ("duty_officer", "incidents"),
    workplace.ROOM: ("duty_officer", "room"), workplace.POST: ("command", "post"), workplace.REPORT: ("command", "reports"),
    workplace.AFTER: ("aftermath", "after"), workplace.FINDINGS: ("aftermath", "findings"), workplace.REPLAY: ("aftermath", "replay"),
    workplace.TIMELINE: ("aftermath", "timeline"),
    workplace.PLANS: ("planner", "read"), workplace.PLAN_SHELF: ("planner", "shelf"), workplace.PLAN_EDITOR: ("planner", "write"),
    workplace.PLAN_COMPARE: ("planner", "compare"), workplace.PLAN_DUES: ("planner", "life"), "plan_import": ("planner", "word"),
    PLAN_BUNDLE: ("planner", "between"),
    workplace.TEAMS: ("register", "teams"), workplace.TEAM_FORM: ("register", "teams"), workplace.EXPIRES: ("register", "expires"),
    workplace.STATE_BOARD: ("register", "states"), workplace.UNITS: ("register", "units"), workplace.UNIT_FORM: ("register", "units"),
    workplace.SITES: ("register", "sites"), workplace.SITE_FORM: ("register", "sites"), workplace.AGREEMENTS: ("register", "agreements"),
    workplace.AGREEMENT_FORM: ("register", "agreements"), "imports": ("register", "imports"),
    workplace.STOCK: ("keeper", "stock"), workplace.STOCK_ITEM: ("keeper", "item"), workplace.STOCK_ALARMS: ("keeper", "alarms"),
    workplace.STOCK_DEPOTS: ("keeper", "depots"), workplace.STOCK_COUNTS: ("keeper", "counts"), workplace.STOCK_COUNT: ("keeper", "counts"),
    workplace.EQUIPMENT: ("keeper", "equipment"), workplace.REQUESTS: ("keeper", "requests"), workplace.HAND_OUTS: ("keeper", "hand_outs"),
    workplace.GIFTS: ("keeper", "gifts"), workplace.ALLOCATION: ("keeper", "allocation"),
    workplace.SHELTERS: ("shelters", "shelters"), workplace.SHELTER_COUNTS: ("shelters", "counts"),
    workplace.SHELTER_PEOPLE: ("shelters", "people"), workplace.ASSIGNMENT: ("shelters", "assignment"),
    workplace.FORESIGHT: ("shelters", "foresight"), workplace.ISOLATION: ("shelters", "isolation"),
    workplace.DRILLS: ("drill_leader", "programme"), workplace.DRILL: ("drill_leader", "run"),
    workplace.PAPER: ("papers", "preview"),
    workplace.SHELTER_MISSING: ("shelters", "missing"), workplace.BACKUPS: ("administrator", "backups"),
    ENCRYPTION: ("administrator", "encryption"), workplace.KEYING: ("duty_officer", "blackout"),
    workplace.SHELTER_LIST: ("shelters", "people"), workplace.DRILL_PROGRAMME: ("drill_leader", "programme"),
    workplace.DRILL_YEARS: ("drill_leader", "evaluate"),
    workplace.NEWS: ("news", ""), UPGRADE: ("first_hour", "open"),
    UNLOCK: ("first_hour", "open"),
    ACCOUNTS: ("administrator", "accounts"), "areas": ("administrator", "areas"), "report_rules": ("administrator", "report_rules"),
}


def place_of(page: str) -> tuple[str, str]:
    """Return page and section of the manual for a page of the desk; the first hour where nothing is known of it."""
    return PLACES.get(page, FIRST)
