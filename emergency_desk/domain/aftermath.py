"""What the law asks for when an emergency is over, by the kind of event: pure rules, each with its article.

Source: 突发事件应对法 2024 Art. 12, 25, 81, 85, 87-94; 国家突发事件总体应急预案 3.4; 青岛市突发事件应对条例 Art. 33;
生产安全事故报告和调查处理条例 Art. 19, 29.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import AftermathEnded, ArchiveNotReady, ErasureOwed, FieldMissing
from emergency_desk.domain.incidents import Grade, Incident, IncidentClass, IncidentState, Production
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState
from emergency_desk.domain.texts import Text

ART_12 = Text("突发事件应对法第十二条；山东省突发事件应对条例第四十一条",
              "Emergency Response Law Art. 12; Shandong Regulations on Responding to Emergency Incidents Art. 41")
ART_85 = Text("突发事件应对法第八十五条", "Emergency Response Law Art. 85")
ART_94 = Text("突发事件应对法第九十四条", "Emergency Response Law Art. 94")
LEADING = Text("青岛市突发事件应对条例第三十三条", "Qingdao Regulations on Responding to Emergency Incidents Art. 33")
_AR493 = Text("生产安全事故报告和调查处理条例第十九、二十九条", "Regulations on Reporting and Investigating Production Accidents Art. 19 and 29")
_DAYS_TO_INVESTIGATE = 60  # AR493 Art. 29; it may be prolonged by up to 60 more
_EPIDEMIC, _POLLUTED = frozenset({"epidemic_control"}), frozenset({"hazmat", "oil_spill"})


def _law(articles: str, english: str) -> Text:
    return Text(f"突发事件应对法第{articles}条", f"Emergency Response Law Art. {english}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing the law asks for. `days` None: it says "at once" or names no limit; 0 is the moment of the end itself."""

    kind: AftermathKind
    title: Text
    basis: Text
    days: int | None = None


_ALWAYS = (
    Owed(kind=AftermathKind.LOSS_SURVEY, title=Text("损失调查评估，报上一级", "Survey of losses, reported one tier up"),
         basis=_law("八十七", "87")),
    Owed(kind=AftermathKind.RECOVERY_PLAN, title=Text("恢复重建计划，报上一级", "Recovery plan, reported one tier up"),
         basis=_law("八十七", "87")),
    Owed(kind=AftermathKind.LESSONS_REPORT, title=Text("查明经过原因、总结教训、改进措施，报上一级",
                                                     "Report on course, cause, lessons and measures, one tier up"), basis=_law("九十二", "92")),
    Owed(kind=AftermathKind.RELIEF, title=Text("受灾人员救助、安置", "Relief and housing for those affected"), basis=_law("八十九", "89")),
    Owed(kind=AftermathKind.COMPENSATION, title=Text("补偿", "Compensation"), basis=_law("八十九", "89")),
    Owed(kind=AftermathKind.COMFORT, title=Text("抚慰、抚恤、心理援助", "Comfort, pensions, psychological help"),
         basis=_law("八十一、八十九、九十一", "81, 89 and 91")),
    Owed(kind=AftermathKind.TEAM_ALLOWANCE, title=Text("参加救援人员的待遇和补助", "Pay and allowances of those who took part in the rescue"),
         basis=_law("九十", "90")),
    Owed(kind=AftermathKind.INSURANCE, title=Text("保险理赔", "Insurance claims"),
         basis=Text("国家突发事件总体应急预案3.4；突发事件应对法第五十五条", "National Overall Plan 3.4; Emergency Response Law Art. 55")),
    Owed(kind=AftermathKind.PERSONAL_ERASURE, title=Text("销毁个人信息", "Erasure of personal data"), basis=ART_85, days=0),
    Owed(kind=AftermathKind.AUDIT, title=Text("资金、物资使用情况接受审计", "Audit of money and goods"), basis=_law("九十三", "93")),
    Owed(kind=AftermathKind.OTHER, title=Text("向本级人大常委会作专项工作报告",
                                              "Special report to the standing committee of the people's congress"), basis=_law("二十五", "25")),
    Owed(kind=AftermathKind.ARCHIVE, title=Text("归档，移交档案馆", "Archive, handed over to the archives"), basis=ART_94),
)
_EPIDEMIC_PREVENTION = Owed(kind=AftermathKind.EPIDEMIC_PREVENTION, title=Text("卫生防疫", "Epidemic prevention"),
                            basis=_law("七十三、八十二", "73 and 82"))
