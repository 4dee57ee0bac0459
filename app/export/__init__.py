"""The door of the month: what leaves the house, byte for byte the same for ever.

What the commands use:
    month_close(db, project_id, month, by, reason, now)     closes, and stores the files in the same transaction
    month_export(db, project_id, month, folder, now)        writes the zip into a folder; its path
    verify_months(tx)                                       what does not hold in sums and stored files, in Danish
"""

from app.export.acts import month_close, month_export
from app.export.check import verify_months

__all__ = ["month_close", "month_export", "verify_months"]
