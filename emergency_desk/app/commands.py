"""The commands without a window: each opens a desk, asks services and errands, prints, and returns its exit code. Never loads Qt."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import emergency_desk
from emergency_desk.app import paths
from emergency_desk.app.answers import DIFFERS, DONE, print_json
from emergency_desk.app.opening import open_desk
from emergency_desk.app.progress import ProgressLine
from emergency_desk.app.typed_moments import typed_moment
from emergency_desk.app.unlocking import with_key
from emergency_desk.app.upgrade_lines import UpgradeLines
from emergency_desk.domain.areas import Area, AreaTree
from emergency_desk.domain.errors import NotFound, SignInNeeded, StoreTrouble
from emergency_desk.domain.integrity import room_digests
from emergency_desk.errands import level_numerals, plan_texts
from emergency_desk.services import accounts, areas, integrity
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.levels import use_numerals

PASSWORD_VARIABLE = "EMERGENCY_DESK_PASSWORD"


# -- opening and signing in -------------------------------------------------------------------------------------------
def open_existing(asked: argparse.Namespace) -> Desk:
    """Open the desk of the store that was asked for. Raises the StoreTrouble family."""
    if not asked.store.exists() and _newest_backup(asked) is None:
        raise StoreTrouble(path=str(asked.store), reason="no_store", backup="")
    desk = with_key(asked, asked.store, lambda typed: open_desk(asked.store, typed=typed, create=False, told=UpgradeLines()))
    use_numerals(level_numerals.read(desk))
    return desk


def seat(desk: Desk, asked: argparse.Namespace) -> Desk:
    """Let somebody act at the desk: who was asked for, on a demo store else its duty leader. Raises WrongPassword, SignInNeeded."""
    if desk.facts.is_demo and (not asked.account or not os.environ.get(PASSWORD_VARIABLE)):
        from emergency_desk.errands.demo_city import DEMO_ACCOUNT

        try:
            accounts.act_as(desk, name=asked.account or _demo_account(desk, DEMO_ACCOUNT))
            return desk
        except NotFound:
            if not asked.account:
                raise
    if not asked.account:
        raise SignInNeeded(act=asked.command)
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None and sys.stdin.isatty():
        password = getpass.getpass(_("Password of {name}: ").format(name=asked.account))
    accounts.sign_in(desk, name=asked.account, password=password or "")
    return desk


def _demo_account(desk: Desk, usual: str) -> str:
    """Return the duty leader of a demo desk; one that a walk founded has a leader of its own area."""
    found = accounts.list_accounts(desk)
    own = [account.name for account in found if account.area_id == desk.facts.area_id]
    return usual if any(account.name == usual for account in found) else next(iter(sorted(own)), usual)


def progress_line(asked: argparse.Namespace) -> ProgressLine:
    """Return the line that shows how far long work is."""
    return ProgressLine(is_silent=asked.json)


# -- the demo city ----------------------------------------------------------------------------------------------------
def build_demo(asked: argparse.Namespace) -> None:
    """Build the demo city, or say that it stands already. Raises StoreTrouble when a real desk stands there."""
    from emergency_desk.app.demo import build_demo_store

    stood = asked.store.exists() and not asked.fresh
    progress = progress_line(asked)
    facts = with_key(asked, asked.store, lambda typed: build_demo_store(asked.store, fresh=asked.fresh, progress=progress, typed=typed))
    progress.end()
    if not facts.is_demo:
        raise StoreTrouble(path=str(asked.store), reason="not_demo", backup="")
    said = _("The demo city stands at {path} already; it is opened as it is. --fresh builds it anew.") if stood else _(
        "The demo city was built at {path}. Nothing in it is real.")
    if not asked.json:
        print(said.format(path=asked.store), file=sys.stderr)


def demo(asked: argparse.Namespace) -> int:
    """Build the demo city; with --pictures play a walk on it and save pictures."""
    build_demo(asked)
    pictures: list[Path] = []
    if asked.pictures:
        from emergency_desk.app.pictures import take_pictures

        pictures = take_pictures(asked.store, asked.pictures, language=asked.lang)
    if asked.json:
        print_json({"store": str(asked.store), "pictures": [str(path) for path in pictures]})
        return DONE
    for path in pictures:
        print(path)
    if not pictures:
        print(asked.store)
    return DONE


# -- a desk of one's own ----------------------------------------------------------------------------------------------
def init(asked: argparse.Namespace) -> int:
    """Found a desk. Raises DeskFounded, AreaUnknown, AreaIsHeading, FieldMissing, PasswordsDiffer; then nothing is founded."""
    from emergency_desk.app.founding import found_store
    from emergency_desk.errands.founding_city import Wanted

    password, again = _new_password(asked.first_account)
    progress = progress_line(asked)
    try:
        founded = found_store(asked.store, Wanted(
            area=asked.area, account=asked.first_account, password=password, password_again=again, display_name=asked.display_name,
            desk_code=asked.desk_code, desk_name=asked.desk_name), progress=progress)
    finally:
        progress.end()
    facts, area = founded.facts, founded.area
    if asked.json:
        print_json({"store": str(asked.store), "desk_code": facts.code, "name": facts.name, "name_en": facts.name_en, "area": area.code,
                    "area_name": area.name, "tier": area.tier.value, "areas": founded.areas, "account": founded.account, "note": founded.note})
        return DONE
    if founded.note:
        print(founded.note, file=sys.stderr)
    print(ngettext("{desk} ({code}) was founded at {path} with {count} area. {account} may sign in and holds every role.",
                   "{desk} ({code}) was founded at {path} with {count} areas. {account} may sign in and holds every role.",
                   founded.areas).format(desk=facts.name, code=facts.code, path=asked.store, count=founded.areas, account=founded.account))
    return DONE


def _new_password(name: str) -> tuple[str, str | None]:
    """Return the password of a first account, and its repetition where a person types it."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given, None
    if sys.stdin.isatty():
        return getpass.getpass(_("Password of {name}: ").format(name=name)), getpass.getpass(_("Once more: "))
    return sys.stdin.readline().rstrip("\r\n"), None


