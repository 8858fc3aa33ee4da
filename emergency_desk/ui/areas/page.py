"""The tree of areas: found while typing, kept by letters (add, rename, aliases, move, merge, end), each area with its history."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.areas import Area, AreaChange, AreaTree, Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.services import area_keeping
from emergency_desk.services.areas import find_in
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskPlace, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.travel_acts import Travels
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext, pgettext
from emergency_desk.wording.labels import label

PAGE = "areas"
MOST = 2000  # lines shown at once; typing finds the others
ACTIONS = (Action("areas_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), short=N_("back")),
           Action("areas_find", N_("Find areas"), "focus_find", "Ctrl+F", (PAGE,), short=N_("find")))
KEYS = {Qt.Key.Key_A: "add", Qt.Key.Key_R: "rename", Qt.Key.Key_L: "alias", Qt.Key.Key_M: "move_area",
        Qt.Key.Key_G: "merge", Qt.Key.Key_X: "retire"}
_WHAT = {"added": N_("added"), "renamed": N_("renamed"), "moved": N_("moved"), "merged": N_("merged"), "retired": N_("abolished"),
         "aliased": N_("other names")}
_BETWEEN = re.compile(r"[、,，;；]")


@dataclass(frozen=True, slots=True)
class Shown:
    """What was read: the tree, the chosen area's history and the names of those who wrote it."""

    tree: AreaTree
    area_id: str
    history: tuple[AreaChange, ...]


