"""What shelters foresee in lines: when one is full, how long water and food last, blankets, meals, what lacks and from where it could come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_foresight import KindOutlook, UseKind, UsePerHead
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.services.shelter_foresight import Foresight, ShelterOutlook, Whence
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.counting import in_units, unit_word
from emergency_desk.wording.labels import label

SOON_HOURS, SHORT_HOURS = 6.0, 24.0  # house settings of the screen: red from the first, orange from the second


def outlook_columns() -> tuple[Column, ...]:
    """Return the columns of the shelters that run."""
    return (Column(_("Shelter"), stretch=4, wrap=True), Column(_("People in it"), width=104, right=True), Column(_("Full in"), width=108),
            Column(label(UseKind.WATER), width=112), Column(label(UseKind.FOOD), width=112), Column(label(UseKind.BLANKET), width=108),
            Column(_("Meals in 24 h"), width=92, right=True), Column(_("Lacks"), width=100))


def outlook_line(one: ShelterOutlook, now: datetime) -> Line:
    """Return one shelter with what it faces."""
    places = one.opening.capacity
    heads = formats.number(one.heads) if places is None else f"{formats.number(one.heads)} / {formats.number(places)}"
    kinds = {kind.kind: kind for kind in one.kinds}
    return line(one.site.id, Cell(in_words(one.site.name, one.site.name_en), strong=True), Cell(heads, strong=True), full_cell(one, now),
                _hours_cell(kinds[UseKind.WATER]), _hours_cell(kinds[UseKind.FOOD]), _blankets(kinds[UseKind.BLANKET], one.heads_then),
                Cell(formats.number(one.meals)), _lacks(one))


def _lacks(one: ShelterOutlook) -> Cell:
    if one.lacks:
        words = ngettext("{count} thing", "{count} things", len(one.lacks)).format(count=len(one.lacks))
        return Cell(words, Tone.RED, shape=Shape.LATE)
    return Cell(_("asked for"), Tone.BLUE, shape=Shape.DUE) if one.asked else Cell("—", Tone.SECONDARY)


def full_cell(one: ShelterOutlook, now: datetime) -> Cell:
    """Return in how long a shelter is full, or why nobody can say."""
    if one.opening.capacity is None:
        return Cell(_("places not known"), Tone.SECONDARY)
    if one.heads >= one.opening.capacity:
        return Cell(_("full now"), Tone.RED, strong=True, shape=Shape.LATE)
    if one.forecast is None:
        return Cell(_("too few counts"), Tone.SECONDARY)
    hours = one.hours_to_full(now)
    if hours is None:
        return Cell(_("does not fill"), Tone.GREEN)
    words = hours_words(hours) if hours > 0 else _("full, reckoned on")
    if not one.forecast.is_line_nearer:
        return Cell(words, Tone.SECONDARY, shape=Shape.DOUBTFUL, hint=_("“it stays as it is” was nearer so far"))
    if hours <= 0:
        return Cell(words, Tone.RED, strong=True, shape=Shape.LATE, hint=_("By the counts so far it is full by now. Count again."))
    return Cell(words, _tone(hours), strong=hours < SHORT_HOURS, shape=Shape.DUE if hours < SHORT_HOURS else Shape.NONE)


def hours_words(hours: float) -> str:
    """Return hours as a span, estimated; beyond 30 days nothing is told."""
    return _("over 30 days") if hours > 720 else _("≈{time}").format(time=formats.span(timedelta(minutes=round(hours * 60))))


def _tone(hours: float) -> Tone:
    return Tone.RED if hours < SOON_HOURS else Tone.ORANGE if hours < SHORT_HOURS else Tone.TEXT


def _hours_cell(kind: KindOutlook) -> Cell:
    if not kind.is_said:
        return Cell(_("not set"), Tone.SECONDARY)
    if kind.hours is None:
        return Cell("—", Tone.SECONDARY)
    if not kind.hours:
        return Cell(_("none there"), Tone.RED, strong=True)
    return Cell(hours_words(kind.hours), _tone(kind.hours), strong=kind.hours < SHORT_HOURS)


def _blankets(kind: KindOutlook, heads: int) -> Cell:
    if not kind.is_said or kind.enough_for is None:
        return Cell(_("not set"), Tone.SECONDARY)
    if not kind.enough_for:
        return Cell(_("none there"), Tone.ORANGE if heads else Tone.SECONDARY)
    words = _("for {people} people").format(people=formats.number(kind.enough_for))
    return Cell(words, Tone.ORANGE if kind.enough_for < heads else Tone.TEXT)


# -- one shelter looked at --------------------------------------------------------------------------------------------
def detail_lines(found: Foresight, one: ShelterOutlook, least_counts: int) -> Iterator[Line]:
    """Return how the foresight came about, with the error it had so far, and what stands at the shelter."""
    ahead, count = one.forecast, len(one.counts)
    if ahead is None:
        words = ngettext("{count} count so far; nothing is foreseen from fewer than {least}.",
                         "{count} counts so far; nothing is foreseen from fewer than {least}.", count).format(count=count, least=least_counts)
        yield line("few", Cell(words, Tone.SECONDARY, shape=Shape.DOUBTFUL))
    else:
        yield line("rate", Cell(_("{signed} people an hour by the newest {counts} counts; {heads} people are reckoned with in 24 h.").format(
            signed=f"{ahead.per_hour:+.1f}", counts=ahead.counts, heads=formats.number(one.heads_then)), shape=Shape.NEXT))
        error = ahead.error
        if error is None:
            yield line("error", Cell(_("How far off it is is not known yet: no further count to hold it against."), Tone.ORANGE,
                                     shape=Shape.DOUBTFUL))
        else:
            is_worse = not ahead.is_line_nearer
            words = (_("So far off by {mean} people on average, {worst} at most, over {checks} counts; “it stays as it is” was off by "
                       "{unchanged}, which was nearer and is reckoned with.") if is_worse else
                     _("So far off by {mean} people on average, {worst} at most, over {checks} counts; “it stays as it is” was off by "
                       "{unchanged}.")).format(
                mean=formats.number(error.mean, decimals=1), worst=formats.number(error.worst), checks=error.checks,
                unchanged=formats.number(error.mean_unchanged, decimals=1))
            yield line("error", Cell(words, Tone.ORANGE if is_worse else Tone.TEXT, shape=Shape.DOUBTFUL if is_worse else Shape.DONE))
    for kind in one.kinds:
        for item_id, quantity in kind.stock:
            yield line(f"stock:{item_id}", Cell(_("There: {count} of {item}").format(
                count=counted(quantity, found.items[item_id]), item=item_name(found.items[item_id])), Tone.SECONDARY, shape=Shape.STANDBY))


def lack_lines(found: Foresight, one: ShelterOutlook, whence: Whence | None) -> Iterator[Line]:
    """Return what lacks for the next 24 hours, where it could come from, what was asked for already, and of what nobody can say it."""
    for lack in one.lacks:
        item = found.items[lack.item_id]
        yield line(f"lack:{lack.item_id}", Cell(_("{count} of {item}").format(count=counted(lack.quantity, item), item=item_name(item)), Tone.RED,
                                                strong=True, shape=Shape.LATE))
        if whence is not None:
            yield from _from_where(whence, lack.item_id, item)
    for item_id, quantity in one.asked:
        if item_id in found.items:
            item = found.items[item_id]
            yield line(f"asked:{item_id}", Cell(_("Asked for already: {count} of {item}").format(
                count=counted(quantity, item), item=item_name(item)), Tone.BLUE, shape=Shape.DUE))


    unsaid = [label(kind.kind) for kind in one.kinds if not kind.is_said]
    if unsaid:
        yield line("unsaid", Cell(_("Not judged, because nobody has said what one person uses: {kinds}").format(kinds=_(", ").join(unsaid)),
                                  Tone.ORANGE, shape=Shape.DOUBTFUL))


def _from_where(whence: Whence, item_id: Id, item: SupplyItem) -> Iterator[Line]:
    for each in whence.lines:
        if each.need_id == item_id and each.quantity:
            name = in_words(*whence.name_of(each.site_id))
            time = formats.about_minutes(each.minutes) if each.is_way_known else _("way unknown")
            yield line(f"from:{item_id}:{each.site_id}", Cell(_("{count} from {depot}, there in {time}").format(
                count=counted(each.quantity, item), depot=name, time=time), shape=Shape.NEXT))
    for short, quantity in whence.missing:
        if short == item_id:
            yield line(f"missing:{item_id}", Cell(_("{count} no depot in reach has").format(count=counted(quantity, item)), Tone.RED,
                                                  shape=Shape.UNAVAILABLE))


def use_line(use: UsePerHead, item: SupplyItem) -> Line:
    """Return what one person uses of an item, as the office said it."""
    amount = f"{use.hundredths / 100:g} {unit_word(item.unit, use.hundredths / 100)}".strip()
    words = _("{amount} a day").format(amount=amount) if use.kind.is_used_up else _("{amount} each").format(amount=amount)
    return line(use.item_id, Cell(item_name(item), after=label(use.kind)), Cell(words))


def item_name(item: SupplyItem) -> str:
    """Return the name of an item in the language of the desk."""
    return in_words(item.name, item.name_en)


def counted(count: int, item: SupplyItem) -> str:
    """Return how many of an item, in its unit."""
    return in_units(count, item.unit)
