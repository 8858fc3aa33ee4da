"""Names of real places that break programs: beyond GBK, beyond the basic plane, with 〇, with 33 characters. They are printed and read again."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from emergency_desk.domain.register_sheets import ContactListSheet, ContactRow
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import UnitKind
from emergency_desk.reports import contact_list
from emergency_desk.reports.fonts import LACKING, Faces
from tests.reports.sheets import IMPRINT, closed_up, paper, text_of

SHARED_NAMES = Path(__file__).resolve().parents[3] / "shared" / "data" / "names" / "real_place_names_stress.csv"
LACKING_IN_NOTO = {"\U00021336", "\U0002348d", "\U00020bb7"}  # the shipped fonts do not draw them
LOOK_ALIKES = (
    "八五〇农场", "湖㳇镇", "麦㙦镇", "塘㙍镇", "𣲗塘村", "𦒍山镇", "𠮷田街道", "ＡＢ１号小区", "U乡1号", "龘龘街道",
    "某某自治区某某高新技术产业开发区管理委员会东山产业园第三生活服务区社区", "𡌶村", "𣒍村")


def printed_and_read(folder: Path, names: tuple[str, ...], language: str) -> tuple[str, set[str]]:
    """Print a list of names; return the text that the paper holds, and the characters that it says it could not print."""
    district = Text("市南区", "Shinan")
    rows = tuple(ContactRow(district, Text(name, ""), UnitKind.DEPARTMENT, "119") for name in names)
    printed = contact_list.write(ContactListSheet(IMPRINT, rows), folder / "names.pdf", paper(language))
    return closed_up("".join(text_of(printed.path))), set(printed.missing_characters)


def hold(folder: Path, names: tuple[str, ...], language: str) -> None:
    text, missing = printed_and_read(folder, names, language)
    assert missing == LACKING_IN_NOTO & set("".join(names)), "what cannot be drawn is told, and nothing else"
    shown = ["".join(LACKING if sign in missing else sign for sign in name) for name in names]
    lost = [name for name in shown if closed_up(name) not in text and not _parted_by_columns(name, text)]
    assert not lost


def _parted_by_columns(name: str, text: str) -> bool:
    """Say whether a long name stands in pieces, because it takes several lines and the next column stands between them."""
    return re.search(".{0,60}?".join(map(re.escape, closed_up(name))), text) is not None and len(name) > 12


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_rare_names_are_printed_and_read_again(tmp_path: Path, language: str) -> None:
    hold(tmp_path, LOOK_ALIKES, language)


if SHARED_NAMES.exists():

    @pytest.mark.parametrize("language", ["en", "zh_CN"])
    def test_the_real_names_are_printed_and_read_again(tmp_path: Path, language: str) -> None:
        with SHARED_NAMES.open(encoding="utf-8-sig", newline="") as text:
            names = tuple(dict.fromkeys(row["name"] for row in csv.DictReader(text)))
        assert len(names) > 100
        hold(tmp_path, names, language)


def test_a_character_beyond_the_basic_plane_is_printed_and_can_be_copied(tmp_path: Path) -> None:
    text, missing = printed_and_read(tmp_path, ("𣲗塘村",), "zh_CN")
    assert "𣲗塘村" in text and not missing


def test_no_face_of_a_paper_lacks_what_another_has(tmp_path: Path) -> None:
    faces = Faces(paper())
    signs = set("".join(LOOK_ALIKES)) - LACKING_IN_NOTO
    for face in (faces.text, faces.title, faces.strong, faces.label, faces.table):
        for _font, piece in face.runs("".join(sorted(signs))):
            assert LACKING not in piece
    assert faces.missing == ()
