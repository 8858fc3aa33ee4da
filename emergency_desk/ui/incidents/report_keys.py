"""What the page of a report can do, and by which keys."""

from __future__ import annotations

from emergency_desk.ui.actions import Action
from emergency_desk.ui.workplace import REPORT
from emergency_desk.wording.catalog import N_

_PAGE = (REPORT,)
ACTIONS = (
    Action("report_send", N_("Send the report"), "send_report", "Ctrl+Return", _PAGE, short=N_("send it")),
    Action("report_channel", N_("By phone or in writing"), "other_channel", "Ctrl+T", _PAGE, short=N_("phone / written")),
    Action("report_list", N_("Go to the reports of the incident"), "go_list", "Ctrl+L", _PAGE, short=N_("reports")),
    Action("report_skip", N_("Do not send it, with a reason"), "skip", "Ctrl+D", _PAGE, short=N_("not sent")),
    Action("report_leave", N_("Back, and keep what was typed"), "leave", "Escape", _PAGE, short=N_("back"), in_bar=False),
)
