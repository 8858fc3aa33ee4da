"""Photographs of items: read in the limited child, kept small without what the camera wrote, sealed, refused when they are none."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from emergency_desk.domain.errors import BadFile, FieldRefused, RoleMissing
from emergency_desk.domain.supplies import MOST_PICTURE_BYTES, Picture
from emergency_desk.errands import limited_child
from emergency_desk.errands.item_photos import read_picture
from emergency_desk.services import integrity, item_photos
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


def photo(path: Path, size: tuple[int, int] = (3_000, 2_000), *, mode: str = "RGB", **more: object) -> Path:
    noise = Image.effect_noise(size, 90).convert(mode)
    noise.save(path, **more)  # type: ignore[arg-type]
    return path


def test_a_photograph_is_kept_small_upright_and_without_what_the_camera_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "where it was taken"
    kept = limited_child.run(read_picture, photo(tmp_path / "a.jpg", exif=exif))
    assert (kept.width, kept.height) == (683, 1_024) and len(kept.content) <= MOST_PICTURE_BYTES
    with Image.open(io.BytesIO(kept.content)) as again:
        assert again.format == "JPEG" and not dict(again.getexif())


def test_what_shines_through_becomes_white(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).save(tmp_path / "a.png")
    with Image.open(io.BytesIO(read_picture(tmp_path / "a.png").content)) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def bomb(path: Path) -> Path:
    """Write a PNG of a few hundred bytes that says it is 60,000 pixels wide and high."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b""))
    return path


@pytest.mark.parametrize(("content", "reason"), [(b"no picture at all", "not_a_picture"), (b"\xff\xd8\xff\xe0 cut off", "not_a_picture"),
                                                 (b"GIF89a\x01\x00\x01\x00", "not_a_picture"), (None, "not_found")])
def test_what_is_no_photograph_is_refused(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "a.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadFile) as refusal:
        read_picture(path)
    assert refusal.value.values["reason"] == reason


def test_a_picture_made_to_burst_the_reader_is_refused_in_the_child(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refusal:
        limited_child.run(read_picture, bomb(tmp_path / "bomb.png"), seconds=5, memory_mb=512)
    assert refusal.value.values["reason"] in ("picture_too_large", "not_a_picture")


def test_pictures_are_added_put_away_and_checked(shelf: Ground, tmp_path: Path) -> None:
    picture = read_picture(photo(tmp_path / "a.jpg", (300, 200)))
    kept = item_photos.add_photo(shelf.desk, item_id=shelf.item.id, picture=picture, caption="外包装").value
    shown = item_photos.photos_of(shelf.desk, item_id=shelf.item.id)
    assert [(one.caption, content == picture.content) for one, content in shown] == [("外包装", True)] and shelf.is_sound()
    item_photos.set_photo_retired(shelf.desk, photo_id=kept.id, is_retired=True)
    assert item_photos.photos_of(shelf.desk, item_id=shelf.item.id) == []
    with shelf.desk.open_work() as work:
        work._driver.execute("UPDATE item_pictures SET content = X'FFD8'")
        work.commit("a foreign hand")
    assert [one.what for one in integrity.check(shelf.desk).differences] == ["picture"]


def test_an_item_has_few_pictures_and_only_small_ones(shelf: Ground) -> None:
    small = Picture(b"\xff\xd8 small", 1, 1)
    for _number in range(item_photos.MOST_PHOTOS):
        item_photos.add_photo(shelf.desk, item_id=shelf.item.id, picture=small)
    for picture in (small, Picture(b"\xff\xd8" + b"x" * MOST_PICTURE_BYTES, 1, 1), Picture(b"<svg>", 1, 1)):
        with pytest.raises(FieldRefused):
            item_photos.add_photo(shelf.desk, item_id=shelf.item.id, picture=picture)
    with pytest.raises(RoleMissing):
        item_photos.add_photo(acting_as(shelf.desk, "planner"), item_id=shelf.item.id, picture=small)
