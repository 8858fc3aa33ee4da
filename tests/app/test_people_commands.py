"""People by name from the command line: a list taken into a shelter or a village, the papers that name them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.main import main
from emergency_desk.domain.ids import Id
from emergency_desk.services import evacuation, missing_people, shelter_people
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.services.test_shelter_people import open_it, sheltering_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = sheltering_desk(tmp_path, SetClock())
    incident = story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident
    open_it(desk, incident)
    evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="张家河", to_move=5)
    return desk


def run(desk: Desk, *words: str) -> int:
    return main([*words, "--store", str(desk.store.path), "--as", "officer", "--lang", "en"])


def said_json(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(desk, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def opening(desk: Desk) -> tuple[Id, str]:
    with desk.reading() as reading:
        (one,) = reading.shelter_openings.where()
    return one.id, one.number


def test_a_list_is_taken_into_the_shelter_of_an_order(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,证件号\n王小明,37021219440101123X\n,1\n", encoding="gb18030")
    opening_id, number = opening(desk)
    assert run(desk, "import", "people", str(path), "--order", number, "--take", "none") == 0
    assert "1 good row; 1 to mend." in capsys.readouterr().out and not shelter_people.people_in(desk, opening_id=opening_id)
    told = said_json(desk, capsys, "import", "people", str(path), "--order", number)
    assert (told["good"], told["bad"], told["taken"], told["standing"]["standing_new"]) == (1, 1, 1, 1)
    assert [one.person.id_tail for one in shelter_people.people_in(desk, opening_id=opening_id) if one.person] == ["123X"]
    assert run(desk, "import", "people", str(path), "--order", number) == 0
    captured = capsys.readouterr()
    assert "seems to have been taken before" in captured.out and "registered here already" in captured.err
    assert run(desk, "import", "people", str(path)) == 2
    assert number in capsys.readouterr().err, "what may be meant is told"


def test_a_list_of_a_village_says_who_is_looked_for(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名\n王小明\n李红\n", encoding="utf-8")
    assert run(desk, "import", "people", str(path), "--village", "张家河") == 0
    assert "2 people of 张家河 are looked for by name now." in capsys.readouterr().out
    with desk.reading() as reading:
        incident_id = reading.evacuation_groups.where()[0].incident_id
    assert len(missing_people.list_missing(desk, incident_id=incident_id)[0].people) == 2
    for name in ("registration-sheet", "stay-cards", "registration-form", "card-form", "missing-list"):
        told = said_json(desk, capsys, "report", name, "--out", str(tmp_path / f"{name}.pdf"))
        assert told["pages"] == 1 and not told["missing_characters"]
