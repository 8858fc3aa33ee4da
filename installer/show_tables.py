"""Show what was measured where it is read: in both READMEs, and in the Chinese manual with Chinese words.

    python -m tests.benchmarks --table resources/help/made/bench.md
    python -m tests.torture --table resources/help/made/torture.md
    python installer/show_tables.py

The tables themselves are English; `tables_zh.json` beside this file has the words of their cells in Chinese, with # for each number. A cell whose
words it does not have is told, and ends the run with 1. What stands between two marks of a README, `<!-- bench -->` and `<!-- /bench -->`, is
written anew.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "resources" / "help" / "made"
TABLES = ("bench", "torture")
_WORDS, _UNITS = re.compile(r"[A-Za-z]{2,}"), re.compile(r"\b(ms|MB|kB)\b")
_NUMBER, _PLACE = re.compile(r"\d+(?:[.,]\d+)*"), re.compile("#")
_SIZE = re.compile(r"^(?P<words>.*?)(?P<rest>, [\d,]+ ×)$")
_COUNTED = re.compile(r"(\d[\d,]*) ([^\d,][^\d]*?)(?=, \d|$)")
_SEEN = re.compile(r"^\d[\d,]* [^\d,][^\d]*(, \d[\d,]* [^\d,][^\d]*)*$")
_FLOOR = re.compile(r"^(?P<before>[\d.,]+ ms )\((?P<words>.*)\)$")


def chinese(table: str, words: dict[str, str], lacking: set[str]) -> str:
    """Return a table with its cells in Chinese; what has no Chinese yet is added to `lacking` and stays."""
    return "\n".join("|".join(_cell(cell, words, lacking) for cell in line.split("|")) for line in table.splitlines()) + "\n"


def _cell(cell: str, words: dict[str, str], lacking: set[str]) -> str:
    text = cell.strip()
    floor, size = _FLOOR.match(text), _SIZE.match(text)
    if floor:
        said = f"{floor['before'].strip()}（{_said(floor['words'], words, lacking)}）"
    elif _SEEN.match(text) and _WORDS.search(_UNITS.sub("", text)) and _NUMBER.sub("#", text) not in words:
        said = "，".join(f"{_said(name, words, lacking)} {count}" for count, name in _COUNTED.findall(text))
    elif size:
        said = _said(size["words"], words, lacking) + size["rest"].replace(", ", "，")
    else:
        said = _said(text, words, lacking)
    return cell.replace(text, said) if text else cell


def _said(text: str, words: dict[str, str], lacking: set[str]) -> str:
    asked = _NUMBER.sub("#", text)
    if asked in words:
        numbers = iter(_NUMBER.findall(text))
        return _PLACE.sub(lambda _place: next(numbers), words[asked])
    if _WORDS.search(_UNITS.sub("", text)):
        lacking.add(asked)
    return text


def between_marks(page: str, name: str, table: str) -> str:
    """Return a page with a table written between its marks; a page without them is refused."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, mark, rest = page.partition(begin)
    _old, closing, after = rest.partition(end)
    if not mark or not closing:
        raise ValueError(f"no {begin} … {end}")
    return f"{before}{begin}\n\n{table.strip()}\n\n{end}{after}"


def pages(made: Path = MADE) -> Iterator[tuple[Path, str]]:
    """Return what is to be written where. Raises ValueError where Chinese words lack."""
    words: dict[str, str] = json.loads((Path(__file__).with_name("tables_zh.json")).read_text(encoding="utf-8"))
    readmes = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")}
    lacking: set[str] = set()
    for name in TABLES:
        table = (made / f"{name}.md").read_text(encoding="utf-8")
        said = chinese(table, words, lacking)
        yield made / "zh" / f"{name}.md", said
        readmes["README.md"] = between_marks(readmes["README.md"], name, table)
        readmes["README.zh.md"] = between_marks(readmes["README.zh.md"], name, said)
    if lacking:
        raise ValueError("no Chinese in tables_zh.json:\n" + "\n".join(sorted(lacking)))
    yield from ((ROOT / name, text) for name, text in readmes.items())


def main() -> int:
    """Write them."""
    try:
        written = list(pages())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    for path, text in written:
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
