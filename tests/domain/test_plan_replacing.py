"""Find and replace in every text of a part, and 字数 as editors count it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_records import Clause, Contact, Situation, WorkGroup
from emergency_desk.domain.plan_records import PlanRole as Role
from emergency_desk.domain.plan_replacing import Needle, TextHit, hits, replaced, replaced_in_body
from emergency_desk.domain.texts import Text
from emergency_desk.domain.word_count import word_count

CLAUSE = Clause(number="4.1", title=Text("先期处置", "First response"), body=Text("先**救人**，再控火。\n| 岗位 | 救人 |", "People first."))


def test_words_are_found_in_title_and_body_with_what_stands_around() -> None:
    assert hits(CLAUSE, Needle("救人")) == (
        TextHit("body", "zh", "先", "救人", "，再控火。"), TextHit("body", "zh", "岗位  ", "救人", ""))
    assert [hit.language for hit in hits(CLAUSE, Needle("first"))] == ["en", "en"]
    assert hits(CLAUSE, Needle("first", match_case=True)) == (TextHit("body", "en", "People ", "first", "."),)


def test_replacing_leaves_the_marks_where_they_are() -> None:
    done = replaced(CLAUSE, Needle("救人"), "搜救")
    assert isinstance(done, Clause)
    assert done.body.zh == "先**搜救**，再控火。\n| 岗位 | 搜救 |"
    assert replaced_in_body("先**救**人。", Needle("救人"), "搜索") == "先**搜索**。"


def test_what_looks_like_a_mark_is_put_in_as_words() -> None:
    assert plain(replaced_in_body("- 关阀", Needle("关阀"), "**关|阀**")) == "**关|阀**"


def test_groups_contacts_and_words_of_situations_are_searched() -> None:
    group = WorkGroup(id=Role.RESCUE, lead=Text("消防大队"), members=(Text("消防站"), Text("医院")), duties=Text("消防"))
    assert [hit.field for hit in hits(group, Needle("消防"))] == ["lead", "members", "duties"]
    assert replaced(group, Needle("消防"), "救援") == WorkGroup(
        id=Role.RESCUE, lead=Text("救援大队"), members=(Text("救援站"), Text("医院")), duties=Text("救援"))
    contact = Contact(role=Text("值班"), unit=Text("应急局"), phone="8591 1234")
    assert replaced(contact, Needle("8591"), "8592") == Contact(role=Text("值班"), unit=Text("应急局"), phone="8592 1234")
    assert replaced(Situation(id="a", name=Text("高层"), words=("高层", "10+层")), Needle("高层"), "高楼") == Situation(
        id="a", name=Text("高楼"), words=("高楼", "10+层"))


def test_nothing_looked_for_changes_nothing() -> None:
    assert hits(CLAUSE, Needle("")) == () and replaced(CLAUSE, Needle(""), "x") is CLAUSE


@given(st.text(st.sampled_from("救人先*|-\\\n"), max_size=20), st.sampled_from(("救", "人先", "救人")))
def test_replacing_words_by_themselves_changes_nothing_one_reads(body: str, words: str) -> None:
    assert plain(replaced_in_body(body, Needle(words), words)) == plain(body)


@pytest.mark.parametrize(("text", "count"), [
    ("", 0), ("先救人，再控火。", 8), ("Call the fire station.", 4), ("被困3人以上，报告119", 10), ("“以上”含本数——不含", 11), ("3,000 m", 2),
])
def test_words_are_counted_as_chinese_editors_count_them(text: str, count: int) -> None:
    assert word_count(text) == count
