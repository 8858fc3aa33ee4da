"""By what words foreign lists tell what a shelter is by the standards, and the hazards it is fit for. The first that fits counts."""

from __future__ import annotations

from emergency_desk.domain.shelters import Class51143, Inspected, ShelterDuration, ShelterFunction, ShelterSpace, ShelterTier
from emergency_desk.exchange.kind_words import Words

TIERS: Words[ShelterTier] = (
    (ShelterTier.TOWNSHIP, ("street", "township", "town", "乡", "镇", "街道")),
    (ShelterTier.VILLAGE, ("village", "community", "村", "社区")),
    (ShelterTier.COUNTY, ("county", "district", "县", "区")),
    (ShelterTier.PROVINCE, ("province", "provincial", "省")),
    (ShelterTier.CITY, ("city", "municipal", "市")),
)
SPACES: Words[ShelterSpace] = (
    (ShelterSpace.INDOOR, ("indoor", "室内", "屋内", "场馆")), (ShelterSpace.OUTDOOR, ("outdoor", "室外", "屋外", "场地", "露天")),
)
FUNCTIONS: Words[ShelterFunction] = (
    (ShelterFunction.COMPREHENSIVE, ("comprehensive", "综合")), (ShelterFunction.SINGLE, ("single", "单一", "特定")),
)
DURATIONS: Words[ShelterDuration] = (
    (ShelterDuration.EMERGENCY, ("emergency", "紧急")), (ShelterDuration.LONG, ("long", "长期")), (ShelterDuration.SHORT, ("short", "短期")),
)
CLASSES: Words[Class51143] = (
    (Class51143.CENTRE, ("centre", "center", "中心")), (Class51143.FIXED_LONG, ("fixed long", "固定.*长期", "长期固定")),
    (Class51143.FIXED_MEDIUM, ("fixed medium", "固定.*中期", "中期固定")), (Class51143.FIXED_SHORT, ("fixed", "固定")),
    (Class51143.EMERGENCY, ("emergency", "紧急")),
)
INSPECTIONS: Words[Inspected] = (
    (Inspected.UNFIT, ("unfit", "failed", "不合格", "不安全", "危房", "[cd]级")),
    (Inspected.NOT_YET, ("never", "not yet", "未检", "未鉴定", "待检")),
    (Inspected.FIT, ("fit", "passed", "合格", "安全", "完好", "[ab]级")),
)
# What a word of a hazard means among the kinds of incident; none for those that the desk has no kind for, which stand in the note.
HAZARDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("earthquake",), ("earthquake", "地震")),
    (("landslide",), ("landslide", "debris", "地质", "滑坡", "泥石流", "崩塌", "崖崩れ")),
    (("forest_fire",), ("forest", "森林")),
    (("hazmat",), ("hazmat", "chemical", "危化", "危险化学", "毒气", "化学")),
    (("explosion",), ("explosion", "爆炸")),
    (("snow_ice",), ("snow", "ice", "雪", "冰冻", "低温")),
    (("typhoon", "rainstorm_flood"), ("气象",)),
    (("typhoon",), ("typhoon", "storm surge", "surge", "台风", "风暴潮", "高潮")),
    (("rainstorm_flood",), ("flood", "rain", "洪", "暴雨", "内涝", "涝", "汛", "内水")),
    (("building_fire",), ("fire", "火灾", "火事")),
)
OF_FLAGS: dict[str, tuple[str, ...]] = {
    "fit_flood": ("rainstorm_flood",), "fit_inland_flood": ("rainstorm_flood",), "fit_landslide": ("landslide",), "fit_surge": ("typhoon",),
    "fit_earthquake": ("earthquake",), "fit_fire": ("building_fire", "forest_fire"), "fit_tsunami": (), "fit_volcano": (),
}
YES = frozenset({"yes", "y", "true", "1", "1.0", "是", "可", "可以", "适用", "适合", "√", "✓", "○", "◯", "〇", "●", "有", "適", "対応", "fit"})
NO = frozenset({"no", "n", "false", "0", "0.0", "否", "不可", "不适用", "不适合", "×", "✕", "x", "无", "不適", "unfit"})
BLANK = frozenset({"", "-", "－", "—", "/", "ー"})
