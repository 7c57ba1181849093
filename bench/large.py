"""Corpus L: 3,000,000 synthetic names, made by a seeded generator; published as recipe and hash.

    python -m bench.large [--names 3000000] [--seed 2026]

A pattern is a name of corpus S, of corpus M or of an unlisted stratum. Each of its tokens is
replaced by a token that stands at the same place (first, middle, last) in a name of the same kind,
drawn as often as it occurs there. So lengths, scripts and the frequency of common tokens stay as
they are in life, and no name is a real one but by chance. Names are distinct, in drawing order.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from amur.engine import IndexEntry
from bench.corpora import BUILD, find_data, open_small
from bench.loaders import load_party_lists
from bench.scripts import find_script
from bench.strata import load_strata

NAMES, SEED = 3_000_000, 2026


def list_patterns() -> list[tuple[str, str]]:
    """Return (kind, name) of S, M and the strata; a kind is a schema, list side and script."""
    found: dict[tuple[str, str], None] = {}
    small = open_small()
    for ordinal in range(len(small)):
        entity = small.entity(ordinal)
        for name in entity.names:
            found[f"{entity.schema.value} {find_script(name.text)}", name.text] = None
    for party in load_party_lists(find_data()):
        for listed in party.names:
            found[f"{party.schema} {listed.script}", listed.text] = None
    schemas = {"company": "organization", "vessel": "vessel"}
    for stratum, texts in load_strata().items():
        kind = schemas.get(stratum, f"person {stratum}")
        for text in texts:
            found[f"{kind} {find_script(text)}", text] = None
    return list(found)


def make_large(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield (schema, name) of `count` distinct synthetic names."""
    chance = random.Random(seed)
    rows = [(kind, text.split()) for kind, text in list_patterns()]
    pools: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, tokens in rows:
        for i, token in enumerate(tokens):
            pools[kind, _place(i, len(tokens))].append(token)
    seen: set[str] = set()
    pick = chance.random
    while len(seen) < count:
        kind, tokens = rows[int(pick() * len(rows))]
        made = []
        for i in range(len(tokens)):
            pool = pools[kind, _place(i, len(tokens))]
            made.append(pool[int(pick() * len(pool))])
        text = " ".join(made)
        if text not in seen:
            seen.add(text)
            yield kind.split(" ")[0], text


def _place(i: int, count: int) -> str:
    return "first" if i == 0 else "last" if i == count - 1 else "middle"


def open_large(count: int = NAMES, seed: int = SEED) -> Path:
    """Return the file of corpus L (schema, tab, name), made if it is not there."""
    path = BUILD / f"L-{count}-{seed}.tsv"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{schema}\t{text}\n" for schema, text in make_large(count, seed))
        part.replace(path)
    return path


def read_large(path: Path) -> Iterator[IndexEntry]:
    """Yield the entries of corpus L, one name each."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            schema, text = line.rstrip("\n").split("\t", 1)
            yield IndexEntry(schema, ((text, "primary"),))


def main() -> None:
    """Make the corpus and print its recipe and hash."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--names", type=int, default=NAMES)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    path = open_large(options.names, options.seed)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"L: {options.names:,} names, seed {options.seed}, sha256 {digest}, {path.name}")


if __name__ == "__main__":
    main()
