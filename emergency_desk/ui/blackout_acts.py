"""F10: the black-out pack is gathered, set, kept among the papers and sent to the printer, without a question in between."""

from __future__ import annotations

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.sheets import Printed
from emergency_desk.errands.printing import print_paper
from emergency_desk.services import blackout
from emergency_desk.services.papers import Sheet
from emergency_desk.ui.actions import Action
from emergency_desk.ui.papers.paper_acts import tell_refused
from emergency_desk.ui.workplace import KEYING, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext

ACTIONS = (
    Action("blackout", N_("Print the black-out pack"), "print_blackout", "F10", in_bar=False),
    Action("open_keying", N_("Key paper back: what was written while the desk was dark…"), "open_keying", in_bar=False),
)


def add_blackout(place: Workplace) -> None:
    """Let every page print the pack by one key."""
    window = place.window
    window.print_blackout = lambda: print_pack(place)  # type: ignore[attr-defined]
    window.open_keying = lambda: window.show_page(KEYING)  # type: ignore[attr-defined]
    window.acts.register(ACTIONS)


def print_pack(place: Workplace) -> None:
    """Print the pack as the desk stands now; where no printer takes it, the file is kept and said."""
    desk, settings = place.desk, place.paper_settings
    place.window.notices.done(_("The black-out pack is being printed…"))

    def gathered(sheet: Sheet) -> None:
        place.background.helper(print_paper, sheet, place.papers, settings, then=lambda printed: _tell(place, printed), refused=refused)

    def refused(error: DeskError) -> None:
        tell_refused(place, error)

    place.ask(lambda: blackout.blackout_sheet(desk), then=gathered)


def _tell(place: Workplace, printed: Printed) -> None:
    place.window.notices.done(ngettext("{count} page went to the printer; it is kept as {path}.",
                                       "{count} pages went to the printer; they are kept as {path}.", printed.pages).format(
        count=printed.pages, path=printed.path))
