"""A process started for one piece of work and ended with it: a backup that takes minutes, a share that may never answer.

It stands back behind the desk: the lowest priority the system has for it. The desk waits for it on a thread of its own, and not for ever.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

from emergency_desk.domain.backup_errors import TookTooLong
from emergency_desk.errands.helper_process import Helper, HelperDied


def run(function: Callable[..., Any], *args: Any, seconds: float) -> Any:
    """Run a picklable top-level function in a process of its own and return its answer. Raises what it refused, TookTooLong, HelperDied."""
    helper, was_late = Helper(), threading.Event()

    def end_it() -> None:
        was_late.set()
        helper.kill()

    clock = threading.Timer(seconds, end_it)
    clock.daemon = True
    try:
        helper.start()
        clock.start()
        helper.run(stand_back, ())
        return helper.run(function, args)
    except HelperDied as error:
        if was_late.is_set():
            raise TookTooLong(what=function.__name__, seconds=seconds) from error
        raise
    finally:
        clock.cancel()
        helper.close()


def stand_back() -> None:
    """Let everything else on this machine go first."""
    if hasattr(os, "nice"):
        os.nice(15)
