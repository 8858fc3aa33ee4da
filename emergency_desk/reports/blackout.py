"""The black-out pack (断电工作包): board, numbers, and for each open incident what is worked on by paper, every card under its short code.

No part may grow beyond its pages: what finds no room is told by its number, the least pressing first to stay away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.blackout import BlackoutSheet, IncidentPack
from emergency_desk.domain.boards import DueKind, DueLine, LogLine
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportFamily, ReportKind
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports import blackout_cards as cards
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, paragraph
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, Booklet, in_paper, worded
from emergency_desk.reports.tables import Band, Column, Row, Table
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.drafting import owed_words
from emergency_desk.wording.formats import date_time, number, when
from emergency_desk.wording.labels import label, short_label
from emergency_desk.wording.levels import level_word
from emergency_desk.wording.log_lines import told

T = TypeVar("T")
# The most pages of each part. With one incident open: 1 + 2 + 1 shared, 1 + 5 + 2 + 3 + 3 + 2 its own, and so 20.
CONTACT_PAGES, OVERVIEW_PAGES, TASK_PAGES, TEAM_PAGES, PICK_PAGES, HEAD_PAGES = 2, 1, 5, 2, 3, 3
LOG_PAGES, CALL_PAGES = 2, 1
LOOSE_PICK_PAGES = 1  # of release orders without an incident; where there are any, the lists of each incident have a page less


def write(sheet: BlackoutSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the pack."""
    with worded(paper):
        faces = Faces(paper)
        book = Booklet(FORM, faces)
        parts = [_board(sheet, faces, paper), _contacts(sheet, faces, paper)]
        if sheet.picks:
            parts.append(_within(LOOSE_PICK_PAGES, sheet.picks,
                                 lambda some, left: cards.picks(_loose_picks(sheet, faces, paper), some, left, paper)))
        for one in sheet.packs:
            parts += _incident(one, sheet, faces, paper)
        parts.append(cards.blank_calls(faces, in_paper(sheet.imprint.desk, paper)))
        for part in parts:
            book.take_pages(part)
        signed = _("Written by: ________________      Keyed back by: ________________      at: ____________")
        return book.save(path, paper, sheet.imprint, title=_("Black-out pack"), subject=date_time(sheet.imprint.printed_at),
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, signed=signed,
                                                                       is_exercise=sheet.is_exercise))


def _within(most: int, items: Sequence[T], compose: Callable[[Sequence[T], int], Booklet]) -> Booklet:
    """Compose as many of the items as fit the pages; `compose` hears how many stay away."""
    low, high = 0, len(items)
    made = compose(items, 0)
    if made.pages <= most:
        return made
    while low < high:  # the most that fit
        middle = (low + high + 1) // 2
        low, high = (middle, high) if compose(items[:middle], len(items) - middle).pages <= most else (low, middle - 1)
    return compose(items[:low], len(items) - low)


# -- what the whole desk shares ---------------------------------------------------------------------------------------
def _board(sheet: BlackoutSheet, faces: Faces, paper: PaperSettings) -> Booklet:
    book, imprint = Booklet(FORM, faces), sheet.imprint
    states = _(", ").join(_("{state} {count}").format(state=label(state), count=number(count)) for state, count in sheet.team_states)
    about = (_("As the desk stood at {time}. Duty phone of this desk: {phone}").format(
        time=date_time(imprint.printed_at), phone=sheet.desk_phone or "____________"), _("Teams: {states}").format(states=states or "—"))
    logs.heading(book, _("Black-out pack"), in_paper(imprint.desk, paper), about)
    book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=_("Black-out pack")))
    kind = Type(faces.table, 10, 14.5)
    for line in (
            _("1. Work on with these sheets. Write the time beside everything, as 19:42, and who said it."),
            _("2. Cards bear short codes, such as 17-T5: incident 17, fifth task. Its log is 17-L, a team 17-D3, a shelter 17-S2."),
            _("3. A new call goes onto a blank call sheet at the end; number it N1, N2 …"),
            _("4. When the desk is back: Ctrl+K, “Key paper back”. Type the code, the time on the paper and what was written. New calls go in "
              "with F2 first.")):
        paragraph(book, line, kind)
    book.y -= 8
    columns = (Column(_("Code"), 34), Column(_("Incident"), share=2), Column(_("Grade"), 52), Column(_("Command"), 66), Column(_("Since"), 60),
               Column(_("Teams out"), 44, right=True), Column(_("Next due"), share=1.4))
    rows: list[Row] = [_board_row(one, paper, imprint.printed_at) for one in sheet.packs]
    if rows:
        Table(book, columns, pad=4).set_rows(rows)
    else:
        paragraph(book, _("No incident is open."), kind)
    return book


def _board_row(one: IncidentPack, paper: PaperSettings, now: datetime) -> Row:
    line = one.line
    holder = line.holder or (Tier(line.plan_tier) if line.plan_tier else None)
    levels = " ".join(f"{label(tier)}{level_word(level)}" for tier, level in line.levels)
    due = line.next_due
    waits = f"{when(due.due_at, now=now)} {_awaited(due, paper)}" if due else "—"
    return (one.code, f"{line.title}\n{in_paper(one.place, paper)} {line.address}".rstrip(), short_label(line.grade) if line.grade else "—",
            "\n".join(part for part in (label(holder) if holder else "—", levels) if part), when(line.occurred_at, now=now),
            line.teams_out, waits)


