"""Papers are written whole and under their own names; the text taken back out of the PDF says what the desk knew."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.app import paths
from emergency_desk.domain.errors import NothingToPrint, PaperNotPrinted, PaperNotWritten, PaperUnknown
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.errands import papers, printing
from emergency_desk.errands.paper_pictures import draw_pages, preview_paper
from emergency_desk.errands.papers import PaperAsked
from emergency_desk.services import dispatches, incidents, library, responses
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import N_, _, speaking
from emergency_desk.wording.labels import field_label
from emergency_desk.wording.levels import SETTING
from emergency_desk.wording.refusals import sentence
from tests.builders import START, SetClock, later, make_desk
from tests.reports.sheets import closed_up, order_sheet, paper, text_of
from tests.services.test_papers import STATION, fire

LANGUAGES = ("en", "zh_CN")
OF_DUTY = ("order", "incident-log", "duty-log", "call-record")
HEADINGS = {"order": N_("Dispatch order"), "incident-log": N_("Incident log"), "duty-log": N_("Duty log"), "call-record": N_("Call record")}


def in_words(language: str, words: str) -> str:
    with speaking(language):
        return closed_up(_(words))


def printed_text(desk: Desk, name: str, out: Path, language: str = "zh_CN", **more: object) -> str:
    printed = papers.write_paper(desk, name, out=out, language=language, fonts=paths.fonts(), **more)  # type: ignore[arg-type]
    return closed_up("".join(text_of(printed.path)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OF_DUTY)
def test_every_paper_is_written_by_its_name_in_both_languages(tmp_path: Path, name: str, language: str) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    taken = fire(desk, STATION)
    clock.forward(1)
    text = printed_text(desk, name, tmp_path / "paper.pdf", language)
    assert in_words(language, HEADINGS[name]) in text
    assert taken.incident.number in text
    assert in_words(language, "Demo data: people and teams are invented.") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_tells_the_callers_words_the_known_figures_and_the_way_up_to_the_city(tmp_path: Path, language: str) -> None:
    desk = make_desk(tmp_path)
    fire(desk, STATION)
    text = printed_text(desk, "order", tmp_path / "order.pdf", language)
    with speaking(language):
        trapped = _("{figure}: {count}").format(figure=field_label("trapped"), count=2)
    for said in ("北河路12号居民楼5楼着火，有人被困", "试城市北河区东台街道北河路12号", "消防一站", "灭火救人", trapped):
        assert closed_up(said) in text


def test_a_caller_stands_on_the_call_record_and_on_no_other_paper(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fire(desk, STATION)
    found = {name: "138" in printed_text(desk, name, tmp_path / f"{name}.pdf", until_at=later(START, 60)) for name in OF_DUTY}
    assert found == {"order": False, "incident-log": False, "duty-log": False, "call-record": True}


@pytest.mark.parametrize(("kept", "level"), [("roman", "Ⅲ级"), ("chinese", "三级")])
def test_log_and_notice_write_levels_as_the_desk_is_set(tmp_path: Path, kept: str, level: str) -> None:
    desk = make_desk(tmp_path)
    incident = fire(desk, STATION).incident
    responses.activate_response(desk, incident_id=incident.id, level=Level.III, matter="火灾", expected_hours=6, measures="搜救",
                                decided_by="区长")
    library.keep_setting(desk, name=SETTING, content=kept)
    for name in ("incident-log", "duty-log", "response-notice", "incident-brief"):
        text = printed_text(desk, name, tmp_path / f"{name}.pdf", language="zh_CN", until_at=later(START, 60))
        assert level in text, name
        assert not any(word in text for word in {"Ⅲ级", "三级", "III级"} - {level})


def test_a_paper_nobody_knows_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(PaperUnknown) as refused:
        papers.write_paper(make_desk(tmp_path), "ordre", out=tmp_path / "x.pdf", language="en", fonts=paths.fonts())
    assert "order, incident-log, duty-log, call-record" in sentence(refused.value)


def test_nothing_to_print_is_told_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NothingToPrint):
        papers.write_paper(make_desk(tmp_path), "order", out=tmp_path / "x.pdf", language="en", fonts=paths.fonts())
    assert not (tmp_path / "x.pdf").exists()


# -- names and folders ------------------------------------------------------------------------------------------------
def test_a_paper_is_kept_under_its_own_name(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk, STATION)
    names = [papers.file_stem(papers.read_sheet(desk, PaperAsked(name, until_at=later(START, 60))), "zh") for name in OF_DUTY]
    number = taken.incident.number
    assert names == [f"{number}-D01", f"{number}-log", "duty-log-20261104-2031-20261105-2031", f"{number}-call-1931"]
    assert papers.file_stem(papers.read_sheet(desk, PaperAsked("order")), "en") == f"{number}-D01-en"


def test_the_same_content_is_printed_over_and_other_content_takes_the_next_name(tmp_path: Path) -> None:
    clock = SetClock()
    desk, folder, settings = make_desk(tmp_path, clock=clock), tmp_path / "papers", PaperSettings("zh_CN", paths.fonts())
    order = fire(desk, STATION).orders[0]

    def kept() -> str:
        clock.forward(1)
        return papers.keep_paper(papers.read_sheet(desk, PaperAsked("order")), folder, settings).path.name

    assert [kept(), kept()] == ["990101-2026-0001-D01.pdf"] * 2
    dispatches.detail_order(desk, dispatch_id=order.id, facts={"route": "沿北河路"})
    assert [kept(), kept()] == ["990101-2026-0001-D01-2.pdf"] * 2
    assert sorted(path.name for path in folder.iterdir()) == ["990101-2026-0001-D01-2.pdf", "990101-2026-0001-D01.pdf"]


def test_a_foreign_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "370202-2026-0017-D01.pdf").write_text("my notes")
    assert papers.keep_paper(order_sheet(), tmp_path, paper("zh_CN")).path.name == "370202-2026-0017-D01-2.pdf"
    assert (tmp_path / "370202-2026-0017-D01.pdf").read_text() == "my notes"


def test_a_folder_named_on_the_command_line_takes_the_paper_under_its_own_name(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fire(desk, STATION)
    printed = papers.write_paper(desk, "order", out=tmp_path, language="zh", fonts=paths.fonts())
    assert printed.path == tmp_path / "990101-2026-0001-D01.pdf"


# -- disks that say no ------------------------------------------------------------------------------------------------
def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PaperNotWritten) as refused:
        papers.set_paper(order_sheet(), tmp_path / "nowhere" / "order.pdf", paper())
    assert "folder is not there" in sentence(refused.value)


def test_a_file_where_the_folder_should_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("")
    with pytest.raises(PaperNotWritten) as refused:
        papers.keep_paper(order_sheet(), tmp_path / "papers", paper())
    assert str(tmp_path / "papers") in sentence(refused.value)


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "may not be written"), (errno.EIO, "another folder")])
def test_what_the_disk_says_becomes_a_sentence_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str,
) -> None:
    def refuse(_from: object, _to: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PaperNotWritten) as refused:
        papers.set_paper(order_sheet(), tmp_path / "order.pdf", paper())
    assert words in sentence(refused.value)
    assert list(tmp_path.iterdir()) == []


# -- looking and printing ---------------------------------------------------------------------------------------------
def test_a_preview_is_the_paper_itself_drawn_as_wide_as_was_asked(tmp_path: Path) -> None:
    preview = preview_paper(order_sheet(), tmp_path / "look.pdf", paper(), (0, 1), 600)
    assert preview.printed.pages == 1 and len(preview.sizes) == 1
    picture, = preview.pictures
    assert (picture.width, picture.height) in {(600, 849), (600, 848)}
    assert len(picture.pixels) == picture.width * picture.height * 4
    assert min(picture.pixels[::4]) < 60 and max(picture.pixels[::4]) == 255  # black on white


def test_later_pages_are_drawn_when_they_are_asked_for(tmp_path: Path) -> None:
    sheet = order_sheet()
    sheet = replace(sheet, dispatch=replace(sheet.dispatch, safety="防止轰燃；" * 300))
    assert preview_paper(sheet, tmp_path / "long.pdf", paper(), (0,), 300).printed.pages > 1
    assert [picture.page for picture in draw_pages(tmp_path / "long.pdf", (1,), 300)] == [1]


def fake_lp(folder: Path, *commands: str) -> str:
    program = folder / "lp"
    program.write_text("\n".join(("#!/bin/sh", *commands)) + "\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_a_printed_paper_is_kept_and_the_kept_file_goes_to_the_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", fake_lp(tmp_path, f'cp "$4" {tmp_path}/printed.pdf'))
    printed = printing.print_paper(order_sheet(), tmp_path / "papers", paper())
    assert (tmp_path / "printed.pdf").read_bytes() == printed.path.read_bytes()


def test_a_printer_that_refuses_is_told_with_where_the_paper_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", fake_lp(tmp_path, 'echo "lp: Error - No default destination available." >&2', "exit 1"))
    with pytest.raises(PaperNotPrinted) as refused:
        printing.print_paper(order_sheet(), tmp_path / "papers", paper())
    assert "No default destination available" in sentence(refused.value)
    assert "370202-2026-0017-D01-en.pdf" in sentence(refused.value)


def test_a_machine_without_a_print_service_says_where_the_paper_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PaperNotPrinted) as refused:
        printing.print_paper(order_sheet(), tmp_path / "papers", paper())
    assert "no print service" in sentence(refused.value)


def test_a_long_log_comes_whole(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk)
    for number in range(300):
        incidents.write_log(desk, incident_id=taken.incident.id, text=f"第{number}条消息")
    text = printed_text(desk, "incident-log", tmp_path / "log.pdf")
    assert all(f"第{number}条消息" in text for number in (0, 150, 299))
