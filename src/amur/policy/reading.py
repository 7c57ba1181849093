"""TOML -> Policy: merge, validate every key, name the offending one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amur.errors import PolicyError
from amur.model import Action, Basis, Effect, IdentifierKind, Schema, TextKind
from amur.policy.codes import REASON_RULES, ReasonCode
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

E = TypeVar("E", bound=StrEnum)

_MILLI_MAX = 1_000_000
"""Bound of a threshold: far past any sum of contributions, low enough to catch a slip."""

_RANK = {Effect.INFO: 0, Effect.REVIEW: 1, Effect.STOP: 2}


@cache
def read_default_text() -> str:
    """Return the TOML of the packaged policy."""
    return resources.files("amur.data").joinpath("policy.toml").read_text(encoding="utf-8")


def parse_policy(*overlays: str) -> Policy:
    """Return the packaged policy with the given TOML texts merged over it, in order.

    Tables are merged key by key; arrays and single values are replaced.

    Raises:
        PolicyError: not TOML, an unknown key, a value of the wrong type or out of range; the
            error names the dotted key.
    """
    merged: dict[str, Any] = {}
    for text in (read_default_text(), *overlays):
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PolicyError(
                f"not TOML: {error}",
                key="(file)",
                advice="Correct the syntax; see the packaged policy.toml.",
            ) from error
        merged = _merge(merged, document)
    return _read_policy(_Table(merged, ""))


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merge(old, value)
        else:
            merged[key] = value
    return merged


class _Table:
    """A TOML table that knows its dotted path and which keys were asked for."""

    def __init__(self, values: Mapping[str, Any], path: str) -> None:
        self._values = values
        self._path = path
        self._asked: set[str] = set()

    def key(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def names(self) -> list[str]:
        return list(self._values)

    def _take(self, name: str, kind: type, words: str) -> Any:
        self._asked.add(name)
        if name not in self._values:
            raise PolicyError("missing", key=self.key(name), advice=f"Give {words}.")
        value = self._values[name]
        # bool is a subclass of int: `review_at = true` is a slip, not a number.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise PolicyError(
                f"must be {words}", key=self.key(name), advice=f"It is {type(value).__name__} now."
            )
        return value

    def table(self, name: str) -> _Table:
        return _Table(self._take(name, dict, "a table"), self.key(name))

    def text(self, name: str) -> str:
        return str(self._take(name, str, "a string"))

    def flag(self, name: str) -> bool:
        return bool(self._take(name, bool, "true or false"))

    def number(self, name: str, lowest: int, highest: int) -> int:
        value = int(self._take(name, int, "a whole number"))
        if not lowest <= value <= highest:
            raise PolicyError(
                f"{value} is out of range",
                key=self.key(name),
                advice=f"Give a whole number from {lowest} to {highest}.",
            )
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._take(name, list, "an array of strings")
        if not all(isinstance(value, str) for value in values):
            raise PolicyError(
                "must be an array of strings",
                key=self.key(name),
                advice="Put every value in quotation marks.",
            )
        return tuple(values)

    def member(self, name: str, kind: type[E]) -> E:
        return _as_member(self.text(name), kind, self.key(name))

    def members(self, name: str, kind: type[E]) -> tuple[E, ...]:
        return tuple(_as_member(text, kind, self.key(name)) for text in self.texts(name))

    def codes(self, name: str, known: Mapping[str, object]) -> tuple[str, ...]:
        values = self.texts(name)
        for value in values:
            if value not in known:
                raise PolicyError(
                    f"unknown value {value!r}", key=self.key(name), advice=_suggest(value, known)
                )
        return values

    def tables(self, name: str) -> list[_Table]:
        values = self._take(name, list, "an array of tables")
        if not all(isinstance(value, dict) for value in values):
            raise PolicyError(
                "must be an array of tables",
                key=self.key(name),
                advice=f"Write each as [[{self.key(name)}]].",
            )
        return [_Table(value, f"{self.key(name)}[{i}]") for i, value in enumerate(values)]

    def has(self, name: str) -> bool:
        self._asked.add(name)
        return name in self._values

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not pass silently."""
        for name in self._values:
            if name not in self._asked:
                raise PolicyError(
                    "unknown key",
                    key=self.key(name),
                    advice=_suggest(name, self._asked, self._path),
                )


