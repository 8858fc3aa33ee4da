"""Plans of another desk: a file, what it brings plan by plan, the words that are not known here, and the parts that both sides changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_merge import Decision, MergeChoice, MergedPart, PlanMerge
from emergency_desk.domain.plan_references import ReferenceKind, UnknownReference
from emergency_desk.domain.plan_sections import PartKey
from emergency_desk.domain.plan_travel import Arrival, PlanVerdict
from emergency_desk.errands import plan_bundles
from emergency_desk.errands.plan_bundles import BundlePreview
from emergency_desk.services.desk import Done
from emergency_desk.services.plan_travels import Taken
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, InlineForm
from emergency_desk.ui.plans import bundle_lines, part_editing
from emergency_desk.ui.plans.bundle_acts import PAGE
from emergency_desk.ui.plans.part_panes import PartPanes
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import bundle_words
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.refusals import sentence

_HERE = (PAGE,)
ACTIONS = (
    Action("bundle_look", N_("Look at the file of plans"), "look", "Ctrl+L", _HERE, short=N_("look")),
    Action("bundle_take", N_("Take the new and newer plans"), "take", "Ctrl+Return", _HERE, short=N_("take")),
    Action("part_mine", N_("Ours stands"), "choose_mine", "1", _HERE, short=N_("ours")),
    Action("part_theirs", N_("Theirs stands"), "choose_theirs", "2", _HERE, short=N_("theirs")),
    Action("part_both", N_("Both stand"), "choose_both", "3", _HERE, short=N_("both")),
    Action("part_edit", N_("Write the part anew"), "edit", "E", _HERE, short=N_("edit")),
    Action("bundle_merge", N_("Put the merged plan into a draft"), "put_merge", "Ctrl+M", _HERE, short=N_("into a draft")),
    Action("bundle_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
_PART_ACTS = {"part_mine": MergeChoice.MINE, "part_theirs": MergeChoice.THEIRS, "part_both": MergeChoice.BOTH, "part_edit": MergeChoice.EDITED}


class PlanBundlePage(QWidget):
    """The file on top; plans and unknown words at the left; of a diverged plan the parts at the right, each with both sides' words."""

    refusal = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.shown: BundlePreview | None = None
        self.matches: dict[str, str] = {}
        self.decisions: dict[str, dict[PartKey, Decision]] = {}
        self.merged: PlanMerge | None = None
        self.path = QLineEdit()
        self.path.setPlaceholderText(_("The file of the other desk (.edplan)"))
        self.path.setAccessibleName(_("File"))
        self.path.returnPressed.connect(self.look)
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.plans = LinesList((Column(stretch=True, wrap=True), Column(width=104)), ruled=True,
                               empty=_("Choose a file. Nothing is taken before you say so."))
        self.words = LinesList((Column(stretch=True, wrap=True), Column(width=120)), empty=_("This desk knows every word of these plans."))
        self.parts = LinesList((Column(stretch=True), Column(width=132), Column(width=92)),
                               empty=_("Of a plan that is diverged, the parts stand here that are not as they were."))
        self.panes, self.word_form, self.form = PartPanes(), InlineForm(in_a_row=1), InlineForm(in_a_row=2)
        self.take_button = KeyButton(_("Take the new and newer plans"), "Ctrl+Return", filled=True)
        self.merge_button = KeyButton(_("Put into a draft"), "Ctrl+M", filled=True)
        self.part_buttons = {
            MergeChoice.MINE: KeyButton(_("Ours"), "1"), MergeChoice.THEIRS: KeyButton(_("Theirs"), "2"),
            MergeChoice.BOTH: KeyButton(_("Both"), "3"), MergeChoice.EDITED: KeyButton(_("Edit"), "E")}
        self._lay_out()
        self._connect()
        place.window.acts.register(ACTIONS)
        self.word_panel.hide()
        self._show_arrival()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        if action_id in _PART_ACTS:
            part = self._part()
            return part is not None and self._is_diverged and _PART_ACTS[action_id] in part.choices and not self.form.isVisible()
        return {"bundle_take": self.take_button, "bundle_merge": self.merge_button}.get(action_id, self).isEnabled()

    def open(self, path: Path) -> None:
        """Look at a file."""
        self.path.setText(str(path))
        self.look()

    def look(self) -> None:
        """Read the file anew."""
        self.matches = {}
        self._read()

    def choose_file(self) -> None:
        """Ask for the file in the system's own dialog."""
        start = str(Path(self.path.text()).parent) if self.path.text() else str(Path.home())
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Choose a file of plans"), start, _("Plans of a desk (*.edplan)"))
        if chosen:
            self.open(Path(chosen))

    def leave(self) -> None:
        """Go back; what was read and decided stays here until another file is looked at."""
        self.place.window.show_page_before()

    def take(self) -> None:
        """Take all that is new or newer, in one commit."""
        shown = self.shown
        if shown is not None and self.take_button.isEnabled():
            self.take_button.setEnabled(False)  # once is enough
            plan_bundles.ask_written(self.place.background, shown, then=lambda written: self._keep(shown, written), refused=self._not_taken)

    def _keep(self, shown: BundlePreview, written: dict[str, str]) -> None:
        self.place.ask(lambda: plan_bundles.take(self.place.desk, shown, written=written), then=self._taken, refused=self._not_taken)

    def _not_taken(self, error: DeskError) -> None:
        self.take_button.setEnabled(True)
        self._refused_later(error)

    def choose_mine(self) -> None:
        """Let what stands here stand."""
        self._decide(MergeChoice.MINE)

    def choose_theirs(self) -> None:
        """Let what came in stand."""
        self._decide(MergeChoice.THEIRS)

    def choose_both(self) -> None:
        """Let both stand, laid together."""
        self._decide(MergeChoice.BOTH)

    def edit(self) -> None:
        """Write the part anew, beginning with what would stand."""
        part = self._part()
        if part is None:
            return
        begun = next(value for value in (part.value(self._decision(part)), part.both, part.mine, part.theirs) if value is not None)
        fields = part_editing.asked(begun)
        if not fields:
            self.place.window.notices.done(_("This part has no text to write here. Choose ours or theirs; the draft itself can be edited."))
            return
        self.form.ask(bundle_words.part_name(part), fields, _("It shall say so"), lambda answers: self._edited(part, begun, answers),
                      focus=part_editing.first_that_differs(part.mine, part.theirs))

    def put_merge(self) -> None:
        """Put what was decided into a draft."""
        shown, arrival = self.shown, self._arrival()
        if shown is not None and arrival is not None and self.merge_button.isEnabled():
            decided = dict(self._decided())
            self.place.ask(lambda: plan_bundles.put_merge(self.place.desk, shown, arrival, decided), then=self._merged_in,
                           refused=self._refused_later)

    # -- reading -------------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        text = self.path.text().strip().strip('"')
        if not text:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        path = Path(text).expanduser()
        self._tell(_("Reading {name}…").format(name=path.name), Tone.ACT)
        plan_bundles.ask_preview(self.place.background, self.place.desk, path=path, matches=self.matches, then=self._show, refused=self._refused)

    def _show(self, shown: BundlePreview) -> None:
        self.shown = shown
        self.decisions = {}
        self.word_form.put_away()
        self._tell(bundle_lines.summary(shown), Tone.TEXT)
        self.words.show_lines(bundle_lines.word_lines(shown))
        self.word_panel.setVisible(bool(shown.unknown))
        self.plans.show_lines(bundle_lines.arrival_lines(shown))
        self.plans.choose_first()
        self._show_arrival()
        (self.parts if self.merged is not None else self.plans).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: DeskError) -> None:
        self.shown, self.merged = None, None
        for lines in (self.plans, self.words, self.parts):
            lines.show_lines([])
        self.panes.clear()
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    def _refused_later(self, error: DeskError) -> None:
        self._tell(sentence(error), Tone.RED)

    # -- plans and words -----------------------------------------------------------------------------------------------
    def _arrival(self) -> Arrival | None:
        key = self.plans.current_key
        return self.shown.arrivals[int(key)] if self.shown is not None and key else None

    def _show_arrival(self) -> None:
        arrival = self._arrival()
        differs = arrival is not None and arrival.verdict in (PlanVerdict.DIVERGED, PlanVerdict.NEWER)
        self.merged = plan_bundles.merge_of(arrival) if arrival is not None and differs else None
        self.form.put_away()
        for part in (self.panes, self.result_panel):
            part.setVisible(self.merged is not None)
        for button in (*self.part_buttons.values(), self.merge_button):
            button.setVisible(self._is_diverged)
        self._show_parts()
        if self.merged is not None:
            first = next(iter(self.merged.clashes), None)
            if first is None or not self.parts.choose(bundle_lines.part_id(first)):
                self.parts.choose_first()
        self._show_part()

    @property
    def _is_diverged(self) -> bool:
        arrival = self._arrival()
        return arrival is not None and arrival.verdict is PlanVerdict.DIVERGED

    def _ask_word(self, word: str) -> None:
        if self.shown is None:
            return
        one = next(each for each in self.shown.unknown if each.word == word)
        self.word_form.ask(_("What does this desk call {what}?").format(what=bundle_words.unknown(one)),
                           [self._words_asked(one)], _("It means this"),
                           lambda answers: self._match(word, answers["match"]))

    def _words_asked(self, one: UnknownReference) -> Ask:
        """Return the field for a word of this desk: a choice by name where the desk has names for such words."""
        trade, language = self.place.desk.trade, current_language()
        named = {
            ReferenceKind.CAPABILITY: [(each.id, each.name) for each in trade.capabilities],
            ReferenceKind.INCIDENT_TYPE: [(each.id, each.name) for each in trade.types],
            ReferenceKind.PLAN: [(each.code, each.title) for each in trade.current_plans]}.get(one.kind)
        if named is None:
            return Ask(name="match", label=_("Our word"))
        choices = sorted(((id_, name.in_language(language)) for id_, name in named), key=lambda pair: pair[1])
        return AskChoice(name="match", label=_("Our word"), choices=choices)

    def _match(self, old: str, new: str) -> None:
        if new:
            before = dict(self.matches)
            self.matches[old] = new
            shown = self.shown
            assert shown is not None

            def refused(error: DeskError) -> None:
                self.matches = before
                self.word_form.refused(error)

            plan_bundles.ask_preview(self.place.background, self.place.desk, path=shown.path, matches=self.matches, then=self._show,
                                     refused=refused)

    def _taken(self, done: Done[Taken]) -> None:
        count = len(done.value.versions) + len(done.value.drafts)
        self.place.window.notices.done(ngettext("{count} version or draft was taken.", "{count} versions and drafts were taken.", count).format(
            count=count))
        self._read()

    # -- parts ---------------------------------------------------------------------------------------------------------
    def _decided(self) -> dict[PartKey, Decision]:
        return self.decisions.setdefault(self.plans.current_key, {})

    def _decision(self, part: MergedPart) -> Decision | None:
        return self._decided().get(part.key)

    def _part(self) -> MergedPart | None:
        parts = self.merged.parts if self.merged is not None else ()
        return next((part for part in parts if bundle_lines.part_id(part) == self.parts.current_key), None)

    def _show_parts(self) -> None:
        merged = self.merged
        self.parts.show_lines(bundle_lines.part_lines(merged.parts, self._decided()) if merged is not None else [])
        self.part_panel.set_head(note=bundle_lines.progress(merged, self._decided()) if merged is not None else "")
        self._show_state()

    def _show_part(self) -> None:
        part, arrival = self._part(), self._arrival()
        if part is None or arrival is None or arrival.here is None:
            self.panes.clear()
        else:
            assert self.merged is not None, "a part is one of a merge"
            mine, theirs = arrival.here.author_of(self.merged.key_mine(part.key)), arrival.head.author_of(self.merged.key_theirs(part.key))
            self.panes.show_part(part, mine, theirs, self._decision(part))
        self._show_state()

    def _decide(self, choice: MergeChoice, value: Any = None) -> None:
        part = self._part()
        if part is None or self.merged is None:
            return
        self._decided()[part.key] = Decision(choice, value)
        self._show_parts()
        left = [each for each in self.merged.clashes if each.key not in self._decided()]
        if left:
            self.parts.choose(bundle_lines.part_id(left[0]))
        self._show_part()
        self.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, part: MergedPart, begun: Any, answers: Answers) -> None:
        try:
            value = part_editing.edited(begun, answers)
        except DeskError as error:
            self.form.refused(error)
            return
        self.form.put_away()
        self._decide(MergeChoice.EDITED, value)

    def _merged_in(self, done: Done[PlanDraft]) -> None:
        draft = done.value
        self.place.window.notices.done(_("Both were put into the draft {version} of “{title}”. Look it through before it goes to review.").format(
            version=draft.plan_version, title=draft.title))
        self._read()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _tell(self, words: str, tone: Tone) -> None:
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone is Tone.RED)

    def _show_state(self) -> None:
        shown, merged, part = self.shown, self.merged, self._part()
        self.take_button.setEnabled(shown is not None and bool(shown.of(PlanVerdict.NEW, PlanVerdict.NEWER)))
        decided = self._decided()
        self.merge_button.setEnabled(merged is not None and self._is_diverged and all(each.key in decided for each in merged.clashes))
        for choice, button in self.part_buttons.items():
            button.setEnabled(part is not None and self._is_diverged and choice in part.choices)
        self.place.window.keys.rebuild()

    def _make_room(self, *, is_writing: bool) -> None:
        """While a part is written anew, the list of parts stands aside."""
        self.part_panel.setVisible(not is_writing)
        self.result_panel.setVisible(not is_writing and self.merged is not None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.background.expect_file()
        if self.shown is None:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.form.put_away()
        self.word_form.put_away()

    def _connect(self) -> None:
        self.plans.chosen.connect(lambda _key: self._show_arrival())
        self.plans.opened.connect(lambda _key: self.parts.setFocus())
        self.parts.chosen.connect(lambda _key: self._show_part())
        self.words.opened.connect(self._ask_word)
        self.take_button.clicked.connect(self.take)
        self.merge_button.clicked.connect(self.put_merge)
        for choice, act in ((MergeChoice.MINE, self.choose_mine), (MergeChoice.THEIRS, self.choose_theirs), (MergeChoice.BOTH, self.choose_both),
                            (MergeChoice.EDITED, self.edit)):
            self.part_buttons[choice].clicked.connect(act)
        self.form.asked.connect(lambda: self._make_room(is_writing=True))
        self.form.closed.connect(lambda: self._make_room(is_writing=False))

    def _lay_out(self) -> None:
        choose, look = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        choose.clicked.connect(self.choose_file)
        look.clicked.connect(self.look)
        head = Panel(_("Plans of another desk"))
        head.body.addLayout(_line(self.path, choose, look, stretch=0))
        head.body.addWidget(self.told)
        plan_panel, self.word_panel = Panel(_("What came in")), Panel(_("Words not known here"), _("Enter says what is meant"))
        plan_panel.add_list(self.plans, 1)
        plan_panel.body.addLayout(_line(self.take_button, QWidget(), stretch=1))
        self.word_panel.add_list(self.words, 1)
        self.word_panel.body.addWidget(self.word_form)
        self.part_panel, self.result_panel = Panel(_("Parts that are not as they were"), " "), Panel(_("The draft will say"))
        self.part_panel.add_list(self.parts, 1)
        self.result_panel.add_list(self.panes.result, 1)
        buttons = _line(*self.part_buttons.values(), QWidget(), self.merge_button, stretch=4)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(GAP)
        left.addWidget(plan_panel, 3)
        left.addWidget(self.word_panel, 2)
        for part, share in ((self.part_panel, 5), (self.panes, 6), (self.result_panel, 4), (self.form, 4)):
            right.addWidget(part, share)
        right.addLayout(buttons)
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addLayout(left, 34)
        middle.addLayout(right, 66)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(head)
        whole.addLayout(middle, 1)


def _line(*parts: QWidget, stretch: int) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for at, part in enumerate(parts):
        line.addWidget(part, int(at == stretch))
    return line
