"""Words for what the desk advises: why this grade, why this plan, why this team and why not that one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.duplicates import Because, LikenessReason
from emergency_desk.domain.grading import GradeSuggestion, Standing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plans import BorrowedKind, BorrowedPlan, Held, HeldKind, NoMatch, NoPlanStep, PlanMatch
from emergency_desk.domain.reasons import Caution, ReasonNot, Warn, WhyChosen, WhyNot
from emergency_desk.domain.recommendation import Choice
from emergency_desk.domain.reporting import Channel, FirstReport
from emergency_desk.domain.trade import Trade
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import calendar_day, distance, when
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.levels import level_said


class Namer:
    """Gives ids their names while advice is put into words: areas, incident numbers, capabilities."""

    def __init__(self, trade: Trade, tree: AreaTree, incident_number: Callable[[Id], str]) -> None:
        self.trade, self.tree, self.incident_number = trade, tree, incident_number

    def capability(self, id_: str) -> str:
        """Return the word for a capability."""
        found = next((one for one in self.trade.capabilities if one.id == id_), None)
        return found.name.in_language(current_language()) if found else id_

    def area(self, id_: Id | None) -> str:
        """Return the name of an area, "" when unknown."""
        area = self.tree.by_id.get(id_) if id_ else None
        if area is None:
            return ""
        return area.name_en if area.name_en and not current_language().startswith("zh") else area.name


# -- grade and plan ---------------------------------------------------------------------------------------------------
def grade_reason(suggestion: GradeSuggestion) -> str:
    """Tell the criterion that decides and how far the next grade is."""
    if suggestion.standing is Standing.NOT_GRADED:
        return _("No grade is computed: social security incidents are graded by other rules")
    if suggestion.standing is Standing.BY_JUDGEMENT:
        return _("Graded by judgement, not by numbers")
    parts = []
    if suggestion.criterion:
        parts.append(_("{figure} {value} reaches {threshold}").format(
            figure=field_label(suggestion.criterion), value=_plain(suggestion.value), threshold=_plain(suggestion.threshold)))
    elif suggestion.unknown:
        parts.append(_("figures to be verified"))
    if suggestion.next_grade is not None and suggestion.missing_to_next:
        parts.append(to_next_grade(suggestion))
    return _("; ").join(parts)


def to_next_grade(suggestion: GradeSuggestion) -> str:
    """Tell how many more of each would bring the next grade ("to relatively major: dead 1 or badly hurt 6")."""
    if suggestion.next_grade is None:
        return ""
    people = [short for short in suggestion.missing_to_next if short.criterion != "loss_yuan"] or list(suggestion.missing_to_next)
    gaps = [_("{figure} {count}").format(figure=field_label(short.criterion), count=_plain(short.more)) for short in people[:2]]
    return _("to {grade}: {gaps} more").format(grade=label(suggestion.next_grade), gaps=_(" or ").join(gaps))


def grade_word(grade: Grade | None) -> str:
    """Return the grade's word, or that there is none."""
    return label(grade) if grade is not None else _("not graded")


def plan_line(match: PlanMatch | NoMatch) -> str:
    """Return plan, version, tier and level in one line."""
    if isinstance(match, NoMatch):
        return _("No plan was made for this")
    title = match.plan.title.in_language(current_language())
    if match.level is None:
        return _("{plan} v{version} · no level reached yet").format(plan=title, version=match.plan.version)
    return _("{plan} v{version} · {tier} level {level}").format(
        plan=title, version=match.plan.version, tier=label(match.tier), level=level_said(match.level))


def plan_reason(match: PlanMatch | NoMatch) -> str:
    """Tell the clause and the condition that decided, and who may activate; or what to do where there is no plan."""
    language = current_language()
    if isinstance(match, NoMatch):
        steps = [_NO_PLAN_STEPS[step]() for step in match.steps if _makes_sense(step, match)]
        told = _("; ").join(steps)
        basis = match.basis
        told = _("{steps} ({law} Art. {article})").format(steps=told, law=basis.title.in_language(language), article=basis.article)
        if match.borrowed:
            plans = _(", ").join(
                borrowed_told(one) for one in match.borrowed)
            told = _("{told}. Use: {plans}").format(told=told, plans=plans)
        return told
    if match.rule is None:
        return _("No condition of a level holds yet; the plan's clauses apply as guidance")
    why = _(", ").join(_held(held, match) for held in match.held)
    return _("cl. {clause}: {why}; {who} may activate").format(
        clause=match.rule.clause, why=why, who=match.rule.activated_by.in_language(language))


def borrowed_told(one: BorrowedPlan) -> str:
    """Return a plan that may stand in, and as what."""
    return _("{plan} ({kind})").format(plan=one.plan.title.in_language(current_language()), kind=_BORROWED[one.kind]())