def _suggest(word: str, known: Mapping[str, object] | set[str], path: str = "") -> str:
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    if near:
        full = f"{path}.{near[0]}" if path else near[0]
        return f"Did you mean {full}?"
    return f"Known: {', '.join(sorted(known))}." if known else "Remove it."


def _as_member(text: str, kind: type[E], key: str) -> E:
    try:
        return kind(text)
    except ValueError:
        known = {member.value: member for member in kind}
        raise PolicyError(
            f"unknown value {text!r}", key=key, advice=_suggest(text, known)
        ) from None


def _read_policy(root: _Table) -> Policy:
    regimes_table = root.table("regimes")
    regimes = {name: _read_regime(regimes_table.table(name)) for name in regimes_table.names()}
    lists_table = root.table("lists")
    by_id = lists_table.table("by_id")
    lists = {name: _read_list(by_id.table(name), regimes) for name in by_id.names()}
    policy = Policy(
        institution=_read_institution(root.table("institution"), regimes),
        names=_read_names(root.table("names")),
        identifiers=_read_identifiers(root.table("identifiers")),
        texts=_read_texts(root.table("texts")),
        territories=_read_territories(root.table("territories")),
        required_lists=lists_table.codes("required", lists),
        shrink_bp_max=lists_table.number("shrink_bp_max", 0, 10_000),
        lists=lists,
        regimes=regimes,
        checks=_read_checks(root.table("checks")),
        effects=_read_effects(root.table("effects")),
        actions=_read_actions(root, regimes),
    )
    lists_table.finish()
    root.finish()
    return policy


def _read_institution(table: _Table, regimes: Mapping[str, Regime]) -> Institution:
    institution = Institution(
        name=table.text("name"),
        bics=table.texts("bics"),
        country=table.text("country"),
        laws=table.codes("laws", regimes),
    )
    table.finish()
    for bic in institution.bics:
        if len(bic) not in (8, 11) or not bic.isalnum() or not bic.isascii() or bic != bic.upper():
            raise PolicyError(
                f"{bic!r} is not a BIC",
                key=table.key("bics"),
                advice="A BIC has 8 or 11 upper-case letters and digits.",
            )
    _check_country(institution.country, table.key("country"), empty=True)
    if not institution.country and (institution.name or institution.bics or institution.laws):
        raise PolicyError(
            "missing",
            key=table.key("country"),
            advice="An institution that is named needs its country.",
        )
    return institution


def _check_country(code: str, key: str, *, empty: bool = False) -> None:
    if empty and not code:
        return
    if len(code) != 2 or not code.isascii() or not code.isalpha() or code != code.upper():
        raise PolicyError(
            f"{code!r} is not a country code",
            key=key,
            advice="Give two upper-case letters (ISO 3166-1 alpha-2).",
        )


def _read_names(table: _Table) -> NameRules:
    stop_table = table.table("stop_at")
    stop_at = {s: stop_table.number(s.value, -_MILLI_MAX, _MILLI_MAX) for s in Schema}
    stop_table.finish()
    names = NameRules(
        review_at=table.number("review_at", -_MILLI_MAX, _MILLI_MAX),
        scan_at=table.number("scan_at", -_MILLI_MAX, _MILLI_MAX),
        stop_at=stop_at,
        weak_alias_alone=table.member("weak_alias_alone", Effect),
        vessel_name_alone=table.member("vessel_name_alone", Effect),
        separators=table.texts("separators"),
    )
    table.finish()
    for schema, threshold in stop_at.items():
        if threshold < names.review_at:
            raise PolicyError(
                f"{threshold} is below names.review_at ({names.review_at})",
                key=stop_table.key(schema.value),
                advice="STOP cannot begin below REVIEW.",
            )
    for key, effect in (
        ("weak_alias_alone", names.weak_alias_alone),
        ("vessel_name_alone", names.vessel_name_alone),
    ):
        if effect is Effect.STOP:
            raise PolicyError(
                "may not be STOP",
                key=table.key(key),
                advice="Such a name alone does not say who it is: use REVIEW.",
            )
    if any(not separator.strip() for separator in names.separators):
        raise PolicyError("holds an empty string", key=table.key("separators"), advice="Remove it.")
    return names


