"""A planner's day: a real flood plan comes from its text, is completed, goes the whole way, travels, is merged, is fought by and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import PostRole
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_moves import ReviewMatter
from emergency_desk.domain.plan_records import Level, Plan
from emergency_desk.services import incidents, integrity, ladder, posts
from emergency_desk.services.posts import Named
from emergency_desk.ui.incidents.call_form import CallForm
from emergency_desk.ui.incidents.post_lines import member_lines
from emergency_desk.ui.papers.preview import PaperPage
from emergency_desk.ui.workplace import CALL, ROOM
from tests.exchange.plan_words import NANJING
from tests.flows.planning import PlanningDesk
from tests.reports.sheets import closed_up, text_of
from tests.ui.seat import texts

CODE, TITLE, ENGLISH = "nanjing_flood", "南京市防汛应急预案", "Flood Control Plan of Nanjing"

NINE_GROUPS = ["综合协调组", "工程技术组", "水情气象组", "应急队伍组", "转移安置组", "财务物资组", "后勤保障组", "灾情统计组", "宣传报道组"]


@pytest.fixture
def here(qtbot: QtBot, tmp_path: Path) -> Iterator[PlanningDesk]:
    desk = PlanningDesk(qtbot, tmp_path, account="planner", minutes=30, code="990101", name="北河区应急指挥中心")
    yield desk
    desk.close()


@pytest.fixture
def there(qtbot: QtBot, tmp_path: Path) -> Iterator[PlanningDesk]:
    desk = PlanningDesk(qtbot, tmp_path, account="second_planner", minutes=60, code="990102", name="南山区应急指挥中心")
    yield desk
    desk.close()


def import_plan(desk: PlanningDesk) -> None:
    """Read the text, confirm what it says outright and what a planner finds right, say what plan it is, begin the draft."""
    desk.go("Import a plan", "plan_import")
    page = desk.importing
    page.path.setFocus()
    desk.words(str(NANJING))
    desk.press("Ctrl+L")
    assert "6 chapters, 70 clauses" in page.told.text()
    desk.press("Alt+S")
    assert page.given is not None and len(page.given.confirmed) == 10
    for key in ("level II", "level III", "level IV", *(f"group {number}" for number in range(1, 10))):
        page.proposals.choose(key)
        desk.press("Space")
    assert page.given is not None and len(page.given.confirmed) == 22
    for name, said in (("title", TITLE), ("code", CODE)):
        page.facts_list.setFocus()
        page.facts_list.choose(name)
        desk.press("Return")
        desk.anew(said)
        desk.press("Return")
    page.facts_list.setFocus()
    page.facts_list.choose("tier")
    desk.press("Return")
    desk.turn(page.fact_form.editors["tier"], Tier.DISTRICT.value)
    desk.press("Return")
    desk.press("Ctrl+Return")


def complete(desk: PlanningDesk) -> None:
    """Write what the text does not say: its English title, the highest level, who acts within how long, whom to ring."""
    editor = desk.editor
    editor.outline.choose("head")
    desk.press("Alt+T", "Tab")
    desk.words(ENGLISH)
    editor.outline.choose("kind level")
    desk.press("Alt+A")
    form = editor.tables[PartKind.LEVEL].form
    assert form is not None
    desk.turn(form.editors["clause"], "4.1.3")
    form.editors["activated_by.zh"].setFocus()
    desk.anew("区防指报请区政府")
    at_least(desk, Level.I, "10")
    editor.outline.choose("kind action")
    desk.press("Alt+A")
    form = editor.tables[PartKind.ACTION].form
    assert form is not None
    desk.words("通知抢险队伍集结", "Muster the rescue teams")
    desk.turn(form.editors["role"], "grp_rescue")
    form.editors["due"].setFocus()
    desk.anew("20")
    desk.turn(form.editors["clause"], "4.3.1")
    editor.outline.choose("kind contact")
    desk.press("Alt+A")
    desk.words("防汛值班", "Flood duty", "区水务局", "District water bureau", "0532-00009999")
    desk.press("Ctrl+S")


def mend_what_is_wrong(desk: PlanningDesk) -> None:
    """The check holds the plan against the district's own typhoon plan: three dead bring its highest level. So they shall here."""
    editor = desk.editor
    desk.press("Alt+K")
    found = editor.side.check
    assert texts(found)[0] == "Wrong 1" and texts(found)[1].startswith("Dead 3 brings no level of the District here")
    at_least(desk, Level.I, "3")
    desk.press("Alt+K")
    assert texts(found)[1].startswith("Dead 1 brings no level of the District here and level II by cl. 5.2.6")
    at_least(desk, Level.II, "1")
    desk.press("Alt+K")
    assert texts(found)[0].startswith("To be filled in")


