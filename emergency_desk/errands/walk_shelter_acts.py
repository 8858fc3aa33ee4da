"""The acts and figures of shelters and evacuation: register, stand by, open, count, close; who is to be moved and where they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.evacuation import EvacuationGroup, Placed, Reconciled
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
from emergency_desk.domain.shelter_foresight import valid_counts
from emergency_desk.domain.shelters import RUNNING, Inspected, SafetyCheck, Shelter, ShelterOpening, ShelterState, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.walks import NO, YES, ActShape, Found, Step
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_stage import Made, Stage
from emergency_desk.errands.walk_stock_acts import COUNT, INCIDENT, MOMENT, MUST, NUMBER, TEXT, TEXTS, choice
from emergency_desk.services import evacuation, shelters, units
from emergency_desk.services.evacuation import GroupLine
from emergency_desk.services.shelters import KnownShelter


# -- what a step names ------------------------------------------------------------------------------------------------
def shelter_of(stage: Stage, name: str) -> KnownShelter:
    """Return a shelter by the name of its site. Raises WalkLacks."""
    for one in shelters.list_shelters(stage.desk):
        if name in (one.site.name, one.site.name_en):
            return one
    raise WalkLacks(what="shelter", name=name)


def opening_of(stage: Stage, step: Step) -> ShelterOpening:
    """Return the order that the shelter of a step runs by. Raises WalkLacks."""
    return opening_named(stage, stage.text(step, "shelter"))


def opening_named(stage: Stage, name: str) -> ShelterOpening:
    """Return the order a shelter runs by. Raises WalkLacks."""
    opening = shelter_of(stage, name).opening
    if opening is None:
        raise WalkLacks(what="opening", name=name)
    return opening


def _lines(stage: Stage) -> list[GroupLine]:
    return evacuation.reconcile(stage.desk, incident_id=stage.incident_id())


def group_of(stage: Stage, step: Step) -> EvacuationGroup:
    """Return a village that is to be moved, by its name. Raises WalkLacks."""
    name, found = stage.text(step, "group"), evacuation.reconcile(stage.desk, incident_id=stage.incident_id(step))
    for line in found:
        if line.group.name == name:
            return line.group
    raise WalkLacks(what="group", name=name)


def _number(stage: Stage, step: Step, key: str) -> int | None:
    return int(stage.text(step, key)) if key in step.arguments else None


# -- shelters ---------------------------------------------------------------------------------------------------------
def _shelter(stage: Stage, step: Step) -> None:
    name, where = stage.text(step, "shelter"), stage.text(step, "where")
    area_id, address = stage.place(where)
    site = units.keep_site(stage.desk, site=Site(
        id=Id(""), kind=SiteKind.SHELTER, name=name, area_id=area_id, address=address, capacity=_number(stage, step, "places"),
        effective_area_m2=_number(stage, step, "area_m2"))).value
    kept = shelters.keep_shelter(stage.desk, shelter=Shelter(
        site.id, ShelterTier(stage.text(step, "tier_of") or ShelterTier.TOWNSHIP), hazards=stage.texts(step, "hazards"),
        unfit_hazards=stage.texts(step, "unfit"), stated_capacity=_number(stage, step, "places"), keeper=stage.text(step, "keeper"),
        keeper_phone=stage.text(step, "phone"), vulnerable_fit=stage.text(step, "vulnerable_fit") == YES)).value
    if stage.text(step, "inspected") != NO:
        shelters.note_inspection(stage.desk, shelter_id=kept.id, inspected=Inspected.FIT)


def _state(stage: Stage, step: Step) -> None:
    shelters.move_shelter(stage.desk, shelter_id=shelter_of(stage, stage.text(step, "shelter")).site.id, to=ShelterState(stage.text(step, "to")),
                          reason=stage.text(step, "reason"), decided_by=stage.text(step, "decided_by"), occurred_at=step.moments.get("occurred"))


def _open(stage: Stage, step: Step) -> None:
    incident_id, stay = stage.incident_id(step), Stay(stage.text(step, "stay") or Stay.THREE_DAYS)
    rule, at = stage.desk.trade.shelters.rule(stay), step.moments.get("occurred") or stage.clock.at
    receives = [area for text in stage.texts(step, "receives") if (area := stage.place(text)[0]) is not None]
    checks = stage.texts(step, "checks") if "checks" in step.arguments else tuple(check.value for check in SafetyCheck)
    shelters.open_shelter(stage.desk, asked=AskedOpening(
        shelter_id=shelter_of(stage, stage.text(step, "shelter")).site.id, incident_id=incident_id, approved_by=stage.text(step, "approved_by"),
        stay=stay, expected_until=step.moments.get("until") or at + timedelta(days=rule.days if rule is not None else 1),
        responsible=stage.text(step, "responsible"), receives=tuple(receives), responsible_phone=stage.text(step, "phone"),
        supplies_at=step.moments.get("supplies_at"), notice_route=stage.text(step, "route"), checks=tuple(SafetyCheck(one) for one in checks),
        override_reason=stage.text(step, "override"), occurred_at=step.moments.get("occurred")))
    stage.keep(step, Made(incident=incident_id))


def _heads(stage: Stage, step: Step) -> None:
    shelters.count_heads(stage.desk, asked=AskedCount(
        opening_id=opening_of(stage, step).id, heads=int(stage.text(step, "heads")), counted_at=step.moments.get("counted"),
        arrived=_number(stage, step, "arrived"), left=_number(stage, step, "left"), vulnerable=_number(stage, step, "vulnerable"),
        meals=_number(stage, step, "meals"), counted_by=stage.text(step, "counted_by")))


def _close(stage: Stage, step: Step) -> None:
    shelters.close_shelter(stage.desk, opening_id=opening_of(stage, step).id, note=stage.text(step, "note"), damage=stage.text(step, "damage"),
                           decided_by=stage.text(step, "decided_by"), occurred_at=step.moments.get("occurred"))


# -- evacuation -------------------------------------------------------------------------------------------------------
def _evacuate(stage: Stage, step: Step) -> None:
    incident_id, (area_id, _address) = stage.incident_id(step), stage.place(stage.text(step, "where"))
    if area_id is None:
        raise WalkLacks(what="area", name=stage.text(step, "where"))
    meant = stage.text(step, "shelter")
    evacuation.order_evacuation(
        stage.desk, incident_id=incident_id, area_id=area_id, name=stage.text(step, "group"), to_move=int(stage.text(step, "people")),
        vulnerable=_number(stage, step, "vulnerable") or 0, ordered_by=stage.text(step, "ordered_by"), lead=stage.text(step, "lead"),
        shelter_id=shelter_of(stage, meant).site.id if meant else None, occurred_at=step.moments.get("occurred"))
    stage.keep(step, Made(incident=incident_id))


def _placed(stage: Stage, step: Step) -> None:
    evacuation.mark(stage.desk, group_id=group_of(stage, step).id, kind=Placed(stage.text(step, "kind")), people=int(stage.text(step, "people")),
                    told_by=stage.text(step, "told_by"), occurred_at=step.moments.get("occurred"))


def _call_off(stage: Stage, step: Step) -> None:
    evacuation.call_off(stage.desk, group_id=group_of(stage, step).id, reason=stage.text(step, "reason"))


_SHELTER = {"shelter": MUST, "occurred": MOMENT}
_GROUP = {"incident": INCIDENT, "group": MUST, "occurred": MOMENT}
SHELTER_ACTS: dict[str, Act] = {
    "shelter": Act(ActShape({"shelter": MUST, "where": MUST, "area_m2": NUMBER, "places": NUMBER, "tier_of": choice(ShelterTier),
                             "hazards": TEXTS, "unfit": TEXTS, "keeper": TEXT, "phone": TEXT, "inspected": choice((YES, NO)),
                             "vulnerable_fit": choice((YES, NO))}), _shelter),
    "shelter_state": Act(ActShape({**_SHELTER, "to": choice(ShelterState), "reason": TEXT, "decided_by": TEXT}), _state),
    "open_shelter": Act(ActShape({**_SHELTER, "incident": INCIDENT, "approved_by": TEXT, "stay": choice(Stay), "until": MOMENT,
                                  "responsible": TEXT, "phone": TEXT, "receives": TEXTS, "supplies_at": MOMENT, "route": TEXT,
                                  "checks": TEXTS, "override": TEXT}), _open),
    "heads": Act(ActShape({"shelter": MUST, "heads": COUNT, "counted": MOMENT, "arrived": NUMBER, "left": NUMBER, "vulnerable": NUMBER,
                           "meals": NUMBER, "counted_by": TEXT}), _heads),
    "close_shelter": Act(ActShape({**_SHELTER, "note": TEXT, "damage": TEXT, "decided_by": TEXT}), _close),
    "evacuate": Act(ActShape({**_GROUP, "where": MUST, "people": COUNT, "vulnerable": NUMBER, "ordered_by": TEXT, "lead": TEXT,
                              "shelter": TEXT}), _evacuate),
    "placed": Act(ActShape({**_GROUP, "kind": choice(Placed), "people": COUNT, "told_by": TEXT}), _placed),
    "call_off_evacuation": Act(ActShape({**_GROUP, "reason": TEXT}), _call_off),
}


# -- figures ----------------------------------------------------------------------------------------------------------
def _of_shelter(read: Callable[[KnownShelter], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: read(shelter_of(stage, name))


def _running(stage: Stage) -> list[KnownShelter]:
    return [one for one in shelters.list_shelters(stage.desk) if one.shelter.state in RUNNING]


def _meals(stage: Stage, name: str) -> Found:
    """Return the meals of all counts of a shelter that runs."""
    opening = shelter_of(stage, name).opening
    return None if opening is None else sum(count.meals or 0 for count in valid_counts(shelters.list_counts(stage.desk, opening_id=opening.id)))


def _of_group(read: Callable[[Reconciled], int]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, name: str) -> Found:
        return next((read(line.sum) for line in _lines(stage) if line.group.name == name), None)

    return found


def _of_all(read: Callable[[Reconciled], int]) -> Callable[[Stage], Found]:
    return lambda stage: read(evacuation.total(_lines(stage)))


SHELTER_FIGURES: tuple[Figure, ...] = (
    plain("shelters.open", lambda stage: len(_running(stage))),
    plain("shelters.heads", lambda stage: sum(one.occupancy.heads for one in _running(stage) if one.occupancy is not None)),
    asked_of("shelter.", ".state", "shelter", _of_shelter(lambda one: one.shelter.state.value)),
    asked_of("shelter.", ".heads", "shelter", _of_shelter(lambda one: one.occupancy.heads if one.occupancy is not None else None)),
    asked_of("shelter.", ".share", "shelter", _of_shelter(lambda one: one.occupancy.share if one.occupancy is not None else None)),
    asked_of("shelter.", ".places", "shelter", _of_shelter(lambda one: one.opening.capacity if one.opening is not None else None)),
    asked_of("shelter.", ".meals", "shelter", _meals),
    plain("evacuation.to_move", _of_all(lambda told: told.to_move)), plain("evacuation.in_shelters", _of_all(lambda told: told.in_shelters)),
    plain("evacuation.with_relatives", _of_all(lambda told: told.with_relatives)), plain("evacuation.away", _of_all(lambda told: told.away)),
    plain("evacuation.unreached", _of_all(lambda told: told.unreached)),
    asked_of("evacuation.", ".not_reached", "group", _of_group(lambda told: told.unreached)),
)
