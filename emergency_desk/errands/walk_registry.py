"""Every act, figure and refusal a walk may name, in one place: a later subject adds its own here and in the format's README."""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.walks import Walk
from emergency_desk.errands.walk_acts import CALL_ACTS, Act
from emergency_desk.errands.walk_after_acts import AFTER_ACTS
from emergency_desk.errands.walk_after_figures import AFTER_FIGURES
from emergency_desk.errands.walk_count_acts import COUNT_ACTS, COUNT_FIGURES
from emergency_desk.errands.walk_drill_acts import DRILL_ACTS, DRILL_FIGURES
from emergency_desk.errands.walk_figures import FIGURES as ROOM_FIGURES
from emergency_desk.errands.walk_figures import Figure
from emergency_desk.errands.walk_isolation_acts import ISOLATION_ACTS, ISOLATION_FIGURES
from emergency_desk.errands.walk_ladder_acts import LADDER_ACTS
from emergency_desk.errands.walk_ladder_figures import LADDER_FIGURES
from emergency_desk.errands.walk_people_acts import PEOPLE_ACTS, PEOPLE_FIGURES
from emergency_desk.errands.walk_placing_acts import PLACING_ACTS, PLACING_FIGURES
from emergency_desk.errands.walk_report_acts import REPORT_ACTS, REPORT_FIGURES
from emergency_desk.errands.walk_room_acts import ROOM_ACTS
from emergency_desk.errands.walk_shelter_acts import SHELTER_ACTS, SHELTER_FIGURES
from emergency_desk.errands.walk_stock_acts import STOCK_ACTS
from emergency_desk.errands.walk_supply_acts import SUPPLY_ACTS
from emergency_desk.errands.walk_supply_figures import SUPPLY_FIGURES
from emergency_desk.exchange.walk_files import WalkReader

__all__ = ["ACTS", "FIGURES", "figure_named", "read_walk", "refusals"]

ACTS: dict[str, Act] = {**CALL_ACTS, **ROOM_ACTS, **LADDER_ACTS, **REPORT_ACTS, **AFTER_ACTS, **STOCK_ACTS, **SUPPLY_ACTS,
                        **COUNT_ACTS, **SHELTER_ACTS, **PLACING_ACTS, **ISOLATION_ACTS, **DRILL_ACTS, **PEOPLE_ACTS}
FIGURES: tuple[Figure, ...] = (*ROOM_FIGURES, *LADDER_FIGURES, *REPORT_FIGURES, *AFTER_FIGURES, *SUPPLY_FIGURES, *COUNT_FIGURES,
                              *SHELTER_FIGURES, *PLACING_FIGURES, *ISOLATION_FIGURES, *DRILL_FIGURES, *PEOPLE_FIGURES)


def figure_named(name: str) -> tuple[Figure, str]:
    """Return the figure of a written name and what it is asked of; plain figures go before those that are asked of something."""
    found = [(figure, subject) for figure in FIGURES if (subject := figure.shape.subject(name)) is not None]
    return min(found, key=lambda one: bool(one[0].shape.is_asked_of))


def refusals() -> frozenset[str]:
    """Return the names of every refusal that a step may expect."""
    return frozenset(kind.__name__ for kind in _below(DeskError))


def read_walk(text: str, name: str) -> Walk:
    """Read a script against the registry. Raises BadFile."""
    reader = WalkReader({act: one.shape for act, one in ACTS.items()}, [figure.shape for figure in FIGURES], refusals())
    return reader.read(text, name)


def _below(kind: type[DeskError]) -> Iterator[type[DeskError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
