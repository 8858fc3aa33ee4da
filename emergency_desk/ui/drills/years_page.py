"""The same drill over the years: this one and the earlier drills of its plan side by side, first what they came to, then aspect by aspect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_scoring import kept_limits, middle
from emergency_desk.domain.ids import Id
from emergency_desk.domain.mending import closure
from emergency_desk.domain.moments import local_day
from emergency_desk.services import drill_lists
from emergency_desk.services.drill_papers import YEARS
from emergency_desk.ui.actions import Action
from emergency_desk.ui.drills import drill_lines
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import DRILL_YEARS, DRILLS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language, pgettext
from emergency_desk.wording.labels import label

_HERE = (DRILL_YEARS,)
_FRAME = 62  # of the panel without its list
MOST = 4  # drills side by side; the paper has them all
ACTIONS = (
    Action("years_print", N_("Preview the comparison over the years"), "print_years", "F9", _HERE, short=N_("print")),
    Action("years_leave", N_("Back to the drill"), "leave", "Escape", _HERE, short=N_("back")),
)


class YearsPage(LivePage):
    """Drills above, aspects below; Enter opens a drill."""

    subjects = frozenset({Subject.DRILL, Subject.FINDING})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.drill_id: Id | None = None
        self._boards: tuple[DrillBoard, ...] = ()
        self.drills = KeyedList(_columns(), {}, row_height=30, header=True)
        self.drills.setAccessibleName(_("The same drill over the years: Enter opens one"))
        self.drills.opened.connect(lambda key: place.open_drill(Id(key)))
        self.aspects = KeyedList((Column(_("Aspect"), stretch=2), *(Column(stretch=1, right=True) for _number in range(MOST))), {}, row_height=28,
                                 empty=_("No item has points yet."))
        self.aspects.setAccessibleName(_("Share of the points by aspect"))
        self.panel, self.below = Panel(_("The same drill over the years")), Panel(_("Share of the points by aspect"))
        self.panel.add_list(self.drills, 1)
        self.below.add_list(self.aspects, 1)
        fill_page(self, self.panel, self.below, shares=(3, 2))

    def show_drill(self, drill_id: Id) -> None:
        """Turn to a drill."""
        self.drill_id = drill_id
        self.forget()

    def reader(self) -> Callable[[], tuple[DrillBoard, ...]]:
        desk, drill_id = self.place.desk, self.drill_id

        def read() -> tuple[DrillBoard, ...]:
            if drill_id is None:
                return ()
            board = drill_lists.drill_board(desk, drill_id=drill_id)
            return board, *drill_lists.earlier(desk, board.drill)

        return read

    def show_read(self, answer: tuple[DrillBoard, ...]) -> None:
        self._boards = answer
        self.tick()
        self.drills.choose_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drills.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place.window.rail.mark(DRILLS)

    def tick(self) -> None:
        if not self._boards:
            return
        self.drills.show_lines([_drill_line(board) for board in self._boards])
        self.panel.setMaximumHeight(_FRAME + self.drills.height_of_lines())
        self.aspects.show_lines(list(_aspect_lines(self._boards[:MOST])))
        title = self._boards[0].plan_title.in_language(current_language()) or self._boards[0].drill.title
        only = _("{plan} · no earlier drill of it was evaluated here").format(plan=title)
        self.panel.set_head(note=title if len(self._boards) > 1 else only)

    def print_years(self) -> None:
        """Preview the comparison."""
        if self.drill_id is not None:
            self.place.preview_drill(YEARS, self.drill_id)

    def leave(self) -> None:
        """Go back."""
        if self.drill_id is not None:
            self.place.open_drill(self.drill_id)


def _columns() -> tuple[Column, ...]:
    return (Column(pgettext("drill", "Held"), width=110), Column(_("Drill"), stretch=3), Column(pgettext("drill", "Form"), width=110),
            Column(pgettext("drill", "Heads"), width=90, right=True), Column(pgettext("drill", "Word"), width=110),
            Column(pgettext("drill", "Share"), width=80, right=True), Column(_("Limits kept"), width=100, right=True),
            Column(_("Half of the acts within"), width=160, right=True), Column(_("Findings, of them verified"), width=180, right=True))


def _drill_line(board: DrillBoard) -> Line:
    drill, (kept, limited), took = board.drill, kept_limits(board.times), middle(board.times)
    word = Cell(label(drill.verdict), drill_lines.VERDICTS[drill.verdict], strong=True) if drill.verdict is not None else Cell("—")
    counted = closure(board.findings, today=local_day(drill.ended_at or drill.planned_at))
    found = _("{closed} of {total}").format(total=counted.total, closed=counted.closed) if counted.total else "0"
    held = Cell(formats.calendar_day(local_day(drill.started_at or drill.planned_at)))
    return line(drill.id, held, Cell(drill.title, strong=True, after=drill.number), Cell(label(drill.form)),
                Cell("—" if drill.counted_heads is None else formats.number(drill.counted_heads)), word,
                Cell(_share(board.assessment.share, 1)), Cell(_("{kept} of {all}").format(kept=kept, all=limited) if limited else "—"),
                Cell("—" if took is None else formats.minutes_told(took)), Cell(found))


def _aspect_lines(boards: Sequence[DrillBoard]) -> Iterator[Line]:
    days = [formats.calendar_day(local_day(board.drill.started_at or board.drill.planned_at)) for board in boards]
    spare = [Cell("")] * (MOST - len(boards))
    rows = []
    for aspect in boards[0].assessment.aspects:
        shares = [next((one.share for one in board.assessment.aspects if one.id == aspect.id), None) for board in boards]
        if any(share is not None for share in shares):
            rows.append(line(aspect.id, Cell(aspect.name.in_language(current_language())), *_against_the_one_before(shares), *spare))
    if rows:
        yield line("#days", Cell(""), *(Cell(day, Tone.SECONDARY, strong=True) for day in days), *spare)
        yield from rows


def _against_the_one_before(shares: Sequence[float | None]) -> Iterator[Cell]:
    """Yield the share of each drill; what fell against the drill before is red and says so."""
    for share, before in zip(shares, [*shares[1:], None], strict=True):
        if share is None or before is None or share == before:
            yield Cell(_share(share, 0))
        else:
            is_better = share > before
            yield Cell(f"{'↑' if is_better else '↓'} {_share(share, 0)}", Tone.GREEN if is_better else Tone.RED)


def _share(share: float | None, decimals: int) -> str:
    return "—" if share is None else f"{share:.{decimals}f} %"
