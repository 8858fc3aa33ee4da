"""The annexes of a plan on paper: the part of it that is run. Levels, groups, actions, needs, contacts, cards, basis; each only where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import Action, CardStep, Contact, LevelRule, Plan, ResponseCard
from emergency_desk.domain.plan_sheets import PlanSheet
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.texts import Text
from emergency_desk.reports.blocks import unbroken
from emergency_desk.reports.document import Grid, Heading, Piece, grid, prose, words
from emergency_desk.reports.page import in_paper
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import after_start, number
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_said, level_word

BLANK = "____________"
_TIERS = (Tier.NATION, Tier.PROVINCE, Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE)


def annexes(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    """Yield the annexes that have something in them, numbered in their order."""
    makers: tuple[tuple[str, Callable[[PlanSheet, PaperSettings], Iterable[Piece]]], ...] = (
        (_("Response levels and conditions"), _levels), (_("Working groups of the on-site command"), _groups),
        (_("Actions by tier"), _actions), (_("Teams, goods and places needed"), _needs), (pgettext("plan", "Contacts"), _contacts),
        (_("Response cards"), _cards), (_("Basis and linked plans"), _basis))
    made = [(title, pieces) for title, maker in makers if (pieces := list(maker(sheet, paper)))]
    for place, (title, pieces) in enumerate(made, start=1):
        yield Heading(text=title, above=_("Annex {number}").format(number=place), starts_page=True)
        yield from pieces


def tiers_of(items: Iterable[LevelRule | Action | ResponseCard]) -> list[Tier]:
    """Return the tiers that something is said of, from the top down."""
    named = {item.tier for item in items}
    return [tier for tier in _TIERS if tier in named]


def _tier_heading(tier: Tier) -> Heading:
    return Heading(text=tier_said(tier), depth=2)


def tier_said(tier: Tier) -> str:
    """Return a tier as a heading says it."""
    return _("{tier} tier").format(tier=label(tier))


def _levels(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    plan = sheet.plan
    heads = (pgettext("plan", "Level"), _("Activated when this is so (one line is enough)"), pgettext("plan", "Activated by"), _("Clause"))
    for tier in tiers_of(plan.levels):
        yield _tier_heading(tier)
        yield grid(heads, ((level_word(rule.level), "\n".join(_listed(plan_words.conditions(rule, plan))), in_paper(rule.activated_by, paper),
                            rule.clause) for rule in plan.levels_of(tier)), (0.1, 0.5, 0.27, 0.13))


def _listed(lines: Sequence[str]) -> Sequence[str]:
    return [_("•  {condition}").format(condition=line) for line in lines] if len(lines) > 1 else lines


def _groups(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    if sheet.plan.work_groups:
        yield grid((pgettext("plan", "Group"), _("Led by"), pgettext("plan", "Members"), _("Duties")), ((
            plan_words.group_name(group), in_paper(group.lead, paper), _(", ").join(in_paper(member, paper) for member in group.members),
            in_paper(group.duties, paper)) for group in sheet.plan.work_groups), (0.18, 0.22, 0.28, 0.32))


def _actions(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    plan = sheet.plan
    if plan.actions:
        yield prose(_("T is the moment at which the duty office of the tier receives the report; minutes count from it. "
                      "An action that applies from a level applies at every higher one too."), is_note=True)
    heads = (_("No."), pgettext("plan", "By"), _("From level"), _("Action"), pgettext("plan", "Who"), _("Clause"))
    for tier in tiers_of(plan.actions):
        yield _tier_heading(tier)
        ordered = sorted((action for action in plan.actions if action.tier is tier), key=lambda action: action.due_minutes)
        yield grid(heads, (_action(action, sheet, paper) for action in ordered), (0.08, 0.105, 0.12, 0.42, 0.165, 0.11))


def _action(action: Action, sheet: PlanSheet, paper: PaperSettings) -> tuple[str, ...]:
    needs = _asks(action, sheet, paper)
    told = in_paper(action.title, paper) + ("\n" + _("Needs: {needs}").format(needs=needs) if needs else "")
    return action.id, after_start(action.due_minutes), level_word(action.from_level), told, label(action.role), action.clause


def _asks(action: Action, sheet: PlanSheet, paper: PaperSettings) -> str:
    parts = [_("{capability}: {count}").format(capability=in_paper(sheet.names.get(id_, Text(id_)), paper), count=number(count))
             for id_, count in action.needs.teams]
    parts += [_("{item}: {count} {unit}").format(item=_item(sheet.plan, id_, paper), count=number(count), unit=_unit(sheet.plan, id_, paper))
              for id_, count in action.needs.items]
    if action.needs.places:
        parts.append(_("places in shelters: {count}").format(count=number(action.needs.places)))
    return _("; ").join(parts)


def _needs(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    plan = sheet.plan
    if any(rule.needs for rule in plan.levels):
        yield prose(_("What each level asks for in all, not on top of the level below it."), is_note=True)
    for tier in tiers_of(rule for rule in plan.levels if rule.needs):
        levels = [rule for rule in plan.levels_of(tier) if rule.needs]
        yield _tier_heading(tier)
        columns = tuple(label(rule.level) for rule in levels)
        share = 0.13 if len(levels) > 1 else 0.2
        yield grid((pgettext("plan", "What"), pgettext("measure", "Unit"), *columns), _need_rows(plan, levels, sheet, paper),
                   (1 - 0.14 - share * len(levels), 0.14, *(share,) * len(levels)))


def _need_rows(plan: Plan, levels: Sequence[LevelRule], sheet: PlanSheet, paper: PaperSettings) -> Iterator[tuple[str, ...]]:
    """Yield a row for each capability, item and for shelter places, a column for each level."""
    def counted(told: Iterable[tuple[str, int]], id_: str) -> str:
        return number(count) if (count := dict(told).get(id_, 0)) else "—"

    for id_ in dict.fromkeys(id_ for rule in levels for id_, _count in rule.needs.teams):
        yield in_paper(sheet.names.get(id_, Text(id_)), paper), _("teams"), *(counted(rule.needs.teams, id_) for rule in levels)
    for id_ in dict.fromkeys(id_ for rule in levels for id_, _count in rule.needs.items):
        item = plan.item(id_)
        code = unbroken(f" ({item.code})") if item and item.code else ""
        yield f"{_item(plan, id_, paper)}{code}", _unit(plan, id_, paper), *(counted(rule.needs.items, id_) for rule in levels)
    if any(rule.needs.places for rule in levels):
        yield _("Places in shelters"), _("people"), *(number(rule.needs.places) if rule.needs.places else "—" for rule in levels)


def _item(plan: Plan, id_: str, paper: PaperSettings) -> str:
    item = plan.item(id_)
    return in_paper(item.name, paper) if item else id_


def _unit(plan: Plan, id_: str, paper: PaperSettings) -> str:
    item = plan.item(id_)
    return in_paper(item.unit, paper) if item else ""


def _contacts(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    if sheet.plan.contacts:
        yield grid((pgettext("plan", "Role"), _("Unit"), _("Phone")), ((
            in_paper(contact.role, paper), in_paper(contact.unit, paper), contact.phone or BLANK) for contact in sheet.plan.contacts),
            (0.33, 0.37, 0.3), least=28)


def _cards(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    for card in sheet.plan.cards:
        yield Heading(text=_("{post} ({tier}, from level {level})").format(
            post=in_paper(card.post, paper), tier=label(card.tier), level=level_said(card.from_level)), depth=2)
        rows = tuple((words(name, strong=True), words(text)) for name, text in _card_rows(card, paper))
        yield Grid((), rows, (0.22, 0.78), whole=True)


def _card_rows(card: ResponseCard, paper: PaperSettings) -> Iterator[tuple[str, str]]:
    steps = "\n".join(step_line(place, step, paper) for place, step in enumerate(card.steps, start=1))
    told = (
        (pgettext("card", "Trigger"), in_paper(card.trigger, paper)), (_("Do at once"), steps),
        (pgettext("card", "Report to"), "\n".join(report_line(contact, paper) for contact in card.reports_to)),
        (_("Never"), in_paper(card.never, paper)), (pgettext("card", "Resources"), in_paper(card.resources, paper)),
        (_("Withdraw when"), in_paper(card.withdraw_when, paper)), (_("Clause"), card.clause))
    return ((name, text) for name, text in told if text)


def step_line(place: int, step: CardStep, paper: PaperSettings) -> str:
    """Return one step of a card in a line."""
    return _("{number}. within {minutes} min: {text}").format(number=place, minutes=step.due_minutes, text=in_paper(step.text, paper))


def report_line(contact: Contact, paper: PaperSettings) -> str:
    """Return whom to report to, with the phone or a line to fill by hand."""
    who = " · ".join(part for part in (in_paper(contact.role, paper), in_paper(contact.unit, paper)) if part)
    return f"{who}  {contact.phone or BLANK}"


def _basis(sheet: PlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    plan = sheet.plan
    if plan.basis:
        yield grid((_("Legal basis"), _("Number or date in force"), _("Articles")), ((
            in_paper(one.title, paper), one.number, _articles(one.article)) for one in plan.basis), (0.47, 0.25, 0.28))
    linked = [(_("Plan above"), plan.parent)] if plan.parent else []
    linked += [(_("Works beside"), code) for code in plan.aligned]
    if linked:
        rows = ((name, in_paper(sheet.titles.get(code, Text(code)), paper), code) for name, code in linked)
        yield grid((_("Link"), _("Plan"), _("Code")), rows, (0.25, 0.5, 0.25))
    covers = [in_paper(sheet.types.get(id_, Text(id_)), paper) for id_ in plan.hazard_types]
    near = [in_paper(sheet.types.get(id_, Text(id_)), paper) for id_ in plan.near_types]
    reach = [(_("Kinds of incident"), _(", ").join(covers)), (_("May be borrowed for"), _(", ").join(near))]
    if covers or near:
        yield grid((_("Reach"), _("Kinds of incident")), ((name, text) for name, text in reach if text), (0.25, 0.75))


def _articles(text: str) -> str:
    return text or "—"


