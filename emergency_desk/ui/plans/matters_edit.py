"""The six matters of a review (Art. 24): each is ticked, or says what it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from emergency_desk.domain.plan_moves import MatterFinding, ReviewMatter
from emergency_desk.ui.incidents.inline_form import Ask, Compound
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label, short_label


class MattersEdit(Compound):
    """A row for each matter: tick it, or write beside it what it lacks."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self.ticks: dict[ReviewMatter, TickBox] = {}
        self.remarks: dict[ReviewMatter, QLineEdit] = {}
        for row, matter in enumerate(ReviewMatter):
            tick, remark = TickBox(short_label(matter)), QLineEdit()
            tick.setToolTip(label(matter))
            tick.setAccessibleName(label(matter))
            remark.setAccessibleName(_("What is lacking: {matter}").format(matter=label(matter)))
            remark.setPlaceholderText(_("what it lacks"))
            tick.toggled.connect(lambda met, field=remark: field.setDisabled(met))
            grid.addWidget(tick, row, 0)
            grid.addWidget(remark, row, 1)
            self.ticks[matter], self.remarks[matter] = tick, remark
        self.setFocusProxy(next(iter(self.ticks.values())))

    @property
    def parts(self) -> tuple[QWidget, ...]:
        return tuple(part for matter in ReviewMatter for part in (self.ticks[matter], self.remarks[matter]))

    def told(self, name: str) -> dict[str, str]:
        return {f"{name}_{matter}": "" if tick.isChecked() else self.remarks[matter].text().strip() or "?" for matter, tick in self.ticks.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMatters(Ask):
    """The six matters; the answers stand under "name_matter": empty for met, "?" where nothing was said."""

    def editor(self) -> QWidget:
        """Return the rows."""
        return MattersEdit()


def matters_of(answers: dict[str, str], name: str) -> tuple[MatterFinding, ...]:
    """Return what was answered; a matter nobody answered is left out."""
    found = [(matter, answers[f"{name}_{matter}"]) for matter in ReviewMatter]
    return tuple(MatterFinding(matter, not remark, remark) for matter, remark in found if remark != "?")
