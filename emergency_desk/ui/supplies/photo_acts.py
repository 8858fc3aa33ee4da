"""What is asked and done with the pictures of an item: a file is chosen, read in the limited child, kept small; one is taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import ItemPhoto, Picture
from emergency_desk.errands.item_photos import read_picture
from emergency_desk.services import item_photos
from emergency_desk.ui.incidents.inline_form import Answers, Ask, InlineForm
from emergency_desk.ui.supplies.stock_acts import NarrowChoice
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label

_SECONDS, _MEMORY_MB = 10, 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFile(Ask):
    """The path of a file."""

    def editor(self) -> QWidget:
        """Return the field."""
        made = FileField(self.hint)
        made.setText(self.value)
        return made


class PhotoActs:
    """Asks and keeps; a file that cannot be read is told in the form."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form = place, form

    def add(self, item_id: Id) -> None:
        """Ask for a picture of an item."""
        self.place.background.expect_file()
        fields = (AskFile(name="path", label=field_label("path"), hint=_("a photograph: JPEG or PNG"), is_long=True),
                  Ask(name="caption", label=field_label("caption"), is_long=True))
        self.form.ask(_("Add a picture of the item"), fields, _("Keep"), lambda answers: self._read(item_id, answers),
                      note=_("It is kept small in the store, without the place a camera writes into it."))

    def _read(self, item_id: Id, answers: Answers) -> None:
        typed = answers["path"].strip().strip('"')
        if not typed:
            self.form.refused(FieldMissing(name="path"))
            return
        self.place.background.limited(read_picture, Path(typed).expanduser(), then=lambda picture: self._keep(item_id, picture, answers),
                                      refused=self.form.refused, seconds=_SECONDS, memory_mb=_MEMORY_MB)

    def _keep(self, item_id: Id, picture: Picture, answers: Answers) -> None:
        desk = self.place.desk
        self.place.ask(lambda: item_photos.add_photo(desk, item_id=item_id, picture=picture, caption=answers["caption"]),
                       then=lambda _done: self._kept(_("The picture is kept.")), refused=self.form.refused)

    def take_off(self, photos: Sequence[tuple[ItemPhoto, bytes]]) -> None:
        """Ask which picture is taken off."""
        if not photos:
            self.place.window.notices.refuse(_("There is no picture of this item."))
            return
        choices = [(photo.id, photo.caption or _("picture {number}").format(number=number)) for number, (photo, _content) in enumerate(photos, 1)]
        self.form.ask(_("Take a picture off"), (NarrowChoice(name="photo", label=field_label("photo"), choices=choices),), _("Take off"),
                      lambda answers: self._take_off(Id(answers["photo"])))

    def _take_off(self, photo_id: Id) -> None:
        desk = self.place.desk

        def undo() -> None:
            self.place.ask(lambda: item_photos.set_photo_retired(desk, photo_id=photo_id, is_retired=False))

        self.place.ask(lambda: item_photos.set_photo_retired(desk, photo_id=photo_id, is_retired=True),
                       then=lambda _done: self._kept(_("The picture is taken off."), undo), refused=self.form.refused)

    def _kept(self, words: str, undo: object = None) -> None:
        self.form.put_away()
        self.place.window.notices.done(words, undo if callable(undo) else None)
