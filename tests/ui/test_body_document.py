"""A body in a text document and back: nothing is lost and nothing is added, whatever it holds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from emergency_desk.domain.plan_markup import Block, text_of
from emergency_desk.ui.plans.body_document import Writing, body_of, fill
from tests.domain.test_plan_markup import BLOCKS
from tests.quickness import examples


@given(BLOCKS)
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_body_comes_back_as_it_was(qapp: QApplication, blocks: list[Block]) -> None:
    document = QTextDocument()
    fill(document, text_of(blocks), Writing())
    assert body_of(document) == text_of(blocks)


def test_a_character_beyond_the_first_plane_does_not_shift_what_is_strong(qapp: QApplication) -> None:
    document = QTextDocument()
    fill(document, "𠮷**乙**丙\n| 𠮷**乙** |", Writing())
    assert body_of(document) == "𠮷**乙**丙\n| 𠮷**乙** |"
