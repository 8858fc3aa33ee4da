"""What the keys do on the page of one drill, as data, and what is told of the letters of its lists."""

from __future__ import annotations

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_life import UNDER_WAY, Lack
from emergency_desk.domain.drills import DrillRole, DrillState, DrillStep
from emergency_desk.ui.actions import Action
from emergency_desk.ui.workplace import DRILL
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

SCRIPT, PEOPLE, ITEMS, FOUND = "script", "people", "items", "found"
PART_LACKING = {Lack.DIRECTOR: DrillRole.DIRECTOR, Lack.EVALUATOR: DrillRole.EVALUATOR}
_HERE = (DRILL,)
ACTIONS = (
    Action("drill_next", N_("Do the next act of the drill"), "next_act", "Ctrl+Return", _HERE, short=N_("next act")),
    Action("drill_add", N_("Add an inject, a person, a finding"), "add", "Ctrl+N", _HERE, short=N_("add")),
    Action("drill_script", N_("Show the script"), "show_script", "Alt+S", _HERE, short=N_("script")),
    Action("drill_people", N_("Show who takes part"), "show_people", "Alt+M", _HERE, short=N_("who takes part")),
    Action("drill_items", N_("Show the evaluation"), "show_items", "Alt+V", _HERE, short=N_("evaluation")),
    Action("drill_found", N_("Show what is to be mended"), "show_found", "Alt+Z", _HERE, short=N_("findings")),
    Action("drill_observe", N_("Enter an observation"), "observe", "Alt+N", _HERE, in_bar=False),
    Action("drill_halt", N_("Halt the drill, or let it go on"), "halt", "Alt+P", _HERE, in_bar=False),
    Action("drill_stop", N_("Break the drill off for a real event"), "stop", "Alt+B", _HERE, in_bar=False),
    Action("drill_heads", N_("Count heads"), "count", "Alt+C", _HERE, in_bar=False),
    Action("drill_clock", N_("Release the injects by the clock, or by hand"), "turn_clock", "Alt+A", _HERE, in_bar=False),
    Action("drill_change", N_("Change the design of the drill"), "change", "Alt+E", _HERE, in_bar=False),
    Action("drill_plan_paper", N_("Preview the work plan and what is handed out"), "print_plan", "Alt+W", _HERE, in_bar=False),
    Action("drill_print", N_("Preview the papers of the drill"), "print_report", "F9", _HERE, short=N_("papers")),
    Action("drill_years", N_("The same drill over the years"), "open_years", "Alt+J", _HERE, in_bar=False),
    Action("drill_file", N_("Keep a file that goes out with the chosen inject"), "add_file", "Alt+I", _HERE, in_bar=False),
    Action("drill_leave", N_("Back to the drills"), "leave", "Escape", _HERE, short=N_("back")),
)


def letters_told(shown: str, board: DrillBoard) -> str:
    """Return what the letters of a list do as the drill stands, in one line that stands below it."""
    state, is_drafted = board.drill.state, board.drill.state in (DrillState.DRAFTED, DrillState.CHECKED)
    if shown == SCRIPT and is_drafted:
        return _("⏎ change · D drop · Ctrl+N add · Alt+I file · Alt+E change the design")
    if shown == SCRIPT and state in UNDER_WAY:
        return _("⏎ go on · R release · A enter the act · Alt+N observation · Alt+P halt · Alt+C count heads · Alt+B break off")
    if shown == SCRIPT:
        return _("Alt+N observation · Alt+C count heads") if state is DrillState.STOPPED else _("Alt+N observation") \
            if state is DrillState.ENDED else ""
    return {PEOPLE: _("⏎ sign in · E change · Ctrl+N add") if is_drafted else _("⏎ sign in · Ctrl+N add"),
            ITEMS: _("⏎ give points, yes or no, or a measured value"), FOUND: _("⏎ go on · E edit · Ctrl+N add")}[shown]


def first_lack(board: DrillBoard) -> Lack | None:
    """Return what is to be entered before the checklist can be confirmed; None once the checklist itself is next."""
    lacking = sorted((one for one in board.lacking if one is not Lack.CHECKS), key=lambda one: one is Lack.INJECTS or one in PART_LACKING)
    return lacking[0] if lacking and board.drill.state is DrillState.DRAFTED else None


def next_words(board: DrillBoard) -> str:
    """Return what the next act is called, with the number of the inject that goes out, or with what is lacking first."""
    step, inject, lack = board.next_step, board.next_inject, first_lack(board)
    if step is DrillStep.RELEASED and inject is not None:
        return _("Release inject {number}").format(number=inject.number)
    if lack is Lack.INJECTS:
        return _("Write the script")
    if lack in PART_LACKING:
        return _("Name the director") if lack is Lack.DIRECTOR else _("Name an evaluator")
    if lack is not None:
        return _("Complete the design")
    return label(step) if step is not None else ""