def _makes_sense(step: NoPlanStep, match: NoMatch) -> bool:
    if step is NoPlanStep.REPORT_CITY_AT_ONCE:
        return match.tier is not Tier.CITY  # the city does not report to itself
    return step is not NoPlanStep.BORROW_A_PLAN or bool(match.borrowed)


def _held(held: Held, match: PlanMatch) -> str:
    if held.kind is HeldKind.FIGURE:
        return _("{figure} {value}, from {threshold}").format(figure=field_label(held.name), value=held.value, threshold=held.at_least)
    if held.kind is HeldKind.GRADE:
        return _("grade {grade}").format(grade=label(Grade(held.name)))
    if held.kind is HeldKind.SITUATION:
        situation = match.plan.situation(held.name)
        return situation.name.in_language(current_language()) if situation else held.name
    return _("any such event")


_NO_PLAN_STEPS: dict[NoPlanStep, Callable[[], str]] = {
    NoPlanStep.BORROW_A_PLAN: lambda: _("use the nearest plan"),
    NoPlanStep.TAKE_FIRST_MEASURES: lambda: _("take first measures"),
    NoPlanStep.REPORT_CITY_AT_ONCE: lambda: _("report to the city at once"),
}
_BORROWED: dict[BorrowedKind, Callable[[], str]] = {
    BorrowedKind.UPPER_SPECIAL: lambda: _("special plan of the upper tier"),
    BorrowedKind.OVERALL: lambda: _("overall plan"),
    BorrowedKind.NEAREST_SPECIAL: lambda: _("nearest special plan"),
}


def report_hint(reports: Sequence[FirstReport], *, now: datetime) -> str:
    """Tell until when the first report is due: "phone the district by 20:43 · in writing by 20:58 (internal limit)"; "" for nothing."""
    if not reports:
        return ""
    told = _(" · ").join(_REPORT[report.rule.channel](report, now) for report in reports)
    is_internal = not all(report.rule.is_law for report in reports)
    return _("Report: {told} (internal limit)").format(told=told) if is_internal else _("Report: {told}").format(told=told)


def report_basis(reports: Sequence[FirstReport]) -> str:
    """Tell what the times of the reports rest on, a line for each."""
    language = current_language()
    return "\n".join(_("{says} ({source})").format(
        says=report.rule.says.in_language(language), source=report.rule.basis.title.in_language(language)) for report in reports)


def _by_phone(report: FirstReport, now: datetime) -> str:
    time = when(report.due, now=now)
    if report.rule.receiver == Tier.CITY:
        return _("phone the city by {time}").format(time=time)
    if report.rule.receiver == Tier.PROVINCE:
        return _("phone the province by {time}").format(time=time)
    return _("phone the district by {time}").format(time=time)


_REPORT: dict[Channel, Callable[[FirstReport, datetime], str]] = {
    Channel.PHONE: _by_phone,
    Channel.WRITTEN: lambda report, now: _("in writing by {time}").format(time=when(report.due, now=now)),
    Channel.ANY: lambda _report, _now: _("at once"),  # the one row by any channel that binds every event gives no minutes
}


# -- likely duplicates ------------------------------------------------------------------------------------------------
def likeness_reason(because: Because) -> str:
    """Tell one reason why a call is like an open incident."""
    return _LIKENESS[because.reason](because)


_LIKENESS: dict[LikenessReason, Callable[[Because], str]] = {
    LikenessReason.DISTANCE: lambda because: distance(float(because.value) / 1000),
    LikenessReason.SAME_ROAD: lambda because: _("same road {road}").format(road=because.value),
    LikenessReason.SAME_NUMBER: lambda because: _("same number {number}").format(number=because.value),
    LikenessReason.SAME_WORDS: lambda because: _("same words {words}").format(words=because.value),
    LikenessReason.SAME_AREA: lambda _because: _("same area"),
    LikenessReason.SAME_TYPE: lambda _because: _("same kind"),
    LikenessReason.KIN_TYPE: lambda _because: _("related kind"),
    LikenessReason.MINUTES: lambda because: ngettext("{count} min apart", "{count} min apart", int(because.value)).format(count=because.value),
}


# -- teams ------------------------------------------------------------------------------------------------------------
def arrival(choice: Choice) -> str:
    """Tell the estimated arrival; the sign ≈ marks the estimate."""
    return _("≈{minutes} min").format(minutes=choice.minutes) if choice.minutes is not None else _("arrival unknown")


