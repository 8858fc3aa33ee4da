"""A desk with 5,000 plans of 40 sections, built once: the clauses of the shipped library shuffled, each plan with words of its own.

It is kept in the system's folder for temporary files and opened where it lies, for it takes half a gigabyte. The texts are written as
planners' files are, and everything derived from them is made as a desk makes it.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import Clause, Plan, PlanKind
from emergency_desk.domain.texts import Text
from emergency_desk.errands.trade import read_plan_text
from emergency_desk.exchange.plan_files import write_plan
from emergency_desk.services import library
from emergency_desk.services.desk import Desk
from emergency_desk.services.stored_plans import StoredPlans
from emergency_desk.store.opening import open_store
from emergency_desk.store.rows.tables import metadata
from tests.builders import SetClock, act_as, make_desk, trade, trade_of

PLANS, SECTIONS = 5_000, 40
RARE, TWO = "榫卯", "龘靐"  # a word of some hundred plans, and one of a single plan
_SIGNS = "山海林泉松石云溪湾港桥岭河湖塘坡沟崖岗营屯店铺庄坊巷里街路场"


def desk_with_plans() -> Desk:
    """Return a desk over the store with many plans, building the store first where it is not kept yet."""
    kept = _kept()
    if not kept.exists():
        _build(kept)
    store = open_store(kept)
    desk = Desk(store, facts=library.read_facts(store), trade=trade_of(store), clock=SetClock(), random_bits=Random(8).getrandbits)
    act_as(desk, name="leader")
    return desk


def _kept() -> Path:
    shape = repr(sorted((table.name, [column.name for column in table.columns]) for table in metadata.tables.values()))
    parts = [shape, Path(__file__).read_text(encoding="utf-8"), *(plan.code + plan.version for plan in trade().current_plans)]
    return Path(tempfile.gettempdir()) / f"emergency-desk-plans-{hashlib.sha256(''.join(parts).encode()).hexdigest()[:12]}.store"


def _build(kept: Path) -> None:
    print("building the store with many plans, once …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        desk = make_desk(Path(folder), account="planner", name="plans.store")
        desk._random_bits = Random(7).getrandbits
        for start in range(0, PLANS, 250):
            made = [made_plan(number) for number in range(start, min(start + 250, PLANS))]
            texts = [(plan.code, plan.version, write_plan(plan)) for plan in made]
            ready = {text: plan for plan, (_code, _version, text) in zip(made, texts, strict=True)}
            desk.trade = replace(desk.trade, shelf=StoredPlans(desk.store, lambda text, name, ready=ready: ready.get(text) or read_plan_text(
                text, name)).shelf())  # what was just written need not be read again
            library.take_plans(desk, texts=texts, source="bench")
            print(f"{start + len(made)} plans", file=sys.stderr, flush=True)
        source = desk.trade.shelf.source
        assert isinstance(source, StoredPlans)
        while source.index_some(desk.trade.shelf, 200):
            pass
        desk.store.close()
        shutil.move(desk.store.path, kept)


def made_plan(number: int) -> Plan:
    """Return the nth plan: a shipped one's levels and actions beside forty sections from all of them."""
    random = Random(number)
    shipped = trade().current_plans
    base = shipped[number % len(shipped)]
    place = "".join(random.choice(_SIGNS) for _sign in range(3))
    tier = random.choice((Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.STREET))
    needed = {rule.clause for rule in base.levels} | {action.clause for action in base.actions} | {card.clause for card in base.cards}
    pool = [clause for plan in shipped for clause in plan.clauses if clause.body]
    kept = [clause for clause in base.clauses if clause.number in needed][:SECTIONS]
    clauses = (*kept, *_sections(random, pool, number, place, SECTIONS - len(kept)))
    numbers = {clause.number for clause in clauses}
    return replace(
        base, code=f"plan_{number:05}", version="1.0", title=Text(f"{place}{base.title.zh}", f"{base.title.en} of place {number}"), tier=tier,
        kind=random.choice((PlanKind.SPECIAL, PlanKind.DEPARTMENT, PlanKind.TOWNSHIP, PlanKind.UNIT)), clauses=clauses,
        area_code="" if tier is Tier.CITY else f"9901{number % 10:02}" if tier is Tier.DISTRICT else f"9901{number % 10:02}{number % 15:03}",
        levels=tuple(rule for rule in base.levels if rule.clause in numbers),
        actions=tuple(action for action in base.actions if action.clause in numbers)[:20], cards=(), parent="", aligned=())


def _sections(random: Random, pool: list[Clause], number: int, place: str, count: int) -> Iterator[Clause]:
    for section in range(count):
        clause = random.choice(pool)
        zh = f"{clause.body.zh}{place}第{number % 97}号，{random.choice(_SIGNS)}{random.choice(_SIGNS)}。"
        if section == 3 and number % 12 == 0:
            zh += f"按{RARE}要求办理。"
        if section == 5 and number == 4_321:
            zh += f"{TWO}。"
        yield Clause(number=f"20.{section + 1}", title=clause.title, body=Text(zh, f"{clause.body.en} Place {number}."))
