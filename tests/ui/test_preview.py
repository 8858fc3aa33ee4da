"""The page of a paper shows what will be printed, lets the officer fill in what is missing, and never makes anybody wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.errands.background import Background
from emergency_desk.services import dispatches, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.papers.preview import PaperPage
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.ui.workplace import PAPER, ROOM, Workplace
from tests.builders import SetClock, acting_as, make_desk
from tests.reports.sheets import closed_up, text_of
from tests.services.test_papers import SECOND_STATION, STATION, fire
from tests.ui.fitting import cut_labels, page_scroll_bars


class _Room(QWidget):
    """Stands in for the room: it only remembers which incident it was turned to."""

    shown: Id | None = None

    def show_incident(self, incident_id: Id) -> None:
        self.shown = incident_id


class Seat:
    """A window over the made-up city with a fire and two orders."""

    def __init__(self, qtbot: QtBot, folder: Path, background: Background) -> None:
        self.clock = SetClock()
        self.desk: Desk = make_desk(folder, clock=self.clock)
        self.taken = fire(self.desk, STATION, SECOND_STATION)
        self.orders: tuple[Dispatch, ...] = self.taken.orders
        self.window = MainWindow(self.clock)
        qtbot.addWidget(self.window)
        self.refused: list[DeskError] = []
        self.place = Workplace(desk=self.desk, background=background, window=self.window, fonts=paths.fonts(), papers=folder / "papers",
                               locale=paths.locale())
        self.window.add_page(PAPER, lambda: PaperPage(self.place))
        self.room = _Room()
        self.window.add_page(ROOM, lambda: self.room)
        self.window.show()
        self.window.furnish()
        qtbot.wait(10)  # what was added to a shown window is shown when the events come round

    def order(self, number: int = 0) -> PaperPage:
        """Preview one of the orders."""
        self.place.preview_order(self.orders[number].id)
        page = self.window.page
        assert isinstance(page, PaperPage)
        return page

    def stored(self, number: int = 0) -> Dispatch:
        """Return an order as the store has it."""
        with self.desk.reading() as reading:
            return reading.dispatches.get(self.orders[number].id)


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path, Background(inline=True))
    yield seat
    seat.window.close()
    seat.desk.store.close()


def preview_text(page: PaperPage) -> str:
    """Take the text out of the very file that the preview is drawn from."""
    return closed_up("".join(text_of(page.making.path)))


def write_fact(page: PaperPage, name: str, text: str) -> None:
    """Type a fact and wait for the pause after which the preview follows."""
    field = page.facts.fields[name]
    field.setText(text)
    field.textEdited.emit(text)
    page._pause.stop()
    page._typed()


def test_the_preview_is_drawn_at_the_screens_own_pixels(seat: Seat) -> None:
    page = seat.order()
    assert page.view.pages == 1
    assert page.view.is_sharp()
    assert page.sheet_panel.title.text() == "Dispatch order 990101-2026-0001-D01"
    assert page.sheet_panel.note.text() == "1 page"


def test_an_incidents_papers_are_listed_and_opened_by_the_arrows(seat: Seat, qtbot: QtBot) -> None:
    page = seat.order()
    assert [line.cells[0].text for line in page.list.lines] == ["Order D01", "Order D02", "Incident log", "Incident brief", "Call record"]
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.sheet_panel.title.text().endswith("D02")
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.sheet_panel.title.text() == "Incident log 990101-2026-0001"
    assert not page.facts_panel.isVisible()


@pytest.mark.parametrize(("name", "title"), [
    ("rescue-summary", "Summary of the rescue 990101-2026-0001"), ("findings", "Rectification list"), ("aftermath", "Aftermath 990101-2026-0001"),
    ("incident-brief", "Incident brief 990101-2026-0001"), ("due-list", "What expires")])
def test_every_kind_of_paper_is_shown_under_its_title(seat: Seat, name: str, title: str) -> None:
    seat.place.preview(name, seat.taken.incident.id)
    page = seat.window.page
    assert isinstance(page, PaperPage)
    assert page.sheet_panel.title.text() == title
    assert page.view.pages > 0


def test_what_is_typed_shows_on_the_paper_before_it_is_kept(seat: Seat) -> None:
    page = seat.order()
    write_fact(page, "muster_place", "北河路西口")
    assert "北河路西口" in preview_text(page)
    assert seat.stored().muster_place == ""
    assert page.facts_panel.note.text() == "not on the order yet"


def test_ctrl_enter_puts_it_on_the_order_with_a_line_in_the_log(seat: Seat) -> None:
    page = seat.order()
    write_fact(page, "route", "沿北河路")
    assert seat.window.acts.do("paper_facts")
    assert seat.stored().route == "沿北河路"
    assert seat.window.notices.notice is not None and "D01" in seat.window.notices.notice.text
    assert page.facts_panel.note.text() == ""
    assert not page.keep_button.isEnabled()


def test_who_agreed_and_how_may_follow(seat: Seat) -> None:
    page = seat.order()
    page.facts.approved_by.setText("李副区长")
    page.facts.approved_how.setCurrentIndex(page.facts.approved_how.findData("phone"))
    page.keep_facts()
    assert (seat.stored().approved_by, seat.stored().approved_how) == ("李副区长", "phone")


def test_what_was_typed_is_still_there_after_leaving_and_after_a_crash(seat: Seat) -> None:
    page = seat.order()
    write_fact(page, "report_to", "现场指挥部")
    page.leave()
    assert seat.room.shown == seat.taken.incident.id
    another = PaperPage(Workplace(desk=seat.desk, background=seat.place.background, window=_fresh_window(seat), fonts=paths.fonts(),
                                  papers=seat.place.papers, locale=paths.locale()))
    another.show_order(seat.orders[0].id)
    assert another.facts.typed == {"report_to": "现场指挥部"}
    another.deleteLater()


def _fresh_window(seat: Seat) -> MainWindow:
    return MainWindow(seat.clock)


def test_typing_goes_on_while_somebody_else_reports_on_the_order(seat: Seat) -> None:
    page = seat.order()
    write_fact(page, "channel", "350兆")
    seat.place.background.store(lambda: dispatches.take_receipt(seat.desk, dispatch_id=seat.orders[0].id, received_by="周队长"))
    assert page.facts.typed == {"channel": "350兆"}
    assert "周队长" in preview_text(page)


def test_the_language_is_the_papers_own_and_is_remembered_by_kind(seat: Seat) -> None:
    page = seat.order()
    assert page.languages["en"].isChecked()
    page.other_language()
    assert "2026年11月5日" in preview_text(page) or "5November2026" not in preview_text(page)
    page.show_incident_log(seat.taken.incident.id)
    assert page.languages["en"].isChecked()
    page.show_order(seat.orders[1].id)
    assert page.languages["zh_CN"].isChecked()


def test_printing_keeps_what_was_typed_and_the_very_file_that_was_printed(seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tests.errands.test_papers import fake_lp

    monkeypatch.setenv("PATH", fake_lp(tmp_path, f'cp "$4" {tmp_path}/printed.pdf'))
    page = seat.order()
    write_fact(page, "muster_place", "北河路西口")
    page.print_now()
    kept = seat.place.papers / "990101-2026-0001-D01-en.pdf"
    assert kept.read_bytes() == (tmp_path / "printed.pdf").read_bytes()
    assert "北河路西口" in closed_up("".join(text_of(kept)))
    assert seat.stored().muster_place == "北河路西口"


def test_a_machine_without_a_printer_offers_the_kept_paper(seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr("emergency_desk.ui.papers.paper_acts.open_outside", opened.append)
    monkeypatch.setenv("PATH", str(tmp_path))
    seat.order().print_now()
    notice = seat.window.notices.notice
    assert notice is not None and "no print service" in notice.text
    seat.window.notices.do_act()
    assert opened == [str(seat.place.papers / "990101-2026-0001-D01-en.pdf")]


def test_saving_writes_where_it_was_told(seat: Seat, tmp_path: Path) -> None:
    seat.order().save_to(tmp_path / "for the archive.pdf")
    assert "Dispatchorder" in closed_up("".join(text_of(tmp_path / "for the archive.pdf")))


def test_a_folder_that_takes_no_paper_is_told_in_the_notice_bar(seat: Seat, tmp_path: Path) -> None:
    seat.order().save_to(tmp_path / "nowhere" / "order.pdf")
    assert seat.window.notices.notice is not None and "folder is not there" in seat.window.notices.notice.text


def test_save_as_asks_with_the_papers_own_name(seat: Seat) -> None:
    page = seat.order()
    page.save_as()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(path).name for path in dialog.selectedFiles()] == ["990101-2026-0001-D01-en.pdf"]
    dialog.reject()


def test_opening_the_folder_keeps_the_paper_there_first(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("emergency_desk.ui.papers.paper_acts.open_outside", opened.append)
    seat.order().open_folder()
    assert opened == [str(seat.place.papers)]
    assert (seat.place.papers / "990101-2026-0001-D01-en.pdf").exists()


def test_an_observer_looks_and_prints_but_fills_in_nothing(seat: Seat) -> None:
    acting_as(seat.desk, "observer")
    page = seat.order()
    assert not any(field.isEnabled() for field in page.facts.fields.values())
    assert [line.cells[0].text for line in page.list.lines] == ["Order D01", "Order D02", "Incident log", "Incident brief"]


def test_a_recalled_order_is_shown_as_it_is(seat: Seat) -> None:
    dispatches.recall_team(seat.desk, dispatch_id=seat.orders[0].id)
    page = seat.order()
    assert not page.facts.approved_by.isEnabled()
    assert page.facts_panel.note.text() == "recalled"


def test_pages_further_down_are_drawn_when_they_come_into_sight(seat: Seat, qtbot: QtBot) -> None:
    for number in range(200):
        incidents.write_log(seat.desk, incident_id=seat.taken.incident.id, text=f"第{number}条")
    page = seat.order()
    page.show_incident_log(seat.taken.incident.id)
    assert page.view.pages > 4
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    qtbot.waitUntil(page.view.is_sharp, timeout=3000)
    assert page.view.pages - 1 in page.view.pages_in_sight


def test_the_whole_page_fits_into_sight(seat: Seat, qtbot: QtBot) -> None:
    page = seat.order()
    page.whole_or_width()
    qtbot.waitUntil(page.view.is_sharp, timeout=3000)
    assert page.view.pages_in_sight == (0,)
    assert not page.view._bar.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_the_page_fits_the_small_screen_without_scrolling(seat: Seat, qtbot: QtBot, size: tuple[int, int]) -> None:
    seat.window.resize(*size)
    page = seat.order()
    qtbot.wait(10)
    assert cut_labels(page) == []
    if size == (1366, 768):
        assert [bar for bar in page_scroll_bars(page) if bar != "QPlainTextEdit"] == []


def test_the_window_goes_on_while_a_paper_is_made_and_shows_that_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    background = Background(Deliverer().deliver)
    seat = Seat(qtbot, tmp_path, background)
    page = seat.order()
    assert page.progress.isVisible()
    assert page.sheet_panel.note.text() == "being made…"
    qtbot.waitUntil(lambda: page.view.pages == 1 and page.view.is_sharp(), timeout=20_000)
    assert not page.progress.isVisible()
    background.close()
    seat.window.close()
    seat.desk.store.close()


def test_turning_over_quickly_ends_with_the_last_paper(qtbot: QtBot, tmp_path: Path) -> None:
    background = Background(Deliverer().deliver)
    seat = Seat(qtbot, tmp_path, background)
    page = seat.order()
    seat.order(1)
    page.show_incident_log(seat.taken.incident.id)
    seat.order(1)
    qtbot.waitUntil(lambda: page.view.pages == 1 and page.view.is_sharp() and not page.making.is_busy, timeout=20_000)
    assert "990101-2026-0001-D02" in preview_text(page)
    background.close()
    seat.window.close()
    seat.desk.store.close()


_Typing = Callable[[QWidget, str], None]


def test_chinese_is_typed_into_a_fact(seat: Seat, type_chinese: _Typing) -> None:
    page = seat.order()
    field = page.facts.fields["route"]
    field.setFocus()
    type_chinese(field, "沿北河路")
    assert page.facts.typed == {"route": "沿北河路"}
