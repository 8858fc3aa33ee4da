"""A planner's desk in the program's own session: pages turned, lists walked and forms filled with keys, one desk beside another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked
from emergency_desk.app.session import Session
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import Plan
from emergency_desk.services import plan_drafts
from emergency_desk.services.desk import Desk
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.plans.bundle_page import PlanBundlePage
from emergency_desk.ui.plans.editor import PlanEditorPage
from emergency_desk.ui.plans.importing import PlanImportPage
from emergency_desk.ui.plans.life_panel import LifePanel
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.workplace import PLAN_DUES, PLANS
from tests.builders import SetClock, make_desk
from tests.ui.hands import Hands


class PlanningDesk(Hands):
    """One window at one desk, as the session seats it; what is asked is answered at once."""

    def __init__(self, qtbot: QtBot, folder: Path, *, account: str, minutes: float, code: str, name: str,
                 file: Path | None = None) -> None:
        self.qtbot, self.clock = qtbot, SetClock()
        self.clock.forward(minutes)
        self.desk: Desk = make_desk(folder, account=account, clock=self.clock, name=f"{code}.store")
        self.desk.facts = replace(self.desk.facts, code=code, name=name)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window = MainWindow(self.clock)
        window.resize(1366, 768)
        window.show()
        self.session = Session(application, Asked(store=folder / f"{code}.store", file=file), window, inline=True, clock=self.clock)
        self.session.background.refusals_to(window.explain)
        window.closing.connect(self.session.end)
        self.session._opened(self.desk)
        self.come_forward()

    # -- where one is --------------------------------------------------------------------------------------------------
    @property
    def window(self) -> MainWindow:  # type: ignore[override]
        """The window; another officer gets another one."""
        return self.session.window

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page

    @property
    def reader(self) -> PlansPage:
        """The page of plans, which is shown."""
        assert isinstance(self.page, PlansPage), self.window.page_id
        return self.page

    @property
    def importing(self) -> PlanImportPage:
        """The page that reads a plan, which is shown."""
        assert isinstance(self.page, PlanImportPage), self.window.page_id
        return self.page

    @property
    def editor(self) -> PlanEditorPage:
        """The editor, which is shown."""
        assert isinstance(self.page, PlanEditorPage), self.window.page_id
        return self.page

    @property
    def bundle(self) -> PlanBundlePage:
        """The page of plans of another desk, which is shown."""
        assert isinstance(self.page, PlanBundlePage), self.window.page_id
        return self.page

    @property
    def life(self) -> LifePanel:
        """The life of the plan that is shown."""
        return self.reader.side.life

    def draft(self, code: str) -> Plan:
        """Return the plan of the only draft as the store has it."""
        (line,) = plan_drafts.list_drafts(self.desk, code=code)
        return plan_drafts.open_draft(self.desk, draft_id=line.draft.id).plan

    # -- keys ----------------------------------------------------------------------------------------------------------
    def come_forward(self) -> None:
        """Bring this desk's window to the front."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    def words(self, *texts: str) -> None:
        super().words(*texts)
        self.settle()

    def anew(self, text: str) -> None:
        """Type over what a field holds."""
        self.press("Ctrl+A")
        self.words(text)

    def go(self, title: str, page: str) -> None:
        """Go to a page through the box that finds anything."""
        self.press("Ctrl+K")
        self.words(title)
        box = self.window.top.box
        self.qtbot.waitUntil(lambda: any(found.title.startswith(title) for found in box.offered))
        self.press("Return")
        assert self.window.page_id == page, self.window.page_id

    def sit_down(self, name: str) -> None:
        """Let another officer sit down, who gets a window of his own."""
        self.press("F12")
        self.words(name)
        self.press("Return")
        self.come_forward()
        account = self.desk.account
        assert account is not None and account.name == name

    # -- plans ---------------------------------------------------------------------------------------------------------
    def open_draft_life(self, code: str, version: str) -> None:
        """Open where a draft stands, from what planners owe, as whoever has to move it does."""
        self.go("What planners owe", PLAN_DUES)
        self.page.choose("drafts")
        self.page.lines.setFocus()
        self.press("Home", "Return")
        assert (self.life.version, self.life.view is not None and self.life.view.header.code) == (version, code)

    def open_plan(self, title: str, code: str) -> None:
        """Open a plan in the reader through the box."""
        self.go(title, PLANS)
        assert self.reader.plan_shown is not None and self.reader.plan_shown.code == code

    def move(self, kind: str, answers: Mapping[str, str]) -> None:
        """Do a move of the plan's life: its line, Enter, its form, Enter."""
        life = self.life
        assert life.list.choose(f"move:{kind}"), [line.key for line in life.list.lines]
        life.list.setFocus()
        self.press("Return")
        assert life.form.isVisible(), self.notice
        for name, text in answers.items():
            life.form.editors[name].setFocus()
            self.anew(text)
        self.press("Return")
        assert not life.form.isVisible(), life.form.refusal.text()

    def turn(self, box: QWidget, value: str) -> None:
        """Turn a choice with the arrow keys."""
        assert isinstance(box, QComboBox)
        box.setFocus()
        self.press("Home")
        while box.currentData() != value:
            before = box.currentIndex()
            self.press("Down")
            assert box.currentIndex() > before, f"{value} is not offered"

    def to_part(self, kind: PartKind, key: str) -> None:
        """Go to a part in the editor."""
        part = self.editor.draft.find(kind, key)
        assert part is not None, key
        self.editor.going.to_part(part.id)
        self.settle()
        self.press("Alt+T")

    def close(self) -> None:
        """Close the window, which closes the store."""
        self.window.close()
        QApplication.processEvents()
