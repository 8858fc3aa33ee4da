"""The life of a plan worked in the window: where it stands, the next move with its form, what planners owe, what was suggested."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.domain.plan_life import PlanStage
from emergency_desk.domain.plan_moves import FilingRoute, MatterFinding, MoveKind, ReviewMatter, RevisionScope
from emergency_desk.domain.plan_suggestions import SuggestionState
from emergency_desk.errands.background import Background
from emergency_desk.errands.plan_issuing import issue_plan
from emergency_desk.services import plan_drafts, plan_dues, plan_life, plan_suggestions
from emergency_desk.ui import dressing
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.plans.dues_page import DRAFTS, SUGGESTIONS, PlanDuesPage
from emergency_desk.ui.plans.editor import PlanEditorPage
from emergency_desk.ui.plans.life_panel import LifePanel
from emergency_desk.ui.plans.matters_edit import MattersEdit
from emergency_desk.ui.plans.plan_pages import add_plan_pages
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.plans.side import View
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.workplace import PLAN_EDITOR, PLANS, Workplace
from emergency_desk.wording import catalog
from tests.builders import SetClock, acting_as, make_desk
from tests.ui.fitting import cut_labels
from tests.ui.seat import texts

FIRE = "building_fire"
MET = tuple(MatterFinding(matter, True) for matter in ReviewMatter)


class Seat:
    """A planner at a window with the plans and what planners owe."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.clock = SetClock()
        self.clock.set(9, 0, day=date(2026, 9, 28))
        self.desk = make_desk(folder, clock=self.clock, account="planner")
        self.window = MainWindow(self.desk.now)
        qtbot.addWidget(self.window)
        self.place = Workplace(desk=self.desk, background=Background(inline=True), window=self.window, fonts=paths.fonts(),
                               papers=folder / "papers", locale=paths.locale())
        self.place.background.refusals_to(self.window.explain)
        self.desk.memory.tree()
        self.window.take_call = lambda: None  # type: ignore[attr-defined]
        self.window.add_page(PLANS, lambda: PlansPage(self.place))
        add_plan_pages(self.window, self.place)
        self.window.add_page("before", QWidget)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.furnish()
        self.window.activateWindow()
        self.window.show_page("before")
        qtbot.waitUntil(self.window.isActiveWindow)

    def life(self, version: str = "1.0", code: str = FIRE) -> LifePanel:
        """Open the life of a version."""
        self.place.open_plan_life(code, version)
        QApplication.processEvents()
        return self.page.side.life

    @property
    def page(self) -> PlansPage:
        """The page of plans."""
        page = self.window.page
        assert isinstance(page, PlansPage)
        return page

    def press(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        QApplication.processEvents()

    def go(self, panel: LifePanel, key: str, **typed: str) -> None:
        """Open a line, type into its form and press Enter."""
        panel.list.choose(key)
        panel.list.setFocus()
        self.press(Qt.Key.Key_Return)
        for name, text in typed.items():
            panel.form.set_answer(name, text)
        if typed:
            self.press(Qt.Key.Key_Return)

    @property
    def notice(self) -> str:
        """What the notice bar tells."""
        notice: Notice | None = self.window.notices.notice
        return notice.text if notice else ""


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path)
    yield seat
    seat.window.close()
    seat.desk.store.close()


def stage(seat: Seat, version: str) -> PlanStage:
    return plan_dues.read_life(seat.desk, code=FIRE, version=version).life.stage


