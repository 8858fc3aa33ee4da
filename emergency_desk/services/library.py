"""The texts a desk keeps: rule tables, plans, settings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldUnreadable, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import SHIPPED, PlanText, RuleTable, Setting
from emergency_desk.domain.plans import clause_key
from emergency_desk.domain.teams import SILENT_MINUTES
from emergency_desk.services.desk import Desk, DeskFacts, Done
from emergency_desk.store.repositories.shapes import Repositories
from emergency_desk.store.store import Store
from emergency_desk.store.twin_making import TWIN_SETTING
from emergency_desk.store.twins import mark_from

DESK_SETTING = Id("desk")
SILENT_SETTING, LONGEST_SILENCE = "lost_contact_minutes", 24 * 60
TEAM_VIEWS, TEAM_COLUMNS, IMPORT_COLUMNS, IDLE_SETTING = "team_views", "team_columns", "imports.columns", "idle_minutes"
PLAN_MATCHES = "plan_matches"
STOCK_PAPERS = "stock_papers"  # how an account last chose each paper of stock; its id stands behind
# Settings that need another right than that of the desk's settings.
_RIGHTS = {TEAM_VIEWS: Act.KEEP_VIEWS, TEAM_COLUMNS: Act.KEEP_VIEWS, IMPORT_COLUMNS: Act.IMPORT, IDLE_SETTING: Act.KEEP_ACCOUNTS,
           PLAN_MATCHES: Act.KEEP_PLANS, STOCK_PAPERS: Act.KEEP_VIEWS}


def read_facts(store: Store) -> DeskFacts:
    """Return what a store says of its desk. Raises NotFound when it was never founded."""
    with store.reading() as reading:
        kept = json.loads(reading.settings.get(DESK_SETTING).content)
        twin = reading.settings.where("WHERE id = ?", (TWIN_SETTING,))
    return DeskFacts(code=kept["code"], area_id=Id(kept["area_id"]), name=kept["name"], name_en=kept.get("name_en", ""),
                     is_demo=kept.get("is_demo", False), phone=kept.get("phone", ""),
                     twin=mark_from(twin[0].content) if twin else None)


def is_founded(store: Store) -> bool:
    """Say whether a store has a desk yet."""
    try:
        read_facts(store)
    except NotFound:
        return False
    return True


def rule_texts(store: Store) -> dict[str, str]:
    """Return the rule tables' texts by name."""
    with store.reading() as reading:
        return {rule.id: rule.content for rule in reading.rules.where("ORDER BY id")}


def rule_tables(store: Store) -> list[RuleTable]:
    """Return the rule tables with where they come from."""
    with store.reading() as reading:
        return reading.rules.where("ORDER BY id")


def take_rules(desk: Desk, *, texts: dict[str, str], source: str) -> Done[int]:
    """Take rule tables, over older ones of the same name; those that did not change are left alone."""
    desk.may_lay(Act.KEEP_RULES)
    with desk.open_work() as work:
        kept = {rule.id: rule for rule in work.rules.where("")}
        changed = 0
        for name, content in sorted(texts.items()):
            old = kept.get(Id(name))
            if old is None:
                work.rules.add(RuleTable(id=Id(name), content=content, source=source))
            elif old.content != content:
                work.rules.put(replace(old, content=content, source=source))
            changed += old is None or old.content != content
        return Done(changed, work.commit("take_rules", tables=sorted(texts), changed=changed))


def renew_rules(desk: Desk, *, texts: Mapping[str, str], edition: str) -> Done[int]:
    """Take newer shipped tables in the place of those the customer never changed. The desk itself acts, at its opening: nobody sits at it yet.

    A changed table is left alone, and so is one of a later program.
    """
    with desk.open_work() as work:
        older = [rule for rule in work.rules.where("") if rule.id in texts and rule.is_older_than(texts[rule.id], edition=edition)]
        for rule in older:
            work.rules.put(replace(rule, content=texts[rule.id], source=f"{SHIPPED} {edition}"))
        return Done(len(older), work.commit("renew_rules", tables=sorted(rule.id for rule in older), edition=edition))


