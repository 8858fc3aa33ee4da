"""What people type into the composer, and what the desk makes of it."""

from __future__ import annotations

import pytest

from emergency_desk.domain.errors import FieldUnreadable, LogLineEmpty
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.teams import TeamState
from emergency_desk.wording.catalog import use_language
from emergency_desk.wording.composing import Composed, Deed, NamedTeam, compose, offers, team_offers, with_command, with_team
from emergency_desk.wording.formats import clock_time
from tests.builders import START

ONE, TWO, FIRST_AID = Id("1" * 32), Id("2" * 32), Id("3" * 32)
TEAMS = (NamedTeam(ONE, "消防一站", "Fire Station 1"), NamedTeam(TWO, "消防二站", "Fire Station 2"), NamedTeam(FIRST_AID, "急救一组"))


def read(line: str) -> Composed:
    return compose(line, now=START, teams=TEAMS)


@pytest.mark.parametrize(("line", "figures"), [
    ("/dead 3", Figures(dead=3)), ("/hurt 4", Figures(badly_hurt=4)), ("/trapped 12", Figures(trapped=12)),
    ("/死亡 3", Figures(dead=3)), ("/重伤 4", Figures(badly_hurt=4)), ("/被困 12", Figures(trapped=12)), ("/死亡3", Figures(dead=3)),
    ("/dead 2 /hurt 4 /trapped 14", Figures(dead=2, badly_hurt=4, trapped=14)), ("/死亡 2人 /被困 14人", Figures(dead=2, trapped=14)),
    ("/死亡 3 重伤 11", Figures(dead=3, badly_hurt=11)), ("/死亡3人重伤11人、被困2", Figures(dead=3, badly_hurt=11, trapped=2)),
    ("/dead 3, badly_hurt 4", Figures(dead=3, badly_hurt=4)), ("／死亡 3，重伤 4 ／失联 1", Figures(dead=3, badly_hurt=4, missing=1)),
    ("／死亡 ３", Figures(dead=3)), ("、死亡 3", Figures(dead=3)), ("/dead 0", Figures(dead=0)), ("/missing 1", Figures(missing=1)),
    ("/轻伤 7", Figures(hurt=7)), ("/evacuate 180", Figures(evacuate=180)),
])  # fmt: skip
def test_figures_are_read_in_both_languages(line: str, figures: Figures) -> None:
    assert read(line) == Composed(Deed.FIGURES, figures=figures)


@pytest.mark.parametrize(("line", "team", "state"), [
    ("/arrived 消防二站", TWO, TeamState.ON_SCENE), ("/到场 消防一站", ONE, TeamState.ON_SCENE), ("/working xfez", TWO, TeamState.WORKING),
    ("/enroute jijiu", FIRST_AID, TeamState.EN_ROUTE), ("/途中 急救", FIRST_AID, TeamState.EN_ROUTE), ("/归队 xfyz", ONE, TeamState.RETURNED),
    ("/returned Station 2", TWO, TeamState.RETURNED), ("/处置 二站", TWO, TeamState.WORKING), ("/撤离 一站", ONE, TeamState.WITHDRAWING),
])  # fmt: skip
def test_a_teams_state_is_told_by_characters_pinyin_or_initials(line: str, team: Id, state: TeamState) -> None:
    assert read(line) == Composed(Deed.TEAM_STATE, team_id=team, state=state)


@pytest.mark.parametrize("line", ["/receipt 急救一组", "/回执 jjyz", "/收到 急救"])
def test_a_receipt_is_told_by_the_team(line: str) -> None:
    assert read(line) == Composed(Deed.RECEIPT, team_id=FIRST_AID)


@pytest.mark.parametrize("line", ["@19:05 fire on floor 12", "＠19：05 fire on floor 12", "@1905 fire on floor 12"])
def test_the_time_in_front_makes_a_late_entry(line: str) -> None:
    told = read(line)
    assert (told.deed, told.text, clock_time(told.occurred_at or START)) == (Deed.NOTE, "fire on floor 12", "19:05")


