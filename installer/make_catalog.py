"""Make the catalogue of words: extract English sentences, bring them into the Chinese file, compile it.

    python installer/make_catalog.py            extract, update, compile; says what has no Chinese yet
    python installer/make_catalog.py --check    change nothing; exit 1 when anything is missing, fuzzy, unlike or stale

Needs Babel (a tool of the tests, not of the desk). The same words always give the same bytes: no dates, no line
numbers, so that a difference in these files is a difference in words.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SPEAKING_ROOMS = ("app", "errands", "reports", "ui", "wording")
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "emergency_desk.pot"
CHINESE = LOCALE / "zh_CN" / "LC_MESSAGES" / "emergency_desk.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
NAMED_PLACE = re.compile(r"{(\w*)[^{}]*}")
# Words that are the same in both languages: units, abbreviations, bare patterns of places.
UNTRANSLATED = re.compile(r"^(?:\W|\{\w*[^{}]*\}|\d|PDF|CSV|XLSX|DOCX|JSON|km|kg|m|T\+|F\d+|Ctrl|Alt|Shift|Enter|Esc|English)*$")


class PlainCatalog(Catalog):
    """A catalogue whose head holds no dates, so that it changes only when words change."""

    def __init__(self, language: str) -> None:
        about = "# The words of Emergency Desk. Made by installer/make_catalog.py."
        super().__init__(locale=language, charset="utf-8", header_comment=about, fuzzy=False)
        self.language = language

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        kind = [("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "8bit")]
        return [("Project-Id-Version", "Emergency Desk"), ("Language", self.language), ("Plural-Forms", self.plural_forms), *kind]


def main(arguments: list[str] | None = None) -> int:
    """Make or check the catalogue; return 1 when a check fails."""
    parser = argparse.ArgumentParser(description="Make or check the catalogue of words.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the catalogue is not complete")
    if parser.parse_args(arguments).check:
        faults = list(check())
        print("\n".join(faults) or "the catalogue is complete")
        return 1 if faults else 0
    make()
    open_words = list(check())
    print("\n".join([*open_words, f"{len(template_now())} messages, {len(open_words)} to look at"]))
    return 0


def make() -> None:
    """Write template, Chinese words and compiled catalogue anew."""
    template = template_now()
    CHINESE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(po_bytes(template))
    CHINESE.write_bytes(po_bytes(updated_chinese(template)))
    CHINESE.with_suffix(".mo").write_bytes(mo_bytes(read_chinese()))


def check() -> Iterator[str]:
    """Yield a sentence for everything that is not as it must be."""
    template = template_now()
    if not CHINESE.exists():
        yield f"{CHINESE.relative_to(ROOT)} is not there; run installer/make_catalog.py"
        return
    chinese = read_chinese()
    for message in template:
        if message.id:
            yield from check_message(message, chinese.get(message.id, message.context))
    for message in chinese:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer used: {message.id!r}"
    if chinese.obsolete:
        yield f"{len(chinese.obsolete)} obsolete messages are kept in {CHINESE.name}"
    yield from check_files(template, chinese)


def check_message(wanted: Message, given: Message | None) -> Iterator[str]:
    """Yield what is wrong with the Chinese of one message."""
    if given is None:
        yield f"not in {CHINESE.name}: {wanted.id!r}"
        return
    if given.fuzzy:
        yield f"fuzzy: {wanted.id!r}"
    source = each_form(wanted.id)[-1]
    for form in each_form(given.string):
        if not form:
            yield f"no Chinese: {wanted.id!r}"
        elif places(form) != places(source):
            yield f"places differ: {wanted.id!r} has {sorted(places(source))}, its Chinese {sorted(places(form))}"
        elif form == source and not UNTRANSLATED.match(source):
            yield f"still English: {wanted.id!r}"


def check_files(template: Catalog, chinese: Catalog) -> Iterator[str]:
    """Yield which files on disk are not what would be written now."""
    compiled = CHINESE.with_suffix(".mo")
    for path, content in ((TEMPLATE, po_bytes(template)), (compiled, mo_bytes(chinese))):
        if not path.exists() or path.read_bytes() != content:
            yield f"stale: {path.relative_to(ROOT)}; run installer/make_catalog.py"


def each_form(words: object) -> tuple[str, ...]:
    """Return the forms of a plural, or the one form of a plain sentence."""
    return tuple(map(str, words)) if isinstance(words, (tuple, list)) else (str(words or ""),)


def places(text: str) -> set[str]:
    """Return the named places of a sentence."""
    return set(NAMED_PLACE.findall(text))


# -- catalogues -------------------------------------------------------------------------------------------------------
def template_now() -> Catalog:
    """Extract every marked sentence from the rooms that speak."""
    template = PlainCatalog("en")
    for room in SPEAKING_ROOMS:
        for path in sorted((ROOT / "emergency_desk" / room).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for _line, message, comments, context in extract_from_file("python", path, keywords=KEYWORDS, comment_tags=("Translators:",)):
                template.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return template


def updated_chinese(template: Catalog) -> Catalog:
    """Return the Chinese catalogue with exactly the template's messages, keeping every translation there is."""
    old = read_chinese() if CHINESE.exists() else PlainCatalog("zh_CN")
    chinese = PlainCatalog("zh_CN")
    for message in template:
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known else ""
            flags = {"fuzzy"} if known and known.fuzzy else set()
            chinese.add(message.id, string, message.locations, flags, message.auto_comments, context=message.context)
    return chinese


def read_chinese() -> Catalog:
    """Read the Chinese words as they are on disk, under a head of ours."""
    with CHINESE.open("rb") as file:
        read = read_po(file, locale="zh_CN")
    chinese = PlainCatalog("zh_CN")
    for message in read:
        if message.id:
            chinese[message.id] = message
    chinese.obsolete = read.obsolete
    return chinese


def po_bytes(catalog: Catalog) -> bytes:
    """Return the bytes of a text catalogue."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, sort_output=True, include_lineno=False, omit_header=False)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return the bytes of a compiled catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
