"""A small plan that has nothing wrong with it, for the tests that spoil one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.plan_records import (
    Action,
    CardStep,
    Clause,
    Condition,
    Contact,
    Item,
    LegalBasis,
    Level,
    LevelRule,
    Needs,
    Plan,
    PlanKind,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text

ALWAYS = Condition()


def figure(**figures: int) -> Condition:
    """Return a condition on figures alone."""
    return Condition(figures=tuple(figures.items()))


def level(tier: Tier, of: Level, clause: str, *conditions: Condition, needs: Needs | None = None, who: str = "值班领导") -> LevelRule:
    """Return one level."""
    return LevelRule(tier=tier, level=of, clause=clause, activated_by=Text(who, "Duty leader"), activated_by_role=PlanRole.DUTY_LEADER,
                     conditions=conditions, needs=needs or Needs(teams=(("drainage", 1),), items=(("pump", 2),)))


def action(id_: str, tier: Tier, title: str, *, role: PlanRole = PlanRole.DUTY_OFFICER, clause: str = "2") -> Action:
    """Return one action that begins at level IV."""
    return Action(id=id_, clause=clause, tier=tier, role=role, due_minutes=15, from_level=Level.IV, title=Text(title, "Do it"))


def card(id_: str, tier: Tier, post: str, *, clause: str = "2", minutes: int = 15, said: str = "电话报区（市）值班室") -> ResponseCard:
    """Return one card with one step."""
    return ResponseCard(id=id_, post=Text(post, "Post"), tier=tier, clause=clause, from_level=Level.IV, trigger=Text("接报", "A report"),
                        steps=(CardStep(due_minutes=minutes, text=Text(said, "Do it")),))


def tried(day: date, *, unit: str = "区水务局", role: str = "值班", phone: str = "0532-00000001", answered: bool = True) -> ContactTry:
    """Return a try of a contact at noon of a day."""
    return ContactTry(id=Id("9" * 32), unit=unit, role=role, phone=phone, tried_at=from_local(day, 12, 0), account_id=Id("1" * 32),
                      is_answered=answered)


def sound_plan(*, code: str = "flood", levels: Iterable[LevelRule] | None = None, hazards: tuple[str, ...] = ("rainstorm_flood",)) -> Plan:
    """Return a plan of district and street in which the check finds nothing."""
    return Plan(
        code=code, version="1.0", title=Text("内涝预案", "Flood plan"), kind=PlanKind.SPECIAL, hazard_types=hazards, tier=Tier.DISTRICT,
        basis=(LegalBasis(title=Text("中华人民共和国突发事件应对法", "Emergency Response Law"), number="2024-11-01", article="71"),),
        clauses=(
            Clause(number="1", title=Text("指挥", "Command"), body=Text("设现场指挥部。", "An on-site command is set up.")),
            Clause(number="2", title=Text("报告", "Reports"), body=Text("逐级报告。", "Tier by tier.")),
            Clause(number="3.1", title=Text("区级", "District"), body=Text("启动。", "Activate."), tier=Tier.DISTRICT),
            Clause(number="3.2", title=Text("区级", "District"), body=Text("启动。", "Activate."), tier=Tier.DISTRICT),
            Clause(number="3.3", title=Text("街道", "Street"), body=Text("行动。", "Act."), tier=Tier.STREET)),
        items=(Item(id="pump", name=Text("水泵", "Pump"), unit=Text("台", "pcs")),),
        situations=(Situation(id="dam", name=Text("水库险情", "Dam in danger"), words=("溃坝",)),),
        levels=tuple(levels) if levels is not None else (
            level(Tier.DISTRICT, Level.III, "3.1", figure(trapped=3), Condition(situations=("dam",))),
            level(Tier.DISTRICT, Level.IV, "3.2", ALWAYS), level(Tier.STREET, Level.IV, "3.3", ALWAYS)),
        work_groups=(WorkGroup(id=PlanRole.RESCUE, lead=Text("消防", "Fire"), members=(), duties=Text("救人", "Rescue")),),
        actions=(
            action("s1", Tier.STREET, "电话报区（市）值班室"), action("d1", Tier.DISTRICT, "通知镇（街道）带班领导"),
            action("d2", Tier.DISTRICT, "营救被困人员", role=PlanRole.RESCUE), action("d3", Tier.DISTRICT, "设指挥部", role=PlanRole.COMMANDER)),
        contacts=(Contact(role=Text("值班", "Duty"), unit=Text("区水务局", "Water"), phone="0532-00000001"),),
        cards=(
            card("cs1", Tier.STREET, "街道值班员"), card("cs2", Tier.STREET, "街道带班领导"),
            card("cd1", Tier.DISTRICT, "区值班员", said="通知镇（街道）带班领导"),
            card("cd2", Tier.DISTRICT, "区带班领导", said="通知镇（街道）带班领导"),
            card("cd3", Tier.DISTRICT, "区现场指挥长", clause="1", said="设指挥部")))
