"""A newer shipped table takes the place of an older one that nobody changed, as a commit of the desk; a changed one stays."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.app.opening import open_desk
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import RuleTable
from emergency_desk.errands import report_rules
from emergency_desk.errands.trade import shipped_rules
from emergency_desk.services import integrity, library
from emergency_desk.services.desk import Desk
from tests.builders import make_desk

TABLE = report_rules.TABLE


_ROW = "from: tier_street, to: tier_district, channel: phone, clock: receipt, minutes: {}, zh"


def older_desk(folder: Path) -> Desk:
    """Return a desk whose table of deadlines is as an earlier program shipped it."""
    desk = make_desk(folder, account="administrator")
    now = shipped_rules(paths.reference())[TABLE]
    older = now.replace(_ROW.format(15), _ROW.format(25))
    assert older != now
    library.take_rules(desk, texts={TABLE: older}, source="shipped")
    return desk


def closed(desk: Desk) -> Path:
    desk.store.close()
    return desk.store.path


def minutes(desk: Desk) -> int | None:
    rule = desk.trade.clocks.rule("D15-phone")
    return rule.minutes if rule else None


def kept(desk: Desk) -> RuleTable:
    return next(rule for rule in library.rule_tables(desk.store) if rule.id == TABLE)


def test_an_unchanged_table_gives_way_once_and_the_journal_says_that_nobody_acted(tmp_path: Path) -> None:
    store = closed(older_desk(tmp_path))
    desk = open_desk(store)
    assert minutes(desk) == 15 and kept(desk).source.startswith("shipped ")
    with desk.reading() as reading:
        entries = reading.journal_after(0)
    last = entries[-1]
    assert [entry.account_id for entry in entries if entry.action == "renew_rules"] == [None]
    assert integrity.check(desk).is_sound
    desk.store.close()
    again = open_desk(store)
    with again.reading() as reading:
        assert reading.journal_number() == last.number, "nothing is taken twice"
    again.store.close()


def test_a_table_of_a_later_program_is_left_alone() -> None:
    old = RuleTable(id=Id(TABLE), content="x", source="shipped 9.0.0")
    assert not old.is_older_than("y", edition="0.1.0") and old.is_older_than("y", edition="10.0")


def test_a_changed_table_stays_and_it_is_told_that_a_newer_one_ships(tmp_path: Path) -> None:
    desk = older_desk(tmp_path)
    report_rules.change_minutes(desk, rule_id="D15-written", minutes=40)
    opened = open_desk(closed(desk))
    assert minutes(opened) == 25 and not kept(opened).is_shipped
    assert report_rules.newer_ships(opened, folder=paths.reference())
    opened.store.close()


def test_a_table_changed_from_the_one_that_ships_now_is_not_called_old(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="administrator")
    report_rules.change_minutes(desk, rule_id="D15-written", minutes=40)
    report_rules.change_minutes(desk, rule_id="D15-phone", minutes=20)
    assert not report_rules.newer_ships(desk, folder=paths.reference())
