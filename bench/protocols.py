"""What is asked and what counts as found: the two accuracy protocols, free of any engine.

P: the aliases and original-script names of UN individuals, matched against the primary Latin names
of the UN list alone; 4,000 unlisted persons set the threshold.

Q: UN, EU, UK and OFAC together. Every strong alias and every original-script name is a query, after
every name with the same tokens (in any order) was taken out of all lists, so that only other names
can match. Found means: a name of the query's cross-list profile reaches the threshold.

A profile links records of one schema that share a normalised primary name of two or more tokens
and, where both give births, a birth year. A query belongs to the development or to the held-out
part by a hash of its profile, an unlisted name by a hash of itself.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.loaders import Party
from bench.scripts import find_key, is_recognisable, split_tokens

P_UNLISTED = 4_000
DEVELOPMENT, HELD_OUT = "development", "held-out"

GROUPS_OWN = ("arabic", "cyrillic", "han")
"""Scripts reported by name; others are `other script`."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name that can match: whose, text, schema, quality."""

    party: int
    text: str
    schema: str
    quality: str


@dataclass(frozen=True, slots=True)
class Query:
    """One name asked about.

    Attributes:
        text: as asked.
        schema: kind of thing; what all matchers are told.
        wanted: parties that are right answers; none for an unlisted name.
        group: `recognisable`, `unlike`, a script, or the stratum of an unlisted name.
        part: development or held-out.
    """

    text: str
    schema: str
    wanted: tuple[int, ...]
    group: str
    part: str = DEVELOPMENT


@dataclass(slots=True)
class Task:
    """Names and queries of one run; every matcher gets the same.

    With `leave_out_equal`, a name with the tokens of the query does not count for that query.
    """

    title: str
    names: list[ListedName]
    queries: list[Query]
    notes: dict[str, int] = field(default_factory=dict)
    leave_out_equal: bool = True


def find_part(key: str) -> str:
    """Return the part that a key belongs to: half of them each."""
    return HELD_OUT if hashlib.sha256(key.encode()).digest()[0] % 2 else DEVELOPMENT


def sample(rows: Sequence[Query], count: int, seed: int) -> list[Query]:
    """Return at most `count` of the rows, in their order."""
    if count >= len(rows):
        return list(rows)
    chosen = sorted(random.Random(seed).sample(range(len(rows)), count))
    return [rows[i] for i in chosen]


def sample_groups(rows: Sequence[Query], count: int, seed: int) -> list[Query]:
    """Return at most `count` queries of each group and part."""
    groups: dict[tuple[str, str], list[Query]] = defaultdict(list)
    for row in rows:
        groups[row.group, row.part].append(row)
    return [q for group in groups.values() for q in sample(group, count, seed)]


def make_unlisted(
    strata: dict[str, list[str]], listed: Iterable[str], *, count: int, seed: int
) -> list[Query]:
    """Return unlisted subjects, at most `count` of each stratum but `count` x 8 of `us`."""
    keys = {find_key(text) for text in listed}
    kinds = {"company": "organization", "vessel": "vessel"}
    found: list[Query] = []
    for stratum, texts in strata.items():
        schema = kinds.get(stratum, "person")
        rows = [
            Query(t, schema, (), stratum, find_part(t)) for t in texts if find_key(t) not in keys
        ]
        found += sample(rows, count * 8 if stratum == "us" else count, seed)
    return found


def make_p(un: Sequence[Party], unlisted: Sequence[str], *, seed: int) -> Task:
    """Return protocol P."""
    names: list[ListedName] = []
    for i, party in enumerate(un):
        primary = [n for n in party.names if n.quality == "primary" and n.script == "latin"]
        names += [ListedName(i, n.text, party.schema, "primary") for n in primary]
    primary_keys = {find_key(n.text) for n in names}
    own = {n.party: n.text for n in names}
    queries: list[Query] = []
    for i, party in enumerate(un):
        asked: set[str] = set()
        for name in party.names if party.schema == "person" else ():
            key = find_key(name.text)
            if key in asked or key in primary_keys or name.quality != "strong" or i not in own:
                continue
            if name.script == "latin" and not name.original:
                if len(split_tokens(name.text)) < 2:
                    continue
                group = "recognisable" if is_recognisable(name.text, own[i]) else "unlike"
            elif name.original:
                group = name.script if name.script in GROUPS_OWN else "other script"
            else:
                continue
            asked.add(key)
            queries.append(Query(name.text, "person", (i,), group))
    chosen = random.Random(seed).sample(list(unlisted), P_UNLISTED)
    queries += [Query(t, "person", (), "us") for t in chosen if find_key(t) not in primary_keys]
    task = Task("P", names, queries)
    task.notes = dict(Counter(q.group for q in queries))
    return task


def link_profiles(parties: Sequence[Party]) -> list[int]:
    """Return, for each party, the lowest ordinal of its profile."""
    root = list(range(len(parties)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    years = [{day.year for span in p.births for day in span if day} for p in parties]
    met: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, party in enumerate(parties):
        for name in party.names:
            if name.quality != "primary" or len(split_tokens(name.text)) < 2:
                continue
            bucket = met[party.schema, find_key(name.text)]
            for j in bucket:
                if not years[i] or not years[j] or years[i] & years[j]:
                    low, high = sorted((find(i), find(j)))
                    root[high] = low
            bucket.append(i)
    return [find(i) for i in range(len(parties))]


def make_q(parties: Sequence[Party], unlisted: list[Query], *, count: int, seed: int) -> Task:
    """Return protocol Q with at most `count` listed queries of each group and part.

    The names are those of all parties; a matcher must leave out, for each query, every name that
    has the query's key. Queries whose profile then has no name left are not asked, and counted.
    """
    names = [
        ListedName(i, n.text, p.schema, n.quality) for i, p in enumerate(parties) for n in p.names
    ]
    roots = link_profiles(parties)
    members: dict[int, list[int]] = defaultdict(list)
    for i, root in enumerate(roots):
        members[root].append(i)
    notes: Counter[str] = Counter()
    queries: list[Query] = []
    for root, profile in members.items():
        latin = {
            find_key(n.text): n.text
            for i in profile
            for n in parties[i].names
            if n.script == "latin"
        }
        keys = {find_key(n.text) for i in profile for n in parties[i].names}
        part = find_part(f"{parties[root].list_id} {parties[root].record_id}")
        asked: set[str] = set()
        for name in (n for i in profile for n in parties[i].names):
            key = find_key(name.text)
            if not key or key in asked or name.quality != "strong":
                continue
            asked.add(key)
            if len(keys) < 2:
                notes["not asked: no other name"] += 1
                continue
            if name.script == "latin":
                others = (text for k, text in latin.items() if k != key)
                like = any(is_recognisable(name.text, text) for text in others)
                group = "recognisable" if like else "unlike"
            else:
                group = name.script if name.script in GROUPS_OWN else "other script"
            queries.append(Query(name.text, parties[root].schema, tuple(profile), group, part))
    for query in queries:
        notes[f"{query.group}, {query.part}"] += 1
    task = Task("Q", names, [*sample_groups(queries, count, seed), *unlisted], dict(notes))
    task.notes["profiles"] = len(members)
    task.notes["names"] = len(names)
    return task
