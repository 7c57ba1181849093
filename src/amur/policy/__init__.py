"""What decides: thresholds, regimes, checks, actions and reason codes, as data with a hash.

`codes` enumerates the reasons, `document` holds the nouns, `reading` turns TOML into them.
Import from here.
"""

from amur.policy.codes import REASON_RULES, ReasonCode, ReasonRule
from amur.policy.document import (
    UNNAMED,
    ActionRule,
    CheckRules,
    Institution,
    ListRules,
    NameRules,
    Policy,
    Regime,
    TerritoryRules,
    TextRules,
)
from amur.policy.reading import parse_policy, read_default_text

__all__ = [
    "REASON_RULES",
    "UNNAMED",
    "ActionRule",
    "CheckRules",
    "Institution",
    "ListRules",
    "NameRules",
    "Policy",
    "ReasonCode",
    "ReasonRule",
    "Regime",
    "TerritoryRules",
    "TextRules",
    "parse_policy",
    "read_default_text",
]
