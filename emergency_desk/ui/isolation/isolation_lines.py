"""Isolation, observation and emergency medical sites in lines: what they are, beds by state with their age, staff, waste, keeper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from emergency_desk.domain.isolation import BedCount, IsolationKind, IsolationState
from emergency_desk.services.isolation import KnownIsolation
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label


def site_columns() -> tuple[Column, ...]:
    """Return the columns of the board."""
    return (Column(_("Site"), stretch=4), Column(_("Kind"), width=148), Column(_("State"), width=104),
            Column(_("Rooms and beds"), width=112, right=True),
            Column(_("Free"), width=56, right=True), Column(_("Occupied"), width=74, right=True), Column(_("Cleaning"), width=74, right=True),
            Column(_("Blocked"), width=70, right=True), Column(_("Staff"), width=54, right=True), Column(_("Last counted"), width=182),
            Column(_("Who to ring"), width=150))


def site_line(one: KnownIsolation, now: datetime) -> Line:
    """Return one site."""
    kept, count = one.isolation, one.count
    state = Cell(label(IsolationState.OPEN), Tone.GREEN, strong=True) if one.is_open else Cell(label(IsolationState.CLOSED), Tone.SECONDARY) \
        if kept.is_ready else Cell(_("not ready"), Tone.ORANGE, shape=Shape.UNAVAILABLE)
    keeper = Cell(kept.keeper_phone, after=kept.keeper) if kept.keeper_phone else Cell(_("no phone"), Tone.ORANGE)
    return line(one.site.id, Cell(in_words(one.site.name, one.site.name_en), strong=one.is_open, hint=one.site.address),
                Cell(label(kept.kind)), state,
                _places(one), *_beds(count),
                Cell(formats.number(count.staff) if count is not None and count.staff is not None else "—", Tone.SECONDARY),
                Cell(formats.age(count.counted_at, now=now), Tone.SECONDARY) if count is not None else Cell(_("not counted yet"), Tone.SECONDARY),
                keeper)


def _places(one: KnownIsolation) -> Cell:
    if one.places is None:
        return Cell(_("not known"), Tone.ORANGE)
    return Cell(formats.number(one.places), Tone.ORANGE if one.uncounted else Tone.TEXT, shape=Shape.DOUBTFUL if one.uncounted else Shape.NONE,
                hint=_uncounted_words(one))


def _uncounted_words(one: KnownIsolation) -> str:
    if not one.uncounted:
        return ""
    return _("Counted {counted} of {places}: {left} stand in no state. Count again.").format(
        counted=formats.number(one.count.beds if one.count is not None else 0), places=formats.number(one.places or 0),
        left=formats.number(one.uncounted))


def _beds(count: BedCount | None) -> tuple[Cell, ...]:
    if count is None:
        return (Cell("—", Tone.SECONDARY),) * 4
    return (Cell(formats.number(count.free), Tone.GREEN if count.free else Tone.RED, strong=True),
            Cell(formats.number(count.occupied), strong=True),
            Cell(formats.number(count.cleaning)), Cell(formats.number(count.blocked), Tone.ORANGE if count.blocked else Tone.TEXT))


def totals(some: Sequence[KnownIsolation]) -> str:
    """Return free and occupied beds of the sites that take people, each kind by itself: they are never added up across kinds."""
    told = []
    for kind in IsolationKind:
        counts = [one.count for one in some if one.isolation.kind is kind and one.is_open and one.count is not None]
        if any(one.isolation.kind is kind and one.is_open for one in some):
            told.append(_("{kind}: {free} free, {occupied} occupied").format(
                kind=label(kind), free=formats.number(sum(count.free for count in counts)),
                occupied=formats.number(sum(count.occupied for count in counts))))
    return " · ".join(told)


def detail_lines(one: KnownIsolation) -> Iterator[Line]:
    """Return what a site is equipped with, and by whose order it runs."""
    kept = one.isolation
    if one.uncounted:
        yield line("uncounted", Cell(_uncounted_words(one), Tone.ORANGE, shape=Shape.DOUBTFUL))
    for key, has, words in (("bathrooms", kept.private_bathrooms, _("own bathrooms")),
                            ("zones", kept.three_zones, _("three zones and two passages")),
                            ("pressure", kept.negative_pressure, _("negative pressure"))):
        yield line(key, Cell(words, Tone.GREEN if has else Tone.ORANGE, shape=Shape.DONE if has else Shape.UNAVAILABLE))
    for key, words, typed in (("rooms", _("Single rooms"), kept.single_rooms), ("beds", _("Beds in wards"), kept.beds),
                              ("staff", _("Medical staff by the register"), kept.medical_staff)):
        if typed is not None:
            yield line(key, Cell(_("{what}: {told}").format(what=words, told=formats.number(typed))))
    for key, words, told, must in (("waste", _("Medical waste is taken away by"), kept.waste, True), ("sewage", _("Sewage"), kept.sewage, False),
                                   ("route", _("Way for ambulances"), kept.route, False), ("note", _("Note"), kept.note, False)):
        if told or must:
            yield line(key, Cell(_("{what}: {told}").format(what=words, told=told or _("not known")), Tone.TEXT if told else Tone.ORANGE,
                                 shape=Shape.NONE if told else Shape.DOUBTFUL))
    move = one.move
    if move is not None:
        yield line("order", Cell(_("{state} since {when}, ordered by {who}").format(
            state=label(move.state), when=formats.date_time(move.occurred_at), who=move.decided_by or "—"), Tone.SECONDARY, shape=Shape.STANDBY))
        if one.is_open:
            yield line("responsible", Cell(_("In charge: {who} {phone}").format(who=move.responsible, phone=move.responsible_phone),
                                            Tone.SECONDARY))


def count_line(count: BedCount, now: datetime) -> Line:
    """Return one count of beds."""
    words = _("{free} free · {occupied} occupied · {cleaning} cleaning · {blocked} blocked").format(
        free=count.free, occupied=count.occupied, cleaning=count.cleaning, blocked=count.blocked)
    return line(count.id, Cell(formats.when(count.counted_at, now=now), Tone.SECONDARY), Cell(words, after=count.told_by, hint=count.note))
