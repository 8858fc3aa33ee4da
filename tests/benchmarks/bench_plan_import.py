"""A plan of 60 pages from Word: from the file to the proposal, beside python-docx that only reads the words of the same file.

The floor opens the document in a process of its own kind, here, and asks each paragraph and each cell for its text. Ours runs in a limited
child that stands ready, as the window does it: unpacking, numbers that Word counts, tables, chapters, levels, groups, phones, and the way back.
"""

from __future__ import annotations

import tempfile
import time
from gc import collect
from pathlib import Path
from statistics import median
from time import perf_counter

import docx

from emergency_desk.errands import limited_child
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.exchange.plan_facts import KnownToDesk
from emergency_desk.exchange.plan_texts import read_plan_text
from tests.benchmarks.rows import Row

TIMES, ROUNDS = 3.0, 5
CHAPTERS, CLAUSES, PARAGRAPHS = 9, 8, 8
_SENTENCE = "各级各部门应当按照职责分工加强值班值守，及时掌握汛情、险情和灾情，组织抢险救援队伍做好物资、装备和人员准备，随时投入应急处置工作。"
_LEVELS = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")


def write(path: Path) -> None:
    """Write a plan of some 60 pages of A4: 36,000 signs, headings by style, tables of units, phones and supplies."""
    made = docx.Document()
    made.add_heading("某市防汛应急预案", 0)
    for chapter in range(1, CHAPTERS + 1):
        made.add_heading(f"{chapter} 第{chapter}部分内容", 1)
        for clause in range(1, CLAUSES + 1):
            made.add_heading(f"{chapter}.{clause} 第{clause}项工作", 2)
            for order in range(1, PARAGRAPHS + 1):
                paragraph = made.add_paragraph(f"（{order}）")
                for part in _SENTENCE.split("，"):
                    paragraph.add_run(part + "，").bold = order == 1
    made.add_heading(f"{CHAPTERS + 1} 应急响应", 1)
    for order, level in enumerate(_LEVELS, start=1):
        made.add_heading(f"{CHAPTERS + 1}.{order} {level}级响应", 2)
        made.add_paragraph(f"有下列情形之一的，由市防指总指挥决定启动{level}级响应：")
        made.add_paragraph(f"（1）死亡{40 - 9 * order}人以上；")
        made.add_paragraph("（2）市气象局发布暴雨红色预警信号；")
    for title, rows in (("单位|值班电话", 60), ("物资名称|数量", 80)):
        made.add_heading(f"{CHAPTERS + 2 + (rows == 80)} 附表", 1)
        table = made.add_table(rows=rows + 1, cols=2)
        for at, cell in enumerate(title.split("|")):
            table.cell(0, at).text = cell
        for row in range(1, rows + 1):
            first, second = table.rows[row].cells
            first.text, second.text = (f"市第{row}局", f"0532-8591{row:04}") if rows == 60 else (f"物资{row}号", f"{row}台")
    made.save(str(path))


def bare(path: Path) -> float:
    """Return how long python-docx takes to read the words, in milliseconds."""
    collect()
    start = perf_counter()
    made = docx.Document(str(path))
    signs = sum(len(paragraph.text) for paragraph in made.paragraphs)
    signs += sum(len(cell.text) for table in made.tables for row in table.rows for cell in row.cells)
    took = (perf_counter() - start) * 1000
    assert signs > 30_000
    return took


def ours(path: Path) -> float:
    """Return how long a child that stands ready takes to the proposal, in milliseconds."""
    waiting = ChildInWaiting()
    waiting.get_ready()
    time.sleep(1.5)  # a person chooses the file meanwhile
    collect()
    start = perf_counter()
    (plan,) = limited_child.run(read_plan_text, path, KnownToDesk(), name=path.name, waiting=waiting)
    took = (perf_counter() - start) * 1000
    assert len(plan.chapters) == CHAPTERS + 3 and len(plan.levels) == 4 and len(plan.contacts) >= 60 and len(plan.items) == 80
    return took


def run() -> list[Row]:
    """Read the plan barely and ours, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.docx"
        write(path)
        pairs = [(bare(path), ours(path)) for _round in range(ROUNDS)]
    return [Row.within_times("a plan of 60 pages from Word to the proposal", floor_name="python-docx reading its words",
                             floor_ms=median(pair[0] for pair in pairs), ours_ms=median(pair[1] for pair in pairs), times=TIMES)]
