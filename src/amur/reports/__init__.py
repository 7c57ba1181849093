"""Nouns -> pictures and pages: tables, CSV, JSON lines, the page of one decision.

Knows no source of data: it is handed nouns of `amur.model` and returns text.
"""

from amur.reports.explanation import describe_source, explain
from amur.reports.outcomes import (
    CSV_COLUMNS,
    Decided,
    OutcomeTable,
    find_main_reason,
    make_csv_row,
    make_json_line,
)
from amur.reports.tables import make_console, make_grid, quote_cell

__all__ = [
    "CSV_COLUMNS",
    "Decided",
    "OutcomeTable",
    "describe_source",
    "explain",
    "find_main_reason",
    "make_console",
    "make_csv_row",
    "make_grid",
    "make_json_line",
    "quote_cell",
]
