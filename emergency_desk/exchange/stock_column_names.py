"""What foreign lists of stock call our fields: lots, items, depots, promises, targets. The first Chinese and the first English name are ours."""

from __future__ import annotations

from emergency_desk.exchange.columns import PLACE_NAMES, SITE_NAMES

_NOTE = ("comments", "comment", "note", "notes", "remarks", "备注", "说明")
_UNIT = ("unit", "unit of measure", "uom", "计量单位", "单位", "数量单位", "最小单位")
_KIND = ("kind", "reserve kind", "储备方式", "储备形式", "储备类型", "类型", "类别")
_OWNER = ("reserve owner", "储备主体", "储备性质", "所有权")
_ITEM: dict[str, tuple[str, ...]] = {
    "item": ("item", "item name", "goods", "name", "product", "物资名称", "物资", "品名", "名称", "货品名称", "产品名称", "商品名称", "物品名称"),
    "item_code": ("item code", "code", "goods code", "物资编码", "物资代码", "编码", "代码", "分类编码", "物资编号", "货品编码"),
    "specification": ("specification", "spec", "model", "规格型号", "规格", "型号", "型号规格"),
}
_DEPOT: dict[str, tuple[str, ...]] = {
    "depot": ("depot", "warehouse", "depot name", "仓库", "仓库名称", "库房", "储备库", "储备点", "存放仓库", "所在仓库", "存放地点"),
    "depot_code": ("depot code", "warehouse code", "仓库编号", "仓库编码", "仓库代码"),
}
ITEM_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("code", "item code", "no", "物资编码", "编码", "分类编码", "代码", "物资代码", "编号", "物资编号", "id"),
    "name": _ITEM["item"],
    "name_en": ("english name", "name en", "name english", "英文名称", "英文名"),
    "specification": _ITEM["specification"],
    "unit": _UNIT,
    "packs": ("packs", "pack", "packaging", "包装换算", "包装", "包装规格", "换算"),
    "shelf_months": ("shelf life months", "shelf life", "保质期月数", "保质期", "保质月数"),
    "note": _NOTE,
}
LOT_NAMES: dict[str, tuple[str, ...]] = {
    **_ITEM, **_DEPOT,
    "zone": ("zone", "库区", "分区", "区域"),
    "bin": ("bin", "location", "shelf", "货位", "库位", "货位号", "货架", "架位", "储位"),
    "number": ("lot number", "lot", "lot no", "batch", "batch number", "批号", "批次", "批次号", "生产批号", "产品批号"),
    "quantity": ("quantity", "amount", "stock", "on hand", "数量", "库存", "库存数量", "现存量", "结存", "在库数量", "实存数量", "入库数量"),
    "unit": _UNIT,
    "quarantined": ("quarantined", "quarantined quantity", "隔离数量", "待处理数量"),
    "produced_on": ("produced on", "production date", "manufactured", "生产日期", "出厂日期", "制造日期"),
    "expires_on": ("expires on", "expiry", "expiry date", "best before", "有效期至", "到期日", "到期日期", "失效日期", "有效期", "保质期至",
        "截止日期"),
    "received_on": ("received on", "receipt date", "入库日期", "入库时间", "收货日期", "验收日期"),
    "source": ("source", "来源", "物资来源", "入库方式"),
    "supplier": ("supplier", "vendor", "供应商", "供货单位", "厂家", "生产厂家", "捐赠单位"),
    "origin": ("origin", "产地", "原产地"),
    "price": ("unit price", "price", "单价", "单价元", "采购单价", "参考单价"),
    "inspection": ("inspection", "inspection state", "quality", "检验状态", "质检状态", "检验结果", "质检", "质量状态"),
    "inspected_on": ("inspected on", "检验日期", "质检日期"),
    "responsible": ("responsible", "责任人", "保管责任人", "保管员", "负责人"),
    "note": _NOTE,
}
DEPOT_NAMES: dict[str, tuple[str, ...]] = {
    **{field: names for field, names in SITE_NAMES.items() if field not in ("kind", "capacity", "effective_area_m2")},
    "kind": ("depot kind", "kind", "type", "仓库类型", "类型", "库类型", "类别"),
    "reserve_owner": _OWNER,
    "keeper": ("keeper", "保管员", "管理员", "库管员", "仓管员", "负责人", "仓库保管员", "联系人"),
    "night_phone": ("24 hour phone", "24小时电话", "24小时值班电话"),
    "kept_for": ("kept for", "代储单位", "委托单位", "货主"),
    "docks": ("docks", "loading docks", "装卸平台", "装卸平台数", "月台"),
    "forklifts": ("forklifts", "叉车", "叉车数"),
    "largest_truck_tonnes": ("largest truck tonnes", "largest lorry tonnes", "最大车辆吨位", "可进车辆吨位"),
    "loading_minutes": ("loading minutes", "装车分钟", "装车时间"),
    "loading_note": ("loading note", "装卸说明"),
    "counted_on": ("counted on", "last count", "盘点日期", "最近盘点日期"),
}
PROMISE_NAMES: dict[str, tuple[str, ...]] = {
    **PLACE_NAMES,
    "name": ("partner", "supplier", "协议单位", "协议方", "签约单位", "企业", "企业名称", "生产企业", "供应商", "单位名称", "合作单位"),
    "number": ("agreement number", "number", "no", "协议编号", "协议号", "编号", "合同编号"),
    "kind": _KIND,
    **_ITEM,
    "reserve_owner": _OWNER,
    "quantity": ("quantity", "amount", "协议数量", "数量", "协议储备量"),
    "call_off_hours": ("call off hours", "delivery hours", "到货小时", "到货时限", "供货时限", "交付时限"),
    "units_a_day": ("units a day", "daily output", "日产能", "日产量", "日生产能力"),
    "start_up_days": ("start up days", "启动天数", "转产天数", "转产时间"),
    "unit": _UNIT,
    "contact": ("contact", "contact person", "联系人", "负责人"),
    "phone": ("phone", "telephone", "tel", "mobile", "联系电话", "电话", "手机", "值班电话"),
    "terms": ("terms", "协议内容", "条款", "内容"),
    "signed_on": ("signed on", "签订日期", "签署日期", "签约日期"),
    "valid_until": ("valid until", "expires", "有效期至", "有效期", "到期日", "截止日期"),
}
TARGET_NAMES: dict[str, tuple[str, ...]] = {
    **PLACE_NAMES, **_ITEM,
    "kind": _KIND, **_DEPOT,
    "minimum": ("minimum", "最低储备量", "最低库存", "下限", "安全库存"),
    "target": ("target", "目标储备量", "储备目标", "储备定额", "定额", "目标"),
    "most": ("most", "maximum", "最高储备量", "最高库存", "上限"),
    "unit": _UNIT,
    "basis": ("basis", "依据", "文件依据"),
}
