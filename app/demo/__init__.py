"""The demo project: two advisers, twenty practices, two years of work. Every person and figure is invented."""

from app.demo.fill import fill
from app.demo.people import sign_ins

__all__ = ["fill", "sign_ins"]
