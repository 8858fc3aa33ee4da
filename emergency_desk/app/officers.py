"""Lets officers change at the desk, an administrator keep the accounts, and a desk nobody touches ask for the password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.ui.settings import encryption_acts
from emergency_desk.ui.settings.accounts import ACCOUNTS, OPEN
from emergency_desk.ui.start import change_officer
from emergency_desk.ui.start.change_officer import OFFICER
from emergency_desk.ui.start.rest import RestWatch
from emergency_desk.ui.workplace import Workplace


def offer_officers(place: Workplace, seat_anew: Callable[[], object]) -> RestWatch:
    """Offer all of it in a window whose pages stand; `seat_anew` is called when somebody else sat down. Keep what is returned."""
    window: Any = place.window

    def officers() -> Any:
        if place.desk.facts.is_demo:
            page: Any = change_officer.DemoOfficersPage(place)
            page.seated.connect(seat_anew)
            return page
        from emergency_desk.ui.start.sign_in import SignInPage

        page = SignInPage(place)
        page.signed_in.connect(seat_anew)
        return page

    def accounts() -> Any:
        from emergency_desk.ui.settings.accounts import AccountsPage

        return AccountsPage(place)

    def encryption() -> Any:
        from emergency_desk.ui.settings.encryption import EncryptionPage

        return EncryptionPage(place)

    def show_officers() -> None:
        window.show_page(OFFICER).setFocus()

    window.add_page(OFFICER, officers)
    window.change_officer = show_officers
    window.acts.register((*change_officer.ACTIONS, *OPEN))
    window.top.officer_pressed.connect(show_officers)
    if place.desk.can(Act.KEEP_ACCOUNTS):
        window.acts.register(encryption_acts.OPEN)
        window.add_page(encryption_acts.ENCRYPTION, encryption)
        window.open_encryption = lambda: window.show_page(encryption_acts.ENCRYPTION).setFocus()
        window.add_page(ACCOUNTS, accounts)
        window.open_accounts = lambda: window.show_page(ACCOUNTS)
    return RestWatch(place)
