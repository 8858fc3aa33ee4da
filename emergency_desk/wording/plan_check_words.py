"""Words for what the plan check found and for what binds a plan tonight. Values come from the domain; whole sentences are here."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.plan_cards import MOST_STEPS
from emergency_desk.domain.plan_faults import FaultKind, PlanFault
from emergency_desk.domain.plan_readiness import LevelReadiness, Shortfall, ShortfallKind
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.plans import Plan
from emergency_desk.domain.shelters import FIRST_STAY
from emergency_desk.domain.texts import Text
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language, ngettext, pgettext
from emergency_desk.wording.formats import after_start, calendar_day, number
from emergency_desk.wording.labels import field_label, label


def fault(found: PlanFault, plan: Plan, namer: Namer) -> str:
    """Tell one finding, with what to do about it where that is not plain."""
    return _FAULTS[found.kind](found, plan, namer)


def shortfall(one: Shortfall, namer: Namer) -> str:
    """Tell one thing that binds a level tonight."""
    return _SHORTFALLS[one.kind](one, namer)


def line(of: LevelReadiness, namer: Namer) -> str:
    """Tell the first thing that binds a level, and in which area where several were judged."""
    if of.first is None:
        return ngettext("All it asks for stands ready", "All it asks for stands ready in each of {count} areas", of.areas).format(count=of.areas)
    told = shortfall(of.first, namer)
    if of.areas == 1:
        return told
    return _("{area}: {shortfall}").format(area=namer.area(of.area_id), shortfall=told)


def _said(text: Text) -> str:
    return text.in_language(current_language())


def _level(level: Level | None) -> str:
    return _("level {level}").format(level=level.value) if level is not None else _("no level")


# -- findings ---------------------------------------------------------------------------------------------------------
def _no_owner(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    role = label(found.role) if found.role is not None else ""
    return _("Nobody owns “{action}”: the plan sets up no {role}").format(action=_said(found.said), role=role)


def _not_told(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The {tier} is never told: no action of another tier reports to it or notifies it").format(tier=_tier(found))


def _never_starts(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{tier}, {level} can never start: none of its conditions can decide").format(tier=_tier(found), level=_level(found.at.level))


def _never_decides(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{tier}, {level}: its condition {number} never decides, because {higher} (cl. {clause}) already holds then").format(
        tier=_tier(found), level=_level(found.at.level), number=found.count, higher=_level(found.other_level), clause=found.other_clause)


def _unknown_situation(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{tier}, {level} waits for the situation {situation}, which the plan does not describe").format(
        tier=_tier(found), level=_level(found.at.level), situation=found.what)


def _grade_never_given(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{tier}, {level} waits for the grade {grade}, but such events are not graded").format(
        tier=_tier(found), level=_level(found.at.level), grade=label(found.grade) if found.grade is not None else "")


def _capability_nowhere(found: PlanFault, _plan: Plan, namer: Namer) -> str:
    return _("No team of the register can do this: {capability} ({tier}, {level})").format(
        capability=namer.capability(found.what), tier=_tier(found), level=_level(found.at.level))


def _unknown_item(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{count} of the item {item} are asked for, which the plan does not list").format(count=number(found.count), item=found.what)


def _item_without_unit(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The item {item} has no unit of count").format(item=_said(found.said))


def _no_phone(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("No phone for {role}, {unit}: neither in the plan nor in the register").format(role=_said(found.said), unit=_said(found.other_said))


def _not_tried(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    if found.day is None:
        return _("{role}, {unit}: the contact was never tried").format(role=_said(found.said), unit=_said(found.other_said))
    return _("{role}, {unit}: the contact was last tried on {day}, 90 days ago or more").format(
        role=_said(found.said), unit=_said(found.other_said), day=calendar_day(found.day))


def _silent(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{role}, {unit}: nobody answered when the contact was tried on {day}").format(
        role=_said(found.said), unit=_said(found.other_said), day=_day(found))


def _no_phone_on_card(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return ngettext("Cards of the {tier}: {count} contact has a phone neither in the plan nor in the register: {units}",
                    "Cards of the {tier}: {count} contacts have a phone neither in the plan nor in the register: {units}", found.count).format(
        tier=_tier(found), count=number(found.count), units=_(", ").join(_said(unit) for unit in found.path))


def _not_the_register_s(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{unit} has the phone {phone} in the plan and {registered} in the register").format(
        unit=_said(found.other_said), phone=found.what, registered=found.other_what)


def _no_card(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The {tier} has no response card for its {post}").format(tier=_tier(found), post=label(found.role) if found.role else "")


def _card_too_long(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The card “{post}” has {count} steps; {most} at most can be read on the run").format(
        post=_said(found.said), count=number(found.count), most=MOST_STEPS)


def _card_step_late(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The card “{post}” gives {card} for “{action}”, cl. {clause} gives {plan}").format(
        post=_said(found.said), card=after_start(found.count), action=_said(found.other_said), clause=found.other_clause,
        plan=after_start(found.other_count))


def _parent_unknown(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The plan above it, {code}, is not known at this desk").format(code=found.what)


def _aligned_unknown(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The plan beside it, {code}, is not known at this desk").format(code=found.what)


def _circle(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The plans above it lead back to themselves: {way}").format(way=" ▸ ".join(_said(title) for title in found.path))


def _parent_below(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The {plan} is named as the plan above, but it belongs to a lower tier").format(plan=_said(found.other_plan))


def _not_returned(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The {plan} stands beside this plan, but does not name it").format(plan=_said(found.other_plan))


def _superseded_basis(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The plan rests on {law}, in force until {day}; since then: {newer}").format(
        law=_said(found.said), day=_day(found), newer=_said(found.other_said))


def _superseded_cited(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The clause cites {law}, in force until {day}; since then: {newer}").format(
        law=_said(found.said), day=_day(found), newer=_said(found.other_said))


def _no_such_clause(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("“{what}” stands at clause {clause}, which the plan does not have").format(what=_said(found.said), clause=found.at.clause)


def _clause_of_other_tier(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("“{what}” of the {tier} stands at a clause that binds another tier").format(what=_said(found.said), tier=_tier(found))


def _no_english(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    part = label(found.part) if found.part is not None else ""
    return _("{part} without English: “{words}”").format(part=part, words=found.said.zh[:40])


def _no_english_at_all(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The plan has no English at all: {count} texts").format(count=number(found.count))


def _levels_differ(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{figure} {count} brings {mine} of the {tier} here and {theirs} by cl. {clause} of the {plan}").format(
        figure=field_label(found.what), count=number(found.count), mine=_level(found.at.level), tier=_tier(found),
        theirs=_level(found.other_level), clause=found.other_clause, plan=_said(found.other_plan))


def _grades_differ(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("The grade {grade} brings {mine} of the {tier} here and {theirs} by cl. {clause} of the {plan}").format(
        grade=label(found.grade) if found.grade is not None else "", mine=_level(found.at.level), tier=_tier(found),
        theirs=_level(found.other_level), clause=found.other_clause, plan=_said(found.other_plan))


def _activator_differs(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{mine} activates {level} of the {tier} here, {theirs} by cl. {clause} of the {plan}").format(
        mine=_said(found.said), level=_level(found.at.level), tier=_tier(found), theirs=_said(found.other_said), clause=found.other_clause,
        plan=_said(found.other_plan))


def _lead_differs(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{group}: led by {mine} here and by {theirs} by {place} of the {plan}").format(
        group=label(found.role) if found.role else "", mine=_said(found.said), theirs=_said(found.other_said), place=_place(found),
        plan=_said(found.other_plan))


def _groups_alike(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    name = _said(found.said) or (label(found.role) if found.role else "")
    return _("{count} work groups are called “{name}”: nobody can tell them apart at the command post; give each its own name").format(
        count=number(found.count), name=name)


def _laxer(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    figure = _("{figure} {count}").format(figure=field_label(found.what), count=number(found.count))
    said = label(found.grade) if found.grade is not None else figure
    return _("{what}: {mine} of the {tier} here, {theirs} by cl. {clause} of the {plan}; the lower plan may not start less").format(
        what=said, mine=_level(found.at.level), tier=_tier(found), theirs=_level(found.other_level), clause=found.other_clause,
        plan=_said(found.other_plan))


def _phone_differs(found: PlanFault, _plan: Plan, _namer: Namer) -> str:
    return _("{unit} has the phone {mine} here and {theirs} by {place} of the {plan}").format(
        unit=_said(found.said), mine=found.what, theirs=found.other_what, place=_place(found), plan=_said(found.other_plan))


def _place(found: PlanFault) -> str:
    return _("cl. {clause}").format(clause=found.other_clause) if found.other_clause else _("the list")


def _no_counterpart(found: PlanFault, _plan: Plan, namer: Namer) -> str:
    kind = _said(namer.trade.type(found.what).name)
    return _("The {tier} has no plan for this: {kind}. Neither this plan nor another one sets levels for it").format(tier=_tier(found), kind=kind)


def _tier(found: PlanFault) -> str:
    return label(found.at.tier) if found.at.tier is not None else ""


def _day(found: PlanFault) -> str:
    return calendar_day(found.day) if found.day is not None else ""


_FAULTS: dict[FaultKind, Callable[[PlanFault, Plan, Namer], str]] = {
    FaultKind.NO_OWNER: _no_owner, FaultKind.TIER_NOT_TOLD: _not_told, FaultKind.LEVEL_NEVER_STARTS: _never_starts,
    FaultKind.CONDITION_NEVER_DECIDES: _never_decides, FaultKind.UNKNOWN_SITUATION: _unknown_situation,
    FaultKind.GRADE_NEVER_GIVEN: _grade_never_given, FaultKind.CAPABILITY_NOWHERE: _capability_nowhere,
    FaultKind.UNKNOWN_ITEM: _unknown_item, FaultKind.ITEM_WITHOUT_UNIT: _item_without_unit, FaultKind.NO_PHONE: _no_phone,
    FaultKind.CONTACT_NOT_TRIED: _not_tried, FaultKind.SUPERSEDED_BASIS: _superseded_basis, FaultKind.SUPERSEDED_CITED: _superseded_cited,
    FaultKind.NO_SUCH_CLAUSE: _no_such_clause, FaultKind.CLAUSE_OF_OTHER_TIER: _clause_of_other_tier, FaultKind.NO_ENGLISH: _no_english,
    FaultKind.CONTACT_SILENT: _silent, FaultKind.NO_PHONE_ON_CARD: _no_phone_on_card,
    FaultKind.PHONE_NOT_THE_REGISTER_S: _not_the_register_s, FaultKind.NO_CARD: _no_card, FaultKind.CARD_TOO_LONG: _card_too_long,
    FaultKind.CARD_STEP_LATE: _card_step_late, FaultKind.PARENT_UNKNOWN: _parent_unknown, FaultKind.ALIGNED_UNKNOWN: _aligned_unknown,
    FaultKind.LINKS_IN_CIRCLE: _circle, FaultKind.PARENT_BELOW: _parent_below, FaultKind.LINK_NOT_RETURNED: _not_returned,
    FaultKind.GROUPS_ALIKE: _groups_alike,
    FaultKind.LEAD_DIFFERS: _lead_differs, FaultKind.LAXER_THAN_ABOVE: _laxer, FaultKind.NO_ENGLISH_AT_ALL: _no_english_at_all,
    FaultKind.LEVELS_DIFFER: _levels_differ, FaultKind.GRADES_DIFFER: _grades_differ,
    FaultKind.ACTIVATOR_DIFFERS: _activator_differs, FaultKind.PHONE_DIFFERS: _phone_differs, FaultKind.NO_COUNTERPART: _no_counterpart,
}


# -- tonight ----------------------------------------------------------------------------------------------------------
def _teams(one: Shortfall, namer: Namer) -> str:
    told = _("{capability}: {wanted} asked for, {there} ready").format(
        capability=namer.capability(one.what), wanted=number(one.wanted), there=number(one.there))
    others = [_("{count} {reason}").format(count=number(count), reason=label(reason)) for reason, count in one.others]
    if one.elsewhere:
        others.insert(0, _("{count} needed for other work").format(count=number(one.elsewhere)))
    return _("{shortfall} ({others})").format(shortfall=told, others=_(", ").join(others)) if others else told


def _places(one: Shortfall, _namer: Namer) -> str:
    told = _("Places in shelters, {stay}: {wanted} asked for, {there} free").format(
        stay=label(FIRST_STAY), wanted=number(one.wanted), there=number(one.there))
    if one.doubtful:
        told = ngettext("{shortfall} and {count} that only a reason opens", "{shortfall} and {count} that only a reason opens",
                        one.doubtful).format(shortfall=told, count=number(one.doubtful))
    barred = [pgettext("shelters", "{count} {reason}").format(count=number(count), reason=label(reason)) for reason, count in one.barred]
    return _("{shortfall} ({others})").format(shortfall=told, others=_(", ").join(barred)) if barred else told


def _shared_teams(one: Shortfall, namer: Namer) -> str:
    return _("{capability}: enough alone, but together with the {plan} {wanted} are wanted and {there} ready").format(
        capability=namer.capability(one.what), plan=_said(one.other_plan), wanted=number(one.wanted), there=number(one.there))


def _shared_places(one: Shortfall, _namer: Namer) -> str:
    return _("Places in shelters: enough alone, but together with the {plan} {wanted} are wanted and {there} free").format(
        plan=_said(one.other_plan), wanted=number(one.wanted), there=number(one.there))


def _no_stock(one: Shortfall, _namer: Namer) -> str:
    return ngettext("No stock is kept in this program: {count} kind of item cannot be vouched for",
                    "No stock is kept in this program: {count} kinds of items cannot be vouched for",
                    one.unknown).format(count=number(one.unknown))


def _items(one: Shortfall, _namer: Namer) -> str:
    return _with_carried(one, _("{item}: {wanted} {unit} asked for, {there} available").format(
        item=_said(one.item), wanted=number(one.wanted), unit=_said(one.unit), there=number(one.there)))


def _with_carried(one: Shortfall, told: str) -> str:
    """Say how much of what is there is no depot's: what the teams bring along that the level sends."""
    return _("{shortfall}; {count} of these come with the teams").format(shortfall=told, count=number(one.carried)) if one.carried else told


