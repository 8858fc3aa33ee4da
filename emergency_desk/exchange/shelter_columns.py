"""What foreign lists of shelters call our fields, Japanese ones too. The first Chinese and the first English name are ours."""

from __future__ import annotations

from emergency_desk.exchange.columns import SITE_NAMES

# Flags of one hazard each, as lists after the Japanese standard of open data have them (eight), and Chinese ones by their words.
HAZARD_NAMES: dict[str, tuple[str, ...]] = {
    "fit_flood": ("fit for floods", "flood", "适用洪水", "洪水", "洪涝", "防洪", "災害種別_洪水"),
    "fit_landslide": ("fit for landslides", "landslide", "适用地质灾害", "地质灾害", "滑坡", "泥石流", "災害種別_崖崩れ、土石流及び地滑り",
                      "災害種別_崖崩れ、土石流及び地すべり", "崖崩れ、土石流及び地滑り"),
    "fit_surge": ("fit for storm surges", "storm surge", "适用风暴潮", "风暴潮", "台风", "災害種別_高潮", "高潮"),
    "fit_earthquake": ("fit for earthquakes", "earthquake", "适用地震", "地震", "防震", "災害種別_地震"),
    "fit_tsunami": ("fit for tsunamis", "tsunami", "适用海啸", "海啸", "災害種別_津波", "津波"),
    "fit_fire": ("fit for large fires", "large fire", "适用火灾", "火灾", "災害種別_大規模な火事", "大規模な火事"),
    "fit_inland_flood": ("fit for inland floods", "inland flood", "适用内涝", "内涝", "災害種別_内水氾濫", "内水氾濫"),
    "fit_volcano": ("fit for volcanoes", "volcano", "适用火山", "火山", "災害種別_火山現象", "火山現象"),
}
SHELTER_NAMES: dict[str, tuple[str, ...]] = {
    **{field: names for field, names in SITE_NAMES.items() if field != "capacity"},
    "province": (*SITE_NAMES["province"], "所在地_都道府県", "都道府県", "都道府県名"),
    "city": (*SITE_NAMES["city"], "所在地_市区町村", "市区町村", "市区町村名"),
    "street": (*SITE_NAMES["street"], "所在地_町字", "町字"),
    "area_code": (*SITE_NAMES["area_code"], "所在地_全国地方公共団体コード", "全国地方公共団体コード"),
    "name": (*SITE_NAMES["name"], "避难点名称", "安置点名称", "安置点", "場所名称", "施設名",
             "施設・場所名", "指定緊急避難場所名", "避難所名"),
    "name_en": (*SITE_NAMES["name_en"], "名称_英字"),
    "address": (*SITE_NAMES["address"], "所在地_連結表記", "住所"),
    "latitude": (*SITE_NAMES["latitude"], "緯度"),
    "longitude": (*SITE_NAMES["longitude"], "経度"),
    "phone": (*SITE_NAMES["phone"], "電話番号"),
    "code": (*SITE_NAMES["code"], "避难场所编号", "施設番号"),
    "places": ("places", "可容纳人数", *SITE_NAMES["capacity"], "容纳人员", "容纳人数（人）", "安置人数", "想定収容人数", "収容人数",
               "最大収容人数"),
    "effective_area_m2": (*SITE_NAMES["effective_area_m2"], "有效避难面积", "有效避难面积（平方米）", "避难面积（平方米）"),
    "tier": ("tier", "shelter tier", "级别", "避难场所级别", "场所级别", "层级", "管理层级"),
    "space": ("space", "indoor or outdoor", "室内外", "空间类型", "场地类型", "室内/室外"),
    "function": ("function", "功能类型", "综合性/单一性", "功能"),
    "duration": ("duration", "stay", "避难时长", "使用时长", "时长", "避难时长类别"),
    "class_51143": ("class gb 51143", "GB 51143类别", "场所等级", "避难场所类别", "避难场所类型", "避难类型"),
    "hazards": ("hazards", "fit for", "适用灾种", "适用灾害", "适用灾害类型", "避难种类", "应对灾种", "灾害种类"),
    "unfit_hazards": ("unfit hazards", "unfit for", "不适用灾种", "不适用灾害"),
    **HAZARD_NAMES,
    "facilities": ("facilities", "设施设备", "配套设施", "主要设施", "设施", "设备設施", "設備"),
    "keeper": ("keeper", "contact person", "contact", "管理员", "管理人", "管理人员", "责任人", "负责人", "联系人",
               "管护责任人"),
    "keeper_phone": ("keeper phone", "管理员电话", "责任人电话", "负责人电话", "联系人电话", "管理人电话", "管理员手机"),
    "keys_at": ("keys at", "keys", "钥匙存放处", "钥匙", "钥匙保管", "钥匙保管人"),
    "catchment": ("catchment", "serves", "服务范围", "服务片区", "责任区域", "服务社区", "覆盖范围",
                  "責任区", "対象となる町会・自治会", "対象町会"),
    "inspected": ("inspection", "检查结果", "检查结论", "安全鉴定", "鉴定结论"),
    "inspected_on": ("inspected on", "last inspection", "检查日期", "最近检查日期", "安全检查日期", "鉴定日期", "点検日", "点検年月日"),
    "repair": ("to be repaired", "待维修", "维修事项", "维修情况", "存在问题"),
    "signs_published": ("signs published", "标志已公布", "标识设置", "是否设置标识", "是否公布"),
    "vulnerable_fit": ("fit for vulnerable", "适合特殊人群", "无障碍", "无障碍设施", "バリアフリー"),
}
