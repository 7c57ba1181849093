"""Labelled pairs to learn from: names and tokens of the development part, and of random others.

    python -m bench.pairs [--seed 2026]

Writes under build/bench/: `name-pairs.tsv` (label, recognisable, scripts, name, name),
`token-pairs.tsv` (label, count, token, token) and `transliterations.tsv` (script, Latin token,
token, count; Wikidata by COLING 2018, CC0). Label 1: two names of one cross-list profile of the
development part; token pairs are the counterparts that those names leave over once equal tokens
are taken away, one on each side. Label 0: names of two profiles, drawn at random among those that
share a token (hard) or not (easy). Nothing of the held-out part is read into a pair.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.corpora import BUILD, find_data
from bench.loaders import FOUR, Party, PartyName, load_party_lists
from bench.protocols import DEVELOPMENT, find_part, link_profiles
from bench.scripts import find_key, is_recognisable, split_tokens

PAIRS_A_PROFILE_MAX = 40

Row = tuple[int, int, str, str, str]


def group_development(parties: Sequence[Party]) -> list[list[PartyName]]:
    """Return the distinct names of each profile of the development part."""
    members: dict[int, list[Party]] = defaultdict(list)
    for party, root in zip(parties, link_profiles(parties), strict=True):
        members[root].append(party)
    groups = []
    for root, profile in members.items():
        first = parties[root]
        if find_part(f"{first.list_id} {first.record_id}") != DEVELOPMENT:
            continue
        names = {find_key(n.text): n for p in profile for n in p.names if n.quality != "weak"}
        groups.append([n for key, n in names.items() if key])
    return groups


def make_true(groups: Iterable[Sequence[PartyName]], chance: random.Random) -> list[Row]:
    """Return pairs of names of one profile."""
    rows: list[Row] = []
    for names in groups:
        pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        for a, b in chance.sample(pairs, min(len(pairs), PAIRS_A_PROFILE_MAX)):
            rows.append(make_row(1, a, b))
    return rows


def make_row(label: int, a: PartyName, b: PartyName) -> Row:
    """Return one row."""
    latin = a.script == b.script == "latin"
    like = int(latin and is_recognisable(a.text, b.text))
    return label, like, f"{a.script} {b.script}", a.text, b.text


def make_false(
    groups: Sequence[Sequence[PartyName]], count: int, chance: random.Random
) -> list[Row]:
    """Return pairs of names of two profiles, half of them with a token in common."""
    rows: list[Row] = []
    owners: dict[str, list[int]] = defaultdict(list)
    for i, names in enumerate(groups):
        for token in {t for n in names for t in split_tokens(n.text)}:
            owners[token].append(i)
    filled = [i for i, names in enumerate(groups) if names]
    while len(rows) < count:
        i = chance.choice(filled)
        a = chance.choice(groups[i])
        j = chance.choice(filled)
        if len(rows) % 2:
            j = chance.choice(owners[chance.choice(split_tokens(a.text))])
        if i != j:
            rows.append(make_row(0, a, chance.choice(groups[j])))
    return rows


def make_tokens(rows: Iterable[Row]) -> Counter[tuple[int, str, str]]:
    """Return token pairs that two Latin names leave over, one on each side."""
    counts: Counter[tuple[int, str, str]] = Counter()
    for label, _, scripts, a, b in rows:
        if scripts != "latin latin":
            continue
        first, second = Counter(split_tokens(a)), Counter(split_tokens(b))
        left, right = list((first - second).elements()), list((second - first).elements())
        if len(left) == len(right) == 1:
            low, high = sorted((left[0], right[0]))
            counts[label, low, high] += 1
    return counts


def write_rows(name: str, rows: Iterable[Sequence[object]]) -> None:
    """Write a tab-separated file and say how long it is."""
    path: Path = BUILD / name
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t")
        for row in rows:
            writer.writerow(row)
            count += 1
    print(f"{path}: {count:,} rows")


def read_transliterations() -> Iterable[tuple[str, str, str, str]]:
    """Yield (script, Latin token, token, count)."""
    for path in sorted((find_data() / "name-transliteration-pairs").glob("wd_*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                latin, letters, count = line.rstrip("\n").split("\t")
                yield path.name.split("_")[1], latin, letters.replace(" ", ""), count


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=2026)
    chance = random.Random(parser.parse_args().seed)
    groups = group_development(load_party_lists(find_data(), FOUR))
    true = make_true(groups, chance)
    false = make_false(groups, len(true), chance)
    write_rows("name-pairs.tsv", [*true, *false])
    tokens = make_tokens([*true, *false])
    write_rows("token-pairs.tsv", ((k[0], n, *k[1:]) for k, n in tokens.most_common()))
    write_rows("transliterations.tsv", read_transliterations())


if __name__ == "__main__":
    main()
