"""The half of the editor that changes what there is: clauses and parts added, removed, moved and renumbered, each to be taken back."""

from __future__ import annotations

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_outline import OutlineSection, below, next_number
from emergency_desk.domain.plan_parts import is_below
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.texts import Text
from emergency_desk.ui.plans.editor_outline import clause_key, table_key
from emergency_desk.ui.plans.editor_page import EditorPage
from emergency_desk.ui.plans.new_parts import new_part
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.plan_part_words import name_of


class Structure:
    """Acts on the clause or the part that is open."""

    KEYS = ("add", "add_below", "remove", "move_up", "move_down")

    def __init__(self, page: EditorPage) -> None:
        self._page = page

    # -- adding --------------------------------------------------------------------------------------------------------
    def add(self) -> None:
        """Add a clause after the one that is open, or a part beside the one that is chosen."""
        page, table = self._page, self._page.table
        if table is not None:
            self._add_part(table.kind)
        elif page.current.startswith("missing "):
            self.add_missing(page.current)
        else:
            part = page.clause_part
            self._insert(_after(part.record.number) if part is not None else next_number(page.draft.plan.clauses, ""), Text(""))

    def add_below(self) -> None:
        """Add a clause in the one that is open, behind those that lie in it."""
        part = self._page.clause_part
        if part is not None:
            self._insert(next_number(self._page.draft.plan.clauses, part.record.number), Text(""))

    def add_missing(self, key: str) -> None:
        """Add a section of the standard outline where it belongs: behind the last one before it that the plan has."""
        section = self._page.section(key)
        if section is not None:
            self._insert(self._number_for(section), section.title)

    def _number_for(self, section: OutlineSection) -> str:
        outline = self._page.standard
        there = {place.section.number: place.clause.number for place in self._page.places if place.section and place.clause}
        if outline is None:
            return next_number(self._page.draft.plan.clauses, "")
        chapter = next(one for one in outline.chapters if one is section or section in one.sections)
        if chapter is not section:
            above = there.get(chapter.number, "")
            sisters = chapter.sections[:chapter.sections.index(section)]
            before = next((there[one.number] for one in reversed(sisters) if one.number in there), "")
            return _after(before) if before else f"{above}.1" if above else next_number(self._page.draft.plan.clauses, "")
        earlier = outline.chapters[:outline.chapters.index(chapter)]
        before = next((there[one.number] for one in reversed(earlier) if one.number in there), "")
        return _after(before) if before else "1"

    def _insert(self, number: str, title: Text) -> None:
        self._page.draft.insert_clause(Clause(number=number, title=title), then=self._show_new_clause)

    def _show_new_clause(self, part_id: Id) -> None:
        self._page.outline.choose(clause_key(part_id))
        self._page.focus_text()

    def _add_part(self, kind: PartKind) -> None:
        page, table = self._page, self._page.tables[kind]
        like = table.part
        made = new_part(kind, page.draft.plan, tier=page.place.desk.tier, clause=self._clause_for_new(), like=like.record if like else None)
        if made is None:
            page.place.window.notices.done(_("Every one of them is there already."))
            return
        page.draft.add(made, after=like.id if like else None, then=lambda part_id: self._show_new_part(kind, part_id))

    def _clause_for_new(self) -> str:
        clauses = self._page.draft.plan.clauses
        return clauses[-1].number if clauses else ""

    def _show_new_part(self, kind: PartKind, part_id: Id) -> None:
        self._page.outline.choose(table_key(kind))
        self._page.tables[kind].choose(part_id)
        self._page.tables[kind].focus_form()

    # -- removing ------------------------------------------------------------------------------------------------------
    def remove(self) -> None:
        """Remove the clause that is open with all that lies in it, or the part that is chosen; undo brings it back."""
        page = self._page
        part = page.clause_part or (page.table.part if page.table is not None else None)
        if part is None:
            return
        ids = [part.id]
        if part.kind is PartKind.CLAUSE:
            within = below(page.draft.plan.clauses, part.record.number)
            ids += [one.id for clause in within if (one := page.draft.find(PartKind.CLAUSE, clause.number)) is not None]
        more = len(ids) - 1
        told = _("Removed {part}.").format(part=name_of(part.record)) if not more else ngettext(
            "Removed {part} with {count} clause below it.", "Removed {part} with {count} clauses below it.", more).format(
            part=name_of(part.record), count=more)
        page.draft.remove(ids, then=lambda: page.place.window.notices.done(told, page.undo))

    # -- moving --------------------------------------------------------------------------------------------------------
    def move_up(self) -> None:
        """Move the clause or part one place up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move it one place down."""
        self._move(1)

    def _move(self, by: int) -> None:
        page = self._page
        part = page.clause_part
        if part is None:
            if page.table is not None and page.table.part is not None:
                page.draft.move(page.table.part.id, by=by)
            return
        parent = part.record.number.rpartition(".")[0]
        sisters = [one.number for one in page.draft.plan.clauses if one.number.rpartition(".")[0] == parent]
        place = sisters.index(part.record.number) + by
        if 0 <= place < len(sisters):
            before = sisters[place] if by < 0 else sisters[place + 1] if place + 1 < len(sisters) else ""
            page.draft.move_clause(part.record.number, before=before)

    def renumber(self, number: str) -> None:
        """Give the clause that is open another number, and those in it with it."""
        part = self._page.clause_part
        if part is None:
            return
        own = part.record.number
        numbers = {one.number: number + one.number[len(own):] for one in self._page.draft.plan.clauses if is_below(one.number, own)}
        self._page.draft.renumber(numbers)


def _after(number: str) -> str:
    """Return the number of the next sister."""
    parent, _dot, own = number.rpartition(".")
    return f"{parent}.{int(own) + 1}".lstrip(".")
