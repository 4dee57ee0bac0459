"""What the phone keeps in order to open without signal: the shell page, the built files, the list of both."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from flask import render_template

from app.config import ROOT

STATIC = ROOT / "static"
DIST = STATIC / "dist"
KILL_SWITCH = ROOT / "service_worker" / "kill.js"


def built() -> dict[str, Any]:
    """manifest.json of the last build: {"phone": {"js", "css"}, "office": {…}, "files": […]}."""
    found: dict[str, Any] = json.loads((DIST / "manifest.json").read_text())
    return found


def html() -> str:
    """The shell page: the same bytes for everybody, so that it may lie in a cache."""
    return render_template("field/shell.html", built=built()["phone"])


def manifest_text(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1)


def precache(manifest: dict[str, Any]) -> list[dict[str, str | None]]:
    """Every file the phone needs, each with its hash: one wrong byte fails the install and the old shell stays.

    A captive portal's page with status 200 is a wrong byte."""
    files: list[dict[str, str | None]] = [_entry(f"/static/dist/{name}", (DIST / name).read_bytes(), hashed=True) for name in built()["files"]]
    icons = {icon["src"] for icon in manifest["icons"]} | {"/static/icons/apple-180.png"}
    fixed = [_entry(path, (ROOT / path.lstrip("/")).read_bytes()) for path in sorted(icons)]
    pages = [_entry("/", html().encode()), _entry("/manifest.webmanifest", manifest_text(manifest).encode())]
    return [*files, *fixed, *pages]


def _entry(url: str, content: bytes, hashed: bool = False) -> dict[str, str | None]:
    digest = hashlib.sha256(content)
    return {"url": url, "revision": None if hashed else digest.hexdigest(),
            "integrity": "sha256-" + base64.b64encode(digest.digest()).decode()}


def worker(manifest: dict[str, Any]) -> str:
    listed = json.dumps(precache(manifest), ensure_ascii=False, separators=(",", ":"))
    return f"self.__PRECACHE={listed};\n{(DIST / 'worker.js').read_text()}"


def kill_switch() -> str:
    return KILL_SWITCH.read_text()


def packed_twin(path: str) -> bytes | None:
    """The .gz beside a file in dist, if the build made one."""
    name = path.removeprefix("/static/dist/")
    if name == path or "/" in name:
        return None
    twin = Path(DIST / f"{name}.gz")
    return twin.read_bytes() if twin.is_file() else None
