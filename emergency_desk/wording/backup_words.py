"""Backups in words: refusals, how old the last good one is, why one was made, how a copy stands to the present store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from emergency_desk.domain import backup_errors as errors
from emergency_desk.domain import blackout
from emergency_desk.domain.backups import BackupState, Contents, Lock, Made, Preview
from emergency_desk.domain.errors import DeskError, StoreDamaged
from emergency_desk.domain.texts import Text
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.labels import label
from emergency_desk.wording.refusal_telling import Telling, by_reason

BACKUP_SENTENCES: dict[type[DeskError], str | Telling] = {
    errors.SecondPlaceRefused: by_reason(
        {"same_folder": N_("{path} lies beside the store itself. A second place is another disk, a stick or a share: name a folder there.")},
        N_("{path} cannot be the second place ({detail}). Plug it in or connect it, see that it may be written, and name it again.")),
    blackout.CardCodeUnread: N_("“{typed}” is no code of a card. Codes stand on the paper, such as 17-T5 or 17-L."),
    blackout.CardUnknown: N_("No card here bears the code {code}. Look at the paper again; what has no code goes into the log, such as 17-L."),
    blackout.CardNotKeyed: N_("The card {code} does not take “{what}”. Choose what stands on it, or enter it as words."),
    errors.TookTooLong: N_("It took longer than {seconds} seconds and was given up. Look whether disk, stick or share still answer."),
    StoreDamaged: by_reason({
        "seal": N_("{path} is not what was written any more: its seal does not fit, it is damaged. Nothing was changed. Choose another backup."),
        "content": N_("What {path} holds does not agree with its own journal: it is damaged. Nothing was changed. Choose another backup."),
        "unsound": N_("The store was copied to {backup}, but what it holds does not agree with its own journal. Run “emergency-desk check” and "
                      "keep the older backups."),
    }, N_("{path} is damaged and was not touched. Restore the newest backup: {backup}.")),
}
_TABLES: dict[str, str] = {
    "incidents": N_("incidents"), "log_entries": N_("log lines"), "calls": N_("calls taken"), "dispatches": N_("orders"), "teams": N_("teams"),
    "plans": N_("plans"), "lots": N_("lots"), "stock_movements": N_("stock movements"), "shelter_openings": N_("openings of shelters"),
    "head_counts": N_("head counts"),
}


def status(state: BackupState, now: datetime) -> str:
    """Return how the backups are, short enough for the lower edge of the window."""
    place = state.second
    parts = [_("backup {ago}").format(ago=formats.ago(state.newest.made_at, now=now)) if state.newest else _("no backup yet")]
    if state.failed:
        parts.insert(0, _("the last backup failed"))
    if place.trouble is not None:
        parts.insert(0, _("second place {trouble}").format(trouble=label(place.trouble)))
    return " · ".join(parts)


def place_line(state: BackupState, now: datetime) -> str:
    """Return how the second place is."""
    place = state.second
    if not place.is_set:
        return _("No second place is set: if this disk is lost, so are the store and its backups.")
    if place.written_at is None:
        words = _("{folder}: {trouble}; nothing has come there yet.") if place.trouble else _("{folder}: nothing has come there yet.")
        return words.format(folder=place.folder, trouble=label(place.trouble) if place.trouble else "")
    last = formats.ago(place.written_at, now=now)
    if place.trouble is not None:
        return _("{folder}: {trouble}; the last copy came there {last}.").format(
            folder=place.folder, trouble=label(place.trouble), last=last)
    return _("{folder}: the last copy came there {last}.").format(folder=place.folder, last=last)


def passphrase_there(state: BackupState) -> str:
    """Return whether a new passphrase opens what lies in the second place."""
    if state.second.trouble is None:
        return _("The new passphrase opens the store and its backups, those in the second place too. The recovery page stays as it is.")
    return _("{folder}: {trouble}. Until the next copy comes there, what lies there opens with the passphrase before, not the new one.").format(
        folder=state.second.folder, trouble=label(state.second.trouble))


def encrypted_there(state: BackupState) -> str:
    """Return whether what lies in the second place is encrypted, once the store is."""
    if state.second.trouble is None:
        return _("The copies in the second place are encrypted too. Print the recovery page now and lock it away.")
    return _("{folder}: {trouble}. What lies there stays readable without a key until the next copy comes there.").format(
        folder=state.second.folder, trouble=label(state.second.trouble))


def desk_of(contents: Contents) -> str:
    """Return whose store it is."""
    name = Text(contents.desk_name, contents.desk_name_en).in_language(current_language())
    return name or contents.desk_code or _("a desk without a name")


def preview_lines(told: Preview) -> list[str]:
    """Return what a copy holds and what would be missing, line by line."""
    copy = told.copy
    at = formats.date_time(copy.last_at) if copy.last_at else "—"
    lines = [_("{desk}: schema {schema}, {entries} journal entries, the last of {at}").format(
        desk=desk_of(copy), schema=copy.schema, entries=formats.number(copy.last_entry), at=at)]
    lines.append(_("In it: {counts}.").format(counts=_counts(copy.counts)))
    lines.append(label(told.kinship))
    if told.lock is not Lock.NONE:
        lines.append(label(told.lock))
    if not told.is_sealed:
        lines.append(_("No seal lies beside it: whether it is what was written cannot be proved."))
    if told.missing_entries:
        since = formats.date_time(told.missing_since) if told.missing_since else "—"
        lines.append(ngettext("{count} entry since {since} would be missing: {what}.", "{count} entries since {since} would be missing: {what}.",
                              told.missing_entries).format(count=formats.number(told.missing_entries), since=since,
                                                           what=_counts(told.missing_counts) or _("nothing but settings and changes")))
    if told.missing_incidents:
        named = _(", ").join(f"{number} {title}" for number, title in told.missing_incidents[:8])
        more = len(told.missing_incidents) - 8
        words = _("Incidents that would be missing: {named}, and {count} more.") if more > 0 else _("Incidents that would be missing: {named}.")
        lines.append(words.format(named=named, count=more))
    return lines


def _counts(counts: tuple[tuple[str, int], ...]) -> str:
    return _(", ").join(_("{things} {count}").format(count=formats.number(count), things=_(_TABLES[table])) for table, count in counts if count)


def restored(store: Path, kept: Path | None) -> str:
    """Return where the replaced store lies, which is the way back."""
    if kept is None:
        return _("{path} holds the backup now.").format(path=store)
    return _("{path} holds the backup now. The store it replaced is kept as {kept}: restoring that is the way back.").format(
        path=store, kept=kept)


def store_missing(store: Path, made: Sequence[Made]) -> str:
    """Return that a store is gone and that copies of it are there, and what to do first."""
    told = ngettext("There is no store at {path}, but {count} backup of it lies in {folder}: there was a desk here.",
                    "There is no store at {path}, but {count} backups of it lie in {folder}: there was a desk here.", len(made))
    whole = _("{told} If its disk is only not connected, connect it and try again. Otherwise put the newest backup in its place; found a new "
              "desk only when the old one is really to be left behind.")
    return whole.format(told=told.format(path=store, count=len(made), folder=made[0].path.parent if made else store.parent))


def offered(made: Made, older: int) -> str:
    """Return which backup is offered, and how many older ones there are."""
    told = _("The backup of {time} ({why}): {name}.").format(time=formats.date_time(made.made_at), why=label(made.reason), name=made.path.name)
    if not older:
        return told
    more = ngettext("{told} {count} older one is there.", "{told} {count} older ones are there.", older)
    return more.format(told=told, count=older)
