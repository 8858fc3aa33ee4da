"""Above the text of a plan: the plan it belongs below, those below it and those beside it, each a way there."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel

from emergency_desk.domain.plan_family import family
from emergency_desk.domain.plan_shelf import ShelvedPlan
from emergency_desk.domain.plans import Plan
from emergency_desk.ui.theme import Tone, colours
from emergency_desk.ui.widgets.labels import dress
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import _


class LinksLine(QLabel):
    """`plan_wanted(code)` when one of the plans is chosen; Tab reaches each of them."""

    plan_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Plan, tuple[ShelvedPlan, ...]] | None = None
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
        self.setAccessibleName(_("Linked plans"))
        dress(self, tone=Tone.SECONDARY, size="small")
        self.codes: tuple[str, ...] = ()
        self.linkActivated.connect(self.plan_wanted)

    def show_links(self, plan: Plan, plans: Iterable[ShelvedPlan]) -> None:
        """Show the plans that are linked to one; a code that no plan has is told as it stands."""
        self._shown = (plan, tuple(plans))
        of = family(*self._shown)
        unknown = [code for code in (plan.parent, *plan.aligned) if code and code not in {each.code for each in (*of.above, *of.beside)}]
        groups = ((_("Above: {plans}"), of.above[:1]), (_("Below: {plans}"), of.below), (_("Beside: {plans}"), of.beside))
        parts = [words.format(plans=_(", ").join(_link(each) for each in each_of)) for words, each_of in groups if each_of]
        parts += [_("Not known here: {plans}").format(plans=escape(_(", ").join(unknown)))] if unknown and not of.circle else []
        self.codes = tuple(each.code for _words, each_of in groups for each in each_of)
        self.setVisible(bool(parts))
        self.setText("&nbsp; ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            QTimer.singleShot(0, self, lambda: self.show_links(*self._shown) if self._shown is not None else None)


def _link(plan: ShelvedPlan) -> str:
    return f'<a href="{escape(plan.code)}" style="text-decoration: none; color: {colours().act};">{escape(plan_words.short_title(plan))}</a>'