def _awaited(due: DueLine, paper: PaperSettings) -> str:
    """Return what an incident waits for; a report and an offer of the command bear no words of their own."""
    if due.kind is DueKind.REPORT:
        return owed_words(ReportKind(due.report_kind), ReportFamily(due.report_family), Channel(due.channel), Tier(due.from_tier),
                          Tier(due.to_tier))
    if due.kind is DueKind.OFFER:
        return _("answer of the {tier}: does it take the command?").format(tier=label(Tier(due.to_tier)).lower())
    what = due.what_en if due.what_en and not paper.language.startswith("zh") else due.what
    words = {DueKind.RECEIPT: _("receipt of {team}"), DueKind.CONTACT: _("no word from {team}")}.get(due.kind, "{team}")
    return words.format(team=what)


def _loose_picks(sheet: BlackoutSheet, faces: Faces, paper: PaperSettings) -> Booklet:
    book, title = Booklet(FORM, faces), _("Pick lists without an incident")
    logs.heading(book, title, in_paper(sheet.imprint.desk, paper), ())
    book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
    return book


def _contacts(sheet: BlackoutSheet, faces: Faces, paper: PaperSettings) -> Booklet:
    title = pgettext("black-out pack", "Whom to ring")

    def compose(rows: Sequence[Row], left_out: int) -> Booklet:
        book, more = Booklet(FORM, faces), left_out + sheet.more_contacts
        logs.heading(book, title, in_paper(sheet.imprint.desk, paper), ())
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        columns = (Column(pgettext("column", "Name")), Column(_("Kind"), 116), Column(_("Duty phone"), 92), Column(_("In charge"), 68))
        Table(book, columns, pad=2.2).set_rows(rows)
        if more:
            paragraph(book, ngettext("{count} more number stands in the contact list.", "{count} more numbers stand in the contact list.",
                                     more).format(count=number(more)), Type(faces.table, 9, 13))
        return book

    rows: list[Row] = []
    before: str | None = None
    for one in sheet.contacts:
        area = in_paper(one.area, paper) or _("Units and command posts")
        if area != before:
            rows.append(Band(area))
            before = area
        rows.append((in_paper(one.name, paper), label(one.kind), one.phone or "____________", one.person))
    return _within(CONTACT_PAGES, rows, compose)


# -- one incident -----------------------------------------------------------------------------------------------------
def _incident(one: IncidentPack, sheet: BlackoutSheet, faces: Faces, paper: PaperSettings) -> list[Booklet]:
    def page(title: str, *about: str) -> Booklet:
        book, head = Booklet(FORM, faces), f"{one.code}  {title}"
        logs.heading(book, head, in_paper(sheet.imprint.desk, paper), (f"{one.incident.number} {one.incident.title}", *about))
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=f"{head} · {one.incident.title}"))
        return book

    parts = [_within(OVERVIEW_PAGES, one.log, lambda lines, _left: _overview(
        page(_("Incident")), one, lines, paper, sheet.imprint.printed_at))]
    if one.tasks:
        parts.append(_within(TASK_PAGES, one.tasks, lambda some, left: cards.tasks(page(_("Task cards")), some, left, paper)))
    if one.teams:
        parts.append(_within(TEAM_PAGES, one.teams, lambda some, left: cards.teams(page(_("Teams that are out")), some, left, paper)))
    if one.picks:
        most = PICK_PAGES - (LOOSE_PICK_PAGES if sheet.picks else 0)
        parts.append(_within(most, one.picks, lambda some, left: cards.picks(page(_("Pick lists")), some, left, paper)))
    if one.heads:
        parts.append(_within(HEAD_PAGES, one.heads, lambda some, left: cards.heads(page(_("Head counts")), some, left, paper)))
    return [*parts, cards.blank_log(page(_("Log sheet"), _("Code of this log: {code}").format(code=one.log_code)), pages=LOG_PAGES)]


def _overview(book: Booklet, one: IncidentPack, lines: Sequence[LogLine], paper: PaperSettings, now: datetime) -> Booklet:
    incident, line = one.incident, one.line
    holder = line.holder or (Tier(line.plan_tier) if line.plan_tier else None)
    figures = _(", ").join(_("{what} {count}").format(what=label_of, count=count) for label_of, count in (
        (_("dead"), incident.dead), (_("badly hurt"), incident.badly_hurt), (_("hurt"), incident.hurt), (_("trapped"), incident.trapped),
        (pgettext("figures", "missing"), incident.missing), (_("to be moved"), incident.evacuate)) if count)
    rows = ((_("What"), f"{in_paper(one.incident_type, paper)} · {label(incident.state)}"),
            (_("Place"), f"{in_paper(one.place, paper)} {incident.address}".rstrip()),
            (_("Happened"), date_time(incident.occurred_at)), (_("Grade"), label(incident.grade) if incident.grade else "—"),
            (_("In command"), label(holder) if holder else "—"),
            (pgettext("black-out pack", "Response"), " ".join(f"{label(tier)} {level_word(level)}" for tier, level in line.levels) or "—"),
            (pgettext("black-out pack", "Plan"), _plan(one, paper)),
            (_("Figures"), figures or _("none known")),
            (pgettext("black-out pack", "On paper"), _("{tasks} tasks, {teams} teams, {picks} pick lists, {shelters} shelters").format(
                tasks=len(one.tasks), teams=len(one.teams), picks=len(one.picks), shelters=len(one.heads))))
    cards.plain_facts(book, rows)
    book.y -= 10
    columns = (Column(_("Time"), 60), Column(_("The newest lines of the log")))
    Table(book, columns, pad=2.5).set_rows([(when(each.entry.occurred_at, now=now), told(each.entry)) for each in lines])
    return book


def _plan(one: IncidentPack, paper: PaperSettings) -> str:
    version = one.incident.plan_version
    return _("{plan} v{version}").format(plan=in_paper(one.plan_title, paper), version=version) if version else "—"


