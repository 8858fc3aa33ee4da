"""Files that go out with an inject: kept with the drill, printed on the card, marked when they are deleted outside."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from emergency_desk.domain.drill_errors import DrillStateWrong
from emergency_desk.domain.drill_files import MOST_FILE_BYTES, ReadFile
from emergency_desk.domain.drills import Inject, ReadyCheck
from emergency_desk.domain.errors import BadFile, FieldRefused
from emergency_desk.errands import papers
from emergency_desk.errands.drill_attachments import read_attachment
from emergency_desk.services import drill_files, drill_lists, drills, integrity
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from tests.builders import acting_as, make_desk
from tests.reports.sheets import FONTS, text_of
from tests.services.test_drills import designed


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return acting_as(make_desk(tmp_path), "leader")


@pytest.fixture
def inject(desk: Desk) -> Inject:
    return drill_lists.drill_board(desk, drill_id=designed(desk).id).injects[0]


def photo(folder: Path) -> Path:
    path = folder / "火场照片.png"
    Image.new("RGB", (1_600, 900), (200, 60, 20)).save(path)
    return path


def kept(desk: Desk, inject: Inject) -> list[tuple[str, bool, bool]]:
    files = drill_files.files_of(desk, drill_id=inject.drill_id).get(inject.id, ())
    return [(one.file.name, one.file.is_picture, one.is_whole) for one in files]


def cards(desk: Desk, folder: Path, ending: str = "pdf") -> Path:
    return papers.write_paper(desk, "drill-cards", out=folder / f"cards.{ending}", language="zh", fonts=FONTS).path


def test_a_picture_is_made_small_and_printed_on_the_card(desk: Desk, inject: Inject, tmp_path: Path) -> None:
    read = read_attachment(photo(tmp_path))
    assert (read.width, read.height) == (1_024, 576)
    drill_files.add_file(desk, inject_id=inject.id, read=read)
    note = tmp_path / "通话录音说明.txt"
    note.write_text("录音三分钟", encoding="utf-8")
    drill_files.add_file(desk, inject_id=inject.id, read=read_attachment(note))
    assert kept(desk, inject) == [("火场照片.png", True, True), ("通话录音说明.txt", False, True)]
    path = cards(desk, tmp_path)
    text = "\n".join(text_of(path))
    assert "随注入信息1发出：火场照片.png" in text and "通话录音说明.txt" in text
    document = pypdfium2.PdfDocument(path)
    assert sum(one.type == 3 for page in document for one in page.get_objects()) == 1, "one picture is drawn"
    document.close()
    with zipfile.ZipFile(cards(desk, tmp_path, "docx")) as package:
        assert Image.open(io.BytesIO(package.read("word/media/picture1.jpeg"))).size == (1_024, 576)
        assert "picture1" in package.read("word/_rels/document.xml.rels").decode()


def test_a_file_deleted_outside_is_marked_and_found(desk: Desk, inject: Inject, tmp_path: Path) -> None:
    file = drill_files.add_file(desk, inject_id=inject.id, read=read_attachment(photo(tmp_path))).value
    assert integrity.check(desk).is_sound
    connection = open_connection(desk.store.path)
    connection.execute("DELETE FROM drill_contents WHERE file_id = ?", (file.id,))
    connection.close()
    assert kept(desk, inject) == [("火场照片.png", True, False)]
    assert "文件在系统外被删除或改动" in "\n".join(text_of(cards(desk, tmp_path))).replace("\n", "")
    found = integrity.check(desk).differences
    assert [(one.what, file.id in one.where) for one in found] == [("drill_file", True)]


def test_what_is_too_large_too_many_or_no_picture_is_refused(desk: Desk, inject: Inject, tmp_path: Path) -> None:
    broken = tmp_path / "坏.jpg"
    broken.write_bytes(b"no picture")
    great = tmp_path / "大.pdf"
    great.write_bytes(b"x" * (MOST_FILE_BYTES + 1))
    reasons = {broken: "not_a_picture", great: "attachment_too_large", tmp_path / "没有.pdf": "not_found", tmp_path: "unreadable"}
    for path, reason in reasons.items():
        with pytest.raises(BadFile) as refused:
            read_attachment(path)
        assert refused.value.values["reason"] == reason
    with pytest.raises(FieldRefused):
        drill_files.add_file(desk, inject_id=inject.id, read=ReadFile("空.txt", b""))
    for number in range(4):
        drill_files.add_file(desk, inject_id=inject.id, read=ReadFile(f"{number}.txt", b"x"))
    with pytest.raises(FieldRefused):
        drill_files.add_file(desk, inject_id=inject.id, read=ReadFile("5.txt", b"x"))


def test_files_are_taken_off_and_put_back_until_the_drill_begins(desk: Desk, inject: Inject) -> None:
    file = drill_files.add_file(desk, inject_id=inject.id, read=ReadFile("a.txt", b"x")).value
    drill_files.set_file_retired(desk, file_id=file.id, is_retired=True)
    assert kept(desk, inject) == []
    drill_files.set_file_retired(desk, file_id=file.id, is_retired=False)
    drills.check_drill(desk, drill_id=inject.drill_id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=inject.drill_id)
    assert kept(desk, inject) == [("a.txt", False, True)]
    for late in (lambda: drill_files.set_file_retired(desk, file_id=file.id, is_retired=True),
                 lambda: drill_files.add_file(desk, inject_id=inject.id, read=ReadFile("b.txt", b"x"))):
        with pytest.raises(DrillStateWrong):
            late()
