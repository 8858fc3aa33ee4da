"""The rows of the papers of drills."""

from __future__ import annotations

from emergency_desk.domain.drill_sheets import DrillPlanSheet, DrillReportSheet
from emergency_desk.errands.paper_rows import About, Paper
from emergency_desk.services import drill_papers
from emergency_desk.wording.catalog import N_

DRILL_PAPERS: tuple[Paper, ...] = (
    Paper(name=drill_papers.PLAN, sheet=DrillPlanSheet, about=About.DRILL, drawn_by="drill_plan", has_docx=True,
          read=lambda desk, asked: drill_papers.plan_sheet(desk, drill_id=asked.about_id, number=asked.number),
          stem=lambda sheet: f"{sheet.board.drill.number}-plan", title=N_("Work plan of drill {number}"),
          number=lambda sheet: sheet.board.drill.number),
    Paper(name=drill_papers.REPORT, sheet=DrillReportSheet, about=About.DRILL, drawn_by="drill_report", has_docx=True,
          read=lambda desk, asked: drill_papers.report_sheet(desk, drill_id=asked.about_id, number=asked.number),
          stem=lambda sheet: f"{sheet.board.drill.number}-report", title=N_("Evaluation of drill {number}"),
          number=lambda sheet: sheet.board.drill.number),
)