def at_least(desk: PlanningDesk, level: Level, dead: str) -> None:
    """Let so many dead bring a level of the district: in the row that counts the dead already, or in the free row below the others."""
    desk.to_part(PartKind.LEVEL, f"{Tier.DISTRICT} {level}")
    form = desk.editor.tables[PartKind.LEVEL].form
    assert form is not None
    rows = form.editors["when"].lines  # type: ignore[attr-defined]
    figure, least = next((row for row in rows if row[0].currentData() == "dead"), rows[-1])[:2]
    desk.turn(figure, "dead")
    least.setFocus()
    desk.anew(dead)
    desk.press("Ctrl+S")


def goes_the_whole_way(desk: PlanningDesk, version: str, number: str) -> None:
    """Opinions, experts, coordination, submission; another account finds the six matters met and keeps the approval; it is issued."""
    assert desk.life.version == version
    desk.move("consulted", {"units": "区水务局、各街道", "due_on": "2026-11-20"})
    desk.move("opinions_in", {"note": "收到意见 6 条，采纳 5 条"})
    desk.move("experts_heard", {"person": "李工"})
    desk.move("coordinated", {"unit": "区应急局"})
    desk.move("submitted", {"unit": "区政府办"})
    desk.sit_down("leader")
    desk.open_draft_life(CODE, version)
    desk.life.list.choose("move:reviewed")
    desk.life.list.setFocus()
    desk.press("Return")
    for _matter in ReviewMatter:
        desk.press("Space", "Tab")
    desk.words("赵主任")
    desk.press("Return")
    desk.move("approved", {"person": "区长", "unit": "区人民政府"})
    desk.sit_down("planner")
    desk.open_draft_life(CODE, version)
    desk.move("issued", {"number": number})
    assert desk.desk.trade.shelf.current(CODE).version == version
    assert f"In force: issued on 2026-11-05, {number}." in desk.life.standing.text()


def take_call(desk: PlanningDesk) -> Id:
    """An officer takes a call about a flooded district and goes into its room."""
    desk.sit_down("officer")
    desk.press("F2")
    desk.words("暴雨内涝，道路积水，两人死亡", "bhq")
    desk.press("Tab", "Tab")
    desk.words("2")
    form = desk.window.built(CALL)
    assert isinstance(form, CallForm)
    desk.qtbot.waitUntil(lambda: bool(form.fields.place.area_id) and form._thought is not None and not form.is_thinking)
    desk.press("Ctrl+Return")
    assert desk.window.page_id == ROOM
    return desk.page.incident_id


