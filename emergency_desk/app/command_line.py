"""The command line: what may be asked, in whose name, in which language; and the outermost frame that no error leaves.

The commands themselves are in `commands`; the window is asked for only where one is wanted, so that a command never loads Qt.
"""

from __future__ import annotations

import argparse
import locale
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from emergency_desk.app import argument_words, crash, log, paths, unlocking
from emergency_desk.app.answers import BUG, DONE, INTERRUPTED, REFUSED
from emergency_desk.domain.accounts import Role
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.wording import catalog
from emergency_desk.wording.catalog import N_, _

LISTS = ("teams", "members", "units", "sites", "agreements", "incidents", "areas", "lots", "supply-items", "depots", "stock-movements",
         "supply-promises", "stock-targets", "shelters",
         "head-counts", "transfer-list")
WALK, PLANS, DRILL, MANUAL = "walk", "plans", "drill", "manual"
WINDOW, PLAN_FILE = "open", ".edplan"  # what a file manager asks for when somebody opens a file of plans
WRITING = ("areas add", "accounts add", "call", "purge")  # they stand in keeping_commands
COPIES = ("backup", "restore")  # they stand in copy_commands
KEYS = ("encrypt", "decrypt", "change-passphrase", "recovery-key")  # they stand in key_commands
_log = logging.getLogger(__name__)