_POLLUTION = Owed(kind=AftermathKind.POLLUTION, title=Text("污染监测和治理", "Monitoring and control of pollution"),
                  basis=_law("七十三", "73"))
_INVESTIGATION = Owed(kind=AftermathKind.OTHER, title=Text("事故调查报告", "Accident investigation report"), basis=_AR493,
                      days=_DAYS_TO_INVESTIGATE)
_ERASURE = next(one for one in _ALWAYS if one.kind is AftermathKind.PERSONAL_ERASURE)
REQUISITIONED = (
    Owed(kind=AftermathKind.RETURN, title=Text("返还征用财产", "Return of what was requisitioned"), basis=ART_12),
    Owed(kind=AftermathKind.COMPENSATION, title=Text("征用补偿", "Compensation for what was requisitioned"), basis=ART_12),
)
_RULES = (*_ALWAYS, _EPIDEMIC_PREVENTION, _POLLUTION, _INVESTIGATION, *REQUISITIONED)


def leading_tier(incident: Incident) -> Tier | None:
    """Return the tier that leads an event of its grade at or below the city (QD17 Art. 33); None where no rule derives one.

    Social security is not graded and not covered; a street never leads by grade. Of the two highest grades the city leads the first
    response, and the province or the State Council above it.
    """
    if incident.incident_class is IncidentClass.SOCIAL or incident.grade is None:
        return None
    return Tier.DISTRICT if incident.grade is Grade.ORDINARY else Tier.CITY


def owed_after(incident: Incident, *, asked: Iterable[str]) -> tuple[Owed, ...]:
    """Return what is owed after an incident. `asked`: the capabilities its type calls for, by which epidemics and pollution are known."""
    if incident.state is IncidentState.FALSE_ALARM:
        return (_ERASURE,)
    wanted = frozenset(asked)
    more = [_EPIDEMIC_PREVENTION] if incident.incident_class is IncidentClass.HEALTH or wanted & _EPIDEMIC else []
    more += [_POLLUTION] if wanted & _POLLUTED else []
    more += [_INVESTIGATION] if incident.production is Production.YES else []
    return (*_ALWAYS[:-1], *more, _ALWAYS[-1])


def due_at(owed: Owed, *, ended_at: datetime) -> datetime | None:
    """Return until when it is owed, counted from the end of the response work."""
    return None if owed.days is None else ended_at + timedelta(days=owed.days)


def basis_text(item: AftermathItem) -> Text:
    """Return the article an item rests on, in both languages where a rule of ours laid it."""
    return next((one.basis for one in _RULES if one.basis.zh == item.basis), Text(item.basis))


def require_open(item: AftermathItem) -> None:
    """Refuse to work on an item that was ended. Raises AftermathEnded."""
    if item.state is not AftermathState.OPEN:
        raise AftermathEnded(title=item.title)


def check_delay(item: AftermathItem, *, until: datetime | None, assessment: str) -> None:
    """Refuse to put off the erasure of personal data without the assessment the law asks for. Raises ErasureOwed, FieldMissing."""
    if item.kind is not AftermathKind.PERSONAL_ERASURE or until == item.due_at:
        return
    if until is None:
        raise FieldMissing(name="due_at", basis=ART_85)
    if (item.due_at is None or until > item.due_at) and not assessment.strip():
        raise ErasureOwed(title=item.title, basis=ART_85)


def check_archive(items: Iterable[AftermathItem], *, override_reason: str) -> tuple[AftermathItem, ...]:
    """Return what is still open beside the archive itself. Raises ArchiveNotReady naming it when no reason is given."""
    left = tuple(item for item in items if item.state is AftermathState.OPEN and item.kind is not AftermathKind.ARCHIVE)
    if left and not override_reason.strip():
        raise ArchiveNotReady(items=tuple(item.title for item in left), basis=ART_94)
    return left
