"""The standard outline beside a plan: what is written, what is empty, what is not there, and what the law wants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emergency_desk.domain.plan_outline import PlanContent, first_clauses, missing_content, next_number, outline_for, places
from emergency_desk.domain.plan_records import Clause, PlanKind
from emergency_desk.domain.texts import Text
from tests.builders import trade
from tests.domain.plan_parts import sound_plan


def outline(kind: PlanKind = PlanKind.SPECIAL):  # type: ignore[no-untyped-def]
    return outline_for(kind, trade().outlines)


@pytest.mark.parametrize("kind", list(PlanKind))
def test_every_kind_of_plan_has_an_outline_with_what_the_law_wants(kind: PlanKind) -> None:
    found = outline(kind)
    assert found is not None and found.basis
    assert {chapter.content for chapter in found.chapters} >= set(PlanContent)
    assert all(section.hint.zh and section.hint.en for chapter in found.chapters for section in (chapter, *chapter.sections))


def test_every_section_knows_its_own_title() -> None:
    for found in trade().outlines:
        for chapter in found.chapters:
            assert chapter.fits(chapter.title)
            assert [section.title.zh for section in chapter.sections if not section.fits(section.title)] == []


def test_the_shipped_plans_say_what_the_law_wants() -> None:
    for plan in trade().current_plans:
        assert missing_content(plan, outline_for(plan.kind, trade().outlines)) == (), plan.code


def test_what_is_not_there_stands_after_its_chapter_and_what_is_empty_is_marked() -> None:
    plan = replace(sound_plan(), clauses=(
        Clause(number="1", title=Text("总则")), Clause(number="1.1", title=Text("目的"), body=Text("救人。")),
        Clause(number="1.2", title=Text("适用范围")),
        Clause(number="2", title=Text("本地另有的一章"), body=Text("照旧。"))))
    found = places(plan, outline())
    assert [(one.clause.number if one.clause else one.section.title.zh, one.is_empty) for one in found[:7]] == [  # type: ignore[union-attr]
        ("1", False), ("1.1", False), ("1.2", True), ("编制依据", False), ("工作原则", False), ("事件分级", False), ("2", False)]
    assert found[6].section is None
    assert [one.section.title.zh for one in found[7:] if one.section and one.depth == 1][:2] == ["组织指挥体系与职责", "监测预警"]


def test_a_new_plan_begins_with_every_chapter_and_nothing_said() -> None:
    begun = first_clauses(outline(PlanKind.TOWNSHIP))
    plan = replace(sound_plan(), kind=PlanKind.TOWNSHIP, clauses=begun)
    assert begun[0] == Clause(number="1", title=Text("总则", "General"))
    assert not any(place.is_missing for place in places(plan, outline(PlanKind.TOWNSHIP)))
    assert missing_content(plan, outline(PlanKind.TOWNSHIP)) == tuple(PlanContent)


def test_a_new_clause_gets_the_number_after_the_last_of_its_chapter() -> None:
    clauses = sound_plan().clauses
    assert (next_number(clauses, ""), next_number(clauses, "3"), next_number(clauses, "2"), next_number((), "")) == ("4", "3.4", "2.1", "1")
