"""How every list is taken on the command line: read while the store is opened, taken or not, and told with the file of the rows to mend."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from typing import Any, TypeVar

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.progress import ProgressLine
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.rows_to_mend import Taken
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _, ngettext

P = TypeVar("P")
T = TypeVar("T", bound=Taken)


def take_list(
    asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine, look: Callable[[Desk, ChildInWaiting], P],
    take: Callable[[Desk, P], T], facts: Callable[[Desk, P], dict[str, Any]], tell: Callable[[Desk, P, T], object],
) -> int:
    """Look at a list and take its good rows, or none; then tell it, or give a program the facts (good, bad and more)."""
    with closing(ChildInWaiting()) as waiting:
        waiting.get_ready()  # it reads its modules while the store is opened
        desk = open_desk()
        try:
            progress(0, 2, _("Reading {name}").format(name=asked.file.name))
            preview = look(desk, waiting)
            found = facts(desk, preview)
            progress(1, 2, ngettext("Taking {count} row", "Taking {count} rows", found["good"]).format(count=found["good"]))
            taken = take(desk, preview)
        finally:
            progress.end()
            desk.store.close()
    back = taken.bad_rows_path
    if back is not None and asked.bad_rows:
        back = back.replace(asked.bad_rows)
    if asked.json:
        print_json({**found, "taken": taken.value, "bad_rows": str(back) if back else None})
        return DONE
    tell(desk, preview, taken)
    if back is not None:
        print(ngettext("{count} row is to be mended; it lies with its reasons in {path}. Mend it there and import that file.",
                       "{count} rows are to be mended; they lie with their reasons in {path}. Mend them there and import that file.",
                       found["bad"]).format(count=found["bad"], path=back))
    return DONE
