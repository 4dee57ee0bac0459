"""The kinds of field a record can have: each call gives column, wire type, Danish title and limits at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Date, Float, String
from sqlmodel import Field
from sqlmodel._compat import Undefined

NEEDED: Any = Undefined


def _field(title: str, default: Any, shape: dict[str, Any], **more: Any) -> Any:
    return Field(default=default, title=title, nullable=True, schema_extra={"json_schema_extra": shape}, **more)


def text(title: str, most: int, default: Any = None, *, least: int = 0, pattern: str | None = None,
         hint: str = "") -> Any:
    """Free text of at most `most` characters; the CPR guard reads it (sync.md ch. 13)."""
    return _field(title, default, {"shape": "text", "most": most, "least": least, "pattern": pattern, "hint": hint})


def whole(title: str, least: int, most: int, default: Any = None) -> Any:
    """A whole number within limits."""
    return _field(title, default, {"shape": "whole", "least": least, "most": most})


def decimal(title: str, least: float, most: float, default: Any = None) -> Any:
    return _field(title, default, {"shape": "decimal", "least": least, "most": most}, sa_type=Float)


def flag(title: str, default: Any = None) -> Any:
    return _field(title, default, {"shape": "flag"})


def one_of(title: str, list_name: str, default: Any = None) -> Any:
    """One value of a code list."""
    return _field(title, default, {"shape": "code", "codes": list_name}, sa_type=String(40))


def some_of(title: str, list_name: str, default: Any = None, *, most: int = 20) -> Any:
    """A set of values of a code list: order and repeats do not matter, merges as a set."""
    return _field(title, default, {"shape": "codes", "codes": list_name, "most": most}, sa_type=JSON(none_as_null=True))


def numbers(title: str, default: Any = None, *, most: int = 10) -> Any:
    """A set of whole numbers."""
    return _field(title, default, {"shape": "numbers", "most": most}, sa_type=JSON(none_as_null=True))


def entries(title: str, columns: dict[str, str], default: Any = None, *, most: int = 40) -> Any:
    """A set of small objects; `columns` is key → Danish title. Every value is text of at most 200 characters."""
    return _field(title, default, {"shape": "entries", "columns": columns, "most": most}, sa_type=JSON(none_as_null=True))


def ref(title: str, kind: str, default: Any = None) -> Any:
    """The id of another record; unknown to the server = held."""
    return _field(title, default, {"shape": "ref", "kind": kind}, sa_type=String(36))


def instant(title: str, default: Any = None) -> Any:
    """A moment, kept in UTC."""
    return _field(title, default, {"shape": "instant"})


def day(title: str, default: Any = None) -> Any:
    """A calendar date in Europe/Copenhagen."""
    return _field(title, default, {"shape": "day"}, sa_type=Date)
