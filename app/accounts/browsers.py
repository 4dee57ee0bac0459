"""Which program on which machine a session came from, in words that its owner recognises."""

from __future__ import annotations

# The first that is found counts: every browser also names those it descends from.
PROGRAMS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
MACHINES = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "Chromebook"), ("Macintosh", "Mac"),
            ("Linux", "Linux"))


def browser_words(agent: str) -> str:
    """"Chrome på Android"; "Ukendt program" for what is no browser."""
    program = next((words for mark, words in PROGRAMS if mark in agent), "Ukendt program")
    machine = next((words for mark, words in MACHINES if mark in agent), "")
    return f"{program} på {machine}" if machine else program
