"""All drills, those under way first; below them the programme: which plan is to be drilled by when, and because of which rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_programme import ProgrammeEntry
from emergency_desk.domain.drills import Drill
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.errands import drill_scripts
from emergency_desk.services import drill_lists, drill_objects
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.drills.drill_acts import Choices, DrillActs
from emergency_desk.ui.drills.drill_lines import drill_columns, drill_line
from emergency_desk.ui.drills.programme_lines import entry_columns, entry_line, programme_words
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import DRILL_PROGRAMME, DRILLS, Workplace
from emergency_desk.wording.catalog import N_, _, current_language, ngettext

_HERE = (DRILLS,)
ACTIONS = (
    Action("drills_new", N_("Plan a drill"), "new_drill", "Ctrl+N", _HERE, short=N_("plan a drill")),
    Action("drills_script", N_("Plan a drill from a script that ships"), "from_script", "Ctrl+T", _HERE, short=N_("from a script")),
    Action("drills_levels", N_("Plan a drill from a plan's own levels"), "from_plan", "Ctrl+L", _HERE, short=N_("from a plan")),
    Action("drills_list", N_("Go to the drills"), "go_drills", "Alt+S", _HERE, short=N_("drills")),
    Action("drills_programme", N_("Go to the programme"), "go_programme", "Alt+V", _HERE, short=N_("programme")),
    Action("drills_objects", N_("The whole programme: plans, villages, schools, high-rises, units"), "open_programme", "Alt+O", _HERE,
           short=N_("whole programme")),
    Action("drills_findings", N_("What is to be mended, of drills and incidents"), "go_findings", "Alt+Z", _HERE, short=N_("rectification")),
)
_LEAST_PROGRAMME, _FRAME, _WHOLE = 250, 62, 16_777_215  # of a panel without its list; and no bound at all


@dataclass(frozen=True, slots=True)
class Read:
    """The drills and the programme as they were read, and the plans a drill may be of."""

    drills: tuple[Drill, ...]
    programme: tuple[ProgrammeEntry, ...]


def read_drills(desk: Desk) -> Read:
    """Read both. Runs on the store thread."""
    return Read(tuple(drill_lists.list_drills(desk)), drill_objects.entries(desk))


def plan_choices(desk: Desk, board: DrillBoard | None = None) -> Choices:
    """Return the plans in force a drill may be of, by code; of a drill also its own plan that was withdrawn, or another is chosen unseen."""
    language = current_language()
    found = tuple((plan.code, plan.title.in_language(language)) for plan in desk.trade.shelf.in_force)
    code = board.drill.plan_code if board is not None else ""
    if board is None or not code or any(code == one for one, _title in found):
        return found
    return *found, (code, _("{plan} (withdrawn)").format(plan=board.plan_title.in_language(language)))


class DrillsPage(LivePage):
    """Drills above, the programme below."""

    subjects = frozenset({Subject.DRILL, Subject.PLAN})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._read = Read((), ())
        self.lines = KeyedList(drill_columns(), {}, row_height=30, header=True, empty=_("No drill yet. Ctrl+N plans one."))
        self.lines.setAccessibleName(_("Drills"))
        self.lines.opened.connect(lambda key: place.open_drill(Id(key)))
        self.programme = KeyedList(entry_columns(), {}, row_height=28, header=True,
                                   empty=_("No plan in force has to be drilled by a rule of this desk."))
        self.programme.setAccessibleName(_("Programme: Enter plans a drill of the plan"))
        self.programme.opened.connect(self._plan_for)
        self.form = WideForm()
        self.acts = DrillActs(place, self.form)
        self.panel, self.below = Panel(_("Drills")), Panel(_("Programme of drills"))
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        self.below.add_list(self.programme, 1)
        self.below.setMinimumHeight(_LEAST_PROGRAMME)
        self.form.asked.connect(self._share_out)
        self.form.closed.connect(self._share_out)
        fill_page(self, self.panel, self.below, shares=(3, 2))

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk
        return lambda: read_drills(desk)

    def show_read(self, answer: Read) -> None:
        self._read = answer
        self.tick()
        self.lines.choose_first()
        self.programme.choose_first()
        if not self.programme.hasFocus() and not self.form.isVisible():
            (self.lines if answer.drills else self.programme).setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        now = self.now()
        today = local_day(now)
        self.lines.show_lines([drill_line(drill, now) for drill in self._read.drills])
        self.programme.show_lines([entry_line(one, today) for one in self._read.programme])
        self.panel.set_head(note=ngettext("{count} drill · ⏎ open", "{count} drills · ⏎ open", len(self._read.drills)).format(
            count=len(self._read.drills)) if self._read.drills else "")
        self.below.set_head(note=_("{standing} · ⏎ plan a drill").format(standing=programme_words(self._read.programme, today)))
        self._share_out()

    def _share_out(self) -> None:
        """Give the programme the room that few drills leave; while a form asks, it has the room of the programme."""
        asks = not self.form.isHidden()
        self.below.setVisible(not asks)
        self.panel.setMaximumHeight(_WHOLE if asks else _FRAME + max(self.lines.height_of_lines(), 64))

    # -- acts ----------------------------------------------------------------------------------------------------------
    def new_drill(self) -> None:
        """Ask for a new drill."""
        self.acts.design_for(plan_choices(self.place.desk), None, then=self.place.open_drill)

    def from_script(self) -> None:
        """Choose one of the drills that ship, and when it is held."""
        folder = self.place.scripts
        if folder is not None:
            self.place.ask(lambda: drill_scripts.shipped(folder), then=lambda found: self.acts.from_script(found, then=self.place.open_drill))

    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense here."""
        return action_id != "drills_script" or self.place.scripts is not None

    def from_plan(self) -> None:
        """Choose a plan in force, and up to which of its levels the event grows."""
        self.acts.from_plan(plan_choices(self.place.desk), then=self.place.open_drill)

    def open_programme(self) -> None:
        """Open the whole programme."""
        self.place.window.show_page(DRILL_PROGRAMME)

    def _plan_for(self, key: str) -> None:
        """Open the drill that is ahead, or plan one; an object is linked to it."""
        entry = next((one for one in self._read.programme if one.key == key), None)
        if entry is not None and entry.planned is not None:
            self.place.open_drill(entry.planned.id)
        else:
            self.acts.design_for(plan_choices(self.place.desk), entry, then=self.place.open_drill)

    def go_drills(self) -> None:
        """Go to the list."""
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_programme(self) -> None:
        """Go to the programme."""
        self.programme.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_findings(self) -> None:
        """Open the one list of what is to be mended."""
        self.place.window.show_page("findings")