def take_plans(desk: Desk, *, texts: Iterable[tuple[str, str, str]], source: str) -> Done[int]:
    """Take plans as (code, version, text); a version that is there already is never changed."""
    desk.may_lay(Act.KEEP_PLANS)
    with desk.reading() as reading:
        kept = reading.plan_names()
    with desk.open_work() as work:
        new = [(code, version, body) for code, version, body in texts if (code, version) not in kept]
        for code, version, body in new:
            work.plans.add(PlanText(id=desk.new_id(), code=code, plan_version=version, body=body, source=source))
        return Done(len(new), work.commit("take_plans", plans=[f"{code} {version}" for code, version, _body in new]))


def newer_plans(store: Store, *, shipped: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return which (code, version) that ship are newer than the shipped version a store has.

    A plan the store never had is not brought in by itself, and a number is left alone that a text, a draft or any step of a life bears here.
    """
    with store.reading() as reading:
        return [(code, version) for code, version in shipped if _is_newer(reading, code, version)]


def _is_newer(reading: Repositories, code: str, version: str) -> bool:
    own = [text.plan_version for text in reading.plans.where("WHERE code = ? AND source = ?", (code, SHIPPED))]
    this = (code, version)
    return (bool(own) and clause_key(version) > max(map(clause_key, own))
            and not any(table.count("WHERE code = ? AND plan_version = ?", this) for table in (
                reading.plans, reading.plan_drafts, reading.plan_moves)))


def renew_plans(desk: Desk, *, texts: Iterable[tuple[str, str, str]]) -> Done[int]:
    """Lay newer versions of shipped plans beside those that are there. The desk itself acts, at its opening: nobody sits at it yet.

    A version that was issued here goes before any model still, and what runs by an older version stays with it.
    """
    with desk.open_work() as work:
        new = [(code, version, body) for code, version, body in texts if _is_newer(work, code, version)]
        for code, version, body in new:
            work.plans.add(PlanText(id=desk.new_id(), code=code, plan_version=version, body=body, source=SHIPPED))
        return Done(len(new), work.commit("renew_plans", plans=[f"{code} {version}" for code, version, _body in new]))


def keep_setting(desk: Desk, *, name: str, content: str) -> Done[Setting]:
    """Keep a setting of the desk, with the right that this setting needs. Raises RoleMissing, SignInNeeded."""
    desk.may(_RIGHTS.get(name.partition(" ")[0], Act.KEEP_SETTINGS))
    with desk.open_work() as work:
        found = work.settings.where("WHERE id = ?", (name,))
        setting = work.settings.put(replace(found[0], content=content)) if found else work.settings.add(Setting(id=Id(name), content=content))
        return Done(setting, work.commit("keep_setting", name=name))


def silent_minutes(desk: Desk) -> int:
    """Return after how many minutes without a word a team that is out counts as silent (domain §4.3)."""
    kept = read_setting(desk, name=SILENT_SETTING, default=str(SILENT_MINUTES))
    return int(kept) if kept.isdecimal() else SILENT_MINUTES


def set_silent_minutes(desk: Desk, *, minutes: int) -> Done[Setting]:
    """Set after how many minutes without a word a team that is out counts as silent. Raises FieldUnreadable, RoleMissing."""
    if not 1 <= minutes <= LONGEST_SILENCE:
        raise FieldUnreadable(name="minutes", typed=str(minutes), expected=f"1-{LONGEST_SILENCE}")
    return keep_setting(desk, name=SILENT_SETTING, content=str(minutes))


def read_setting(desk: Desk, *, name: str, default: str = "") -> str:
    """Return a setting's content, or the default."""
    with desk.reading() as reading:
        found = reading.settings.where("WHERE id = ?", (name,))
        return found[0].content if found else default
