"""What makes text run as a program, and what no longer seals or hashes well, stands nowhere in the code (ASVS 1.3, 3.2, 11.3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = list((ROOT / "app").rglob("*.py"))
SCRIPT = [file for folder in ("static/phone", "static/office", "service_worker") for file in (ROOT / folder).rglob("*.ts*")]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))
NEVER = {
    "text run as code, in Python": (r"(?<![\w.])(eval|exec)\(|\bpickle\b|\bmarshal\b|yaml\.load\b|render_template_string|from_string\(", PYTHON),
    "a shell": (r"shell=True|os\.system|os\.popen", PYTHON),
    "text run as code, in the browser": (r"(?<![\w.])eval\(|new Function\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write\(", SCRIPT),
    "text put into a page unescaped": (r"\|\s*safe\b(?<!\"\|safe)|autoescape false", TEMPLATES),
    "a mode or padding that is weak": (r"modes\.(ECB|CBC|CFB|OFB|CTR)|PKCS1v15|TripleDES|ARC4|Blowfish|AES-C(BC|TR)", PYTHON + SCRIPT),
    "a hash that is broken": (r"hashlib\.(md5|sha1)\b|hashes\.(MD5|SHA1)\b|['\"]SHA-1['\"]", PYTHON + SCRIPT),
}


@pytest.mark.parametrize("what", NEVER)
def test_it_stands_nowhere(what):
    words, files = NEVER[what]
    texts = {file.relative_to(ROOT): file.read_text("utf-8") for file in files if ".test." not in file.name}
    found = [f"{file}: {match[0]}" for file, text in texts.items() for match in re.finditer(words, text)]
    assert found == [] and len(files) > 20


@pytest.mark.parametrize(("what", "line"), [
    ("text run as code, in Python", "x = eval(words)"), ("a shell", "run(words, shell=True)"),
    ("text put into a page unescaped", "{{ note | safe }}"),
    ("text run as code, in the browser", "box.innerHTML = words"), ("a mode or padding that is weak", "modes.ECB()"),
    ("a hash that is broken", "hashlib.md5(x)")])
def test_it_would_be_seen(what, line):
    assert re.search(NEVER[what][0], line)
