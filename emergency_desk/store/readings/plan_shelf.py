"""The SELECTs of the shelf of plans: backs, one plan's records, what its levels ask for, and the words of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_moves import MoveKind
from emergency_desk.domain.plan_records import Plan, PlanKind
from emergency_desk.domain.plan_search import Hit, Piece, PieceKind, holds
from emergency_desk.domain.plan_shelf import ShelfStanding, ShelvedPlan, by_name, standings
from emergency_desk.domain.plan_wants import LevelWants
from emergency_desk.domain.texts import Text
from emergency_desk.store.plan_shelving import BACK_COLUMNS, listed_from, unpacked, wants_from
from emergency_desk.store.plan_tokens import Asked, asked_for, expression
from emergency_desk.store.repositories.shapes import Repositories

Names = Mapping[str, tuple[str, str]]
_UNSHELVED = ("SELECT p.id FROM plans p LEFT JOIN plan_backs b ON b.plan_id = p.id LEFT JOIN plan_contents c ON c.plan_id = p.id "
              "WHERE b.plan_id IS NULL OR c.plan_id IS NULL OR b.code <> p.code OR b.plan_version <> p.plan_version ORDER BY p.id")
_DERIVED = ("plans", "plan_backs", "plan_contents")
_FACTS = "SELECT code, plan_version, kind FROM plan_moves WHERE kind IN ('drafted', 'issued', 'withdrawn') ORDER BY seq"
_WANTS = "SELECT plan_id, wants FROM plan_contents WHERE plan_id IN (SELECT value FROM json_each(?))"
_OLD_WANTS = """SELECT plan_id FROM plan_contents WHERE wants <> '[]' AND instr(wants, '"goods_by":') = 0 ORDER BY plan_id"""
_UNDER_WAY = "state IN ('open', 'submitted')"
_DRAFTS = ("SELECT id, code, plan_version, title, title_en, kind, tier, area_code, hazard_types, near_types, parent, aligned, "
           "(SELECT count(*) FROM plan_parts x WHERE x.draft_id = d.id AND x.kind = 'clause' AND x.is_removed = 0) FROM plan_drafts d "
           f"WHERE {_UNDER_WAY}")
_COLUMNS = "SELECT p.owner_id, p.kind, p.clause, p.zh, p.en FROM"
_PIECES = f"{_COLUMNS} plan_pieces p"
_FOUND = (f"{_COLUMNS} plan_tokens CROSS JOIN plan_pieces p ON p.place = plan_tokens.rowid WHERE plan_tokens MATCH ? "
          "ORDER BY plan_tokens.rowid DESC")
_MOST_WORDS = 400  # Latin words that hold a part; a part of more stands in so many pieces that reading from the newest down is quicker


class PlanShelfReading(Repositories):
    """What is asked of plans without opening them, and how one is opened."""

    # -- the shelf -----------------------------------------------------------------------------------------------------
    def shelved_plans(self) -> tuple[ShelvedPlan, ...]:
        """Return the backs of every version and open draft, by code and version."""
        rows = self._connection.exec_driver_sql(f"SELECT {BACK_COLUMNS} FROM plan_backs").fetchall()
        facts = self._connection.exec_driver_sql(_FACTS)
        where = standings([(row[1], row[2]) for row in rows], (((code, version), MoveKind(kind)) for code, version, kind in facts))
        drafts = self._connection.exec_driver_sql(_DRAFTS)
        return tuple(sorted((*(_back(row, where[row[1], row[2]]) for row in rows), *map(_draft, drafts)), key=by_name))

    def unshelved_plans(self) -> list[str]:
        """Return the ids of the texts whose derived rows are missing, the oldest first. Mostly none is, which their numbers tell."""
        if len({self._connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in _DERIVED}) == 1:
            return []
        return [str(row[0]) for row in self._connection.exec_driver_sql(_UNSHELVED)]

    def plans_with_old_wants(self) -> list[str]:
        """Return the ids of the texts whose wants were kept by a program that did not know yet by when goods are wanted or with whom they go."""
        return [str(row[0]) for row in self._connection.exec_driver_sql(_OLD_WANTS)]

    def plan_text(self, code: str, version: str) -> list[PlanText]:
        """Return a list of at most one text."""
        return self.plans.first("WHERE code = ? AND plan_version = ?", (code, version))

    def plan_text_ids(self) -> list[Id]:
        """Return the ids of all texts, the oldest first."""
        return [Id(row[0]) for row in self._connection.exec_driver_sql("SELECT id FROM plans ORDER BY id")]

    def plan_names(self) -> set[tuple[str, str]]:
        """Return (code, version) of all texts, without their texts."""
        return {(row[0], row[1]) for row in self._connection.exec_driver_sql("SELECT code, plan_version FROM plans")}

    def draft_under_way(self, code: str, version: str) -> PlanDraft:
        """Return the draft of a version. Raises NotFound."""
        found = self.plan_drafts.where(f"WHERE code = ? AND plan_version = ? AND {_UNDER_WAY}", (code, version))
        if not found:
            raise NotFound(kind="plans", key=f"{code} {version}")
        return found[0]

    def plan_content(self, plan_id: str) -> Plan | None:
        """Return a plan from its derived records, or None where they are missing."""
        kept = self._connection.exec_driver_sql("SELECT content FROM plan_contents WHERE plan_id = ?", (plan_id,)).scalar()
        return unpacked(kept) if kept else None

    def plan_wants(self, plan_ids: Sequence[str]) -> dict[str, tuple[LevelWants, ...]]:
        """Return what the levels of some plans ask for, by their ids."""
        rows = self._connection.exec_driver_sql(_WANTS, (json.dumps(plan_ids),))
        return {id_: wants_from(wants) for id_, wants in rows}

    # -- the index -----------------------------------------------------------------------------------------------------
    def indexed_owners(self) -> dict[str, str]:
        """Return the mark each indexed version or draft had when it was indexed, by its id."""
        return dict(self._connection.exec_driver_sql("SELECT owner_id, mark FROM plan_indexed").fetchall())

    def plan_marks(self) -> dict[str, str]:
        """Return the mark of the text each back was made from, by the text's id."""
        return dict(self._connection.exec_driver_sql("SELECT plan_id, mark FROM plan_backs").fetchall())

    def draft_marks(self) -> dict[str, str]:
        """Return a mark of each draft under way that changes with whatever is saved in it, by what it is indexed under."""
        sql = ("SELECT 'draft ' || d.id, d.version || ' ' || coalesce(sum(p.version), 0) || ' ' || count(p.id) FROM plan_drafts d "
               f"LEFT JOIN plan_parts p ON p.draft_id = d.id WHERE d.{_UNDER_WAY} GROUP BY d.id")
        return dict(self._connection.exec_driver_sql(sql).fetchall())

    def find_pieces(self, words: Sequence[str], *, owners: Names, limit: int) -> list[Hit]:
        """Return the pieces that hold every folded word, newest plan first, up to a limit. `owners`: (code, version) of those looked into."""
        asked = [asked_for(word) for word in words]
        held = [self._words_that_hold(one) for one in asked]
        if any(one.part and some == [] for one, some in zip(asked, held, strict=True)):
            return []
        told = expression(asked, [some or () for some in held])
        rows = self._connection.exec_driver_sql(_FOUND, (told,)) if told else self._connection.exec_driver_sql(f"{_PIECES} ORDER BY p.place DESC")
        return list(islice(_looked_over(rows, words, owners), limit))

    def find_pieces_of(self, owner_id: str, words: Sequence[str], *, owners: Names) -> list[Hit]:
        """Return the pieces of one version that hold every folded word, in the order of its text."""
        sql = f"{_PIECES} WHERE p.owner_id = ? ORDER BY p.place DESC"
        return list(_looked_over(self._connection.exec_driver_sql(sql, (owner_id,)), words, owners))

    def _words_that_hold(self, asked: Asked) -> list[str] | None:
        """Return the Latin words that hold a part; None where none is asked for, or too many hold it to ask for them."""
        if not asked.part:
            return None
        sql = "SELECT word FROM plan_words WHERE instr(word, ?) LIMIT ?"
        found = [row[0] for row in self._connection.exec_driver_sql(sql, (asked.part, _MOST_WORDS + 1))]
        return found if len(found) <= _MOST_WORDS else None


