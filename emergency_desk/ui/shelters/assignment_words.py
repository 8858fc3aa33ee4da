"""Who goes to which shelter in lines: the villages, where their families go, how good the answer is, why somebody has no place."""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.evacuation_lists import FamilyTransfer
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentLine, FamilyKind, Unplaced
from emergency_desk.domain.shelter_assignment_board import AssignmentBoard, MovingVillage, OfferedShelter
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import label


# -- the villages -----------------------------------------------------------------------------------------------------
def village_columns() -> tuple[Column, ...]:
    """Return the columns of the villages."""
    return (Column(_("Village"), stretch=4), Column(_("To be moved"), width=96, right=True), Column(_("On the list"), width=110, right=True),
            Column(_("Sent already"), width=110, right=True), Column(_("Place found"), width=110, right=True),
            Column(_("Without a place"), width=120, right=True))


def village_line(board: AssignmentBoard, answer: Assignment, one: MovingVillage) -> Line:
    """Return a village: to be moved, on its list, sent already, who has a place by the answer and who has none."""
    kinds = {kind.id: kind for kind in board.question.kinds if kind.group_id == one.group.id}
    placed = sum(each.families * kinds[each.kind_id].people for each in answer.lines if each.kind_id in kinds)
    without = sum(each.families * kinds[each.kind_id].people for each in answer.unplaced if each.kind_id in kinds)
    listed = Cell(_("no list yet"), Tone.ORANGE, shape=Shape.DOUBTFUL) if not one.listed else Cell(
        formats.number(one.heads_listed), Tone.TEXT if one.heads_listed == one.group.to_move else Tone.ORANGE,
        shape=Shape.NONE if one.heads_listed == one.group.to_move else Shape.DOUBTFUL)
    vulnerable = _("{count} vulnerable").format(count=one.group.vulnerable) if one.group.vulnerable else ""
    return line(one.group.id, Cell(one.group.name, strong=True, after=vulnerable), Cell(formats.number(one.group.to_move)), listed,
                Cell(formats.number(one.heads_sent), Tone.GREEN if one.heads_sent else Tone.SECONDARY), Cell(formats.number(placed)),
                Cell(formats.number(without), Tone.RED, strong=True, shape=Shape.LATE) if without else Cell("—", Tone.SECONDARY))


# -- where families go ------------------------------------------------------------------------------------------------
def goes_columns() -> tuple[Column, ...]:
    """Return the columns of where the families of a village go."""
    return (Column(_("To shelter"), stretch=7), Column(_("Families of"), stretch=4), Column(_("Families"), width=84, right=True),
            Column(_("People"), width=76, right=True), Column(_("On the way"), width=110, right=True), Column(_("Places after"), width=140),
            Column("", width=104))


def goes_lines(board: AssignmentBoard, answer: Assignment, group_id: Id) -> list[Line]:
    """Return where families of a village go, by shelter, the nearest first."""
    kinds = {kind.id: kind for kind in board.question.kinds}
    shelters = {one.shelter_id: one for one in board.shelters}
    taken: dict[Id, int] = {}
    for each in answer.lines:
        taken[each.shelter_id] = taken.get(each.shelter_id, 0) + each.families * kinds[each.kind_id].people
    some = [each for each in answer.lines if kinds[each.kind_id].group_id == group_id]
    some.sort(key=lambda each: (each.minutes, each.shelter_id, not kinds[each.kind_id].needs_fit, -kinds[each.kind_id].people))
    found, last = [], Id("")
    for each in some:
        found.append(_goes_line(each, kinds[each.kind_id], shelters[each.shelter_id], taken[each.shelter_id], is_same=each.shelter_id == last))
        last = each.shelter_id
    return found


def line_key(each: AssignmentLine) -> str:
    """Return what a line is known by on the screen."""
    return f"{each.kind_id}|{each.shelter_id}"


def family_words(people: int, vulnerable: int) -> str:
    """Return what families are alike in."""
    if vulnerable:
        return _("{people} people, {vulnerable} vulnerable").format(people=people, vulnerable=vulnerable)
    return ngettext("{people} person", "{people} people", people).format(people=people)


def _goes_line(each: AssignmentLine, kind: FamilyKind, shelter: OfferedShelter, taken: int, *, is_same: bool) -> Line:
    way = Cell(formats.about_minutes(each.minutes)) if each.is_way_known else Cell(_("way unknown"), Tone.ORANGE)
    said = _("as you said") if each.families else _("not to there")
    mark = Cell(said, Tone.ACT, shape=Shape.DONE, size="small") if each.is_fixed else Cell("")
    unfit = kind.needs_fit and not shelter.is_fit
    return line(line_key(each), Cell(in_words(shelter.name, shelter.name_en), Tone.SECONDARY if is_same else Tone.TEXT, strong=not is_same),
                Cell(family_words(kind.people, kind.vulnerable), Tone.ORANGE if unfit else Tone.TEXT,
                     shape=Shape.DOUBTFUL if unfit else Shape.NONE, hint=_("not fit for vulnerable people") if unfit else ""),
                Cell(formats.number(each.families), strong=True), Cell(formats.number(each.families * kind.people)), way,
                Cell("") if is_same else _after(shelter, taken), mark)


