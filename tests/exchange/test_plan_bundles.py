"""The sealed file by which plans travel: whole or refused, whatever was done to it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_moves import FilingRoute, MatterFinding, MoveKind, PlanMove, ReviewMatter
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_sections import PartKey, PlanSection
from emergency_desk.domain.plan_travel import Author, PlanBundle, PlanNode, digest_of
from emergency_desk.errands.trade import read_plan_text
from emergency_desk.exchange.bundle_manifest import NAME
from emergency_desk.exchange.plan_bundles import bundle_bytes, parse_bundle, read_bundle, sealed, write_bundle
from emergency_desk.exchange.tables import read_table
from emergency_desk.exchange.written_files import read_written_file
from emergency_desk.wording.refusals import sentence
from tests.domain.plan_parts import sound_plan

PLANS = Path(__file__).parents[2] / "plans"
FROZEN = Path(__file__).parents[1] / "frozen" / "1-plans.edplan"
AT = datetime(2026, 11, 29, 1, 2, 3, tzinfo=UTC)
NAME_OF_IT = "back.edplan"


def node(plan: Plan, **values: object) -> PlanNode:
    """Return one version on its way."""
    return replace(PlanNode(plan, digest_of(plan)), **values)  # type: ignore[arg-type]


def bundle(*histories: tuple[PlanNode, ...]) -> PlanBundle:
    """Return a set of plans of a desk."""
    return PlanBundle("370203", "市北区值班室", "张三", AT, histories or ((node(sound_plan()),),))


def members(content: bytes) -> dict[str, bytes]:
    """Return what the archive of a sealed file holds."""
    payload = content.partition(b"\n")[2]
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(*entries: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a well-sealed file around any archive, as somebody might make it by hand."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return sealed(whole.getvalue())


def spoilt(change: tuple[bytes, bytes], member: str = NAME) -> bytes:
    """Return a good file with words of one member changed, sealed again."""
    entries = members(bundle_bytes(bundle()))
    assert change[0] in entries[member]
    entries[member] = entries[member].replace(*change)
    return packed(*entries.items())


def reason(content: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(BadFile) as refused:
        parse_bundle(content, NAME_OF_IT)
    return str(refused.value.values["reason"])


PLAN_FILE = "plans/flood/0-1.0.yaml"


# -- there and back ---------------------------------------------------------------------------------------------------
def whole_history() -> tuple[PlanNode, ...]:
    """Return a version with its filing, and a draft that grew from it."""
    first = sound_plan()
    draft = replace(first, version="1.1", clauses=first.clauses[:-1], levels=first.levels[:-1], actions=first.actions[1:])
    matters = (MatterFinding(ReviewMatter.LAWFUL, True), MatterFinding(ReviewMatter.OTHER, False, "缺附图"))
    issued = PlanMove(id=Id(""), code="flood", plan_version="1.0", kind=MoveKind.FILED, on_date=date(2026, 5, 1), recorded_at=AT,
                      account_id=Id(""), person="李四", unit="市应急局", number="备〔2026〕3号", route=FilingRoute.SPECIAL,
                      due_on=date(2026, 6, 1), matters=matters, note="附: 两份\n第二行")
    wrote_contact = ((PartKey(PlanSection.CONTACT, "值班\x1f区水务局"), Author("赵六", "370203", AT)),)
    return (node(first, moves=(issued,)), node(draft, is_draft=True, parents=(digest_of(first),), author=Author("王五", "370203", AT),
                                               part_authors=wrote_contact))


def test_a_history_comes_back_as_it_went() -> None:
    assert parse_bundle(bundle_bytes(bundle(whole_history())), NAME_OF_IT) == bundle(whole_history())


def test_all_the_plans_that_ship_travel_in_one_file(tmp_path: Path) -> None:
    plans = [read_plan_text(path.read_text(encoding="utf-8"), path.name) for path in sorted(PLANS.glob("*.yaml"))]
    assert len(plans) == 11
    carried = bundle(*((node(plan),) for plan in plans))
    write_bundle(carried, tmp_path / "all.edplan")
    assert read_bundle(tmp_path / "all.edplan") == carried
    assert [path.name for path in tmp_path.iterdir()] == ["all.edplan"]


def test_a_file_of_the_first_format_is_read_for_ever() -> None:
    carried = read_bundle(FROZEN)
    (first, draft), = carried.plans
    assert (carried.desk_code, carried.person, first.plan.title.zh, len(first.plan.clauses)) == ("370203", "张三", "内涝预案", 5)
    assert (draft.is_draft, draft.parents, draft.author.person, first.moves[0].kind) == (True, (first.digest,), "王五", MoveKind.FILED)


def test_the_same_plans_make_the_same_file() -> None:
    assert bundle_bytes(bundle()) == bundle_bytes(bundle())


# -- damage -----------------------------------------------------------------------------------------------------------
def test_one_flipped_bit_anywhere_is_found() -> None:
    plan = sound_plan()
    small = bytearray(bundle_bytes(bundle((node(replace(plan, contacts=(), basis=(), work_groups=(), situations=(), levels=plan.levels[1:])),))))
    taken = 0
    for place in range(len(small) * 8):
        small[place // 8] ^= 1 << place % 8
        try:
            parse_bundle(bytes(small), NAME_OF_IT)
            taken += 1
        except BadFile:
            pass
        small[place // 8] ^= 1 << place % 8
    assert taken == 0


@pytest.mark.parametrize("cut", [0, 3, 40, 80, 500, -1])
def test_a_file_that_was_cut_off_is_refused(cut: int) -> None:
    assert reason(bundle_bytes(bundle())[:cut]) in ("bundle_damaged", "not_a_bundle")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"code: flood\n", "预案".encode("gb18030"), bytes(range(256)) * 40])
def test_what_is_no_plan_file_is_told_so(content: bytes) -> None:
    assert reason(content) == "not_a_bundle"


def test_a_file_with_something_behind_its_end_is_refused() -> None:
    assert reason(bundle_bytes(bundle()) + b"\0") == "bundle_damaged"


# -- what somebody made by hand ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "plans/../x.yaml", "C:\\x.yaml", "plans/flood/0-1.0.exe", "plans/flood/",
                                  "x/" * 2000, "plans/flood\\..\\..\\x.yaml", "plans/FLOOD/0-1.0.yaml"])
def test_a_member_with_any_other_name_is_refused(name: str) -> None:
    assert reason(packed(*members(bundle_bytes(bundle())).items(), (name, b"x"))) == "bundle_member"


def test_a_member_that_stands_twice_is_refused() -> None:
    entries = list(members(bundle_bytes(bundle())).items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = packed(*entries, entries[-1])
    assert reason(twice) == "bundle_twice"


def test_a_member_that_grows_when_it_is_unpacked_is_refused() -> None:
    assert reason(packed(*members(bundle_bytes(bundle())).items(), ("plans/bomb/0-1.0.yaml", b"a" * (5 << 20)))) == "bundle_too_large"


def test_a_member_that_says_less_than_it_holds_is_refused() -> None:
    bomb = ("plans/bomb/0-1.0.yaml", b"a" * (5 << 20))
    content = bytearray(packed(bomb, *members(bundle_bytes(bundle())).items()).partition(b"\n")[2])
    for place in (content.find(b"PK\x03\x04") + 22, content.find(b"PK\x01\x02") + 24):
        content[place:place + 4] = (100).to_bytes(4, "little")
    assert reason(sealed(bytes(content))) in ("bundle_damaged", "bundle_too_large")


def test_more_members_than_any_desk_has_plans_are_refused() -> None:
    many = [(f"plans/p/{number}-1.0.yaml", b"") for number in range(20_001)]
    assert reason(packed((NAME, b"format: 1\n"), *many, compression=zipfile.ZIP_STORED)) == "bundle_too_large"


@pytest.mark.parametrize(("change", "why"), [
    ((b"format: 1", b"format: 2"), "bundle_newer"), ((b"desk: 370203", b"desk: &a 370203"), "yaml_feature"),
    ((b"desk: 370203", b"desk: *a"), "yaml_feature"), ((b"person:", b"persons:"), "unknown_key"),
    ((b"state: issued", b"state: law"), "unknown_word"), ((b"0-1.0.yaml", b"0-1.1.yaml"), "bundle_list"),
    ((b"plans/flood", b"../flood"), "bundle_member"), ((b"written_at:", b"written_at: soon #"), "not_a_moment"),
    ((b"versions:", b"versions: ["), "yaml"), ((b"format: 1", b"<!DOCTYPE x [<!ENTITY a 'b'>]>"), "yaml"), ((b"format: 1\n", b"- 1\n"), "yaml"),
])
def test_a_list_of_contents_with_a_slip_is_told(change: tuple[bytes, bytes], why: str) -> None:
    assert reason(spoilt(change)) == why


def test_a_plan_with_a_slip_is_told_with_its_line() -> None:
    with pytest.raises(BadFile) as refused:
        parse_bundle(spoilt((b"clause: 3.1", b"clause: 9.9"), PLAN_FILE), NAME_OF_IT)
    assert refused.value.values["reason"] == "no_such_clause" and refused.value.values["line"] > 1


def test_a_plan_under_another_plans_name_is_refused() -> None:
    assert reason(spoilt((b"code: flood", b"code: fire"), PLAN_FILE)) == "bundle_list"


def test_a_plan_in_another_encoding_is_refused() -> None:
    assert reason(spoilt(("内涝".encode(), "内涝".encode("gb18030")), PLAN_FILE)) == "bundle_encoding"


def test_a_version_that_grew_from_itself_is_refused() -> None:
    plan = sound_plan()
    assert reason(bundle_bytes(bundle((node(plan, parents=(digest_of(plan),)),)))) == "bundle_circle"


def test_words_that_this_desk_does_not_know_are_read_all_the_same() -> None:
    plan = replace(sound_plan(), hazard_types=("volcano",), parent="elsewhere")
    assert parse_bundle(bundle_bytes(bundle((node(plan),))), NAME_OF_IT).plans[0][0].plan == plan


def test_a_sealed_file_of_a_later_program_is_told_so() -> None:
    payload = bundle_bytes(bundle()).partition(b"\n")[2]
    assert reason(sealed(payload, format_="2")) == "bundle_newer"


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        write_bundle(bundle(), tmp_path / "nowhere" / "all.edplan")


@pytest.mark.parametrize("read", [read_table, read_written_file])
def test_a_file_of_plans_under_another_ending_is_told_by_readers_of_lists_and_words(read: Callable[[Path], object], tmp_path: Path) -> None:
    file = tmp_path / "plans.csv"
    file.write_bytes(bundle_bytes(bundle()))
    with pytest.raises(BadFile) as caught:
        read(file)
    assert caught.value.values["reason"] == "plan_bundle" and "Ctrl+K" in sentence(caught.value)


def test_a_file_that_is_gone_or_a_folder_is_told_as_that(tmp_path: Path) -> None:
    told = []
    for path in (tmp_path / "gone.edplan", tmp_path):
        with pytest.raises(BadFile) as caught:
            read_bundle(path)
        told.append(caught.value.values["reason"])
    assert told == ["not_found", "unreadable"]
