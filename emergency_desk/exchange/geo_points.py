"""Points of a GeoJSON file as rows: their properties by name, and their position (RFC 7946: longitude first, WGS-84)."""

from __future__ import annotations

import json
from typing import Any

from emergency_desk.domain.errors import BadFile


def looks_like_one(content: bytes) -> bool:
    """Say whether the content is a JSON object."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"' in content[:1000] and not content.startswith(b"{\\rtf")


def read_rows(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    """Return headers and one row a point, numbered as they stand. Raises BadFile."""
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadFile(name=name, reason="damaged", detail=str(error)[:200]) from error
    features = whole.get("features") if isinstance(whole, dict) and whole.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        raise BadFile(name=name, reason="not_a_table")
    points = [_point(feature) for feature in features if isinstance(feature, dict)]
    titles = list(dict.fromkeys(title for properties, _position in points for title in properties if title not in _POSITION))
    rows = [[*titles, *_POSITION]] if points else []
    rows += [[*(_text(properties.get(title)) for title in titles), *position] for properties, position in points]
    return list(enumerate(rows, start=1))


_POSITION = ("longitude", "latitude")


def _point(feature: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, str]]:
    properties, shape = feature.get("properties"), feature.get("geometry")
    where = shape.get("coordinates") if isinstance(shape, dict) and shape.get("type") == "Point" else None
    position = (_text(where[0]), _text(where[1])) if isinstance(where, list) and len(where) >= 2 else ("", "")
    return properties if isinstance(properties, dict) else {}, position


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
