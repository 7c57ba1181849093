"""Reason codes: the enumeration, and for each code its text, fields, effect and example as data.

Design rule 11: an interface lists `REASON_RULES`, screening builds every text from them, and a
test proves that each code is produced and documented.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Final

from amur.model import Effect


class ReasonCode(StrEnum):
    """What a reason says. The meaning, text and fields of each stand in `REASON_RULES`."""

    NAME_HIT = "NAME_HIT"
    WEAK_ALIAS_HIT = "WEAK_ALIAS_HIT"
    IDENTIFIER_HIT = "IDENTIFIER_HIT"
    TEXT_NAME_HIT = "TEXT_NAME_HIT"
    TEXT_IDENTIFIER_HIT = "TEXT_IDENTIFIER_HIT"
    COUNTRY_HIT = "COUNTRY_HIT"
    DESIGNATION_UNDECIDED = "DESIGNATION_UNDECIDED"
    NOT_IN_FORCE = "NOT_IN_FORCE"
    ID_REUSED = "ID_REUSED"
    LIST_STALE = "LIST_STALE"
    LIST_NOT_LOADED = "LIST_NOT_LOADED"
    NOT_ASSESSED = "NOT_ASSESSED"
    PARTY_UNNAMED = "PARTY_UNNAMED"
    FIELD_UNMAPPED = "FIELD_UNMAPPED"
    LIMIT_REACHED = "LIMIT_REACHED"
    DEADLINE = "DEADLINE"
    LOW_CONFIDENCE_RULE = "LOW_CONFIDENCE_RULE"


@dataclass(frozen=True, slots=True)
class ReasonRule:
    """What is known of a reason code before any payment is seen.

    Attributes:
        code: the code.
        title: a few words for a heading.
        template: the text, with `{field}` places.
        effect: default effect.
        lowest: the lowest effect that a policy may give it.
        example: the text of a made-up case.
        set_by: policy key that gives its effect, where that is not `effects`.
    """

    code: ReasonCode
    title: str
    template: str
    effect: Effect
    lowest: Effect
    example: str
    set_by: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the places in the template, in order, each once."""
        found = (name for _, name, _, _ in Formatter().parse(self.template) if name)
        return tuple(dict.fromkeys(found))

    def fill(self, **values: object) -> str:
        """Return the text with every place filled."""
        return self.template.format(**values)


_INFO, _REVIEW, _STOP = Effect.INFO, Effect.REVIEW, Effect.STOP

