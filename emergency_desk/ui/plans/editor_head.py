"""The line above the editor: which plan and draft, how safe what was typed is, how long the text is, and what the law still wants."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_outline import PlanContent
from emergency_desk.domain.plan_parts import PlanHeader
from emergency_desk.ui.plans.open_draft import Keeping
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, dress, text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.formats import clock_time
from emergency_desk.wording.labels import label
from emergency_desk.wording.plan_editor_words import still_missing


class EditorHead(Panel):
    """One line; its buttons are wired by the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name = ElidedLabel(size="title", least_width=160)
        self.about = ElidedLabel(tone=Tone.SECONDARY, size="small", least_width=80)
        self.keeping = text_label(strong=True)
        self.missing = ElidedLabel(tone=Tone.ORANGE, size="small", least_width=0)
        self.compare = KeyButton(_("Compare"), "Alt+V")
        self.check = KeyButton(_("Check"), "Alt+K")
        self.review = KeyButton(_("Send for review"), "Ctrl+Return", filled=True)
        line = QHBoxLayout()
        line.setSpacing(GAP * 2)
        line.addWidget(self.name)
        line.addWidget(self.about, 1)
        for part in (self.keeping, self.compare, self.check, self.review):
            line.addWidget(part)
        self.body.addLayout(line)
        self.body.addWidget(self.missing)

    def show_plan(self, draft: PlanDraft, header: PlanHeader, missing: tuple[PlanContent, ...]) -> None:
        """Show which plan it is, and what of it is written."""
        self.name.setText(header.title.in_language(current_language()) or _("(no title yet)"))
        begun = _("revised from v{version}").format(version=draft.base_version) if draft.base_version else _("new")
        self.about.setText(_("draft v{version}, {begun} · {kind} · {tier}").format(
            version=draft.plan_version, begun=begun, kind=label(header.kind), tier=label(header.tier)))
        told = still_missing(missing)
        self.missing.setText(told)
        self.missing.setVisible(bool(told))

    def show_keeping(self, keeping: Keeping, saved_at: datetime | None) -> None:
        """Show whether all that was typed is in the store."""
        words = {
            Keeping.SAVED: _("All saved {time}").format(time=clock_time(saved_at)) if saved_at else _("All saved"),
            Keeping.TYPED: _("Typing …"), Keeping.SAVING: _("Saving …"), Keeping.KEPT_BACK: _("Not saved")}
        tones = {Keeping.SAVED: Tone.GREEN, Keeping.KEPT_BACK: Tone.RED}
        dress(self.keeping, tone=tones.get(keeping, Tone.ORANGE))
        self.keeping.setText(words[keeping])
