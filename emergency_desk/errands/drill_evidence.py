"""Takes over what a drill's twin measured into the drill's own log, in the words of the desk's language."""

from __future__ import annotations

from datetime import timedelta

from emergency_desk.domain.drill_measures import Measure, MeasureKind, Worded
from emergency_desk.domain.drills import DrillMark
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Level
from emergency_desk.services import drill_evidence
from emergency_desk.services.desk import Desk, Done
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_said


def take_over(desk: Desk, *, drill_id: Id) -> Done[tuple[DrillMark, ...]]:
    """Write down at the real desk what the twin measured. Raises TwinGone, DrillStateWrong, RoleMissing."""
    measures = drill_evidence.read_measures(desk, drill_id=drill_id)
    return drill_evidence.keep_measures(desk, drill_id=drill_id, measures=[
        Worded(about_id=one.about_id, text=words_of(one), person=one.subject if one.kind is MeasureKind.ORDER else "") for one in measures])


def words_of(one: Measure) -> str:
    """Tell one measure with the entry it rests on; times are those of the drill's clock."""
    given = {"entry": one.entry, "at": formats.clock_time(one.at), "subject": one.subject, "took": minutes(one.took),
             "tier": label(one.tier) if one.tier is not None else ""}
    if one.kind is MeasureKind.CALL:
        return _("{entry}: call at {at}, first order after {took} ({subject})").format(**given)
    if one.kind is MeasureKind.ORDER:
        return _("; ").join(_order(one, given))
    if one.kind is MeasureKind.REPORT:
        return _("{entry}: report to the {tier} at {at}, after {took}, owed within {due}").format(due=minutes(one.due), **given)
    if one.kind is MeasureKind.RESPONSE:
        return _("{entry}: {tier} response {level} at {at}, {took} after the call").format(**{**given, "level": level_said(Level(one.subject))})
    heads = () if one.heads is None else (_("{heads} people counted").format(heads=one.heads),)
    return _("; ").join((_("{entry}: {subject} opened at {at}, {took} after the call").format(**given), *heads))


def _order(one: Measure, given: dict[str, str]) -> tuple[str, ...]:
    receipt = _("receipt after {took}").format(took=minutes(one.receipt)) if one.receipt is not None else _("no receipt")
    scene = _("on scene after {took}").format(took=minutes(one.took)) if one.took is not None else _("not on scene")
    return _("{entry}: {subject} ordered at {at}").format(**given), receipt, scene


def minutes(time: timedelta | None) -> str:
    """Write a length of time in minutes, with halves where it is short."""
    if time is None:
        return "—"
    return _("{minutes} min").format(minutes=f"{time.total_seconds() / 60:.1f}".removesuffix(".0"))
