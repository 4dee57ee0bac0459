"""The data package that an evaluator's tools read: every table with its columns, types and dialect (frictionlessdata.io)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from app.clock import COPENHAGEN
from app.export.columns import schema
from app.export.sheets import Sheet

NAME = "datapackage.json"
DIALECT = {"delimiter": ";", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def data_package(title: str, name: str, version: str, as_of: datetime, sheets: list[Sheet], note: str = "") -> bytes:
    """`name`: RPH_2026-10_v1. `sheets`: every CSV of the package, in order."""
    told = {"profile": "tabular-data-package", "name": name.lower(), "title": title, "version": version,
            "created": as_of.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
            **({"description": note} if note else {}), "resources": [_resource(sheet) for sheet in sheets]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _resource(sheet: Sheet) -> dict[str, object]:
    content = sheet.content
    return {"profile": "tabular-data-resource", "name": sheet.name.removesuffix(".csv").replace("_", "-"), "path": sheet.name, "title": sheet.title,
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig", "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "dialect": DIALECT, "schema": schema(sheet.columns)}
