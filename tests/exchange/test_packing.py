"""A file that was read arrives at the desk as it was sent."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.exchange.packing import WrittenRows
from emergency_desk.exchange.register_files import Register, read_register_file
from tests.exchange.lists import known

LISTS = {
    Register.TEAMS: "队伍名称,所属区划,关键装备,证书,人数\n一队,市南区,水泵×2台,潜水救援|Q-1|2027-01-01,12\n二队,市难区,,,很多\n三队,火星,,,\n",
    Register.SITES: "场所名称,区县\n仓库,市南区\n,市南区\n", Register.UNITS: "单位名称,值班电话\n水务局,119\n",
    Register.MEMBERS: "姓名,队伍\n张三,没有的队\n",
    Register.AGREEMENTS: "协议单位,有效期\n甲公司,2027-01-01\n",
    Register.LOTS: "仓库,物资名称,批号,数量\n区救灾物资库,毛毯,B1,120条\n没有的库,毛毯,B2,-3\n",
    Register.ITEMS: "物资名称,物资编码,单位\n毛毯,1110202,条\n,1110202,条\n", Register.DEPOTS: "仓库,区县\n区救灾物资库,市南区\n",
    Register.SHELTERS: "避难场所名称,区县,室内外\n体育馆,市南区,屋里\n,市南区,\n",
    Register.PROMISES: "协议单位,物资名称,数量\n商超,毛毯,500\n",
    Register.TARGETS: "物资名称,最低储备,目标储备\n毛毯,50,80\n"}


@pytest.mark.parametrize("register", list(Register))
def test_what_was_read_arrives_alike(tmp_path: Path, register: Register) -> None:
    (tmp_path / "list.csv").write_text(LISTS[register], encoding="utf-8")
    sent = read_register_file(tmp_path / "list.csv", register, "", known())
    arrived = pickle.loads(pickle.dumps(sent))
    assert arrived.rows == sent.rows
    assert isinstance(arrived.table.rows, WrittenRows) and tuple(arrived.table.rows) == sent.table.rows
    assert replace(arrived.table, rows=()) == replace(sent.table, rows=())


def test_rows_stay_packed_while_a_screen_looks_at_the_first(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("队伍名称,区县\n" + "".join(f"{number}队,市南区\n" for number in range(300)), encoding="utf-8")
    rows = pickle.loads(pickle.dumps(read_register_file(tmp_path / "list.csv", Register.TEAMS, "", known()))).table.rows
    assert rows[:50][49][0] == "49队" and rows._rows == ()
    assert (len(rows), rows[299][0], rows[-1][0]) == (300, "299队", "299队")
