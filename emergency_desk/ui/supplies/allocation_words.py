"""The words of an allocation: what is needed, what is sent from where, how good the answer is, and why something stays unmet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from emergency_desk.domain.allocation import Allocation, AllocationLine, trips_of
from emergency_desk.domain.allocation_board import AllocationBoard, WantedGoods
from emergency_desk.domain.ids import Id
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.pills import Pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.allocation_lines import counted, item_name, later_words, next_words, reason_words
from emergency_desk.wording.catalog import _, current_language

_TONES = {1: Tone.RED, 2: Tone.ORANGE, 3: Tone.BLUE}


# -- what is needed ---------------------------------------------------------------------------------------------------
def need_columns() -> tuple[Column, ...]:
    """Return the columns of what is needed."""
    return (Column("", width=44), Column(_("Item"), stretch=4), Column(_("Wanted for"), stretch=4), Column(_("Within"), width=96),
            Column(_("Amount needed"), width=110, right=True), Column(_("Is sent"), width=88, right=True),
            Column(_("Not met"), width=96, right=True))


def need_line(board: AllocationBoard, answer: Allocation, one: WantedGoods, namer: Namer) -> Line:
    """Return one thing that is needed, with what of it is sent."""
    sent = sum(each.quantity for each in answer.of_need(one.key))
    item, missing = board.items[one.item_id], one.quantity - sent
    late = [each for each in answer.of_need(one.key) if one.within_minutes is not None and each.minutes > one.within_minutes]
    within = formats.span(timedelta(minutes=one.within_minutes)) if one.within_minutes is not None else "—"
    return line(one.key, Cell(pill=Pill(str(one.priority), _TONES[one.priority])), Cell(item_name(item), strong=True, after=one.clause),
                Cell(for_whom(board, one, namer)), Cell(within, Tone.ORANGE if late else Tone.SECONDARY, shape=Shape.DUE if late else Shape.NONE),
                Cell(counted(one.quantity, item)), Cell(formats.number(sent), Tone.GREEN if not missing else Tone.TEXT),
                Cell(counted(missing, item), Tone.RED, strong=True, shape=Shape.LATE) if missing else Cell("—", Tone.SECONDARY))


def for_whom(board: AllocationBoard, one: WantedGoods, namer: Namer) -> str:
    """Return whom something is wanted for: an incident or an area."""
    incident = next((each for each in board.running if each.id == one.incident_id), None)
    if incident is not None:
        return f"{incident.number} {incident.title}"
    return namer.area(one.area_id) if one.area_id is not None else ""


# -- what is sent -----------------------------------------------------------------------------------------------------
def sent_columns() -> tuple[Column, ...]:
    """Return the columns of what is sent from where."""
    many = 96 if current_language().startswith("zh") else 126  # "19,200 bottles" whole
    return (Column(_("From depot"), stretch=5), Column(_("Item"), stretch=3), Column(_("Wanted for"), stretch=3),
            Column(_("How many"), width=many, right=True), Column(_("There in"), width=110, right=True),
            Column(_("Lorries"), width=64, right=True), Column("", width=84))


def sent_lines(board: AllocationBoard, answer: Allocation, namer: Namer) -> list[Line]:
    """Return what is sent, by depot; the lorries of a way stand on its first line."""
    trips = trips_of(board.question, answer.lines)
    needs = {need.id: need for need in board.question.needs}
    soonest: dict[Id, int] = {}
    for each in answer.lines:
        soonest[each.site_id] = min(each.minutes, soonest.get(each.site_id, each.minutes))
    order = {one.key: number for number, one in enumerate(board.wanted)}
    found, last = [], Id("")
    for each in sorted(answer.lines, key=lambda one: (soonest[one.site_id], one.site_id, order[one.need_id])):
        lorries = trips.pop((each.site_id, needs[each.need_id].destination), None)
        found.append(_sent_line(board, each, namer, lorries, is_same=each.site_id == last))
        last = each.site_id
    return found


def _sent_line(board: AllocationBoard, each: AllocationLine, namer: Namer, lorries: int | None, *, is_same: bool) -> Line:
    one = board.wanted_of(each.need_id)
    item, depot = board.items[one.item_id], in_words(*board.sites[each.site_id])
    is_late = one.within_minutes is not None and each.minutes > one.within_minutes
    there = Cell(formats.about_minutes(each.minutes), Tone.ORANGE if is_late else Tone.TEXT, shape=Shape.DUE if is_late else Shape.NONE) \
        if each.is_way_known else Cell(_("way unknown"), Tone.ORANGE)
    said = _("as you said") if each.quantity else _("not from there")
    fixed = Cell(said, Tone.ACT, shape=Shape.DONE, size="small") if each.is_fixed else Cell("")
    return line(f"{each.need_id}|{each.site_id}", Cell(depot, Tone.SECONDARY if is_same else Tone.TEXT, strong=not is_same),
                Cell(item_name(item)), Cell(for_whom(board, one, namer), Tone.SECONDARY), Cell(counted(each.quantity, item), strong=True), there,
                Cell(formats.number(lorries) if lorries and each.quantity else "", Tone.SECONDARY), fixed)


# -- how good it is ---------------------------------------------------------------------------------------------------
def state_words(answer: Allocation, *, is_working: bool) -> tuple[str, Tone, Shape]:
    """Return in a few words what kind of answer is shown."""
    if is_working:
        return _("Quick answer; the best one is being worked out"), Tone.ORANGE, Shape.DUE
    if answer.is_proved:
        return _("The best there is, proved"), Tone.GREEN, Shape.DONE
    if answer.gap is not None:
        return _("Good, and not proved to be the best"), Tone.ORANGE, Shape.DOUBTFUL
    return _("Quick answer"), Tone.ORANGE, Shape.DUE


def figure_lines(board: AllocationBoard, answer: Allocation) -> Iterator[Line]:
    """Return what is missing, how soon it is there, how many lorries go, and what was won over the quick answer."""
    units = sum(each.quantity for each in answer.lines)
    missing, before = sum(answer.worth.unmet), sum(board.quick.worth.unmet)
    yield _figure("missing", _("Not met"), formats.number(missing), Tone.RED if missing else Tone.GREEN,
                  _("quick: {count}").format(count=formats.number(before)) if before != missing else "")
    if units:
        mean, quick = _mean(answer), _mean(board.quick)
        yield _figure("mean", _("There on average in"), formats.about_minutes(mean), Tone.TEXT,
                      _("quick: {time}").format(time=formats.about_minutes(quick)) if round(quick) != round(mean) else "")
        yield _figure("last", _("The last is there in"), formats.about_minutes(max(each.minutes for each in answer.lines)), Tone.TEXT, "")
        unknown = {need.item_id for need in board.question.needs} - board.question.unit_grams.keys()
        how = _("W weight unknown") if unknown else _("fewest, proved") if answer.are_trips_least else ""
        yield _figure("lorries", _("Lorries"), formats.number(answer.worth.trips), Tone.TEXT, how)
    if answer.gap:
        yield _figure("gap", _("May be better by"), formats.number(answer.gap), Tone.ORANGE, _("weighted minutes"))


def _mean(answer: Allocation) -> float:
    units = sum(each.quantity for each in answer.lines)
    return sum(each.quantity * each.minutes for each in answer.lines) / units if units else 0.0


def _figure(key: str, words: str, figure: str, tone: Tone, after: str) -> Line:
    return line(key, Cell(words, Tone.SECONDARY), Cell(figure, tone, strong=True), Cell(after, Tone.SECONDARY, size="small"))


# -- one need looked at -----------------------------------------------------------------------------------------------
def detail_lines(board: AllocationBoard, answer: Allocation, key: str) -> Iterator[Line]:
    """Return why something of a need is missing, what the next depot would cost, and what could be had later."""
    item = board.items[board.wanted_of(key).item_id]
    for short in answer.shortfalls:
        if short.need_id == key:
            for number, reason in enumerate(short.reasons):
                yield line(f"why:{number}", Cell(reason_words(board, reason, item), Tone.RED, shape=Shape.UNAVAILABLE))
    for further in answer.next_depots:
        if further.need_id == key:
            yield line("next", Cell(next_words(board, further, item), Tone.TEXT, shape=Shape.NEXT))
    for option in board.later:
        if option.need_id == key:
            yield line(f"later:{option.promise_id}", Cell(later_words(board, option, item), Tone.SECONDARY, shape=Shape.STANDBY))
