"""Looks at every HTML page a test opens: language, headings, labels, ids, the strict CSP and the words on screen."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient

FORBIDDEN = re.compile(r"bevilge|bevilling|visitere[td]|\bafgørelse|sanktion|\bklient(?!el)|udeblev|\bdeltagere? i projektet"
                       r"|\b(submit|error|sync|login|log in|settings|delete|save|upload|dashboard|user|back|next)\b", re.IGNORECASE)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LABELLED = {"input", "select", "textarea"}
NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """What one page holds, gathered in one walk."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.fields: list[tuple[str, dict[str, str], bool]] = []
        self.labels: set[str] = set()
        self.pointers: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.named: dict[int, list[str]] = {}
        self.title = ""
        self.lang = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = {name: value or "" for name, value in attributes}
        self.tags[tag] += 1
        if "id" in given:
            self.ids[given["id"]] += 1
        self._strict(tag, given)
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "label" and "for" in given:
            self.labels.add(given["for"])
        if tag in LABELLED and given.get("type") not in NO_LABEL:
            self.fields.append((tag, given, any(name == "label" for name, _ in self.open)))
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            self.pointers += [(name, id) for id in given.get(name, "").split()]
        if tag == "a" and given.get("href", "").startswith("#") and len(given["href"]) > 1:
            self.pointers.append(("href", given["href"][1:]))
        if tag == "img" and "alt" not in given:
            self.faults.append("et billede uden alt")
        for name in ("title", "placeholder", "alt", "aria-label"):
            self.words.append(given.get(name, ""))
        if tag not in VOID:
            self.open.append((tag, given))
        if tag in ("button", "a", "caption", "legend", "h1", "h2", "h3"):
            self.named[len(self.open)] = [given.get("aria-label", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> lukker {self.open[-1][0] if self.open else 'intet'}")
            return
        texts = self.named.pop(len(self.open), None)
        if texts is not None and not "".join(texts).strip() and not (tag == "a" and "href" not in self.open[-1][1]):
            self.faults.append(f"<{tag}> uden ord")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        inside = self.open[-1][0] if self.open else ""
        if inside == "title" and not any(tag == "svg" for tag, _ in self.open):
            self.title += data
        if inside in ("script", "style"):
            if data.strip():
                self.faults.append(f"indlejret <{inside}>")
            return
        if not any(given.get("lang", "da") != "da" for tag, given in self.open if tag != "html"):
            self.words.append(data)
        for texts in self.named.values():
            texts.append(data)

    def _strict(self, tag: str, given: dict[str, str]) -> None:
        if tag == "style" or "style" in given:
            self.faults.append(f"stil indlejret i <{tag}>")
        self.faults += [f"{name} på <{tag}>" for name in given if name.startswith("on")]
        if any(given.get(name, "").lower().startswith("javascript:") for name in ("href", "action", "formaction")):
            self.faults.append("javascript: i en adresse")
        if given.get("target") == "_blank" and "noopener" not in given.get("rel", ""):
            self.faults.append("target=_blank uden noopener")

    def problems(self) -> list[str]:
        """Everything wrong with the page, in Danish as the page is."""
        found = list(self.faults)
        found += [f"lang er »{self.lang}«"] * (self.lang != "da")
        found += [f"{self.tags['h1']} h1"] * (self.tags["h1"] != 1)
        found += [f"{self.tags['main']} main"] * (self.tags["main"] != 1)
        found += ["ingen titel"] * (not self.title.strip())
        found += [f"id »{id}« står {count} gange" for id, count in self.ids.items() if count > 1]
        found += [f"{name} peger på »{id}«, som ikke findes" for name, id in self.pointers if id not in self.ids]
        found += [f"<{tag} name={given.get('name')}> uden label" for tag, given, inside in self.fields if not self._has_label(given, inside)]
        found += ["en tabel uden caption"] * (self.tags["caption"] < self.tags["table"])
        found += [f"»{word[0]}« på skærmen" for text in [self.title, *self.words] if (word := FORBIDDEN.search(text))]
        return found

    def _has_label(self, given: dict[str, str], inside: bool) -> bool:
        return inside or given.get("id") in self.labels or bool(given.get("aria-label") or given.get("aria-labelledby"))


def inspect(html: str) -> None:
    """Raises with every fault of the page at once."""
    problems = Page(html).problems()
    assert not problems, "Siden har fejl: " + "; ".join(problems)


class InspectingClient(FlaskClient):
    """A test client that looks at each HTML page it gets, also error pages. `app.test_client_class = InspectingClient`."""

    def open(self, *arguments: Any, **more: Any) -> Any:
        response = super().open(*arguments, **more)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 307, 308) and response.data:
            inspect(response.get_data(as_text=True))
        return response