# -- looking ----------------------------------------------------------------------------------------------------------
def list_areas(asked: argparse.Namespace) -> int:
    """Print the tree of areas. Needs no account."""
    desk = open_existing(asked)
    try:
        if asked.json:
            print_json([_area_record(area) for area in areas.list_areas(desk)])
        else:
            for line in _tree_lines(desk.tree):
                print(line)
    finally:
        desk.store.close()
    return DONE


def _area_record(area: Area) -> dict[str, object]:
    return {"id": area.id, "code": area.code, "name": area.name, "name_en": area.name_en, "tier": area.tier.value, "parent": area.parent_id}


def _tree_lines(tree: AreaTree) -> list[str]:
    is_english = not current_language().startswith("zh")
    lines: list[str] = []
    waiting = [(area, 0) for area in reversed([area for area in tree.by_id.values() if area.parent_id not in tree.by_id])]
    while waiting:
        area, depth = waiting.pop()
        english = f" {area.name_en}" if is_english and area.name_en else ""
        lines.append(f"{'  ' * depth}{area.name}{english} {area.code}".rstrip())
        waiting += [(below, depth + 1) for below in reversed(tree.children(area.id))]
    return lines


def check(asked: argparse.Namespace) -> int:
    """Look the whole store over. Needs no account; exit code 1 on any difference."""
    desk = open_existing(asked)
    progress = progress_line(asked)
    try:
        if asked.rebuild_plans:
            plan_texts.rebuild(desk, progress=progress)
        report = integrity.check(desk, progress=progress)
        report = replace(report, differences=(*report.differences, *plan_texts.differences(desk, progress=progress)))
    finally:
        progress.end()
        desk.store.close()
    rows = sum(table.rows for table in report.tables)
    if asked.json:
        print_json({
            "store": str(asked.store), "is_sound": report.is_sound, "differences": list(map(asdict, report.differences)),
            "tables": {one.table: {"rows": one.rows, "digest": one.digest} for one in report.tables}, "rooms": room_digests(report.tables)})
        return DONE if report.is_sound else DIFFERS
    for one in report.differences:
        print(_("{what} · {where}: expected {expected}, found {found}").format(
            what=one.what, where=one.where or "-", expected=one.expected, found=one.found))
    if report.is_sound:
        print(_("The store is sound: {rows} rows in {tables} tables, journal and every derived figure agree.").format(
            rows=f"{rows:,}", tables=len(report.tables)))
        return DONE
    count = len(report.differences)
    print(ngettext("{count} difference was found. Nothing was changed; the newest backup is {backup}.",
                   "{count} differences were found. Nothing was changed; the newest backup is {backup}.", count).format(
        count=count, backup=_newest_backup(asked) or "-"))
    return DIFFERS


