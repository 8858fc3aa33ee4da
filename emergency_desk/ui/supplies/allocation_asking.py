"""What is asked on the page of an allocation, in a small form below its lists: what is needed, how many from a depot, how far, how heavy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from emergency_desk.domain.allocation import AllocationLine, FixedLine
from emergency_desk.domain.allocation_board import AllocationBoard, WantedGoods, check_fixed, check_wanted
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import DeskError, FieldMissing, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.services import stock_allocation
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskPlace, InlineForm
from emergency_desk.ui.supplies.allocation_words import for_whom
from emergency_desk.ui.supplies.reading_amounts import as_amount
from emergency_desk.ui.supplies.stock_acts import NarrowChoice, StockActs
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.allocation_lines import counted, item_name
from emergency_desk.wording.catalog import _
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import field_label

_KILO = 1_000


class AllocationAsking:
    """Asks in the form; what was answered goes to whoever is given."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form = place, form
        self.acts = StockActs(place, form)

    # -- what is needed ------------------------------------------------------------------------------------------------
    def need(self, board: AllocationBoard, take: Callable[[WantedGoods], object], *, incident_id: Id | None) -> None:
        """Ask for something that is needed."""
        fields = (AskPlace(name="item_id", label=field_label("item"), candidates=self.acts.find_items),
                  *self._fields(board, WantedGoods(key="", item_id=Id(""), quantity=0, incident_id=incident_id)))
        self.form.ask(_("Add what is needed"), fields, _("Add"), lambda answers: self._read(board, answers, None, take))

    def change(self, board: AllocationBoard, one: WantedGoods, take: Callable[[WantedGoods], object]) -> None:
        """Ask how something needed is otherwise."""
        self.form.ask(_("Change what is needed: {item}").format(item=item_name(board.items[one.item_id])), self._fields(board, one), _("Change"),
                      lambda answers: self._read(board, answers, one, take), focus="quantity")

    def _fields(self, board: AllocationBoard, one: WantedGoods) -> tuple[Ask, ...]:
        places = [*((f"incident:{each.id}", f"{each.number} {each.title}") for each in board.running),
                  *((f"area:{id_}", name) for id_, name in self._areas())]
        whom = f"incident:{one.incident_id}" if one.incident_id else f"area:{one.area_id}" if one.area_id else ""
        if not whom and len(board.running) > 1:  # the newest is not meant by itself
            places.insert(0, ("", _("choose what it is for")))
        priorities = (("1", _("1, the most pressing")), ("2", _("2, pressing")), ("3", _("3, can wait")))
        return (
            Ask(name="quantity", label=field_label("quantity"), hint=_("12, or packs: 3 箱"), value=str(one.quantity) if one.quantity else ""),
            NarrowChoice(name="wanted_for", label=field_label("wanted_for"), choices=places, value=whom, is_long=True),
            AskChoice(name="priority", label=field_label("priority"), choices=priorities, value=str(one.priority)),
            AskNumber(name="within_minutes", label=field_label("within_minutes"), value=str(one.within_minutes or "")),
            AskNumber(name="good_days", label=field_label("good_days"), value=str(one.good_days or "")))

    def _areas(self) -> list[tuple[Id, str]]:
        tree, namer, own = self.place.desk.memory.tree(), self.place.namer(), self.place.desk.area_id
        below = sorted((each for each in tree.children(own) if each.tier is not Tier.VILLAGE and not each.is_retired),
                       key=lambda each: (each.code, each.name))
        return [(own, namer.area(own)), *((each.id, namer.area(each.id)) for each in below)]

    def _read(
        self, board: AllocationBoard, answers: Answers, before: WantedGoods | None, take: Callable[[WantedGoods], object],
    ) -> None:
        try:
            take(self._wanted(board, answers, before))
        except DeskError as error:
            self.form.refused(error)

    def _wanted(self, board: AllocationBoard, answers: Answers, before: WantedGoods | None) -> WantedGoods:
        item = self.acts.ground.item(before.item_id if before is not None else answers["item_id"])
        if item is None:
            raise FieldMissing(name="item_id")
        quantity, unit = as_amount("quantity", answers["quantity"])
        if not answers["wanted_for"]:
            raise FieldMissing(name="wanted_for")
        kind, _colon, whom = answers["wanted_for"].partition(":")
        within, days = answers["within_minutes"], answers["good_days"]
        return check_wanted(WantedGoods(
            key=before.key if before is not None else _next_key(board), item_id=item.id, quantity=item.in_units(quantity, unit),
            incident_id=Id(whom) if kind == "incident" else None, area_id=Id(whom) if kind == "area" else None,
            priority=int(answers["priority"]),
            within_minutes=int(within) if within else None, good_days=int(days) if days else 0,
            clause=before.clause if before is not None else ""))

    # -- how many from a depot -----------------------------------------------------------------------------------------
    def fix(self, board: AllocationBoard, each: AllocationLine, take: Callable[[FixedLine], object]) -> None:
        """Ask how many go from a depot to a need; the rest is worked out around it."""
        one = board.wanted_of(each.need_id)
        item, depot = board.items[one.item_id], in_words(*board.sites[each.site_id])

        def do(answers: Answers) -> None:
            try:
                quantity, unit = as_amount("quantity", answers["quantity"])
                take(check_fixed(board, FixedLine(each.need_id, each.site_id, item.in_units(quantity, unit))))
            except DeskError as error:
                self.form.refused(error)

        fields = (Ask(name="quantity", label=field_label("quantity"), value=str(each.quantity), hint=counted(each.quantity, item)),)
        self.form.ask(_("{item} from {depot}: how many?").format(item=item_name(item), depot=depot), fields, _("So many from there"), do,
                      note=_("For {whom}. 0 means nothing from there; the rest is worked out around it.").format(
                          whom=for_whom(board, one, self.place.namer())))

    # -- how far, how heavy --------------------------------------------------------------------------------------------
    def reach(self, board: AllocationBoard, take: Callable[[int], object]) -> None:
        """Ask how far depots are asked."""
        def do(answers: Answers) -> None:
            if answers["reach_minutes"]:
                take(int(answers["reach_minutes"]))
            else:
                self.form.refused(FieldMissing(name="reach_minutes"))

        basis = self.place.desk.trade.allocation
        self.form.ask(_("How far are depots asked?"), (
            AskNumber(name="reach_minutes", label=field_label("reach_minutes"), value=str(board.question.rules.reach_minutes)),),
            _("Ask so far"), do,
            note=_("Minutes until the goods are there, loading included; estimated. The usual setting is {minutes}.").format(
                minutes=formats.number(basis.reach_minutes)))

    def weight(self, board: AllocationBoard, item: SupplyItem) -> None:
        """Ask what one unit weighs, so that lorries can be counted."""
        desk, grams = self.place.desk, board.question.unit_grams.get(item.id)

        def do(answers: Answers) -> None:
            typed = answers["grams"]
            self.place.ask(lambda: stock_allocation.weigh_item(desk, item_id=item.id, grams=as_grams(typed)),
                           then=lambda _done: self.form.put_away(), refused=self.form.refused)

        self.form.ask(_("What does 1 {unit} of {item} weigh?").format(unit=unit_word(item.unit, 1), item=item_name(item)), (
            Ask(name="grams", label=_("Kilograms"), value=f"{grams / _KILO:g}" if grams else "", hint="2.5"),), _("Keep"), do,
            note=_("Lorries are counted by weight; of an item without one, one lorry a way."))


def as_grams(typed: str) -> int:
    """Read kilograms such as "2.5" as grams. Raises FieldMissing, FieldUnreadable."""
    text = typed.lower().removesuffix("kg").replace("公斤", "").replace("，", ".").strip()
    if not text:
        raise FieldMissing(name="grams")
    whole, _dot, part = text.partition(".")
    if not (whole.isdigit() and len(whole) <= 6 and (not part or part.isdigit()) and len(part) <= 3):
        raise FieldUnreadable(name="grams", typed=typed, expected=_("kilograms such as 2.5"))
    return int(whole) * _KILO + int(part.ljust(3, "0") if part else 0)


def _next_key(board: AllocationBoard) -> str:
    """Return a key that nothing on the list has: the list outlives the page."""
    taken = {one.key for one in board.wanted}
    return next(key for number in count(1) if (key := f"typed:{number}") not in taken)
