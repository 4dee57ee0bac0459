"""Campaign material, its print runs and where each piece went: Materiale, Oplag, Lagerbevægelse."""

from datetime import date, datetime

from app.records.fields import NEEDED, day, instant, numbers, one_of, ref, some_of, text, whole
from app.records.record import Record


class Material(Record, table=True):
    """One kind of printed matter (domain.md 2.10)."""

    KIND, TITLE, OFFICE_ONLY = "material", "Materiale", True

    type: str = one_of("Type", "material_type", NEEDED)
    title: str = text("Titel", 80, NEEDED, least=1)
    languages: list[str] | None = some_of("Sprog", "language")
    unit: str | None = text("Enhed", 20, "stk.")
    pack: int | None = whole("Pakke", 1, 10000)
    min_stock: int | None = whole("Mindste lager", 0, 100000)
    quick: list[int] | None = numbers("Hurtigknapper")


class MaterialBatch(Record, table=True):
    """One print run of a material in one language (domain.md 2.10)."""

    __tablename__ = "material_batch"
    KIND, TITLE, OFFICE_ONLY = "material_batch", "Oplag", True

    material_id: str = ref("Materiale", "material", NEEDED)
    language: str = one_of("Sprog", "language", NEEDED)
    name: str = text("Oplag", 20, NEEDED, least=1)
    printed_on: date | None = day("Trykt")
    quantity: int | None = whole("Antal trykt", 1, 1_000_000)
    unit_cost_ore: int | None = whole("Stykpris i øre ekskl. moms", 0, 1_000_000)
    valid_from: date | None = day("Gælder fra")
    retired_on: date | None = day("Trukket tilbage")
    retired_reason: str | None = text("Hvorfor trukket tilbage", 140)


class StockMove(Record, table=True):
    """Some pieces of a batch went from one place to another. Append-only: the stock is the sum (domain.md 2.10)."""

    __tablename__ = "stock_move"
    KIND, TITLE, APPEND_ONLY, EVENT = "stock_move", "Lagerbevægelse", True, "occurred_at"

    batch_id: str = ref("Oplag", "material_batch", NEEDED)
    move: str = one_of("Bevægelse", "stock_move", NEEDED)
    quantity: int = whole("Antal", 1, 1_000_000, NEEDED)
    from_place: str = one_of("Fra", "stock_place", NEEDED)
    to_place: str = one_of("Til", "stock_place", NEEDED)
    practice_id: str | None = ref("Praksis", "practice")
    visit_id: str | None = ref("Besøg", "visit")
    occurred_at: datetime | None = instant("Tidspunkt")
