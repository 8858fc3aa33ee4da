"""Walks through every page of a real window on the demo city, and notes what a hand without a mouse, and an ear without a screen, find there.

The city is built and walked through once; the tests read what was noted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from emergency_desk.app import paths
from emergency_desk.app.application import Asked
from emergency_desk.app.ground import WalkGround
from emergency_desk.app.opening import open_desk
from emergency_desk.app.session import Session
from emergency_desk.domain.accounts import Role
from emergency_desk.domain.moments import from_local, local_day
from emergency_desk.errands import walks
from emergency_desk.services import accounts, incidents
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.stage import Stage
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.ladder_strip import LadderStrip
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.widgets.tick_box import TickBox
from tests.ui.fitting import cut_labels

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
NAME, PASSWORD = "everybody", "everybody1"
LETTERS = {Qt.Key.Key_Space: "Space", Qt.Key.Key_Delete: "Delete", Qt.Key.Key_Slash: "/", Qt.Key.Key_1: "1", Qt.Key.Key_2: "to",
           Qt.Key.Key_3: "3"}
_HAND = Qt.CursorShape.PointingHandCursor
_MOST_IN_ONE = 40  # links of one label that Tab may reach before it is called a trap
_MOST_LOOKED_AT = 200
COLOURED = frozenset({Tone.RED, Tone.ORANGE, Tone.YELLOW, Tone.BLUE, Tone.GREEN})
SMALL_SCREEN = (1366, 768)


def after_midnight() -> Callable[[], datetime]:
    """Return a clock that goes on from twenty to one of last night: what lies an hour back bears a date, and no words are longer."""
    begun = datetime.now(UTC)
    shown = from_local(local_day(begun) - timedelta(days=1), 0, 40)
    return lambda: shown + (datetime.now(UTC) - begun)


@dataclass
class Noted:
    """What was found on one page."""

    page: str
    controls: int = 0
    unnamed: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    trap: str = ""
    only_by_mouse: list[str] = field(default_factory=list)
    untold_letters: list[str] = field(default_factory=list)
    unknown_keys: list[str] = field(default_factory=list)
    not_in_box: list[str] = field(default_factory=list)
    outside: dict[int, list[str]] = field(default_factory=dict)  # at a size of letters, what stands outside the window or is cut
    colour_alone: list[str] = field(default_factory=list)
    scrolls_at_usual_size: bool = False
    keys: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)


@dataclass
class WholeWalk:
    """What was found on all of them, and what holds for the window."""

    pages: dict[str, Noted]
    loose_shortcuts: list[str]
    actions: list[tuple[str, str, tuple[str, ...]]]  # id, key, pages
    manual: dict[str, str]  # page of the desk → page of the manual that F1 opened there
    labels: list[str]  # of all actions, as source strings
    in_manual_and_back: list[str]  # pages that Esc did not lead back to


def settle() -> None:
    """Let the window come to rest."""
    for _round in range(3):
        QApplication.processEvents()


def told_name(widget: QWidget) -> str:
    """Return what a screen reader says when it comes to a control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def called(widget: QWidget) -> str:
    """Return how a test calls a control."""
    words = widget.text() if isinstance(widget, QAbstractButton) else widget.accessibleName()
    holder = widget.parentWidget()
    return f"{type(widget).__name__} {words[:40]!r} in {type(holder).__name__}"


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what can be worked on a shown page: what takes the focus or is a control by its kind; not the parts inside of one."""
    for each in root.findChildren(QWidget):
        if each.isVisible() and each.isEnabled() and (isinstance(each, CONTROLS) or takes_tab(each)) and not _is_part(each):
            yield each


def takes_tab(widget: QWidget) -> bool:
    """Say whether Tab may come to a widget."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _is_part(widget: QWidget) -> bool:
    """Say whether this is the inside of a control: the field of a spin box, the ground of a list."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractSpinBox | QComboBox | QAbstractItemView):
            return True
        above = above.parentWidget()
    return False


def told_by_colour_alone(lines: LinesList) -> list[str]:
    """Return what only its colour tells apart: cells of one column that read the same, have the same shape and are of several colours."""
    looks: dict[tuple[object, ...], set[Tone]] = {}
    for row in range(min(len(lines.lines), _MOST_LOOKED_AT)):
        for column, cell in enumerate(lines.lines[row].cells):
            told = (column, cell.text, cell.after, cell.below, cell.shape, cell.pill and (cell.pill.text, cell.pill.shape))
            tones = {tone for tone in (cell.tone if cell.text else None, cell.shape_tone, cell.pill.tone if cell.pill else None)
                     if tone in COLOURED}
            if tones and not cell.text and cell.shape is Shape.NONE and not (cell.pill and cell.pill.text):
                return [f"{lines.accessibleName()}: a colour without word or shape"]
            looks.setdefault(told, set()).update(tones or {Tone.TEXT})
    return [f"{lines.accessibleName()}: {told[1] or told[5]!r} in {sorted(tones)}" for told, tones in looks.items()
            if len(tones & COLOURED) > 1 and (told[1] or told[5])]


# -- the window -------------------------------------------------------------------------------------------------------
class Everywhere:
    """One window with one account that may do everything, on the demo city in the midst of a fire."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.store, self.clock = folder / "everywhere.store", after_midnight()
        self._fill()
        self.window = MainWindow(self.clock)
        self.window.resize(*SMALL_SCREEN)
        self.window.show()
        asked = Asked(store=self.store, language="en", account=NAME, password=PASSWORD)
        self.session = Session(application, asked, self.window, inline=True, clock=self.clock)
        self.session.begin()
        for _round in range(20):
            settle()
            if self.session.workplace is not None:
                break
        assert self.session.workplace is not None
        self.place = self.session.workplace
        self.window.activateWindow()
        settle()
        self._openers = self._make_openers()

    def _fill(self) -> None:
        script = walks.up_to(walks.read_file(paths.walks() / "building_fire.yaml"), "city_leads", ends_at=self.clock())
        stage = walks.open_in_place(script, WalkGround(), self.store)
        walks.play(script, stage)
        stage.desk.store.close()
        desk = open_desk(self.store, clock=self.clock)
        accounts.act_as(desk, name="administrator")
        accounts.add_account(desk, name=NAME, display_name=NAME, roles=tuple(role for role in Role if role is not Role.OBSERVER),
                             area_id=desk.facts.area_id, password=PASSWORD)
        desk.store.close()

    def _make_openers(self) -> dict[str, Callable[[], Any]]:
        place = self.place
        first = min(incidents.list_open(place.desk), key=lambda line: line.grade.rank if line.grade else 9).id
        plan = place.desk.trade.shelf.in_force[0]
        return {
            "call": place.take_call, "room": lambda: place.open_room(first), "command_post": lambda: place.open_post(first),
            "plans": lambda: place.open_plan(plan.code, plan.version), "report": lambda: place.open_report(first),
            "timeline": lambda: place.open_timeline(first), "replay": lambda: place.open_replay(first),
            "after": lambda: place.open_after(first), "paper": lambda: place.preview_log(first),
            "team_form": lambda: place.open_team_form(None),
        }

    def open(self, page: str) -> None:
        """Open a page as an officer would, with something on it."""
        self._openers.get(page, lambda: self.window.show_page(page))()
        settle()

    def close(self) -> None:
        """Close window and store, and take the files away."""
        self.window.close()
        self.window.deleteLater()
        settle()
        shutil.rmtree(self.store.parent, ignore_errors=True)

    # -- looking -------------------------------------------------------------------------------------------------------
    def walk(self) -> WholeWalk:
        """Open every page and note what is there."""
        noted = {page: self._note(page) for page in self.window.page_ids}
        for page in noted:
            self._try_forms(noted[page])
        actions = [(action.id, action.key, action.pages) for action in self.window.acts.all]
        bound = {self._spelt(key) for _id, key, _pages in actions if key}
        loose = sorted({shortcut.key().toString() for shortcut in self.window.findChildren(QShortcut)}
                       - bound - {f"Alt+{number}" for number in range(1, 10)} - {"Ctrl+Enter"})
        manual, lost = self._try_manual()
        return WholeWalk(noted, loose, actions, manual, [action.label for action in self.window.acts.all], lost)

    @staticmethod
    def _spelt(key: str) -> str:
        return key.replace("Escape", "Esc").replace("Delete", "Del")

    def _note(self, page: str) -> Noted:
        self.open(page)
        noted = Noted(page)
        here = list(controls(self.window))
        noted.controls = len(here)
        noted.keys = {action.key for action in self.window.acts.here() if action.key}
        noted.letters = {key.name[4:] for each in here if isinstance(each, KeyedList | LadderStrip) for key in each.letter_keys}
        self._note_controls(noted, here)
        noted.colour_alone = [told for each in here if isinstance(each, LinesList) for told in told_by_colour_alone(each)]
        reached, noted.trap = self._tab_round()
        noted.unreached = [called(each) for each in here if not self._is_reached(each, reached)]
        noted.only_by_mouse = [called(each) for each in self.window.findChildren(QWidget)
                               if each.isVisible() and each.isEnabled() and each.cursor().shape() is _HAND and not _is_part(each)
                               and each not in here and each is not self.window.top.overdue]
        noted.not_in_box = self._missing_in_box()
        stage = self.window.stack.parentWidget().parentWidget()
        assert isinstance(stage, Stage)
        noted.scrolls_at_usual_size = stage.verticalScrollBar().maximum() + stage.horizontalScrollBar().maximum() > 0
        for percent in (100, 125, 150):
            noted.outside[percent] = self._outside_at(percent)
        return noted

    def _note_controls(self, noted: Noted, found: list[QWidget], form: str = "") -> None:
        known = {self._spelt(action.key) for action in self.window.acts.all if action.key} | {"Return"}
        for each in found:
            if not told_name(each):
                noted.unnamed.append(f"{form} {called(each)}".strip())
            if isinstance(each, KeyedList | LadderStrip):
                told = f"{each.accessibleName()} {each.accessibleDescription()}"
                noted.untold_letters += [f"{form} {each.accessibleName()}: {key.name}" for key in sorted(each.letter_keys)
                                         if f" {LETTERS.get(key, key.name[4:])} " not in f"{told} ".replace(",", " ").replace(":", " : ")]
            if isinstance(each, KeyButton) and each.key and self._spelt(each.key) not in known and each.key not in noted.letters:
                noted.unknown_keys.append(f"{form} {each.text()}: {each.key}".strip())

    def _tab_round(self) -> tuple[list[QWidget], str]:
        """Press Tab until it comes round; return where it came by, and what held it."""
        reached: list[QWidget] = []
        in_one = 0
        self.window.setFocus()
        while True:
            before = QApplication.focusWidget()
            QTest.keyClick(before or self.window, Qt.Key.Key_Tab)
            now = QApplication.focusWidget()
            in_one = in_one + 1 if now is before else 0
            if in_one > _MOST_IN_ONE:
                return reached, f"Tab stays in {called(now) if now else 'nothing'}"
            if now is None or now in reached:
                if now is not before:
                    return reached, "" if now is reached[0] else f"Tab goes round without the beginning, back to {called(now) if now else ''}"
            else:
                reached.append(now)

    @staticmethod
    def _is_reached(each: QWidget, reached: list[QWidget]) -> bool:
        """Say whether Tab came to a control, or a key printed on it or an arrow key within its group does."""
        if each in reached or each.focusProxy() in reached or any(each.isAncestorOf(one) for one in reached):
            return True
        if isinstance(each, KeyButton) and (each.key or each.property("action") or each.property("palette")):
            return True
        is_of_group = isinstance(each, QRadioButton | TickBox) and not takes_tab(each)
        return is_of_group or (isinstance(each, QAbstractButton) and each.group() is not None)

    def _missing_in_box(self) -> list[str]:
        """Search the box for every action of this page by its words."""
        box, missing = self.window.top.box, []
        found = {found.title for found in self.window.actions_found()}
        for action in self.window.acts.here():
            if action.id != "anything" and action.words not in found:
                missing.append(action.id)
        box.close_box()
        return missing

    def _outside_at(self, percent: int) -> list[str]:
        """Show the window as large as a small screen leaves it at a size of letters, and note what cannot be seen or scrolled to."""
        self.window.resize(SMALL_SCREEN[0] * 100 // percent, SMALL_SCREEN[1] * 100 // percent)
        settle()
        holders: tuple[QWidget, ...] = (self.window.stack, self.window.top, self.window.keys)
        found = [told for holder in holders for told in cut_labels(holder) if not told.startswith("ElidedLabel")]  # those tell the whole
        if (self.window.width(), self.window.height()) != (SMALL_SCREEN[0] * 100 // percent, SMALL_SCREEN[1] * 100 // percent):
            found.append(f"the window grew to {self.window.width()}×{self.window.height()}")
        self.window.resize(*SMALL_SCREEN)
        settle()
        return found

    # -- forms ---------------------------------------------------------------------------------------------------------
    def _try_forms(self, noted: Noted) -> None:
        """Do what the page itself can do, one act after another, and look at each form that opens."""
        self.open(noted.page)
        page = self.window.page
        assert page is not None
        for action in list(self.window.acts.here()):
            if not action.pages or action.run.startswith(_LEADS_AWAY) or not hasattr(page, action.run):
                continue
            if self.window.page_id != noted.page:
                self.open(noted.page)
            if not self.window.acts.can(action.id):
                continue
            before = set(controls(page))
            self.window.acts.do(action.id)
            settle()
            if self.window.page_id == noted.page:
                self._note_controls(noted, [each for each in controls(page) if each not in before], action.id)
                QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Escape)
                settle()

    # -- F1 ------------------------------------------------------------------------------------------------------------
    def _try_manual(self) -> tuple[dict[str, str], list[str]]:
        opened: dict[str, str] = {}
        lost: list[str] = []
        for page in self.window.page_ids:
            if page == "manual":
                continue
            self.open(page)
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_F1)
            settle()
            manual: Any = self.window.built("manual")
            opened[page] = manual.shown_page if self.window.page_id == "manual" else ""
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Escape)
            settle()
            if self.window.page_id != page:
                lost.append(page)
        return opened, [*lost, *self._left_by_another_way()]

    def _left_by_another_way(self) -> list[str]:
        """Go on from the manual by the rail instead of Esc; the next F1 comes back to the page it is pressed on."""
        for page in ("board", "teams"):
            self.open(page)
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_F1)
            settle()
        QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Escape)
        settle()
        return [] if self.window.page_id == "teams" else [f"left for {self.window.page_id}"]


# What turns the page, makes a paper or opens a window of the system: no form opens there.
_LEADS_AWAY = ("leave", "open_", "go_", "print", "preview", "show_", "save", "export", "next_act", "revise", "begin_")
