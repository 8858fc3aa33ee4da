"""How a list comes and goes: import, export and print, at one place on every page of a list, at the end of its title line.

A page mixes in `Travels` and names its list; the buttons show the keys and go where the act makes no sense.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.ui.actions import Action
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _

_WORDS = {"import": N_("Import"), "export": N_("Export"), "print": N_("Print")}


class Travels:
    """`kind_of_list` is what the import and the export call the list; `paper` is the paper it is printed as, "" for none."""

    place: Workplace
    kind_of_list = ""
    paper = ""
    may_come_in = True
    print_key = "F9"

    def travel_actions(self, page_id: str) -> tuple[Action, ...]:
        """Return the keys of a page."""
        here = (page_id,)
        made = [Action(f"{page_id}_export", N_("Export the list"), "export_list", "Ctrl+E", here, short=N_("export"), in_bar=False)]
        if self.may_come_in:
            made.insert(0, Action(f"{page_id}_import", N_("Import a list"), "import_list", "Ctrl+I", here, short=N_("import"), in_bar=False))
        if self.paper:
            made.append(Action(f"{page_id}_print", N_("Print the list"), "print_list", self.print_key, here, short=N_("print"), in_bar=False))
        return tuple(made)

    def travel_buttons(self) -> QWidget:
        """Return the buttons, for the end of the list's title line."""
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        wanted = (("import", "Ctrl+I", self.may_come_in), ("export", "Ctrl+E", True), ("print", self.print_key, bool(self.paper)))
        for name, key, is_wanted in wanted:
            if is_wanted:
                button = KeyButton(_(_WORDS[name]), key, bare=True)
                button.clicked.connect(getattr(self, f"{name}_list"))
                button.setEnabled(name != "import" or self.place.desk.can(Act.IMPORT))
                across.addWidget(button)
        return holder

    def import_list(self) -> None:
        """Open the import for this kind of list."""
        page: Any = self.place.window.show_page("imports")
        page.begin(self.kind_of_list)

    def export_list(self) -> None:
        """Ask where the list is to lie, and write it there."""
        from emergency_desk.ui.export_acts import export_list

        export_list(self.place, self.kind_of_list)

    def print_list(self) -> None:
        """Preview the list as a paper."""
        self.place.print_register(self.paper)
