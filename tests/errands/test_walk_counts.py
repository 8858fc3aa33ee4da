"""A stock-taking told as a walk: counted while goods go out, counted again, approved by somebody else, the books then as the shelf."""

from __future__ import annotations

from pathlib import Path

from tests.errands.playing_back import deviations
from tests.errands.test_walks import play

STEPS = """\
  - {at: "19:31", as: leader, act: stock_item, item: 毛毯, code: x-blanket, unit: 条}
  - {act: stock_depot, depot: 区库, where: 北河区, keeper: 老张, phone: "0532"}
  - {act: receive_lot, item: 毛毯, depot: 区库, quantity: 100, lot: 毯-1}
  - {act: receive_lot, item: 毛毯, depot: 区库, quantity: 40, lot: 毯-2, expires: 2029-01-31}
  - {as: keeper, act: count_open, depot: 区库, sheets: blind, expect: {count.newest.to_do: "2"}}
  - {act: count_open, depot: 区库, refused: CountOverlaps}
  - {at: "19:40", act: count_tally, lot: 毯-1, quantity: 97, by: 张三, expect: {count.newest.differences: 毯-1 -3}}
  - {act: count_tally, lot: 毯-1, quantity: 97, by: 李四}
  - {at: "19:45", act: issue, item: 毛毯, depot: 区库, lot: 毯-1, quantity: 20, about: none, with: 街道}
  - {at: "19:50", act: count_tally, lot: 毯-2, quantity: 40, by: 李四, expect: {count.newest.to_do: "0", count.newest.differences: 毯-1 -3}}
  - {act: count_approve, reason: 破损未报, refused: CountNotApprovable}
  - {as: leader, act: count_approve, reason: 破损未报, expect: {count.newest.state: count_posted, stock.毛毯.on_hand: "117"}}
  - {act: count_open, depot: 区库}
  - {act: count_give_up, reason: 台风, expect: {count.P2.state: count_abandoned}}
"""


def test_a_stock_taking_holds_as_a_walk(tmp_path: Path) -> None:
    played = play(tmp_path, STEPS)
    assert deviations(played) == []
