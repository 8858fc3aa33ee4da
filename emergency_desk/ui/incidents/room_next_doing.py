"""Does the next act of a room: at once where one key suffices, else by opening the form that a second Ctrl+Enter confirms."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.boards import NextAct, NextActKind
from emergency_desk.domain.ladder import Step
from emergency_desk.ui.incidents.room_keys import RoomKeys

_Do = Callable[[RoomKeys, NextAct], object]


def do_next(page: RoomKeys, act: NextAct) -> None:
    """Do the next act."""
    doing = _DO.get(act.kind)
    if act.kind is NextActKind.WATCH and page.is_closed:
        page.open_after()
    elif doing is not None:
        doing(page, act)


def do_other(page: RoomKeys, act: NextAct) -> None:
    """Do what the second button says: skip with a reason, refuse, offer again."""
    if act.kind in (NextActKind.TASK, NextActKind.BORROW) and act.about_id is not None:
        page.tasks.skip(act.about_id, page.next_panel.form)
    elif act.kind is NextActKind.WATCH and page.is_closed:
        page.asking.reopen()
    elif act.kind is NextActKind.SEND:
        page.on_steps.skip(Step.DISPATCH, page.own_tier, page.next_panel.form)
    elif act.kind is NextActKind.STEP:
        page.on_steps.skip(Step(act.value("step")), page.own_tier, page.next_panel.form)
    elif act.kind is NextActKind.ANSWER_OFFER:
        page.on_command.refuse()
    elif act.kind is NextActKind.CHASE_OFFER:
        page.on_command.repeat()


def _send(page: RoomKeys, _act: NextAct) -> None:
    """Send who is recommended; where nobody is left, note who was asked for help: a list of nobody helps nobody."""
    if page.recommended.is_nobody_left:
        page.on_steps.ask_help(page.recommended.needs_in_words, page.own_tier, page.next_panel.form)
    else:
        page.recommended.send()


def _chase(page: RoomKeys, act: NextAct) -> None:
    order = page.order_of(act)
    if order is not None:
        page.orders.choose_order(order.dispatch.id)
        page.orders.receipt(order)


def _ring(page: RoomKeys, act: NextAct) -> None:
    order = page.order_of(act)
    if order is not None:
        page.orders.choose_order(order.dispatch.id)
        page.orders.hear(order)


def _task(page: RoomKeys, act: NextAct) -> None:
    page.tasks.turn(act.about_id or "")


def _tell(page: RoomKeys, act: NextAct) -> None:
    notice = page.notice_of(act)
    if notice is not None:
        page.tell(notice)


def _report(page: RoomKeys, act: NextAct) -> None:
    if act.about_id is not None:
        page.place.open_report_due(act.about_id)


def _step(page: RoomKeys, act: NextAct) -> None:
    step = Step(act.value("step"))
    opens = _STEPS.get(step)
    if opens is not None:
        opens(page)
    else:
        page.tick_step(step)


# What a step opens; the others are noted as done by the key alone.
_STEPS: dict[Step, Callable[[RoomKeys], object]] = {
    Step.VERIFY: lambda page: page.on_steps.verify(page.next_panel.form),
    Step.APPRAISE: lambda page: page.on_grade.judge(),
    Step.ACTIVATE: lambda page: page.on_response.activate(page.own_tier),
    Step.FORM_COMMAND: lambda page: page.form_post(),
    Step.EXPAND: lambda page: page.on_command.offer_up(),
    Step.END: lambda page: page.on_response.end(page.own_tier),
    Step.RECOVER: lambda page: page.open_after(),
    Step.REVIEW: lambda page: page.open_after(),
}

_DO: dict[NextActKind, _Do] = {
    NextActKind.SEND: _send, NextActKind.CHASE_RECEIPT: _chase, NextActKind.CHASE_CONTACT: _ring,
    NextActKind.TASK: _task, NextActKind.BORROW: lambda page, _act: page.borrow_plan(),
    NextActKind.FILL_FIGURES: lambda page, _act: page.asking.figures(), NextActKind.CLOSE: lambda page, _act: page.asking.close(),
    NextActKind.REPORT: _report, NextActKind.ANSWER_OFFER: lambda page, _act: page.on_command.accept(page.own_tier),
    NextActKind.CHASE_OFFER: lambda page, _act: page.on_command.accept(), NextActKind.TELL: _tell, NextActKind.STEP: _step,
    NextActKind.TAKE_COMMAND: lambda page, _act: page.on_command.take(page.own_tier),
}  # fmt: skip
