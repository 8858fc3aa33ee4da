"""Builders of sheets as a duty desk would fill them; every name is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Call, Caller, Figures, Happening, Incident, LogEntry, Source
from emergency_desk.domain.sheets import CallRecordSheet, DutyLogSheet, Imprint, IncidentLogSheet, OrderSheet, PaperSettings
from emergency_desk.domain.teams import Team, TeamKind
from emergency_desk.domain.texts import Text

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
START = datetime(2026, 11, 24, 12, 26, tzinfo=UTC)  # 20:26 at the desk
IMPRINT = Imprint(Text("青岛市市南区应急指挥中心", "Shinan District Emergency Command Centre"), START + timedelta(minutes=9),
                  Text("王值班", "Wang Zhiban"))
PLACE = Text("青岛市市南区香港中路街道", "Xianggang Zhonglu, Shinan, Qingdao")
FIRE = Text("建筑火灾", "Building fire")


def paper(language: str = "en") -> PaperSettings:
    """Settings that give the same bytes on every machine."""
    return PaperSettings(language, FONTS, use_installed_fonts=False, invariant=True)


def minutes(count: float) -> datetime:
    """Return the moment so many minutes after the call."""
    return START + timedelta(minutes=count)


def incident(**changes: object) -> Incident:
    """Return a fire on the twelfth floor."""
    fire = Incident(Id("a" * 32), "370202-2026-0017", "海滨大厦12层火灾", "building_fire", Id("b" * 32), minutes(-4), minutes(0),
                    address="香港中路76号海滨大厦12层", latitude=36.06312, longitude=120.38514)
    return replace(fire, **changes)  # type: ignore[arg-type]


def team(**changes: object) -> Team:
    """Return the fire station nearest to it."""
    station = Team(Id("c" * 32), "QD-SN-001", "市南消防救援大队香港中路站", TeamKind.NATIONAL_FIRE, Id("b" * 32),
                   name_en="Xianggang Zhonglu Fire Station, Shinan Brigade")
    return replace(station, **changes)  # type: ignore[arg-type]


def dispatch(**changes: object) -> Dispatch:
    """Return an order whose every fact is known."""
    order = Dispatch(
        Id("d" * 32), "370202-2026-0017-D01", Id("a" * 32), Id("c" * 32),
        "内攻灭火，搜救12层及以上被困人员，控制火势向13层蔓延。", minutes(4), minutes(9), Id("e" * 32), travel_minutes=9,
        muster_place="香港中路与南京路路口西北角", report_to="海滨大厦南门现场指挥部，指挥员：李副区长",
        route="闽江路—南京路—香港中路，避开地铁施工段", equipment="53米登高平台车1辆、水罐车2辆、空气呼吸器20具、热成像仪2台",
        channel="350兆 指挥1频道（备用：通用3频道）", safety="12层为美容院，存有酒精等易燃液体；幕墙玻璃坠落，南侧30米内不得停留。",
        approved_by="市南区副区长 李安", approved_how="phone", approved_at=minutes(3))
    return replace(order, **changes)  # type: ignore[arg-type]


def order_sheet(**changes: object) -> OrderSheet:
    """Return the order to the station."""
    sheet = OrderSheet(IMPRINT, dispatch(), incident(), team(), FIRE, PLACE, Text("张带班", "Zhang Daiban"), "0532-5555 0119",
                       "12层美容院起火，浓烟上窜，估计被困8人，已有2人受伤。")
    return replace(sheet, **changes)  # type: ignore[arg-type]


def log_line(number: int, text: str = "现场指挥部设在大厦南门，控制火势，继续搜救。", *, late: float = 0, **changes: object) -> LogLine:
    """Return a note of the log, one a minute."""
    entry = LogEntry(Id(f"{number:032x}"), number, Happening.NOTE, minutes(number), minutes(number + late), Id("e" * 32),
                     Id("a" * 32), text)
    return LogLine(replace(entry, **changes), "王值班", "370202-2026-0017", "海滨大厦12层火灾", "Wang Zhiban")  # type: ignore[arg-type]


def incident_log(count: int = 12, **changes: object) -> IncidentLogSheet:
    """Return the log of the fire, so many lines long."""
    sheet = IncidentLogSheet(IMPRINT, incident(), FIRE, PLACE, tuple(log_line(number + 1) for number in range(count)))
    return replace(sheet, **changes)  # type: ignore[arg-type]


def duty_log(count: int = 12, **changes: object) -> DutyLogSheet:
    """Return the log of a night's duty."""
    sheet = DutyLogSheet(IMPRINT, minutes(-200), minutes(700), tuple(log_line(number + 1) for number in range(count)),
                         (Text("张带班", "Zhang Daiban"), Text("王值班", "Wang Zhiban")))
    return replace(sheet, **changes)  # type: ignore[arg-type]


def call_record(**changes: object) -> CallRecordSheet:
    """Return the call that told of the fire."""
    call = Call(Id("f" * 32), Id("a" * 32), "香港中路76号海滨大厦12楼着火了，窗户里往外冒黑烟，楼上有人在喊救命。", Id("b" * 32),
                Source.RESIDENT, minutes(0), minutes(1), Id("e" * 32), minutes(-4), "香港中路76号海滨大厦12层",
                36.06312, 120.38514, "已转告119指挥中心。")
    sheet = CallRecordSheet(IMPRINT, call, incident(), FIRE, PLACE, Text("王值班", "Wang Zhiban"), Caller("赵先生", "138 0000 5678"),
                            Figures(hurt=2, trapped=8))
    return replace(sheet, **changes)  # type: ignore[arg-type]


def text_of(path: Path) -> list[str]:
    """Take the text back out of a PDF, page by page."""
    document = pypdfium2.PdfDocument(str(path))
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def closed_up(text: str) -> str:
    """Return a text without white space, for a PDF breaks its lines where the paper does."""
    return "".join(text.split())
