"""The keys of the plan editor and of the comparison."""

from __future__ import annotations

from emergency_desk.ui.actions import Action
from emergency_desk.ui.workplace import PLAN_COMPARE, PLAN_EDITOR
from emergency_desk.wording.catalog import N_

_EDITOR, _COMPARE = (PLAN_EDITOR,), (PLAN_COMPARE,)
EDITOR_ACTIONS = (
    Action("editor_save", N_("Save now"), "save_now", "Ctrl+S", _EDITOR, in_bar=False),
    Action("editor_undo", N_("Take the last change back"), "undo", "Ctrl+Z", _EDITOR, short=N_("undo")),
    Action("editor_redo", N_("Do it again"), "redo", "Ctrl+Y", _EDITOR, in_bar=False),
    Action("editor_redo_too", N_("Do it again"), "redo", "Ctrl+Shift+Z", _EDITOR, in_bar=False),
    Action("editor_find", N_("Find in the plan"), "find_words", "Ctrl+F", _EDITOR, short=N_("find")),
    Action("editor_replace", N_("Find and replace in the plan"), "find_and_replace", "Ctrl+H", _EDITOR, short=N_("replace")),
    Action("editor_find_next", N_("Go to the next place found"), "find_next", "F3", _EDITOR, in_bar=False),
    Action("editor_find_last", N_("Go to the place found before"), "find_last", "Shift+F3", _EDITOR, in_bar=False),
    Action("editor_replace_one", N_("Replace here"), "replace_one", "Alt+R", _EDITOR, in_bar=False),
    Action("editor_replace_all", N_("Replace in the whole plan"), "replace_all", "Alt+Shift+R", _EDITOR, in_bar=False),
    Action("editor_add", N_("Add one after this"), "add", "Alt+A", _EDITOR, short=N_("add")),
    Action("editor_add_below", N_("Add a clause below this"), "add_below", "Alt+Shift+A", _EDITOR, short=N_("add below")),
    Action("editor_remove", N_("Remove this"), "remove", "Alt+Delete", _EDITOR, short=N_("remove")),
    Action("editor_up", N_("Move this up"), "move_up", "Alt+Up", _EDITOR, in_bar=False),
    Action("editor_down", N_("Move this down"), "move_down", "Alt+Down", _EDITOR, in_bar=False),
    Action("editor_next", N_("Go to the next section"), "next_section", "Ctrl+PgDown", _EDITOR, in_bar=False),
    Action("editor_last", N_("Go to the section before"), "last_section", "Ctrl+PgUp", _EDITOR, in_bar=False),
    Action("editor_outline", N_("Go to the outline"), "focus_outline", "Alt+O", _EDITOR, in_bar=False),
    Action("editor_text", N_("Go to the text or form"), "focus_text", "Alt+T", _EDITOR, in_bar=False),
    Action("editor_languages", N_("Show both languages or one"), "turn_languages", "Alt+L", _EDITOR, short=N_("languages")),
    Action("editor_strong", N_("Make the words strong, or plain again"), "toggle_strong", "Ctrl+B", _EDITOR, in_bar=False),
    Action("editor_list", N_("Make a list, or paragraphs again"), "toggle_list", "Ctrl+Shift+L", _EDITOR, in_bar=False),
    Action("editor_table", N_("Insert a table"), "insert_table", "Ctrl+Shift+T", _EDITOR, in_bar=False),
    Action("editor_row", N_("Add a row to the table"), "add_row", "Ctrl+Alt+Down", _EDITOR, in_bar=False),
    Action("editor_row_away", N_("Remove the row of the table"), "remove_row", "Ctrl+Alt+Up", _EDITOR, in_bar=False),
    Action("editor_column", N_("Add a column to the table"), "add_column", "Ctrl+Alt+Right", _EDITOR, in_bar=False),
    Action("editor_column_away", N_("Remove the column of the table"), "remove_column", "Ctrl+Alt+Left", _EDITOR, in_bar=False),
    Action("editor_here", N_("Show what belongs into this section"), "show_here", "Alt+H", _EDITOR, in_bar=False),
    Action("editor_check", N_("Show what is wrong with the plan"), "show_check", "Alt+K", _EDITOR, short=N_("check")),
    Action("editor_review", N_("Where this draft stands and what is next"), "hand_on", "Ctrl+Return", _EDITOR, short=N_("review")),
    Action("editor_compare", N_("Compare with another version"), "compare", "Alt+V", _EDITOR, short=N_("compare")),
    Action("editor_ours", N_("Keep what you wrote"), "keep_ours", "Alt+M", _EDITOR, short=N_("keep mine")),
    Action("editor_theirs", N_("Take what the other saved"), "take_theirs", "Alt+E", _EDITOR, short=N_("take theirs")),
    Action("editor_leave", N_("Leave the editor"), "leave", "Escape", _EDITOR, short=N_("back")),
)
COMPARE_ACTIONS = (
    Action("compare_next", N_("Go to the next change"), "next_change", "F3", _COMPARE, short=N_("next change")),
    Action("compare_last", N_("Go to the change before"), "last_change", "Shift+F3", _COMPARE, short=N_("change before")),
    Action("compare_all", N_("Show what stayed the same too"), "turn_all", "Alt+A", _COMPARE, short=N_("all parts")),
    Action("compare_edit", N_("Go to this part in the editor"), "edit_part", "Alt+E", _COMPARE, short=N_("edit")),
    Action("compare_leave", N_("Back to the page before"), "leave", "Escape", _COMPARE, short=N_("back")),
)
