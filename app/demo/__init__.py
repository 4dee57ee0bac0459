"""The demo project: two advisers, twenty practices, two years of work. Every person and figure is invented."""

from app.demo.fill import fill
from app.demo.people import sign_ins

NOTE = "Alle personer, praksisser og tal i demoen er opdigtede."

__all__ = ["NOTE", "fill", "sign_ins"]
