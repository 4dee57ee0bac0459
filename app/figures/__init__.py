"""The sums: the only room that counts. Reads records, never writes one; knows neither the web nor the ledger.

What other rooms use:
    definitions()                                every indicator of the catalogue as data, those not in use as well
    INDICATORS, BY_ID                            those that are counted
    recount(tx, project_id, month, as_of)        every figure of a month from the records as they are now
    month_table(tx, project_id, month, now)      as closed, corrections so far, now
    readiness(tx, project_id, month)             what is missing before the month may close, in words
    states(tx, project_id, today)                every month of the project with its state
    close(tx, project_id, month, by, ...)        freezes v1 and books what moved in earlier months
    stocked(tx, project_id)                      what lies in the depot and in each bag
    broken_sums(tx, project_id)                  where v1 + corrections is not the recount
"""

from app.figures.catalogue import definitions
from app.figures.close import Closed, NotYet, close
from app.figures.figure import ALL, Figure
from app.figures.ground import stocked
from app.figures.indicators import BY_ID, DEFINITIONS, INDICATORS, Indicator
from app.figures.month_table import MonthTable, TableRow, month_table
from app.figures.months import MonthState, closing, running_month, states
from app.figures.ready import Readiness, readiness
from app.figures.recount import recount
from app.figures.sums import broken_sums

__all__ = ["ALL", "BY_ID", "DEFINITIONS", "INDICATORS", "Closed", "Figure", "Indicator", "MonthState", "MonthTable",
           "NotYet", "Readiness", "TableRow", "broken_sums", "close", "closing", "definitions", "month_table",
           "readiness", "recount", "running_month", "states", "stocked"]
