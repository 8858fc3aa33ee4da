"""Shelters and evacuation in lines: state, places, heads, keeper; a village with its sum. Plain values, no widgets."""

from __future__ import annotations

from datetime import datetime

from emergency_desk.domain.evacuation import Reconciled
from emergency_desk.domain.shelters import RUNNING, Inspected, ShelterRules, ShelterState, Stay
from emergency_desk.services.evacuation import GroupLine
from emergency_desk.services.shelters import KnownShelter
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label

_TONES = {ShelterState.OPEN: Tone.GREEN, ShelterState.FULL: Tone.ORANGE, ShelterState.CLOSING: Tone.ORANGE, ShelterState.UNSAFE: Tone.RED,
          ShelterState.MAINTENANCE: Tone.ORANGE, ShelterState.STANDBY: Tone.BLUE}
FULL_FROM = 90  # per cent; a house setting of the screen: from here the places left are shown as short


def shelter_line(known: KnownShelter, rules: ShelterRules, now: datetime) -> Line:
    """Return a shelter: its name with its class, its state, heads of places with the share, who has the keys."""
    shelter, site = known.shelter, known.site
    tone = _TONES.get(shelter.state, Tone.SECONDARY)
    phone, phone_tone = (shelter.keeper_phone, Tone.TEXT) if shelter.keeper_phone else (_("no phone"), Tone.ORANGE)
    keeper = Cell(phone, phone_tone, below=shelter.keeper, hint=shelter.keys_at)
    return line(site.id, Cell(in_words(site.name, site.name_en), strong=shelter.state in RUNNING, below=label(shelter.tier), hint=site.address),
                Cell(label(shelter.state), tone, strong=shelter.state in RUNNING,
                     shape=Shape.LATE if shelter.state is ShelterState.UNSAFE else Shape.NONE),
                _heads(known, now), _places(known, rules),
                Cell(formats.distance(known.km) if known.km is not None else "", Tone.SECONDARY), _inspected(known), keeper)


def _heads(known: KnownShelter, now: datetime) -> Cell:
    if known.occupancy is None:
        return Cell("")
    full = known.occupancy
    share = full.share
    tone = Tone.TEXT if share is None or share < FULL_FROM else Tone.RED if share > 100 else Tone.ORANGE
    words = formats.number(full.heads) if share is None else _("{heads} · {share}%").format(heads=formats.number(full.heads), share=share)
    counted = _("counted {age}").format(age=formats.age(full.counted_at, now=now)) if full.counted_at is not None else _("not counted yet")
    return Cell(words, tone, strong=True, below=counted)


def _places(known: KnownShelter, rules: ShelterRules) -> Cell:
    """Return how many it takes: for the stay it is open for, else for a day and for 15 days."""
    if known.opening is not None:
        return Cell(formats.number(known.opening.capacity) if known.opening.capacity is not None else _("not known"),
                    below=label(known.opening.stay))
    day, longer = (rules.capacity(known.site.effective_area_m2, stay) for stay in (Stay.ONE_DAY, Stay.FIFTEEN_DAYS))
    if day is None or longer is None:
        stated = known.shelter.stated_capacity
        return Cell(formats.number(stated), below=_("as its list says")) if stated is not None else Cell(_("not known"))
    return Cell(_("{places} a day").format(places=formats.number(day)), below=_("{places} for 15 days").format(places=formats.number(longer)))


def _inspected(known: KnownShelter) -> Cell:
    shelter = known.shelter
    if shelter.inspected is Inspected.FIT and shelter.inspected_on is not None:
        return Cell(formats.calendar_day(shelter.inspected_on), Tone.SECONDARY)
    return Cell(label(shelter.inspected), Tone.ORANGE)


def group_line(one: GroupLine) -> Line:
    """Return a village: how many are to be moved, where they are, and who has not been reached."""
    told = one.sum
    vulnerable = _("{count} vulnerable").format(count=one.group.vulnerable) if one.group.vulnerable else ""
    return line(one.group.id, Cell(one.group.name, strong=True, after=vulnerable, hint=one.group.lead_phone),
                *(Cell(formats.number(count)) for count in (told.to_move, told.in_shelters, told.with_relatives, told.away)), unreached(told))


def unreached(told: Reconciled) -> Cell:
    """Return who has not been reached, red while anybody is missing from the sum or stands in it twice."""
    if told.is_whole:
        return Cell("0", Tone.GREEN, strong=True, shape=Shape.DONE)
    return Cell(formats.number(told.unreached), Tone.RED, strong=True, shape=Shape.LATE)
