"""The life of a plan beside its text: where it is, what may follow, who must, by when; with a form for each move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_moves import MoveKind
from emergency_desk.domain.plan_suggestions import SuggestionState
from emergency_desk.services import plan_dues
from emergency_desk.services.plan_dues import LifeView
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.plans import life_lines
from emergency_desk.ui.plans.life_asking import LifeAsking
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import plan_life_words as words
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label


class LifePanel(Screen):
    """Turn it with `show_version`: a version that stands or one being drafted. `clause_wanted(number)` when a suggestion is chosen."""

    subjects = frozenset({Subject.PLAN, Subject.PLAN_DRAFT, Subject.PLAN_SUGGESTION})
    clause_wanted = Signal(str)
    turned = Signal(str, str)  # code and version that is shown now

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self._place = place
        self._code = self._version = ""
        self.view: LifeView | None = None
        self._moved = False
        self.marked: Callable[[], str] = lambda: ""  # the clause that is marked in the text beside
        self.panel = Panel(_("Life of the plan"))
        self.standing = text_label(size="small", wrap=True)
        self.list = LinesList((Column(stretch=True, wrap=True), Column(right=True, wrap=True, width=104)), ruled=True,
                              empty=_("Choose a plan to see where it stands."))
        self.list.setAccessibleName(_("Life of the plan: Enter does what the line says"))
        self.form = InlineForm(in_a_row=1)
        self.asking = LifeAsking(place, self.form, self._done)
        self.panel.body.addWidget(self.standing)
        self.panel.add_list(self.list, 1)
        self.panel.body.addWidget(self.form)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)
        self.list.opened.connect(self._open)
        self.list.chosen.connect(self._choose)
        self.refusal.connect(place.window.explain)

    def show_version(self, code: str, version: str) -> None:
        """Turn to a version; nothing happens when it is shown already."""
        if (code, version) == (self._code, self._version):
            return
        self._code, self._version, self.view = code, version, None
        self.form.put_away()
        self.list.show_lines([])
        self.standing.setText("")
        if self.isVisible():
            self.forget()
        else:
            self._stale = True
        self.turned.emit(code, version)

    @property
    def version(self) -> str:
        """The version that is shown."""
        return self._version

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], LifeView] | None:
        desk, code, version = self._place.desk, self._code, self._version
        return (lambda: plan_dues.read_life(desk, code=code, version=version)) if code else None

    def show_read(self, answer: LifeView) -> None:
        self.view = answer
        self.panel.set_head(note=_("v{version} · {stage}").format(version=answer.life.version, stage=label(answer.life.stage)))
        self.standing.setText(words.standing(answer.life))
        self.list.show_lines(list(life_lines.life_lines(answer)))
        if self._moved or self.list.current_key in ("", f"{life_lines.HEAD}next"):  # what is next now stands first
            self._moved = False
            first = [each.key for each in self.list.lines if not each.key.startswith(life_lines.HEAD)]
            self.list.choose(first[0] if first else "")

    # -- what a line does ----------------------------------------------------------------------------------------------
    def _choose(self, key: str) -> None:
        suggestion = self._suggestion(key)
        if suggestion is not None and suggestion.clause:
            self.clause_wanted.emit(suggestion.clause)

    def _open(self, key: str) -> None:
        view = self.view
        if view is None:
            return
        if key.startswith(life_lines.MOVE):
            self._ask_move(MoveKind(key.removeprefix(life_lines.MOVE)), view)
        elif key.startswith(life_lines.DUE):
            self._ask_due(key.removeprefix(life_lines.DUE), view)
        elif key.startswith((life_lines.DRAFT, life_lines.BACK)):
            self.show_version(self._code, key.partition(":")[2])
        elif key == life_lines.WRITE and view.draft is not None:
            self._place.open_plan_editor(view.draft.id)
        elif key == life_lines.FOLLOW:
            self.asking.follow(view)
        elif key == life_lines.REVISE:
            self.asking.ask_revision(view)
        elif key == life_lines.SUGGEST:
            self.asking.ask_suggestion(view, self.marked())
        elif (suggestion := self._suggestion(key)) is not None and view.may_write and suggestion.state is SuggestionState.OPEN:
            self.asking.decide(suggestion, view)

    def _ask_move(self, kind: MoveKind, view: LifeView) -> None:
        if kind in view.mine:
            self.asking.ask(kind, view)
        else:
            self._place.window.notices.refuse(_("This is done by: {who}.").format(who=words.who_must(kind, view.path)))

    def _ask_due(self, due: str, view: LifeView) -> None:
        moves = {"filing": MoveKind.FILED, "publication": MoveKind.PUBLISHED, "drill": MoveKind.DRILLED, "evaluation": MoveKind.EVALUATED,
                 "opinions": MoveKind.OPINIONS_IN}
        self._ask_move(moves[due], view)

    def _suggestion(self, key: str) -> Any:
        wanted = key.removeprefix(life_lines.SUGGESTED)
        return next((one for one in self.view.suggestions if one.id == wanted), None) if self.view is not None else None

    def _done(self, done: Any) -> None:
        """A draft that was begun is shown at once, and the text of one that was issued takes the place of the one before."""
        self._moved = True
        if isinstance(done.value, PlanDraft) and done.value.plan_version != self._version:
            self.show_version(done.value.code, done.value.plan_version)
            self.list.setFocus()
        elif isinstance(done.value, PlanText):
            self.turned.emit(self._code, self._version)
