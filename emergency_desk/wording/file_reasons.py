"""Sentences for foreign tables: why a whole file is refused, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from emergency_desk.wording.catalog import N_, _

_FILE_REASONS: dict[str, str] = {
    "not_found": N_("{name} is not there. Choose the file again."),
    "unreadable": N_("{name} cannot be read ({detail}). Check that it is a file, and that you may open it."),
    "empty": N_("{name} is empty. Export it again where it came from."),
    "too_many_rows": N_("{name} has more than {most} rows. Save only the needed rows in a new file, or in several."),
    "no_rows": N_("{name} has headers but no rows below them. Export it again where it came from."),
    "no_count_columns": N_("{name} has no column for the shelter or none for its people. Its columns are: {detail}. "
                           "Call them “Name” and “People”."),
    "no_people_columns": N_("{name} has no column for the name of people. Its columns are: {detail}. Call one of them “Name”."),
    "no_name_column": N_("{name} has no column for the name. Its columns are: {detail}. Call one of them “Name”."),
    "too_large": N_("{name} would need more than {memory_mb} MB to be read. Save only the needed rows and columns in a new file."),
    "picture_too_large": N_("{name} is too large for a photograph. Make it smaller and choose it again."),
    "attachment_too_large": N_("{name} is larger than 1 MB. Make it smaller, or keep a picture of it."),
    "not_a_picture": N_("{name} is no photograph that can be read. Choose a JPEG or PNG file."),
    "too_slow": N_("{name} could not be read within {seconds} seconds. Save only the needed rows and columns in a new file."),
    "crashed": N_("{name} brought the reader down ({detail}); the desk goes on, and nothing was taken. Open it in the program it comes from, "
                  "save it anew, and choose that."),
    "plan_bundle": N_("{name} is a file of plans from another desk (.edplan), whatever its ending says. It is taken in by Ctrl+K, “Import plans "
                      "of another desk…”."),
    "html": N_("{name} is a web page and not a table, whatever its ending says. Open it in a spreadsheet and save it as XLSX or CSV."),
    "xml": N_("{name} is an XML file. Open it in a spreadsheet and save it as XLSX or CSV."),
    "not_a_table": N_("{name} is neither a CSV file nor a workbook. Save the list as XLSX or CSV."),
    "macros": N_("{name} contains macros, which are never run or read here. Save it as XLSX without macros."),
    "password": N_("{name} is protected by a password. Save it without one."),
    "damaged": N_("{name} is damaged or only half of it is there ({detail}). Get it again from where it came."),
    "cut_off": N_("{name} ends in the middle of a cell that begins in line {line}. Get the whole file again."),
    "quoting": N_("{name}, line {line}: the quotation marks do not match. Mend the line."),
    "cell_too_long": N_("{name}, line {line}: a cell is longer than any text; a quotation mark is probably missing. Mend the line."),
    "encoding": N_("{name}, line {line}: the characters are in no encoding known here (UTF-8, UTF-16, GB 18030 and GBK, Big5, "
                  "Shift-JIS). Save it as CSV in UTF-8."),
    "nul": N_("{name}, line {line}: there are zero bytes in the text, so the file is damaged. Get it again from where it came."),
    "cannot_be_written": N_("The rows to mend cannot be written to {name} ({detail}). Choose another folder; nothing was taken."),
    "table_not_written": N_("{name} cannot be written ({detail}). Choose another folder or name."),
    "ending_unknown": N_("{name} ends neither in .csv nor in .xlsx. Choose one of the two."),
    "kind_unknown": N_("“{kind}” cannot be imported. Choose one of: {known}."),
    "control_characters": N_("{name}, line {line}: there are characters that no text has. Save it again as CSV in UTF-8."),
}


def knows_file_reason(reason: str) -> bool:
    """Say whether the reason of a BadFile is one of a foreign table."""
    return reason in _FILE_REASONS


def file_reason(values: Mapping[str, object]) -> str:
    """Return the sentence for the values of a BadFile that a foreign table raised."""
    return _(_FILE_REASONS[str(values["reason"])]).format_map(_Values(values))


class _Values(dict[str, object]):
    """Values for a sentence; one that was not given shows as a dash rather than as a crash."""

    def __missing__(self, key: str) -> str:
        return "–"
