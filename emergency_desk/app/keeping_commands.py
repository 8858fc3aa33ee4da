"""The commands that write at a desk without a window: areas and accounts added, a call taken and answered. Never loads Qt."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.commands import open_existing, seat
from emergency_desk.app.typed_areas import area_and_rest, area_of
from emergency_desk.domain.accounts import Role
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldUnreadable, PasswordsDiffer
from emergency_desk.domain.incidents import Figures
from emergency_desk.services import accounts, area_keeping, calls
from emergency_desk.services.calls import TakenCall
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import label

NEW_PASSWORD_VARIABLE = "EMERGENCY_DESK_NEW_PASSWORD"
FIGURES = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate")


def add_area(asked: argparse.Namespace) -> int:
    """Add an area below another, such as a zone without a code."""
    desk = seat(open_existing(asked), asked)
    try:
        parent = area_of(desk, asked.below) if asked.below else desk.area_id
        kept = area_keeping.add_area(desk, name=asked.name, parent_id=parent, tier=Tier(asked.tier) if asked.tier else None, code=asked.code,
                                     name_en=asked.name_en, aliases=tuple(asked.alias)).value
        above = desk.tree.by_id[parent].name
    finally:
        desk.store.close()
    if asked.json:
        print_json({"id": kept.id, "name": kept.name, "code": kept.code, "tier": kept.tier.value, "parent": kept.parent_id})
    else:
        print(_("{area} ({tier}) lies below {parent} now.").format(area=kept.name, tier=label(kept.tier), parent=above))
    return DONE


def add_account(asked: argparse.Namespace) -> int:
    """Make an account; its password comes from EMERGENCY_DESK_NEW_PASSWORD, is asked for, or is read from standard input."""
    desk = seat(open_existing(asked), asked)
    try:
        area = area_of(desk, asked.area) if asked.area else desk.facts.area_id
        kept = accounts.add_account(desk, name=asked.name, display_name=asked.display_name or asked.name, roles=_roles(asked.roles),
                                    area_id=area, password=_new_password(asked.name), phone=asked.phone).value
        place = desk.tree.by_id[area].name
    finally:
        desk.store.close()
    roles = [role.value for role in kept.roles]
    if asked.json:
        print_json({"id": kept.id, "name": kept.name, "display_name": kept.display_name, "roles": roles, "area": kept.area_id})
    else:
        print(_("{account} may sign in for {area} as: {roles}.").format(account=kept.name, area=place,
                                                                       roles=", ".join(label(role) for role in kept.roles)))
    return DONE


def take_call(asked: argparse.Namespace) -> int:
    """Take a call and send the teams that are recommended, named ones, or none."""
    desk = seat(open_existing(asked), asked)
    try:
        area, address = area_and_rest(desk, asked.where)
        draft = CallDraft(words=asked.words, area_id=area, address=" ".join(part for part in (address, asked.address) if part),
                          figures=Figures(**{name: getattr(asked, name) for name in FIGURES}))
        taken = calls.take_call(desk, draft=draft, send=_teams(desk, draft, asked.send), override_reason=asked.reason).value
    finally:
        desk.store.close()
    _tell_call(asked, taken)
    return DONE


def _tell_call(asked: argparse.Namespace, taken: TakenCall) -> None:
    incident, orders = taken.incident, [order.order_number for order in taken.orders]
    if asked.json:
        print_json({"incident": incident.number, "type": incident.type_id, "grade": incident.grade.value if incident.grade else None,
                    "plan": incident.plan_code, "level": incident.plan_level, "orders": orders})
        return
    print(ngettext("{number} {title}: {count} order sent.", "{number} {title}: {count} orders sent.", len(orders)).format(
        number=incident.number, title=incident.title, count=len(orders)))
    for number in orders:
        print(f"  {number}")


def _teams(desk: Desk, draft: CallDraft, wanted: str) -> tuple[Sending, ...]:
    """Return whom to send: "advised", "none", or teams by code with commas between them."""
    if wanted == "none":
        return ()
    if wanted == "advised":
        found = calls.recommendation_for(desk, draft=draft)
        return tuple(Sending(team_id=each.team_id, serves=each.serves, travel_minutes=each.minutes) for each in found.choices)
    codes = [code.strip() for code in wanted.split(",") if code.strip()]
    with desk.reading() as reading:
        known = {team.code: team.id for team in reading.teams.where("WHERE is_retired = 0 AND code <> ''")}
    for code in codes:
        if code not in known:
            raise FieldUnreadable(name="send", typed=code, expected=_("advised, none, or codes of teams such as T101,T102"))
    return tuple(Sending(team_id=known[code]) for code in codes)


def _roles(typed: str) -> tuple[Role, ...]:
    words = [word.strip() for word in typed.replace("，", ",").split(",") if word.strip()]
    by_word = {word: role for role in Role for word in (role.value, label(role).lower())}
    if "all" in words:
        return tuple(Role)
    for word in words:
        if word.lower() not in by_word:
            raise FieldUnreadable(name="roles", typed=word, expected=", ".join(role.value for role in Role))
    return tuple(by_word[word.lower()] for word in words)


def _new_password(name: str) -> str:
    if NEW_PASSWORD_VARIABLE in os.environ:
        return os.environ[NEW_PASSWORD_VARIABLE]
    if sys.stdin.isatty():
        typed, again = getpass.getpass(_("Password of {name}: ").format(name=name)), getpass.getpass(_("Once more: "))
        if typed != again:
            raise PasswordsDiffer
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def purge(asked: argparse.Namespace) -> int:
    """Destroy the names of an incident, put it off, or destroy older copies."""
    from emergency_desk.app import purging_commands

    desk = seat(open_existing(asked), asked)
    try:
        return purging_commands.purge(asked, desk)
    finally:
        desk.store.close()


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"areas add": add_area, "accounts add": add_account, "call": take_call, "purge": purge}
