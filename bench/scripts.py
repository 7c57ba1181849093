"""Public text rules of the benchmarks: scripts, normal form, likeness. None is taken from Amur.

They decide what is a query, what counts as the same name and what counts as recognisable, so they
must not lean on the engine that they measure.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

SCRIPTS = {
    "LATIN": "latin",
    "CYRILLIC": "cyrillic",
    "ARABIC": "arabic",
    "CJK": "han",
    "HANGUL": "hangul",
    "HEBREW": "hebrew",
    "GREEK": "greek",
    "GEORGIAN": "georgian",
    "ARMENIAN": "armenian",
    "HIRAGANA": "kana",
    "KATAKANA": "kana",
    "THAI": "thai",
    "DEVANAGARI": "devanagari",
}
FOLDS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def find_script(text: str) -> str:
    """Return the script of most letters of a text; `other` where it has none that is known."""
    counts: Counter[str] = Counter()
    for letter in text:
        if letter.isalpha():
            counts[SCRIPTS.get(unicodedata.name(letter, "?").split(" ")[0], "other")] += 1
    return max(counts, key=lambda s: (counts[s], s)) if counts else "other"


@lru_cache(maxsize=1 << 18)
def split_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a name: NFKD, no marks, case folded, apostrophes closed up."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(FOLDS)
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    plain = re.sub("['’‘`ʹʺʼʻ´]", "", plain)
    return tuple(re.findall(r"[^\W_]+", plain))


def find_key(text: str) -> str:
    """Return what normalised-equal names share: their tokens, sorted."""
    return " ".join(sorted(split_tokens(text)))


def count_common(a: str, b: str) -> int:
    """Return the length of the longest common subsequence.

    Source: Hyyrö, Bit-parallel LCS-length computation revisited, 2004.
    """
    places: dict[str, int] = {}
    for i, x in enumerate(a):
        places[x] = places.get(x, 0) | 1 << i
    full = (1 << len(a)) - 1
    free = full
    for y in b:
        met = free & places.get(y, 0)
        free = ((free + met) | (free - met)) & full
    return len(a) - free.bit_count()


GROUPS = ("aeiouy", "ckqgxh", "szj", "td", "vwfbp")
CLASSES = {letter: str(number) for number, group in enumerate(GROUPS) for letter in group}


def find_class(letter: str) -> str:
    """Return the class of a first letter (`GROUPS`), else the letter."""
    return CLASSES.get(letter, letter)


def drop_vowels(token: str) -> str:
    """Return the consonant skeleton: classes of the consonants, repeats once."""
    skeleton = [find_class(c) for c in token if c not in "aeiouyhw"]
    return "".join(c for i, c in enumerate(skeleton) if not i or c != skeleton[i - 1])


@lru_cache(maxsize=1 << 20)
def is_like(a: str, b: str) -> bool:
    """Return whether two tokens may be one word spelt twice.

    Same class of first letter, and either at least 70 % of the longer token's letters in common, in
    order, or the same consonant skeleton of at least two consonants.
    """
    if find_class(a[0]) != find_class(b[0]):
        return False
    if a == b or count_common(a, b) >= LIKE_SHARE * max(len(a), len(b)):
        return True
    skeleton = drop_vowels(a)
    return len(skeleton) >= 2 and skeleton == drop_vowels(b)


LIKE_SHARE = 0.7
"""Share of letters in common that makes two tokens alike."""

RECOGNISABLE_SHARE = 0.6
"""Share of the shorter name's tokens that must have their own counterpart."""


def is_recognisable(a: str, b: str) -> bool:
    """Return whether a person would see that two Latin-script names may name the same party.

    Of the name with fewer tokens (one-letter tokens and articles left out), at least 60 % have a
    counterpart of their own in the other name by `is_like`, and at least two unless it has only
    one. Uses no score.
    """
    first, second = (
        [t for t in split_tokens(n) if len(t) > 1 and t not in ("al", "el", "the", "of")]
        for n in (a, b)
    )
    short, long = sorted((first, second), key=len)
    if not short:
        return False
    free = list(long)
    met = 0
    for token in sorted(short, key=len, reverse=True):
        same = token if token in free else next((o for o in free if is_like(token, o)), None)
        if same is not None:
            free.remove(same)
            met += 1
    need = max(RECOGNISABLE_SHARE * len(short), min(2, len(short)))
    return met >= need
