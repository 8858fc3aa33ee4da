"""Sentences for plans that come in as Word or text: why a file is refused, what is doubtful in a reading, what of a file was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from emergency_desk.domain.plan_proposals import UNTIMED, AnyProposed, AnyRecord, Doubt, FileNote, FileNoteKind, GradeRead, PlanProposal
from emergency_desk.domain.plan_records import Action, Condition, Contact, Item, LegalBasis, LevelRule, ResponseCard, Situation, WorkGroup
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.formats import after_start, number
from emergency_desk.wording.labels import label

_FILE_REASONS: dict[str, str] = {
    "plan_empty": N_("{name} is empty: no words in it. Choose the file again, or save it anew where it was written."),
    "plan_damaged": N_("{name} is damaged or only half of it is there ({detail}). Open it in Word or WPS, save it anew as .docx, and "
                       "choose that."),
    "plan_password": N_("{name} is protected by a password. Open it in Word or WPS, take the password off, save it, and choose it again."),
    "plan_old_word": N_("{name} is a Word file of the old kind (.doc). Open it in Word or WPS, save it as .docx, and choose that."),
    "plan_macros": N_("{name} contains macros, which are never run or read here. Save it as .docx without macros, and choose that."),
    "plan_not_word": N_("{name} is neither a Word file (.docx) nor plain text, whatever its ending says. Save the plan as .docx, and "
                        "choose that."),
    "plan_other_word": N_("{name} is a web page or a rich-text file, whatever its ending says. Open it in Word or WPS, save it as .docx, "
                          "and choose "
                          "that."),
    "plan_pdf": N_("{name} is a PDF, whatever its ending says: its words stand in no order. Choose the Word file it was made from."),
    "plan_picture": N_("{name} is a picture. Choose the Word file, or have the text recognised first."),
    "plan_only_pictures": N_("{name} holds pictures of pages and no words. Have the text recognised first, or choose the file it was "
                             "scanned from."),
    "plan_entities": N_("{name} holds definitions that could make it grow without end ({detail}), so it was not read. Get it again from "
                        "where it came."),
    "plan_too_large": N_("{name} would need more than {memory_mb} MB to be read. Part it into several files, or save its text alone."),
    "plan_too_long": N_("{name} has more than {most} paragraphs, which no plan has. Part it into several files, or choose another."),
    "plan_too_deep": N_("In {name} tables stand within tables without end, so it was not read. Save its text alone as a new file."),
    "plan_too_slow": N_("{name} could not be read within {seconds} seconds. Part it into several files, or save its text alone."),
    "plan_crashed": N_("{name} brought the reader down ({detail}); the desk goes on. Open it in Word or WPS and save it anew as .docx."),
    "plan_encoding": N_("The characters of {name} are in no encoding known here. Save it as .docx, or as text in UTF-8."),
    "plan_cut_off": N_("{name} ends in the middle of a character: a part of it is missing. Get the whole file again."),
    "plan_not_text": N_("There are characters in {name} that no text has: it is another kind of file, or damaged. Save the plan as .docx."),
    "plan_signs_destroyed": N_("The characters of {name} were destroyed before it came here (“锟斤拷”, “�”). Get the file again from where "
                               "it came."),
    "plan_other_text": N_("{name} does not read like a contingency plan: it hardly speaks of emergencies and how to meet them. Choose the "
                          "plan itself."),
}


def knows_file_reason(reason: str) -> bool:
    """Say whether the reason of a BadFile is one of a plan in words."""
    return reason in _FILE_REASONS


def file_reason(values: Mapping[str, object]) -> str:
    """Return the sentence for a file that cannot be read as a plan."""
    return _("{why} Nothing was taken.").format(why=_(_FILE_REASONS[str(values["reason"])]).format_map(_Values(values)))


class _Values(dict[str, object]):
    """Values for a sentence; one that was not given shows as a dash rather than as a crash."""

    def __missing__(self, key: str) -> str:
        return "–"


def file_note(note: FileNote) -> str:
    """Return what is to be known of a file, in one sentence."""
    count = note.count
    told = {
        FileNoteKind.PICTURES: ngettext("{count} picture was left out.", "{count} pictures were left out.", count),
        FileNoteKind.DELETED: ngettext("{count} tracked deletion was left out.", "{count} tracked deletions were left out.", count),
        FileNoteKind.INSERTED: ngettext("{count} tracked insertion was taken as text.", "{count} tracked insertions were taken as text.", count),
        FileNoteKind.COMMENTS: _("The comments of the file were left out."),
        FileNoteKind.OUTSIDE: ngettext("{count} part lies outside the file ({detail}) and was not fetched.",
                                       "{count} parts lie outside the file (such as {detail}) and were not fetched.", count),
        FileNoteKind.EMBEDDED: ngettext("{count} file within the file was left out.", "{count} files within the file were left out.", count),
        FileNoteKind.HIDDEN: ngettext("Words that Word hides were left out in {count} place.",
                                      "Words that Word hides were left out in {count} places.", count),
        FileNoteKind.ENCODING: _("The text was read as {detail}."),
        FileNoteKind.UNREADABLE_SIGNS: ngettext("{count} character was destroyed before the file came here.",
                                                "{count} characters were destroyed before the file came here.", count),
    }[note.kind]
    return told.format(count=number(count), detail=note.detail)


def doubts(of: Sequence[Doubt]) -> str:
    """Return what somebody should look at."""
    return _("; ").join(label(doubt) for doubt in of)


def to_look_at(of: Sequence[Doubt]) -> str:
    """Return what somebody should look at as a sentence, "" for nothing."""
    return _("To look at: {doubts}.").format(doubts=doubts(of)) if of else ""


def found(proposal: PlanProposal) -> str:
    """Return in one sentence what was recognised."""
    chapters, clauses = len(proposal.chapters), len(proposal.clauses)
    words = [ngettext("{count} chapter", "{count} chapters", chapters).format(count=chapters),
             ngettext("{count} clause", "{count} clauses", clauses).format(count=clauses),
             ngettext("{count} proposal", "{count} proposals", len(proposal.asked)).format(count=len(proposal.asked))]
    if proposal.left_out:
        words.append(ngettext("{count} line left out", "{count} lines left out", len(proposal.left_out)).format(count=len(proposal.left_out)))
    return _(", ").join(words)


def kind_of(proposed: AnyProposed) -> str:
    """Return what kind of thing is proposed."""
    kinds = {LevelRule: _("Level"), WorkGroup: _("Work group"), Action: _("Action"), ResponseCard: _("Card"), Contact: _("Contact"),
             Item: _("Supply"), LegalBasis: _("Law")}
    return kinds[type(proposed.record)]


def record(of: AnyRecord, situations: Mapping[str, Situation]) -> str:
    """Return what a record says in one line or a few."""
    if isinstance(of, LevelRule):
        conditions = _("; or ").join(condition(one, situations) for one in of.conditions) or "–"
        return _("{level} at the tier “{tier}”, activated by {who} ({role}), when: {conditions}").format(
            level=label(of.level), tier=label(of.tier), who=of.activated_by.zh or "–", role=label(of.activated_by_role), conditions=conditions)
    if isinstance(of, WorkGroup):
        members = _(", ").join(member.zh for member in of.members) or "–"
        return _("{role}: led by {lead}; members: {members}; {duties}").format(
            role=plan_words.group_name(of), lead=of.lead.zh or "–", members=members, duties=of.duties.zh)
    if isinstance(of, Action):
        return _("{due} · {role}, “{tier}”, from {level}: {title}").format(
            due=_due(of.due_minutes), role=label(of.role), tier=label(of.tier), level=label(of.from_level), title=of.title.zh)
    if isinstance(of, ResponseCard):
        steps = _("; ").join(f"{_due(step.due_minutes)} {step.text.zh}" for step in of.steps)
        return _("{post}, “{tier}”, from {level}: {steps}").format(post=of.post.zh, tier=label(of.tier), level=label(of.from_level), steps=steps)
    if isinstance(of, Contact):
        return _("{unit} · {role} · {phone}").format(unit=of.unit.zh, role=of.role.zh, phone=of.phone or _("no phone yet"))
    if isinstance(of, Item):
        return _("{name}, counted in {unit}").format(name=of.name.zh, unit=of.unit.zh)
    if isinstance(of, LegalBasis):
        return f"《{of.title.zh}》{of.number}"
    return grade(of)


def _due(minutes: int) -> str:
    return _("T+?") if minutes == UNTIMED else after_start(minutes)


def grade(of: GradeRead) -> str:
    """Return what the plan's own grading says of a grade."""
    parts = []
    for name, least, below in of.figures:
        parts.append(plan_words.figure(name, least, below))
    return _("{grade}: {criteria}").format(grade=label(of.grade), criteria=_("; ").join((*parts, *of.further)))


def condition(of: Condition, situations: Mapping[str, Situation]) -> str:
    """Return one condition; all its parts must hold."""
    parts = [plan_words.figure(name, least) for name, least in of.figures]
    if of.grade is not None:
        parts.append(_("Graded {grade} or worse").format(grade=label(of.grade)))
    parts += [situations[id_].name.in_language(current_language()) if id_ in situations else id_ for id_ in of.situations]
    return _(" and ").join(parts)
