"""The letters of the ladder in words: the report that goes up, the notice of a response, the command-post order, the hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import PostMember
from emergency_desk.domain.ladder_sheets import CommandPostSheet, HandOverSheet, ReportSheet, ResponseNoticeSheet
from emergency_desk.domain.plan_records import PlanRole
from emergency_desk.domain.reports import Element, ReportFamily, Secrecy, Urgency
from emergency_desk.domain.responses import ResponseStep
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports.blocks import known_or_line
from emergency_desk.reports.letter import Grid, LetterText, Part, set_letter
from emergency_desk.reports.letter_docx import set_letter_docx
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.reports.terms import how_heard
from emergency_desk.wording.catalog import _
from emergency_desk.wording.drafting import element_label, matter_of, report_name
from emergency_desk.wording.formats import date_time, local, span_in_full, written_date, written_date_time
from emergency_desk.wording.labels import label

Letter = ReportSheet | ResponseNoticeSheet | CommandPostSheet | HandOverSheet


def write(sheet: Letter, path: Path, paper: PaperSettings) -> Printed:
    """Print the letter."""
    with worded(paper):
        return set_letter(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: Letter, path: Path, paper: PaperSettings) -> Printed:
    """Write the letter as a DOCX file, for those who must edit it."""
    with worded(paper):
        return set_letter_docx(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def letter_of(sheet: Letter, paper: PaperSettings) -> LetterText:
    """Return the letter of a sheet in words of the language being spoken."""
    if isinstance(sheet, ReportSheet):
        return _report(sheet, paper)
    if isinstance(sheet, ResponseNoticeSheet):
        return _notice(sheet, paper)
    return _post(sheet, paper) if isinstance(sheet, CommandPostSheet) else _hand_over(sheet, paper)


# -- the report -------------------------------------------------------------------------------------------------------
def _report(sheet: ReportSheet, paper: PaperSettings) -> LetterText:
    report = sheet.report
    name = report_name(report.kind, report.family, report.serial)
    at = report.sent_at or sheet.imprint.printed_at
    marks = tuple(label(mark) for mark in (report.secrecy, report.urgency) if mark not in (Secrecy.NONE, Urgency.NONE))
    is_disaster = report.family is ReportFamily.DISASTER
    copies = _(", ").join(in_paper(name, paper) for name in sheet.copies)
    foot = [_("Copies to: {names}").format(names=copies)] if copies else []
    foot.append(_("Duty phone: {phone}    Drafted by: {name}").format(phone=known_or_line(sheet.desk_phone),
                                                                      name=known_or_line(in_paper(sheet.drafted_by, paper))))
    signer = f"{report.signer_post} {report.signer}".strip()
    return LetterText(
        head=_("Disaster return") if is_disaster else _("Emergency incident report"), below_head=_("({name})").format(name=name),
        number=_("No. {number}").format(number=report.number or _("(given when it is sent)")),
        beside_number=_("Signed by: {name}").format(name=known_or_line(signer)), marks=marks, title=report.title,
        addressee=_("To {receiver}:").format(receiver=in_paper(sheet.receiver, paper) or _(
            "{tier} duty office").format(tier=label(report.to_tier))),
        parts=tuple(_element(element) for element in report.elements),
        signature=(_tier_name(sheet.imprint.desk, report.from_tier, paper), written_date_time(at)), foot=tuple(foot),
        file_title=_("{name} {number}").format(name=name, number=report.number or sheet.incident.number), subject=sheet.incident.number)


def _element(element: Element) -> Part:
    text = element.text or (_("none so far") if element.name == "requests" else _("to be verified"))
    return Part(_("{name}: ").format(name=element_label(element.name)), text, _("changed") if element.is_changed else "")


def _tier_name(name: Text, tier: Tier, paper: PaperSettings) -> str:
    return in_paper(name, paper) or label(tier)


# -- the notice of a response -----------------------------------------------------------------------------------------
def _notice(sheet: ResponseNoticeSheet, paper: PaperSettings) -> LetterText:
    response, change = sheet.response, sheet.change
    sender, level = _tier_name(sheet.sender, response.tier, paper), label(change.level)
    titles = {
        ResponseStep.ACTIVATED: _("Notice: {sender} activates its response at {level}"),
        ResponseStep.ADJUSTED: _("Notice: {sender} adjusts its response to {level}"),
        ResponseStep.EXTENDED: _("Notice: {sender} extends its response at {level}"),
        ResponseStep.SUSPENDED: _("Notice: {sender} suspends the rescue"),
        ResponseStep.RESUMED: _("Notice: {sender} resumes the rescue"),
        ResponseStep.ENDED: _("Notice: {sender} ends its response"),
    }
    return LetterText(
        head=_("Notice of an emergency response"), number=_("Incident no. {number}").format(number=sheet.incident.number),
        beside_number=_("Decided by: {name}").format(name=known_or_line(change.decided_by or response.decided_by)),
        title=titles[change.step].format(sender=sender, level=level), addressee=_("To the units and departments concerned:"),
        parts=tuple(_facts_of(sheet, paper)), signature=(sender, written_date_time(change.occurred_at)),
        foot=(_("Duty phone: {phone}").format(phone=known_or_line(sheet.desk_phone)),),
        file_title=titles[change.step].format(sender=sender, level=level), subject=sheet.incident.number)


def _facts_of(sheet: ResponseNoticeSheet, paper: PaperSettings) -> list[Part]:
    response, change = sheet.response, sheet.change
    before = _("{before} → {after}").format(before=label(change.level_before), after=label(change.level)) if change.level_before else ""
    basis = in_paper(sheet.plan_title, paper)
    if basis and response.clause:
        basis = _("{plan}, clause {clause}").format(plan=basis, clause=response.clause)
    where = " ".join(part for part in (in_paper(sheet.place, paper), sheet.incident.address) if part)
    facts = [
        (_("Incident"), _("{title} ({type}), {place}").format(
            title=sheet.incident.title, type=in_paper(sheet.incident_type, paper), place=where)),
        (_("Matter"), response.matter), (_("Level"), before or label(change.level)),
        (_("Expected duration"), _duration(response.activated_at, change.expected_until or response.expected_until)),
        (_("Measures"), response.measures), (_("Basis"), basis), (_("Reason"), change.reason),
    ]
    if change.step is ResponseStep.ENDED:
        facts = [facts[0], facts[1], (_("Ended at"), written_date_time(change.occurred_at)), facts[6],
                 (_("From now on"), _("Measures against recurrence go on; the aftermath begins (Emergency Response Law Art. 86, 87)."))]
    return [Part(_("{name}: ").format(name=name), text) for name, text in facts if text]


def _duration(begun: datetime, until: datetime) -> str:
    return _("until {time} ({span})").format(time=written_date_time(until), span=span_in_full(until - begun))


# -- the command post -------------------------------------------------------------------------------------------------
def _post(sheet: CommandPostSheet, paper: PaperSettings) -> LetterText:
    post = sheet.post
    sender = _tier_name(sheet.sender, post.tier, paper)
    facts = [(_("Incident"), sheet.incident.title), (_("Place of the post"), post.place), (_("Formed"), written_date_time(post.formed_at)),
             (_("Phone"), post.phone), (_("Radio channel"), post.channel)]
    parts: list[Part | Grid] = [Part(_("{name}: ").format(name=name), text) for name, text in facts if text]
    parts.append(Grid((_("Work group"), _("Role"), _("Unit, name, phone"), _("Named by")), tuple(_members(sheet.members)),
                      (0.21, 0.19, 0.43, 0.17)))  # a phone is never broken
    parts.append(Part("", _("All forces that enter the scene obey the on-site command post."), is_last=True))
    return LetterText(
        head=_("Order forming a command post"), number=_("Incident no. {number}").format(number=sheet.incident.number),
        title=_("On forming the on-site command post: {matter}").format(matter=matter_of(
            sheet.incident, type_name=sheet.incident_type, place=sheet.place, has_address=False)),
        addressee=_("To the units and departments concerned:"), parts=tuple(parts), signature=(sender, written_date_time(post.formed_at)),
        foot=(_("Duty phone: {phone}").format(phone=known_or_line(sheet.desk_phone)),), subject=sheet.incident.number)


def _members(members: Sequence[PostMember]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each role of a group, a group named once: who fills it, each with the phone, those known by the unit alone together."""
    last = ""
    for (group_id, role, named_by), several in groupby(members, key=lambda each: (each.group_id, each.role, each.named_by)):
        group = "" if group_id == last else label(PlanRole(group_id)) if group_id in set(PlanRole) else group_id
        last = group_id
        yield group, label(role), "\n".join(_whos(several)), label(named_by)


