"""The words that argparse says by itself (usage, options, a choice that is none), in the language of the desk.

argparse asks the process-wide catalogue of gettext, not ours, so that catalogue is pointed at the same files here. Its own
strings are listed so that they are extracted and translated with all others.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from emergency_desk.wording.catalog import DOMAIN, N_

SAID = (
    N_("usage: "), N_("options"), N_("positional arguments"), N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"), N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("the following arguments are required: %s"), N_("unrecognized arguments: %s"), N_("expected one argument"),
    N_("expected at most one argument"), N_("expected at least one argument"), N_("not allowed with argument %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"), N_("invalid %(type)s value: %(value)r"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"), N_("ignored explicit argument %r"),
)  # fmt: skip


def speak(language: str, folder: Path) -> None:
    """Let argparse speak a language from now on, for the rest of the process."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(folder))
    gettext.textdomain(DOMAIN)