@pytest.mark.parametrize(("line", "who", "rest"), [
    (">王强 12层有人", "王强", "12层有人"), ("》王强 12层有人", "王强", "12层有人"), (">119 no water pressure", "119", "no water pressure"),
])  # fmt: skip
def test_who_told_it_stands_after_the_sign(line: str, who: str, rest: str) -> None:
    assert read(line) == Composed(Deed.NOTE, text=rest, heard_from=who)


def test_time_teller_and_command_go_together() -> None:
    told = read("@19:20 >Wang Q. /arrived xfez")
    assert (told.deed, told.team_id, told.heard_from) == (Deed.TEAM_STATE, TWO, "Wang Q.")
    assert clock_time(told.occurred_at or START) == "19:20"


@pytest.mark.parametrize("line", ["12 楼、13 楼有人", "see 3/4 of the roof", "call back at 20:05", "，现场安静"])
def test_a_plain_line_stays_as_it_was_typed(line: str) -> None:
    assert read(line) == Composed(Deed.NOTE, text=line)


@pytest.mark.parametrize("line", ["", "   ", "@19:05", ">王强"])
def test_a_line_that_says_nothing_is_refused(line: str) -> None:
    with pytest.raises(LogLineEmpty):
        read(line)


@pytest.mark.parametrize(("line", "typed"), [
    ("/ded 3", "/ded"), ("/dead many", "/dead many"), ("/dead", "/dead"), ("@25:00 fire", "@25:00"), ("/arrived 消防", "/arrived 消防"),
    ("/arrived nobody", "/arrived nobody"), ("/", "/"), ("/dead 3 /arrived 二站", "/arrived 二站"), ("> ", ">"),
    ("/dead 3 floor 12", "/dead 3 floor 12"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_was_expected(line: str, typed: str) -> None:
    with pytest.raises(FieldUnreadable) as caught:
        read(line)
    assert caught.value.values["typed"] == typed
    assert caught.value.values["expected"]


def test_the_commands_are_offered_while_one_is_typed() -> None:
    assert offers("/de")[0].word == "dead"
    assert [command.word for command in offers("@19:05 /arr")] == ["arrived"]
    assert offers("/回")[0].word == "receipt"
    assert offers("/hz")[0].word == "receipt"
    assert offers("plain words") == ()
    assert offers("/dead 3") == ()


def test_the_commands_are_offered_in_chinese_at_a_chinese_desk() -> None:
    use_language("zh_CN")
    assert offers("/si")[0].word == "死亡"
    assert with_command("@19:05 /si", offers("/si")[0]) == "@19:05 /死亡 "


def test_teams_are_offered_after_a_team_command() -> None:
    assert [team.id for team in team_offers("/arrived ", TEAMS)] == [ONE, TWO, FIRST_AID]
    assert [team.id for team in team_offers("/arrived xfe", TEAMS)] == [TWO]
    assert team_offers("/dead ", TEAMS) == ()
    assert with_team("@19:05 /arrived xfe", "消防二站") == "@19:05 /arrived 消防二站"


@pytest.mark.parametrize(("line", "who", "how", "read_back"), [
    (">>Wang city leads from now", "Wang", "", True), (">radio:Wang city leads from now", "Wang", "radio", False),
    ("》》电话：王强 city leads from now", "王强", "phone", True), (">>对讲:王强 city leads from now", "王强", "radio", True),
    ("@20:05 >>here: Wang city leads from now", "Wang", "in_person", True),
])  # fmt: skip
def test_what_another_tier_said_carries_who_by_what_channel_and_that_it_was_read_back(line: str, who: str, how: str, read_back: bool) -> None:
    told = read(line)
    assert (told.text, told.heard_from, told.how, told.read_back) == ("city leads from now", who, how, read_back)


@pytest.mark.parametrize("line", ["/dead 3 @20:05 >Wang Q.", "@20:05 /dead 3 >Wang Q.", ">Wang Q. /dead 3 @20:05", "@20:05 >Wang Q. /dead 3"])
def test_time_and_teller_may_stand_before_or_behind_a_command(line: str) -> None:
    said = read(line)
    assert (said.figures.dead, said.heard_from) == (3, "Wang Q.") and said.occurred_at is not None and said.occurred_at.minute == 5
