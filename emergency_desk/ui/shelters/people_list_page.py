"""People out of a list: the file and what it is a list of on top, every row with how the person stands already below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from emergency_desk.domain.ids import Id
from emergency_desk.errands import people_lists as errand
from emergency_desk.errands.people_lists import PeoplePreview, PeopleTaken
from emergency_desk.errands.rows_to_mend import Which
from emergency_desk.services import people_lists
from emergency_desk.services.people_lists import ListTarget
from emergency_desk.ui.actions import Action
from emergency_desk.ui.imports.list_page import ListPage
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.shelters.people_list_lines import lines_of, list_columns
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Line
from emergency_desk.ui.workplace import SHELTER_LIST, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.people_list_words import summary_words, taken_words
from emergency_desk.wording.people_words import tell_odd

PAGE = SHELTER_LIST
ACTIONS = (
    Action("people_list_look", N_("Look at the list"), "look", "Ctrl+L", (PAGE,), N_("look")),
    Action("people_list_take", N_("Take all good rows"), "take_good", "Ctrl+Return", (PAGE,), N_("take")),
    Action("people_list_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), N_("back")),
)
_MOST_ODD = 3


class PeopleListPage(ListPage[PeoplePreview, PeopleTaken]):
    """The file and what it is a list of on top, its rows below, and the one act that takes them."""

    keys, take_action = ACTIONS, "people_list_take"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, hint=_("The list of people: CSV, XLSX, XLS or ODS"), columns=list_columns(),
                         empty=_("Choose a list of people. Nobody is taken before you say so."))
        self._wanted: Id | None = None
        self.target = ChoiceBox()
        self.target.setAccessibleName(_("What it is a list of"))
        self.target.currentIndexChanged.connect(lambda _index: self.read())
        subtitle = _("who is in a shelter, or who is to be moved · of an id only the last four are kept")
        fill_page(self, self.head(_("People from a list"), subtitle, self.target), self.rows(_("those to mend first, then who is known already")))

    def begin(self, target_id: Id | None) -> None:
        """Begin at the file, for a shelter or a village."""
        self._wanted = target_id
        self._ask_targets()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)
        self.path.selectAll()

    # -- what it is a list of ------------------------------------------------------------------------------------------
    def _ask_targets(self) -> None:
        desk = self.place.desk
        self.place.ask(lambda: people_lists.targets(desk), then=self._offer)

    def _offer(self, targets: list[ListTarget]) -> None:
        kept = self._wanted or self.target.currentData()
        self.target.blockSignals(True)
        self.target.clear()
        for one in targets:
            name = in_words(one.name, one.name_en)
            self.target.addItem((_("To be moved: {village}") if one.is_village else _("In {village}")).format(village=name), one.id)
        self.target.setCurrentIndex(max(0, self.target.findData(kept)))
        self.target.blockSignals(False)
        self._wanted = None
        if not targets:
            self.tell(_("No shelter is open and no village is to be moved. Open or order one first, on the page of shelters."), Tone.ORANGE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_targets()

    # -- what the list says --------------------------------------------------------------------------------------------
    def read(self) -> None:
        if self.target.currentData():
            super().read()

    def ask_preview(self, path: Path) -> None:
        errand.ask_preview(self.place.background, self.place.desk, path=path, target_id=Id(self.target.currentData()), then=self.show_preview,
                           refused=self.show_refusal)

    def rows_of(self, preview: PeoplePreview) -> list[Line]:
        return lines_of(preview)

    def summary(self, preview: PeoplePreview) -> tuple[str, Tone]:
        is_odd = preview.bad or preview.found.is_known
        return " ".join(summary_words(preview.found, preview.bad)), Tone.ORANGE if is_odd else Tone.TEXT

    def count_good(self, preview: PeoplePreview) -> int:
        return len(preview.found.good)

    # -- taking it -----------------------------------------------------------------------------------------------------
    def take_words(self, count: int) -> str:
        words = ngettext("Take {count} person", "Take {count} people", count).format(count=formats.number(count))
        return words if count else _("Take all good rows")

    def taking_words(self, which: Which) -> str:
        return _("Taking the people…")

    def take(self, preview: PeoplePreview, which: Which) -> PeopleTaken:
        return errand.take(self.place.desk, preview, which=which)

    def taken_words(self, preview: PeoplePreview, taken: PeopleTaken) -> list[str]:
        target, more = preview.target, len(taken.odd) - _MOST_ODD
        told = taken_words(in_words(target.name, target.name_en), taken.value, is_village=target.is_village, found=taken.found,
                           outside=taken.outside)
        return [*told, *(tell_odd(one) for one in taken.odd[:_MOST_ODD]),
                *([_("… and {count} more remarks.").format(count=more)] if more > 0 else [])]