_RULES: Final = (
    ReasonRule(
        ReasonCode.NAME_HIT,
        "Name matches a listed name",
        "{role} name '{value}' matches '{matched}', a {quality} name of {entity} "
        "({list} {record}{programmes}); score {score} of 1000.",
        _REVIEW,
        _INFO,
        "Creditor name 'EXAMPLE TRADING LLC' matches 'EXAMPLE TRADING LLC', a primary name of "
        "EXAMPLE TRADING LLC (OFAC SDN list 1234, programme TEST); score 998 of 1000.",
        set_by="names.stop_at",
    ),
    ReasonRule(
        ReasonCode.WEAK_ALIAS_HIT,
        "Name matches a weak alias only",
        "{role} name '{value}' matches only the weak alias '{matched}' of {entity} "
        "({list} {record}{programmes}); score {score} of 1000. A weak alias says little about "
        "who it is.",
        _REVIEW,
        _INFO,
        "Debtor name 'Mr X' matches only the weak alias 'X' of JOHN EXAMPLE (OFAC SDN list 1235, "
        "programme TEST); score 612 of 1000. A weak alias says little about who it is.",
        set_by="names.weak_alias_alone",
    ),
    ReasonRule(
        ReasonCode.IDENTIFIER_HIT,
        "Identifier is that of a listed entity",
        "{role} {kind} '{value}' is {relation} of {entity} ({list} {record}{programmes}).",
        _STOP,
        _INFO,
        "Creditor agent BIC 'EXAMRUMM' is the same as one of EXAMPLE BANK (OFAC SDN list 1236, "
        "programme TEST).",
        set_by="identifiers",
    ),
    ReasonRule(
        ReasonCode.TEXT_NAME_HIT,
        "Free text names a listed entity",
        "The {text} contains '{value}', which matches '{matched}', a {quality} name of {entity} "
        "({list} {record}{programmes}); score {score} of 1000.",
        _REVIEW,
        _INFO,
        "The remittance text contains 'MV EXAMPLE', which matches 'EXAMPLE', a primary name of "
        "EXAMPLE (OFAC SDN list 1237, programme TEST); score 930 of 1000.",
        set_by="texts.name",
    ),
    ReasonRule(
        ReasonCode.TEXT_IDENTIFIER_HIT,
        "Free text holds an identifier of a listed entity",
        "The {text} contains the {kind} '{value}', which is {relation} of {entity} "
        "({list} {record}{programmes}).",
        _STOP,
        _INFO,
        "The remittance text contains the IMO number '9000000', which is the same as one of "
        "EXAMPLE (OFAC SDN list 1237, programme TEST).",
        set_by="texts.identifier",
    ),
    ReasonRule(
        ReasonCode.COUNTRY_HIT,
        "Country under a territorial programme",
        "{role} {what} is in {territory} ({country}), under a territorial programme of {regime} "
        "law: {legal_basis}.",
        _STOP,
        _INFO,
        "Creditor address is in Cuba (CU), under a territorial programme of US law: "
        "31 CFR part 515.",
    ),
    ReasonRule(
        ReasonCode.DESIGNATION_UNDECIDED,
        "In force on that day: cannot be decided",
        "{hit} Whether the entry was in force on {day} cannot be decided: {why}.",
        _REVIEW,
        _REVIEW,
        "Creditor name 'EXAMPLE LLC' matches ... Whether the entry was in force on 2024-06-01 "
        "cannot be decided: it began between 2024-05-15 and 2024-06-12.",
    ),
    ReasonRule(
        ReasonCode.NOT_IN_FORCE,
        "Entry was not in force on that day",
        "{hit} The entry was not in force on {day}: {why}.",
        _INFO,
        _INFO,
        "Creditor name 'EXAMPLE LLC' matches ... The entry was not in force on 2024-05-16: "
        "it began on 2024-06-12.",
    ),
    ReasonRule(
        ReasonCode.ID_REUSED,
        "Same identification, other content",
        "An earlier payment has the same identification but other content; its decision is "
        "{decision}.",
        _REVIEW,
        _REVIEW,
        "An earlier payment has the same identification but other content; its decision is "
        "4f2c....",
    ),
    ReasonRule(
        ReasonCode.LIST_STALE,
        "List is too old",
        "{list} is of {published_on}, {age_days} days before {known_on}; the policy allows "
        "{max_age_days}.",
        _REVIEW,
        _REVIEW,
        "OFAC SDN list is of 2024-05-14, 40 days before 2024-06-23; the policy allows 30.",
    ),
    ReasonRule(
        ReasonCode.LIST_NOT_LOADED,
        "A required list is missing",
        "The policy requires {list}, but the snapshot does not hold it.",
        _REVIEW,
        _REVIEW,
        "The policy requires un-sc, but the snapshot does not hold it.",
    ),
    ReasonRule(
        ReasonCode.NOT_ASSESSED,
        "A check that could not be made",
        "{check}: not assessed; {why}.",
        _INFO,
        _INFO,
        "Export control of goods: not assessed; no such check exists yet.",
        set_by="checks.review_on_indicator",
    ),
    ReasonRule(
        ReasonCode.PARTY_UNNAMED,
        "Debtor or creditor cannot be screened",
        "The {role} has neither a name nor an identifier, so nobody can be screened there.",
        _REVIEW,
        _REVIEW,
        "The creditor has neither a name nor an identifier, so nobody can be screened there.",
    ),
    ReasonRule(
        ReasonCode.FIELD_UNMAPPED,
        "Fields that were not read",
        "{count} field(s) of the message are present but not mapped: {paths}.",
        _INFO,
        _INFO,
        "1 field(s) of the message are present but not mapped: CdtTrfTxInf/SplmtryData.",
    ),
    ReasonRule(
        ReasonCode.LIMIT_REACHED,
        "A limit cut the work short",
        "{what} reached the limit of {limit} {unit}; what lies beyond was not screened.",
        _REVIEW,
        _REVIEW,
        "Remittance text reached the limit of 200000 characters; what lies beyond was not "
        "screened.",
    ),
    ReasonRule(
        ReasonCode.DEADLINE,
        "Screening took too long",
        "Screening did not end within {deadline_ms} ms; this decision cannot be replayed.",
        _REVIEW,
        _REVIEW,
        "Screening did not end within 200 ms; this decision cannot be replayed.",
    ),
    ReasonRule(
        ReasonCode.LOW_CONFIDENCE_RULE,
        "The rule itself is not certain",
        "{role} {what} is in {territory} ({country}), but the rule ({legal_basis}) has "
        "confidence {confidence}, so a person must look.",
        _REVIEW,
        _REVIEW,
        "Creditor address is in Exampleland (ZZ), but the rule (decree of 2024) has confidence C, "
        "so a person must look.",
    ),
)

REASON_RULES: Final[dict[ReasonCode, ReasonRule]] = {rule.code: rule for rule in _RULES}
"""Every reason code with its metadata, in the order of the enumeration."""
