"""Writes the phone's types, titles, limits and code lists out of the records: `static/phone/generated/records.ts`."""

from __future__ import annotations

import csv
import json
from typing import Any

from app.records import KINDS
from app.records.codes import CATALOGUE, code_list, code_lists
from app.records.project import INVENTED
from app.records.record import Record
from app.records.wire import Spec, specs

PLAIN = {"text": "string", "whole": "number", "decimal": "number", "flag": "boolean", "ref": "string",
         "instant": "string", "day": "string", "numbers": "number[]", "entries": "Record<string, string>[]"}
MORE_LISTS = ("consent_status", "material_type", "role", "sync_state")  # said on the phone, though no field holds them


def source() -> str:
    """The whole generated file as text. The same records give the same bytes."""
    parts = ["// Generated from app/records by `python3 -m app generate`. Never edit by hand.\n"]
    parts += [_interface(cls) for cls in KINDS.values()]
    parts.append("export interface Kinds {\n" + "".join(f"  {k}: {c.__name__};\n" for k, c in KINDS.items()) + "}\n")
    parts.append("export type Kind = keyof Kinds;\n")
    parts.append(_table("SCHEMA_VERSION", "Record<Kind, number>", {k: c.VERSION for k, c in KINDS.items()}))
    parts.append(_table("SETS", "Record<Kind, readonly string[]>",
                        {k: [s.name for s in specs(c).values() if s.is_set] for k, c in KINDS.items()}))
    parts.append(_table("APPEND_ONLY", "readonly Kind[]", [k for k, c in KINDS.items() if c.APPEND_ONLY]))
    parts.append(_table("OFFICE_ONLY", "readonly Kind[]", [k for k, c in KINDS.items() if c.OFFICE_ONLY]))
    parts.append(_table("FIELDS", "{ [K in Kind]: Record<string, FieldInfo> }", {k: _infos(c) for k, c in KINDS.items()}, FIELD_INFO))
    parts.append(_table("CODES", "Record<string, readonly { code: string; label: string }[]>",
                        {n: [{"code": c, "label": t} for c, t in code_lists()[n].labels.items()] for n in _lists()}))
    parts.append(_table("CLOSED_DAYS", "Record<string, string>", _closed_days()))
    parts.append(_table("INVENTED", "string", INVENTED))
    return "\n".join(parts)


FIELD_INFO = ("export interface FieldInfo { title: string; shape: string; required?: boolean; codes?: string; "
              "least?: number; most?: number; hint?: string; pattern?: string; to?: Kind }\n")


def _interface(cls: type[Record]) -> str:
    lines = "".join(f"  {s.name}{'' if s.required else '?'}: {_type(s)};\n" for s in specs(cls).values())
    return f"/** {cls.TITLE} */\nexport interface {cls.__name__} {{\n{lines}}}\n"


def _type(spec: Spec) -> str:
    if spec.shape in ("code", "codes"):
        union = " | ".join(json.dumps(c) for c in code_list(spec.options["codes"]).codes)
        return f"({union})[]" if spec.shape == "codes" else union
    return PLAIN[spec.shape]


def _infos(cls: type[Record]) -> dict[str, dict[str, Any]]:
    kept = ("codes", "least", "most", "hint", "pattern")
    return {s.name: {"title": s.title, "shape": s.shape, **({"required": True} if s.required else {}),
                     **({"to": s.options["kind"]} if s.shape == "ref" else {}),
                     **{k: s.options[k] for k in kept if s.options.get(k)}} for s in specs(cls).values()}


def _lists() -> list[str]:
    """Every code list that a field is chosen from, and those that are only said."""
    named = {str(spec.options["codes"]) for cls in KINDS.values() for spec in specs(cls).values() if spec.options.get("codes")}
    return sorted(named | set(MORE_LISTS))


def _table(name: str, kind: str, value: Any, before: str = "") -> str:
    return f"{before}export const {name}: {kind} = {json.dumps(value, ensure_ascii=False, indent=1)};\n"


def _closed_days() -> dict[str, str]:
    with (CATALOGUE / "holidays.csv").open(encoding="utf-8") as file:
        return {row["dato"]: row["navn"] for row in csv.DictReader(file, delimiter=";") if row["dato"] >= "2025"}
