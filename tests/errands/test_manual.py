"""The manual: the same in both languages, found by words and sounds, and one book on paper."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.app import paths
from emergency_desk.domain.manual import Manual, Picture, read_page
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.errands import manual
from emergency_desk.ui.manual.places import PLACES

LANGUAGES = ("zh_CN", "en")
_PARAGRAPH = re.compile(r"第[一二三四五六七八九十0-9]+款|¶|\bpara(graph)?\.? ?\d|Art\. ?\d+\(\d")


@cache
def read(language: str) -> Manual:
    return manual.read_manual(paths.manual(), language)


def whole(language: str) -> str:
    return "\n".join(section.text for page in read(language).pages for section in page.sections)


def found(text: str, language: str = "zh_CN") -> list[str]:
    return [f"{place.page}#{place.anchor}" for place in manual.find(read(language), text)]


def test_both_languages_have_the_same_pages_with_the_same_sections() -> None:
    chinese, english = (read(language).pages for language in LANGUAGES)
    assert [page.id for page in chinese] == [page.id for page in english]
    assert {page.id: page.headings for page in chinese} == {page.id: page.headings for page in english}


def test_both_languages_have_tables_lists_and_pictures_at_the_same_places() -> None:
    kinds = [[[type(part).__name__ if not isinstance(part, Picture) else part.file for part in section.parts] for page in read(language).pages
              for section in page.sections] for language in LANGUAGES]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_desk_leads_to_a_section_that_is_there(language: str) -> None:
    there = {(page.id, section.anchor) for page in read(language).pages for section in page.sections}
    assert {place for place in PLACES.values() if place not in there} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_law_is_named_by_article_and_never_by_paragraph(language: str) -> None:
    assert _PARAGRAPH.findall(whole(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_that_is_named_lies_there(language: str) -> None:
    folder = manual.folder_of(paths.manual(), language)
    named = {part.file for page in read(language).pages for section in page.sections for part in section.parts if isinstance(part, Picture)}
    assert named >= {"board.png", "call.png", "room.png"}
    assert {name for name in named if not (folder / name).exists()} == set()


def test_words_are_found_headings_first() -> None:
    assert found("接报")[0] == "duty_officer#call"
    assert "keeper#alarms" in found("F4")
    assert found("backup", "en")[0] == "administrator#backups"
    assert found("盘点 标签") == ["keeper#counts"]


def test_pinyin_and_initials_find_what_chinese_words_say() -> None:
    assert found("jiebao")[0] == "duty_officer#call"
    assert "keeper#counts" in found("pandian")
    assert "shelters#isolation" in found("geli")
    assert found("zzzqqq") == []


def test_a_page_without_a_heading_or_with_an_anchor_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="heading"):
        read_page("wrong", "no heading\n", {})
    with pytest.raises(ValueError, match="anchor"):
        read_page("wrong", "# One\n\n## Two {#a}\n\n## Three {#a}\n", {})


def test_a_page_is_read_whole_with_what_is_made_elsewhere() -> None:
    text = "# One\n\nWords with `code`.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n![said](it.png)\n\n{{made}}\n"
    page = read_page("one", text, {"made": "## Made {#made}\n\nhere"})
    assert page.headings == ((1, ""), (2, "made"))
    assert page.sections[0].text == "Words with code.\nA  B\n1  2"
    assert page.sections[0].parts[-1] == Picture("it.png", "said")
    assert page.sections[1].text == "here"


@pytest.mark.parametrize(("language", "contents", "words"), [
    ("zh_CN", "目录", "第一个小时"), ("en", "Contents", "The first hour")])
def test_the_manual_prints_as_one_book_with_contents_and_numbered_pages(tmp_path: Path, language: str, contents: str, words: str) -> None:
    printed_at = datetime(2026, 11, 29, tzinfo=UTC)
    printed = manual.print_manual(paths.manual(), tmp_path / "manual.pdf", PaperSettings(language, paths.fonts()), printed_at)
    with pypdfium2.PdfDocument(printed.path) as book:
        texts = [page.get_textpage().get_text_bounded().replace("\u3000", "") for page in book]
        outline = [item.get_title() for item in book.get_toc()]
    assert printed.missing_characters == ()
    assert len(texts) == printed.pages >= 20
    listed = next(place for place, text in enumerate(texts) if contents in text and words in text)
    begins = next(place for place, text in enumerate(texts) if place > listed and words in text and contents not in text)
    line = next(line for line in texts[listed].split("\n") if words in line)
    assert line.rstrip().endswith(str(begins + 1))
    assert [number for number, text in enumerate(texts[1:], start=2) if str(number) not in text] == []
    assert outline[0] == words
