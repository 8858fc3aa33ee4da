"""A list of people read: who, with the last four of an id, phone, age as said, needs, family, where from. Runs in the limited child.

What no field takes goes to the note, so that nothing is lost; of a longer id nothing but the last four leaves the child.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.imports import BadRow, RowReason
from emergency_desk.domain.people_lists import ListedPerson
from emergency_desk.domain.people_typed import needs_in
from emergency_desk.domain.shelter_people import MOST_IN_A_HOUSEHOLD, MOST_PETS, AskedPerson, cut_id
from emergency_desk.exchange import columns as column_names
from emergency_desk.exchange import written_values
from emergency_desk.exchange.row_reading import Remembered, RowReading
from emergency_desk.exchange.tables import Table, read_table
from emergency_desk.exchange.written_moments import read_moment

MOST_PEOPLE = 50_000  # a house setting: ten times the greatest shelter
_LONGEST_NOTE = 500
PEOPLE_NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "person", "full name", "姓名", "名字", "人员姓名", "被安置人", "群众姓名", "氏名", "名前"),
    "id_number": ("id", "id number", "id last four", "last four", "身份证号", "身份证号码", "身份证", "公民身份号码", "证件号", "证件号码",
                  "身份证后四位", "证件后四位", "证件号后四位", "身份证号后四位"),
    "phone": ("phone", "telephone", "tel", "mobile", "电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "本人电话", "電話",
              "電話番号"),
    "age": ("age", "年龄", "岁数", "周岁", "年齢"),
    "sex": ("sex", "gender", "性别", "性別"),
    "village": ("village", "home", "community", "村", "村居", "村组", "村民小组", "自然村", "社区", "村（社区）", "所属村", "所在村", "片区",
                "风险点", "应转移村组"),
    "home": ("address", "home address", "住址", "家庭住址", "现住址", "原住址", "居住地址", "详细地址", "户籍地址", "住所"),
    "needs": ("needs", "special needs", "特殊需求", "需求", "健康状况", "身体状况", "特殊情况", "人员类别", "特殊人群", "特殊群体", "困难类型"),
    "bed": ("bed", "宿位", "宿位号", "床位", "床位号", "床号", "铺位", "房间号"),
    "pets": ("pets", "宠物", "携带宠物", "ペット"),
    "family": ("family", "household", "户", "户号", "家庭", "家庭编号", "户主", "户主姓名", "世帯"),
    "relation": ("relation", "relation to the head", "与户主关系", "关系", "家庭关系", "続柄"),
    "arrived": ("came at", "arrived", "arrived at", "入住时间", "到达时间", "登记时间", "安置时间", "进入时间", "入所日時"),
    "left": ("left", "left to", "left at", "离开时间", "离开去向", "离所时间", "去向", "离开时间、去向", "退所"),
    "shelter": ("shelter", "安置点", "安置地点", "安置场所", "避难场所", "避难点", "避难场所名称", "安置点名称", "避難所"),
    "row_number": ("no", "number", "序号", "编号", "行号", "番号"),
    "note": ("note", "notes", "remarks", "备注", "说明", "備考"),
}
_NOTHING = frozenset({"", "无", "没有", "否", "-", "—", "/", "none", "no", "n/a", "正常", "健康", "良好"})
_HEADS = frozenset({"户主", "本人", "家长", "head", "self", "世帯主"})
_SUMS = frozenset({"合计", "总计", "小计", "合計", "total", "sum"})
_MASKED = re.compile(r"[*xX×]{3,}")
_MALE_FEMALE = {"m": "男", "f": "女", "male": "男", "female": "女"}


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What was read: the table as it stands, the people, and the rows given back."""

    table: Table
    people: tuple[ListedPerson, ...] = ()
    bad: tuple[BadRow, ...] = ()


def read_people_file(path: Path) -> PeopleFile:
    """Read a list of people. Raises BadFile."""
    table = read_table(path)
    found = column_names.match(table.headers, PEOPLE_NAMES, rows=table.rows)
    if "name" not in found.places:
        raise BadFile(name=table.name, reason="no_people_columns", detail=", ".join(header for header in table.headers if header)[:300])
    if len(table.rows) > MOST_PEOPLE:
        raise BadFile(name=table.name, reason="too_many_rows", most=MOST_PEOPLE)
    return _read(table, found)