def _newest_backup(asked: argparse.Namespace) -> Path | None:
    from emergency_desk.store.backups import newest

    return newest(asked.store, paths.backups(asked.store))


def list_accounts(asked: argparse.Namespace) -> int:
    """Print the accounts of the desk."""
    desk = seat(open_existing(asked), asked)
    try:
        found = accounts.list_accounts(desk)
        tree = desk.tree
        records = [{"id": one.id, "name": one.name, "display_name": one.display_name, "display_name_en": one.display_name_en,
                    "roles": [role.value for role in one.roles], "area": one.area_id, "tier": tree.by_id[one.area_id].tier.value,
                    "is_demo": one.is_demo} for one in found]
        places = {one.id: tree.by_id[one.area_id].name for one in found}
    finally:
        desk.store.close()
    if asked.json:
        print_json(records)
        return DONE
    from emergency_desk.wording.labels import label

    for one in found:
        print(f"{one.name:<24} {one.display_name}  {', '.join(label(role) for role in one.roles)}  {places[one.id]}")
    return DONE


def version(asked: argparse.Namespace) -> int:
    """Print the version."""
    if asked.json:
        print_json({"version": emergency_desk.__version__})
    else:
        print(f"Emergency Desk {emergency_desk.__version__}")
    return DONE


# -- lists and papers -------------------------------------------------------------------------------------------------
def export(asked: argparse.Namespace) -> int:
    """Write a list of the desk to a file, an incident as a walk, or plans for another desk."""
    if asked.kind == "plans":
        from emergency_desk.app import plan_carrying

        return plan_carrying.export_plans(asked, open_desk=lambda: seat(open_existing(asked), asked))
    if asked.kind == "drill":
        from emergency_desk.app import drill_commands

        return drill_commands.export_drill(asked, open_desk=lambda: seat(open_existing(asked), asked))
    return _export_walk(asked) if asked.kind == "walk" else _export_list(asked)


def _export_walk(asked: argparse.Namespace) -> int:
    from emergency_desk.errands.walk_export import export_walk
    from emergency_desk.services.papers import find_incident

    desk = seat(open_existing(asked), asked)
    try:
        done = export_walk(desk, incident_id=find_incident(desk, number=asked.incident).id, path=asked.out)
    finally:
        desk.store.close()
    if asked.json:
        print_json({"path": str(done.path), "steps": done.steps, "expectations": done.expectations})
    else:
        told = ngettext("{count} step was written to {path}. Look it over for names in its texts before you pass it on.",
                        "{count} steps were written to {path}. Look them over for names in their texts before you pass them on.", done.steps)
        print(told.format(count=done.steps, path=done.path))
    return DONE


