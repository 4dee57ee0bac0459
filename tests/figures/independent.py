"""Another count of the same months, written apart from app/figures: plain SQL text and plain Python."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import text

VISITS = text("""
    SELECT substr(CAST(v.event_date AS TEXT), 1, 7) AS month, COALESCE(p.district, '') AS district, v.outcome, v.met_roles
    FROM visit v LEFT JOIN practice p ON p.id = v.practice_id
    WHERE NOT v.deleted AND v.mode = 'IN_PERSON' AND v.project_id = :project""")
MOVES = text("""
    SELECT substr(CAST(m.event_date AS TEXT), 1, 7) AS month, COALESCE(p.district, '') AS district, m.move, m.quantity
    FROM stock_move m LEFT JOIN practice p ON p.id = m.practice_id
    WHERE NOT m.deleted AND m.move IN ('HANDED_OUT', 'RETURNED') AND m.project_id = :project""")
TALKS = text("""
    SELECT substr(CAST(t.event_date AS TEXT), 1, 7) AS month, COALESCE(t.district, p.district, h.district, '') AS district
    FROM talk t LEFT JOIN practice p ON p.id = t.practice_id
    LEFT JOIN citizen c ON c.id = t.citizen_id LEFT JOIN practice h ON h.id = c.first_practice_id
    WHERE NOT t.deleted AND t.project_id = :project""")
CORRECTIONS = text("""
    SELECT month, indicator, district, SUM(delta) AS delta FROM correction
    WHERE project_id = :project AND delta IS NOT NULL GROUP BY month, indicator, district""")


def counted(tx, project_id: str) -> Counter:
    """(month, indicator, district) → what P2, P3, P5, M1 and S1 are today; lines of zero are left out."""
    found: Counter = Counter()
    for row in tx.execute(VISITS, {"project": project_id}):
        line = (row.month, row.district)
        if row.outcome in ("COMPLETED", "DESK_ONLY"):
            found[line[0], "P2", line[1]] += 1
            found[line[0], "P5", line[1]] += "DOCTOR" in str(row.met_roles)
        if row.outcome in ("NO_TIME", "CLOSED"):
            found[line[0], "P3", line[1]] += 1
    for row in tx.execute(MOVES, {"project": project_id}):
        found[row.month, "M1", row.district] += row.quantity if row.move == "HANDED_OUT" else -row.quantity
    for row in tx.execute(TALKS, {"project": project_id}):
        found[row.month, "S1", row.district] += 1
    return Counter({line: count for line, count in found.items() if count})


def reported(tx, project_id: str) -> Counter:
    """v1 + every delta that any export has shown, of the months that are closed."""
    found: Counter = Counter()
    closes = tx.execute(text("SELECT month, figures FROM month_close WHERE project_id = :project"), {"project": project_id})
    for row in closes:
        import json

        figures = json.loads(row.figures) if isinstance(row.figures, str) else row.figures
        for figure in figures:
            if figure["indicator"] in ("P2", "P3", "P5", "M1", "S1") and figure["district"] != "ALLE":
                found[row.month, figure["indicator"], figure["district"]] += figure["n"]
    for row in tx.execute(CORRECTIONS, {"project": project_id}):
        found[row.month, row.indicator, row.district] += row.delta
    return Counter({line: count for line, count in found.items() if count})
