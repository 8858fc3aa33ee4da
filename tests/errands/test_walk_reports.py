"""Reports in a walk: the first half of the evening of the building fire, said in a script."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.errands import walks
from emergency_desk.errands.walk_registry import read_walk
from tests.errands.walk_ground import SmallGround

SCRIPT = """
format: 1
title: {zh: 报告时限, en: Reporting clocks}
given: {city: demo, date: 2026-11-05, clock: "19:26"}
steps:
  - {at: "19:31", tier: tier_street, act: call, words: 高层居民楼着火, where: 北河区东台街道 六路18号, occurred: "19:26",
     expect: {due.tier_street.phone: "19:46", due.tier_street.written: "20:01", dues.open: 2}}
  - {at: "19:36", tier: tier_street, act: report, received_by: 区值班员, read_back: "yes",
     expect: {due.tier_street.phone.on_time: "yes", due.tier_district.phone: "20:06", due.tier_district.written: "20:36",
              report.last.kind: first, report.last.gaps: contains unit}}
  - {at: "20:01", tier: tier_street, act: report, channel: written, refused: SignerMissing}
  - {at: "20:01", tier: tier_street, act: report, channel: written, signer: 张主任, unit: 某商住楼物业,
     expect: {due.tier_street.written.on_time: "yes", report.last.text.unit: 某商住楼物业}}
  - {at: "20:05", tier: tier_district, act: report, received_by: 市值班员}
  - {at: "20:36:01", tier: tier_district, act: heard_report, from: tier_district, to: tier_city, channel: written, heard_from: 市值班员,
     expect: {due.tier_district.written.on_time: "no", dues.met_late: 1}}
  - {at: "21:05", tier: tier_district, act: figures, dead: "3", badly_hurt: "11",
     expect: {grade: grade_3, due.tier_city.phone: "22:05", due.tier_district.phone: "21:35", owed.tier_province: ["22:05"]}}
  - {at: "21:10", tier: tier_city, act: skip_report, from: tier_city, channel: phone, refused: ReasonMissing}
  - {at: "21:40", tier: tier_city, act: may_become_major, reason: 可能大量被困, expect: {due.tier_city.any: "21:40", due.tier_city.any.rule: D16}}
  - {at: "21:41", tier: tier_street, act: report, to: tier_city, received_by: 市值班员,
     expect: {report.last.copies: [tier_district], due.tier_street.any.state: met}}
  - {at: "22:00", tier: tier_city, act: report, received_by: 省值班员, expect: {due.tier_city.phone.on_time: "yes", check.differences: 0}}
"""


def test_the_reporting_clocks_of_the_fire_hold_in_a_walk(tmp_path: Path) -> None:
    walk = read_walk(SCRIPT, "try.yaml")
    stage = walks.open_scratch(walk, SmallGround(tmp_path), tmp_path, store=None)
    played = walks.play(walk, stage)
    stage.desk.store.close()
    assert [verdict for verdict in played.verdicts if not verdict.is_held] == []
