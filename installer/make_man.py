"""Write the manual page of the command in both languages, from the command line's own descriptions, so that it can lack none.

    python installer/make_man.py FOLDER      writes FOLDER/man1/emergency-desk.1 and FOLDER/zh_CN/man1/emergency-desk.1
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from emergency_desk import __version__
from emergency_desk.app import argument_words, paths
from emergency_desk.app.command_line import parser
from emergency_desk.wording import catalog

NAME = "emergency-desk"
VARIABLES = {"EMERGENCY_DESK_STORE": "store", "EMERGENCY_DESK_PASSWORD": "password", "EMERGENCY_DESK_NEW_PASSWORD": "new",
             "EMERGENCY_DESK_KEY": "key", "EMERGENCY_DESK_NEW_KEY": "new_key",
             "EMERGENCY_DESK_BACKUP_KEY": "backup_key"}  # fmt: skip
WORDS = {
    "en": {
        "title": "Emergency Desk", "name": "NAME", "about": "the desk of a duty office", "synopsis": "SYNOPSIS", "description": "DESCRIPTION",
        "options": "OPTIONS", "commands": "COMMANDS", "environment": "ENVIRONMENT", "files": "FILES", "exit": "EXIT STATUS",
        "store": "The store to work on, where --store names none.", "password": "The password of the account that --as names.",
        "new": "The password of an account that is made.",
        "key": "The passphrase or the recovery key of an encrypted store.", "new_key": "The passphrase that a store is given.",
        "backup_key": "What opens a backup of another key than the store it is put over.",
        "data": "Store, backups, papers and drafts. Taking the program off leaves them alone.",
        "settings": "What a person likes on this machine: language, colours, size.", "logs": "The program's log.",
        "codes": "0 done, 1 a difference or deviation was found, 2 refused with its reason, 3 a fault of the program, which the log tells.",
        "one": "With FILE.edplan the window opens at the plans of another desk that the file brings. Options may stand before or after a "
               "command.",
    },
    "zh": {
        "title": "应急值班台", "name": "名称", "about": "值班室的工作台", "synopsis": "用法", "description": "说明", "options": "选项",
        "commands": "命令", "environment": "环境变量", "files": "文件", "exit": "退出码", "store": "未用 --store 指明时所用的数据文件。",
        "password": "--as 所指账号的密码。", "new": "新建账号的密码。", "key": "加密数据文件的口令或恢复密钥。",
        "new_key": "为数据文件新设的口令。", "backup_key": "备份的密钥与要替换的数据文件不同时，打开备份的口令或恢复密钥。",
        "data": "数据文件、备份、文书和草稿。卸载程序不会动它们。",
        "settings": "本机上个人的语言、颜色、字号。", "logs": "程序日志。",
        "codes": "0 完成；1 查出差异或偏离；2 被拒绝并说明原因；3 程序自身出错，详见日志。",
        "one": "给出 .edplan 文件时，窗口直接打开其中带来的别处预案。选项写在命令之前或之后都可以。",
    },
}


def main(arguments: list[str]) -> int:
    """Write both pages below a folder of manuals."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    for language, below in (("en", "man1"), ("zh", "zh_CN/man1")):
        target = Path(arguments[0]) / below / f"{NAME}.1"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(language), encoding="utf-8")
    return 0


def page(language: str) -> str:
    """Return the page in one language."""
    catalog.use_language(language, paths.locale())
    argument_words.speak(language, paths.locale())
    words, whole = WORDS[language], parser()
    common = [action for action in whole._actions if action.option_strings]
    lines = [f'.TH {NAME.upper()} 1 "" "{words["title"]} {__version__}"', f'.SH {words["name"]}', f'{NAME} \\- {words["about"]}',
             f'.SH {words["synopsis"]}', rf'.B {NAME}', r'[\fIFILE.edplan\fR | \fICOMMAND\fR ...]',
             f'.SH {words["description"]}', _safe(whole.description), '.PP', _safe(words["one"]),
             f'.SH {words["options"]}', *_options(common), f'.SH {words["commands"]}']
    lines += [line for name, command, told in _commands(whole, ()) for line in _command(name, command, told, common)]
    lines += [f'.SH {words["environment"]}']
    for variable, told in VARIABLES.items():
        lines += ['.TP', rf'.B {variable}', _safe(words[told])]
    lines += [f'.SH {words["files"]}']
    for place, told in (("~/.local/share/emergency-desk/", "data"), ("~/.config/emergency-desk/settings.toml", "settings"),
                        ("~/.local/state/emergency-desk/log/", "logs")):  # fmt: skip
        lines += ['.TP', rf'.I {place}', _safe(words[told])]
    lines += [f'.SH {words["exit"]}', _safe(words["codes"])]
    return "\n".join(lines) + "\n"


def _commands(of: argparse.ArgumentParser, before: tuple[str, ...]) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Give every command with its parser and what it does; acts below a command follow it."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                words = (*before, name)
                yield " ".join(words), command, command.description or ""
                yield from _commands(command, words)


def _command(name: str, command: argparse.ArgumentParser, told: str, common: list[argparse.Action]) -> list[str]:
    known = {option for action in common for option in action.option_strings}
    own = [action for action in command._actions
           if not isinstance(action, argparse._SubParsersAction) and not known & set(action.option_strings)]
    places = " ".join(rf"\fI{_safe(_shown(action))}\fR" for action in own if not action.option_strings)
    return [f".SS {NAME} {_safe(name)} {places}".rstrip(), _safe(told), *_options(own)]


def _options(actions: list[argparse.Action]) -> list[str]:
    lines = []
    for action in actions:
        names = ", ".join(rf"\fB{_safe(option)}\fR" for option in action.option_strings)
        value = rf"\fI{_safe(_shown(action))}\fR" if action.nargs != 0 else ""
        told = (action.help or "") % {"choices": ", ".join(map(str, action.choices or ())), "default": action.default}
        lines += [".TP", " ".join(filter(None, (names, value))), _safe(told)]
    return lines


def _shown(action: argparse.Action) -> str:
    """Return how the value of an option is written."""
    if isinstance(action.metavar, str):
        return action.metavar
    return " | ".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _safe(text: str | None) -> str:
    """Return text that the formatter of manuals takes as text."""
    safe = (text or "").replace("\\", r"\e").replace("-", r"\-").replace("\n", " ")
    return rf"\&{safe}" if safe.startswith((".", "'")) else safe


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