def _by(one: Shortfall) -> str:
    by = after_start(one.by_minutes or 0)
    return _("{time} with the teams").format(time=by) if one.is_with_teams else by


def _late_items(one: Shortfall, _namer: Namer) -> str:
    told = (_("{item}: {wanted} {unit} needed by {by}, {there} there by then; enough only about {arrives}, with {late} that {team} brings")
            if one.is_team else
            _("{item}: {wanted} {unit} needed by {by}, {there} there by then; enough only about {arrives}, with {late} in {depot}"))
    return _with_carried(one, told.format(
        item=_said(one.item), wanted=number(one.wanted), unit=_said(one.unit), by=_by(one), there=number(one.there),
        late=number(one.late), depot=one.depot, team=one.depot, arrives=after_start(one.arrives)))


def _way_unknown(one: Shortfall, _namer: Namer) -> str:
    return _("{item}: {wanted} {unit} needed by {by}; {count} of them lie in depots whose way cannot be told: they have no position").format(
        item=_said(one.item), wanted=number(one.wanted), unit=_said(one.unit), by=_by(one), count=number(one.unknown))


def _shared_items(one: Shortfall, _namer: Namer) -> str:
    return _("{item}: enough alone, but together with the {plan} {wanted} {unit} are wanted and {there} are there in time").format(
        item=_said(one.item), plan=_said(one.other_plan), wanted=number(one.wanted), unit=_said(one.unit), there=number(one.there))


