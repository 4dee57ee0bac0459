"""What a phone is told when the app is put on its home screen (ecosystem.md ch. 6)."""

from __future__ import annotations

from typing import Any

COLOUR = "#0a5c4a"


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {"src": f"/static/icons/{name}-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _screenshot(name: str, sizes: str, form_factor: str, label: str) -> dict[str, str]:
    return {"src": f"/static/img/{name}.png", "sizes": sizes, "type": "image/png", "form_factor": form_factor, "label": label}


def _shortcut(name: str, short: str, route: str) -> dict[str, Any]:
    return {"name": name, "short_name": short, "url": f"/#/{route}", "icons": [_icon("icon", 192, "any")]}


MANIFEST: dict[str, Any] = {
    "id": "/",
    "name": "Rådgiver på hjul",
    "short_name": "På hjul",
    "description": "Rådgivernes notesbog på cykel: besøg og uddeling på under et halvt minut, også uden net.",
    "lang": "da",
    "dir": "ltr",
    "start_url": "/",
    "scope": "/",
    "display": "standalone",
    "display_override": ["standalone", "minimal-ui"],
    "orientation": "any",
    "theme_color": COLOUR,
    "background_color": "#ffffff",
    "categories": ["productivity", "business", "government"],
    "icons": [_icon("icon", 192, "any"), _icon("icon", 512, "any"), _icon("maskable", 192, "maskable"), _icon("maskable", 512, "maskable")],
    "screenshots": [
        _screenshot("today-narrow", "390x844", "narrow", "I dag: dagens praksisser i cykelrækkefølge"),
        _screenshot("visit-narrow", "390x844", "narrow", "Log besøg: tre tryk, også uden net"),
        _screenshot("today-wide", "1280x800", "wide", "I dag på en bred skærm"),
    ],
    "shortcuts": [_shortcut("Log besøg", "Besøg", "ny/besoeg"), _shortcut("Uddeling", "Uddeling", "ny/uddeling"),
                  _shortcut("Status", "Status", "status")],
    "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
    "prefer_related_applications": False,
}
