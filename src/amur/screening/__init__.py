"""Subject x evidence x policy -> Decision, the sum of its Reasons. Pure: no I/O, no clock.

`parties`, `text`, `places`: what of a payment is asked about. `hits`: answers of the matcher as
reasons. `nexus`: whose law applies. `checks`, `indicators`: lists, missing checks, reused
identification. `decide`: the fold. `frame`: what stays the same over a batch. `screener`: the
entry points. Import from here.
"""

from amur.screening.inputs import Evidence, ListState, Matcher
from amur.screening.nexus import Nexus, find_nexus
from amur.screening.screener import (
    Screener,
    match_parties,
    name_engine,
    screen_payment,
    screen_payments,
)

__all__ = [
    "Evidence",
    "ListState",
    "Matcher",
    "Nexus",
    "Screener",
    "find_nexus",
    "match_parties",
    "name_engine",
    "screen_payment",
    "screen_payments",
]
