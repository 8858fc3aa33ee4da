"""Prints the manual from the command line; it needs no store."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from emergency_desk.app import paths
from emergency_desk.app.answers import DONE, print_json
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.errands import manual
from emergency_desk.wording.catalog import current_language, language_of, ngettext


def print_manual(asked: argparse.Namespace) -> int:
    """Print the whole manual in the language asked for."""
    paper = PaperSettings(language_of(asked.lang) if asked.lang else current_language(), paths.fonts())
    printed = manual.print_manual(paths.manual(), asked.out, paper, datetime.now(UTC))
    if asked.json:
        print_json({"path": str(printed.path), "pages": printed.pages, "missing_characters": list(printed.missing_characters)})
    else:
        print(ngettext("{path}, {count} page", "{path}, {count} pages", printed.pages).format(path=printed.path, count=printed.pages))
    return DONE
