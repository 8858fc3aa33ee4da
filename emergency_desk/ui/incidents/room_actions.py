"""What only the room can do, as data: all of it stands in the Ctrl+K box; the keys of its lists stand in the bar."""

from __future__ import annotations

from emergency_desk.ui.actions import Action
from emergency_desk.ui.workplace import ROOM
from emergency_desk.wording.catalog import N_


def _action(id_: str, label: str, run: str, key: str = "", short: str = "") -> Action:
    return Action(id_, label, run, key, (ROOM,), short, in_bar=bool(short))


ACTIONS = (
    _action("room_write", N_("Write into the log"), "write", "Alt+W", N_("write")),
    _action("room_tasks", N_("Go to the tasks"), "go_tasks", "Alt+T", N_("tasks")),
    _action("room_orders", N_("Go to teams and orders"), "go_orders", "Alt+O", N_("orders")),
    _action("room_recommended", N_("Go to the recommended teams"), "show_recommendation", "Alt+R", N_("teams")),
    _action("room_log", N_("Go to the log"), "go_log", "Alt+L", N_("log")),
    _action("room_plan", N_("Open the plan at its clause"), "open_plan", "Alt+P"),
    _action("room_card", N_("Open the response card of the duty officer"), "open_card", "Alt+D"),
    _action("room_figures", N_("Record figures"), "ask_figures", "Alt+F"),
    _action("room_steps", N_("Go to the steps of the ladder"), "go_steps", "Alt+S", N_("steps")),
    _action("room_ladder", N_("Go to the ladder: who acts at which level"), "go_ladder", "Alt+Y"),
    _action("room_activate", N_("Activate or adjust our response"), "activate_response", "Alt+A", N_("response")),
    _action("room_extend", N_("Extend our response"), "extend_response"),
    _action("room_pause", N_("Suspend our response for safety, or resume it"), "pause_response"),
    _action("room_end", N_("End our response"), "end_response", "Alt+E"),
    _action("escalate", N_("Offer the command to the tier above"), "escalate", "F7", N_("escalate")),
    _action("room_step_down", N_("Step down: offer the command to the tier below"), "step_down", "Shift+F7"),
    _action("room_accept", N_("Accept the command, or record that it was accepted"), "accept_command"),
    _action("room_refuse", N_("Refuse the command, or record that it was refused"), "refuse_command"),
    _action("room_withdraw", N_("Withdraw the offer of the command"), "withdraw_offer"),
    _action("room_repeat", N_("Make the offer of the command again"), "repeat_offer"),
    _action("room_take", N_("Take the command: our command is set up"), "take_command"),
    _action("room_heard", N_("Record what another tier did, as heard"), "record_heard", "Alt+H"),
    _action("room_post", N_("Open the command post"), "open_post", "Alt+C", N_("post")),
    _action("room_supplies", N_("Open what is asked, on its way and received"), "open_supplies", "Alt+Z", N_("supplies")),
    _action("room_tell", N_("Record that somebody was told"), "tell_next"),
    _action("room_grade", N_("Judge the grade"), "judge_grade", "Alt+G"),
    _action("room_production", N_("Say whether it was production work"), "say_production", "Alt+K"),
    _action("room_secondary", N_("Say what else the incident is"), "say_secondary"),
    _action("room_parent", N_("Say what the incident arose from"), "link_parent"),
    _action("room_kin", N_("Open the incident that hangs together with this one"), "open_kin"),
    _action("room_receipt", N_("Record the receipt of the chosen order"), "order_receipt"),
    _action("room_state", N_("Record the next state of the chosen team"), "order_state"),
    _action("room_gap", N_("Fill in a state that was not reported"), "order_gap"),
    _action("room_approve", N_("Record who agreed to the chosen order"), "order_approve"),
    _action("room_check_in", N_("Record that the chosen team checked in"), "order_check_in"),
    _action("room_recall", N_("Recall the chosen team"), "order_recall"),
    _action("room_task_done", N_("Mark the chosen task done"), "task_done"),
    _action("room_task_skip", N_("Skip the chosen task, with a reason"), "task_skip"),
    _action("room_add_task", N_("Add a task of your own"), "add_task"),
    _action("room_borrow", N_("Lay the actions of a plan that may stand in, as borrowed"), "borrow_plan", "Alt+J"),
    _action("room_correct_log", N_("Correct the chosen line of the log"), "correct_log"),
    _action("room_where", N_("Say where the incident stands"), "ask_state"),
    _action("room_correct", N_("Correct title, type or place"), "ask_correct"),
    _action("room_join", N_("Join into another incident"), "ask_join"),
    _action("room_part", N_("Part a joined call"), "ask_part"),
    _action("room_close", N_("Close the incident"), "ask_close"),
    _action("room_reopen", N_("Open the incident again"), "ask_reopen"),
    _action("room_after", N_("What follows: aftermath, plan against actual, findings"), "open_after", "Alt+B", N_("aftermath")),
    _action("room_goods", N_("What is sent from where: goods for the incident"), "open_goods", "Alt+Q", N_("goods")),
    _action("room_print_log", N_("Preview the log of the incident"), "print_log"),
)
NEEDS_OPEN = frozenset({
    "send", "room_recommended", "room_add_task", "room_where", "room_correct", "room_join", "room_close", "room_activate",
    "room_extend", "room_pause", "escalate", "room_step_down", "room_accept", "room_refuse", "room_withdraw", "room_repeat", "room_take",
    "room_heard", "room_borrow", "room_grade", "room_production", "room_secondary", "room_parent",
})
