"""The command line: what it prints, its exit codes, and that it never loads a window for what needs none."""

from __future__ import annotations

import io
import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app import log, paths
from emergency_desk.app.main import main
from emergency_desk.domain.plan_moves import RevisionScope
from emergency_desk.errands.plan_issuing import issue_plan
from emergency_desk.services import plan_drafts, plan_life
from emergency_desk.services.accounts import add_account
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import open_store
from tests.builders import PASSWORD, acting_as, make_desk
from tests.errands.test_walks import real_store
from tests.reports.sheets import text_of

ROOT = Path(__file__).resolve().parents[2]
WRONG_WALK = """\
format: 1
title: {zh: 偏差, en: A deviation}
given: {city: demo, date: 2026-11-05, clock: "19:00"}
steps:
  - {at: "19:31", tier: tier_city, act: call, words: 楼着火了, where: 北河区, expect: {type: gas_leak, calls: 1}}
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a demo store: the small made-up city."""
    desk = make_desk(tmp_path, name="city.store", plans=frozenset({"building_fire", "hazmat"}))
    desk.store.close()
    return Path(desk.store.path)


def said_json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


# -- areas, check, accounts -------------------------------------------------------------------------------------------
def test_areas_are_one_array_with_english_ids_and_parents(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["areas", "--store", str(store), "--json"]) == 0
    areas = {area["name"]: area for area in said_json(capsys)}
    assert areas["试城市"]["parent"] is None
    assert areas["北河区"] | {"id": 0} == {"id": 0, "code": "990101", "name": "北河区", "name_en": "", "tier": "tier_district",
                                        "parent": areas["试城市"]["id"]}
    assert areas["东台街道"]["parent"] == areas["北河区"]["id"]