def _read(table: Table, found: column_names.Columns) -> PeopleFile:
    people: list[ListedPerson] = []
    bad: list[BadRow] = []
    families = _Families()
    known = {at for places in found.places.values() for at in places} | {found.reason}
    unknown = [(at, header) for at, header in enumerate(table.headers) if at not in known and header.strip()]
    remembered = Remembered()
    for line, cells in zip(table.lines, table.rows, strict=True):
        if not any(cell.strip() for at, cell in enumerate(cells) if at != found.reason):
            continue
        row = RowReading(found, cells, remembered)
        if "".join(row.text("name").split()).casefold() in _SUMS:
            continue
        one = _person(row, line, cells, families, unknown)
        if row.reasons:
            bad.append(BadRow(line, tuple(cells), tuple(dict.fromkeys(row.reasons))))
        else:
            people.append(one)
    return PeopleFile(table, tuple(people), tuple(bad))


class _Families:
    """Who belongs together: the same word in the column of families, a blank below one, or everybody behind a head of a household."""

    def __init__(self) -> None:
        self._number, self._word, self._size = 0, "", 0

    def of(self, word: str, relation: str, *, has_families: bool) -> str:
        """Return what the families of the list call the one of this row; an empty string for somebody alone."""
        if relation:
            begins = relation in _HEADS or not self._number
        elif has_families:
            begins = (bool(word) and word != self._word) or not self._number
        else:
            return ""
        if begins or self._size >= MOST_IN_A_HOUSEHOLD:
            self._number, self._size = self._number + 1, 0
            self._word = word or self._word
        self._size += 1
        return str(self._number)


def _person(row: RowReading, line: int, cells: Sequence[str], families: _Families, unknown: Sequence[tuple[int, str]]) -> ListedPerson:
    name, relation, notes = row.name(), row.text("relation"), [row.long_text("note")]
    needs, said = needs_in("" if _is_nothing(row.text("needs")) else row.text("needs"))
    phone = _phone(row.text("phone"), notes)
    pets = _pets(row.text("pets"), notes)
    notes += [said, _MALE_FEMALE.get(row.text("sex").casefold(), row.text("sex")), relation, row.text("home")]
    notes += [f"{header}：{cells[at].strip()}" for at, header in unknown if at < len(cells) and cells[at].strip()]
    note = "；".join(dict.fromkeys(part for part in notes if part))
    if len(note) > _LONGEST_NOTE:
        row.refuse(RowReason.TEXT_TOO_LONG, "note", length=str(len(note)), most=str(_LONGEST_NOTE))
    person = AskedPerson(name=name, id_number=cut_id(unicodedata.normalize("NFKC", row.text("id_number"))), phone=phone, age=row.text("age"),
                         needs=needs, bed=row.text("bed"), pets=pets, note=note)
    return ListedPerson(line=line, cells=tuple(cells), person=person, family=families.of(
        row.text("family"), relation, has_families="family" in row.columns.places), village=row.text("village"), shelter=row.text("shelter"),
        arrived_at=_moment(row), left=row.text("left"))


def _moment(row: RowReading) -> datetime | None:
    written = row.text("arrived")
    moment = read_moment(written) if written else None
    if written and moment is None:
        row.refuse(RowReason.MOMENT_UNREADABLE, "arrived", written=written)
    return moment


def _phone(written: str, notes: list[str]) -> str:
    """Return a phone; what is none goes to the note, because a person is not given back for it."""
    text = unicodedata.normalize("NFKC", written).strip()
    if _is_nothing(text):
        return ""
    if written_values.is_phone(text) and not _MASKED.search(text):
        return text
    notes.append(written)
    return ""


def _pets(written: str, notes: list[str]) -> int:
    text = unicodedata.normalize("NFKC", written)
    if _is_nothing(text):
        return 0
    number = re.search(r"\d+", text)
    if not text.strip().isdigit():
        notes.append(written)
    return min(int(number[0]), MOST_PETS) if number and len(number[0]) <= 3 else 1


def _is_nothing(text: str) -> bool:
    return text.strip().casefold() in _NOTHING
