"""Lists leave the desk as files: asked from the Ctrl+K box or from the page of a list."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from emergency_desk.errands import exports
from emergency_desk.errands.exports import Exported
from emergency_desk.exchange.table_files import TableFormat
from emergency_desk.ui.palette_box import Found
from emergency_desk.ui.titles import titled
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _, ngettext


def found(place: Workplace) -> list[Found]:
    """Return what the Ctrl+K box offers."""
    return [Found(_("Export a list: {what}").format(what=words), _("CSV or XLSX"), partial(export_list, place, kind))
            for kind, words in exports.kinds_told()]


def export_list(place: Workplace, kind: str) -> None:
    """Ask where a list is to lie, and write it there."""
    formats = {
        _("Workbook (*.xlsx)"): TableFormat.XLSX, _("CSV in UTF-8 (*.csv)"): TableFormat.CSV_UTF8,
        _("CSV in GB 18030 (*.csv)"): TableFormat.CSV_GB18030,
    }
    start = str(Path.home() / f"{kind}.xlsx")
    chosen, picked = QFileDialog.getSaveFileName(place.window, titled(place.window, _("Export a list")), start, ";;".join(formats))
    if chosen:
        write(place, kind, Path(chosen), formats.get(picked, TableFormat.XLSX))


def write(place: Workplace, kind: str, path: Path, as_: TableFormat) -> None:
    """Write a list, and tell how many rows lie where."""
    ending = ".xlsx" if as_ is TableFormat.XLSX else ".csv"
    whole = path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
    place.ask(lambda: exports.export(place.desk, kind=kind, path=whole, as_=as_), then=partial(_told, place))


def _told(place: Workplace, done: Exported) -> None:
    place.window.notices.done(
        ngettext("{count} row was written to {path}.", "{count} rows were written to {path}.", done.rows).format(count=done.rows, path=done.path))
