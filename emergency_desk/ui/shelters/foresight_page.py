"""What the shelters that run face: full in how long, water, food, blankets, meals; what lacks and from where it could come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, FieldMissing, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_foresight import UseKind
from emergency_desk.domain.supply_requests import SupplyRequest
from emergency_desk.services import shelter_foresight
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.shelter_foresight import Foresight, ShelterOutlook, Whence
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskPlace, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.shelters import foresight_words as words
from emergency_desk.ui.shelters.count_chart import CountChart
from emergency_desk.ui.supplies.stock_acts import StockActs, StockGround, read_ground
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import FORESIGHT, Workplace
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import field_label, label

_HERE = (FORESIGHT,)
_SIDE = 370
ACTIONS = (
    Action("foresight_ask", N_("Ask for what lacks here"), "next_act", "Ctrl+Return", _HERE, short=N_("ask for it")),
    Action("foresight_use", N_("What one person uses…"), "ask_use", "Ctrl+N", _HERE, short=N_("use per head")),
    Action("foresight_requests", N_("Requests for supplies, and what is on its way…"), "go_requests", "Alt+R", _HERE, short=N_("requests")),
    Action("foresight_shelters", N_("Go to the shelters"), "go_shelters", "Alt+S", _HERE, in_bar=False),
    Action("foresight_uses", N_("Go to what one person uses"), "go_uses", "Alt+H", _HERE, in_bar=False),
    Action("foresight_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
Read = tuple[Foresight, StockGround]


def read_foresight(desk: Desk) -> Read:
    """Read what shelters face. Runs on the store thread."""
    return shelter_foresight.look_ahead(desk), read_ground(desk)


class ForesightPage(LivePage):
    """Shelters at the left, one looked at below and at the right."""

    subjects = frozenset({Subject.SHELTER, Subject.STAY, Subject.SITE, Subject.STOCK, Subject.SUPPLY, Subject.SUPPLY_REQUEST, Subject.RELEASE,
                          Subject.SETTING})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.found: Foresight | None = None
        self._whence: tuple[Id, Whence] | None = None
        self.lines = KeyedList(words.outlook_columns(), {Qt.Key.Key_N: "ask"}, row_height=28, header=True,
                               empty=_("No shelter runs, so there is nothing to foresee."))
        self.lines.setAccessibleName(_("What shelters face: Enter or N asks for what lacks"))
        self.detail = LinesList((Column(stretch=1, wrap=True),), row_height=26, marks_current=False)
        self.detail.setAccessibleName(_("All about the shelter"))
        self.lacks = LinesList((Column(stretch=1, wrap=True),), row_height=26, marks_current=False,
                               empty=_("Nothing lacks for 24 hours by what is set."))
        self.lacks.setAccessibleName(_("What lacks"))
        self.uses = KeyedList((Column(stretch=3), Column(stretch=2, right=True)), {Qt.Key.Key_Delete: "forget", Qt.Key.Key_X: "forget"},
                              row_height=26, empty=_("Nobody has said yet what one person uses of which item. Ctrl+N does it."))
        self.uses.setAccessibleName(_("What one person uses: Enter change, X or Delete no longer"))
        self.chart = CountChart()
        self.form = InlineForm(in_a_row=3)
        self._work = RoomWork(place)
        self.acts = StockActs(place, self.form)
        self.ask_button = KeyButton(_("Ask for what lacks here"), "Ctrl+Return", filled=True)
        self._lay_out()
        self.lines.chosen.connect(lambda _key: self._show_one())
        self.lines.opened.connect(lambda _key: self.next_act())
        self.lines.key_pressed.connect(lambda _name, _key: self.next_act())
        self.uses.opened.connect(lambda _key: self.ask_use(self._use_key()))
        self.uses.key_pressed.connect(lambda _name, _key: self._forget_use())
        self.ask_button.clicked.connect(self.next_act)

    def _lay_out(self) -> None:
        self.above, self.below, self.asked = Panel(_("Shelter outlook")), Panel(), Panel(_("Lacks for 24 hours"))
        self.used = Panel(_("What one person uses"))
        self.above.add_list(self.lines, 1)
        self.above.body.addWidget(self.form)
        self.below.body.addWidget(self.chart, 3)
        self.below.add_list(self.detail, 1)
        self.asked.add_list(self.lacks, 1)
        self.used.add_list(self.uses, 1)
        across, left, right = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        for layout in (across, left, right):
            layout.setSpacing(GAP)
        left.addWidget(self.above, 5)
        left.addWidget(self.below, 5)
        right.addWidget(self.asked, 5)
        right.addWidget(self.used, 3)
        right.addWidget(self.ask_button)
        for panel in (self.asked, self.used):
            panel.setFixedWidth(_SIDE)
        across.addLayout(left, 1)
        across.addLayout(right)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk
        return lambda: read_foresight(desk)

    def show_read(self, answer: Read) -> None:
        self.found, self.acts.ground = answer
        self._whence = None
        self.tick()
        self.lines.choose_first()
        self.uses.show_lines([words.use_line(use, self.found.items[use.item_id]) for use in self.found.uses])
        self.uses.choose_first()
        self.used.set_head(note=_("⏎ change · X no longer") if self.found.uses else "")
        self._show_one()
        if not any(part.hasFocus() for part in (self.lines, self.uses)) and not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        if self.found is not None:
            now = self.now()
            self.lines.show_lines([words.outlook_line(one, now) for one in self.found.shelters])

    @property
    def chosen(self) -> ShelterOutlook | None:
        """The shelter of the current line."""
        some = self.found.shelters if self.found is not None else ()
        return next((one for one in some if one.site.id == self.lines.current_key), None)

    def _show_one(self) -> None:
        one, found = self.chosen, self.found
        self.ask_button.setEnabled(one is not None and bool(one.lacks))
        self.chart.show_outlook(one, self.now())
        if one is None or found is None:
            self.detail.show_lines(())
            self.lacks.show_lines(())
            return
        self.below.set_head(in_words(one.site.name, one.site.name_en))
        self.detail.show_lines(list(words.detail_lines(found, one, self.place.desk.trade.foresight.least_counts)))
        self._show_lacks(found, one)
        if one.lacks and (self._whence is None or self._whence[0] != one.site.id):
            desk = self.place.desk
            self.place.ask(lambda: shelter_foresight.from_where(desk, one=one), then=lambda whence: self._take_whence(one, whence))

    def _take_whence(self, one: ShelterOutlook, whence: Whence) -> None:
        self._whence = (one.site.id, whence)
        if self.found is not None and self.chosen is one:
            self._show_lacks(self.found, one)

    def _show_lacks(self, found: Foresight, one: ShelterOutlook) -> None:
        whence = self._whence[1] if self._whence is not None and self._whence[0] == one.site.id else None
        self.lacks.show_lines(list(words.lack_lines(found, one, whence)))

    # -- acts ----------------------------------------------------------------------------------------------------------
    def next_act(self) -> None:
        """Ask the tier above for what lacks at the shelter."""
        one, desk = self.chosen, self.place.desk
        if one is None or not one.lacks:
            self._work.tell(_("Nothing lacks there that was not asked for already.") if one is not None and one.asked else
                            _("Nothing lacks there for 24 hours by what is set."))
            return

        def told(done: Done[SupplyRequest]) -> None:
            self.place.window.notices.done(_("{number} asks for what lacks at {shelter}.").format(
                number=done.value.number, shelter=in_words(one.site.name, one.site.name_en)))

        self._work.do(lambda: shelter_foresight.ask_for_lacks(desk, shelter_id=one.site.id), then=told)

    def _use_key(self) -> str:
        return self.uses.current_key

    def ask_use(self, item_id: str = "") -> None:
        """Ask what one person uses of an item."""
        desk = self.place.desk
        before = next((use for use in self.found.uses if use.item_id == item_id), None) if self.found is not None else None
        item = self.acts.ground.item(item_id)

        def do(answers: Answers) -> None:
            chosen = before.item_id if before is not None else Id(answers["item_id"])
            if not chosen:
                self.form.refused(FieldMissing(name="item_id"))
                return
            try:
                hundredths = as_hundredths(answers["per_head"])
            except DeskError as error:
                self.form.refused(error)
                return
            self._work.do(lambda: shelter_foresight.keep_use(desk, item_id=chosen, kind=UseKind(answers["kind"]), hundredths=hundredths),
                          form=self.form)

        named = () if before is not None else (AskPlace(name="item_id", label=field_label("item"), candidates=self.acts.find_items),)
        fields = (*named, AskChoice(name="kind", label=_("Counts as"), choices=[(kind.value, label(kind)) for kind in UseKind],
                                    value=(before.kind if before is not None else UseKind.WATER).value),
                  Ask(name="per_head", label=field_label("per_head"), value=f"{before.hundredths / 100:g}" if before is not None else "",
                      hint=_("your office's own number")))
        heading = _("What one person uses of {item}").format(item=words.item_name(item)) if before is not None and item is not None \
            else _("What one person uses")
        self.form.ask(heading, fields, _("Keep"), do, note=_(
            "In the item's own unit: water and food a day, blankets each. No number is given here: it is your office's own."))

    def _forget_use(self) -> None:
        desk, item_id = self.place.desk, self._use_key()
        if item_id:
            self._work.do(lambda: shelter_foresight.forget_use(desk, item_id=Id(item_id)))

    # -- keys ----------------------------------------------------------------------------------------------------------
    def go_requests(self) -> None:
        """Open the board of requests."""
        self.place.open_requests()

    def go_shelters(self) -> None:
        """Go to the shelters."""
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_uses(self) -> None:
        """Go to what one person uses."""
        self.uses.setFocus(Qt.FocusReason.ShortcutFocusReason)


def as_hundredths(typed: str) -> int:
    """Read "3" or "1.5" as hundredths. Raises FieldMissing, FieldUnreadable."""
    text = typed.strip().replace("，", ".").replace(",", ".")
    if not text:
        raise FieldMissing(name="per_head")
    whole, _dot, part = text.partition(".")
    if not (whole.isdecimal() and len(whole) <= 5 and (not part or part.isdecimal()) and len(part) <= 2):
        raise FieldUnreadable(name="per_head", typed=typed, expected=_("a number such as 3 or 1.5"))
    return int(whole) * 100 + int(part.ljust(2, "0") if part else 0)
