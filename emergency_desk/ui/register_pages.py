"""The pages of the register: teams, what expires, the state board, units, sites, stock and agreements; each is built at its first showing."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from PySide6.QtWidgets import QWidget

from emergency_desk.ui import workplace
from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow, MakePage
from emergency_desk.ui.rail import RailEntry
from emergency_desk.ui.supplies.report_acts import add_report_acts
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_

# Here and not at the page, which is built at its first showing only.
OPENING = (
    Action("open_allocation", N_("What is sent from where…"), "open_allocation", in_bar=False),
    Action("stock_sent", N_("What is sent from where"), "open_allocation", "Alt+Q", (workplace.STOCK, workplace.STOCK_ITEM),
           short=N_("send from where")),
    Action("open_people", N_("People in shelters: find, register…"), "open_people", "Alt+P", (workplace.SHELTERS,), short=N_("people")),
    Action("find_people", N_("People in shelters: find, register…"), "open_people", in_bar=False),
    Action("open_missing", N_("Who is missing, by name"), "go_missing", "Alt+W", (workplace.SHELTERS, workplace.SHELTER_PEOPLE),
           short=N_("missing")),
    Action("find_people_list", N_("People out of a list…"), "open_people_list", in_bar=False),
    Action("find_missing", N_("Who is missing, by name…"), "go_missing", in_bar=False),
    Action("open_assignment", N_("Who goes to which shelter…"), "open_assignment", "Alt+Q", (workplace.SHELTERS,), short=N_("who goes where")),
    Action("open_foresight", N_("Shelter outlook"), "go_foresight", "Alt+F", (workplace.SHELTERS,), short=N_("outlook")),
    Action("find_foresight", N_("What shelters face…"), "go_foresight", in_bar=False),
    Action("open_isolation", N_("Isolation and medical sites"), "go_isolation", "Alt+M", (workplace.SHELTERS,), short=N_("isolation")),
    Action("find_isolation", N_("Isolation, observation and medical sites…"), "go_isolation", in_bar=False),
    Action("find_assignment", N_("Who goes to which shelter…"), "open_assignment", in_bar=False),
    Action("go_requests", N_("Requests for supplies, and what is on its way…"), "go_requests", in_bar=False),
    Action("go_stock_alarms", N_("What is wrong with the stock…"), "go_stock_alarms", in_bar=False),
    Action("go_stock_counts", N_("Counts of the stock…"), "go_stock_counts", in_bar=False),
    Action("go_depots", N_("Depots and their keepers…"), "go_depots", in_bar=False),
    Action("go_hand_outs", N_("Goods handed to people against signatures…"), "go_hand_outs", in_bar=False),
    Action("go_gifts", N_("Donations, and the list that is published…"), "go_gifts", in_bar=False),
    Action("stock_hand_outs", N_("Goods handed to people"), "go_hand_outs", "Alt+H", (workplace.STOCK,), short=N_("handed out"), in_bar=False),
    Action("stock_gifts", N_("Donations and where they went"), "go_gifts", "Alt+G", (workplace.STOCK,), short=N_("donations"), in_bar=False),
)
_PAGES: tuple[tuple[str, str, str, str, str], ...] = (  # page, module, class, icon, word on the rail
    (workplace.TEAMS, "teams.list_page", "TeamsPage", "teams", N_("Teams")),
    (workplace.TEAM_FORM, "teams.form_page", "TeamFormPage", "", ""),
    (workplace.EXPIRES, "teams.expires_page", "ExpiresPage", "", ""),
    (workplace.STATE_BOARD, "teams.state_board", "StateBoardPage", "", ""),
    (workplace.UNITS, "units.units_page", "UnitsPage", "units", N_("Units")),
    (workplace.UNIT_FORM, "units.units_page", "UnitFormPage", "", ""),
    (workplace.SITES, "units.sites_page", "SitesPage", "sites", N_("Sites")),
    (workplace.SITE_FORM, "units.sites_page", "SiteFormPage", "", ""),
    (workplace.SHELTER_PEOPLE, "shelters.people_page", "ShelterPeoplePage", "", ""),
    (workplace.SHELTER_MISSING, "shelters.missing_page", "MissingPage", "", ""),
    (workplace.SHELTER_LIST, "shelters.people_list_page", "PeopleListPage", "", ""),
    (workplace.SHELTERS, "shelters.shelters_page", "SheltersPage", "shelters", N_("Shelters")),
    (workplace.SHELTER_COUNTS, "shelters.count_list_page", "CountListPage", "", ""),
    (workplace.ASSIGNMENT, "shelters.assignment_page", "AssignmentPage", "", ""),
    (workplace.FORESIGHT, "shelters.foresight_page", "ForesightPage", "", ""),
    (workplace.ISOLATION, "isolation.isolation_page", "IsolationPage", "", ""),
    (workplace.STOCK, "supplies.stock_page", "StockPage", "supplies", N_("Supplies")),
    (workplace.STOCK_ITEM, "supplies.item_page", "ItemWholePage", "", ""),
    (workplace.STOCK_ALARMS, "supplies.alarms_page", "AlarmsPage", "", ""),
    (workplace.STOCK_DEPOTS, "supplies.depots_page", "DepotsPage", "", ""),
    (workplace.REQUESTS, "supplies.requests_page", "RequestsPage", "", ""),
    (workplace.HAND_OUTS, "supplies.hand_outs_page", "HandOutsPage", "", ""),
    (workplace.GIFTS, "supplies.gifts_page", "GiftsPage", "", ""),
    (workplace.ALLOCATION, "supplies.allocation_page", "AllocationPage", "", ""),
    (workplace.STOCK_COUNTS, "supplies.counts_page", "CountsPage", "", ""),
    (workplace.STOCK_COUNT, "supplies.count_page", "CountPage", "", ""),
    (workplace.EQUIPMENT, "supplies.equipment_page", "EquipmentPage", "", ""),
    (workplace.DRILLS, "drills.drills_page", "DrillsPage", "drills", N_("Drills")),
    (workplace.DRILL, "drills.control_page", "ControlPage", "", ""),
    (workplace.DRILL_PROGRAMME, "drills.programme_page", "ProgrammePage", "", ""),
    (workplace.DRILL_YEARS, "drills.years_page", "YearsPage", "", ""),
    (workplace.AGREEMENTS, "units.agreements_page", "AgreementsPage", "", ""),
    (workplace.AGREEMENT_FORM, "units.agreements_page", "AgreementFormPage", "", ""),
)


def add_register_pages(window: MainWindow, place: Workplace) -> None:
    """Register the pages of the register."""
    for page, module, name, icon, word in _PAGES:
        window.add_page(page, _maker(place, module, name), RailEntry(page, icon, word) if icon else None)
    add_report_acts(window, place)
    window.open_allocation = place.open_allocation  # type: ignore[attr-defined]
    window.open_people_list = place.open_people_list  # type: ignore[attr-defined]
    window.open_people = place.open_people  # type: ignore[attr-defined]
    window.open_assignment = place.open_assignment  # type: ignore[attr-defined]
    window.go_requests = place.open_requests  # type: ignore[attr-defined]
    window.go_hand_outs = place.open_hand_outs  # type: ignore[attr-defined]
    for name, page in (("go_stock_alarms", workplace.STOCK_ALARMS), ("go_stock_counts", workplace.STOCK_COUNTS),
                       ("go_depots", workplace.STOCK_DEPOTS),
                       ("go_foresight", workplace.FORESIGHT), ("go_missing", workplace.SHELTER_MISSING),
                       ("go_isolation", workplace.ISOLATION), ("go_gifts", workplace.GIFTS)):
        setattr(window, name, partial(window.show_page, page))
    window.acts.register(OPENING)


def _maker(place: Workplace, module: str, name: str) -> MakePage:
    def make() -> QWidget:
        made: QWidget = getattr(import_module(f"emergency_desk.ui.{module}"), name)(place)
        return made

    return make
