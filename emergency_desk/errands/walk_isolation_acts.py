"""The acts and figures of isolation, observation and emergency medical sites, and of what shelters foresee."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.isolation import IsolationKind, IsolationSite, IsolationState
from emergency_desk.domain.shelter_foresight import UseKind
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.walks import NO, YES, ActShape, Found, Step
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_shelter_acts import shelter_of
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walk_stock_acts import COUNT, INCIDENT, MOMENT, MUST, NUMBER, TEXT, choice
from emergency_desk.services import isolation, shelter_foresight, supplies, units
from emergency_desk.services.isolation import KnownIsolation
from emergency_desk.services.shelter_foresight import ShelterOutlook


def _site_of(stage: Stage, name: str) -> KnownIsolation:
    for one in isolation.list_isolation(stage.desk):
        if name in (one.site.name, one.site.name_en):
            return one
    raise WalkLacks(what="site", name=name)


def _number(stage: Stage, step: Step, key: str) -> int | None:
    return int(stage.text(step, key)) if key in step.arguments else None


def _site(stage: Stage, step: Step) -> None:
    area_id, address = stage.place(stage.text(step, "where"))
    site = units.keep_site(stage.desk, site=Site(
        id=Id(""), kind=SiteKind.ISOLATION, name=stage.text(step, "site"), area_id=area_id, address=address)).value
    isolation.keep_isolation(stage.desk, isolation=IsolationSite(
        site.id, IsolationKind(stage.text(step, "kind") or IsolationKind.ISOLATION), single_rooms=_number(stage, step, "single_rooms"),
        beds=_number(stage, step, "beds"), three_zones=stage.text(step, "three_zones") == YES, medical_staff=_number(stage, step, "staff"),
        waste=stage.text(step, "waste"), keeper=stage.text(step, "keeper"), keeper_phone=stage.text(step, "phone")))


def _open(stage: Stage, step: Step) -> None:
    isolation.open_isolation(
        stage.desk, site_id=_site_of(stage, stage.text(step, "site")).site.id, decided_by=stage.text(step, "decided_by"),
        responsible=stage.text(step, "responsible"), incident_id=stage.incident_id(step), reason=stage.text(step, "reason"),
        occurred_at=step.moments.get("occurred"))


def _beds(stage: Stage, step: Step) -> None:
    isolation.count_beds(
        stage.desk, site_id=_site_of(stage, stage.text(step, "site")).site.id, free=int(stage.text(step, "free")),
        occupied=int(stage.text(step, "occupied")), cleaning=_number(stage, step, "cleaning") or 0, blocked=_number(stage, step, "blocked") or 0,
        staff=_number(stage, step, "staff"), told_by=stage.text(step, "told_by"), counted_at=step.moments.get("counted"))


def _close(stage: Stage, step: Step) -> None:
    isolation.close_isolation(stage.desk, site_id=_site_of(stage, stage.text(step, "site")).site.id, reason=stage.text(step, "reason"),
                              decided_by=stage.text(step, "decided_by"), occurred_at=step.moments.get("occurred"))


def _use(stage: Stage, step: Step) -> None:
    name = stage.text(step, "item")
    item = next((one for one in supplies.list_items(stage.desk) if name in (one.name, one.code)), None)
    if item is None:
        raise WalkLacks(what="item", name=name)
    shelter_foresight.keep_use(stage.desk, item_id=item.id, kind=UseKind(stage.text(step, "kind")),
                               hundredths=int(stage.text(step, "hundredths")))


def _ask(stage: Stage, step: Step) -> None:
    shelter_foresight.ask_for_lacks(stage.desk, shelter_id=shelter_of(stage, stage.text(step, "shelter")).site.id,
                                    asked_by=stage.text(step, "asked_by"))


_SITE = {"site": MUST}
ISOLATION_ACTS: dict[str, Act] = {
    "isolation_site": Act(ActShape({**_SITE, "where": MUST, "kind": choice(IsolationKind), "single_rooms": NUMBER, "beds": NUMBER,
                                    "three_zones": choice((YES, NO)), "staff": NUMBER, "waste": TEXT, "keeper": TEXT, "phone": TEXT}), _site),
    "open_isolation": Act(ActShape({**_SITE, "incident": INCIDENT, "decided_by": TEXT, "responsible": TEXT, "reason": TEXT,
                                    "occurred": MOMENT}), _open),
    "beds": Act(ActShape({**_SITE, "free": COUNT, "occupied": COUNT, "cleaning": NUMBER, "blocked": NUMBER, "staff": NUMBER, "told_by": TEXT,
                          "counted": MOMENT}), _beds),
    "close_isolation": Act(ActShape({**_SITE, "reason": TEXT, "decided_by": TEXT, "occurred": MOMENT}), _close),
    "shelter_use": Act(ActShape({"item": MUST, "kind": choice(UseKind), "hundredths": COUNT}), _use),
    "ask_for_shelter": Act(ActShape({"shelter": MUST, "asked_by": TEXT}), _ask),
}


def _of_site(read: Callable[[KnownIsolation], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: read(_site_of(stage, name))


def _sum(read: Callable[[KnownIsolation], int]) -> Callable[[Stage], Found]:
    return lambda stage: sum(read(one) for one in isolation.list_isolation(stage.desk) if one.is_open)


def _outlook(read: Callable[[Stage, ShelterOutlook], Found]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, name: str) -> Found:
        some = shelter_foresight.look_ahead(stage.desk).shelters
        return next((read(stage, one) for one in some if name in (one.site.name, one.site.name_en)), None)

    return found


def _full_minutes(stage: Stage, one: ShelterOutlook) -> Found:
    hours = one.hours_to_full(stage.clock.at)
    return None if hours is None else round(hours * 60)


def _water_minutes(_stage: Stage, one: ShelterOutlook) -> Found:
    hours = next(kind.hours for kind in one.kinds if kind.kind is UseKind.WATER)
    return None if hours is None else round(hours * 60)


ISOLATION_FIGURES: tuple[Figure, ...] = (
    plain("isolation.open", _sum(lambda _one: 1)),
    plain("isolation.occupied", _sum(lambda one: one.count.occupied if one.count is not None else 0)),
    asked_of("isolation.", ".state", "site", _of_site(lambda one: (IsolationState.OPEN if one.is_open else IsolationState.CLOSED).value)),
    asked_of("isolation.", ".free", "site", _of_site(lambda one: one.count.free if one.count is not None else None)),
    asked_of("isolation.", ".occupied_beds", "site", _of_site(lambda one: one.count.occupied if one.count is not None else None)),
    asked_of("foresight.", ".full_minutes", "shelter", _outlook(_full_minutes)),
    asked_of("foresight.", ".water_minutes", "shelter", _outlook(_water_minutes)),
    asked_of("foresight.", ".meals", "shelter", _outlook(lambda _stage, one: one.meals)),
    asked_of("foresight.", ".lacks", "shelter", _outlook(lambda _stage, one: len(one.lacks))),
)
