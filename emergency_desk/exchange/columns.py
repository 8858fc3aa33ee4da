"""Which column of a foreign list is which field of ours: by name in Chinese or English, in whatever order they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from emergency_desk.exchange import column_guessing

REASON_HEADER = "未导入原因 / Reason not imported"  # both languages, so that a mended file is known again at every desk

# What foreign lists call our fields. Compared without case, blanks, marks and a unit in brackets.
PLACE_NAMES: dict[str, tuple[str, ...]] = {
    "area_code": ("area code", "区划代码", "行政区划代码", "行政区划编码", "所属区划代码", "城市代码", "地区代码", "区县代码",
        "adcode"),
    "area": ("area", "所属区划", "行政区划", "所属区域", "区划", "所在地区", "地区", "辖区", "所属辖区", "place", "region"),
    "area_path": ("area path", "区划全称", "所属区划全称"),
    "country": ("country", "国家", "country name"),
    "province": ("province", "state", "省", "省份", "省市", "L1", "省（自治区、直辖市）"),
    "city": ("city", "市", "城市", "地市", "地级市", "L2", "county"),
    "district": ("district", "区", "县", "区县", "区市", "县区", "所属区县", "所在区县", "L3", "区（市）", "县（市、区）",
        "区县市"),
    "street": ("street", "subdistrict", "town", "township", "街道", "镇街", "街道乡镇", "乡镇", "乡镇街道", "所属街道", "所属镇街",
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
    "latitude": ("latitude", "lat", "纬度", "北纬", "gps lat", "y坐标", "坐标纬度"),
    "longitude": ("longitude", "lon", "lng", "long", "经度", "东经", "gps lon", "x坐标", "坐标经度"),
    "position": ("coordinates", "position", "坐标", "经纬度", "gps", "lat lon", "latlng", "地理坐标"),
    "unit_name": ("organisation", "organization", "unit", "agency", "单位", "隶属单位", "所属单位", "主管单位", "管理单位",
        "建队单位", "依托单位", "主管部门", "owner", "operator"),
    "branch": ("branch", "department", "部门", "下属单位"),
    "note": ("comments", "comment", "note", "notes", "remarks", "备注", "说明", "标签"),
}
TEAM_NAMES: dict[str, tuple[str, ...]] = {
    **_SHARED,
    "name": ("name", "team", "team name", "名称", "队伍名称", "队伍", "救援队", "救援队伍", "救援队名称", "救援队伍名称",
        "队伍全称", "应急队伍", "应急队伍名称", "站名", "消防站", "消防站名称", "急救站", "急救站名称", "station", "station name", "医院名称",
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
    "supervisor": ("supervisor", "department in charge", "业务主管部门", "行业主管部门"),
    "self_sufficiency_hours": ("self sufficiency", "self sufficiency hours", "自我保障时间", "自我保障小时", "自持时间", "自持小时"),
    "contact_tried_on": ("contact tried on", "last contact", "联络核实日期", "联系核实日期", "核实日期"),
    "rating_specialty": ("rating specialty", "测评专业", "分级测评专业"),
    "rating_level": ("rating level", "rating", "测评等级", "分级测评等级", "能力等级"),
    "equipment": ("key equipment", "关键装备", "装备清单", "重点装备"),
    "certificates": ("certificates", "证书", "资质证书", "资质"),
}
MEMBER_NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "姓名", "队员", "队员姓名", "人员", "人员姓名", "member", "member name", "person"),
    "team": ("team", "team name", "队伍", "队伍名称", "所属队伍", "救援队", "救援队伍", "单位", "所在队伍"),
    "team_code": ("team code", "队伍编号", "队伍代码", "所属队伍编号"),
    "post": ("post", "position", "role", "职务", "岗位", "职责"),
    "phone": ("phone", "telephone", "tel", "mobile", "电话", "手机", "联系电话", "手机号", "手机号码", "联系方式"),
    "certificate": ("certificate", "certificate name", "证书名称", "证书类别", "资格", "资质"),
    "certificate_number": ("certificate number", "证书编号", "证号", "证书号"),
    "certificate_since": ("certificate since", "issued on", "发证日期", "证书起始日期", "取证日期"),
    "certificate_until": ("certificate until", "证书有效期", "证书到期", "证书到期日", "证书截止日期", "有效期至"),
    "certificates": ("certificates", "证书"),
    "insured_until": ("insured until", "insurance until", "保险有效期", "保险到期", "保险到期日"),
    "note": ("comments", "comment", "note", "notes", "remarks", "备注", "说明"),
}
UNIT_NAMES: dict[str, tuple[str, ...]] = {
    **PLACE_NAMES,
    "name": ("name", "unit", "unit name", "department", "名称", "单位", "单位名称", "部门", "部门名称", "值班单位", "指挥部", "指挥部名称",
        "organisation", "organization", "agency"),
    "name_en": _SHARED["name_en"],
    "kind": ("kind", "type", "类型", "类别", "单位类型"),
    "code": ("code", "no", "编号", "代码", "单位代码", "id"),
    "duty_phone": ("phone", "telephone", "tel", "duty phone", "电话", "值班电话", "联系电话", "24小时电话", "24小时值班电话", "手机", "mobile",
        "联系方式"),
    "fax": ("fax", "传真"),
    "address": ("address", "地址", "详细地址", "办公地址"),
    "contact": ("contact", "contact person", "person", "联系人", "姓名", "值班员", "值班人员", "值班人", "值班领导", "带班领导", "联络员",
        "联络人"),
    "lead_unit": ("lead unit", "牵头单位", "牵头部门"),
    "member_units": ("member units", "成员单位"),
    "office": ("office", "办公室", "办事机构", "指挥部办公室"),
    "standing_members": ("standing members", "常设成员", "常务成员", "指挥部成员"),
    "hazards": ("hazards", "适用事件", "灾种", "事件类型"),
    "note": ("comments", "comment", "note", "notes", "remarks", "备注", "说明"),
}
AGREEMENT_NAMES: dict[str, tuple[str, ...]] = {
    **PLACE_NAMES,
    "name": ("partner", "name", "协议单位", "协议方", "签约单位", "合作单位", "对方单位", "单位名称", "互助单位"),
    "number": ("number", "agreement number", "no", "协议编号", "协议号", "编号"),
    "kind": ("kind", "type", "类型", "协议类型", "类别"),
    "capability": ("capability", "能力", "专业能力", "支援能力"),
    "quantity": ("quantity", "数量", "支援数量"),
    "unit": ("unit of quantity", "数量单位", "计量单位"),
    "arrival_minutes": ("arrival minutes", "到达时间", "到达分钟", "到达时限", "到场时间"),
    "terms": ("terms", "条款", "协议内容", "内容"),
    "phone": ("phone", "telephone", "tel", "电话", "联系电话", "值班电话"),
    "signed_on": ("signed on", "签订日期", "签署日期", "签约日期"),
    "valid_until": ("valid until", "expires", "有效期", "有效期至", "到期日", "截止日期"),
    "team": ("team", "队伍", "队伍名称", "所属队伍"),
    "team_code": ("team code", "队伍编号", "队伍代码"),
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
        places = self.places.get(field)
        if places is None:
            return ""
        for at in places:
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


    @property
    def fields(self) -> tuple[str, ...]:
        """Return for each column the field it was taken for, or an empty string."""
        of = {at: field for field, places in self.places.items() for at in places}
        return tuple(of.get(at, "") for at in range(len(self.headers)))


def match(
    headers: Sequence[str], names: Mapping[str, Sequence[str]], *, rows: Sequence[Sequence[str]] = (), answered: Mapping[int, str] | None = None,
) -> Columns:
    """Find the columns of our fields among foreign headers: as answered, else by name, else by pinyin; without a header by content."""
    columns = _by_name(headers, names, answered or {})
    taken = set(columns.places)
    for at, header in enumerate(headers):
        if (answered is not None and at in answered) or columns.fields[at] or at == columns.reason:
            continue
        if not header.strip() or column_guessing.NAMELESS.fullmatch(header):
            field = column_guessing.by_content([cells[at] for cells in rows[:50] if at < len(cells)], names, taken)
        else:
            field = column_guessing.by_pinyin(header, names)
        if field and field not in taken:
            taken.add(field)
            columns.places[field] = (at,)
    return columns


def _by_name(headers: Sequence[str], names: Mapping[str, Sequence[str]], answered: Mapping[int, str]) -> Columns:
    whole = {_plain(name, keep_brackets=True): field for field, known in names.items() for name in (field, *known)}
    bare = {_plain(name): field for field, known in names.items() for name in (field, *known)}
    places: dict[str, tuple[int, ...]] = {}
    reason = None
    for at, header in enumerate(headers):
        if _plain(header, keep_brackets=True) == _plain(REASON_HEADER, keep_brackets=True):
            reason = at
            continue
        field = answered.get(at, whole.get(_plain(header, keep_brackets=True)) or bare.get(_plain(header), ""))
        if field in names and (header.strip() or at in answered):
            places[field] = (*places.get(field, ()), at)
    return Columns(tuple(headers), places, reason)


def _plain(header: str, *, keep_brackets: bool = False) -> str:
    text = unicodedata.normalize("NFKC", header).casefold()
    return _MARKS.sub("", text if keep_brackets else _BRACKETS.sub("", text)).strip("()")


def title(names: Mapping[str, Sequence[str]], field: str, *, chinese: bool) -> str:
    """Return what a list of ours calls a field: the first of its known names in that language, so that it is known again."""
    known = next((name for name in names[field] if name.isascii() is not chinese), field)
    return known if chinese else known[:1].upper() + known[1:]
