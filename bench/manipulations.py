"""Recall per manipulation, as a supervisor would test it (names changed by rule, then asked).

Each manipulation is a seeded function of a listed name; None where it does not apply. FLOOR names
those that must be found at least 99 % of the time; the others are reported beside the peers.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.loaders import Party, PartyName
from bench.protocols import Query
from bench.romanisations import CYRILLIC, romanise_by

Change = Callable[[PartyName, Party, random.Random], str | None]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LOOKALIKES = dict(zip("aeopcxyABEKMHOPCTXIJS", "аеорсхуАВЕКМНОРСТХІЈЅ", strict=True))
MARKS = dict(zip("aeiouncszy", "áéíóúñçšžý", strict=True))
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u00ad", "\ufeff", "\u2060")

FORMS = (
    ("llc", "l.l.c.", "limited liability company", "ooo"),
    ("jsc", "joint stock company", "ao", "j.s.c."),
    ("pjsc", "public joint stock company", "pao"),
    ("ltd", "limited", "ltd."),
    ("co", "company", "co."),
    ("corp", "corporation", "corp."),
    ("inc", "incorporated", "inc."),
    ("gmbh", "g.m.b.h.", "gesellschaft mit beschraenkter haftung"),
    ("sa", "s.a.", "societe anonyme"),
    ("sarl", "s.a.r.l.", "societe a responsabilite limitee"),
    ("bv", "b.v."),
    ("sro", "s.r.o."),
)
WORDS = {
    "bank": ("banque", "banco", "Банк"),
    "company": ("compagnie", "compania", "sirket"),
    "trading": ("ticaret", "comercial", "handel"),
    "international": ("internacional", "mezhdunarodny", "uluslararasi"),
    "industries": ("industrias", "industrien", "sanayi"),
    "general": ("generale", "allgemeine"),
    "national": ("nationale", "nacional", "natsionalny"),
    "airlines": ("lineas aereas", "avialinii"),
    "shipping": ("navigation", "denizcilik"),
    "foundation": ("fondation", "fundacion", "stiftung"),
    "factory": ("zavod", "usine", "fabrik"),
    "group": ("groupe", "grupo", "gruppa"),
}


def _words(name: PartyName) -> list[str]:
    return name.text.split()


def _edit(word: str, r: random.Random) -> str:
    """Return a word with one letter replaced, dropped, added or swapped with its neighbour."""
    at = r.randrange(1, len(word))
    kind = r.randrange(4)
    letter = r.choice([c for c in LETTERS if c != word[at].lower()])
    if kind == 0:
        return word[:at] + letter + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + letter + word[at:]
    if word[at] == word[at - 1]:
        return word[:at] + letter + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _at_word(
    name: PartyName, r: random.Random, low: int, high: int, change: Callable[[str], str]
) -> str | None:
    words = _words(name)
    fit = [i for i, w in enumerate(words) if low <= len(w) <= high and w.isalpha()]
    if not fit:
        return None
    at = r.choice(fit)
    words[at] = change(words[at])
    return " ".join(words)


def _punctuation(name: PartyName, _party: Party, r: random.Random) -> str | None:
    text = re.sub(r"['’.,\-]", lambda _: r.choice(("", " ", "'")), name.text)
    words = text.split()
    if len(words) < 2:
        return None
    at = r.randrange(len(words) - 1)
    return (
        " ".join(words[: at + 1])
        + r.choice(("-", ", ", ". ", " / ", "; "))
        + " ".join(words[at + 1 :])
    )


def _diacritics(name: PartyName, _party: Party, r: random.Random) -> str | None:
    plain = unicodedata.normalize("NFD", name.text)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    if bare != unicodedata.normalize("NFC", name.text) and r.random() < 0.5:
        return bare
    fit = [i for i, c in enumerate(bare) if c.lower() in MARKS]
    letters = list(bare)
    for i in r.sample(fit, min(2, len(fit))):
        marked = MARKS[bare[i].lower()]
        letters[i] = marked if bare[i].islower() else marked.upper()
    return "".join(letters) if fit else None


def _order(name: PartyName, party: Party, r: random.Random) -> str | None:
    words = _words(name)
    if len(words) < 2 or party.schema != "person":
        return None
    if r.random() < 0.5:
        return f"{words[-1]}, {' '.join(words[:-1])}"
    return " ".join([words[-1], *words[:-1]])


def _split(name: PartyName, _party: Party, r: random.Random) -> str | None:
    def cut(word: str) -> str:
        at = r.randrange(3, len(word) - 2)
        return f"{word[:at]} {word[at:]}"

    return _at_word(name, r, 6, 99, cut)


def _join(name: PartyName, _party: Party, r: random.Random) -> str | None:
    words = _words(name)
    fit = [i for i in range(len(words) - 1) if words[i].isalpha() and words[i + 1].isalpha()]
    if not fit:
        return None
    at = r.choice(fit)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def _homoglyphs(name: PartyName, _party: Party, r: random.Random) -> str | None:
    fit = [i for i, c in enumerate(name.text) if c in LOOKALIKES]
    letters = list(name.text)
    for i in r.sample(fit, min(r.randint(1, 4), len(fit))):
        letters[i] = LOOKALIKES[letters[i]]
    return "".join(letters) if fit else None


def _invisible(name: PartyName, _party: Party, r: random.Random) -> str:
    letters = list(name.text)
    for _ in range(r.randint(1, 3)):
        letters.insert(r.randrange(1, len(letters)), r.choice(INVISIBLE))
    return "".join(letters).replace(" ", "\u00a0" if r.random() < 0.3 else " ")


def _doubled(name: PartyName, _party: Party, r: random.Random) -> str | None:
    def double(word: str) -> str:
        at = r.randrange(1, len(word))
        return word[: at + 1] + word[at:]

    return _at_word(name, r, 4, 99, double)


def _legal_form(name: PartyName, party: Party, r: random.Random) -> str | None:
    if party.schema != "organization":
        return None
    for forms in FORMS:
        for form in sorted(forms, key=len, reverse=True):
            pattern = rf"(?<![\w.]){re.escape(form)}(?![\w.])"
            if re.search(pattern, name.text, re.IGNORECASE):
                other = r.choice([f for f in forms if f.strip(".") != form.strip(".")] or [form])
                return re.sub(pattern, other.upper(), name.text, count=1, flags=re.IGNORECASE)
    return None


def _translated(name: PartyName, party: Party, r: random.Random) -> str | None:
    words = _words(name)
    fit = [i for i, w in enumerate(words) if w.lower() in WORDS]
    if party.schema != "organization" or len(fit) == len(words) or not fit:
        return None
    at = r.choice(fit)
    words[at] = r.choice(WORDS[words[at].lower()])
    return " ".join(words)


def _initials(name: PartyName, party: Party, r: random.Random) -> str | None:
    words = _words(name)
    if party.schema != "person" or len(words) < 2:
        return None
    return " ".join([words[0][0] + r.choice(("", ".")), *words[1:]])


def _dropped(name: PartyName, party: Party, r: random.Random) -> str | None:
    words = _words(name)
    if party.schema != "person" or len(words) < 3:
        return None
    del words[r.randrange(len(words))]
    return " ".join(words)


def _truncated(name: PartyName, _party: Party, _r: random.Random) -> str | None:
    return name.text[:35] if len(name.text) > 35 else None


def _two_edits(name: PartyName, _party: Party, r: random.Random) -> str | None:
    words = _words(name)
    fit = [i for i, w in enumerate(words) if len(w) >= 5 and w.isalpha()]
    if not fit:
        return None
    for at in r.sample(fit, 2) if len(fit) > 1 else fit * 2:
        words[at] = _edit(words[at], r)
    return " ".join(words)


def _by_scheme(scheme: str, script: str) -> Change:
    def change(name: PartyName, _party: Party, _r: random.Random) -> str | None:
        return romanise_by(scheme, name.text) if name.script == script else None

    return change


FLOOR: dict[str, Change] = {
    "exact": lambda n, _p, _r: n.text,
    "case": lambda n, _p, r: r.choice((n.text.lower(), n.text.upper(), n.text.swapcase())),
    "punctuation": _punctuation,
    "diacritics": _diacritics,
    "order": _order,
    "one edit": lambda n, _p, r: _at_word(n, r, 5, 99, lambda w: _edit(w, r)),
    "doubled letter": _doubled,
    "split token": _split,
    "joined tokens": _join,
    "homoglyphs": _homoglyphs,
    "invisible": _invisible,
    "legal form": _legal_form,
}
ORIGINAL: dict[str, Change] = {
    "original script": lambda n, _p, _r: n.text,
    **{f"Cyrillic {s}": _by_scheme(s, "cyrillic") for s in CYRILLIC},
    "Greek": _by_scheme("Greek", "greek"),
}
REPORTED: dict[str, Change] = {
    "initials": _initials,
    "dropped name": _dropped,
    "two edits": _two_edits,
    "edit, short": lambda n, _p, r: _at_word(n, r, 3, 4, lambda w: _edit(w, r)),
    "translated": _translated,
    "cut at 35": _truncated,
}


@dataclass(frozen=True, slots=True)
class Manipulated:
    """One changed name with what it was."""

    query: Query
    was: str


def make_manipulated(parties: Sequence[Party], *, count: int, seed: int) -> list[Manipulated]:
    """Return at most `count` changed names of each manipulation, taken at random."""
    r = random.Random(seed)
    rows = [(i, p, n) for i, p in enumerate(parties) for n in p.names if n.quality != "weak"]
    latin = [row for row in rows if row[2].script == "latin"]
    other = [row for row in rows if row[2].script not in ("latin", "other")]
    made: list[Manipulated] = []
    for label, change in {**FLOOR, **ORIGINAL, **REPORTED}.items():
        source = other if label in ORIGINAL else latin
        found = 0
        for i, party, name in r.sample(source, len(source)):
            changed = change(name, party, r)
            if changed is None:
                continue
            made.append(Manipulated(Query(changed, party.schema, (i,), label), name.text))
            found += 1
            if found == count:
                break
    return made


def must_hold(label: str) -> bool:
    """Return whether the manipulation has the floor of 99 %."""
    return label not in REPORTED
