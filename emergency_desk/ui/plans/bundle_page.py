"""Plans of another desk: a file, what it brings plan by plan, the words that are not known here, and the parts that both sides changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_merge import Decision, MergeChoice
from emergency_desk.domain.plan_references import ReferenceKind, UnknownReference
from emergency_desk.domain.plan_sections import PartKey
from emergency_desk.domain.plan_travel import Arrival, PlanVerdict
from emergency_desk.errands import plan_bundles
from emergency_desk.errands.plan_bundles import BundlePreview
from emergency_desk.services.desk import Done
from emergency_desk.services.plan_travels import Taken
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Ask, AskChoice, InlineForm
from emergency_desk.ui.plans import bundle_lines
from emergency_desk.ui.plans.bundle_acts import PAGE
from emergency_desk.ui.plans.merging import MergePane
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.laying_out import across, fill_page
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import bundle_words
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.keys import key_text
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
    Action("bundle_keep", N_("Let the part say what was written"), "keep_written", "Ctrl+S", _HERE, in_bar=False),
    Action("bundle_open", N_("Open this desk's draft of the plan"), "open_draft", "Alt+O", _HERE, short=N_("open the draft")),
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
        self.path = FileField(_("The file of the other desk (.edplan)"), _("Plans of a desk (*.edplan)"))
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.plans = LinesList((Column(stretch=True, wrap=True), Column(width=104)), ruled=True,
                               empty=_("Choose a file. Nothing is taken before you say so."))
        self.plans.setAccessibleName(_("Plans of the file"))
        self.words = LinesList((Column(stretch=True, wrap=True), Column(width=120)), empty=_("This desk knows every word of these plans."))
        self.words.setAccessibleName(_("Words this desk does not know"))
        self.word_form, self.merging = InlineForm(in_a_row=1), MergePane(place)
        self.take_button = KeyButton(_("Take the new and newer plans"), "Ctrl+Return", filled=True)
        self.open_button = KeyButton(_("Open the draft"), "Alt+O")
        self._lay_out()
        self._connect()
        place.window.acts.register(ACTIONS)
        self.word_panel.hide()
        self._show_arrival()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        if action_id in _PART_ACTS:
            return self.merging.can_choose(_PART_ACTS[action_id])
        if action_id == "bundle_keep":
            return self.merging.writing.isVisible()
        if action_id == "bundle_open":
            return self._draft_id is not None
        return {"bundle_take": self.take_button, "bundle_merge": self.merging.merge_button}.get(action_id, self).isEnabled()

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
        if self.path.choose(_("Choose a file of plans")):
            self.look()

    def leave(self) -> None:
        """Put away what is being written, else go back; what was read and decided stays here until another file is looked at."""
        if self.merging.writing.isVisible():
            self.merging.writing.put_away()
        else:
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
        self.merging.choose(MergeChoice.MINE)

    def choose_theirs(self) -> None:
        """Let what came in stand."""
        self.merging.choose(MergeChoice.THEIRS)

    def choose_both(self) -> None:
        """Let both stand, laid together."""
        self.merging.choose(MergeChoice.BOTH)

    def edit(self) -> None:
        """Write the part anew, beginning with what would stand."""
        self.merging.choose(MergeChoice.EDITED)

    def keep_written(self) -> None:
        """Let the part say what was written."""
        self.merging.writing.keep()

    def open_draft(self) -> None:
        """Open this desk's draft of the chosen plan in the editor, such as the one that both were put into."""
        if self._draft_id is not None:
            self.place.open_plan_editor(self._draft_id)

    def put_merge(self) -> None:
        """Put what was decided into a draft."""
        shown, arrival = self.shown, self._arrival()
        if shown is not None and arrival is not None and self.merging.is_settled:
            decided = dict(self.merging.decided)
            self.place.ask(lambda: plan_bundles.put_merge(self.place.desk, shown, arrival, decided), then=self._merged_in,
                           refused=self._refused_later)

    # -- reading -------------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        path = self.path.path
        if path is None:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.path.hide_offers()
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
        (self.merging.parts if self.merging.merged is not None else self.plans).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: DeskError) -> None:
        self.shown = None
        for lines in (self.plans, self.words):
            lines.show_lines([])
        self.merging.show_merge(None, None, {})
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
        merged = plan_bundles.merge_of(arrival) if arrival is not None and differs else None
        self.merging.show_merge(merged, arrival, self.decisions.setdefault(self.plans.current_key, {}))
        self._show_state()

    @property
    def _draft_id(self) -> Id | None:
        """The draft of the chosen plan at this desk, where the plan stands in one."""
        arrival = self._arrival()
        return arrival.here.draft_id if arrival is not None and arrival.here is not None else None

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

    def _merged_in(self, done: Done[PlanDraft]) -> None:
        draft = done.value
        told = _("Both were put into the draft {version} of “{title}”. {key} opens it: look it through before it goes to review.")
        self.place.window.notices.done(told.format(version=draft.plan_version, title=draft.title, key=key_text("Alt+O")))
        self._read()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _tell(self, words: str, tone: Tone) -> None:
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone is Tone.RED)

    def _show_state(self) -> None:
        shown = self.shown
        self.take_button.setEnabled(shown is not None and bool(shown.of(PlanVerdict.NEW, PlanVerdict.NEWER)))
        self.open_button.setVisible(self._draft_id is not None)
        self.place.window.keys.rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.background.expect_file()
        if self.shown is None:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.merging.writing.put_away()
        self.word_form.put_away()

    def _connect(self) -> None:
        self.plans.chosen.connect(lambda _key: self._show_arrival())
        self.plans.opened.connect(lambda _key: self.merging.parts.setFocus())
        self.words.opened.connect(self._ask_word)
        self.path.returnPressed.connect(self.look)
        self.take_button.clicked.connect(self.take)
        self.open_button.clicked.connect(self.open_draft)
        self.merging.wanted.connect(self.put_merge)
        self.merging.turned.connect(self._show_state)

    def _lay_out(self) -> None:
        choose, look = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        choose.clicked.connect(self.choose_file)
        look.clicked.connect(self.look)
        head = Panel(_("Plans of another desk"))
        head.body.addLayout(across(self.path, choose, look, shares=(1,)))
        head.body.addWidget(self.told)
        plan_panel, self.word_panel = Panel(_("What came in")), Panel(_("Words not known here"), _("Enter says what is meant"))
        plan_panel.add_list(self.plans, 1)
        plan_panel.body.addLayout(across(self.take_button, self.open_button, QWidget(), shares=(0, 0, 1)))
        self.word_panel.add_list(self.words, 1)
        self.word_panel.body.addWidget(self.word_form)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(plan_panel, 3)
        left.addWidget(self.word_panel, 2)
        middle = across(left, self.merging, shares=(34, 66))
        fill_page(self, head, middle)
