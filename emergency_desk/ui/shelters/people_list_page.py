"""People out of a list: the file and what it is a list of on top, every row with how the person stands already below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.errands import people_lists as errand
from emergency_desk.errands.people_lists import PeoplePreview, PeopleTaken
from emergency_desk.services import people_lists
from emergency_desk.services.people_lists import ListTarget
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.shelters.people_list_lines import lines_of, list_columns
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import SHELTER_LIST, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.people_list_words import summary_words
from emergency_desk.wording.people_words import tell_odd
from emergency_desk.wording.refusals import sentence

PAGE = SHELTER_LIST
ACTIONS = (
    Action("people_list_look", N_("Look at the list"), "look", "Ctrl+L", (PAGE,), N_("look")),
    Action("people_list_take", N_("Take all good rows"), "take_good", "Ctrl+Return", (PAGE,), N_("take")),
    Action("people_list_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), N_("back")),
)
_MOST_ODD = 3


class PeopleListPage(QWidget):
    """The file on top, its rows below, and the one act that takes them."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.preview: PeoplePreview | None = None
        self._is_busy = False
        self._wanted: Id | None = None
        self.path = FileField(_("The list: CSV, XLSX, XLS or ODS"))
        self.path.returnPressed.connect(self.look)
        self.target = ChoiceBox()
        self.target.setAccessibleName(_("What it is a list of"))
        self.target.currentIndexChanged.connect(lambda _index: self.look())
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.lines = LinesList(list_columns(), header=True, empty=_("Choose a list of people. Nobody is taken before you say so."))
        self.lines.setAccessibleName(_("Rows of the list"))
        self.good = KeyButton(_("Take all good rows"), "Ctrl+Return", filled=True)
        self.good.clicked.connect(self.take_good)
        self._lay_out()
        place.window.acts.register(ACTIONS)
        self._show_state()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def begin(self, target_id: Id | None) -> None:
        """Begin at the file, for a shelter or a village."""
        self._wanted = target_id
        self._ask_targets()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        return action_id != "people_list_take" or self.good.isEnabled()

    def look(self) -> None:
        """Read the list for what it is said to be a list of."""
        path, target_id = self.path.path, self.target.currentData()
        if path is None or self._is_busy or not target_id:
            return
        self._begin(_("Reading {name}…").format(name=path.name))
        errand.ask_preview(self.place.background, self.place.desk, path=path, target_id=Id(target_id), then=self._show, refused=self._refused)

    def choose_file(self) -> None:
        """Ask for the file in the system's own dialog."""
        if self.path.choose(_("Choose a list")):
            self.look()

    def leave(self) -> None:
        """Go back; what was read stays here until another list is looked at."""
        self.place.window.show_page_before()

    # -- reading -------------------------------------------------------------------------------------------------------
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
            self._tell(_("No shelter is open and no village is to be moved. Open or order one first, on the page of shelters."), Tone.ORANGE)

    def _show(self, preview: PeoplePreview) -> None:
        self._is_busy = False
        self.path.hide_offers()
        self.preview = preview
        self.lines.show_lines(lines_of(preview))
        self._tell(" ".join(summary_words(preview.found, preview.bad)), Tone.ORANGE if preview.bad or preview.found.is_known else Tone.TEXT)
        self._show_state()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines.choose_first()

    def _refused(self, error: DeskError) -> None:
        self._is_busy, self.preview = False, None
        self.lines.show_lines([])
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    # -- taking --------------------------------------------------------------------------------------------------------
    def take_good(self) -> None:
        """Take all good rows in one commit."""
        preview, desk = self.preview, self.place.desk
        if preview is None or self._is_busy:
            return
        self._begin(_("Taking the people…"))
        self.place.ask(lambda: errand.take(desk, preview), then=self._taken, refused=self._not_taken)

    def _taken(self, taken: PeopleTaken) -> None:
        self._is_busy, self.preview = False, None
        self.lines.show_lines([])
        is_village = taken.names is not None
        words = ngettext("{count} person is looked for by name now.", "{count} people are looked for by name now.", taken.value) if is_village \
            else ngettext("{count} person is registered.", "{count} people are registered.", taken.value)
        odd = taken.stays.odd if taken.stays is not None else taken.names.odd if taken.names is not None else ()
        more = _("… and {count} more remarks").format(count=len(odd) - _MOST_ODD) if len(odd) > _MOST_ODD else ""
        mend = _("The rows to mend lie in {path}, each with its reason.").format(path=taken.bad_rows_path) if taken.bad_rows_path else ""
        self._tell("  ".join(filter(None, (words.format(count=formats.number(taken.value)), *(tell_odd(one) for one in odd[:_MOST_ODD]), more,
                                           mend))), Tone.GREEN if taken.value else Tone.TEXT)
        self._show_state()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_taken(self, error: DeskError) -> None:
        self._is_busy = False
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    # -- telling -------------------------------------------------------------------------------------------------------
    def _begin(self, words: str) -> None:
        self._is_busy = True
        self._tell(words, Tone.ACT)
        self._show_state()

    def _tell(self, words: str, tone: Tone) -> None:
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone in (Tone.RED, Tone.GREEN))

    def _show_state(self) -> None:
        count = len(self.preview.found.good) if self.preview is not None else 0
        self.good.setEnabled(bool(count) and not self._is_busy)
        words = ngettext("Take {count} person", "Take {count} people", count).format(count=formats.number(count))
        self.good.set_words(words if count else _("Take all good rows"))
        self.place.window.keys.rebuild()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.background.expect_file()
        self._ask_targets()

    def _lay_out(self) -> None:
        choose, look = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        choose.clicked.connect(self.choose_file)
        look.clicked.connect(self.look)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.path, 3)
        across.addWidget(self.target, 2)
        across.addWidget(choose)
        across.addWidget(look)
        head = Panel(_("People from a list"), _("who is in a shelter, or who is to be moved · of an id only the last four are kept"))
        head.body.addLayout(across)
        head.body.addWidget(self.told)
        rows = Panel(_("Rows"), _("those to mend first, then who is known already"))
        rows.add_list(self.lines, 1)
        below = QHBoxLayout()
        below.addWidget(self.good)
        below.addStretch(1)
        rows.body.addLayout(below)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP)
        down.addWidget(head)
        down.addWidget(rows, 1)
