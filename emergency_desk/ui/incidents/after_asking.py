"""What is asked about the aftermath: who owes a thing and until when, that it is done or not owed, what is to be settled, the archive."""

from __future__ import annotations

from datetime import date, datetime

from emergency_desk.domain.after_sheets import SummaryPart
from emergency_desk.domain.errors import ArchiveNotReady, DeskError, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import CHINA, from_local
from emergency_desk.domain.purging import Certificate
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState
from emergency_desk.errands import purging
from emergency_desk.services import after_papers, recovery
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents.after_lines import in_words
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskText, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.refusals import sentence

_WRITTEN = (SummaryPart.MEASURES, SummaryPart.RESULTS, SummaryPart.LESSONS, SummaryPart.ADVICE)


class AfterAsking:
    """One form, many questions."""

    def __init__(self, work: RoomWork, form: InlineForm) -> None:
        self._work, self._form = work, form

    # -- one item ------------------------------------------------------------------------------------------------------
    def end(self, item: AftermathItem) -> None:
        """Ask what is to be noted, then end it; the archive is asked for what is still open."""
        if item.state is not AftermathState.OPEN:
            self.reopen(item)
        elif item.kind is AftermathKind.ARCHIVE:
            self.archive(item.incident_id)
        elif item.kind is AftermathKind.PERSONAL_ERASURE:
            self.destroy(item)
        else:
            desk = self._work.desk
            self._form.ask(_("Done: {title}").format(title=in_words(item.title, item.title_en)), (_note(),), _("Done"), lambda answers:
                           self._work.do(lambda: recovery.end_item(desk, item_id=item.id, note=answers["note"]), form=self._form))

    def destroy(self, item: AftermathItem) -> None:
        """Ask who decided it, destroy what names people and look the bytes over; the certificate stands among the papers."""
        desk = self._work.desk
        fields = (_note(), Ask(name="decided_by", label=field_label("decided_by")))
        warning = _("The names, phones and numbers of people in shelters and of callers, and whose property was taken, are destroyed now, "
                    "for good. Counts by age, need and village stay.")
        self._form.ask(_("Done: {title}").format(title=in_words(item.title, item.title_en)), fields, _("Destroy the names"), lambda answers:
                       self._work.do(lambda: purging.destroy_owed(desk, item_id=item.id, decided_by=answers["decided_by"],
                                                                  note=answers["note"]),
                                     form=self._form, then=self._destroyed), note=warning)

    def _destroyed(self, done: Done[Certificate]) -> None:
        words = _("{records} records are destroyed: certificate {number}, among the papers of the incident (F9).")
        self._work.place.window.notices.done(words.format(records=formats.number(done.value.purge.records), number=done.value.purge.number))

    def assign(self, item: AftermathItem) -> None:
        """Ask who owes it and until when."""
        desk = self._work.desk
        due = item.due_at.astimezone(CHINA).date().isoformat() if item.due_at else ""
        erasure = item.kind is AftermathKind.PERSONAL_ERASURE
        note = Ask(name="note", label=_("Assessment") if erasure else field_label("note"), is_long=True)
        fields = (Ask(name="owner", label=field_label("owner"), value=item.owner),
                  Ask(name="due_at", label=field_label("due_at"), value=due, hint="2026-12-31"), note)

        def keep(answers: Answers) -> None:
            try:
                until = _until(answers["due_at"], item.due_at)
            except FieldUnreadable as error:
                self._form.refused(error)
                return
            self._work.do(lambda: recovery.assign_item(desk, item_id=item.id, owner=answers["owner"], due_at=until, note=answers["note"],
                                                       version=item.version), form=self._form)

        self._form.ask(_("Who owes it: {title}").format(title=in_words(item.title, item.title_en)), fields, _("Keep"), keep)

    def drop(self, item: AftermathItem) -> None:
        """Ask why it is not owed."""
        desk = self._work.desk
        self._form.ask(_("Not owed: {title}").format(title=in_words(item.title, item.title_en)), (_reason(),), _("Not owed"), lambda answers:
                       self._work.do(lambda: recovery.drop_item(desk, item_id=item.id, reason=answers["reason"]), form=self._form))

    def reopen(self, item: AftermathItem) -> None:
        """Take its end back at once."""
        desk = self._work.desk
        self._work.do(lambda: recovery.reopen_item(desk, item_id=item.id), told=_("{title} is owed again.").format(
            title=in_words(item.title, item.title_en)))

    # -- more of them --------------------------------------------------------------------------------------------------
    def add(self, incident_id: Id) -> None:
        """Ask for something owed or to be settled."""
        desk = self._work.desk
        kinds = tuple((kind.value, label(kind)) for kind in (AftermathKind.RETURN, *(kind for kind in AftermathKind if kind not in (
            AftermathKind.RETURN, AftermathKind.ARCHIVE, AftermathKind.PERSONAL_ERASURE))))
        fields = (Ask(name="title", label=_("What"), is_long=True), AskChoice(name="kind", label=field_label("kind"), choices=kinds),
                  Ask(name="owner", label=field_label("owner")), *_counted())
        title = _("What is owed or to be settled: borrowed, consumed, allowances, claims")
        self._form.ask(title, fields, _("Add"), lambda answers: self._work.do(
            lambda: recovery.add_item(desk, incident_id=incident_id, kind=AftermathKind(answers["kind"]), title=answers["title"],
                                      owner=answers["owner"], quantity=_count(answers), unit=answers["unit"],
                                      from_whom=answers["from_whom"]), form=self._form))

    def requisition(self, incident_id: Id) -> None:
        """Ask what was requisitioned."""
        desk = self._work.desk
        fields = (Ask(name="title", label=_("What"), is_long=True), *_counted())
        self._form.ask(_("What was requisitioned"), fields, _("Record"), lambda answers: self._work.do(
            lambda: recovery.record_requisition(desk, incident_id=incident_id, what=answers["title"], from_whom=answers["from_whom"],
                                                quantity=_count(answers), unit=answers["unit"]), form=self._form),
            note=_("It is owed back, and compensated for (Emergency Response Law Art. 12)."))

    def archive(self, incident_id: Id) -> None:
        """Archive the incident; where things are open, ask for the reason."""
        desk = self._work.desk

        def refused(error: DeskError) -> None:
            if not isinstance(error, ArchiveNotReady):
                self._work.place.window.explain(error)
                return
            self._form.ask(_("Archive all the same"), (Ask(name="override_reason", label=_("Reason"), is_long=True),), _("Archive"),
                           lambda answers: self._work.do(lambda: recovery.archive(
                               desk, incident_id=incident_id, override_reason=answers["override_reason"]), form=self._form),
                           note=sentence(error))

        self._work.do(lambda: recovery.archive(desk, incident_id=incident_id), told=_("The incident is archived."), refused=refused)

    # -- the summary ---------------------------------------------------------------------------------------------------
    def words(self, incident_id: Id, kept: dict[SummaryPart, str]) -> None:
        """Ask for the parts of the summary that no record can tell."""
        desk = self._work.desk
        fields = tuple(AskText(name=part.value, label=label(part), value=kept.get(part, ""), is_long=True) for part in _WRITTEN)

        def keep(answers: Answers) -> None:
            words = {**kept, **{part: answers[part.value] for part in _WRITTEN}}
            self._work.do(lambda: after_papers.keep_summary_words(desk, incident_id=incident_id, words=words), form=self._form,
                          told=_("Kept. F9 shows the summary."))

        self._form.ask(_("What the summary says besides the record; Shift+Enter begins a line"), fields, _("Keep"), keep)


def _note() -> Ask:
    return Ask(name="note", label=field_label("note"), is_long=True)


def _reason() -> Ask:
    return Ask(name="reason", label=_("Reason"), is_long=True)


def _counted() -> tuple[Ask, ...]:
    return (AskNumber(name="quantity", label=field_label("quantity")), Ask(name="unit", label=field_label("unit")),
            Ask(name="from_whom", label=field_label("from_whom"), is_long=True))


def _count(answers: Answers) -> int | None:
    return int(answers["quantity"]) if answers["quantity"] else None


def _until(typed: str, kept: datetime | None) -> datetime | None:
    """Return the end of the day that was typed; the day that stood there keeps its own time."""
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise FieldUnreadable(name="due_at", typed=typed, expected="2026-12-31") from None
    if kept is not None and kept.astimezone(CHINA).date() == day:
        return kept
    return from_local(day, 23, 59)
