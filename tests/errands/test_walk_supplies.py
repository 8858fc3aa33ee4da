"""The supplies of an incident go out with its walk, and come to the same when it is played elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from emergency_desk.app.ground import WalkGround
from emergency_desk.domain.ids import Id
from emergency_desk.errands import walks
from emergency_desk.errands.walk_export import export_walk
from emergency_desk.services import giving_out, incidents, requisitions, supply_board
from emergency_desk.services.desk import Desk
from tests.errands.playing_back import deviations

WALKS = Path(__file__).resolve().parents[2] / "plans" / "walks"


def told_of(desk: Desk, incident_id: Id) -> dict[str, object]:
    """What an incident's supplies came to, without ids and numbers."""
    board = supply_board.supply_board(desk, incident_id=incident_id)
    return {
        "items": {(one.name.zh, one.asked, one.ordered, one.received, one.in_use, one.unmet) for one in board.items},
        "requests": [(view.request.state, view.request.tier, [line.amounts for line in view.lines]) for view in board.requests],
        "orders": [(view.order.state, sorted((lot.number, lot.ordered, lot.amounts) for lot in view.lots)) for view in board.orders],
        "requisitions": [(one.what, one.state, amounts) for one, amounts in requisitions.list_requisitions(desk, incident_id=incident_id)],
        "handed out": [(one.quantity, one.households, one.heads) for one in giving_out.list_distributions(desk, incident_id=incident_id)],
    }


def test_an_incident_with_supplies_is_exported_and_comes_to_the_same(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir(), (tmp_path / "two").mkdir()
    stage = walks.open_scratch(walks.read_file(WALKS / "typhoon_supplies.yaml"), WalkGround(), tmp_path / "one", store=None)
    assert walks.play(walks.read_file(WALKS / "typhoon_supplies.yaml"), stage).is_held
    real = stage.desk
    real.facts = replace(real.facts, is_demo=False)
    incident_id = incidents.find(real, text="", limit=1)[0].id
    before = told_of(real, incident_id)
    path = tmp_path / "exported.yaml"
    export_walk(real, incident_id=incident_id, path=path)
    text = path.read_text(encoding="utf-8")
    assert "演练工程队" not in text and "驾驶员" not in text, "neither owners nor drivers leave with it"
    again = walks.read_file(path)
    second = walks.open_scratch(again, WalkGround(), tmp_path / "two", store=None)
    played = walks.play(again, second)
    assert deviations(played) == []
    acts = {step.act for step in again.steps}
    assert acts >= {"ask_supplies", "decide_supplies", "release_stock", "pick_stock", "ship_stock", "receive_transport", "issue", "bring_back",
                    "hand_out", "write_off", "call_off", "requisition_notice", "issue_notice", "give_back", "compensate", "refuse_rest"}
    assert told_of(second.desk, incidents.find(second.desk, text="", limit=1)[0].id) == before
    for desk in (real, second.desk):
        desk.store.close()