def issued(seat: Seat) -> None:
    """Issue version 1.1 of the fire plan."""
    draft = plan_drafts.start_revision(seat.desk, code=FIRE, version="1.0", scope=RevisionScope.MINOR).value
    acting_as(seat.desk, "leader")
    plan_life.approve(seat.desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(seat.desk, "planner")
    issue_plan(seat.desk, draft_id=draft.id, number="13号")


def test_a_model_plan_says_that_nobody_adopted_it_and_how_that_is_done(seat: Seat) -> None:
    seat.place.open_plan(FIRE, "1.0")
    seat.window.acts.do("plans_life")
    panel = seat.page.side.life
    assert (seat.page.side.view, panel.list.hasFocus()) == (View.LIFE, True)
    assert "has not adopted it" in panel.standing.text()
    assert panel.list.current_key == "revise"
    seat.go(panel, "revise", )
    assert panel.form.isVisible()
    seat.press(Qt.Key.Key_Return)
    assert panel.version == "2.0" and "being drafted" in panel.standing.text()
    assert plan_drafts.list_drafts(seat.desk)[0].draft.plan_version == "2.0"


def test_a_draft_walks_through_its_path_in_the_window_until_the_desk_works_by_it(seat: Seat) -> None:
    plan_drafts.start_revision(seat.desk, code=FIRE, version="1.0", scope=RevisionScope.MAJOR)
    panel = seat.life("2.0")
    assert panel.list.current_key == "move:consulted"
    assert next(line for line in panel.list.lines if line.key == "move:submitted").cells[0].below.startswith("before it: Sent for opinions")
    seat.go(panel, "move:submitted", unit="区政府办")
    assert "still to be done" in panel.form.refusal.text() and panel.form.isVisible()
    panel.form.put_away()
    seat.go(panel, "move:consulted", units="各街道", due_on="2026-10-12")
    assert stage(seat, "2.0") is PlanStage.CONSULTATION and panel.list.current_key
    assert any(text.startswith("Opinions since 2026-09-28") for text in texts(panel.list))
    seat.go(panel, "move:opinions_in", note="采纳 6 条")
    seat.go(panel, "move:experts_heard", person="李工")
    seat.go(panel, "move:coordinated", unit="区应急局")
    seat.go(panel, "move:submitted", unit="区政府办")
    assert stage(seat, "2.0") is PlanStage.SUBMITTED
    seat.go(panel, "move:reviewed")
    assert "duty leader, other than whoever drafted it" in seat.notice
    acting_as(seat.desk, "leader")
    panel.refresh()
    _review(seat, panel)
    seat.go(panel, "move:approved", person="区长", unit="区人民政府")
    acting_as(seat.desk, "planner")
    panel.refresh()
    seat.go(panel, "move:issued", number="12号")
    assert next(plan.version for plan in seat.desk.trade.current_plans if plan.code == FIRE) == "2.0"
    assert "In force: issued on 2026-09-28, 12号." in panel.standing.text()
    assert [line.key for line in panel.list.lines if line.key.startswith("due:")] == ["due:filing", "due:publication", "due:drill",
                                                                                      "due:evaluation"]
    assert seat.page.plans.lines[0].cells[1].text.startswith("v2.0")
    assert seat.page.plan_shown is not None and seat.page.plan_shown.version == "2.0"


def _review(seat: Seat, panel: LifePanel) -> None:
    """Answer the six matters: first one is forgotten, then lacking, then all are met."""
    seat.go(panel, "move:reviewed")
    edit = panel.form.editors["matters"]
    assert isinstance(edit, MattersEdit)
    for matter in list(ReviewMatter)[1:]:
        edit.ticks[matter].click()
    panel.form.set_answer("person", "赵主任")
    panel.form.submit()
    assert "In keeping with law" in panel.form.refusal.text()
    edit.ticks[ReviewMatter.LAWFUL].setFocus()
    seat.press(Qt.Key.Key_Tab)
    remark = QApplication.focusWidget()
    assert isinstance(remark, QLineEdit) and remark is edit.remarks[ReviewMatter.LAWFUL]
    remark.setText("依据过期")
    seat.press(Qt.Key.Key_Return)
    assert panel.list.current_key and "move:returned" in [line.key for line in panel.list.lines][:3]
    seat.go(panel, "move:approved", person="区长", unit="区人民政府")
    assert "found something lacking" in panel.form.refusal.text()
    panel.form.put_away()
    seat.go(panel, "move:reviewed")
    again = panel.form.editors["matters"]
    assert isinstance(again, MattersEdit)
    for tick in again.ticks.values():
        tick.click()
    panel.form.set_answer("person", "赵主任")
    panel.form.submit()
    assert stage(seat, "2.0") is PlanStage.REVIEWED


def test_a_version_that_was_replaced_leads_to_the_one_in_its_place(seat: Seat) -> None:
    issued(seat)
    panel = seat.life("1.0")
    assert "Replaced by version 1.1" in panel.standing.text()
    seat.go(panel, "back:1.1")
    assert panel.version == "1.1" and seat.page.plans.current_key == f"{FIRE} 1.1"
    assert "In force" in panel.standing.text()


def test_filing_proposes_the_route_of_the_kind_and_a_wrong_day_stays_in_the_form(seat: Seat) -> None:
    issued(seat)
    panel = seat.life("1.1")
    seat.go(panel, "due:filing")
    assert panel.form.answers["route"] == FilingRoute.SPECIAL and "lead department" in panel.form.answers["unit"]
    panel.form.set_answer("on_date", "yesterday")
    panel.form.submit()
    assert "2026-12-31" in panel.form.refusal.text()
    panel.form.set_answer("on_date", "2026-09-28")
    panel.form.submit()
    assert next(line.key for line in panel.list.lines if line.key.startswith("due:")) == "due:publication"
    with seat.desk.reading() as reading:
        filed = reading.plan_moves.where("WHERE kind = 'filed'")
    assert [(move.route, move.on_date) for move in filed] == [(FilingRoute.SPECIAL, date(2026, 9, 28))]


def test_what_planners_owe_is_listed_the_earliest_first_and_enter_opens_the_plan(seat: Seat) -> None:
    issued(seat)
    seat.window.acts.do("open_plan_dues")
    page = seat.window.page
    assert isinstance(page, PlanDuesPage)
    assert [text.partition(":")[0] for text in texts(page.lines)] == ["Filing", "Publication", "Drill", "Evaluation"]
    assert page.lines.lines[0].cells[1].text == "2026-10-30"
    page.filter.setText("drill")
    assert len(page.lines.lines) == 1
    page.leave()
    assert page.filter.text() == ""
    seat.clock.set(9, 0, day=date(2026, 10, 31))
    page.refresh()
    assert page.lines.lines[0].cells[1].below == "1 day late"
    page.choose(DRAFTS)
    assert page.lines.lines == ()
    page.choose("all")
    page.lines.setFocus()
    seat.press(Qt.Key.Key_Return)
    assert seat.page.side.view is View.LIFE and seat.page.side.life.version == "1.1"


def test_what_was_suggested_to_any_plan_stands_in_the_list_until_it_is_answered(seat: Seat) -> None:
    made = plan_suggestions.suggest(seat.desk, code=FIRE, version="1.0", clause="1", text="add the register of households").value
    seat.window.acts.do("open_plan_dues")
    page = seat.window.page
    assert isinstance(page, PlanDuesPage)
    told = texts(page.lines)
    assert len(told) == 1 and "add the register of households" in told[0] and "v1.0" in told[0] and "1 suggestion" in page.panel.note.text()
    page.choose(DRAFTS)
    assert page.lines.lines == ()
    page.choose(SUGGESTIONS)
    page.lines.setFocus()
    seat.press(Qt.Key.Key_Return)
    assert seat.page.side.view is View.LIFE and f"suggested:{made.id}" in [line.key for line in seat.page.side.life.list.lines]
    plan_suggestions.decline_suggestion(seat.desk, suggestion_id=made.id, reason="stands in 5.3")
    page.refresh()
    assert page.lines.lines == ()


def test_a_draft_of_the_list_is_opened_beside_the_text_that_stands(seat: Seat) -> None:
    plan_drafts.start_revision(seat.desk, code=FIRE, version="1.0", scope=RevisionScope.MAJOR)
    seat.window.acts.do("open_plan_dues")
    page = seat.window.page
    assert isinstance(page, PlanDuesPage)
    page.next_kind()
    assert page.which == "opinions"
    page.choose(DRAFTS)
    page.lines.setFocus()
    seat.press(Qt.Key.Key_Return)
    assert (seat.page.side.life.version, seat.page.side.life.view.draft is not None) == ("2.0", True)  # type: ignore[union-attr]
    seat.go(seat.page.side.life, "back:1.0")
    assert seat.page.side.life.version == "1.0"
    seat.go(seat.page.side.life, "draft:2.0")
    assert seat.page.side.life.version == "2.0"


def test_a_suggestion_leads_to_its_clause_and_is_taken_or_declined(seat: Seat) -> None:
    made = plan_suggestions.suggest(seat.desk, code=FIRE, version="1.0", clause="4.1", text="写明由谁通知").value
    other = plan_suggestions.suggest(seat.desk, code=FIRE, version="1.0", clause="5.2", text="多余").value
    panel = seat.life("1.0")
    panel.list.choose(f"suggested:{made.id}")
    assert seat.page.text.marked == "4.1"
    assert next(line for line in panel.list.lines if line.key == f"suggested:{made.id}").cells[0].below == "Suggested by hand"
    seat.go(panel, f"suggested:{made.id}")
    assert "begin a revision first" in panel.form.note.text()
    panel.form.submit()  # only declining is left, and that needs a reason
    assert panel.form.isVisible() and panel.form.refusal.text()
    panel.form.put_away()
    draft = plan_drafts.start_revision(seat.desk, code=FIRE, version="1.0", scope=RevisionScope.MAJOR).value
    panel.refresh()
    seat.go(panel, f"suggested:{made.id}")
    panel.form.submit()
    seat.go(panel, f"suggested:{other.id}")
    panel.form.editors["answer"].setCurrentIndex(1)  # type: ignore[attr-defined]
    panel.form.set_answer("reason", "已有规定")
    panel.form.submit()
    kept = {one.text: one for one in plan_suggestions.list_suggestions(seat.desk, states=SuggestionState)}
    assert (kept["写明由谁通知"].state, kept["写明由谁通知"].taken_into) == (SuggestionState.TAKEN, draft.plan_version)
    assert (kept["多余"].state, kept["多余"].reason) == (SuggestionState.DECLINED, "已有规定")


def test_somebody_suggests_a_change_to_the_marked_clause(seat: Seat) -> None:
    panel = seat.life("1.0")
    seat.page.mark("4.1")
    seat.go(panel, "suggest")
    assert panel.form.answers["clause"] == "4.1"
    panel.form.set_answer("text", "加一句")
    panel.form.submit()
    assert [(one.clause, one.text) for one in plan_suggestions.list_suggestions(seat.desk)] == [("4.1", "加一句")]


def test_a_draft_that_is_written_on_opens_in_the_editor_from_its_life(seat: Seat) -> None:
    draft = plan_drafts.start_revision(seat.desk, code=FIRE, version="1.0", scope=RevisionScope.MAJOR).value
    seat.window.add_page(PLAN_EDITOR, lambda: PlanEditorPage(seat.place))
    seat.go(seat.life("2.0"), "write")
    editor = seat.window.page
    assert isinstance(editor, PlanEditorPage) and editor.draft.draft is not None
    assert editor.draft.draft.id == draft.id


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_nothing_is_cut_off_at_the_smallest_screen(seat: Seat, language: str, scheme: Scheme) -> None:
    catalog.use_language(language, paths.locale())
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dressing.apply(application, scheme)
    draft = plan_drafts.start_revision(seat.desk, code="hazmat", version="1.0", scope=RevisionScope.MAJOR).value
    issued(seat)
    plan_life.consult(seat.desk, draft_id=draft.id, units="各街道", due_on=date(2026, 10, 12))
    panel = seat.life("1.1")
    for kind in (MoveKind.FILED, MoveKind.EVALUATED, MoveKind.REVISION_DECIDED):
        panel.asking.ask(kind, panel.view)  # type: ignore[arg-type]
        QApplication.processEvents()
        assert cut_labels(panel) == [], kind
        panel.form.put_away()
    acting_as(seat.desk, "leader")
    panel.asking.ask(MoveKind.REVIEWED, panel.view)  # type: ignore[arg-type]
    QApplication.processEvents()
    assert cut_labels(panel) == []
    panel.form.put_away()
    seat.window.acts.do("open_plan_dues")
    QApplication.processEvents()
    assert cut_labels(seat.window.page) == []  # type: ignore[arg-type]


def test_a_draft_that_a_newer_version_overtook_brings_over_what_it_changed(seat: Seat) -> None:
    plan_drafts.start_revision(seat.desk, code=FIRE, version="1.0", scope=RevisionScope.MAJOR)
    panel = seat.life("2.0")
    assert "follow" not in [line.key for line in panel.list.lines]
    issued(seat)
    panel.refresh()
    seat.go(panel, "follow")
    assert "0 parts were brought over" in seat.notice
    assert "follow" not in [line.key for line in panel.list.lines]
