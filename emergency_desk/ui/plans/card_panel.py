"""Response cards: one post at a time, as the officer reads it at three in the morning. Steps, whom to tell, what never to do, when to get out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.plan_cards import applies_at, cards_of, step_action
from emergency_desk.domain.plan_records import Contact, ResponseCard
from emergency_desk.domain.plans import Level, Plan
from emergency_desk.domain.texts import Text
from emergency_desk.ui.theme import PAD, Tone
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import after_start
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_word

_POSTS = (Column(stretch=1, wrap=True), Column(right=True, width=76))
_CARD = (Column(right=True, width=76), Column(stretch=1, wrap=True), Column(right=True, width=64))
_MOST_POSTS = 150


class CardPanel(QWidget):
    """`clause_wanted(number)` when a post or a step is opened: where it stands in the text."""

    clause_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._tier = Tier.DISTRICT
        self._level: Level | None = None
        self._phones: Mapping[tuple[str, str], str] = {}
        self._clauses: dict[str, str] = {}
        self.posts = LinesList(_POSTS, ruled=True, empty=_("The plan has no response card for this tier."))
        self.card = LinesList(_CARD, ruled=True, empty=_("Choose a post: its card appears here."))
        self.posts.setAccessibleName(_("Posts"))
        self.card.setAccessibleName(_("Response card"))
        self.post_panel, self.card_panel = Panel(_("Response cards")), Panel()
        self.tiers = {tier: QRadioButton(label(tier)) for tier in LADDER}
        self._lay_out()
        self.posts.chosen.connect(lambda _key: self._show_card())
        self.posts.opened.connect(lambda _key: self._open_card())
        self.card.opened.connect(self._open_line)

    # -- what is shown -------------------------------------------------------------------------------------------------
    def show_plan(self, plan: Plan, *, tier: Tier) -> None:
        """Show the cards of a plan at a tier; where it has none there, at the nearest that has."""
        if plan is self._plan:
            return
        self._plan, self._level, self._phones = plan, None, {}
        with_cards = [each for each in LADDER if cards_of(plan, each)]
        for each, button in self.tiers.items():
            button.setEnabled(each in with_cards)
        self._turn(min(with_cards or [tier], key=lambda each: abs(each.rank - tier.rank)))

    def show_post(self, tier: Tier, level: Level | None) -> None:
        """Show the card of a tier's duty officer; steps of higher levels than the one that runs step back."""
        self._level = level
        self._turn(tier)
        if self.posts.lines:
            self.posts.choose(self.posts.lines[0].key)
        self._show_card()

    def show_phones(self, phones: Mapping[tuple[str, str], str]) -> None:
        """Show these numbers beside whom a card reports to, by role and unit."""
        self._phones = phones
        self._show_card()

    @property
    def tier(self) -> Tier:
        """The tier whose cards are shown."""
        return self._tier

    @property
    def shown(self) -> ResponseCard | None:
        """The card that is shown."""
        cards = self._plan.cards if self._plan is not None else ()
        return next((card for card in cards if card.id == self.posts.current_key), None)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(PAD)
        for tier, button in self.tiers.items():
            row.addWidget(button)
            button.toggled.connect(lambda checked, chosen=tier: self._turn(chosen) if checked and chosen is not self._tier else None)
        row.addStretch(1)
        self.post_panel.body.addLayout(row)
        self.post_panel.add_list(self.posts)
        self.card_panel.add_list(self.card, 1)
        fill_page(self, self.post_panel, self.card_panel)

    def _turn(self, tier: Tier) -> None:
        if self._plan is None:
            return
        self._tier = tier
        if tier in self.tiers:
            self.tiers[tier].setChecked(True)
        cards = cards_of(self._plan, tier)
        self.posts.show_lines([
            Line(card.id, (Cell(_said(card.post), strong=True),
                           Cell(_("from {level}").format(level=level_word(card.from_level)), Tone.SECONDARY, size="small"))) for card in cards])
        self.posts.setFixedHeight(min(_MOST_POSTS, max(self.posts.row_height, self.posts.height_of_lines() + 2)))
        self.post_panel.set_head(note=ngettext("{count} card", "{count} cards", len(cards)).format(count=len(cards)))
        if not self.posts.current_key and cards:
            self.posts.choose(cards[0].id)
        self._show_card()

    def _show_card(self) -> None:
        card = self.shown
        self._clauses = {}
        self.card.show_lines(list(self._lines(card)) if card is not None else [])

    def _lines(self, card: ResponseCard) -> Iterator[Line]:
        assert self._plan is not None
        yield _told("when", _("Trigger"), card.trigger)
        for number, step in enumerate(card.steps, start=1):
            action = step_action(self._plan, card, step)
            clause = self._clauses[f"step {number}"] = action.clause if action is not None else card.clause
            is_ours = self._level is None or applies_at(self._plan, card, step, self._level)
            yield Line(f"step {number}", (
                Cell(after_start(step.due_minutes), Tone.ACT if is_ours else Tone.SECONDARY, strong=is_ours),
                Cell(_said(step.text), Tone.TEXT if is_ours else Tone.SECONDARY),
                Cell(_("cl. {clause}").format(clause=clause), Tone.SECONDARY, size="small")))
        for number, one in enumerate(card.reports_to):
            yield Line(f"tell {number}", (
                Cell("" if number else _("Tell whom"), Tone.SECONDARY, strong=True, size="small"),
                Cell(_("{role}, {unit}: {phone}").format(role=_said(one.role), unit=_said(one.unit), phone=self._phone(one)))))
        for key, word, said, tone in (("never", _("Never do"), card.never, Tone.RED), ("use", _("Resources"), card.resources, Tone.TEXT),
                                      ("out", _("Get out if"), card.withdraw_when, Tone.ORANGE)):
            if said:
                yield _told(key, word, said, tone)

    def _phone(self, one: Contact) -> str:
        return one.phone or self._phones.get((one.role.zh, one.unit.zh), "") or "________"

    def _open_card(self) -> None:
        if self.shown is not None:
            self.clause_wanted.emit(self.shown.clause)

    def _open_line(self, key: str) -> None:
        if self.shown is not None:
            self.clause_wanted.emit(self._clauses.get(key, self.shown.clause))


def _told(key: str, word: str, said: Text, tone: Tone = Tone.TEXT) -> Line:
    return Line(key, (Cell(word, Tone.SECONDARY if tone is Tone.TEXT else tone, strong=True, size="small"), Cell(_said(said), tone)))


def _said(text: Text) -> str:
    return text.in_language(current_language())
