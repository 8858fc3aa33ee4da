"""The columns tables are made of, and what knows every table."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, Text

metadata = MetaData()


def text(name: str, **more: object) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="", **more)  # type: ignore[arg-type]


def whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def maybe(name: str) -> Column[int]:
    return Column(name, Integer)


def id_column() -> Column[str]:
    return Column("id", Text, primary_key=True)


def appended_id() -> list[Column[object]]:
    return [Column("seq", Integer, primary_key=True), Column("id", Text, nullable=False, unique=True)]


def reference(name: str, table: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, ForeignKey(f"{table}.id"), nullable=optional)


def figures_columns() -> list[Column[object]]:
    names = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate", "loss_yuan", "at_risk")
    return [*(maybe(name) for name in names), Column("hectares", Float)]