class AreasPage(Travels, LivePage):
    """The tree at the left; the chosen area, its history and the question that is being asked at the right."""

    subjects = frozenset({Subject.AREA})
    kind_of_list, may_come_in = "areas", False

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register((*ACTIONS, *self.travel_actions(PAGE)))
        self.tree = AreaTree(())
        self._unfolded: set[Id] = set()  # whose villages are shown
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find by name, old name, code, pinyin or initials"))
        self.filter.setAccessibleName(_("Find areas"))
        self.filter.textChanged.connect(lambda _text: self._show_tree())
        self.filter.installEventFilter(self)
        self.areas = KeyedList((Column(_("Area"), stretch=True), Column(_("Tier"), width=110), Column(_("Code"), width=120)), KEYS,
                               row_height=28, header=True, empty=_("Nothing found. Try fewer letters, pinyin or initials."))
        self.areas.setAccessibleName(_("Areas: A add, R rename, L other name, M move, G merge, X retire"))
        self.past = LinesList((Column(width=130), Column(width=90), Column(stretch=True, wrap=True)),
                              empty=_("Nothing about this area has been changed at this desk."))
        self.past.setAccessibleName(_("What became of the areas"))
        self.name = text_label(size="large", strong=True, wrap=True)
        self.about = text_label(tone=Tone.SECONDARY, wrap=True)
        self.form = InlineForm(in_a_row=1)
        self.buttons = tuple(self._button(words, key, act) for words, key, act in (
            (_("Add below"), "A", self.add), (_("Rename"), "R", self.rename), (_("Other names"), "L", self.alias),
            (_("Move"), "M", self.move_area), (_("Merge"), "G", self.merge), (pgettext("area", "End"), "X", self.retire)))
        self.areas.chosen.connect(lambda _key: self.refresh())
        self.areas.key_pressed.connect(self._pressed)
        self.areas.opened.connect(self._fold)
        self._lay_out()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Shown]:
        desk, chosen = self.place.desk, self.areas.current_key

        def read() -> Shown:
            return Shown(desk.tree, chosen, tuple(area_keeping.history(desk, area_id=Id(chosen))) if chosen else ())

        return read

    def show_read(self, answer: Shown) -> None:
        is_first, self.tree = not len(self.tree), answer.tree
        self._show_tree()
        if is_first:
            self.areas.choose(self.place.desk.area_id)
            self.areas.setFocus(Qt.FocusReason.OtherFocusReason)
        if answer.area_id == self.areas.current_key:
            self.past.show_lines([_past_line(change) for change in answer.history])
        self._show_area()

    def _show_tree(self) -> None:
        text = self.filter.text().strip()
        if text:
            found = find_in(self.tree, text=text, below=self.place.desk.area_id, limit=200)
            shown = [_line(each.area, 0, _("formerly {name}").format(name=each.was) if each.was else " › ".join(each.path)) for each in found]
        else:
            walked = _walked(self.tree, self._unfolded)
            shown = [_line(area, depth, folded=self._folded(area)) for area, depth in walked[:MOST]]
        self.areas.show_lines(shown)
        living = sum(not area.is_retired for area in self.tree.by_id.values())
        self.panel.set_head(note=_("{count} areas · ⏎ villages").format(count=formats.number(living)))

    def _folded(self, area: Area) -> int:
        """Return how many villages are not shown below an area."""
        if area.id in self._unfolded or area.is_retired:
            return 0
        return sum(below.tier is Tier.VILLAGE and not below.is_retired for below in self.tree.children(area.id))

    def _fold(self, key: str) -> None:
        """Show the villages of an area, or fold them away."""
        self._unfolded ^= {Id(key)}
        self._show_tree()
        self.areas.choose(key)

    def _show_area(self) -> None:
        area = self.chosen
        for button in self.buttons:
            button.setEnabled(area is not None)
        self.name.setText(_name(area) if area else "")
        if area is None:
            self.about.setText("")
            return
        above = " › ".join(_name(each) for each in self.tree.path(area.id)[:-1])
        parts = [label(area.tier), area.code or _("no code"), above, area.name if _name(area) != area.name else ""]
        if area.aliases:
            parts.append(_("also {names}").format(names="、".join(area.aliases)))
        now = self.tree.current(area.id)
        if area.is_retired:
            parts.append(_("abolished; now {name}").format(name=now.name) if now else _("abolished"))
        self.about.setText(" · ".join(part for part in parts if part))

    def focus_find(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    @property
    def chosen(self) -> Area | None:
        """The area that is chosen."""
        return self.tree.by_id.get(Id(self.areas.current_key))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def add(self) -> None:
        """Ask for an area below the chosen one."""
        area = self.chosen
        if area is not None:
            self._ask(_("A new area below {name}").format(name=_name(area)), [
                Ask(name="name", label=_("Name")), Ask(name="code", label=_("Code"), hint=_("none for a zone")),
                Ask(name="aliases", label=_("Other names"))], _("Add it"),
                lambda desk, told: area_keeping.add_area(desk, name=told["name"], parent_id=area.id, code=told["code"],
                                                         aliases=_BETWEEN.split(told["aliases"])))

    def rename(self) -> None:
        """Ask for another name or code."""
        area = self.chosen
        if area is not None:
            self._ask(_("Another name for {name}").format(name=_name(area)), [
                Ask(name="name", label=_("Name"), value=area.name), Ask(name="name_en", label=_("English name"), value=area.name_en),
                Ask(name="code", label=_("Code"), value=area.code)], _("Rename it"),
                lambda desk, told: area_keeping.rename_area(desk, area_id=area.id, name=told["name"], name_en=told["name_en"], code=told["code"]),
                note=_("The old name stays as another name, so that it is still found."))

    def alias(self) -> None:
        """Ask for the other names."""
        area = self.chosen
        if area is not None:
            self._ask(_("Other names of {name}").format(name=_name(area)), [
                Ask(name="aliases", label=_("Other names"), value="、".join(area.aliases), is_long=True)], _("Keep them"),
                lambda desk, told: area_keeping.alias_area(desk, area_id=area.id, aliases=_BETWEEN.split(told["aliases"])))

    def move_area(self) -> None:
        """Ask where to move it."""
        self._ask_target(_("Move {name} below which area?"), _("Move it"),
                         lambda desk, area, target: area_keeping.move_area(desk, area_id=area, parent_id=target))

    def merge(self) -> None:
        """Ask into which it goes up."""
        self._ask_target(_("Into which area does {name} go up?"), _("Merge them"),
                         lambda desk, area, target: area_keeping.merge_areas(desk, area_id=area, into_id=target),
                         note=_("What lies below and in it, its teams and its open incidents move along. It cannot be taken back at once."))

    def retire(self) -> None:
        """Ask what comes after it."""
        self._ask_target(_("{name} ends. Which area comes after it?"), _("End it"),
                         lambda desk, area, target: area_keeping.retire_area(desk, area_id=area, successor_id=target or None),
                         note=_("Leave the field empty when nothing comes after it."))

    def _ask_target(self, title: str, act: str, do: Callable[[Desk, Id, Id], Any], *, note: str = "") -> None:
        area = self.chosen
        if area is not None:
            self._ask(title.format(name=_name(area)), [AskPlace(name="area", label=_("Area"), candidates=self._candidates)], act,
                      lambda desk, told: do(desk, area.id, Id(told["area"])), note=note)

    def _ask(self, title: str, fields: list[Ask], act: str, do: Callable[[Desk, Answers], Any], *, note: str = "") -> None:
        desk = self.place.desk

        def ask(told: Answers) -> None:
            self.place.ask(lambda: do(desk, told), then=lambda _done: self._kept(), refused=self._not_kept)

        self.form.ask(title, fields, act, ask, note=note)

    def _kept(self) -> None:
        self.form.put_away()  # gives the cursor back, unless the officer has gone elsewhere meanwhile
        self.refresh()

    def _not_kept(self, error: DeskError) -> None:
        self.form.refused(error)

    def _pressed(self, name: str, _key: str) -> None:
        getattr(self, name)()

    def _candidates(self, text: str) -> list[Candidate]:
        found = find_in(self.tree, text=text, below=self.place.desk.area_id)
        return [(each.area.id, each.area.name, " › ".join(each.path)) for each in found]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in (
                Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.areas.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _button(self, words: str, key: str, act: Callable[[], None]) -> KeyButton:
        made = KeyButton(words, key)
        made.clicked.connect(act)
        return made

    def _lay_out(self) -> None:
        self.panel = Panel(_("Areas"))
        self.panel.head.addWidget(self.travel_buttons())
        self.panel.body.addWidget(self.filter)
        self.panel.add_list(self.areas, 1)
        right = Panel()
        right.body.addWidget(self.name)
        right.body.addWidget(self.about)
        right.body.addWidget(row(*self.buttons[:3]))
        right.body.addWidget(row(*self.buttons[3:]))
        right.body.addWidget(self.form)
        past = Panel(_("History"), _("append-only"))
        past.add_list(self.past, 1)
        down = QVBoxLayout()
        down.setSpacing(GAP)
        down.addWidget(right)
        down.addWidget(past, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.panel, 55)
        whole.addLayout(down, 45)
        QWidget.setTabOrder(self.filter, self.areas)


def _name(area: Area) -> str:
    return in_words(area.name, area.name_en)


def _walked(tree: AreaTree, unfolded: set[Id]) -> list[tuple[Area, int]]:
    """Return the living areas in the order of the tree, each with its depth, villages only where they are unfolded; the ended ones last."""
    found: list[tuple[Area, int]] = []
    waiting = [(area, 0) for area in reversed([area for area in tree.by_id.values() if area.parent_id not in tree.by_id])]
    while waiting:
        area, depth = waiting.pop()
        if not area.is_retired:
            found.append((area, depth))
        waiting += [(below, depth + 1) for below in reversed(tree.children(area.id)) if below.tier is not Tier.VILLAGE or area.id in unfolded]
    return [*found, *((area, 0) for area in tree.by_id.values() if area.is_retired)]


def _line(area: Area, depth: int, after: str = "", *, folded: int = 0) -> Line:
    tone = Tone.SECONDARY if area.is_retired else Tone.TEXT
    villages = ngettext("{count} village", "{count} villages", folded).format(count=folded) if folded else ""
    told = after or (_("abolished") if area.is_retired else _(" · ").join(part for part in ("、".join(area.aliases), villages) if part))
    return line(area.id, Cell("    " * depth + _name(area), tone, strong=depth == 0 and not area.is_retired, after=told),
                Cell(label(area.tier), Tone.SECONDARY, size="small"), Cell(area.code or "—", Tone.SECONDARY, size="small"))


def _past_line(change: AreaChange) -> Line:
    told = _("{before} → {after}").format(before=change.before or "—", after=change.after or "—")
    when = Cell(formats.date_time(change.changed_at), Tone.SECONDARY, size="small")
    return line(change.id, when, Cell(_(_WHAT[change.what]), strong=True), Cell(told))