def _read_identifiers(table: _Table) -> dict[IdentifierKind, Effect]:
    effects = {kind: table.member(kind.value, Effect) for kind in IdentifierKind}
    table.finish()
    return effects


def _read_texts(table: _Table) -> TextRules:
    rules = TextRules(
        kinds=frozenset(table.members("kinds", TextKind)),
        name=table.member("name", Effect),
        identifier=table.member("identifier", Effect),
    )
    table.finish()
    return rules


def _read_territories(table: _Table) -> TerritoryRules:
    rules = TerritoryRules(
        low_confidence=frozenset(table.texts("low_confidence")),
        birth_country=table.member("birth_country", Effect),
    )
    table.finish()
    return rules


def _read_list(table: _Table, regimes: Mapping[str, Regime]) -> ListRules:
    rules = ListRules(
        title=table.text("title"),
        regime=table.text("regime"),
        basis=table.member("basis", Basis),
        max_age_days=table.number("max_age_days", 0, 36_500),
    )
    table.finish()
    if rules.regime not in regimes:
        raise PolicyError(
            f"unknown value {rules.regime!r}",
            key=table.key("regime"),
            advice=_suggest(rules.regime, regimes),
        )
    return rules


def _read_regime(table: _Table) -> Regime:
    rule = Regime(
        title=table.text("title"),
        legal_zone=table.text("legal_zone"),
        countries=frozenset(table.texts("countries")),
        currencies=frozenset(table.texts("currencies")),
        binds_everyone=table.flag("binds_everyone"),
    )
    table.finish()
    try:
        ZoneInfo(rule.legal_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PolicyError(
            f"{rule.legal_zone!r} is not a time zone",
            key=table.key("legal_zone"),
            advice="Give an IANA name such as America/New_York.",
        ) from error
    for country in sorted(rule.countries):
        _check_country(country, table.key("countries"))
    return rule


def _read_checks(table: _Table) -> CheckRules:
    missing_table = table.table("missing")
    missing = {name: missing_table.text(name) for name in missing_table.names()}
    rules = CheckRules(
        missing=missing,
        review_on_indicator=frozenset(table.codes("review_on_indicator", missing)),
        parties_required_in=table.texts("parties_required_in"),
    )
    table.finish()
    return rules


def _read_effects(table: _Table) -> dict[ReasonCode, Effect]:
    effects: dict[ReasonCode, Effect] = {}
    for code, rule in REASON_RULES.items():
        if not table.has(code.value):
            continue
        effect = table.member(code.value, Effect)
        if rule.set_by:
            raise PolicyError(
                "is not set here", key=table.key(code.value), advice=f"Set {rule.set_by} instead."
            )
        if _RANK[effect] < _RANK[rule.lowest]:
            raise PolicyError(
                f"may not be below {rule.lowest}",
                key=table.key(code.value),
                advice="What cannot be checked must not become CLEAR.",
            )
        effects[code] = effect
    table.finish()
    return effects


def _read_actions(root: _Table, regimes: Mapping[str, Regime]) -> tuple[ActionRule, ...]:
    rules = []
    for table in root.tables("actions"):
        rule = ActionRule(
            effect=table.member("effect", Effect),
            action=table.member("action", Action),
            basis=table.members("basis", Basis) if table.has("basis") else (),
            regimes=table.codes("regimes", regimes) if table.has("regimes") else (),
            institutions=table.texts("institutions") if table.has("institutions") else (),
        )
        table.finish()
        for institution in rule.institutions:
            if institution != UNNAMED:
                _check_country(institution, table.key("institutions"))
        if (rule.action is Action.RELEASE) is not (rule.effect is Effect.INFO):
            raise PolicyError(
                f"{rule.effect} may not lead to {rule.action}",
                key=table.key("action"),
                advice="RELEASE goes with INFO, and with nothing else.",
            )
        rules.append(rule)
    for effect in Effect:
        if not any(
            rule.effect is effect and not (rule.basis or rule.regimes or rule.institutions)
            for rule in rules
        ):
            raise PolicyError(
                f"no rule without conditions for {effect}",
                key="actions",
                advice="End the table with one such rule per effect.",
            )
    return tuple(rules)