def _looked_over(rows: Iterable[Sequence[Any]], words: Sequence[str], owners: Names) -> Iterator[Hit]:
    """Return the rows that hold the words indeed."""
    for owner, kind, clause, zh, en in rows:
        name = owners.get(owner)
        if name is not None and holds(zh, en, words):
            yield Hit(*name, Piece(PieceKind(kind), clause, zh, en))


@lru_cache(maxsize=4_096)
def _list(text: str) -> tuple[str, ...]:
    return listed_from(text)


@lru_cache(maxsize=256)
def _tiers(text: str) -> tuple[Tier, ...]:
    return tuple(Tier(word) for word in listed_from(text))


_KINDS, _TIERS = {one.value: one for one in PlanKind}, {one.value: one for one in Tier}


def _back(row: Sequence[Any], standing: ShelfStanding) -> ShelvedPlan:
    (id_, code, version, title, title_en, kind, tier, area_code, hazards, near, parent, aligned, tiers, clauses) = row
    return ShelvedPlan(
        id=id_, code=code, version=version, title=Text(title, title_en), kind=_KINDS[kind], tier=_TIERS[tier], area_code=area_code,
        hazard_types=_list(hazards), near_types=_list(near), parent=parent, aligned=_list(aligned), tiers=_tiers(tiers), clauses=clauses,
        standing=standing)


def _draft(row: Sequence[Any]) -> ShelvedPlan:
    (id_, code, version, title, title_en, kind, tier, area_code, hazards, near, parent, aligned, clauses) = row
    return ShelvedPlan(
        id=id_, code=code, version=version, title=Text(title, title_en), kind=_KINDS[kind], tier=_TIERS[tier], area_code=area_code,
        hazard_types=_json_list(hazards), near_types=_json_list(near), parent=parent, aligned=_json_list(aligned), clauses=clauses,
        standing=ShelfStanding.DRAFT)


@lru_cache(maxsize=4_096)
def _json_list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()