def carry(desk: PlanningDesk, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the plan that is shown into a file; where, is said in the system's own dialog."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    desk.press("Ctrl+E")
    assert "1 plan was written" in desk.notice and path.exists()


def bring(desk: PlanningDesk, path: Path) -> None:
    """Look at a file of another desk."""
    desk.go("Import plans of another desk", "plan_bundle")
    page = desk.bundle
    page.path.setFocus()
    desk.anew(str(path))
    desk.press("Ctrl+L")


def pinned(desk: PlanningDesk, incident_id: Id) -> tuple[str, str, str]:
    """Return by which plan, version and level an incident runs."""
    incident = incidents.open_room(desk.desk, incident_id=incident_id).incident
    return incident.plan_code, incident.plan_version, incident.plan_level


def groups_at_the_post(desk: PlanningDesk, incident_id: Id) -> list[str]:
    """Form the command post and return its work groups as its page names them."""
    posts.form_post(desk.desk, incident_id=incident_id, place="区应急指挥中心", people=(Named(PostRole.COMMANDER, "区长"),))
    members = ladder.read_ladder(desk.desk, incident_id=incident_id).members
    return [shown.cells[0].text for shown in member_lines(members) if shown.key.startswith("#")]


def clause_of(plan: Plan, number: str) -> str:
    """Return the words of a clause."""
    clause = plan.clause(number)
    assert clause is not None
    return clause.body.zh


def write(desk: PlanningDesk, number: str, said: str) -> None:
    """Begin a clause of the draft that is open with other words."""
    desk.to_part(PartKind.CLAUSE, number)
    desk.editor.clause_editor.bodies["zh"].setFocus()
    desk.words(said)
    desk.press("Ctrl+S")


def revise(desk: PlanningDesk, words: dict[str, str]) -> None:
    """Begin a major revision of the plan from the reader, write in some clauses, and go back to the plan."""
    desk.open_plan(ENGLISH, CODE)
    desk.press("Alt+E", "Return")
    for number, said in words.items():
        write(desk, number, said)
    desk.press("Ctrl+Return")


def revise_elsewhere(desk: PlanningDesk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another desk take the plan, revise it, and send its draft back."""
    desk.come_forward()
    bring(desk, folder / "out.edplan")
    assert texts(desk.bundle.plans) == [f"{ENGLISH} v1.0 came in new"]
    desk.press("Ctrl+Return")
    assert desk.notice == "1 version or draft was taken."
    revise(desk, {"1.1": "乙席位写的。", "5.3": "乙席位也写的。"})
    carry(desk, folder / "back.edplan", monkeypatch)


def merge(desk: PlanningDesk, path: Path) -> Plan:
    """Decide the one part that both changed, put all into the draft, look at it in the editor and go on to its life."""
    bring(desk, path)
    assert texts(desk.bundle.merging.parts) == [
        "Clause 1.1 编制目的 changed by both to decide", "Clause 5.3 物资保障 changed there theirs", "Clause 5.4 队伍保障 changed here ours"]
    desk.press("3", "Ctrl+M")
    merged = desk.draft(CODE)
    said = ("甲席位写的。", "乙席位写的。", "甲席位也写的。", "乙席位也写的。")
    assert {number: [each in clause_of(merged, number) for each in said] for number in ("1.1", "5.3", "5.4")} == {
        "1.1": [True, True, False, False], "5.3": [False, False, False, True], "5.4": [False, False, True, False]}
    desk.press("Escape", "Alt+E")
    assert desk.editor.draft.plan == merged
    desk.press("Ctrl+Return")
    return merged


if NANJING.exists():

    def test_a_flood_plan_goes_from_its_text_to_the_paper_of_its_second_version(
        here: PlanningDesk, there: PlanningDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        here.come_forward()
        import_plan(here)
        assert "22 confirmed proposals stand in it" in here.notice
        complete(here)
        plan = here.draft(CODE)
        assert (plan.title.zh, plan.title.en, len(plan.clauses), len(plan.basis)) == (TITLE, ENGLISH, 70, 10)
        assert [rule.level for rule in plan.levels_of(Tier.DISTRICT)] == list(Level)
        top = plan.level_rule(Tier.DISTRICT, Level.I)
        assert top is not None and (top.clause, top.conditions[0].figures) == ("4.1.3", (("dead", 10),))
        assert [group.name.zh for group in plan.work_groups] == NINE_GROUPS
        assert [(one.title.zh, one.role, one.due_minutes, one.clause) for one in plan.actions] == [
            ("通知抢险队伍集结", "grp_rescue", 20, "4.3.1")]
        assert [(one.unit.zh, one.phone) for one in plan.contacts] == [("区水务局", "0532-00009999")]
        mend_what_is_wrong(here)
        here.press("Ctrl+Return")
        goes_the_whole_way(here, "1.0", "12号")

        carry(here, tmp_path / "out.edplan", monkeypatch)
        incident = take_call(here)
        assert pinned(here, incident) == (CODE, "1.0", "II")
        assert groups_at_the_post(here, incident) == NINE_GROUPS
        here.sit_down("planner")

        revise_elsewhere(there, tmp_path, monkeypatch)
        here.come_forward()
        revise(here, {"1.1": "甲席位写的。", "5.4": "甲席位也写的。"})
        merged = merge(here, tmp_path / "back.edplan")
        goes_the_whole_way(here, "2.0", "13号")
        assert here.desk.trade.plan(CODE, "2.0").clauses == merged.clauses
        assert pinned(here, incident) == (CODE, "1.0", "II")

        here.press("F9")
        page = here.page
        assert isinstance(page, PaperPage)
        paper = closed_up("".join(text_of(page.making.path)))
        assert all(closed_up(said) in paper for said in (ENGLISH, "Version 2.0", "No.13号", "甲席位也写的。", "乙席位也写的。"))
        assert integrity.check(here.desk).is_sound and integrity.check(there.desk).is_sound
