"""Which column of a foreign list is which field of ours: by name in Chinese or English, in whatever order they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

REASON_HEADER = "未导入原因 / Reason not imported"  # both languages, so that a mended file is known again at every desk

# What foreign lists call our fields. Compared without case, blanks, marks and a unit in brackets.
PLACE_NAMES: dict[str, tuple[str, ...]] = {
    "area_code": ("area code", "区划代码", "行政区划代码", "行政区划编码", "所属区划代码", "城市代码", "地区代码", "区县代码",
        "adcode"),
    "area": ("area", "所属区划", "行政区划", "所属区域", "区划", "所在地区", "地区", "辖区", "所属辖区", "place", "region"),
    "country": ("country", "国家", "country name"),
    "province": ("province", "state", "省", "省份", "省市", "L1", "省（自治区、直辖市）"),
    "city": ("city", "市", "城市", "地市", "地级市", "L2", "county"),
    "district": ("district", "区", "县", "区县", "区市", "县区", "所属区县", "所在区县", "L3", "区（市）", "县（市、区）",
        "区县市"),
    "street": ("street", "subdistrict", "town", "township", "街道", "镇街", "街道乡镇", "乡镇", "乡镇街道", "所属街道",
        "镇（街道）", "L4"),
    "village": ("village", "community", "社区", "村", "村社区", "村居", "村（社区）", "L5"),
}
_SHARED: dict[str, tuple[str, ...]] = {
    **PLACE_NAMES,
    "code": ("code", "number", "no", "编号", "编码", "代码", "队伍编号", "队伍代码", "场所编号", "facility code", "id"),
    "name_en": ("name en", "english name", "name english", "英文名", "英文名称"),
    "address": ("address", "location", "地址", "详细地址", "驻地", "驻地地址", "所在地", "所在位置", "位置", "street address",
        "address 1"),
    "building": ("building", "楼宇", "建筑"),
    "latitude": ("lat", "latitude", "纬度", "北纬", "gps lat", "y坐标", "坐标纬度"),
    "longitude": ("lon", "lng", "long", "longitude", "经度", "东经", "gps lon", "x坐标", "坐标经度"),
    "position": ("coordinates", "position", "坐标", "经纬度", "gps", "lat lon", "latlng", "地理坐标"),
    "unit_name": ("organisation", "organization", "unit", "agency", "单位", "隶属单位", "所属单位", "主管单位", "管理单位",
        "建队单位", "依托单位", "主管部门", "owner", "operator"),
    "branch": ("branch", "department", "部门", "下属单位"),
    "note": ("comments", "comment", "note", "notes", "remarks", "备注", "说明", "标签"),
}
TEAM_NAMES: dict[str, tuple[str, ...]] = {
    **_SHARED,
    "name": ("name", "team", "team name", "名称", "队伍名称", "队伍", "救援队", "救援队伍", "救援队名称", "救援队伍名称",
        "应急队伍", "应急队伍名称", "站名", "消防站", "消防站名称", "急救站", "急救站名称", "station", "station name", "医院名称",
        "单位名称", "facility name"),
    "kind": ("kind", "type", "team type", "类型", "类别", "队伍类型", "队伍类别", "队伍性质", "性质", "category"),
    "capabilities": ("capabilities", "capability", "skills", "能力", "专业能力", "专业类别", "专业", "救援能力", "救援类型",
        "救援专长", "主要职责", "specialty", "speciality"),
    "people_total": ("people", "people total", "members", "personnel", "staff", "人数", "总人数", "队员人数", "队伍人数",
        "人员数量", "人员数", "队员数"),
    "people_ready": ("people ready", "on duty", "备勤人数", "值班人数", "在岗人数", "备勤"),
    "vehicles": ("vehicles", "equipment", "车辆", "装备", "主要装备", "车辆装备", "车辆及装备", "救援装备"),
    "muster_minutes": ("muster minutes", "turnout minutes", "turnout time", "出动时间", "出动时限", "集结时间", "集结时限",
        "出动时限min"),
    "radius_km": ("radius", "radius km", "range km", "覆盖半径", "服务半径", "救援半径", "出动半径"),
    "may_cross_area": ("may cross area", "cross area", "可跨区", "是否跨区", "跨区", "跨区救援"),
    "duty_phone": ("phone", "telephone", "tel", "duty phone", "phone 1", "mobile", "电话", "联系电话", "值班电话", "24小时电话",
        "手机", "联系方式", "24小时值班电话", "负责人电话"),
    "leader_name": ("leader", "leader name", "captain", "contact", "contact person", "负责人", "队长", "联系人", "负责人姓名",
        "联络人"),
    "channel": ("channel", "radio channel", "radio", "频道", "通信频道", "电台频道", "对讲频道"),
    "agreement_number": ("agreement", "agreement number", "协议编号", "协议号"),
    "agreement_until": ("agreement until", "agreement expires", "协议有效期", "协议到期", "协议到期日", "协议截止日期"),
    "insured_until": ("insured until", "insurance until", "保险有效期", "保险到期", "保险到期日"),
}
SITE_NAMES: dict[str, tuple[str, ...]] = {
    **_SHARED,
    "name": ("name", "site", "site name", "名称", "场所名称", "医院名称", "医院", "机构名称", "医疗机构名称", "单位名称",
        "仓库名称", "仓库", "避难场所名称", "避难场所", "站名", "消防站", "消防站名称", "急救站", "急救站名称", "hospital",
        "hospital name", "station", "station name", "shelter", "shelter name", "warehouse", "warehouse name", "facility name"),
    "kind": ("kind", "type", "site type", "类型", "类别", "场所类型", "场所类别", "facility type", "category"),
    "phone": ("phone", "telephone", "tel", "phone 1", "mobile", "电话", "联系电话", "值班电话", "联系方式", "手机"),
    "capacity": ("capacity", "capacity people", "容量", "可容纳人数", "容纳人数", "床位", "床位数", "beds", "设计容量"),
    "effective_area_m2": ("effective area", "effective area m2", "有效面积", "可用面积", "使用面积", "避难面积"),
}
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
_MARKS = re.compile(r"[\s_\-./、:：*＊#]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands. A field named twice takes the first of its cells that is not empty."""

    headers: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    reason: int | None = None  # the column of reasons that this desk added to a list it gave back

    def cell(self, cells: Sequence[str], field: str) -> str:
        """Return what a row writes for a field, or an empty string."""
        for at in self.places.get(field, ()):
            if at < len(cells) and (cell := cells[at].strip()):
                return cell
        return ""

    def header(self, field: str) -> str:
        """Return what the file calls a field, or an empty string."""
        places = self.places.get(field)
        return self.headers[places[0]] if places else ""

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return the headers whose meaning is not known."""
        known = {at for places in self.places.values() for at in places} | {self.reason}
        return tuple(header for at, header in enumerate(self.headers) if header and at not in known)


def match(headers: Sequence[str], names: Mapping[str, Sequence[str]]) -> Columns:
    """Find the columns of our fields among foreign headers."""
    whole = {_plain(name, keep_brackets=True): field for field, known in names.items() for name in (field, *known)}
    bare = {_plain(name): field for field, known in names.items() for name in (field, *known)}
    places: dict[str, tuple[int, ...]] = {}
    reason = None
    for at, header in enumerate(headers):
        if _plain(header, keep_brackets=True) == _plain(REASON_HEADER, keep_brackets=True):
            reason = at
            continue
        field = whole.get(_plain(header, keep_brackets=True)) or bare.get(_plain(header))
        if field and header.strip():
            places[field] = (*places.get(field, ()), at)
    return Columns(tuple(headers), places, reason)


def _plain(header: str, *, keep_brackets: bool = False) -> str:
    text = unicodedata.normalize("NFKC", header).casefold()
    return _MARKS.sub("", text if keep_brackets else _BRACKETS.sub("", text)).strip("()")
