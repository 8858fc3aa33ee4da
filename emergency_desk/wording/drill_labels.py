"""The words of drills and the fields of their forms."""

from __future__ import annotations

from emergency_desk.domain.drills import DrillStep
from emergency_desk.wording.catalog import N_, _, ngettext

DRILL_WORDS: dict[str, dict[str, str]] = {
    "DrillForm": {"drill_tabletop": N_("tabletop drill"), "drill_field": N_("field drill")},
    "DrillScope": {"drill_full": N_("comprehensive"), "drill_single": N_("single subject")},
    "DrillPurpose": {"drill_test": N_("for testing"), "drill_demonstration": N_("for demonstration"), "drill_research": N_("for research")},
    "DrillNotice": {
        "drill_announced": N_("announced"), "drill_blind": N_("blind: script not known"),
        "drill_double_blind": N_("double-blind: nothing known"),
    },
    "DrillState": {
        "drill_drafted": N_("being designed"), "drill_checked": N_("checked, ready to begin"), "drill_running": N_("drill running"),
        "drill_paused": N_("drill halted"), "drill_stopped": N_("broken off"), "drill_ended": N_("ended, to be evaluated"),
        "drill_evaluated": N_("evaluated"),
    },
    "DrillRole": {
        "drill_director": N_("Drill director"), "drill_controller": N_("Controller"), "drill_participant": N_("Participant"),
        "drill_evaluator": N_("Evaluator"), "drill_observer": N_("Visitor"), "drill_safety": N_("Safety officer"),
    },
    "ReadyCheck": {
        "ready_site": N_("Drill site looked over"), "ready_equipment": N_("Equipment and goods in place"),
        "ready_communications": N_("Communications tried"), "ready_safety": N_("Safety and medical care in place"),
        "ready_recall": N_("Real forces can be recalled at once"), "ready_briefing": N_("Everybody briefed"),
    },
    "DrillStep": {
        "drill_step_planned": N_("Plan the drill"), "drill_step_checked": N_("Confirm the checklist"),
        "drill_step_started": N_("Begin the drill"), "drill_step_released": N_("Release the inject"),
        "drill_step_answered": N_("Enter the act"), "drill_step_observed": N_("Enter an observation"), "drill_step_paused": N_("Halt the drill"),
        "drill_step_resumed": N_("Go on with the drill"), "drill_step_counted": N_("Count heads"),
        "drill_step_stopped": N_("Break the drill off"), "drill_step_ended": N_("End the drill"),
        "drill_step_found": N_("Add a finding of the drill"),
        "drill_step_evaluated": N_("Enter the evaluation"), "drill_step_twin_made": N_("Make the twin"),
        "drill_step_paced": N_("Set the pace of the clock"), "drill_step_measured": N_("Measured on the twin"),
        "drill_step_twin_closed": N_("Seal or destroy the twin"),
    },
    "MeasureKind": {
        "measure_call": N_("from the call to the first order"), "measure_order": N_("orders, receipts and ways"),
        "measure_report": N_("reports upward"), "measure_response": N_("start of responses"), "measure_shelter": N_("opening of shelters"),
    },
    "TwinState": {"twin_open": N_("in use by the drill"), "twin_sealed": N_("sealed, only to be read"), "twin_destroyed": N_("destroyed")},
    "Verdict": {
        "verdict_excellent": N_("Excellent drill"), "verdict_good": N_("Good drill"), "verdict_fair": N_("Fair drill"),
        "verdict_poor": N_("Poor drill"),
    },
    "ObjectKind": {
        "object_village": N_("village or residents' committee"), "object_school": N_("school or kindergarten"),
        "object_crowded": N_("crowded place"), "object_lifeline": N_("lifeline"), "object_disaster_prone": N_("disaster-prone area"),
        "object_dangerous_goods": N_("dangerous goods, mine, smelter, building site, urban rail"), "object_production": N_("production unit"),
        "object_on_site_plan": N_("on-site handling plan"), "object_high_rise": N_("high-rise civil building"),
        "object_high_rise_public": N_("public building above 100 m"),
        "object_government": N_("government, department, township or street (production safety)"),
    },
    "Lack": {
        "lack_plan": N_("a plan in force (the one chosen was withdrawn or has a newer version)"),
        "lack_aims": N_("aims"), "lack_scenario": N_("the scenario"), "lack_stop_conditions": N_("conditions to break off"),
        "lack_injects": N_("an inject"), "lack_heads": N_("how many take part"), "lack_director": N_("a director"),
        "lack_evaluator": N_("an evaluator"), "lack_checks": N_("points of the checklist"),
    },
}
DRILL_FIELDS = {
    "planned_at": N_("Planned for"), "expected_heads": N_("How many take part"), "aims": N_("Aims that can be measured"),
    "scenario": N_("Scenario"), "stop_conditions": N_("Conditions to break off"), "at_minutes": N_("Minutes from the start"),
    "limit_minutes": N_("Time limit in minutes"), "to_whom": N_("To whom it goes"), "expected": N_("Expected act"), "evaluator": N_("Evaluator"),
    "verdict": N_("Verdict of the evaluation"), "evidence": N_("What it rests on"), "points": N_("Points"), "plan_code": N_("Plan to be drilled"),
    "words": N_("In words"), "object_kinds": N_("Kinds of object"), "object": N_("Object"), "serious_error": N_("Serious error"),
}  # fmt: skip


def how_often(months: int | None) -> str:
    """Return a term in words: "every 12 months", "each semester"."""
    return _("each semester") if months is None else ngettext("every {months} month", "every {months} months", months).format(months=months)


_DONE: dict[str, str] = {
    "drill_step_planned": N_("Drill planned"), "drill_step_checked": N_("Checklist confirmed"), "drill_step_started": N_("Drill begun"),
    "drill_step_released": N_("Inject released"), "drill_step_answered": N_("Act entered"),
    "drill_step_observed": N_("Observation entered"), "drill_step_paused": N_("Drill halted"), "drill_step_resumed": N_("Drill resumed"),
    "drill_step_counted": N_("Heads counted"), "drill_step_stopped": N_("Drill broken off"), "drill_step_ended": N_("Drill ended"),
    "drill_step_found": N_("Finding added"), "drill_step_evaluated": N_("Evaluation entered"), "drill_step_twin_made": N_("Twin made"),
    "drill_step_paced": N_("Pace of the clock set"), "drill_step_measured": N_("Measured on the twin"),
    "drill_step_twin_closed": N_("Twin sealed or destroyed"),
}


def done_words(step: DrillStep) -> str:
    """Return a step as the log of a drill tells it: it was done, nobody is asked to do it."""
    return _(_DONE[step.value])


def of_inject(words: str, number: int, *, went_out: bool) -> str:
    """Return a step of a drill with the inject it is about: "Inject released: no. 3", "Act entered (inject 3)"."""
    return (_("{step}: no. {number}") if went_out else _("{step} (inject {number})")).format(step=words, number=number)
