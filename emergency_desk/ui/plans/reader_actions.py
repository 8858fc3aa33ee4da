"""What can be done on the page of plans, as data."""

from __future__ import annotations

from emergency_desk.ui.actions import Action
from emergency_desk.ui.plans.side import View
from emergency_desk.ui.workplace import PLANS
from emergency_desk.wording.catalog import N_

_PAGE = (PLANS,)
ACTIONS = (
    Action("plans_search", N_("Search the plans"), "focus_search", "Ctrl+F", _PAGE, short=N_("search")),
    Action("plans_search_too", N_("Search the plans"), "focus_search", "/", _PAGE, in_bar=False),
    Action("plans_shelf", N_("All plans and the words of all of them"), "open_shelf", "Ctrl+L", _PAGE, short=N_("all plans")),
    Action("plans_levels", N_("Show what the levels of the plan bring"), "show_levels", "Alt+L", _PAGE, in_bar=False),
    Action("plans_cards", N_("Show the response cards"), "show_cards", "Alt+C", _PAGE, short=N_("cards")),
    Action("plans_contacts", N_("Show whom the plan says to ring"), "show_contacts", "Alt+T", _PAGE, short=N_("phones")),
    Action("plans_above", N_("Open the plan above this one"), "show_above", "Alt+Up", _PAGE, in_bar=False),
    Action("plans_check", N_("Show what is wrong with the plan"), "show_check", "Alt+K", _PAGE, short=N_("check")),
    Action("plans_tonight", N_("Could we fight this plan tonight?"), "show_tonight", "Alt+N", _PAGE, short=N_("tonight")),
    Action("plans_life", N_("Where the plan stands and what is next"), "show_life_view", "Alt+I", _PAGE, short=N_("life")),
    Action("plans_print", N_("Print the plan, its cards, whom to ring, its filing form"), "print_plan", "F9", _PAGE, short=N_("print")),
    Action("plans_leave", N_("Back to the page before"), "leave", "Escape", _PAGE, short=N_("back")),
)
VIEWS = {  # what turns the right side, by the act that does it
    "show_levels": View.LEVELS, "show_cards": View.CARDS, "show_contacts": View.CONTACTS, "show_check": View.CHECK, "show_tonight": View.TONIGHT,
    "show_life_view": View.LIFE,
}
