"""A page with the form of one record: read, typed into, kept as a draft, saved; what somebody else saved meanwhile stands beside it."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.services import drafts
from emergency_desk.services.areas import find_in
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.call_telling import candidates
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.teams.record_form import RecordForm, Section
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.lines import Cell, Column, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.labels import field_label
from emergency_desk.wording.refusals import sentence

_DRAFT_MS = 400


def form_actions(page: str, what: str) -> tuple[Action, ...]:
    """Return the keys of a form."""
    here = (page,)
    return (Action(f"{page}_save", N_("Save"), "save", "Ctrl+S", here, short=N_("save")),
            Action(f"{page}_theirs", N_("Take what the other saved"), "take_theirs", "Alt+T", here, short=N_("take theirs")),
            Action(f"{page}_drop", N_("Throw the draft away"), "drop_draft", "Alt+D", here, short=N_("drop draft")),
            Action(f"{page}_leave", N_("Leave and keep the draft"), "leave", "Escape", here, short=N_("back")))


class RecordPage(LivePage):
    """A subclass names its page and subject and says how a record is read, made of values and kept."""

    page_id = ""
    subjects = frozenset({Subject.AREA})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(form_actions(self.page_id, ""))
        self.tree: AreaTree = place.desk.memory.tree()
        self.before: Any = None
        self._asked: Id | None = None
        self._draft_name = ""
        self.title = ElidedLabel(size="title")
        self.note = text_label(tone=Tone.ORANGE, size="small", wrap=True)
        self.save_button = KeyButton(_("Save"), "Ctrl+S", filled=True)
        self.leave_button = KeyButton(_("Back"), "Escape")
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.leave)
        self.form = RecordForm(self.sections())
        self.theirs = Panel(_("Changed by somebody else"), _("Ctrl+S keeps yours · Alt+T takes theirs"))
        self._differences = LinesList((Column(width=120), Column(stretch=True), Column(stretch=True)), row_height=24, header=False)
        self._differences.setAccessibleName(_("Changed by somebody else"))
        self._differences.setMinimumHeight(120)
        self.theirs.add_list(self._differences, 1)
        self.theirs.hide()
        self.form.columns[-1].insertWidget(0, self.theirs)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_DRAFT_MS)
        self._keeping.timeout.connect(self._keep_draft)
        self.form.edited.connect(self._keeping.start)
        self._lay_out()

    def _lay_out(self) -> None:
        head, down = QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(GAP)
        head.addWidget(self.title, 1)
        for button in (self.save_button, self.leave_button, *self.more_buttons()):
            head.addWidget(button)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP)
        down.addLayout(head)
        down.addWidget(self.note)
        down.addWidget(self.form, 1)
        self.note.hide()
        last = list(self.form.editors.values())[-1]
        QWidget.setTabOrder(last, self.save_button)
        QWidget.setTabOrder(self.save_button, self.leave_button)

    # -- what a subclass says ------------------------------------------------------------------------------------------
    @abstractmethod
    def sections(self) -> Sequence[Section]:
        """Return the sections of the form."""

    def more_buttons(self) -> Sequence[QWidget]:
        """Return further buttons of the head."""
        return ()

    @abstractmethod
    def blank(self) -> Any:
        """Return an empty record."""

    @abstractmethod
    def read_record(self, id_: Id) -> Any:
        """Read a record. Runs on the store thread."""

    @abstractmethod
    def made(self, values: dict[str, Any]) -> Any:
        """Return the record that the values make of the one the form was filled from."""

    @abstractmethod
    def keep(self, before: Any, record: Any) -> Done[Any]:
        """Save. Runs on the store thread."""

    @abstractmethod
    def told(self, record: Any) -> str:
        """Return what is told when it was saved."""

    @abstractmethod
    def title_of(self, record: Any) -> str:
        """Return the title of the page."""

    # -- opening -------------------------------------------------------------------------------------------------------
    def open(self, id_: Id | None) -> None:
        """Show the form of a record, or an empty one, with the draft that was kept of it."""
        self._keeping.stop()
        self._asked, self._draft_name = id_, f"{self.page_id}:{id_ or 'new'}"
        self.theirs.hide()
        self.forget()

    def reader(self) -> Callable[[], tuple[Any, dict[str, str], AreaTree]] | None:
        name, id_, desk = self._draft_name, self._asked, self.place.desk
        if not name:
            return None
        return lambda: (self.read_record(id_) if id_ else self.blank(), drafts.get_draft(desk, name=name), desk.tree)

    def show_read(self, answer: tuple[Any, dict[str, str], AreaTree]) -> None:
        self.before, draft, self.tree = answer
        self.title.setText(self.title_of(self.before))
        self._fill(self.before)
        if draft:
            area = draft.get("#area", "")
            self.form.set_texts(draft, area=self.candidate(Id(area)) if area else None, address=draft.get("#address", ""))
        self.note.setVisible(bool(draft))
        self.note.setText(_("What was typed before is here again. Alt+D throws it away.") if draft else "")
        next(iter(self.form.editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, record: Any) -> None:
        values = {one.name: getattr(record, one.name) for one in fields(record)}
        area = values.get("area_id")
        self.form.fill(values, area=self.candidate(area) if area else None, address=values.get("address", ""))

    def candidate(self, area_id: Id) -> Candidate | None:
        """Return an area as the picker knows it."""
        if area_id not in self.tree.by_id:
            return None
        path = self.tree.path(area_id)
        return area_id, self.place.namer().area(area_id), " ".join(self.place.namer().area(area.id) for area in path[:-1])

    def find_areas(self, text: str) -> list[Candidate]:
        """Return the areas that fit what is typed."""
        return candidates(find_in(self.tree, text=text, below=self.place.desk.area_id), text, current_language())

    # -- saving --------------------------------------------------------------------------------------------------------
    def save(self) -> None:
        """Save what is typed; a refusal stands at its field."""
        self._keeping.stop()
        self.form.clear_refusals()
        try:
            record = self.made(self.form.values())
        except DeskError as error:
            self.refused(error)
            return
        before, name, desk = self.before, self._draft_name, self.place.desk

        def keep() -> Done[Any]:
            done = self.keep(before, record)
            drafts.drop_draft(desk, name=name)
            return done

        self.place.ask(keep, then=self._saved, refused=self.refused)

    def _saved(self, done: Done[Any]) -> None:
        self.place.window.notices.done(self.told(done.value))
        self._draft_name = ""
        self.place.window.show_page_before()

    def refused(self, error: DeskError) -> None:
        if isinstance(error, Stale):
            self._show_theirs(error.values["theirs"], error.values["ours"])
        elif not self.form.refuse(error):
            self.place.window.explain(error)

    def _show_theirs(self, theirs: Any, ours: Any) -> None:
        """Show both versions; saving again keeps ours over theirs."""
        words = [(name, spec.word(getattr(theirs, name)) if getattr(theirs, name, None) is not None else "",
                  spec.word(getattr(ours, name)) if getattr(ours, name, None) is not None else "")
                 for name, spec in self.form.specs.items() if hasattr(theirs, name)]
        self._differences.show_lines([
            line(name, Cell(field_label(name), Tone.SECONDARY, size="small"), Cell(other, Tone.ORANGE, hint=_("as it is saved now")),
                 Cell(own, hint=_("as you typed it"))) for name, other, own in words if other != own])
        self.before = theirs
        self.theirs.show()
        self.place.window.notices.refuse(sentence(Stale(kind=self.page_id.removesuffix("_form"), id=theirs.id, theirs=theirs, ours=ours)))

    def take_theirs(self) -> None:
        """Take what the other saved, and go on from there."""
        self.theirs.hide()
        self.place.window.notices.clear()
        self._fill(self.before)
        self._keep_draft()

    # -- drafts --------------------------------------------------------------------------------------------------------
    def _keep_draft(self) -> None:
        name, desk = self._draft_name, self.place.desk
        if not name:
            return
        picker: Any = self.form.editors.get("area_id")
        texts = self.form.texts()
        if picker is not None:
            texts |= {"#area": picker.area_id, "#address": picker.address}
        content = json.loads(json.dumps(texts))
        self.place.ask(lambda: drafts.keep_draft(desk, name=name, content=content))

    def drop_draft(self) -> None:
        """Throw what was typed away."""
        self._keeping.stop()
        name, desk = self._draft_name, self.place.desk
        self.note.hide()
        self.place.ask(lambda: drafts.drop_draft(desk, name=name), then=lambda _done: self.forget())

    def leave(self) -> None:
        """Go back; what was typed is kept."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep_draft()
        self.form.clear_refusals()
        self.place.window.show_page_before()

    def can(self, action: str) -> bool:
        """Say which acts make sense now."""
        return not action.endswith("_theirs") or not self.theirs.isHidden()

    def _world_changed(self, changes: Any) -> None:
        """An open editor never fills itself anew; Stale tells at the saving."""
