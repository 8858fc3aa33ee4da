"""Hands a finished PDF to the machine's own printing: `lp` where there is one, the shell on Windows. Runs in the helper process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from emergency_desk.domain.errors import PaperNotPrinted
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.errands.papers import keep_paper
from emergency_desk.services.papers import Sheet

_SECONDS = 20.0  # a queue that does not answer by then is not there


def print_paper(sheet: Sheet, folder: Path, settings: PaperSettings) -> Printed:
    """Keep a paper in its folder and send that file to the printer. Raises PaperNotWritten, PaperNotPrinted."""
    printed = keep_paper(sheet, folder, settings)
    send_to_printer(printed.path)
    return printed


def send_to_printer(path: Path) -> None:
    """Give a PDF to the system's printer. Raises PaperNotPrinted with what the system said."""
    if sys.platform == "win32":
        try:
            os.startfile(path, "print")  # ShellExecute: the program that opens PDFs prints it
        except OSError as error:
            raise PaperNotPrinted(path=str(path), reason="refused", detail=fault_of(error)) from error
        return
    program = shutil.which("lp")
    if program is None:
        raise PaperNotPrinted(path=str(path), reason="no_service", detail="lp")
    _run(program, path)


def _run(program: str, path: Path) -> None:
    try:
        done = subprocess.run([program, "-t", path.stem, "--", str(path)], capture_output=True, text=True, errors="replace",
                              timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PaperNotPrinted(path=str(path), reason="refused", detail=str(error)) from error
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split()) or f"lp: {done.returncode}"
        raise PaperNotPrinted(path=str(path), reason="refused", detail=said.removeprefix("lp: "))
