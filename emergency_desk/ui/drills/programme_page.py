"""The whole programme of drills: plans and objects in one list, the earliest due first, each with the rule it rests on and the drill ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.drill_objects import DrillObject, ObjectKind, kept_on
from emergency_desk.domain.drill_programme import ProgrammeEntry
from emergency_desk.domain.errors import DeskError, FieldMissing, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.services import drill_objects, plan_life
from emergency_desk.services.areas import find_in
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.drills.drill_acts import Choices, DrillActs
from emergency_desk.ui.drills.drills_page import plan_choices
from emergency_desk.ui.drills.programme_lines import entry_columns, entry_line, programme_words
from emergency_desk.ui.incidents.call_telling import candidates
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskPlace, AskSeveral
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import DRILL_PROGRAMME, DRILLS, Workplace
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.labels import field_label, label

_HERE = (DRILL_PROGRAMME,)
ACTIONS = (
    Action("programme_object", N_("Enter an object: a village, a school, a high-rise, a unit"), "add_object", "Ctrl+N", _HERE,
           short=N_("object")),
    Action("programme_filter", N_("Filter the programme"), "go_filter", "Ctrl+F", _HERE, short=N_("filter")),
    Action("programme_print", N_("Preview the year plan of drills"), "print_year", "F9", _HERE, short=N_("year plan")),
    Action("programme_print_next", N_("Preview next year's plan of drills"), "print_next_year", "Alt+J", _HERE, short=N_("next year")),
    Action("programme_leave", N_("Back to the drills"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class Read:
    """The entries as they were read, and the objects by id."""

    entries: tuple[ProgrammeEntry, ...] = ()
    objects: Mapping[Id, DrillObject] | None = None


def read_programme(desk: Desk) -> Read:
    """Read both. Runs on the store thread."""
    return Read(drill_objects.entries(desk), {line.object.id: line.object for line in drill_objects.programme(desk)})


class ProgrammePage(LivePage):
    """The list with its filter and form."""

    subjects = frozenset({Subject.DRILL, Subject.PLAN})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._read = Read()
        self.lines = KeyedList(entry_columns(), {Qt.Key.Key_E: "edit", Qt.Key.Key_D: "drilled", Qt.Key.Key_R: "retire"}, row_height=30,
                               header=True,
                               empty=_("No plan in force has to be drilled by a rule of this desk. Ctrl+N enters a village, a school, a unit."))
        self.lines.setAccessibleName(_("Programme: Enter plans a drill, D notes one held elsewhere, E changes an object, R puts it away"))
        self.lines.opened.connect(self._plan)
        self.lines.key_pressed.connect(lambda name, key: self._on(key, name))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by name, kind or law"))
        self.filter.setAccessibleName(_("Filter"))
        self.filter.textChanged.connect(lambda _text: self.tick())
        self.filter.returnPressed.connect(lambda: self.lines.setFocus(Qt.FocusReason.OtherFocusReason))
        self.form = WideForm()
        self.acts, self._work = DrillActs(place, self.form), RoomWork(place)
        self.panel = Panel(_("Programme of drills"))
        self.panel.body.addWidget(self.filter)
        self.panel.add_list(self.lines, 1)
        self.letters = ElidedLabel(_("⏎ plan a drill · D drilled elsewhere · E change · R put away"), tone=Tone.SECONDARY, size="small")
        self.panel.body.addWidget(self.letters)
        self.panel.body.addWidget(self.form)
        self.form.asked.connect(self.letters.hide)
        self.form.closed.connect(self.letters.show)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk
        return lambda: read_programme(desk)

    def show_read(self, answer: Read) -> None:
        self._read = answer
        self.tick()
        self.lines.choose_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place.window.rail.mark(DRILLS)

    def tick(self) -> None:
        today = local_day(self.now())
        shown = [(one, entry_line(one, today)) for one in self._read.entries]
        words = self.filter.text().casefold().split()
        self.lines.show_lines([line for _one, line in shown if all(
            word in " ".join(f"{cell.text} {cell.after} {cell.below}" for cell in line.cells).casefold() for word in words)])
        counted = kept_on([one.due_on for one in self._read.entries], day=today)
        share = "—" if counted.share is None else f"{100 * counted.share:.1f} %"
        self.panel.set_head(note=_("{standing} · inside their term: {kept} of {all} ({share})").format(
            standing=programme_words(self._read.entries, today), kept=counted.total - counted.late, all=counted.total, share=share))

    # -- acts ----------------------------------------------------------------------------------------------------------
    def add_object(self) -> None:
        """Ask for a new object."""
        self._ask_object(None)

    def go_filter(self) -> None:
        """Go to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def print_year(self) -> None:
        """Preview the year plan."""
        self.place.print_register("drill-year")

    def print_next_year(self) -> None:
        """Preview the plan of the year to come, which is written before this one ends."""
        self.place.print_register("drill-year", number=str(local_day(self.now()).year + 1))

    def leave(self) -> None:
        """Go back; a filter goes first."""
        if self.filter.text():
            self.filter.clear()
        else:
            self.place.window.show_page(DRILLS)

    def _entry(self, key: str) -> ProgrammeEntry | None:
        return next((one for one in self._read.entries if one.key == key), None)

    def _object(self, key: str) -> DrillObject | None:
        entry = self._entry(key)
        return (self._read.objects or {}).get(entry.object_id) if entry is not None and entry.object_id is not None else None

    def _plan(self, key: str) -> None:
        entry = self._entry(key)
        if entry is None:
            return
        if entry.planned is not None:
            self.place.open_drill(entry.planned.id)
            return
        self.acts.design_for(plan_choices(self.place.desk), entry, then=self.place.open_drill)

    def _on(self, key: str, name: str) -> None:
        one, entry = self._object(key), self._entry(key)
        if one is None and entry is not None and name == "drilled":
            self._ask_plan_drilled(entry)
        elif one is None:
            self.place.window.notices.refuse(_("E and R are for objects; a plan is changed and withdrawn on the shelf of plans."))
        elif name == "edit":
            self._ask_object(one)
        elif name == "drilled":
            self._ask_drilled(one)
        else:
            self._retire(one)

    def _retire(self, one: DrillObject) -> None:
        desk = self.place.desk

        def undo() -> None:
            self.place.ask(lambda: drill_objects.set_object_retired(desk, object_id=one.id, is_retired=False))

        self.place.ask(lambda: drill_objects.set_object_retired(desk, object_id=one.id, is_retired=True),
                       then=lambda _done: self.place.window.notices.done(_("{name} is out of the programme.").format(name=one.name), undo))

    def _ask_plan_drilled(self, entry: ProgrammeEntry) -> None:
        desk = self.place.desk

        def keep(answers: Answers) -> None:
            day = as_day(answers["on_date"])
            version = next((one.version for one in desk.trade.shelf.in_force if one.code == entry.plan_code), "")
            self._work.do(lambda: plan_life.drill(desk, code=entry.plan_code, version=version, note=answers["note"], on_date=day), form=self.form)

        self._ask_when(_("{name} was drilled elsewhere").format(name=entry.name.in_language(current_language())), keep)

    def _ask_drilled(self, one: DrillObject) -> None:
        def keep(answers: Answers) -> None:
            day = as_day(answers["on_date"])
            self._work.do(lambda: drill_objects.note_object_drilled(self.place.desk, object_id=one.id, on_date=day, note=answers["note"]),
                          form=self.form)

        self._ask_when(_("{name} held a drill by itself").format(name=one.name), keep)

    def _ask_when(self, title: str, keep: Callable[[Answers], object]) -> None:
        fields = (Ask(name="on_date", label=field_label("on_date"), hint="2026-11-28"),
                  Ask(name="note", label=field_label("note"), hint=_("what was drilled, who reported it"), span=9))
        self.form.ask(title, fields, _("Note it"), lambda answers: self._read_form(keep, answers))

    def _ask_object(self, one: DrillObject | None) -> None:
        desk = self.place.desk
        area = desk.tree.by_id.get(one.area_id) if one is not None and one.area_id is not None else None
        plans: Choices = (("", _("no plan")), *plan_choices(desk))
        fields = (
            Ask(name="name", label=field_label("name"), value=one.name if one else "", span=6),
            AskPlace(name="area_id", label=_("Area"), candidates=self._areas, area=(area.id, area.name, area.name) if area else None, span=6),
            AskSeveral(name="object_kinds", label=field_label("object_kinds"), choices=tuple((kind.value, label(kind)) for kind in ObjectKind),
                       value=" ".join(one.kinds) if one else "", is_long=True, columns=3),
            AskChoice(name="plan_code", label=field_label("plan_code"), choices=plans, value=one.plan_code if one else "", span=6),
            Ask(name="contact", label=_("Office to ring"), value=one.contact if one else "", span=3),
            Ask(name="note", label=field_label("note"), value=one.note if one else "", span=3))

        def keep(answers: Answers) -> None:
            base = one or DrillObject(id=Id(""), name="", kinds=(), entered_on=local_day(self.now()))
            made = replace(base, name=answers["name"], kinds=tuple(map(ObjectKind, answers["object_kinds"].split())),
                           area_id=Id(answers["area_id"]) if answers["area_id"] else None, plan_code=answers["plan_code"],
                           contact=answers["contact"], note=answers["note"])
            self._work.do(lambda: drill_objects.keep_object(desk, one=made), form=self.form)

        title = _("An object of the programme") if one is None else _("Change {name}").format(name=one.name)
        note = _("Of the terms that bind it, of the nation, the province and the city, the stricter counts.")
        self.form.ask(title, fields, _("Keep"), keep, note=note)

    def _areas(self, text: str) -> list[Candidate]:
        desk = self.place.desk
        return candidates(find_in(desk.tree, text=text, below=desk.area_id), text, current_language())

    def _read_form(self, keep: Callable[[Answers], object], answers: Answers) -> None:
        try:
            keep(answers)
        except DeskError as error:
            self.form.refused(error)


def as_day(typed: str) -> date:
    """Read "2026-11-28". Raises FieldMissing, FieldUnreadable."""
    if not typed.strip():
        raise FieldMissing(name="on_date")
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise FieldUnreadable(name="on_date", typed=typed, expected="2026-11-28") from None
