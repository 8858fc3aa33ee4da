"""People by name from the command line: a list taken into a shelter or a village, the papers that name them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.main import main
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson
from emergency_desk.domain.shelters import LeftTo
from emergency_desk.services import backups, evacuation, incidents, missing_people, shelter_people, shelters
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.shelters import open_it, sheltering_desk


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
    assert "2 people are looked for by name now." in capsys.readouterr().out
    with desk.reading() as reading:
        incident_id = reading.evacuation_groups.where()[0].incident_id
    assert len(missing_people.list_missing(desk, incident_id=incident_id)[0].people) == 2
    for name in ("registration-sheet", "stay-cards", "registration-form", "card-form", "missing-list"):
        told = said_json(desk, capsys, "report", name, "--out", str(tmp_path / f"{name}.pdf"))
        assert told["pages"] == 1 and not told["missing_characters"]


def close_all(desk: Desk) -> str:
    opening_id, _number = opening(desk)
    with desk.reading() as reading:
        incident = reading.incidents.get(reading.shelter_openings.get(opening_id).incident_id)
    stays = [one.stay.id for one in shelter_people.people_in(desk, opening_id=opening_id)]
    shelter_people.leave(desk, stay_ids=stays, to=LeftTo.HOME)
    shelters.close_shelter(desk, opening_id=opening_id, note="已清洁查验")
    incidents.close_incident(desk, incident_id=incident.id, override_reason="队伍另有记录")
    return incident.number


def test_names_are_destroyed_only_when_it_is_confirmed_and_the_certificate_is_written(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    opening_id, _number = opening(desk)
    shelter_people.register(desk, opening_id=opening_id, asked=AskedHousehold(people=(AskedPerson(name="王小明", phone="13800001111"),)))
    number = close_all(desk)
    backups.make(backups.order(desk))

    def purge(*words: str) -> int:
        return main(["purge", "--incident", number, *words, "--store", str(desk.store.path), "--as", "leader", "--lang", "en"])

    assert run(desk, "purge", "--incident", number) == 2, "an officer may not"
    capsys.readouterr()
    assert purge() == 2
    assert "Nothing was done: add --confirm." in capsys.readouterr().err and shelter_people.find_people(desk, text="王小明").lines
    assert purge("--hold", "调查评估需要，已评估合法、必要、安全") == 2, "until when?"
    assert purge("--hold", "调查评估需要，已评估合法、必要、安全", "--until", "2031-01-31") == 0
    assert purge("--confirm") == 2 and "2031-01-31" in capsys.readouterr().err
    assert purge("--lift", "调查评估已完成") == 0
    out = tmp_path / "certificate.pdf"
    assert purge("--confirm", "--decided-by", "区长", "--out", str(out)) == 0
    captured = capsys.readouterr()
    assert "1 record is destroyed" in captured.out or "records are destroyed" in captured.out
    assert "Older backup, names may stand in it" in captured.err and out.exists()
    assert not shelter_people.find_people(desk, text="王小明").lines
    assert purge("--destroy-older") == 2 and "add --confirm" in capsys.readouterr().err
    assert purge("--destroy-older", "--confirm", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["is_clean"] and told["older"] == [] and Path(told["path"]).exists()
    assert purge("--confirm") == 2, "nothing is left to destroy"