def test_areas_are_a_tree_for_readers(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(store), "areas"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["试城市 9901", "  北河区 990101", "    东台街道 990101001"]


@pytest.mark.parametrize("words", [["--json", "--lang", "zh", "check"], ["check", "--json", "--lang=zh"], ["--json", "check", "--lang", "zh"]])
def test_options_stand_before_or_after_the_command(words: list[str], store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--store", str(store)]) == 0
    assert said_json(capsys)["is_sound"] is True


def test_the_store_may_be_named_by_the_environment(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.STORE_VARIABLE, str(store))
    assert main(["areas", "--json"]) == 0
    assert len(said_json(capsys)) == 6


def test_check_gives_rows_and_a_digest_for_each_table(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "--store", str(store)]) == 0
    tables = said_json(capsys)["tables"]
    assert tables["teams"]["rows"] == 13
    assert all(len(table["digest"]) == 64 for table in tables.values())


def test_check_ends_with_1_when_a_figure_was_altered_behind_the_desks_back(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_hand = open_connection(store)
    by_hand.execute("UPDATE teams SET name = '消防九站' WHERE code = 'T101'")
    by_hand.close()
    assert main(["check", "--store", str(store)]) == 1
    assert "difference" in capsys.readouterr().out
    assert main(["check", "--json", "--store", str(store)]) == 1
    assert said_json(capsys)["differences"]


def test_a_demo_store_acts_as_its_leader_and_lists_its_accounts(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accounts", "--json", "--store", str(store)]) == 0
    found = {account["name"]: account for account in said_json(capsys)}
    assert found["street"]["tier"] == "tier_street" and found["street"]["roles"] == ["duty_officer"]


def test_plans_tell_where_each_stands_and_what_is_owed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = make_desk(tmp_path, account="planner", name="plans.store")
    draft = plan_drafts.start_revision(desk, code="building_fire", version="1.0", scope=RevisionScope.MINOR).value
    acting_as(desk, "leader")
    plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    issue_plan(desk, draft_id=draft.id, number="13号")
    plan_drafts.start_revision(desk, code="hazmat", version="1.0", scope=RevisionScope.MAJOR)
    desk.store.close()
    path = str(desk.store.path)
    assert main(["plans", "--json", "--store", path]) == 0
    found = {(plan["code"], plan["version"]): plan for plan in said_json(capsys)}
    assert found["building_fire", "1.1"]["stage"] == "issued" and found["building_fire", "1.1"]["next_due"]["due"] == "filing"
    assert (found["building_fire", "1.0"]["stage"], found["building_fire", "1.0"]["replaced_by"]) == ("replaced", "1.1")
    assert found["hazmat", "2.0"]["stage"] == "draft" and found["hazmat", "2.0"]["draft_id"]
    assert found["hazmat", "1.0"]["stage"] == "model"
    assert main(["plans", "--store", path]) == 0
    assert "(building_fire)  in force  2026-12-03 Filing" in capsys.readouterr().out
    assert main(["plans", "--dues", "--store", path]) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["Filing", "Publication", "Drill", "Evaluation"]
    assert main(["plans", "--dues", "--json", "--store", path]) == 0
    assert said_json(capsys)[0] | {"is_late": 0} == {
        "code": "building_fire", "version": "1.1", "due": "filing", "due_on": "2026-12-03", "since": "2026-11-05", "is_late": 0,
        "is_provisional": False, "is_law": True}


# -- refusals ---------------------------------------------------------------------------------------------------------
def test_a_store_that_is_not_there_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["areas", "--store", str(tmp_path / "none.store")]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "none.store" in said.err
    assert not (tmp_path / "none.store").exists()


def test_a_file_that_is_no_store_is_refused_untouched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    foreign = tmp_path / "letter.store"
    foreign.write_text("Dear desk, " * 400)
    assert main(["check", "--store", str(foreign)]) == 2
    assert "not a store" in capsys.readouterr().err
    assert foreign.read_text() == "Dear desk, " * 400


@pytest.mark.parametrize("words", [["walkk"], ["report", "order"], ["walk"], ["areas", "--lang", "fr"], ["import", "teams"]])
def test_what_cannot_be_understood_is_told_and_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "--help" in capsys.readouterr().err


def test_a_real_store_wants_to_know_who_acts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accounts", "--store", str(real_store(tmp_path))]) == 2
    assert "Sign in" in capsys.readouterr().err


def test_the_password_comes_from_the_environment(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = real_store(tmp_path)
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", PASSWORD)
    assert main(["--as", "keeper", "accounts", "--json", "--store", str(path)]) == 0
    assert len(said_json(capsys)) == 9
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "guessed")
    assert main(["--as", "keeper", "accounts", "--store", str(path)]) == 2
    assert "do not match" in capsys.readouterr().err


def test_without_the_right_a_command_is_refused(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teams = tmp_path / "teams.csv"
    teams.write_text("名称,类别\n一队,professional\n", encoding="utf-8")
    assert main(["import", "teams", str(teams), "--as", "observer", "--store", str(store)]) == 2
    assert "may not" in capsys.readouterr().err


def test_a_demo_account_of_a_demo_store_needs_no_password_but_a_real_one_does(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = make_desk(store.parent, account="administrator", name="mixed.store")
    add_account(desk, name="real", display_name="真人", roles=desk.account.roles, area_id=desk.facts.area_id, password="s3cret")  # type: ignore[union-attr]
    desk.store.close()
    path = str(desk.store.path)
    assert main(["accounts", "--as", "officer", "--json", "--store", path]) == 0
    capsys.readouterr()
    assert main(["accounts", "--as", "real", "--store", path]) == 2
    assert "do not match" in capsys.readouterr().err
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "s3cret")
    assert main(["accounts", "--as", "real", "--json", "--store", path]) == 0
    assert capsys.readouterr().out


def test_a_fault_of_ours_is_logged_and_told_in_one_sentence(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, logged_warnings: list[logging.LogRecord],
) -> None:
    from emergency_desk.app import commands

    def burst(_asked: Any) -> int:
        raise ValueError("caller 13800001111 said so")

    monkeypatch.setitem(commands.COMMANDS, "areas", burst)
    assert main(["areas", "--store", str(store)]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    kept = (paths.logs() / log.NAME).read_text(encoding="utf-8")
    assert "burst" in kept and "ValueError" in kept
    assert "13800001111" not in kept
    logged_warnings.clear()


# -- copies -----------------------------------------------------------------------------------------------------------
def test_a_backup_is_put_back_and_what_it_replaces_is_kept(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--json", "--store", str(store)]) == 0
    backup = Path(said_json(capsys)["backup"])
    assert main(["walk", "--in-place", "--store", str(store), str(_write(store.parent, WRONG_WALK))]) == 1
    capsys.readouterr()
    assert main(["restore", str(backup), "--json", "--store", str(store)]) == 0
    replaced = Path(said_json(capsys)["replaced"])
    assert _rows(store, "incidents", capsys) == 0
    assert _rows(replaced, "incidents", capsys) == 1


def test_a_backup_goes_where_it_is_asked_for_and_a_look_changes_nothing(
        store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--out", str(tmp_path / "usb"), "--json", "--store", str(store)]) == 0
    backup = Path(said_json(capsys)["backup"])
    assert backup.parent == tmp_path / "usb" and backup.with_suffix(".sha256").exists()
    assert main(["walk", "--in-place", "--store", str(store), str(_write(store.parent, WRONG_WALK))]) == 1
    capsys.readouterr()
    assert main(["restore", str(backup), "--look", "--json", "--store", str(store)]) == 0
    told = said_json(capsys)
    assert told["kinship"] == "older_state" and len(told["missing_incidents"]) == 1 and told["only_looked"]
    assert _rows(store, "incidents", capsys) == 1
    assert main(["restore", str(backup), "--look", "--store", str(store)]) == 0
    assert "would be missing" in capsys.readouterr().out
    new = tmp_path / "new" / "desk.store"
    assert main(["restore", str(backup), "--json", "--store", str(new)]) == 0
    assert said_json(capsys)["replaced"] is None and _rows(new, "incidents", capsys) == 0


def test_the_black_out_pack_is_printed_from_the_command_line(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "blackout", "--out", str(tmp_path / "pack.pdf"), "--json", "--store", str(store)]) == 0
    assert said_json(capsys)["pages"] >= 3 and (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")


def test_a_damaged_backup_is_refused_and_the_store_stays(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--json", "--store", str(store)]) == 0
    backup = Path(said_json(capsys)["backup"])
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    before = store.read_bytes()
    assert main(["restore", str(backup), "--store", str(store)]) == 2
    assert "damaged" in capsys.readouterr().err
    assert store.read_bytes() == before


def test_a_store_that_somebody_holds_is_not_replaced(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = tmp_path / "copy.store"
    shutil.copyfile(store, backup)
    held = open_store(store)
    with held.reading() as reading:
        assert reading.areas.count("")
        assert main(["restore", str(backup), "--store", str(store)]) == 2
    held.close()
    assert "Another program" in capsys.readouterr().err


# -- walks, lists, papers ---------------------------------------------------------------------------------------------
def test_a_walk_on_a_scratch_copy_ends_with_its_line_and_1_at_a_deviation(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = store.read_bytes()
    assert main(["walk", str(_write(store.parent, WRONG_WALK)), "--store", str(store)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "1 steps, 1 of 2 expectations held"
    assert any(line.startswith("✗") for line in lines)
    assert any("gas_leak" in line and "building_fire" in line for line in lines)
    assert store.read_bytes() == before


def test_a_walk_tells_a_program_every_step(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = WRONG_WALK.replace("gas_leak", "building_fire")
    assert main(["walk", str(_write(store.parent, good)), "--json", "--store", str(store)]) == 0
    record = said_json(capsys)
    assert record["says"] == "1 steps, 2 expectations held"
    assert record["steps"][0] | {"expectations": []} == {
        "number": 1, "at": "2026-11-05T19:31:00+08:00", "tier": "tier_city", "account": "city", "act": "call", "name": "", "why": "",
        "is_held": True, "trouble": "", "expectations": []}


def test_in_place_a_walk_makes_no_store_that_nobody_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["walk", "building_fire", "--in-place"]) == 2
    assert "--store" in capsys.readouterr().err
    assert list(tmp_path.rglob("*.store")) == []


def test_a_walk_without_any_store_has_a_demo_city_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["walk", "collapse_no_plan"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("expectations held")
    assert list(tmp_path.rglob("*.store")) == []


def test_a_walk_with_a_slip_names_file_line_and_the_nearest_word(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["walk", str(_write(store.parent, WRONG_WALK.replace("act: call", "act: cal"))), "--store", str(store)]) == 2
    said = capsys.readouterr().err
    assert "try.yaml, line 5" in said and "\"call\"" in said


def test_the_help_of_report_lists_every_paper(capsys: pytest.CaptureFixture[str]) -> None:
    from emergency_desk.errands.papers import NAMES

    with pytest.raises(SystemExit):
        main(["report", "--help"])
    assert ",".join(NAMES) in "".join(capsys.readouterr().out.split())  # argparse breaks lines where it likes


def test_a_paper_nobody_knows_is_refused_with_those_there_are(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "ordre", "--out", str(store.parent / "x.pdf"), "--store", str(store)]) == 2
    assert "incident-report" in capsys.readouterr().err


def test_the_good_rows_of_a_list_are_taken_and_the_others_given_back(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teams = tmp_path / "teams.csv"
    rows = ("name,kind,capabilities,latitude,longitude", "一队,professional,fire_fighting,36.1,120.3", ",professional,,,", "")
    teams.write_text("\n".join(rows), encoding="utf-8")
    words = ["import", "teams", str(teams), "--json", "--store", str(store), "--bad-rows", str(tmp_path / "mend.csv")]
    assert main([*words, "--take", "none"]) == 0
    assert said_json(capsys)["taken"] == 0
    assert main(words) == 0
    assert said_json(capsys) | {"kind": ""} == {"kind": "", "good": 1, "bad": 1, "taken": 1, "bad_rows": str(tmp_path / "mend.csv"),
                                                "places_asked": [], "unplaced": 1, "ignored_columns": [], "answers_unused": []}
    assert _rows(store, "teams", capsys) == 14


def test_a_paper_is_written_in_the_language_asked_for(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["walk", "--in-place", "--store", str(store), str(_write(tmp_path, WRONG_WALK))])
    capsys.readouterr()
    out = tmp_path / "log.pdf"
    assert main(["report", "incident-log", "--out", str(out), "--lang", "en", "--json", "--store", str(store)]) == 0
    assert said_json(capsys)["pages"] == 1
    assert out.read_bytes().startswith(b"%PDF")


def test_a_paper_of_nothing_is_refused(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "order", "--out", str(tmp_path / "order.pdf"), "--store", str(store)]) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "order.pdf").exists()


@pytest.mark.parametrize(("name", "ending", "asked"), [
    ("plan", "pdf", ("--plan", "hazmat", "--version", "1.0")), ("plan", "docx", ()), ("response-cards", "pdf", ("--plan", "hazmat")),
    ("response-cards", "docx", ("--plan", "hazmat")), ("plan-contacts", "docx", ("--plan", "hazmat")),
    ("plan-contacts", "pdf", ()), ("plan-contacts", "pdf", ("--plan", "hazmat")), ("resource-survey", "docx", ()),
    ("filing-form", "pdf", ("--plan", "hazmat"))])
def test_the_papers_of_plans_are_written_by_code_version_and_ending(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, ending: str, asked: tuple[str, ...],
) -> None:
    out = tmp_path / f"paper.{ending}"
    assert main(["report", name, *asked, "--out", str(out), "--lang", "zh", "--json", "--store", str(store)]) == 0
    assert said_json(capsys)["missing_characters"] == []
    assert out.read_bytes().startswith({"pdf": b"%PDF", "docx": b"PK"}[ending])


@pytest.mark.parametrize(("asked", "words"), [
    (("plan", "--plan", "frogs"), "frogs"), (("plan", "--plan", "hazmat", "--version", "9.9"), "9.9"),
    (("plan-compare", "--plan", "hazmat"), "There is no earlier version"), (("stock", "--out", "x.docx"), "x.docx")])
def test_a_paper_of_a_plan_that_cannot_be_made_is_refused_in_words(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], words: str,
) -> None:
    out = () if "--out" in asked else ("--out", str(tmp_path / "x.pdf"))
    assert main(["report", *asked, *out, "--lang", "en", "--store", str(store)]) == 2
    assert words in capsys.readouterr().err


# -- the demo city and the whole program ------------------------------------------------------------------------------
def test_the_demo_city_is_built_once_and_anew_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "demo.store"
    assert main(["demo", "--no-window", "--store", str(path)]) == 0
    assert "was built" in capsys.readouterr().err
    first = path.read_bytes()
    assert main(["demo", "--no-window", "--store", str(path)]) == 0
    assert "already" in capsys.readouterr().err
    assert path.read_bytes() == first
    main(["walk", "building_fire", "--in-place", "--store", str(path)])
    assert capsys.readouterr().out.splitlines()[-1].endswith("expectations held")
    assert main(["demo", "--no-window", "--fresh", "--store", str(path)]) == 0
    capsys.readouterr()
    assert _rows(path, "incidents", capsys) == 0


def test_demo_never_takes_the_place_of_a_real_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = real_store(tmp_path)
    before = path.read_bytes()
    assert main(["demo", "--no-window", "--fresh", "--store", str(path)]) == 2
    assert "real desk" in capsys.readouterr().err
    assert path.read_bytes() == before


def program(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "emergency_desk", *words], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)


def test_the_program_itself_answers() -> None:
    done = program("version", "--json")
    assert done.returncode == 0
    assert set(json.loads(done.stdout)) == {"version"}


def test_a_command_without_a_window_never_loads_qt(store: Path) -> None:
    code = ("import sys; from emergency_desk.app.main import main\n"
            "for command in ('areas', 'check', 'walk collapse_no_plan --in-place', 'accounts', 'plans'):\n"
            "    main([*command.split(), '--store', sys.argv[1]])\n"
            "    loaded = [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6', 'emergency_desk.ui'))]\n"
            "    print(command, loaded, file=sys.stderr)\n")
    done = subprocess.run([sys.executable, "-c", code, str(store)], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    told = [line for line in done.stderr.splitlines() if line.endswith("]")]
    assert told == ["areas []", "check []", "walk collapse_no_plan --in-place []", "accounts []", "plans []"], done.stderr


def _write(folder: Path, text: str) -> Path:
    path = folder / "try.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _rows(path: Path, table: str, capsys: pytest.CaptureFixture[str]) -> int:
    assert main(["check", "--json", "--store", str(path)]) == 0
    return int(said_json(capsys)["tables"][table]["rows"])


# -- a desk of one's own ----------------------------------------------------------------------------------------------
def test_init_founds_a_desk_whose_account_signs_in(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "s3cret")
    path = str(tmp_path / "own.store")
    assert main(["init", "--area", "4420", "--desk-code", "ZS", "--account", "wang", "--name", "王值班", "--json", "--store", path]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["area_name"], told["tier"], told["desk_code"], told["account"]) == ("中山市", "tier_city", "ZS", "wang")
    assert main(["accounts", "--as", "wang", "--json", "--store", path]) == 0
    [account] = json.loads(capsys.readouterr().out)
    assert account["display_name"] == "王值班" and len(account["roles"]) == 7
    assert main(["check", "--store", path]) == 0


def test_init_reads_the_password_from_standard_input(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "own.store")
    monkeypatch.setattr("sys.stdin", io.StringIO("typed\n"))
    assert main(["init", "--area", "370203021", "--desk-code", "TD", "--account", "li", "--store", path]) == 0
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "typed")
    assert main(["accounts", "--as", "li", "--store", path]) == 0
    assert "台东街道" in capsys.readouterr().out


@pytest.mark.parametrize(("area", "told"), [("370299", "莱西市 370285"), ("429000", "仙桃市 429004"), ("", "Area")])
def test_init_refuses_what_is_no_area_and_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, area: str, told: str,
) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "x")
    assert main(["init", "--area", area, "--desk-code", "X1", "--account", "li", "--store", str(tmp_path / "own.store")]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_init_refuses_a_store_that_is_founded(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "x")
    assert main(["init", "--area", "3702", "--desk-code", "X1", "--account", "li", "--store", str(store)]) == 2
    assert "holds a desk already" in capsys.readouterr().err


# -- a morning without a window ---------------------------------------------------------------------------------------
LIST = """中山市应急救援队伍汇总表;;;;;;
所属镇街;队伍名称;联系电话;人数;队伍类别;保险到期;救援专长
小榄镇;小榄消防站;0760-88880001;32人;国家综合性消防救援队伍;2027年3月1日;灭火救援
三乡镇;三乡急救站;0760-88880005;12;专业;2027-03-01;医疗救护
南区街道;南区抢险队;问老王;15;专业;2027/3/1;排涝
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Return a founded Zhongshan, signed in as its first account."""
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "s3cret")
    path = str(tmp_path / "own.store")
    assert main(["init", "--area", "4420", "--account", "wang", "--store", path]) == 0
    capsys.readouterr()
    return path


def test_a_city_is_staffed_and_its_first_incident_dispatched_by_command_line(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    def told(*words: str, account: str = "wang") -> Any:
        assert main([*words, "--as", account, "--json", "--lang", "zh", "--store", own]) == 0
        return said_json(capsys)

    zone = told("areas", "add", "--name", "翠亨新区", "--alias", "翠亨")
    assert (zone["tier"], zone["code"]) == ("tier_street", "")  # beside the 23 streets, though no rule of China's knows it
    for name, roles in (("li", "duty_officer"), ("zhao", "keeper,planner")):
        monkeypatch.setenv("EMERGENCY_DESK_NEW_PASSWORD", f"{name}-word")
        told("accounts", "add", "--name", name, "--roles", roles)
    (tmp_path / "list.csv").write_bytes(LIST.encode("gb18030"))
    taken = told("import", "teams", str(tmp_path / "list.csv"))
    assert (taken["good"], taken["bad"], taken["taken"]) == (2, 1, 2)
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "li-word")
    call = told("call", "居民楼着火", "--where", "翠亨星湾路5号", "--trapped", "2", account="li")
    assert call["type"] == "building_fire" and call["orders"][0].endswith("-0001-D01")
    assert [one["name"] for one in told("accounts", account="li")] == ["li", "wang", "zhao"]
    assert main(["check", "--store", own]) == 0


@pytest.mark.parametrize(("words", "said"), [
    (["areas", "add", "--name", "新区", "--below", "无此地"], "无此地"),
    (["areas", "add", "--name", "新区", "--code", "442000001"], "石岐街道"),
    (["accounts", "add", "--name", "li", "--roles", "boss"], "duty_officer"),
    (["accounts", "add", "--name", "wang", "--roles", "keeper"], "wang"),
    (["call", "着火", "--where", "无此地"], "无此地"),
    (["call", "着火", "--where", "石岐街道", "--send", "T999"], "T999"),
])
def test_what_cannot_be_added_is_refused_with_a_reason(
    own: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_NEW_PASSWORD", "x-word")
    assert main([*words, "--as", "wang", "--store", own]) == 2
    assert said in capsys.readouterr().err


def test_whoever_may_not_keep_accounts_adds_none(own: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_NEW_PASSWORD", "li-word")
    assert main(["accounts", "add", "--name", "li", "--roles", "duty_officer", "--as", "wang", "--store", own]) == 0
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", "li-word")
    assert main(["accounts", "add", "--name", "ma", "--roles", "all", "--as", "li", "--store", own]) == 2
    assert main(["areas", "add", "--name", "新区", "--as", "li", "--store", own]) == 2
    assert main(["check", "--store", own]) == 0
def test_rows_that_say_no_place_are_told_with_the_columns_nobody_understood(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "teams.csv").write_text("队伍全称,啥地方的,队伍类型\n一队,合肥路街道,消防\n二队,合肥路街道,消防\n", encoding="utf-8")
    assert main(["import", "teams", str(tmp_path / "teams.csv"), "--store", str(store), "--lang", "en", "--take", "none"]) == 0
    told = capsys.readouterr()
    assert "2 rows say no place and are put under" in told.err and "啥地方的" in told.err
    assert "2 rows could be taken." in told.out


def test_a_written_place_is_asked_about_and_answered(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teams = tmp_path / "teams.csv"
    teams.write_text("name,所属街道\n一队,合肥璐街道\n二队,合肥璐街道\n", encoding="utf-8")
    words = ["import", "teams", str(teams), "--store", str(store), "--lang", "en"]
    assert main([*words, "--take", "none"]) == 0
    said = capsys.readouterr().err
    assert "Row 2: \"合肥璐街道\" – did you mean 合肥路街道" in said and '--answer "合肥璐街道=' in said
    assert main([*words, "--take", "none", "--answer", "合肥璐街道=合肥路街道"]) == 0
    assert "did you mean" not in capsys.readouterr().err
    assert main([*words, "--json", "--answer", "合肥璐街道="]) == 0
    told = said_json(capsys)
    assert (told["good"], told["bad"], told["taken"], told["places_asked"], told["answers_unused"]) == (0, 2, 0, [], [])
    assert main([*words, "--take", "none", "--answer", "合肥璐街=合肥路街道"]) == 0
    assert "No row writes \"合肥璐街\"" in capsys.readouterr().err
    assert main([*words, "--answer", "合肥璐街道=火星"]) == 2
    assert "火星" in capsys.readouterr().err


# -- drills -----------------------------------------------------------------------------------------------------------
def test_a_plan_s_levels_are_written_as_a_drill_that_runs_to_its_report(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path, name="real.store")
    desk.store.close()
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", PASSWORD)
    about = ["--store", str(desk.store.path), "--as", "leader", "--json"]
    drill, report = tmp_path / "forest.drill", tmp_path / "report.docx"
    assert main(["export", "drill", "--plan", "forest_fire", "--out", str(drill), *about]) == 0
    assert said_json(capsys)["injects"] > 5 and "forest_fire" in drill.read_text(encoding="utf-8")
    assert main(["check", *about]) == 0
    before = said_json(capsys)["tables"] | {"journal": None}  # which tells of the copy that was made
    assert main(["drill", "run", str(drill), "--out", str(report), *about]) == 0
    told = said_json(capsys)
    assert told["state"] == "drill_ended" and told["kept"] == told["limits"] and report.stat().st_size > 5_000
    assert main(["check", *about]) == 0
    assert said_json(capsys)["tables"] | {"journal": None} == before, "the live store is as it was"


def test_the_year_plan_is_printed_for_the_year_that_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path, name="real.store")
    desk.store.close()
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", PASSWORD)
    out = tmp_path / "year.pdf"
    assert main(["report", "drill-year", "--from", "2027-01-01", "--out", str(out), "--store", str(desk.store.path), "--as", "leader"]) == 0
    assert "2027" in "\n".join(text_of(out))
