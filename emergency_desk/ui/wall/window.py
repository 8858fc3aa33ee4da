"""The wall view: a second window, on the second monitor where there is one. It reads itself anew after every commit.

Everything is painted for 1920 × 1080 and scaled to the screen; no letter is smaller than 28 there, so that it is read at two metres.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QKeyEvent, QPainter, QPaintEvent

from emergency_desk.domain.changes import Subject
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.theme import Tone, colour, colours
from emergency_desk.ui.wall import facts
from emergency_desk.ui.wall.facts import Chosen, Entry, WallRead
from emergency_desk.ui.widgets.shapes import Shape, paint_shape
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language

WIDE, HIGH = 1920, 1080
LEAST, TEXT, BIG, HUGE = 28, 34, 46, 92  # letters at 1080 lines
TURN_MS = 20_000  # how long one incident stays
_EDGE, _GAP = 36, 24
_LEFT, _RIGHT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


class WallWindow(LivePage):
    """A window of its own; Esc closes it."""

    subjects = frozenset({Subject.INCIDENT, Subject.TASK, Subject.DISPATCH, Subject.TEAM, Subject.CALL, Subject.AREA, Subject.REPORT_DUE,
                          Subject.RESPONSE, Subject.COMMAND})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.setWindowTitle(place.window.titled(_("Wall view")))
        self.setWindowFlag(Qt.WindowType.Window)
        self.least_drawn = 1000  # the smallest letters that were painted, in lines of 1080
        self._read: WallRead | None = None
        self._turn = 0
        self._turning = QTimer(self)
        self._turning.setInterval(TURN_MS)
        self._turning.timeout.connect(self.turn)
        self._turning.start()
        place.window.closing.connect(self.close)

    def move_to(self, place: Workplace) -> None:
        """Go on at the new window of the desk, in its language: the old one is gone."""
        self.place = place
        self.setWindowTitle(place.window.titled(_("Wall view")))
        place.window.closing.connect(self.close)
        if self.isVisible():
            self.forget()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], WallRead]:
        desk, turn = self.place.desk, self._turn

        def read() -> WallRead:
            self.place.read_numerals()
            return facts.read_wall(desk, turn)

        return read

    def show_read(self, answer: WallRead) -> None:
        self._read = answer
        self.tick()

    def tick(self) -> None:
        self.setAccessibleDescription(" ".join(self.words()))
        self.update()

    def turn(self) -> None:
        """Show the next open incident."""
        self._turn += 1
        if self.isVisible():
            self.refresh()

    def words(self) -> list[str]:
        """Return everything that stands on the wall, for who cannot see it and for tests."""
        read = self._read
        if read is None:
            return []
        now, namer = self.now(), self.place.namer()
        told = [part for caption, figure, _tone in facts.figures(read.board, now) for part in (caption, figure)]
        told += [part for entry in facts.entries(read, namer, now) for part in (entry.grade, entry.title, entry.place, entry.level)]
        one = facts.chosen(read, namer, now)
        if one is not None:
            told += [one.title, one.place, one.grade, one.acts, one.due, *(part for pair in one.people for part in pair),
                     *(f"{words} {beside}" for words, beside, _shape, _tone in one.teams)]
        return told

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    # -- painting ------------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().ground))
        scale = min(self.width() / WIDE, self.height() / HIGH)
        painter.translate((self.width() - WIDE * scale) / 2, (self.height() - HIGH * scale) / 2)
        painter.scale(scale, scale)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self._paint_head(painter)
        if self._read is None:
            return
        now, namer = self.now(), self.place.namer()
        self._paint_figures(painter, facts.figures(self._read.board, now))
        shown = facts.entries(self._read, namer, now)
        self._paint_list(painter, shown, len(self._read.board.incidents) - len(shown))
        self._paint_chosen(painter, facts.chosen(self._read, namer, now))

    def _paint_head(self, painter: QPainter) -> None:
        desk = self.place.desk
        english = not current_language().startswith("zh")
        name = desk.facts.name_en if english and desk.facts.name_en else desk.facts.name
        clock = formats.clock_time(self.now())
        mark = self.place.window.drill_mark
        if mark:
            painter.fillRect(QRectF(0, 0, WIDE, 92), colour(Tone.ORANGE))
            self._write(painter, QRectF(_EDGE, 20, 1400, 64), f"{mark} · {name}", BIG + 6, bold=True, ink=QColor(colours().on_fill))
            self._write(painter, QRectF(1500, 20, 384, 64), clock, 56, bold=True, right=True, ink=QColor(colours().on_fill))
            return
        self._write(painter, QRectF(_EDGE, 20, 1400, 64), name, BIG, bold=True)
        self._write(painter, QRectF(1500, 20, 384, 64), clock, 56, bold=True, right=True)

    def _paint_figures(self, painter: QPainter, told: list[tuple[str, str, Tone]]) -> None:
        width = (WIDE - 2 * _EDGE - 4 * _GAP) / 5
        for at, (caption, figure, tone) in enumerate(told):
            box = QRectF(_EDGE + at * (width + _GAP), 100, width, 178)
            self._card(painter, box)
            self._write(painter, box.adjusted(22, 12, -16, -120), caption, LEAST + 2, tone=Tone.SECONDARY)
            self._write(painter, box.adjusted(22, 62, -16, -8), figure, HUGE, tone=tone, bold=True)

    def _paint_list(self, painter: QPainter, shown: list[Entry], more: int) -> None:
        box = QRectF(_EDGE, 302, 900, HIGH - 302 - _EDGE)
        self._card(painter, box)
        if not shown:
            self._write(painter, box.adjusted(28, 24, -28, -640), _("No incident is open."), BIG)
            return
        height = (box.height() - (44 if more > 0 else 8)) / facts.MOST
        for at, entry in enumerate(shown):
            self._paint_entry(painter, QRectF(box.left() + 6, box.top() + 4 + at * height, box.width() - 12, height), entry)
        if more > 0:
            self._write(painter, QRectF(box.left() + 28, box.bottom() - 42, 840, 38), facts.more_words(more), LEAST, tone=Tone.SECONDARY)

    def _paint_entry(self, painter: QPainter, row: QRectF, entry: Entry) -> None:
        if entry.is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().chosen))
            painter.drawRoundedRect(row, 10, 10)
        painter.fillRect(QRectF(row.left() + 8, row.top() + 14, 10, row.height() - 28), colour(entry.tone))
        left, half = row.adjusted(32, 8, -170, -row.height() / 2), row.adjusted(32, row.height() / 2 - 2, -16, -6)
        self._write(painter, left, entry.title, TEXT, bold=True)
        self._write(painter, row.adjusted(row.width() - 160, 8, -14, -row.height() / 2), entry.age, TEXT, right=True)
        grade = _("{grade} · {level}").format(grade=entry.grade, level=entry.level) if entry.level else entry.grade
        used = self._write(painter, half, grade, LEAST, tone=entry.tone, bold=True)
        self._write(painter, half.adjusted(used + 20, 0, 0, 0), entry.place, LEAST, tone=Tone.SECONDARY)

    def _paint_chosen(self, painter: QPainter, one: Chosen | None) -> None:
        box = QRectF(_EDGE + 900 + _GAP, 302, WIDE - 2 * _EDGE - 900 - _GAP, HIGH - 302 - _EDGE)
        self._card(painter, box)
        if one is None:
            self._write(painter, box.adjusted(28, 24, -28, -640), _("All teams are at their posts."), BIG, tone=Tone.SECONDARY)
            return
        left, width = box.left() + 28, box.width() - 56
        self._write(painter, QRectF(left, box.top() + 18, width, 60), one.title, BIG, bold=True)
        self._write(painter, QRectF(left, box.top() + 82, width, 42), one.place, LEAST, tone=Tone.SECONDARY)
        used = self._write(painter, QRectF(left, box.top() + 134, width / 2, 46), one.grade, TEXT, tone=one.tone, bold=True)
        self._write(painter, QRectF(left + used + 30, box.top() + 134, width - used - 30, 46), one.acts, LEAST)
        self._paint_people(painter, QRectF(left, box.top() + 196, width, 130), one)
        self._paint_teams(painter, QRectF(left, box.top() + 336, width, 310), one)
        self._write(painter, QRectF(left, box.bottom() - 74, width, 54), one.due, TEXT, tone=one.due_tone, bold=True)

    def _paint_people(self, painter: QPainter, box: QRectF, one: Chosen) -> None:
        if not one.people:
            self._write(painter, box.adjusted(0, 0, 0, -80), _("People harmed: to be verified"), TEXT, tone=Tone.SECONDARY)
            return
        width = box.width() / max(4, len(one.people))
        for at, (words, count) in enumerate(one.people):
            part = QRectF(box.left() + at * width, box.top(), width - 14, box.height())
            self._write(painter, part.adjusted(0, 0, 0, -90), words, LEAST, tone=Tone.SECONDARY)
            self._write(painter, part.adjusted(0, 44, 0, 0), count, 68, bold=True)

    def _paint_teams(self, painter: QPainter, box: QRectF, one: Chosen) -> None:
        if not one.teams:
            self._write(painter, box.adjusted(0, 0, 0, -260), _("No team is out."), TEXT, tone=Tone.ORANGE, bold=True)
            return
        high = min(60.0, box.height() / len(one.teams))  # seven states at most, one line each
        for at, (words, beside, shape, tone) in enumerate(one.teams):
            self._paint_team(painter, QRectF(box.left(), box.top() + at * high, box.width(), high - 4), words, beside, shape, tone)

    def _paint_team(self, painter: QPainter, part: QRectF, words: str, beside: str, shape: Shape, tone: Tone) -> None:
        paint_shape(painter, shape, QRectF(part.left() + 2, part.center().y() - 14, 28, 28), colour(tone))
        self._write(painter, part.adjusted(46, 0, -300, 0), words, TEXT)
        self._write(painter, part.adjusted(part.width() - 290, 0, 0, 0), beside, TEXT, tone=tone, bold=True, right=True)

    def _card(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QColor(colours().line))
        painter.setBrush(QColor(colours().panel))
        painter.drawRoundedRect(box, 12, 12)

    def _write(self, painter: QPainter, box: QRectF, text: str, size: int, *, tone: Tone = Tone.TEXT, bold: bool = False,
               right: bool = False, ink: QColor | None = None) -> float:
        """Write one line, cut where the box ends; return how wide it became."""
        self.least_drawn = min(self.least_drawn, size)
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(ink or colour(tone))
        measured = QFontMetricsF(font)
        cut = measured.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int((_RIGHT if right else _LEFT) | _MIDDLE | Qt.TextFlag.TextSingleLine), cut)
        return measured.horizontalAdvance(cut)


def open_wall(place: Workplace) -> WallWindow:
    """Open the wall on a monitor that the desk does not use, full; with one monitor only, as a window beside it."""
    wall = WallWindow(place)
    own = place.window.screen()
    others = [screen for screen in QGuiApplication.screens() if screen is not own]
    if others:
        wall.setGeometry(others[0].geometry())
        wall.showFullScreen()
    else:
        wall.resize(1280, 720)
        wall.show()
    return wall
