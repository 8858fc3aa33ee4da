"""Units of count: an English reader reads pieces and sets, a Chinese one the units as they are kept, and nobody's own unit is touched."""

from __future__ import annotations

import pytest

from emergency_desk.wording.catalog import CHINESE, ENGLISH, speaking
from emergency_desk.wording.counting import in_units, unit_word, units_said


@pytest.mark.parametrize(("count", "unit", "said"), [
    (39832, "张", "39,832 pcs"), (1, "条", "1 pc"), (1, "套", "1 set"), (2, "套", "2 sets"), (0, "台", "0 pcs"), (200, "千克", "200 kg"),
    (3, "托", "3 托"), (3, "", "3"), (2, "pallets", "2 pallets"),
])
def test_an_english_reader_reads_the_units_of_the_trade_in_english(count: float, unit: str, said: str) -> None:
    with speaking(ENGLISH):
        assert in_units(count, unit) == said
    with speaking(CHINESE):
        assert unit_word(unit) == unit


def test_the_units_in_a_kept_line_of_the_log_are_said_too() -> None:
    with speaking(ENGLISH):
        assert units_said("Folding bed 320 张; 6 人帐篷 1 顶; Walkie-talkie 2 托") == "Folding bed 320 pcs; 6 人帐篷 1 pc; Walkie-talkie 2 托"
    with speaking(CHINESE):
        assert units_said("折叠床 320 张；毛毯 1 条") == "折叠床 320 张；毛毯 1 条"