def _whos(members: Iterable[PostMember]) -> Iterator[str]:
    for is_known, several in groupby(members, key=lambda each: bool(each.name or each.post_name or each.phone)):
        if is_known:
            yield from ("　".join(filter(None, (each.unit, each.name, each.post_name, each.phone))) for each in several)
        else:
            yield _(", ").join(dict.fromkeys(each.unit for each in several if each.unit))


# -- the hand-over ----------------------------------------------------------------------------------------------------
def _hand_over(sheet: HandOverSheet, paper: PaperSettings) -> LetterText:
    move, offer = sheet.move, sheet.offer
    giver, taker = _tier_name(sheet.giver, move.from_tier, paper), _tier_name(sheet.taker, move.to_tier, paper)
    heard = _("heard from {name}, {how}").format(name=move.heard_from, how=how_heard(move.heard_how)) if move.heard_from else ""
    facts = [
        (_("Incident"), sheet.incident.title), (_("Handed over"), written_date_time(move.occurred_at)),
        (_("Situation"), move.situation or offer.situation), (_("Resources"), move.resources or offer.resources),
        (_("Open orders"), move.open_orders or offer.open_orders), (_("Reason"), move.reason or offer.reason), (_("Known by"), heard),
    ]
    parts: list[Part | Grid] = [Part(_("{name}: ").format(name=name), text or _("to be verified")) for name, text in facts
                                        if text or name in (_("Situation"), _("Resources"), _("Open orders"))]
    given_by, taken_by = move.given_by or offer.given_by, move.taken_by or offer.taken_by
    parts.append(Grid((_("Handed over by"), _("Taken over by")), (
        (f"{giver}\n{known_or_line(given_by)}", f"{taker}\n{known_or_line(taken_by)}"),
        (_("Signature: ____________"), _("Signature: ____________")), (date_time(move.occurred_at), date_time(move.occurred_at))), (0.5, 0.5)))
    return LetterText(
        head=_("Hand-over of the command"), number=_("Incident no. {number}").format(number=sheet.incident.number),
        beside_number=written_date(local(move.occurred_at).date()),
        title=_("The command passes from {giver} to {taker}").format(giver=giver, taker=taker), parts=tuple(parts), subject=sheet.incident.number)
