"""A planner at a real window: the plan pages over a made-up desk, a draft open in the editor, keys pressed where the focus is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind, PlanDraft
from emergency_desk.domain.plan_moves import RevisionScope
from emergency_desk.domain.plan_records import Plan
from emergency_desk.errands.background import Background
from emergency_desk.services import plan_drafts
from emergency_desk.services.plan_drafts import DraftView
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.plans.compare_page import PlanComparePage
from emergency_desk.ui.plans.editor import PlanEditorPage
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.workplace import PLAN_COMPARE, PLAN_EDITOR, PLANS, Workplace
from tests.builders import make_desk
from tests.ui.hands import Hands

CODE = "building_fire"


class Planner(Hands):
    """One window at one desk; what is asked is answered at once, unless a background with threads is given."""

    def __init__(self, qtbot: QtBot, folder: Path, background: Background | None = None) -> None:
        self.qtbot = qtbot
        self.desk = make_desk(folder, account="planner")
        self.background = background or Background(inline=True)
        self.window = MainWindow(self.desk.now)
        qtbot.addWidget(self.window)
        self.desk.memory.tree()
        self.place = Workplace(desk=self.desk, background=self.background, window=self.window, fonts=paths.fonts(), papers=folder / "papers",
                               locale=paths.locale())
        self.background.refusals_to(self.window.explain)
        self.window.add_page(PLANS, lambda: PlansPage(self.place))
        self.window.add_page(PLAN_EDITOR, lambda: PlanEditorPage(self.place))
        self.window.add_page(PLAN_COMPARE, lambda: PlanComparePage(self.place))
        self.window.resize(1366, 768)
        self.window.show()
        self.window.furnish()
        self.window.activateWindow()
        self.window.show_page(PLANS)
        qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    # -- pages ---------------------------------------------------------------------------------------------------------
    def revise(self, code: str = CODE) -> PlanDraft:
        """Begin a revision and open it in the editor."""
        version = self.desk.trade.shelf.current(code).version
        draft = plan_drafts.start_revision(self.desk, code=code, version=version, scope=RevisionScope.MAJOR).value
        self.place.open_plan_editor(draft.id)
        self.settle()
        return draft

    def write(self, plan: Plan) -> PlanDraft:
        """Begin a draft with the words of a plan and open it."""
        draft = plan_drafts.start_draft(self.desk, plan=plan).value
        self.place.open_plan_editor(draft.id)
        self.settle()
        return draft

    @property
    def editor(self) -> PlanEditorPage:
        """The editor."""
        page = self.window.built(PLAN_EDITOR)
        assert isinstance(page, PlanEditorPage)
        return page

    def go_to(self, kind: PartKind, key: str) -> None:
        """Open a part in the editor."""
        part = self.editor.draft.find(kind, key)
        assert part is not None, key
        self.editor.going.to_part(part.id)
        self.settle()

    # -- what the store holds ------------------------------------------------------------------------------------------
    def kept(self, draft_id: Id | None = None) -> DraftView:
        """The draft as the store has it now."""
        assert self.editor.draft.draft is not None
        return plan_drafts.open_draft(self.desk, draft_id=draft_id or self.editor.draft.draft.id)

    def close(self) -> None:
        """Close window and store."""
        self.window.close()
        self.desk.store.close()


def shown(lines: Any) -> list[str]:
    """Return the lines of a list as one reads them."""
    return [" ".join(cell.text for cell in line.cells if cell.text) for line in lines.lines]
