"""The customer's own limits in the table of reporting deadlines: a row changed, a row added, the shipped table restored.

The table is a text the store keeps (`resources/reference/deadlines.yaml`); it is changed line by line, read whole before it is taken, and
what was laid keeps its time. What the law says is not changed here: a house may only be stricter beside it (R-0.3).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.errors import FieldUnreadable, NotFound, RuleIsLaw
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.library import CHANGED, SHIPPED, RuleTable, mark_of
from emergency_desk.domain.reporting import Channel, ClockStart, ReportRule
from emergency_desk.errands.trade import shipped_rules
from emergency_desk.exchange.reference_files import read_report_clocks
from emergency_desk.services import library, report_settings
from emergency_desk.services.desk import Desk, Done

OWN = "own"  # the profile of the rows a customer adds
TABLE = "deadlines"
LONGEST_MINUTES = 60 * 24 * 30
_AT_ONCE = re.compile(r"^at_once:\n(?:  .*\n)*", re.MULTILINE)
_HOUSE_BASIS = 'basis: {source: HOUSE, article: "", verified: "no"}'


def change_minutes(desk: Desk, *, rule_id: str, minutes: int) -> Done[int]:
    """Change the minutes of a row that is no law; its words and its source say from now on that the house set them.

    Raises NotFound, RuleIsLaw, FieldUnreadable, RoleMissing.
    """
    desk.may(Act.KEEP_PLANS)
    rule = desk.trade.clocks.rule(rule_id)
    if rule is None:
        raise NotFound(kind="rules", key=rule_id)
    if rule.is_law:
        raise RuleIsLaw(rule=rule.row)
    _check_minutes(minutes)
    text = _table(desk)
    lines = [_row(rule_id, rule.row, rule.profile, rule.sender, rule.receiver, rule.channel, rule.grades, minutes, applies_to=rule.applies_to,
                  clock=rule.clock_start)
             if re.match(rf"\s*- \{{id: {re.escape(rule_id)},", line) else line for line in text.split("\n")]
    return _take(desk, "\n".join(lines))


def change_at_once(desk: Desk, *, minutes: int) -> Done[int]:
    """Change after how many minutes a report due at once counts as late. The law names none, so this is the office's own.

    Raises FieldUnreadable, RoleMissing.
    """
    desk.may(Act.KEEP_PLANS)
    _check_minutes(minutes)
    text = _AT_ONCE.sub("", _table(desk))
    block = f"at_once:\n  minutes: {minutes}\n  {_HOUSE_BASIS}\n"
    return _take(desk, re.sub(r"^(?=rules:)", block, text, count=1, flags=re.MULTILINE))


def add_row(desk: Desk, *, from_tier: Tier, to_tier: Tier, channel: Channel, minutes: int, grades: tuple[Grade, ...] = ()) -> Done[int]:
    """Add a row of one's own, followed from now on. Raises FieldUnreadable, RoleMissing."""
    desk.may(Act.KEEP_PLANS)
    _check_minutes(minutes)
    if from_tier not in LADDER or to_tier.rank >= from_tier.rank:
        raise FieldUnreadable(name="to_tier", typed=to_tier, expected=", ".join(tier.value for tier in Tier if tier.rank < from_tier.rank))
    number = 1 + sum(rule.profile == OWN for rule in desk.trade.clocks.rules)
    row = _row(f"own-{number}", "D15", OWN, from_tier, to_tier, channel, grades, minutes)
    done = _take(desk, f"{_table(desk).rstrip()}\n{row}\n")
    settings = report_settings.read_report_settings(desk)
    if OWN not in settings.profiles:
        report_settings.choose_profiles(desk, profiles=[*settings.profiles, OWN], counts_first_day=settings.counts_first_day)
    return done


def hold_row(desk: Desk, *, from_tier: Tier, to_tier: Tier, channel: Channel, minutes: int, grades: tuple[Grade, ...] = ()) -> Done[int]:
    """Add a row of one's own, or give the one that is like it other minutes. Raises FieldUnreadable, RoleMissing."""
    like = next((rule for rule in desk.trade.clocks.rules if rule.profile == OWN and set(rule.grades) == set(grades)
                 and (rule.sender, rule.receiver, rule.channel) == (from_tier, to_tier, channel)), None)
    if like is not None:
        return change_minutes(desk, rule_id=like.id, minutes=minutes)
    return add_row(desk, from_tier=from_tier, to_tier=to_tier, channel=channel, minutes=minutes, grades=grades)


def restore(desk: Desk, *, folder: Path) -> Done[int]:
    """Take the table as it ships; rows of one's own go. What was laid keeps its time."""
    desk.may(Act.KEEP_PLANS)
    done = _take(desk, shipped_rules(folder)[TABLE], source=SHIPPED)
    settings = report_settings.read_report_settings(desk)
    if OWN in settings.profiles:
        kept = [each for each in settings.profiles if each != OWN]
        report_settings.choose_profiles(desk, profiles=kept, counts_first_day=settings.counts_first_day)
    return done


def editable(rule: ReportRule) -> bool:
    """Say whether a row's minutes may be changed here."""
    return not rule.is_law and bool(rule.minutes)


def _check_minutes(minutes: int) -> None:
    if not 0 < minutes <= LONGEST_MINUTES:
        raise FieldUnreadable(name="minutes", typed=str(minutes), expected=f"1…{LONGEST_MINUTES}")


def _table(desk: Desk) -> str:
    return library.rule_texts(desk.store)[TABLE]


def newer_ships(desk: Desk, *, folder: Path) -> bool:
    """Say whether another table ships now than the one that this office changed; its own stays until somebody restores."""
    kept = _kept(desk)
    return not kept.is_shipped and bool(kept.base) and kept.base != mark_of(shipped_rules(folder)[TABLE])


def _kept(desk: Desk) -> RuleTable:
    return next(rule for rule in library.rule_tables(desk.store) if rule.id == TABLE)


def is_changed(desk: Desk) -> bool:
    """Say whether the office has changed the table."""
    return not _kept(desk).is_shipped


def _take(desk: Desk, text: str, *, source: str = "") -> Done[int]:
    """Read the changed table before it is taken, so that a slip changes nothing. Raises BadFile.

    An older store may lack tables that the desk reads as they ship, so only this one is read anew. A table that is changed notes which
    shipped one it came from.
    """
    source = source or f"{CHANGED} {_kept(desk).base}".rstrip()
    trade = replace(desk.trade, clocks=read_report_clocks(library.rule_texts(desk.store) | {TABLE: text}))
    done = library.take_rules(desk, texts={TABLE: text}, source=source)
    desk.trade = trade
    return done


def _row(
    rule_id: str, row: str, profile: str, sender: str, receiver: str, channel: Channel, grades: tuple[Grade, ...], minutes: int,
    *, applies_to: str = "any", clock: ClockStart = ClockStart.RECEIPT,
) -> str:
    bound = f"grades: [{', '.join(grade.value for grade in grades)}], " if grades else ""
    says_zh, says_en = f"{minutes}分钟内报（本单位设定的内部时限）", f"within {minutes} minutes (internal limit set by this office)"
    return (f'  - {{id: {rule_id}, row: {row}, profile: {profile}, law: "no", for: {applies_to}, {bound}from: {sender}, to: {receiver}, '
            f'channel: {channel}, clock: {clock}, minutes: {minutes}, zh: {says_zh}, en: {json.dumps(says_en)}, {_HOUSE_BASIS}}}')
