"""What is denied in a call is not said; what is only asked about may be so."""

from __future__ import annotations

import pytest

from emergency_desk.domain.spoken import is_said


@pytest.mark.parametrize("text", ["不威胁村庄", "火在山脊上，暂时不会威胁村庄", "没有威胁村庄", "已不再威胁村庄", "不往村里烧，也未威胁村庄"])
def test_what_is_denied_is_not_said(text: str) -> None:
    assert not is_said("威胁村", text)


@pytest.mark.parametrize("text", ["威胁村庄", "会不会威胁村庄？", "火不大，但威胁村庄", "是不是威胁村庄不清楚", "不少人说威胁村庄"])
def test_what_is_told_or_asked_about_is_said(text: str) -> None:
    assert is_said("威胁村", text)
