"""The check of the catalogue notices each way in which a translation can be wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "installer"))
    import make_catalog

    monkeypatch.delitem(sys.modules, "make_catalog")
    return make_catalog


SOURCE = Message("{team} is out.")


def faults(maker: ModuleType, given: Message | None, wanted: Message = SOURCE) -> list[str]:
    return [fault.split(":")[0] for fault in maker.check_message(wanted, given)]


def test_a_good_translation_has_no_fault(maker: ModuleType) -> None:
    assert faults(maker, Message("{team} is out.", "{team}已派出。")) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (None, "not in emergency_desk.po"),
        (Message("{team} is out.", ""), "no Chinese"),
        (Message("{team} is out.", "{队伍}已派出。"), "places differ"),
        (Message("{team} is out.", "已派出。"), "places differ"),
        (Message("{team} is out.", "{team} is out."), "still English"),
        (Message("{team} is out.", "{team}已派出。", flags={"fuzzy"}), "fuzzy"),
    ],
)
def test_a_wrong_translation_is_named(maker: ModuleType, given: Message | None, fault: str) -> None:
    assert faults(maker, given) == [fault]


def test_a_unit_may_be_the_same_in_both_languages(maker: ModuleType) -> None:
    assert faults(maker, Message("{n} km", "{n} km"), Message("{n} km")) == []


def test_each_plural_form_is_checked(maker: ModuleType) -> None:
    source = ("{days} day", "{days} days")
    assert faults(maker, Message(source, ("天",)), Message(source)) == ["places differ"]
    assert faults(maker, Message(source, ("{days}天",)), Message(source)) == []
