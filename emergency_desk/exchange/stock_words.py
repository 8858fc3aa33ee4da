"""By what words foreign lists tell how a lot came, what its inspection found, and what sort of depot, reserve and owner a row speaks of."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from emergency_desk.domain.stock import Inspection, LotSource
from emergency_desk.domain.supplies import DepotKind, ReserveKind, ReserveOwner
from emergency_desk.exchange.kind_words import Words

Kind = TypeVar("Kind", bound=StrEnum)

# The first that fits counts: "不合格" holds "合格".
INSPECTIONS: Words[Inspection] = (
    (Inspection.FAILED, ("failed", "not passed", "不合格", "未通过", "报废")),
    (Inspection.NOT_YET, ("not inspected", "not yet", "pending", "未检", "待检", "尚未检验", "未质检", "未检验")),
    (Inspection.PASSED, ("passed", "ok", "合格", "通过", "完好", "正常", "良好")),
)
LOT_SOURCES: Words[LotSource] = (
    (LotSource.OPENING, ("opening", "found when the books were opened", "期初", "建账", "盘点", "开账")),
    (LotSource.REQUISITION, ("requisition", "requisitioned", "征用")),
    (LotSource.DONATION, ("donation", "donated", "gift", "捐")),
    (LotSource.TRANSFER, ("transfer", "transferred in", "调拨", "调入", "划拨", "移交")),
    (LotSource.PURCHASE, ("purchase", "bought", "采购", "购", "自购")),
)
DEPOT_KINDS: Words[DepotKind] = (
    (DepotKind.CONSIGNED, ("consigned", "consigned stock", "代储", "代存", "寄存")),
    (DepotKind.LOGISTICS, ("logistics", "logistics point", "物流", "中转")),
    (DepotKind.VILLAGE_ROOM, ("village", "village reserve room", "村", "社区")),
    (DepotKind.STREET_POINT, ("street", "street reserve point", "街道", "镇", "乡")),
    (DepotKind.WAREHOUSE, ("warehouse", "reserve warehouse", "depot", "仓库", "储备库", "中心库", "库")),
)
RESERVE_KINDS: Words[ReserveKind] = (
    (ReserveKind.CAPACITY, ("capacity", "production capacity", "产能", "生产能力", "能力储备")),
    (ReserveKind.CONTRACT, ("contract", "agreement", "agreed deliveries", "协议", "约定", "社会化")),
    (ReserveKind.PHYSICAL, ("physical", "goods", "goods in stock", "实物", "库存")),
)
OWNERS: Words[ReserveOwner] = (
    (ReserveOwner.GOVERNMENT, ("government", "政府", "财政", "国有")),
    (ReserveOwner.ENTERPRISE, ("enterprise", "company", "企业", "公司", "商业")),
    (ReserveOwner.SOCIETY, ("society", "social", "社会", "家庭")),
)
HOURS = {"": 1, "小时": 1, "h": 1, "hours": 1, "hour": 1, "时": 1, "天": 24, "日": 24, "d": 24, "days": 24, "day": 24}
DAYS = {"": 1, "天": 1, "日": 1, "d": 1, "days": 1, "day": 1, "周": 7, "weeks": 7, "week": 7}
OF_KIND: dict[type[StrEnum], Words[StrEnum]] = {
    Inspection: INSPECTIONS, LotSource: LOT_SOURCES, DepotKind: DEPOT_KINDS, ReserveKind: RESERVE_KINDS, ReserveOwner: OWNERS,
}