def chosen_reason(choice: Choice, namer: Namer) -> str:
    """Tell why a team is recommended: what for, and its rank among those that can."""
    words = [_WHY[why](choice) for why in choice.reasons]
    return _("{capability}: {why}").format(capability=namer.capability(choice.serves), why=_(", ").join(words))


_WHY: dict[WhyChosen, Callable[[Choice], str]] = {
    WhyChosen.NEAREST: lambda choice: ngettext("nearest of {count} that can go", "nearest of {count} that can go", choice.able).format(
        count=choice.able),
    WhyChosen.NEXT_NEAREST: lambda choice: _("no. {nth} by distance of {count} that can go").format(nth=choice.nth, count=choice.able),
    WhyChosen.ONLY_ONES: lambda choice: ngettext("only {count} can go", "only {count} can go", choice.able).format(count=choice.able),
    WhyChosen.APPLICATION_ACCEPTED: lambda _choice: _("application accepted"),
}


def caution(one: Caution, namer: Namer) -> str:
    """Tell a warning that does not keep a team from going."""
    day = calendar_day(one.expired_on) if one.expired_on else ""
    if one.kind is Warn.RATING_EXPIRED:
        return _("rating expired {day}").format(day=day)
    if one.kind is Warn.INSURANCE_EXPIRED:
        return _("insurance expired {day}").format(day=day)
    return _("in training, recallable") if one.kind is Warn.IN_TRAINING else _("position unknown")


def why_not(reason: WhyNot, namer: Namer) -> str:
    """Tell the first reason against a team."""
    return _WHY_NOT[reason.reason](reason, namer)


def _committed(reason: WhyNot, namer: Namer) -> str:
    number = namer.incident_number(reason.incident_id) if reason.incident_id else ""
    state = label(reason.state) if reason.state else ""
    return _("{state} on {number}").format(state=state, number=number) if number else state


def _capabilities(reason: WhyNot, namer: Namer) -> str:
    return _(", ").join(namer.capability(id_) for id_ in reason.capabilities[:2])


def _expired(reason: WhyNot, namer: Namer) -> str:
    return _("certificate for {capability} expired {day}").format(
        capability=_capabilities(reason, namer), day=calendar_day(reason.expired_on) if reason.expired_on else "")


def _agreement(reason: WhyNot, _namer: Namer) -> str:
    return _("agreement expired {day}").format(day=calendar_day(reason.expired_on)) if reason.expired_on else _("agreement expired")


def _not_this_tier(reason: WhyNot, namer: Namer) -> str:
    area = namer.area(reason.area_id)
    return _("to be ordered by {area}; ask for it").format(area=area) if area else _("not this tier's to order")


def _nearer(reason: WhyNot, _namer: Namer) -> str:
    minutes = round(reason.minutes) if reason.minutes is not None else 0
    if not reason.nearer:
        return _("≈{minutes} min; enough of its kind are sent").format(minutes=minutes)
    return ngettext("≈{minutes} min, farther than {count} that can go", "≈{minutes} min, farther than {count} that can go",
                    reason.nearer).format(minutes=minutes, count=reason.nearer)


_WHY_NOT: dict[ReasonNot, Callable[[WhyNot, Namer], str]] = {
    ReasonNot.BY_REQUEST: lambda _reason, _namer: _("by request through the People's Armed Forces Department"),
    ReasonNot.COMMITTED: _committed,
    ReasonNot.STATE: lambda reason, _namer: label(reason.state) if reason.state else "",
    ReasonNot.MISSING_CAPABILITY: lambda reason, namer: _("no {capability}").format(capability=_capabilities(reason, namer))
    if len(reason.capabilities) <= 2 else _("none of the capabilities needed"),
    ReasonNot.CERTIFICATE_EXPIRED: _expired,
    ReasonNot.AGREEMENT_EXPIRED: _agreement,
    ReasonNot.APPLICATION_NEEDED: lambda _reason, _namer: _("must apply and be accepted first"),
    ReasonNot.NOT_THIS_TIER: _not_this_tier,
    ReasonNot.MAY_NOT_CROSS: lambda reason, namer: _("may not leave {area}").format(area=namer.area(reason.area_id)),
    ReasonNot.BEYOND_RADIUS: lambda reason, _namer: _("{km} away, beyond its {radius}").format(
        km=distance(reason.km or 0), radius=distance(reason.radius_km or 0)),
    ReasonNot.NOTHING_NEEDED: lambda _reason, _namer: _("could go; nothing more is needed"),
    ReasonNot.PLACE_UNKNOWN: lambda _reason, _namer: _("could go; the place is not known"),
    ReasonNot.NO_POSITION: lambda _reason, _namer: _("could go; its position is not known"),
    ReasonNot.NEARER_SUFFICE: _nearer,
}


def _plain(value: float | int | None) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
