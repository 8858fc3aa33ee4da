"""The standard outline of each kind of plan: which chapters and sections belong there, what each has to say, and what of it a plan still lacks.

The outlines are data (`resources/reference/plan_outlines.yaml`) with their sources. What the law wants in every plan (突发事件应对法 2024
Art. 28) is marked on the chapters, so that a plan without it is told; nothing else of an outline is obligatory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.plan_records import Clause, Plan, PlanKind
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text


class PlanContent(StrEnum):
    """What the law wants every plan to say. Source: 突发事件应对法 (2024) Art. 28."""

    COMMAND = "command"  # 突发事件应对管理工作的组织指挥体系与职责
    PREVENTION = "prevention"  # 预防与预警机制
    PROCEDURE = "procedure"  # 处置程序
    SUPPORT = "support"  # 应急保障措施
    RECOVERY = "recovery"  # 事后恢复与重建措施


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineSection:
    """One section of an outline. `words` are what a title of it holds; a chapter has its own sections below it."""

    number: str
    title: Text
    hint: Text
    words: tuple[str, ...] = ()
    content: PlanContent | None = None
    sections: tuple[OutlineSection, ...] = ()

    def fits(self, title: Text) -> bool:
        """Say whether a clause of this title is the section."""
        said = title.zh.replace(" ", "").replace("\u3000", "")
        return said == self.title.zh or any(word in said for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The outline of some kinds of plan."""

    id: str
    kinds: tuple[PlanKind, ...]
    basis: tuple[RuleBasis, ...]
    chapters: tuple[OutlineSection, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a plan's outline: a clause of the plan, a section of the standard outline, or both. `is_empty`: nothing is written there."""

    clause: Clause | None
    section: OutlineSection | None
    depth: int
    is_empty: bool = False

    @property
    def is_missing(self) -> bool:
        """Say whether the standard outline has it and the plan does not."""
        return self.clause is None


def outline_for(kind: PlanKind, outlines: Iterable[Outline]) -> Outline | None:
    """Return the outline of a kind of plan, or None."""
    return next((outline for outline in outlines if kind in outline.kinds), None)


def places(plan: Plan, outline: Outline | None) -> tuple[Place, ...]:
    """Return the plan's clauses in their order, each with what the outline says of it, and after each chapter what the outline has besides."""
    chapters = outline.chapters if outline else ()
    found: list[Place] = []
    met: set[str] = set()
    for chapter, below in _by_chapter(plan.clauses):
        section = _fitting(chapter, (one for one in chapters if one.number not in met))
        if section:
            met.add(section.number)
        found += _chapter(chapter, below, section)
    return (*found, *(Place(None, chapter, 1) for chapter in chapters if chapter.number not in met))


def missing_content(plan: Plan, outline: Outline | None, known: Iterable[Place] | None = None) -> tuple[PlanContent, ...]:
    """Return what the law wants and the plan says nowhere; `known` are the places where somebody has them already."""
    told = {place.section.content for place in (places(plan, outline) if known is None else known)
            if place.section and place.section.content and place.clause and _says(plan, place.clause)}
    wanted = {chapter.content for chapter in outline.chapters if chapter.content} if outline else set()
    return tuple(content for content in PlanContent if content in wanted - told)


def first_clauses(outline: Outline | None) -> tuple[Clause, ...]:
    """Return the empty clauses that a new plan begins with: every chapter with its sections."""
    return tuple(Clause(number=section.number, title=section.title) for chapter in (outline.chapters if outline else ())
                 for section in (chapter, *chapter.sections))


def below(clauses: Iterable[Clause], number: str) -> tuple[Clause, ...]:
    """Return the clauses that stand below a number."""
    return tuple(clause for clause in clauses if clause.number.startswith(number + "."))


def next_number(clauses: Iterable[Clause], under: str) -> str:
    """Return the number that a new clause under a number gets ("" for a new chapter)."""
    deep = under.count(".") + 1 if under else 0
    taken = [int(parts[deep]) for clause in clauses if len(parts := clause.number.split(".")) > deep
             and (not under or clause.number.startswith(under + "."))]
    return f"{under}.{max(taken, default=0) + 1}".lstrip(".")


# -- pieces -----------------------------------------------------------------------------------------------------------
def _by_chapter(clauses: Iterable[Clause]) -> Iterator[tuple[Clause, list[Clause]]]:
    chapter: Clause | None = None
    under: list[Clause] = []
    for clause in clauses:
        if chapter is not None and clause.number.startswith(chapter.number + "."):
            under.append(clause)
            continue
        if chapter is not None:
            yield chapter, under
        chapter, under = clause, []
    if chapter is not None:
        yield chapter, under


def _chapter(chapter: Clause, under: list[Clause], section: OutlineSection | None) -> Iterator[Place]:
    yield Place(chapter, section, _depth(chapter), not chapter.body and not under)
    met: set[str] = set()
    for clause in under:
        fitting = _fitting(clause, (one for one in (section.sections if section else ()) if one.number not in met))
        if fitting:
            met.add(fitting.number)
        has_below = any(other.number.startswith(clause.number + ".") for other in under)
        yield Place(clause, fitting, _depth(clause), not clause.body and not has_below)
    yield from (Place(None, one, 2) for one in (section.sections if section else ()) if one.number not in met)


def _fitting(clause: Clause, sections: Iterator[OutlineSection]) -> OutlineSection | None:
    return next((section for section in sections if section.fits(clause.title)), None)


def _depth(clause: Clause) -> int:
    return clause.number.count(".") + 1


def _says(plan: Plan, chapter: Clause) -> bool:
    return bool(chapter.body) or any(clause.body for clause in below(plan.clauses, chapter.number))
