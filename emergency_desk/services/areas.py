"""The areas of the desk: the whole tree, and finding one while somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.areas import Area, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class FoundArea:
    """An area with the names above it, from the city down, as a list shows it."""

    area: Area
    path: tuple[str, ...]
    was: str = ""  # the retired area it was found by


def list_areas(desk: Desk) -> list[Area]:
    """Return every area, by code and name."""
    return sorted(desk.tree.by_id.values(), key=lambda area: (area.code, area.name))


def find_areas(desk: Desk, *, text: str, limit: int = 12) -> list[FoundArea]:
    """Find areas by Chinese, pinyin, initials or code; an empty text gives the areas straight below the desk."""
    return find_in(desk.tree, text=text, below=desk.area_id, limit=limit)


def find_in(tree: AreaTree, *, text: str, below: Id, limit: int = 12) -> list[FoundArea]:
    """Find areas in a tree that is at hand, as a form does while somebody types; it asks no store.

    A name that begins so comes before one that holds it; the higher tier first; then by code.
    """
    word = "".join(text.lower().split())
    if not word:
        found = tree.living_children(below) or ([tree.by_id[below]] if below in tree.by_id else [])
    else:
        # Most areas fall at the first look; only the others are worth ranking.
        likely = [area for area in tree.by_id.values() if word in area.search_key or word in area.name]
        ranked = [(rank, area.tier.rank, area.code, area.name, area.id) for area in likely if (rank := _rank(area, word)) is not None]
        ranked.sort()
        found = [tree.by_id[id_] for *_rest, id_ in ranked[:limit]]
    return _living(tree, found[:limit])


def _living(tree: AreaTree, found: list[Area]) -> list[FoundArea]:
    """Return each area once; a retired one leads to where it went, and one that went nowhere is left out."""
    led: dict[Id, FoundArea] = {}
    for area in found:
        now = tree.current(area.id)
        if now is not None:
            path = tuple(above.name for above in tree.path(now.id)[:-1])
            led.setdefault(now.id, FoundArea(now, path, area.name if area.is_retired else ""))
    return list(led.values())


def split_place(desk: Desk, *, text: str) -> tuple[Id | None, str]:
    """Split a place typed in one line into an area and the address after it ("台东街道 延安三路105号").

    The longest area name that the text begins with wins, the lower tier before the higher; a path ("市北区台东街道…") is followed down.
    """
    rest = text.strip()
    found: Id | None = None
    while rest:
        names = [(len(name), area.tier.rank, area.id) for area in desk.tree.by_id.values() for name in (area.name, *area.aliases)
                 if rest.startswith(name) and (found is None or desk.tree.is_within(area.id, found)) and area.id != found]
        if not names:
            break
        length, _rank, found = max(names)
        rest = rest[length:].lstrip(" ·•,，、")
    now = desk.tree.current(found) if found else None
    return (now.id if now else None), rest


def _rank(area: Area, word: str) -> int | None:
    keys = area.search_key.split(" ")
    if word in (area.code, area.name):
        return 0
    if area.name.startswith(word) or any(alias.startswith(word) for alias in area.aliases):
        return 1
    if any(key == word or (key.startswith(word) and area.tier is not Tier.VILLAGE) for key in keys):
        return 2
    if any(key.startswith(word) for key in keys):
        return 3
    return 4 if any(word in key for key in keys) else None