def _after(shelter: OfferedShelter, taken: int) -> Cell:
    words = _("{left} of {all} left").format(left=formats.number(shelter.places - taken), all=formats.number(shelter.capacity))
    return Cell(words, Tone.SECONDARY) if shelter.is_open else Cell(words, Tone.BLUE, hint=_("not open yet"), shape=Shape.STANDBY)


# -- how good it is ---------------------------------------------------------------------------------------------------
def state_words(answer: Assignment, *, is_working: bool) -> tuple[str, Tone, Shape]:
    """Return in a few words what kind of answer is shown."""
    if is_working:
        return _("Quick answer; a better one is being worked out"), Tone.ORANGE, Shape.DUE
    if answer.is_proved:
        return _("The best there is, proved"), Tone.GREEN, Shape.DONE
    percent = answer.gap_percent
    if percent is not None and percent <= 1:
        return _("Proved: at most {percent} % from the best there is").format(percent=formats.number(percent, decimals=2)), Tone.GREEN, Shape.DONE
    if percent is not None:
        return _("Good, and not proved to be the best"), Tone.ORANGE, Shape.DOUBTFUL
    return _("Quick answer"), Tone.ORANGE, Shape.DUE


def figure_lines(board: AssignmentBoard, answer: Assignment) -> Iterator[Line]:
    """Return who has no place, how long the ways are, how many shelters must be opened, and what was won over the quick answer."""
    kinds = {kind.id: kind for kind in board.question.kinds}
    placed = sum(each.families * kinds[each.kind_id].people for each in answer.lines)
    without, before = (one.worth.unplaced + one.worth.unplaced_vulnerable for one in (answer, board.quick))
    yield _figure("placed", _("Place found"), formats.number(placed), Tone.TEXT, _("people"))
    yield _figure("without", _("Without a place"), formats.number(without), Tone.RED if without else Tone.GREEN,
                  _("quick: {count}").format(count=formats.number(before)) if before != without else "")
    if placed:
        mean, quick = answer.worth.minutes / placed, board.quick.worth.minutes / max(1, _placed(board))
        unknown = sum(each.families * kinds[each.kind_id].people for each in answer.lines if not each.is_way_known)
        reckoned = _("{count} way unknown").format(count=formats.number(unknown)) if unknown else ""
        yield _figure("mean", _("On the way on average"), formats.about_minutes(mean), Tone.ORANGE if unknown else Tone.TEXT, reckoned or (
            _("quick: {time}").format(time=formats.about_minutes(quick)) if round(quick) != round(mean) else ""))
        yield _figure("last", _("The longest way"), formats.about_minutes(max(each.minutes for each in answer.lines)),
                      Tone.ORANGE if unknown else Tone.TEXT, "")
    used = {each.shelter_id for each in answer.lines if each.families}
    closed = sum(1 for one in board.shelters if one.shelter_id in used and not one.is_open)
    yield _figure("opened", _("Shelters used"), formats.number(len(used)), Tone.TEXT,
                  ngettext("{count} must be opened first", "{count} must be opened first", closed).format(count=closed) if closed else "")
    for key, count, after in (("unfit", board.unfit, _("unfit for this")), ("unknown", board.without_capacity, _("size unknown"))):
        if count:
            yield _figure(key, _("Not proposed"), formats.number(count), Tone.ORANGE, after)


def _placed(board: AssignmentBoard) -> int:
    kinds = {kind.id: kind for kind in board.question.kinds}
    return sum(each.families * kinds[each.kind_id].people for each in board.quick.lines)


def _figure(key: str, words: str, figure: str, tone: Tone, after: str) -> Line:
    return line(key, Cell(words, Tone.SECONDARY), Cell(figure, tone, strong=True), Cell(after, Tone.SECONDARY, size="small"))


# -- one village looked at --------------------------------------------------------------------------------------------
def why_lines(board: AssignmentBoard, answer: Assignment, group_id: Id) -> Iterator[Line]:
    """Return why families of a village have no place."""
    kinds = {kind.id: kind for kind in board.question.kinds}
    names = {one.shelter_id: in_words(one.name, one.name_en) for one in board.shelters}
    for each in answer.unplaced:
        kind = kinds[each.kind_id]
        if kind.group_id == group_id:
            yield line(f"why:{each.kind_id}", Cell(_why_words(each, kind, names), Tone.RED, shape=Shape.UNAVAILABLE))


def _why_words(each: Unplaced, kind: FamilyKind, names: dict[Id, str]) -> str:
    families = ngettext("{count} family of {who}", "{count} families of {who}", each.families).format(
        count=each.families, who=family_words(kind.people, kind.vulnerable))
    if each.shelter_id is not None and each.minutes is not None:
        return _("{families}: the nearest shelter with places is too far away: {shelter}, {time}").format(
            families=families, shelter=names.get(each.shelter_id, ""), time=formats.about_minutes(each.minutes))
    return _("{families}: {why}").format(families=families, why=label(each.why))


def sent_line(one: FamilyTransfer, name: str) -> Line:
    """Return what stands on the transfer list of a village."""
    who = _("{families} × {who}").format(families=one.families, who=family_words(one.people, one.vulnerable))
    return line(one.id, Cell(who, after=name, hint=name),
                Cell(one.document.rsplit("-", 1)[-1], Tone.SECONDARY, size="small", hint=one.decided_by))
