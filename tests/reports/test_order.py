"""The dispatch order says everything R-4.5 asks for, on one page, and invents nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.ids import Id
from emergency_desk.domain.texts import Text
from emergency_desk.reports import order
from emergency_desk.wording.catalog import _, speaking
from tests.reports.sheets import IMPRINT, closed_up, dispatch, incident, minutes, order_sheet, paper, text_of

LANGUAGES = ("en", "zh_CN")
FACTS_OF_AN_ORDER = ("order_number", "task", "muster_place", "report_to", "route", "equipment", "channel", "safety", "approved_by")


def printed_text(tmp_path: Path, language: str = "en", **changes: object) -> list[str]:
    path = tmp_path / "order.pdf"
    order.write(order_sheet(**changes), path, paper(language))
    return [closed_up(page) for page in text_of(path)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FACTS_OF_AN_ORDER)
def test_an_order_says_every_fact_it_has(tmp_path: Path, language: str, name: str) -> None:
    text = printed_text(tmp_path, language)[0]
    assert closed_up(getattr(dispatch(), name)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_names_event_signer_team_and_times(tmp_path: Path, language: str) -> None:
    text = printed_text(tmp_path, language)[0]
    sheet = order_sheet()
    for said in (sheet.incident.title, sheet.incident.number, sheet.incident.address, sheet.situation, sheet.desk_phone,
                 sheet.signed_by.in_language(language), sheet.team_name.in_language(language), sheet.imprint.desk.in_language(language)):
        assert closed_up(said) in text
    assert "2026-11-2420:30" in text  # issued: 12:30 UTC is 20:30 at the desk
    assert "2026-11-2420:29" in text  # agreed
    assert "20:35" in text  # the receipt is due


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_its_name_in_the_papers_language(tmp_path: Path, language: str) -> None:
    text = printed_text(tmp_path, language)[0]
    with speaking(language):
        names = [_("Dispatch order"), _("Incident"), _("Place"), _("Situation"), _("Muster at"), _("Report to"), _("Route"),
                 _("Bring along"), _("Radio channel"), _("Safety"), _("Issued by"), _("Agreed by"), _("Issued at"), _("Received at"),
                 _("Received by"), _("Answered by")]
    assert [name for name in names if closed_up(name) not in text] == []


def test_an_ordinary_order_fits_one_page_in_both_languages(tmp_path: Path) -> None:
    for language in LANGUAGES:
        assert order.write(order_sheet(), tmp_path / "order.pdf", paper(language)).pages == 1


def test_a_fact_nobody_has_is_a_line_to_fill_by_hand(tmp_path: Path) -> None:
    bare = Dispatch(Id("d" * 32), "370202-2026-0017-D01", Id("a" * 32), Id("c" * 32), "", minutes(4), minutes(9), Id("e" * 32))
    text = printed_text(tmp_path, dispatch=bare, situation="", desk_phone="", signed_by=Text(""))[0]
    assert text.count("_" * 30) >= 8  # task, situation, muster, report to, route, equipment, channel, safety
    assert "None" not in text


def test_an_order_without_a_written_task_names_what_the_team_was_chosen_for(tmp_path: Path) -> None:
    serves = Text("灭火", "Fire fighting")
    assert "Task:Firefighting" in printed_text(tmp_path, dispatch=dispatch(task=""), serves=serves)[0]
    assert "Firefighting" not in printed_text(tmp_path, serves=serves)[0]


def test_a_receipt_that_came_is_printed_on_the_slip(tmp_path: Path) -> None:
    answered = dispatch(receipt_at=minutes(6), receipt_by="周队长", receipt_how="radio")
    text = printed_text(tmp_path, dispatch=answered)[0]
    assert "2026-11-2420:32" in text
    assert "周队长" in text
    assert "byradio" in text


def test_long_content_flows_on_with_its_heading_and_keeps_slip_and_signature_together(tmp_path: Path) -> None:
    pages = printed_text(tmp_path, dispatch=dispatch(safety="注意风向变化，防止轰燃；" * 50))
    assert len(pages) == 2
    assert "370202-2026-0017-D01(continued)" in pages[1]
    assert "Safety" in pages[1]
    assert "".join(pages).count("注意风向变化") == 50
    assert "Issuedby" in pages[1] and "Receivedby" in pages[1] and "Receivedby" not in pages[0]
    assert "—1—" in pages[0] and "—2—" in pages[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marked", ("imprint", "incident"))
def test_a_drill_is_marked_on_every_page(tmp_path: Path, language: str, marked: str) -> None:
    changes = {"imprint": replace(IMPRINT, is_exercise=True)} if marked == "imprint" else {"incident": incident(is_exercise=True)}
    pages = printed_text(tmp_path, language, dispatch=dispatch(safety="防止轰燃；" * 300), **changes)
    assert len(pages) > 1
    assert all("演练" in page and "DRILL" in page for page in pages)


def test_an_order_in_earnest_bears_no_mark_of_a_drill(tmp_path: Path) -> None:
    text = printed_text(tmp_path)[0]
    assert "演练" not in text and "DRILL" not in text and "Demodata" not in text


def test_a_demo_order_says_that_its_people_are_invented(tmp_path: Path) -> None:
    assert "Demodata" in printed_text(tmp_path, imprint=replace(IMPRINT, is_demo=True))[0]


def test_a_rare_character_comes_from_another_font_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    printed = order.write(order_sheet(dispatch=dispatch(report_to="䶮村口，\U00020bb7家店旁 \U0001f692")), path, paper())
    text = closed_up(text_of(path)[0])
    assert printed.missing_characters == ("\U00020bb7", "\U0001f692")
    assert "䶮村口，〓家店旁〓" in text


def test_unseen_characters_of_a_pasted_text_leave_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    printed = order.write(order_sheet(dispatch=dispatch(route="闽江路\u200b—\ufeff南京路\ufe0f\x00\r\n香港中路\t北侧")), path, paper())
    assert printed.missing_characters == ()
    assert "闽江路—南京路香港中路北侧" in closed_up(text_of(path)[0])


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    order.write(order_sheet(), first, paper())
    order.write(order_sheet(), second, paper())
    assert first.read_bytes() == second.read_bytes()


def test_the_file_names_title_and_desk_and_nothing_of_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    order.write(order_sheet(), path, replace(paper(), invariant=False))
    with pypdfium2.PdfDocument(str(path)) as document:
        told = document.get_metadata_dict()
    assert told["Title"] == "Dispatch order 370202-2026-0017-D01"
    assert told["Author"] == "Shinan District Emergency Command Centre"
    assert str(tmp_path).encode() not in path.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["order.pdf"]


def test_all_fonts_are_embedded(tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    order.write(order_sheet(), path, paper("zh_CN"))
    assert b"/Helvetica" not in path.read_bytes()


def test_a_paper_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "order.pdf"
    target.mkdir()  # a folder stands where the file should go
    with pytest.raises(OSError):
        order.write(order_sheet(), target, paper())
    assert [file.name for file in tmp_path.iterdir()] == ["order.pdf"]


def test_papers_of_two_languages_do_not_disturb_each_other(tmp_path: Path) -> None:
    printed_text(tmp_path, "zh_CN")
    assert "Dispatchorder" in printed_text(tmp_path, "en")[0]
    assert _("Dispatch order") == "Dispatch order"