def _export_list(asked: argparse.Namespace) -> int:
    from emergency_desk.errands import exports
    from emergency_desk.exchange.table_files import TableFormat

    as_ = TableFormat.CSV_GB18030 if asked.encoding == "gb18030" and asked.out.suffix.lower() == ".csv" else None
    desk = seat(open_existing(asked), asked)
    try:
        done = exports.export(desk, kind=asked.kind.replace("-", "_"), path=asked.out, as_=as_)
    finally:
        desk.store.close()
    if asked.json:
        print_json({"path": str(done.path), "rows": done.rows})
    else:
        told = ngettext("{count} row was written to {path}.", "{count} rows were written to {path}.", done.rows)
        print(told.format(count=done.rows, path=done.path))
    return DONE


def import_list(asked: argparse.Namespace) -> int:
    """Take the good rows of a list, or none; or the plans of another desk."""
    if asked.kind == "plans":
        from emergency_desk.app import plan_carrying

        return plan_carrying.import_plans(asked, open_desk=lambda: seat(open_existing(asked), asked), progress=progress_line(asked))
    from emergency_desk.app import importing

    return importing.import_list(asked, open_desk=lambda: seat(open_existing(asked), asked), progress=progress_line(asked))


def report(asked: argparse.Namespace) -> int:
    """Print a paper to a file, in the language asked for."""
    from emergency_desk.app.stock_reporting import out_of, stock_asked
    from emergency_desk.app.typed_areas import area_of
    from emergency_desk.errands.papers import PDF, XLSX, About, paper_of, write_paper

    about = paper_of(asked.name).about
    is_stock = about is About.STOCK
    numbers = {About.ORDER: asked.order, About.TEAM: asked.team, About.PLAN: asked.plan, About.STOCK_COUNT: asked.count,
                About.GOODS: asked.order, About.DRILL: asked.drill, About.STANDARD: asked.standard, About.SHELTER: asked.order}
    desk = seat(open_existing(asked), asked)
    try:
        from_at, until_at = typed_moment(asked.from_at, "from"), typed_moment(asked.until_at, "until")
        until_at = typed_moment(asked.at, "at") or until_at
        area_id = area_of(desk, asked.area) if asked.area and about is About.SHELTERS else None
        printed = write_paper(desk, asked.name, out=out_of(asked), language=asked.lang or current_language(), fonts=paths.fonts(),
                              number=numbers.get(about, asked.incident), version=asked.plan_version, against=asked.against,
                              from_at=from_at, until_at=until_at, area_id=area_id, ending=XLSX if asked.xlsx else PDF,
                              **({"stock": stock_asked(desk, asked, from_at, until_at)} if is_stock else {}))
    finally:
        desk.store.close()
    if asked.json:
        print_json({"path": str(printed.path), "pages": printed.pages, "missing_characters": list(printed.missing_characters)})
    elif not printed.pages:
        print(printed.path)
    else:
        print(ngettext("{path}, {count} page", "{path}, {count} pages", printed.pages).format(path=printed.path, count=printed.pages))
    return DONE


def walk(asked: argparse.Namespace) -> int:
    """Play a walk script."""
    from emergency_desk.app.walking import play_walk

    return play_walk(asked)


def list_plans(asked: argparse.Namespace) -> int:
    """Print where every plan stands, or what planners owe."""
    from emergency_desk.app.plan_commands import show_plans

    desk = seat(open_existing(asked), asked)
    try:
        return show_plans(desk, asked)
    finally:
        desk.store.close()


def drill(asked: argparse.Namespace) -> int:
    """Print the drills that ship, or run one by itself on a copy."""
    from emergency_desk.app import drill_commands

    return drill_commands.drill(asked, open_live=lambda: seat(open_existing(asked), asked))


def allocate(asked: argparse.Namespace) -> int:
    """Print what is sent from where, by the quick answer and the best."""
    from emergency_desk.app.allocating_command import show_allocation

    return show_allocation(asked, open_desk=lambda: seat(open_existing(asked), asked))


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": demo, "init": init, "areas": list_areas, "check": check, "import": import_list, "export": export, "report": report, "walk": walk,
    "accounts": list_accounts, "plans": list_plans, "drill": drill, "allocate": allocate,
    "version": version,
}