def _expiring_items(one: Shortfall, _namer: Namer) -> str:
    return _("{item}: {wanted} {unit} asked for; {there} of them last beyond the next month").format(
        item=_said(one.item), wanted=number(one.wanted), unit=_said(one.unit), there=number(one.there))


def _not_kept(one: Shortfall, _namer: Namer) -> str:
    return ngettext("{count} kind of item stands in no ledger and cannot be vouched for",
                    "{count} kinds of items stand in no ledger and cannot be vouched for", one.unknown).format(count=number(one.unknown))


def _asks_nothing(_one: Shortfall, _namer: Namer) -> str:
    return _("The plan names no team, place or thing for this level: a call will take what its type of incident needs")


_SHORTFALLS: dict[ShortfallKind, Callable[[Shortfall, Namer], str]] = {
    ShortfallKind.TEAMS: _teams, ShortfallKind.PLACES: _places, ShortfallKind.DOUBTFUL_PLACES: _places,
    ShortfallKind.SHARED_TEAMS: _shared_teams,
    ShortfallKind.SHARED_PLACES: _shared_places, ShortfallKind.NO_STOCK: _no_stock,
    ShortfallKind.ITEMS: _items, ShortfallKind.EXPIRING_ITEMS: _expiring_items, ShortfallKind.NOT_KEPT: _not_kept,
    ShortfallKind.ASKS_NOTHING: _asks_nothing, ShortfallKind.LATE_ITEMS: _late_items, ShortfallKind.WAY_UNKNOWN: _way_unknown,
    ShortfallKind.SHARED_ITEMS: _shared_items,
}
