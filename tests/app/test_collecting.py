"""A full collection must not stop the desk: what stays in memory is left out of it."""

from __future__ import annotations

import gc

from emergency_desk.app.collecting import SELDOM, spare_what_stays


def test_what_is_in_memory_is_left_out_of_later_collections() -> None:
    kept = [[number] for number in range(1_000)]
    spare_what_stays()
    assert gc.get_threshold() == SELDOM
    assert gc.get_freeze_count() > len(kept)
    assert not any(each is kept for each in gc.get_objects())


def test_garbage_made_afterwards_is_still_found() -> None:
    spare_what_stays()
    for _ in range(100):
        circle: list[object] = []
        circle.append(circle)
    del circle
    assert gc.collect() >= 100