def run(argv: Sequence[str]) -> int:
    """Do what the arguments ask and return the exit code."""
    _let_streams_write()
    catalog.use_language(_language(argv), paths.locale())
    argument_words.speak(catalog.current_language(), paths.locale())
    file = log.start(_log_folder())
    try:
        return _do(_parse(argv), file)
    except _Misunderstood as error:
        return _refuse(str(error))
    except DeskError as error:
        from emergency_desk.wording.refusals import sentence

        _log.info("refused: %s", type(error).__name__)
        return _refuse(sentence(error))
    except KeyboardInterrupt:
        print(_("Stopped. What was saved before is safe."), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us (head, less) has gone: nothing more to say, and the interpreter must not try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        _log.warning("the system refused", exc_info=True)
        from emergency_desk.wording.refusals import word

        return _refuse(_("{path}: {reason}. Check the path and its rights.").format(path=error.filename or "-", reason=word(fault_of(error))))
    except Exception:
        _log.exception("the command failed")
        print(crash.sentence(file), file=sys.stderr)
        return BUG


def _do(asked: argparse.Namespace, log_file: Path) -> int:
    if asked.command in (None, WINDOW) or (asked.command == "demo" and not asked.no_window and not asked.pictures):
        faults = crash.Telling()
        crash.install(log_file, told=faults)  # the window goes on after a fault; Qt would not hand it up to us
        return _open_window(asked, faults)
    wanted = " ".join(word for word in (asked.command, getattr(asked, "act", "")) if word)
    if wanted in WRITING:
        from emergency_desk.app import keeping_commands

        return keeping_commands.COMMANDS[wanted](asked)
    if wanted == "report" and asked.name == MANUAL:
        from emergency_desk.app import manual_commands

        return manual_commands.print_manual(asked)
    if wanted in COPIES:
        from emergency_desk.app import copy_commands

        return copy_commands.COMMANDS[wanted](asked)
    if wanted in KEYS:
        from emergency_desk.app import key_commands

        return key_commands.COMMANDS[wanted](asked)
    from emergency_desk.app import commands

    return commands.COMMANDS[asked.command](asked)


def _open_window(asked: argparse.Namespace, faults: crash.Telling) -> int:
    if asked.command == "demo":
        from emergency_desk.app.commands import build_demo

        build_demo(asked)
    from emergency_desk.app.holding import Holding, first_comes_forward

    file = asked.file.absolute() if asked.command == WINDOW and asked.file else None
    holding = Holding()
    if not holding.take(asked.store, at=datetime.now(UTC)) and holding.may_come_forward and first_comes_forward(asked.store, file):
        print(_("The desk is open already; its window comes to the front."), file=sys.stderr)
        return DONE
    from emergency_desk.app import window
    from emergency_desk.app.application import Asked

    password = os.environ.get("EMERGENCY_DESK_PASSWORD", "") if asked.account else ""
    return window.run(Asked(store=asked.store, language=asked.lang, account=asked.account, password=password, typed_key=asked.typed_key,
                            file=file), faults, holding)


def _refuse(told: str) -> int:
    print(told, file=sys.stderr)
    return REFUSED


# -- what may be asked ------------------------------------------------------------------------------------------------
class _Misunderstood(Exception):
    """The arguments make no command; the text is ready to be shown."""


class _PaperNames:
    """The names of the papers, looked up when they are asked for: their table brings the store with it, and not every command needs that."""

    def __iter__(self) -> Iterator[str]:
        from emergency_desk.errands.papers import NAMES

        return iter((*NAMES, MANUAL))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Misunderstood(_("{detail}. “emergency-desk --help” shows what may be asked.").format(detail=message[:1].upper() + message[1:]))


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    asked = parser().parse_args(_with_command(argv))
    given = vars(asked)
    store = given.get("store")
    asked.is_store_named = bool(store) or bool(os.environ.get(paths.STORE_VARIABLE))
    asked.typed_key = unlocking.take_from_environment()
    asked.lang, asked.json, asked.account = given.get("lang", ""), given.get("json", False), given.get("account", "")
    asked.store = Path(store).expanduser() if store else _own_store(asked.command)
    return asked


def _with_command(argv: Sequence[str]) -> list[str]:
    """Return the words with the command that a file of plans which stands alone leaves out."""
    at = 0
    while at < len(argv) and argv[at].startswith("-"):
        at += 2 if argv[at] in ("--store", "--lang", "--as") else 1
    is_file = at < len(argv) and argv[at].lower().endswith(PLAN_FILE)
    return [*argv[:at], *([WINDOW] if is_file else []), *argv[at:]]


def _own_store(command: str | None) -> Path:
    """Return the store when none is named: the user's own, or the demo city where only that is there."""
    if command == "demo":
        return paths.demo_store()
    own, demo = paths.default_store(), paths.demo_store()
    return demo if command != "init" and not own.exists() and demo.exists() else own


def parser() -> argparse.ArgumentParser:
    """Return what may be asked, in the language that is spoken; the manual page is made from it."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--store", metavar="PATH", help=_("the store to work on; else EMERGENCY_DESK_STORE, else the one in your data folder"))
    common.add_argument("--lang", metavar="LANG", choices=("en", "zh", "zh_CN"), help=_("the language: en or zh"))
    common.add_argument("--json", action="store_true", help=_("print one JSON array or object, with English ids"))
    common.add_argument("--as", dest="account", metavar="NAME", help=_("the account to act as; the password comes from EMERGENCY_DESK_PASSWORD "
                                                                       "or is asked for"))
    whole = _Parser(prog="emergency-desk", parents=[common],
                     description=_("The desk of a duty office: calls, plans, teams, orders. Without a command the window opens."))
    commands = whole.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=_Parser)

    def add(name: str, says: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=_(says), description=_(says))

    _add_commands(add, common)
    return whole


def _add_commands(add: Callable[[str, str], argparse.ArgumentParser], common: _Parser) -> None:
    window = add(WINDOW, N_("open the window, as without a command; with FILE at the plans of another desk that it brings"))
    window.add_argument("file", metavar="FILE", type=Path, nargs="?", default=None,
                        help=_("an .edplan file; its name alone, without “open”, does the same"))
    demo = add("demo", N_("build the demo city and open it"))
    demo.add_argument("--no-window", action="store_true", help=_("only build it"))
    demo.add_argument("--fresh", action="store_true", help=_("build it anew where it stands already"))
    demo.add_argument("--pictures", metavar="FOLDER", type=Path, help=_("play a walk on it and save pictures of the screens, without a display"))
    init = add("init", N_("found a desk of your own: its areas from the shipped divisions, an empty register, the first account"))
    init.add_argument("--area", metavar="CODE", required=True,
                      help=_("the desk's own area: a code of 2, 4, 6, 9 or 12 digits, or its whole name"))
    init.add_argument("--desk-code", metavar="CODE", default="", help=_("what numbers of incidents begin with; else the area's code"))
    init.add_argument("--account", dest="first_account", metavar="NAME", required=True,
                      help=_("the first account, which holds every role; its password comes from EMERGENCY_DESK_PASSWORD or standard input"))
    init.add_argument("--name", dest="display_name", metavar="NAME", default="", help=_("the person's name as papers show it"))
    init.add_argument("--desk-name", metavar="NAME", default="", help=_("what the desk is called; else made from its area"))
    areas = add("areas", N_("show the tree of areas; “areas add” adds one")).add_subparsers(dest="act", metavar="ACT", parser_class=_Parser)
    _add_area(areas.add_parser("add", parents=[common], description=_("add an area, such as a zone without a code")))
    checks = add("check", N_("look over the file, the journal and every derived figure; exit code 1 on any difference"))
    checks.add_argument("--rebuild-plans", action="store_true",
                        help=_("first make the shelf and the index of the plans anew from their texts; no record changes"))
    imports = add("import", N_("take a list of teams, sites, lots in stock … into the desk, or plans of another desk"))
    imports.add_argument("kind", metavar="KIND",
                         help=_("what the file holds, such as teams, sites, shelters, headcounts, people, lots, depots; or plans"))
    imports.add_argument("file", metavar="FILE", type=Path, help=_("the list, as CSV or XLSX; for plans the .edplan of the other desk"))
    imports.add_argument("--match", metavar="OLD=NEW", action="append", default=[],
                         help=_("for plans: which word of this desk a word of the other desk means; may be repeated, and is remembered"))
    imports.add_argument("--take", choices=("good", "none"), default="good", help=_("take all good rows (as set), or none and only look"))
    imports.add_argument("--answer", metavar="WRITTEN=AREA", action="append", default=[],
                         help=_("which area a written place is, for all its rows; nothing behind the = gives them back; may be repeated"))
    imports.add_argument("--at", metavar="WHEN", default="",
                         help=_("when head counts were counted, such as 2026-08-12 18:00; else as the list says"))
    imports.add_argument("--whole", action="store_true", help=_("the list of head counts is whole: whoever is open and not in it stands empty"))
    imports.add_argument("--order", metavar="NUMBER", default="", help=_("for people: the opening order of the shelter they are in"))
    imports.add_argument("--village", metavar="NAME", default="", help=_("for people: the village that is to be moved, whose names they are"))
    imports.add_argument("--gcj02", action="store_true", help=_("the positions come from a Chinese map service (GCJ-02): convert them"))
    imports.add_argument("--exchange", action="store_true", help=_("put exchanged latitude and longitude right instead of giving the rows back"))
    imports.add_argument("--confirm", choices=("none", "sure"), default="none",
                         help=_("for plan-text: confirm nothing (as set), or what the plan says outright"))
    imports.add_argument("--bad-rows", metavar="FILE", type=Path, help=_("where the rows to mend are written; else beside the list"))
    exports = add("export", N_("write a list of the desk as a table that can be imported again, an incident as a walk or a drill, or plans "
                               "for another desk"))
    exports.add_argument("kind", metavar="KIND", choices=(*LISTS, WALK, PLANS, DRILL), help=", ".join((*LISTS, WALK, PLANS, DRILL)))
    exports.add_argument("--out", metavar="FILE", type=Path, required=True, help=_("the .xlsx, .csv, .yaml, .drill or .edplan to write"))
    exports.add_argument("--plan", metavar="CODE", action="append", default=[],
                         help=_("which plans, by code; else all; may be repeated. For a drill: the plan whose levels it rehearses"))
    exports.add_argument("--incident", metavar="NUMBER", default="", help=_("the incident's number, for a walk or a drill; else the newest"))
    exports.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8", help=_("of a CSV file"))
    report = add("report", N_("print a paper to a file"))
    report.add_argument("name", metavar="NAME", choices=_PaperNames(), help="%(choices)s")
    report.add_argument("--out", metavar="FILE", type=Path, required=True, help=_("the PDF to write; a .docx where the paper has one"))
    report.add_argument("--order", metavar="NUMBER", default="", help=_("the order's number; else the newest"))
    report.add_argument("--incident", metavar="NUMBER", default="", help=_("the incident's number; else the newest"))
    report.add_argument("--team", metavar="CODE", default="", help=_("the team's code, for its card; else the first by name"))
    report.add_argument("--count", metavar="NUMBER", default="", help=_("the stock-take's number; else the newest"))
    report.add_argument("--drill", metavar="NUMBER", default="", help=_("the drill's number; else the newest"))
    report.add_argument("--standard", metavar="ID", default="", help=_("the equipment standard; else the first"))
    report.add_argument("--plan", metavar="CODE", default="", help=_("the plan's code; else the overall plan, and all plans for plan-contacts"))
    report.add_argument("--version", dest="plan_version", metavar="V", default="", help=_("the plan's version; else the one in use"))
    report.add_argument("--against", metavar="V", default="", help=_("the version a plan is compared with; else the one before it"))
    report.add_argument("--from", dest="from_at", metavar="WHEN", default="",
                        help=_("begin of the duty log, such as 2026-11-05 08:00; first day of movements or of a stock card"))
    report.add_argument("--until", dest="until_at", metavar="WHEN", default="", help=_("end of the duty log; last day of those"))
    report.add_argument("--at", metavar="WHEN", default="", help=_("the moment of the daily return of shelters and of what they need; else now"))
    _add_stock(report)
    plans = add("plans", N_("show where every plan and draft stands, and what is owed next"))
    plans.add_argument("--dues", action="store_true", help=_("only what planners owe, the earliest first"))
    _add_allocate(add("allocate", N_("show what is sent from where: the quick answer and the best one, what stays unmet and why")))
    walk = add("walk", N_("play a walk script and hold it to what it expects; exit code 1 at a deviation"))
    walk.add_argument("file", metavar="FILE", help=_("the script, or the name of one that ships with the desk"))
    walk.add_argument("--in-place", action="store_true", help=_("in the store itself, if it is a demo or empty; else in a scratch copy"))
    drill = add("drill", N_("list the drills that ship; “drill run FILE” runs one by itself on a copy of the store"))
    acts = drill.add_subparsers(dest="act", metavar="ACT", parser_class=_Parser)
    _add_twin(acts.add_parser("twin", parents=[common], description=_("make the twin a drill is played on, or end it after the drill")))
    run = acts.add_parser(
        "run", parents=[common], description=_("run a drill by itself, with scripted participants, on a copy of the store"))
    run.add_argument("file", metavar="FILE", help=_("the .drill file, or the name of one that ships with the desk"))
    run.add_argument("--out", metavar="FILE", type=Path, default=None, help=_("write its report here, as PDF or .docx"))
    people = add("accounts", N_("list the accounts; “accounts add” makes one")).add_subparsers(dest="act", metavar="ACT", parser_class=_Parser)
    _add_account(people.add_parser("add", parents=[common], description=_("make an account")))
    _add_call(add("call", N_("take a call and send teams")))
    _add_purge(add("purge", N_("destroy the names of an incident for good and write the certificate; put it off; destroy older copies")))
    backup = add("backup", N_("keep a sealed copy of the store, and carry it to the second place"))
    backup.add_argument("--out", metavar="DIR", type=Path, default=None, help=_("the folder to keep it in; else the one beside the store"))
    restore = add("restore", N_("put a backup in the place of the store; the replaced one is kept"))
    restore.add_argument("file", metavar="FILE", type=Path, help=_("the backup"))
    restore.add_argument("--look", action="store_true", help=_("only say what is in it, and what would be missing afterwards"))
    _add_keys(add)
    add("version", N_("show the version"))


def _add_twin(twin: argparse.ArgumentParser) -> None:
    twin.add_argument("number", metavar="NUMBER", help=_("the drill's number, or the end of it, such as E2"))
    twin.add_argument("--end", choices=("keep", "destroy"), default="",
                      help=_("after the drill: keep the twin sealed, to be read only, or destroy it"))


def _add_keys(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    encrypt = add("encrypt", N_("encrypt the store and its backups; the new passphrase is asked for, or comes from EMERGENCY_DESK_NEW_KEY"))
    encrypt.add_argument("--new-key", action="store_true",
                         help=_("give an encrypted store another key, so that an older recovery page opens it no more"))
    again = add("recovery-key", N_("show the recovery key of an encrypted store once more"))
    for parser in (encrypt, again):
        parser.add_argument("--recovery", metavar="FILE", type=Path, default=None,
                            help=_("write the recovery page to this PDF rather than show the key"))
    add("decrypt", N_("write the store plainly again; its backups stay encrypted"))
    add("change-passphrase", N_("let another passphrase open the store; it is asked for, or comes from EMERGENCY_DESK_NEW_KEY"))


def _add_stock(report: argparse.ArgumentParser) -> None:
    stock = report.add_argument_group(_("papers of stock"))
    stock.add_argument("--area", metavar="AREA", default="", help=_("the area, by code or name; else the desk's own"))
    stock.add_argument("--depot", metavar="NAME", default="", help=_("one depot alone, by name or code"))
    stock.add_argument("--item", metavar="CODE", default="", help=_("one item alone, by code or name"))
    stock.add_argument("--lot", metavar="NUMBER", default="", help=_("one lot alone, for movements and the stock card"))
    stock.add_argument("--group", metavar="GROUP", default="", help=_("area, category, depot, kind, item … or none; else as last chosen"))
    stock.add_argument("--sort", metavar="COLUMN", default="", help=_("the column that is sorted by; figures the largest first"))
    stock.add_argument("--columns", metavar="COLUMNS", default="", help=_("the columns, with commas between them; an unknown one lists them"))
    stock.add_argument("--days", metavar="DAYS", type=int, default=None, help=_("within how many days something expires or is swapped"))
    stock.add_argument("--xlsx", action="store_true", help=_("as a workbook"))


def _add_allocate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--need", metavar="ITEM=COUNT", action="append", default=[],
                        help=_("so much of an item, by name or code; may be repeated; else what the incident's plan asks for, or the list as "
                               "it was left"))
    parser.add_argument("--incident", metavar="NUMBER", default="", help=_("the incident they are for"))
    parser.add_argument("--area", metavar="AREA", default="", help=_("the area they are for, by code or name; else the desk's own"))
    parser.add_argument("--priority", type=int, choices=(1, 2, 3), default=2, help=_("1 is the most pressing"))
    parser.add_argument("--within", metavar="MINUTES", type=int, default=None, help=_("within how many minutes they are wanted"))
    parser.add_argument("--reach", metavar="MINUTES", type=int, default=None, help=_("how far depots are asked; else as this office has set"))


def _add_purge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--incident", metavar="NUMBER", required=True, help=_("the incident's number"))
    parser.add_argument("--confirm", action="store_true", help=_("do it: without this nothing is destroyed, and it is told what would be"))
    parser.add_argument("--decided-by", metavar="NAME", default="", help=_("who decided it"))
    parser.add_argument("--note", metavar="WORDS", default="", help=_("remarks for the certificate"))
    parser.add_argument("--out", metavar="FILE", type=Path, default=None, help=_("where the certificate is written; else among the papers"))
    parser.add_argument("--hold", metavar="REASON", default="", help=_("keep the names by this written assessment, until --until"))
    parser.add_argument("--until", dest="until_at", metavar="WHEN", default="", help=_("until when they are kept, such as 2026-12-31"))
    parser.add_argument("--lift", metavar="REASON", default="", help=_("end the hold before its day"))
    parser.add_argument("--destroy-older", action="store_true", help=_("destroy the older backups and papers that the certificate names"))


def _add_area(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", metavar="NAME", required=True, help=_("what the area is called"))
    parser.add_argument("--below", metavar="AREA", default="", help=_("the area above it, by code or name; else the desk's own"))
    parser.add_argument("--tier", choices=[tier.value for tier in Tier], default="", help=_("its tier; else the one below its parent's"))
    parser.add_argument("--code", metavar="CODE", default="", help=_("its code; a zone may have none"))
    parser.add_argument("--name-en", metavar="NAME", default="", help=_("its English name"))
    parser.add_argument("--alias", metavar="NAME", action="append", default=[], help=_("another name it is known by; may be given again"))


def _add_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", metavar="NAME", required=True, help=_("what is typed at sign-in"))
    parser.add_argument("--roles", metavar="ROLES", required=True, help=_("with commas between them, or all: {roles}").format(
        roles=", ".join(role.value for role in Role)))
    parser.add_argument("--display-name", metavar="NAME", default="", help=_("the person's name as papers show it"))
    parser.add_argument("--area", metavar="AREA", default="", help=_("the area it acts for, by code or name; else the desk's own"))
    parser.add_argument("--phone", metavar="PHONE", default="", help=_("the person's phone"))


def _add_call(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORDS", help=_("what the caller says"))
    parser.add_argument("--where", metavar="PLACE", required=True, help=_("an area by code or name, with the address after it"))
    parser.add_argument("--address", metavar="ADDRESS", default="", help=_("the address, when it does not stand after the area"))
    parser.add_argument("--send", metavar="TEAMS", default="advised",
                        help=_("advised (as set), none, or codes of teams with commas between them"))
    parser.add_argument("--reason", metavar="WORDS", default="", help=_("why a team goes that is not recommended"))
    for name in ("dead", "badly-hurt", "hurt", "trapped", "missing", "evacuate"):
        parser.add_argument(f"--{name}", metavar="COUNT", type=int, default=None, help=_("how many, if somebody told"))


def _language(argv: Sequence[str]) -> str:
    """Return the language asked for, before anything is told: the option, else that of the system."""
    for place, word in enumerate(argv):
        if word == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name]
    system = locale.getlocale()[0] or ""
    return "zh_CN" if system.startswith("Chinese") else system


def _log_folder() -> Path:
    """Return where the log is written; a home that cannot be written must not keep the desk from saying so."""
    try:
        return paths.logs()
    except OSError:
        return Path(tempfile.gettempdir())


def _let_streams_write() -> None:
    """Let a terminal that has no ✓ show another sign rather than stop the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
