"""Plans on paper for the tests: the shipped ones as sheets, and the text of a paper without what stands on every page."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.dom.minidom import parseString

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_records import CardStep, Contact, Level, Plan, ResponseCard
from emergency_desk.domain.plan_sheets import CardsSheet, PlanSheet
from emergency_desk.domain.texts import Text
from tests.builders import trade
from tests.reports.sheets import IMPRINT, closed_up, text_of

LANGUAGES = ("en", "zh_CN")
_FURNITURE = re.compile(r"^(— \d+ —|Model plan, not adopted here|示范预案，本单位尚未采用|Printed .*|.* 打印"
                        r"|.*(Page \d+ of \d+|第 \d+ 页 / 共 \d+ 页))$")


def shipped(code: str = "overall") -> Plan:
    """Return a plan that ships."""
    return trade().plan(code, "1.0")


def plan_sheet(plan: Plan, **changes: object) -> PlanSheet:
    """Return a plan as its paper is given it."""
    known = trade()
    sheet = PlanSheet(IMPRINT, plan, names={one.id: one.name for one in known.capabilities}, types={one.id: one.name for one in known.types},
                      titles={one.code: one.title for one in known.current_plans})
    return replace(sheet, **changes)  # type: ignore[arg-type]


def body_of(path: Path) -> list[str]:
    """Return the text of a PDF page by page, closed up, without what stands on every page."""
    return [closed_up("".join(line for line in page.splitlines() if not _FURNITURE.match(line.strip()))) for page in text_of(path)]


def words_of(plan: Plan, language: str) -> list[str]:
    """Return all that must stand on the paper of a plan."""
    told = [text for clause in plan.clauses for text in (clause.number + clause.title.in_language(language),
                                                         *plain(clause.body.in_language(language)).split("\n"))]
    told += [action.title.in_language(language) for action in plan.actions]
    told += [text.in_language(language) for contact in plan.contacts for text in (contact.role, contact.unit)]
    told += [text.in_language(language) for group in plan.work_groups for text in (group.lead, group.duties, *group.members)]
    told += [rule.activated_by.in_language(language) for rule in plan.levels]
    told += [text.in_language(language) for card in plan.cards
             for text in (card.post, card.trigger, card.never, card.resources, card.withdraw_when, *(step.text for step in card.steps))]
    told += [text for basis in plan.basis for text in (basis.title.in_language(language), basis.number, basis.article)]
    told += [item.name.in_language(language) for item in plan.items]
    return [closed_up(text) for text in told if text]


def card(**changes: object) -> ResponseCard:
    """Return a card with three steps, a number and a line for one that lacks."""
    made = ResponseCard(
        id="card_duty", post=Text("镇（街道）值班员", "Street duty officer"), tier=Tier.STREET, clause="5.1.2", from_level=Level.IV,
        trigger=Text("接到泄漏报告", "A leak is reported"),
        steps=tuple(CardStep(due_minutes=minutes, text=Text(zh, en)) for minutes, zh, en in (
            (3, "问清地点和介质", "Ask place and substance"), (15, "电话报告区值班室", "Report to the district by phone"),
            (1440, "移交并签字", "Hand over and sign"))),
        reports_to=(Contact(role=Text("带班领导", "Duty leader"), unit=Text("街道", "Street"), phone="0532-8000-0119"),
                    Contact(role=Text("区值班室", "District desk"), unit=Text("区应急局", "District bureau"))),
        never=Text("不靠近泄漏点", "Do not go near"), resources=Text("应急柜", "The cupboard"), withdraw_when=Text("闻到气味", "At any smell"))
    return replace(made, **changes)  # type: ignore[arg-type]


def long_card(times: int = 12) -> ResponseCard:
    """Return a card that no page holds."""
    steps = tuple(CardStep(due_minutes=10 * place, text=Text("逐户核对人数并登记特殊人员，" * times, "Count heads house by house. " * times))
                  for place in range(1, 8))
    return card(id="card_long", post=Text("疏散组组长", "Leader of the evacuation group"), steps=steps)


def cards_sheet(*cards: ResponseCard, **changes: object) -> CardsSheet:
    """Return some cards of the overall plan as their paper is given them."""
    return replace(CardsSheet(IMPRINT, shipped(), cards), **changes)  # type: ignore[arg-type]


def document_xml(path: Path) -> str:
    """Return the text of a DOCX as it is written, after looking that it is well-formed."""
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            parseString(parts.read(name))
        return parts.read("word/document.xml").decode()


def said_in(xml: str) -> str:
    """Return the words of a DOCX, closed up."""
    return closed_up(re.sub(r"&(lt|gt|amp);", lambda found: {"lt": "<", "gt": ">", "amp": "&"}[found[1]],
                            "".join(re.findall(r"<w:t[ >][^<]*", xml)).replace('<w:t xml:space="preserve">', "").replace("<w:t>", "")))
