"""Writes the page of a recovery key. It is set here and not in the helper process: what stands on it goes to no other process."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from emergency_desk.domain.errors import PaperNotPrinted, PaperNotWritten
from emergency_desk.domain.key_errors import RecoveryNotPrinted
from emergency_desk.domain.key_sheets import RecoverySheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.errands.printing import send_to_printer


def write_page(sheet: RecoverySheet, out: Path, *, language: str, fonts: Path) -> Printed:
    """Write the page as PDF where it was asked for, readable by its owner alone. Raises PaperNotWritten."""
    from emergency_desk.reports import recovery_page

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        printed = recovery_page.write(sheet, out, PaperSettings(language=language, fonts=fonts))
        out.chmod(0o600)
    except OSError as error:
        raise PaperNotWritten(path=str(out), reason="no_permission", detail=fault_of(error)) from error
    return printed


def print_page(sheet: RecoverySheet, *, language: str, fonts: Path) -> None:
    """Send the page to the printer and leave no file of it behind. Raises PaperNotWritten, RecoveryNotPrinted."""
    memory = os.environ.get("XDG_RUNTIME_DIR", "")  # in memory where the system has such a place
    folder = tempfile.mkdtemp(prefix="emergency-desk-", dir=memory if memory and os.access(memory, os.W_OK) else None)
    page = Path(folder) / "recovery.pdf"
    try:
        write_page(sheet, page, language=language, fonts=fonts)
        send_to_printer(page)
    except PaperNotPrinted as error:
        raise RecoveryNotPrinted(detail=error.values.get("detail", "")) from error
    finally:
        if sys.platform == "win32":
            atexit.register(shutil.rmtree, folder, ignore_errors=True)  # the program that prints reads it in its own time
        else:
            shutil.rmtree(folder, ignore_errors=True)
