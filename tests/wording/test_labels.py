"""Every member of every enum of the domain has a word, in both languages."""

from __future__ import annotations

import importlib
import pkgutil
from enum import StrEnum

import pytest

import emergency_desk.domain
from emergency_desk.domain.ladder import Step
from emergency_desk.domain.responses import ResponseState
from emergency_desk.domain.supply_requests import RequestState
from emergency_desk.wording import catalog, labels

# Reasons that make no sense without their values: `wording.import_reasons`, `advice` and `plan_check_words` tell them in sentences.
_TOLD_WITH_VALUES = {"RowReason", "RowNote", "LikenessReason", "FaultKind", "ShortfallKind"}
# What a walk script is made of: read by people who write scripts, never shown as a word.
_NEVER_SHOWN = {"City", "ArgumentKind"}


def _enums() -> list[type[StrEnum]]:
    found = []
    for module in pkgutil.iter_modules(emergency_desk.domain.__path__):
        loaded = importlib.import_module(f"emergency_desk.domain.{module.name}")
        found += [each for each in vars(loaded).values()
                  if isinstance(each, type) and issubclass(each, StrEnum) and each.__module__ == loaded.__name__
                  and each.__name__ not in _TOLD_WITH_VALUES | _NEVER_SHOWN]
    return found


@pytest.mark.parametrize("enum", _enums(), ids=lambda enum: enum.__name__)
def test_every_member_has_a_word(enum: type[StrEnum]) -> None:
    assert [member.value for member in enum if not labels.has_label(member)] == []


def test_no_two_enums_share_a_name() -> None:
    names = [enum.__name__ for enum in _enums()]
    assert sorted(names) == sorted(set(names))


def test_no_word_is_kept_for_what_no_longer_exists() -> None:
    known = {(enum.__name__, member.value) for enum in _enums() for member in enum}
    kept = {(enum, value) for enum, words in labels._WORDS.items() for value in words}
    assert kept - known == set()


def test_every_word_of_the_tables_is_chinese_in_chinese() -> None:
    catalog.use_language("zh_CN")
    same = [word for word in labels.sources() if catalog._(word) == word]
    assert same == []


def test_a_field_nobody_named_is_called_by_its_own_name() -> None:
    assert labels.field_label("hectares") == "Burnt forest in hectares"
    assert labels.field_label("serial") == "serial"


def test_a_word_that_english_uses_twice_says_in_chinese_what_is_meant_here() -> None:
    catalog.use_language("zh_CN")
    assert labels.label(Step.END) == "结束", "not the act that abolishes an area"
    assert labels.label(ResponseState.ENDED) == "已终止", "not an agreement that ran out"
    assert labels.label(RequestState.WITHDRAWN) == "已撤回", "not a plan that is repealed"
