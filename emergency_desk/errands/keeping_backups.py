"""Keeps backups while the desk runs: by itself on schedule, when asked, and a last one at the end; each in a process of its own.

The desk goes on meanwhile. The second place comes after the first and has a time of its own; when it does not answer, nothing waits for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from emergency_desk.domain.backup_errors import TookTooLong
from emergency_desk.domain.backups import EVERY, BackupOrder, BackupState, PlaceTrouble, Reason
from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.errands.background import Background
from emergency_desk.services import backups
from emergency_desk.services.desk import Desk

MAKING_SECONDS, CARRYING_SECONDS, LAST_CARRYING_SECONDS = 3_600, 300, 20
_CHANGED = ChangeSet(0, frozenset({(Subject.BACKUP, Id(""))}))  # outside the journal, as the copies are
_log = logging.getLogger(__name__)
Told = Callable[[BackupState], object]
Refused = Callable[[DeskError], object]


class BackupKeeper:
    """One for a desk that is open. `told` hears how the backups are after each attempt, `failed` why one did not come about."""

    def __init__(self, background: Background, desk: Desk, *, told: Told, failed: Refused) -> None:
        self._background, self._desk, self._told, self._failed = background, desk, told, failed
        self._is_busy = False
        self._asked_meanwhile: tuple[Reason, Told] | None = None
        self._carried_to: Told | None = None  # who asked for the second place meanwhile
        self._stop: Callable[[], None] = lambda: None
        self._leave: Callable[[], None] = lambda: None
        self.state = BackupState(None)

    def begin(self) -> None:
        """Tell how the backups are, make one soon where the last is old, and from then on one every half hour."""
        self._stop = self._background.every(EVERY.total_seconds(), self._on_time)
        self._leave = self._background.subscribe(self._heard)
        self._background.store(self.read, then=self._began)

    def end(self) -> None:
        """Make no more."""
        self._stop()
        self._leave()

    def read(self) -> BackupState:
        """Return how the backups are. Reads only what lies beside the store."""
        order = backups.order(self._desk)
        return replace(backups.state_of(order.store, order.folder), failed=self.state.failed)

    def keep(self, reason: Reason = Reason.ROUTINE, *, then: Told | None = None) -> None:
        """Make a backup now and carry it to the second place; while one is being made, what was asked for comes after it."""
        if self._is_busy:
            if then is not None:
                self._asked_meanwhile = (reason, then)
            return
        self._is_busy = True
        self._background.store(lambda: backups.order(self._desk, reason=reason), then=lambda order: self._make(order, then or self._told))

    def carry(self, *, then: Told) -> None:
        """Go to the second place now, so that what lies there is locked as the store is; `then` hears how that went."""
        self._carried_to = then
        if not self._is_busy:
            self._carry_asked()

    def keep_last(self) -> None:
        """Make the one of this session's end, after any that is being made. Runs as one job of the store thread, which nobody waits for."""
        self._background.let_own_finish()  # two at once would write into one file
        order = backups.order(self._desk)
        try:
            self._background.apart(backups.make, order, seconds=MAKING_SECONDS)
            self._background.apart(backups.carry, order, seconds=LAST_CARRYING_SECONDS)
        except DeskError as error:
            _log.info("the last backup of the session: %s", error)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _began(self, state: BackupState) -> None:
        self._tell(state)
        if state.newest is None or self._desk.now() - state.newest.made_at >= EVERY:
            self._on_time()

    def _heard(self, changes: ChangeSet) -> None:
        """Look again after names were destroyed: older copies went with them, and one without names was made."""
        if changes.about(Subject.AFTERMATH) and self._background.takes_work:
            self._background.store(self.read, then=self._seen)

    def _seen(self, state: BackupState) -> None:
        if state != self.state:
            self._tell(state)

    def _on_time(self) -> None:
        if self._background.takes_work:
            self.keep()

    def _make(self, order: BackupOrder, then: Told) -> None:
        if not self._background.takes_work:  # the desk was closed meanwhile; `keep_last` makes the one of its end
            return

        def made(state: BackupState) -> None:
            self._tell(state)
            if then is not self._told:
                then(state)
            self._carry(order)

        def refused(error: DeskError) -> None:
            self._rest()
            self._tell(replace(self.state, failed=str(error.values.get("reason", "slow"))))
            self._failed(error)

        self._background.in_own_process(backups.make, order, seconds=MAKING_SECONDS, then=made, refused=refused)

    def _carry_asked(self) -> None:
        then, self._carried_to = self._carried_to, None
        self._is_busy = True
        self._background.store(lambda: backups.order(self._desk), then=lambda order: self._carry(order, then))

    def _carry(self, order: BackupOrder, then: Told | None = None) -> None:
        if not self._background.takes_work:
            return

        def done(state: BackupState) -> None:
            self._rest()
            self._tell(state)
            if then is not None:
                then(state)

        def refused(error: DeskError) -> None:
            if isinstance(error, TookTooLong):
                self._background.store(lambda: backups.note_place(order, PlaceTrouble.SLOW), then=done)
            else:
                self._rest()
                self._failed(error)

        if self.state.second.is_set:
            self._background.in_own_process(backups.carry, order, seconds=CARRYING_SECONDS, then=done, refused=refused)
        else:
            self._rest()

    def _rest(self) -> None:
        self._is_busy = False
        if self._asked_meanwhile is not None:
            (reason, then), self._asked_meanwhile = self._asked_meanwhile, None
            self.keep(reason, then=then)
        elif self._carried_to is not None:
            self._carry_asked()

    def _tell(self, state: BackupState) -> None:
        self.state = state
        self._told(state)
        self._background.announce(_CHANGED)
