"""The row of the black-out pack among the papers."""

from __future__ import annotations

from emergency_desk.domain.blackout import BlackoutSheet
from emergency_desk.errands.paper_rows import About, Paper
from emergency_desk.services import blackout
from emergency_desk.wording.catalog import N_
from emergency_desk.wording.formats import local

BLACKOUT = "blackout"

BLACKOUT_PAPERS: tuple[Paper, ...] = (
    Paper(name=BLACKOUT, sheet=BlackoutSheet, about=About.DESK, drawn_by="blackout", title=N_("Black-out pack"), number=lambda _made: "",
          read=lambda desk, _asked: blackout.blackout_sheet(desk), stem=lambda made: f"{BLACKOUT}-{local(made.imprint.printed_at):%Y%m%d-%H%M}"),
)
