"""The pictures of an item: added small, looked at, put away. The record is sealed and names the digest of the picture that is kept beside it."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain import supplies
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import ItemPhoto, Picture
from emergency_desk.services.desk import Desk, Done

MOST_PHOTOS = 6  # of one item


def add_photo(desk: Desk, *, item_id: Id, picture: Picture, caption: str = "") -> Done[ItemPhoto]:
    """Keep a picture of an item. Raises FieldRefused when it is too large or the item has enough, NotFound."""
    desk.may(Act.KEEP_STOCK)
    supplies.check_picture(picture)
    at = desk.now()
    with desk.open_work() as work:
        item = work.supply_items.get(item_id)
        there = work.item_photos.count("WHERE item_id = ? AND is_retired = 0", (item_id,))
        if there >= MOST_PHOTOS:
            raise FieldRefused(name="photo", reason="photos_enough", typed=item.name, other=str(MOST_PHOTOS))
        photo = work.item_photos.add(ItemPhoto(
            id=desk.new_id(), item_id=item_id, caption=caption.strip(), digest=picture.digest, width=picture.width, height=picture.height,
            added_at=at, added_by=desk.who))
        work.item_pictures.add(photo.id, picture.content)
        return Done(photo, work.commit("add_photo", item=item.code))


def set_photo_retired(desk: Desk, *, photo_id: Id, is_retired: bool) -> Done[ItemPhoto]:
    """Put a picture away, or show it again. Raises NotFound."""
    desk.may(Act.KEEP_STOCK)
    with desk.open_work() as work:
        kept = work.item_photos.put(replace(work.item_photos.get(photo_id), is_retired=is_retired))
        return Done(kept, work.commit("retire_photo" if is_retired else "bring_back_photo", photo=photo_id))


def photos_of(desk: Desk, *, item_id: Id) -> list[tuple[ItemPhoto, bytes]]:
    """Return the pictures of an item that are shown, the newest first, each with its content."""
    with desk.reading() as reading:
        found = reading.item_photos.where("WHERE item_id = ? AND is_retired = 0 ORDER BY added_at DESC, id DESC", (item_id,))
        return [(photo, reading.item_pictures.content(photo.id)) for photo in found]
