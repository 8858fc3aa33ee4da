"""The first morning: language, city, the desk's own area, its code and name, the first account. Or a look at the demo city.

Everything by keyboard: Tab or Enter goes on, Ctrl+Enter founds. Nothing is written before every answer was looked over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.errands.division_finding import DivisionFinder, FoundDivision, Settled
from emergency_desk.errands.founding_city import Wanted, below, check, default_desk_code, suggested_name
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.look import NAMES
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.area_picker import AreaPicker, Candidate
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import LANGUAGES, N_, _, current_language, ngettext
from emergency_desk.wording.labels import label
from emergency_desk.wording.refusals import sentence

ONBOARDING = "onboarding"
ACTIONS = (
    Action("found_desk", N_("Found the desk"), "found", "Ctrl+Return", (ONBOARDING,), N_("found the desk")),
    Action("look_at_demo", N_("Look at the demo city"), "look_at_demo", "Alt+D", (ONBOARDING,), N_("demo city")),
)
_FIELD_WIDTH = 420


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed so far, kept while the language changes."""

    city: str = ""
    own: str = ""
    texts: tuple[tuple[str, str], ...] = ()


class OnboardingPage(QWidget):
    """`wanted(Wanted)` when the desk is to be founded, `demo_wanted`, and `language_wanted(tag)` when another language is chosen."""

    wanted = Signal(object)
    demo_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self, *, told: str = "") -> None:
        super().__init__()
        self._finder: DivisionFinder | None = None
        self._own: Settled | None = None
        self._kept = Answers()
        self._is_busy = False
        self.language = ChoiceBox()
        for tag in LANGUAGES:
            self.language.addItem(NAMES[tag], tag)
        self.language.setCurrentIndex(max(0, self.language.findData(current_language())))
        self.language.activated.connect(lambda _index: self.language_wanted.emit(str(self.language.currentData())))
        self.city = AreaPicker(self._cities, addressed=False, placeholder=_("Name, pinyin, initials or code, such as 青岛, qingdao, qd, 3702"))
        self.own = AreaPicker(self._own_areas, addressed=False, placeholder=_("The city itself, a district, a street or a town"))
        self.desk_code, self.desk_name, self.account, self.display_name = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.password, self.password_again = QLineEdit(), QLineEdit()
        self.passphrase, self.passphrase_again = QLineEdit(), QLineEdit()
        self.button = KeyButton(_("Found the desk"), "Ctrl+Return", filled=True)
        self.demo_button = KeyButton(_("Look at the demo city"), "Alt+D")
        self._told = text_label(told or _("The divisions of China are being read…"), tone=Tone.SECONDARY, wrap=True)
        self._comes = text_label("", wrap=True)
        self._note = text_label("", tone=Tone.SECONDARY, wrap=True)
        self._progress = QProgressBar()
        self._progress.setVisible(False)
        self._lay_out()
        self._connect()

    # -- what it is given ----------------------------------------------------------------------------------------------
    def take_finder(self, finder: DivisionFinder) -> None:
        """Take the divisions once they are read; what was typed meanwhile is looked up now."""
        self._finder = finder
        self._told.setText(_("Nothing is written before you found the desk. Everything can be changed later."))
        if self._kept.city:
            self._show_area(self.city, self._kept.city)
            self._city_answered()
            self._show_area(self.own, self._kept.own or self._kept.city)
            self._own_answered()

    @property
    def answers(self) -> Answers:
        """What was typed so far."""
        texts = tuple((name, field.text()) for name, field in self._texts.items() if field.isModified() or name not in ("desk_code", "desk_name"))
        return Answers(self.city.area_id or self._kept.city, self.own.area_id or self._kept.own, texts)

    def keep(self, answers: Answers) -> None:
        """Show answers again that another page of this kind was given."""
        self._kept = answers
        for name, text in answers.texts:
            self._texts[name].setText(text)
            self._texts[name].setModified(bool(text))

    def show_progress(self, done: int, total: int, what: str = "") -> None:
        """Show how far the founding is."""
        self._progress.setVisible(True)
        self._progress.setMaximum(max(total, 1))
        self._progress.setValue(done)
        self._progress.setFormat(what)

    def refused(self, error: DeskError) -> None:
        """Tell a refusal at its field; what was typed stays."""
        self._set_busy(False)
        field = self._fields.get(error.field) if isinstance(error, Refused) else None
        if field is None:
            self._note.setText(sentence(error))
            return
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        mark_refused(field, sentence(error))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def found(self) -> None:
        """Look the answers over and ask for the founding."""
        if self._finder is None or self._is_busy:
            return
        self.city.settle()
        self.own.settle()
        answer = self._answer()
        try:
            check(self._finder, answer)
        except DeskError as error:
            self.refused(error)
            return
        self._set_busy(True)
        self.wanted.emit(answer)

    def look_at_demo(self) -> None:
        """Build and open the demo city."""
        if not self._is_busy:
            self._set_busy(True)
            self.demo_wanted.emit()

    def _answer(self) -> Wanted:
        return Wanted(
            area=self.own.area_id or self.own.text() or self.city.area_id or self.city.text(), account=self.account.text().strip(),
            display_name=self.display_name.text().strip(), password=self.password.text(), password_again=self.password_again.text(),
            desk_code=self.desk_code.text().strip(), desk_name=self.desk_name.text().strip() if self.desk_name.isModified() else "",
            passphrase=self.passphrase.text(), passphrase_again=self.passphrase_again.text())

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._progress.setVisible(is_busy)
        for button in (self.button, self.demo_button):
            button.setEnabled(not is_busy)

    # -- places --------------------------------------------------------------------------------------------------------
    def _cities(self, text: str) -> list[Candidate]:
        return [_candidate(each) for each in self._finder.find(text)] if self._finder is not None else []

    def _own_areas(self, text: str) -> list[Candidate]:
        if self._finder is None:
            return []
        root = self._root()
        return [_candidate(each) for each in self._finder.find(text, below=root)]

    def _root(self) -> str:
        if self._finder is None or not self.city.area_id:
            return ""
        return self._finder.root_of(self._finder.divisions.find(self.city.area_id)).code

    def _city_answered(self) -> None:
        if self._finder is None or not self.city.area_id:
            return
        found = self._finder.divisions.path(self.city.area_id)
        self.own.set_answer((found[-1].code, found[-1].name, " · ".join(each.name for each in found[:-1])))

    def _own_answered(self) -> None:
        if self._finder is None or not self.own.area_id:
            return
        self._own = self._finder.settle(self.own.area_id)
        name, name_en = suggested_name(self._own)
        if not self.desk_code.isModified():
            self.desk_code.setText(default_desk_code(self._own.division.code))
        if not self.desk_name.isModified():
            self.desk_name.setText(name if current_language().startswith("zh") else name_en)
        self._tell_what_comes(self._own)

    def _tell_what_comes(self, own: Settled) -> None:
        assert self._finder is not None
        found = below(self._finder, own)
        districts = ngettext("{count} district", "{count} districts", found.districts).format(count=found.districts)
        streets = ngettext("{count} street or town", "{count} streets and towns", found.streets).format(count=found.streets)
        lines = [_("{area}: a desk at the tier “{tier}”.").format(area=own.division.name, tier=label(own.tier))]
        if found.streets:
            lines.append(_("Below it: {districts}, {streets}.").format(districts=districts, streets=streets) if found.districts
                         else _("Below it: {streets}.").format(streets=streets))
        lines.append(_("The ladder: {rungs}.").format(rungs=" ▸ ".join(label(rung) for rung in found.rungs)))
        lines.append(_("Villages and communities of the city come with it. Their positions are not known yet; teams and sites you import or "
                       "enter afterwards."))
        self._comes.setText("\n".join(lines))

    def _show_area(self, picker: AreaPicker, code: str) -> None:
        assert self._finder is not None
        path = self._finder.divisions.path(code)
        picker.set_answer((code, path[-1].name, " · ".join(each.name for each in path[:-1])))

    # -- looks ---------------------------------------------------------------------------------------------------------
    @property
    def _texts(self) -> dict[str, QLineEdit]:
        return {"desk_code": self.desk_code, "desk_name": self.desk_name, "account": self.account, "display_name": self.display_name,
                "password": self.password, "password_again": self.password_again, "new_passphrase": self.passphrase,
                "new_passphrase_again": self.passphrase_again}

    @property
    def _fields(self) -> dict[str, QWidget]:
        return {"area": self.own if self.city.area_id else self.city, **self._texts}

    def _connect(self) -> None:
        self.button.clicked.connect(self.found)
        self.demo_button.clicked.connect(self.look_at_demo)
        self.city.answered.connect(self._city_answered)
        self.own.answered.connect(self._own_answered)
        chain: list[QLineEdit] = [self.city, self.own, *self._texts.values()]
        for one, after in pairwise(chain):
            one.returnPressed.connect(_go_to(after))
        self.passphrase_again.returnPressed.connect(self.found)
        for field in (self.password, self.password_again, self.passphrase, self.passphrase_again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.setFocusProxy(self.city)

    def _lay_out(self) -> None:
        form = Panel(_("Your own desk"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(PAD)
        grid.setVerticalSpacing(8)
        for place, (words, field) in enumerate((
            (_("Language"), self.language), (_("City"), self.city), (_("This desk's own area"), self.own), (_("Desk code"), self.desk_code),
            (_("Name of the desk"), self.desk_name), (_("First account"), self.account), (_("Your name"), self.display_name),
            (_("Password"), self.password), (_("Password once more"), self.password_again),
            (_("Encrypt the store with"), self.passphrase), (_("Passphrase once more"), self.passphrase_again),
        )):
            field.setAccessibleName(words)
            field.setMinimumWidth(_FIELD_WIDTH)
            named = text_label(words, tone=Tone.SECONDARY)
            named.setBuddy(field)
            grid.addWidget(named, place, 0)
            grid.addWidget(field, place, 1)
        for picker in (self.city, self.own):
            picker.setProperty("letters", "")
        self.account.setPlaceholderText(_("what you type to sign in, such as wang"))
        self.display_name.setPlaceholderText(_("as papers show it"))
        self.passphrase.setPlaceholderText(_("a passphrase of its own, or empty: not encrypted"))
        form.body.addLayout(grid)
        form.body.addWidget(self._progress)
        form.body.addWidget(row(self.button))
        form.body.addWidget(self._note)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, PAD)
        whole.setSpacing(GAP)
        whole.addWidget(_at_top(form), 58)
        whole.addWidget(self._beside(), 42)

    def _beside(self) -> QWidget:
        comes = Panel(_("What comes of it"))
        comes.body.addWidget(self._told)
        comes.body.addWidget(self._comes)
        demo = Panel(_("Only looking?"))
        demo.body.addWidget(text_label(
            _("The demo city shows the whole desk with invented teams, depots and shelters in Qingdao. Nothing in it is real."),
            tone=Tone.SECONDARY, wrap=True))
        demo.body.addWidget(row(self.demo_button))
        return _at_top(comes, demo)


def _candidate(found: FoundDivision) -> Candidate:
    path = " · ".join(found.path)
    return found.code, found.name, f"{path}  {found.note or found.code}".strip()


def _go_to(field: QLineEdit) -> Callable[[], Any]:
    return lambda: field.setFocus(Qt.FocusReason.TabFocusReason)


def _at_top(*panels: QWidget) -> QWidget:
    holder = QWidget()
    down = QVBoxLayout(holder)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(GAP)
    for panel in panels:
        down.addWidget(panel)
    down.addStretch(1)
    return holder
