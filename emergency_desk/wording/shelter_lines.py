"""What a log line about shelters and evacuation tells."""

from __future__ import annotations

from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.incidents import LogEntry
from emergency_desk.domain.shelters import ShelterState
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

_EVACUATION = {
    "ordered": N_("{people} people of {group} are to be moved."), "called_off": N_("The evacuation of {group} is called off."),
    "named": N_("{group}: the names of {people} people came from {told_by}."),
    "listed": N_("{group}: the list has {families} families, {people} people."),
    "sent": N_("{document}: {families} families, {people} people are sent to shelters: {shelters}."),
    "taken_back": N_("{document}: {families} families, {people} people are no longer sent to shelters."),
}


def shelter_line(entry: LogEntry) -> str:
    """Return the sentence of a shelter's state or count."""
    name = entry.value("shelter") or "—"
    if entry.value("step") == "counted":
        places = entry.value("places")
        words = _("{shelter}: {heads} people, {places} places") if places else _("{shelter}: {heads} people")
        return words.format(shelter=name, heads=entry.value("heads"), places=places)
    if entry.value("step") == "over":
        return _("{shelter}: {heads} people for {places} places. It is overfull.").format(
            shelter=name, heads=entry.value("heads"), places=entry.value("places"))
    if entry.value("step") == "listed":
        return _("{heads} people in {shelters} shelters, by the list {list}.").format(
            heads=entry.value("heads"), shelters=entry.value("shelters"), list=entry.value("told_by"))
    state = label(ShelterState(entry.value("to"))) if entry.value("to") in set(ShelterState) else "—"
    if entry.value("order"):
        return _("{shelter}: {state} (order {order}).").format(shelter=name, state=state, order=entry.value("order"))
    return _("{shelter}: {state}.").format(shelter=name, state=state)


def evacuation_line(entry: LogEntry) -> str:
    """Return the sentence of an evacuation."""
    step, group, people, kind = (entry.value(name) or "—" for name in ("step", "group", "people", "kind"))
    if step in _EVACUATION:
        rest = {name: entry.value(name) or "—" for name in ("families", "shelters", "document", "told_by")}
        return _(_EVACUATION[step]).format(people=people, group=group, **rest)
    placed = label(Placed(kind)).lower() if kind in set(Placed) else kind
    return _("{group}: {placed} {people}").format(group=group, placed=placed, people=people)
