"""Names of the UN list: parts, aliases, several names in one element, other scripts."""

from __future__ import annotations

import re
import unicodedata

from amur.model import Name, NameKind, NamePart, NameQuality

PARTS = (
    ("FIRST_NAME", NamePart.FIRST),
    ("SECOND_NAME", NamePart.SECOND),
    ("THIRD_NAME", NamePart.THIRD),
    ("FOURTH_NAME", NamePart.FOURTH),
)
NULLS = frozenset({"na", "n/a", "-"})
"""Values that say there is none (compared without case)."""

_SEVERAL_SCRIPTS = re.compile(r"\s*[;/]\s*")
_GROUP = re.compile(r"([^()]+?)\s*\(([^()]+)\)[\s,]*")
_SCRIPT_NOTE = re.compile(
    r"\bin \w+(?: script)?: (.+?)\)?$|\boriginal script: (.+?)\)?$", re.I | re.S
)
_SCRIPT_LABEL = re.compile(r"(?:original script|in \w+(?: script)?):\s*", re.I)
_BORN = re.compile(r",? born (?:in\b|on\b|\d).*$", re.S)
_COMMENT = re.compile(
    r"\s*\((?:(?i:birth name|combat name|third)|(?!original script|in \w+:)[a-z][^()]{20,})\)$"
)
_FORMER = re.compile(r"\b(?:previously|formerly) listed as", re.I)
_FORMER_TAIL = re.compile(r"\s*\((?:previously|formerly) listed as\)$", re.I)


def split_names(text: str) -> list[str]:
    """Return the names in a text that may hold several, separated by `;` outside parentheses."""
    names, start, depth = [], 0, 0
    for at, letter in enumerate(text):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(depth - 1, 0)  # "a) ... b) ..." closes nothing
        elif letter == ";" and depth == 0:
            names.append(text[start:at])
            start = at + 1
    names.append(text[start:])
    trimmed = (name.strip().lstrip("),; ") for name in names)
    return [name for name in trimmed if any(map(str.isalnum, name))]


def read_original_script(text: str, *, quality: NameQuality, field: str) -> list[Name]:
    """Return the names of NAME_ORIGINAL_SCRIPT: one, or several separated by `;` or `/`."""
    return [
        Name(name, quality, NameKind.ORIGINAL_SCRIPT, field=field)
        for name in _SEVERAL_SCRIPTS.split(text)
        if any(map(str.isalnum, name))
    ]


def read_alias(
    text: str, *, quality: NameQuality, kind: NameKind, note: str, field: str
) -> list[Name]:
    """Return the names of one alias element.

    One element may hold several names (`A; B`), a name with its original script in parentheses
    (`Haji Gulab Gul (...)`), or the original script in its note; each becomes a name of its own.
    What the publisher says about a name behind it (`, born in ...`, `(birth name)`) goes to the
    name's note.
    """
    if _FORMER.search(note) or _FORMER.search(text):
        kind = NameKind.FORMER
    text = _FORMER_TAIL.sub("", text)
    for comment in (_BORN, _COMMENT):
        found = comment.search(text)
        if found is not None and any(map(str.isalnum, text[: found.start()])):
            said = found[0].strip(" ,")
            note = f"{note}; {said}" if note else said
            text = text[: found.start()]
    texts = [text]
    group = _GROUP.fullmatch(text)
    if group is not None:
        second = _SCRIPT_LABEL.sub("", group[2])
        if is_latin(group[1]) != is_latin(second):
            texts = [group[1], second]
    names = [
        Name(
            name,
            quality,
            kind if is_latin(name) else NameKind.ORIGINAL_SCRIPT,
            field=field,
            note=note,
        )
        for each in texts
        for name in split_names(each)
    ]
    script = _SCRIPT_NOTE.search(note)
    if script is not None and not is_latin(script[1] or script[2]):
        names += read_original_script(
            script[1] or script[2], quality=quality, field=field.rpartition("/")[0] + "/NOTE"
        )
    return names


def is_latin(text: str) -> bool:
    """Return whether the first letter of a text is Latin (a text without letters counts so)."""
    for letter in text:
        if letter.isalpha():
            return unicodedata.name(letter, "LATIN").startswith("LATIN")
    return True
