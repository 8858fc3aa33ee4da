"""Every happening has a sentence, in every language, whatever of its values is known."""

from __future__ import annotations

import pytest

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, LogEntry
from emergency_desk.domain.moments import from_local, local_day
from emergency_desk.wording.catalog import speaking
from emergency_desk.wording.log_lines import told
from tests.reports.sheets import START

NOON = from_local(local_day(START), 12, 0)


def entry(happening: Happening, text: str = "", **values: str) -> LogEntry:
    return LogEntry(Id("1"), 1, happening, NOON, NOON, Id("2"), Id("3"), text, tuple(values.items()))


@pytest.mark.parametrize("happening", list(Happening))
@pytest.mark.parametrize("language", ("en", "zh_CN"))
def test_every_happening_tells_something_even_without_values(happening: Happening, language: str) -> None:
    with speaking(language):
        said = told(entry(happening))
    assert said.strip() and "{" not in said


@pytest.mark.parametrize("happening", list(Happening))
def test_what_was_typed_is_never_left_out(happening: Happening) -> None:
    assert told(entry(happening, "楼上有人喊救命。")).count("楼上有人喊救命。") == 1


def test_a_team_sent_is_named_in_the_language_spoken() -> None:
    sent = entry(Happening.TEAM_SENT, team="香港中路站", team_en="Xianggang Zhonglu Station", order="D01", minutes="9")
    assert told(sent) == "Xianggang Zhonglu Station sent by order D01, estimated travel 9 min."
    with speaking("zh_CN"):
        assert "香港中路站" in told(sent)


def test_a_skipped_state_is_told_as_not_reported() -> None:
    said = told(entry(Happening.TEAM_STATE, team="香港中路站", to="on_scene", by="周队长", how="radio", unreported="en_route"))
    assert said == "香港中路站: on scene (周队长, by radio). Not reported: en route."


def test_known_figures_are_told_by_name_and_nought_is_one_of_them() -> None:
    assert told(entry(Happening.FIGURES, dead="0", trapped="8")) == "Dead: 0; Trapped: 8"


def test_a_sending_against_the_advice_tells_reason_and_what_was_typed() -> None:
    said = told(entry(Happening.OVERRIDE, "离现场最近。", team="A", reason="certificate_expired"))
    assert said == "A sent against the advice (certificate expired). 离现场最近。"


def test_a_correction_tells_before_and_after() -> None:
    assert told(entry(Happening.CORRECTED, what="address", before="76号", after="67号")) == "Address: 76号 → 67号"


def test_a_line_without_the_way_it_was_heard_has_no_empty_brackets() -> None:
    with speaking("en"):
        assert told(entry(Happening.HEARD, "gate open", heard_from="Guard")) == "Guard: gate open"
        assert told(entry(Happening.HEARD, "gate open", heard_from="Guard", how="phone")).startswith("Guard (")
