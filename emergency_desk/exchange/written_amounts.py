"""Amounts as lists of stock write them: "1,200瓶", "50箱", "3箱5瓶", "¥45.50", "300元/箱", "箱=24；托=960"; and how ours are written.

Whole numbers of the item's own unit come out, by the item's own packs; nothing is rounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.supplies import PackUnit, SupplyItem

_LONGEST = 60
_PART = re.compile(r"\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,18}(?:\.\d{1,6})?)\s*([^\d\s.,+-][^\d]*?)?\s*(?=\d|$)")
_MONEY = re.compile(r"¥?\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)\s*(?:元|yuan|cny|rmb)?\s*(?:/\s*(\S+))?", re.IGNORECASE)
_PACK = re.compile(r"\s*([^\d=×xX*]+?)\s*[=×xX*]\s*(\d{1,9})\s*\D*")
_MONTHS = re.compile(r"(\d{1,4})\s*(个月|月|months?|年|years?)?")
_PACK_MARK = "；"


def read_amount(name: str, written: str, item: SupplyItem, unit: str = "") -> int:
    """Return a quantity in the item's own unit; `unit` is what stands in a column of its own. Raises FieldUnreadable, FieldRefused."""
    text = unicodedata.normalize("NFKC", written).strip()
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST:
        return item.in_units(int(text), unit)
    is_negative = text.startswith(("-", "−"))
    text = text.lstrip("-−+")
    total, at = Decimal(0), 0
    while at < len(text):
        found = _PART.match(text, at) if len(text) <= _LONGEST else None
        if found is None:
            raise FieldUnreadable(name=name, typed=written[:_LONGEST], expected="12, 3箱, 3箱5瓶")
        total += Decimal(found[1].replace(",", "")) * item.in_units(1, (found[2] or "").strip() or unit)
        at = found.end()
    if not text or total != total.to_integral_value():
        raise FieldUnreadable(name=name, typed=written[:_LONGEST], expected="12, 3箱, 3箱5瓶")
    return -int(total) if is_negative else int(total)


def read_price(name: str, written: str, item: SupplyItem) -> int | None:
    """Return the price of one of the item's own unit in fen, None for an empty cell. Raises FieldUnreadable, FieldRefused."""
    text = unicodedata.normalize("NFKC", written).replace("￥", "¥").strip()
    if not text:
        return None
    found = _MONEY.fullmatch(text)
    fen = Decimal(found[1].replace(",", "")) * 100 / item.in_units(1, found[2] or "") if found else None
    if fen is None or fen != fen.to_integral_value():
        raise FieldUnreadable(name=name, typed=written[:_LONGEST], expected="45.50, ¥45.50, 300元/箱")
    return int(fen)


def plain_amount(written: str) -> tuple[int, str]:
    """Return number and unit of one whole amount; (0, "") for anything that `read_amount` must look at more closely."""
    found = _PART.fullmatch(unicodedata.normalize("NFKC", written).strip()) if len(written) <= _LONGEST else None
    if found is None or "." in found[1]:
        return 0, ""
    return int(found[1].replace(",", "")), (found[2] or "").strip()


def plain_price(written: str) -> int | None:
    """Return a price that needs no item to be read, in fen, None for an empty cell; -1 for anything `read_price` must look at more closely."""
    if not written:
        return None
    found = _MONEY.fullmatch(unicodedata.normalize("NFKC", written).replace("￥", "¥").strip())
    fen = Decimal(found[1].replace(",", "")) * 100 if found and not found[2] else None
    return -1 if fen is None or fen != fen.to_integral_value() else int(fen)


def price_text(fen: int | None) -> str:
    """Write a price as `read_price` reads it."""
    return "" if fen is None else f"{fen // 100}.{fen % 100:02d}"


def read_packs(written: str) -> tuple[PackUnit, ...]:
    """Read "箱=24；托=960" or "箱×24瓶". Raises FieldUnreadable."""
    made = []
    for part in filter(str.strip, re.split(r"[;；,，、\n]", unicodedata.normalize("NFKC", written))):
        found = _PACK.fullmatch(part)
        if found is None:
            raise FieldUnreadable(name="packs", typed=part[:_LONGEST], expected="箱=24；托=960")
        made.append(PackUnit(found[1], int(found[2])))
    return tuple(made)


def packs_text(packs: Iterable[PackUnit]) -> str:
    """Write packs as `read_packs` reads them."""
    return _PACK_MARK.join(f"{pack.name}={pack.holds}" for pack in packs)


def read_months(written: str) -> int | None:
    """Read "36", "36个月" or "3年"; None for an empty cell. Raises FieldUnreadable."""
    text = unicodedata.normalize("NFKC", written).strip().lower()
    if not text:
        return None
    found = _MONTHS.fullmatch(text)
    if found is None:
        raise FieldUnreadable(name="shelf_months", typed=written[:_LONGEST], expected="36, 36个月, 3年")
    return int(found[1]) * (12 if (found[2] or "").startswith(("年", "year")) else 1)
